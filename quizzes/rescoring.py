"""Scoring many attempts again for a re-key, without writing: what the preview shows, and what applying then keeps."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from courses import versions
from foundation.errors import N_, DomainError
from quizzes import outcomes, pinning, rekey_effects, rekey_queries, rekeying, scoring
from quizzes.attempts import Past
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.models import Attempt
from quizzes.outcomes import Result
from quizzes.quiz import Quiz, Role
from quizzes.rekey_effects import Effect, Move
from quizzes.rekeying import AS_WRITTEN, Change, Keyed

Plan = Mapping[int, Change]
"""Version id -> what becomes of the question there."""


@dataclass(frozen=True)
class Rescored:
    """A submitted attempt with the question, and what it comes to by a plan."""

    attempt: Attempt
    subjects: Sequence[Keyed]
    marks: Sequence[Mark]
    result: Result

    @property
    def version_id(self) -> int:
        return pinning.source_of(self.attempt)

    @property
    def is_changed(self) -> bool:
        attempt, result = self.attempt, self.result
        before = (attempt.earned, attempt.maximum, attempt.waiting)
        return before != (result.earned, result.maximum, result.waiting)


@dataclass(frozen=True)
class Preview:
    """What a plan changes, of what is there now; `seal` is a word for exactly this."""

    question: str
    plan: Plan
    rescored: tuple[Rescored, ...]
    effects: tuple[Effect, ...]
    around: Mapping[tuple[int, int], Sequence[Attempt]]
    """(enrolment, activity) -> all attempts of a learner there, first to last."""

    def past(self, attempt: Attempt) -> Sequence[Attempt]:
        return self.around[attempt.enrolment_id, attempt.activity_id]

    @property
    def changed(self) -> list[Rescored]:
        return [one for one in self.rescored if one.is_changed]

    @property
    def seal(self) -> str:
        plan = sorted((version, rekeying.stored(change)) for version, change in self.plan.items())
        told = [
            (one.attempt.id, one.attempt.earned, one.attempt.maximum, one.attempt.waiting, one.result)
            for one in self.rescored
        ]
        moves = [(effect.title, effect.moves) for effect in self.effects]
        return hashlib.sha256(repr((self.question, plan, told, moves)).encode()).hexdigest()[:16]


def check(question: str, plan: Plan) -> dict[int, Change]:
    """The part of a plan that is not so already. Raises DomainError where there is none."""
    new = new_in(plan, question)
    if not new:
        raise DomainError(N_("Tidak ada yang berubah: soal ini sudah dinilai seperti itu."))
    return new


def new_in(plan: Plan, question: str) -> dict[int, Change]:
    """The part of a plan that is not so already."""
    now = rekey_queries.changes_in(list(plan))
    return {
        version: change for version, change in plan.items() if now.get(version, {}).get(question, AS_WRITTEN) != change
    }


def preview(question: str, plan: Plan) -> Preview:
    """Nothing is written; a few queries, however many attempts there are.

    A survey that gives the question has no score.
    """
    found = rekey_queries.attempts_around(list(plan))
    around = {
        whose: list(group) for whose, group in groupby(found, key=lambda one: (one.enrolment_id, one.activity_id))
    }
    scorer = _Scorer(question, plan)
    rescored = {
        attempt.id: scorer.score(attempt)
        for attempt in found
        if not attempt.is_open
        and pinning.source_of(attempt) in plan
        and pinning.rules_now(attempt).role is not Role.SURVEY
        and any(asked == question for asked, _parts in attempt.arrangement)
    }
    return Preview(question, plan, tuple(rescored.values()), tuple(_effects(around, rescored)), around)


class _Scorer:
    """Scores attempts of the versions of a plan; what they have in common is read once."""

    def __init__(self, question: str, plan: Plan) -> None:
        now = rekey_queries.changes_in(list(plan))
        self.answers: Mapping[int, Mapping[str, Value]] = rekey_queries.answers_in(list(plan))
        self.judged: Mapping[int, Mapping[str, Fraction]] = rekey_queries.judged_in(list(plan))
        self.subjects = {
            version: _keyed(version, {**now.get(version, {}), question: change}) for version, change in plan.items()
        }

    def score(self, attempt: Attempt) -> Rescored:
        assert attempt.submitted_at is not None
        by_id = self.subjects[pinning.source_of(attempt)]
        subjects = [by_id[question] for question, _parts in attempt.arrangement]
        marks = rekeying.mark_all(
            subjects,
            self.answers.get(attempt.id, {}),
            pinning.quiz_of(attempt).head.credit,
            self.judged.get(attempt.id, {}),
        )
        return Rescored(attempt, subjects, marks, outcomes.result(marks, attempt.submitted_at))


def _keyed(version: int, changes: Mapping[str, Change]) -> dict[str, Keyed]:
    quiz: Quiz = versions.definition_of(version)
    return {one.id: rekeying.keyed(one, changes.get(one.id)) for one in quiz.questions}


def _effects(around: Mapping[tuple[int, int], Sequence[Attempt]], rescored: Mapping[int, Rescored]) -> list[Effect]:
    """One for each quiz whose attempts were given the question."""
    moves: dict[int, list[Move]] = {}
    titles: dict[int, str] = {}
    for (_enrolment, activity), past in around.items():
        if any(attempt.id in rescored for attempt in past):
            moves.setdefault(activity, []).append(_move(past, rescored))
            titles[activity] = past[0].activity.title
    return [Effect(titles[activity], tuple(sorted(found, key=_by_name))) for activity, found in sorted(moves.items())]


def _by_name(move: Move) -> tuple[str, str]:
    return (move.name.casefold(), move.cohort)


def _move(past: Sequence[Attempt], rescored: Mapping[int, Rescored]) -> Move:
    rules, mark = pinning.rules_now(past[0]), scoring.pass_mark(past[0])
    after: list[Past] = [rescored[attempt.id].result if attempt.id in rescored else attempt for attempt in past]
    return Move(
        past[0].enrolment.person.name,
        past[0].enrolment.cohort.name,
        rekey_effects.standing(rules, past, mark),
        rekey_effects.standing(rules, after, mark),
    )
