"""Questions as a page shows them: to be answered, without any key; or judged, with feedback. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizzes import erased
from quizzes.assessing import Assessment
from quizzes.grading import Mark
from quizzes.kinds import Value, kind_of
from quizzes.questions import Question
from quizzes.rekeying import Keyed, Way


@dataclass(frozen=True)
class QuestionView:
    """A question on a page; title, stem and explanation are safe HTML."""

    id: str
    number: int
    title: str
    stem: str
    kind: str
    template: str
    """Names the macros that draw `answer`: templates/quizzes/kinds/<template>.html."""
    answer: Any
    """What its kind's template draws."""
    value: Value
    """What was answered."""
    points: float
    is_scored: bool = True
    draws_stem: bool = False
    may_be_checked: bool = False
    """Whether its learner may have it judged before the whole is sent."""
    is_locked: bool = False
    """It was checked, and no other answer counts."""
    is_judged: bool = False
    share: float | None = 0
    """None where it waits for a person's mark."""
    explanation: str = ""
    see: str | None = None
    """The address of the heading or paragraph that answers it."""
    assessment: Assessment | None = None
    """What a person judged of the answer, where one did."""
    way: Way = Way.AS_WRITTEN
    """What a re-key made of it."""

    @property
    def is_answered(self) -> bool:
        return bool(self.value)

    @property
    def is_erased(self) -> bool:
        """Its words are gone; what it was worth is all there is."""
        return erased.is_erased(self.value)

    @property
    def is_blank(self) -> bool:
        return not self.value

    @property
    def drawn(self) -> str:
        """The answer the page was drawn with, as the page sends it back."""
        return json.dumps(self.value, ensure_ascii=False, separators=(",", ":"))

    @property
    def is_right(self) -> bool:
        return self.is_judged and self.share == 1

    @property
    def is_waiting(self) -> bool:
        return self.is_judged and self.share is None

    @property
    def is_counted(self) -> bool:
        is_lost = erased.is_unjudged(self.value) and self.assessment is None
        return self.way is not Way.LEFT_OUT and not is_lost

    @property
    def needs_reading(self) -> bool:
        return self.is_scored and self.is_counted and not self.is_right and not self.is_waiting

    @property
    def earned(self) -> float:
        return (self.share or 0) * self.points


def ask(
    question: Question, rendered: Mapping[str, Any], number: int, keys: Sequence[str], value: Value
) -> QuestionView:
    """A question to answer: its parts in the order of `keys`, nothing that tells what is right."""
    kind = kind_of(question.answer)
    return QuestionView(
        id=question.id,
        number=number,
        title=rendered["title"],
        stem=rendered["stem"],
        kind=question.kind,
        template=kind.template,
        answer=kind.show(question.answer, rendered, keys, _drawable(value)),
        value=value,
        points=float(question.points),
        is_scored=question.is_scored,
        draws_stem=kind.draws_stem,
    )


def rekeyed(
    subject: Keyed,
    rendered: Mapping[str, Any],
    number: int,
    keys: Sequence[str],
    value: Value,
    mark: Mark,
    assessment: Assessment | None = None,
) -> QuestionView:
    """A question judged by the key of now, saying what a re-key made of it."""
    view = judge(subject.question, rendered, number, keys, value, mark, assessment)
    return replace(view, way=subject.way)


def judge(
    question: Question,
    rendered: Mapping[str, Any],
    number: int,
    keys: Sequence[str],
    value: Value,
    mark: Mark,
    assessment: Assessment | None = None,
) -> QuestionView:
    """A question with its key: feedback under what was chosen and under what is right, the explanation last."""
    return replace(
        _with_key(question, rendered, number, keys, value),
        share=None if mark.share is None else float(mark.share),
        assessment=assessment,
    )


def _drawable(value: Value) -> Value:
    return [] if erased.is_erased(value) else value


def with_key(question: Question, rendered: Mapping[str, Any], number: int) -> QuestionView:
    """A question as its author reads it: nothing answered, every part with its truth and its feedback."""
    return _with_key(question, rendered, number, kind_of(question.answer).parts(question.answer), [])


def with_key_of_now(subject: Keyed, rendered: Mapping[str, Any], number: int) -> QuestionView:
    """The same, with the key it is scored by."""
    return replace(with_key(subject.question, rendered, number), way=subject.way)


def _with_key(
    question: Question, rendered: Mapping[str, Any], number: int, keys: Sequence[str], value: Value
) -> QuestionView:
    kind = kind_of(question.answer)
    return replace(
        ask(question, rendered, number, keys, value),
        answer=kind.reveal(question.answer, rendered, keys, _drawable(value)),
        is_judged=True,
        explanation=rendered["explanation"],
        see=rendered["see"],
    )
