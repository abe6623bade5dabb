"""Finding groups: the sets of a cohort, who is in which group of a set, and one learner's own."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, immediateload, joinedload, selectinload

from accounts.models import Person, StaffGrant
from accounts.roles import SITE, cohort_scope, course_scope
from cohorts.models import Announcement, Cohort, Enrolment, Group, GroupMember, GroupSet
from foundation.database import db
from foundation.errors import NotFound


def sets_of(cohort: Cohort) -> list[GroupSet]:
    """Oldest first, deleted ones among them."""
    return list(db.session.scalars(select(GroupSet).where(GroupSet.cohort_id == cohort.id).order_by(GroupSet.id)))


def get_set(cohort: Cohort, id: int) -> GroupSet:
    """A set of a cohort with its groups and their facilitators, also a deleted one. Raises NotFound."""
    query = (
        select(GroupSet)
        .where(GroupSet.cohort_id == cohort.id, GroupSet.id == id)
        .options(selectinload(GroupSet.groups).options(joinedload(Group.facilitator), immediateload(Group.set)))
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def groups_in(cohort: Cohort, besides: int | None = None) -> list[Group]:
    """The cohort's groups to choose from, set by set; `besides` is one that counts though its set was deleted."""
    query = (
        select(Group)
        .join(Group.set)
        .where(GroupSet.cohort_id == cohort.id, or_(GroupSet.deleted_at.is_(None), Group.id == besides))
        .options(contains_eager(Group.set))
        .order_by(GroupSet.id, Group.position)
    )
    return list(db.session.scalars(query))


def get_group(group_set: GroupSet, id: int) -> Group:
    """Raises NotFound."""
    for group in group_set.groups:
        if group.id == id:
            return group
    raise NotFound()


def group_counts(cohort: Cohort) -> dict[int, int]:
    """Set id -> how many groups it has, for those that have any."""
    query = (
        select(Group.set_id, func.count()).join(Group.set).where(GroupSet.cohort_id == cohort.id).group_by(Group.set_id)
    )
    return dict(db.session.execute(query).all())


def member_counts(cohort: Cohort) -> dict[int, int]:
    """Set id -> how many of the cohort are in a group of it, for those that have anybody."""
    query = (
        select(GroupMember.set_id, func.count())
        .join(GroupMember.enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.ended_at.is_(None))
        .group_by(GroupMember.set_id)
    )
    return dict(db.session.execute(query).all())


@dataclass(frozen=True)
class Roll:
    """Everybody who is in the cohort by now, by group of one set, and by name within it."""

    groups: dict[int, list[Enrolment]]
    """Group id -> its members, in the groups' order, empty groups too."""
    ungrouped: list[Enrolment]

    def members(self, group: Group) -> list[Enrolment]:
        return self.groups.get(group.id, [])

    @property
    def grouped(self) -> int:
        return sum(map(len, self.groups.values()))

    @property
    def sizes(self) -> dict[int, int]:
        return {group: len(members) for group, members in self.groups.items()}


def roll_of(group_set: GroupSet) -> Roll:
    is_member = and_(GroupMember.enrolment_id == Enrolment.id, GroupMember.set_id == group_set.id)
    query = (
        select(Enrolment, GroupMember.group_id)
        .join(Enrolment.person)
        .outerjoin(GroupMember, is_member)
        .where(Enrolment.cohort_id == group_set.cohort_id, Enrolment.ended_at.is_(None))
        .options(contains_eager(Enrolment.person))
        .order_by(func.lower(Person.name), Enrolment.id)
    )
    roll = Roll({group.id: [] for group in group_set.groups}, [])
    for enrolment, group_id in db.session.execute(query):
        # A group made since the set was read may be among them.
        members = roll.ungrouped if group_id is None else roll.groups.setdefault(group_id, [])
        members.append(enrolment)
    return roll


def details_of_members(cohort: Cohort) -> dict[int, dict[str, str]]:
    """Enrolment id -> what the roster says besides, of everybody in the cohort."""
    query = select(Enrolment.id, Enrolment.details).where(
        Enrolment.cohort_id == cohort.id, Enrolment.ended_at.is_(None)
    )
    return dict(db.session.execute(query).all())


def possible_facilitators(cohort: Cohort) -> list[Person]:
    """Who was granted anything for the cohort, its course or the site, by name."""
    near = [SITE, course_scope(cohort.course), cohort_scope(cohort.slug)]
    granted = select(StaffGrant.person_id).where(StaffGrant.scope.in_(near))
    return list(db.session.scalars(select(Person).where(Person.id.in_(granted)).order_by(func.lower(Person.name))))


def is_announced_to(group: Group) -> bool:
    """Whether anybody ever announced something to this group alone."""
    return db.session.scalar(select(Announcement.id).where(Announcement.group_id == group.id).limit(1)) is not None


def own_places(person_id: int) -> tuple[list[Enrolment], list[Group]]:
    """Where somebody studies, newest first, at most one a course, and their groups there: one query for both."""
    query = (
        select(Enrolment, Group)
        .join(Enrolment.cohort)
        .outerjoin(GroupMember, GroupMember.enrolment_id == Enrolment.id)
        .outerjoin(Group, Group.id == GroupMember.group_id)
        .outerjoin(Group.set)
        .where(Enrolment.person_id == person_id, Enrolment.ended_at.is_(None))
        .options(contains_eager(Enrolment.cohort), contains_eager(Group.set))
        .order_by(Enrolment.id.desc(), GroupSet.id)
    )
    newest: dict[str, Enrolment] = {}
    groups: list[Group] = []
    for enrolment, group in db.session.execute(query):
        is_newest = newest.setdefault(enrolment.cohort.course, enrolment) is enrolment
        if is_newest and group is not None and group.set.deleted_at is None:
            groups.append(group)
    return list(newest.values()), groups


def groups_of(enrolment: Enrolment) -> dict[Group, list[Person]]:
    """A learner's own groups, with set and facilitator, and who is in each by name, the learner too; one query."""
    own = aliased(GroupMember)
    query = (
        select(Group, Person)
        .join(Group.set)
        .join(own, own.group_id == Group.id)
        .join(GroupMember, GroupMember.group_id == Group.id)
        .join(GroupMember.enrolment)
        .join(Enrolment.person)
        .where(own.enrolment_id == enrolment.id, GroupSet.deleted_at.is_(None), Enrolment.ended_at.is_(None))
        .options(contains_eager(Group.set), joinedload(Group.facilitator))
        .order_by(GroupSet.id, func.lower(Person.name), Person.id)
    )
    groups: dict[Group, list[Person]] = {}
    for group, person in db.session.execute(query):
        groups.setdefault(group, []).append(person)
    return groups
