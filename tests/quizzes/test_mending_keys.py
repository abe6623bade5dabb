"""Mending a key over HTTP: what is previewed is what is done, evidence and progress follow, and it can be undone."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts.models import LogEntry, Person
from cohorts.models import Cohort, Enrolment
from courses import versions
from courses.models import Evidence, Progress
from foundation import clock
from foundation.database import db
from quizzes import scoring
from quizzes.models import Answer, Attempt, Rekey, ScoreChange
from quizzes.quiz import Quiz
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUESTIONS, QUIZ, RIGHT, answer_all, start
from tests.quizzes.quizfiles import put_online, with_rules
from tests.sample import QUIZ as QUIZ_SOURCE
from tests.sample import SAMPLE

As = Callable[[str], FlaskClient]

KEYS = "/rekap/contoh/kuis/kuis-sister-city/kunci/"
PENERBIT, MENDAHULUI = f"{KEYS}penerbit/", f"{KEYS}mendahului/"
OPTIONS = {"penerbit": ["mendagri", "menlu", "dprd"], "mendahului": ["loi", "rencana", "upacara", "laporan"]}
TO_MENDAGRI = {"cara-0": "kunci", "kunci-0": ["mendagri"], "alasan": "Kuncinya keliru."}
FULL = {"cara-0": "penuh", "alasan": "Soalnya rancu."}
LEFT_OUT = {"cara-0": "tidak-dihitung", "alasan": "Soalnya rancu."}


def preview(client: FlaskClient, fields: Mapping[str, Any], place: str = PENERBIT) -> TestResponse:
    return client.post(f"{place}pratinjau", data=dict(fields))


def seal_of(page: TestResponse) -> str:
    found = re.search(r'name="segel" value="(\w+)"', page.text)
    assert found is not None, page.text
    return found[1]


def apply(client: FlaskClient, fields: Mapping[str, Any], place: str = PENERBIT) -> TestResponse:
    """Preview, then do it, as the page's own form does."""
    shown = preview(client, fields, place)
    assert shown.status_code == 200, shown.text
    return client.post(place, data={**fields, "segel": seal_of(shown)})


def undo(client: FlaskClient, place: str = PENERBIT) -> TestResponse:
    found = re.search(r'name="batal"\s+value="(\d+)"', client.get(place).text)
    assert found is not None
    return apply(client, {"batal": found[1], "alasan": "Ternyata benar."}, place)


def hall(cohort: Cohort, size: int, chance: random.Random, attempts: int = 2) -> None:
    """Learners who each sent some attempts with answers by chance."""
    for n in range(size):
        person = Person(username=f"acak.{n:04}", name=f"Praja {n:04}", created_at=NOW)
        enrolment = Enrolment(person=person, cohort=cohort, enrolled_at=NOW, details={})
        db.session.add(enrolment)
        db.session.flush()
        for number in range(1, chance.randint(1, attempts) + 1):
            send(enrolment, number, {name: _some(OPTIONS[name], name, chance) for name in QUESTIONS})
    db.session.commit()


def _some(options: Sequence[str], question: str, chance: random.Random) -> list[str]:
    most = 1 if question == "penerbit" else len(options)
    return sorted(chance.sample(options, chance.randint(0, most)))


def send(enrolment: Enrolment, number: int, answers: Mapping[str, list[str]]) -> Attempt:
    """A submitted attempt, scored by the one door for that."""
    quiz = activity("kuis-sister-city")
    assert quiz.current_version_id is not None
    definition: Quiz = versions.definition_of(quiz.current_version_id)
    attempt = Attempt(
        enrolment_id=enrolment.id,
        activity_id=quiz.id,
        version_id=quiz.current_version_id,
        number=number,
        seed=1,
        arrangement=[[one.id, [option.key for option in one.options]] for one in definition.questions],
        started_at=NOW,
        submitted_at=NOW + timedelta(minutes=number),
    )
    db.session.add(attempt)
    db.session.flush()
    for question, value in answers.items():
        db.session.add(Answer(attempt_id=attempt.id, question=question, value=value, client="a", sequence=1, at=NOW))
    db.session.flush()
    scoring.score(attempt)
    return attempt


