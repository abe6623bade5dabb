"""`teks` and `angka`: keys behind `=`, by the rules of section 4."""

from decimal import Decimal

import pytest

from quizzes import patterns
from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.numbers import Number, read_number, readings
from quizzes.questions import parse_questions
from quizzes.words import Kind
from tests.quizzes.reading import answer, errors, one, warnings

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("lines", "keys", "found"),
    [
        pytest.param(("= Soldatos",), ("Soldatos",), (), id="one-key"),
        pytest.param(("= Panayotis Soldatos | Soldatos",), ("Panayotis Soldatos", "Soldatos"), (), id="bare-bar"),
        pytest.param(("= Panayotis Soldatos \\| Soldatos",), ("Panayotis Soldatos", "Soldatos"), (), id="escaped-bar"),
        pytest.param(("= a|b | c",), ("a", "b", "c"), (), id="bars-without-spaces"),
        pytest.param(("= a", "= b"), ("a", "b"), (), id="several-lines-are-more-answers"),
        pytest.param(("= a", "", "= b"), ("a", "b"), (), id="blank-lines-between"),
        pytest.param(("   = a",), ("a",), (), id="three-spaces-before"),
        pytest.param(("=\ta",), ("a",), (), id="tab-after-the-sign"),
        pytest.param(("=\u00a0a",), ("a",), (), id="no-break-space-after-the-sign"),
        pytest.param(
            ("= 169 | seratus enam puluh sembilan",), ("169", "seratus enam puluh sembilan"), (), id="not-all-numbers"
        ),
        pytest.param(("jenis: teks", "= 169"), ("169",), (), id="jenis-teks-keeps-numbers-as-text"),
        pytest.param(("jenis: text", "= 3 ±"), ("3 ±",), (), id="jenis-teks-keeps-everything"),
        pytest.param(("= /sol.*/",), (), ("sol.*",), id="pattern-alone"),
        pytest.param(("= /sol.*/  ",), (), ("sol.*",), id="spaces-behind-a-pattern"),
        pytest.param(("= /a|b/",), (), ("a|b",), id="bar-inside-a-pattern"),
        pytest.param(("= Soldatos", "= /p\\w+/"), ("Soldatos",), ("p\\w+",), id="pattern-beside-keys-on-other-lines"),
        pytest.param(("= km/jam",), ("km/jam",), (), id="slash-inside-is-text"),
        pytest.param(("= //",), ("//",), (), id="empty-pattern-is-text"),
        pytest.param(("= 28/2018",), ("28/2018",), (), id="number-of-a-law-is-text"),
        pytest.param(("= 50 %",), ("50 %",), (), id="percent-is-text"),
        pytest.param(("= 1e3",), ("1e3",), (), id="exponent-is-text"),
    ],
)
def test_keys_of_a_text(lines: tuple[str, ...], keys: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert answer(TextAnswer, *lines) == TextAnswer(keys, found)
    assert one(*lines).kind is Kind.TEXT


def test_tolerance_is_kept() -> None:
    assert answer(TextAnswer, "toleransi: 2", "= Soldatos").tolerance == 2
    assert answer(TextAnswer, "tolerance: 1", "= Soldatos").tolerance == 1


@pytest.mark.parametrize(
    ("key", "value", "within"),
    [
        pytest.param("169", "169", "0", id="whole"),
        pytest.param("3,14", "3.14", "0", id="comma"),
        pytest.param("3.14", "3.14", "0", id="point"),
        pytest.param("3,14 ± 0,01", "3.14", "0.01", id="plus-minus"),
        pytest.param("3,14±0,01", "3.14", "0.01", id="plus-minus-without-spaces"),
        pytest.param("3,14 +- 0.01", "3.14", "0.01", id="plus-minus-as-+-"),
        pytest.param("3,14 +/- 0,01", "3.14", "0.01", id="plus-minus-as-+/-"),
        pytest.param("-5", "-5", "0", id="negative"),
        pytest.param("−5", "-5", "0", id="minus-sign"),
        pytest.param("– 5", "-5", "0", id="dash-for-minus"),
        pytest.param("+7", "7", "0", id="positive-sign"),
        pytest.param("0,5", "0.5", "0", id="below-one"),
        pytest.param("1.500.000", "1500000", "0", id="groups-with-points"),
        pytest.param("1,500,000", "1500000", "0", id="groups-with-commas"),
        pytest.param("1.500,25", "1500.25", "0", id="groups-with-points-and-a-comma"),
        pytest.param("1,500.25", "1500.25", "0", id="groups-with-commas-and-a-point"),
        pytest.param("0.500", "0.500", "0", id="no-group-begins-with-zero"),
        pytest.param("1500.250", "1500.250", "0", id="a-group-has-three-digits-at-most"),
        pytest.param("17.508", "17508", "0", id="two-readings-the-indonesian-one-counts"),
        pytest.param("1,500", "1.500", "0", id="two-readings-with-a-comma"),
        pytest.param("070", "70", "0", id="decimal-not-octal"),
    ],
)
def test_keys_of_a_number(key: str, value: str, within: str) -> None:
    found = answer(NumberAnswer, f"= {key}")
    assert found == NumberAnswer((Number(Decimal(value), Decimal(within)),))
    assert one(f"= {key}").kind is Kind.NUMBER


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.500", ["1500", "1.5"]),
        ("1,500", ["1.5", "1500"]),
        ("-1.500", ["-1500", "-1.5"]),
        ("1.50", ["1.5"]),
        ("1.5000", ["1.5"]),
        ("1500", ["1500"]),
        (" 12 ", ["12"]),
        ("", []),
        ("dua", []),
        ("1.2.3", []),
        ("1.500.00", []),
        ("1,5,0", []),
        ("--1", []),
        ("1 500", []),
        (".5", []),
        ("5.", []),
        ("٣", []),
    ],
)
def test_readings_of_an_answer(text: str, meant: list[str]) -> None:
    assert list(readings(text)) == [Decimal(value) for value in meant]


