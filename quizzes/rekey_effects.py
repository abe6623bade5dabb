"""What a re-key does to a quiz's learners, in figures: who changes, the mean, who passes. Pure, in fractions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizzes import attempts
from quizzes.attempts import Past
from quizzes.quiz import QuizHead, Role


@dataclass(frozen=True)
class Standing:
    """A learner's score that counts, 0 to 1, and whether it passes; None where there is none, or nothing to pass."""

    share: Fraction | None
    is_passed: bool | None

    @property
    def percent(self) -> float | None:
        return None if self.share is None else float(self.share * 100)


def standing(rules: QuizHead, past: Sequence[Past], pass_mark: float) -> Standing:
    """As outcomes.outcome judges it: over all attempts, compared before any rounding."""
    share = attempts.counted_share(past, rules.grade)
    is_open = rules.role is not Role.EXAM or any(attempt.waiting for attempt in past)
    return Standing(share, None if share is None or is_open else attempts.is_passed(share, pass_mark))


@dataclass(frozen=True)
class Move:
    """A learner before and after."""

    name: str
    cohort: str
    before: Standing
    after: Standing

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def now_passes(self) -> bool:
        return self.after.is_passed is True and self.before.is_passed is not True

    @property
    def passes_no_longer(self) -> bool:
        return self.before.is_passed is True and self.after.is_passed is not True


@dataclass(frozen=True)
class Effect:
    """On all learners of one quiz who sent an attempt with the question."""

    title: str
    moves: tuple[Move, ...]

    @property
    def changed(self) -> list[Move]:
        return [move for move in self.moves if move.is_changed]

    @property
    def mean_before(self) -> float | None:
        return _mean(move.before.share for move in self.moves)

    @property
    def mean_after(self) -> float | None:
        return _mean(move.after.share for move in self.moves)

    @property
    def now_passing(self) -> int:
        return sum(move.now_passes for move in self.moves)

    @property
    def no_longer_passing(self) -> int:
        return sum(move.passes_no_longer for move in self.moves)


def _mean(shares: Iterable[Fraction | None]) -> float | None:
    """Of 100, over those who have a score; None without any."""
    known = [share for share in shares if share is not None]
    return float(sum(known, Fraction(0)) / len(known) * 100) if known else None
