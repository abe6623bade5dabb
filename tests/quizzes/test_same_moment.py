"""What one learner's two devices, or a hand that clicks twice, do to an attempt at the same moment.

On SQLite the requests queue, on PostgreSQL they race; in both nothing breaks, and what was acknowledged is kept.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from courses.models import Evidence, Progress
from foundation import clock
from foundation.database import db, writing
from quizzes import scoring
from quizzes.models import Answer, Attempt
from quizzes.queries import last_answers
from tests.cast import Cast, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, start
from tests.racing import PATIENCE, Request, at_once
from tests.sample import QUIZ as QUIZ_SOURCE
from tests.sample import SAMPLE

As = Callable[[str], FlaskClient]
HERE = f"{QUIZ}/percobaan/1/"

pytestmark = pytest.mark.parametrize("turn", range(3))


def saving(client: FlaskClient, page: str, value: str, sequence: int = 2) -> Request:
    return client, f"{HERE}jawaban", {"klien": page, "urutan-1": sequence, "jawaban-1": value}


def submitting(client: FlaskClient) -> Request:
    return client, f"{HERE}kirim", {}


def the_attempt() -> Attempt:
    db.session.rollback()
    return db.session.query(Attempt).one()


@pytest.fixture
def two(cast: Cast, as_: As) -> tuple[FlaskClient, FlaskClient]:
    """Lena's phone and desk."""
    return as_("lena"), as_("lena")


def test_two_starts_are_one(app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int) -> None:
    beginning = f"{QUIZ}/mulai"
    assert at_once(app, *((client, beginning, {"percobaan": 1}) for client in two * 2)) == [303] * 4
    assert the_attempt().number == 1


def test_starts_of_different_numbers_are_one(app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int) -> None:
    beginning = f"{QUIZ}/mulai"
    statuses = at_once(app, *((client, beginning, {"percobaan": n}) for n, client in enumerate(two, start=1)))
    assert statuses == [303, 303]
    assert the_attempt().number == 1


def test_two_submits_are_one(app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int) -> None:
    start(two[0])
    assert at_once(app, *(submitting(client) for client in two * 2)) == [303] * 4
    assert the_attempt().maximum == 4
    assert db.session.query(Progress).count() == 1
    assert db.session.query(Evidence).count() == 2, "evidence is told once"


def test_the_same_save_many_times_is_one_row(app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int) -> None:
    start(two[0])
    assert at_once(app, *(saving(client, "halaman", "menlu") for client in two * 2)) == [200] * 4
    assert [(row.sequence, row.value) for row in db.session.query(Answer)] == [(2, ["menlu"])]


def test_saves_of_two_devices_are_both_kept_and_one_counts(
    app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int
) -> None:
    start(two[0])
    phone, desk = two
    assert at_once(app, saving(phone, "telepon", "menlu"), saving(desk, "meja", "dprd")) == [200, 200]
    rows = db.session.query(Answer).order_by(Answer.id).all()
    assert {(row.client, *row.value) for row in rows} == {("telepon", "menlu"), ("meja", "dprd")}
    assert last_answers(the_attempt().id) == {"penerbit": rows[-1].value}


def test_saves_of_one_page_that_overtake_each_other_leave_the_last(
    app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int
) -> None:
    start(two[0])
    values = ["mendagri", "dprd", "menlu"]
    requests = [saving(two[n % 2], "halaman", value, sequence=n + 2) for n, value in enumerate(values)]
    assert at_once(app, *requests) == [200] * 3
    assert db.session.query(Answer).count() == 3
    assert last_answers(the_attempt().id) == {"penerbit": ["menlu"]}


def test_a_save_beside_a_submit_is_kept_and_counts_or_is_refused(
    app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int
) -> None:
    start(two[0])
    statuses = at_once(app, saving(two[0], "halaman", "menlu"), submitting(two[1]))
    assert statuses in ([200, 303], [303, 409])
    attempt = the_attempt()
    is_kept = statuses == [200, 303]
    assert attempt.earned == (1 if is_kept else 0), "what was acknowledged is scored"
    assert db.session.query(Answer).count() == is_kept


def test_a_save_beside_the_end_of_time_is_kept_and_counts_or_is_refused(
    app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock strikes between the two: each request sees one side of the end."""
    text = QUIZ_SOURCE.replace("percobaan: 2", "percobaan: 2\nwaktu: 10")
    publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": text}), NOW)
    start(two[0])
    end = NOW + timedelta(minutes=10)
    moments = [end, end + timedelta(seconds=1)] * 40

    def strike() -> datetime:
        return moments.pop() if moments else end + timedelta(seconds=1)

    monkeypatch.setattr(clock, "now", strike)
    requests = [saving(client, page, "menlu") for client, page in zip(two * 2, "abcd", strict=True)]
    statuses = at_once(app, *requests)
    assert set(statuses) <= {200, 409}
    rows = db.session.query(Answer).all()
    assert len(rows) == statuses.count(200), "every acknowledged save is a row, and no other is"
    two[0].post(f"{HERE}kirim")
    attempt = the_attempt()
    assert attempt.submitted_at == end
    assert attempt.earned == (1 if rows else 0)


def test_a_new_version_beside_a_start_is_pinned_whole(
    app: Flask, two: tuple[FlaskClient, FlaskClient], turn: int
) -> None:
    publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": QUIZ_SOURCE.replace("DPRD", "MPR")}), NOW)
    at_once(app, *((client, f"{QUIZ}/mulai", {"percobaan": 1}) for client in two))
    attempt = the_attempt()
    assert attempt.version_id == attempt.activity.current_version_id
    assert "MPR" in two[0].get(HERE).text


def test_two_attempts_scored_again_at_once_both_count(app: Flask, as_: As, cast: Cast, turn: int) -> None:
    """As when two people mark two attempts of one learner: neither leaves the standing of before the other."""
    lena = as_("lena")
    for number in (1, 2):
        start(lena, number)
        lena.post(f"{QUIZ}/percobaan/{number}/kirim")

    def the(number: int) -> Attempt:
        return db.session.query(Attempt).filter_by(number=number).with_for_update().one()

    def score_second() -> None:
        with app.app_context(), writing():
            scoring.score(the(2))
            db.session.commit()
            db.session.remove()

    db.session.rollback()
    with writing():
        right = {"question": "mendahului", "value": ["loi", "rencana"], "client": "a", "sequence": 1, "at": NOW}
        db.session.add(Answer(attempt_id=the(1).id, **right))
        scoring.score(the(1))
        db.session.flush()
        other = threading.Thread(target=score_second)
        other.start()
        other.join(0.5)
        db.session.commit()
    other.join(PATIENCE)
    assert [one.earned for one in db.session.query(Attempt).order_by(Attempt.number)] == [3, 0]
    assert db.session.query(Progress).one().earned == 3, "the better one counts"
