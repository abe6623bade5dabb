"""Marking essays: what levels come to, and the whole way from writing to the marked review."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions import create_person, grant
from accounts.models import LogEntry
from accounts.roles import Role
from cohorts.actions import enrol
from courses.completion import State
from courses.models import Evidence, Progress
from foundation import clock
from foundation.database import db
from foundation.errors import DomainError
from quizzes import assessing
from quizzes.answer_keys import TextAnswer
from quizzes.assessing import Assessment, Judgement, Levels, Part, judge, read_percent, share_of
from quizzes.models import Answer, Attempt, HumanMark
from quizzes.quiz import parse
from quizzes.rubrics import Criterion, Essay, Level
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes.essays import (
    BEST,
    MIXED,
    PILE,
    QUEUE,
    QUIZ,
    SOURCE,
    TEXT,
    WORST,
    attempt_of,
    essay_of,
    hand_in_essays,
    mark,
    publish_essay,
    write,
)
from tests.racing import at_once
from tests.sample import LESSON, SAMPLE

As = Callable[[str], FlaskClient]


def rubric(weights: list[Fraction], shares: list[Fraction]) -> Essay:
    total = sum(weights, Fraction(0))
    criteria = tuple(Criterion(f"K{n}", weight / total, ("",) * len(shares)) for n, weight in enumerate(weights))
    return Essay(tuple(Level(f"T{n}", share) for n, share in enumerate(shares)), criteria)


HALVES = [Fraction(1), Fraction(1, 2), Fraction(0)]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("weights", "shares", "levels", "worth"),
    [
        ([1], HALVES, [0], 1),
        ([1], HALVES, [1], Fraction(1, 2)),
        ([1], HALVES, [2], 0),
        ([75, 25], HALVES, [0, 2], Fraction(3, 4)),
        ([75, 25], HALVES, [1, 0], Fraction(5, 8)),
        ([1, 1, 1], HALVES, [0, 2, 2], Fraction(1, 3)),
        ([3, 1], [Fraction(1), Fraction(3, 5), Fraction(0)], [1, 0], Fraction(7, 10)),
        ([1, 1], [Fraction(9, 10), Fraction(1, 4)], [0, 0], Fraction(9, 10)),
        ([1, 1], [Fraction(9, 10), Fraction(1, 4)], [1, 1], Fraction(1, 4)),
        ([1, 1], HALVES, [0, None], None),
        ([1, 1], HALVES, [None, None], None),
    ],
)
def test_what_levels_come_to(weights: list[int], shares: list[Fraction], levels: Levels, worth: Any) -> None:
    """format.md section 4, esai: weights normalised, levels in equal steps unless a percentage is set."""
    assert share_of(rubric([Fraction(weight) for weight in weights], shares), levels) == worth


positive = st.fractions(min_value=Fraction(1, 100), max_value=1000, max_denominator=100)


@st.composite
def judged(draw: st.DrawFn) -> tuple[Essay, list[int]]:
    weights = draw(st.lists(positive, min_size=1, max_size=6))
    steps = draw(st.lists(st.integers(0, 100), min_size=2, max_size=6, unique=True))
    essay = rubric(weights, [Fraction(step, 100) for step in sorted(steps, reverse=True)])
    one = st.integers(0, len(steps) - 1)
    return essay, draw(st.lists(one, min_size=len(weights), max_size=len(weights)))


@pytest.mark.pure
@given(judged())
def test_a_share_lies_between_all_worst_and_all_best(case: tuple[Essay, list[int]]) -> None:
    essay, levels = case
    worth = share_of(essay, levels)
    worst = share_of(essay, [len(essay.levels) - 1] * len(levels))
    best = share_of(essay, [0] * len(levels))
    assert worth is not None
    assert worst == essay.levels[-1].share
    assert best == essay.levels[0].share
    assert 0 <= worst <= worth <= best <= 1


@pytest.mark.pure
@given(judged(), st.data())
def test_a_better_level_never_costs_anything(case: tuple[Essay, list[int]], data: st.DataObject) -> None:
    essay, levels = case
    place = data.draw(st.integers(0, len(levels) - 1))
    better = [*levels]
    better[place] = max(0, levels[place] - 1)
    before, after = share_of(essay, levels), share_of(essay, better)
    assert before is not None
    assert after is not None
    assert (after > before) == (better != levels)


@pytest.mark.pure
@given(st.integers(2, 8))
def test_equal_steps_run_from_all_to_nothing(count: int) -> None:
    names = " | ".join(f"T{number}" for number in range(count))
    table = f"| Kriteria | Bobot | {names} |\n|{'---|' * (count + 2)}\n| Isi | 7 |{' x |' * count}\n"
    source = SOURCE[: SOURCE.index("| Kriteria")] + table
    essay = parse(source, "a.md").definition.questions[1].answer
    assert [share_of(essay, [level]) for level in range(count)] == [
        1 - Fraction(level, count - 1) for level in range(count)
    ]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("", None),
        ("  ", None),
        ("0", 0),
        ("100", 1),
        (" 75 ", Fraction(3, 4)),
        ("72,5", Fraction(29, 40)),
        ("72.5 %", Fraction(29, 40)),
    ],
)
def test_a_percentage_as_people_write_it(written: str, share: Any) -> None:
    assert read_percent(written) == share


@pytest.mark.pure
@pytest.mark.parametrize("written", ["101", "-1", "100,1", "tujuh", "1e2", "²", "7 5", "1000"])
def test_what_is_no_percentage_is_refused(written: str) -> None:
    with pytest.raises(DomainError):
        read_percent(written)


@pytest.mark.pure
@pytest.mark.parametrize("levels", [[], [0], [0, 3], [0, -1], [0, 0, 0]])
def test_levels_of_another_rubric_are_refused(levels: list[int]) -> None:
    with pytest.raises(DomainError):
        judge(rubric([Fraction(1), Fraction(2)], HALVES), levels, "", "")


@pytest.mark.pure
def test_a_comment_may_not_be_endless() -> None:
    essay = rubric([Fraction(1)], HALVES)
    assert judge(essay, [0], "", f" {'x' * assessing.LONGEST_COMMENT}\r\n").comment == "x" * assessing.LONGEST_COMMENT
    with pytest.raises(DomainError):
        judge(essay, [0], "", "x" * (assessing.LONGEST_COMMENT + 1))


@pytest.mark.pure
@pytest.mark.parametrize(
    ("answer", "levels", "percent", "expected"),
    [
        (rubric([Fraction(3), Fraction(1)], HALVES), [0, 1], "99", Judgement((0, 1), Fraction(7, 8), "Satu\ndua")),
        (rubric([Fraction(3), Fraction(1)], HALVES), [0, None], "99", Judgement((0, None), None, "Satu\ndua")),
        (TextAnswer(("a",)), [0], "72,5", Judgement((), Fraction(29, 40), "Satu\ndua")),
        (TextAnswer(("a",)), [], "", Judgement((), None, "Satu\ndua")),
    ],
)
def test_a_rubric_is_judged_by_levels_all_else_by_a_percentage(
    answer: Any, levels: Levels, percent: str, expected: Judgement
) -> None:
    assert judge(answer, levels, percent, " Satu\r\ndua\r\n") == expected


@pytest.mark.pure
def test_what_is_missing_is_named() -> None:
    essay = rubric([Fraction(1)] * 3, HALVES)
    assessing.check_complete(Judgement((2, 2, 2), Fraction(0), ""), essay)
    with pytest.raises(DomainError, match=r"Yang belum: K0, K2\.$"):
        assessing.check_complete(Judgement((None, 0, None), None, ""), essay)
    answer = TextAnswer(("a",))
    assessing.check_complete(Judgement((), Fraction(0), ""), answer)
    with pytest.raises(DomainError, match="dari 0 sampai 100"):
        assessing.check_complete(Judgement((), None, ""), answer)


@dataclass(frozen=True)
class Kept:
    """A mark as it is stored."""

    levels: list[int | None]
    comment: str
    at: datetime


@pytest.mark.pure
def test_a_mark_is_told_in_the_points_of_its_question() -> None:
    essay = rubric([Fraction(3), Fraction(1), Fraction(4)], HALVES)
    told = assessing.assessment(essay, Fraction(4), Kept([1, 0, None], "Baik.", NOW))
    assert told == Assessment((1, 0, None), (Part(0.75, 1.5), Part(0.5, 0.5), Part(0.0, 2.0)), "Baik.", NOW)
    assert assessing.assessment(TextAnswer(("a",)), Fraction(4), Kept([], "", NOW)) == Assessment((), (), "", NOW)


@pytest.fixture
def hall(cast: Cast) -> Cast:
    publish_essay(NOW)
    return cast


@pytest.fixture
def handed_in(hall: Cast, as_: As) -> Attempt:
    """Lena's."""
    write(as_("lena"))
    return attempt_of(hall.enrolments["lena"].id)


