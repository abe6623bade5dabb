"""What a text may cost to read. Checked before Markdown runs, in one pass over its lines. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from foundation.containers import Containers, find_containers
from foundation.lines import HEADING, ITEM, QUOTE, RULE, begins_list, indent_of, text_offset
from foundation.problems import Problem
from foundation.source import Sheet, read_sheet

LARGEST_FILE = 256 * 1024
MOST_HEADINGS = 1_000
LARGEST_PARAGRAPH = 20 * 1024
MOST_BRACKETS = 200
DEEPEST = 6

SPLIT = "pecah menjadi beberapa berkas."
BEGINNINGS = frozenset("#|>-_*+•0123456789")
TABLE_ROW = re.compile(r"^ {0,3}\|.*\|[ \t]*$")


def check_limits(source: str, file: str) -> list[Problem]:
    """One problem for each limit that is passed, at the line where it is; too large a file is judged no further."""
    if len(source.encode("utf-8", "replace")) > LARGEST_FILE:
        return [Problem(file, 1, 1, "S002", "berkas lebih dari 256 KB", SPLIT)]
    sheet = read_sheet(source)
    containers = find_containers(sheet)
    text = "\n".join(sheet.lines)
    found: list[Problem] = []
    if text.count("[") > MOST_BRACKETS or len(source.encode("utf-8", "replace")) > LARGEST_PARAGRAPH:
        found += _paragraphs(sheet, containers, file)
    if text.count("#") > MOST_HEADINGS and (index := _too_many_headings(sheet)) is not None:
        message = f"lebih dari {MOST_HEADINGS} judul dalam satu berkas"
        found.append(Problem(file, index + 1, 1, "S003", message, SPLIT))
    if _may_be_deep(text, containers) and (index := _too_deep(sheet, containers)) is not None:
        message = f"lebih dari {DEEPEST} tingkat daftar, kutipan, atau kotak"
        found.append(Problem(file, index + 1, 1, "S006", message, "kurangi tingkatnya; buat subjudul bila perlu."))
    return sorted(found)


def _too_many_headings(sheet: Sheet) -> int | None:
    headings = [index for index, line in sheet.prose() if line.lstrip().startswith("#") and HEADING.match(line)]
    return headings[MOST_HEADINGS] if len(headings) > MOST_HEADINGS else None


@dataclass
class _Paragraph:
    first: int = 0
    size: int = 0
    brackets: int = 0

    def add(self, line: str) -> None:
        self.size += len(line.encode()) + 1
        self.brackets += line.count("[")


def _paragraphs(sheet: Sheet, containers: Containers, file: str) -> Iterator[Problem]:
    """The first paragraph that is too long, and the first with too many brackets."""
    is_large = has_many = False
    for paragraph in _read_paragraphs(sheet, containers):
        if paragraph.size > LARGEST_PARAGRAPH and not is_large:
            is_large = True
            hint = "beri baris kosong di antara bagian-bagiannya."
            yield Problem(file, paragraph.first + 1, 1, "S004", "paragraf ini lebih dari 20 KB", hint)
        if paragraph.brackets > MOST_BRACKETS and not has_many:
            has_many = True
            message = f"paragraf ini memuat lebih dari {MOST_BRACKETS} tanda `[`"
            yield Problem(file, paragraph.first + 1, 1, "S005", message, "pecah menjadi beberapa paragraf.")


def _read_paragraphs(sheet: Sheet, containers: Containers) -> Iterator[_Paragraph]:
    """Runs of text that are read as one; an item, a heading, a table's row or a container's edge begins another."""
    edges = {index for container in containers.found for index in (container.first, container.last)}
    paragraph = _Paragraph()
    was_alone = False
    for index, written in sheet.prose():
        line = QUOTE.sub("", written, count=1) if ">" in written else written
        begins = _may_begin(line)
        is_alone = index in edges or (begins and bool(HEADING.match(line) or RULE.match(line) or TABLE_ROW.match(line)))
        is_item = begins and begins_list(line.lstrip(" "), bool(paragraph.size))
        if is_alone or was_alone or is_item or not line.strip():
            yield paragraph
            paragraph = _Paragraph()
        if line.strip():
            paragraph.first = paragraph.first if paragraph.size else index
            paragraph.add(line)
        was_alone = is_alone
    yield paragraph


def _may_begin(line: str) -> bool:
    """Whether the line's first sign could begin anything but text."""
    return line.lstrip(" \t")[:1] in BEGINNINGS


@dataclass
class _Depth:
    """How deep lists and quotes are at a line; `offsets` are the indents that the open items ask for."""

    quotes: int = 0
    offsets: list[int] = field(default_factory=list)

    def read(self, line: str) -> int:
        if not self.quotes and not self.offsets and not _may_begin(line):
            return 0
        quotes, rest, start = _quotes(line)
        if quotes != self.quotes:
            self.quotes, self.offsets = quotes, []
        column = start + indent_of(rest)
        while self.offsets and column < self.offsets[-1]:
            self.offsets.pop()
        inner = 0
        rest = rest.lstrip(" ")
        while (match := ITEM.match(rest)) or rest.startswith(">"):
            if match:
                step = text_offset(match)
                column += step
                self.offsets.append(column)
                rest = rest[step:].lstrip(" ")
            else:
                inner += 1
                rest = rest[1:].lstrip(" ")
            if self.quotes + len(self.offsets) + inner > DEEPEST:
                break
        return self.quotes + len(self.offsets) + inner


def _quotes(line: str) -> tuple[int, str, int]:
    """How many quote marks the line begins with, what follows them, and at which column."""
    marks = len(line) - len(line.lstrip(" >"))
    start = line.rfind(">", 0, marks) + 1
    return line.count(">", 0, marks), line[start:], start


def _may_be_deep(text: str, containers: Containers) -> bool:
    """Whether any line begins with as many signs and spaces as levels would take; most texts need no closer look."""
    boxes = max((container.depth + 1 for container in containers.found), default=0)
    if boxes > DEEPEST:
        return True
    sign, left = r"(?:[ >*+•-]|[0-9]{1,9}[.)])", DEEPEST - boxes + 1
    return re.search(rf"^{sign}{{{left}}}|^{sign}*\t", text, re.MULTILINE) is not None


def _too_deep(sheet: Sheet, containers: Containers) -> int | None:
    """The first line where lists, quotes and containers together are too deep."""
    steps: dict[int, int] = {}
    for container in containers.found:
        steps[container.first] = steps.get(container.first, 0) + 1
        steps[container.last] = steps.get(container.last, 0) - 1
    opened = 0
    depth = _Depth()
    for index, line in sheet.prose():
        opened += steps.get(index, 0)
        if opened > DEEPEST or (line.strip() and opened + depth.read(line.expandtabs(4)) > DEEPEST):
            return index
    return None
