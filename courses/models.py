"""Courses as served: rows derived from content files, and each learner's progress.

A course, module or activity that leaves the files is hidden, never deleted: work may hang on it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.models import Enrolment
from courses.completion import State
from foundation.database import Base, UtcDateTime


class Course(Base):
    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str]
    welcome_html: Mapped[str]
    pass_mark: Mapped[float]
    """Of 100; an activity may ask for another."""
    rendered_with: Mapped[str]
    """What every rendering of the course depends on besides its source, as a hash; see courses.catalogue."""
    is_hidden: Mapped[bool] = mapped_column(default=False)
    is_open: Mapped[bool] = mapped_column(default=False)
    """`terbuka`: anybody may enrol, in the cohort "Mandiri"."""
    problems: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Errors of kursus.md and of files without a page of their own at the last sync, as the checker says them."""
    synced_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CoursePage(Base):
    """The glossary or the references of a course, from the last version of its file without an error."""

    __tablename__ = "course_pages"
    __table_args__ = (UniqueConstraint("course_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    name: Mapped[str]
    """As in its address: glosarium or pustaka."""
    file: Mapped[str]
    source: Mapped[str]
    rendered: Mapped[Any] = mapped_column(JSON)
    """What courses.glossary or courses.references made of it at the last sync."""


class Module(Base):
    __tablename__ = "modules"
    __table_args__ = (UniqueConstraint("course_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    slug: Mapped[str]
    position: Mapped[int]
    number: Mapped[int | None]
    """As the folder says; None for a folder without a number."""
    title: Mapped[str]
    summary: Mapped[str]
    overview_html: Mapped[str]
    objectives: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    """[{code, level, text}], in the author's order."""
    requires: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Slugs of the modules to be done before its quizzes are begun."""
    is_hidden: Mapped[bool] = mapped_column(default=False)
    problems: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Errors of modul.md: what is online is older than the file."""


class Activity(Base):
    __tablename__ = "activities"
    __table_args__ = (UniqueConstraint("course_id", "key"), Index("ix_activities_module_id", "module_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    key: Mapped[str]
    """The author's `id`, or the file's slug: learners' work hangs on it wherever the file moves."""
    kind: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]
    summary: Mapped[str]
    minutes: Mapped[int]
    extent: Mapped[str]
    """How long it is where minutes do not say it: "10 soal"."""
    opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_draft: Mapped[bool] = mapped_column(default=False)
    """Shown to staff only."""
    is_hidden: Mapped[bool] = mapped_column(default=False)
    """No file of the course has this key any more."""
    problems: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Errors of its file: what is online is older than the file."""
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("activity_versions.id", use_alter=True, name="fk_activities_current_version_id")
    )

    course: Mapped[Course] = relationship()
    module: Mapped[Module] = relationship()


class CohortSchedule(Base):
    """A cohort's own dates of an activity, in place of its file's: None is no limit on that side."""

    __tablename__ = "cohort_schedules"
    __table_args__ = (UniqueConstraint("cohort_id", "activity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes: Mapped[datetime | None] = mapped_column(UtcDateTime)

    activity: Mapped[Activity] = relationship()


class ActivityVersion(Base):
    """A file's source text, for ever. What is derived from it may be made again at any time."""

    __tablename__ = "activity_versions"
    __table_args__ = (UniqueConstraint("activity_id", "source_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    kind: Mapped[str]
    file: Mapped[str]
    source: Mapped[str]
    source_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rendered: Mapped[Any] = mapped_column(JSON)
    """What the kind's `render` made of it, with what the course's `rendered_with` names."""

    activity: Mapped[Activity] = relationship(foreign_keys=[activity_id])


class Progress(Base):
    """Where a learner stands in an activity; the room of the activity says so by `record_progress`."""

    __tablename__ = "progress"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "activity_id"),
        Index("ix_progress_activity_id_earned", "activity_id", "earned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, length=16, values_callable=lambda states: [state.value for state in states])
    )
    earned: Mapped[float | None]
    maximum: Mapped[float | None]
    is_passed: Mapped[bool | None]
    """None where there is nothing to pass, or while something waits for a mark."""
    is_provisional: Mapped[bool] = mapped_column(default=False)
    """Something of it waits for a person's mark; the points are of the rest."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    enrolment: Mapped[Enrolment] = relationship()
    activity: Mapped[Activity] = relationship()

    @property
    def percent(self) -> float | None:
        """Score of 100; None without one."""
        return None if self.earned is None or not self.maximum else 100 * self.earned / self.maximum


class Evidence(Base):
    """One answer that says something about one objective.

    Practice only grows; what an attempt came to is replaced as a whole when it is marked or scored again.
    """

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_enrolment_id_objective", "enrolment_id", "objective"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    objective: Mapped[str]
    item: Mapped[str]
    """The question's id."""
    earned: Mapped[float]
    maximum: Mapped[float]
    is_practice: Mapped[bool]
    """Of a check inside a lesson, or of practice: shown as practice, never as a result."""
    occasion: Mapped[int] = mapped_column(default=0)
    """The number of the attempt; 0 for practice. A first attempt is 1."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Note(Base):
    """What a learner wrote under a reflection, for nobody else."""

    __tablename__ = "notes"
    __table_args__ = (UniqueConstraint("enrolment_id", "activity_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    slot: Mapped[str]
    """The reflection's id in its lesson."""
    text: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
