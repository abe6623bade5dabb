"""Attempts, what was answered in them and what people judged of it. Answers, marks and re-keys are append-only:

a score is a function of (version, answers, marks, re-keys) and can always be computed again.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Person
from cohorts.models import Cohort, Enrolment
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
    source_version_id: Mapped[int | None] = mapped_column(ForeignKey("activity_versions.id"))
    """Of the quiz whose questions are given, where `soal_dari` names another; None: its own."""
    number: Mapped[int]
    """From 1, for this learner in this quiz."""
    seed: Mapped[int]
    form: Mapped[str] = mapped_column(default="")
    """A or B; "" where the questions have no forms."""
    minutes_allowed: Mapped[int | None]
    """By an exception, in place of the version's own limit; 0 is none at all."""
    arrangement: Mapped[list[list[Any]]] = mapped_column(JSON)
    """[[question id, [keys of its parts]]]: what was drawn, in the order this learner sees it."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    earned: Mapped[float | None]
    maximum: Mapped[float | None]
    """Of the questions that have a mark; what waits for one is in neither figure."""
    waiting: Mapped[int] = mapped_column(default=0)
    """How many answers wait for a person's mark."""

    enrolment: Mapped[Enrolment] = relationship()
    activity: Mapped[Activity] = relationship()
    version: Mapped[ActivityVersion] = relationship(foreign_keys=[version_id])

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
    """As its kind keeps it, see quizzes.kinds; [] is an answer taken back."""
    client: Mapped[str]
    """The page it was given on: a random word made when the page was drawn."""
    sequence: Mapped[int]
    """Counts that page's saves of this question."""
    is_stale: Mapped[bool] = mapped_column(default=False)
    """It arrived after a later save of the same page, and does not count."""
    is_final: Mapped[bool] = mapped_column(default=False)
    """Given to be checked at once: the learner has seen what is right, and no later save counts."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HumanMark(Base):
    """What a person judged of an answer; append-only. The last one that is no draft counts."""

    __tablename__ = "human_marks"
    __table_args__ = (Index("ix_human_marks_attempt_id_question", "attempt_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"))
    question: Mapped[str]
    levels: Mapped[list[int | None]] = mapped_column(JSON)
    """The level of each criterion of the rubric, 0 the best; None is not judged yet. [] where there is no rubric."""
    share: Mapped[float | None]
    """0 to 1; None while not everything is judged."""
    comment: Mapped[str]
    """For the learner."""
    is_draft: Mapped[bool] = mapped_column(default=False)
    """Kept while it was being written; the learner sees nothing of it."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[Person | None] = relationship()


class Rekey(Base):
    """A change to how one question of one version is scored; append-only. The last one of a question counts."""

    __tablename__ = "rekeys"
    __table_args__ = (Index("ix_rekeys_version_id_question", "version_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("activity_versions.id"))
    question: Mapped[str]
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    """See quizzes.rekeying: another key, left out, a full mark for everybody, or as written."""
    reason: Mapped[str]
    """What learners are told."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[Person | None] = relationship()
    version: Mapped[ActivityVersion] = relationship()


class ScoreChange(Base):
    """What a re-key did to a submitted attempt: told to its learner, and kept for good."""

    __tablename__ = "score_changes"
    __table_args__ = (UniqueConstraint("attempt_id", "rekey_id"), Index("ix_score_changes_rekey_id", "rekey_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"))
    rekey_id: Mapped[int] = mapped_column(ForeignKey("rekeys.id"))
    earned_before: Mapped[float]
    maximum_before: Mapped[float]
    earned_after: Mapped[float]
    maximum_after: Mapped[float]
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the learner first saw the attempt after the change."""

    attempt: Mapped[Attempt] = relationship()
    rekey: Mapped[Rekey] = relationship()


class Override(Base):
    """Another rule of a quiz for one learner or one cohort, with a reason; None leaves a rule as it is."""

    __tablename__ = "overrides"
    __table_args__ = (
        CheckConstraint("(cohort_id IS NULL) <> (enrolment_id IS NULL)", name="for_one"),
        Index("ix_overrides_activity_id_cohort_id", "activity_id", "cohort_id"),
        Index("ix_overrides_enrolment_id", "enrolment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    minutes_allowed: Mapped[int | None]
    """0: no limit."""
    attempts: Mapped[int | None]
    """0: no limit."""
    opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was withdrawn, or another one took its place."""

    activity: Mapped[Activity] = relationship()
    cohort: Mapped[Cohort | None] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()
    by: Mapped[Person | None] = relationship()


class PracticeCard(Base):
    """A question a learner missed, and when it is due again."""

    __tablename__ = "practice_cards"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "activity_id", "question"),
        Index("ix_practice_cards_enrolment_id_due", "enrolment_id", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id", ondelete="CASCADE"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    question: Mapped[str]
    memory: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What fsrs knows of it: stability, difficulty, the last review."""
    due: Mapped[datetime] = mapped_column(UtcDateTime)
    missed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    activity: Mapped[Activity] = relationship()


class PracticeAnswer(Base):
    """One go at a practice card; append-only, never graded."""

    __tablename__ = "practice_answers"
    __table_args__ = (UniqueConstraint("card_id", "number"), Index("ix_practice_answers_card_id_at", "card_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("practice_cards.id", ondelete="CASCADE"))
    number: Mapped[int]
    """From 1, for this card: sent again, it is the same answer."""
    version_id: Mapped[int] = mapped_column(ForeignKey("activity_versions.id"))
    value: Mapped[list[str]] = mapped_column(JSON)
    share: Mapped[float]
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    card: Mapped[PracticeCard] = relationship()


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