def standing(cast: Cast, who: str = "lena") -> Progress:
    query = db.session.query(Progress).filter_by(enrolment_id=cast.enrolments[who].id)
    return query.filter_by(activity_id=activity("kuis-esai").id).one()


class TestWriting:
    def test_the_rubric_is_there_before_anything_is_written(self, hall: Cast, as_: As) -> None:
        lena = as_("lena")
        lena.post(f"{QUIZ}/mulai", data={"percobaan": 1})
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        assert "sekitar 50 kata" in page
        assert "<strong>Alasan</strong>" in page
        assert "bobot 75%" in page
        assert "Tiga alasan" in page
        assert "Niat warga mendahului" not in page, "the explanation is the key's"

    def test_what_is_written_is_kept_and_shown_again_as_plain_text(self, hall: Cast, as_: As) -> None:
        lena = as_("lena")
        write(lena, send=False)
        assert {answer.question: answer.value for answer in db.session.query(Answer)} == {
            "penerbit": ["menlu"],
            "alasan": [TEXT],
        }
        page = lena.get(f"{QUIZ}/percobaan/1/").text
        assert "Warganya &lt;b&gt;sudah&lt;/b&gt; bertukar" in page

    def test_waiting_blocks_nobody_and_says_what_it_means(self, handed_in: Attempt, hall: Cast, as_: As) -> None:
        assert (handed_in.earned, handed_in.maximum, handed_in.waiting) == (1, 1, 1)
        progress = standing(hall)
        assert (progress.state, progress.is_passed, progress.is_provisional) == (State.DONE, None, True)
        page = as_("lena").get(f"{QUIZ}/percobaan/1/").text
        assert "Nilai sementara, tanpa 1 jawaban yang menunggu penilaian: 1 dari 1 poin." in page
        assert "Menunggu penilaian" in page
        assert "Anda tidak perlu menunggu" in page
        assert "batas lulus" not in page
        for path in (f"{QUIZ}/", "/kursus/contoh/"):
            assert "100 · sementara" in as_("lena").get(path).text

    def test_an_essay_alone_has_no_score_yet(self, cast: Cast, as_: As) -> None:
        first, second = SOURCE.index("## Siapa"), SOURCE.index("## Mengapa")
        publish_essay(NOW, SOURCE[:first] + SOURCE[second:])
        lena = as_("lena")
        lena.post(f"{QUIZ}/mulai", data={"percobaan": 1})
        lena.post(f"{QUIZ}/percobaan/1/", data={"klien": "a", "urutan-1": 1, "jawaban-1": TEXT})
        lena.post(f"{QUIZ}/percobaan/1/kirim")
        for path in (f"{QUIZ}/percobaan/1/", f"{QUIZ}/", "/kursus/contoh/"):
            assert "menunggu penilaian" in lena.get(path).text.lower(), path
        ida = as_("ida")
        assert "Menunggu penilaian" in ida.get("/rekap/contoh/praja/lena/kuis-esai/1/").text
        assert "menunggu penilaian" in ida.get("/rekap/contoh/?angkatan=satu").text
        assert mark(ida, attempt_of(cast.enrolments["lena"].id).id, WORST).status_code == 303
        assert "Nilai Anda 0" in lena.get(f"{QUIZ}/percobaan/1/").text

    @pytest.mark.parametrize("text", ["", " \n "])
    def test_a_blank_one_earns_nothing_and_waits_for_nobody(self, hall: Cast, as_: As, text: str) -> None:
        write(as_("lena"), text)
        attempt = attempt_of(hall.enrolments["lena"].id)
        assert (attempt.earned, attempt.maximum, attempt.waiting) == (1, 4, 0)
        assert "Belum ada yang perlu dinilai" in as_("ida").get(QUEUE).text


