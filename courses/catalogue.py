"""Content files -> rows: what `flask courses sync` does. Idempotent, one transaction a course, never edits a file.

A file with an error keeps its last good version online; what left the files is hidden, never deleted.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import load_only

from courses import glossary, references, versions
from courses.folder import GLOSSARY, read_page
from courses.kinds import activity_kinds
from courses.models import Activity, ActivityVersion, Course, CoursePage, Module
from courses.outline import ActivityEntry, ModuleEntry, Outline, PageEntry, read
from foundation import markup
from foundation.database import db
from foundation.problems import has_errors

COURSE_FILES = ("kursus.md", "course.md")
LARGEST_READ = 5_000_000
"""Bytes of a file that are ever taken into memory; what is larger is refused by its size alone."""


Row = TypeVar("Row", Module, Activity)
Told = Callable[[str], None]


@dataclass
class Report:
    """What a sync did to one course."""

    outline: Outline
    added: int = 0
    changed: int = 0
    hidden: int = 0
    kept: int = 0
    """Files with an error whose last good version stays online."""


def is_course(folder: Path) -> bool:
    return any((folder / name).is_file() for name in COURSE_FILES)


def course_folders(content: Path) -> list[Path]:
    """The folders of a content folder that hold a course; the folder itself when it is one."""
    if is_course(content):
        return [content]
    return sorted(path for path in content.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def read_course(folder: Path, before: Outline | None = None, told: Told = lambda file: None) -> Outline:
    """Read a course from its folder. Problems name files relative to it.

    What `before`, an earlier reading, knows of a file that has not changed is taken over; `told` hears of each file.
    """
    return read(folder.resolve().name, dict(_files(folder)), before, told)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in Path(name).parts) or path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            yield name, file.read(LARGEST_READ)


def sync(content: Path, at: datetime, before: Sequence[Outline] = ()) -> list[Report]:
    """Bring every course of a content folder online, each in a transaction of its own; `before` as in read_course."""
    known = {outline.slug: outline for outline in before}
    reports = [
        sync_course(read_course(folder, known.get(folder.resolve().name)), at) for folder in course_folders(content)
    ]
    _hide_missing_courses({report.outline.slug for report in reports})
    return reports


def sync_course(outline: Outline, at: datetime) -> Report:
    """Bring one course online. Without a readable kursus.md the course stays exactly as it is."""
    if outline.head is None:
        _tell_course(outline, at)
        return Report(outline)
    report = Report(outline)
    _Sync(_with_good_pages(outline, report), report, at).run()
    db.session.commit()
    versions.forget()
    return report


def _tell_course(outline: Outline, at: datetime) -> None:
    """Staff of a course whose kursus.md cannot be read see why on its page."""
    course = db.session.scalars(select(Course).where(Course.slug == outline.slug)).one_or_none()
    if course is not None:
        errors = _errors_by_file(outline)
        course.problems, course.synced_at = [error for file in COURSE_FILES for error in errors.get(file, [])], at
    db.session.commit()
    versions.forget()


def _errors_by_file(outline: Outline) -> dict[str, list[str]]:
    """File -> its errors as the checker says them."""
    found: dict[str, list[str]] = {}
    for problem in outline.problems:
        if not problem.is_warning:
            found.setdefault(problem.file, []).append(str(problem))
    return found


def _with_good_pages(outline: Outline, report: Report) -> Outline:
    """The outline with the glossary and the references that are online in place of those with an error."""
    query = select(CoursePage).join(Course, Course.id == CoursePage.course_id).where(Course.slug == outline.slug)
    online = {page.name: page for page in db.session.scalars(query)}
    pages: list[PageEntry] = []
    for entry in outline.pages:
        if not has_errors([problem for problem in outline.problems if problem.file == entry.file]):
            pages.append(entry)
            continue
        report.kept += 1
        if entry.name in online:
            pages.append(read_page(entry.name, online[entry.name].file, online[entry.name].source))
    return replace(outline, pages=tuple(pages))


def _keep_pages(course: Course, outline: Outline) -> None:
    """Pages are drawn anew each time: they name the lessons that mention what they hold."""
    online = {page.name: page for page in db.session.scalars(select(CoursePage).filter_by(course_id=course.id))}
    for entry in outline.pages:
        page = online.pop(entry.name, None)
        if page is None:
            page = CoursePage(course_id=course.id, name=entry.name)
            db.session.add(page)
        page.file, page.source = entry.file, entry.source
        page.rendered = _draw(entry, outline)
    for page in online.values():
        db.session.delete(page)


def _draw(entry: PageEntry, outline: Outline) -> dict[str, Any]:
    links, uses = outline.links_from(entry.file), outline.uses(entry.name)
    if entry.name == GLOSSARY:
        return glossary.render(outline.glossary, links, uses)
    return references.render(outline.references, links, uses)


class _Sync:
    """One course on its way online: its rows, each found by one query, and what the outline makes of them."""

    def __init__(self, outline: Outline, report: Report, at: datetime) -> None:
        self.outline, self.report, self.at = outline, report, at
        self.errors = _errors_by_file(outline)
        self.course = self._upsert_course()
        self.modules = {module.slug: module for module in self._rows(Module)}
        self.activities = {activity.key: activity for activity in self._rows(Activity)}
        self.rendered: set[int] = set()
        """Versions that this sync has rendered."""

    def _rows(self, model: type[Row]) -> Iterable[Row]:
        return db.session.scalars(select(model).filter_by(course_id=self.course.id))

    def run(self) -> None:
        for place, module in enumerate(self.outline.modules):
            self._upsert_module(module, place)
        db.session.flush()
        good = [entry for module in self.outline.modules for entry in self._upsert_activities(module)]
        db.session.flush()
        self._pin_versions(good)
        self._hide_missing()
        self.course.problems = self._errors_without_a_page()
        _keep_pages(self.course, self.outline)
        self._render_again_if_needed()

    def _upsert_course(self) -> Course:
        head = self.outline.head
        assert head is not None
        course = db.session.scalars(select(Course).where(Course.slug == self.outline.slug)).one_or_none()
        if course is None:
            course = Course(slug=self.outline.slug, rendered_with="")
            db.session.add(course)
        course.title, course.summary, course.pass_mark = head.title, head.summary, float(head.pass_mark)
        course.is_open = head.is_open
        course.welcome_html = markup.render(self.outline.welcome, self.outline.links_from("kursus.md"))
        course.is_hidden, course.synced_at = False, self.at
        db.session.flush()
        return course

    def _upsert_module(self, entry: ModuleEntry, position: int) -> None:
        """A module whose modul.md cannot be read keeps its last title and overview."""
        module = self.modules.get(entry.slug)
        if module is None:
            title = entry.slug.replace("-", " ").capitalize()
            module = Module(
                course_id=self.course.id, slug=entry.slug, title=title, summary="", overview_html="", objectives=[]
            )
            db.session.add(module)
            self.modules[entry.slug] = module
        if entry.head is not None:
            module.title, module.summary = entry.head.title, entry.head.summary
            module.overview_html = markup.render(entry.overview, self.outline.links_from(entry.file))
            module.objectives = [
                {"code": objective.code, "level": objective.level, "text": objective.text}
                for objective in entry.head.objectives
            ]
            module.requires = list(entry.head.requires)
        module.position, module.number, module.is_hidden = position, entry.number, False
        module.problems = self.errors.get(entry.file, [])

    def _upsert_activities(self, module: ModuleEntry) -> Iterator[ActivityEntry]:
        """Those whose file is good; one with an error keeps what is online."""
        for place, entry in enumerate(module.activities):
            activity = self.activities.get(entry.id)
            is_good = entry.parsed.definition is not None and entry.parsed.head is not None
            is_good = is_good and entry.file not in self.errors
            if not is_good:
                self.report.kept += 1
            elif activity is None:
                activity = self.activities[entry.id] = Activity(course_id=self.course.id, key=entry.id)
                db.session.add(activity)
                self.report.added += 1
            if activity is None:
                continue
            activity.module_id, activity.position = self.modules[module.slug].id, place
            activity.is_hidden, activity.problems = False, self.errors.get(entry.file, [])
            if is_good:
                _take_over(activity, entry)
                yield entry

    def _pin_versions(self, good: Iterable[ActivityEntry]) -> None:
        """Point each activity at the version of its source, making it when the source is new."""
        query = (
            select(ActivityVersion.activity_id, ActivityVersion.source_hash, ActivityVersion)
            .options(load_only(ActivityVersion.kind, ActivityVersion.file))
            .join(ActivityVersion.activity)
            .where(Activity.course_id == self.course.id)
        )
        known = {(activity, source_hash): version for activity, source_hash, version in db.session.execute(query)}
        for entry in good:
            activity = self.activities[entry.id]
            source_hash = hashlib.sha256(entry.source.encode()).hexdigest()
            version = known.get((activity.id, source_hash)) or self._new_version(activity, entry, source_hash)
            version.file, version.kind = entry.file, entry.kind
            if activity.current_version_id not in (None, version.id):
                self.report.changed += 1
            activity.current_version_id = version.id

    def _new_version(self, activity: Activity, entry: ActivityEntry, source_hash: str) -> ActivityVersion:
        version = ActivityVersion(
            activity_id=activity.id,
            kind=entry.kind,
            file=entry.file,
            source=entry.source,
            source_hash=source_hash,
            created_at=self.at,
            rendered=_render(entry.kind, entry.parsed.definition, self.outline, entry.file),
        )
        db.session.add(version)
        db.session.flush()
        self.rendered.add(version.id)
        return version

    def _hide_missing(self) -> None:
        """Hide what left the files."""
        modules = {entry.slug for entry in self.outline.modules}
        activities = {entry.id for module in self.outline.modules for entry in module.activities}
        for module in self.modules.values():
            module.is_hidden = module.slug not in modules
        for activity in self.activities.values():
            if activity.key not in activities and not activity.is_hidden:
                activity.is_hidden = True
                self.report.hidden += 1

    def _errors_without_a_page(self) -> list[str]:
        """Errors of files that have no page of their own to show them on, such as a new lesson's."""
        entries = [entry for module in self.outline.modules for entry in module.activities]
        told = {entry.file for entry in entries if entry.id in self.activities}
        told |= {module.file for module in self.outline.modules}
        return [error for file, errors in self.errors.items() if file not in told for error in errors]

    def _render_again_if_needed(self) -> None:
        """When what rendering depends on has changed, every version ever used is rendered anew.

        That is the renderer, where links lead, the glossary and the references; see `_rendering_key`.
        Old versions too, since attempts still show them; one that no longer parses keeps its old HTML.
        """
        rendered_with = _rendering_key(self.outline)
        if self.course.rendered_with == rendered_with:
            return
        query = select(ActivityVersion).join(ActivityVersion.activity).where(Activity.course_id == self.course.id)
        for version in db.session.scalars(query.execution_options(populate_existing=True)):
            kind = activity_kinds.get(version.kind)
            if kind is None or version.id in self.rendered:
                continue
            definition = kind.parse(version.source, version.file).definition
            if definition is not None:
                version.rendered = _render(version.kind, definition, self.outline, version.file)
        self.course.rendered_with = rendered_with


def _render(kind: str, definition: Any, outline: Outline, file: str) -> Any:
    return activity_kinds[kind].render(definition, outline.links_from(file))


def _take_over(activity: Activity, entry: ActivityEntry) -> None:
    head, parsed = entry.parsed.head, entry.parsed
    assert head is not None
    activity.kind, activity.title, activity.summary = entry.kind, head.title, head.summary
    activity.minutes, activity.extent = parsed.minutes, parsed.extent
    activity.opens, activity.closes, activity.is_draft = head.opens, head.closes, entry.is_draft


def _hide_missing_courses(seen: set[str]) -> None:
    for course in db.session.scalars(select(Course).where(Course.slug.not_in(seen))):
        course.is_hidden = True
    db.session.commit()


def _rendering_key(outline: Outline) -> str:
    pages = [(page.name, page.source) for page in outline.pages]
    depends_on = json.dumps([markup.RENDERER, outline.slug, sorted(_addresses(outline).items()), pages])
    return hashlib.sha256(depends_on.encode()).hexdigest()[:16]


def _addresses(outline: Outline) -> Mapping[str, str]:
    return {entry.file: f"{module.slug}/{entry.id}" for module in outline.modules for entry in module.activities}
