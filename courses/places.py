"""Where an author's link leads: files of a course found by slug, and the address each has here. Pure."""

import difflib
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, unquote

from foundation.slugs import slug

NAME = re.compile(r"^_?(?:(?P<number>[0-9]{1,6})[-_. ]+)?(?P<rest>.+)$")
ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")


@dataclass(frozen=True)
class Name:
    """A file's or folder's name taken apart: "01-sister-city" is number 1, slug "sister-city"."""

    number: int | None
    slug: str
    is_draft: bool

    @property
    def order(self) -> tuple[bool, int, str]:
        """Numbered ones first, then the others by name."""
        return self.number is None, self.number or 0, self.slug


def read_name(name: str) -> Name:
    match = NAME.match(name.removesuffix(".md"))
    number = int(match["number"]) if match and match["number"] else None
    return Name(number, slug(match["rest"] if match else name), name.startswith("_"))


@dataclass(frozen=True)
class Place:
    """Something a link can lead to. `anchors` is None where anything may be named: it cannot be read yet."""

    file: str
    address: str
    anchors: frozenset[str] | None = None
    lesson: str = field(default="", repr=False, compare=False)
    """The text of a lesson, whose paragraphs have ids that nobody wrote."""


@dataclass(frozen=True)
class Found:
    place: Place
    anchor: str
    is_renamed: bool
    """Whether the link uses an old number or spelling of the file's name."""

    @property
    def address(self) -> str:
        return f"{self.place.address}#{quote(self.anchor)}" if self.anchor else self.place.address


class Places:
    """All places of a course, by path and by slugs."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_path: dict[str, Place] = {}
        self.by_slugs: dict[tuple[str, ...], Place] = {}
        for place in places:
            self.by_path[place.file] = place
            if place.file.endswith(".md"):  # pictures are found by their very name
                self.by_slugs.setdefault(_slugs(place.file), place)

    def find(self, target: str, from_file: str) -> Found | None:
        """What `target`, written in `from_file`, leads to."""
        path, _sign, anchor = ESCAPED.sub(r"\1", unescape(target)).partition("#")
        path, anchor = unquote(path), unquote(anchor)
        if not path:
            place = self.by_path.get(from_file)
            return Found(place, anchor, False) if place else None
        full = posixpath.normpath(posixpath.join(posixpath.dirname(from_file), path))
        if full.startswith(("/", "..")):
            return None
        place = self.by_path.get(full)
        if place is None and not full.startswith("media/"):
            place = self.by_slugs.get(_slugs(full))
            is_folder = not full.endswith(".md")
            return Found(place, anchor, not is_folder or path_of_folder(place.file) != full) if place else None
        return Found(place, anchor, False) if place else None

    def nearest(self, target: str, from_file: str) -> str:
        """A link that would be right and looks much like `target`, or ""."""
        written = unquote(target.partition("#")[0])
        known = {relative(path, from_file): path for path in self.by_path}
        near = difflib.get_close_matches(written, known, n=1, cutoff=0.7)
        return near[0] if near else ""


def relative(path: str, from_file: str) -> str:
    """How `from_file` would write a link to `path`."""
    return posixpath.relpath(path, posixpath.dirname(from_file) or ".")


def path_of_folder(file: str) -> str:
    return posixpath.dirname(file)


def _slugs(path: str) -> tuple[str, ...]:
    """A path by slugs; a module's folder is its modul.md."""
    parts = [read_name(part).slug for part in path.split("/")]
    if not path.endswith(".md"):
        parts.append("modul")
    elif parts[-1] == "module":
        parts[-1] = "modul"
    return tuple(parts)


def course_address(course: str) -> str:
    return f"/kursus/{quote(course)}/"


def activity_address(course: str, id: str) -> str:
    return f"{course_address(course)}{quote(id)}/"


def module_address(course: str, module: str) -> str:
    return f"{course_address(course)}modul/{quote(module)}/"


def media_address(course: str, file: str) -> str:
    return course_address(course) + quote(file)


def page_address(course: str, page: str) -> str:
    return f"{course_address(course)}{page}/"