@pytest.mark.parametrize("text", ["3 ± -1", "3 ± 1 ± 1", "±", "± 1", "3 ± x", ""])
def test_what_is_no_number_key(text: str) -> None:
    assert read_number(text) is None


def test_several_numbers_and_their_unit() -> None:
    found = answer(NumberAnswer, "satuan: km", "= 12 | 13", "= 14 ± 1")
    assert found.unit == "km"
    assert found.keys == (Number(Decimal(12)), Number(Decimal(13)), Number(Decimal(14), Decimal(1)))
    assert answer(NumberAnswer, "unit: persen", "= 5").unit == "persen"


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        pytest.param(("= 3,14 ±",), [("K024", 2, 3)], id="plus-minus-and-nothing"),
        pytest.param(("= 3,14 ± sedikit",), [("K024", 2, 3)], id="plus-minus-and-no-number"),
        pytest.param(("= 3 +-",), [("K024", 2, 3)], id="+-and-nothing"),
        pytest.param(("= tiga | 3 ± x",), [("K024", 2, 10)], id="also-among-texts"),
        pytest.param(("jenis: angka", "= tiga"), [("K024", 3, 3)], id="jenis-angka-must-agree"),
        pytest.param(("jenis: angka", "= 3 | tiga"), [("K024", 3, 7)], id="every-alternative-must-be-a-number"),
        pytest.param(("jenis: number", "= 3", "= /4/"), [("K024", 4, 3)], id="a-pattern-is-no-number"),
        pytest.param(("= a |", "= b"), [("K029", 2, 6)], id="empty-alternative-last"),
        pytest.param(("= a | | b",), [("K029", 2, 6)], id="empty-alternative-between"),
        pytest.param(("= | a",), [("K029", 2, 3)], id="empty-alternative-first"),
        pytest.param(("=",), [("K029", 2, 2)], id="empty-key"),
        pytest.param(("= /(/",), [("K026", 2, 3)], id="pattern-unbalanced"),
        pytest.param(("= /[a/",), [("K026", 2, 3)], id="pattern-open-class"),
        pytest.param(("= /*a/",), [("K026", 2, 3)], id="pattern-repeats-nothing"),
        pytest.param(("= /(?R)/",), [("K026", 2, 3)], id="pattern-recursion"),
        pytest.param(("= /a{e<=1}/",), [("K026", 2, 3)], id="pattern-fuzzy"),
        pytest.param((f"= /{'a' * 301}/",), [("K026", 2, 3)], id="pattern-too-long"),
        pytest.param(("= /(a+)+/",), [("K027", 2, 3)], id="pattern-repeats-a-repetition"),
        pytest.param(("= /(a|aa)+b/",), [("K027", 2, 3)], id="pattern-slow-on-a-probe"),
        pytest.param(("= /a/ | b",), [("K028", 2, 3)], id="pattern-beside-a-key"),
        pytest.param(("= b | /a/",), [("K028", 2, 3)], id="key-beside-a-pattern"),
        pytest.param(("= /a/ | /b/",), [("K028", 2, 3)], id="two-patterns-on-a-line"),
        pytest.param(("=Mataram",), [("K001", 2, 1), ("K005", 2, 1)], id="no-space-after-the-sign"),
        pytest.param(("= a", "=b"), [("K005", 3, 1), ("K006", 3, 1)], id="no-space-below-a-key"),
        pytest.param(("= a", "teks"), [("K006", 3, 1)], id="text-below"),
        pytest.param(("= a", "", "- butir"), [("K006", 4, 1)], id="list-below"),
        pytest.param(("= a", "teks", "= b"), [("K006", 3, 1)], id="text-between"),
        pytest.param(("= a", "", "> Bahas.", "", "teks"), [("K006", 6, 1)], id="text-below-the-explanation"),
        pytest.param(
            ("= /(/", "= /[/", "= |"),
            [("K026", 2, 3), ("K026", 3, 3), ("K029", 4, 3), ("K029", 4, 4)],
            id="all-at-once",
        ),
        pytest.param(("toleransi: banyak", "= a"), [("K015", 2, 1)], id="tolerance-is-a-number"),
        pytest.param(("toleransi: -1", "= a"), [("K015", 2, 1)], id="tolerance-is-not-negative"),
    ],
)
def test_what_is_wrong_with_keys(lines: tuple[str, ...], problems: list[tuple[str, int, int]]) -> None:
    assert errors(*lines) == problems


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        pytest.param(("= 1.500",), [("K025", 2)], id="two-readings"),
        pytest.param(("= 1,500",), [("K025", 2)], id="two-readings-with-a-comma"),
        pytest.param(("= 12", "= 3 ± 1.500"), [("K025", 3)], id="two-readings-behind-plus-minus"),
        pytest.param(("jenis: teks", "= 1.500"), [], id="no-reading-in-a-text"),
        pytest.param(("= 1.500 | banyak",), [], id="no-reading-among-texts"),
        pytest.param(("= 1500",), [], id="one-reading"),
        *(
            pytest.param((f"= {key}",), [("K047", 2)], id=f"like-a-number-{key}")
            for key in ("60%", "60 %", "Rp1.500", "Rp 1.500", "US$20", "3 tahun", "1 500", "1/2", "-3 °C", "28/2018")
        ),
        pytest.param(("= tiga | 3 tahun", "= 4 tahun"), [("K047", 2)], id="like-a-number-is-told-once"),
        pytest.param(("satuan: %", "= 60%"), [("K047", 3)], id="a-unit-twice-is-one-slip"),
        pytest.param(("jenis: teks", "= 60%"), [], id="a-text-may-begin-with-a-digit"),
        pytest.param(("= COP26", "= G-20 | tiga 3"), [], id="a-digit-inside-is-text"),
        pytest.param(("toleransi: 1", "= 12"), [("K038", 2)], id="tolerance-is-for-texts"),
        pytest.param(("satuan: km", "= dua"), [("K038", 2)], id="unit-is-for-numbers"),
        pytest.param(("kredit: semua", "= dua"), [("K038", 2)], id="credit-is-for-options"),
        pytest.param(("kata: 150", "= dua"), [("K038", 2)], id="words-are-for-essays"),
        pytest.param(("toleransi: 2", "= LoI | niat"), [("K039", 2)], id="tolerance-larger-than-every-key"),
        pytest.param(("toleransi: 2", "= LoI | kehendak"), [], id="tolerance-for-one-key"),
    ],
)
def test_what_keys_are_warned_about(lines: tuple[str, ...], problems: list[tuple[str, int]]) -> None:
    assert warnings(*lines) == problems


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("60%", "tulis `= 60` dan `satuan: %`, atau"),
        ("3 tahun", "tulis `= 3` dan `satuan: tahun`, atau"),
        ("Rp 1.500", "tulis `= 1500` dan `satuan: Rp`, atau"),
        ("Rp. 1.500", "tulis `= 1500` dan `satuan: Rp`, atau"),
        ("US$1,500", "tulis `= 1,5000` dan `satuan: US$`, atau"),
        ("1 500", "tulis `= 1500`, atau"),
        ("1/2", "tulis bilangannya saja, atau"),
        ("28/2018", "tulis bilangannya saja, atau"),
        ("Rp 5 juta", "tulis bilangannya saja, atau"),
        ("2 Juni 1945", "tulis bilangannya saja, atau"),
    ],
)
def test_how_to_write_what_is_like_a_number(key: str, hint: str) -> None:
    found = parse_questions(f"## Soal {{#a}}\nlihat: a.md\n= {key}", 1, "a.md", frozenset({2})).problems
    assert [problem.hint for problem in found if problem.code == "K047"] == [f"{hint} `jenis: teks` bila memang teks."]


