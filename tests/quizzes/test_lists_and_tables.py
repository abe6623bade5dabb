"""`jodoh`, `urutan`, `esai`, `skala`, `tanggapan`: by the rules of section 4."""

from fractions import Fraction

import pytest

from quizzes.plain_lists import Matching, Ordering, Pair
from quizzes.rubrics import Criterion, Essay, Level
from quizzes.scales import Comment, Scale
from quizzes.words import Kind
from tests.quizzes.reading import answer, errors, one, warnings

pytestmark = pytest.mark.pure

PAIRS = ("- Flanders -> Belgia", "- Québec -> Kanada")
STEPS = ("1. Prakarsa", "2. Penjajakan", "3. LoI")


def matching(*pairs: str, distractors: tuple[str, ...] = ()) -> Matching:
    return Matching(tuple(Pair(*pair.split("=")) for pair in pairs), distractors)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param(PAIRS, matching("Flanders=Belgia", "Québec=Kanada"), id="arrow-of-dash"),
        pytest.param(("- a → b", "- c → d"), matching("a=b", "c=d"), id="arrow-sign"),
        pytest.param(("- a => b", "- c => d"), matching("a=b", "c=d"), id="arrow-of-equals"),
        pytest.param(("- a -> b", "- c => d", "- e → f"), matching("a=b", "c=d", "e=f"), id="arrows-mixed"),
        pytest.param(("* a -> b", "* c -> d"), matching("a=b", "c=d"), id="stars-for-bullets"),
        pytest.param(("1. a -> b", "2. c -> d"), matching("a=b", "c=d"), id="arrows-before-ordered-list"),
        pytest.param(("- a -> b", "- -> Kanada"), matching("a=b", distractors=("Kanada",)), id="distractor"),
        pytest.param(("- -> Kanada", "- a -> b"), matching("a=b", distractors=("Kanada",)), id="distractor-first"),
        pytest.param(
            ("- a -> b", "- - -> Kanada"), matching("a=b", distractors=("Kanada",)), id="distractor-with-a-dash"
        ),
        pytest.param(
            ("- a -> b", "- c -> b", "- d -> e"),
            matching("a=b", "c=b", "d=e"),
            id="right-sides-may-be-equal",
        ),
        pytest.param(("- a -> b -> c", "- d -> e"), matching("a=b -> c", "d=e"), id="first-arrow-counts"),
        pytest.param(("- a->x -> b", "- d -> e"), matching("a->x=b", "d=e"), id="spaces-around-an-arrow"),
        pytest.param(("- a", "  lanjut -> b", "- d -> e"), matching("a\nlanjut=b", "d=e"), id="over-two-lines"),
        pytest.param(("- a -> b", "", "- c -> d"), matching("a=b", "c=d"), id="blank-lines-between"),
        pytest.param(("jenis: jodoh", *PAIRS), matching("Flanders=Belgia", "Québec=Kanada"), id="jenis-jodoh"),
        pytest.param(("kind: matching", *PAIRS), matching("Flanders=Belgia", "Québec=Kanada"), id="kind-matching"),
    ],
)
def test_matching(lines: tuple[str, ...], found: Matching) -> None:
    assert answer(Matching, *lines) == found
    assert one(*lines).kind is Kind.MATCHING


