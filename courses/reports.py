"""Problems and tables as a terminal, a pipe or a tool reads them. Pure."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from foundation.problems import Problem


def in_colour(problem: Problem) -> str:
    """As `str(problem)`, with the place bold and the code coloured; a pipe gets the plain text."""
    place = click.style(f"{problem.file}:{problem.line}:{problem.column}:", bold=True)
    code = click.style(problem.code, fg="yellow" if problem.is_warning else "red", bold=True)
    mark = "peringatan: " if problem.is_warning else ""
    text = f"{place} {code} {mark}{problem.message}"
    return f"{text}\n    {click.style('saran:', fg='cyan')} {problem.hint}" if problem.hint else text


def as_json(problems: Iterable[Problem]) -> str:
    """[{file, line, column, code, severity, message, hint, mendable}], one a problem."""
    return json.dumps([_as_dict(problem) for problem in problems], ensure_ascii=False, indent=1)


def _as_dict(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": "warning" if problem.is_warning else "error",
        "message": problem.message,
        "hint": problem.hint,
        "mendable": problem.mend is not None,
    }


def summary(problems: Sequence[Problem]) -> str:
    """How it stands, in a line: "2 kesalahan, 1 peringatan."."""
    errors = sum(not problem.is_warning for problem in problems)
    return f"{errors} kesalahan, {len(problems) - errors} peringatan."


def aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """A table as lines; the last column is never padded."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]]).rstrip()
