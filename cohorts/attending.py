"""Who was there: staff open a meeting and note presence by hand, learners note their own by its code."""

from datetime import datetime, timedelta

from sqlalchemy import select

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from cohorts.attendance_queries import get_open_meeting
from cohorts.durations import checked_minutes
from cohorts.locking import hold
from cohorts.models import Attendance, Cohort, Enrolment, Meeting, Presence
from cohorts.wording import checked_title
from foundation import codes
from foundation.database import db
from foundation.errors import NotFound

NOTHING_NOTED = "belum hadir"
"""How the staff log names that somebody's note was taken away."""


def open_meeting(actor: Person, cohort: Cohort, title: str, minutes: int, at: datetime, code: str) -> Meeting:
    meeting = Meeting(cohort=cohort, title=checked_title(title), opened_at=at, opened_by_id=actor.id)
    _give_code(actor, meeting, minutes, at, code)
    return meeting


def renew_code(actor: Person, meeting: Meeting, minutes: int, at: datetime, code: str) -> None:
    """Another code, valid from now: whoever passed the old one on helps nobody any more."""
    _give_code(actor, meeting, minutes, at, code)


def _give_code(actor: Person, meeting: Meeting, minutes: int, at: datetime, code: str) -> None:
    meeting.code, meeting.code_expires_at = code, at + timedelta(minutes=checked_minutes(minutes))
    db.session.add(meeting)
    _record(actor, Deed.OPEN_MEETING, meeting, at)
    db.session.commit()


def close_meeting(actor: Person, meeting: Meeting, at: datetime) -> None:
    """End the code's time now; closing what is closed changes nothing."""
    if meeting.code_expires_at > at:
        meeting.code_expires_at = at
        _record(actor, Deed.CLOSE_MEETING, meeting, at)
    db.session.commit()


def mark(actor: Person, meeting: Meeting, enrolment: Enrolment, presence: Presence | None, at: datetime) -> None:
    """Note by hand how somebody stood, or with None that nothing is known; no code undoes what was noted.

    Raises NotFound for who left the cohort and does not stand on the list.
    """
    hold(enrolment)
    attendance = _find(meeting, enrolment)
    if attendance is None and enrolment.ended_at is not None:
        raise NotFound()
    if presence != (attendance.presence if attendance else None):
        if presence is None:
            db.session.delete(attendance)
        elif attendance is None:
            _add(meeting, enrolment, presence, at, is_by_staff=True)
        else:
            attendance.presence, attendance.at, attendance.is_by_staff = presence, at, True
        noted = presence.value if presence else NOTHING_NOTED
        _record(actor, Deed.MARK_ATTENDANCE, meeting, at, subject=enrolment.person, presence=noted)
    db.session.commit()


def check_in(person: Person, code: str, at: datetime) -> Attendance:
    """Note that somebody is there; what was noted before stays. Raises DomainError for a code that is not for them."""
    meeting, enrolment = get_open_meeting(person.id, codes.typed(code), at)
    hold(enrolment)
    attendance = _find(meeting, enrolment) or _add(meeting, enrolment, Presence.PRESENT, at)
    db.session.commit()
    return attendance


def _find(meeting: Meeting, enrolment: Enrolment) -> Attendance | None:
    query = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.enrolment_id == enrolment.id)
    return db.session.scalars(query).one_or_none()


def _add(
    meeting: Meeting, enrolment: Enrolment, presence: Presence, at: datetime, *, is_by_staff: bool = False
) -> Attendance:
    attendance = Attendance(
        meeting_id=meeting.id, enrolment_id=enrolment.id, presence=presence, at=at, is_by_staff=is_by_staff
    )
    db.session.add(attendance)
    return attendance


def _record(
    actor: Person, deed: Deed, meeting: Meeting, at: datetime, *, subject: Person | None = None, **details: str
) -> None:
    cohort = meeting.cohort
    log.record(
        actor, deed, at, subject=subject, course=cohort.course, cohort=cohort.slug, title=meeting.title, **details
    )
