"""Ids and names that are somebody else's, asked for by those who may ask such things of their own: nothing there."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from accounts.access import IN_COURSE, access_of, reach_of
from accounts.models import SignIn
from foundation.database import db
from quizzes.models import Attempt, Override
from tests.cast import Cast, activity
from tests.conftest import NOW
from tests.quizzes.essays import essay_of, hand_in_essays
from tests.quizzes.playing import answer_all, start
from tests.test_routes import ESSAY, WHO_MAY, furnish, put_into_a_group, routes, url_of

As = Callable[[str], FlaskClient]

__all__ = ["routes"]

LENAS = {"username": "lena", "attempt": 880_001, "exception": 2002}


def furnish_for_lena(cast: Cast) -> None:
    """What is hers, beside what `furnish` gave Omar: an essay that waits, an attempt, an exception."""
    furnish(cast)
    put_into_a_group(cast)
    hand_in_essays(essay_of(cast.enrolments["lena"].id, LENAS["attempt"]))
    db.session.add(
        Override(
            id=LENAS["exception"],
            activity_id=activity("kuis-sister-city").id,
            enrolment_id=cast.enrolments["lena"].id,
            minutes_allowed=90,
            reason="Listrik padam.",
            at=NOW,
        )
    )
    db.session.commit()


def counted() -> dict[str, int]:
    return {table.name: db.session.execute(table.select()).fetchall().__len__() for table in db.metadata.sorted_tables}


def test_an_instructor_of_one_cohort_finds_nothing_of_another(
    app: Flask, cast: Cast, as_: As, routes: list[tuple[Rule, str]]
) -> None:
    """Bayu runs Omar's cohort, and every route that is asked of a course or a cohort is asked with what is Lena's."""
    furnish_for_lena(cast)
    start(as_("lena"))
    answer_all(as_("lena"), submit=True)
    bayu, asked, before = as_("bayu"), 0, counted()
    for rule, method in routes:
        theirs = rule.arguments & set(LENAS)
        if theirs and "bayu" in WHO_MAY[access_of(app, rule.endpoint)]:
            places = {name: LENAS[name] for name in theirs}
            url = url_of(app, rule, method, **places)
            assert bayu.open(url, method=method).status_code == 404, f"{method} {url}"
            asked += 1
    assert asked > 10
    db.session.rollback()
    assert counted() == before


def test_a_learner_finds_nobody_elses_attempt(app: Flask, cast: Cast, as_: As, routes: list[tuple[Rule, str]]) -> None:
    """Lena has attempts, Omar none: every number he guesses is of his own, and there is none."""
    furnish(cast)
    for number in (1, 2):
        start(as_("lena"), number)
        answer_all(as_("lena"), number=number, submit=number == 1)
    omar, asked = as_("omar"), 0
    for rule, method in routes:
        if "number" in rule.arguments and reach_of(app, rule.endpoint) == IN_COURSE:
            for number in (1, 2, 990_001, 2**31 - 1):
                url = url_of(app, rule, method, number=number)
                assert omar.open(url, method=method).status_code in (403, 404), f"{method} {url}"
                asked += 1
    assert asked > 20
    assert db.session.query(Attempt).filter_by(submitted_at=None).count() == 1


def test_a_learner_reaches_nobody_by_name_or_id(
    app: Flask, cast: Cast, as_: As, routes: list[tuple[Rule, str]]
) -> None:
    furnish_for_lena(cast)
    omar = as_("omar")
    for rule, method in routes:
        if theirs := rule.arguments & set(LENAS):
            url = url_of(app, rule, method, **{name: LENAS[name] for name in theirs})
            assert omar.open(url, method=method).status_code in (403, 404), f"{method} {url}"


def test_nobody_ends_the_sign_in_of_another(cast: Cast, as_: As) -> None:
    lena, omar = as_("lena"), as_("omar")
    hers = db.session.query(SignIn).filter_by(person_id=cast.lena.id).one().token_hash
    assert omar.post("/akun/perangkat", data={"perangkat": hers}).status_code == 404
    assert lena.get("/akun").status_code == 200


@pytest.mark.parametrize("question", ["penerbit", "tidak-ada"])
def test_an_essay_is_found_under_its_own_question_only(cast: Cast, as_: As, question: str) -> None:
    furnish_for_lena(cast)
    url = f"/rekap/contoh/esai/{ESSAY['quiz']}/{question}/{LENAS['attempt']}/"
    assert as_("ida").get(url).status_code == 404
