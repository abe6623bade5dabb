"""`::: name title {#id}` … `:::` in a text: where containers stand, and what the plain ones look like. Pure."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from foundation.slugs import split_anchor
from foundation.source import LATEST, Sheet

OPENER = re.compile(r"^ {0,3}:{3,}[ \t]*(?P<name>[^\s:{}#`*\[\]]+)(?P<rest>(?:[ \t].*)?|\{#.*)$")
CLOSER = re.compile(r"^ {0,3}:{3,}[ \t]*$")


@dataclass(frozen=True)
class Box:
    """How a plain container is drawn: its class and, unless the author gives a title, its caption."""

    english: str
    caption: str
    joins: bool = False
    """Whether the author's title follows the caption instead of replacing it."""


BOXES = {
    "kasus": Box("case", "Studi kasus", joins=True),
    "penting": Box("important", "Penting"),
    "catatan": Box("note", "Catatan"),
    "tip": Box("tip", "Tip"),
    "pendapat": Box("opinion", "Pendapat kursus"),
    "refleksi": Box("reflection", "Refleksi"),
    "rangkuman": Box("summary", "Rangkuman"),
    "lini-masa": Box("timeline", ""),
}
NAMES = {**{name: name for name in BOXES}, **{box.english: name for name, box in BOXES.items()}}
"""Every word for a plain container -> its Indonesian name."""


@dataclass(frozen=True)
class Container:
    """A container in a text; `first` and `last` are the indexes of its opening and closing lines."""

    name: str
    title: str
    id: str
    first: int
    last: int
    column: int
    depth: int
    is_closed: bool

    @property
    def box(self) -> Box | None:
        return BOXES.get(NAMES.get(self.name, ""))


@dataclass(frozen=True)
class Containers:
    """All containers of a text in the order they open, and closing lines that close nothing."""

    found: tuple[Container, ...]
    strays: tuple[int, ...]


@lru_cache(maxsize=LATEST)
def find_containers(sheet: Sheet) -> Containers:
    """A closing line ends the innermost open container; what stays open ends with the text."""
    found: list[Container] = []
    strays: list[int] = []
    open_ones: list[tuple[int, re.Match[str]]] = []
    for index, line in sheet.prose():
        if ":::" not in line:
            continue
        if CLOSER.match(line):
            if open_ones:
                found.append(_container(*open_ones.pop(), last=index, depth=len(open_ones), is_closed=True))
            else:
                strays.append(index)
        elif opener := OPENER.match(line):
            open_ones.append((index, opener))
    while open_ones:
        first, opener = open_ones.pop()
        found.append(_container(first, opener, last=len(sheet.lines), depth=len(open_ones), is_closed=False))
    return Containers(tuple(sorted(found, key=lambda container: container.first)), tuple(strays))


def never_closed(sheet: Sheet) -> list[int]:
    """The lines where a container, a fence or a comment opens that takes the rest of the text."""
    comments = [] if sheet.unclosed_comment is None else [sheet.unclosed_comment]
    fences = [fence.first for fence in sheet.fences if not fence.is_closed]
    return [*comments, *fences, *(found.first for found in find_containers(sheet).found if not found.is_closed)]


def outermost(containers: Containers, names: Set[str]) -> list[Container]:
    """Those of the given names that stand in no other of them."""
    chosen: list[Container] = []
    for container in containers.found:
        if container.name in names and (not chosen or container.first > chosen[-1].last):
            chosen.append(container)
    return chosen


def _container(first: int, opener: re.Match[str], last: int, depth: int, is_closed: bool) -> Container:
    title, anchor = split_anchor(opener["rest"].strip())
    name = opener["name"].lower().replace("_", "-")
    return Container(name, title.strip(), anchor, first, last, opener.start("name") + 1, depth, is_closed)
