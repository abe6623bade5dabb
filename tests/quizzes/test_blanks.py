"""`isian`: blanks in the stem, by the rules of section 4."""

from decimal import Decimal

import pytest

from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.blanks import Blanks, Gap, Menu
from quizzes.numbers import Number
from quizzes.questions import parse_questions
from quizzes.quiz import parse_check, render_check
from quizzes.words import Kind
from tests.quizzes.reading import answer, errors, one, warnings

pytestmark = pytest.mark.pure


def text(*keys: str, tolerance: int = 0) -> Gap:
    return Gap(TextAnswer(keys, (), tolerance))


@pytest.mark.parametrize(
    ("lines", "blanks"),
    [
        pytest.param(("Ibu kotanya [[Mataram]].",), (text("Mataram"),), id="gap"),
        pytest.param(("[[Mataram|Kota Mataram]]",), (text("Mataram", "Kota Mataram"),), id="bar"),
        pytest.param(("[[Mataram \\| Kota Mataram]]",), (text("Mataram", "Kota Mataram"),), id="escaped-bar"),
        pytest.param(
            ("[[a]] dan [[b]]", "", "lalu [[c]]"), (text("a"), text("b"), text("c")), id="in-the-order-they-stand"
        ),
        pytest.param(("[[*tinggi / rendah]]",), (Menu(("tinggi", "rendah"), "tinggi"),), id="menu"),
        pytest.param(
            ("[[tinggi / * rendah / sedang]]",), (Menu(("tinggi", "rendah", "sedang"), "rendah"),), id="menu-of-three"
        ),
        pytest.param(("[[km/jam]]",), (text("km/jam"),), id="slash-without-spaces-is-text"),
        pytest.param(("[[1956]]",), (Gap(NumberAnswer((Number(Decimal(1956)),))),), id="number"),
        pytest.param(
            ("[[3,14 ± 0,01]]",),
            (Gap(NumberAnswer((Number(Decimal("3.14"), Decimal("0.01")),))),),
            id="number-with-tolerance",
        ),
        pytest.param(("[[5|lima]]",), (text("5", "lima"),), id="not-all-numbers"),
        pytest.param(
            (
                "[[Kota",
                "Mataram]]",
            ),
            (text("Kota Mataram"),),
            id="over-two-lines",
        ),
        pytest.param(("toleransi: 1", "[[Mataram]]"), (text("Mataram", tolerance=1),), id="tolerance"),
        pytest.param(("[[istilah: LoI]] [[a]]",), (text("a"),), id="a-term-is-no-blank"),
        pytest.param(("[[ Istilah:LoI|surat]] [[a]]",), (text("a"),), id="a-term-in-any-spelling"),
        pytest.param(
            ("[[term: LoI]] [[istilah : LoI]] [[TERM : a|b]] [[a]]",), (text("a"),), id="a-term-as-lessons-read-it"
        ),
        pytest.param(("[[**Mataram** | Kota]]",), (text("Mataram", "Kota"),), id="bold-is-no-key"),
        pytest.param(("[[***tinggi** / rendah]]",), (Menu(("tinggi", "rendah"), "tinggi"),), id="star-and-bold"),
        pytest.param(("[[*tinggi* / **rendah**]]",), (Menu(("tinggi", "rendah"), "tinggi"),), id="menu-in-italics"),
        pytest.param(("[[* **tinggi** / rendah]]",), (Menu(("tinggi", "rendah"), "tinggi"),), id="star-before-bold"),
        pytest.param(("[[***tinggi*** / rendah]]",), (Menu(("tinggi", "rendah"), "tinggi"),), id="bold-italics"),
        pytest.param(("`[[kode]]` [[a]]",), (text("a"),), id="code-has-no-blank"),
        pytest.param(("```", "[[kode]]", "```", "[[a]]"), (text("a"),), id="a-fence-has-no-blank"),
        pytest.param(("1. satu [[a]]", "2. dua [[b]]"), (text("a"), text("b")), id="blanks-before-ordered-list"),
        pytest.param(("| a | [[b]] |", "|---|---|", "| 1 | [[c]] |"), (text("b"), text("c")), id="in-a-table"),
        pytest.param(("> [[a]] dalam kutipan",), (text("a"),), id="in-a-quote"),
        pytest.param(("::: kasus", "[[a]]", ":::"), (text("a"),), id="in-a-box"),
        pytest.param(("jenis: isian", "[[a]]"), (text("a"),), id="jenis-isian"),
        pytest.param(("jenis: blanks", "[[a]]", "", "1. satu", "2. dua"), (text("a"),), id="an-ordered-list-is-stem"),
        pytest.param(("[[lihat [a](b.md)]]",), (text("lihat [a](b.md)"),), id="single-brackets-inside"),
    ],
)
def test_blanks(lines: tuple[str, ...], blanks: tuple[Gap | Menu, ...]) -> None:
    assert answer(Blanks, *lines) == Blanks(blanks)
    assert one(*lines).kind is Kind.BLANKS


def test_blanks_of_the_heading_come_first_and_stay_out_of_its_id() -> None:
    question = one("Dan [[b]].", heading="## Ibu kota NTB adalah [[Mataram]]?")
    assert question.answer == Blanks((text("Mataram"), text("b")))
    assert question.id == "ibu-kota-ntb-adalah"
    assert one(heading="## [[Mataram]]").id == "soal"
    found = parse_questions("Ibu kota [[Mataram]].\n", 1, "a.md", frozenset({2}), alone="")
    assert found.questions[0].id == "ibu-kota"


