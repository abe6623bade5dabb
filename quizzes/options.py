"""The answer block with boxes: `- [ ] text`, its feedback, and the explanation below it. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from enum import Enum, auto

from courses.findings import Findings
from foundation.problems import Edit
from foundation.slugs import split_anchor
from quizzes import lookalikes

BULLET = r"(?:[-*+•]|[0-9]{1,9}[.)])"
TICK = "[ \\txX✓✔\ufe0f]"
BOX = re.compile(rf"^(?P<margin> {{0,3}}{BULLET}[ \t]+)\[(?P<mark>{TICK}*)\](?P<text>(?:[ \t].*)?)$")
ITEM = re.compile(rf"^ {{0,3}}{BULLET}[ \t]+\S")
DASH = "[‐‑–—−]"
"""What a word processor makes of a hyphen at the start of a line."""
MISTAKEN_TICK = "[vVyY√☑☒✅✗✖*]\ufe0f?"
BROKEN = re.compile(
    rf"^[ \t]*(?:(?:{BULLET}|{DASH})?[ \t]*\[{TICK}?\]|{BULLET}[ \t]*(?:\({TICK}\)|\[{MISTAKEN_TICK}\][ \t]))"
)
LETTERED = re.compile(r"^ {0,3}[a-hA-H][.)][ \t]+\S")
NAMED_EXPLANATION = re.compile(r"^[ \t]*>[ \t]?(?:\*\*|__)?Pembahasan\b", re.IGNORECASE)
QUOTE = re.compile(r"^[ \t]*>[ \t]?(?P<text>.*)$")
BEGIN = re.compile(rf"^(?P<margin> {{0,3}}{BULLET}[ \t]+)(?P<text>.*)$")
ARROW = re.compile(r"(?:^|(?<=\s))(?:->|→|=>)(?=\s|$)")


@dataclass(frozen=True)
class Option:
    """A box to tick. `key` says which one it is, wherever it stands and however often it moves."""

    key: str
    text: str
    is_right: bool
    feedback: str = ""
    line: int = 0


@dataclass(frozen=True)
class AnswerBlock:
    """What was read below the stem."""

    options: tuple[Option, ...]
    explanation: str
    is_sound: bool
    """Whether every line of it was understood, so that counting options makes sense."""


class Line(Enum):
    """What a line is, seen from an answer block."""

    BLANK = auto()
    BOX = auto()
    BROKEN = auto()
    LETTERED = auto()
    ITEM = auto()
    QUOTE = auto()
    INDENTED = auto()
    TEXT = auto()


def kind_of(line: str, is_opaque: bool = False) -> Line:
    """`is_opaque`: the line belongs to a fence or a container."""
    if not line.strip():
        return Line.BLANK
    if is_opaque:
        return Line.TEXT
    if BOX.match(line):
        return Line.BOX
    if BROKEN.match(line):
        return Line.BROKEN
    if LETTERED.match(line):
        return Line.LETTERED
    if ITEM.match(line) and not lookalikes.RULE.match(line):
        return Line.ITEM
    if QUOTE.match(line):
        return Line.INDENTED if line.startswith(("  ", "\t")) else Line.QUOTE
    return Line.INDENTED if line.startswith(("  ", "\t")) else Line.TEXT


@dataclass(frozen=True)
class ListBlock:
    """A list in a question: line indexes, the last one excluded."""

    first: int
    last: int
    has_boxes: bool
    has_arrows: bool
    is_ordered: bool


def find_lists(lines: Sequence[str], kinds: Sequence[Line]) -> list[ListBlock]:
    """Every list at the margin; feedback and broken options belong to the list they stand in."""
    blocks: list[ListBlock] = []
    index = 0
    while index < len(lines):
        if kinds[index] in (Line.BOX, Line.ITEM, Line.BROKEN):
            last = _end_of_list(lines, kinds, index)
            blocks.append(_list_block(lines, kinds, index, last))
            index = last
        else:
            index += 1
    return blocks


def _end_of_list(lines: Sequence[str], kinds: Sequence[Line], first: int) -> int:
    last = index = first
    while index < len(kinds):
        kind = kinds[index]
        after_blank = kinds[index - 1] is Line.BLANK
        if kind is Line.TEXT or (kind is Line.QUOTE and after_blank):
            break
        if after_blank and kinds[first] is Line.ITEM and _is_other_list(lines[first], lines[index]):
            break
        if kind is not Line.BLANK:
            last = index
        index += 1
    return last + 1


def _is_other_list(first: str, line: str) -> bool:
    """Whether the line begins a list beside the plain one that `first` began: numbers here, bullets there."""
    one, other = BEGIN.match(first), BEGIN.match(line)
    if one is None or other is None or len(line) - len(line.lstrip(" ")) >= len(one["margin"]):
        return False
    return first.lstrip()[0].isdigit() != line.lstrip()[0].isdigit()


def _list_block(lines: Sequence[str], kinds: Sequence[Line], first: int, last: int) -> ListBlock:
    inside = range(first, last)
    return ListBlock(
        first,
        last,
        has_boxes=any(kinds[index] in (Line.BOX, Line.BROKEN) for index in inside),
        has_arrows=any(kinds[index] is Line.ITEM and has_arrow(lines[index]) for index in inside),
        is_ordered=lines[first].lstrip()[0].isdigit(),
    )


def has_arrow(line: str) -> bool:
    """Whether a line is an item with an arrow."""
    match = BEGIN.match(line)
    return match is not None and ARROW.search(match["text"]) is not None


@dataclass
class _Draft:
    index: int
    is_right: bool
    text: list[str]
    feedback: list[str] = field(default_factory=list)

    def finished(self, line: int) -> Option:
        text, anchor = split_anchor("\n".join(self.text).strip())
        return Option(anchor or key_of(text), text, self.is_right, "\n".join(self.feedback).strip(), line)


def key_of(text: str) -> str:
    """An option without an id of its own is known by its words: a short hash, blind to white space."""
    return hashlib.sha256(collapsed(text).encode()).hexdigest()[:10]


def collapsed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


class OptionReader:
    """Reads an answer block line by line."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.drafts: list[_Draft] = []
        self.explanation: list[str] = []
        self.is_explaining = False
        self.is_sound = True
        self.is_refused = False
        """Whether the last option was not understood; what is indented below it is told with it."""
        self.is_quoting = False
        """Whether the line before is feedback that is not indented."""
        self.last_option = 0
        self.margin = 0
        """How far a line must be indented to belong to the last option."""

    def read(
        self, lines: Sequence[str], kinds: Sequence[Line], first: int, offset: int, opaque: Set[int] = frozenset()
    ) -> AnswerBlock:
        """Read from line `first` of a question to its end; `offset` is the index of its first line in the text.

        `opaque` are the lines of fences and containers: each of those is one problem, told at its first line.
        """
        like_options = (Line.BOX, Line.BROKEN, Line.LETTERED, Line.ITEM)
        self.last_option = offset + max((place for place, kind in enumerate(kinds) if kind in like_options), default=0)
        for place in range(first, len(lines)):
            after_blank = place > first and kinds[place - 1] is Line.BLANK
            if place not in opaque or place - 1 not in opaque:
                self._take(offset + place, lines[place], kinds[place], after_blank)
            self.is_quoting = kinds[place] is Line.QUOTE
        options = tuple(draft.finished(self.findings.line(draft.index)) for draft in self.drafts)
        return AnswerBlock(options, "\n".join(self.explanation).strip(), self.is_sound)

    def _take(self, index: int, line: str, kind: Line, after_blank: bool) -> None:
        if self.is_explaining:
            self._explain(index, line, kind, after_blank)
        elif kind is Line.BLANK:
            return
        elif kind is Line.BOX and not self._is_nested(line):
            self._begin(line, index)
        elif kind in (Line.BOX, Line.BROKEN, Line.LETTERED):
            hint = lookalikes.option(line) or "tulis `- [ ] teks` di tepi kiri."
            self._refuse_option(index, "K005", "baris ini mirip pilihan, tetapi tidak terbaca", hint)
        elif kind is Line.ITEM:
            hint = lookalikes.option(line) or lookalikes.next_question(line)
            hint = hint or "tulis `- [ ] teks`; yang benar `- [x] teks`."
            self._refuse_option(index, "K004", "pilihan ini tidak punya kotak", hint)
        elif kind is Line.QUOTE and after_blank:
            self.is_explaining = True
            self._explain(index, line, kind, after_blank)
        elif self.is_refused and kind in (Line.QUOTE, Line.INDENTED):
            return
        elif kind is Line.QUOTE and self._is_explanation(index, line):
            mend = Edit(self.findings.line(index), "", is_line=True)
            hint = "beri baris kosong di atasnya."
            self.findings.warn(index, "K020", "pembahasan menempel pada pilihan terakhir", hint, mend=mend)
            self.is_explaining = True
            self._explain(index, line, kind, after_blank)
        elif kind is Line.QUOTE:
            hint = "beri dua spasi di depan `>`."
            self.findings.warn(index, "K020", "umpan balik tidak menjorok di bawah pilihannya", hint)
            self._add_feedback(line)
        elif kind is Line.INDENTED and self.drafts:
            self._continue(line)
        else:
            self._refuse_text(index, line)

    def _is_explanation(self, index: int, line: str) -> bool:
        """Whether a quote directly below the last option is about all: it says so, or that option has its feedback."""
        has_feedback = bool(self.drafts) and bool(self.drafts[-1].feedback) and not self.is_quoting
        return index > self.last_option and (has_feedback or NAMED_EXPLANATION.match(line) is not None)

    def _begin(self, line: str, index: int) -> None:
        match = BOX.match(line)
        assert match is not None
        self.margin = len(match["margin"])
        self.is_refused = False
        self.drafts.append(_Draft(index, bool(match["mark"].strip()), [match["text"].strip()]))

    def _is_nested(self, line: str) -> bool:
        """Whether the line is indented so far that it belongs to the option above it."""
        return bool(self.drafts) and len(line) - len(line.lstrip(" ")) >= self.margin

    def _continue(self, line: str) -> None:
        draft = self.drafts[-1]
        if QUOTE.match(line) or draft.feedback:
            self._add_feedback(line)
        else:
            draft.text.append(line.strip())

    def _add_feedback(self, line: str) -> None:
        if self.drafts:
            match = QUOTE.match(line)
            self.drafts[-1].feedback.append(match["text"] if match else line.strip())

    def _explain(self, index: int, line: str, kind: Line, after_blank: bool) -> None:
        match = QUOTE.match(line)
        if kind is Line.BLANK:
            self.explanation.append("")
        elif match:
            self.explanation.append(match["text"])
        elif not after_blank and kind in (Line.TEXT, Line.INDENTED):
            self.explanation.append(line)
        else:
            self._refuse_text(index, line)

    def _refuse_text(self, index: int, line: str) -> None:
        self.is_sound = False
        refuse_text(index, line, self.findings)

    def _refuse_option(self, index: int, code: str, message: str, hint: str) -> None:
        self.is_sound = False
        self.is_refused = True
        self.findings.error(index, code, message, hint)


def refuse_text(index: int, line: str, findings: Findings) -> None:
    """Below the answers only an explanation may stand."""
    findings.error(index, "K006", "ada teks di bawah jawaban", lookalikes.below_answers(line))
