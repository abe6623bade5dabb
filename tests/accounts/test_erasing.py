"""One person's data erased: nothing of them is left anywhere, and no figure changes."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from accounts import actions, administration, erasing, log
from accounts.deeds import Deed
from accounts.models import LogEntry, Person, ResetCode, SignIn, SignInFailures, StaffGrant
from accounts.queries import find_person, get_person
from accounts.roles import SITE, Role
from cohorts import locking
from cohorts.actions import enrol
from cohorts.models import Attendance, Enrolment
from courses import actions as course_actions
from courses.models import Evidence, Progress
from foundation.database import Base, db
from foundation.errors import Conflict
from quizzes import queries as answers
from quizzes import scoring
from quizzes.grading import Mark
from quizzes.models import (
    Answer,
    Attempt,
    CheckAnswer,
    PracticeAnswer,
    Rekey,
)
from tests.accounts.meutia import ADDRESS, FORMER, NAME, OF_PERSON, SECRETS, USERNAME, answer
from tests.cast import PASSWORD, Cast, activity, sign_in
from tests.conftest import NOW
from tests.quizzes.essays import mark
from tests.racing import at_once

As = Callable[[str], FlaskClient]


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
    db.session.expire_all()
    by = (Evidence.enrolment_id, Evidence.objective, Evidence.item, Evidence.occasion, Evidence.is_practice)
    attempts = db.session.scalars(select(Attempt).order_by(Attempt.id)).all()
    return {
        "progress": db.session.execute(
            select(Progress.enrolment_id, Progress.activity_id, Progress.state, Progress.earned, Progress.maximum)
            .add_columns(Progress.is_passed, Progress.is_provisional, Progress.done_at)
            .order_by(Progress.id)
        ).all(),
        "evidence": db.session.execute(
            select(*by, func.sum(Evidence.earned), func.sum(Evidence.maximum)).group_by(*by).order_by(*by)
        ).all(),
        "attempts": [(one.id, one.earned, one.maximum, one.waiting, one.submitted_at) for one in attempts],
        "judged again": {
            one.id: _judged(scoring.marks_of(one, answers.last_answers(one.id))) for one in attempts if not one.is_open
        },
        "saves": db.session.execute(
            select(Answer.attempt_id, Answer.question, func.count())
            .group_by(Answer.attempt_id, Answer.question)
            .order_by(Answer.attempt_id, Answer.question)
        ).all(),
        "practice": db.session.execute(select(PracticeAnswer.card_id, PracticeAnswer.share)).all(),
        "checks": db.session.scalar(select(func.count()).select_from(CheckAnswer)),
        "presence": db.session.execute(select(Attendance.enrolment_id, Attendance.presence)).all(),
        "members": db.session.execute(select(Enrolment.id, Enrolment.cohort_id, Enrolment.ended_at)).all(),
    }


def _judged(marks: Sequence[Mark]) -> list[tuple[str, Fraction, Fraction]]:
    """What waits for a person earns nothing, before and after."""
    return [(one.question, one.earned, one.maximum) for one in marks if not one.is_waiting and one.is_counted]


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


def test_an_open_attempt_goes_and_one_that_is_over_counts(cast: Cast, as_: As, meutia: Person) -> None:
    attempts = db.session.query(Attempt).count()
    learner = as_(USERNAME)
    answer(learner, 3, "Belum-selesai-ditulis")
    assert db.session.query(Attempt).count() == attempts + 1
    erase(cast)
    assert db.session.query(Attempt).count() == attempts
    assert found_in_database(("Belum-selesai-ditulis",)) == set()


def test_nobody_can_come_in_again(cast: Cast, app: Flask, as_: As, meutia: Person) -> None:
    learner = as_(USERNAME)
    assert learner.get("/akun").status_code == 200
    nobody = erase(cast)
    assert learner.get("/akun").status_code == 302
    for model in (SignIn, ResetCode, SignInFailures, StaffGrant):
        left = db.session.query(model)
        left = left if model is SignInFailures else left.filter(model.person_id == nobody.id)
        assert left.count() == 0, model
    assert nobody.password_hash is None
    ada = as_("ada")
    data = {"name": "Kembali", "role": "admin", "scope": "situs"}
    for address in ("kata-sandi", "kode", "nama", "peran"):
        assert ada.post(f"/admin/orang/{nobody.username}/{address}", data=data).status_code == 409
    assert nobody.username not in as_("ida").get("/angkatan/dua/kartu/siapkan?untuk=belum").text


def test_lists_show_who_stands_in_their_place(cast: Cast, as_: As, meutia: Person) -> None:
    nobody = erase(cast)
    instructor = as_("ida")
    for address in ("/angkatan/dua/", "/rekap/contoh/?angkatan=dua", f"/rekap/contoh/praja/{nobody.username}/"):
        page = instructor.get(address).text
        assert "Praja terhapus" in page, address
        assert NAME not in page
    review = instructor.get(f"/rekap/contoh/praja/{nobody.username}/kuis-esai/1/")
    assert review.status_code == 200
    assert "Tulisannya sudah dihapus" in review.text
    assert " terhapus1" not in review.text


def test_an_essay_that_waits_is_asked_of_nobody(cast: Cast, as_: As, meutia: Person) -> None:
    assert "1 jawaban menunggu Anda" in as_("ida").get("/rekap/contoh/esai/").text
    erase(cast)
    assert "jawaban menunggu Anda" not in as_("ida").get("/rekap/contoh/esai/").text
    [second] = db.session.query(Attempt).filter_by(number=2)
    assert mark(as_("ida"), second.id).status_code == 404


def test_the_log_says_that_it_was_done_and_not_to_whom(cast: Cast, meutia: Person) -> None:
    before = [(entry.at, entry.deed) for entry in db.session.query(LogEntry).order_by(LogEntry.id)]
    nobody = erase(cast)
    entries = db.session.query(LogEntry).order_by(LogEntry.id).all()
    assert [(entry.at, entry.deed) for entry in entries] == [*before, (NOW, "ERASE_PERSON")]
    whole = f"Praja terhapus ({nobody.username})"
    assert (entries[-1].actor, entries[-1].subject) == ("Ada Admin (ada)", whole)
    assert {entry.subject for entry in entries} == {whole, ""}
    [slips] = [entry for entry in entries if entry.deed == "ISSUE_SLIPS"]
    assert slips.details["people"] == ["omar", nobody.username]
    [roster] = [entry for entry in entries if entry.deed == "IMPORT_ROSTER"]
    assert roster.details["renamed"] == {"omar": "Omar Lama"}


class TestWhoMayBeErased:
    def test_nobody_erases_themselves(self, cast: Cast, as_: As) -> None:
        assert as_("ada").get("/admin/orang/ada/hapus").status_code == 409
        assert as_("ada").post("/admin/orang/ada/hapus", data={"username": "ada"}).status_code == 409
        assert find_person("ada") is not None

    def test_the_last_admin_stays_also_for_the_terminal(self, cast: Cast) -> None:
        with pytest.raises(Conflict, match="admin terakhir"):
            erasing.erase(None, cast.ada, "ada", NOW)
        administration.give_role(None, cast.kofi, Role.ADMIN.value, SITE, NOW)
        erasing.erase(None, get_person("ada"), "ada", NOW)
        assert find_person("ada") is None

    def test_only_whose_name_was_typed(self, cast: Cast, as_: As) -> None:
        answer = as_("ada").post("/admin/orang/lena/hapus", data={"username": "omar"})
        assert (answer.status_code, "tidak cocok" in answer.text) == (400, True)
        assert as_("ada").post("/admin/orang/lena/hapus").status_code == 400
        assert find_person("lena") is not None
        answer = as_("ada").post("/admin/orang/lena/hapus", data={"username": " Lena "})
        assert answer.status_code == 303
        assert find_person("lena") is None

    def test_once(self, cast: Cast) -> None:
        nobody = erasing.erase(cast.ada, cast.lena, "lena", NOW)
        with pytest.raises(Conflict, match="sudah dihapus"):
            erasing.erase(cast.ada, nobody, nobody.username, NOW)

    @pytest.mark.parametrize("who", ["lena", "kofi", "ida", "bayu"])
    def test_only_by_an_admin(self, cast: Cast, as_: As, who: str) -> None:
        for ask in (as_(who).get, as_(who).post):
            assert ask("/admin/orang/omar/hapus").status_code == 404
        assert find_person("omar") is not None


def test_no_account_is_made_with_a_name_like_a_pseudonym(cast: Cast, as_: As) -> None:
    new = {"username": "terhapus-1", "name": "Palsu"}
    assert as_("ada").post("/admin/orang-baru", data=new).status_code == 400


def test_a_name_that_is_an_ordinary_word_takes_no_word_out_of_others_texts(cast: Cast) -> None:
    praja = actions.create_person("praja", "Merdeka", NOW)
    log.record(cast.ida, Deed.ANNOUNCE, NOW, title="Praja yang merdeka", cohort="dua")
    log.record(cast.ida, Deed.SET_PASSWORD, NOW, subject=praja)
    db.session.commit()
    nobody = erasing.erase(cast.ada, praja, "praja", NOW)
    told, about, _erased = db.session.query(LogEntry).order_by(LogEntry.id)
    assert told.details["title"] == "Praja yang merdeka"
    assert about.subject == f"Praja terhapus ({nobody.username})"


def test_a_namesake_keeps_the_name(cast: Cast, as_: As, meutia: Person) -> None:
    other = actions.create_person("36.9999", NAME, NOW)
    log.record(cast.ada, Deed.SET_PASSWORD, NOW, subject=other)
    log.record(cast.ada, Deed.ANNOUNCE, NOW, title=f"{NAME} dan {NAME} ({USERNAME})")
    db.session.commit()
    nobody = erase(cast)
    about, told, _erased = db.session.query(LogEntry).order_by(LogEntry.id.desc()).limit(3)[::-1]
    assert about.subject == f"{NAME} (36.9999)"
    assert told.details["title"] == f"{NAME} dan Praja terhapus ({nobody.username})"
    assert found_in_database((USERNAME, FORMER, *SECRETS.values())) == set()


def test_scored_again_after_a_key_was_mended_it_is_worth_the_same(cast: Cast, meutia: Person) -> None:
    before = {one.id: (one.earned, one.maximum) for one in db.session.query(Attempt)}
    assert {earned for earned, _maximum in before.values()} != {0.0}
    erase(cast)
    for attempt in db.session.query(Attempt):
        scoring.score(attempt)
    db.session.commit()
    assert {one.id: (one.earned, one.maximum) for one in db.session.query(Attempt)} == before
    assert [one.waiting for one in db.session.query(Attempt)] == [0, 0], "nobody can judge it now"


def test_staff_leave_their_roles_and_what_they_decided_stays(cast: Cast, as_: As) -> None:
    """A lecturer who studies is in no figure, and is in none when erased."""
    enrol(cast.kofi, cast.cohorts["dua"], NOW)
    quiz = activity("kuis-sister-city")
    rekey = Rekey(version_id=quiz.current_version_id, question="penerbit", change={}, reason="Keliru.", at=NOW)
    rekey.by_id = cast.kofi.id
    log.record(cast.kofi, Deed.REKEY, NOW, course="contoh", reason="Keliru.")
    db.session.add(rekey)
    db.session.commit()
    rows = as_("ida").get("/rekap/contoh/?angkatan=dua").text.count("/rekap/contoh/praja/")
    nobody = erasing.erase(db.session.merge(cast.ada), get_person("kofi"), "kofi", NOW)
    assert nobody.name == "Staf terhapus"
    assert as_("ida").get("/rekap/contoh/?angkatan=dua").text.count("/rekap/contoh/praja/") == rows
    assert db.session.query(Rekey).one().by_id == nobody.id
    entry = db.session.query(LogEntry).order_by(LogEntry.id).first()
    assert entry is not None
    assert (entry.actor, entry.actor_id) == (nobody_in_log(nobody), nobody.id)


def nobody_in_log(nobody: Person) -> str:
    return f"{nobody.name} ({nobody.username})"


class TestAtTheSameMoment:
    @pytest.mark.parametrize("turn", range(3))
    def test_erased_by_two_is_erased_once(self, app: Flask, cast: Cast, as_: As, meutia: Person, turn: int) -> None:
        administration.give_role(None, get_person("kofi"), Role.ADMIN.value, SITE, NOW)
        address = f"/admin/orang/{USERNAME}/hapus"
        both = ((as_(who), address, {"username": USERNAME}) for who in ("ada", "kofi"))
        assert at_once(app, *both) == [303, 404]
        assert db.session.query(LogEntry).filter_by(deed="ERASE_PERSON").count() == 1
        assert found_in_database() == set()

    @pytest.mark.parametrize("turn", range(3))
    def test_an_answer_that_comes_while_they_are_erased_leaves_no_word(
        self, app: Flask, cast: Cast, as_: As, meutia: Person, turn: int
    ) -> None:
        """Of whichever comes second, nothing is left: it is refused, or erased with all else."""
        learner = as_(USERNAME)
        learner.post(f"{ADDRESS}/mulai", data={"percobaan": 3})
        late = {"klien": "b", "urutan-5": 1, "jawaban-5": SECRETS["essay"]}
        note = {"catatan": SECRETS["note"]}
        other = app.test_client()
        sign_in(other, USERNAME, NOW)
        statuses = at_once(
            app,
            (as_("ada"), f"/admin/orang/{USERNAME}/hapus", {"username": USERNAME}),
            (learner, f"{ADDRESS}/percobaan/3/", late),
            (other, "/kursus/contoh/tahapan/refleksi/mitra-kami", note),
        )
        assert statuses.count(303) + statuses.count(302) + statuses.count(404) == 3
        assert find_person(USERNAME) is None
        assert found_in_database() == set()

    @pytest.mark.parametrize("turn", range(3))
    def test_nobody_signs_in_as_who_is_being_erased(self, app: Flask, cast: Cast, as_: As, turn: int) -> None:
        statuses = at_once(
            app,
            (as_("ada"), "/admin/orang/lena/hapus", {"username": "lena"}),
            (app.test_client(), "/masuk", {"username": "lena", "password": PASSWORD}),
        )
        assert statuses in ([303, 303], [303, 400])
        assert [sign_in.person.username for sign_in in db.session.query(SignIn)] == ["ada"]

    def test_a_request_that_was_let_in_before_writes_nothing_after(
        self, app: Flask, cast: Cast, as_: As, meutia: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The worst moment: between letting the request in and its first lock."""
        learner, original = as_(USERNAME), locking.hold

        def erased_meanwhile(enrolment: Enrolment) -> None:
            monkeypatch.setattr(course_actions, "hold", original)
            place, person_id = enrolment.id, enrolment.person_id
            db.session.rollback()
            erasing.erase(get_person("ada"), get_person(USERNAME), USERNAME, NOW)
            original(Enrolment(id=place, person_id=person_id))

        monkeypatch.setattr(course_actions, "hold", erased_meanwhile)
        sent = learner.post("/kursus/contoh/tahapan/refleksi/mitra-kami", data={"catatan": SECRETS["note"]})
        assert sent.status_code == 404
        assert found_in_database() == set()


def test_no_page_of_the_file_remembers(app: Flask, cast: Cast, meutia: Person) -> None:
    """SQLite keeps what was deleted in free pages and in its log, unless it is told not to."""
    if db.engine.dialect.name != "sqlite":
        return
    file = Path(str(db.engine.url.database))
    db.session.rollback()
    kept = file.read_bytes() + Path(f"{file}-wal").read_bytes()
    assert all(word.encode() in kept for word in OF_PERSON)
    erase(cast)
    db.session.remove()
    kept = file.read_bytes() + Path(f"{file}-wal").read_bytes()
    assert [word for word in OF_PERSON if word.encode() in kept] == []
    with db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
