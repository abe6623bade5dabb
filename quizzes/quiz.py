"""The kind `kuis`, and the container `cek`: questions and the rules they are asked under. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

import pydantic

from courses.findings import Findings, told_once
from courses.frontmatter import ActivityHead, Front, read
from courses.kinds import Links, Parsed, ParsedContainer, Reference
from courses.prose import objectives_of, read_prose
from courses.values import Code, Percent, Whole, Words, choose, read_draw, read_shuffle
from foundation import markup
from foundation.containers import never_closed
from foundation.headings import find_headings
from foundation.limits import check_limits
from foundation.problems import has_errors
from foundation.source import read_sheet
from quizzes import item_writing, parallel_forms
from quizzes.choices import Choice
from quizzes.definitions import Definition, defined
from quizzes.kinds import kind_of
from quizzes.questions import Question, QuestionSet, parse_questions
from quizzes.words import CREDIT_ALIASES, Credit, Kind

KIND_NAME = "kuis"
CONTAINER_NAME = "cek"
QUESTION_LEVEL = 2
INTRO = "awal"
"""What the notes of an introduction are told apart by."""
ANY_LEVEL = frozenset(range(1, 7))


class Role(StrEnum):
    """What a quiz is for."""

    PRACTICE = "latihan"
    EXAM = "ujian"
    PRETEST = "prates"
    POSTTEST = "pascates"
    SURVEY = "survei"


class Grade(StrEnum):
    """Which of several attempts counts."""

    HIGHEST = "tertinggi"
    LAST = "terakhir"
    FIRST = "pertama"
    AVERAGE = "rata-rata"


class Feedback(StrEnum):
    """When right answers may be seen."""

    IMMEDIATE = "langsung"
    AFTER_SUBMIT = "setelah-kirim"
    AFTER_CLOSE = "setelah-tutup"


ROLES = {"practice": "latihan", "exam": "ujian", "pretest": "prates", "posttest": "pascates", "survey": "survei"}
GRADES = {"highest": "tertinggi", "last": "terakhir", "first": "pertama", "average": "rata-rata"}
FEEDBACKS = {"immediate": "langsung", "after-submit": "setelah-kirim", "after-close": "setelah-tutup"}
DEFAULTS: dict[Role, dict[str, Any]] = {
    Role.PRACTICE: {"attempts": 0, "feedback": Feedback.IMMEDIATE},
    Role.EXAM: {"attempts": 3, "feedback": Feedback.AFTER_SUBMIT},
    Role.PRETEST: {"attempts": 1, "feedback": Feedback.AFTER_CLOSE},
    Role.POSTTEST: {"attempts": 1, "feedback": Feedback.AFTER_CLOSE},
    Role.SURVEY: {"attempts": 1, "feedback": Feedback.AFTER_SUBMIT},
}
"""What a role means where the author says nothing else."""


def _one_of(choices: type[StrEnum], english: Mapping[str, str]) -> pydantic.BeforeValidator:
    return pydantic.BeforeValidator(partial(choose, choices=choices, english=english))


@dataclass(frozen=True)
class QuizHead(ActivityHead):
    """The rules of a quiz."""

    role: Annotated[Role, Words("peran", "role"), _one_of(Role, ROLES)] = Role.EXAM
    attempts: Annotated[Whole, Words("percobaan", "attempts")] = 3
    """0 means no limit."""
    cooldown_minutes: Annotated[Whole, Words("jeda", "cooldown")] = 0
    minutes_allowed: Annotated[Whole | None, Words("waktu", "time"), pydantic.Field(ge=1)] = None
    draw: Annotated[int | Mapping[str, int] | None, Words("ambil", "draw"), pydantic.BeforeValidator(read_draw)] = None
    """How many questions an attempt draws: of all, or of each pool."""
    shuffle: Annotated[tuple[str, ...], Words("acak", "shuffle"), pydantic.BeforeValidator(read_shuffle)] = ("pilihan",)
    grade: Annotated[Grade, Words("nilai", "grade"), _one_of(Grade, GRADES)] = Grade.HIGHEST
    feedback: Annotated[Feedback, Words("umpan_balik", "feedback"), _one_of(Feedback, FEEDBACKS)] = (
        Feedback.AFTER_SUBMIT
    )
    credit: Annotated[Credit, Words("kredit", "credit"), _one_of(Credit, CREDIT_ALIASES)] = Credit.PROPORTIONAL
    pass_mark: Annotated[Percent | None, Words("lulus", "pass")] = None
    """None: the course's."""
    questions_from: Annotated[Code, Words("soal_dari", "questions_from")] = ""

    @property
    def shuffles_questions(self) -> bool:
        return "soal" in self.shuffle

    @property
    def shuffles_options(self) -> bool:
        return "pilihan" in self.shuffle