def test_what_there_is_to_choose_from() -> None:
    found = answer(Matching, "- a -> x", "- b -> x", "- c -> y", "- -> z")
    assert found.rights == ("x", "y", "z")


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        pytest.param(STEPS, ("Prakarsa", "Penjajakan", "LoI"), id="ordered-list"),
        pytest.param(("1) a", "2) b"), ("a", "b"), id="brackets"),
        pytest.param(("1. a", "1. b"), ("a", "b"), id="numbers-do-not-matter"),
        pytest.param(("1. a", "   lanjut", "2. b"), ("a\nlanjut", "b"), id="over-two-lines"),
        pytest.param(("1. a", "   - anak", "2. b"), ("a\n- anak", "b"), id="nested-list"),
        pytest.param(("1. a", "", "2. b", "", "> Bahas."), ("a", "b"), id="explanation-below"),
        pytest.param(("- butir", "", "Urutkan.", "", "1. a", "2. b"), ("a", "b"), id="the-last-list"),
        pytest.param(
            ("jenis: urutan", "1. a -> b", "2. c -> d"), ("a -> b", "c -> d"), id="jenis-urutan-before-arrows"
        ),
        pytest.param(("kind: ordering", *STEPS), ("Prakarsa", "Penjajakan", "LoI"), id="kind-ordering"),
    ],
)
def test_ordering(lines: tuple[str, ...], items: tuple[str, ...]) -> None:
    assert answer(Ordering, *lines) == Ordering(items)
    assert one(*lines).kind is Kind.ORDERING


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        pytest.param(("- a -> b", "- c"), [("K033", 3, 3)], id="item-without-an-arrow"),
        pytest.param(("- a -> b", "- c ->"), [("K033", 3, 3)], id="nothing-after-the-arrow"),
        pytest.param(("- a -> b", "- ->"), [("K033", 3, 3)], id="nothing-around-the-arrow"),
        pytest.param(("- a", "- b -> c", "- d"), [("K033", 2, 3), ("K033", 4, 3)], id="all-at-once"),
        pytest.param(("- a -> b", "- a -> c"), [("K012", 3, 1)], id="equal-left-sides"),
        pytest.param(("- a -> b", "- -> b"), [("K012", 3, 1)], id="distractor-that-is-right"),
        pytest.param(("- a -> b", "- -> c", "- -> c"), [("K012", 4, 1)], id="equal-distractors"),
        pytest.param(("- -> a", "- -> b"), [("K002", 3, 1)], id="only-distractors"),
        pytest.param(("- a -> b",), [("K008", 2, 1)], id="one-pair"),
        pytest.param(("- a -> b", "- c -> b"), [("K008", 3, 1)], id="one-right-side-for-all"),
        pytest.param((*PAIRS, "teks"), [("K006", 4, 1)], id="text-below-pairs"),
        pytest.param(("- a -> b", "  > umpan", "- c -> d"), [("K006", 3, 1)], id="pairs-have-no-feedback-of-their-own"),
        pytest.param(("1. a", "> umpan", "2. b"), [("K006", 3, 1)], id="steps-have-no-feedback-of-their-own"),
        pytest.param((*PAIRS, "", "> Bahas.", "", "teks"), [("K006", 7, 1)], id="text-below-the-explanation"),
        pytest.param((*PAIRS, "", "Lalu:", "", *PAIRS), [("K007", 5, 1)], id="two-lists-of-pairs"),
        pytest.param((*PAIRS, "", "Lalu:", "", *STEPS), [("K007", 1, 1)], id="pairs-and-steps"),
        pytest.param(("jenis: jodoh", "- a", "- b"), [("K001", 4, 1)], id="jenis-jodoh-without-arrows"),
        pytest.param(("jenis: jodoh", "- [x] a", "- [ ] b"), [("K007", 1, 1)], id="jenis-jodoh-with-boxes"),
        pytest.param(("1. a",), [("K008", 2, 1)], id="one-step"),
        pytest.param(("1. a", "2. a"), [("K012", 3, 1)], id="equal-steps"),
        pytest.param(("1. a", "2. b", "", "teks"), [("K001", 5, 1)], id="text-below-a-list-of-steps"),
        pytest.param(
            ("jenis: urutan", "1. a", "2. b", "", "teks"), [("K006", 6, 1)], id="text-below-steps-of-jenis-urutan"
        ),
        pytest.param(("jenis: urutan", "- a", "- b"), [("K001", 4, 1)], id="jenis-urutan-without-numbers"),
        pytest.param(("- a", "- b"), [("K001", 3, 1)], id="a-plain-list-answers-nothing"),
        pytest.param(("= a", "", "Lalu:", "", *STEPS), [("K007", 1, 1)], id="keys-and-steps"),
        pytest.param(("jenis: teks", *STEPS), [("K001", 5, 1)], id="jenis-teks-without-keys"),
        pytest.param(("jenis: tunggal", *PAIRS), [("K001", 4, 1)], id="jenis-tunggal-without-boxes"),
    ],
)
def test_what_is_wrong_with_lists(lines: tuple[str, ...], problems: list[tuple[str, int, int]]) -> None:
    assert errors(*lines) == problems


HEAD = "| Kriteria | Bobot | Baik | Cukup | Kurang |"
RULE = "|---|---|---|---|---|"
ROWS = ("| Isi | 40 | lengkap | sebagian | tidak ada |", "| Bahasa | 60 | jelas | cukup | kacau |")


