"""An author's text made even, and what in it is code or a note to oneself. Pure.

Everything that reads content starts here, so that Windows line ends, a byte order mark or a no-break space typed by a
word processor are dealt with once. Nothing here moves a line: line 12 of the result is line 12 of the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LINE_ENDS = re.compile(r"\r\n?")
# Characters that other programs take for a line end; an editor's line numbers do not.
FALSE_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters and private-use characters: the first break parsers, the second are our own marks in markup.py.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000f0000-\U000fffff\U00100000-\U0010ffff]"
)
ODD_SPACE = re.compile("[\u00a0\u2007\u202f]")
MARKER_ZONE = re.compile(
    "^[ \t\u00a0\u2007\u202f>]*"
    "(?:(?:#{1,6}|[-*+•]|[0-9]{1,9}[.)]|:{3,}|=|[A-Za-z_-]+:)[ \t\u00a0\u2007\u202f]+)?"
    "(?:\\[[ \txX✓✔\ufe0f\u00a0\u2007\u202f]*\\][ \t\u00a0\u2007\u202f]+)?"
)
FENCE = re.compile(
    r"^(?P<prefix>[ \t]*(?:>[ \t]*|(?:[-*+•]|[0-9]{1,9}[.)])[ \t]+)*)(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$"
)

LATEST = 8
"""Texts that are remembered: limits, checks and rendering each ask for the same one, one after the other."""


@lru_cache(maxsize=LATEST)
def normalise(text: str) -> str:
    """The same lines with one kind of line end, plain spaces around markers, and no character that could fool us."""
    text = LINE_ENDS.sub("\n", text)
    text = FALSE_LINE_ENDS.sub(" ", text)
    text = UNWANTED.sub("", text)
    if not ODD_SPACE.search(text):
        return text
    return "\n".join(MARKER_ZONE.sub(_with_plain_spaces, line) for line in text.split("\n"))


def _with_plain_spaces(match: re.Match[str]) -> str:
    return ODD_SPACE.sub(" ", match[0])


@dataclass(frozen=True)
class Fence:
    """A fenced block of code; `first` and `last` are line indexes, counted from 0."""

    first: int
    last: int
    prefix: str
    code: str
    is_closed: bool


@dataclass(frozen=True)
class Sheet:
    """A text as lines: comments are blanked out in place, and lines of fenced code are known."""

    lines: tuple[str, ...]
    fences: tuple[Fence, ...]
    code_lines: frozenset[int]
    unclosed_comment: int | None = None

    def prose(self) -> Iterator[tuple[int, str]]:
        """Every line that is not code, with its index."""
        if not self.code_lines:
            return enumerate(self.lines)
        return ((index, line) for index, line in enumerate(self.lines) if index not in self.code_lines)


@lru_cache(maxsize=LATEST)
def read_sheet(text: str) -> Sheet:
    """Find fenced code and comments the way GitHub does; whichever opens first hides the other."""
    lines = normalise(text).split("\n")
    fences: list[Fence] = []
    comment_from: int | None = None
    index = 0
    while index < len(lines):
        line = lines[index]
        if comment_from is None and ("```" in line or "~~~" in line) and (opener := _fence_opener(line)):
            fence = _read_fence(lines, index, opener)
            fences.append(fence)
            index = fence.last
        elif comment_from is not None or "<!--" in line:
            lines[index], is_open = _without_comments(line, comment_from is not None)
            comment_from = (index if comment_from is None else comment_from) if is_open else None
        index += 1
    code_lines = frozenset(line for fence in fences for line in range(fence.first, fence.last + 1))
    return Sheet(tuple(lines), tuple(fences), code_lines, comment_from)


def _fence_opener(line: str) -> re.Match[str] | None:
    match = FENCE.match(line)
    if match is None or (match["mark"][0] == "`" and "`" in match["info"]):
        return None
    # Indented by four or more and in no list it would be text; in a list it is code, and lists are likelier.
    return match


def _read_fence(lines: list[str], first: int, opener: re.Match[str]) -> Fence:
    prefix, mark = opener["prefix"], opener["mark"]
    quotes = prefix.count(">")
    closer = re.compile(rf"^[ \t]*(?:>[ \t]*){{{quotes}}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    body = re.compile(_margin(prefix, quotes))
    code: list[str] = []
    for index in range(first + 1, len(lines)):
        line = lines[index]
        if closer.match(line):
            return Fence(first, index, prefix, "\n".join(code), True)
        if not (margin := body.match(line)):  # a quote or an item that ends takes its code with it
            return Fence(first, index - 1, prefix, "\n".join(code), False)
        code.append(line[margin.end() :])
    return Fence(first, len(lines) - 1, prefix, "\n".join(code), False)


def _margin(prefix: str, quotes: int) -> str:
    """What stands left of a line of code: as much as left of its fence, with spaces for the mark of an item."""
    _quoted, _sign, indent = prefix.rpartition(">")
    if quotes:
        return rf"^[ \t]*(?:>[ ]?){{{quotes}}}[ ]{{0,{max(0, len(indent) - 1)}}}"
    if indent.strip():
        return rf"^(?: {{{len(indent)}}}|[ ]*\t|[ \t]*$)"
    return rf"^[ \t]{{0,{len(indent)}}}"


def _without_comments(line: str, is_open: bool) -> tuple[str, bool]:
    """The line with comments turned to spaces, and whether a comment is still open at its end."""
    spans = [] if is_open else code_spans(line)
    parts: list[str] = []
    at = 0
    while True:
        if is_open:
            end = line.find("-->", at)
            if end < 0:
                return "".join(parts).rstrip(), True
            parts.append(" " * (end + 3 - at))
            at, is_open = end + 3, False
        else:
            start = _first_outside(line, "<!--", at, spans)
            if start < 0:
                return ("".join(parts) + line[at:]).rstrip(), False
            parts.append(line[at:start] + "    ")
            at, is_open = start + 4, True


def _first_outside(line: str, what: str, at: int, spans: list[tuple[int, int]]) -> int:
    start = line.find(what, at)
    for begin, end in spans:
        if start < 0 or begin > start:
            break
        if start < end:
            start = line.find(what, end)
    return start


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where `inline code` stands in a paragraph, backticks included; runs pair with the next run as long. Linear."""
    if "`" not in text:
        return []
    runs = [(match.start(), match.end()) for match in re.finditer(r"`+", text)]
    later: dict[int, list[int]] = {}
    for position in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[position][1] - runs[position][0], []).append(position)
    spans: list[tuple[int, int]] = []
    position = 0
    while position < len(runs):
        start, end = runs[position]
        same = later[end - start]
        while same and same[-1] <= position:
            same.pop()
        if same and (start == 0 or text[start - 1] != "\\"):
            spans.append((start, runs[same[-1]][1]))
            position = same[-1]
        position += 1
    return spans
