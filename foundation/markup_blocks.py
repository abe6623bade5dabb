"""Blocks as GitHub reads them: lists, quotes, headings, rules, code and containers, as processors for Python-Markdown.

Its own list reading wants a blank line before a list and four spaces per level; people write neither. Fenced code and
containers come here as marks that markup.py set in the text (private-use characters, stripped from what authors write).
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.util import AtomicString

from foundation.containers import Box, Container
from foundation.lines import CLOSE, CODE, HEADING, OPEN, QUOTE, RULE, ListReading, begins_list, is_lazy

DEFINITION = re.compile(r"^ {0,3}:[ ]{1,3}")
MARK = re.compile(f"{OPEN}(?P<what>[a-z])(?P<number>[0-9]+){CLOSE}")
DELIMITERS = re.compile(r"^ {0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)*(?:[ \t]*:?-+:?[ \t]*)?$")
"""The row below a table's head."""
CELL_END = re.compile(r"(?<!\\)\|")
DATED = re.compile(r"^(?P<date>.{1,60}?)(?: [—–-] |: )(?P<event>.*)$", re.DOTALL)
DEEPEST = 24
"""Levels that are ever built; limits.py reports far fewer, this only protects the stack."""


@dataclass
class Marked:
    """What the marks in a text stand for."""

    codes: list[str] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)


class ContainerProcessor(BlockProcessor):
    """Between an opening and its closing mark everything belongs to one box; a slot stays a mark."""

    def __init__(self, parser: BlockParser, marked: Marked) -> None:
        super().__init__(parser)
        self.marked = marked

    def test(self, parent: etree.Element, block: str) -> bool:
        match = MARK.match(block.strip())
        return match is not None and match["what"] in "ocs"

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        match = MARK.match(blocks.pop(0).strip())
        assert match is not None
        if match["what"] == "s":
            etree.SubElement(parent, "p").text = AtomicString(match[0])
        elif match["what"] == "o":
            self._build(parent, self.marked.containers[int(match["number"])], self._inside(blocks))

    def _inside(self, blocks: list[str]) -> list[str]:
        depth = 1
        inside: list[str] = []
        while blocks:
            block = blocks.pop(0)
            match = MARK.match(block.strip())
            depth += {"o": 1, "c": -1}.get(match["what"], 0) if match else 0
            if not depth:
                break
            inside.append(block)
        return inside

    def _build(self, parent: etree.Element, container: Container, inside: list[str]) -> None:
        box = container.box or Box("note", container.name)
        if box.english == "timeline":
            self._build_timeline(parent, container, inside)
            return
        aside = etree.SubElement(parent, "aside", {"class": f"box box-{box.english}"})
        if container.id:
            aside.set("id", container.id)
        title = container.title or box.caption
        if box.joins and container.title:
            title = f"{box.caption} · {container.title}"
        etree.SubElement(aside, "p", {"class": "box-title"}).text = title
        self.parser.parseBlocks(aside, inside)

    def _build_timeline(self, parent: etree.Element, container: Container, inside: list[str]) -> None:
        holder = etree.Element("div")
        self.parser.parseBlocks(holder, inside)
        if container.title:
            etree.SubElement(parent, "p", {"class": "box-title"}).text = container.title
        for child in holder:
            if child.tag in ("ul", "ol"):
                child.tag, child.attrib = "ol", {"class": "timeline"}
                if container.id:
                    child.set("id", container.id)
                for item in child:
                    _set_date_apart(item)
            parent.append(child)


def _set_date_apart(item: etree.Element) -> None:
    line = item[0] if len(item) and item[0].tag == "p" else item
    match = DATED.match(line.text or "")
    if match:
        line.text = None
        date = etree.Element("b")
        date.text, date.tail = match["date"].strip(), " " + match["event"].strip()
        line.insert(0, date)


