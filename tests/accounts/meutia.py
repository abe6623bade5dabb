"""Somebody with work of every kind, and words of theirs wherever the product keeps words."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from accounts import actions, log, reset
from accounts.deeds import Deed
from accounts.models import Person, SignInFailures
from accounts.queries import get_person
from cohorts.actions import enrol
from cohorts.models import Announcement, Attendance, Enrolment, Meeting, Presence
from courses.models import Note
from foundation.database import db
from quizzes.models import Attempt, CheckAnswer, HumanMark, Override, PracticeAnswer, PracticeCard
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes.essays import mark, with_essay

As = Callable[[str], FlaskClient]

USERNAME, NAME, FORMER = "36.0417", "Cut Nyak Meutia", "Cut Nyak Dien"
SECRETS = {
    "essay": "Kakek-saya-nelayan-Sabang",
    "again": "Nenek-saya-penenun-Ternate",
    "text": "menara-tinggi-di-bukit",
    "number": "Entahlah-saya-sakit",
    "blank": "Karangan-isian",
    "comment": "Saran-tentang-asrama",
    "note": "Catatan-harian-pribadi",
    "told": "Bagus-Meutia",
    "draft": "Draf-untuk-Meutia",
    "reason": "Opname-tipus",
    "detail": "Kabupaten-Pidie",
    "check": "Jawaban-cek-sendiri",
}
OF_PERSON = (NAME, FORMER, USERNAME, *SECRETS.values())

QUIZ = """\
---
jenis: kuis
judul: Kuis Esai
peran: latihan
percobaan: 0
umpan_balik: setelah-kirim
---

## Siapa yang menerbitkan surat konfirmasi? {#penerbit}
tujuan: SC2

