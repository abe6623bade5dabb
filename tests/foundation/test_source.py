"""Clumsy typing is evened out once, and no line moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.source import code_spans, normalise, read_sheet

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeff# Judul", "# Judul"),
        ("a\u2028b\u2029c\x85d\x0ce", "a b c d e"),
        ("#\u00a0Judul\u00a0tetap", "# Judul\u00a0tetap"),
        ("-\u00a0[\u00a0]\u00a0pilihan", "- [ ] pilihan"),
        (">\u00a0kutipan", "> kutipan"),
        (":::\u00a0kasus", "::: kasus"),
        ("poin:\u00a02", "poin: 2"),
        ("1)\u00a0satu", "1) satu"),
        ("a\x00b\ue000c\U000f0000d", "abcd"),
        ("spasi\u00a0biasa", "spasi\u00a0biasa"),
    ],
)
def test_clumsy_typing_is_evened_out(typed: str, read: str) -> None:
    assert normalise(typed) == read


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20)))
def test_no_line_moves(lines: list[str]) -> None:
    assert len(read_sheet("\r\n".join(lines)).lines) == max(len(lines), 1)


@pytest.mark.parametrize(
    ("text", "code_lines"),
    [
        ("```\na\n```\nb", {0, 1, 2}),
        ("~~~~\n~~~\n~~~~\nb", {0, 1, 2}),
        ("- a\n  ```\n  b\n  ```\n- c", {1, 2, 3}),
        ("> ```\n> a\nb", {0, 1}),
        ("```\na", {0, 1}),
        ("``` `a` ```\nb", set()),
        ("<!--\n```\n-->\n```\na\n```", {3, 4, 5}),
    ],
)
def test_fences_are_found(text: str, code_lines: set[int]) -> None:
    assert read_sheet(text).code_lines == code_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a <!-- b --> c", ("a            c",)),
        ("a <!-- b\nc\nd --> e", ("a", "", "      e")),
        ("`<!-- a -->` <!-- b -->", ("`<!-- a -->`",)),
        ("```\n<!-- a -->\n```", ("```", "<!-- a -->", "```")),
        ("<!-- a --><!-- b -->c", ("                    c",)),
    ],
)
def test_comments_are_blanked_in_place(text: str, lines: tuple[str, ...]) -> None:
    assert read_sheet(text).lines == lines


def test_a_comment_that_never_ends_hides_the_rest_and_is_known() -> None:
    sheet = read_sheet("a\nb <!-- c\nd")
    assert sheet.lines == ("a", "b", "")
    assert sheet.unclosed_comment == 1


@pytest.mark.parametrize(
    ("text", "spans"),
    [("a `b` c", ["`b`"]), ("``a ` b`` `c`", ["``a ` b``", "`c`"]), ("` a `` b", []), (r"\`a` b`", ["` b`"])],
)
def test_code_spans_pair_runs_of_the_same_length(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in code_spans(text)] == spans
