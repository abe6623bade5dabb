"""What somebody takes away of themselves: complete by construction, theirs alone, and no key before its time."""

import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, inspect

from accounts import personal
from accounts.models import LogEntry, Person
from accounts.queries import get_person
from foundation.database import Base, db
from tests.accounts.meutia import ADDRESS, FORMER, NAME, OF_PERSON, SECRETS, USERNAME, answer
from tests.cast import Cast, publish
from tests.conftest import NOW
from tests.quizzes.essays import BEST, SOURCE, attempt_of, mark, with_essay, write

As = Callable[[str], FlaskClient]


def leading_to_people(metadata: MetaData) -> set[str]:
    """Every table whose foreign keys lead to a person, by however many steps."""
    found = {Person.__tablename__}
    while more := {
        table.name
        for table in metadata.sorted_tables
        if table.name not in found and {key.column.table.name for key in table.foreign_keys} & found
    }:
        found |= more
    return found


def told() -> set[str]:
    return {holding.model.__tablename__ for holding in personal.holdings()}


def untold() -> dict[str, str]:
    return {table: reason for keeper in personal.keepers() for table, reason in keeper.untold.items()}


def unpacked(packed: bytes) -> dict[str, Any]:
    """File -> rows of the JSON files, and the texts of all others."""
    with ZipFile(io.BytesIO(packed)) as files:
        assert files.testzip() is None
        texts = {name: files.read(name).decode() for name in files.namelist()}
    return {name: json.loads(text) if name.endswith(".json") else text for name, text in texts.items()}


def test_every_table_that_leads_to_a_person_is_told_or_says_why_not(app: Flask) -> None:
    leading = leading_to_people(Base.metadata)
    assert len(leading) > 15
    assert leading - told() - set(untold()) == set()
    assert all(untold().values())
    assert told() & set(untold()) == set()


def test_a_new_table_that_leads_to_a_person_would_be_missed(app: Flask) -> None:
    metadata = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(metadata)
    Table("letters", metadata, Column("attempt_id", Integer, ForeignKey("attempts.id")))
    assert leading_to_people(metadata) - told() - set(untold()) == {"letters"}


def test_every_column_is_told_or_says_why_not(app: Flask) -> None:
    for holding in personal.holdings():
        columns = {column.key for column in inspect(holding.model).column_attrs}
        assert set(holding.withheld) <= columns
        assert all(holding.withheld.values())
    withheld = {column for holding in personal.holdings() for column in holding.withheld}
    assert withheld == {"password_hash", "token_hash", "code_hash", "by_id"}


def test_all_that_was_written_is_in_it(cast: Cast, as_: As, meutia: Person) -> None:
    answer = as_(USERNAME).post("/akun/data")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="data-{USERNAME}.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    files = unpacked(answer.data)
    whole = json.dumps(files, ensure_ascii=False)
    drafts = {SECRETS["draft"]}
    assert {word for word in OF_PERSON if word not in whole} == drafts, "what is no mark yet is nobody's to read"
    assert {f"{holding.file}.json" for holding in personal.holdings()} <= set(files)
    assert [one["username"] for one in files["akun.json"]] == [USERNAME]


def test_each_answer_stands_with_the_words_of_its_question(cast: Cast, as_: As, meutia: Person) -> None:
    answers = unpacked(as_(USERNAME).post("/akun/data").data)["jawaban.json"]
    [chosen] = [one for one in answers if one["question"] == "penerbit" and one["attempt"] == 1]
    assert chosen["question_text"] == "Siapa yang menerbitkan surat konfirmasi?"
    assert chosen["choices"] == ["Menteri Dalam Negeri", "Menteri Luar Negeri"]
    assert (chosen["value"], chosen["answer_text"]) == (["menlu"], ["Menteri Luar Negeri"])
    [filled] = [one for one in answers if one["question"] == "isian" and one["attempt"] == 1]
    assert "Banda Aceh" not in json.dumps(filled), "the key is no part of a question"


def test_the_page_in_it_explains_every_file(cast: Cast, as_: As) -> None:
    page = unpacked(as_("lena").post("/akun/data").data)["baca-saya.html"]
    for holding in personal.holdings():
        assert f'<th scope="row">{holding.file}</th>' in page
    assert "Lena Lestari" in page
    assert "<script" not in page


def test_no_secret_and_nobody_else_is_in_it(cast: Cast, as_: As, meutia: Person) -> None:
    write(as_("omar"))
    person = get_person("lena")
    hashed = person.password_hash
    whole = json.dumps(unpacked(as_("lena").post("/akun/data").data))
    assert hashed
    assert hashed not in whole
    assert "argon2" not in whole
    for name in (NAME, FORMER, USERNAME, "Omar Bakri", *SECRETS.values()):
        assert name not in whole


