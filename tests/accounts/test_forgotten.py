"""A forgotten password, and the code that staff give for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts import actions, administration, reset
from accounts.models import LogEntry, Person, ResetCode
from accounts.queries import get_person
from foundation import clock
from foundation.codes import shown
from foundation.database import db
from foundation.errors import Conflict, Forbidden
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW

NEW = "bebek payung kereta"


def issue(actor: str = "ada", username: str = "lena") -> str:
    return reset.issue_code(get_person(actor), get_person(username), NOW, course="contoh", cohort="satu")


def use(app: Flask, code: str, username: str = "lena", new: str = NEW, again: str | None = None) -> TestResponse:
    data = {"username": username, "code": code, "new": new, "again": new if again is None else again}
    return app.test_client().post("/lupa-sandi", data=data)


def test_the_sign_in_page_leads_there(app: Flask) -> None:
    assert 'href="/lupa-sandi"' in app.test_client().get("/masuk").text
    assert "Mintalah kode kepada instruktur" in app.test_client().get("/lupa-sandi").text


def test_a_code_is_worth_one_own_password(app: Flask, cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
    elsewhere = as_("lena")
    actions.hand_out_password(get_person("lena"), "k7mf-x2qr-9tdw")
    db.session.commit()
    code = issue()
    assert use(app, shown(code).lower(), " LENA ").location == "/masuk"
    assert elsewhere.get("/akun").status_code == 302
    assert actions.sign_in("lena", NEW, NOW).has_own_password
    assert use(app, code).status_code == 400, "it was used"


def test_a_name_that_must_wait_is_free_after_it(app: Flask, cast: Cast) -> None:
    code = issue()
    for _turn in range(4):
        app.test_client().post("/masuk", data={"username": "lena", "password": "salah-sekali"})
    assert use(app, code).status_code == 303
    for _turn in range(4):
        app.test_client().post("/masuk", data={"username": "lena", "password": "salah-sekali"})
    assert actions.sign_in("lena", NEW, NOW)


def test_the_newest_counts(app: Flask, cast: Cast) -> None:
    first, second = issue(), issue()
    assert use(app, first).status_code == 400
    assert use(app, second).status_code == 303


def test_who_was_made_to_wait_by_somebody_elses_guesses_can_use_it_at_once(app: Flask, cast: Cast) -> None:
    for _turn in range(9):
        app.test_client().post("/masuk", data={"username": "lena", "password": "salah-sekali"})
    assert use(app, issue()).status_code == 303


def test_it_is_worth_nothing_once_its_holder_is_staff(app: Flask, cast: Cast) -> None:
    code = issue("ida")
    administration.give_role(get_person("ada"), get_person("lena"), "instruktur", "kursus:contoh", NOW)
    assert use(app, code).status_code == 400


@pytest.mark.parametrize(("minutes", "status"), [(29, 303), (30, 400)])
def test_it_lasts_half_an_hour(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    code = issue()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=minutes))
    assert use(app, code).status_code == status


def test_unknown_name_no_code_wrong_used_and_old_code_look_the_same(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, old = issue(username="omar"), issue(username="rani")
    use(app, used, "omar")
    issue(username="nils")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=29))
    wrong = issue(username="lena")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=30))
    answers = [
        use(app, "ABCD-EFGH", "tidak-ada"),
        use(app, "ABCD-EFGH", "kofi"),
        use(app, wrong[::-1] + "2", "lena"),
        use(app, used, "omar"),
        use(app, old, "rani"),
        use(app, "", "lena"),
        use(app, "-", "nils"),
    ]
    sentence = "Nama pengguna dan kode tidak cocok, atau kodenya tidak berlaku lagi."
    for answer in answers[:5] + answers[6:]:
        assert answer.status_code == 400
        assert sentence in answer.text
    assert "perlu diisi" in answers[5].text


def test_a_weak_password_is_told_only_to_who_has_the_code(app: Flask, cast: Cast) -> None:
    code = issue()
    for username in ("lena", "tidak-ada"):
        assert "mudah ditebak" not in use(app, "ABCD-EFGH", username, "LestariLestari").text
    assert "mudah ditebak" in use(app, code, new="LestariLestari").text
    assert "belum sama" in use(app, code, again="lain").text
    assert use(app, code).status_code == 303, "the code is still good"


def test_guessing_at_codes_makes_the_name_wait_as_guessing_at_passwords_does(app: Flask, cast: Cast) -> None:
    code = issue()
    for username in ("lena", "tidak-ada"):
        for _turn in range(5):
            use(app, "ABCD-EFGH", username)
        assert "Coba lagi dalam" in use(app, code, username).text
        waiting = app.test_client().post("/masuk", data={"username": username, "password": PASSWORD})
        assert "Coba lagi dalam" in waiting.text


def test_a_new_password_by_other_means_ends_the_code(app: Flask, cast: Cast) -> None:
    code = issue()
    actions.set_password(get_person("lena"), "ombak tangga sirsak")
    db.session.commit()
    assert use(app, code).status_code == 400


def test_only_its_hash_is_kept_and_it_is_logged(cast: Cast) -> None:
    code = issue("ida")
    kept = db.session.get(ResetCode, cast.lena.id)
    assert kept is not None
    assert code not in kept.code_hash
    [entry] = db.session.query(LogEntry)
    assert (entry.deed, entry.actor_id, entry.subject_id) == ("ISSUE_CODE", cast.ida.id, cast.lena.id)
    assert (entry.course, entry.cohort, entry.details) == ("contoh", "satu", {})


@pytest.mark.parametrize("username", ["kofi", "bayu", "ida", "ada"])
def test_staff_get_theirs_from_an_admin_only(cast: Cast, username: str) -> None:
    with pytest.raises(Forbidden):
        issue("ida", username)
    assert issue("ada", username)


def test_an_invented_learner_gets_none(cast: Cast) -> None:
    cast.lena.is_synthetic = True
    db.session.commit()
    with pytest.raises(Conflict):
        issue()


class TestTheAdminsDoor:
    def test_it_shows_the_code_this_once(self, app: Flask, cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
        page = as_("ada").post("/admin/orang/lena/kode")
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert "11.12" in page.text, "half an hour from 10.42"
        code = page.text.partition('<p class="secret">')[2].partition("</p>")[0]
        assert use(app, code).status_code == 303

    def test_it_is_the_admins_only(self, cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
        assert as_("nobody").post("/admin/orang/lena/kode").status_code == 302
        for username in ("ida", "bayu", "kofi", "omar"):
            assert as_(username).post("/admin/orang/lena/kode").status_code == 404
        assert as_("ada").post("/admin/orang/tidak-ada/kode").status_code == 404
        assert as_("ada").get("/admin/orang/lena/kode").status_code == 405
        assert db.session.query(ResetCode).count() == 0


def test_somebody_without_a_password_gets_a_first_one_by_code(app: Flask, cast: Cast) -> None:
    db.session.query(Person).filter_by(username="lena").update({"password_hash": None})
    db.session.commit()
    assert use(app, issue()).status_code == 303
    assert actions.sign_in("lena", NEW, NOW)
