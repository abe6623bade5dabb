"""Courses, and a learner's way through one, in a few indexed queries."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, literal, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from accounts.roles import SITE, Grant
from cohorts.models import Cohort, Enrolment
from cohorts.queries import MANDIRI
from courses import schedules, versions
from courses.completion import State, next_index, unmet
from courses.dates import Dates
from courses.kinds import activity_kinds
from courses.models import Activity, Course, CoursePage, Module, Note, Progress
from foundation.database import db
from foundation.errors import NotFound


@dataclass(frozen=True)
class Step:
    """An activity as one learner meets it."""

    activity: Activity
    progress: Progress | None
    dates: Dates
    """Their own where they were granted any, their cohort's, or the file's; `activity.opens` is the file's alone."""
    at: datetime
    """When they meet it."""

    @property
    def opens(self) -> datetime | None:
        return self.dates.opens

    @property
    def closes(self) -> datetime | None:
        return self.dates.closes

    @property
    def is_ahead(self) -> bool:
        """Not open yet."""
        return self.dates.are_ahead(self.at)

    @property
    def is_over(self) -> bool:
        return self.dates.are_over(self.at)

    @property
    def is_open(self) -> bool:
        """It can be done now."""
        return not activity_kinds[self.activity.kind].keeps_hours or not (self.is_ahead or self.is_over)

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.state is State.DONE

    @property
    def is_started(self) -> bool:
        return self.progress is not None and not self.is_done

    @property
    def last_touched(self) -> datetime | None:
        return self.progress.updated_at if self.progress else None


@dataclass(frozen=True)
class Stage:
    """A module with its steps."""

    module: Module
    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def slug(self) -> str:
        return self.module.slug

    @property
    def is_done(self) -> bool:
        """Nothing is left to do; a draft that staff see besides asks nothing of anybody."""
        return all(step.is_done or step.activity.is_draft for step in self.steps)

    @property
    def minutes(self) -> int:
        return sum(step.activity.minutes for step in self.steps)


@dataclass(frozen=True)
class Way:
    """The whole course as one learner meets it; `stages` in the author's order."""

    course: Course
    stages: list[Stage]
    pages: frozenset[str] = frozenset()
    """Names of the course's own pages that exist: glosarium, pustaka."""
    steps: list[Step] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", [step for stage in self.stages for step in stage.steps])

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """Where to continue; None when everything is done."""
        index = next_index(self.steps)
        return None if index is None else self.steps[index]

    def under(self, own: Mapping[int, Dates]) -> "Way":
        """The same with a learner's own dates, by activity id."""
        if not own:
            return self

        def met(step: Step) -> Step:
            return replace(step, dates=own.get(step.activity.id, step.dates))

        return replace(self, stages=[Stage(stage.module, [met(step) for step in stage.steps]) for stage in self.stages])

    def stage_of(self, module_slug: str) -> Stage:
        for stage in self.stages:
            if stage.module.slug == module_slug:
                return stage
        raise NotFound()

    def step_of(self, key: str) -> Step:
        for step in self.steps:
            if step.activity.key == key:
                return step
        raise NotFound()

    def unmet(self, stage: Stage) -> list[Stage]:
        """The modules to be done before a quiz of this one is begun (`prasyarat`)."""
        return unmet(stage.module.requires, self.stages)

    def around(self, step: Step) -> tuple[Step | None, Step | None]:
        """The steps before and after one."""
        index = [one.activity.key for one in self.steps].index(step.activity.key)
        before = self.steps[index - 1] if index else None
        return before, self.steps[index + 1] if index + 1 < len(self.steps) else None


def find_course(slug: str) -> Course | None:
    query = select(Course).where(Course.slug == slug, Course.is_hidden.is_(False))
    return db.session.scalars(query).one_or_none()


def get_course(slug: str) -> Course:
    course = find_course(slug)
    if course is None:
        raise NotFound()
    return course


def way(course_slug: str, enrolment: Enrolment | None, at: datetime, *, with_drafts: bool) -> Way:
    """The course as a learner meets it, or as staff preview it (without an enrolment): one query."""
    found = _find_way(course_slug, enrolment, at, with_drafts)
    if found is None:
        raise NotFound()
    return found


def ways(enrolments: Iterable[Enrolment], at: datetime) -> list[Way]:
    """The courses somebody learns, for a home page; a query each."""
    found = [_find_way(enrolment.cohort.course, enrolment, at, with_drafts=False) for enrolment in enrolments]
    return sorted((way for way in found if way is not None), key=lambda way: way.course.id)


_WAY = (
    select(Course.id, Course.synced_at, Progress)
    .select_from(Course)
    .outerjoin(Progress, Progress.enrolment_id == bindparam("enrolment_id"))
    .where(Course.slug == bindparam("slug"), Course.is_hidden.is_(False))
)


