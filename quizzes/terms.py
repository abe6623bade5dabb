"""The terms under which one learner takes a quiz: its file's, their cohort's, and exceptions to both. Pure.

A learner's own exception wins over one of the cohort, that one over the cohort's dates, those over the file's: rule
by rule, so that a longer time leaves the dates as they are.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from courses.dates import Dates
from quizzes.quiz import QuizHead

T = TypeVar("T")


class Exempt(Protocol):
    """An exception as it was granted; None leaves a rule as it is, 0 minutes or attempts is no limit."""

    @property
    def minutes_allowed(self) -> int | None: ...

    @property
    def attempts(self) -> int | None: ...

    @property
    def opens(self) -> datetime | None: ...

    @property
    def closes(self) -> datetime | None: ...

    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class Granted:
    """What an exception changes for one learner, and why."""

    minutes_allowed: int | None
    attempts: int | None
    opens: datetime | None
    closes: datetime | None
    reason: str

    @property
    def changes_anything(self) -> bool:
        return any(rule is not None for rule in (self.minutes_allowed, self.attempts, self.opens, self.closes))


@dataclass(frozen=True)
class Terms:
    """`rules` and `dates` are as they hold for the learner, exceptions included."""

    rules: QuizHead
    dates: Dates
    granted: tuple[Granted, ...] = ()
    """The learner's own exception first."""

    @property
    def minutes_by_exception(self) -> int | None:
        """What an attempt pins in place of its version's limit; None where no exception speaks of time."""
        return _first(*(one.minutes_allowed for one in self.granted))


def terms(file: QuizHead, dates: Dates, of_cohort: Exempt | None = None, of_learner: Exempt | None = None) -> Terms:
    """`dates` are the cohort's own where it has any, else the file's."""
    granted = tuple(one for one in (_granted(of_learner), _granted(of_cohort, of_learner)) if one.changes_anything)
    attempts = _first(*(one.attempts for one in granted))
    minutes = _first(*(one.minutes_allowed for one in granted), file.minutes_allowed)
    opens = _first(*(one.opens for one in granted), dates.opens)
    closes = _first(*(one.closes for one in granted), dates.closes)
    rules = replace(file, minutes_allowed=minutes or None, attempts=file.attempts if attempts is None else attempts)
    return Terms(rules, Dates(opens, closes), granted)


def _granted(exempt: Exempt | None, winner: Exempt | None = None) -> Granted:
    """What is left of an exception beside the one that wins over it."""
    if exempt is None:
        return Granted(None, None, None, None, "")
    return Granted(
        exempt.minutes_allowed if winner is None or winner.minutes_allowed is None else None,
        exempt.attempts if winner is None or winner.attempts is None else None,
        exempt.opens if winner is None or winner.opens is None else None,
        exempt.closes if winner is None or winner.closes is None else None,
        exempt.reason,
    )


def _first(*values: T | None) -> T | None:
    """The first that says anything."""
    return next((value for value in values if value is not None), None)
