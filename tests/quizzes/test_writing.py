"""Questions written back to text: reading the text gives the same question again, for every kind."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.problems import has_errors
from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.blanks import Blanks, Gap, Menu
from quizzes.choices import Choice
from quizzes.numbers import Number, write_number
from quizzes.options import Option, key_of
from quizzes.plain_lists import Matching, Ordering, Pair
from quizzes.questions import Question, parse_questions
from quizzes.rubrics import Criterion, Essay, Level
from quizzes.scales import Comment, Scale
from quizzes.words import UNSCORED, Credit, Kind
from quizzes.writing import write_question
from tests.quizzes.pieces import LINES

pytestmark = pytest.mark.pure


def without_lines(question: Question) -> Question:
    answer = question.answer
    if isinstance(answer, Choice):
        answer = Choice(tuple(replace(option, line=0) for option in answer.options), answer.is_multiple)
    return replace(question, line=0, answer=answer)


def read_again(question: Question) -> Question:
    text = write_question(question)
    found = parse_questions(text, 1, "a.md", frozenset({2}))
    assert not has_errors(found.problems), (text, found.problems)
    assert len(found.questions) == 1, text
    return found.questions[0]


WORD = st.sampled_from(
    [
        "surat",
        "niat",
        "Kota *Mataram*",
        "PP 28/2018",
        "`kode`",
        "a|b".replace("|", "/"),
        "é",
        "[tautan](b.md)",
        "10 %",
        "(LoI)",
    ]
)
TEXT = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
LINES_OF_TEXT = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)
PARAGRAPHS = st.just("") | st.lists(LINES_OF_TEXT, min_size=1, max_size=3).map("\n\n".join)
ID = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,5})?", fullmatch=True)
NUMBERS = st.decimals(-10_000, 10_000, places=3) | st.integers(-(10**9), 10**9).map(Decimal)
KEY = TEXT.filter(lambda text: "/" not in text)


def distinct(texts: st.SearchStrategy[str], least: int, most: int = 5) -> st.SearchStrategy[list[str]]:
    return st.lists(texts, min_size=least, max_size=most, unique_by=lambda text: " ".join(text.split()))


@st.composite
def choices(draw: st.DrawFn, is_multiple: bool) -> Choice:
    texts = draw(distinct(LINES_OF_TEXT, 2))
    right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))
    keys = [key_of(text) if draw(st.booleans()) else f"id-{number}" for number, text in enumerate(texts)]
    return Choice(
        tuple(
            Option(key, text, number in right, draw(PARAGRAPHS))
            for number, (key, text) in enumerate(zip(keys, texts, strict=True))
        ),
        is_multiple,
    )


@st.composite
def numbers(draw: st.DrawFn) -> NumberAnswer:
    keys = draw(st.lists(st.builds(Number, NUMBERS, NUMBERS.map(abs)), min_size=1, max_size=3))
    return NumberAnswer(tuple(keys), draw(st.just("") | st.sampled_from(["km", "persen"])))


@st.composite
def matchings(draw: st.DrawFn) -> Matching:
    texts = draw(distinct(TEXT, 4, 8))
    pairs = [Pair(left, right) for left, right in zip(texts[::2], texts[1::2], strict=False)]
    return Matching(tuple(pairs), tuple(draw(distinct(TEXT.map("lain {}".format), 0, 3))))


@st.composite
def essays(draw: st.DrawFn) -> Essay:
    names = draw(distinct(TEXT, 2))
    shares = [1 - Fraction(place, len(names) - 1) for place in range(len(names))]
    if draw(st.booleans()):
        percents = draw(st.lists(st.integers(0, 100), min_size=len(names), max_size=len(names), unique=True))
        shares = [Fraction(percent, 100) for percent in sorted(percents, reverse=True)]
    rows = draw(distinct(TEXT, 1))
    weights = draw(st.lists(st.integers(1, 1000), min_size=len(rows), max_size=len(rows)))
    described = [tuple(draw(TEXT | st.just("")) for _name in names) for _row in rows]
    criteria = [
        Criterion(name, Fraction(weight, sum(weights)), texts)
        for name, weight, texts in zip(rows, weights, described, strict=True)
    ]
    levels = [Level(name, share) for name, share in zip(names, shares, strict=True)]
    return Essay(tuple(levels), tuple(criteria), draw(st.none() | st.integers(1, 9999)))


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    first = draw(st.integers(0, 10))
    end = st.just("") | st.sampled_from(["Sangat tidak setuju", "Setuju", "sekali"])
    return Scale(first, draw(st.integers(first + 1, 11)), draw(end), draw(end))


TEXT_KEYS = distinct(KEY, 1, 4).map(tuple)
PATTERNS = st.lists(st.sampled_from(["soldatos", r"(Kota )?Mataram", r"\d+ km", "a|b"]), max_size=2).map(tuple)
TEXTS = st.builds(TextAnswer, TEXT_KEYS, PATTERNS, st.integers(0, 3))
MENUS = distinct(KEY, 2).map(tuple).flatmap(lambda parts: st.builds(Menu, st.just(parts), st.sampled_from(parts)))
ANSWERS: dict[Kind, st.SearchStrategy[object]] = {
    Kind.SINGLE: choices(is_multiple=False).filter(lambda choice: len(choice.right) == 1),
    Kind.MULTIPLE: choices(is_multiple=True),
    Kind.TEXT: TEXTS,
    Kind.NUMBER: numbers(),
    Kind.MATCHING: matchings(),
    Kind.ORDERING: distinct(LINES_OF_TEXT, 2).map(tuple).map(Ordering),
    Kind.ESSAY: essays(),
    Kind.SCALE: scales(),
    Kind.COMMENT: st.builds(Comment, st.none() | st.integers(1, 9999)),
}


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A question of any kind but blanks, which stand in its words."""
    kind = draw(st.sampled_from(sorted(ANSWERS)))
    return Question(
        id=draw(ID),
        stem_title=draw(TEXT),
        stem=draw(PARAGRAPHS),
        kind=kind,
        points=Decimal(0) if kind in UNSCORED else draw(st.sampled_from(["1", "2", "0.5", "1.25"]).map(Decimal)),
        answer=draw(ANSWERS[kind]),  # type: ignore[arg-type]
        explanation="" if kind is Kind.COMMENT else draw(PARAGRAPHS),
        objectives=draw(st.sampled_from([(), ("SC1",), ("SC1", "SC2")])),
        see=draw(st.sampled_from(["", "#bagian", "../02-b/03-c.md#d"])),
        level=draw(st.sampled_from(["", "C1", "C6"])),
        credit=draw(st.sampled_from([None, *Credit])),
        pool=draw(st.sampled_from(["", "dasar"])),
        form=draw(st.sampled_from(["", "A", "B"])),
    )


