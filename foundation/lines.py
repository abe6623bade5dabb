"""What a line of Markdown begins, as GitHub reads it. Pure. Shared by who builds blocks and who only looks for them."""

import re
from collections.abc import Sequence

HEADING = re.compile(r"^ {0,3}(?P<level>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*$")
RULE = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
ITEM = re.compile(r"^(?P<indent> *)(?P<mark>[-*+•]|[0-9]{1,9}[.)])(?:(?P<gap>[ ]+)(?P<text>\S.*)|[ ]*)$")
QUOTE = re.compile(r"^ {0,3}>[ ]?")
MARKS = re.compile(r"^(?:[ ]*(?:>|(?:[-*+•]|[0-9]{1,9}[.)])(?= )))+[ ]*")
"""Everything that begins quotes and items at the start of a line."""
OPEN, CLOSE = "\ue000", "\ue001"
"""Around the marks that stand for code and containers; private-use characters never come from an author."""
CODE = re.compile(rf"^[ ]*{OPEN}f(?P<number>[0-9]+){CLOSE}[ ]*$")
INTERRUPTING = frozenset({"-", "*", "+", "•", "1.", "1)"})


def begins_list(line: str, is_in_paragraph: bool) -> bool:
    """Inside a paragraph only a bullet or the number 1 begins a list: "1955. …" there is a year."""
    match = ITEM.match(line)
    if match is None or RULE.match(line):
        return False
    interrupts = bool(match["text"]) and match["mark"] in INTERRUPTING and len(match["indent"]) <= 3
    return interrupts or not is_in_paragraph


def is_lazy(line: str, before: str) -> bool:
    """Whether the line goes on the paragraph of the line before, although it is not indented or marked like it."""
    if not line.strip() or not is_paragraph(MARKS.sub("", before)):
        return False
    is_item = indent_of(line) <= 3 and begins_list(line, is_in_paragraph=False)
    return is_paragraph(line) and not QUOTE.match(line) and not is_item


def is_paragraph(line: str) -> bool:
    """Whether the line could be part of a paragraph, be it quoted or an item."""
    text = line.strip()
    if not text or OPEN in text:
        return False
    return text[0] not in "#-_*" or not (HEADING.match(line) or RULE.match(line))


def family(item: re.Match[str]) -> str:
    """Items of one list share their bullet, or the sign after their number."""
    return item["mark"][-1]


def text_offset(item: re.Match[str]) -> int:
    """How far a line must be indented to belong to the item."""
    gap = len(item["gap"] or " ")
    return len(item["indent"]) + len(item["mark"]) + (gap if gap <= 4 else 1)


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class ListReading:
    """One list being read: a line belongs to an item when it is indented to the item's text."""

    def __init__(self, line: str) -> None:
        match = ITEM.match(line)
        assert match is not None
        self.family = family(match)
        self.is_ordered = self.family in ".)"
        self.start = int(match["mark"][:-1]) if self.is_ordered else 1
        self.items: list[list[str]] = []
        self._begin(match)

    def _begin(self, match: re.Match[str]) -> None:
        self.offset = text_offset(match)
        self.items.append([match["text"] or ""])

    def takes(self, line: str, before: str) -> bool:
        """Add the line, which stands below `before`, to the list; False when it ends it."""
        if not line.strip():
            self.items[-1].append("")
        elif indent_of(line) >= self.offset and (any(self.items[-1]) or len(self.items[-1]) == 1):
            self.items[-1].append(line[self.offset :])
        elif self._is_next(line):
            match = ITEM.match(line)
            assert match is not None
            self._begin(match)
        elif self.items[-1][-1].strip() and is_lazy(line, before):
            self.items[-1].append(line.lstrip())
        else:
            return False
        return True

    def _is_next(self, line: str) -> bool:
        match = ITEM.match(line)
        return match is not None and family(match) == self.family and not RULE.match(line)

    def continues(self, blocks: Sequence[str]) -> int:
        """How many of the following blocks belong to this list for sure: blank ones and the next that goes on."""
        for number, block in enumerate(blocks, start=1):
            line = next((line for line in block.split("\n") if line.strip()), None)
            if line is not None:
                goes_on = indent_of(line) >= self.offset and any(self.items[-1])
                return number if goes_on or self._is_next(line) else 0
        return 0

    def is_loose(self) -> bool:
        """Whether items get paragraphs: a blank line stands between two of them, or between the parts of one."""
        ended_blank = [len(lines) > 1 and not lines[-1].strip() for lines in self.items]
        for lines in self.items:
            while len(lines) > 1 and not lines[-1].strip():
                lines.pop()
        return any(ended_blank[:-1]) or any(_has_gap(lines) for lines in self.items)


def _has_gap(lines: Sequence[str]) -> bool:
    """Whether a blank line stands between two parts of an item; one inside a nested list is that list's own."""
    nested: ListReading | None = None
    before = ""
    for place, line in enumerate(lines):
        if nested is None or not nested.takes(line, before):
            is_part = bool(line.strip())
            if place > 1 and is_part and not before.strip():
                return True
            nested = ListReading(line) if is_part and begins_list(line, is_paragraph(before)) else None
        before = line
    return False
