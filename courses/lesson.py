"""The kind `pelajaran`: a text, its contents list, and the containers in it that other rooms answer. Pure."""

from dataclasses import asdict, dataclass, replace
from itertools import count
from typing import Any

from courses.findings import Findings, told_once
from courses.frontmatter import ActivityHead, read
from courses.kinds import Item, Links, Parsed, ParsedContainer, Reference, container_kinds
from courses.prose import OF_ROOMS, Heading, objectives_of, read_prose
from foundation import markup
from foundation.containers import Container, find_containers, outermost
from foundation.limits import check_limits
from foundation.problems import Problem, has_errors
from foundation.source import Sheet, read_sheet

KIND_NAME = "pelajaran"
WORDS_A_MINUTE = 180

__all__ = ["KIND_NAME", "Heading", "Lesson", "Placed", "parse", "render"]


@dataclass(frozen=True)
class Placed:
    """A container of a registered kind where it stands: its id in the lesson, and what its room made of it."""

    id: str
    name: str
    definition: Any


@dataclass(frozen=True)
class Lesson:
    head: ActivityHead
    body: str
    body_line: int
    headings: tuple[Heading, ...]
    """For the contents list; those inside containers of other rooms are left out."""
    containers: tuple[Placed, ...]
    """In the order they stand."""
    anchors: frozenset[str]
    minutes: int


def parse(source: str, file: str) -> Parsed:
    """Read a lesson with all its problems; `definition` is a Lesson."""
    too_big = check_limits(source, file)
    if has_errors(too_big):
        return Parsed(None, None, tuple(too_big))
    front = read(source, file, ActivityHead)
    prose = read_prose(front.body, front.body_line, file, slots=frozenset(container_kinds))
    containers = _Containers(read_sheet(front.body), Findings(file, front.body_line))
    problems = told_once([*too_big, *front.problems, *prose.problems, *containers.findings.problems])
    minutes = (front.head and front.head.minutes) or max(1, -(-prose.words // WORDS_A_MINUTE))
    anchors = prose.anchors | {placed.id for placed in containers.placed}
    lesson = None
    if front.head is not None and not has_errors(problems):
        placed = tuple(containers.placed)
        lesson = Lesson(front.head, front.body, front.body_line, prose.headings, placed, anchors, minutes)
    return Parsed(
        head=front.head,
        definition=lesson,
        problems=problems,
        anchors=anchors,
        references=(*prose.references, *containers.references),
        objectives=(*objectives_of(front), *containers.objectives),
        minutes=minutes,
        items=tuple(containers.items),
    )


def render(lesson: Lesson, links: Links) -> dict[str, Any]:
    """{"parts": [{"html"} or {"slot", "container", "rendered"}], "headings": [{"level", "text", "id"}]}."""
    parts = markup.render_parts(lesson.body, links, frozenset(container_kinds), is_lesson=True)
    return {
        "parts": [_render_part(part, lesson, links) for part in parts],
        "headings": [asdict(heading) for heading in lesson.headings],
    }


def _render_part(part: str | markup.Slot, lesson: Lesson, links: Links) -> dict[str, Any]:
    if isinstance(part, str):
        return {"html": part}
    placed = lesson.containers[part.number]
    rendered = container_kinds[placed.name].render(placed.definition, links)
    return {"slot": placed.id, "container": placed.name, "rendered": rendered}


class _Containers:
    """The containers of a lesson that other rooms read, each with its id."""

    def __init__(self, sheet: Sheet, findings: Findings) -> None:
        self.findings = findings
        self.placed: list[Placed] = []
        self.references: list[Reference] = []
        self.objectives: list[Reference] = []
        self.items: list[Item] = []
        self._lines: dict[str, int] = {}
        containers = find_containers(sheet)
        self.all = containers.found
        for container in outermost(containers, frozenset(container_kinds)):
            self._read(container, sheet)

    def _end(self, container: Container) -> int:
        """Where a container's own text ends: one that is not closed reaches to the next."""
        if container.is_closed:
            return container.last
        return next((found.first for found in self.all if found.first > container.first), container.last)

    def _only_holds_another(self, container: Container, sheet: Sheet) -> bool:
        """Whether it begins with a `cek`, which may not stand there and is told of: the questions are that one's."""
        inside = next((found for found in self.all if container.first < found.first < container.last), None)
        if inside is None or inside.name not in OF_ROOMS:
            return False
        return not any(line.strip() for line in sheet.lines[container.first + 1 : inside.first])

    def _read(self, container: Container, sheet: Sheet) -> None:
        kind = container_kinds[container.name]
        body = "\n".join(sheet.lines[container.first + 1 : self._end(container)])
        if self._only_holds_another(container, sheet):
            return
        first = min(container.first + 1, len(sheet.lines) - 1)
        parsed = kind.parse(body, self.findings.line(first), self.findings.file, container.id, container.title)
        if kind.is_named and not container.id:
            parsed = self._with_free_id(parsed)
        id = container.id or next((id for id, _line in parsed.ids), f"{kind.name}-{len(self.placed) + 1}")
        self.findings.problems += parsed.problems
        self.references += parsed.references
        self.objectives += parsed.objectives
        self.items += parsed.items
        self._refuse_repeated(parsed)
        self.placed.append(Placed(id, kind.name, parsed.definition))

    def _with_free_id(self, parsed: ParsedContainer) -> ParsedContainer:
        """The id that is suggested for a container must not be one that an earlier container has."""
        ((taken, line),) = parsed.ids
        if taken not in self._lines:
            return parsed
        free = next(name for number in count(2) if (name := f"{taken}-{number}") not in self._lines)
        problems = tuple(_suggesting(free, taken, problem) for problem in parsed.problems)
        return replace(parsed, problems=problems, ids=((free, line),))

    def _refuse_repeated(self, parsed: ParsedContainer) -> None:
        """Two containers of a lesson may not use the same name: learners' answers hang on it."""
        for id, line in parsed.ids:
            if id in self._lines:
                hint = "beri tiap soal id sendiri, misalnya {#surat-konfirmasi-2}."
                index = line - self.findings.first_line
                self.findings.error(index, "K011", f"id soal `{id}` sudah dipakai di baris {self._lines[id]}", hint)
            self._lines.setdefault(id, line)


def _suggesting(free: str, taken: str, problem: Problem) -> Problem:
    old, new = f"{{#{taken}}}", f"{{#{free}}}"
    mend = problem.mend and replace(problem.mend, text=problem.mend.text.replace(old, new))
    return replace(problem, hint=problem.hint.replace(old, new), mend=mend)