@dataclass(frozen=True)
class Quiz:
    head: QuizHead
    intro: str
    questions: tuple[Question, ...]
    definitions: tuple[Definition, ...] = ()


@dataclass(frozen=True)
class Check:
    """Questions inside a lesson: answered in place, instant feedback, never graded."""

    questions: tuple[Question, ...]
    intro: str = ""
    title: str = ""
    definitions: tuple[Definition, ...] = ()


def parse(source: str, file: str) -> Parsed:
    """Read a quiz file: rules in its front matter, a question per `##` heading."""
    too_big = check_limits(source, file)
    if has_errors(too_big):
        return Parsed(None, None, tuple(too_big))
    front = read(source, file, QuizHead, with_role_defaults)
    prose = read_prose(front.body, front.body_line, file, in_questions=True)
    found = parse_questions(front.body, front.body_line, file, frozenset({QUESTION_LEVEL}))
    rules = Findings(file)
    _check_headings(front.body, front.body_line, rules)
    borrows = front.head is not None and front.head.questions_from != ""
    if not found.ids and not borrows and not never_closed(read_sheet(front.body)):
        hint = "tulis judul soal dengan `## `, lalu pilihannya."
        rules.error(_last_line(source) - 1, "K017", "kuis ini belum punya soal", hint)
    if front.head is not None:
        _judge_together(front.head, found.questions, front.line_of("draw"), rules)
    problems = told_once([*too_big, *front.problems, *prose.problems, *found.problems, *rules.problems])
    quiz = None
    if front.head is not None and not has_errors(problems):
        quiz = Quiz(front.head, found.intro, found.questions, found.definitions)
    return Parsed(
        head=front.head,
        definition=quiz,
        problems=problems,
        anchors=prose.anchors | {id for id, _line in found.ids},
        references=(*prose.references, *found.references),
        objectives=(*objectives_of(front), *found.objectives),
        minutes=_minutes(front.head),
        extent=_extent(front.head, found),
        items=found.items,
        borrows=_borrowed(front),
    )


def _extent(head: QuizHead | None, found: QuestionSet) -> str:
    """How many questions an attempt asks; what is borrowed stands in another file."""
    if head is None or len(found.questions) < len(found.ids):
        return f"{len(found.ids)} soal"
    size = parallel_forms.size(found.questions, head.draw)
    if head.questions_from:
        return ""
    return f"{size.most} soal" if size.fewest == size.most else f"{size.fewest}–{size.most} soal"


def _borrowed(front: Front[QuizHead]) -> tuple[Reference, ...]:
    """The quiz whose questions are given here."""
    target = front.head.questions_from if front.head else ""
    return (Reference(target, front.line_of("questions_from"), 1),) if target else ()


