"""A course folder as one value: modules, activities, every problem at once. Pure: files come in as bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from courses import folder, judging
from courses.folder import ActivityEntry, CourseText, ModuleEntry
from courses.frontmatter import CourseHead
from courses.kinds import Links
from courses.lesson import KIND_NAME
from courses.places import (
    Place,
    Places,
    activity_address,
    course_address,
    media_address,
    module_address,
)
from courses.yamlish import split
from foundation.problems import Problem

__all__ = ["ActivityEntry", "ModuleEntry", "Outline", "read"]


@dataclass(frozen=True)
class Outline:
    """What a course folder says. `head` is None when kursus.md cannot be read."""

    slug: str
    head: CourseHead | None
    welcome: str
    modules: tuple[ModuleEntry, ...]
    problems: tuple[Problem, ...]
    """Of every file, sorted by file and line; `file` is relative to the course folder."""
    media: frozenset[str] = frozenset()
    places: Places = field(default_factory=lambda: Places(()), repr=False, compare=False)

    def links_from(self, file: str) -> Links:
        """How links written in `file` lead to addresses; None for one that leads nowhere."""

        def lead(target: str) -> str | None:
            found = self.places.find(target, file)
            return found.address if found else None

        return lead


def read(slug: str, files: Mapping[str, bytes]) -> Outline:
    """Read a course; keys are POSIX paths relative to its folder."""
    text = folder.read_course(files)
    places = Places(_places(slug, text))
    problems = judging.judge(text, places)
    modules = tuple(
        replace(module, activities=tuple(_with_problems(entry, problems) for entry in module.activities))
        for module in text.modules
    )
    return Outline(slug, text.head, text.welcome, modules, problems, text.media, places)


def _with_problems(entry: ActivityEntry, problems: tuple[Problem, ...]) -> ActivityEntry:
    return replace(entry, problems=tuple(problem for problem in problems if problem.file == entry.file))


def _places(slug: str, text: CourseText) -> Iterator[Place]:
    yield Place(text.file, course_address(slug), text.anchors)
    yield from (Place(file, course_address(slug) + name) for file, name in text.pages.items())
    yield from (Place(file, media_address(slug, file)) for file in sorted(text.media))
    for module in text.modules:
        yield Place(module.file, module_address(slug, module.slug), text.module_anchors.get(module.slug))
        for entry in module.activities:
            yield Place(entry.file, activity_address(slug, entry.id), _anchors(entry), _lesson(entry))


def _anchors(entry: ActivityEntry) -> frozenset[str] | None:
    """None where the file could not be read far enough to know them."""
    parsed = entry.parsed
    return parsed.anchors if parsed.definition is not None or parsed.anchors else None


def _lesson(entry: ActivityEntry) -> str:
    return split(entry.source).body if entry.kind == KIND_NAME else ""
