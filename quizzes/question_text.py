"""A question's lines below its metadata, and what may stand below its answers. Pure."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from courses.findings import Findings
from foundation.source import Sheet
from quizzes.options import QUOTE, Line, kind_of, refuse_text


@dataclass(frozen=True)
class QuestionText:
    """A question's lines below its metadata, and what each of them is; `offset` is the index of the first."""

    lines: Sequence[str]
    kinds: Sequence[Line]
    offset: int
    opaque: frozenset[int]
    """Places of lines in fences and containers: part of the stem, never answers."""
    code: frozenset[int]
    """Places of lines in fences."""

    @classmethod
    def of(cls, sheet: Sheet, containers: Set[int], first: int, last: int) -> "QuestionText":
        code = frozenset(index - first for index in range(first, last) if index in sheet.code_lines)
        opaque = code | {index - first for index in range(first, last) if index in containers}
        lines = sheet.lines[first:last]
        return cls(lines, [kind_of(line, place in opaque) for place, line in enumerate(lines)], first, opaque, code)

    def between(self, first: int, last: int) -> str:
        return "\n".join(self.lines[first:last]).strip("\n")

    def last_written(self) -> int:
        return max((place for place, line in enumerate(self.lines) if line.strip()), default=-1)

    def only_quotes_follow(self, first: int) -> bool:
        """Whether from place `first` on there is nothing but an explanation."""
        kinds = [kind for kind in self.kinds[first:] if kind is not Line.BLANK]
        return not kinds or kinds[0] is Line.QUOTE

    def paragraphs(self, first: int, last: int) -> Iterator[tuple[int, str]]:
        """Each paragraph outside code with the place of its first line."""
        begin: int | None = None
        for place in range(first, last + 1):
            is_text = place < last and place not in self.code and bool(self.lines[place].strip())
            if is_text and begin is None:
                begin = place
            elif not is_text and begin is not None:
                yield begin, "\n".join(self.lines[begin:place])
                begin = None


def read_explanation(
    text: QuestionText, first: int, findings: Findings, is_answer: Callable[[int], bool] = lambda place: False
) -> str:
    """The `>` lines from place `first` to the end; other text there is a problem, lines that are answers are not."""
    kept: list[str] = []
    for place in range(first, len(text.lines)):
        line, kind = text.lines[place], text.kinds[place]
        match = None if place in text.opaque else QUOTE.match(line)
        if place > first and {place - 1, place} <= text.opaque:  # told of at the first line of the fence or container
            continue
        if kind is Line.BLANK:
            kept.append("")
        elif match:
            kept.append(match["text"])
        elif is_answer(place):
            continue
        elif kept and kept[-1] and kind in (Line.TEXT, Line.INDENTED) and place not in text.opaque:
            kept.append(line)
        else:
            refuse_text(text.offset + place, line, findings)
    return "\n".join(kept).strip()
