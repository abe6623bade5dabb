"""Text -> typed questions, as section 4 of the authoring format says. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from courses.findings import Findings
from courses.kinds import Reference
from courses.values import closest, split_codes
from foundation.containers import find_containers
from foundation.headings import HeadingLine, find_headings
from foundation.problems import Problem
from foundation.slugs import slug, split_anchor
from foundation.source import Sheet, read_sheet
from quizzes.answers import QuestionText, find_answers, is_known_kind
from quizzes.metadata import Metadata, read_metadata, read_points
from quizzes.options import AnswerBlock, ListBlock, Option, OptionReader, collapsed
from quizzes.words import Credit, Kind, credit_of, kind_word

__all__ = ["Credit", "Kind", "Option", "Question", "QuestionSet", "parse_questions"]

LEVEL = re.compile(r"^C[1-6]$")
LONGEST_SLUG = 60


@dataclass(frozen=True)
class Question:
    """One question; every text is Markdown."""

    id: str
    stem_title: str
    stem: str
    kind: Kind
    points: Decimal
    options: tuple[Option, ...]
    explanation: str = ""
    objectives: tuple[str, ...] = ()
    see: str = ""
    level: str = ""
    credit: Credit | None = None
    line: int = 0

    @property
    def is_multiple(self) -> bool:
        return self.kind is Kind.MULTIPLE

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options)

    @property
    def right(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options if option.is_right)


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


def parse_questions(
    body: str, first_line: int, file: str, heading_levels: frozenset[int], alone: str | None = None
) -> QuestionSet:
    """Every question of `body`, which begins at `first_line` of its file.

    Unless `alone` is None, a text without a heading is one question, and `alone` is its id if it has one.
    """
    sheet = read_sheet(body)
    reader = _Reader(sheet, Findings(file, first_line))
    starts = [
        heading
        for heading in find_headings(sheet)
        if heading.level in heading_levels and heading.index not in reader.containers
    ]
    ends = [*(start.index for start in starts[1:]), len(sheet.lines)]
    for start, end in zip(starts, ends, strict=False):
        reader.read(start, start.index + 1, end)
    if not starts and alone is not None:
        reader.read(None, 0, len(sheet.lines), alone)
        return reader.result(intro="")
    intro = sheet.lines[: starts[0].index] if starts else sheet.lines
    return reader.result(intro="\n".join(intro).strip("\n"))


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

    def result(self, intro: str) -> QuestionSet:
        return QuestionSet(
            tuple(self.questions),
            intro,
            tuple(sorted(self.findings.problems)),
            tuple(self.references),
            tuple(self.objectives),
            tuple(self.ids.items()),
        )

    def read(self, heading: HeadingLine | None, first: int, last: int, id: str = "") -> None:
        """Read the question whose lines are [first, last); it is kept when nothing in it is wrong."""
        problems_before = len(self.findings.problems)
        metadata = read_metadata(self.sheet.lines, first, last, self.findings)
        title, anchor = split_anchor(heading.text) if heading else ("", id)
        start = heading.index if heading else first
        text = QuestionText.of(self.sheet, self.containers, metadata.end, last)
        answers = self._find_answers(text, title, metadata, start)
        stem = text.between(0, answers.first if answers else len(text.lines))
        name = self._name(start, anchor, title or stem)
        self._note_references(metadata, start)
        if answers is None:
            return
        block = OptionReader(self.findings).read(text.lines, text.kinds, answers.first, metadata.end)
        self._judge_options(block)
        kind = self._judge_metadata(block, metadata)
        if all(problem.is_warning for problem in self.findings.problems[problems_before:]):
            line = self.findings.line(start)
            self.questions.append(_question(name, title, stem, kind, block, metadata, line))

    def _find_answers(self, text: QuestionText, title: str, metadata: Metadata, start: int) -> ListBlock | None:
        written = metadata.values.get("jenis", "")
        word = kind_word(written)
        if not is_known_kind(word, written, metadata.index("jenis", start), self.findings):
            return None
        return find_answers(text, title, word, start, self.findings)

    def _name(self, start: int, anchor: str, text: str) -> str:
        """The question's id: the author's, else the slug of its first line, which changes with every edit."""
        name = anchor or _short_slug(text)
        if not anchor:
            hint = f"tulis {{#{name}}} di akhir judul soal."
            self.findings.warn(start, "K010", "soal ini belum punya id, jadi memakai bunyi judulnya", hint)
        if name in self.ids:
            hint = "beri tiap soal id sendiri, misalnya {#surat-konfirmasi-2}."
            self.findings.error(start, "K011", f"id soal `{name}` sudah dipakai di baris {self.ids[name]}", hint)
        self.ids.setdefault(name, self.findings.line(start))
        return name

    def _note_references(self, metadata: Metadata, start: int) -> None:
        if see := see_of(metadata.values.get("lihat", "")):
            index = metadata.indexes["lihat"]
            self.references.append(Reference(see, self.findings.line(index), metadata.columns["lihat"]))
        else:
            hint = "tulis misalnya `lihat: 02-tahapan.md#surat-konfirmasi` di bawah judul soal."
            self.findings.warn(start, "K022", "soal ini belum menunjuk bacaannya", hint)
        for code in split_codes(metadata.values.get("tujuan", "")):
            index = metadata.indexes["tujuan"]
            self.objectives.append(Reference(code, self.findings.line(index), metadata.columns["tujuan"]))

    def _judge_metadata(self, block: AnswerBlock, metadata: Metadata) -> Kind:
        """Note values that mean nothing, and say what kind of question it is."""
        values, at, error = metadata.values, metadata.indexes, self.findings.error
        right = sum(option.is_right for option in block.options)
        asked = kind_word(values.get("jenis", ""))
        if asked == Kind.SINGLE and right > 1:
            hint = "sisakan satu [x], atau tulis `jenis: jamak`."
            error(at["jenis"], "K003", f"`jenis: tunggal`, tetapi {right} pilihan benar", hint)
        if "poin" in values and read_points(values["poin"]) is None:
            error(at["poin"], "K009", "poin harus bilangan di atas 0", "tulis misalnya `poin: 2`.")
        if "tingkat" in values and not LEVEL.match(values["tingkat"].upper()):
            error(at["tingkat"], "K015", f"tingkat `{values['tingkat']}` tidak dikenal", "tulis C1 sampai C6.")
        if "kredit" in values and credit_of(values["kredit"]) is None:
            hint = closest(values["kredit"], [*Credit])
            error(at["kredit"], "K015", f"kredit `{values['kredit']}` tidak dikenal", hint)
        return Kind.MULTIPLE if right > 1 or asked == Kind.MULTIPLE else Kind.SINGLE

    def _judge_options(self, block: AnswerBlock) -> None:
        """Compare and count the options, unless a line of them was not understood."""
        if not block.is_sound or not block.options:
            return
        seen: dict[str, Option] = {}
        for option in block.options:
            index = option.line - self.findings.first_line
            text = collapsed(option.text)
            if not text:
                self.findings.error(index, "K023", "pilihan ini kosong", "tulis teksnya, atau hapus barisnya.")
            elif text in seen:
                hint = "ubah salah satunya, atau hapus."
                self.findings.error(index, "K012", f'dua pilihan sama persis: "{text}"', hint)
            elif not option.is_right and not option.feedback:
                hint = "tulis `  > mengapa ini kurang tepat` di bawahnya."
                self.findings.warn(index, "K021", "pengecoh ini belum punya umpan balik", hint)
            seen[text] = option
        last = block.options[-1].line - self.findings.first_line
        if len(block.options) == 1:
            self.findings.error(last, "K008", "soal ini hanya punya satu pilihan", "tambahkan pengecoh.")
        if not any(option.is_right for option in block.options):
            self.findings.error(last, "K002", "belum ada pilihan yang benar", "tandai yang benar dengan `[x]`.")


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
    name: str, title: str, stem: str, kind: Kind, block: AnswerBlock, metadata: Metadata, line: int
) -> Question:
    values = metadata.values
    return Question(
        id=name,
        stem_title=title,
        stem=stem,
        kind=kind,
        points=read_points(values.get("poin", "1")) or Decimal(1),
        options=block.options,
        explanation=block.explanation,
        objectives=split_codes(values.get("tujuan", "")),
        see=see_of(values.get("lihat", "")),
        level=values.get("tingkat", "").upper(),
        credit=credit_of(values.get("kredit", "")),
        line=line,
    )
