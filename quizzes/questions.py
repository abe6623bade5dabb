"""Text -> typed questions, as section 4 of the authoring format says. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from courses.findings import Findings
from courses.kinds import Item, Reference
from courses.values import closest, split_codes
from foundation.containers import find_containers, never_closed
from foundation.headings import HeadingLine, find_headings
from foundation.problems import Edit, Problem
from foundation.slugs import slug, split_anchor
from foundation.source import Sheet, read_sheet
from quizzes import item_writing, numbers
from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.answers import Answer, Standing, find_answers, kind_of_answer, read_answer, refuse_broken_keys
from quizzes.blanks import Blanks, Gap, Menu, refuse_open, without_blanks
from quizzes.choices import Choice
from quizzes.definitions import Definition, find_definitions
from quizzes.kinds.text import forgives
from quizzes.metadata import Metadata, judge_values, read_metadata, read_points, warn_of_idle_names
from quizzes.options import Option
from quizzes.question_text import QuestionText
from quizzes.words import UNSCORED, Credit, Kind, credit_of, kind_of_word

__all__ = ["Choice", "Credit", "Kind", "Option", "Question", "QuestionSet", "parse_questions"]

ANCHOR = re.compile(r"\{#([\w-]+)\}")
CLOSING = re.compile(r"(?:^|[ \t])#+[ \t]*$")
"""Hashes that close a heading, where an id stands behind them."""
CLOSED_HEADING = re.compile(r"[ \t]#+[ \t]*$")
LONGEST_SLUG = 60


@dataclass(frozen=True)
class Question:
    """One question; every text is Markdown."""

    id: str
    stem_title: str
    stem: str
    kind: Kind
    points: Decimal
    """0 where there is no right or wrong."""
    answer: Answer
    explanation: str = ""
    objectives: tuple[str, ...] = ()
    see: str = ""
    level: str = ""
    credit: Credit | None = None
    pool: str = ""
    form: str = ""
    """A or B; "" belongs to both."""
    line: int = 0

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to tick; nothing in other ways of answering."""
        return self.answer.options if isinstance(self.answer, Choice) else ()

    @property
    def is_scored(self) -> bool:
        return self.kind not in UNSCORED


@dataclass(frozen=True)
class QuestionSet:
    """All questions of a text, and what stands before the first one."""

    questions: tuple[Question, ...]
    intro: str
    problems: tuple[Problem, ...] = ()
    references: tuple[Reference, ...] = ()
    objectives: tuple[Reference, ...] = ()
    ids: tuple[tuple[str, int], ...] = ()
    """Each question's id with its line, in order, also of questions that have an error."""
    definitions: tuple[Definition, ...] = ()
    """Of notes and addresses, at the end of the text."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The questions as a blueprint counts them."""
        return tuple(
            Item(question.id, question.objectives, question.level, question.form, question.line)
            for question in self.questions
        )


def parse_questions(
    body: str, first_line: int, file: str, heading_levels: frozenset[int], alone: str | None = None
) -> QuestionSet:
    """Every question of `body`, which begins at `first_line` of its file.

    Unless `alone` is None, a text without a heading is one question, and `alone` is its id if it has one.
    """
    sheet = read_sheet(body)
    reader = _Reader(sheet, Findings(file, first_line))
    headings = [heading for heading in find_headings(sheet) if heading.index not in reader.containers]
    starts = [heading for heading in headings if heading.level in heading_levels]
    edges = [heading.index for heading in headings if heading.level <= max(heading_levels)]
    definitions, end = find_definitions(sheet, reader.containers)
    ends = dict(zip(edges, [*edges[1:], end], strict=False))
    for start in starts:
        reader.read(start, start.index + 1, ends[start.index])
    if not starts and alone is not None:
        reader.read(None, 0, end, alone)
        return reader.result("", definitions)
    intro = sheet.lines[: starts[0].index] if starts else sheet.lines
    return reader.result("\n".join(intro).strip("\n"), definitions if starts else ())


