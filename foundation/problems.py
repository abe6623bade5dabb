"""A mistake in content, said so that its author can mend it. Pure."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Edit:
    """A mend of one line that changes no word the reader sees: an id, a blank line, a link's new name.

    `text` goes to the end of the line; `replaces` names what it stands in for instead; `is_line` makes it a line of
    its own above.
    """

    line: int
    text: str
    replaces: str = ""
    is_line: bool = False


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake at a place: `line` and `column` count from 1 in the file as its author sees it."""

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    is_warning: bool = False
    mend: Edit | None = field(default=None, compare=False)

    def __str__(self) -> str:
        mark = "peringatan: " if self.is_warning else ""
        text = f"{self.file}:{self.line}:{self.column}: {self.code} {mark}{self.message}"
        return f"{text}\n    saran: {self.hint}" if self.hint else text


def has_errors(problems: tuple[Problem, ...] | list[Problem]) -> bool:
    return any(not problem.is_warning for problem in problems)
