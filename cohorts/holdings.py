"""What cohorts hold of a person, and how it goes: their place stays, so that no group or list changes its number."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from accounts.models import Person
from accounts.personal import Holding, Keeper, Told
from accounts.pseudonyms import Naming
from cohorts.locking import hold_all
from cohorts.models import Announcement, Attendance, Cohort, Enrolment, Group, GroupMember, GroupSet, Meeting
from cohorts.wording import drawn
from foundation.database import db
from foundation.errors import N_


def _enrolments(person: Person, at: datetime) -> Told:
    query = select(Enrolment).where(Enrolment.person_id == person.id).options(joinedload(Enrolment.cohort))
    for enrolment in db.session.scalars(query.order_by(Enrolment.id)):
        yield enrolment, {"course": enrolment.cohort.course, "cohort": enrolment.cohort.name}


def _memberships(person: Person, at: datetime) -> Told:
    query = select(GroupMember).join(GroupMember.enrolment).where(Enrolment.person_id == person.id)
    for member in db.session.scalars(query.options(joinedload(GroupMember.group).joinedload(Group.set))):
        yield member, {"group": member.group.name, "set": member.group.set.name}


def _attendances(person: Person, at: datetime) -> Told:
    query = (
        select(Attendance, Meeting)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.person_id == person.id)
        .order_by(Attendance.id)
    )
    for attendance, meeting in db.session.execute(query):
        yield attendance, {"meeting": meeting.title, "opened_at": meeting.opened_at}


def _announcements(person: Person, at: datetime) -> Told:
    return ((row, {}) for row in db.session.scalars(select(Announcement).where(Announcement.author_id == person.id)))


def _meetings(person: Person, at: datetime) -> Told:
    return ((row, {}) for row in db.session.scalars(select(Meeting).where(Meeting.opened_by_id == person.id)))


def _groups(person: Person, at: datetime) -> Told:
    return ((row, {}) for row in db.session.scalars(select(Group).where(Group.facilitator_id == person.id)))


def erase(person: Person, naming: Naming, at: datetime) -> None:
    enrolments = hold_all(person.id)
    theirs = update(Enrolment).where(Enrolment.id.in_(enrolments))
    db.session.execute(theirs.values(details={}))
    if person.grants:  # staff who study are in no figure: without the grant only one who left is in none
        db.session.execute(theirs.where(Enrolment.ended_at.is_(None)).values(ended_at=at))
    for announcement in db.session.scalars(select(Announcement).with_for_update()):
        title, source = naming.without(announcement.title), naming.without(announcement.source)
        if (title, source) != (announcement.title, announcement.source):
            announcement.title, announcement.source, announcement.html = title, source, drawn(source)
    for meeting in db.session.scalars(select(Meeting)):
        meeting.title = naming.without(meeting.title)


KEEPER = Keeper(
    (
        Holding(
            Enrolment,
            "pendaftaran",
            N_("Angkatan tempat Anda terdaftar, sejak kapan, dan keterangan dari daftar praja, misalnya provinsi."),
            _enrolments,
        ),
        Holding(
            GroupMember,
            "kelompok",
            N_("Kelompok Anda."),
            _memberships,
        ),
        Holding(
            Attendance, "kehadiran", N_("Pertemuan yang Anda hadiri, atau izin dan sakit yang dicatat."), _attendances
        ),
        Holding(
            Announcement,
            "pengumuman-anda",
            N_("Pengumuman yang Anda tulis sebagai staf."),
            _announcements,
        ),
        Holding(
            Meeting,
            "pertemuan-anda",
            N_("Daftar hadir yang Anda buka sebagai staf."),
            _meetings,
        ),
        Holding(
            Group,
            "kelompok-dampingan",
            N_("Kelompok yang Anda dampingi sebagai staf."),
            _groups,
        ),
    ),
    erase,
    untold={
        Cohort.__tablename__: "the cohort itself; its name stands with each enrolment",
        GroupSet.__tablename__: "the split itself; its name stands with each membership",
    },
)
