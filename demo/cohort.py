"""An invented cohort of 393, as many as sat in the hall: enrolled, part of the way through, with answers."""

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from accounts.models import Person
from cohorts.actions import create_cohort
from cohorts.models import Cohort, Enrolment
from courses import queries as courses
from courses import versions
from courses.completion import Outcome, State
from courses.models import Activity, Evidence, Progress
from demo import invented, responses
from demo.responses import SEED
from foundation.database import db
from quizzes import attempts, giving, grading, outcomes
from quizzes.models import Answer, Attempt
from quizzes.questions import Question
from quizzes.quiz import KIND_NAME, Quiz

SIZE = 393
FIRST = 1
"""The number of a learner's only attempt."""
DAYS = 14
"""Over how many days before the demo was made the invented learners studied."""


@dataclass
class Rows:
    """What will be inserted, table by table."""

    attempts: list[dict[str, Any]] = field(default_factory=list)
    answers: list[list[dict[str, Any]]] = field(default_factory=list)
    """One list for each attempt, in the same order."""
    progress: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Learner:
    enrolment: int
    ability: float
    steps: int
    """How many activities of the course they have done."""
    began: datetime
    chance: random.Random
    rank: int
    """How many enrolled before them."""
    cohort: str
    chains: Mapping[int, list[Activity]]
    """Quiz id -> the quiz, and those it borrows its questions from."""


def make(course: str, slug: str, at: datetime, size: int) -> Cohort:
    """An invented cohort for a course, with answers to whatever quizzes it has. The caller commits."""
    cohort = create_cohort(slug, course, "Angkatan contoh (data sintetis)", at, is_synthetic=True)
    activities = courses.counted_activities(course)
    course_mark, rows = courses.get_course(course).pass_mark, Rows()
    chains = {activity.id: giving.chain_of(activity) for activity in activities if activity.kind == KIND_NAME}
    for learner in _enrol(cohort, len(activities), size, at, chains):
        _study(learner, activities[: learner.steps], course_mark, rows)
    _insert(rows)
    return cohort


def _enrol(cohort: Cohort, steps: int, size: int, at: datetime, chains: Mapping[int, list[Activity]]) -> list[Learner]:
    people = [
        {"username": f"sintetis-{number:03}", "name": name, "is_synthetic": True, "is_demo": False, "created_at": at}
        for number, name in enumerate(invented.names(size, SEED), start=1)
    ]
    ids = _insert_returning_ids(Person, people)
    places = [
        {"person_id": person, "cohort_id": cohort.id, "enrolled_at": at, "details": details}
        for person, details in zip(ids, invented.details(size, SEED), strict=True)
    ]
    learners = []
    for number, enrolment in enumerate(_insert_returning_ids(Enrolment, places), start=1):
        chance = random.Random(f"{SEED}/learner/{number}")
        reach = 1.0 if chance.random() < 0.6 else chance.random()
        began = at - timedelta(days=DAYS) + timedelta(hours=chance.random() * 48)
        ability = chance.gauss(0, 1)
        steps_done = round(reach * steps)
        learners.append(Learner(enrolment, ability, steps_done, began, chance, number - 1, cohort.slug, chains))
    return learners


def _study(learner: Learner, activities: list[Activity], course_mark: float, rows: Rows) -> None:
    now = learner.began
    for activity in activities:
        now += timedelta(minutes=activity.minutes * (0.8 + learner.chance.random()), hours=learner.chance.random() * 12)
        assert activity.current_version_id is not None
        definition = versions.definition_of(activity.current_version_id)
        outcome = Outcome(State.DONE, now)
        if isinstance(definition, Quiz):
            outcome = _sit(learner, activity, definition, course_mark, now, rows)
        rows.progress.append(
            {
                "enrolment_id": learner.enrolment,
                "activity_id": activity.id,
                "state": outcome.state,
                "earned": outcome.earned,
                "maximum": outcome.maximum,
                "is_passed": outcome.is_passed,
                "is_provisional": outcome.is_provisional,
                "updated_at": now,
                "done_at": now,
            }
        )


def _sit(learner: Learner, activity: Activity, quiz: Quiz, course_mark: float, now: datetime, rows: Rows) -> Outcome:
    """One attempt at a quiz, graded by the real rules."""
    seed = learner.chance.getrandbits(31)
    given = giving.giving_to_newcomer(learner.chains[activity.id], learner.rank, learner.cohort)
    arrangement = attempts.arrange(given.questions, quiz.head, seed)
    by_id = {question.id: question for question in given.questions}
    questions = [by_id[str(id)] for id, _parts in arrangement]
    chosen = _answer(learner, activity, questions)
    marks = grading.mark_all(questions, chosen, quiz.head.credit)
    result, evidence = outcomes.result(marks, now), outcomes.evidence(questions, marks)
    rows.attempts.append(
        {
            "enrolment_id": learner.enrolment,
            "activity_id": activity.id,
            "version_id": activity.current_version_id,
            "number": FIRST,
            "seed": seed,
            "source_version_id": given.source_version_id,
            "form": given.form,
            "arrangement": arrangement,
            "started_at": now - timedelta(minutes=5 + 10 * learner.chance.random()),
            "submitted_at": now,
            "earned": result.earned,
            "maximum": result.maximum,
            "waiting": result.waiting,
        }
    )
    rows.answers.append(
        [
            {
                "question": question,
                "value": value,
                "client": "sintetis",
                "sequence": 1,
                "is_stale": False,
                "is_final": False,
                "at": now,
            }
            for question, value in chosen.items()
            if value
        ]
    )
    where = {
        "enrolment_id": learner.enrolment,
        "activity_id": activity.id,
        "is_practice": False,
        "occasion": FIRST,
        "at": now,
    }
    rows.evidence.extend({**where, **asdict(item)} for item in evidence)
    mark = attempts.pass_mark(quiz.head, course_mark)
    return outcomes.outcome(quiz.head, [result], mark, evidence, now, occasion=FIRST)


def _answer(learner: Learner, activity: Activity, questions: list[Question]) -> dict[str, list[str]]:
    """Question id -> what this learner answers."""
    return {
        question.id: responses.answer(
            responses.item(SEED, activity.key, question.id), learner.ability, question.answer, learner.chance
        )
        for question in questions
    }


def _insert(rows: Rows) -> None:
    ids = _insert_returning_ids(Attempt, rows.attempts)
    answers = [
        {**answer, "attempt_id": attempt} for attempt, given in zip(ids, rows.answers, strict=True) for answer in given
    ]
    for model, found in ((Answer, answers), (Progress, rows.progress), (Evidence, rows.evidence)):
        if found:
            db.session.execute(insert(model), found)


def _insert_returning_ids(model: Any, rows: list[dict[str, Any]]) -> list[int]:
    """The ids of the new rows, in the order of the rows given."""
    if not rows:
        return []
    return list(db.session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), rows))
