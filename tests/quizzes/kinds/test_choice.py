"""Options to tick: what is read of a page, what it shows, and what it shows once the key is out."""

from collections.abc import Sequence
from typing import Any

import pytest

from foundation.errors import DomainError
from quizzes.choices import Choice
from quizzes.kinds import KINDS, kind_of
from quizzes.kinds.choice import CHOICE, OptionView
from quizzes.kinds.kind import one_text
from quizzes.options import Option

pytestmark = pytest.mark.pure

OPTIONS = tuple(Option(key, f"pilihan {key}", key in "bc", f"umpan {key}" if key != "d" else "") for key in "abcd")
SEVERAL, ONE = Choice(OPTIONS, is_multiple=True), Choice(OPTIONS[:2], is_multiple=False)


class Plain:
    def inline(self, text: str) -> str:
        return f"<i>{text}</i>"

    def block(self, text: str, part: str) -> str:
        return f"<p id={part}>{text}</p>"


def read(choice: Choice, *values: str) -> list[str]:
    return CHOICE.read(choice, lambda part="": list(values) if part == "" else [])


def test_what_is_chosen_is_kept_once_and_sorted() -> None:
    assert read(SEVERAL, "c", "a", "c") == ["a", "c"]
    assert read(SEVERAL) == []
    assert read(ONE, "b") == ["b"]


@pytest.mark.parametrize("sent", [("a", "b"), ("z",), ("",)])
def test_what_no_page_offers_is_refused(sent: Sequence[str]) -> None:
    with pytest.raises(DomainError, match=r"^Jawaban itu bukan milik soal ini\. Muat ulang"):
        read(ONE, *sent)


def rendered() -> dict[str, Any]:
    return {"parts": CHOICE.render(SEVERAL, Plain())}


def test_each_option_is_rendered_with_its_feedback() -> None:
    assert rendered()["parts"]["a"] == {"text": "<i>pilihan a</i>", "feedback": "<p id=a>umpan a</p>"}
    assert list(rendered()["parts"]) == CHOICE.parts(SEVERAL) == list("abcd")


def test_an_open_question_shows_options_and_nothing_else() -> None:
    view = CHOICE.show(SEVERAL, rendered(), list("dcba"), ["c"])
    assert view.is_multiple
    assert not view.has_advice
    assert view.options == tuple(OptionView(key, f"<i>pilihan {key}</i>", key == "c") for key in "dcba")


def revealed(value: list[str]) -> dict[str, tuple[bool, bool | None, bool]]:
    """Key -> whether it was chosen, is right, has feedback to read."""
    view = CHOICE.reveal(SEVERAL, rendered(), list("abcd"), value)
    assert [option.text for option in view.options] == [f"<i>pilihan {key}</i>" for key in "abcd"]
    assert view.is_multiple
    return {option.key: (option.is_chosen, option.is_right, "umpan" in option.feedback) for option in view.options}


def test_feedback_stands_under_what_was_chosen_and_what_is_right() -> None:
    assert revealed(["b", "d"]) == {
        "a": (False, False, False),
        "b": (True, True, True),
        "c": (False, True, True),
        "d": (True, False, False),
    }


def test_where_feedback_is_not_due_there_is_none() -> None:
    view = CHOICE.reveal(SEVERAL, rendered(), list("abcd"), ["b"])
    assert [option.feedback for option in view.options] == ["", "<p id=b>umpan b</p>", "<p id=c>umpan c</p>", ""]


def test_while_nothing_is_chosen_all_feedback_is_there() -> None:
    assert [shown for _chosen, _right, shown in revealed([]).values()] == [True, True, True, False]


def test_the_right_answer_earns_everything() -> None:
    assert CHOICE.right(SEVERAL) == ["b", "c"]


def test_kinds_are_found_by_what_an_author_wrote() -> None:
    assert kind_of(SEVERAL) is KINDS[Choice] is CHOICE


@pytest.mark.parametrize(
    ("sent", "text"), [((), ""), (("",), ""), ((" a\r\nb ",), "a\nb"), (("x" * 10,), "x" * 10), (("  ",), "")]
)
def test_one_text_of_a_field(sent: Sequence[str], text: str) -> None:
    assert one_text(sent, 10) == text


def test_a_text_may_not_be_too_long_nor_twice_there() -> None:
    with pytest.raises(DomainError, match=r"^Jawaban ini terlalu panjang: paling banyak 10 huruf"):
        one_text(["x" * 11], 10)
    with pytest.raises(DomainError, match=r"^Jawaban itu bukan milik"):
        one_text(["a", "b"], 10)
