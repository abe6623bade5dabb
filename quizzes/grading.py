"""How right an answer is. Pure, and exact: shares and points are fractions until they are stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quizzes.questions import Credit, Question


@dataclass(frozen=True)
class Mark:
    """What an answer earned. `share` is 0 to 1; points are the question's own."""

    question: str
    share: Fraction
    maximum: Fraction
    is_blank: bool

    @property
    def earned(self) -> Fraction:
        return self.share * self.maximum


def share(question: Question, chosen: frozenset[str], credit: Credit) -> Fraction:
    """How much of a question is answered rightly, 0 to 1; nothing chosen earns nothing."""
    if not chosen or not chosen <= question.keys:
        return Fraction(0)
    if not question.is_multiple or credit is Credit.EXACT:
        return Fraction(chosen == question.right)
    return proportional(question, chosen) if credit is Credit.PROPORTIONAL else proportional_correct(question, chosen)


def proportional(question: Question, chosen: frozenset[str]) -> Fraction:
    """Share of options judged rightly, chosen or left: 1 - |chosen xor right| / |options|."""
    return 1 - Fraction(len(chosen ^ question.right), len(question.options))


def proportional_correct(question: Question, chosen: frozenset[str]) -> Fraction:
    """Share of the right options that were chosen: |chosen and right| / |right|, 0 once any wrong one is chosen."""
    if chosen - question.right:
        return Fraction(0)
    return Fraction(len(chosen & question.right), len(question.right))


def mark(question: Question, chosen: Iterable[str], credit: Credit) -> Mark:
    keys = frozenset(chosen)
    return Mark(question.id, share(question, keys, question.credit or credit), Fraction(question.points), not keys)


def mark_all(questions: Iterable[Question], answers: Mapping[str, Iterable[str]], credit: Credit) -> list[Mark]:
    """A mark for every question, in order; a question without an answer is blank and earns nothing."""
    return [mark(question, answers.get(question.id, ()), credit) for question in questions]
