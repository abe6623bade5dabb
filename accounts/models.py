"""People, what they were granted, where they are signed in, and what staff did."""

from datetime import datetime
from typing import Any

from flask_login import UserMixin
from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column, relationship

from accounts.pseudonyms import is_pseudonym
from accounts.roles import SITE, Grant, Permission, Role, scopes_with
from foundation.database import Base, UtcDateTime


class Person(UserMixin, Base):  # type: ignore[misc]
    __tablename__ = "people"
    __allow_unmapped__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    """Lower case; an NPP for most praja."""
    name: Mapped[str] = mapped_column(index=True)
    password_hash: Mapped[str | None]
    """None: nobody can sign in as this person."""
    has_own_password: Mapped[bool] = mapped_column(default=True)
    """False: staff handed the password out, and signing in with it leads to choosing an own one, nowhere else."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    """Made for demo mode; production refuses to start while one exists."""
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    """Not a person at all: an invented learner whose answers come from a model."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    grants: Mapped[list["StaffGrant"]] = relationship(back_populates="person", cascade="all, delete-orphan")

    token: str | None = None
    """Of the sign-in this request came with; not a column."""

    __eq__, __hash__ = object.__eq__, object.__hash__  # not Flask-Login's: two people are not compared by their sign-in

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: a sign-in, not a person, so that signing out ends it everywhere."""
        assert self.token is not None
        return self.token

    @property
    def held_grants(self) -> list[Grant]:
        return [Grant(Role(grant.role), grant.scope) for grant in self.grants]

    @property
    def runs_site(self) -> bool:
        return SITE in scopes_with(self.held_grants, Permission.RUN_SITE)

    @property
    def is_erased(self) -> bool:
        """Nobody any more: see accounts.erasing."""
        return is_pseudonym(self.username)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[0], words[-1]) if word).upper() if len(words) > 1 else self.name[:2]


class StaffGrant(Base):
    __tablename__ = "staff_grants"
    __table_args__ = (UniqueConstraint("person_id", "role", "scope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role: Mapped[str]
    scope: Mapped[str]
    """ "situs", "kursus:<slug>" or "angkatan:<slug>"."""
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(back_populates="grants")


class SignIn(Base):
    """One device somebody is signed in on. The cookie holds the token, the table only its hash."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_person_id", "person_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_remembered: Mapped[bool] = mapped_column(default=False)
    """"Ingat saya": lasts for weeks, not for a day."""
    device: Mapped[str] = mapped_column(default="")
    """What its browser calls itself, shortened to what a person recognises: "Chrome, Android"."""

    person: Mapped[Person] = relationship()


class SignInFailures(Base):
    """Wrong passwords in a row for a name, whether or not anybody has that name."""

    __tablename__ = "sign_in_failures"

    username: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ResetCode(Base):
    """A one-time code that staff gave somebody who forgot the password; the newest replaces the one before."""

    __tablename__ = "reset_codes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LogEntry(Base):
    """Something that staff did to people or marks. Append-only: names are copied, so that they outlive their people.

    One thing alone changes an entry: a name in it becomes a pseudonym once that person's data is erased.
    """

    __tablename__ = "staff_log"
    __table_args__ = (Index("ix_staff_log_cohort", "cohort", "id"), Index("ix_staff_log_subject_id", "subject_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    actor: Mapped[str]
    """Name and username; for a command, the terminal's."""
    deed: Mapped[str]
    """A name of accounts.deeds.Deed."""
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    subject: Mapped[str] = mapped_column(default="")
    """Whom it was done to, name and username; "" when to nobody alone."""
    course: Mapped[str] = mapped_column(default="")
    cohort: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the deed's sentence names besides: {"role": "dosen", "scope": "kursus:paradiplomasi"}."""


@event.listens_for(LogEntry, "before_update")
@event.listens_for(LogEntry, "before_delete")
def _refuse_change(mapper: object, connection: object, entry: LogEntry) -> None:
    raise RuntimeError("the staff log is append-only")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_change(state: ORMExecuteState) -> None:
    """No statement of a session changes the log either: these pass by the two events above."""
    table = getattr(state.statement, "table", None)
    if (state.is_update or state.is_delete) and table is not None and table.name == LogEntry.__tablename__:
        raise RuntimeError("the staff log is append-only")