@pytest.mark.parametrize(
    ("lines", "stem", "explanation"),
    [
        pytest.param(("[[a]]", "", "> Bahas."), "[[a]]", "Bahas.", id="a-quote-at-the-end-explains"),
        pytest.param(("> kutipan", "", "[[a]]"), "> kutipan\n\n[[a]]", "", id="a-quote-above-is-stem"),
        pytest.param(
            ("[[a]]", "", "> kutipan", "", "teks"), "[[a]]\n\n> kutipan\n\nteks", "", id="a-quote-between-is-stem"
        ),
        pytest.param(("[[a]]", "> kutipan"), "[[a]]\n> kutipan", "", id="a-quote-directly-below-is-stem"),
        pytest.param(("", "> [[a]]"), "> [[a]]", "", id="a-quote-with-a-blank-is-stem"),
        pytest.param(
            ("> satu [[a]]", "", "> dua [[b]]"), "> satu [[a]]\n\n> dua [[b]]", "", id="quotes-that-ask-are-stem"
        ),
        pytest.param(
            ("> satu [[a]]", "", "> **Pembahasan.** Dua."),
            "> satu [[a]]",
            "**Pembahasan.** Dua.",
            id="named-explanation",
        ),
        pytest.param(
            ("[[a]]", "", "> satu", "", "> dua", "malas"), "[[a]]", "satu\n\ndua\nmalas", id="two-quotes-explain"
        ),
    ],
)
def test_stem_and_explanation(lines: tuple[str, ...], stem: str, explanation: str) -> None:
    question = one(*lines)
    assert (question.stem, question.explanation) == (stem, explanation)


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        pytest.param(("[[a / b]]",), [("K031", 2, 1)], id="menu-without-a-star"),
        pytest.param(("x [[*a / *b]]",), [("K031", 2, 3)], id="menu-with-two-stars"),
        pytest.param(("[[*a/b]]",), [("K031", 2, 1)], id="menu-without-spaces"),
        pytest.param(("[[a/*b]]",), [("K031", 2, 1)], id="menu-without-spaces-starred-last"),
        pytest.param(("[[*a | b]]",), [("K031", 2, 1)], id="menu-with-a-bar"),
        pytest.param(("[[a | *b*]]",), [("K031", 2, 1)], id="star-outside-a-menu"),
        pytest.param(("[[**a** / b]]",), [("K031", 2, 1)], id="bold-is-no-star"),
        pytest.param(("[[*a / a]]",), [("K012", 2, 1)], id="menu-with-equal-parts"),
        pytest.param(("[[*a / ]]",), [("K032", 2, 1)], id="menu-with-an-empty-part"),
        pytest.param(("[[* / b]]",), [("K032", 2, 1)], id="menu-with-an-empty-star"),
        pytest.param(("a [[ ]]",), [("K032", 2, 3)], id="empty"),
        pytest.param(("[[]]",), [("K032", 2, 1)], id="nothing-inside"),
        pytest.param(("a", "b [[c"), [("K032", 3, 3)], id="not-closed"),
        pytest.param(("[[a", "", "b]]"), [("K032", 2, 1)], id="not-closed-in-its-paragraph"),
        pytest.param(("[[a]]", "", "> Kota [[a]] itu."), [("K048", 4, 8)], id="blank-in-the-last-quote"),
        pytest.param(("", "> [[a]]", "", "> **Pembahasan.** [[a]]"), [("K048", 5, 19)], id="blank-in-what-explains"),
        pytest.param(("> **Pembahasan.** [[a]]",), [("K048", 2, 19)], id="only-in-the-explanation"),
        pytest.param(("[[a|]]",), [("K029", 2, 1)], id="empty-alternative"),
        pytest.param(("[[3 ±]]",), [("K024", 2, 1)], id="plus-minus-and-no-number"),
        pytest.param(
            ("[[a]] [[b / c]] [[", "[[ ]]"), [("K031", 2, 7), ("K032", 2, 17), ("K032", 3, 1)], id="all-at-once"
        ),
        pytest.param(("jenis: isian", "Tanpa isian."), [("K001", 3, 1)], id="jenis-isian-without-blanks"),
        pytest.param(("jenis: isian", "`[[kode]]`"), [("K001", 3, 1)], id="code-is-no-blank"),
        pytest.param(("jenis: isian", "[[a]]", "= b"), [("K007", 1, 1)], id="two-kinds-of-answers"),
        pytest.param(("Isi [[a.", "- [x] A", "- [ ] B"), [("K032", 2, 5)], id="not-closed-above-options"),
    ],
)
def test_what_is_wrong_with_blanks(lines: tuple[str, ...], problems: list[tuple[str, int, int]]) -> None:
    assert errors(*lines) == problems


def test_a_blank_in_the_heading_is_told_of_there() -> None:
    assert errors(heading="## Ibu kota [[a / b]] {#a}") == [("K031", 1, 13)]


def test_two_readings_are_warned_about() -> None:
    assert warnings("[[1.500]]") == [("K025", 2)]


def test_the_key_is_not_in_what_is_rendered() -> None:
    body = "### Ibu kota [[Mataram]] {#a}\nlihat: a.md\n\nDi [[Lombok]]:\n\n```\n[[kode]]\n```\n"
    rendered = str(render_check(parse_check(body, 1, "a.md").definition, lambda target: target))
    assert "Mataram" not in rendered and "Lombok" not in rendered and "[[kode]]" in rendered