def rubric(*lines: str) -> Essay:
    return answer(Essay, "jenis: esai", "", *lines)


def shares(essay: Essay) -> list[Fraction]:
    return [level.share for level in essay.levels]


def weights(essay: Essay) -> list[Fraction]:
    return [criterion.weight for criterion in essay.criteria]


def test_a_rubric() -> None:
    assert rubric(HEAD, RULE, *ROWS) == Essay(
        (Level("Baik", Fraction(1)), Level("Cukup", Fraction(1, 2)), Level("Kurang", Fraction(0))),
        (
            Criterion("Isi", Fraction(2, 5), ("lengkap", "sebagian", "tidak ada")),
            Criterion("Bahasa", Fraction(3, 5), ("jelas", "cukup", "kacau")),
        ),
    )


@pytest.mark.parametrize(
    ("head", "found"),
    [
        pytest.param("| Kriteria | Bobot | A | B |", [1, 0], id="two-levels"),
        pytest.param("| Kriteria | Bobot | A | B | C | D |", [1, Fraction(2, 3), Fraction(1, 3), 0], id="equal-steps"),
        pytest.param("| Kriteria | Bobot | A | B (60) | C |", [1, Fraction(3, 5), 0], id="percentage"),
        pytest.param("| Kriteria | Bobot | A | B (60%) | C |", [1, Fraction(3, 5), 0], id="percentage-with-its-sign"),
        pytest.param(
            "| Kriteria | Bobot | A | B (62,5) | C (10) |", [1, Fraction(5, 8), Fraction(1, 10)], id="percentages"
        ),
        pytest.param("| kriteria | BOBOT | A | B |", [1, 0], id="case-of-the-columns"),
        pytest.param("| Criteria | Weight | A | B |", [1, 0], id="english-columns"),
        pytest.param("Kriteria | Bobot | A | B", [1, 0], id="no-outer-bars"),
        pytest.param("| Kriteria | Bobot (%) | A | B |", [1, 0], id="weight-in-percent"),
        pytest.param("| Kriteria | Bobot % | A | B |", [1, 0], id="weight-with-a-percent-sign"),
        pytest.param("| **Kriteria** | **Bobot** | A | B |", [1, 0], id="bold-columns"),
    ],
)
def test_levels(head: str, found: list[Fraction]) -> None:
    assert shares(rubric(head, "|---|---|" + "---|" * (len(found)), "| Isi | 1 |")) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param(("| a | 40 |", "| b | 60 |"), [Fraction(2, 5), Fraction(3, 5)], id="of-a-hundred"),
        pytest.param(("| a | 1 |", "| b | 2 |"), [Fraction(1, 3), Fraction(2, 3)], id="normalised"),
        pytest.param(("| a | 0,5 |", "| b | 1.5 |"), [Fraction(1, 4), Fraction(3, 4)], id="decimals"),
        pytest.param(("| a | 20% |", "| b | 60 % |"), [Fraction(1, 4), Fraction(3, 4)], id="percent-signs"),
    ],
)
def test_weights(rows: tuple[str, ...], found: list[Fraction]) -> None:
    assert weights(rubric(HEAD, RULE, *rows)) == found


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        pytest.param("| Semua | 100 | | | |", [("K035", 8)], id="empty-cells"),
        pytest.param("| Semua | 100 |", [("K035", 8)], id="missing-cells"),
        pytest.param("| Totalitas | 100 | utuh | | |", [], id="one-level-says-something"),
    ],
)
def test_a_criterion_that_says_nothing_among_others_that_do(row: str, problems: list[tuple[str, int]]) -> None:
    assert warnings("jenis: esai", "", HEAD, RULE, *ROWS, row) == problems


def test_cells_may_be_missing_and_hold_bars_when_escaped_or_in_code() -> None:
    found = rubric(HEAD, RULE, "| `a|b` | 1 | x \\| y |")
    assert found.criteria == (Criterion("`a|b`", Fraction(1), ("x \\| y", "", "")),)


