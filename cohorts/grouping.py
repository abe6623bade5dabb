"""What staff do with groups: make a set of them, change it by hand, put late comers in, delete it and bring it back.

Every change of a set holds its row's lock, every new name of a set its cohort's, so that two who do so at once wait
for each other.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from accounts.names import checked_name
from cohorts import group_queries, groups
from cohorts.group_plans import MOST_GROUPS, Way, Wish, plan
from cohorts.models import Cohort, Enrolment, Group, GroupMember, GroupSet
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError


def make_groups(actor: Person, cohort: Cohort, name: str, wish: Wish, at: datetime) -> GroupSet:
    """Split who is in the cohort by now, or make empty groups to be filled by hand."""
    name = checked_name(name)
    _claim_name(cohort, name)
    made = plan(wish, group_queries.details_of_members(cohort))
    is_by_hand = wish.way is Way.BY_HAND
    group_set = GroupSet(
        cohort=cohort,
        name=name,
        seed="" if is_by_hand else wish.seed,
        stratified_by=wish.column if wish.way is Way.SPREAD else "",
        created_at=at,
        groups=[Group(name=_called(number), position=number) for number in range(1, len(made.groups) + 1)],
    )
    db.session.add(group_set)
    db.session.flush()
    db.session.add_all(
        GroupMember(set_id=group_set.id, group_id=group.id, enrolment_id=member.id)
        for group, members in zip(group_set.groups, made.groups, strict=True)
        for member in members
    )
    _note(actor, Deed.MAKE_GROUPS, group_set, at, set=name, groups=len(made.groups), people=made.people)
    db.session.commit()
    return group_set


def rename_set(actor: Person, group_set: GroupSet, name: str, at: datetime) -> None:
    name, before = checked_name(name), group_set.name
    _claim_name(group_set.cohort, name, but=group_set)
    _lock(group_set)
    group_set.name = name
    _note(actor, Deed.CHANGE_GROUP, group_set, at, group=name, before=before)
    db.session.commit()


def delete_set(actor: Person, group_set: GroupSet, at: datetime) -> None:
    """Its groups and who is in them are kept, for it to be brought back."""
    _lock(group_set)
    group_set.deleted_at = at
    _note(actor, Deed.DELETE_GROUPS, group_set, at, set=group_set.name)
    db.session.commit()


def restore_set(actor: Person, group_set: GroupSet, at: datetime) -> None:
    _claim_name(group_set.cohort, group_set.name, but=group_set)
    if group_set.deleted_at is not None:
        group_set.deleted_at = None
        _note(actor, Deed.RESTORE_GROUPS, group_set, at, set=group_set.name)
    db.session.commit()


def add_group(actor: Person, group_set: GroupSet, at: datetime) -> Group:
    """One more, empty, under the next number that is free."""
    _lock(group_set)
    if len(group_set.groups) >= MOST_GROUPS:
        raise DomainError(N_("Terlalu banyak kelompok: paling banyak %(most)s."), most=MOST_GROUPS)
    number = len(group_set.groups) + 1
    while _is_taken(group_set, _called(number)):
        number += 1
    position = max((group.position for group in group_set.groups), default=0) + 1
    group = Group(name=_called(number), position=position)
    group_set.groups.append(group)
    _note(actor, Deed.CHANGE_GROUP, group_set, at, group=group.name)
    db.session.commit()
    return group


def change_group(actor: Person, group: Group, name: str, facilitator: str, at: datetime) -> None:
    """Its name, and who facilitates it: a username, or "" for nobody."""
    name = checked_name(name)
    _lock_group(group)
    if _is_taken(group.set, name, but=group):
        raise Conflict(N_("Sudah ada kelompok bernama %(name)s. Pilih nama lain."), name=name)
    group.facilitator = _facilitator(group, facilitator) if facilitator else None
    before, group.name = group.name, name
    _note(actor, Deed.CHANGE_GROUP, group.set, at, group=name, before=before, facilitator=facilitator)
    db.session.commit()


def _facilitator(group: Group, username: str) -> Person:
    """Somebody who may be one, or who is it already."""
    possible = group_queries.possible_facilitators(group.set.cohort)
    for person in [*possible, group.facilitator]:
        if person is not None and person.username == username:
            return person
    raise DomainError(N_("Pilih pendamping dari daftar: dosen, instruktur, atau admin angkatan ini."))


def delete_group(actor: Person, group: Group, at: datetime) -> None:
    """Only an empty one to which nothing was announced: nothing may be lost with it."""
    _lock_group(group)
    group_set = group.set
    if group_queries.roll_of(group_set).members(group):
        raise Conflict(N_("Kelompok ini masih berisi praja. Pindahkan mereka dahulu."))
    if group_queries.is_announced_to(group):
        raise Conflict(N_("Kelompok ini sudah pernah diberi pengumuman, jadi tidak dapat dihapus. Ganti saja namanya."))
    _note(actor, Deed.CHANGE_GROUP, group_set, at, group=group.name, is_deleted=True)
    db.session.delete(group)
    db.session.commit()


def move(actor: Person, group: Group, usernames: Collection[str], at: datetime) -> int:
    """Put members of the cohort into a group, out of whichever they are in; how many came new."""
    _lock_group(group)
    roll = group_queries.roll_of(group.set)
    everybody = [*roll.ungrouped, *(member for members in roll.groups.values() for member in members)]
    chosen = [enrolment for enrolment in everybody if enrolment.person.username in usernames]
    if not chosen:
        raise DomainError(N_("Belum ada yang dipilih. Centang dahulu siapa yang dipindahkan."))
    there = {enrolment.id for enrolment in roll.members(group)}
    newcomers = [enrolment for enrolment in chosen if enrolment.id not in there]
    _put(actor, [(enrolment, group) for enrolment in newcomers], group.set, at)
    db.session.commit()
    return len(newcomers)


def place_the_rest(actor: Person, group_set: GroupSet, at: datetime) -> int:
    """Put everybody who is in no group yet into the smallest one each time; how many that were."""
    _lock(group_set)
    if not group_set.groups:
        raise DomainError(N_("Pembagian ini belum punya kelompok. Tambah kelompok dahulu."))
    roll = group_queries.roll_of(group_set)
    newcomers = {enrolment.id: enrolment for enrolment in roll.ungrouped}
    there = {group.id: group for group in group_set.groups}
    placed = groups.place(newcomers, roll.sizes)
    _put(actor, [(newcomers[newcomer], there[group]) for newcomer, group in placed], group_set, at)
    db.session.commit()
    return len(placed)


def _put(actor: Person, placed: list[tuple[Enrolment, Group]], group_set: GroupSet, at: datetime) -> None:
    query = select(GroupMember).where(
        GroupMember.set_id == group_set.id,
        GroupMember.enrolment_id.in_([enrolment.id for enrolment, _group in placed]),
    )
    memberships = {membership.enrolment_id: membership for membership in db.session.scalars(query)}
    for enrolment, group in placed:
        membership = memberships.get(enrolment.id)
        if membership is None:
            db.session.add(GroupMember(set_id=group_set.id, group_id=group.id, enrolment_id=enrolment.id))
        else:
            membership.group_id = group.id
        _note(actor, Deed.MOVE_TO_GROUP, group_set, at, enrolment.person, group=group.name, set=group_set.name)


def _called(number: int) -> str:
    return f"Kelompok {number}"


def _claim_name(cohort: Cohort, name: str, but: GroupSet | None = None) -> None:
    """Raises Conflict when another set of the cohort has this name; until the end nobody else can take it."""
    db.session.execute(select(Cohort.id).where(Cohort.id == cohort.id).with_for_update())
    others = select(GroupSet.id).where(
        GroupSet.cohort_id == cohort.id,
        GroupSet.deleted_at.is_(None),
        func.lower(GroupSet.name) == func.lower(name),
        GroupSet.id != (but.id if but else 0),
    )
    if db.session.scalar(others.limit(1)) is not None:
        raise Conflict(N_("Sudah ada pembagian bernama %(name)s di angkatan ini. Pilih nama lain."), name=name)


def _is_taken(group_set: GroupSet, name: str, but: Group | None = None) -> bool:
    """Whether another group of the set has this name."""
    others = select(Group.id).where(
        Group.set_id == group_set.id, func.lower(Group.name) == func.lower(name), Group.id != (but.id if but else 0)
    )
    return db.session.scalar(others.limit(1)) is not None


def _lock(group_set: GroupSet) -> None:
    """See the set as it is now, and let nobody else change it until the end. Raises Conflict for a deleted one."""
    db.session.refresh(group_set, with_for_update=True)
    if group_set.deleted_at is not None:
        raise Conflict(N_("Pembagian ini sudah dihapus. Kembalikan dahulu, lalu ubah."))


def _lock_group(group: Group) -> None:
    """The same for the set of a group. Raises Conflict for a group that somebody deleted meanwhile."""
    _lock(group.set)
    if group not in group.set.groups:
        raise Conflict(N_("Kelompok ini baru saja dihapus. Muat ulang halaman pembagiannya."))
    # Nobody announces to it meanwhile what would be deleted with it.
    db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())


def _note(
    actor: Person, deed: Deed, group_set: GroupSet, at: datetime, subject: Person | None = None, **details: object
) -> None:
    cohort = group_set.cohort
    log.record(actor, deed, at, subject=subject, course=cohort.course, cohort=cohort.slug, **details)
