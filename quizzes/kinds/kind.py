"""What the engine asks of a way of answering. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar

from foundation.errors import N_, DomainError
from quizzes.words import Credit

A = TypeVar("A")

Value = list[str]
"""An answer as it is kept, in one spelling only, so that equal answers are equal; [] where nothing is answered."""

Rendered = Mapping[str, Any]
"""A question's HTML as quizzes.quiz made it at sync: "title", "stem", and in "parts" what the kind's `render` gave."""

LONGEST_LINE = 1_000
"""Letters of an answer of one line."""
LONGEST_TEXT = 20_000
"""Letters of an essay or a comment."""


class Sent(Protocol):
    """What a page sent of one question: the texts of one of its fields, by name; "" is the field of the whole answer.

    The page calls the field of question 3 `jawaban-3`, a field of its part k `jawaban-3-k`.
    """

    def __call__(self, part: str = "") -> Sequence[str]: ...


class Render(Protocol):
    """Markdown to safe HTML. `part` tells a question's texts apart, for the notes in them."""

    def inline(self, text: str) -> str: ...

    def block(self, text: str, part: str) -> str: ...


def as_written(title: str, stem: str) -> tuple[str, str]:
    return title, stem


def no_words(answer: object, value: Value) -> bool:
    return False


def only_words(answer: object, value: Value) -> bool:
    return bool(value)


@dataclass(frozen=True)
class QuestionKind(Generic[A]):
    """How one way of answering is drawn, read, kept and judged; `answer` is what its author wrote, parsed.

    template                             templates/quizzes/kinds/<template>.html: its macros `hint`, `fields`, `key`
    read(answer, sent) -> Value          what a page sent; raises DomainError for what no page of ours sends
    share(answer, value, credit)         0 to 1, or None: it waits for a person's mark. Asked of no empty value
    show(answer, rendered, keys, value)  what the template draws while the question is open: nothing of the key
    reveal(answer, rendered, keys, value)   the same with the key and all feedback
    render(answer, render) -> JSON       the HTML of its parts, made at sync
    parts(answer) -> keys                what is shown in an order of its own: options, steps
    has_words(answer, value) -> bool     whether a value holds words of whoever answered, and not only parts of the
                                         question or a number: such a value goes when their data is erased
    right(answer) -> Value               an answer that earns everything; [] where nobody can know one
    asked(title, stem) -> the same       heading and stem, in Markdown, as learners may see them
    """

    template: str
    read: Callable[[A, Sent], Value]
    share: Callable[[A, Value, Credit], Fraction | None]
    show: Callable[[A, Rendered, Sequence[str], Value], Any]
    reveal: Callable[[A, Rendered, Sequence[str], Value], Any]
    render: Callable[[A, Render], Any]
    parts: Callable[[A], Sequence[str]]
    right: Callable[[A], Value]
    asked: Callable[[str, str], tuple[str, str]] = as_written
    has_words: Callable[[A, Value], bool] = no_words
    is_always_shuffled: bool = False
    """Whether its parts are mixed even where the rules shuffle nothing: their order is the answer."""
    draws_stem: bool = False
    """Whether its fields stand inside the stem, so that its template draws both."""
    is_scored: bool = True
    """Whether there is right and wrong."""


def no_parts(answer: object) -> Sequence[str]:
    return ()


def no_right(answer: object) -> Value:
    return []


def no_share(answer: object, value: Value, credit: Credit) -> Fraction:
    """Never asked: there is no right and wrong."""
    return Fraction(0)


def one_text(sent: Sequence[str], longest: int) -> str:
    """The only text of a field, without blanks around it; "" where there is none. Raises DomainError."""
    if len(sent) > 1:
        raise not_of_this_page()
    text = (sent[0] if sent else "").replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise DomainError(N_("Jawaban ini terlalu panjang: paling banyak %(most)d huruf."), most=longest)
    return text


def one_line(sent: Sequence[str], longest: int = LONGEST_LINE) -> str:
    """The only text of a field that has no lines. Raises DomainError."""
    return one_text(sent, longest).replace("\n", " ")


def not_of_this_page() -> DomainError:
    return DomainError(N_("Jawaban itu bukan milik soal ini. Muat ulang halamannya, lalu jawab lagi."))
