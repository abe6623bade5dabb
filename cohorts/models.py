"""Cohorts of a course: who is enrolled, in which groups, what they are told, and who came."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Enum, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from foundation.database import Base, UtcDateTime


class Cohort(Base):
    __tablename__ = "cohorts"
    __table_args__ = (Index("ix_cohorts_course", "course"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    """Unique on the site: grants and addresses name a cohort by it."""
    course: Mapped[str]
    """The course's slug: a cohort outlives the course's files."""
    name: Mapped[str]
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    """Its learners are invented; every page that shows them says so."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    join_code: Mapped[str | None] = mapped_column(unique=True)
    """As people type it, without the dash it is shown with; None until somebody opens registration."""
    is_registration_open: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it stands apart from the current ones; nothing of it is lost."""
    dates_revision: Mapped[int] = mapped_column(default=0)
    """Rises with every change of its own dates, 0 while it has none: readers keep the dates of a revision."""


class Enrolment(Base):
    """Somebody's place in a cohort; all their work in the course hangs on it."""

    __tablename__ = "enrolments"
    __table_args__ = (UniqueConstraint("person_id", "cohort_id"), Index("ix_enrolments_cohort_id", "cohort_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when they are out of the cohort; their work stays, and comes back with them."""
    details: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """What the roster says besides, column -> value: {"provinsi": "Bali"}."""

    person: Mapped[Person] = relationship()
    cohort: Mapped[Cohort] = relationship()


class GroupSet(Base):
    """One way of splitting a cohort: those who discuss together are not those who draft together."""

    __tablename__ = "group_sets"
    __table_args__ = (Index("ix_group_sets_cohort_id", "cohort_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    name: Mapped[str]
    seed: Mapped[str] = mapped_column(default="")
    """What a random split was made with, so that it can be made again; "" for groups made by hand."""
    stratified_by: Mapped[str] = mapped_column(default="")
    """The column of Enrolment.details whose values were spread over the groups."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    cohort: Mapped[Cohort] = relationship()
    groups: Mapped[list["Group"]] = relationship(back_populates="set", order_by="Group.position")


class Group(Base):
    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("set_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("group_sets.id", ondelete="CASCADE"))
    name: Mapped[str]
    position: Mapped[int]
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

    set: Mapped[GroupSet] = relationship(back_populates="groups")
    facilitator: Mapped[Person | None] = relationship()


class GroupMember(Base):
    """In each set a learner is in one group at most."""

    __tablename__ = "group_members"
    __table_args__ = (UniqueConstraint("set_id", "enrolment_id"), Index("ix_group_members_group_id", "group_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("group_sets.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))

    group: Mapped[Group] = relationship()
    enrolment: Mapped[Enrolment] = relationship()


class Announcement(Base):
    __tablename__ = "announcements"
    __table_args__ = (Index("ix_announcements_cohort_id_appears_at", "cohort_id", "appears_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    """None: for the whole cohort."""
    title: Mapped[str]
    source: Mapped[str]
    """Markdown, as it was written."""
    html: Mapped[str]
    """Of `source`, by foundation.markup."""
    appears_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    author: Mapped[Person | None] = relationship()
    group: Mapped[Group | None] = relationship()


class Presence(StrEnum):
    PRESENT = "hadir"
    EXCUSED = "izin"
    ILL = "sakit"


class Meeting(Base):
    """A session in a hall or a room, whose attendance list is open for as long as its code is valid."""

    __tablename__ = "meetings"
    __table_args__ = (Index("ix_meetings_cohort_id", "cohort_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    title: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    code: Mapped[str] = mapped_column(unique=True)
    code_expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    cohort: Mapped[Cohort] = relationship()


class Attendance(Base):
    """What is known of one learner in a meeting; who has no row was not there."""

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("meeting_id", "enrolment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    presence: Mapped[Presence] = mapped_column(
        Enum(Presence, native_enum=False, length=16, values_callable=lambda all: [one.value for one in all])
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_by_staff: Mapped[bool] = mapped_column(default=False)
    """Noted by hand, not by the code."""

    enrolment: Mapped[Enrolment] = relationship()
