"""One person's data erased for good (UU PDP 27/2022): what they did stays, as the work of nobody, so no figure changes.

The account's row is deleted. All that hangs on it moves to a new one without a name, so what a request of theirs was
about to write finds its place gone: whoever locks an enrolment asks for its person too (cohorts.locking).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, func, select, update

from accounts import log, personal
from accounts.administration import keep_an_admin_besides
from accounts.deeds import Deed
from accounts.log_queries import called_before
from accounts.models import Person
from accounts.pseudonyms import LEARNER, STAFF, Naming, new_pseudonym
from foundation.database import Base, db, leave_no_traces
from foundation.errors import N_, Conflict, DomainError, NotFound


class MistypedName(DomainError):
    """What was typed to confirm is another name."""

    def __init__(self) -> None:
        super().__init__(N_("Nama pengguna yang diketik tidak cocok. Belum ada yang dihapus."))


def check_may_be_erased(actor: Person | None, person: Person) -> None:
    """Raises Conflict for oneself, for the last admin, and for who is erased already."""
    if person.is_erased:
        raise Conflict(N_("Data akun ini sudah dihapus."))
    if actor is not None and actor.id == person.id:
        raise Conflict(N_("Data Anda sendiri hanya dapat dihapus oleh admin lain."))
    if person.runs_site:
        keep_an_admin_besides(person)


def erase(actor: Person | None, person: Person, typed: str, at: datetime) -> Person:
    """Erase somebody whose username was typed to confirm it; who stands in their place. There is no way back."""
    if typed.strip().lower() != person.username:
        raise MistypedName()
    check_may_be_erased(actor, person)
    id, naming = person.id, _naming(person)
    *rooms, own = personal.keepers()
    for room in rooms:
        room.erase(person, naming, at)
    _lock(person)
    check_may_be_erased(actor, person)
    own.erase(person, naming, at)
    nobody = Person(
        username=naming.pseudonym,
        name=naming.called,
        is_demo=person.is_demo,
        is_synthetic=person.is_synthetic,
        created_at=at,
    )
    db.session.add(nobody)
    db.session.flush()
    _move(id, nobody.id)
    db.session.delete(person)
    log.record(actor, Deed.ERASE_PERSON, at, subject=nobody)
    db.session.commit()
    leave_no_traces()
    return nobody


def _lock(person: Person) -> None:
    """Behind the rows of the rooms, as requests do; whoever signs in or gets a role meanwhile waits, and finds nobody.

    Raises NotFound when somebody else erased them a moment ago.
    """
    db.session.flush()
    query = select(Person).where(Person.id == person.id).with_for_update()
    if db.session.scalars(query.execution_options(populate_existing=True)).one_or_none() is None:
        raise NotFound()
    db.session.refresh(person, ["grants"])


def _naming(person: Person) -> Naming:
    names = tuple(dict.fromkeys([person.name, *called_before(person)]))
    called = STAFF if person.grants else LEARNER
    return Naming(person.username, names, new_pseudonym(), called, shared=_of_others_too(person, names))


def _of_others_too(person: Person, names: Sequence[str]) -> frozenset[str]:
    """Those of the names that somebody else has: in a text they may mean either."""
    folded = func.lower(Person.name)
    others = select(folded).where(folded.in_([name.lower() for name in names]), Person.id != person.id)
    return frozenset(db.session.scalars(others))


def _move(old: int, new: int) -> None:
    """Whatever still points at a person points at another one: every foreign key there is, also of tables to come."""
    connection = db.session.connection()  # past the guard of the staff log: whom an entry is about does not change
    for key in _keys_to_people():
        connection.execute(update(key.parent.table).where(key.parent == old).values({key.parent: new}))
    db.session.expire_all()


def _keys_to_people() -> list[ForeignKey]:
    return [
        key
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=str)
        if key.column.table.name == Person.__tablename__
    ]
