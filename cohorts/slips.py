"""Account slips: one-time passwords for those who have none of their own, made together and shown once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, not_, select

from accounts import log, passwords
from accounts.actions import hand_out
from accounts.deeds import Deed
from accounts.models import Person, StaffGrant
from accounts.queries import is_somebody
from cohorts.models import Cohort, Enrolment, Group, GroupMember, GroupSet
from cohorts.roster import username_of
from foundation import codes
from foundation.database import db, release


class Whose(StrEnum):
    """For whom slips are made, as the page's address says it."""

    NEVER = "belum"
    """Who never had a password."""
    WITHOUT_OWN = "sementara"
    """Who has none, or still the one of a slip."""
    GROUP = "kelompok"
    """Of one group, those without an own one."""
    ONE = "seorang"
    """One person, whatever password they have."""

    @classmethod
    def asked(cls, word: str | None) -> "Whose":
        return cls(word) if word in list(cls) else cls.NEVER


@dataclass(frozen=True)
class Slip:
    username: str
    name: str
    password: str


@dataclass(frozen=True)
class Holder:
    """Somebody for whom a slip can be made."""

    username: str
    name: str
    has_own_password: bool


@dataclass(frozen=True)
class Passwords:
    """How many of a cohort have which kind of password."""

    never: int
    handed_out: int
    own: int


_HAS_OWN = and_(Person.password_hash.is_not(None), Person.has_own_password)
_NEVER = Person.password_hash.is_(None)


def passwords_of(actor: Person | None, cohort: Cohort) -> Passwords:
    query = (
        select(_NEVER, _HAS_OWN, func.count())
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(*_reach(actor, cohort))
        .group_by(_NEVER, _HAS_OWN)
    )
    found = {(bool(never), bool(own)): number for never, own, number in db.session.execute(query)}
    return Passwords(found.get((True, False), 0), found.get((False, False), 0), found.get((False, True), 0))


def holders(
    actor: Person | None, cohort: Cohort, whose: Whose, *, group: int | None = None, username: str = ""
) -> list[Holder]:
    """For whom this actor can make slips, by name."""
    chosen: dict[Whose, ColumnElement[bool]] = {
        Whose.NEVER: _NEVER,
        Whose.WITHOUT_OWN: not_(_HAS_OWN),
        Whose.GROUP: and_(not_(_HAS_OWN), Enrolment.id.in_(_in_group(cohort, group))),
        Whose.ONE: Person.username == username_of(username),
    }
    query = (
        select(Person.username, Person.name, _HAS_OWN)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(*_reach(actor, cohort), chosen[whose])
        .order_by(func.lower(Person.name), Person.username)
    )
    return [Holder(username, name, bool(own)) for username, name, own in db.session.execute(query)]


def _reach(actor: Person | None, cohort: Cohort) -> list[ColumnElement[bool]]:
    """Who is in the cohort and a person at all; staff among them are an admin's to help."""
    here = [Enrolment.cohort_id == cohort.id, Enrolment.ended_at.is_(None), is_somebody()]
    return here if actor is None or actor.runs_site else [*here, Person.id.not_in(select(StaffGrant.person_id))]


def _in_group(cohort: Cohort, group: int | None) -> Select[int]:
    return (
        select(GroupMember.enrolment_id)
        .join(GroupMember.group)
        .join(Group.set)
        .where(Group.id == group, GroupSet.cohort_id == cohort.id, GroupSet.deleted_at.is_(None))
    )


def issue(
    actor: Person | None,
    cohort: Cohort,
    usernames: Sequence[str],
    at: datetime,
    *,
    replace_own: bool = False,
    new_password: Callable[[], str] = codes.new_password,
) -> list[Slip]:
    """New one-time passwords, which end the ones before and every sign-in; by name.

    Who has an own password is passed over unless it is to be replaced: they may have chosen it a moment ago.
    """
    receivers, wanted = _receivers(actor, cohort, replace_own=replace_own), frozenset(usernames)
    made = {person.id: new_password() for person in db.session.execute(receivers) if person.username in wanted}
    if not made:
        return []
    release()
    hashes = dict(zip(made, passwords.hash_passwords(list(made.values())), strict=True))
    receivers = receivers.where(Person.id.in_(made))
    people = db.session.execute(receivers.with_for_update(of=Person, key_share=True)).all()
    if people:
        hand_out({person.id: hashes[person.id] for person in people})
        log.record(
            actor,
            Deed.ISSUE_SLIPS,
            at,
            subject=db.session.get(Person, people[0].id) if len(people) == 1 else None,
            course=cohort.course,
            cohort=cohort.slug,
            count=len(people),
            people=[person.username for person in people],
        )
    db.session.commit()
    return [Slip(person.username, person.name, made[person.id]) for person in people]


def _receivers(actor: Person | None, cohort: Cohort, *, replace_own: bool) -> Select[int, str, str]:
    """Everybody of the cohort who may get one."""
    query = (
        select(Person.id, Person.username, Person.name)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(*_reach(actor, cohort))
        .order_by(func.lower(Person.name), Person.username)
    )
    return query if replace_own else query.where(not_(_HAS_OWN))
