"""Item writing: what gives a key away or makes a question harder to read than it need be is warned about."""

import pytest

from foundation.problems import has_errors
from quizzes.quiz import parse
from tests.quizzes.reading import warnings

pytestmark = pytest.mark.pure

THREE = ("- [x] Surat", "- [ ] Niat", "  > a", "- [ ] Kota", "  > b")


def told(*lines: str, title: str = "Apa ini?") -> list[tuple[str, int]]:
    return warnings("lihat: a.md", *lines, heading=f"## {title} {{#soal}}")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Semua benar",
            "semua jawaban benar.",
            "Semua pilihan di atas benar",
            "Semua di atas",
            "Semuanya benar",
            "Benar semua",
        ),
        *(
            "Semua jawaban salah",
            "Tidak satu pun",
            "Tidak satupun benar",
            "Tidak ada yang benar",
            "Tidak ada jawaban yang benar",
        ),
        *(
            "**Semua benar**",
            "All of the above",
            "none of the above",
            "A dan B",
            "a, b, dan c benar",
            "Bukan salah satu di atas",
        ),
    ],
)
def test_an_option_that_points_to_others(text: str) -> None:
    found = told("- [x] Surat", "- [ ] Niat", "  > a", f"- [ ] {text}", "  > b")
    assert ("K043", 6) in found


@pytest.mark.parametrize(
    "text",
    ["Semua daerah wajib", "Tidak ada hubungan diplomatik", "Benar sekali", "Tidak satu negara", "Adan B", "Bukan MoU"],
)
def test_an_option_that_stands_alone(text: str) -> None:
    assert "K043" not in [code for code, _line in told("- [x] Surat", "- [ ] Niat", "  > a", f"- [ ] {text}", "  > b")]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Mana yang bukan syarat?",
            "Mana yang tidak termasuk KSDPL?",
            "Dokumen apa yang tidak diteken?",
            "Manakah yang tidak benar?",
        ),
        *(
            "Semua ini syarat, kecuali",
            "Berikut ini bukan tahapan:",
            "Mana bukan syarat?",
            "Kecuali apa syarat itu berlaku?",
        ),
        *(
            "Yang bukan syarat adalah",
            "Di antara tahap ini, yang tidak wajib adalah",
            "Hal berikut ini merupakan syarat, kecuali",
            "Konsultasi bukan merupakan apa?",
            "Berikut ini yang bukan tahapan?",
        ),
        *("Siapa bukan penandatangan?", "Pernyataan ini tidak benar. Mengapa? Apa yang tidak sesuai?"),
    ],
)
def test_a_negative_stem_without_emphasis(title: str) -> None:
    assert told(*THREE, title=title) == [("K044", 1)]


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Mana yang **bukan** syarat?",
            "Mana yang *tidak* termasuk?",
            "Mana yang BUKAN syarat?",
            "Mana yang __bukan__ syarat?",
        ),
        *(
            "Semua syarat, KECUALI",
            "Mana yang benar?",
            "Mengapa daerah tidak boleh berutang?",
            "Mitra yang tidak setara menawar. Apa saran Anda?",
        ),
        *(
            "Apa sanksi bagi negara yang tidak meratifikasi?",
            "Mengapa kota yang bukan ibu kota boleh bekerja sama?",
            "Apa akibatnya bila naskah tidak sesuai prosedur?",
            "Siapa menegur daerah yang tak melapor?",
        ),
        *("Apa bedanya MoU, bukan LoI?", "Semua syarat, ***kecuali***"),
    ],
)
def test_a_stem_that_is_positive_or_emphasised(title: str) -> None:
    assert told(*THREE, title=title) == []


def test_the_stem_asks_too() -> None:
    assert told("", "Daerah punya syarat. Mana yang bukan syarat?", "", *THREE, title="Syarat") == [("K044", 1)]


