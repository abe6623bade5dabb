"""Which lines of a question are metadata, stem, answers and explanation, and what kind that makes it."""

import pytest

from quizzes.words import Kind
from tests.quizzes.reading import errors, one

pytestmark = pytest.mark.pure

BOXES = ("- [x] A", "- [ ] B")
STEPS = ("1. satu", "2. dua")
PAIRS = ("- a -> b", "- c -> d")
RUBRIC = ("| Kriteria | Bobot | A | B |", "|---|---|---|---|", "| Isi | 1 | a | b |")
SCALE = "1 Tidak … 5 Ya"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        pytest.param(BOXES, Kind.SINGLE, id="one-right-box"),
        pytest.param(("- [x] A", "- [x] B"), Kind.MULTIPLE, id="several-right-boxes"),
        pytest.param(("jenis: jamak", *BOXES), Kind.MULTIPLE, id="one-right-box-with-jenis-jamak"),
        pytest.param(("kind: single", *BOXES), Kind.SINGLE, id="alias-single"),
        pytest.param(("kind: multiple", *BOXES), Kind.MULTIPLE, id="alias-multiple"),
        pytest.param(("kind: text", "= a"), Kind.TEXT, id="alias-text"),
        pytest.param(("kind: number", "= 1"), Kind.NUMBER, id="alias-number"),
        pytest.param(("jenis: teks", "= 1"), Kind.TEXT, id="jenis-before-what-the-key-looks-like"),
        pytest.param((*STEPS, "", *BOXES), Kind.SINGLE, id="boxes-before-ordered-list"),
        pytest.param((*STEPS, "", "= a"), Kind.TEXT, id="keys-before-ordered-list"),
        pytest.param(("1. a -> b", "2. c -> d"), Kind.MATCHING, id="arrows-before-ordered-list"),
        pytest.param(("1. [[a]]", "2. b"), Kind.BLANKS, id="blanks-before-ordered-list"),
        pytest.param(("jenis: urutan", "1. a -> b", "2. c -> d"), Kind.ORDERING, id="jenis-before-arrows"),
        pytest.param((*RUBRIC, "", *BOXES), Kind.SINGLE, id="a-rubric-without-jenis-is-stem"),
        pytest.param((SCALE, "", *BOXES), Kind.SINGLE, id="a-scale-without-jenis-is-stem"),
        pytest.param(("jenis: esai", *STEPS, "", *RUBRIC), Kind.ESSAY, id="steps-above-a-rubric-are-stem"),
        pytest.param(("jenis: skala", *STEPS, "", SCALE), Kind.SCALE, id="steps-above-a-scale-are-stem"),
        pytest.param(("jenis: skala", "0 a … 3 b", "", SCALE), Kind.SCALE, id="the-last-scale"),
        pytest.param(("jenis: tanggapan", *STEPS), Kind.COMMENT, id="steps-in-a-comment-are-stem"),
    ],
)
def test_kind_by_precedence(lines: tuple[str, ...], kind: Kind) -> None:
    assert one(*lines).kind is kind


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((*BOXES, "", "= a"), id="boxes-and-keys"),
        pytest.param(("= a", "", *BOXES), id="keys-and-boxes"),
        pytest.param((*PAIRS, "", "Lalu:", "", *BOXES), id="pairs-and-boxes"),
        pytest.param(("Isi [[a]].", "", *BOXES), id="blanks-and-boxes"),
        pytest.param(("Isi [[a]].", "", "= b"), id="blanks-and-keys"),
        pytest.param(("Isi [[a]].", "", *PAIRS), id="blanks-and-pairs"),
        pytest.param((*PAIRS, "", "Lalu:", "", "= a"), id="pairs-and-keys"),
        pytest.param(("jenis: urutan", "= a", "", "Lalu:", "", *STEPS), id="keys-and-steps"),
        pytest.param(("jenis: teks", *BOXES), id="jenis-teks-and-boxes"),
        pytest.param(("jenis: skala", "= a", "", SCALE), id="keys-and-a-scale"),
        pytest.param(("jenis: esai", "Isi [[a]].", "", *RUBRIC), id="blanks-and-a-rubric"),
        pytest.param(("jenis: esai", *PAIRS, "", *RUBRIC), id="pairs-and-a-rubric"),
    ],
)
def test_two_kinds_of_answers_are_an_error_at_the_heading(lines: tuple[str, ...]) -> None:
    assert errors(*lines) == [("K007", 1, 1)]


@pytest.mark.parametrize(
    ("answers", "stem_is_empty"),
    [
        pytest.param(BOXES, True, id="options"),
        pytest.param(("= a",), True, id="keys"),
        pytest.param(PAIRS, True, id="pairs"),
        pytest.param(STEPS, True, id="steps"),
        pytest.param(("Isi [[a]].",), False, id="blanks"),
        pytest.param(("jenis: esai", "", *RUBRIC), True, id="rubric"),
        pytest.param(("jenis: skala", "", SCALE), True, id="scale"),
    ],
)
def test_below_the_answers_stands_the_explanation(answers: tuple[str, ...], stem_is_empty: bool) -> None:
    question = one(*answers, "", "> **Pembahasan.** Satu.", ">", "> Dua.")
    assert question.explanation == "**Pembahasan.** Satu.\n\nDua."
    assert (question.stem == "") is stem_is_empty
    assert one(*answers).explanation == ""


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        pytest.param(
            ("poin: 0", "jenis: teks", "tingkat: X", "= |"),
            ["K009", "K015", "K029", "K029"],
            id="values-and-keys",
        ),
        pytest.param(("poinn: 1", "bentuk: C", *BOXES, "teks"), ["K013", "K015", "K006"], id="names-values-and-text"),
        pytest.param(("jenis: ganda", "poin: 0"), ["K018", "K009"], id="an-unknown-jenis-hides-no-value"),
        pytest.param(("jenis: ganda", "- [ ] A", "- [ ] B"), ["K018", "K002"], id="an-unknown-jenis-hides-no-option"),
        pytest.param(
            ("lihat: a.md", "lihat: b.md", "kata: 0", "= 3 ±"),
            ["K014", "K015", "K024"],
            id="twice-and-broken",
        ),
    ],
)
def test_every_problem_is_told_at_once(lines: tuple[str, ...], problems: list[str]) -> None:
    assert [code for code, _line, _column in errors(*lines)] == problems


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        pytest.param(("bentuk: C", *BOXES), ("K015", 2, 1), id="form-is-A-or-B"),
        pytest.param(("form: AB", *BOXES), ("K015", 2, 1), id="form-is-one"),
        pytest.param(("toleransi: 1,5", "= abcdef"), ("K015", 2, 1), id="tolerance-is-whole"),
        pytest.param(("jenis: esai", "kata: 0", "", *RUBRIC), ("K015", 3, 1), id="words-are-above-zero"),
        pytest.param(("jenis: tunggal", "- [x] A", "- [x] B"), ("K003", 2, 1), id="jenis-tunggal-with-two-right"),
    ],
)
def test_what_metadata_may_say(lines: tuple[str, ...], problem: tuple[str, int, int]) -> None:
    assert errors(*lines) == [problem]


@pytest.mark.parametrize("line", ["=> lihat di atas", "== penting ==", "a = b"])
def test_what_only_looks_a_little_like_a_key_is_text(line: str) -> None:
    assert one(line, "", *BOXES).stem == line


def test_a_tab_in_a_heading_moves_no_column_below_one() -> None:
    assert all(column >= 1 for _code, _line, column in errors(heading="## [[\ta / b]] {#a}"))
