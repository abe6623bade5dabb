"""A key is mended while attempts are sent, and by two at once: each attempt ends with the score of the key there is."""

import random
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from foundation.database import db
from quizzes import scoring
from quizzes.models import Attempt, Rekey, ScoreChange
from tests.cast import Cast
from tests.quizzes.playing import QUIZ, answer_all, start
from tests.quizzes.test_mending_keys import FULL, PENERBIT, TO_MENDAGRI, hall, preview, seal_of, standing
from tests.racing import at_once

As = Callable[[str], FlaskClient]


def assert_that_scores_are_those_of_the_keys() -> None:
    found = standing()
    for attempt in db.session.query(Attempt).order_by(Attempt.id):
        scoring.score(attempt)
    db.session.commit()
    assert standing() == found


@pytest.mark.parametrize("turn", range(4))
def test_an_attempt_sent_meanwhile_is_never_left_with_the_old_key(app: Flask, cast: Cast, as_: As, turn: int) -> None:
    hall(cast.cohorts["dua"], 4, random.Random(turn))
    learners = [as_(who) for who in ("lena", "omar")]
    for learner in learners:
        start(learner)
        answer_all(learner, {"penerbit": ["mendagri"]})
    ida = as_("ida")
    wish = {**TO_MENDAGRI, "segel": seal_of(preview(ida, TO_MENDAGRI))}
    sending = [(learner, f"{QUIZ}/percobaan/1/kirim", {}) for learner in learners]
    statuses = at_once(app, (ida, PENERBIT, wish), *sending)
    assert statuses in ([303, 303, 303], [303, 303, 409]), "who comes after a sent attempt previews again"
    assert db.session.query(Rekey).count() == (0 if 409 in statuses else 1)
    assert_that_scores_are_those_of_the_keys()


@pytest.mark.parametrize("turn", range(3))
def test_two_who_mend_it_alike_are_one(app: Flask, cast: Cast, as_: As, turn: int) -> None:
    hall(cast.cohorts["dua"], 4, random.Random(turn))
    who = [as_("ida"), as_("ada")]
    wishes = [{**TO_MENDAGRI, "segel": seal_of(preview(one, TO_MENDAGRI))} for one in who]
    assert at_once(app, *((one, PENERBIT, wish) for one, wish in zip(who, wishes, strict=True))) == [303, 303]
    assert db.session.query(Rekey).count() == 1
    told = [change.attempt_id for change in db.session.query(ScoreChange)]
    assert len(told) == len(set(told))
    assert_that_scores_are_those_of_the_keys()


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_mend_it_otherwise_the_second_previews_again(app: Flask, cast: Cast, as_: As, turn: int) -> None:
    hall(cast.cohorts["dua"], 4, random.Random(turn))
    ida, ada = as_("ida"), as_("ada")
    wishes = [(ida, PENERBIT, {**wish, "segel": seal_of(preview(ida, wish))}) for wish in (TO_MENDAGRI, FULL)]
    wishes[1] = (ada, *wishes[1][1:])
    assert at_once(app, *wishes) == [303, 409]
    assert db.session.query(Rekey).count() == 1
    assert_that_scores_are_those_of_the_keys()