class TestElsewhere:
    def test_in_a_lesson_it_is_kept_and_the_explanation_shown(self, cast: Cast, as_: As) -> None:
        essay = SOURCE[SOURCE.index("## Mengapa") :].replace("## ", "### ").replace("01-asal-usul.md#niat", "#niat")
        lesson = f"{LESSON}\n::: cek\n{essay}:::\n"
        publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": lesson}), NOW)
        lena, check = as_("lena"), "/kursus/contoh/asal-usul"
        assert "Niat warga mendahului" not in lena.get(f"{check}/").text
        form = {"klien": "a", "urutan-1": 2, "jawaban-1": TEXT}
        assert lena.post(f"{check}/cek/alasan", data=form).status_code == 303
        page = lena.get(f"{check}/").text
        for shown in ("Tersimpan.", "Warganya &lt;b&gt;sudah", "Niat warga mendahului"):
            assert shown in page
        assert "Jawaban yang benar:" not in page
        assert db.session.query(Evidence).count() == 0, "nobody marks it, so it says nothing"

    def test_staff_preview_the_rubric(self, hall: Cast, as_: As) -> None:
        page = as_("kofi").get(f"{QUIZ}/").text
        assert "Tiga alasan" in page
        assert "<textarea" not in page


class TestMarking:
    def test_from_the_queue_to_the_marked_review(self, handed_in: Attempt, hall: Cast, as_: As) -> None:
        ida = as_("ida")
        page = ida.get(QUEUE).text
        assert "Mengapa kedua kota cocok bersaudara?" in page
        assert "0 dari 1 dinilai" in page
        response = ida.get(PILE)
        assert response.location == f"{PILE}{handed_in.id}/"
        page = ida.get(response.location).text
        assert "Warganya &lt;b&gt;sudah&lt;/b&gt; bertukar kunjungan." in page
        assert "7 kata, pedoman sekitar 50" in page
        assert "Niat warga mendahului" in page
        response = mark(ida, handed_in.id, MIXED, komentar="Tambah satu alasan.\nSudah baik.")
        assert (response.status_code, response.location) == (303, QUEUE)
        assert "dinilai 70 dari 100" in ida.get(QUEUE).text
        db.session.refresh(handed_in)
        assert (handed_in.earned, handed_in.maximum, handed_in.waiting) == (pytest.approx(3.1), 4, 0)
        progress = standing(hall)
        assert (progress.percent, progress.is_passed, progress.is_provisional) == (pytest.approx(77.5), True, False)
        found = {evidence.item: evidence.earned for evidence in db.session.query(Evidence)}
        assert found == {"penerbit": 1, "alasan": pytest.approx(2.1)}
        page = as_("lena").get(f"{QUIZ}/percobaan/1/").text
        for shown in ("Nilai Anda 77,5", "Tambah satu alasan.", "tingkat yang dicapai", "1,35 dari 2,25 poin"):
            assert shown in page
        assert page.count('class="is-chosen"') == 2
        assert "Ida Instruktur" not in page
        assert "Tambah satu alasan." in ida.get("/rekap/contoh/praja/lena/kuis-esai/1/").text

    def test_it_is_in_the_staff_log_with_before_and_after(self, handed_in: Attempt, as_: As) -> None:
        ida = as_("ida")
        mark(ida, handed_in.id, BEST)
        last = db.session.query(HumanMark).one()
        mark(ida, handed_in.id, WORST, dasar=last.id)
        entries = db.session.query(LogEntry).filter_by(deed="MARK_ANSWER").order_by(LogEntry.id).all()
        assert [(entry.details["before"], entry.details["after"]) for entry in entries] == [("–", "100"), ("100", "0")]
        assert "menilai “alasan” di Kuis Esai: 100 → 0" in ida.get("/angkatan/satu/catatan").text

    def test_a_finished_one_can_be_marked_again_and_its_history_stays(self, handed_in: Attempt, as_: As) -> None:
        ida = as_("ida")
        mark(ida, handed_in.id, BEST)
        page = ida.get(f"{PILE}{handed_in.id}/").text
        assert page.count("checked") == 2, "what it was marked with is filled in"
        known = re.search(r'name="dasar"\s+value="(\d+)"', page)
        assert known
        assert mark(ida, handed_in.id, WORST, dasar=known[1]).status_code == 303
        assert [entry.share for entry in db.session.query(HumanMark).order_by(HumanMark.id)] == [1, 0]
        page = ida.get(f"{PILE}{handed_in.id}/").text
        assert "100 dari 100" in page
        assert "0 dari 100" in page
        assert ida.get(PILE).status_code == 200, "nothing waits: all answers are listed"
        assert "sudah dinilai" in ida.get(PILE).text
        db.session.refresh(handed_in)
        assert handed_in.earned == 1

    @pytest.mark.parametrize(
        ("form", "says"),
        [
            ({}, "Yang belum: **Alasan**, Bahasa"),
            ({"kriteria-1": 0}, "Yang belum: Bahasa"),
            ({"kriteria-1": 0, "kriteria-2": 9}, "bukan menurut rubrik"),
            ({"kriteria-1": 0, "kriteria-2": "-1"}, "bukan menurut rubrik"),
            ({"kriteria-1": 0, "kriteria-2": "9" * 9999}, "bukan menurut rubrik"),
            ({**BEST, "komentar": "x" * 5001}, "terlalu panjang"),
        ],
    )
    def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(
        self, handed_in: Attempt, as_: As, form: dict[str, Any], says: str
    ) -> None:
        response = as_("ida").post(f"{PILE}{handed_in.id}/", data={"komentar": "Bagus.", **form})
        assert response.status_code == 400
        assert says in response.text
        assert form.get("komentar", "Bagus.") in response.text
        assert response.text.count("checked") == (form.get("kriteria-1") == 0) + (form.get("kriteria-2") == 0)
        assert db.session.query(HumanMark).count() == 0

    def test_the_next_is_one_that_waits_and_the_last_leads_back(self, hall: Cast, as_: As) -> None:
        for who in ("lena", "omar"):
            write(as_(who))
        ida = as_("ida")
        first = ida.get(PILE).location
        second = mark(ida, int(first.rsplit("/", 2)[1])).location
        assert second not in (first, QUEUE)
        assert "1 dari 2 dinilai" in ida.get(second).text
        assert mark(ida, int(second.rsplit("/", 2)[1])).location == QUEUE

    def test_script_is_told_where_to_go_on(self, hall: Cast, as_: As) -> None:
        for who in ("lena", "omar"):
            write(as_(who))
        ida, json = as_("ida"), {"Accept": "application/json"}
        first = ida.get(PILE).location
        told = ida.post(first, data=BEST, headers=json).get_json()
        assert told["progress"] == "1 dari 2 dinilai"
        assert told["told"].endswith("dinilai 100 dari 100.")
        assert ida.post(told["next"], data=BEST, headers=json).get_json() == {"next": QUEUE}
        refused = ida.post(first, data={}, headers=json)
        assert refused.status_code == 409
        assert "sudah dinilai oleh Ida Instruktur" in refused.get_json()["error"]

    def test_two_essays_of_one_attempt_wait_apart(self, cast: Cast, as_: As) -> None:
        second = SOURCE[SOURCE.index("## Mengapa") :].replace("{#alasan}", "{#akibat}").replace("poin: 3", "poin: 5")
        publish_essay(NOW, f"{SOURCE}\n{second}")
        lena, ida = as_("lena"), as_("ida")
        lena.post(f"{QUIZ}/mulai", data={"percobaan": 1})
        answers = {"jawaban-1": "menlu", "jawaban-2": TEXT, "jawaban-3": TEXT}
        lena.post(f"{QUIZ}/percobaan/1/", data={"klien": "a", "urutan-1": 1, "urutan-2": 1, "urutan-3": 1, **answers})
        lena.post(f"{QUIZ}/percobaan/1/kirim")
        attempt = attempt_of(cast.enrolments["lena"].id)
        assert attempt.waiting == 2
        assert ida.get(QUEUE).text.count("0 dari 1 dinilai") == 2
        assert mark(ida, attempt.id, BEST).status_code == 303
        db.session.refresh(attempt)
        assert (attempt.earned, attempt.maximum, attempt.waiting) == (4, 4, 1)
        assert "Nilai sementara, tanpa 1 jawaban" in lena.get(f"{QUIZ}/percobaan/1/").text
        assert ida.post(f"{QUEUE}kuis-esai/akibat/{attempt.id}/", data=WORST).status_code == 303
        db.session.refresh(attempt)
        assert (attempt.earned, attempt.maximum, attempt.waiting) == (4, 9, 0)

    def test_a_double_click_makes_one_mark(self, handed_in: Attempt, as_: As) -> None:
        ida = as_("ida")
        assert [mark(ida, handed_in.id, MIXED).status_code for _click in range(2)] == [303, 303]
        assert db.session.query(HumanMark).count() == db.session.query(LogEntry).count() == 1
        assert mark(ida, handed_in.id, WORST).status_code == 409, "another mark is no repetition"
        assert mark(as_("ada"), handed_in.id, MIXED).status_code == 409, "nor is somebody else's"

    def test_a_learners_attempt_leads_staff_to_the_mark(self, handed_in: Attempt, as_: As) -> None:
        ida, page = as_("ida"), "/rekap/contoh/praja/lena/kuis-esai/1/"
        link = f'href="{PILE}{handed_in.id}/"'
        assert ida.get(page).text.count(link) == 1
        mark(ida, handed_in.id, MIXED)
        assert ida.get(page).text.count(link) == 1, "to mark it again"
        assert link not in as_("lena").get(f"{QUIZ}/percobaan/1/").text

    def test_until_it_closes_a_quiz_that_shows_feedback_then_shows_the_score_only(
        self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish_essay(NOW, SOURCE.replace("percobaan: 2", "umpan_balik: setelah-tutup\ntutup: 2026-11-30"))
        write(as_("lena"))
        mark(as_("ida"), attempt_of(cast.enrolments["lena"].id).id, MIXED, komentar="Tambah satu alasan.")
        page = as_("lena").get(f"{QUIZ}/percobaan/1/").text
        assert "Nilai Anda 77,5" in page
        assert "Tambah satu alasan." not in page
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=7))
        assert "Tambah satu alasan." in as_("lena").get(f"{QUIZ}/percobaan/1/").text


