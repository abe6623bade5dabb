"""Text -> typed questions, as section 4 of the authoring format says. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from courses.findings import Findings
from courses.kinds import Reference
from courses.values import closest, split_codes
from foundation.containers import find_containers
from foundation.headings import HeadingLine, find_headings
from foundation.problems import Problem
from foundation.slugs import slug, split_anchor
from foundation.source import Sheet, code_spans, read_sheet
from quizzes.metadata import Metadata, read_metadata, read_points
from quizzes.options import AnswerBlock, Line, ListBlock, Option, OptionReader, collapsed, find_lists, kind_of

__all__ = ["Credit", "Kind", "Option", "Question", "QuestionSet", "parse_questions"]

OTHER_KINDS = {
    "teks": "text",
    "angka": "number",
    "isian": "blanks",
    "jodoh": "matching",
    "urutan": "ordering",
    "esai": "essay",
    "skala": "scale",
    "tanggapan": "comment",
}
"""Kinds of the authoring format that later issues bring."""
BLANK = re.compile(r"\[\[(?!\s*istilah:)[^\[\]]+\]\]")
EQUALS = re.compile(r"^ {0,3}=[ \t]+\S")
LEVEL = re.compile(r"^C[1-6]$")
LONGEST_SLUG = 60


class Kind(StrEnum):
    """How a question is answered; the words are the author's."""

    SINGLE = "tunggal"
    MULTIPLE = "jamak"


class Credit(StrEnum):
    """What a partly right choice among several is worth; the words are the author's."""

    PROPORTIONAL = "proporsional"
    EXACT = "semua"
    PROPORTIONAL_CORRECT = "proporsional-tanpa-salah"


KIND_ALIASES = {"single": "tunggal", "multiple": "jamak", **{english: name for name, english in OTHER_KINDS.items()}}
CREDIT_ALIASES = {
    "proportional": "proporsional",
    "exact": "semua",
    "proportional-correct": "proporsional-tanpa-salah",
}


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
        text = _Text.of(self.sheet, self.containers, metadata.end, last)
        answers = self._find_answers(start, title, text, metadata)
        stem = text.between(0, answers.first if answers else len(text.lines))
        name = self._name(start, anchor, title or stem)
        self._note_references(metadata, start)
        if answers is None:
            return
        block = OptionReader(self.findings).read(text.lines, text.kinds, answers.first, metadata.end)
        kind = self._judge(block, metadata, start, text.offset + answers.last - 1)
        if all(problem.is_warning for problem in self.findings.problems[problems_before:]):
            line = self.findings.line(start)
            self.questions.append(_question(name, title, stem, kind, block, metadata, line))

    def _find_answers(self, start: int, title: str, text: "_Text", metadata: Metadata) -> ListBlock | None:
        """The list with boxes that answers the question; None, and a problem, when there is none to read."""
        asked = metadata.values.get("jenis", "")
        word = KIND_ALIASES.get(asked, asked)
        lists = find_lists(text.lines, text.kinds)
        boxed = [found for found in lists if found.has_boxes]
        other = word if word in OTHER_KINDS else _other_kind(title, text, lists)
        if word and word not in OTHER_KINDS and word not in set(Kind):
            hint = closest(asked, [*Kind, *OTHER_KINDS])
            self.findings.error(metadata.indexes["jenis"], "K018", f"jenis soal `{asked}` tidak dikenal", hint)
        elif boxed and other:
            hint = "sisakan satu cara menjawab."
            self.findings.error(start, "K007", f"soal ini punya dua macam jawaban: kotak dan {other}", hint)
        elif len(boxed) > 1:
            between = text.offset + _first_written(text.lines, boxed[-2].last)
            hint = "hapus, pindahkan ke atas pilihan, atau jorokkan dengan dua spasi."
            self.findings.error(between, "K007", "baris ini memutus daftar pilihan", hint)
        elif boxed:
            return boxed[0]
        elif other and not (word and word in set(Kind)):
            hint = "pakai pilihan `- [ ] …` dahulu, atau tunggu versi berikutnya."
            self.findings.error(start, "K090", f"jenis soal ini belum didukung: {other}", hint)
        else:
            last = max(text.offset + text.last_written(), start)
            hint = "tulis pilihan `- [ ] …`, dan `- [x] …` untuk yang benar."
            self.findings.error(last, "K001", "soal ini belum punya pilihan jawaban", hint)
        return None

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

    def _judge(self, block: AnswerBlock, metadata: Metadata, start: int, last: int) -> Kind:
        """Note what is wrong with a question that was read, and say what kind it is."""
        right = sum(option.is_right for option in block.options)
        asked = metadata.values.get("jenis", "")
        asked = KIND_ALIASES.get(asked, asked)
        if block.is_sound and block.options:
            self._judge_options(block)
        if asked == Kind.SINGLE and right > 1:
            hint = "sisakan satu [x], atau tulis `jenis: jamak`."
            self.findings.error(
                metadata.indexes["jenis"], "K003", f"`jenis: tunggal`, tetapi {right} pilihan benar", hint
            )
        if (text := metadata.values.get("poin")) is not None and read_points(text) is None:
            self.findings.error(
                metadata.indexes["poin"], "K009", "poin harus bilangan di atas 0", "tulis misalnya `poin: 2`."
            )
        if (text := metadata.values.get("tingkat")) is not None and not LEVEL.match(text.upper()):
            self.findings.error(
                metadata.indexes["tingkat"], "K015", f"tingkat `{text}` tidak dikenal", "tulis C1 sampai C6."
            )
        if (text := metadata.values.get("kredit")) is not None and _credit(text) is None:
            hint = closest(text, [*Credit])
            self.findings.error(metadata.indexes["kredit"], "K015", f"kredit `{text}` tidak dikenal", hint)
        return Kind.MULTIPLE if right > 1 or asked == Kind.MULTIPLE else Kind.SINGLE

    def _judge_options(self, block: AnswerBlock) -> None:
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


