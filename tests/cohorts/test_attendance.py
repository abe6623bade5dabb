"""Attendance: a code valid for minutes, one note a learner, corrections by hand that stay, a list to print and take."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.actions import create_person
from accounts.models import LogEntry
from cohorts.actions import enrol
from cohorts.models import Attendance, Meeting, Presence
from foundation import clock
from foundation.codes import shown
from foundation.database import db
from tests.cast import Cast
from tests.conftest import NOW
from tests.racing import at_once

As = Callable[[str], FlaskClient]

LIST = "/angkatan/dua/hadir/"
FRIENDLY = "Kode ini salah, sudah tidak berlaku, atau bukan untuk angkatan Anda."


def open_one(client: FlaskClient, title: str = "Pertemuan 1", minutes: str = "10") -> int:
    return client.post(LIST, data={"title": title, "minutes": minutes}).status_code


def meeting() -> Meeting:
    db.session.rollback()
    return db.session.query(Meeting).one()


def address(rest: str = "") -> str:
    return f"{LIST}{meeting().id}/{rest}"


def check_in(client: FlaskClient, code: str | None = None) -> int:
    return client.post("/hadir", data={"code": meeting().code if code is None else code}).status_code


def mark(client: FlaskClient, note: str, username: str = "omar") -> int:
    return client.post(address(f"praja/{username}"), data={"catatan": note}).status_code


def noted() -> list[tuple[str, Presence, bool]]:
    db.session.rollback()
    return [(row.enrolment.person.username, row.presence, row.is_by_staff) for row in db.session.query(Attendance)]


def deeds() -> list[tuple[str, str]]:
    return [(entry.deed, entry.details["title"]) for entry in db.session.query(LogEntry)]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Move the clock on from 10.42."""
    return lambda **passed: monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(**passed))


class TestOpening:
    def test_it_works(self, cast: Cast, as_: As) -> None:
        response = as_("bayu").post(LIST, data={"title": " Pertemuan  1 ", "minutes": "15"})
        assert response.status_code == 303
        assert response.location == address()
        page = as_("bayu").get(response.location).text
        assert shown(meeting().code) in page
        assert "Berlaku sampai pukul 10.57 WITA" in page
        assert "<svg viewBox=" in page
        assert "localhost/hadir" in page
        assert "0 dari 1 hadir" in page
        assert meeting().opened_by_id == cast.bayu.id
        assert deeds() == [("OPEN_MEETING", "Pertemuan 1")]

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"title": ""}, "Judul belum diisi."),
            ({"title": "x" * 121}, "paling banyak 120 huruf"),
            ({"minutes": "100000"}, "Pilih berapa menit"),
            ({"minutes": "-5"}, "Pilih berapa menit"),
        ],
    )
    def test_a_mistake_opens_nothing(self, cast: Cast, as_: As, wrong: dict[str, str], says: str) -> None:
        response = as_("bayu").post(LIST, data={"title": "Pertemuan 1", "minutes": "10"} | wrong)
        assert response.status_code == 400
        assert says in response.text
        assert db.session.query(Meeting).count() == db.session.query(LogEntry).count() == 0

    def test_nothing_yet_says_what_to_do(self, cast: Cast, as_: As) -> None:
        assert "Buka daftar hadir di sini" in as_("bayu").get(LIST).text

    def test_the_newest_comes_first_with_how_many_were_there(
        self, cast: Cast, as_: As, later: Callable[..., None]
    ) -> None:
        open_one(as_("bayu"), "Pertama")
        check_in(as_("omar"))
        later(minutes=30)
        open_one(as_("bayu"), "Kedua")
        page = as_("bayu").get(LIST).text
        assert page.index("Kedua") < page.index("0 hadir") < page.index("Pertama") < page.index("1 hadir")
        assert page.count("terbuka sampai") == 1

    @pytest.mark.parametrize("who", ["omar", "kofi"])
    def test_only_those_who_run_the_cohort_may(self, cast: Cast, as_: As, who: str) -> None:
        assert open_one(as_(who)) == 403
        assert as_(who).get(LIST).status_code == 403
        assert open_one(as_("lena")) == 404

    def test_a_screen_shows_the_code_alone(self, cast: Cast, as_: As, later: Callable[..., None]) -> None:
        open_one(as_("bayu"))
        page = as_("bayu").get(address("?tayang")).text
        assert 'class="projector"' in page
        assert shown(meeting().code) in page
        assert "Omar Bakri" not in page
        later(minutes=10)
        page = as_("bayu").get(address("?tayang")).text
        assert "Kode tidak berlaku lagi sejak pukul 10.52 WITA." in page
        assert shown(meeting().code) not in page


