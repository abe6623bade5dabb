"""The commands that set a real course up: people, grants, cohorts."""

from flask import Flask
from flask.testing import FlaskCliRunner

from accounts import actions, queries
from accounts.models import LogEntry
from cohorts.queries import find_enrolment
from foundation.database import db
from tests.cast import Cast
from tests.conftest import NOW


def test_an_admin_a_cohort_and_a_praja_from_the_terminal(app: Flask) -> None:
    cli: FlaskCliRunner = app.test_cli_runner()
    created = cli.invoke(args=["people", "create", "Budi", "Budi Utama"])
    password = created.output.strip().rpartition(": ")[2]
    assert actions.sign_in("budi", password, NOW).name == "Budi Utama"
    assert cli.invoke(args=["people", "grant", "budi", "admin", "situs"]).exit_code == 0
    assert cli.invoke(args=["cohorts", "create", "2026", "contoh", "Angkatan 2026"]).exit_code == 0
    assert cli.invoke(args=["cohorts", "enrol", "2026", "budi"]).exit_code == 0
    budi = queries.get_person("budi")
    assert [grant.role for grant in budi.held_grants] == ["admin"]
    assert find_enrolment(budi.id, "contoh") is not None
    cli.invoke(args=["people", "withdraw", "budi", "admin", "situs"])
    assert queries.get_person("budi").held_grants == []
    cli.invoke(args=["cohorts", "enrol", "2026", "budi"])
    logged = [
        (entry.actor, entry.deed, entry.subject, entry.cohort)
        for entry in db.session.query(LogEntry).order_by(LogEntry.id)
    ]
    assert logged == [
        ("terminal", "CREATE_PERSON", "Budi Utama (budi)", ""),
        ("terminal", "GRANT", "Budi Utama (budi)", ""),
        ("terminal", "CREATE_COHORT", "", "2026"),
        ("terminal", "ENROL", "Budi Utama (budi)", "2026"),
        ("terminal", "WITHDRAW_GRANT", "Budi Utama (budi)", ""),
    ]


def test_a_new_password_is_told_once_and_ends_the_old(cast: Cast, app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["people", "password", "lena"])
    actions.sign_in("lena", result.output.strip().rpartition(": ")[2], NOW)


def test_what_cannot_be_done_is_said_in_one_line(cast: Cast, app: Flask) -> None:
    cli = app.test_cli_runner()
    for arguments in (
        ["people", "create", "lena", "Lena Dua"],
        ["people", "create", "dua kata", "X"],
        ["people", "grant", "tidak-ada", "admin", "situs"],
        ["cohorts", "create", "satu", "contoh", "Lagi"],
        ["cohorts", "create", "tiga/empat", "contoh", "Lagi"],
        ["cohorts", "create", "mandiri-contoh", "contoh", "Lagi"],
        ["cohorts", "create", "empat", "contoh", " "],
        ["cohorts", "enrol", "tidak-ada", "lena"],
    ):
        result = cli.invoke(args=arguments)
        assert result.exit_code == 1, arguments
        assert result.output.startswith("Error: ")
        assert result.output.count("\n") == 1