@dataclass(frozen=True)
class _Text:
    """A question's lines below its metadata, and what each of them is; `offset` is the index of the first."""

    lines: Sequence[str]
    kinds: Sequence[Line]
    offset: int

    @classmethod
    def of(cls, sheet: Sheet, containers: set[int], first: int, last: int) -> "_Text":
        opaque = [index in sheet.code_lines or index in containers for index in range(first, last)]
        lines = sheet.lines[first:last]
        return cls(lines, [kind_of(*pair) for pair in zip(lines, opaque, strict=True)], first)

    def between(self, first: int, last: int) -> str:
        return "\n".join(self.lines[first:last]).strip("\n")

    def last_written(self) -> int:
        return max((place for place, line in enumerate(self.lines) if line.strip()), default=-1)


def _other_kind(title: str, text: _Text, lists: Sequence[ListBlock]) -> str:
    """A kind of answer other than boxes that stands in the question, or ""."""
    written = [line for line, kind in zip(text.lines, text.kinds, strict=True) if kind is not Line.BOX]
    if any(EQUALS.match(line) for line in written):
        return "teks"
    if any(found.has_arrows for found in lists):
        return "jodoh"
    if BLANK.search(without_code("\n".join([title, *written]))):
        return "isian"
    is_last = bool(lists) and lists[-1].last > text.last_written()
    return "urutan" if is_last and lists[-1].is_ordered and not lists[-1].has_boxes else ""


def without_code(text: str) -> str:
    """The text with its code spans left out."""
    kept, at = [], 0
    for start, end in code_spans(text):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


def _first_written(lines: Sequence[str], first: int) -> int:
    return next((index for index in range(first, len(lines)) if lines[index].strip()), first)


def see_of(written: str) -> str:
    """Where `lihat` points: a lone word is an id in the same file."""
    if not written or "#" in written or "/" in written or written.lower().endswith(".md"):
        return written
    return f"#{written}"


def _short_slug(text: str) -> str:
    first_line = text.strip().partition("\n")[0]
    name = slug(first_line)
    return (name if len(name) <= LONGEST_SLUG else name[:LONGEST_SLUG].rpartition("-")[0]) or "soal"


def _credit(text: str) -> Credit | None:
    word = CREDIT_ALIASES.get(text, text)
    return Credit(word) if word in set(Credit) else None


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
        credit=_credit(values.get("kredit", "")),
        line=line,
    )
