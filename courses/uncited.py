"""Paragraphs that state facts and name no source, for their author to judge: `--rujukan`. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courses.frontmatter import ActivityHead, read
from foundation.containers import NAMES, find_containers
from foundation.lines import HEADING, QUOTE, begins_list
from foundation.slugs import plain, split_anchor
from foundation.source import Sheet, read_sheet

YEAR = r"(?:1[5-9]|20)[0-9]{2}"
LAW = r"(?:UU|PP|Perpres|Permen\w*|Perda|Pasal|Konvensi)\b\s+(?:No(?:mor|\.)?\s+)?[0-9]"
AMOUNT = r"[0-9][0-9.,]*\s*(?:%|persen|juta|miliar|triliun|ribu|orang|negara|provinsi|kabupaten|kota)\b"
MONEY = r"(?:Rp|US\$|USD|€)\s*[0-9]"
FACT = re.compile(rf"\b{YEAR}\b|{LAW}|{AMOUNT}|{MONEY}")
SOURCE = re.compile(r"\[@|\[\^|\]\(https?:|https?://")
NOTE = re.compile(r"^ {0,3}\[\^[^\]]+\]:")
WITHOUT_SOURCES = frozenset({"cek", "check", "refleksi", "pendapat", "rangkuman"})
"""Containers that ask, judge or repeat: questions have `lihat`, an opinion is the course's own."""
SHOWN = 72


@dataclass(frozen=True)
class Uncited:
    """A paragraph that begins at `line` of its file, and how it begins."""

    line: int
    beginning: str


def uncited(source: str, file: str) -> Iterator[Uncited]:
    """Every paragraph or item of a lesson with a year, a law, an amount or money in it and no source."""
    front = read(source, file, ActivityHead)
    sheet = read_sheet(front.body)
    for index, paragraph in _paragraphs(sheet):
        if FACT.search(paragraph) and not SOURCE.search(paragraph) and not NOTE.match(paragraph):
            text = plain(split_anchor(paragraph)[0])
            yield Uncited(front.body_line + index, text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …")


def _paragraphs(sheet: Sheet) -> Iterator[tuple[int, str]]:
    skipped, edges = _skipped(sheet)
    first, lines = 0, list[str]()
    for index, line in enumerate(sheet.lines):
        text = QUOTE.sub("", line, count=1)
        is_apart = index in edges or index in skipped or index in sheet.code_lines or HEADING.match(text)
        if is_apart or not text.strip() or begins_list(text.lstrip(), bool(lines)):
            if lines:
                yield first, "\n".join(lines)
            lines = []
        if not is_apart and text.strip():
            first = first if lines else index
            lines.append(text.strip())
    if lines:
        yield first, "\n".join(lines)


def _skipped(sheet: Sheet) -> tuple[set[int], set[int]]:
    """Lines inside containers that need no sources, and the lines that open or close any."""
    skipped: set[int] = set()
    edges: set[int] = set()
    for container in find_containers(sheet).found:
        edges |= {container.first, container.last}
        if NAMES.get(container.name, container.name) in WITHOUT_SOURCES:
            skipped.update(range(container.first, container.last + 1))
    return skipped, edges
