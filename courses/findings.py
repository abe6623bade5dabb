"""Problems being collected while one text is read. Pure."""

from collections.abc import Iterable

from foundation.problems import Edit, Problem


class Findings:
    """Problems of one text, told by line index in it and kept by line in its file."""

    def __init__(self, file: str, first_line: int = 1) -> None:
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []

    def line(self, index: int) -> int:
        """The line in the file of a line index in the text."""
        return self.first_line + index

    def error(
        self, index: int, code: str, message: str, hint: str = "", column: int = 1, mend: Edit | None = None
    ) -> None:
        self.problems.append(Problem(self.file, self.line(index), column, code, message, hint, mend=mend))

    def warn(
        self, index: int, code: str, message: str, hint: str = "", column: int = 1, mend: Edit | None = None
    ) -> None:
        self.problems.append(
            Problem(self.file, self.line(index), column, code, message, hint, is_warning=True, mend=mend)
        )


def told_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems sorted, each once; a question's repeated id (K011) is left out where the id itself is told (S034)."""
    found = sorted(set(problems))
    told = {(problem.file, problem.line) for problem in found if problem.code == "S034"}
    return tuple(problem for problem in found if problem.code != "K011" or (problem.file, problem.line) not in told)