class TestCheckingIn:
    @pytest.fixture(autouse=True)
    def opened(self, cast: Cast, as_: As) -> None:
        open_one(as_("bayu"))

    def test_it_works(self, cast: Cast, as_: As) -> None:
        omar = as_("omar")
        assert "Catat kehadiran" in omar.get("/").text
        assert check_in(omar) == 303
        assert "Anda tercatat hadir pukul 10.42 WITA." in omar.get("/").text
        assert noted() == [("omar", Presence.PRESENT, False)]
        assert "1 dari 1 hadir" in as_("bayu").get(address()).text

    def test_the_code_is_typed_as_people_type(self, as_: As) -> None:
        assert check_in(as_("omar"), f" {shown(meeting().code).lower()} ") == 303
        assert len(noted()) == 1

    def test_the_square_leads_to_a_button_and_notes_nothing_itself(self, as_: As) -> None:
        page = as_("omar").get(f"/hadir/{meeting().code}")
        assert page.status_code == 200
        assert "Pertemuan 1" in page.text
        assert "Catat kehadiran saya" in page.text
        assert noted() == []

    def test_who_is_not_signed_in_comes_back_to_the_button(self, as_: As) -> None:
        response = as_("nobody").get(f"/hadir/{meeting().code}")
        assert response.location == f"/masuk?lanjut=/hadir/{meeting().code}"

    def test_twice_is_once(self, as_: As, later: Callable[..., None]) -> None:
        omar = as_("omar")
        check_in(omar)
        omar.get("/")
        later(minutes=5)
        assert check_in(omar) == 303
        assert "Anda tercatat hadir pukul 10.42 WITA." in omar.get("/").text
        assert len(noted()) == 1

    @pytest.mark.parametrize("code", ["", "K7MF-X2QR", "x" * 5000, "' OR 1=1 --", "\x01"])
    def test_an_unknown_code_is_told_so_kindly(self, as_: As, code: str) -> None:
        response = as_("omar").post("/hadir", data={"code": code})
        assert response.status_code == 400
        assert FRIENDLY in response.text
        assert as_("omar").get("/hadir/tidak-ada").status_code == 400
        assert noted() == []

    def test_a_code_of_another_cohort_gives_nothing_away(self, as_: As) -> None:
        for who in ("lena", "rani", "nils", "bayu"):
            response = as_(who).post("/hadir", data={"code": meeting().code})
            assert (response.status_code, FRIENDLY in response.text) == (400, True)
            page = as_(who).get(f"/hadir/{meeting().code}")
            assert (page.status_code, FRIENDLY in page.text) == (400, True)
            assert "Pertemuan 1" not in page.text
        assert noted() == []

    def test_who_was_taken_out_of_the_cohort_is_refused(self, cast: Cast, as_: As) -> None:
        cast.enrolments["omar"].ended_at = NOW
        db.session.commit()
        assert check_in(as_("omar")) == 400

    def test_a_code_ends_with_its_minutes(self, as_: As, later: Callable[..., None]) -> None:
        later(minutes=9, seconds=59)
        assert as_("omar").get(f"/hadir/{meeting().code}").status_code == 200
        later(minutes=10)
        assert check_in(as_("omar")) == 400
        assert "Kode tidak berlaku sejak 24 Nov 2026 10.52" in as_("bayu").get(address()).text

    def test_a_new_code_goes_on_and_the_old_one_ends(self, as_: As, later: Callable[..., None]) -> None:
        old = meeting().code
        later(minutes=20)
        assert as_("bayu").post(address("kode"), data={"minutes": "5"}).status_code == 303
        assert check_in(as_("omar"), old) == 400
        assert check_in(as_("omar")) == 303
        assert meeting().code_expires_at == NOW + timedelta(minutes=25)
        assert [deed for deed, _title in deeds()] == ["OPEN_MEETING", "OPEN_MEETING"]

    def test_a_new_code_needs_minutes_of_the_list(self, as_: As) -> None:
        old = meeting().code
        response = as_("bayu").post(address("kode"), data={"minutes": "1440"})
        assert response.status_code == 400
        assert "Pilih berapa menit" in response.text
        assert meeting().code == old

    def test_closing_ends_it_at_once_and_is_logged_once(self, as_: As) -> None:
        for _ in range(2):
            assert as_("bayu").post(address("tutup")).status_code == 303
        assert check_in(as_("omar")) == 400
        assert [deed for deed, _title in deeds()] == ["OPEN_MEETING", "CLOSE_MEETING"]

    def test_many_presses_at_once_are_one_note(self, app: Flask, as_: As) -> None:
        press = {"code": meeting().code}
        statuses = at_once(app, *((as_("omar"), "/hadir", press) for _ in range(4)))
        assert statuses == [303] * 4
        assert len(noted()) == 1