def test_the_last_table_with_weights_is_the_rubric() -> None:
    lines = ("| Bobot | x |", "|---|---|", "| 1 | 2 |", "", HEAD, RULE, *ROWS, "", "> Bahas.")
    question = one("jenis: esai", "kata: 150", "", *lines)
    assert question.stem == "| Bobot | x |\n|---|---|\n| 1 | 2 |"
    assert question.explanation == "Bahas."
    assert isinstance(question.answer, Essay) and question.answer.words == 150
    assert question.kind is Kind.ESSAY


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        pytest.param(("jenis: esai", "", "Jelaskan."), [("K034", 2, 1)], id="no-rubric-told-at-jenis"),
        pytest.param(("poin: 2", "jenis: essay"), [("K034", 3, 1)], id="no-rubric-told-at-jenis-below"),
        pytest.param(
            ("jenis: esai", "", "| a | b |", "|---|---|", "| 1 | 2 |"), [("K034", 2, 1)], id="a-table-without-weights"
        ),
        pytest.param(("", HEAD, RULE, *ROWS), [("K001", 6, 1)], id="esai-needs-its-jenis"),
        pytest.param(("jenis: esai", "", HEAD, RULE), [("K035", 5, 1)], id="no-criteria"),
        pytest.param(
            ("jenis: esai", "", "| Kriteria | Bobot |", "|---|---|", "| a | 1 |"), [("K035", 4, 1)], id="no-levels"
        ),
        pytest.param(
            ("jenis: esai", "", "| Kriteria | Bobot | A |", "|---|---|---|", "| a | 1 |"),
            [("K035", 4, 1)],
            id="one-level",
        ),
        pytest.param(
            ("jenis: esai", "", "| Bobot | Kriteria | A | B |", "|---|---|---|---|", "| 1 | a |"),
            [("K035", 4, 1)],
            id="columns-in-another-order",
        ),
        pytest.param(("jenis: esai", "", HEAD, RULE, "| a | nol |"), [("K035", 6, 1)], id="weight-is-no-number"),
        pytest.param(("jenis: esai", "", HEAD, RULE, "| a | 0 |"), [("K035", 6, 1)], id="weight-is-zero"),
        pytest.param(("jenis: esai", "", HEAD, RULE, "| a |"), [("K035", 6, 1)], id="weight-is-missing"),
        pytest.param(("jenis: esai", "", HEAD, RULE, "| | 1 |"), [("K035", 6, 1)], id="criterion-without-a-name"),
        pytest.param(
            ("jenis: esai", "", HEAD, RULE, "| a | 1 | b | c | d | e |"), [("K035", 6, 1)], id="too-many-cells"
        ),
        pytest.param(("jenis: esai", "", HEAD, RULE, "| a | 1 |", "| a | 2 |"), [("K012", 7, 1)], id="equal-criteria"),
        pytest.param(
            ("jenis: esai", "", HEAD.replace("Cukup", "Cukup (120)"), RULE, "| a | 1 |"),
            [("K035", 4, 1)],
            id="levels-must-fall",
        ),
        *(
            pytest.param(("jenis: esai", "", HEAD, RULE, *ROWS, row), [("K035", 8, 1)], id=f"no-criterion-{row}")
            for row in (
                "| Total | 100 | | | |",
                "| Jumlah | 100 | a | b | c |",
                "| **Total** | **100** | | | |",
                "| Jumlah bobot: | | | | |",
                "| Total | 100 |",
            )
        ),
        pytest.param(("jenis: esai", "", HEAD, RULE, *ROWS, "", "teks"), [("K006", 9, 1)], id="text-below-the-rubric"),
        pytest.param(("jenis: esai", "", "= a", "", HEAD, RULE, *ROWS), [("K007", 1, 1)], id="rubric-and-keys"),
        pytest.param(
            ("jenis: esai", "", "- [x] a", "- [ ] b", "", HEAD, RULE, *ROWS), [("K007", 1, 1)], id="rubric-and-boxes"
        ),
        pytest.param(("jenis: esai", "kata: banyak", "", HEAD, RULE, *ROWS), [("K015", 3, 1)], id="words-are-a-number"),
        pytest.param(
            ("jenis: esai", "", HEAD, RULE, "| a | x |", "| b | y |"),
            [("K035", 6, 1), ("K035", 7, 1)],
            id="all-at-once",
        ),
    ],
)
def test_what_is_wrong_with_rubrics(lines: tuple[str, ...], problems: list[tuple[str, int, int]]) -> None:
    assert errors(*lines) == problems


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param(
            "1 Sangat tidak setuju … 5 Sangat setuju", Scale(1, 5, "Sangat tidak setuju", "Sangat setuju"), id="words"
        ),
        pytest.param("1 Tidak ... 5 Ya", Scale(1, 5, "Tidak", "Ya"), id="three-points"),
        pytest.param("0 Tidak … 11 Ya", Scale(0, 11, "Tidak", "Ya"), id="widest"),
        pytest.param("1 … 5", Scale(1, 5), id="without-words"),
        *(
            pytest.param(f"1{mark} Tidak … 5{mark} Ya", Scale(1, 5, "Tidak", "Ya"), id=f"number{mark}")
            for mark in (" =", "=", " -", " –", ".", ")", ":", " :")
        ),
        pytest.param("0 - 3 jam … 5 – 8 jam", Scale(0, 5, "- 3 jam", "– 8 jam"), id="numbers-from-to-in-words"),
        pytest.param("  1 Tidak … 5 Ya", Scale(1, 5, "Tidak", "Ya"), id="indented"),
        pytest.param(
            "1 Kurang dari 3 jam … 5 Lebih dari 10 jam",
            Scale(1, 5, "Kurang dari 3 jam", "Lebih dari 10 jam"),
            id="numbers-in-words",
        ),
    ],
)
def test_scale(line: str, found: Scale) -> None:
    question = one("jenis: skala", "", "Seberapa setuju Anda?", "", line, "", "> Terima kasih.")
    assert question.answer == found
    assert (question.kind, question.stem, question.explanation) == (
        Kind.SCALE,
        "Seberapa setuju Anda?",
        "Terima kasih.",
    )
    assert question.points == 0
    assert one("kind: scale", line).answer == found


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        pytest.param(("1 Tidak … 5 Ya",), [("K001", 2, 1)], id="skala-needs-its-jenis"),
        pytest.param(("jenis: skala", "", "Setuju?"), [("K001", 4, 1)], id="no-scale-told-on-the-last-line"),
        pytest.param(("jenis: skala", "5 Ya … 1 Tidak"), [("K036", 3, 1)], id="falling"),
        pytest.param(("jenis: skala", "0 Tidak … 12 Ya"), [("K036", 3, 1)], id="too-wide"),
        pytest.param(("jenis: skala", "3 Tidak … 3 Ya"), [("K036", 3, 1)], id="nothing-to-choose"),
        pytest.param(("jenis: skala", "1 Tidak … 5 Ya", "teks"), [("K006", 4, 1)], id="text-below-the-scale"),
        pytest.param(
            ("jenis: skala", "- [x] a", "- [ ] b", "", "1 Tidak … 5 Ya"), [("K007", 1, 1)], id="scale-and-boxes"
        ),
        pytest.param(("jenis: tanggapan", "= a"), [("K007", 1, 1)], id="comment-and-keys"),
        pytest.param(("jenis: tanggapan", "Isi [[a]]."), [("K007", 1, 1)], id="comment-and-blanks"),
        pytest.param(("Apa pendapat Anda?",), [("K001", 2, 1)], id="tanggapan-needs-its-jenis"),
        pytest.param(("jenis: esei",), [("K018", 2, 1)], id="an-unknown-jenis-is-told-once"),
        pytest.param(("jenis:", "= a"), [("K018", 2, 1)], id="an-empty-jenis"),
    ],
)
def test_what_is_wrong_with_scales_and_comments(lines: tuple[str, ...], problems: list[tuple[str, int, int]]) -> None:
    assert errors(*lines) == problems


def test_a_comment_is_all_stem() -> None:
    question = one("jenis: tanggapan", "kata: 50", "", "Apa kesan Anda?", "", "1. satu", "", "> kutipan")
    assert question.stem == "Apa kesan Anda?\n\n1. satu\n\n> kutipan"
    assert (question.kind, question.answer, question.explanation) == (Kind.COMMENT, Comment(50), "")
    assert question.points == 0
    assert one("kind: comment").answer == Comment()


def test_skala_and_tanggapan_need_no_reading_to_go_back_to() -> None:
    assert warnings("jenis: skala", "1 Tidak … 5 Ya", without="") == []
    assert warnings("jenis: tanggapan", without="") == []
    assert warnings("= a", without="") == [("K022", 1)]


def test_points_mean_nothing_without_right_or_wrong() -> None:
    assert warnings("jenis: skala", "poin: 2", "1 Tidak … 5 Ya") == [("K038", 3)]