def _judge_together(head: QuizHead, questions: Sequence[Question], draw_line: int, rules: Findings) -> None:
    """What only all questions of a quiz show: what their keys have in common, and whether there are enough to draw."""
    singles = [
        item_writing.Placed(question.answer, question.line - 1)
        for question in questions
        if question.kind is Kind.SINGLE and isinstance(question.answer, Choice)
    ]
    item_writing.judge_quiz(singles, head.shuffles_options, rules)
    if head.questions_from or not questions:
        return
    pools = [question.pool for question in questions]
    draw = head.draw if isinstance(head.draw, Mapping) else {"": head.draw or 0}
    for pool, wanted in draw.items():
        there = pools.count(pool) if pool else len(pools)
        if wanted > there:
            message = f"`ambil` meminta {wanted} soal{f' dari kelompok `{pool}`' if pool else ''}, yang ada {there}"
            hint = "kurangi angkanya, atau tulis `kelompok:` pada soal-soalnya." if pool else "kurangi angkanya."
            rules.error(draw_line - 1, "K040", message, hint)


def with_role_defaults(values: dict[str, Any]) -> dict[str, Any]:
    """What the author wrote, completed by what the role means."""
    try:
        role = choose(values.get("role", Role.EXAM.value), Role, ROLES)
    except ValueError:
        return values  # said where the value itself is read
    return DEFAULTS[role] | values


def render(quiz: Quiz, links: Links) -> dict[str, Any]:
    """{"intro": html, "questions": {id: …}}."""
    return {
        "intro": markup.render(defined(quiz.intro, quiz.definitions, INTRO), links),
        "questions": _render_questions(quiz.questions, quiz.definitions, links),
    }


def parse_check(body: str, first_line: int, file: str, id: str = "", title: str = "") -> ParsedContainer:
    """Read a `cek`: every heading is a question; without one all of it is a single question, named as the `cek` is."""
    found = parse_questions(body, first_line, file, ANY_LEVEL, alone=id)
    return ParsedContainer(
        definition=None
        if has_errors(found.problems)
        else Check(found.questions, found.intro, title, found.definitions),
        problems=found.problems,
        references=found.references,
        objectives=found.objectives,
        ids=found.ids,
        items=found.items,
    )


def render_check(check: Check, links: Links) -> dict[str, Any]:
    """As a quiz is rendered."""
    return {
        "title": markup.render_inline(check.title, links),
        "intro": markup.render(defined(check.intro, check.definitions, INTRO), links),
        "questions": _render_questions(check.questions, check.definitions, links),
    }


def _render_questions(questions: Sequence[Question], definitions: Sequence[Definition], links: Links) -> dict[str, Any]:
    return {question.id: _render_question(question, definitions, links) for question in questions}


def _render_question(question: Question, definitions: Sequence[Definition], links: Links) -> dict[str, Any]:
    render, kind = _Renderer(question, definitions, links), kind_of(question.answer)
    title, stem = kind.asked(question.stem_title, question.stem)
    return {
        "title": render.inline(title),
        "stem": render.block(stem, "soal"),
        "explanation": render.block(question.explanation, "bahas"),
        "see": links(question.see) if question.see else None,
        "parts": kind.render(question.answer, render),
    }


@dataclass(frozen=True)
class _Renderer:
    """Renders the parts of one question; the notes in them are told apart by its id."""

    question: Question
    definitions: Sequence[Definition]
    links: Links

    def inline(self, text: str) -> str:
        return markup.render_inline(text, self.links)

    def block(self, text: str, part: str) -> str:
        return markup.render(defined(text, self.definitions, f"{self.question.id}-{part}"), self.links)


def _check_headings(body: str, body_line: int, rules: Findings) -> None:
    """A `#` heading would look like a question's and is none."""
    for heading in find_headings(read_sheet(body)):
        if heading.level < QUESTION_LEVEL:
            hint = "judul kuis ditulis di `judul:`; judul soal memakai `## `."
            rules.error(body_line - 1 + heading.index, "K016", "judul `#` tidak dipakai di kuis", hint)


def _minutes(head: QuizHead | None) -> int:
    return 0 if head is None else head.minutes or head.minutes_allowed or 0


def _last_line(source: str) -> int:
    lines = read_sheet(source).lines
    return max((number for number, line in enumerate(lines, start=1) if line.strip()), default=1)
