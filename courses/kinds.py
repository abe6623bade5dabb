"""What a course can be made of: kinds of activities, and containers inside lessons. Pure.

Rooms above register here, one line each in app.py, so that courses/ draws and checks what it never imports.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.dates import Dates
from courses.frontmatter import ActivityHead
from foundation.problems import Problem

Links = Callable[[str], str | None]
"""An author's link ("02-tahapan.md#loi", "../media/peta.svg") -> its address here; None when it leads nowhere.

What a course hands to `render` is a whole foundation.lookup.Lookup, which knows terms and cited works too.
"""
LINK, CITATION, TERM = "link", "citation", "term"


@dataclass(frozen=True)
class Reference:
    """Something an author points to, judged once every file of the course is read."""

    target: str
    line: int
    column: int
    what: str = LINK
    """A link, or the key of a CITATION, or the name of a TERM."""


@dataclass(frozen=True)
class Item:
    """A question as the blueprint of a course counts it."""

    id: str
    objectives: tuple[str, ...]
    level: str
    """C1 to C6, or ""."""
    form: str
    """A or B, or "" for a question of both."""
    line: int


@dataclass(frozen=True)
class Parsed:
    """What a kind makes of a file. `definition` is None when the file has an error."""

    head: ActivityHead | None
    definition: Any
    problems: tuple[Problem, ...]
    anchors: frozenset[str] = frozenset()
    references: tuple[Reference, ...] = ()
    minutes: int = 0
    extent: str = ""
    """How long it is where minutes do not say it: "10 soal"."""
    objectives: tuple[Reference, ...] = ()
    """Codes of objectives that the body names, question by question; judged as references are."""
    items: tuple[Item, ...] = ()
    borrows: tuple[Reference, ...] = ()
    """Ids of activities of its own kind whose content it gives."""


@dataclass(frozen=True)
class Work:
    """Something a learner did in an activity, as a link to the page of the room that can show it."""

    label: str
    url: str
    at: datetime
    earned: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class News:
    """Something that happened to a learner's work, told at home until it is read."""

    text: str
    url: str
    """The page on which it is read."""


@dataclass(frozen=True)
class Tool:
    """Something that those who see a learner's work can do about it, as a link to a page of the room."""

    label: str
    url: str


@dataclass(frozen=True)
class Aside:
    """Something a room has for a learner beside the way through a course, as a link from home and outline."""

    label: str
    url: str
    is_for_today: bool = False
    """Whether something waits there by now."""


@dataclass(frozen=True)
class Shown:
    """A question of a learner's first attempt that a reader may see the outcome of, and where."""

    title: str
    """As words, without tags; "" where it has none."""
    url: str


def no_news(enrolments: Sequence[Any]) -> Sequence[News]:
    return ()


def no_tools(activity: object, enrolment: object | None) -> Sequence[Tool]:
    return ()


def no_asides(way: Any, enrolment: Any, at: datetime) -> Sequence[Aside]:
    return ()


def none_granted(learning: Sequence[tuple[Any, Any]]) -> Mapping[tuple[int, int], Dates]:
    return {}


def none_shown(enrolment: Any, for_staff: bool, at: datetime) -> Mapping[int, Mapping[str, Shown]]:
    return {}


@dataclass(frozen=True)
class ActivityKind:
    """A kind of activity; `name` is what authors write after `jenis`.

    parse(source, file) -> Parsed                       pure
    render(definition, links) -> a JSON value           pure; made at sync, kept with the version
    page(place) -> response                             the activity's own page; `place` is courses.access.Place
    works(enrolment) -> {activity id: works}            one query, however many activities
    news(enrolments) -> news                            one query, however many enrolments
    tools(activity, enrolment) -> tools                 no query; for those who see the learner's work, or, with None,
                                                        everybody's
    asides(way, enrolment, at) -> links                 at most two queries
    granted(learning) -> {(enrolment id, activity id): dates} where a learner has other dates than the cohort; of ways,
                                                        each with its enrolment; no query once kept
    shown(enrolment, for_staff, at) -> {activity id: {question: Shown}}   two queries; of first attempts, what
                                                        the reader may see by now: all else is withheld, sums too
    """

    name: str
    alias: str
    label: str
    parse: Callable[[str, str], Parsed]
    render: Callable[[Any, Links], Any]
    page: Callable[[Any], Any]
    works: Callable[[Any, bool], Mapping[int, Sequence[Work]]]
    keeps_hours: bool = True
    """Before it opens and after it closes it cannot be done; else its dates are a plan."""
    news: Callable[[Sequence[Any]], Sequence[News]] = no_news
    tools: Callable[[Any, Any], Sequence[Tool]] = no_tools
    asides: Callable[[Any, Any, datetime], Sequence[Aside]] = no_asides
    granted: Callable[[Sequence[tuple[Any, Any]]], Mapping[tuple[int, int], Dates]] = none_granted
    shown: Callable[[Any, bool, datetime], Mapping[int, Mapping[str, Shown]]] = none_shown


@dataclass(frozen=True)
class ParsedContainer:
    definition: Any
    problems: tuple[Problem, ...]
    references: tuple[Reference, ...] = ()
    objectives: tuple[Reference, ...] = ()
    ids: tuple[tuple[str, int], ...] = ()
    """Names it gives inside its file, each with its line; the first one names a container that has no `{#id}`."""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class ContainerKind:
    """A `::: name` block of a lesson that another room understands.

    parse(body, first_line, file, id, title) -> ParsedContainer    pure; `first_line` is where the body starts in the
                                                        file, `id` the container's own `{#id}` or ""
    render(definition, links) -> a JSON value           pure
    state(place) -> a value                             one query for all such containers of a lesson
    draw(place, slot, rendered, state) -> safe HTML     `slot` is the container's id in its lesson
    """

    name: str
    alias: str
    label: str
    parse: Callable[[str, int, str, str, str], ParsedContainer]
    render: Callable[[Any, Links], Any]
    state: Callable[[Any], Any]
    draw: Callable[[Any, str, Any, Any], str]
    is_named: bool = False
    """Whether its one id is its container's own: then one that only was suggested can be made free."""


activity_kinds: dict[str, ActivityKind] = {}
container_kinds: dict[str, ContainerKind] = {}


def all_kinds() -> list[ActivityKind]:
    """Each once, though it is known under two names."""
    return list({id(kind): kind for kind in activity_kinds.values()}.values())


def register(kind: ActivityKind | ContainerKind) -> None:
    """Make a kind known under its name and its alias."""
    table: dict[str, Any] = activity_kinds if isinstance(kind, ActivityKind) else container_kinds
    table[kind.name] = table[kind.alias] = kind
