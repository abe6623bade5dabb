"""A stored version of a quiz that no longer parses: the scores stand, and nothing else is harmed."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from courses import versions
from courses.models import ActivityVersion
from foundation.database import db
from quizzes import closing
from quizzes.models import Attempt, PracticeAnswer
from tests.cast import Cast, activity
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, RIGHT, answer_all, start
from tests.quizzes.quizfiles import put_online, with_rules

As = Callable[[str], FlaskClient]
RULES = ("peran: ujian", "percobaan: 3", "waktu: 10")
LOST = "Soal percobaan ini tidak dapat ditampilkan lagi."


def break_version(id: int | None) -> None:
    version = db.session.get_one(ActivityVersion, id)
    version.source = "---\njenis: kuis\njudul: Rusak\n---\n\n## Soal tanpa jawaban\n"
    db.session.commit()
    versions.forget()


@pytest.fixture
def lena(cast: Cast, as_: As) -> FlaskClient:
    """She missed a question in a version that is broken by now; another one is online."""
    put_online(with_rules(*RULES))
    lena = as_("lena")
    start(lena)
    answer_all(lena, {**RIGHT, "penerbit": ["dprd"]}, submit=True)
    before = activity("kuis-sister-city").current_version_id
    put_online(with_rules(*RULES, "jeda: 0"))
    assert activity("kuis-sister-city").current_version_id != before
    break_version(before)
    return lena


@pytest.mark.parametrize("address", ["/", "/kursus/contoh/", "/kursus/contoh/capaian/", "/kursus/contoh/latihan/"])
def test_a_learner_s_pages_stand_and_the_fault_is_logged_once(
    lena: FlaskClient, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert [lena.get(address).status_code for _again in range(2)] == [200, 200]
    assert caplog.text.count("no longer parses") == 1


def test_the_score_that_is_stored_is_shown_to_learner_and_staff(lena: FlaskClient, as_: As) -> None:
    for client, address in (
        (lena, f"{QUIZ}/percobaan/1/"),
        (as_("ida"), "/rekap/contoh/praja/lena/kuis-sister-city/1/"),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert LOST in page.text
        assert "75" in page.text
    for address in ("/rekap/contoh/", "/rekap/contoh/praja/lena/", "/rekap/contoh/esai/"):
        assert as_("ida").get(address).status_code == 200
    assert as_("ida").get("/rekap/contoh/kuis/kuis-sister-city/kunci/penerbit/").status_code == 200


def test_the_next_attempt_is_made_as_ever(lena: FlaskClient) -> None:
    assert start(lena, 2).status_code == 303
    answer_all(lena, number=2, submit=True)
    page = lena.get(f"{QUIZ}/percobaan/2/").text
    assert "Nilai Anda 100" in page
    assert LOST not in page


def test_an_attempt_on_it_stops_no_other_from_being_closed(lena: FlaskClient, as_: As) -> None:
    start(as_("omar"))
    put_online(with_rules(*RULES, "acak: [soal]"))
    start(lena, 2)
    broken = db.session.query(Attempt).filter_by(number=1, submitted_at=None).one()
    break_version(broken.version_id)
    assert closing.settle_all(NOW + timedelta(hours=1)) == 1
    assert db.session.query(Attempt).filter_by(number=2).one().submitted_at == NOW + timedelta(minutes=10)


def test_when_the_version_online_is_broken_home_still_stands(lena: FlaskClient) -> None:
    break_version(activity("kuis-sister-city").current_version_id)
    for address in ("/", "/kursus/contoh/", "/kursus/contoh/capaian/", "/kursus/contoh/latihan/"):
        assert lena.get(address).status_code == 200


def test_what_was_practised_on_it_is_shown_as_it_is_asked_now(cast: Cast, as_: As) -> None:
    put_online(with_rules(*RULES))
    lena, address = as_("lena"), "/kursus/contoh/latihan/kuis-sister-city/penerbit/"
    start(lena)
    answer_all(lena, {**RIGHT, "penerbit": ["dprd"]}, submit=True)
    put_online(with_rules(*RULES, "jeda: 0"))
    lena.post(address, data={"nomor": 1, "urutan-1": 1, "jawaban-1": "menlu"})
    put_online(with_rules(*RULES, "jeda: 1"))
    broken = db.session.query(PracticeAnswer).one().version_id
    assert broken not in {attempt.version_id for attempt in db.session.query(Attempt)}
    break_version(broken)
    page = lena.get(address)
    assert page.status_code == 200
    assert "jawaban Anda, benar" in page.text
