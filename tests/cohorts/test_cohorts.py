"""A cohort on its pages: made, renamed, archived; members found, taken out and brought back. Everything is logged."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from accounts.actions import create_person
from accounts.models import LogEntry
from cohorts import actions
from cohorts.actions import enrol
from cohorts.queries import find_enrolment, get_cohort, get_enrolment_in
from courses.models import Progress
from foundation import clock
from foundation.database import db
from tests.cast import Cast
from tests.conftest import NOW
from tests.quizzes.playing import answer_all, start

As = Callable[[str], FlaskClient]


def logged() -> list[str]:
    return [entry.deed for entry in db.session.query(LogEntry).order_by(LogEntry.id)]


class TestMakingOne:
    def test_it_works_and_leads_to_its_page(self, cast: Cast, as_: As) -> None:
        response = as_("ida").post("/rekap/contoh/angkatan/", data={"name": "  Angkatan   XXXVII "})
        assert (response.status_code, response.location) == (303, "/angkatan/angkatan-xxxvii/")
        page = as_("ida").get(response.location).text
        assert "Belum ada praja di angkatan ini." in page
        assert get_cohort("angkatan-xxxvii").name == "Angkatan XXXVII"
        assert logged() == ["CREATE_COHORT"]

    def test_two_of_the_same_name_have_addresses_of_their_own(self, cast: Cast, as_: As) -> None:
        for address in ("/angkatan/mei/", "/angkatan/mei-2/", "/angkatan/mei-3/"):
            assert as_("ida").post("/rekap/contoh/angkatan/", data={"name": "Mei"}).location == address

    @pytest.mark.parametrize("name", ["", "   ", "x" * 101])
    def test_a_name_that_cannot_be_is_told_and_nothing_made(self, cast: Cast, as_: As, name: str) -> None:
        response = as_("ida").post("/rekap/contoh/angkatan/", data={"name": name})
        assert response.status_code == 400
        assert "field-error" in response.text
        assert logged() == []

    def test_an_instructor_of_one_cohort_makes_no_other(self, cast: Cast, as_: As) -> None:
        assert as_("bayu").post("/rekap/contoh/angkatan/", data={"name": "Mei"}).status_code == 403
        assert "Buat angkatan" not in as_("bayu").get("/rekap/contoh/angkatan/").text

    def test_two_at_once_do_not_break(self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
        as_("ida").post("/rekap/contoh/angkatan/", data={"name": "Mei"})
        monkeypatch.setattr(actions, "_is_taken", lambda slug: False)  # the other one was not committed yet
        response = as_("ida").post("/rekap/contoh/angkatan/", data={"name": "Mei"})
        assert (response.status_code, "Angkatan mei sudah ada." in response.text) == (409, True)

    def test_a_course_that_is_not_there_gets_none(self, cast: Cast, as_: As) -> None:
        assert as_("ada").post("/rekap/tidak-ada/angkatan/", data={"name": "Mei"}).status_code == 404


def test_the_list_shows_own_cohorts_only_and_archived_ones_apart(cast: Cast, as_: As) -> None:
    as_("ida").post("/angkatan/satu/arsipkan")
    assert "Arsip (1)" in as_("ida").get("/rekap/contoh/angkatan/").text
    page = as_("bayu").get("/rekap/contoh/angkatan/").text
    assert "Angkatan dua" in page
    assert "Angkatan satu" not in page


def test_an_archived_cohort_keeps_everything_and_comes_back(cast: Cast, as_: As) -> None:
    cast.cohorts["dua"].is_registration_open = True
    db.session.commit()
    client = as_("bayu")
    assert "Arsipkan Angkatan dua?" in client.get("/angkatan/dua/arsipkan").text
    client.post("/angkatan/dua/arsipkan")
    assert not get_cohort("dua").is_registration_open
    assert "Omar Bakri" in client.get("/angkatan/dua/").text
    assert as_("omar").get("/kursus/contoh/").status_code == 200
    client.post("/angkatan/dua/buka-arsip")
    assert get_cohort("dua").archived_at is None
    assert logged() == ["ARCHIVE_COHORT", "RESTORE_COHORT"]


def test_what_was_done_already_is_neither_done_nor_logged_again(
    cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = ("arsipkan", "buka-arsip", "praja/omar/keluarkan", "praja/omar/kembalikan")
    for times, address in enumerate(addresses, start=1):
        for _again in range(2):
            assert as_("bayu").post(f"/angkatan/dua/{address}").status_code == 303
        assert len(logged()) == times
    as_("bayu").post("/angkatan/dua/praja/omar/keluarkan")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    as_("bayu").post("/angkatan/dua/praja/omar/keluarkan")
    assert get_enrolment_in(get_cohort("dua"), "omar").ended_at == NOW


def test_a_new_name_leaves_the_address_as_it_is(cast: Cast, as_: As) -> None:
    as_("bayu").post("/angkatan/dua/pengaturan", data={"name": "Angkatan Dua, kelas B"})
    assert "Angkatan Dua, kelas B" in as_("bayu").get("/angkatan/dua/").text
    assert as_("bayu").post("/angkatan/dua/pengaturan", data={"name": ""}).status_code == 400


class TestMembers:
    def test_are_found_by_name_and_username(self, cast: Cast, as_: As) -> None:
        client = as_("bayu")
        assert "Omar Bakri" in client.get("/angkatan/dua/?cari=BAKRI").text
        assert "Omar Bakri" in client.get("/angkatan/dua/?cari=omar").text
        assert "Tidak ada praja yang cocok dengan “100%”." in client.get("/angkatan/dua/?cari=100%25").text

    def test_four_hundred_of_them_are_paged_in_few_queries(self, cast: Cast, as_: As, queries: list[str]) -> None:
        for number in range(60):
            person = create_person(f"praja{number:02}", f"Praja {number:02}", NOW)
            enrol(person, cast.cohorts["dua"], NOW)
        db.session.commit()
        client = as_("bayu")
        queries.clear()
        page = client.get("/angkatan/dua/")
        assert page.text.count("/angkatan/dua/praja/") == 50
        assert len(queries) <= 6, queries
        assert client.get("/angkatan/dua/?hal=2").text.count("/angkatan/dua/praja/") == 11

    def test_one_taken_out_loses_access_and_gets_it_all_back(self, cast: Cast, as_: As) -> None:
        start(as_("omar"))
        answer_all(as_("omar"), submit=True)
        client = as_("bayu")
        assert "Keluarkan Omar Bakri" in client.get("/angkatan/dua/praja/omar/keluarkan").text
        client.post("/angkatan/dua/praja/omar/keluarkan")
        assert as_("omar").get("/kursus/contoh/").status_code == 404
        assert "Sudah dikeluarkan (1)" in client.get("/angkatan/dua/").text
        assert "Omar" not in client.get("/rekap/contoh/").text
        assert "omar" not in client.get("/rekap/contoh/nilai.csv").text
        assert db.session.query(Progress).count() == 1, "work is never lost"
        client.post("/angkatan/dua/praja/omar/kembalikan")
        assert as_("omar").get("/kursus/contoh/").status_code == 200
        assert "Omar" in client.get("/rekap/contoh/").text
        assert logged() == ["REMOVE_MEMBER", "RESTORE_MEMBER"]

    def test_of_another_cohort_are_not_to_be_seen(self, cast: Cast, as_: As) -> None:
        assert as_("bayu").get("/angkatan/dua/praja/lena/").status_code == 404
        assert as_("bayu").post("/angkatan/dua/praja/lena/keluarkan").status_code == 404
        assert find_enrolment(cast.lena.id, "contoh") is not None

    def test_enrolling_again_brings_somebody_back(self, cast: Cast, as_: As) -> None:
        as_("bayu").post("/angkatan/dua/praja/omar/keluarkan")
        again = enrol(cast.omar, cast.cohorts["dua"], NOW)
        db.session.commit()
        assert again.id == cast.enrolments["omar"].id
        assert as_("omar").get("/kursus/contoh/").status_code == 200
