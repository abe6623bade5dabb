"""The end of an attempt, which the server keeps: by its time, by the closing, whoever looks, and if nobody does."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient

from courses.completion import State
from courses.models import CohortSchedule, Progress
from foundation import clock, ticking
from foundation.database import db
from quizzes import closing, queries
from quizzes.models import Answer, Attempt
from tests.cast import Cast, activity
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, save, start
from tests.quizzes.quizfiles import put_online, with_rules

As = Callable[[str], FlaskClient]
TIMED = ("peran: ujian", "percobaan: 2", "waktu: 10")
END = NOW + timedelta(minutes=10)
STAFF = "/rekap/contoh/praja/lena"


def mine() -> Attempt:
    return db.session.query(Attempt).order_by(Attempt.id).first()  # type: ignore[return-value]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Turns the clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def lena(cast: Cast, as_: As) -> FlaskClient:
    """Lena, who began a quiz of ten minutes at 10.42 and has one answer saved."""
    put_online(with_rules(*TIMED))
    client = as_("lena")
    start(client)
    save(client, {"penerbit": ["menlu"]})
    return client


LOOKS: dict[str, tuple[str, Callable[[FlaskClient], object]]] = {
    "the attempt's page": ("lena", lambda client: client.get(f"{QUIZ}/percobaan/1/")),
    "the page before sending": ("lena", lambda client: client.get(f"{QUIZ}/percobaan/1/kirim")),
    "the quiz's page": ("lena", lambda client: client.get(f"{QUIZ}/")),
    "a save": ("lena", lambda client: save(client, {"mendahului": ["loi"]}, sequence=2)),
    "sending": ("lena", lambda client: client.post(f"{QUIZ}/percobaan/1/kirim")),
    "the next start": ("lena", lambda client: start(client, 2)),
    "the learner's page, for staff": ("ida", lambda client: client.get(f"{STAFF}/")),
    "the attempt, for staff": ("ida", lambda client: client.get(f"{STAFF}/kuis-sister-city/1/")),
    "nobody, but a command": (
        "nobody",
        lambda client: client.application.test_cli_runner().invoke(args=["quizzes", "close"]),
    ),
    "nobody, but the server": ("nobody", lambda client: ticking.run(client.application)),
}


@pytest.mark.parametrize("look", LOOKS)
def test_whoever_looks_it_is_sent_with_what_was_saved_as_of_its_end(
    lena: FlaskClient, as_: As, at: Callable[[datetime], None], look: str
) -> None:
    who, act = LOOKS[look]
    at(END + timedelta(hours=3))
    act(as_(who))
    assert (mine().submitted_at, mine().earned, mine().maximum) == (END, 1, 4)
    progress = db.session.query(Progress).filter_by(activity_id=mine().activity_id).one()
    assert (progress.state, progress.percent) == (State.DONE, 25)


@pytest.mark.parametrize("look", [look for look in LOOKS if look not in ("sending", "the next start")])
def test_until_the_last_moment_it_stays_open(
    lena: FlaskClient, as_: As, at: Callable[[datetime], None], look: str
) -> None:
    who, act = LOOKS[look]
    at(END)
    act(as_(who))
    assert mine().is_open


def test_a_learner_who_comes_back_sees_the_review_at_once(lena: FlaskClient, at: Callable[[datetime], None]) -> None:
    at(END + timedelta(minutes=1))
    review = lena.get(f"{QUIZ}/percobaan/1/").text
    assert "Nilai Anda 25" in review
    assert "Waktunya habis sebelum Anda mengirim" in review
    page = lena.get(f"{QUIZ}/").text
    assert "Mulai percobaan 2" in page
    assert "Lanjutkan percobaan" not in page


def test_who_sends_in_time_reads_nothing_of_its_end(lena: FlaskClient, at: Callable[[datetime], None]) -> None:
    lena.post(f"{QUIZ}/percobaan/1/kirim")
    assert "Waktunya habis" not in lena.get(f"{QUIZ}/percobaan/1/").text


def test_the_next_attempt_can_be_started_without_looking_at_the_last(
    lena: FlaskClient, at: Callable[[datetime], None]
) -> None:
    at(END + timedelta(minutes=1))
    assert start(lena, 2).location == f"{QUIZ}/percobaan/2/"
    assert [attempt.is_open for attempt in db.session.query(Attempt).order_by(Attempt.id)] == [False, True]


def test_a_late_save_says_what_was_kept(lena: FlaskClient, at: Callable[[datetime], None]) -> None:
    at(END + timedelta(seconds=1))
    for _again in range(2):
        late = save(lena, {"mendahului": ["loi"]}, sequence=2)
        assert late.status_code == 409
        assert "1 dari 2 soal terjawab" in late.text
    form = {"klien": "a", "urutan-1": 2, "jawaban-1": "dprd"}
    told = lena.post(f"{QUIZ}/percobaan/1/jawaban", data=form, headers={"Accept": "application/json"})
    assert told.status_code == 409
    assert "Waktu percobaan ini sudah habis" in told.get_json()["error"]
    assert db.session.query(Answer).count() == 1


def test_a_page_whose_time_is_over_does_not_send_what_has_more_time(
    lena: FlaskClient, at: Callable[[datetime], None]
) -> None:
    at(END - timedelta(minutes=1))
    response = lena.post(f"{QUIZ}/percobaan/1/kirim", data={"waktu-habis": "1"})
    assert response.location == f"{QUIZ}/percobaan/1/"
    assert mine().is_open
    at(END + timedelta(minutes=1))
    lena.post(f"{QUIZ}/percobaan/1/kirim", data={"waktu-habis": "1"})
    assert mine().submitted_at == END


def test_script_is_told_when_it_ends(lena: FlaskClient) -> None:
    form = {"klien": "a", "urutan-1": 2, "jawaban-1": "dprd"}
    assert lena.post(f"{QUIZ}/percobaan/1/jawaban", data=form).get_json()["ends"] == int(END.timestamp())
    assert f'data-ends="{int(END.timestamp())}"' in lena.get(f"{QUIZ}/percobaan/1/").text


class TestClosing:
    def test_it_ends_an_attempt_that_has_time_left(self, cast: Cast, as_: As, at: Callable[[datetime], None]) -> None:
        put_online(with_rules("peran: ujian", "waktu: 60", "tutup: 2026-11-24 11:00"))
        lena = as_("lena")
        start(lena)
        assert "Waktu habis pukul 11.00 WITA" in lena.get(f"{QUIZ}/percobaan/1/").text
        at(NOW + timedelta(minutes=18, seconds=1))
        lena.get(f"{QUIZ}/percobaan/1/")
        assert mine().submitted_at == NOW + timedelta(minutes=18)

    def test_it_is_read_as_the_cohort_s_dates_are_now(
        self, cast: Cast, as_: As, at: Callable[[datetime], None]
    ) -> None:
        lena = as_("lena")
        start(lena)
        closes = NOW + timedelta(minutes=5)
        db.session.add(
            CohortSchedule(
                cohort_id=cast.cohorts["satu"].id,
                activity_id=activity("kuis-sister-city").id,
                opens=None,
                closes=closes,
            )
        )
        cast.cohorts["satu"].dates_revision += 1
        db.session.commit()
        at(NOW + timedelta(minutes=6))
        closing.settle_now()
        assert mine().submitted_at == closes

    def test_one_in_the_past_ends_nothing_that_began_after_it(
        self, cast: Cast, as_: As, at: Callable[[datetime], None]
    ) -> None:
        lena = as_("lena")
        start(lena)
        put_online(with_rules("peran: ujian", "tutup: 2026-11-01"))
        assert closing.settle_all(NOW + timedelta(days=1)) == 0
        assert mine().is_open


class TestTheSweep:
    def test_it_closes_all_and_says_how_many(self, lena: FlaskClient, as_: As, app: Flask) -> None:
        start(as_("omar"))
        later = END + timedelta(seconds=1)
        assert closing.settle_all(END) == 0
        assert closing.settle_all(later) == 2
        assert closing.settle_all(later) == 0

    def test_it_asks_once_for_all_that_is_open(self, lena: FlaskClient, as_: As, queries: list[str]) -> None:
        start(as_("omar"))
        closing.settle_all(NOW)
        queries.clear()
        closing.settle_all(NOW)
        assert len(queries) <= 2

    def test_one_that_fails_stops_no_other(
        self,
        lena: FlaskClient,
        as_: As,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        start(as_("omar"))
        broken = mine().id
        score = closing.scoring.score

        def fail(attempt: Attempt) -> None:
            if attempt.id == broken:
                raise ValueError("a question that no longer parses")
            score(attempt)

        monkeypatch.setattr(closing.scoring, "score", fail)
        with caplog.at_level(logging.ERROR):
            assert closing.settle_all(END + timedelta(seconds=1)) == 1
        assert f"attempt {broken} is over" in caplog.text
        monkeypatch.undo()
        assert closing.settle_all(END + timedelta(seconds=1)) == 1, "it is tried again"

    def test_who_left_the_cohort_keeps_their_answers_too(self, lena: FlaskClient, cast: Cast) -> None:
        cast.enrolments["lena"].ended_at = NOW
        db.session.commit()
        assert closing.settle_all(END + timedelta(seconds=1)) == 1
        assert mine().earned == 1

    def test_a_submitted_attempt_is_not_touched(self, lena: FlaskClient, at: Callable[[datetime], None]) -> None:
        at(NOW + timedelta(minutes=2))
        lena.post(f"{QUIZ}/percobaan/1/kirim")
        closing.settle_all(END + timedelta(hours=1))
        assert mine().submitted_at == NOW + timedelta(minutes=2)


class TestTheTicker:
    def test_it_runs_the_jobs_again_and_again_until_it_is_stopped(self, app: Flask) -> None:
        stop, seen = Event(), []

        def job() -> None:
            seen.append(db.session.execute(db.text("SELECT 1")).scalar())
            if len(seen) == 3:
                stop.set()

        before = app.extensions[ticking._NAME]
        ticking.init_app(app, [job])
        try:
            thread = ticking.start(app, seconds=0.01, stop=stop)
            assert thread.daemon
            thread.join(timeout=20)
        finally:
            ticking.init_app(app, before)
        assert not thread.is_alive()
        assert seen == [1, 1, 1]

    def test_a_job_that_fails_is_logged_and_the_next_one_runs(
        self, app: Flask, caplog: pytest.LogCaptureFixture
    ) -> None:
        ran = []

        def broken() -> None:
            raise RuntimeError("no database")

        before = app.extensions[ticking._NAME]
        ticking.init_app(app, [broken, lambda: ran.append(True)])
        try:
            with caplog.at_level(logging.ERROR):
                ticking.run(app)
        finally:
            ticking.init_app(app, before)
        assert ran == [True]
        assert "broken failed" in caplog.text
        assert "no database" in caplog.text

    def test_the_server_knows_what_to_do_by_itself(self, app: Flask) -> None:
        assert closing.settle_now in app.extensions[ticking._NAME]


def test_the_command_says_how_many(lena: FlaskClient, app: Flask, at: Callable[[datetime], None]) -> None:
    at(END + timedelta(seconds=1))
    assert app.test_cli_runner().invoke(args=["quizzes", "close"]).output == "1\n"
    assert queries.open_attempts() == []