def _find_way(slug: str, enrolment: Enrolment | None, at: datetime, with_drafts: bool) -> Way | None:
    rows = db.session.execute(_WAY, {"slug": slug, "enrolment_id": enrolment.id if enrolment else None}).all()
    if not rows:
        return None
    course_id, synced_at, _first = rows[0]
    mine = {row[2].activity_id: row[2] for row in rows if row[2]}
    own = schedules.own_dates(enrolment.cohort) if enrolment else {}

    def met(activity: Activity) -> Step:
        return Step(activity, mine.get(activity.id), schedules.dates_of(activity, own), at)

    return _way(_content(course_id, synced_at), met, with_drafts)


def _way(content: "_Content", met: Callable[[Activity], Step], with_drafts: bool) -> Way:
    shown = [activity for activity in content.activities if with_drafts or not activity.is_draft]
    stages = [
        Stage(module, [met(activity) for activity in of_module])
        for module, of_module in groupby(shown, lambda activity: activity.module)
    ]
    return Way(content.course, stages, content.pages)


@dataclass(frozen=True)
class _Content:
    """A course and what is in it, read once a sync; no session holds these rows, and nobody changes them."""

    course: Course
    activities: list[Activity]
    pages: frozenset[str]


def _content(course_id: int, synced_at: datetime) -> _Content:
    content: _Content = versions.derived((course_id, "content", synced_at), lambda: _read_content(course_id))
    return content


def _read_content(course_id: int) -> _Content:
    query = (
        select(Activity)
        .join(Activity.module)
        .where(Activity.course_id == course_id, *_shown(with_drafts=True))
        .options(contains_eager(Activity.module), joinedload(Activity.course))
        .order_by(Module.position, Activity.position)
    )
    with Session(db.session.connection()) as apart:
        pages = apart.scalars(select(CoursePage.name).where(CoursePage.course_id == course_id))
        return _Content(apart.get_one(Course, course_id), list(apart.scalars(query)), frozenset(pages))


def _shown(with_drafts: bool) -> list[ColumnElement[bool]]:
    shown: list[ColumnElement[bool]] = [Activity.is_hidden.is_(False), Module.is_hidden.is_(False)]
    return shown if with_drafts else [*shown, Activity.is_draft.is_(False)]


def find_page(course: Course, name: str) -> Any:
    """The glossary or the references as rendered at the last sync, read-only; None where there are none."""
    query = select(CoursePage.rendered).where(CoursePage.course_id == course.id, CoursePage.name == name)
    return versions.derived((course.id, "page", name, course.synced_at), lambda: db.session.scalar(query))


def counted_activities(course_slug: str) -> list[Activity]:
    """The activities learners see, in order, with their modules: the columns of a score table."""
    return _activities(course_slug, with_drafts=False)


def dated_activities(course_slug: str) -> list[Activity]:
    """The activities that can have dates, in order, with their modules: drafts as well."""
    return _activities(course_slug, with_drafts=True)


def _activities(course_slug: str, with_drafts: bool) -> list[Activity]:
    query = (
        select(Activity)
        .join(Activity.module)
        .join(Activity.course)
        .where(Course.slug == course_slug, *_shown(with_drafts))
        .options(contains_eager(Activity.module))
        .order_by(Module.position, Activity.position)
    )
    return list(db.session.scalars(query))


def courses_named_by(grants: Iterable[Grant]) -> list[Course]:
    """The courses that grants cover: all for the site, else those they name, directly or by a cohort."""
    scopes = {grant.scope for grant in grants}
    if not scopes:
        return []
    query = select(Course).where(Course.is_hidden.is_(False)).order_by(Course.title)
    if SITE not in scopes:
        named = {scope.removeprefix("kursus:") for scope in scopes if scope.startswith("kursus:")}
        cohorts = {scope.removeprefix("angkatan:") for scope in scopes if scope.startswith("angkatan:")}
        through = select(Cohort.course).where(Cohort.slug.in_(cohorts))
        query = query.where(or_(Course.slug.in_(named), Course.slug.in_(through)))
    return list(db.session.scalars(query))


def open_courses(besides: Iterable[str] = ()) -> list[Course]:
    """The courses that anybody may follow, but for some: `terbuka`, and the cohort for it is not in the archive."""
    is_closed = exists().where(Cohort.slug == literal(MANDIRI) + Course.slug, Cohort.archived_at.is_not(None))
    query = select(Course).where(Course.is_hidden.is_(False), Course.is_open.is_(True), ~is_closed)
    query = query.where(Course.slug.not_in(list(besides)))
    return list(db.session.scalars(query.order_by(Course.title)))


def get_open_course(slug: str) -> Course:
    for course in open_courses():
        if course.slug == slug:
            return course
    raise NotFound()


def find_mandiri(course: Course) -> Cohort | None:
    """The cohort of those who follow an open course by themselves; None before the first."""
    query = select(Cohort).where(Cohort.slug == f"{MANDIRI}{course.slug}", Cohort.course == course.slug)
    return db.session.scalars(query).one_or_none()


def notes_of(enrolment_id: int, activity_id: int) -> dict[str, Note]:
    """Slot -> a learner's note in a lesson."""
    query = select(Note).where(Note.enrolment_id == enrolment_id, Note.activity_id == activity_id)
    return {note.slot: note for note in db.session.scalars(query)}
