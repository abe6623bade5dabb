"""A course folder as one value: modules, activities, every problem at once. Pure: files come in as bytes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from courses import folder, glossary, judging, references
from courses.folder import GLOSSARY, PAGE_FILES, REFERENCES, ActivityEntry, CourseText, ModuleEntry, PageEntry
from courses.frontmatter import CourseHead
from courses.glossary import Glossary
from courses.kinds import CITATION, TERM, Links, Reference
from courses.lesson import KIND_NAME
from courses.places import (
    Place,
    Places,
    activity_address,
    course_address,
    media_address,
    module_address,
    page_address,
)
from courses.references import References
from courses.yamlish import split
from foundation.lookup import Lookup, Meaning, Work
from foundation.markup_mentions import entry_id
from foundation.mentions import folded
from foundation.problems import Problem

__all__ = ["ActivityEntry", "ModuleEntry", "Outline", "PageEntry", "read"]

MENTIONS = {GLOSSARY: TERM, REFERENCES: CITATION}
"""How texts mention what each page holds."""


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
    pages: tuple[PageEntry, ...] = ()
    places: Places = field(default_factory=lambda: Places(()), repr=False, compare=False)

    @property
    def glossary(self) -> Glossary:
        return self._page(GLOSSARY) or Glossary()

    @property
    def references(self) -> References:
        return self._page(REFERENCES) or References()

    def _page(self, name: str) -> Any:
        return next((page.reading.definition for page in self.pages if page.name == name), None)

    def links_from(self, file: str) -> Lookup:
        """What the marks of a text in `file` stand for; a link that leads nowhere is None."""
        return Lookup(self._lead_from(file), self._terms, self._works)

    def _lead_from(self, file: str) -> Links:
        def lead(target: str) -> str | None:
            found = self.places.find(target, file)
            return found.address if found else None

        return lead

    @cached_property
    def _works(self) -> Mapping[str, Work]:
        links = Lookup(self._lead_from(PAGE_FILES[REFERENCES][0]))
        return references.cited_works(self.references, links, page_address(self.slug, REFERENCES))

    @cached_property
    def _terms(self) -> Mapping[str, Meaning]:
        links = Lookup(self._lead_from(PAGE_FILES[GLOSSARY][0]), works=self._works)
        return glossary.meanings(self.glossary, links, page_address(self.slug, GLOSSARY))

    def uses(self, page: str) -> dict[str, list[str]]:
        """Which lessons use a term of the glossary, by its id, or cite a work, by its key; lessons in order."""
        found: dict[str, list[str]] = {}
        for entry in (entry for module in self.modules for entry in module.activities if entry.kind == KIND_NAME):
            for reference in entry.parsed.references:
                used = self._used(reference) if reference.what == MENTIONS[page] else ""
                if used and entry.id not in found.setdefault(used, []):
                    found[used].append(entry.id)
        return found

    def _used(self, reference: Reference) -> str:
        if reference.what == TERM:
            term = self.glossary.by_name.get(folded(reference.target))
            return term.id if term else ""
        work = self.references.by_key.get(reference.target.casefold())
        return work.key if work else ""


def read(
    slug: str,
    files: Mapping[str, bytes],
    before: Outline | None = None,
    told: Callable[[str], None] = lambda file: None,
) -> Outline:
    """Read a course; keys are POSIX paths relative to its folder.

    An activity whose file has not changed since `before` was read is not read again; `told` hears of each activity.
    """
    known = [entry for module in before.modules for entry in module.activities] if before else []
    text = folder.read_course(files, {entry.file: entry for entry in known}, told)
    places = Places(_places(slug, text))
    problems = judging.judge(text, places)
    by_file = {file: tuple(found) for file, found in groupby(problems, lambda problem: problem.file)}
    modules = tuple(
        replace(
            module,
            activities=tuple(replace(entry, problems=by_file.get(entry.file, ())) for entry in module.activities),
        )
        for module in text.modules
    )
    return Outline(slug, text.head, text.welcome, modules, problems, text.media, tuple(text.pages), places)


def _places(slug: str, text: CourseText) -> Iterator[Place]:
    yield Place(text.file, course_address(slug), text.anchors)
    yield from (Place(page.file, page_address(slug, page.name), _page_anchors(page)) for page in text.pages)
    yield from (Place(file, media_address(slug, file)) for file in sorted(text.media))
    for module in text.modules:
        yield Place(module.file, module_address(slug, module.slug), text.module_anchors.get(module.slug))
        for entry in module.activities:
            yield Place(entry.file, activity_address(slug, entry.id), _anchors(entry), _lesson(entry))


def _anchors(entry: ActivityEntry) -> frozenset[str] | None:
    """None where the file could not be read far enough to know them."""
    parsed = entry.parsed
    return parsed.anchors if parsed.definition is not None or parsed.anchors else None


def _page_anchors(page: PageEntry) -> frozenset[str] | None:
    match page.reading.definition:
        case Glossary() as found:
            return frozenset(term.id for term in found.terms)
        case References() as found:
            return frozenset(entry_id(work.key) for work in found.works)
        case _:
            return None


def _lesson(entry: ActivityEntry) -> str:
    return split(entry.source).body if entry.kind == KIND_NAME else ""
