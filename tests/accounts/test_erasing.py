"""One person's data erased: nothing of them is left anywhere, and no figure changes."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from accounts import erasing, log, reset
from accounts.deeds import Deed
from accounts.models import Person, SignInFailures
from accounts.queries import find_person, get_person
from cohorts.models import Announcement, Attendance, Enrolment, Meeting, Presence
from courses.models import Evidence, Note, Progress
from foundation.database import Base, db
from quizzes.models import Answer, Attempt, CheckAnswer, HumanMark, Override, PracticeAnswer
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
LESSON_CHECK = """
::: cek {#cek-kota}
## Kota mana? {#cek-kota-mana}
tujuan: SC1

= Sabang
:::
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


@pytest.fixture
def meutia(cast: Cast, as_: As) -> Person:
    """A learner of cohort dua with work of every kind, known by two names."""
    assert publish(with_essay(QUIZ), NOW)
    assert activity("kuis-esai").current_version_id
    from accounts.actions import create_person
    from cohorts.actions import enrol

    person = create_person(USERNAME, FORMER, NOW)
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
    from quizzes.models import PracticeCard

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


def all_texts() -> Iterator[tuple[str, str]]:
    """Every value of every column of every table that holds letters, as (table.column, text)."""
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for column, value in row.items():
                text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
                yield f"{table.name}.{column}", text


def found_in_database(words: tuple[str, ...] = OF_PERSON) -> set[tuple[str, str]]:
    folded = {word.casefold() for word in words}
    return {(place, word) for place, text in all_texts() for word in folded if word in text.casefold()}


def figures() -> Mapping[str, Any]:
    """All that figures are made of, and what each attempt comes to when it is scored again."""
    from quizzes import queries, scoring

    db.session.expire_all()
    attempts = db.session.scalars(select(Attempt).order_by(Attempt.id)).all()
    return {
        "progress": db.session.execute(
            select(Progress.enrolment_id, Progress.activity_id, Progress.state, Progress.earned, Progress.maximum)
            .add_columns(Progress.is_passed, Progress.is_provisional, Progress.done_at)
            .order_by(Progress.id)
        ).all(),
        "evidence": db.session.execute(
            select(Evidence.enrolment_id, Evidence.objective, Evidence.item, Evidence.occasion, Evidence.is_practice)
            .add_columns(func.sum(Evidence.earned), func.sum(Evidence.maximum))
            .group_by(Evidence.enrolment_id, Evidence.objective, Evidence.item, Evidence.occasion, Evidence.is_practice)
            .order_by(Evidence.enrolment_id, Evidence.objective, Evidence.item, Evidence.occasion, Evidence.is_practice)
        ).all(),
        "attempts": [(one.id, one.earned, one.maximum, one.waiting, one.submitted_at) for one in attempts],
        "judged again": [
            [
                (one.question, one.earned, one.maximum)
                for one in _judged(scoring.marks_of(a, queries.last_answers(a.id)))
            ]
            for a in attempts
        ],
        "saves": db.session.execute(
            select(Answer.attempt_id, Answer.question, func.count())
            .group_by(Answer.attempt_id, Answer.question)
            .order_by(Answer.attempt_id, Answer.question)
        ).all(),
        "practice": db.session.execute(
            select(PracticeAnswer.card_id, PracticeAnswer.number, PracticeAnswer.share)
        ).all(),
        "checks": db.session.scalar(select(func.count()).select_from(CheckAnswer)),
        "presence": db.session.execute(select(Attendance.enrolment_id, Attendance.presence)).all(),
        "members": db.session.execute(select(Enrolment.id, Enrolment.cohort_id, Enrolment.ended_at)).all(),
    }


def _judged(marks: Any) -> list[Any]:
    """What waits for a person earns nothing, before and after."""
    return [mark for mark in marks if not mark.is_waiting and mark.is_counted]


def erase(cast: Cast) -> Person:
    return erasing.erase(db.session.merge(cast.ada), get_person(USERNAME), USERNAME, NOW)


def test_everything_was_there_before(meutia: Person) -> None:
    assert {word for _place, word in found_in_database()} == {word.casefold() for word in OF_PERSON}


def test_nothing_of_the_person_is_left_in_any_column_of_any_table(cast: Cast, meutia: Person) -> None:
    erase(cast)
    assert found_in_database() == set()
    assert find_person(USERNAME) is None


def test_no_figure_changes(cast: Cast, meutia: Person) -> None:
    before = figures()
    assert any(marks for marks in before["judged again"])
    erase(cast)
    assert figures() == before
