"""How long a sign-in lasts, what happens when it is over, and where else one is signed in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Cookie, TestResponse

from accounts.models import SignIn
from accounts.queries import get_person, hash_token, sign_ins_of
from foundation import clock
from foundation.database import db
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW

ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"
JSON = {"Accept": "application/json"}

Later = Callable[..., None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Sets the clock to some time after NOW."""
    return lambda **time: monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(**time))


def enter(client: FlaskClient, username: str = "lena", **more: str) -> TestResponse:
    data = {"username": username, "password": PASSWORD, **more}
    return client.post("/masuk", data=data, headers={"User-Agent": ANDROID})


def is_in(client: FlaskClient) -> bool:
    return client.get("/akun").status_code == 200


def test_who_stays_away_for_four_hours_is_asked_to_sign_in_again(app: Flask, cast: Cast, later: Later) -> None:
    client = app.test_client()
    enter(client)
    later(hours=3, minutes=59)
    assert is_in(client)
    later(hours=7, minutes=59)
    sent = client.get("/kursus/contoh/?x=1")
    assert sent.location == "/masuk?lanjut=/kursus/contoh/?x%3D1"
    page = client.get(sent.location)
    assert "Anda sudah lama tidak aktif" in page.text
    back = client.post(sent.location, data={"username": "lena", "password": PASSWORD})
    assert back.location == "/kursus/contoh/?x=1"


def test_who_is_busy_stays_in_but_not_beyond_half_a_day(app: Flask, cast: Cast, later: Later) -> None:
    client = app.test_client()
    enter(client)
    for hour in range(1, 12):
        later(hours=hour)
        assert is_in(client)
    later(hours=12)
    assert not is_in(client)


def test_a_remembered_device_lasts_for_weeks(app: Flask, cast: Cast, later: Later) -> None:
    client = app.test_client()
    enter(client, is_remembered="y")
    for day in (29, 58, 87):
        later(days=day)
        assert is_in(client)
    later(days=90)
    assert not is_in(client)


def session_cookie(app: Flask, client: FlaskClient) -> Cookie:
    found = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert found is not None
    return found


def test_a_remembered_device_is_forgotten_after_a_month_away(app: Flask, cast: Cast, later: Later) -> None:
    client = app.test_client()
    enter(client, is_remembered="y")
    later(days=30)
    assert not is_in(client)


def test_only_a_remembered_cookie_outlives_the_browser(app: Flask, cast: Cast) -> None:
    for_now, remembered = app.test_client(), app.test_client()
    enter(for_now)
    enter(remembered, is_remembered="y")
    before, after = session_cookie(app, for_now).expires, session_cookie(app, remembered).expires
    assert before is None
    assert after is not None
    assert after - datetime.now(UTC) > timedelta(days=29), "the framework reckons it from the real time"


def test_an_old_cookie_does_not_prolong_a_sign_in(app: Flask, cast: Cast, later: Later) -> None:
    """A copy of a cookie says when it was made, and that does not change."""
    client = app.test_client()
    enter(client)
    with client.session_transaction() as session:
        copied = dict(session)
    later(hours=3)
    assert is_in(client)
    later(hours=5)
    assert is_in(client)
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(copied)
    assert not is_in(thief)


def test_reading_pages_writes_nothing_and_sends_a_cookie_every_few_minutes_only(
    app: Flask, cast: Cast, later: Later, queries: list[str]
) -> None:
    client = app.test_client()
    enter(client)
    client.get("/")  # the first page gives its forms a token
    queries.clear()
    later(minutes=4)
    assert "Set-Cookie" not in client.get("/").headers
    later(minutes=6)
    assert "Set-Cookie" in client.get("/").headers
    assert "Set-Cookie" not in client.get("/").headers
    assert all(sent.startswith("SELECT") for sent in queries)


