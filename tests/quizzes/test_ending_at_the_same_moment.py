"""Workers that sweep, learners who send and instructors who excuse, all at once: nothing twice, nothing stuck."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from courses.models import Evidence
from foundation import clock
from foundation.database import db
from quizzes import closing
from quizzes.models import Attempt, Override
from tests.cast import Cast
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, save, start
from tests.quizzes.quizfiles import put_online, with_rules
from tests.racing import PATIENCE, at_once

As = Callable[[str], FlaskClient]
EXCEPTIONS = "/rekap/contoh/kuis/kuis-sister-city/pengecualian/"


@pytest.fixture
def learners(cast: Cast, as_: As) -> list[FlaskClient]:
    """Lena and Omar, each in a quiz of ten minutes with one answer saved."""
    put_online(with_rules("peran: ujian", "percobaan: 2", "waktu: 10"))
    found = [as_("lena"), as_("omar")]
    for client in found:
        start(client)
        save(client, {"penerbit": ["menlu"]})
    return found


@pytest.mark.parametrize("turn", range(3))
def test_several_workers_sweep_without_harm(app: Flask, learners: list[FlaskClient], turn: int) -> None:
    later, together, closed = NOW + timedelta(minutes=11), threading.Barrier(3), list[int]()
    db.session.rollback()

    def sweep() -> None:
        with app.app_context():
            together.wait(PATIENCE)
            closed.append(closing.settle_all(later))
            db.session.remove()

    threads = [threading.Thread(target=sweep) for _worker in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sum(closed) == 2
    assert {attempt.submitted_at for attempt in db.session.query(Attempt)} == {NOW + timedelta(minutes=10)}
    assert db.session.query(Evidence).count() == 4


@pytest.mark.parametrize("turn", range(3))
def test_a_learner_who_sends_while_it_is_swept_has_sent_once(
    app: Flask, learners: list[FlaskClient], monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=11))
    lena = learners[0]
    answers = {"klien": "a", "urutan-1": 2, "jawaban-1": "dprd"}
    requests = [(lena, f"{QUIZ}/percobaan/1/kirim", {}), (lena, f"{QUIZ}/percobaan/1/", answers)]
    assert at_once(app, *requests) == [303, 409]
    assert db.session.query(Attempt).order_by(Attempt.id).first().earned == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("turn", range(3))
def test_two_exceptions_for_one_praja_leave_one(app: Flask, learners: list[FlaskClient], as_: As, turn: int) -> None:
    wishes = [{"username": "omar", "minutes": minutes, "reason": "Sakit."} for minutes in ("20", "30")]
    requests = [(as_(who), EXCEPTIONS, wish) for who, wish in zip(("ida", "bayu"), wishes, strict=True)]
    assert at_once(app, *requests) == [303, 303]
    (one,) = db.session.query(Override).filter(Override.ended_at.is_(None))
    attempt = db.session.query(Attempt).order_by(Attempt.id.desc()).first()
    assert attempt is not None
    assert attempt.minutes_allowed == one.minutes_allowed


@pytest.mark.parametrize("turn", range(3))
def test_an_attempt_that_begins_with_an_exception_has_its_time(app: Flask, cast: Cast, as_: As, turn: int) -> None:
    put_online(with_rules("peran: ujian", "waktu: 10"))
    wish = {"username": "omar", "minutes": "30", "reason": "Sakit."}
    requests = [(as_("ida"), EXCEPTIONS, wish), (as_("omar"), f"{QUIZ}/mulai", {"percobaan": 1})]
    assert at_once(app, *requests) == [303, 303]
    assert db.session.query(Attempt).one().minutes_allowed == 30


@pytest.mark.parametrize("turn", range(3))
def test_sending_while_somebody_is_excused_does_not_hang(
    app: Flask, learners: list[FlaskClient], as_: As, turn: int
) -> None:
    wish = {"cohort": "dua", "minutes": "30", "reason": "Sakit."}
    requests = [(as_("ida"), EXCEPTIONS, wish), (learners[1], f"{QUIZ}/percobaan/1/kirim", {})]
    requests.append((as_("omar"), f"{QUIZ}/mulai", {"percobaan": 2}))
    assert at_once(app, *requests) == [303, 303, 303]
