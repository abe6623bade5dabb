"""Exceptions from a quiz's rules: granted by instructors for a praja or a cohort, told to learners, taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.models import LogEntry
from foundation import clock
from foundation.database import db
from quizzes import closing
from quizzes.models import Attempt, Override
from tests.cast import Cast
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, answer_all, save, start
from tests.quizzes.quizfiles import put_online, with_rules

As = Callable[[str], FlaskClient]
PAGE = "/rekap/contoh/kuis/kuis-sister-city/pengecualian/"
TIMED = ("peran: ujian", "percobaan: 1", "waktu: 10")


def grant(client: FlaskClient, **fields: str) -> TestResponse:
    return client.post(PAGE, data={"reason": "Listrik padam.", **fields})


def standing() -> list[Override]:
    return db.session.query(Override).filter(Override.ended_at.is_(None)).order_by(Override.id).all()


@pytest.fixture
def ida(cast: Cast, as_: As) -> FlaskClient:
    put_online(with_rules(*TIMED))
    return as_("ida")


class TestGranting:
    def test_a_praja_gets_other_rules_and_is_told_why(self, ida: FlaskClient, as_: As) -> None:
        response = grant(ida, username="lena", minutes="90", attempts="2")
        assert (response.status_code, response.location) == (303, PAGE)
        page = as_("lena").get(f"{QUIZ}/").text
        assert "Untuk Anda: waktu 90 menit, 2 percobaan." in page
        assert "Alasan: Listrik padam." in page
        assert "90 menit, dihitung sejak" in page
        assert "Untuk Anda" not in as_("omar").get(f"{QUIZ}/").text
        listed = ida.get(PAGE).text
        assert "Lena Lestari" in listed
        assert "waktu 90 menit, 2 percobaan" in listed

    def test_a_whole_cohort_gets_them(self, ida: FlaskClient, as_: As) -> None:
        grant(ida, cohort="dua", minutes="0")
        assert "Untuk Anda: tanpa batas waktu." in as_("omar").get(f"{QUIZ}/").text
        assert "Untuk Anda" not in as_("lena").get(f"{QUIZ}/").text
        start(as_("omar"))
        assert "Waktu habis pukul" not in as_("omar").get(f"{QUIZ}/percobaan/1/").text

    def test_the_praja_s_own_wins_over_the_cohort_s(self, ida: FlaskClient, as_: As) -> None:
        grant(ida, cohort="dua", minutes="20", attempts="3")
        grant(ida, username="omar", minutes="30")
        start(as_("omar"))
        assert "Waktu habis pukul 11.12 WITA" in as_("omar").get(f"{QUIZ}/percobaan/1/").text
        assert "3 kali" in as_("omar").get(f"{QUIZ}/").text

    def test_home_outline_and_module_tell_the_praja_s_own_dates(
        self, ida: FlaskClient, as_: As, queries: list[str]
    ) -> None:
        put_online(with_rules("peran: ujian", "tutup: 2026-11-24"))
        pages = ("/", "/kursus/contoh/", "/kursus/contoh/modul/sister-city/")
        for who in ("lena", "omar"):
            for lesson in ("asal-usul", "tahapan"):  # so that the quiz comes next at home
                as_(who).post(f"/kursus/contoh/{lesson}/selesai")

        def told(who: str) -> list[bool]:
            return ["Tutup 29 Nov 2026 08.00 WITA." in as_(who).get(page).text for page in pages]

        assert (told("lena"), told("omar")) == ([False] * 3, [False] * 3)
        sent = []
        for _before_and_after in range(2):
            as_("lena").get("/")
            queries.clear()
            as_("lena").get("/")
            sent.append(len(queries))
            grant(ida, username="lena", closes="2026-11-29T08:00")
        assert sent[1] <= sent[0]
        assert (told("lena"), told("omar")) == ([True] * 3, [False] * 3)
        grant(ida, username="lena", minutes="30")
        assert told("lena") == [False] * 3, "another exception took its place, and leaves the dates as they are"
        grant(ida, cohort="dua", closes="2026-11-29T08:00")
        assert told("omar") == [True] * 3

    def test_another_attempt_can_be_started_at_once(self, ida: FlaskClient, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        assert start(lena, 2).status_code == 409
        grant(ida, username="lena", attempts="2")
        assert start(lena, 2).status_code == 303

    def test_dates_are_moved_for_one(self, ida: FlaskClient, as_: As) -> None:
        put_online(with_rules("peran: ujian", "tutup: 2026-11-20"))
        assert start(as_("lena")).status_code == 409
        grant(ida, username="lena", closes="2026-11-25T08:00")
        assert "tutup 25 Nov 2026 08.00 WITA" in as_("lena").get(f"{QUIZ}/").text
        assert start(as_("lena")).status_code == 303
        assert start(as_("omar")).status_code == 409

    def test_an_open_attempt_gets_its_time_at_once(
        self, ida: FlaskClient, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lena = as_("lena")
        start(lena)
        grant(ida, username="lena", minutes="30")
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=25))
        assert save(lena, {"penerbit": ["menlu"]}).status_code == 303

    def test_what_is_over_already_stays_over(self, ida: FlaskClient, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
        start(as_("lena"))
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=11))
        grant(ida, username="lena", minutes="30")
        assert db.session.query(Attempt).one().submitted_at == NOW + timedelta(minutes=10)

    def test_a_new_one_takes_the_place_of_the_old(self, ida: FlaskClient, as_: As) -> None:
        grant(ida, username="lena", minutes="30")
        grant(ida, username="lena", attempts="5")
        (one,) = standing()
        assert (one.minutes_allowed, one.attempts) == (None, 5)
        assert db.session.query(Override).count() == 2
        assert "waktu" not in as_("lena").get(f"{QUIZ}/").text.partition("Untuk Anda")[2].partition("</p>")[0]

    def test_it_is_in_the_staff_log(self, ida: FlaskClient) -> None:
        grant(ida, username="lena", minutes="90")
        entry = db.session.query(LogEntry).filter_by(deed="GRANT_EXCEPTION").one()
        assert (entry.subject, entry.course, entry.cohort) == ("Lena Lestari (lena)", "contoh", "satu")
        assert entry.details["rules"] == "waktu 90"
        assert entry.details["reason"] == "Listrik padam."
        assert "memberi pengecualian di Kuis Sister City: waktu 90" in ida.get("/angkatan/satu/catatan").text

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"username": "lena"}, "Isi paling sedikit satu"),
            ({"username": "lena", "minutes": "-5"}, "Tulis bilangan bulat"),
            ({"username": "lena", "attempts": "banyak"}, "Tulis bilangan bulat"),
            ({"username": "lena", "closes": "besok"}, "Waktu ini belum lengkap"),
            ({"username": "lena", "minutes": "5", "reason": " "}, "Tulis alasannya"),
            ({"username": "lena", "opens": "2026-12-02T08:00", "closes": "2026-12-01T08:00"}, "sesudah waktu buka"),
            ({"minutes": "5"}, "Pilih satu"),
            ({"username": "lena", "cohort": "satu", "minutes": "5"}, "Pilih satu"),
            ({"username": "tidak-ada", "minutes": "5"}, "Tidak ada praja"),
            ({"username": "rani", "minutes": "5"}, "Tidak ada praja"),
            ({"cohort": "tiga", "minutes": "5"}, "Tidak ada praja"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_granted(
        self, ida: FlaskClient, fields: dict[str, str], says: str
    ) -> None:
        response = grant(ida, **fields)
        assert response.status_code == 400
        assert says in response.text
        assert standing() == []

    def test_an_instructor_of_a_cohort_excuses_its_own_learners_only(self, ida: FlaskClient, as_: As) -> None:
        grant(ida, username="lena", minutes="30")
        bayu = as_("bayu")
        assert "Lena" not in bayu.get(PAGE).text
        for fields in ({"username": "lena"}, {"cohort": "satu"}):
            assert grant(bayu, minutes="60", **fields).status_code == 400
        assert grant(bayu, minutes="60", username="omar").status_code == 303
        hers = standing()[0]
        assert bayu.get(f"{PAGE}{hers.id}/cabut").status_code == 404
        assert bayu.post(f"{PAGE}{hers.id}/cabut").status_code == 404

    def test_only_a_quiz_has_them(self, ida: FlaskClient) -> None:
        for quiz in ("asal-usul", "tidak-ada"):
            assert ida.get(f"/rekap/contoh/kuis/{quiz}/pengecualian/").status_code == 404


class TestWithdrawing:
    def test_it_is_confirmed_and_the_quiz_s_rules_apply_again(self, ida: FlaskClient, as_: As) -> None:
        grant(ida, username="lena", minutes="30")
        address = f"{PAGE}{standing()[0].id}/cabut"
        assert "Cabut pengecualian untuk Lena Lestari?" in ida.get(address).text
        assert ida.post(address).location == PAGE
        assert standing() == []
        assert "Untuk Anda" not in as_("lena").get(f"{QUIZ}/").text
        assert db.session.query(LogEntry).filter_by(deed="WITHDRAW_EXCEPTION").count() == 1
        assert ida.post(address).status_code == 404

    def test_an_open_attempt_falls_back_to_the_cohort_s(self, ida: FlaskClient, as_: As) -> None:
        grant(ida, cohort="satu", minutes="20")
        grant(ida, username="lena", minutes="30")
        start(as_("lena"))
        ida.post(f"{PAGE}{standing()[1].id}/cabut")
        assert db.session.query(Attempt).one().minutes_allowed == 20
        ida.post(f"{PAGE}{standing()[0].id}/cabut")
        assert db.session.query(Attempt).one().minutes_allowed is None

    def test_one_that_only_the_exception_kept_open_is_sent(
        self, ida: FlaskClient, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        grant(ida, username="lena", minutes="30")
        start(as_("lena"))
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=15))
        ida.post(f"{PAGE}{standing()[0].id}/cabut")
        closing.settle_now()
        assert db.session.query(Attempt).one().submitted_at == NOW + timedelta(minutes=10)


def test_a_learner_s_page_leads_there_with_the_name_filled_in(ida: FlaskClient) -> None:
    link = f"{PAGE}?praja=lena"
    assert f'href="{link}"' in ida.get("/rekap/contoh/praja/lena/").text
    assert 'value="lena"' in ida.get(link).text


def test_without_any_the_page_says_what_to_do(ida: FlaskClient) -> None:
    assert "Belum ada pengecualian di kuis ini." in ida.get(PAGE).text


def test_many_exceptions_cost_no_more_queries(ida: FlaskClient, queries: list[str]) -> None:
    grant(ida, username="lena", minutes="30")
    ida.get(PAGE)
    queries.clear()
    ida.get(PAGE)
    few = len(queries)
    grant(ida, username="omar", minutes="30")
    grant(ida, cohort="dua", minutes="30")
    queries.clear()
    ida.get(PAGE)
    assert len(queries) <= few


def test_a_cohort_can_be_called_anything_and_stays_text(cast: Cast, as_: As) -> None:
    cast.cohorts["dua"].name = "<meta http-equiv=refresh content='0;url=//jahat.example'>"
    db.session.commit()
    assert "<meta http-equiv" not in as_("ida").get("/rekap/contoh/kuis/kuis-sister-city/pengecualian/").text