@pytest.mark.parametrize(
    ("lines", "stem", "explanation"),
    [
        pytest.param(("Batang.", "= a", "", "> Bahas."), "Batang.", "Bahas.", id="stem-above-explanation-below"),
        pytest.param(("- satu", "- dua", "", "= a"), "- satu\n- dua", "", id="a-list-above-is-stem"),
        pytest.param(("1. satu", "2. dua", "", "= a"), "1. satu\n2. dua", "", id="an-ordered-list-above-is-stem"),
        pytest.param(
            ("| a | b |", "|---|---|", "| 1 | 2 |", "", "= a"),
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "",
            id="a-table-above-is-stem",
        ),
        pytest.param(("> kutipan", "", "= a"), "> kutipan", "", id="a-quote-above-is-stem"),
        pytest.param(("```", "= bukan", "```", "= a"), "```\n= bukan\n```", "", id="code-is-stem"),
        pytest.param(("= a", "> Bahas."), "", "Bahas.", id="explanation-directly-below"),
        pytest.param(("= a", "", "> Satu", ">", "> dua"), "", "Satu\n\ndua", id="a-mark-alone-is-a-new-paragraph"),
        pytest.param(("= a", "", "> Satu", "dua"), "", "Satu\ndua", id="explanation-goes-on-lazily"),
    ],
)
def test_stem_and_explanation(lines: tuple[str, ...], stem: str, explanation: str) -> None:
    question = one(*lines)
    assert (question.stem, question.explanation) == (stem, explanation)


@pytest.mark.parametrize(
    ("pattern", "is_slow"),
    [
        *(
            ("(a*)*", True),
            ("(a+)*", True),
            ("((a+))+", True),
            ("(?:a+b?)+", True),
            ("(a{2,})+", True),
            ("(a|a)*b", True),
        ),
        *(("a+", False), ("(kota|kabupaten)? ?mataram", False), ("(a+)", False), ("(ab)+", False), (r"(\+)+", False)),
        *(("([+*])+", False), ("(a{2,3})+", False), (r"\d+ (km|kilometer)", False), (".*soldatos.*", False)),
    ],
)
def test_slow_patterns(pattern: str, is_slow: bool) -> None:
    assert patterns.fault(pattern) == ""
    assert patterns.is_slow(pattern) is is_slow


def test_patterns_fit_whole_answers_and_ignore_case() -> None:
    fits = patterns.compiled("(kota )?mataram").fullmatch
    assert fits("Kota Mataram") and fits("MATARAM") and not fits("di Mataram")
