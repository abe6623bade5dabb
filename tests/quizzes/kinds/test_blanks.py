"""`isian`: blanks to fill in where they stand, by the rules of format.md section 4, which the comments quote."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import DomainError
from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.blanks import Blanks, Gap, Menu
from quizzes.kinds import blanks as blanks_kind
from quizzes.kinds.blanks import BLANKS, CLOSE, OPEN, BlankView, asked, cut
from quizzes.numbers import Number
from quizzes.options import key_of
from quizzes.questions import parse_questions
from quizzes.words import Credit, Kind
from tests.quizzes.kinds.sending import parts, read, rendered, reveal, right, sent, share, show
from tests.quizzes.pieces import LINES
from tests.quizzes.reading import one

pytestmark = pytest.mark.pure

TWO = ("Ibu kota NTB adalah [[Mataram|Kota Mataram]], penduduknya [[495,7 ± 0,5]] ribu.",)
MENU = ("Tekanannya [[*tinggi / rendah / sedang]].",)
HIGH, LOW = key_of("tinggi"), key_of("rendah")


# "share of blanks right, each judged like a text or number"
@pytest.mark.parametrize(
    ("lines", "value", "worth"),
    [
        (TWO, ("Mataram", "495,7"), 1),
        (TWO, ("kota  mataram.", "496.2"), 1),
        (TWO, ("Mataram", "496,21"), Fraction(1, 2)),
        (TWO, ("Mataram", ""), Fraction(1, 2)),
        (TWO, ("", "495,7"), Fraction(1, 2)),
        (TWO, ("495,7", "Mataram"), 0),
        (TWO, ("Denpasar", "1"), 0),
        (TWO, ("Mataram",), Fraction(1, 2)),
        (TWO, ("Mataram", "495,7", "lagi"), 1),
        (MENU, (HIGH,), 1),
        (MENU, (LOW,), 0),
        (MENU, ("tinggi",), 0),
        (("toleransi: 1", "[[Mataram]]"), ("Mataran",), 1),
        (("[[Mataram]]",), ("Mataran",), 0),
        (("[[1500]]",), ("1.500",), 1),
        (("[[a]] [[b]] [[c]]",), ("a", "x", "c"), Fraction(2, 3)),
    ],
)
def test_share(lines: tuple[str, ...], value: tuple[str, ...], worth: Fraction) -> None:
    assert share(one(*lines), *value) == worth


def test_a_blank_waits_only_if_what_is_in_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        blanks_kind.text, "is_right", lambda answer, written: {"lama": None, "benar": True}.get(written, False)
    )
    question = one("[[a]] [[b]]")
    assert share(question, "lama", "benar") is None
    assert share(question, "lama", "") is None
    assert share(question, "benar", "lain") == Fraction(1, 2)


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({}, []),
        ({"1": [""], "2": [" "], "3": [""]}, []),
        ({"1": [" Mataram "], "2": ["7"], "3": [LOW]}, ["Mataram", "7", LOW]),
        ({"2": ["7"]}, ["", "7", ""]),
        ({"3": [HIGH], "9": ["x"], "": ["y"]}, ["", "", HIGH]),
    ],
)
def test_reading(fields: Mapping[str, Sequence[str]], value: list[str]) -> None:
    assert BLANKS.read(one(*TWO, *MENU).answer, sent(fields)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [{"1": ["a", "b"]}, {"3": ["tinggi"]}, {"3": [f"3:{HIGH}"]}, {"3": [HIGH, LOW]}, {"1": ["x" * 1001]}],
)
def test_what_no_page_sends_is_refused(fields: Mapping[str, Sequence[str]]) -> None:
    with pytest.raises(DomainError):
        BLANKS.read(one(*TWO, *MENU).answer, sent(fields))  # type: ignore[arg-type]


def shape(pieces: Sequence[str | BlankView]) -> list[str | int]:
    return [piece.number if isinstance(piece, BlankView) else piece for piece in pieces]


def test_fields_stand_in_the_stem() -> None:
    view = show(one("Kota [[a]] dan **[[b]]**."))
    assert shape(view.pieces) == ["<p>Kota ", 1, " dan <strong>", 2, "</strong>.</p>"]
    assert view.above == ()
    assert [blank.number for blank in view.blanks] == [1, 2]


# "in a heading too, left out of its id": no field can stand there
def test_a_blank_of_the_heading_is_numbered_first_and_answered_below() -> None:
    question = one("Lalu [[b]].", heading="## Ibu kota NTB adalah [[Mataram]], bukan [[Denpasar / *Bima]]?")
    assert rendered(question)["title"] == "Ibu kota NTB adalah (1) ……, bukan (2) ……?"
    view = show(question)
    assert [blank.number for blank in view.above] == [1, 2]
    assert shape(view.pieces) == ["<p>Lalu ", 3, ".</p>"]


def test_a_bracket_before_a_blank_of_the_heading_makes_no_link() -> None:
    assert rendered(one(heading="## Kota [itu][[Mataram]] {#a}"))["title"] == "Kota [itu](1) ……"


@pytest.mark.parametrize(
    ("stem", "pieces", "above"),
    [
        pytest.param("`[[kode]]` [[a]]", ["<p><code>[[kode]]</code> ", 1, "</p>"], [], id="not-in-code"),
        pytest.param("pra[[a]]an", ["<p>pra", 1, "an</p>"], [], id="in-a-word"),
        pytest.param("[[a]][[b]]", ["<p>", 1, 2, "</p>"], [], id="one-after-the-other"),
        pytest.param(
            "[lihat [[a]]](b.md) [[b]]",
            ['<p><a href="b.md">lihat (1) ……</a> ', 2, "</p>"],
            [1],
            id="not-in-a-link",
        ),
        pytest.param("> Kutipan [[a]]", ["<blockquote>\n<p>Kutipan ", 1, "</p>\n</blockquote>"], [], id="in-a-quote"),
        pytest.param(
            "1. satu [[a]]\n2. dua [[b]]",
            ["<ol>\n<li>satu ", 1, "</li>\n<li>dua ", 2, "</li>\n</ol>"],
            [],
            id="in-a-list",
        ),
    ],
)
def test_where_fields_stand(stem: str, pieces: list[str | int], above: list[int]) -> None:
    view = show(one("jenis: isian", "", *stem.split("\n")))
    assert shape(view.pieces) == pieces
    assert [blank.number for blank in view.above] == above


def test_in_a_picture_s_words_no_field_can_stand() -> None:
    view = show(one("Gambar ![peta [[a]] itu](media/peta.svg) di sini, [[b]]."))
    assert [blank.number for blank in view.above] == [1]
    html = "".join(piece for piece in view.pieces if isinstance(piece, str))
    assert "peta …… itu" in html
    assert OPEN not in html and CLOSE not in html


def test_nobody_can_forge_the_place_of_a_blank() -> None:
    forged = f"{OPEN}1{CLOSE} &#xFDD0;1&#xFDD1; &#64976;1&#64977; `{OPEN}1{CLOSE}` [[a]]"
    assert [piece for piece in shape(show(one(forged, heading=f"## {OPEN}1{CLOSE} {{#a}}")).pieces) if piece == 1] == [
        1
    ]
    assert shape(show(one(forged)).pieces)[1:] == [1, "</p>"]


def mark(number: int) -> str:
    return f"{OPEN}{number}{CLOSE}"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[[a]]\n[[b]]", f"{mark(2)}\n{mark(3)}"),
        (f"Satu {mark(1)}: [[b]]", f"Satu 1: {mark(2)}"),
        ("```\n[[kode]]\n```\n[[b]]", f"```\n[[kode]]\n```\n{mark(2)}"),
        ("~~~\n[[kode]]\n~~~\n[[b]]", f"~~~\n[[kode]]\n~~~\n{mark(2)}"),
        ("```\nsatu\n\n[[kode]]\n```\n[[b]]", f"```\nsatu\n\n[[kode]]\n```\n{mark(2)}"),
        # code ends with its paragraph, so what stands after one backtick is no code
        ("satu ` [[a]]\n\n` dua", f"satu ` {mark(2)}\n\n` dua"),
    ],
)
def test_of_a_stem_only_its_blanks_are_another_text_as_it_is_asked(written: str, shown: str) -> None:
    assert asked(f"{mark(7)} [[x]]", written) == (r"7 \(1\) ……", shown)


def test_what_has_no_blanks_is_not_cut() -> None:
    assert (cut("teks"), cut("")) == (["teks"], [])


def test_a_place_nobody_answers_and_one_that_comes_twice_are_only_shown() -> None:
    html = f"<p>{OPEN}1{CLOSE} {OPEN}1{CLOSE} {OPEN}</p>"
    assert cut(html) == ["<p>", 1, " (1) …… </p>"]


def test_a_menu_has_words_and_keys_in_the_order_given() -> None:
    question = one("[[*Kota *Mataram* / `x` & y]]")
    keys = parts(question)
    assert keys == [f"1:{key_of('Kota *Mataram*')}", f"1:{key_of('`x` & y')}"]
    view = BLANKS.show(question.answer, rendered(question), keys[::-1], [])  # type: ignore[arg-type]
    (blank,) = view.blanks
    assert [words for _key, words in blank.choices] == ["x & y", "Kota Mataram"]


def test_the_key_is_shown_only_when_it_may_be() -> None:
    question = one("Di [[Lombok]] [[*tinggi / rendah]] [[7|9]].", heading="## Ibu kota [[Mataram]]? {#a}")
    shown = str(show(question, ["x", "y", LOW, "3"]))
    assert "Mataram" not in shown and "Lombok" not in shown and "9" not in re.sub("[0-9a-f]{10}", "", shown)
    assert all(blank.is_right is None and blank.right == () for blank in show(question, ["x", "y", LOW, "3"]).blanks)
    told = reveal(question, ["mataram", "y", LOW, ""]).blanks
    assert [blank.is_right for blank in told] == [True, False, False, False]
    assert [blank.right for blank in told] == [("Mataram",), ("Lombok",), ("tinggi",), ("7", "9")]
    assert [blank.words for blank in told] == ["mataram", "y", "rendah", ""]


def test_only_what_is_judged_says_so_and_nothing_stands_in_a_blank_nobody_filled() -> None:
    question = one("[[a]] [[*b / c]]")
    assert (show(question).is_judged, reveal(question).is_judged) == (False, True)
    assert [blank.text for blank in (*show(question).blanks, *reveal(question).blanks)] == [""] * 4


def test_a_phone_offers_digits_alone_where_no_minus_may_be_needed() -> None:
    assert [blank.asks_number for blank in show(one("[[7]] [[-3]] [[a]] [[*b / c]]")).blanks] == [True, *[False] * 3]


def test_what_is_shown_of_a_menu_does_not_tell_which_part_is_right() -> None:
    assert show(one("[[*tinggi / rendah]]")) == show(one("[[tinggi / *rendah]]"))


def test_what_is_read_is_what_is_right() -> None:
    question = one(*TWO, *MENU)
    assert read(question, _1="Mataram", _2="495,7", _3=HIGH) == right(question) == ["Mataram", "495,7", HIGH]


WORDS = st.text("abcdefgh ", min_size=1, max_size=12).filter(lambda word: word.strip() == word)
TEXTS = st.builds(TextAnswer, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.just(()), st.integers(0, 2))
NUMBERS = st.builds(lambda value: NumberAnswer((Number(Decimal(value)),)), st.integers(-99, 99))
MENUS = st.lists(WORDS, min_size=2, max_size=4, unique=True).flatmap(
    lambda found: st.builds(Menu, st.just(tuple(found)), st.sampled_from(found))
)
ANY = st.lists(st.builds(Gap, TEXTS | NUMBERS) | MENUS, min_size=1, max_size=5).map(tuple).map(Blanks)


@given(ANY, st.lists(st.text(max_size=10), max_size=7))
def test_a_share_is_between_nothing_and_all_and_the_right_answer_earns_all(answer: Blanks, value: list[str]) -> None:
    worth = BLANKS.share(answer, value, Credit.PROPORTIONAL)
    assert worth is not None and 0 <= worth <= 1
    best = BLANKS.right(answer)
    assert BLANKS.share(answer, best, Credit.PROPORTIONAL) == 1
    for place in range(len(best)):
        less = [*best[:place], "", *best[place + 1 :]]
        assert BLANKS.share(answer, less, Credit.PROPORTIONAL) == 1 - Fraction(1, len(best))


@given(ANY, st.dictionaries(st.sampled_from("12345"), st.lists(st.text(max_size=5), max_size=2)))
def test_no_field_breaks_reading(answer: Blanks, fields: dict[str, list[str]]) -> None:
    try:
        value = BLANKS.read(answer, sent(fields))
    except DomainError:
        return
    assert value == [] or (len(value) == len(answer.blanks) and any(value))


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["", "[[judul]] ", "`[[kode]]` "]))
def test_every_blank_of_any_text_has_one_field_and_its_key_is_nowhere(lines: list[str], title: str) -> None:
    text = "\n".join([f"## {title}Soal {{#soal}}", *lines, "", "Akhirnya [[rahasia]]."])
    for question in parse_questions(text, 1, "a.md", frozenset({2})).questions:
        if question.kind is Kind.BLANKS:
            assert isinstance(question.answer, Blanks)
            view = show(question)
            assert [blank.number for blank in view.blanks] == list(range(1, len(question.answer.blanks) + 1))
            html = "".join(piece for piece in view.pieces if isinstance(piece, str))
            assert OPEN not in html and CLOSE not in html
            html = rendered(question)["title"] + rendered(question)["stem"]
            assert not any(key in html for key in ("rahasia", "judul") if key in right(question))


@given(st.lists(st.sampled_from(LINES), max_size=10))
def test_as_many_places_are_marked_as_there_are_blanks(lines: list[str]) -> None:
    for question in parse_questions("\n".join(["## Soal {#soal}", *lines]), 1, "a.md", frozenset({2})).questions:
        if isinstance(question.answer, Blanks):
            title, stem = asked(question.stem_title, question.stem)
            assert title.count("……") + stem.count(OPEN) == len(question.answer.blanks)
