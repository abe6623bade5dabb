"""/sehat: 200 while all is well, 503 with a sentence when it is not; numbers for those at the machine, and admins."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from werkzeug.test import TestResponse

from courses.health import content
from courses.models import Course
from foundation import health
from foundation.database import db
from tests.cast import NAMES, Cast

As = Callable[[str], FlaskClient]
STRANGER = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def look_each_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    health.init_app(app, (content,))
    monkeypatch.setattr(health, "SECONDS_FRESH", 0)


@pytest.fixture
def online(cast: Cast) -> None:
    """What the content folder holds is online."""


def asked(client: FlaskClient, **more: Any) -> TestResponse:
    return client.get("/sehat", **more)


def ill(answer: TestResponse) -> list[str]:
    return [check["name"] for check in answer.get_json()["checks"] if not check["ok"]]


def test_all_is_well(app: Flask, online: None) -> None:
    answer = asked(app.test_client())
    assert (answer.status_code, answer.get_json()["ok"], ill(answer)) == (200, True, [])
    assert [check["name"] for check in answer.get_json()["checks"]] == ["basis data", "ruang disk", "isi kursus"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_strangers_see_no_numbers_no_names_no_paths(app: Flask, online: None) -> None:
    answer = asked(app.test_client(), environ_base=STRANGER)
    assert answer.status_code == 200
    assert all(check.keys() == {"name", "ok", "sentence"} for check in answer.get_json()["checks"])
    said = json.dumps(answer.get_json())
    assert not any(word in said for word in ("contoh", "/", "sqlite", "0005", *NAMES.values()))


@pytest.mark.parametrize(("who", "may_see"), [("nobody", False), ("lena", False), ("ida", False), ("ada", True)])
def test_an_admin_sees_numbers_from_anywhere(cast: Cast, as_: As, who: str, may_see: bool) -> None:
    checks = asked(as_(who), environ_base=STRANGER).get_json()["checks"]
    assert any("numbers" in check for check in checks) is may_see


def test_a_proxy_nobody_told_us_of_makes_nobody_local(app: Flask, online: None) -> None:
    answer = asked(app.test_client(), headers={"X-Forwarded-For": "203.0.113.7"})
    assert not any("numbers" in check for check in answer.get_json()["checks"])


def test_a_full_disk(app: Flask, online: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "KURSUS_FREE_MB", 10_000_000)
    answer = asked(app.test_client())
    assert (answer.status_code, ill(answer)) == (503, ["ruang disk"])


def test_a_schema_that_is_not_this_program_s(app: Flask, online: None) -> None:
    with db.engine.begin() as connection:
        (before,) = connection.execute(text("SELECT version_num FROM alembic_version")).one()
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        answer = asked(app.test_client())
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": before})
    assert (answer.status_code, ill(answer)) == (503, ["basis data"])


def test_a_database_that_somebody_holds(app: Flask, online: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("on PostgreSQL nobody holds it all")
    monkeypatch.setattr(health, "SECONDS_TO_LOCK", 0)
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        answer = asked(app.test_client())
    assert (answer.status_code, ill(answer)) == (503, ["basis data"])
    assert asked(app.test_client()).status_code == 200


def test_a_database_that_is_gone_is_not_made_anew(
    app: Flask, online: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL makes none")
    lost = create_engine(f"sqlite:///{tmp_path / 'gone.sqlite'}")
    with monkeypatch.context() as patched:
        patched.setattr(type(db), "engine", lost)
        found = health.database()
    assert not found.is_well and not (tmp_path / "gone.sqlite").exists()


def test_asking_leaves_the_database_as_it_was(app: Flask, online: None, queries: list[str]) -> None:
    asked(app.test_client())
    assert not [statement for statement in queries if not statement.startswith(("SELECT", "SHOW", "PRAGMA"))]


def test_what_was_found_stands_for_a_moment(app: Flask, online: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SECONDS_FRESH", 60)
    asked(app.test_client())
    monkeypatch.setitem(app.config, "KURSUS_FREE_MB", 10_000_000)
    assert asked(app.test_client()).status_code == 200


def test_a_course_whose_first_file_cannot_be_read(app: Flask, online: None) -> None:
    course = db.session.query(Course).filter_by(slug="contoh").one()
    course.problems = ["pengantar.md:3: bukan kesalahan kursus"]
    db.session.commit()
    assert asked(app.test_client()).status_code == 200
    course.problems = ["kursus.md:1: tidak terbaca"]
    db.session.commit()
    answer = asked(app.test_client())
    assert (answer.status_code, ill(answer)) == (503, ["isi kursus"])
    assert answer.get_json()["checks"][2]["numbers"]["gagal"] == ["contoh"]


def test_a_course_that_never_came_online(app: Flask) -> None:
    answer = asked(app.test_client())
    assert (answer.status_code, ill(answer)) == (503, ["isi kursus"])


def test_content_that_is_gone(app: Flask, online: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setitem(app.config, "KURSUS_CONTENT", str(tmp_path / "gone"))
    answer = asked(app.test_client())
    assert (answer.status_code, ill(answer)) == (503, ["isi kursus"])