class _Reader:
    """Reads question after question of one text and collects what is found."""

    def __init__(self, sheet: Sheet, findings: Findings) -> None:
        self.sheet = sheet
        self.findings = findings
        self.containers = {
            index for container in find_containers(sheet).found for index in range(container.first, container.last + 1)
        }
        self.questions: list[Question] = []
        self.references: list[Reference] = []
        self.objectives: list[Reference] = []
        self.ids: dict[str, int] = {}
        self.authors_ids = set(ANCHOR.findall("\n".join(line for _index, line in sheet.prose())))

    def result(self, intro: str, definitions: tuple[Definition, ...]) -> QuestionSet:
        return QuestionSet(
            tuple(self.questions),
            intro,
            tuple(sorted(self.findings.problems)),
            tuple(self.references),
            tuple(self.objectives),
            tuple(self.ids.items()),
            definitions,
        )

    def read(self, heading: HeadingLine | None, first: int, last: int, id: str = "") -> None:
        """Read the question whose lines are [first, last); it is kept when nothing in it is wrong."""
        problems_before = len(self.findings.problems)
        metadata = read_metadata(self.sheet.lines, first, last, self.findings)
        judge_values(metadata, self.findings)
        title, anchor = split_anchor(heading.text) if heading else ("", id)
        title = CLOSING.sub("", title).rstrip() if anchor else title
        start = heading.index if heading else first
        asked = self._asked(metadata)
        text = QuestionText.of(self.sheet, self.containers, metadata.end, last)
        standing = Standing.of(text, title, self._column(heading), start)
        told_before = len(self.findings.problems)
        found = find_answers(text, standing, asked, metadata, start, self.findings)
        if found is None and any(start <= index < last for index in never_closed(self.sheet)):
            del self.findings.problems[told_before:]  # the answers stand in what was not closed, which is told
        stem = text.between(0, found.first if found else len(text.lines))
        name = self._name(heading, start, anchor, without_blanks(title).strip() or without_blanks(stem))
        refuse_open(standing.marks, self.findings)
        refuse_broken_keys(text, self.findings)
        answer, explanation = read_answer(found, text, asked, metadata, self.findings) if found else (None, "")
        kind = kind_of_answer(answer, asked) if answer else None
        self._note_references(metadata, start, kind or asked, is_told=not found and not standing.ways(text))
        if answer is None or kind is None:
            return
        if isinstance(answer, Choice):
            answer = replace(answer, is_multiple=kind is Kind.MULTIPLE)
        self._judge_kind(kind, asked, answer, metadata, start)
        question = _question(name, title, stem, kind, answer, explanation, metadata, self.findings.line(start))
        if all(problem.is_warning for problem in self.findings.problems[problems_before:]):
            self._judge_tolerance(answer, metadata, start)
            if isinstance(answer, Choice):
                item_writing.judge_choice(title, stem, answer, start, self.findings)
            self.questions.append(question)

    def _asked(self, metadata: Metadata) -> Kind | None:
        """The kind that `jenis` names; a problem when nobody knows it."""
        written = metadata.values.get("jenis", "")
        kind = kind_of_word(written)
        if kind is None and "jenis" in metadata.values:
            message = f"jenis soal `{written}` tidak dikenal"
            self.findings.error(metadata.indexes["jenis"], "K018", message, closest(written, [*Kind]))
        return kind

    def _column(self, heading: HeadingLine | None) -> int:
        """Where the text of a heading begins in its line."""
        return max(self.sheet.lines[heading.index].find(heading.text), 0) + 1 if heading else 1

    def _name(self, heading: HeadingLine | None, start: int, anchor: str, text: str) -> str:
        """The question's id: the author's, else the slug of its first line, which changes with every edit."""
        name = anchor or _short_slug(text)
        if not anchor:
            self._warn_of_no_id(heading, start, name)
        if name in self.ids:
            hint = "beri tiap soal id sendiri, misalnya {#surat-konfirmasi-2}."
            self.findings.error(start, "K011", f"id soal `{name}` sudah dipakai di baris {self.ids[name]}", hint)
        self.ids.setdefault(name, self.findings.line(start))
        return name

    def _warn_of_no_id(self, heading: HeadingLine | None, start: int, name: str) -> None:
        free = self._free(name)
        if heading is not None:
            where = "judul soal"
            is_closed = CLOSED_HEADING.search(self.sheet.lines[heading.index])
            mend = None if is_closed else Edit(self.findings.line(start), f" {{#{free}}}")
        else:  # the container's own line is the one above
            where = "baris pembuka kotak"
            has_line_above = self.findings.first_line > 1 and any(line.strip() for line in self.sheet.lines)
            mend = Edit(self.findings.first_line - 1, f" {{#{free}}}") if has_line_above else None
        message, hint = "soal ini belum punya id, jadi memakai bunyi judulnya", f"tulis {{#{free}}} di akhir {where}."
        self.findings.warn(start, "K010", message, hint, mend=mend)

    def _free(self, name: str) -> str:
        """The name, with a number where another question or an author's id has it already."""
        free, number = name, 1
        while free in self.ids or free in self.authors_ids:
            number += 1
            free = f"{name}-{number}"
        self.authors_ids.add(free)
        return free

    def _note_references(self, metadata: Metadata, start: int, kind: Kind | None, is_told: bool) -> None:
        """`is_told`: the question has no answers, so nobody knows yet whether it needs a reading to go back to."""
        if see := see_of(metadata.values.get("lihat", "")):
            index = metadata.indexes["lihat"]
            self.references.append(Reference(see, self.findings.line(index), metadata.columns["lihat"]))
        elif kind not in UNSCORED and "lihat" not in metadata.meant and (kind or not is_told):
            hint = "tulis misalnya `lihat: 02-tahapan.md#surat-konfirmasi` di bawah judul soal."
            self.findings.warn(start, "K022", "soal ini belum menunjuk bacaannya", hint)
        for code in split_codes(metadata.values.get("tujuan", "")):
            index = metadata.indexes["tujuan"]
            self.objectives.append(Reference(code, self.findings.line(index), metadata.columns["tujuan"]))

    def _judge_kind(self, kind: Kind, asked: Kind | None, answer: Answer, metadata: Metadata, start: int) -> None:
        """Tell where `jenis` and what stands there disagree, and of names that mean nothing here."""
        at = metadata.index("jenis", start)
        if asked is Kind.SINGLE and kind is Kind.MULTIPLE:
            assert isinstance(answer, Choice)
            message = f"`jenis: tunggal`, tetapi {len(answer.right)} pilihan benar"
            self.findings.error(at, "K003", message, "sisakan satu [x], atau tulis `jenis: jamak`.")
        is_like_number = (
            asked is not Kind.TEXT and isinstance(answer, TextAnswer) and any(map(numbers.is_like_number, answer.keys))
        )
        warn_of_idle_names(metadata, kind, self.findings, told={"satuan"} if is_like_number else frozenset())

    def _judge_tolerance(self, answer: Answer, metadata: Metadata, start: int) -> None:
        tolerance = _tolerance(answer)
        if tolerance and not any(forgives(key, tolerance) for key in _texts(answer)):
            hint = "kecilkan; salah ketik dimaafkan hanya pada jawaban yang lebih dari dua kali sepanjang itu."
            message = f"`toleransi: {tolerance}` terlalu besar bagi semua jawaban soal ini"
            self.findings.warn(metadata.index("toleransi", start), "K039", message, hint)