def standing() -> dict[str, list[tuple[object, ...]]]:
    """Every score, standing and piece of evidence there is."""
    db.session.expire_all()
    return {
        "attempts": sorted((one.id, one.earned, one.maximum, one.waiting) for one in db.session.query(Attempt)),
        "progress": sorted(
            (one.enrolment_id, one.state, one.earned, one.maximum, one.is_passed, one.updated_at, one.done_at)
            for one in db.session.query(Progress)
        ),
        "evidence": sorted(
            (one.enrolment_id, one.occasion, one.item, one.objective, one.earned, one.maximum, one.at)
            for one in db.session.query(Evidence)
        ),
    }


def percents() -> dict[int, float | None]:
    db.session.expire_all()
    return {one.enrolment_id: one.percent for one in db.session.query(Progress)}


def passing() -> set[int]:
    return {one.enrolment_id for one in db.session.query(Progress) if one.is_passed}


def number_in(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def _said(number: float) -> str:
    return f"{round(number, 1):.1f}".replace(".", ",").removesuffix(",0")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("place", "fields"),
    [
        (PENERBIT, TO_MENDAGRI),
        (PENERBIT, FULL),
        (MENDAHULUI, LEFT_OUT),
        (MENDAHULUI, {"cara-0": "kunci", "kunci-0": ["loi", "upacara", "laporan"], "alasan": "Kuncinya keliru."}),
    ],
)
def test_what_is_previewed_is_what_is_done_and_undoing_restores_everything(
    cast: Cast, as_: As, seed: int, place: str, fields: Mapping[str, Any]
) -> None:
    hall(cast.cohorts["dua"], 20, random.Random(seed))
    ida, before = as_("ida"), standing()
    scores_before, passed_before = percents(), passing()

    shown = preview(ida, fields, place)
    assert standing() == before, "a preview writes nothing"
    text = " ".join(re.sub(r"<[^>]+>", " ", shown.text).split())

    assert apply(ida, fields, place).status_code == 303
    scores_after, passed_after = percents(), passing()
    changed = {who for who in scores_before if round(scores_before[who] or 0, 9) != round(scores_after[who] or 0, 9)}
    assert changed, "this seed tries nothing"
    assert number_in(r"(\d+) praja berubah", text) == len(changed)
    assert number_in(r"(\d+) menjadi lulus", text) == len(passed_after - passed_before)
    assert number_in(r"(\d+) tidak lagi lulus", text) == len(passed_before - passed_after)
    means = [sum(filter(None, scores.values())) / len(scores) for scores in (scores_before, scores_after)]
    assert f"rata-rata {_said(means[0])} → {_said(means[1])}" in text

    assert undo(ida, place).status_code == 303
    assert standing() == before


def test_many_are_scored_as_each_would_be_alone(cast: Cast, as_: As) -> None:
    hall(cast.cohorts["dua"], 12, random.Random(7), attempts=3)
    apply(as_("ida"), TO_MENDAGRI)
    together = standing()
    for attempt in db.session.query(Attempt).order_by(Attempt.id):
        scoring.score(attempt)
    db.session.commit()
    assert standing() == together


def test_twice_is_once(cast: Cast, as_: As) -> None:
    hall(cast.cohorts["dua"], 5, random.Random(1))
    ida = as_("ida")
    seal = seal_of(preview(ida, TO_MENDAGRI))
    for _ in range(2):
        assert ida.post(PENERBIT, data={**TO_MENDAGRI, "segel": seal}).status_code == 303
    assert db.session.query(Rekey).count() == 1
    once = standing()
    assert preview(ida, TO_MENDAGRI).status_code == 400, "there is nothing left to change"
    assert standing() == once


