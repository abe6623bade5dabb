"""A mistake in content, said so that its author can mend it. Pure."""

from dataclasses import dataclass


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

    def __str__(self) -> str:
        mark = "peringatan: " if self.is_warning else ""
        text = f"{self.file}:{self.line}:{self.column}: {self.code} {mark}{self.message}"
        return f"{text}\n    saran: {self.hint}" if self.hint else text


def has_errors(problems: tuple[Problem, ...] | list[Problem]) -> bool:
    return any(not problem.is_warning for problem in problems)
