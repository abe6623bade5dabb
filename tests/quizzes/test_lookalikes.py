"""What only looks like an answer, or like the next question, is told with how to write it."""

import pytest

from foundation.problems import Edit, Problem
from quizzes.questions import parse_questions
from tests.quizzes.reading import one

pytestmark = pytest.mark.pure

BOXES = ("- [x] A", "- [ ] B", "  > b")


def told(code: str, *lines: str) -> list[Problem]:
    found = parse_questions("\n".join(["## Soal {#soal}", *lines]), 1, "a.md", frozenset({2})).problems
    return [problem for problem in found if problem.code == code]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("Flanders->Belgia", "tulis pasangan dengan panah berspasi: `- Flanders -> Belgia`."),
        ("- Flanders->Belgia", "tulis pasangan dengan panah berspasi: `- Flanders -> Belgia`."),
        ("- Flanders –> Belgia", "tulis pasangan dengan panah berspasi: `- Flanders -> Belgia`."),
        ("A. Flanders ⟶ Belgia", "tulis pasangan dengan panah berspasi: `- Flanders -> Belgia`."),
        ("A. [x] satu", "tulis `- [x] satu` di tepi kiri."),
        ("- \\[x\\] satu", "tulis `- [x] satu` di tepi kiri."),
        ("- \\[ \\] satu", "tulis `- [ ] satu` di tepi kiri."),
        ("- ☑ satu", "tulis `- [x] satu` di tepi kiri."),
        ("☐ satu", "tulis `- [ ] satu` di tepi kiri."),
        ("=Mataram", "tulis `= Mataram` pada baris sendiri."),
        ("- = Mataram", "tulis `= Mataram` pada baris sendiri."),
        ("[Mataram]", "tulis `[[Mataram]]` bila ini isian."),
        ("Ibu kotanya [Mataram].", "tulis `[[Mataram]]` bila ini isian."),
        ("Ibu kotanya [Mataram](b.md)[^1].", "tulis pilihan `- [ ] …`, dan `- [x] …` untuk yang benar."),
        ("Jelaskan.", "tulis pilihan `- [ ] …`, dan `- [x] …` untuk yang benar."),
    ],
)
def test_a_question_without_answers(line: str, hint: str) -> None:
    assert [problem.hint for problem in told("K001", line)] == [hint]
    assert [problem.hint for problem in told("K001", "Apa ini?", "", line, line)] == [hint]


@pytest.mark.parametrize(
    ("lines", "hint"),
    [
        (("jenis: jodoh", "- a->b", "- c->d"), "tulis pasangan dengan panah berspasi: `- a -> b`."),
        (("jenis: jodoh", "- ☑ satu"), "tulis pasangannya: `- Flanders -> Belgia`."),
        (("jenis: angka", "=169"), "tulis `= 169` pada baris sendiri."),
        (("jenis: angka", "Berapa?"), "tulis bilangannya: `= 169`, atau `= 3,14 ± 0,01`."),
        (("jenis: jamak", "☑ satu"), "tulis `- [x] satu` di tepi kiri."),
    ],
)
def test_what_jenis_asks_for_is_looked_for(lines: tuple[str, ...], hint: str) -> None:
    assert [problem.hint for problem in told("K001", *lines)] == [hint]


