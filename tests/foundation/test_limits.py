"""What a text may cost: each limit is one problem with its line, and costly texts never reach the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import limits
from foundation.limits import check_limits

pytestmark = pytest.mark.pure

FITS = {
    "an ordinary lesson": "# Judul\n\nTeks [tautan](b.md).\n\n- a\n  - b\n",
    "exactly the largest file": ("a" * 1022 + "\n\n") * 256,
    "as many headings as allowed": "# a\n\n" * limits.MOST_HEADINGS,
    "headings in code": "```\n" + "# a\n" * 1100 + "```\n",
    "a paragraph as long as allowed": "a" * (limits.LARGEST_PARAGRAPH - 1),
    "as many brackets as allowed": "[ " * limits.MOST_BRACKETS,
    "brackets in many items": "- [a](b.md)\n" * 500,
    "brackets in many rows": "| [a](b.md) | c |\n|---|---|\n" + "| [a](b.md) | c |\n" * 500,
    "brackets in code": "```\n" + "[" * 5000 + "\n```\n",
    "six levels of lists": "\n".join("  " * level + "- a" for level in range(6)),
    "six quotes": "> " * 6 + "a",
    "six containers": "::: kasus\n" * 6 + ":::\n" * 6,
    "many lists one after the other": "- a\n\nb\n\n" * 50,
    "a long loose list": "- a\n\n" * 300,
}
PASSED = {
    "a file too large": ("a" * (limits.LARGEST_FILE + 1), "S002", 1),
    "one heading too many": ("a\n\n" + "# a\n" * 1001, "S003", 1003),
    "a paragraph too long": ("a\n\n" + "b " * 10240 + "c", "S004", 3),
    "many lines of one paragraph": ("a\n\n" + "b\n" * 10241, "S004", 3),
    "8000 brackets": ("a\n\n" + "[" * 8000, "S005", 3),
    "brackets under a heading": ("# a\n" + "[" * 201, "S005", 2),
    "brackets under front matter": ("---\njudul: a\n---\n" + "[" * 201, "S005", 4),
    "brackets over many lines": ("[a\n" * 201, "S005", 1),
    "brackets quoted": ("> [\n" * 201, "S005", 1),
    "seven levels of lists": ("\n".join("  " * level + "- a" for level in range(7)), "S006", 7),
    "seven levels on one line": ("a\n\n" + "- " * 7 + "a", "S006", 3),
    "numbered levels": ("\n".join("   " * level + "1. a" for level in range(7)), "S006", 7),
    "400 nested lists": ("\n".join(" " * level * 2 + "- a" for level in range(400)), "S006", 7),
    "seven quotes": ("> " * 7 + "a", "S006", 1),
    "10,000 quotes": (">" * 10000 + "a", "S006", 1),
    "seven containers": ("::: kasus\n" * 7 + ":::\n" * 7, "S006", 7),
    "quotes and lists together": ("> " * 4 + "- - - a", "S006", 1),
}


@pytest.mark.parametrize("text", FITS.values(), ids=FITS.keys())
def test_what_fits_is_let_through(text: str) -> None:
    assert check_limits(text, "a.md") == []


@pytest.mark.parametrize(("text", "code", "line"), PASSED.values(), ids=PASSED.keys())
def test_a_passed_limit_is_one_problem_at_its_line(text: str, code: str, line: int) -> None:
    assert [(problem.code, problem.line) for problem in check_limits(text, "a.md")] == [(code, line)]


def test_several_limits_are_reported_together() -> None:
    text = "# a\n" * 1001 + "\n" + "[" * 201 + "\n\n" + "> " * 7 + "a"
    assert {problem.code for problem in check_limits(text, "a.md")} == {"S003", "S005", "S006"}


@given(st.text(alphabet="-> #[:\n1.)a`|", max_size=300))
def test_no_text_breaks_the_check_and_lines_are_lines_of_the_text(text: str) -> None:
    for problem in check_limits(text, "a.md"):
        assert 1 <= problem.line <= text.count("\n") + 1