class TestDrafts:
    def save(self, client: FlaskClient, attempt: int, **form: Any) -> Any:
        return client.post(f"{PILE}{attempt}/simpan", data=form, headers={"Accept": "application/json"})

    def test_a_draft_is_one_row_however_often_it_is_saved(self, handed_in: Attempt, hall: Cast, as_: As) -> None:
        ida = as_("ida")
        for comment in ("Ta", "Tambah", "Tambah", "Tambah alasan."):
            assert self.save(ida, handed_in.id, **{"kriteria-2": 1}, komentar=comment).get_json() == {"saved": "10.42"}
        draft = db.session.query(HumanMark).one()
        assert (draft.is_draft, draft.levels, draft.share, draft.comment) == (True, [None, 1], None, "Tambah alasan.")
        page = ida.get(f"{PILE}{handed_in.id}/").text
        assert "Tambah alasan." in page
        assert page.count("checked") == 1
        assert "Konsep Anda" in page
        assert "0 dari 1 dinilai" in page

    def test_nobody_else_sees_it_and_it_counts_for_nothing(self, handed_in: Attempt, hall: Cast, as_: As) -> None:
        self.save(as_("ida"), handed_in.id, **{"kriteria-1": 0, "kriteria-2": 0}, komentar="Rahasia.")
        assert "Rahasia." not in as_("ada").get(f"{PILE}{handed_in.id}/").text
        assert "Rahasia." not in as_("lena").get(f"{QUIZ}/percobaan/1/").text
        db.session.refresh(handed_in)
        assert handed_in.waiting == 1
        assert standing(hall).is_provisional

    def test_finishing_ends_it_and_a_late_save_does_not_bring_it_back(self, handed_in: Attempt, as_: As) -> None:
        ida = as_("ida")
        self.save(ida, handed_in.id, **{"kriteria-1": 1})
        mark(ida, handed_in.id, BEST)
        late = self.save(ida, handed_in.id, **{"kriteria-1": 1}, dasar=0)
        assert late.status_code == 409
        assert [entry.is_draft for entry in db.session.query(HumanMark)] == [False]


