"""What courses hold of a learner, and how it goes: progress and evidence are figures and stay, notes go."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from accounts.models import Person
from accounts.personal import Holding, Keeper, Told
from accounts.pseudonyms import Naming
from cohorts.locking import hold_all
from cohorts.models import Enrolment
from courses.kinds import all_kinds
from courses.models import Activity, CohortSchedule, Evidence, Note, Progress
from foundation.database import db
from foundation.errors import N_


def _progress(person: Person, at: datetime) -> Told:
    query = select(Progress).join(Progress.enrolment).where(Enrolment.person_id == person.id)
    for row in db.session.scalars(query.options(joinedload(Progress.activity)).order_by(Progress.id)):
        yield row, {"activity": row.activity.title}


def _evidence(person: Person, at: datetime) -> Told:
    """What an attempt says of each question is told once its key may be seen, as on every page."""
    enrolments = db.session.scalars(select(Enrolment).where(Enrolment.person_id == person.id))
    out = {
        (enrolment.id, activity)
        for enrolment in enrolments
        for kind in all_kinds()
        for activity in kind.shown(enrolment, False, at)
    }
    query = (
        select(Evidence, Activity.title)
        .join(Activity, Activity.id == Evidence.activity_id)
        .join(Enrolment, Enrolment.id == Evidence.enrolment_id)
        .where(Enrolment.person_id == person.id)
        .order_by(Evidence.id)
    )
    for row, title in db.session.execute(query):
        if row.is_practice or (row.enrolment_id, row.activity_id) in out:
            yield row, {"activity": title}


def _notes(person: Person, at: datetime) -> Told:
    query = (
        select(Note, Activity.title)
        .join(Activity, Activity.id == Note.activity_id)
        .join(Enrolment, Enrolment.id == Note.enrolment_id)
        .where(Enrolment.person_id == person.id)
        .order_by(Note.id)
    )
    return ((row, {"activity": title}) for row, title in db.session.execute(query))


def erase(person: Person, naming: Naming, at: datetime) -> None:
    db.session.execute(delete(Note).where(Note.enrolment_id.in_(hold_all(person.id))))


KEEPER = Keeper(
    (
        Holding(
            Progress,
            "kemajuan",
            N_("Sampai di mana Anda dalam setiap kegiatan, dan nilainya."),
            _progress,
        ),
        Holding(
            Evidence,
            "bukti-tujuan",
            N_(
                "Apa yang dikatakan setiap jawaban tentang setiap tujuan belajar. "
                "Dari kuis yang pembahasannya belum dibuka, ini menyusul."
            ),
            _evidence,
        ),
        Holding(
            Note,
            "catatan",
            N_("Catatan pribadi Anda di bawah refleksi."),
            _notes,
        ),
    ),
    erase,
    untold={CohortSchedule.__tablename__: "the dates of a cohort, the same for all in it"},
)
