"""Cohorts of a course, and who is enrolled in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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


class Enrolment(Base):
    """Somebody's place in a cohort; all their work in the course hangs on it."""

    __tablename__ = "enrolments"
    __table_args__ = (UniqueConstraint("person_id", "cohort_id"), Index("ix_enrolments_cohort_id", "cohort_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    cohort: Mapped[Cohort] = relationship()