class TestTwoGraders:
    def test_the_second_is_told_who_was_faster_and_keeps_what_was_filled_in(self, handed_in: Attempt, as_: As) -> None:
        mark(as_("ada"), handed_in.id, BEST)
        response = mark(as_("ida"), handed_in.id, WORST, komentar="Punya Ida.")
        assert response.status_code == 409
        assert "sudah dinilai oleh Ada Admin: 100 dari 100" in response.text
        assert "Punya Ida." in response.text
        assert db.session.query(HumanMark).one().share == 1
        known = re.search(r'name="dasar"\s+value="(\d+)"', response.text)
        assert known, "the page knows of the other mark now: to save once more is to mean it"
        assert mark(as_("ida"), handed_in.id, WORST, dasar=known[1]).status_code == 303
        assert [entry.share for entry in db.session.query(HumanMark).order_by(HumanMark.id)] == [1, 0]

    @pytest.mark.parametrize("turn", range(3))
    def test_at_the_same_moment_one_of_them_holds(self, app: Flask, handed_in: Attempt, as_: As, turn: int) -> None:
        address, attempt = f"{PILE}{handed_in.id}/", handed_in.id
        requests = [(as_(who), address, form) for who, form in (("ida", BEST), ("ada", WORST))]
        assert at_once(app, *requests) == [303, 409]
        share = db.session.query(HumanMark).one().share
        assert db.session.get_one(Attempt, attempt).earned == 1 + 3 * share
        assert db.session.query(Evidence).filter_by(item="alasan").count() == 1