@pytest.mark.parametrize(
    "word", ["selalu", "tidak pernah", "tak pernah", "pasti", "Semua", "hanya", "mutlak", "setiap"]
)
def test_absolute_words_only_in_distractors(word: str) -> None:
    assert told("- [x] Surat", "- [ ] Niat", "  > a", f"- [ ] Kota {word} begitu", "  > b") == [("K045", 6)]
    assert told("- [x] Surat selalu begitu", "- [ ] Niat", "  > a", f"- [ ] Kota {word} begitu", "  > b") == []


def test_a_longer_word_is_not_absolute() -> None:
    assert told("- [x] Surat", "- [ ] Semuanya lengkap", "  > a", "- [ ] Kepastian", "  > b") == []


@pytest.mark.parametrize(
    ("first", "second", "problems"),
    [
        ("Surat", "Niat", [("K046", 4)]),
        ("Benar", "Salah", []),
        ("salah", "BENAR.", []),
        ("Ya", "Tidak", []),
        ("Betul", "Salah", []),
        ("Setuju", "Tidak setuju", []),
        ("Benar", "Tidak", [("K046", 4)]),
        ("Sah", "Tidak sah", []),
        ("**Tidak mengikat**", "Mengikat.", []),
        ("Perjanjian", "Bukan perjanjian", []),
        ("Sah", "Tidak mengikat", [("K046", 4)]),
    ],
)
def test_fewer_than_three_options(first: str, second: str, problems: list[tuple[str, int]]) -> None:
    assert told(f"- [x] {first}", f"- [ ] {second}", "  > a") == problems


def test_a_distractor_without_feedback_and_a_question_without_its_reading() -> None:
    assert warnings("- [x] Surat", "- [ ] Niat", "- [ ] Kota", "  > a", without="") == [("K022", 1), ("K021", 3)]


def quiz(lengths: list[tuple[int, int]], positions: list[int], *front: str) -> list[tuple[str, int]]:
    """Quiz-wide warnings of a quiz; per question the length of key and distractors, and where the key stands."""
    lines = ["---", "judul: a", "jenis: kuis", *front, "---"]
    for number, ((key, other), position) in enumerate(zip(lengths, positions, strict=True)):
        options = [f"- [ ] {letter * other}\n  > a" for letter in "cde"]
        options.insert(position, f"- [x] {'k' * key}")
        lines += [f"## Soal {{#s{number}}}", "lihat: a.md", *options]
    parsed = parse("\n".join(lines), "a.md")
    assert not has_errors(parsed.problems)
    return [(problem.code, problem.line) for problem in parsed.problems]


LONG, SHORT, SAME = (9, 4), (3, 8), (5, 5)


@pytest.mark.parametrize(
    ("lengths", "problems"),
    [
        ([LONG] * 4, [("K041", 5)]),
        ([LONG] * 3, []),
        ([*[LONG] * 4, SHORT], [("K041", 5)]),
        ([SHORT, *[LONG] * 4], [("K041", 14)]),
        ([*[LONG] * 3, SHORT], []),
        ([SAME] * 6, []),
        ([SHORT] * 6, []),
    ],
)
def test_the_key_is_always_the_longest_option(lengths: list[tuple[int, int]], problems: list[tuple[str, int]]) -> None:
    assert quiz(lengths, [0, 1, 2, 3, 0, 1][: len(lengths)]) == problems


@pytest.mark.parametrize(
    ("positions", "problems"),
    [
        ([0] * 6, [("K042", 6)]),
        ([1, 0, 0, 0, 0, 0], [("K042", 15)]),
        ([0, 0, 0, 0, 1, 2], []),
        ([0] * 5, []),
        ([0, 1, 2, 3, 0, 1], []),
    ],
)
def test_key_positions_where_options_keep_their_order(positions: list[int], problems: list[tuple[str, int]]) -> None:
    assert quiz([SAME] * len(positions), positions, "acak: tidak") == problems
    assert quiz([SAME] * len(positions), positions, "acak: [soal]") == problems
    assert quiz([SAME] * len(positions), positions) == []
