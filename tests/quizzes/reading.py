"""Reading one question in a test: what it becomes, and what is said about it."""

from typing import TypeVar

from foundation.problems import has_errors
from quizzes.questions import Question, parse_questions

Kind = TypeVar("Kind")
HEADING = "## Soal {#soal}"


def one(*lines: str, heading: str = HEADING) -> Question:
    """The only question of a text that begins under its heading."""
    found = parse_questions("\n".join([heading, *lines]), 1, "a.md", frozenset({2}))
    assert not has_errors(found.problems), found.problems
    (question,) = found.questions
    return question


def answer(kind: type[Kind], *lines: str, heading: str = HEADING) -> Kind:
    """The question's answer, which must be of the type given."""
    found = one(*lines, heading=heading).answer
    assert isinstance(found, kind)
    return found


def errors(*lines: str, heading: str = HEADING) -> list[tuple[str, int, int]]:
    """Codes, lines and columns of what is wrong; a question with an error is not kept."""
    found = parse_questions("\n".join([heading, *lines]), 1, "a.md", frozenset({2}))
    assert bool(found.questions) != has_errors(found.problems)
    return [(problem.code, problem.line, problem.column) for problem in found.problems if not problem.is_warning]


def warnings(*lines: str, heading: str = HEADING, without: str = "K022") -> list[tuple[str, int]]:
    """Codes and lines of what is only warned about, but for those that nearly every example has."""
    found = parse_questions("\n".join([heading, *lines]), 1, "a.md", frozenset({2}))
    assert not has_errors(found.problems), found.problems
    told = [(problem.code, problem.line) for problem in found.problems if problem.is_warning]
    return [(code, line) for code, line in told if code not in without.split()]