def test_a_script_is_told_and_not_sent_away(app: Flask, cast: Cast, later: Later) -> None:
    client = app.test_client()
    enter(client)
    later(hours=5)
    answer = client.post("/kursus/contoh/kuis-sister-city/percobaan/1/jawaban", data={}, headers=JSON)
    assert answer.status_code == 401
    assert answer.json == {"error": "Belum tersimpan: Anda perlu masuk lagi."}


def test_a_form_sent_too_late_leads_back_to_the_page_it_stood_on(cast: Cast, app: Flask) -> None:
    client = app.test_client()
    for referrer, led_to in (
        ("http://localhost/kursus/contoh/asal-usul/?a=1", "/masuk?lanjut=/kursus/contoh/asal-usul/?a%3D1"),
        ("http://localhost/kursus/contoh/", "/masuk?lanjut=/kursus/contoh/"),
        ("https://jahat.example/kursus/", "/masuk"),
        ("", "/masuk"),
    ):
        assert client.post("/keluar", headers={"Referer": referrer}).location == led_to


def test_signing_in_again_tidies_what_is_over(app: Flask, cast: Cast, later: Later) -> None:
    enter(app.test_client())
    enter(app.test_client(), is_remembered="y")
    enter(app.test_client(), "omar")
    later(hours=13)
    enter(app.test_client())
    kept = [(one.person.username, one.is_remembered, one.started_at) for one in db.session.query(SignIn)]
    assert sorted(kept) == [
        ("lena", False, NOW + timedelta(hours=13)),
        ("lena", True, NOW),
        ("omar", False, NOW),
    ]


class TestOwnDevices:
    def test_they_are_listed_and_this_one_is_named(self, app: Flask, cast: Cast, queries: list[str]) -> None:
        client = app.test_client()
        enter(client, is_remembered="y")
        for _turn in range(5):
            enter(app.test_client())
        queries.clear()
        page = client.get("/akun").text
        assert page.count("Chrome, Android") == 6
        assert page.count("perangkat ini</span>") == 1
        assert page.count("Keluarkan</button>") == 5
        assert page.count("diingat") == 1
        assert len(queries) == 2, "the sign-in, and the list"

    def test_a_browser_that_says_nothing_has_a_name_too(self, cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
        assert "Perangkat tidak dikenal" in as_("lena").get("/akun").text

    def test_one_is_signed_out(self, app: Flask, cast: Cast) -> None:
        here, there = app.test_client(), app.test_client()
        enter(here)
        enter(there)
        with there.session_transaction() as session:
            token = session["_user_id"]
        assert here.post("/akun/perangkat", data={"perangkat": hash_token(token)}).status_code == 303
        assert is_in(here)
        assert "Perangkat ini sudah dikeluarkan" in there.get(there.get("/akun").location).text

    def test_not_that_of_somebody_else(self, cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
        mine, theirs = as_("lena"), as_("omar")
        [hers] = sign_ins_of(get_person("omar"), NOW)
        for named in (hers.token_hash, "tidakada", "tidak-ada", ""):
            assert mine.post("/akun/perangkat", data={"perangkat": named}).status_code == 404
        assert mine.post("/akun/perangkat").status_code == 400
        assert mine.get("/akun/perangkat").status_code == 405
        assert is_in(theirs)

    def test_all_are_signed_out_after_a_question(self, cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
        here, there, another = as_("lena"), as_("lena"), as_("omar")
        assert "Keluar dari semua perangkat?" in here.get("/akun/keluar-semua").text
        assert is_in(there)
        assert here.post("/akun/keluar-semua").location == "/masuk"
        assert not is_in(here)
        assert not is_in(there)
        assert is_in(another)

    def test_changing_the_password_keeps_this_device_as_it_was(self, app: Flask, cast: Cast) -> None:
        client = app.test_client()
        enter(client, is_remembered="y")
        form = {"old": PASSWORD, "new": "pinisi-berlayar-77", "again": "pinisi-berlayar-77"}
        assert "Expires=" in client.post("/akun", data=form).headers["Set-Cookie"]
        [kept] = sign_ins_of(get_person("lena"), NOW)
        assert (kept.is_remembered, kept.device) == (True, "Chrome, Android")
