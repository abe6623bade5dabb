"""Questions from text: what an author writes, and what is made of it or said about it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.kinds import Reference
from foundation.problems import has_errors
from quizzes.questions import Choice, Credit, Kind, Question, QuestionSet, parse_questions
from quizzes.words import UNSCORED

pytestmark = pytest.mark.pure

SAMPLE = """\
Jawablah dengan tenang.

## Dokumen Menlu apa yang menjadi dasar kepala daerah meneken MoU? {#surat-konfirmasi}
tujuan: SC3
lihat: 02-tahapan-perjanjian.md#surat-konfirmasi
poin: 2

Baca dahulu *PP 28/2018*.

- [ ] Pernyataan kehendak (LoI)
  > LoI menyatakan niat; itu diteken kedua pihak.
  >
  > Bukan diterbitkan Menlu.
- [x] Surat konfirmasi
- [ ] Rekomendasi
  DPRD {#rekomendasi}
  > DPRD menyetujui rencananya.

> **Pembahasan.** Surat konfirmasi diteruskan
Mendagri kepada kepala daerah.
>
> Lihat bacaannya.

## Kedua {#kedua}
- [x] A
- [x] B
- [ ] C
"""


def read(text: str) -> QuestionSet:
    return parse_questions(text, 1, "a.md", frozenset({2}))


def one(*lines: str) -> Question:
    """The only question of a text that begins under its heading."""
    found = read("\n".join(["## Soal {#soal}", *lines]))
    assert not has_errors(found.problems), found.problems
    return found.questions[0]


def errors(*lines: str) -> list[tuple[str, int]]:
    """Codes and lines of what is wrong, warnings left out."""
    found = read("\n".join(["## Soal {#soal}", *lines]))
    assert bool(found.questions) != has_errors(found.problems)
    return [(problem.code, problem.line) for problem in found.problems if not problem.is_warning]


def warnings(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in read(text).problems if problem.is_warning]


def test_a_question_with_everything() -> None:
    found = read(SAMPLE)
    assert not has_errors(found.problems)
    assert found.intro == "Jawablah dengan tenang."
    question = found.questions[0]
    assert question.id == "surat-konfirmasi"
    assert question.stem_title == "Dokumen Menlu apa yang menjadi dasar kepala daerah meneken MoU?"
    assert question.stem == "Baca dahulu *PP 28/2018*."
    assert (question.kind, question.points, question.line) == (Kind.SINGLE, Decimal(2), 3)
    assert (question.objectives, question.see) == (("SC3",), "02-tahapan-perjanjian.md#surat-konfirmasi")
    assert [option.text for option in question.options] == [
        "Pernyataan kehendak (LoI)",
        "Surat konfirmasi",
        "Rekomendasi\nDPRD",
    ]
    assert [option.is_right for option in question.options] == [False, True, False]
    assert [option.line for option in question.options] == [10, 14, 15]
    assert question.options[0].feedback == ("LoI menyatakan niat; itu diteken kedua pihak.\n\nBukan diterbitkan Menlu.")
    assert question.options[2].key == "rekomendasi"
    assert question.explanation == (
        "**Pembahasan.** Surat konfirmasi diteruskan\nMendagri kepada kepala daerah.\n\nLihat bacaannya."
    )


def test_several_right_options_are_a_multiple_question() -> None:
    question = read(SAMPLE).questions[1]
    assert isinstance(question.answer, Choice) and question.answer.is_multiple
    assert question.answer.right == {option.key for option in question.options[:2]}
    assert question.answer.keys == {option.key for option in question.options}


def test_lines_count_in_the_file() -> None:
    found = parse_questions(SAMPLE, 9, "a.md", frozenset({2}))
    assert found.ids == (("surat-konfirmasi", 11), ("kedua", 32))
    assert found.references == (Reference("02-tahapan-perjanjian.md#surat-konfirmasi", 13, 8),)
    assert found.objectives == (Reference("SC3", 12, 9),)
    assert found.questions[0].options[0].line == 18


@pytest.mark.parametrize(
    "box",
    ["- [{}] ", "* [{}] ", "+ [{}] ", "• [{}] ", "-  [{}]  ", " - [{}] ", "1. [{}] ", "1) [{}] ", "-\u00a0[{}]\u00a0"],
)
@pytest.mark.parametrize(("tick", "untick"), [("x", " "), ("X", " "), (" x ", "  "), ("x ", ""), ("✓", ""), ("✔️", " ")])
def test_boxes_in_clumsy_spellings(box: str, tick: str, untick: str) -> None:
    question = one(box.format(tick) + "A", box.format(untick) + "B")
    assert [(option.text, option.is_right) for option in question.options] == [("A", True), ("B", False)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Surat  konfirmasi", "Surat konfirmasi"),
        ("Surat\tkonfirmasi ", "Surat konfirmasi"),
        ("Cafe\u0301", "Café"),
        ("**Surat** konfirmasi {#a}", "Lain sama sekali {#a}"),
    ],
)
def test_the_key_of_an_option_is_its_id_or_its_words(first: str, second: str) -> None:
    assert one(f"- [x] {first}", "- [ ] b").options[0].key == one("- [ ] b", f"* [X] {second}").options[1].key


@pytest.mark.parametrize("other", ["surat konfirmasi", "Surat konfirmasi.", "**Surat** konfirmasi"])
def test_other_words_are_another_option(other: str) -> None:
    assert one("- [x] Surat konfirmasi", "- [ ] b").options[0].key != one(f"- [x] {other}", "- [ ] b").options[0].key


def test_a_key_is_short_and_fixed_for_ever() -> None:
    assert one("- [x] Surat konfirmasi", "- [ ] b").options[0].key == "f12c00768f"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("poin: 1,5", "points", Decimal("1.5")),
        ("points: 0.5", "points", Decimal("0.5")),
        ("tujuan: SC1, SC2", "objectives", ("SC1", "SC2")),
        ("objectives: SC1", "objectives", ("SC1",)),
        ("see: #bagian", "see", "#bagian"),
        ("lihat: bagian", "see", "#bagian"),
        ("lihat: 02-b.md", "see", "02-b.md"),
        ("lihat: ../02-b/03-c.md#d", "see", "../02-b/03-c.md#d"),
        ("tingkat: c3", "level", "C3"),
        ("kredit: semua", "credit", Credit.EXACT),
        ("credit: proportional", "credit", Credit.PROPORTIONAL),
        ("jenis: jamak", "kind", Kind.MULTIPLE),
        ("kind: multiple", "kind", Kind.MULTIPLE),
        ("jenis: tunggal", "kind", Kind.SINGLE),
    ],
)
def test_metadata(line: str, field: str, value: object) -> None:
    assert getattr(one(line, "- [x] A", "- [ ] B"), field) == value


def test_without_metadata_a_question_has_one_point() -> None:
    question = one("- [x] A", "- [ ] B")
    assert (question.points, question.objectives, question.see, question.credit) == (Decimal(1), (), "", None)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("lihat : b.md", "maksud Anda `lihat: b.md`?"),
        ("tujuan:DP1", "maksud Anda `tujuan: DP1`?"),
        ("**tujuan:** DP1", "maksud Anda `tujuan: DP1`?"),
        ("__Tujuan__ : DP1", "maksud Anda `tujuan: DP1`?"),
        ("liat : b.md", "maksud Anda `lihat: b.md`?"),
    ],
)
def test_how_to_write_clumsy_metadata(line: str, hint: str) -> None:
    problems = read(f"## Soal {{#soal}}\n{line}\n- [x] A\n- [ ] B\n  > b").problems
    assert [problem.hint for problem in problems if problem.code == "K013"] == [hint]


@pytest.mark.parametrize(
    ("lines", "stem", "points"),
    [
        (("poin: 2", "Batang."), "Batang.", 2),
        (("", "poin: 2", "", "Batang."), "Batang.", 2),
        (("", "poin: 2", "lihat: a.md", "", "Batang."), "Batang.", 2),
        (("", "poin: 2", "Batang."), "poin: 2\nBatang.", 1),
        (("Catatan: perhatikan tabelnya.",), "Catatan: perhatikan tabelnya.", 1),
        (("Pukul 10:30 rapat dimulai.",), "Pukul 10:30 rapat dimulai.", 1),
        (("", "warna: biru"), "warna: biru", 1),
        (("**Catatan:** perhatikan tabelnya.",), "**Catatan:** perhatikan tabelnya.", 1),
        (("Catatan : perhatikan.",), "Catatan : perhatikan.", 1),
        (("rapat:10 menit",), "rapat:10 menit", 1),
        (
            (
                "",
                "Kata: paradiplomasi.",
            ),
            "Kata: paradiplomasi.",
            1,
        ),
        (
            (
                "",
                "Tujuan: agar warga tahu arti niat",
            ),
            "Tujuan: agar warga tahu arti niat",
            1,
        ),
        (("", "Tujuan: DP1", "Batang."), "Tujuan: DP1\nBatang.", 1),
        (
            (
                "",
                "kita: rakyat yang satu.",
            ),
            "kita: rakyat yang satu.",
            1,
        ),
        (("Batang.", "poin: 2"), "Batang.\npoin: 2", 1),
        (("", "Batang.", "", "> kutipan", "", "- butir biasa", "", "Lagi."), None, 1),
        (("", "```", "- [x] bukan pilihan", "## bukan soal", "```"), None, 1),
        (("", "::: kasus", "- [x] bukan pilihan", "## bukan soal", ":::"), None, 1),
        (("", "```", "= bukan jawaban", "[[bukan isian]]", "```"), None, 1),
        (("", "| a | b |", "|---|---|", "| 1 | 2 |"), None, 1),
    ],
)
def test_what_is_metadata_and_what_is_stem(lines: tuple[str, ...], stem: str | None, points: int) -> None:
    question = one(*lines, "", "- [x] A", "- [ ] B")
    assert question.stem == ("\n".join(lines).strip("\n") if stem is None else stem)
    assert question.points == points
    assert len(question.options) == 2


OPTIONS = ("- [x] A", "- [ ] B")


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        ((), [("K001", 1)]),
        (("Batang saja.", "", "- butir", "- butir", "", "Akhir."), [("K001", 7)]),
        (("- [ ] A", "- [ ] B"), [("K002", 3)]),
        (("jenis: tunggal", "- [x] A", "- [x] B"), [("K003", 2)]),
        (("- [x] A", "- B", "- [ ] C"), [("K004", 3)]),
        (("- A", "- [x] B", "- [ ] C"), [("K004", 2)]),
        (("-[x] A", "-[ ] B"), [("K005", 2), ("K005", 3)]),
        ((*OPTIONS, "-[ ] C"), [("K005", 4)]),
        ((*OPTIONS, "[ ] C"), [("K005", 4)]),
        ((*OPTIONS, "- [x]C"), [("K005", 4)]),
        ((*OPTIONS, "- ( ) C"), [("K005", 4)]),
        ((*OPTIONS, "  - [ ] C"), [("K005", 4)]),
        ((*OPTIONS, "c. C"), [("K005", 4)]),
        ((*OPTIONS, "C) C"), [("K005", 4)]),
        ((*OPTIONS, "", "c. C"), [("K005", 5)]),
        ((*OPTIONS, "Teks di bawah."), [("K006", 4)]),
        ((*OPTIONS, "", "Teks di bawah."), [("K006", 5)]),
        ((*OPTIONS, "", "> Pembahasan.", "", "Teks lagi."), [("K006", 7)]),
        ((*OPTIONS, "", "```", "kode", "```"), [("K006", 5)]),
        ((*OPTIONS, "", "::: tip", "satu", "", "dua", ":::"), [("K006", 5)]),
        ((*OPTIONS, "", "> Bahas.", "", "::: tip", "satu", ":::", "", "teks"), [("K006", 7), ("K006", 11)]),
        (("- [v] A", "- [*] B", "- [√] C", "- [✅] D"), [("K005", line) for line in range(2, 6)]),
        (("- (x) A", "  > a", "- ( ) B", "  > b", "  lanjut"), [("K005", 2), ("K005", 4)]),
        (("- [x] A", "- B", "  > b", "> c", "- [ ] D", "  > d"), [("K004", 3)]),
        ((*OPTIONS, "", "---"), [("K006", 5)]),
        ((*OPTIONS, "", "* * *"), [("K006", 5)]),
        (("= a", "", "::: tip", "satu", ":::"), [("K006", 4)]),
        ((*OPTIONS, "", "Teks.", "", "- [ ] C"), [("K007", 5)]),
        ((*OPTIONS, "", "> Pembahasan.", "", "- [ ] C"), [("K007", 5)]),
        (("= jawaban", "", *OPTIONS), [("K007", 1)]),
        (("Isi [[ini]].", "", *OPTIONS), [("K007", 1)]),
        (("- a -> b", "- c -> d", "", "Lalu:", "", *OPTIONS), [("K007", 1)]),
        (("- [x] A",), [("K008", 2)]),
        (("poin: 0", *OPTIONS), [("K009", 2)]),
        (("poin: -1", *OPTIONS), [("K009", 2)]),
        (("poin: dua", *OPTIONS), [("K009", 2)]),
        (("poin: 1e3", *OPTIONS), [("K009", 2)]),
        (("poin: NaN", *OPTIONS), [("K009", 2)]),
        (("poin:", *OPTIONS), [("K009", 2)]),
        (("- [x] A", "- [ ] B", "- [ ]  A"), [("K012", 4)]),
        (("- [x] A {#a}", "- [ ] A {#b}"), [("K012", 3)]),
        (("poinn: 2", *OPTIONS), [("K013", 2)]),
        (("Poin: 2", *OPTIONS), [("K013", 2)]),
        (("lihat : b.md", *OPTIONS), [("K013", 2)]),
        (("tujuan:DP1", *OPTIONS), [("K013", 2)]),
        (("**tujuan:** DP1", *OPTIONS), [("K013", 2)]),
        (("**Tujuan**: DP1", "lihat:b.md", *OPTIONS), [("K013", 2), ("K013", 3)]),
        (("", "tujaun: DP1", "", *OPTIONS), [("K013", 3)]),
        (("", "Tujuan: DP1, DP2", "", *OPTIONS), [("K013", 3)]),
        (("poin: 2", "", "lihat : b.md", "tujuan: DP1", "", *OPTIONS), [("K013", 4)]),
        (("warna: biru", *OPTIONS), [("K013", 2)]),
        (("poin: 2", "points: 3", *OPTIONS), [("K014", 3)]),
        (("tingkat: C7", *OPTIONS), [("K015", 2)]),
        (("kredit: separuh", *OPTIONS), [("K015", 2)]),
        (("jenis: tungal", *OPTIONS), [("K018", 2)]),
        (("- [x] A", "- [ ]"), [("K023", 3)]),
        (("jenis: tunggal", "", "= jawaban"), [("K001", 4)]),
        (("poin: 0", "- [ ] A", "- [ ] A"), [("K009", 2), ("K002", 4), ("K012", 4)]),
    ],
)
def test_what_is_wrong_stands_at_its_line(lines: tuple[str, ...], problems: list[tuple[str, int]]) -> None:
    assert errors(*lines) == problems


@pytest.mark.parametrize(
    "lines",
    [
        ("Isi `[[kode]]`.", *OPTIONS[:0]),
        ("Lihat [[istilah: LoI]].",),
        ("1. satu", "2. dua", "", "Mana yang benar?"),
        ("- butir", "", "Mana yang benar?"),
        ("a. satu", "b. dua", "", "Mana yang benar?"),
        ("Rute A -> B.",),
    ],
)
def test_what_looks_like_another_answer_may_stand_in_the_stem(lines: tuple[str, ...]) -> None:
    assert one("", *lines, "", *OPTIONS).stem == "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("## Soal {#a}\nlihat: b.md\n- [x] A\n- [x] C\n- [ ] B\n  > b", []),
        ("## Soal\nlihat: b.md\n- [x] A\n- [x] C\n- [ ] B\n  > b", [("K010", 1)]),
        ("## Soal {#a}\nlihat: b.md\n- [x] A\n- [x] C\n- [ ] B\n> b", [("K020", 6)]),
        ("## Soal {#a}\nlihat: b.md\n- [x] A\n- [ ] B\n- [ ] C\n  > c", [("K021", 4)]),
        ("## Soal {#a}\n- [x] A\n- [x] C\n- [ ] B\n  > b", [("K022", 1)]),
        ("## Soal {#a}\nlihat: b.md\n- [x] A\n- [ ] B\n  > b", [("K046", 4)]),
    ],
)
def test_item_writing_is_only_warned_about(text: str, problems: list[tuple[str, int]]) -> None:
    assert warnings(text) == problems
    assert len(read(text).questions) == 1


def test_a_question_without_an_id_gets_the_slug_of_its_title() -> None:
    text = "## Apa arti *sister city*?\n- [x] A\n- [ ] B"
    assert read(text).questions[0].id == "apa-arti-sister-city"
    assert len(read(f"## {'kata ' * 50}\n- [x] A\n- [ ] B").questions[0].id) <= 60
    assert read("## …\n- [x] A\n- [ ] B").questions[0].id == "soal"


def test_two_questions_may_not_share_an_id() -> None:
    found = read("## Sama\n- [x] A\n- [ ] B\n## Sama\n- [x] A\n- [ ] B")
    assert [(problem.code, problem.line) for problem in found.problems if not problem.is_warning] == [("K011", 4)]


def test_feedback_may_stand_directly_below_and_goes_on_lazily() -> None:
    question = one("- [x] A", "  > satu", "  dua", "- [ ] B", "> tiga", "> empat")
    assert [option.feedback for option in question.options] == ["satu\ndua", "tiga\nempat"]


def test_blank_lines_between_options_change_nothing() -> None:
    loose = one("- [x] A", "", "  > satu", "", "- [ ] B", "", "> Pembahasan.")
    tight = one("- [x] A", "  > satu", "- [ ] B", "", "> Pembahasan.")
    assert [(option.key, option.feedback) for option in loose.options] == [
        (option.key, option.feedback) for option in tight.options
    ]
    assert loose.explanation == tight.explanation == "Pembahasan."


def test_only_headings_of_the_level_begin_a_question() -> None:
    found = read("### Pengantar\n\n## Soal {#a}\n### Bagian\nTeks\n\n- [x] A\n- [ ] B")
    assert found.intro == "### Pengantar"
    assert found.questions[0].stem == "### Bagian\nTeks"


def test_a_text_without_a_heading_has_no_question_unless_it_may_stand_alone() -> None:
    text = "Apa ini?\n\n- [x] A\n- [ ] B"
    assert read(text) == QuestionSet((), text)
    alone = parse_questions(text, 5, "a.md", frozenset({2}), alone="satu")
    assert [(question.id, question.stem_title, question.stem, question.line) for question in alone.questions] == [
        ("satu", "", "Apa ini?", 5)
    ]
    assert parse_questions(text, 5, "a.md", frozenset({2}), alone="").questions[0].id == "apa-ini"


def test_one_wrong_question_does_not_hide_the_others() -> None:
    found = read("## A {#a}\n- [ ] x\n- [ ] y\n## B {#b}\n- [x] x\n- [ ] y\n## C {#c}\n= z")
    assert [question.id for question in found.questions] == ["b", "c"]
    assert [id for id, _line in found.ids] == ["a", "b", "c"]


LINES = (
    *("## A", "## B {#b}", "### C", "- [ ] d", "- [x] e", "- [X] f {#f}", "-[ ] g", "- h", "  > i", "> j", "", "teks"),
    *(
        "poin: 2",
        "lihat: k",
        "tujuan: L",
        "= m",
        "- n -> o",
        "1. p",
        "a. q",
        "[[r]]",
        "```",
        "::: tip",
        ":::",
        "  s",
        "-",
    ),
)


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=10), max_size=20))
def test_no_text_breaks_the_reader_and_lines_are_lines_of_the_text(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\r", "")
    count = text.count("\n") + 1
    for alone in (None, "", "x"):
        found = parse_questions(text, 7, "a.md", frozenset({2, 3}), alone)
        assert all(7 <= problem.line < 7 + count and problem.column >= 1 for problem in found.problems)
        assert all(7 <= reference.line < 7 + count for reference in (*found.references, *found.objectives))
        for question in found.questions:
            if isinstance(question.answer, Choice):
                assert question.answer.right and len(question.options) > 1
                assert len(question.answer.keys) == len(question.options) or "{#" in text
            assert (question.points > 0) == (question.kind not in UNSCORED)
    assert read(text.replace("\n", "\r\n")) == read(text)
