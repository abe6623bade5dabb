"""Evidence per objective: counted from first attempts, practice apart, and nothing before its moment."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from courses import mastery
from courses.mastery import ENOUGH, Objective, Piece
from foundation import clock
from tests.cast import Cast, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, RIGHT, answer_all, start
from tests.quizzes.test_checks import CHECK, keys
from tests.sample import QUIZ as QUIZ_SOURCE
from tests.sample import SAMPLE

As = Callable[[str], FlaskClient]
PAGE = "/kursus/contoh/capaian/"
LEARNER = "/rekap/contoh/praja/lena/"
SC1, SC2 = Objective("SC1", "Satu", "C1", "Modul"), Objective("SC2", "Dua", "C2", "Modul")

pieces = st.lists(
    st.builds(
        lambda code, item, earned, more, is_practice: Piece(code, 1, item, earned, earned + more, is_practice),
        st.sampled_from(["SC1", "SC2", "LAIN"]),
        st.text("abc", min_size=1, max_size=2),
        st.integers(0, 5),
        st.integers(1, 5),
        st.booleans(),
    ),
    max_size=12,
)


def piece(code: str = "SC1", earned: float = 1, maximum: float = 1, *, is_practice: bool = False) -> Piece:
    return Piece(code, 1, "q", earned, maximum, is_practice)


@pytest.mark.pure
class TestCounting:
    @pytest.mark.parametrize(
        ("found", "number", "share", "is_enough"),
        [
            ([], 0, None, False),
            ([piece()], 1, Fraction(1), False),
            ([piece(earned=1, maximum=3), piece(earned=2, maximum=2)], 2, Fraction(3, 5), False),
            ([piece(earned=0)] * ENOUGH, 3, Fraction(0), True),
            ([piece(earned=1 / 3), piece(earned=2 / 3), piece()], 3, Fraction(2, 3), True),
            ([piece(is_practice=True)] * 5, 0, None, False),
            ([piece("SC2")] * 5, 0, None, False),
        ],
    )
    def test_points_earned_of_points_possible(
        self, found: list[Piece], number: int, share: Fraction | None, is_enough: bool
    ) -> None:
        [standing] = mastery.standings([SC1], found)
        assert (len(standing.items), standing.share, standing.is_enough) == (number, share, is_enough)

    def test_practice_is_counted_apart_by_answers_wholly_right(self) -> None:
        found = [piece(is_practice=True), piece(earned=0.5, is_practice=True), piece(earned=0, is_practice=True)]
        [standing] = mastery.standings([SC1], [*found, piece(earned=0)])
        assert (standing.recalled, len(standing.practised), standing.share) == (1, 3, 0)

    @given(pieces)
    def test_every_objective_is_there_and_nothing_counts_twice(self, found: list[Piece]) -> None:
        standings = mastery.standings([SC1, SC2], found)
        assert [standing.objective for standing in standings] == [SC1, SC2]
        counted = [one for standing in standings for one in (*standing.items, *standing.practised)]
        assert sorted(map(repr, counted)) == sorted(repr(one) for one in found if one.objective != "LAIN")
        assert all(standing.share is None or 0 <= standing.share <= 1 for standing in standings)

    @given(pieces)
    def test_one_more_right_answer_never_lowers_what_is_shown(self, found: list[Piece]) -> None:
        [before] = mastery.standings([SC1], found)
        [after] = mastery.standings([SC1], [*found, piece()])
        assert after.share is not None
        assert before.share is None or after.share >= before.share

    def test_things_stand_under_their_objectives_in_the_authors_order(self) -> None:
        groups = mastery.by_objective([SC1, SC2], ["SC2", "?", "SC1", "", "SC2"], str)
        assert groups == [(SC1, ["SC1"]), (SC2, ["SC2", "SC2"]), (None, ["?", ""])]


class TestOwnPage:
    def test_before_anything_is_answered_it_says_what_to_do(self, cast: Cast, as_: As) -> None:
        page = as_("lena").get(PAGE).text
        assert "Jawablah cek di dalam pelajaran atau kirim sebuah kuis" in page
        assert page.count("belum ada bukti") == 2

    def test_first_attempts_only(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        for number, answers in ((1, {**RIGHT, "penerbit": ["dprd"]}), (2, RIGHT)):
            start(lena, number)
            answer_all(lena, answers, number=number, submit=True)
        page = lena.get(PAGE).text
        assert page.count("baru 1 soal: belum dapat disimpulkan") == 2
        assert "Siapa yang menerbitkan surat konfirmasi?" in page
        assert f'href="{QUIZ}/percobaan/1/#soal-1"' in page
        assert "percobaan/2" not in page
        assert page.count("belum tepat") == 1

    def test_three_questions_are_told_as_a_figure(self, cast: Cast, as_: As) -> None:
        more = "".join(f"\n## Soal {n} {{#s{n}}}\ntujuan: SC1\n\n- [x] Ya\n- [ ] Tidak\n" for n in (1, 2))
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": QUIZ_SOURCE + more}), NOW)
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        assert "3 soal, 60% tepat" in lena.get(PAGE).text, "3 of 5 points: one question is worth 3"

    def test_practice_is_labelled_as_practice(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        for sequence, text in enumerate(("DPRD", "Menteri Luar Negeri"), start=1):
            lena.post(CHECK, data={"klien": "a", "urutan-1": sequence, "jawaban-1": keys()[text]})
        page = lena.get(PAGE).text
        assert "1 dari 2 benar" in page
        assert page.count("belum ada bukti") == 2, "a check is no result"

    def test_it_is_ones_own(self, cast: Cast, as_: As) -> None:
        start(as_("omar"))
        answer_all(as_("omar"), submit=True)
        assert as_("lena").get(PAGE).text.count("belum ada bukti") == 2
        assert as_("ida").get(PAGE).status_code == 403

    def test_the_outline_leads_to_it(self, cast: Cast, as_: As) -> None:
        assert f'href="{PAGE}"' in as_("lena").get("/kursus/contoh/").text
        assert PAGE not in as_("ida").get("/kursus/contoh/").text

    def test_it_is_a_few_queries(self, cast: Cast, as_: As, queries: list[str]) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        lena.get(PAGE)  # fills the caches
        queries.clear()
        assert lena.get(PAGE).status_code == 200
        assert len(queries) <= 5, queries


class TestTheKeysMoment:
    @pytest.fixture
    def lena(self, cast: Cast, as_: As) -> FlaskClient:
        rule = "percobaan: 2\numpan_balik: setelah-tutup\ntutup: 2026-11-25"
        source = QUIZ_SOURCE.replace("percobaan: 2", rule)
        publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": source}), NOW)
        lena = as_("lena")
        start(lena)
        answer_all(lena, {**RIGHT, "penerbit": ["dprd"]}, submit=True)
        return lena

    def test_before_it_neither_answers_nor_sums_are_told(self, lena: FlaskClient) -> None:
        page = lena.get(PAGE).text
        assert page.count("belum ada bukti") == 2
        assert "Siapa yang menerbitkan" not in page
        assert "sampai pembahasannya boleh dibuka" in page
        assert "Kuis Sister City" in page

    def test_all_right_and_all_wrong_look_the_same(self, cast: Cast, as_: As, lena: FlaskClient) -> None:
        omar = as_("omar")
        start(omar)
        answer_all(omar, RIGHT, submit=True)
        pages = [client.get(PAGE).text for client in (lena, omar)]
        mains = [page[page.index("<main") : page.index("</main>")] for page in pages]
        assert mains[0] == mains[1]

    def test_staff_see_it_at_once(self, as_: As, lena: FlaskClient) -> None:
        page = as_("ida").get(LEARNER).text
        assert page.count("baru 1 soal") == 2
        assert f'href="{LEARNER}kuis-sister-city/1/#soal-1"' in page

    def test_after_it_everything_is_there(self, as_: As, lena: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
        page = as_("lena").get(PAGE).text
        assert page.count("baru 1 soal") == 2
        assert "sampai pembahasannya" not in page


class TestTheInstructorsPage:
    def test_a_learner_without_work_has_a_sentence(self, cast: Cast, as_: As) -> None:
        page = as_("ida").get(LEARNER).text
        assert "Bukti per tujuan" in page
        assert "Belum ada bukti: praja ini belum mengirim kuis atau menjawab cek." in page

    def test_it_shows_the_same_as_the_learner_sees(self, cast: Cast, as_: As) -> None:
        start(as_("lena"))
        answer_all(as_("lena"), submit=True)
        assert as_("ida").get(LEARNER).text.count("baru 1 soal: belum dapat disimpulkan") == 2
        assert as_("bayu").get(LEARNER).status_code == 404
