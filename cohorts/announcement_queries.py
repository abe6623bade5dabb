"""Finding announcements: all of a cohort for its staff, and for a learner those that reach them by now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from cohorts.models import Announcement, Cohort, Enrolment, Group, GroupMember
from foundation.database import db
from foundation.errors import NotFound

_NEWEST_FIRST = (Announcement.appears_at.desc(), Announcement.id.desc())


def _with_whom(query: Select[Announcement]) -> Select[Announcement]:
    return query.options(joinedload(Announcement.author), joinedload(Announcement.group).joinedload(Group.set))


def announcements_of(cohort: Cohort, limit: int, offset: int = 0) -> list[Announcement]:
    """All of a cohort, those to come and those withdrawn among them, newest first."""
    query = select(Announcement).where(Announcement.cohort_id == cohort.id).order_by(*_NEWEST_FIRST)
    return list(db.session.scalars(_with_whom(query.limit(limit).offset(offset))))


def count_of(cohort: Cohort) -> int:
    query = select(func.count()).select_from(Announcement).where(Announcement.cohort_id == cohort.id)
    return db.session.scalars(query).one()


def announcements_for(enrolment: Enrolment, now: datetime, limit: int, offset: int = 0) -> list[Announcement]:
    """What a learner is told by now, to the whole cohort or to a group of theirs, newest first."""
    query = select(Announcement).where(*_reaching([enrolment], now)).order_by(*_NEWEST_FIRST)
    return list(db.session.scalars(_with_whom(query.limit(limit).offset(offset))))


def count_for(enrolment: Enrolment, now: datetime) -> int:
    query = select(func.count()).select_from(Announcement).where(*_reaching([enrolment], now))
    return db.session.scalars(query).one()


def latest_announcements(
    enrolments: Sequence[Enrolment], now: datetime, each: int
) -> list[tuple[Cohort, list[Announcement]]]:
    """For each enrolment's cohort that tells its learner anything, the newest of it: one query for all."""
    place = func.row_number().over(partition_by=Announcement.cohort_id, order_by=_NEWEST_FIRST).label("place")
    placed = select(Announcement.id, place).where(*_reaching(enrolments, now)).subquery()
    query = select(Announcement).join(placed, placed.c.id == Announcement.id).where(placed.c.place <= each)
    found = list(db.session.scalars(_with_whom(query.order_by(*_NEWEST_FIRST)))) if enrolments else []
    told = [
        (enrolment.cohort, [one for one in found if one.cohort_id == enrolment.cohort_id]) for enrolment in enrolments
    ]
    return [(cohort, announcements) for cohort, announcements in told if announcements]


def _reaching(enrolments: Sequence[Enrolment], now: datetime) -> list[ColumnElement[bool]]:
    """What was told to a group reaches its members even after that split of the cohort was deleted."""
    own_groups = select(GroupMember.group_id).where(GroupMember.enrolment_id.in_([one.id for one in enrolments]))
    return [
        Announcement.cohort_id.in_([enrolment.cohort_id for enrolment in enrolments]),
        Announcement.withdrawn_at.is_(None),
        Announcement.appears_at <= now,
        or_(Announcement.group_id.is_(None), Announcement.group_id.in_(own_groups)),
    ]


def get_announcement(cohort: Cohort, id: int) -> Announcement:
    """One of this cohort. Raises NotFound."""
    query = select(Announcement).where(Announcement.id == id, Announcement.cohort_id == cohort.id)
    announcement = db.session.scalars(_with_whom(query)).one_or_none()
    if announcement is None:
        raise NotFound()
    return announcement