class TestDoing:
    def test_what_came_meanwhile_is_shown_before_it_is_done(self, cast: Cast, as_: As) -> None:
        hall(cast.cohorts["dua"], 3, random.Random(1))
        ida = as_("ida")
        seal = seal_of(preview(ida, TO_MENDAGRI))
        start(as_("lena"))
        answer_all(as_("lena"), {"penerbit": ["mendagri"]}, submit=True)
        before = standing()
        refused = ida.post(PENERBIT, data={**TO_MENDAGRI, "segel": seal})
        assert refused.status_code == 409
        assert "Lena Lestari" in refused.text
        assert standing() == before
        assert ida.post(PENERBIT, data={**TO_MENDAGRI, "segel": seal_of(refused)}).status_code == 303

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"cara-0": "kunci", "alasan": "Keliru"},
            {"cara-0": "kunci", "kunci-0": ["bukan"], "alasan": "Keliru"},
            {"cara-0": "penuh", "alasan": " "},
            {"cara-0": "penuh", "alasan": "x" * 501},
            {"cara-0": "semula", "alasan": "Keliru"},
            {"cara-0": "kunci", "kunci-0": ["menlu"], "alasan": "Sama saja"},
        ],
    )
    def test_bad_input_is_told_and_changes_nothing(self, cast: Cast, as_: As, fields: dict[str, Any]) -> None:
        for address in (f"{PENERBIT}pratinjau", PENERBIT):
            response = as_("ida").post(address, data={**fields, "segel": "x"})
            assert (
                response.status_code in (303, 400)
                if fields.get("kunci-0") == ["menlu"]
                else response.status_code == 400
            )
        assert db.session.query(Rekey).count() == 0

    def test_an_undo_of_what_is_not_the_last_act_is_refused(self, cast: Cast, as_: As) -> None:
        ida = as_("ida")
        apply(ida, TO_MENDAGRI)
        first = db.session.query(Rekey).one().id
        apply(ida, FULL)
        response = preview(ida, {"batal": first, "alasan": "Ternyata benar."})
        assert response.status_code == 409
        assert preview(ida, {"batal": "x", "alasan": "Ya."}).status_code == 409

    def test_undoing_goes_back_one_act(self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
        hall(cast.cohorts["dua"], 6, random.Random(3))
        ida = as_("ida")
        apply(ida, TO_MENDAGRI)
        mended = standing()
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
        apply(ida, FULL)
        undo(ida)
        assert standing() == mended

    def test_it_is_logged_with_its_reason(self, cast: Cast, as_: As) -> None:
        apply(as_("ida"), TO_MENDAGRI)
        entry = db.session.query(LogEntry).filter_by(deed="REKEY").one()
        assert (entry.actor_id, entry.course) == (cast.ida.id, "contoh")
        assert entry.details["reason"] == "Kuncinya keliru."
        assert "memperbaiki kunci soal penerbit" in as_("ada").get("/admin/catatan").text

    def test_the_history_says_who_when_why_and_what_it_did(self, cast: Cast, as_: As) -> None:
        start(as_("lena"))
        answer_all(as_("lena"), {"penerbit": ["mendagri"], "mendahului": RIGHT["mendahului"]}, submit=True)
        apply(as_("ida"), TO_MENDAGRI)
        page = as_("ida").get(PENERBIT).text
        for told in ("Ida Instruktur", "Kuncinya keliru.", "1 percobaan berubah, rata-ratanya 75 → 100."):
            assert told in page
        assert "kunci diperbaiki" in as_("ida").get(KEYS).text

    def test_only_instructors_of_the_whole_course_find_it(self, cast: Cast, as_: As) -> None:
        assert f'href="{KEYS}"' in as_("ida").get(f"{QUIZ}/").text
        assert f'href="{KEYS}"' in as_("ida").get("/rekap/contoh/").text
        for who in ("kofi", "bayu"):
            assert KEYS not in as_(who).get(f"{QUIZ}/").text
            assert KEYS not in as_(who).get("/rekap/contoh/").text
            assert as_(who).get(KEYS).status_code == 403
            assert preview(as_(who), TO_MENDAGRI).status_code == 403

    @pytest.mark.parametrize(
        "place", [f"{KEYS}tidak-ada/", "/rekap/contoh/kuis/asal-usul/kunci/", "/rekap/contoh/kuis/x/kunci/"]
    )
    def test_what_is_not_there_is_not_found(self, cast: Cast, as_: As, place: str) -> None:
        assert as_("ida").get(place).status_code == 404


class TestLater:
    def test_an_open_attempt_is_scored_by_it_when_it_is_sent(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, {"penerbit": ["mendagri"]})
        apply(as_("ida"), TO_MENDAGRI)
        lena.post(f"{QUIZ}/percobaan/1/kirim")
        assert db.session.query(Attempt).one().earned == 1
        assert db.session.query(ScoreChange).count() == 0

    def test_a_new_attempt_on_the_same_version_is_too(self, cast: Cast, as_: As) -> None:
        apply(as_("ida"), TO_MENDAGRI)
        start(as_("lena"))
        answer_all(as_("lena"), {"penerbit": ["mendagri"]}, submit=True)
        assert db.session.query(Attempt).one().earned == 1

    def test_a_mended_file_loses_nothing_of_old(self, cast: Cast, as_: As) -> None:
        """The old version keeps its re-key, the new one its own key."""
        lena = as_("lena")
        start(lena)
        answer_all(lena, {"penerbit": ["mendagri"]}, submit=True)
        apply(as_("ida"), TO_MENDAGRI)
        mended = QUIZ_SOURCE.replace("- [ ] Menteri Dalam", "- [x] Menteri Dalam").replace(
            "- [x] Menteri Luar", "- [ ] Menteri Luar"
        )
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": mended}), NOW)
        start(lena, 2)
        answer_all(lena, {"penerbit": ["mendagri"]}, number=2, submit=True)
        assert [one.earned for one in db.session.query(Attempt).order_by(Attempt.number)] == [1, 1]
        page = as_("ida").get(PENERBIT).text
        assert "Versi lama" not in page, "both versions have the same options"
        undo(as_("ida"))
        assert [one.earned for one in db.session.query(Attempt).order_by(Attempt.number)] == [0, 1]

    def test_versions_with_other_options_are_asked_about(self, cast: Cast, as_: As) -> None:
        lena, ida = as_("lena"), as_("ida")
        start(lena)
        answer_all(lena, {"penerbit": ["mendagri"]}, submit=True)
        other = QUIZ_SOURCE.replace("- [ ] DPRD {#dprd}", "- [ ] Gubernur {#gubernur}")
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": other}), NOW)
        assert "Versi lama, dengan bahan jawaban lain" in ida.get(PENERBIT).text
        gone = {"cara-0": "kunci", "kunci-0": ["gubernur"], "cara-1": "sama", "alasan": "Keliru."}
        refused = preview(ida, gone)
        assert refused.status_code == 400
        assert "Kunci itu bukan pilihan soal ini" in refused.text
        apply(ida, {**gone, "cara-1": "kunci", "kunci-1": ["mendagri"]})
        assert [rekey.change["key"] for rekey in db.session.query(Rekey).order_by(Rekey.version_id)] == [
            ["mendagri"],
            ["gubernur"],
        ]
        assert db.session.query(Attempt).one().earned == 1

    def test_a_survey_that_borrows_the_question_gets_no_score(self, cast: Cast, as_: As) -> None:
        hall(cast.cohorts["dua"], 4, random.Random(2))
        survey = QUIZ_SOURCE[: QUIZ_SOURCE.index("Jawablah")].replace("peran: ujian", "peran: survei")
        survey = survey.replace("percobaan: 2", "soal_dari: kuis-sister-city").replace("Kuis Sister City", "Survei")
        publish(SAMPLE.but(**{"02_latihan__01_latihan_sister_city_md": survey}), NOW)
        lena, place = as_("lena"), "/kursus/contoh/latihan-sister-city"
        assert lena.post(f"{place}/mulai", data={"percobaan": 1}).status_code == 303
        form = {"klien": "a", "urutan-1": 1, "jawaban-1": ["mendagri"]}
        assert lena.post(f"{place}/percobaan/1/jawaban", data=form).status_code == 200
        lena.post(f"{place}/percobaan/1/kirim")
        before = [row for row in standing()["attempts"] if row[2] == 0]
        assert len(before) == 1
        assert "Survei</h2>" not in preview(as_("ida"), TO_MENDAGRI).text
        apply(as_("ida"), TO_MENDAGRI)
        assert [row for row in standing()["attempts"] if row[0] == before[0][0]] == before

    def test_a_borrowing_quiz_follows_the_one_it_borrows_from(self, cast: Cast, as_: As) -> None:
        hall(cast.cohorts["dua"], 4, random.Random(2))
        attempt = send(cast.enrolments["lena"], 1, {"penerbit": ["mendagri"], "mendahului": []})
        practice = activity("latihan-sister-city")
        attempt.source_version_id = attempt.version_id
        attempt.activity_id, attempt.version_id = practice.id, practice.current_version_id or 0
        db.session.query(Progress).filter_by(enrolment_id=attempt.enrolment_id).update({"activity_id": practice.id})
        db.session.query(Evidence).filter_by(enrolment_id=attempt.enrolment_id).update({"activity_id": practice.id})
        db.session.commit()
        shown = preview(as_("ida"), TO_MENDAGRI)
        assert "Latihan</h2>" in shown.text
        apply(as_("ida"), TO_MENDAGRI)
        progress = db.session.query(Progress).filter_by(enrolment_id=cast.enrolments["lena"].id).one()
        assert (progress.activity_id, progress.earned) == (practice.id, 1)


class TestLearners:
    def rekeyed(self, as_: As, answers: Mapping[str, Sequence[str]], fields: Mapping[str, Any]) -> FlaskClient:
        lena = as_("lena")
        start(lena)
        answer_all(lena, answers, submit=True)
        apply(as_("ida"), fields)
        return lena

    def test_they_are_told_until_they_say_that_they_have_read_it(self, cast: Cast, as_: As) -> None:
        lena = self.rekeyed(as_, {"penerbit": ["mendagri"], "mendahului": RIGHT["mendahului"]}, TO_MENDAGRI)
        told = "Nilai percobaan 1: 75 → 100."
        assert told in lena.get("/").text
        assert told in lena.get(f"{QUIZ}/").text
        review = lena.get(f"{QUIZ}/percobaan/1/").text
        assert "Kunci soal 1 diperbaiki" in review
        assert "Kuncinya keliru." in review
        assert "Nilai percobaan ini 75 → 100." in review
        assert told in lena.get("/").text, "reading alone writes nothing"
        assert lena.post(f"{QUIZ}/percobaan/1/mengerti").status_code == 303
        assert told not in lena.get("/").text
        assert told not in lena.get(f"{QUIZ}/").text
        review = lena.get(f"{QUIZ}/percobaan/1/").text
        assert "Nilai percobaan ini 75 → 100." in review, "it stays part of the attempt's story"
        assert "Mengerti" not in review
        assert db.session.query(ScoreChange).one().seen_at == NOW

    def test_before_the_key_they_learn_neither_which_question_nor_what_it_did(
        self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put_online(with_rules("peran: ujian", "umpan_balik: setelah-tutup", "tutup: 2026-11-25"))
        lena = self.rekeyed(as_, {"penerbit": ["mendagri"], "mendahului": RIGHT["mendahului"]}, TO_MENDAGRI)
        pages = {address: lena.get(address).text for address in ("/", f"{QUIZ}/", f"{QUIZ}/percobaan/1/")}
        for address, page in pages.items():
            assert "ditunjukkan setelah pembahasannya dibuka" in page, address
            assert not [word for word in ("→", "Kuncinya keliru.", "Kunci soal", "Mengerti") if word in page], address
        lena.post(f"{QUIZ}/percobaan/1/mengerti")
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
        lena = as_("lena")
        assert "Nilai percobaan 1: 75 → 100." in lena.get("/").text, "nobody has read it before it was told"
        assert "Kuncinya keliru." in lena.get(f"{QUIZ}/percobaan/1/").text

    def test_who_has_more_time_is_told_later(self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
        put_online(with_rules("peran: ujian", "umpan_balik: setelah-tutup", "tutup: 2026-11-25"))
        page = "/rekap/contoh/kuis/kuis-sister-city/pengecualian/"
        as_("ida").post(page, data={"username": "lena", "closes": "2026-12-01T08:00", "reason": "Sakit."})
        self.rekeyed(as_, {"penerbit": ["mendagri"]}, TO_MENDAGRI)
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
        assert "→" not in as_("lena").get(f"{QUIZ}/").text
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=9))
        assert "0 → 25" in as_("lena").get(f"{QUIZ}/").text

    def test_what_was_mended_back_before_they_read_it_is_told_as_staying(self, cast: Cast, as_: As) -> None:
        lena = self.rekeyed(as_, {"penerbit": ["mendagri"], "mendahului": RIGHT["mendahului"]}, TO_MENDAGRI)
        undo(as_("ida"))
        assert "Nilai percobaan 1 tetap 75." in lena.get("/").text
        assert "75 → 75" not in lena.get("/").text

    def test_nobody_else_can_say_so(self, cast: Cast, as_: As) -> None:
        self.rekeyed(as_, {"penerbit": ["mendagri"]}, TO_MENDAGRI)
        assert as_("omar").post(f"{QUIZ}/percobaan/1/mengerti").status_code == 404
        assert db.session.query(ScoreChange).one().seen_at is None

    def test_whose_score_stays_is_told_nothing(self, cast: Cast, as_: As) -> None:
        lena = self.rekeyed(as_, {"penerbit": ["dprd"]}, TO_MENDAGRI)
        assert "diperbaiki" not in lena.get("/").text
        assert db.session.query(ScoreChange).count() == 0

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            (TO_MENDAGRI, "kunci diperbaiki"),
            (FULL, "nilai penuh untuk semua"),
            (LEFT_OUT, "tidak dihitung"),
        ],
    )
    def test_the_review_shows_what_was_done(self, cast: Cast, as_: As, fields: Mapping[str, Any], shown: str) -> None:
        lena = self.rekeyed(as_, {"penerbit": ["mendagri"]}, fields)
        assert f'<span class="tag">{shown}</span>' in lena.get(f"{QUIZ}/percobaan/1/").text

    def test_the_right_answer_is_the_mended_one(self, cast: Cast, as_: As) -> None:
        lena = self.rekeyed(as_, {"penerbit": ["mendagri"]}, TO_MENDAGRI)
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        assert page.count("jawaban Anda, benar") == 1
        assert "1 dari 1 poin" in page

    def test_instructors_see_it_on_the_learners_attempt(self, cast: Cast, as_: As) -> None:
        self.rekeyed(as_, {"penerbit": ["mendagri"]}, TO_MENDAGRI)
        page = as_("ida").get("/rekap/contoh/praja/lena/kuis-sister-city/1/").text
        assert "Nilai percobaan ini 0 → 25." in page
        assert "Mengerti" not in page

    def test_with_every_question_left_out_there_is_no_score_left(self, cast: Cast, as_: As) -> None:
        self.rekeyed(as_, RIGHT, LEFT_OUT)
        apply(as_("ida"), LEFT_OUT, MENDAHULUI)
        progress = db.session.query(Progress).one()
        assert (progress.percent, progress.is_passed) == (None, None)
        assert db.session.query(Evidence).count() == 0
        lena = as_("lena")
        assert "Tidak ada soal yang dihitung dalam percobaan ini." in lena.get(f"{QUIZ}/percobaan/1/").text
        for address in (f"{QUIZ}/", "/", "/kursus/contoh/"):
            assert lena.get(address).status_code == 200
        for address in ("/rekap/contoh/", "/rekap/contoh/praja/lena/", "/rekap/contoh/praja/lena/kuis-sister-city/1/"):
            assert as_("ida").get(address).status_code == 200
        undo(as_("ida"), MENDAHULUI)
        assert db.session.query(Progress).one().percent == 100


def test_a_full_hall_is_scored_again_in_few_queries(cast: Cast, as_: As, queries: list[str]) -> None:
    ida = as_("ida")

    def cost(fields: Mapping[str, Any]) -> tuple[int, int]:
        preview(ida, fields)  # what a process keeps is kept by now
        queries.clear()
        seal = seal_of(preview(ida, fields))
        previewed = len(queries)
        queries.clear()
        assert ida.post(PENERBIT, data={**fields, "segel": seal}).status_code == 303
        return previewed, len(queries)

    hall(cast.cohorts["dua"], 3, random.Random(4))
    few = cost(TO_MENDAGRI)
    db.session.query(Enrolment).filter(Enrolment.id.not_in([one.id for one in cast.enrolments.values()])).delete()
    db.session.query(Person).filter(Person.username.startswith("acak.")).delete()
    db.session.commit()
    hall(cast.cohorts["dua"], 393, random.Random(5), attempts=1)
    many = cost(FULL)
    assert many[0] <= few[0] + 1
    assert many[1] <= few[1] + 12, "inserts go in batches of a thousand rows"
    assert db.session.query(ScoreChange).count() > 200