@pytest.mark.parametrize(
    ("jenis", "words"),
    [("angka", "angka dan kotak"), ("teks", "teks dan kotak"), ("jodoh", "jodoh dan kotak")],
)
def test_two_ways_of_answering_are_called_as_the_author_does(jenis: str, words: str) -> None:
    (problem,) = told("K007", f"jenis: {jenis}", *BOXES)
    assert problem.message.endswith(words)
    assert [problem.message for problem in told("K001", "jenis: angka", "Berapa?")] == [
        "soal ini belum punya jawaban, padahal jenisnya angka"
    ]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("- [v] satu", "tulis `- [x] satu` di tepi kiri."),
        ("- [*] satu", "tulis `- [x] satu` di tepi kiri."),
        ("- [√] satu", "tulis `- [x] satu` di tepi kiri."),
        ("- [✅] satu", "tulis `- [x] satu` di tepi kiri."),
        ("– [x] satu", "tulis `- [x] satu` di tepi kiri."),
        ("- ( ) satu", "tulis `- [ ] satu` di tepi kiri."),
        ("A. [x] satu", "tulis `- [x] satu` di tepi kiri."),
        ("c. satu", "tulis `- [ ] teks` di tepi kiri."),
    ],
)
def test_an_option_that_cannot_be_read(line: str, hint: str) -> None:
    assert [problem.hint for problem in told("K005", *BOXES, line)] == [hint]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("- satu", "tulis `- [ ] teks`; yang benar `- [x] teks`."),
        ("- ☐ satu", "tulis `- [ ] satu` di tepi kiri."),
        ("2. Apa itu MoU?", "tulis `## Apa itu MoU?` bila ini soal berikutnya."),
        ("2. **Apa itu MoU**", "tulis `## Apa itu MoU` bila ini soal berikutnya."),
    ],
)
def test_an_option_without_a_box(line: str, hint: str) -> None:
    assert [problem.hint for problem in told("K004", *BOXES, line)] == [hint]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("---", "hapus garisnya; judul `## ` sudah memisahkan soal."),
        ("- - -", "hapus garisnya; judul `## ` sudah memisahkan soal."),
        ("### B?", "tulis `## B?` bila ini soal berikutnya."),
        ("##B?", "tulis `## B?` bila ini soal berikutnya."),
        ("**2. Apa B?**", "tulis `## Apa B?` bila ini soal berikutnya."),
        ("**B. Apa B?**", "tulis `## Apa B?` bila ini soal berikutnya."),
        ("**Soal 2.** Apa B?", "tulis `## Apa B?` bila ini soal berikutnya."),
        ("**Soal 2**", "tulis `## …` bila ini soal berikutnya."),
        (
            "**Catatan.** Baca lagi.",
            "pindahkan ke atas jawaban, atau awali dengan `>` sesudah baris kosong sebagai pembahasan.",
        ),
    ],
)
def test_what_stands_below_answers(line: str, hint: str) -> None:
    assert [problem.hint for problem in told("K006", *BOXES, "", line)] == [hint]
    assert [problem.hint for problem in told("K006", "= a", "", line)] == [hint]


@pytest.mark.parametrize(
    ("between", "line", "hint"),
    [
        (("---",), 6, "hapus garisnya; judul `## ` sudah memisahkan soal."),
        (("---", "", "### B?"), 8, "tulis `## B?` bila ini soal berikutnya."),
        (("> Bahas.", "", "**B. Apa?**"), 8, "tulis `## Apa?` bila ini soal berikutnya."),
        (("atau",), 6, "hapus, pindahkan ke atas jawaban, atau jorokkan dengan dua spasi."),
    ],
)
def test_what_stands_between_two_lists(between: tuple[str, ...], line: int, hint: str) -> None:
    found = told("K007", *BOXES, "", *between, "", *BOXES)
    assert [(problem.line, problem.hint) for problem in found] == [(line, hint)]


@pytest.mark.parametrize(
    ("lines", "line", "explanation"),
    [
        pytest.param(
            ("- [x] A", "- [ ] B", "> **Pembahasan.** Satu.", "> Dua."), 4, "**Pembahasan.** Satu.\nDua.", id="named"
        ),
        pytest.param(("- [x] A", "- [ ] B", "  > b", "> Satu.", "lanjut"), 5, "Satu.\nlanjut", id="feedback-is-there"),
    ],
)
def test_an_explanation_that_sticks_to_the_last_option(lines: tuple[str, ...], line: int, explanation: str) -> None:
    (problem,) = told("K020", *lines)
    assert (problem.line, problem.mend) == (line, Edit(line, "", is_line=True))
    assert one(*lines).explanation == explanation
    assert one(*lines[: line - 2], "", *lines[line - 2 :]) == one(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("- [x] A", "- [ ] B", "> satu", "> dua"), id="below-the-last-option"),
        pytest.param(("- [ ] B", "> satu", "> dua", "- [x] A"), id="between-options"),
        pytest.param(("- [ ] B", "> satu", ">", "> dua", "- [x] A"), id="two-paragraphs-between-options"),
    ],
)
def test_feedback_that_is_not_indented_stays_feedback(lines: tuple[str, ...]) -> None:
    question = one(*lines)
    feedback = next(option.feedback for option in question.options if option.text == "B")
    assert (feedback.split(), question.explanation) == (["satu", "dua"], "")
    assert all(problem.mend is None for problem in told("K020", *lines))