def test_what_is_right_is_not_told_before_its_time(cast: Cast, as_: As) -> None:
    """While the key is held back, neither evidence nor a grader's comment says which answer was right."""
    rules = "percobaan: 2\numpan_balik:"
    publish(with_essay(SOURCE.replace("percobaan: 2", f"{rules} setelah-tutup\ntutup: 2027-01-01")), NOW)
    write(as_("omar"))
    attempt = attempt_of(cast.enrolments["omar"].id)
    assert mark(as_("ida"), attempt.id, BEST, komentar="Tepat sekali.").status_code == 303
    files = unpacked(as_("omar").post("/akun/data").data)
    assert len(files["jawaban.json"]) == 2
    assert files["penilaian.json"] == []
    assert files["bukti-tujuan.json"] == []
    publish(with_essay(SOURCE.replace("percobaan: 2", f"{rules} setelah-kirim")), NOW)
    files = unpacked(as_("omar").post("/akun/data").data)
    assert [one["comment"] for one in files["penilaian.json"]] == ["Tepat sekali."]
    assert {one["item"] for one in files["bukti-tujuan.json"]} == {"penerbit", "alasan"}


def test_a_formula_stays_text_in_a_spreadsheet(cast: Cast, as_: As) -> None:
    cast.lena.name = "=HYPERLINK(1)"
    db.session.commit()
    files = unpacked(as_("lena").post("/akun/data").data)
    assert "'=HYPERLINK(1)" in files["akun.csv"]


def test_a_name_with_marks_stays_text_on_the_page(cast: Cast, as_: As) -> None:
    cast.lena.name = "<img src=x>"
    db.session.commit()
    assert "<img" not in unpacked(as_("lena").post("/akun/data").data)["baca-saya.html"]


def test_an_admin_takes_it_for_somebody_and_the_log_knows(cast: Cast, as_: As) -> None:
    answer = as_("ada").post("/admin/orang/lena/unduh")
    assert [one["username"] for one in unpacked(answer.data)["akun.json"]] == ["lena"]
    [entry] = db.session.query(LogEntry)
    assert (entry.actor, entry.deed, entry.subject) == ("Ada Admin (ada)", "EXPORT_PERSON", "Lena Lestari (lena)")
    for who in ("ida", "bayu", "kofi", "omar"):
        assert as_(who).post("/admin/orang/lena/unduh").status_code == 404
    assert db.session.query(LogEntry).count() == 1


class TestFromTheTerminal:
    def test_export_writes_a_file_for_its_owner_alone(self, cast: Cast, app: Flask, tmp_path: Path) -> None:
        file = tmp_path / "lena.zip"
        result = app.test_cli_runner().invoke(args=["people", "export", "lena", str(file)])
        assert (result.exit_code, result.output) == (0, f"lena: {file}\n")
        assert [one["username"] for one in unpacked(file.read_bytes())["akun.json"]] == ["lena"]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert db.session.query(LogEntry).one().actor == "terminal"

    def test_erase_asks_for_the_name_again(self, cast: Cast, app: Flask) -> None:
        cli = app.test_cli_runner()
        refused = cli.invoke(args=["people", "erase", "lena"], input="omar\n")
        assert (refused.exit_code, "tidak cocok" in refused.output) == (1, True)
        assert get_person("lena")
        done = cli.invoke(args=["people", "erase", "lena"], input="lena\n")
        assert done.exit_code == 0
        assert get_person(done.output.strip().rpartition(": ")[2]).name == "Praja terhapus"

    @pytest.mark.parametrize("arguments", [["export", "tidak-ada", "x.zip"], ["erase", "tidak-ada", "--confirm", "x"]])
    def test_nobody_by_that_name_is_one_line(
        self, cast: Cast, app: Flask, arguments: list[str], tmp_path: Path
    ) -> None:
        result = app.test_cli_runner().invoke(args=["people", *arguments])
        assert (result.exit_code, result.output.count("\n")) == (1, 1)
        assert not Path("x.zip").exists()


def test_the_page_of_the_own_data_lists_what_is_in_it(cast: Cast, as_: As) -> None:
    assert 'href="/akun/data"' in as_("lena").get("/akun").text
    page = as_("lena").get("/akun/data").text
    assert page.count("<li>") >= len(personal.holdings())
    assert '<form method="post" action="/akun/data">' in page


def test_more_work_takes_no_more_queries(cast: Cast, as_: As, queries: list[str], meutia: Person) -> None:
    learner = as_(USERNAME)
    queries.clear()
    learner.post("/akun/data")
    few = len(queries)
    for number in range(3, 7):
        answer(learner, number, "Esai lain.")
        learner.post(f"{ADDRESS}/percobaan/{number}/kirim")
    queries.clear()
    files = unpacked(learner.post("/akun/data").data)
    assert len(files["percobaan.json"]) == 6
    assert len(queries) <= few