class TestWhoMayMark:
    @pytest.mark.parametrize(
        ("who", "whose", "status"),
        [
            ("ida", "lena", 200),
            ("ada", "lena", 200),
            ("bayu", "omar", 200),
            ("bayu", "lena", 404),
            ("kofi", "lena", 403),
            ("lena", "lena", 403),
            ("omar", "lena", 403),
            ("rani", "lena", 404),
            ("nobody", "lena", 302),
        ],
    )
    def test_instructors_of_the_learners_cohort(self, hall: Cast, as_: As, who: str, whose: str, status: int) -> None:
        write(as_(whose))
        attempt = attempt_of(hall.enrolments[whose].id).id
        client = as_(who)
        assert client.get(f"{PILE}{attempt}/").status_code == status
        assert client.post(f"{PILE}{attempt}/simpan").status_code == status
        assert client.post(f"{PILE}{attempt}/").status_code == (400 if status == 200 else status)

    def test_a_cohort_can_be_chosen_but_only_an_own_one(self, hall: Cast, as_: As) -> None:
        for who in ("lena", "omar"):
            write(as_(who))
        ida = as_("ida")
        assert "0 dari 2 dinilai" in ida.get(QUEUE).text
        page = ida.get(f"{QUEUE}?angkatan=dua").text
        assert "0 dari 1 dinilai" in page
        attempt = attempt_of(hall.enrolments["omar"].id).id
        assert ida.get(f"{PILE}?angkatan=dua").location == f"{PILE}{attempt}/?angkatan=dua"
        other = attempt_of(hall.enrolments["lena"].id).id
        assert ida.get(f"{PILE}{other}/?angkatan=dua").status_code == 404
        for path in (QUEUE, PILE, f"{PILE}{attempt}/"):
            assert as_("bayu").get(f"{path}?angkatan=satu").status_code == 404
        assert "0 dari 1 dinilai" in as_("bayu").get(QUEUE).text

    def test_nobody_marks_their_own(self, hall: Cast, as_: As) -> None:
        enrolment = enrol(hall.ida, hall.cohorts["dua"], NOW)
        db.session.commit()
        write(as_("ida"))
        attempt = attempt_of(enrolment.id).id
        assert as_("ida").get(f"{PILE}{attempt}/").status_code == 404
        assert "Belum ada yang perlu dinilai" in as_("ida").get(QUEUE).text
        assert as_("bayu").get(f"{PILE}{attempt}/").status_code == 200

    def test_an_open_attempt_and_one_of_somebody_removed_never_appear(self, hall: Cast, as_: As) -> None:
        write(as_("lena"), send=False)
        ida, attempt = as_("ida"), attempt_of(hall.enrolments["lena"].id).id
        for path in (PILE, f"{PILE}{attempt}/"):
            assert ida.get(path).status_code == 404
        as_("lena").post(f"{QUIZ}/percobaan/1/kirim")
        assert ida.get(f"{PILE}{attempt}/").status_code == 200
        hall.enrolments["lena"].ended_at = NOW
        db.session.commit()
        for path in (PILE, f"{PILE}{attempt}/"):
            assert ida.get(path).status_code == 404
        assert mark(ida, attempt).status_code == 404
        assert "Belum ada yang perlu dinilai" in ida.get(QUEUE).text

    @pytest.mark.parametrize(
        "path",
        ["kuis-esai/penerbit/{}/", "kuis-esai/tidak-ada/{}/", "kuis-sister-city/alasan/{}/", "tidak-ada/alasan/{}/"],
    )
    def test_only_what_a_person_marks_is_there(self, handed_in: Attempt, as_: As, path: str) -> None:
        assert as_("ida").get(QUEUE + path.format(handed_in.id)).status_code == 404
        assert as_("ida").get(QUEUE + path.partition("{")[0]).status_code == 404


