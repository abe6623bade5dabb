"""The staff log: newest first, searched, as sentences; nothing in it is ever changed or taken out."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Delete, Update, delete, update

from accounts import log
from accounts.deeds import Deed
from accounts.models import LogEntry
from foundation.database import db
from tests.cast import Cast
from tests.conftest import NOW

As = Callable[[str], FlaskClient]


@pytest.fixture
def logged(cast: Cast) -> Cast:
    """Three entries: about kofi, about cohort dua, about omar in it."""
    log.record(cast.ada, Deed.GRANT, NOW, subject=cast.kofi, course="contoh", role="dosen", scope="kursus:contoh")
    later = NOW + timedelta(minutes=1)
    log.record(cast.bayu, Deed.ANNOUNCE, later, course="contoh", cohort="dua", title="Ujian “ulang” di Aula É")
    log.record(None, Deed.REMOVE_MEMBER, later, subject=cast.omar, course="contoh", cohort="dua")
    db.session.commit()
    return cast


def lines(page: str) -> list[str]:
    """The sentences of a log page, without marks."""
    found = re.findall(r'<ul class="rows log">(.*?)</ul>', page, re.S)
    return [
        " ".join(re.sub(r"<[^>]+>", "", line).split())
        for part in found
        for line in re.findall(r"<p>(.*?)</p>", part, re.S)
    ]


GRANTED = "Ada Admin (ada) memberi peran dosen untuk Contoh Kursus: Kofi Dosen (kofi)"
ANNOUNCED = "Bayu Instruktur Dua (bayu) membuat pengumuman “Ujian “ulang” di Aula É”"
REMOVED = "terminal mengeluarkan dari angkatan: Omar Bakri (omar)"


def test_entries_are_sentences_the_newest_first(logged: Cast, as_: As) -> None:
    page = as_("ada").get("/admin/catatan").text
    assert lines(page) == [REMOVED, ANNOUNCED, GRANTED]
    assert "24 Nov 2026 10.43" in page
    assert "Contoh Kursus · Angkatan dua" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cari=KOFI", [GRANTED]),
        ("cari=bayu", [ANNOUNCED]),
        ("cari=dua", [REMOVED, ANNOUNCED]),
        ("cari=Angkatan dua", [REMOVED, ANNOUNCED]),
        ("cari=contoh kursus", [REMOVED, ANNOUNCED, GRANTED]),
        ("cari=“ulang” di Aula É", [ANNOUNCED]),
        ("cari=%25", []),
        ('cari="', []),
        ("tindakan=GRANT", [GRANTED]),
        ("tindakan=GRANT&cari=omar", []),
        ("tindakan=tidak-ada", [REMOVED, ANNOUNCED, GRANTED]),
    ],
)
def test_it_is_searched_and_narrowed(logged: Cast, as_: As, asked: str, found: list[str]) -> None:
    page = as_("ada").get(f"/admin/catatan?{asked}").text
    assert sorted(lines(page)) == sorted(found)
    assert ("Tidak ada catatan yang cocok" in page) is not bool(found)


def test_an_empty_log_says_what_will_stand_there(cast: Cast, as_: As) -> None:
    assert "Belum ada catatan." in as_("ada").get("/admin/catatan").text


@pytest.mark.parametrize(
    ("deed", "details", "says"),
    [
        ("FROM_A_LATER_VERSION", {}, "FROM_A_LATER_VERSION"),
        ("GRANT", {}, "memberi peran … untuk …"),
        ("GRANT", {"role": "raja", "scope": None}, "memberi peran raja untuk None"),
        ("GRANT", {"role": ["a"], "scope": {"b": "%(c)s"}}, "memberi peran"),
        ("ANNOUNCE", {"title": "50% <script>%(x)s"}, "membuat pengumuman “50% &lt;script&gt;%(x)s”"),
    ],
)
def test_an_entry_of_another_version_is_no_reason_to_fail(
    cast: Cast, as_: As, deed: str, details: dict[str, Any], says: str
) -> None:
    db.session.add(LogEntry(at=NOW, actor="Ada", deed=deed, details=details))
    db.session.commit()
    response = as_("ada").get("/admin/catatan")
    assert response.status_code == 200
    assert says in response.text


def test_pages_of_fifty_cost_the_same_few_queries(cast: Cast, as_: As, queries: list[str]) -> None:
    admin = as_("ada")
    log.record(cast.ada, Deed.ENROL, NOW, subject=cast.lena, course="contoh", cohort="satu")
    db.session.commit()
    queries.clear()
    admin.get("/admin/catatan?cari=lena")
    few = len(queries)
    for _number in range(393):
        log.record(cast.ada, Deed.ENROL, NOW, subject=cast.lena, course="contoh", cohort="satu")
    db.session.commit()
    queries.clear()
    page = admin.get("/admin/catatan?cari=lena&tindakan=ENROL&hal=2").text
    assert "51–100 dari 394" in page
    assert "cari=lena&amp;tindakan=ENROL&amp;hal=3" in page
    assert len(queries) == few <= 6


class TestOfOneCohort:
    def test_its_instructor_reads_what_was_done_to_it_and_no_more(self, logged: Cast, as_: As) -> None:
        assert lines(as_("bayu").get("/angkatan/dua/catatan").text) == [REMOVED, ANNOUNCED]
        assert lines(as_("ida").get("/angkatan/satu/catatan").text) == []

    def test_searching_does_not_lead_out_of_it(self, logged: Cast, as_: As) -> None:
        assert lines(as_("bayu").get("/angkatan/dua/catatan?cari=kofi").text) == []
        assert lines(as_("bayu").get("/angkatan/dua/catatan?tindakan=GRANT").text) == []

    def test_a_role_given_for_it_stands_there(self, cast: Cast, as_: As) -> None:
        as_("ada").post("/admin/orang/nils/peran", data={"role": "instruktur", "scope": "angkatan:dua"})
        assert lines(as_("bayu").get("/angkatan/dua/catatan").text) == [
            "Ada Admin (ada) memberi peran instruktur untuk Contoh Kursus · Angkatan dua: Nils Tanpa Kelas (nils)"
        ]

    @pytest.mark.parametrize(("who", "status"), [("omar", 403), ("kofi", 403), ("rani", 404), ("nobody", 302)])
    def test_others_do_not(self, logged: Cast, as_: As, who: str, status: int) -> None:
        assert as_(who).get("/angkatan/dua/catatan").status_code == status

    def test_the_instructor_of_another_cohort_does_not(self, logged: Cast, as_: As) -> None:
        assert as_("bayu").get("/angkatan/satu/catatan").status_code == 404


class TestAppendOnly:
    def test_an_entry_cannot_be_changed(self, logged: Cast) -> None:
        db.session.query(LogEntry).first().actor = "Orang lain"  # type: ignore[union-attr]
        with pytest.raises(RuntimeError, match="append-only"):
            db.session.commit()

    def test_an_entry_cannot_be_deleted(self, logged: Cast) -> None:
        db.session.delete(db.session.query(LogEntry).first())
        with pytest.raises(RuntimeError, match="append-only"):
            db.session.commit()

    @pytest.mark.parametrize(
        "statement",
        [
            update(LogEntry).values(actor="Orang lain"),
            delete(LogEntry),
            update(LogEntry.__table__).values(actor="Orang lain"),
            delete(LogEntry.__table__),
        ],
        ids=["update", "delete", "update of the table", "delete of the table"],
    )
    def test_no_statement_changes_many(self, logged: Cast, statement: Update | Delete) -> None:
        with pytest.raises(RuntimeError, match="append-only"):
            db.session.execute(statement)
        with pytest.raises(RuntimeError, match="append-only"):
            db.session.query(LogEntry).delete()
        assert db.session.query(LogEntry).count() == 3

    def test_it_outlives_the_people_in_it(self, app: Flask, logged: Cast, as_: As) -> None:
        db.session.delete(logged.kofi)
        db.session.commit()
        assert GRANTED in lines(as_("ada").get("/admin/catatan").text)
