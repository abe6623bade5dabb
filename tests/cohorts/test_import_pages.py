"""The import page: a file or a pasted table, a preview that changes nothing, and doing it at once or in portions."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.models import Person
from accounts.queries import find_person
from cohorts.importing import PORTION
from cohorts.queries import count_members
from foundation.database import db
from tests.cast import Cast

PAGE = "/angkatan/dua/impor"
GOOD = "npp;nama;provinsi\n1;Wayan <b>;Bali\n2;Dewi;Papua\n"
JSON = {"Accept": "application/json"}

Clients = Callable[[str], FlaskClient]


def upload(client: FlaskClient, data: bytes) -> TestResponse:
    return client.post(PAGE, data={"berkas": (io.BytesIO(data), "praja.csv")})


def run(client: FlaskClient, text: str, headers: dict[str, str] | None = None, **fields: str) -> TestResponse:
    return client.post(
        f"{PAGE}/jalankan", data={"isi": text, **fields}, headers=headers, content_type="multipart/form-data"
    )


def many(number: int) -> str:
    return "npp;nama\n" + "".join(f"33.{n:04};Praja {n}\n" for n in range(1, number + 1))


def test_the_page_explains_itself_and_has_an_example(cast: Cast, as_: Clients) -> None:
    page = as_("bayu").get(PAGE).text
    assert 'type="file"' in page
    assert "nama pengguna" in page
    example = as_("bayu").get(f"{PAGE}/contoh.csv")
    assert "attachment" in example.headers["Content-Disposition"]
    assert "Tidak ada masalah" not in upload(as_("bayu"), example.data).text
    assert "Impor 2 baris<" in upload(as_("bayu"), example.data).text.replace("\n", "").replace("  ", "")


def test_a_preview_shows_what_would_change_and_changes_nothing(cast: Cast, as_: Clients) -> None:
    answer = upload(as_("bayu"), GOOD.encode("utf-16"))
    assert answer.status_code == 200
    assert "belum ada yang berubah" in answer.text
    assert "Wayan &lt;b&gt;" in answer.text
    assert "akun baru" in answer.text
    assert find_person("1") is None


def test_a_pasted_table_is_read_as_a_file_is(cast: Cast, as_: Clients) -> None:
    answer = as_("bayu").post(PAGE, data={"tempelan": "NPP\tNama\r\n1\tWayan\r\n"})
    assert "Wayan" in answer.text


def test_nothing_given_is_said_at_the_field(cast: Cast, as_: Clients) -> None:
    answer = as_("bayu").post(PAGE)
    assert answer.status_code == 400
    assert "Pilih berkas CSV" in answer.text


@pytest.mark.parametrize("data", [b"PK\x03\x04zip", b"\0\1\2", b"npp;nama\n\0;\xff\n", b'"', b"nama\nWayan\n"])
def test_bytes_of_any_kind_get_a_page_with_problems(cast: Cast, as_: Clients, data: bytes) -> None:
    answer = upload(as_("bayu"), data)
    assert answer.status_code == 200
    assert "Yang perlu diperbaiki" in answer.text
    assert "/jalankan" not in answer.text


def test_problems_stand_with_row_and_column_and_the_good_rows_can_go_in(cast: Cast, as_: Clients) -> None:
    text = "npp;nama\n1;Wayan\nlena;Lena Lain\n;Dewi\n"
    page = upload(as_("bayu"), text.encode()).text
    assert "sudah ada di luar angkatan Anda" in page
    assert "Lena Lestari" not in page
    assert "Impor 1 baris yang benar saja" in page
    assert run(as_("bayu"), text).status_code == 400
    assert find_person("1") is None
    assert run(as_("bayu"), text, lewati="1").status_code == 303
    assert find_person("1") is not None


def test_an_import_at_once_tells_what_was_done_and_leads_to_the_slips(cast: Cast, as_: Clients) -> None:
    client = as_("bayu")
    answer = run(client, GOOD)
    assert (answer.status_code, answer.location) == (303, "/angkatan/dua/kartu")
    assert "Akun baru: 2, terdaftar: 0" in client.get(answer.location).text
    assert "datanya sama" in upload(client, GOOD.encode()).text


def test_a_script_imports_in_portions_and_may_repeat_one(cast: Cast, as_: Clients) -> None:
    client, text = as_("bayu"), many(PORTION + 10)
    first = run(client, text, JSON)
    assert first.get_json()["done"] == PORTION
    assert run(client, text, JSON).get_json()["counts"]["keep"] == PORTION, (
        "after a lost answer the portion is sent again"
    )
    last = run(client, text, JSON, mulai=str(PORTION)).get_json()
    assert (last["done"], last["total"], last["counts"]["create"]) == (PORTION + 10, PORTION + 10, 10)
    assert count_members(cast.cohorts["dua"]) == PORTION + 11


@pytest.mark.parametrize("start", ["", "-1", "x", "9" * 40, "99999"])
def test_a_portion_that_is_none_does_nothing_else_than_a_real_one(cast: Cast, as_: Clients, start: str) -> None:
    answer = run(as_("bayu"), GOOD, JSON, mulai=start)
    assert answer.status_code == 200
    assert answer.get_json()["done"] == 2


def test_a_script_is_told_why_not(cast: Cast, as_: Clients) -> None:
    answer = run(as_("bayu"), "npp;nama\n;A\n", JSON)
    assert answer.status_code == 400
    assert "masih bermasalah" in answer.get_json()["error"]


def test_a_file_as_large_as_allowed_travels_to_the_preview_and_back(cast: Cast, as_: Clients) -> None:
    text = "npp;nama;alamat\n" + "".join(f"u{n};Praja {n};{'é' * 25}\n" for n in range(4_900))
    assert 300_000 < len(text.encode()) < 450_000
    assert "Impor 4900 baris" in " ".join(upload(as_("bayu"), text.encode()).text.split())
    assert run(as_("bayu"), text, JSON).get_json()["counts"]["create"] == PORTION


def test_a_file_beyond_every_limit_is_refused_as_a_page(cast: Cast, as_: Clients) -> None:
    form = {"data": b"x" * 1_100_000, "content_type": "multipart/form-data; boundary=x"}
    assert as_("bayu").post(PAGE, **form).status_code == 413


@pytest.mark.parametrize(("who", "status"), [("ida", 200), ("ada", 200), ("lena", 404), ("omar", 403), ("kofi", 403)])
def test_only_who_runs_the_cohort_may_import(cast: Cast, as_: Clients, who: str, status: int) -> None:
    assert upload(as_(who), GOOD.encode()).status_code == status
    answer = run(as_(who), GOOD)
    assert answer.status_code == (303 if status == 200 else status)
    assert (find_person("1") is not None) is (status == 200)


def test_somebody_elses_cohort_is_not_there(cast: Cast, as_: Clients) -> None:
    assert as_("bayu").get("/angkatan/satu/impor").status_code == 404
    assert as_("bayu").post("/angkatan/satu/impor/jalankan", data={"isi": GOOD}).status_code == 404
    assert find_person("1") is None


def test_running_takes_a_post(cast: Cast, as_: Clients) -> None:
    assert as_("bayu").get(f"{PAGE}/jalankan").status_code == 405


def test_a_preview_takes_as_few_queries_for_many_as_for_two(cast: Cast, as_: Clients, queries: list[str]) -> None:
    client = as_("bayu")
    sent = []
    for text in (many(2), many(393)):
        queries.clear()
        upload(client, text.encode())
        sent.append(len(queries))
    assert sent[0] == sent[1] < 10


class TestTheCommand:
    def invoke(self, app: Flask, tmp_path: Path, text: str, *options: str) -> Any:
        file = tmp_path / "praja.csv"
        file.write_text(text, encoding="utf-8")
        return app.test_cli_runner().invoke(args=["cohorts", "import", "dua", str(file), *options])

    def test_it_imports_and_tells(self, app: Flask, cast: Cast, tmp_path: Path) -> None:
        result = self.invoke(app, tmp_path, GOOD)
        assert result.exit_code == 0
        assert "create: 2" in result.output
        assert "create: 0" in self.invoke(app, tmp_path, GOOD).output

    def test_it_may_what_an_admin_may(self, app: Flask, cast: Cast, tmp_path: Path) -> None:
        assert "enrol: 1" in self.invoke(app, tmp_path, "npp;nama\nnils;Nils Baru\n").output
        assert cast.nils.name == "Nils Baru"

    def test_a_dry_run_changes_nothing(self, app: Flask, cast: Cast, tmp_path: Path) -> None:
        assert "create: 2" in self.invoke(app, tmp_path, GOOD, "--dry-run").output
        assert find_person("1") is None

    def test_all_problems_are_told_with_their_place(self, app: Flask, cast: Cast, tmp_path: Path) -> None:
        result = self.invoke(app, tmp_path, "npp;nama\n;A\nb b;B\n3;C\n")
        assert result.exit_code == 1
        assert [line.partition(".csv:")[2][:7] for line in result.stderr.splitlines()] == ["2: npp:", "3: npp:"]
        assert find_person("3") is None

    def test_the_good_rows_go_in_where_that_was_chosen(self, app: Flask, cast: Cast, tmp_path: Path) -> None:
        assert self.invoke(app, tmp_path, "npp;nama\n;A\n3;C\n", "--skip-problems").exit_code == 0
        assert find_person("3") is not None
        assert self.invoke(app, tmp_path, "nama\nA\n", "--skip-problems").exit_code == 1

    def test_a_cohort_that_is_not_there_is_said_in_one_line(self, app: Flask, cast: Cast, tmp_path: Path) -> None:
        file = tmp_path / "praja.csv"
        file.write_text(GOOD, encoding="utf-8")
        result = app.test_cli_runner().invoke(args=["cohorts", "import", "tidak-ada", str(file)])
        assert (result.exit_code, result.output.count("\n")) == (1, 1)
        assert db.session.query(Person).filter_by(username="1").count() == 0