class TestNames:
    def test_no_name_is_on_any_page_of_the_queue(self, hall: Cast, as_: As) -> None:
        for who in ("lena", "omar"):
            write(as_(who), f"Jawaban kedua kota. {who.upper()[:1]}")
        ida = as_("ida")
        first = attempt_of(hall.enrolments["lena"].id).id
        pages = [ida.get(QUEUE).text, ida.get(f"{PILE}?semua=1").text, ida.get(f"{PILE}{first}/").text]
        mark(ida, first)
        pages += [ida.get(QUEUE).text, ida.get(f"{PILE}?semua=1").text, ida.get(f"{PILE}{first}/").text]
        for page in pages:
            for name in ("Lena", "Lestari", "lena", "Omar", "Bakri", "omar"):
                assert name not in page

    def test_a_pseudonym_stays_and_the_order_is_not_that_of_handing_in(self, hall: Cast, as_: As) -> None:
        hand_in(hall, 12)
        order = numbers(as_("ida").get(f"{PILE}?semua=1").text)
        assert sorted(order) == list(range(1, 13))
        assert order != sorted(order)
        hand_in(hall, 3, first=13)
        later = numbers(as_("ida").get(f"{PILE}?semua=1").text)
        assert [number for number in later if number <= 12] == order


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r">Jawaban (\d+)<", page)]


def hand_in(cast: Cast, count: int, first: int = 1) -> None:
    """Essays of invented learners of cohort satu."""
    people = [create_person(f"p{number}", f"Praja Rekaan {number}", NOW) for number in range(first, first + count)]
    hand_in_essays(*[essay_of(enrol(person, cast.cohorts["satu"], NOW).id) for person in people])


def test_the_number_of_queries_does_not_grow_with_the_hall(hall: Cast, as_: As, queries: list[str]) -> None:
    def asked(path: str) -> int:
        ida.get(path)
        queries.clear()
        assert ida.get(path).status_code in (200, 302)
        return len(queries)

    ida = as_("ida")
    hand_in(hall, 2)
    first = db.session.query(Attempt.id).order_by(Attempt.id).limit(1).scalar()
    paths = (QUEUE, PILE, f"{PILE}?semua=1", f"{PILE}{first}/")
    few = [asked(path) for path in paths]
    hand_in(hall, 391, first=3)
    assert "393 jawaban menunggu" in ida.get(QUEUE).text
    assert [asked(path) for path in paths] == few
    assert max(few) <= 10


