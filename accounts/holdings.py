"""What the accounts themselves hold of a person, and how it goes."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from accounts import failures
from accounts.models import LogEntry, Person, ResetCode, SignIn, SignInFailures, StaffGrant
from accounts.personal import Holding, Keeper, Told
from accounts.pseudonyms import Naming
from foundation.database import db
from foundation.errors import N_

OF_OTHERS = ("people", "renamed")
"""Details of an entry that name other people."""
HASHED = "it opens the account, and is kept as a hash only"


def _account(person: Person, at: datetime) -> Told:
    return [(person, {})]


def _grants(person: Person, at: datetime) -> Told:
    return ((grant, {}) for grant in db.session.scalars(select(StaffGrant).where(StaffGrant.person_id == person.id)))


def _sign_ins(person: Person, at: datetime) -> Told:
    query = select(SignIn).where(SignIn.person_id == person.id).order_by(SignIn.started_at)
    return ((sign_in, {}) for sign_in in db.session.scalars(query))


def _failures(person: Person, at: datetime) -> Told:
    query = select(SignInFailures).where(SignInFailures.username == person.username)
    return ((failed, {}) for failed in db.session.scalars(query))


def _codes(person: Person, at: datetime) -> Told:
    return ((code, {}) for code in db.session.scalars(select(ResetCode).where(ResetCode.person_id == person.id)))


def _entries(person: Person, at: datetime) -> Iterator[tuple[LogEntry, Mapping[str, Any]]]:
    query = select(LogEntry).where((LogEntry.subject_id == person.id) | (LogEntry.actor_id == person.id))
    for entry in db.session.scalars(query.order_by(LogEntry.id)):
        yield entry, {"details": {key: value for key, value in entry.details.items() if key not in OF_OTHERS}}


def erase(person: Person, naming: Naming, at: datetime) -> None:
    """Every way in ends, and the staff log names a pseudonym."""
    failures.forget([person.username])
    for model in (SignIn, StaffGrant, ResetCode):
        db.session.execute(delete(model).where(model.person_id == person.id))
    _rename_in_log(person, naming)


def _rename_in_log(person: Person, naming: Naming) -> None:
    """The one change that the log allows: what was done, when and by whom stays, the name does not."""
    connection = db.session.connection()  # past the guard that refuses every other
    for entry in connection.execute(select(*LogEntry.__table__.columns)).mappings().all():
        actor, subject = (
            naming.full if entry[f"{who}_id"] == person.id else entry[who] for who in ("actor", "subject")
        )
        details = naming.without_in(entry["details"], is_subject=entry["subject_id"] == person.id)
        new = {"actor": actor, "subject": subject, "details": details}
        if any(entry[column] != value for column, value in new.items()):
            connection.execute(update(LogEntry).where(LogEntry.id == entry["id"]).values(new))


KEEPER = Keeper(
    (
        Holding(
            Person,
            "akun",
            N_("Akun Anda: nama, nama pengguna, dan kapan akun dibuat."),
            _account,
            {"password_hash": HASHED},
        ),
        Holding(
            StaffGrant,
            "peran",
            N_("Peran yang diberikan kepada Anda: dosen, instruktur, atau admin."),
            _grants,
        ),
        Holding(
            SignIn,
            "perangkat",
            N_("Perangkat tempat akun Anda sedang masuk, dan sejak kapan."),
            _sign_ins,
            {"token_hash": HASHED},
        ),
        Holding(
            SignInFailures, "gagal-masuk", N_("Berapa kali kata sandi salah dimasukkan berturut-turut."), _failures
        ),
        Holding(
            ResetCode,
            "kode-lupa-sandi",
            N_("Sampai kapan kode lupa kata sandi yang terakhir berlaku; kodenya tidak kami simpan."),
            _codes,
            {"code_hash": HASHED},
        ),
        Holding(
            LogEntry, "catatan-staf", N_("Apa yang dilakukan staf pada akun Anda, dan Anda sebagai staf."), _entries
        ),
    ),
    erase,
)
