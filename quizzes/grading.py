"""How right an answer is. Pure, and exact: shares and points are fractions until they are stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quizzes import erased
from quizzes.kinds import Value, kind_of
from quizzes.questions import Credit, Question


@dataclass(frozen=True)
class Mark:
    """What an answer earned. `share` is 0 to 1; points are the question's own, none where nothing is scored."""

    question: str
    share: Fraction | None
    """None: it waits for a person's mark."""
    maximum: Fraction
    is_blank: bool
    is_counted: bool = True
    """False: the question was left out afterwards; it is in no points and says nothing of its learner."""

    @property
    def is_waiting(self) -> bool:
        return self.share is None

    @property
    def earned(self) -> Fraction:
        return (self.share or Fraction(0)) * self.maximum


def share(question: Question, value: Value, credit: Credit) -> Fraction | None:
    """How much of a question is answered rightly, 0 to 1; nothing answered earns nothing; None: a person has to say.

    An answer whose words were erased is worth what it was worth then.
    """
    if erased.is_erased(value):
        return erased.share_of(value)
    if not value or not question.is_scored:
        return Fraction(0)
    return kind_of(question.answer).share(question.answer, value, question.credit or credit)


def mark(question: Question, value: Value, credit: Credit, judged: Fraction | None = None) -> Mark:
    """`judged` is what a person said of it, 0 to 1, and wins; what was erased before anybody did counts nowhere."""
    if judged is None and erased.is_unjudged(value):
        return Mark(question.id, Fraction(0), Fraction(0), is_blank=False, is_counted=False)
    found = share(question, value, credit) if judged is None else judged
    return Mark(question.id, found, Fraction(question.points), not value)


def mark_all(
    questions: Iterable[Question],
    answers: Mapping[str, Value],
    credit: Credit,
    judged: Mapping[str, Fraction] | None = None,
) -> list[Mark]:
    """A mark for every question, in order; a question without an answer is blank and earns nothing.

    `judged` are the marks of people by question id.
    """
    by_people = judged or {}
    return [mark(question, answers.get(question.id, []), credit, by_people.get(question.id)) for question in questions]
