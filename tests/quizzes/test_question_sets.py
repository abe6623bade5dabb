"""Questions of a text together: their kinds, items of the blueprint, mends, pools, and any text at all."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.kinds import Item
from foundation.problems import Edit, has_errors
from quizzes.questions import parse_questions
from quizzes.quiz import Quiz, parse, parse_check
from quizzes.words import Kind
from tests.quizzes.pieces import LINES
from tests.quizzes.reading import one, warnings
from tests.quizzes.test_writing import BLOCKS

pytestmark = pytest.mark.pure

OPTIONS = "- [x] Benar\n- [ ] Salah\n  > b"


@pytest.mark.parametrize(
    ("heading", "title", "id"),
    [
        pytest.param("## A? ## {#a}", "A?", "a", id="hashes-before-an-id"),
        pytest.param("## A? ##", "A?", "a", id="hashes-at-the-end"),
        pytest.param("## A? {#a} ##", "A?", "a", id="hashes-behind-an-id"),
        pytest.param("## C# {#c}", "C#", "c", id="a-hash-of-a-word"),
    ],
)
def test_hashes_that_close_a_heading_are_no_part_of_its_title(heading: str, title: str, id: str) -> None:
    question = one(*OPTIONS.split("\n"), heading=heading)
    assert (question.stem_title, question.id) == (title, id)


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.MULTIPLE}))
def test_every_kind_is_kept_without_a_word_about_its_kind(kind: Kind) -> None:
    written = "" if kind is Kind.SINGLE else f"jenis: {kind}"
    lines = (written, "", *BLOCKS[written].split("\n"))
    assert one(*lines).kind is kind
    assert warnings(*lines, without="K022 K021 K046") == []  # the distractor has no feedback, and there are two options


def test_a_quiz_has_its_kinds_in_order() -> None:
    body = f"## A {{#a}}\n= 1\n## B {{#b}}\n{OPTIONS}\n## C {{#c}}\n= satu\n## D {{#d}}\n= 2\n"
    quiz = parse(f"---\njudul: a\njenis: kuis\n---\n{body}", "a.md").definition
    assert isinstance(quiz, Quiz)
    assert [question.kind for question in quiz.questions] == [Kind.NUMBER, Kind.SINGLE, Kind.TEXT, Kind.NUMBER]


def test_every_kind_is_a_frozen_value_of_known_fields() -> None:
    for kind, block in BLOCKS.items():
        question = one(kind, "", block)
        with pytest.raises(dataclasses.FrozenInstanceError):
            question.answer.keys = ()  # type: ignore[misc, assignment]
        with pytest.raises(TypeError, match="unexpected keyword"):
            dataclasses.replace(question.answer, warna="biru")  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword"):
            dataclasses.replace(question, warna="biru")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("line", "pool", "form"),
    [("kelompok: dasar", "dasar", ""), ("pool: lanjut", "lanjut", ""), ("bentuk: a", "", "A"), ("form: B", "", "B")],
)
def test_pools_and_forms(line: str, pool: str, form: str) -> None:
    question = one(line, "- [x] A", "- [ ] B")
    assert (question.pool, question.form) == (pool, form)


def test_items_of_the_blueprint() -> None:
    body = f"## A {{#a}}\ntujuan: SC1, SC2\ntingkat: c3\nbentuk: a\n{OPTIONS}\n## B {{#b}}\n= 1\n"
    items = (Item("a", ("SC1", "SC2"), "C3", "A", 5), Item("b", (), "", "", 12))
    assert parse(f"---\njudul: a\njenis: kuis\n---\n{body}", "a.md").items == items
    assert parse_check(body, 5, "a.md").items == items


def mends(text: str, **more: str) -> list[Edit | None]:
    found = parse_questions(text, 5, "a.md", frozenset({2}), **more)
    return [problem.mend for problem in found.problems if problem.code == "K010"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(f"## Apa LoI?\n{OPTIONS}", [Edit(5, " {#apa-loi}")], id="heading"),
        pytest.param(f"\n## Apa LoI?\npoin: 2\n{OPTIONS}", [Edit(6, " {#apa-loi}")], id="the-heading-not-the-metadata"),
        pytest.param("## Ibu kota [[Mataram]]?", [Edit(5, " {#ibu-kota}")], id="without-its-key"),
        pytest.param(f"## A\n{OPTIONS}\n## A\n{OPTIONS}", [Edit(5, " {#a}"), Edit(9, " {#a-2}")], id="no-id-twice"),
        pytest.param(f"## A\n{OPTIONS}\n## B {{#a}}\n{OPTIONS}", [Edit(5, " {#a-2}")], id="no-id-of-another"),
        pytest.param(f"## A ##\n{OPTIONS}", [None], id="a-closed-heading-is-left-alone"),
        pytest.param(f"## A {{#b}}\n{OPTIONS}", [], id="nothing-to-mend"),
    ],
)
def test_an_id_can_be_written_for_the_author(text: str, found: list[Edit | None]) -> None:
    assert mends(text) == found


def test_a_check_without_a_heading_gets_its_id_on_its_own_line() -> None:
    assert mends(f"Apa LoI?\n\n{OPTIONS}", alone="") == [Edit(4, " {#apa-loi}")]
    assert mends(f"Apa LoI?\n\n{OPTIONS}", alone="loi") == []


def test_what_is_mended_is_not_told_of_again() -> None:
    text = f"## Apa LoI?\nlihat: a.md\n{OPTIONS}\n## Apa LoI?\nlihat: a.md\n= a"
    lines = text.split("\n")
    for mend in mends(text):
        assert mend is not None
        lines[mend.line - 5] += mend.text
    found = parse_questions("\n".join(lines), 5, "a.md", frozenset({2}))
    assert found.problems == ()
    assert [question.id for question in found.questions] == ["apa-loi", "apa-loi-2"]


@pytest.mark.parametrize(
    ("draw", "problems"),
    [
        ("ambil: 2", []),
        ("ambil: 3", [("K040", 4)]),
        ("ambil: {dasar: 1}", []),
        ("ambil: {dasar: 2}", [("K040", 4)]),
        ("ambil: {dasar: 1, lanjut: 1}", [("K040", 4)]),
        ("soal_dari: prates\nambil: 3", []),
    ],
)
def test_no_more_is_drawn_than_there_is(draw: str, problems: list[tuple[str, int]]) -> None:
    body = f"## A {{#a}}\nlihat: a.md\nkelompok: dasar\n{OPTIONS}\n## B {{#b}}\nlihat: a.md\n{OPTIONS}\n"
    parsed = parse(f"---\njudul: a\njenis: kuis\n{draw}\n---\n{body}", "a.md")
    assert [(problem.code, problem.line) for problem in parsed.problems] == problems


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=25))
def test_no_text_breaks_a_quiz_and_every_problem_has_its_place(lines: list[str]) -> None:
    text = "\n".join(["---", "judul: a", "jenis: kuis", "---", "## Soal {#soal}", *lines]).replace("\r", "")
    parsed = parse(text, "a.md")
    written = text.split("\n")
    assert (parsed.definition is None) == has_errors(parsed.problems)
    assert all(1 <= problem.line <= len(written) and problem.column >= 1 for problem in parsed.problems)
    assert parse("\ufeff" + text.replace("\n", "\r\n"), "a.md") == parsed
    assert all(item.line <= len(written) for item in parsed.items)


@given(st.sampled_from(sorted(BLOCKS)), st.lists(st.sampled_from(LINES), max_size=5))
def test_a_sound_question_stays_whole_beside_a_broken_one(kind: str, lines: list[str]) -> None:
    sound = f"## Soal {{#utuh}}\n{kind}\n\n{BLOCKS[kind]}\n"
    found = parse_questions("\n".join([sound, "## Lain {#lain}", *lines]), 1, "a.md", frozenset({2}))
    if not any("```" in line or "~~~" in line or ":::" in line or "<!--" in line for line in lines):
        assert found.questions[0].id == "utuh"