def test_scores_that_wait_say_so_and_lead_to_the_queue(handed_in: Attempt, hall: Cast, as_: As) -> None:
    ida = as_("ida")
    page = ida.get("/rekap/contoh/?angkatan=satu").text
    assert "1 nilai masih sementara" in page
    assert 'href="/rekap/contoh/esai/?angkatan=satu"' in page
    assert "sementara</small>" in page
    before = ida.get("/rekap/contoh/nilai.csv?angkatan=satu").text
    assert before.rstrip().endswith("100;")
    mark(ida, handed_in.id)
    page = ida.get("/rekap/contoh/?angkatan=satu").text
    assert "sementara" not in page
    assert "/esai/" not in page


def test_staff_who_study_wait_like_everybody(hall: Cast, as_: As) -> None:
    grant(hall.lena, Role.LECTURER, "kursus:lain", NOW)
    db.session.commit()
    write(as_("lena"))
    assert "0 dari 1 dinilai" in as_("ida").get(QUEUE).text


def test_an_answer_that_was_stopped_is_marked_by_percentage(
    hall: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a regular expression is that takes too long; here the choice is, so that no other kind is needed."""
    from quizzes.kinds import KINDS
    from quizzes.questions import Choice

    monkeypatch.setitem(
        KINDS, Choice, KINDS[Choice].__class__(**{**vars(KINDS[Choice]), "share": lambda answer, value, credit: None})
    )
    write(as_("lena"))
    attempt = attempt_of(hall.enrolments["lena"].id)
    assert attempt.waiting == 2
    ida, address = as_("ida"), f"{QUEUE}kuis-esai/penerbit/{attempt.id}/"
    assert "Siapa yang menerbitkan" in ida.get(QUEUE).text
    page = ida.get(address).text
    assert "Nilai, 0 sampai 100" in page
    assert "Lena" not in page
    for wrong in ({}, {"persen": "101"}):
        assert ida.post(address, data=wrong).status_code == 400
    assert ida.post(address, data={"persen": "72,5", "komentar": "Hampir."}).status_code == 303
    db.session.refresh(attempt)
    assert (attempt.earned, attempt.waiting) == (pytest.approx(0.725), 1)
    assert "Hampir." in as_("lena").get(f"{QUIZ}/percobaan/1/").text
    assert 'value="72,5"' in ida.get(address).text
    assert ida.get(PILE).location == f"{PILE}{attempt.id}/", "the essay waits on"


def test_an_essay_that_is_left_out_waits_no_more_and_the_other_one_does(hall: Cast, as_: As) -> None:
    rubric = SOURCE[SOURCE.index("| Kriteria") : SOURCE.index("> **Pembahasan.** Niat")]
    more = f"\n## Apa bedanya dengan kota kembar? {{#beda}}\ntujuan: SC1\njenis: esai\n\n{rubric}"
    publish_essay(NOW, SOURCE + more)
    lena, ida = as_("lena"), as_("ida")
    write(lena, send=False)
    lena.post(f"{QUIZ}/percobaan/1/", data={"klien": "halaman", "urutan-3": 1, "jawaban-3": "Namanya."})
    lena.post(f"{QUIZ}/percobaan/1/kirim")
    attempt = attempt_of(hall.enrolments["lena"].id)
    assert attempt.waiting == 2

    def waiting() -> list[str]:
        return [question for question in ("alasan", "beda") if f"/kuis-esai/{question}/" in ida.get(QUEUE).text]

    def rekey(question: str, way: str) -> None:
        address = f"/rekap/contoh/kuis/kuis-esai/kunci/{question}/"
        fields = {"cara-0": way, "alasan": "Rubriknya keliru."}
        seal = re.search(r'name="segel" value="(\w+)"', ida.post(f"{address}pratinjau", data=fields).text)
        assert seal is not None
        ida.post(address, data={**fields, "segel": seal[1]})

    assert waiting() == ["alasan", "beda"]
    rekey("alasan", "tidak-dihitung")
    assert waiting() == ["beda"]
    assert ida.get(f"{QUEUE}kuis-esai/alasan/{attempt.id}/").status_code == 404
    rekey("beda", "penuh")
    rekey("alasan", "semula")
    assert waiting() == ["alasan"], "as many wait as before, but not the same"
    assert ida.get(f"{QUEUE}kuis-esai/beda/{attempt.id}/").status_code == 404
    assert ida.get(f"{QUEUE}kuis-esai/alasan/{attempt.id}/").status_code == 200
