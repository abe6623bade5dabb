"""The rules of attempts: who may start, in which order, what a save means, what counts in the end. Pure.

Clock and randomness come in as arguments.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from fractions import Fraction
from typing import Protocol

from foundation.errors import N_, Conflict
from quizzes import drawing
from quizzes.kinds import kind_of
from quizzes.questions import Question
from quizzes.quiz import Feedback, Grade, QuizHead, Role
from quizzes.words import Kind

FINEST = 1_000_000
"""Points are stored as floats; the fraction meant has a denominator no larger than this."""


class Past(Protocol):
    """An attempt that was begun before."""

    @property
    def submitted_at(self) -> datetime | None: ...

    @property
    def earned(self) -> float | None: ...

    @property
    def maximum(self) -> float | None: ...

    @property
    def waiting(self) -> int: ...


def check_may_start(rules: QuizHead, past: Sequence[Past], now: datetime) -> None:
    """Raises Conflict when the attempts are used up or the pause after the last one is not over."""
    if rules.attempts and len(past) >= rules.attempts:
        raise Conflict(N_("Semua percobaan sudah dipakai (%(n)d). Nilai Anda tetap tersimpan."), n=rules.attempts)
    resting_until = rests_until(rules, past, now)
    if resting_until is not None:
        raise Conflict(
            N_("Percobaan berikutnya dapat dimulai %(minutes)d menit lagi. Baca ulang dahulu yang belum tepat."),
            minutes=int((resting_until - now).total_seconds() // 60) + 1,
        )


def rests_until(rules: QuizHead, past: Sequence[Past], now: datetime) -> datetime | None:
    """When the pause after the last attempt is over; None when there is none to wait for."""
    last = max((attempt.submitted_at for attempt in past if attempt.submitted_at), default=None)
    if last is None or now >= last + timedelta(minutes=rules.cooldown_minutes):
        return None
    return last + timedelta(minutes=rules.cooldown_minutes)


def attempts_left(rules: QuizHead, past: Sequence[Past]) -> int | None:
    """None when there is no limit."""
    return max(rules.attempts - len(past), 0) if rules.attempts else None


def arrange(questions: Sequence[Question], rules: QuizHead, seed: int) -> list[list[object]]:
    """[[question id, [keys of its parts]]] of what is drawn, in the order to show, the same for the same seed."""
    chance = random.Random(seed)
    ordered = drawing.draw(questions, rules.draw, chance)
    if rules.shuffles_questions:
        chance.shuffle(ordered)
    arrangement: list[list[object]] = []
    for question in ordered:
        arrangement.append([question.id, arrange_parts(question, chance, rules.shuffles_options)])
    return arrangement


def arrange_parts(question: Question, chance: random.Random, shuffles: bool) -> list[str]:
    """The keys of a question's parts in the order to show; mixed in any case where their order is the answer."""
    kind = kind_of(question.answer)
    keys = list(kind.parts(question.answer))
    if shuffles or kind.is_always_shuffled:
        chance.shuffle(keys)
    return keys


def deadline(started_at: datetime, minutes_allowed: int | None) -> datetime | None:
    return None if minutes_allowed is None else started_at + timedelta(minutes=minutes_allowed)


def end(started_at: datetime, minutes_allowed: int | None, closes: datetime | None) -> datetime | None:
    """When an attempt is over: its time runs out, or the quiz closes, whichever comes first; None: it never is.

    A quiz that closed before the attempt began has let it begin all the same, and does not end it.
    """
    moments = [deadline(started_at, minutes_allowed), closes if closes and closes >= started_at else None]
    return min((moment for moment in moments if moment is not None), default=None)


def is_over(end: datetime | None, now: datetime) -> bool:
    """The last moment still counts."""
    return end is not None and now > end


UNTOUCHED = 1
"""The sequence every question of a page is drawn with; script raises it at each change."""


class Save(Enum):
    """What a save amounts to."""

    NEW = auto()
    REPLAY = auto()  # the very same save once more: nothing to do
    UNCHANGED = auto()  # the page sends what it showed: nothing to do
    STALE = auto()  # a later save of the same page is already here: kept, does not count


@dataclass(frozen=True)
class Saved:
    """A save that the same page made of the same question before."""

    sequence: int
    value: list[str]


def judge_save(before: Sequence[Saved], sequence: int, value: list[str], drawn: list[str] | None) -> tuple[Save, int]:
    """What to do with a save, and the sequence to keep it under.

    `before` are the page's saves of the question; `drawn` is the answer the page showed when it was drawn, where it
    says so: a page sent whole, without script, repeats answers nobody touched, and these must not undo what another
    device saved meanwhile. The same sequence with another value is no replay but a page that was gone back to. A higher
    sequence is always kept, even with the same value, or a late save in between would pass for the last word.
    """
    same = next((saved for saved in before if saved.sequence == sequence), None)
    if same is not None and same.value == value:
        return Save.REPLAY, sequence
    last = max(before, key=lambda saved: saved.sequence, default=None)
    if last is None:
        return (Save.UNCHANGED if sequence == UNTOUCHED and value == drawn else Save.NEW), sequence
    if sequence > last.sequence:
        return Save.NEW, sequence
    if same is None:
        return Save.STALE, sequence
    return (Save.UNCHANGED, sequence) if value == last.value else (Save.NEW, last.sequence + 1)


def judge_check(before: Sequence[Saved], sequence: int, value: list[str]) -> tuple[Save, int]:
    """What to do with an answer given to be checked: it counts even where the very same is saved already."""
    judged, kept_as = judge_save(before, sequence, value, None)
    if judged in (Save.REPLAY, Save.UNCHANGED):
        return Save.NEW, max(saved.sequence for saved in before) + 1
    return judged, kept_as


def counted_share(past: Sequence[Past], grade: Grade) -> Fraction | None:
    """The score that counts, 0 to 1, over submitted attempts in the order they were begun; None before the first."""
    shares = [
        Fraction(attempt.earned).limit_denominator(FINEST) / Fraction(attempt.maximum).limit_denominator(FINEST)
        for attempt in past
        if attempt.submitted_at is not None and attempt.earned is not None and attempt.maximum
    ]
    if not shares:
        return None
    match grade:
        case Grade.HIGHEST:
            return max(shares)
        case Grade.LAST:
            return shares[-1]
        case Grade.FIRST:
            return shares[0]
        case Grade.AVERAGE:
            return sum(shares, Fraction(0)) / len(shares)


def pass_mark(rules: QuizHead, course_mark: float) -> float:
    """Of 100: the quiz's own, else its course's."""
    return course_mark if rules.pass_mark is None else float(rules.pass_mark)


def is_passed(share: Fraction, mark: float) -> bool:
    """Compared before any rounding; the mark is of 100."""
    return share * 100 >= Fraction(mark).limit_denominator(FINEST)


def may_see_key(feedback: Feedback, closes: datetime | None, now: datetime) -> bool:
    """Whether a submitted attempt may show right answers by now; after-close without a date never may."""
    return feedback is not Feedback.AFTER_CLOSE or (closes is not None and now > closes)


def tells_at_once(rules: QuizHead) -> bool:
    """Whether a learner may check question by question before the whole is sent."""
    return rules.feedback is Feedback.IMMEDIATE and rules.role is not Role.SURVEY


def may_be_checked(question: Question) -> bool:
    """Whether it can be said at once how right an answer is."""
    return question.is_scored and question.kind is not Kind.ESSAY
