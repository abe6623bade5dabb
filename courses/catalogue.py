"""Content files -> rows: what `flask courses sync` does. Idempotent, one transaction a course, never edits a file.

A file with an error keeps its last good version online; what left the files is hidden, never deleted.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

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


@dataclass
class Report:
    """What a sync did to one course."""

    outline: Outline
    added: int = 0
    changed: int = 0
    hidden: int = 0
    kept: int = 0
    """Files with an error whose last good version stays online."""


def course_folders(content: Path) -> list[Path]:
    """The folders of a content folder that hold a course; the folder itself when it is one."""
    if any((content / name).is_file() for name in COURSE_FILES):
        return [content]
    return sorted(path for path in content.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def read_course(folder: Path) -> Outline:
    """Read a course from its folder. Problems name files relative to it."""
    return read(folder.resolve().name, dict(_files(folder)))


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in Path(name).parts) or path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            yield name, file.read(LARGEST_READ)


def sync(content: Path, at: datetime) -> list[Report]:
    """Bring every course of a content folder online, each in a transaction of its own."""
    folders = course_folders(content)
    reports = [sync_course(read_course(folder), at) for folder in folders]
    _hide_missing_courses({report.outline.slug for report in reports})
    return reports


def sync_course(outline: Outline, at: datetime) -> Report:
    """Bring one course online. Without a readable kursus.md the course stays exactly as it is."""
    report = Report(outline)
    if outline.head is None:
        _tell_course(outline, at)
        return report
    outline = _with_good_pages(outline, report)
    course = _upsert_course(outline, at)
    modules = {entry.slug: _upsert_module(course, entry, place, outline) for place, entry in enumerate(outline.modules)}
    seen: set[str] = set()
    for entry in outline.modules:
        for place, activity in enumerate(entry.activities):
            seen.add(activity.id)
            _upsert_activity(course, modules[entry.slug], activity, place, outline, report, at)
    report.hidden = _hide_missing(course, set(modules), seen)
    course.problems = _errors_without_a_page(outline, _online(course))
    _keep_pages(course, outline)
    _render_again_if_needed(course, outline)
    db.session.commit()
    versions.forget()
    return report


def _tell_course(outline: Outline, at: datetime) -> None:
    """Staff of a course whose kursus.md cannot be read see why on its page."""
    course = db.session.scalars(select(Course).where(Course.slug == outline.slug)).one_or_none()
    if course is not None:
        course.problems, course.synced_at = _errors_of(outline, COURSE_FILES), at
    db.session.commit()
    versions.forget()


def _errors_of(outline: Outline, files: Collection[str]) -> list[str]:
    return [str(problem) for problem in outline.problems if problem.file in files and not problem.is_warning]


def _errors_without_a_page(outline: Outline, online: Collection[str]) -> list[str]:
    """Errors of files that have no page of their own to show them on, such as a new lesson's."""
    told = {entry.file for module in outline.modules for entry in module.activities if entry.id in online}
    told |= {module.file for module in outline.modules}
    return _errors_of(outline, {problem.file for problem in outline.problems} - told)


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


def _upsert_course(outline: Outline, at: datetime) -> Course:
    head = outline.head
    assert head is not None
    course = db.session.scalars(select(Course).where(Course.slug == outline.slug)).one_or_none()
    if course is None:
        course = Course(slug=outline.slug, rendered_with="")
        db.session.add(course)
    course.title, course.summary, course.pass_mark = head.title, head.summary, float(head.pass_mark)
    course.welcome_html = markup.render(outline.welcome, outline.links_from("kursus.md"))
    course.is_hidden, course.synced_at = False, at
    db.session.flush()
    return course


def _upsert_module(course: Course, entry: ModuleEntry, position: int, outline: Outline) -> Module:
    """A module whose modul.md cannot be read keeps its last title and overview."""
    query = select(Module).where(Module.course_id == course.id, Module.slug == entry.slug)
    module = db.session.scalars(query).one_or_none()
    if module is None:
        title = entry.slug.replace("-", " ").capitalize()
        module = Module(course_id=course.id, slug=entry.slug, title=title, summary="", overview_html="", objectives=[])
        db.session.add(module)
    if entry.head is not None:
        module.title, module.summary = entry.head.title, entry.head.summary
        module.overview_html = markup.render(entry.overview, outline.links_from(entry.file))
        module.objectives = [
            {"code": objective.code, "level": objective.level, "text": objective.text}
            for objective in entry.head.objectives
        ]
    module.position, module.number, module.is_hidden = position, entry.number, False
    module.problems = _errors_of(outline, [entry.file])
    db.session.flush()
    return module


