"""Coming in oneself: by a code, with a new account, and into an open course; also all at the same moment."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Select, select

from accounts.actions import create_person
from accounts.models import Person, SignIn
from accounts.queries import find_person
from cohorts import registering, roster
from cohorts.actions import create_cohort, found_cohort
from cohorts.group_queries import own_places
from cohorts.importing import import_roster
from cohorts.joining import CodeRefused
from cohorts.models import Cohort, Enrolment
from cohorts.queries import get_cohort
from cohorts.registering import Newcomer, Unfit
from courses.models import Course
from foundation.database import db, writing
from tests.cast import NAMES, PASSWORD, Cast
from tests.conftest import NOW

As = Callable[[str], FlaskClient]
CODE = "K7MFX2QR"
NEW = {"name": "I Gusti Ngurah Rai", "username": "32.0001", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def open_dua(cast: Cast) -> Cohort:
    """Cohort dua, which may be joined by CODE."""
    cohort = cast.cohorts["dua"]
    cohort.join_code, cohort.is_registration_open = CODE, True
    db.session.commit()
    return cohort


@pytest.fixture
def open_lain(cast: Cast) -> Course:
    """The course lain, which anybody may follow."""
    course = db.session.query(Course).filter_by(slug="lain").one()
    course.is_open = True
    db.session.commit()
    return course


def cohorts_of(username: str) -> list[str]:
    """Where somebody is enrolled now, newest first."""
    db.session.rollback()
    person = find_person(username)
    assert person is not None
    return [enrolment.cohort.slug for enrolment in own_places(person.id)[0]]


class TestTheCode:
    @pytest.mark.parametrize("typed", ["K7MFX2QR", "k7mf-x2qr", " k7mf x2qr "])
    def test_it_leads_on_however_it_is_typed(self, open_dua: Cohort, as_: As, typed: str) -> None:
        response = as_("nobody").get("/gabung", query_string={"kode": typed})
        assert (response.status_code, response.location) == (302, f"/gabung/{CODE}")
        assert "Angkatan dua" in as_("nobody").get(f"/gabung/{typed.strip()}").text

    def test_without_one_there_is_a_form(self, cast: Cast, as_: As) -> None:
        page = as_("nobody").get("/gabung").text
        assert 'name="kode"' in page
        assert "field-error" not in page

    def test_guests_are_led_to_sign_in_and_back_or_to_a_new_account(self, open_dua: Cohort, as_: As) -> None:
        page = as_("nobody").get(f"/gabung/{CODE}").text
        assert f'href="/masuk?lanjut=/gabung/{CODE}"' in page
        assert f'href="/daftar?kode={CODE}"' in page
        assert "Contoh Kursus" in page

    def test_unknown_closed_and_archived_codes_get_the_same_answer(self, open_dua: Cohort, as_: As) -> None:
        def answer(code: str = CODE) -> tuple[int, str]:
            response = as_("nobody").get(f"/gabung/{code}")
            own = re.search(r'name="csrf_token" value="([^"]+)"', response.text)
            assert own
            return response.status_code, response.text.replace(code, "").replace(own[1], "")

        unknown = answer("2222AAAA")
        assert unknown[0] == 400
        assert "Kode ini tidak berlaku." in unknown[1] and "mintalah kode terbaru kepada instruktur" in unknown[1]
        open_dua.is_registration_open = False
        db.session.commit()
        assert answer() == unknown
        open_dua.is_registration_open, open_dua.archived_at = True, NOW
        db.session.commit()
        assert answer() == unknown

    def test_of_a_course_without_files_it_opens_nothing(self, open_dua: Cohort, as_: As) -> None:
        db.session.query(Course).filter_by(slug="contoh").one().is_hidden = True
        db.session.commit()
        assert as_("nils").get(f"/gabung/{CODE}").status_code == 400
        assert as_("nils").post(f"/gabung/{CODE}").status_code == 400
        assert cohorts_of("nils") == []

    @pytest.mark.parametrize(
        "code", ["%00", "ß" * 300, "'; drop table people", "<script>alert(1)</script>", "²²²²²²²²"]
    )
    def test_hostile_ones_are_wrong_ones(self, open_dua: Cohort, as_: As, code: str) -> None:
        response = as_("nils").get(f"/gabung/{code.replace('/', '%2F')}")
        assert response.status_code in (400, 404)
        assert "<script>alert" not in response.text
        onward = as_("nils").get("/gabung", query_string={"kode": code})
        if onward.status_code == 302:
            onward = as_("nils").get(onward.location)
            assert onward.status_code == 400
        assert onward.status_code in (200, 400)


class TestJoining:
    def test_it_enrols_and_leads_to_the_course(self, open_dua: Cohort, as_: As) -> None:
        nils = as_("nils")
        assert "Bergabung sebagai Nils Tanpa Kelas?" in nils.get(f"/gabung/{CODE}").text
        assert cohorts_of("nils") == [], "looking is not joining"
        response = nils.post(f"/gabung/{CODE}")
        assert (response.status_code, response.location) == (303, "/kursus/contoh/")
        assert "Anda sudah bergabung dengan Angkatan dua" in nils.get("/kursus/contoh/").text
        assert cohorts_of("nils") == ["dua"]

    def test_twice_is_once(self, open_dua: Cohort, as_: As) -> None:
        nils = as_("nils")
        for _ in range(2):
            assert nils.post(f"/gabung/{CODE}").status_code == 303
        assert db.session.query(Enrolment).filter_by(cohort_id=open_dua.id).count() == 2, "omar and nils"
        page = nils.get(f"/gabung/{CODE}").text
        assert "Anda sudah bergabung dengan angkatan ini." in page
        assert f'action="/gabung/{CODE}"' not in page

    def test_closing_and_a_new_code_hold_at_once(self, open_dua: Cohort, as_: As) -> None:
        nils = as_("nils")
        nils.get(f"/gabung/{CODE}")
        as_("bayu").post("/angkatan/dua/gabung/kode-baru")
        assert nils.post(f"/gabung/{CODE}").status_code == 400
        new = get_cohort("dua").join_code
        as_("bayu").post("/angkatan/dua/gabung/tutup")
        assert nils.post(f"/gabung/{new}").status_code == 400
        assert cohorts_of("nils") == []

    def test_who_was_taken_out_does_not_come_back_alone(self, open_dua: Cohort, as_: As) -> None:
        as_("bayu").post("/angkatan/dua/praja/omar/keluarkan")
        response = as_("omar").post(f"/gabung/{CODE}")
        assert response.status_code == 409
        assert "Mintalah instruktur mengembalikan Anda" in response.text
        assert cohorts_of("omar") == []

    def test_who_learns_the_course_elsewhere_is_told_what_joining_means(self, open_dua: Cohort, as_: As) -> None:
        assert "Anda sudah mengikuti kursus ini di Angkatan satu." in as_("lena").get(f"/gabung/{CODE}").text
        as_("lena").post(f"/gabung/{CODE}")
        assert cohorts_of("lena") == ["dua"]

    def test_staff_may_join_too(self, open_dua: Cohort, as_: As) -> None:
        assert as_("kofi").post(f"/gabung/{CODE}").status_code == 303
        assert cohorts_of("kofi") == ["dua"]

    def test_guests_sign_in_first(self, open_dua: Cohort, as_: As) -> None:
        assert "/masuk" in as_("nobody").post(f"/gabung/{CODE}").location


class TestRegistering:
    def test_it_makes_an_account_enrols_it_and_signs_it_in(self, open_dua: Cohort, as_: As) -> None:
        guest = as_("nobody")
        page = guest.get(f"/daftar?kode={CODE}").text
        assert "Angkatan dua" in page and f'action="/daftar?kode={CODE}"' in page
        response = guest.post(f"/daftar?kode={CODE}", data=NEW)
        assert (response.status_code, response.location) == (303, "/kursus/contoh/")
        page = guest.get("/kursus/contoh/").text
        assert "Akun Anda sudah jadi. Lain kali, masuklah sebagai 32.0001." in page
        person = find_person("32.0001")
        assert person is not None and person.name == "I Gusti Ngurah Rai" and person.has_own_password
        assert cohorts_of("32.0001") == ["dua"]
        again = as_("nobody").post("/masuk", data={"username": "32.0001", "password": PASSWORD})
        assert again.status_code == 303

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("name", "  ", "Nama belum diisi."),
            ("name", "x" * 101, "terlalu panjang"),
            ("name", "Ada \u202enimdA", "tidak terlihat"),
            ("name", "Nul\x01", "tidak terlihat"),
            ("username", "", "perlu diisi"),
            ("username", "ab", "3 sampai 40 huruf"),
            ("username", "..", "3 sampai 40 huruf"),
            ("username", "nama saya", "3 sampai 40 huruf"),
            ("username", "аdmin", "3 sampai 40 huruf"),  # the first letter is Cyrillic
            ("username", "x\x01yz", "3 sampai 40 huruf"),
            ("username", "x" * 41, "3 sampai 40 huruf"),
            ("username", " LENA ", "sudah dipakai. Bila itu Anda, masuklah"),
            ("password", "pendek", "terlalu pendek"),
            ("password", "x" * 129, "terlalu panjang"),
            ("password", "saya-32.0001-ya", "jangan memuat nama pengguna"),
            ("again", "tenun-kolintang-4822", "Kedua kata sandi belum sama."),
        ],
    )
    def test_what_cannot_be_is_told_and_what_was_typed_is_kept(
        self, open_dua: Cohort, as_: As, field: str, value: str, says: str
    ) -> None:
        form = NEW | {field: value} | ({"again": value} if field == "password" else {})
        response = as_("nobody").post(f"/daftar?kode={CODE}", data=form)
        assert response.status_code == 400
        assert says in response.text
        kept = "I Gusti Ngurah Rai" if field != "name" else "32.0001"
        assert f'value="{kept}"' in response.text
        assert f'value="{form["password"]}"' not in response.text
        assert db.session.query(Person).count() == len(NAMES)
        assert db.session.query(SignIn).count() == 0

    def test_all_that_is_wrong_is_told_at_once(self, open_dua: Cohort, as_: As) -> None:
        page = (
            as_("nobody")
            .post(
                f"/daftar?kode={CODE}",
                data={"name": "x" * 101, "username": "ab", "password": "kurang", "again": "kurang"},
            )
            .text
        )
        for sentence in ("terlalu panjang", "3 sampai 40 huruf", "terlalu pendek"):
            assert sentence in page

    def test_a_code_that_opens_nothing_makes_no_account(self, open_dua: Cohort, as_: As) -> None:
        open_dua.is_registration_open = False
        db.session.commit()
        assert as_("nobody").get(f"/daftar?kode={CODE}").status_code == 400
        assert as_("nobody").post(f"/daftar?kode={CODE}", data=NEW).status_code == 400
        with pytest.raises(CodeRefused):
            registering.register(Newcomer.of("32.0001", "Baru", PASSWORD), CODE, NOW)
        db.session.rollback()
        assert find_person("32.0001") is None

    def test_who_is_signed_in_already_is_led_to_the_code(self, open_dua: Cohort, as_: As) -> None:
        assert as_("nils").get("/daftar").location == "/gabung"
        assert as_("nils").get(f"/daftar?kode={CODE}").location == f"/gabung/{CODE}"
        assert as_("nils").post(f"/daftar?kode={CODE}", data=NEW).location == f"/gabung/{CODE}"
        assert find_person("32.0001") is None

    def test_without_a_code_and_an_open_course_it_leads_to_the_form_for_a_code(self, cast: Cast, as_: As) -> None:
        assert as_("nobody").get("/daftar").location == "/gabung"
        assert as_("nobody").post("/daftar", data=NEW).location == "/gabung"
        assert find_person("32.0001") is None

    def test_for_an_open_course_it_leads_home_where_the_course_is(self, open_lain: Course, as_: As) -> None:
        guest = as_("nobody")
        assert "Kursus Lain" in guest.get("/daftar").text
        assert guest.post("/daftar", data=NEW).location == "/"
        assert "Ikuti kursus ini" in guest.get("/").text
        assert cohorts_of("32.0001") == []

    def test_a_registered_form_of_another_site_is_refused(
        self, open_dua: Cohort, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        assert app.test_client().post(f"/daftar?kode={CODE}", data=NEW).status_code == 400
        assert find_person("32.0001") is None

    def test_the_sign_in_page_leads_here(self, cast: Cast, as_: As) -> None:
        page = as_("nobody").get("/masuk").text
        assert 'href="/gabung"' in page and 'href="/daftar"' in page


class TestAnOpenCourse:
    def test_it_is_offered_at_home_and_followed_by_a_button(self, open_lain: Course, as_: As) -> None:
        nils = as_("nils")
        assert 'action="/kursus/lain/ikuti"' in nils.get("/").text
        response = nils.post("/kursus/lain/ikuti")
        assert (response.status_code, response.location) == (303, "/kursus/lain/")
        assert nils.get("/kursus/lain/").status_code == 200
        assert cohorts_of("nils") == ["mandiri-lain"]
        assert get_cohort("mandiri-lain").name == "Mandiri"
        assert "Ikuti kursus ini" not in nils.get("/").text

    def test_the_second_comes_into_the_same_cohort_and_twice_is_once(self, open_lain: Course, as_: As) -> None:
        for who in ("nils", "omar", "nils"):
            assert as_(who).post("/kursus/lain/ikuti").status_code == 303
        assert cohorts_of("omar") == ["mandiri-lain", "dua"]
        assert db.session.query(Enrolment).filter_by(cohort_id=get_cohort("mandiri-lain").id).count() == 2

    def test_who_learns_it_in_a_cohort_stays_there(self, open_lain: Course, as_: As) -> None:
        assert "Ikuti kursus ini" not in as_("rani").get("/").text
        as_("rani").post("/kursus/lain/ikuti")
        assert cohorts_of("rani") == ["tiga"]

    def test_a_course_that_is_not_open_or_hidden_is_not_there(self, open_lain: Course, as_: As) -> None:
        assert as_("nils").post("/kursus/contoh/ikuti").status_code == 404
        assert as_("nils").post("/kursus/tidak-ada/ikuti").status_code == 404
        open_lain.is_hidden = True
        db.session.commit()
        assert as_("nils").post("/kursus/lain/ikuti").status_code == 404
        assert "Ikuti kursus ini" not in as_("nils").get("/").text

    def test_with_its_cohort_in_the_archive_it_is_open_no_more(self, open_lain: Course, as_: As) -> None:
        as_("omar").post("/kursus/lain/ikuti")
        as_("ada").post("/angkatan/mandiri-lain/arsipkan")
        assert as_("nils").post("/kursus/lain/ikuti").status_code == 404
        assert "Ikuti kursus ini" not in as_("nils").get("/").text
        assert as_("omar").get("/kursus/lain/").status_code == 200

    def test_who_was_taken_out_does_not_come_back_alone(self, open_lain: Course, as_: As) -> None:
        as_("nils").post("/kursus/lain/ikuti")
        as_("ada").post("/angkatan/mandiri-lain/praja/nils/keluarkan")
        assert as_("nils").post("/kursus/lain/ikuti").status_code == 409
        assert cohorts_of("nils") == []

    def test_those_who_run_it_are_not_asked_to_follow_it(self, open_lain: Course, as_: As) -> None:
        assert "Ikuti kursus ini" not in as_("ada").get("/").text
        assert "Ikuti kursus ini" in as_("kofi").get("/").text, "kofi lectures in another course"

    def test_no_cohort_made_by_hand_takes_the_place_of_mandiri(self, cast: Cast, open_lain: Course, as_: As) -> None:
        made = found_cohort(cast.ida, "contoh", "Mandiri lain", NOW)
        assert made.slug == "angkatan-mandiri-lain"
        as_("nils").post("/kursus/lain/ikuti")
        assert get_cohort("mandiri-lain").course == "lain"

    def test_a_home_without_a_course_says_what_to_do(self, cast: Cast, as_: As) -> None:
        page = as_("nils").get("/").text
        assert "Mintalah kode gabung kepada instruktur Anda." in page
        assert 'href="/gabung"' in page

    def test_a_wrong_method_is_told_so(self, open_lain: Course, as_: As) -> None:
        assert as_("nils").put("/kursus/lain/ikuti").status_code == 405
        assert as_("nils").put("/gabung/X").status_code == 405
        assert as_("nils").put("/daftar").status_code == 405


class TestAtTheSameMoment:
    """Each holds what two requests need, lets both come as far as that, and then lets go."""

    def all_at_once(self, app: Flask, held: Select[Any], requests: list[Callable[[], int]]) -> list[int]:
        answers: list[int] = []

        def send(request: Callable[[], int]) -> None:
            with app.app_context():
                answers.append(request())

        threads = [threading.Thread(target=send, args=(request,)) for request in requests]
        with writing():
            db.session.rollback()
            db.session.execute(held.with_for_update())
            for thread in threads:
                thread.start()
            threads[0].join(0.4)
            assert all(thread.is_alive() for thread in threads), "they must wait"
            db.session.rollback()
        for thread in threads:
            thread.join(20)
        return answers

    def test_a_double_click_joins_once(self, app: Flask, cast: Cast, open_dua: Cohort, as_: As) -> None:
        clients = [as_("nils"), as_("nils")]
        row = select(Person.id).where(Person.id == cast.nils.id)
        answers = self.all_at_once(
            app, row, [lambda client=client: client.post(f"/gabung/{CODE}").status_code for client in clients]
        )
        assert answers == [303, 303]
        assert db.session.query(Enrolment).filter_by(person_id=cast.nils.id).count() == 1

    def test_two_who_come_first_make_one_mandiri(self, app: Flask, open_lain: Course, as_: As) -> None:
        clients = [as_("nils"), as_("omar")]
        row = select(Course.id).where(Course.id == open_lain.id)
        answers = self.all_at_once(
            app, row, [lambda client=client: client.post("/kursus/lain/ikuti").status_code for client in clients]
        )
        assert answers == [303, 303]
        assert cohorts_of("nils") == ["mandiri-lain"]
        assert cohorts_of("omar") == ["mandiri-lain", "dua"]

    def test_who_joins_while_it_is_closed_comes_too_late(
        self, app: Flask, cast: Cast, open_dua: Cohort, as_: As
    ) -> None:
        nils, answers = as_("nils"), []

        def join() -> None:
            with app.app_context():
                answers.append(nils.post(f"/gabung/{CODE}").status_code)

        with closing_of(open_dua):
            thread = threading.Thread(target=join)
            thread.start()
            thread.join(0.4)
            assert thread.is_alive(), "it must wait"
            db.session.commit()
        thread.join(20)
        assert answers == [400]
        assert cohorts_of("nils") == []

    def test_of_two_with_one_name_the_second_is_told(self, app: Flask, cast: Cast, open_dua: Cohort) -> None:
        guest, answers = app.test_client(), []

        def register() -> None:
            with app.app_context():
                answers.append(guest.post(f"/daftar?kode={CODE}", data=NEW))

        with writing():
            db.session.rollback()
            create_person("32.0001", "Lebih Dahulu", NOW)
            thread = threading.Thread(target=register)
            thread.start()
            thread.join(0.4)
            assert thread.is_alive(), "it must wait"
            db.session.commit()
        thread.join(20)
        assert (answers[0].status_code, "sudah dipakai" in answers[0].text) == (400, True)
        assert db.session.query(Person).filter_by(username="32.0001").one().name == "Lebih Dahulu"

    def test_an_import_and_a_newcomer_of_one_name_do_not_wait_in_turn(
        self, app: Flask, cast: Cast, open_dua: Cohort
    ) -> None:
        guest, answers = app.test_client(), []

        def register() -> None:
            with app.app_context():
                answers.append(guest.post(f"/daftar?kode={CODE}", data=NEW))

        with writing():
            db.session.rollback()
            db.session.execute(select(Cohort.id).where(Cohort.id == open_dua.id).with_for_update())
            thread = threading.Thread(target=register)
            thread.start()
            thread.join(0.4)
            assert thread.is_alive(), "it must wait"
            import_roster(cast.ida, open_dua, roster.read("npp;nama\n32.0001;Dari Daftar\n"), NOW)
        thread.join(20)
        assert (answers[0].status_code, "sudah dipakai" in answers[0].text) == (400, True)
        assert cohorts_of("32.0001") == ["dua"]


@contextmanager
def closing_of(cohort: Cohort) -> Iterator[None]:
    """An instructor closes registration, and has not yet committed."""
    with writing():
        db.session.rollback()
        cohort.is_registration_open = False
        db.session.flush()
        yield


def test_somebody_new_is_checked_by_the_action_as_well(cast: Cast) -> None:
    with pytest.raises(Unfit) as refusal:
        registering.register(Newcomer.of("ab", "", "kurang"), "", NOW + timedelta(days=1))
    assert set(refusal.value.problems) == {"username", "name", "password"}


def test_a_cohort_named_like_mandiri_in_another_course_gets_nobody(cast: Cast, open_lain: Course, as_: As) -> None:
    """Only the terminal can make one; then nobody is put into the wrong course."""
    create_cohort("mandiri-lain", "contoh", "Salah", NOW)
    db.session.commit()
    assert as_("nils").post("/kursus/lain/ikuti").status_code == 409
    assert cohorts_of("nils") == []