def test_who_left_the_cohort_is_not_put_on_the_list(cast: Cast, as_: As) -> None:
    open_one(as_("bayu"))
    as_("bayu").post("/angkatan/dua/praja/omar/keluarkan")
    assert mark(as_("bayu"), "hadir") == 404
    assert noted() == []


class TestMarkingByHand:
    @pytest.fixture(autouse=True)
    def opened(self, cast: Cast, as_: As) -> None:
        open_one(as_("bayu"))

    @pytest.mark.parametrize("presence", list(Presence))
    def test_it_works_and_is_logged(self, cast: Cast, as_: As, presence: Presence) -> None:
        assert mark(as_("bayu"), presence.value) == 303
        assert noted() == [("omar", presence, True)]
        entry = db.session.query(LogEntry).order_by(LogEntry.id.desc()).first()
        assert entry is not None
        assert (entry.deed, entry.cohort, entry.subject_id) == ("MARK_ATTENDANCE", "dua", cast.omar.id)
        assert entry.details == {"title": "Pertemuan 1", "presence": presence.value}

    def test_no_code_undoes_it(self, as_: As) -> None:
        mark(as_("bayu"), "izin")
        omar = as_("omar")
        assert check_in(omar) == 303
        assert "Instruktur sudah mencatat Anda: izin." in omar.get("/").text
        assert noted() == [("omar", Presence.EXCUSED, True)]

    def test_it_corrects_what_the_code_noted(self, as_: As) -> None:
        check_in(as_("omar"))
        mark(as_("bayu"), "sakit")
        assert noted() == [("omar", Presence.ILL, True)]

    def test_the_same_again_changes_and_logs_nothing(self, as_: As) -> None:
        check_in(as_("omar"))
        mark(as_("bayu"), "hadir")
        assert noted() == [("omar", Presence.PRESENT, False)]
        assert [deed for deed, _title in deeds()] == ["OPEN_MEETING"]

    @pytest.mark.parametrize("note", ["", "terbang"])
    def test_a_note_can_be_taken_away(self, as_: As, note: str) -> None:
        mark(as_("bayu"), "hadir")
        mark(as_("bayu"), note)
        mark(as_("bayu"), note)
        assert noted() == []
        entries = db.session.query(LogEntry).filter_by(deed="MARK_ATTENDANCE").order_by(LogEntry.id)
        assert [entry.details["presence"] for entry in entries] == ["hadir", "belum hadir"]

    def test_it_leads_back_to_where_one_was(self, as_: As) -> None:
        response = as_("bayu").post(
            address("praja/omar"), data={"catatan": "izin", "cari": "om", "saring": "belum", "hal": "1"}
        )
        assert response.location == address("?cari=om&saring=belum&hal=1#daftar")

    @pytest.mark.parametrize("username", ["lena", "kofi", "tidak-ada"])
    def test_who_is_not_in_the_cohort_is_not_there(self, as_: As, username: str) -> None:
        assert mark(as_("bayu"), "hadir", username) == 404
        assert noted() == []

    def test_a_meeting_of_another_cohort_is_not_there(self, as_: As) -> None:
        other = address().replace("/dua/", "/satu/")
        for rest in ("", "cetak", "hadir.csv"):
            assert as_("ida").get(other + rest).status_code == 404
        for rest in ("kode", "tutup", "praja/lena"):
            assert as_("ida").post(other + rest, data={"catatan": "hadir"}).status_code == 404
        assert noted() == []

    @pytest.mark.parametrize("who", ["omar", "kofi"])
    def test_only_those_who_run_the_cohort_may(self, as_: As, who: str) -> None:
        assert mark(as_(who), "hadir") == 403
        for rest in ("", "cetak", "hadir.csv"):
            assert as_(who).get(address(rest)).status_code == 403
        for rest in ("kode", "tutup"):
            assert as_(who).post(address(rest)).status_code == 403

    def test_a_number_beyond_all_ids_is_not_there(self, as_: As) -> None:
        for folder in ("hadir", "pengumuman"):
            assert as_("bayu").get(f"/angkatan/dua/{folder}/{10**30}/").status_code == 404

    def test_a_wrong_method_is_told_so(self, as_: As) -> None:
        assert as_("bayu").get(address("tutup")).status_code == 405
        assert as_("bayu").post(address()).status_code == 405