def _upsert_activity(
    course: Course, module: Module, entry: ActivityEntry, position: int, outline: Outline, report: Report, at: datetime
) -> None:
    query = select(Activity).where(Activity.course_id == course.id, Activity.key == entry.id)
    activity = db.session.scalars(query).one_or_none()
    is_bad = entry.parsed.definition is None or entry.parsed.head is None or has_errors(entry.problems)
    if is_bad:
        report.kept += 1
        if activity is None:
            return
    elif activity is None:
        activity = Activity(course_id=course.id, key=entry.id)
        db.session.add(activity)
        report.added += 1
    activity.module_id, activity.position, activity.is_hidden = module.id, position, False
    activity.problems = _errors_of(outline, [entry.file])
    if not is_bad:
        _take_over(activity, entry)
        db.session.flush()
        _pin_version(activity, entry, outline, report, at)


def _take_over(activity: Activity, entry: ActivityEntry) -> None:
    head, parsed = entry.parsed.head, entry.parsed
    assert head is not None
    activity.kind, activity.title, activity.summary = entry.kind, head.title, head.summary
    activity.minutes, activity.extent = parsed.minutes, parsed.extent
    activity.opens, activity.closes, activity.is_draft = head.opens, head.closes, entry.is_draft


def _pin_version(activity: Activity, entry: ActivityEntry, outline: Outline, report: Report, at: datetime) -> None:
    """Point the activity at the version of this source, making it when the source is new."""
    source_hash = hashlib.sha256(entry.source.encode()).hexdigest()
    query = select(ActivityVersion).where(
        ActivityVersion.activity_id == activity.id, ActivityVersion.source_hash == source_hash
    )
    version = db.session.scalars(query).one_or_none()
    if version is None:
        rendered = activity_kinds[entry.kind].render(entry.parsed.definition, outline.links_from(entry.file))
        version = ActivityVersion(
            activity_id=activity.id,
            kind=entry.kind,
            file=entry.file,
            source=entry.source,
            source_hash=source_hash,
            created_at=at,
            rendered=rendered,
        )
        db.session.add(version)
        db.session.flush()
    version.file, version.kind = entry.file, entry.kind
    if activity.current_version_id not in (None, version.id):
        report.changed += 1
    activity.current_version_id = version.id


def _online(course: Course) -> set[str]:
    return set(db.session.scalars(select(Activity.key).where(Activity.course_id == course.id)))


def _hide_missing(course: Course, modules: set[str], activities: set[str]) -> int:
    """Hide what left the files; how many activities that were."""
    hidden = 0
    for module in db.session.scalars(select(Module).where(Module.course_id == course.id)):
        module.is_hidden = module.slug not in modules
    for activity in db.session.scalars(select(Activity).where(Activity.course_id == course.id)):
        if activity.key not in activities and not activity.is_hidden:
            activity.is_hidden = True
            hidden += 1
    return hidden


def _hide_missing_courses(seen: set[str]) -> None:
    for course in db.session.scalars(select(Course).where(Course.slug.not_in(seen))):
        course.is_hidden = True
    db.session.commit()


def _render_again_if_needed(course: Course, outline: Outline) -> None:
    """When what rendering depends on has changed, every version ever used is rendered anew.

    That is the renderer, where links lead, the glossary and the references; see `_rendering_key`.
    Old versions too, since attempts still show them; one that no longer parses keeps its old HTML.
    """
    rendered_with = _rendering_key(outline)
    if course.rendered_with == rendered_with:
        return
    query = select(ActivityVersion).join(ActivityVersion.activity).where(Activity.course_id == course.id)
    for version in db.session.scalars(query):
        kind = activity_kinds.get(version.kind)
        definition = kind.parse(version.source, version.file).definition if kind else None
        if kind is not None and definition is not None:
            version.rendered = kind.render(definition, outline.links_from(version.file))
    course.rendered_with = rendered_with


def _rendering_key(outline: Outline) -> str:
    pages = [(page.name, page.source) for page in outline.pages]
    depends_on = json.dumps([markup.RENDERER, outline.slug, sorted(_addresses(outline).items()), pages])
    return hashlib.sha256(depends_on.encode()).hexdigest()[:16]


def _addresses(outline: Outline) -> Mapping[str, str]:
    return {entry.file: f"{module.slug}/{entry.id}" for module in outline.modules for entry in module.activities}