- [ ] Menteri Dalam Negeri {#mendagri}
- [x] Menteri Luar Negeri {#menlu}

## Apa lambang kota Sabang? {#lambang}
tujuan: SC1
poin: 2

= Menara Layang
= /menara.*/

## Berapa hari kerja? {#hari}
tujuan: SC2

= 30

## Lengkapi. {#isian}
tujuan: SC1
poin: 3

Ibu kotanya [[Banda Aceh]], suratnya [[*konfirmasi / kuasa]], dalam [[12]] hari.

## Mengapa kedua kota cocok bersaudara? {#alasan}
tujuan: SC1
jenis: esai
poin: 3

| Kriteria | Bobot | Baik | Cukup (60) | Kurang |
|---|---|---|---|---|
| Alasan | 75 | Tiga alasan | Dua alasan | Tanpa alasan |
| Bahasa | 25 | Baku | Campur | Tidak baku |

## Apa saran Anda? {#saran}
jenis: tanggapan
"""
ADDRESS = "/kursus/contoh/kuis-esai"


def answer(client: FlaskClient, number: int, essay: str, **more: str) -> None:
    client.post(f"{ADDRESS}/mulai", data={"percobaan": number})
    sent = {
        "jawaban-1": "menlu",
        "jawaban-2": SECRETS["text"],
        "jawaban-3": "30",
        "jawaban-4-1": SECRETS["blank"],
        "jawaban-4-3": "12",
        "jawaban-5": essay,
        "jawaban-6": SECRETS["comment"],
    } | more
    form = {"klien": "halaman", **{f"urutan-{n}": 1 for n in range(1, 7)}, **sent}
    assert client.post(f"{ADDRESS}/percobaan/{number}/", data=form).status_code == 302 + 1


def settle_meutia(cast: Cast, as_: As) -> Person:
    """A learner of cohort dua with work of every kind, known by two names."""
    assert publish(with_essay(QUIZ), NOW)
    assert activity("kuis-esai").current_version_id
    person = actions.create_person(USERNAME, FORMER, NOW)
    log.record(cast.ada, Deed.CREATE_PERSON, NOW, subject=person)
    person.name = NAME
    log.record(cast.ada, Deed.RENAME_PERSON, NOW, subject=person, name=NAME)
    enrolment = enrol(person, cast.cohorts["dua"], NOW)
    enrolment.details = {"kabupaten": SECRETS["detail"]}
    db.session.commit()
    learner = as_(USERNAME)
    answer(learner, 1, SECRETS["essay"])
    learner.post(f"{ADDRESS}/percobaan/1/kirim")
    answer(learner, 2, SECRETS["again"], **{"jawaban-3": SECRETS["number"]})
    learner.post(f"{ADDRESS}/percobaan/2/kirim")
    first = db.session.scalars(select(Attempt).where(Attempt.enrolment_id == enrolment.id, Attempt.number == 1)).one()
    assert (
        mark(as_("ida"), first.id, {"kriteria-1": 1, "kriteria-2": 0, "komentar": SECRETS["told"]}).status_code == 303
    )
    _fill(cast, enrolment, first)
    return get_person(USERNAME)


def _fill(cast: Cast, enrolment: Enrolment, first: Attempt) -> None:
    """What no page of this test writes."""
    quiz, lesson, version = activity("kuis-esai").id, activity("asal-usul").id, first.version_id
    meeting = Meeting(
        cohort_id=enrolment.cohort_id, title=f"Bimbingan {NAME}", opened_at=NOW, code="K7MFX2QR", code_expires_at=NOW
    )
    db.session.add(meeting)
    db.session.flush()
    where = {"enrolment_id": enrolment.id}
    card = PracticeCard(**where, activity_id=quiz, question="lambang", memory={}, due=NOW, missed_at=NOW)
    check = {"activity_id": lesson, "version_id": activity("asal-usul").current_version_id, "question": "hilang"}
    db.session.add_all(
        [
            card,
            PracticeAnswer(card=card, number=1, version_id=version, value=[SECRETS["text"]], share=0.0, at=NOW),
            CheckAnswer(**where, **check, value=[SECRETS["check"]], client="a", sequence=1, at=NOW),
            Note(**where, activity_id=lesson, slot="mitra", text=SECRETS["note"], updated_at=NOW),
            Attendance(meeting_id=meeting.id, **where, presence=Presence.ILL, at=NOW),
            Override(
                **where, activity_id=quiz, minutes_allowed=90, reason=SECRETS["reason"], by_id=cast.ida.id, at=NOW
            ),
            HumanMark(
                attempt_id=first.id, question="alasan", levels=[], comment=SECRETS["draft"], is_draft=True, at=NOW
            ),
            SignInFailures(username=USERNAME, count=2, last_at=NOW),
            Announcement(
                cohort_id=enrolment.cohort_id,
                title=f"Selamat kepada {NAME.upper()}",
                source=f"**{NAME}** ({USERNAME}) terpilih.",
                html=f"<p><strong>{NAME}</strong> ({USERNAME}) terpilih.</p>",
                appears_at=NOW,
                changed_at=NOW,
            ),
        ]
    )
    log.record(cast.ida, Deed.ISSUE_SLIPS, NOW, cohort="dua", count=2, people=["omar", USERNAME])
    log.record(cast.ida, Deed.MAKE_GROUPS, NOW, cohort="dua", set="FGD", people=7)
    renamed = {USERNAME: FORMER, "omar": "Omar Lama"}
    log.record(cast.ida, Deed.IMPORT_ROSTER, NOW, cohort="dua", created=0, enrolled=0, updated=2, renamed=renamed)
    log.record(cast.ida, Deed.ANNOUNCE, NOW, cohort="dua", title=f"Selamat kepada {NAME}")
    log.record(
        cast.ida,
        Deed.GRANT_EXCEPTION,
        NOW,
        subject=enrolment.person,
        activity="Kuis",
        rules="",
        reason=SECRETS["reason"],
    )
    db.session.commit()
    reset.issue_code(cast.ada, get_person(USERNAME), NOW)
