"""Admins run everybody's accounts: find, make, rename, give and take roles, hand out passwords, sign out."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts import actions
from accounts.models import LogEntry, Person, SignIn, StaffGrant
from accounts.queries import get_person
from accounts.roles import SITE, Role
from foundation.database import db
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW
from tests.racing import at_once

As = Callable[[str], FlaskClient]


def handed_out(page: str) -> str:
    """The one-time password that a page shows."""
    found = re.search(r"<p class=\"secret\">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</p>", page)
    assert found, page
    return found[1]


def roles_of(username: str) -> list[tuple[str, str]]:
    db.session.expire_all()
    return sorted((grant.role.value, grant.scope) for grant in get_person(username).held_grants)


def deeds() -> list[tuple[str, str, str]]:
    db.session.expire_all()
    return [(entry.actor, entry.deed, entry.subject) for entry in db.session.query(LogEntry).order_by(LogEntry.id)]


class TestTheList:
    def test_everybody_is_on_it_with_their_roles(self, cast: Cast, as_: As) -> None:
        page = as_("ada").get("/admin/").text
        assert all(person.name in page for person in cast.people.values())
        assert "dosen untuk Contoh Kursus" in page
        assert "instruktur untuk Contoh Kursus · Angkatan dua" in page
        assert "admin untuk seluruh situs" in page

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("cari=LESTARI", {"lena"}),
            ("cari=kofi", {"kofi"}),
            ("cari=%25", set()),
            ("peran=staf", {"kofi", "ida", "bayu", "ada"}),
            ("peran=instruktur", {"ida", "bayu"}),
            ("peran=admin", {"ada"}),
            ("peran=instruktur&cari=dua", {"bayu"}),
        ],
    )
    def test_it_can_be_narrowed(self, cast: Cast, as_: As, asked: str, found: set[str]) -> None:
        page = as_("ada").get(f"/admin/?{asked}").text
        assert set(re.findall(r'href="/admin/orang/([a-z]+)/"', page)) == found

    def test_nobody_found_is_said_with_a_way_back(self, cast: Cast, as_: As) -> None:
        page = as_("ada").get("/admin/?cari=tidak-ada").text
        assert "Tidak ada orang yang cocok." in page
        assert "Tampilkan semua" in page

    def test_a_hall_of_393_costs_the_same_few_queries(self, cast: Cast, as_: As, queries: list[str]) -> None:
        admin = as_("ada")
        queries.clear()
        admin.get("/admin/")
        few = len(queries)
        for number in range(393):
            person = Person(username=f"32.{number:04}", name=f"Praja {number:04}", created_at=NOW)
            db.session.add(person)
            actions.grant(person, Role.INSTRUCTOR, "angkatan:satu", NOW)
        db.session.commit()
        queries.clear()
        page = admin.get("/admin/?hal=2").text
        assert "51–100 dari 401" in page
        assert len(queries) == few <= 6

    def test_only_admins_are_led_there(self, cast: Cast, as_: As) -> None:
        for address in ("/", "/akun"):
            assert 'href="/admin/"' in as_("ada").get(address).text
            assert 'href="/admin/"' not in as_("ida").get(address).text


class TestANewAccount:
    def create(self, client: FlaskClient, **fields: str) -> tuple[int, str]:
        data = {"username": "32.0001", "name": "I Gusti Ngurah Rai", **fields}
        response = client.post("/admin/orang-baru", data=data)
        return response.status_code, response.text

    def test_it_gets_a_password_that_works_and_has_to_be_replaced(self, cast: Cast, as_: As) -> None:
        status, page = self.create(as_("ada"), username=" 32.0001 ", name="  I Gusti   Ngurah Rai ")
        assert status == 200
        newcomer = actions.sign_in("32.0001", handed_out(page), NOW)
        assert (newcomer.name, newcomer.has_own_password) == ("I Gusti Ngurah Rai", False)
        assert deeds() == [("Ada Admin (ada)", "CREATE_PERSON", "I Gusti Ngurah Rai (32.0001)")]

    def test_it_can_begin_with_a_role(self, cast: Cast, as_: As) -> None:
        assert "tanpa peran" in as_("ada").get("/admin/orang-baru").text
        assert self.create(as_("ada"), role="instruktur", scope="angkatan:dua")[0] == 200
        assert roles_of("32.0001") == [("instruktur", "angkatan:dua")]
        assert [deed for _actor, deed, _subject in deeds()] == ["CREATE_PERSON", "GRANT"]

    @pytest.mark.parametrize(
        ("fields", "status", "says"),
        [
            ({"username": "lena"}, 409, "sudah dipakai"),
            ({"username": "LENA "}, 409, "sudah dipakai"),
            ({"username": "dua kata"}, 400, "berspasi"),
            ({"username": "a/b"}, 400, "garis miring"),
            ({"username": ".."}, 400, "Nama pengguna memakai"),
            ({"username": "a\u200bb"}, 400, "Nama pengguna memakai"),
            ({"username": "x" * 101}, 400, "terlalu panjang"),
            ({"username": ""}, 400, "tidak boleh kosong"),
            ({"name": "  "}, 400, "Nama belum diisi."),
            ({"name": "x" * 101}, 400, "terlalu panjang"),
            ({"name": "Budi\u202eidub"}, 400, "tidak terlihat"),
            ({"role": "raja", "scope": SITE}, 400, "Pilih salah satu peran."),
            ({"role": "admin", "scope": "kursus:contoh"}, 400, "Admin berlaku untuk seluruh situs"),
            ({"role": "dosen", "scope": "kursus:tidak-ada"}, 400, "tidak ada"),
        ],
    )
    def test_it_is_refused_with_a_reason_and_nothing_is_made(
        self, cast: Cast, as_: As, fields: dict[str, str], status: int, says: str
    ) -> None:
        before = db.session.query(Person).count()
        answered, page = self.create(as_("ada"), **fields)
        assert answered == status
        assert says in page
        assert db.session.query(Person).count() == before
        assert deeds() == []


class TestOnePerson:
    def test_the_page_says_since_when_and_by_whom_a_role_is_held(self, cast: Cast, as_: As) -> None:
        admin = as_("ada")
        admin.post("/admin/orang/nils/peran", data={"role": "dosen", "scope": "kursus:contoh"})
        page = admin.get("/admin/orang/nils/").text
        assert "sejak 24 Nov 2026 10.42" in page
        assert "diberikan oleh Ada Admin (ada)" in page
        assert "memberi peran dosen untuk Contoh Kursus" in page

    def test_somebody_who_is_not_there_is_not_found(self, cast: Cast, as_: As) -> None:
        assert as_("ada").get("/admin/orang/tidak-ada/").status_code == 404

    def test_a_name_can_be_changed(self, cast: Cast, as_: As) -> None:
        assert as_("ada").post("/admin/orang/lena/nama", data={"name": "Lena O'Brien"}).status_code == 303
        assert "Lena O&#39;Brien" in as_("ada").get("/admin/orang/lena/").text
        assert deeds() == [("Ada Admin (ada)", "RENAME_PERSON", "Lena O'Brien (lena)")]

    def test_no_name_is_refused_beside_the_field(self, cast: Cast, as_: As) -> None:
        response = as_("ada").post("/admin/orang/lena/nama", data={"name": " "})
        assert (response.status_code, "Nama belum diisi." in response.text) == (400, True)

    def test_a_new_password_ends_the_old_one_and_every_sign_in(self, cast: Cast, as_: As) -> None:
        phone = as_("lena")
        assert "sekali pakai" in as_("ada").get("/admin/orang/lena/kata-sandi").text
        page = as_("ada").post("/admin/orang/lena/kata-sandi").text
        assert phone.get("/akun").status_code == 302
        assert not actions.sign_in("lena", handed_out(page), NOW).has_own_password
        assert deeds() == [("Ada Admin (ada)", "SET_PASSWORD", "Lena Lestari (lena)")]

    def test_a_password_handed_out_is_shown_once_and_logged_nowhere(self, cast: Cast, as_: As) -> None:
        admin = as_("ada")
        password = handed_out(admin.post("/admin/orang/lena/kata-sandi").text)
        assert password not in admin.get("/admin/orang/lena/").text
        assert password not in admin.get("/admin/catatan").text

    @pytest.mark.parametrize("ask", ["get", "post"])
    def test_an_admin_does_not_hand_out_the_own_password(self, cast: Cast, as_: As, ask: str) -> None:
        response = getattr(as_("ada"), ask)("/admin/orang/ada/kata-sandi")
        assert (response.status_code, "halaman Akun" in response.text) == (409, True)
        actions.sign_in("ada", PASSWORD, NOW)

    @pytest.mark.parametrize("ask", ["get", "post"])
    def test_an_invented_learner_gets_no_password(self, cast: Cast, as_: As, ask: str) -> None:
        cast.lena.is_synthetic = True
        db.session.commit()
        response = getattr(as_("ada"), ask)("/admin/orang/lena/kata-sandi")
        assert (response.status_code, "data sintetis" in response.text) == (409, True)

    def test_signing_out_everywhere_leaves_the_password(self, cast: Cast, as_: As) -> None:
        phone = as_("lena")
        assert "Kata sandinya tidak berubah" in as_("ada").get("/admin/orang/lena/keluarkan").text
        assert phone.get("/akun").status_code == 200, "asking is not doing"
        as_("ada").post("/admin/orang/lena/keluarkan")
        assert phone.get("/akun").status_code == 302
        assert db.session.query(SignIn).filter_by(person_id=cast.lena.id).count() == 0
        actions.sign_in("lena", PASSWORD, NOW)
        assert deeds() == [("Ada Admin (ada)", "SIGN_OUT_EVERYWHERE", "Lena Lestari (lena)")]

    def test_what_changes_something_does_not_answer_to_reading(self, cast: Cast, as_: As) -> None:
        assert as_("ada").get("/admin/orang/lena/nama").status_code == 405
        assert as_("ada").get("/admin/orang/lena/peran").status_code == 405


class TestRoles:
    def give(self, client: FlaskClient, username: str, role: str, scope: str) -> tuple[int, str]:
        response = client.post(f"/admin/orang/{username}/peran", data={"role": role, "scope": scope})
        return response.status_code, response.text

    def withdraw(self, client: FlaskClient, username: str, role: str, scope: str) -> tuple[int, str]:
        response = client.post(f"/admin/orang/{username}/peran/{role}/{scope}/cabut")
        return response.status_code, response.text

    def test_somebody_can_hold_several(self, cast: Cast, as_: As) -> None:
        for role, scope in (("dosen", "kursus:contoh"), ("instruktur", "angkatan:dua"), ("admin", SITE)):
            assert self.give(as_("ada"), "nils", role, scope)[0] == 303
        assert roles_of("nils") == [("admin", SITE), ("dosen", "kursus:contoh"), ("instruktur", "angkatan:dua")]
        assert as_("nils").get("/admin/").status_code == 200

    def test_what_is_held_already_stays_and_is_not_logged_again(self, cast: Cast, as_: As) -> None:
        for _time in range(2):
            assert self.give(as_("ada"), "nils", "dosen", "kursus:contoh")[0] == 303
        assert len(deeds()) == 1

    @pytest.mark.parametrize(
        ("role", "scope"),
        [
            ("admin", "kursus:contoh"),
            ("admin", "angkatan:dua"),
            ("dosen", SITE),
            ("instruktur", SITE),
            ("dosen", "kursus:tidak-ada"),
            ("instruktur", "angkatan:tidak-ada"),
            ("dosen", "kursus:"),
            ("dosen", "<script>"),
            ("praja", "kursus:contoh"),
            ("", ""),
        ],
    )
    def test_what_does_not_fit_or_is_not_there_is_refused(self, cast: Cast, as_: As, role: str, scope: str) -> None:
        status, page = self.give(as_("ada"), "nils", role, scope)
        assert status == 400
        assert "field-error" in page
        assert roles_of("nils") == []
        assert deeds() == []

    def test_a_role_can_be_taken_back_and_given_again(self, cast: Cast, as_: As) -> None:
        admin = as_("ada")
        asked = admin.get("/admin/orang/kofi/peran/dosen/kursus:contoh/cabut").text
        assert "Cabut peran dosen untuk Contoh Kursus dari Kofi Dosen?" in asked
        assert self.withdraw(admin, "kofi", "dosen", "kursus:contoh")[0] == 303
        assert "berikan lagi di formulir" in admin.get("/admin/orang/kofi/").text
        assert as_("kofi").get("/kursus/contoh/").status_code == 404
        self.give(admin, "kofi", "dosen", "kursus:contoh")
        assert as_("kofi").get("/kursus/contoh/").status_code == 200
        assert [deed for _actor, deed, _subject in deeds()] == ["WITHDRAW_GRANT", "GRANT"]

    @pytest.mark.parametrize("ask", ["get", "post"])
    def test_a_role_that_is_not_held_is_not_found(self, cast: Cast, as_: As, ask: str) -> None:
        address = "/admin/orang/kofi/peran/instruktur/kursus:contoh/cabut"
        assert getattr(as_("ada"), ask)(address).status_code == 404

    def test_the_role_for_a_course_that_left_can_still_be_taken_back(self, cast: Cast, as_: As) -> None:
        actions.grant(cast.nils, Role.LECTURER, "kursus:lama", NOW)
        db.session.commit()
        assert "dosen untuk kursus:lama" in as_("ada").get("/admin/orang/nils/").text
        assert self.withdraw(as_("ada"), "nils", "dosen", "kursus:lama")[0] == 303
        assert roles_of("nils") == []

    def test_the_last_admin_stays(self, cast: Cast, as_: As) -> None:
        status, page = self.withdraw(as_("ada"), "ada", "admin", SITE)
        assert (status, "admin terakhir" in page) == (409, True)
        assert roles_of("ada") == [("admin", SITE)]

    def test_an_admin_who_cannot_sign_in_does_not_count(self, cast: Cast, as_: As) -> None:
        actions.grant(cast.nils, Role.ADMIN, SITE, NOW)
        cast.nils.password_hash = None
        db.session.commit()
        assert self.withdraw(as_("ada"), "ada", "admin", SITE)[0] == 409

    def test_an_admin_besides_another_can_step_down(self, cast: Cast, as_: As) -> None:
        self.give(as_("ada"), "nils", "admin", SITE)
        stepped_down = as_("ada").post(f"/admin/orang/ada/peran/admin/{SITE}/cabut")
        assert (stepped_down.status_code, stepped_down.location) == (303, "/")
        assert as_("ada").get("/admin/").status_code == 404


class TestTwoAdminsAtOnce:
    """Two requests that start together, on either database."""

    def test_they_do_not_leave_the_site_without_one(self, app: Flask, cast: Cast, as_: As) -> None:
        actions.grant(cast.ida, Role.ADMIN, SITE, NOW)
        db.session.commit()
        ada, ida = as_("ada"), as_("ida")
        answers = at_once(
            app,
            (ada, "/admin/orang/ida/peran/admin/situs/cabut", {}),
            (ida, "/admin/orang/ada/peran/admin/situs/cabut", {}),
        )
        assert answers[0] == 303
        assert answers[1] in (404, 409), "who lost the role meanwhile finds nothing, or is told why not"
        assert db.session.query(StaffGrant).filter_by(role="admin").count() == 1

    def test_they_give_a_role_once(self, app: Flask, cast: Cast, as_: As) -> None:
        role = {"role": "dosen", "scope": "kursus:contoh"}
        one, other = as_("ada"), as_("ada")
        assert at_once(app, *((client, "/admin/orang/nils/peran", role) for client in (one, other))) == [303, 303]
        assert roles_of("nils") == [("dosen", "kursus:contoh")]
        assert len(deeds()) == 1

    def test_they_make_an_account_once(self, app: Flask, cast: Cast, as_: As) -> None:
        account = {"username": "32.0001", "name": "I Gusti Ngurah Rai"}
        one, other = as_("ada"), as_("ada")
        assert at_once(app, *((client, "/admin/orang-baru", account) for client in (one, other))) == [200, 409]
        assert len(deeds()) == 1


class TestTheTerminal:
    def test_it_is_logged_as_such(self, app: Flask, cast: Cast) -> None:
        cli = app.test_cli_runner()
        for command in (
            ["create", "budi", "Budi Utama"],
            ["grant", "budi", "dosen", "kursus:contoh"],
            ["withdraw", "budi", "dosen", "kursus:contoh"],
            ["password", "budi"],
        ):
            assert cli.invoke(args=["people", *command]).exit_code == 0
        assert [(actor, deed) for actor, deed, _subject in deeds()] == [
            ("terminal", "CREATE_PERSON"),
            ("terminal", "GRANT"),
            ("terminal", "WITHDRAW_GRANT"),
            ("terminal", "SET_PASSWORD"),
        ]

    def test_it_checks_a_new_account_as_the_page_does(self, app: Flask, cast: Cast) -> None:
        cli = app.test_cli_runner()
        for username, name in (("lena", "Lena Lain"), ("baru", "x" * 101), ("baru", " "), ("ba ru", "Baru")):
            assert cli.invoke(args=["people", "create", username, name]).exit_code == 1
        assert get_person("lena").name == "Lena Lestari"

    def test_it_refuses_what_does_not_fit_too(self, app: Flask, cast: Cast) -> None:
        for role, scope in (("admin", "kursus:contoh"), ("dosen", "situs"), ("dosen", "kursus:tidak-ada")):
            assert app.test_cli_runner().invoke(args=["people", "grant", "nils", role, scope]).exit_code == 1
        assert roles_of("nils") == []