def see_of(written: str) -> str:
    """Where `lihat` points: a lone word is an id in the same file."""
    if not written or "#" in written or "/" in written or written.lower().endswith(".md"):
        return written
    return f"#{written}"


def _short_slug(text: str) -> str:
    first_line = text.strip().partition("\n")[0]
    name = slug(first_line)
    return (name if len(name) <= LONGEST_SLUG else name[:LONGEST_SLUG].rpartition("-")[0]) or "soal"


def _question(
    name: str,
    title: str,
    stem: str,
    kind: Kind,
    answer: Answer,
    explanation: str,
    metadata: Metadata,
    line: int,
) -> Question:
    values = metadata.values
    return Question(
        id=name,
        stem_title=title,
        stem=stem,
        kind=kind,
        points=Decimal(0) if kind in UNSCORED else read_points(values.get("poin", "1")) or Decimal(1),
        answer=answer,
        explanation=explanation,
        objectives=split_codes(values.get("tujuan", "")),
        see=see_of(values.get("lihat", "")),
        level=values.get("tingkat", "").upper(),
        credit=credit_of(values.get("kredit", "")),
        pool=values.get("kelompok", ""),
        form=values.get("bentuk", "").upper(),
        line=line,
    )


def _text_answers(answer: Answer) -> Sequence[TextAnswer]:
    blanks = answer.blanks if isinstance(answer, Blanks) else ()
    return [one for one in (answer, *map(_of_gap, blanks)) if isinstance(one, TextAnswer)]


def _of_gap(blank: Gap | Menu) -> TextAnswer | NumberAnswer | None:
    return blank.answer if isinstance(blank, Gap) else None


def _texts(answer: Answer) -> list[str]:
    return [key for one in _text_answers(answer) for key in one.keys]


def _tolerance(answer: Answer) -> int:
    return max((one.tolerance for one in _text_answers(answer)), default=0)
