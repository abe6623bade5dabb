"""Attempts and what was answered in them. Answers are append-only: a score can always be computed again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.models import Enrolment
from courses.models import Activity, ActivityVersion
from foundation.database import Base, UtcDateTime


class Attempt(Base):
    """One go at a quiz, on the version that was online when it began."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "activity_id", "number"),
        # At most one attempt is open at a time, whatever the requests do.
        Index(
            "ix_attempts_open",
            "enrolment_id",
            "activity_id",
            unique=True,
            sqlite_where=text("submitted_at IS NULL"),
            postgresql_where=text("submitted_at IS NULL"),
        ),
        Index("ix_attempts_activity_id", "activity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("activity_versions.id"))
    number: Mapped[int]
    """From 1, for this learner in this quiz."""
    seed: Mapped[int]
    arrangement: Mapped[list[list[Any]]] = mapped_column(JSON)
    """[[question id, [option keys]]] in the order this learner sees them."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    earned: Mapped[float | None]
    maximum: Mapped[float | None]

    enrolment: Mapped[Enrolment] = relationship()
    activity: Mapped[Activity] = relationship()
    version: Mapped[ActivityVersion] = relationship()

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def percent(self) -> float | None:
        """Score of 100; None while it is open."""
        return None if self.earned is None or not self.maximum else 100 * self.earned / self.maximum


class Answer(Base):
    """One save of one question. The one that counts is the last received that is not stale."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("attempt_id", "question", "client", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"))
    question: Mapped[str]
    value: Mapped[list[str]] = mapped_column(JSON)
    """The keys of the options chosen, sorted; [] is an answer taken back."""
    client: Mapped[str]
    """The page it was given on: a random word made when the page was drawn."""
    sequence: Mapped[int]
    """Counts that page's saves of this question."""
    is_stale: Mapped[bool] = mapped_column(default=False)
    """It arrived after a later save of the same page, and does not count."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CheckAnswer(Base):
    """An answer to a check inside a lesson: practice, never graded."""

    __tablename__ = "check_answers"
    __table_args__ = (
        # Named, since the name by rule is longer than PostgreSQL's 63 letters.
        UniqueConstraint(
            "enrolment_id", "activity_id", "question", "client", "sequence", name="uq_check_answers_one_a_save"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("activity_versions.id"))
    question: Mapped[str]
    value: Mapped[list[str]] = mapped_column(JSON)
    client: Mapped[str]
    sequence: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
