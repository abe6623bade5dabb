"""What staff tell a cohort or a group of it. Every step is logged and commits."""

from datetime import datetime

from sqlalchemy import select

from accounts import log
from accounts.deeds import Deed
from accounts.models import Person
from cohorts.models import Announcement, Cohort, Group
from cohorts.wording import Wording
from foundation.database import db
from foundation.errors import N_, Conflict


def announce(actor: Person, cohort: Cohort, wording: Wording, at: datetime) -> Announcement:
    announcement = Announcement(cohort_id=cohort.id, author_id=actor.id)
    _write(announcement, wording, at)
    db.session.add(announcement)
    _record(actor, Deed.ANNOUNCE, cohort, announcement, at)
    db.session.commit()
    return announcement


def edit(actor: Person, cohort: Cohort, announcement: Announcement, wording: Wording, at: datetime) -> None:
    """Its author stays; one that is withdrawn stays so until somebody shows it again."""
    _write(announcement, wording, at)
    _record(actor, Deed.EDIT_ANNOUNCEMENT, cohort, announcement, at)
    db.session.commit()


def withdraw(actor: Person, cohort: Cohort, announcement: Announcement, at: datetime) -> None:
    """Take it from the learners' pages; staff still see it, and may show it again."""
    if announcement.withdrawn_at is None:
        announcement.withdrawn_at = at
        _record(actor, Deed.WITHDRAW_ANNOUNCEMENT, cohort, announcement, at)
    db.session.commit()


def show_again(actor: Person, cohort: Cohort, announcement: Announcement, at: datetime) -> None:
    if announcement.withdrawn_at is not None:
        announcement.withdrawn_at = None
        _record(actor, Deed.RESTORE_ANNOUNCEMENT, cohort, announcement, at)
    db.session.commit()


def _write(announcement: Announcement, wording: Wording, at: datetime) -> None:
    _hold(wording.group_id)
    announcement.title, announcement.source, announcement.html = wording.title, wording.source, wording.html
    announcement.group_id = wording.group_id
    announcement.appears_at = wording.appears_at or at
    announcement.changed_at = at


def _hold(group_id: int | None) -> None:
    """Let nobody delete the group before the commit. Raises Conflict when somebody did since it was chosen."""
    held = select(Group.id).where(Group.id == group_id).with_for_update(read=True, key_share=True)
    if group_id is not None and db.session.scalar(held) is None:
        raise Conflict(N_("Kelompok yang dipilih baru saja dihapus. Kembali, muat ulang, lalu pilih yang lain."))


def _record(actor: Person, deed: Deed, cohort: Cohort, announcement: Announcement, at: datetime) -> None:
    log.record(actor, deed, at, course=cohort.course, cohort=cohort.slug, title=announcement.title)
