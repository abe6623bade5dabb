"""The kind `kuis` and the container `cek`: rules, parsing, rendering."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.frontmatter import read
from courses.kinds import Reference
from foundation.problems import has_errors
from quizzes.questions import Credit
from quizzes.quiz import (
    Check,
    Feedback,
    Grade,
    Quiz,
    QuizHead,
    Role,
    parse,
    parse_check,
    render,
    render_check,
    with_role_defaults,
)

pytestmark = pytest.mark.pure

QUIZ = """\
---
jenis: kuis
judul: Kuis Sister City
tujuan: SC1
---

Jawablah **dengan tenang**.

## Apa *LoI*? {#loi}
tujuan: SC2
lihat: 02-tahapan.md#loi

Baca [bacaannya](02-tahapan.md).

- [ ] Janji `hukum`
  > Bukan [janji](02-tahapan.md#loi).
- [x] Niat {#niat}

> **Pembahasan.** Niat.
"""


def links(target: str) -> str | None:
    return f"/kursus/{target}"


def head_of(*lines: str) -> QuizHead:
    front = read("\n".join(["---", "judul: a", "jenis: kuis", *lines, "---"]), "a.md", QuizHead, with_role_defaults)
    assert front.head is not None, front.problems
    return front.head


def errors(source: str) -> list[tuple[str, int]]:
    parsed = parse(source, "a.md")
    assert (parsed.definition is None) == has_errors(parsed.problems)
    return [(problem.code, problem.line) for problem in parsed.problems if not problem.is_warning]


@pytest.mark.parametrize(
    ("role", "attempts", "feedback"),
    [
        ("latihan", 0, Feedback.IMMEDIATE),
        ("practice", 0, Feedback.IMMEDIATE),
        ("ujian", 3, Feedback.AFTER_SUBMIT),
        ("prates", 1, Feedback.AFTER_CLOSE),
        ("pascates", 1, Feedback.AFTER_CLOSE),
        ("posttest", 1, Feedback.AFTER_CLOSE),
        ("survei", 1, Feedback.AFTER_SUBMIT),
    ],
)
def test_a_role_brings_its_defaults(role: str, attempts: int, feedback: Feedback) -> None:
    head = head_of(f"peran: {role}")
    assert (head.attempts, head.feedback) == (attempts, feedback)


def test_what_the_author_says_wins_over_the_role() -> None:
    head = head_of("peran: prates", "percobaan: 5", "umpan_balik: langsung")
    assert (head.role, head.attempts, head.feedback) == (Role.PRETEST, 5, Feedback.IMMEDIATE)


def test_without_a_word_a_quiz_is_an_exam() -> None:
    head = head_of()
    assert (head.role, head.attempts, head.cooldown_minutes, head.minutes_allowed) == (Role.EXAM, 3, 0, None)
    assert (head.draw, head.shuffle, head.grade, head.credit) == (
        None,
        ("pilihan",),
        Grade.HIGHEST,
        Credit.PROPORTIONAL,
    )
    assert (head.pass_mark, head.questions_from, head.kind) == (None, "", "kuis")
    assert (head.shuffles_questions, head.shuffles_options) == (False, True)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("percobaan: 0", "attempts", 0),
        ("jeda: 60", "cooldown_minutes", 60),
        ("cooldown: 5", "cooldown_minutes", 5),
        ("waktu: 45", "minutes_allowed", 45),
        ("ambil: 5", "draw", 5),
        ("draw: {dasar: 3, lanjut: 2}", "draw", {"dasar": 3, "lanjut": 2}),
        ("acak: [soal, pilihan]", "shuffle", ("soal", "pilihan")),
        ("acak: soal", "shuffle", ("soal",)),
        ("shuffle: [options, questions]", "shuffle", ("pilihan", "soal")),
        ("acak: tidak", "shuffle", ()),
        ("acak: []", "shuffle", ()),
        ("nilai: rata-rata", "grade", Grade.AVERAGE),
        ("nilai: rata_rata", "grade", Grade.AVERAGE),
        ("grade: last", "grade", Grade.LAST),
        ("Umpan-Balik: setelah_tutup", "feedback", Feedback.AFTER_CLOSE),
        ("feedback: after-submit", "feedback", Feedback.AFTER_SUBMIT),
        ("kredit: proporsional-tanpa-salah", "credit", Credit.PROPORTIONAL_CORRECT),
        ("credit: exact", "credit", Credit.EXACT),
        ("lulus: 72,5", "pass_mark", 72.5),
        ("soal_dari: prates", "questions_from", "prates"),
        ("questions-from: prates", "questions_from", "prates"),
    ],
)
def test_rules(line: str, field: str, value: object) -> None:
    assert getattr(head_of(line), field) == value


@pytest.mark.parametrize(
    "line",
    [
        *("peran: tes", "percobaan: -1", "percobaan: banyak", "jeda: sejam", "waktu: 0", "ambil: 0", "ambil: {a: 0}"),
        *("ambil: [a]", "acak: kartu", "acak: ya", "nilai: terbaik", "umpan_balik: nanti", "kredit: separuh"),
        *("lulus: 101", "soal_dari: Kuis Lain"),
    ],
)
def test_a_wrong_rule_is_a_problem_at_its_line(line: str) -> None:
    assert ("S018", 4) in errors(QUIZ.replace("tujuan: SC1\n---", f"{line}\n---"))


def test_an_unknown_rule_brings_a_suggestion() -> None:
    parsed = parse(QUIZ.replace("tujuan: SC1\n---", "percobaaan: 2\n---"), "a.md")
    assert [(problem.code, problem.hint) for problem in parsed.problems if not problem.is_warning] == [
        ("S016", "maksud Anda `percobaan`?")
    ]


def test_a_quiz_is_read() -> None:
    parsed = parse(QUIZ, "a.md")
    assert not has_errors(parsed.problems)
    quiz = parsed.definition
    assert isinstance(quiz, Quiz)
    assert (quiz.head.title, quiz.intro) == ("Kuis Sister City", "Jawablah **dengan tenang**.")
    assert [question.id for question in quiz.questions] == ["loi"]
    assert parsed.head is quiz.head
    assert (parsed.extent, parsed.minutes) == ("1 soal", 0)
    assert parsed.anchors == {"loi", "niat"}
    assert set(parsed.references) == {
        Reference("02-tahapan.md#loi", 11, 8),
        Reference("02-tahapan.md", 13, 18),
        Reference("02-tahapan.md#loi", 16, 19),
    }
    assert set(parsed.objectives) == {Reference("SC1", 4, 1), Reference("SC2", 10, 9)}


def test_the_length_of_a_quiz_is_what_the_author_says_or_its_time() -> None:
    assert parse(QUIZ.replace("judul:", "waktu: 30\njudul:"), "a.md").minutes == 30
    assert parse(QUIZ.replace("judul:", "waktu: 30\nmenit: 20\njudul:"), "a.md").minutes == 20


def test_a_quiz_is_rendered_question_by_question() -> None:
    quiz = parse(QUIZ, "a.md").definition
    key = next(option.key for option in quiz.questions[0].options if option.key != "niat")
    assert render(quiz, links) == {
        "intro": "<p>Jawablah <strong>dengan tenang</strong>.</p>",
        "questions": {
            "loi": {
                "title": "Apa <em>LoI</em>?",
                "stem": '<p>Baca <a href="/kursus/02-tahapan.md">bacaannya</a>.</p>',
                "explanation": "<p><strong>Pembahasan.</strong> Niat.</p>",
                "see": "/kursus/02-tahapan.md#loi",
                "parts": {
                    key: {
                        "text": "Janji <code>hukum</code>",
                        "feedback": '<p>Bukan <a href="/kursus/02-tahapan.md#loi">janji</a>.</p>',
                    },
                    "niat": {"text": "Niat", "feedback": ""},
                },
            }
        },
    }


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        ("---\njudul: a\njenis: kuis\n---\n\nBelum ada soal.\n", [("K017", 6)]),
        ("---\njudul: a\njenis: kuis\n---\n", [("K017", 4)]),
        (QUIZ.replace("Jawablah", "# Kuis\n\nJawablah"), [("K016", 7)]),
        (QUIZ.replace("Jawablah", "::: cek\nApa?\n- [x] a\n- [ ] b\n:::\nJawablah"), [("S023", 7)]),
        (QUIZ.replace("Baca", "<div>Baca"), [("S030", 13)]),
        (QUIZ.replace("Baca", "![](a.png) Baca"), [("B001", 13)]),
        (QUIZ.replace("{#niat}", "{#loi}"), [("S034", 17)]),
        (QUIZ + "\n## Lagi {#loi}\n- [x] A\n- [ ] B\n", [("S034", 21)]),
        (QUIZ.replace("[ ] Janji", "[x] Janji").replace("tujuan: SC2", "jenis: tunggal"), [("K003", 10)]),
        (QUIZ.replace("**dengan tenang**", "[" * 201), [("S005", 7)]),
    ],
)
def test_what_is_wrong_with_a_quiz(source: str, problems: list[tuple[str, int]]) -> None:
    assert errors(source) == problems


def test_a_quiz_may_borrow_its_questions() -> None:
    assert errors("---\njudul: a\njenis: kuis\nsoal_dari: prates\n---\n") == []


CHECK = """\
Pengantar.

### Satu {#satu}
tujuan: SC1
lihat: #bagian

- [x] A
- [ ] B
  > b

#### Dua {#dua}
- [x] A
- [x] B
"""


def test_a_check_takes_every_heading_as_a_question() -> None:
    parsed = parse_check(CHECK, 11, "a.md")
    assert not has_errors(parsed.problems)
    assert [question.id for question in parsed.definition.questions] == ["satu", "dua"]
    assert parsed.definition.intro == "Pengantar."
    assert parsed.ids == (("satu", 13), ("dua", 21))
    assert parsed.references == (Reference("#bagian", 15, 8),)
    assert parsed.objectives == (Reference("SC1", 14, 9),)


def test_a_check_without_a_heading_is_one_question_named_as_the_check() -> None:
    parsed = parse_check("Apa ini?\n\n- [x] A\n- [ ] B\n", 11, "a.md", "ini")
    assert isinstance(parsed.definition, Check)
    question = parsed.definition.questions[0]
    assert (question.id, question.stem_title, question.stem) == ("ini", "", "Apa ini?")
    assert "K010" not in [problem.code for problem in parsed.problems]


def test_a_check_with_an_error_has_no_definition() -> None:
    assert parse_check("Apa ini?\n", 11, "a.md").definition is None
    assert parse_check("", 11, "a.md").definition is None


def test_a_check_is_rendered_as_a_quiz_is() -> None:
    rendered: dict[str, Any] = render_check(parse_check(CHECK, 11, "a.md").definition, links)
    assert rendered["intro"] == "<p>Pengantar.</p>"
    assert list(rendered["questions"]) == ["satu", "dua"]
    assert rendered["questions"]["satu"]["see"] == "/kursus/#bagian"
    assert rendered["questions"]["dua"]["see"] is None


PIECES = st.lists(
    st.sampled_from(
        (*QUIZ.split("\n"), *CHECK.split("\n"), "::: tip", ":::", "```", "# A", "= b", "jenis: esai", "|a|b|")
    )
    | st.text(max_size=12),
    max_size=25,
)


@given(PIECES)
def test_no_text_breaks_a_quiz(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\r", "")
    count = text.count("\n") + 1
    parsed = parse(text, "a.md")
    assert (parsed.definition is None) == has_errors(parsed.problems)
    assert all(1 <= problem.line <= count for problem in parsed.problems)
    assert parse("\ufeff" + text.replace("\n", "\r\n"), "a.md") == parsed
    if parsed.definition is not None:
        assert set(render(parsed.definition, links)["questions"]) == set(_ids(parsed.definition))


def _ids(quiz: Quiz) -> list[str]:
    return [question.id for question in quiz.questions]