@given(questions())
def test_a_question_of_any_kind_is_written_and_read_again(question: Question) -> None:
    assert without_lines(read_again(question)) == question


GAPS = st.builds(Gap, st.builds(TextAnswer, TEXT_KEYS) | st.builds(NumberAnswer, numbers().map(lambda one: one.keys)))


def written(blank: Gap | Menu) -> str:
    """A blank as an author writes it."""
    if isinstance(blank, Menu):
        return f"[[{' / '.join(f'*{part}' if part == blank.right else part for part in blank.parts)}]]"
    keys = blank.answer.keys if isinstance(blank.answer, TextAnswer) else map(write_number, blank.answer.keys)
    return f"[[{'|'.join(keys)}]]"


@given(st.lists(MENUS | GAPS, min_size=1, max_size=4))
def test_blanks_are_read_from_where_they_stand(blanks: list[Gap | Menu]) -> None:
    question = Question("a", "Lengkapilah.", "", Kind.BLANKS, Decimal(1), Blanks(tuple(blanks)))
    stem = "Kota ".join(f"{written(blank)}, lalu\n" for blank in blanks).strip()
    asked = replace(question, stem=stem)
    assert without_lines(read_again(asked)) == asked


@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_whatever_was_read_is_read_again_from_what_is_written(lines: list[str]) -> None:
    for question in parse_questions("\n".join(["## Soal {#soal}", *lines]), 1, "a.md", frozenset({2})).questions:
        assert without_lines(read_again(question)) == without_lines(question), write_question(question)


BLOCKS = {
    "": "- [ ] Niat\n- [x] Surat",
    "jenis: teks": "= jawaban | lain",
    "jenis: angka": "= 3,14 ± 0,01",
    "jenis: isian": "Isi [[Mataram]].",
    "jenis: jodoh": "- Flanders -> Belgia\n- -> Jepang",
    "jenis: urutan": "1. satu\n2. dua",
    "jenis: esai": "| Kriteria | Bobot | Baik | Cukup (60) | Kurang |\n|---|---|---|---|---|\n| Isi | 40 | a | b | c |",
    "jenis: skala": "1 Tidak setuju … 5 Setuju",
    "jenis: tanggapan": "Apa pendapat Anda?",
}
"""What a kind's answers look like at least."""


@given(
    st.sampled_from(sorted(BLOCKS)),
    st.lists(st.sampled_from(LINES), max_size=4),
    st.lists(st.sampled_from(LINES), max_size=3),
)
def test_a_sound_question_among_odd_lines_is_read_again(kind: str, above: list[str], below: list[str]) -> None:
    text = "\n".join(["## Soal {#soal}", kind, *above, "", BLOCKS[kind], *below])
    for question in parse_questions(text, 1, "a.md", frozenset({2})).questions:
        assert without_lines(read_again(question)) == without_lines(question), write_question(question)