class LineProcessor(BlockProcessor):
    """Takes a block apart line by line, in one pass, into lists, quotes, headings, rules, code and the rest."""

    def __init__(self, parser: BlockParser, marked: Marked) -> None:
        super().__init__(parser)
        self.marked = marked

    def test(self, parent: etree.Element, block: str) -> bool:
        if len(self.parser.state) > DEEPEST:
            return False
        lines = block.split("\n")
        return any(_begins(lines, index, 0) for index in range(len(lines))) or len(_parts_of(lines)) > 1

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        start = index = 0
        while index < len(lines):
            begun = _begins(lines, index, start)
            if not begun:
                index += 1
                continue
            self._plain(parent, lines[start:index])
            if begun == "list":
                index = self._list(parent, lines, index, blocks)
            elif begun == "quote":
                index = self._quote(parent, lines, index)
            else:
                self._single(parent, begun, lines[index])
                index += 1
            start = index
        if start < len(lines):
            # Put back rather than parsed here: a footnote may go on in the blocks that follow.
            blocks[:0] = _parts_of(lines[start:])

    def _plain(self, parent: etree.Element, lines: Sequence[str]) -> None:
        if any(line.strip() for line in lines):
            self.parser.parseBlocks(parent, _parts_of(lines))

    def _single(self, parent: etree.Element, kind: str, line: str) -> None:
        if kind == "heading":
            match = HEADING.match(line)
            assert match is not None
            etree.SubElement(parent, f"h{len(match['level'])}").text = match["text"] or ""
        elif kind == "rule":
            etree.SubElement(parent, "hr")
        else:
            match = CODE.match(line)
            assert match is not None
            code = etree.SubElement(etree.SubElement(parent, "pre", {"tabindex": "0"}), "code")  # it may scroll
            code.text = AtomicString(self.marked.codes[int(match["number"])] + "\n")

    def _quote(self, parent: etree.Element, lines: list[str], index: int) -> int:
        inside: list[str] = []
        while index < len(lines) and (QUOTE.match(lines[index]) or (inside and is_lazy(lines[index], inside[-1]))):
            inside.append(QUOTE.sub("", lines[index], count=1))
            index += 1
        self._within(etree.SubElement(parent, "blockquote"), inside, "blockquote")
        return index

    def _list(self, parent: etree.Element, lines: list[str], index: int, blocks: list[str]) -> int:
        """Build one list, taking later blocks as long as they belong to it."""
        reading = ListReading(lines[index])
        index += 1
        while True:
            while index < len(lines) and reading.takes(lines[index], lines[index - 1]):
                index += 1
            if index < len(lines) or not (later := reading.continues(blocks)):
                break
            lines += ["", *"\n\n".join(blocks[:later]).split("\n")]
            del blocks[:later]
        self._build_list(parent, reading)
        return index

    def _build_list(self, parent: etree.Element, reading: "ListReading") -> None:
        made = etree.SubElement(parent, "ol" if reading.is_ordered else "ul")
        if reading.is_ordered and reading.start != 1:
            made.set("start", str(reading.start))
        state = "looselist" if reading.is_loose() else "list"
        for lines in reading.items:
            self._within(etree.SubElement(made, "li"), lines, state)

    def _within(self, parent: etree.Element, lines: Sequence[str], state: str) -> None:
        self.parser.state.set(state)
        self.parser.parseChunk(parent, "\n".join(lines))
        self.parser.state.reset()


def _begins(lines: Sequence[str], index: int, start: int) -> str:
    """What begins at this line, or "" for plain text; `start` is where the paragraph so far began."""
    line = lines[index]
    if CODE.match(line):
        return "code"
    if HEADING.match(line):
        return "heading"
    if RULE.match(line):
        return "rule"
    if QUOTE.match(line):
        return "quote"
    return "list" if begins_list(line, index > start and bool(lines[index - 1].strip())) else ""


def _parts_of(lines: Sequence[str]) -> list[str]:
    """Plain lines as blocks: a table, or a term that follows another one's definition, begins a block of its own."""
    blocks: list[list[str]] = [[]]
    has_definition = False
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        is_definition = DEFINITION.match(line) is not None
        is_term = not is_definition and not line.startswith(" ") and DEFINITION.match(below) is not None
        if (has_definition and is_term) or (index and _is_table_head(line, below)):
            blocks.append([])
            has_definition = False
        blocks[-1].append(line)
        has_definition = has_definition or is_definition
    return ["\n".join(block) for block in blocks]


def _is_table_head(line: str, below: str) -> bool:
    if "|" not in line or "-" not in below or not DELIMITERS.match(below):
        return False
    return _cells(line) == _cells(below)


def _cells(row: str) -> int:
    return len(CELL_END.findall(row.strip().strip("|"))) + 1


class DefinitionProcessor(DefListProcessor):
    """Definitions, nested no deeper than the stack bears."""

    def test(self, parent: etree.Element, block: str) -> bool:
        return len(self.parser.state) <= DEEPEST and bool(super().test(parent, block))


class DefinitionIndentProcessor(DefListIndentProcessor):
    """Indented blocks after a definition belong to it; after a list they are dealt with here already."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.ITEM_TYPES, self.LIST_TYPES = ["dd"], ["dl"]
