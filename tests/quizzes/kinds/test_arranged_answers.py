"""Pairs and orders over HTTP, as a page without script sends them: in a quiz and in a `cek`."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from courses.models import Evidence, Progress
from foundation.database import db
from quizzes.models import Answer, CheckAnswer
from quizzes.options import key_of
from tests.cast import Cast
from tests.quizzes.kinds.asking import ATTEMPT, CHECK, LESSON_PAGE, again, begin, check, fill, put_online, submit
from tests.quizzes.kinds.test_matching import BELGIUM, CANADA, FLANDERS, GYEONGSANGBUK, JEJU, KOREA
from tests.quizzes.kinds.test_matching import WRITTEN as PAIRS
from tests.quizzes.kinds.test_ordering import KEYS, STEPS
from tests.quizzes.kinds.test_ordering import WRITTEN as ORDER

As = Callable[[str], FlaskClient]


class TestMatching:
    def test_it_is_answered_changed_and_taken_back(self, cast: Cast, as_: As) -> None:
        put_online(*PAIRS)
        lena = as_("lena")
        form = begin(lena)
        names = [f"jawaban-1-{key}" for key in (FLANDERS, GYEONGSANGBUK, JEJU)]
        assert form.names == names
        assert form.answers == {name: [""] for name in names}, "nothing is chosen until somebody chooses"
        for name in names:
            assert sorted(form.choices[name]) == sorted(["", BELGIUM, KOREA, CANADA])

        fill(lena, form, {names[0]: BELGIUM, names[2]: CANADA})
        form = again(lena)
        assert form.answers == {names[0]: [BELGIUM], names[1]: [""], names[2]: [CANADA]}
        assert "1 dari 1 terjawab" in lena.get(ATTEMPT).text

        fill(lena, form, {})
        assert db.session.query(Answer).count() == 1, "sent again untouched it is no new answer"
        fill(lena, form, dict.fromkeys(names, ""))
        assert again(lena).answers == {name: [""] for name in names}
        assert "0 dari 1 terjawab" in lena.get(ATTEMPT).text

    def test_it_is_scored_and_read_again(self, cast: Cast, as_: As) -> None:
        put_online("tujuan: SC1", *PAIRS, "", "> **Pembahasan.** Lihat peta.")
        lena = as_("lena")
        form = begin(lena)
        names = form.names
        page = lena.get(ATTEMPT).text
        assert "Lihat peta." not in page
        assert "yang benar" not in page
        fill(lena, form, {names[0]: BELGIUM, names[1]: CANADA})
        page = submit(lena)
        assert db.session.query(Progress).one().percent == pytest.approx(100 / 3)
        (evidence,) = db.session.query(Evidence)
        assert (evidence.objective, evidence.item) == ("SC1", "soal")
        assert page.count("jawaban Anda, benar") == 1
        assert page.count("jawaban Anda, belum tepat") == 1
        assert page.count("tidak dijawab") == 1
        assert page.count("pasangan yang benar:") == 2
        assert "Lihat peta." in page

    def test_a_forged_choice_is_refused(self, cast: Cast, as_: As) -> None:
        put_online(*PAIRS)
        lena = as_("lena")
        form = begin(lena)
        assert fill(lena, form, {form.names[0]: "bukan-pilihan"}).status_code == 400
        assert db.session.query(Answer).count() == 0

    def test_in_a_check_each_pair_is_judged_and_may_be_tried_again(self, cast: Cast, as_: As) -> None:
        put_online(*PAIRS)
        lena = as_("lena")
        names = check(lena).names
        fill(lena, check(lena), {names[0]: BELGIUM, names[1]: CANADA}, CHECK)
        page = lena.get(LESSON_PAGE).text
        assert "Sebagian tepat." in page
        assert "Flanders <span" in page.split("Lihat jawaban dan pembahasan")[1]
        form = check(lena)
        assert form.answers == {names[0]: [BELGIUM], names[1]: [CANADA], names[2]: [""]}
        fill(lena, form, {names[1]: KOREA, names[2]: KOREA}, CHECK)
        assert "Benar." in lena.get(LESSON_PAGE).text
        assert db.session.query(CheckAnswer).count() == 2

    def test_staff_read_the_pairs(self, cast: Cast, as_: As) -> None:
        put_online(*PAIRS)
        page = as_("kofi").get("/kursus/contoh/kuis-sister-city/").text
        assert page.count("pasangan yang benar:") == 3
        assert "tidak dijawab" not in page


class TestOrdering:
    def test_it_is_answered_changed_and_taken_back(self, cast: Cast, as_: As) -> None:
        put_online(*ORDER)
        lena = as_("lena")
        form = begin(lena)
        names = [f"jawaban-1-{key}" for key in KEYS]
        assert sorted(form.names) == sorted(names)
        assert form.answers == {name: [""] for name in names}, "nothing is chosen until somebody chooses"
        assert all(form.choices[name] == ["", "1", "2", "3", "4"] for name in names)

        fill(lena, form, {names[0]: "2", names[3]: "1"})
        form = again(lena)
        assert form.answers == dict(zip(names, (["2"], [""], [""], ["1"]), strict=True))
        assert "1 dari 1 terjawab" in lena.get(ATTEMPT).text

        fill(lena, form, {})
        assert db.session.query(Answer).count() == 1, "sent again untouched it is no new answer"
        fill(lena, form, dict.fromkeys(names, ""))
        assert again(lena).answers == {name: [""] for name in names}
        assert "0 dari 1 terjawab" in lena.get(ATTEMPT).text

    def test_it_is_scored_and_read_again(self, cast: Cast, as_: As) -> None:
        put_online(*ORDER, "", "> **Pembahasan.** Niat dahulu.")
        lena = as_("lena")
        form = begin(lena)
        page = lena.get(ATTEMPT).text
        for secret in ("Niat dahulu.", "seharusnya", "Urutan yang benar"):
            assert secret not in page
        fill(lena, form, {f"jawaban-1-{key}": place for key, place in zip(KEYS, "2134", strict=True)})
        page = submit(lena)
        assert db.session.query(Progress).one().percent == pytest.approx(500 / 6)
        assert "5 dari 6 pasangan langkah berurutan benar." in page
        assert page.count("di tempatnya") == 2
        assert (
            page.index("Urutan Anda:")
            < page.index(">LoI<")
            < page.index(">Prakarsa<")
            < page.index("Urutan yang benar:")
        )
        assert "seharusnya urutan 2" in page
        last = page.split("Urutan yang benar:")[1]
        assert [last.index(step) for step in STEPS] == sorted(last.index(step) for step in STEPS)
        assert "Niat dahulu." in page

    def test_blank_it_shows_the_right_order_only(self, cast: Cast, as_: As) -> None:
        put_online(*ORDER)
        lena = as_("lena")
        begin(lena)
        page = submit(lena)
        assert "Tidak dijawab" in page
        assert "Urutan yang benar:" in page
        assert "Urutan Anda:" not in page

    def test_a_forged_place_is_refused(self, cast: Cast, as_: As) -> None:
        put_online(*ORDER)
        lena = as_("lena")
        form = begin(lena)
        assert fill(lena, form, {form.names[0]: "5"}).status_code == 400
        assert db.session.query(Answer).count() == 0

    def test_in_a_check_each_item_is_judged_and_may_be_tried_again(self, cast: Cast, as_: As) -> None:
        put_online(*ORDER)
        lena = as_("lena")
        names = [f"jawaban-1-{key}" for key in KEYS]
        fill(lena, check(lena), dict(zip(names, "2134", strict=True)), CHECK)
        page = lena.get(LESSON_PAGE).text
        assert "Sebagian tepat." in page
        assert page.count("belum di tempatnya") == 2
        form = check(lena)
        assert form.answers == dict(zip(names, (["2"], ["1"], ["3"], ["4"]), strict=True))
        fill(lena, form, dict(zip(names, "1234", strict=True)), CHECK)
        assert "Benar." in lena.get(LESSON_PAGE).text

    def test_a_check_is_mixed_the_same_way_for_everybody(self, cast: Cast, as_: As) -> None:
        put_online("", *(f"{place}. Langkah {place}" for place in range(1, 9)))
        names = check(as_("lena")).names
        assert names == check(as_("omar")).names
        assert names != [f"jawaban-1-{key_of(f'Langkah {place}')}" for place in range(1, 9)]

    def test_staff_read_the_right_order(self, cast: Cast, as_: As) -> None:
        put_online(*ORDER)
        page = as_("kofi").get("/kursus/contoh/kuis-sister-city/").text
        last = page.split("Urutan yang benar:")[1]
        assert [last.index(step) for step in STEPS] == sorted(last.index(step) for step in STEPS)
