"""Headings of a text by line, as markup.py sees them: none in code, lists or quotes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.containers import find_containers
from foundation.lines import CLOSE, HEADING, OPEN, QUOTE, ListReading, begins_list, is_lazy, is_paragraph
from foundation.source import Sheet


@dataclass(frozen=True)
class HeadingLine:
    """`text` is what stands after the `#`s, as written; `index` counts lines from 0."""

    index: int
    level: int
    text: str


def find_headings(sheet: Sheet) -> Iterator[HeadingLine]:
    """Every heading outside lists; a heading may be indented by up to three spaces."""
    reading: ListReading | None = None
    before = ""
    is_quoted = False
    if not any("#" in line for line in sheet.lines):
        return
    for index, line in _marked_lines(sheet):
        if reading is None and not is_quoted and line[:1].isalpha():  # text, as most lines are
            before = line
            continue
        if reading is not None and reading.takes(line, before):
            before = line
            continue
        is_in_paragraph = reading is None and is_paragraph(before) and not is_quoted
        is_quoted = bool(QUOTE.match(line)) or (is_quoted and is_lazy(line, before))
        reading = ListReading(line) if not is_quoted and begins_list(line, is_in_paragraph) else None
        heading = None if is_quoted or reading else HEADING.match(line)
        if heading:
            yield HeadingLine(index, len(heading["level"]), heading["text"] or "")
        before = line


def _marked_lines(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The lines with one mark for each fence, and for each line that opens or closes a container."""
    fences = {fence.first: fence for fence in sheet.fences}
    edges = {index for container in find_containers(sheet).found for index in (container.first, container.last)}
    for index, line in enumerate(sheet.lines):
        if index in fences:
            yield index, f"{fences[index].prefix}{OPEN}f0{CLOSE}".expandtabs(4)
        elif index in edges:
            yield from ((index, mark) for mark in ("", OPEN, ""))
        elif index not in sheet.code_lines:
            yield index, line.expandtabs(4)