class TestTheList:
    @pytest.fixture(autouse=True)
    def opened(self, cast: Cast, as_: As) -> None:
        for number in range(60):
            enrol(create_person(f"p{number:02}", f"Praja {number:02}", NOW), cast.cohorts["dua"], NOW)
        db.session.commit()
        open_one(as_("bayu"))
        check_in(as_("omar"))

    def test_it_names_everybody_by_pages_in_a_few_queries(self, as_: As, queries: list[str]) -> None:
        for rest in ("", "?saring=belum", "?cari=praja", "cetak", "hadir.csv"):
            client, url = as_("bayu"), address(rest)
            queries.clear()
            assert client.get(url).status_code == 200
            assert len(queries) <= 7, queries
        page = as_("bayu").get(address()).text
        assert "1 dari 61 hadir" in page
        assert "60 belum" in page
        assert "1–50 dari 61" in page
        assert "Praja 59" in as_("bayu").get(address("?hal=2")).text

    def test_it_shows_who_is_missing_and_whom_one_looks_for(self, as_: As) -> None:
        missing = as_("bayu").get(address("?saring=belum")).text
        assert "Omar Bakri" not in missing
        assert "Praja 00" in missing
        found = as_("bayu").get(address("?cari=BAKRI")).text
        assert "Omar Bakri" in found
        assert "Praja 00" not in found
        assert as_("bayu").get(address("?cari=%20bakri%20&hal=x")).text.count('aria-pressed="true"') == 1
        assert "Tidak ada praja yang cocok" in as_("bayu").get(address("?cari=%25")).text

    def test_the_button_that_holds_is_pressed(self, as_: As) -> None:
        page = as_("bayu").get(address("?cari=omar")).text
        pressed = page.split('aria-pressed="true"')
        assert len(pressed) == 2
        assert 'value="hadir"' in pressed[0][-120:]

    def test_who_left_the_cohort_stays_where_they_were(self, cast: Cast, as_: As) -> None:
        cast.enrolments["omar"].ended_at = NOW
        db.session.commit()
        assert "1 dari 61 hadir" in as_("bayu").get(address()).text
        open_one(as_("bayu"), "Pertemuan 2")
        second = db.session.query(Meeting).order_by(Meeting.id.desc()).first()
        assert second is not None
        assert "0 dari 60 hadir" in as_("bayu").get(f"{LIST}{second.id}/").text

    def test_it_can_be_printed_with_room_to_sign(self, as_: As) -> None:
        page = as_("bayu").get(address("cetak")).text
        assert "Tanda tangan" in page
        assert page.count("<tr>") == 62
        assert "Praja 59" in page

    def test_it_can_be_taken_as_a_file_without_formulas(self, cast: Cast, as_: As) -> None:
        cast.omar.name = "=1+1"
        db.session.commit()
        mark(as_("bayu"), "izin", "p00")
        response = as_("bayu").get(address("hadir.csv"))
        assert response.mimetype == "text/csv"
        assert f'filename="hadir-dua-{meeting().id}.csv"' in response.headers["Content-Disposition"]
        table = response.text.splitlines()
        assert table[0] == "\ufeffnomor;nama_pengguna;nama;kehadiran;dicatat;oleh"
        assert table[1] == "1;omar;'=1+1;hadir;2026-11-24 10:42;kode"
        assert table[2] == "2;p00;Praja 00;izin;2026-11-24 10:42;instruktur"
        assert table[3] == "3;p01;Praja 01;;;"
        assert len(table) == 62
