"""Mends: only what is asked for changes, byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.mending import mend
from foundation.problems import Edit

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        pytest.param("## A\n", Edit(1, " {#a}"), "## A {#a}\n", id="an id goes to the end of its line"),
        pytest.param("## A  \r\nb", Edit(1, " {#a}"), "## A {#a}  \r\nb", id="before white space, line ends kept"),
        pytest.param("\ufeff## A", Edit(1, " {#a}"), "\ufeff## A {#a}", id="a byte order mark stays"),
        pytest.param("a\n---\n", Edit(2, "", is_line=True), "a\n\n---\n", id="a blank line above"),
        pytest.param("a\r\n---\r\n", Edit(2, "", is_line=True), "a\r\n\r\n---\r\n", id="in the file's own line ends"),
        pytest.param(
            "---\njudul: A\n---\n", Edit(2, "id: a-2", is_line=True), "---\nid: a-2\njudul: A\n---\n", id="key"
        ),
        pytest.param(
            "[x](01-a.md#b) [y](<01-a.md#b>) [z](101-a.md#b) 01-a.md#b `01-a.md#b`\n",
            Edit(1, "02-a.md#b", replaces="01-a.md#b"),
            "[x](02-a.md#b) [y](<02-a.md#b>) [z](101-a.md#b) 01-a.md#b `01-a.md#b`\n",
            id="a link, and nothing else that reads like it",
        ),
        pytest.param(
            "lihat: 01-a.md\n",
            Edit(1, "02-a.md", replaces="01-a.md"),
            "lihat: 02-a.md\n",
            id="what is pointed to",
        ),
        pytest.param("[k]: 01-a.md\n", Edit(1, "02-a.md", replaces="01-a.md"), "[k]: 02-a.md\n", id="a definition"),
        pytest.param("a\n", Edit(9, " {#a}"), "a\n", id="a line that is no more"),
        pytest.param("a\n", Edit(1, "c", replaces="b"), "a\n", id="a text that is no more"),
    ],
)
def test_an_edit_changes_its_line_alone(before: str, edit: Edit, after: str) -> None:
    assert mend(before, [edit]) == after


def test_lines_added_above_move_no_other_edit() -> None:
    edits = [Edit(2, "", is_line=True), Edit(3, " {#c}"), Edit(3, " {#c}")]
    assert mend("a\nb\nc\n", edits) == "a\n\nb\nc {#c}\n"


@given(st.text(), st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["", " {#a}"]), st.booleans())))
def test_nothing_that_was_written_is_lost(source: str, edits: list[tuple[int, str, bool]]) -> None:
    after = mend(source, [Edit(line, text, is_line=is_line) for line, text, is_line in edits])
    rest = iter(after)
    assert all(letter in rest for letter in source)
