"""Signing in and out: a new session each time, one answer for wrong names and wrong passwords, a pause that ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.models import SignIn
from foundation import clock
from foundation.database import db
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW


def attempt(client: FlaskClient, username: str = "lena", password: str = PASSWORD, next: str = "") -> int:
    return client.post(f"/masuk?lanjut={next}", data={"username": username, "password": password}).status_code


def test_it_works(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    response = client.post("/masuk", data={"username": " LENA ", "password": PASSWORD})
    assert (response.status_code, response.location) == (303, "/")
    assert "Contoh Kursus" in client.get("/").text


@pytest.mark.parametrize(
    ("username", "password"), [("lena", "salah-sekali"), ("tidak-ada", PASSWORD), ("lena", "x" * 128)]
)
def test_wrong_name_and_wrong_password_get_the_same_answer(
    app: Flask, cast: Cast, username: str, password: str
) -> None:
    response = app.test_client().post("/masuk", data={"username": username, "password": password})
    assert response.status_code == 400
    assert "Nama pengguna atau kata sandi tidak cocok" in response.text


def test_somebody_without_a_password_cannot_sign_in(app: Flask, cast: Cast) -> None:
    cast.lena.password_hash = None
    db.session.commit()
    assert attempt(app.test_client()) == 400


def test_each_sign_in_has_a_token_of_its_own_and_signing_out_ends_it(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    client.get("/masuk")
    attempt(client)
    with client.session_transaction() as session:
        first = dict(session)
    client.post("/keluar")
    attempt(client)
    with client.session_transaction() as session:
        assert session["_user_id"] != first["_user_id"]
        session.clear()
        session.update(first)
    assert client.get("/akun").status_code == 302, "a cookie kept from before must not work after signing out"


def test_five_wrong_passwords_make_the_account_wait_but_no_other(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    for _ in range(5):
        attempt(client, password="salah-sekali")
    refused = client.post("/masuk", data={"username": "lena", "password": PASSWORD})
    assert "Coba lagi dalam" in refused.text
    assert attempt(app.test_client(), "omar") == 303, "the hall shares one address"
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=31))
    assert attempt(client) == 303


def test_a_name_nobody_has_waits_just_the_same(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    for _ in range(5):
        attempt(client, "tidak-ada")
    assert "Coba lagi dalam" in client.post("/masuk", data={"username": "tidak-ada", "password": "x"}).text


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/kursus/contoh/", "/kursus/contoh/"),
        ("https://jahat.example/", "/"),
        ("//jahat.example/", "/"),
        ("/\\jahat.example/", "/"),
        ("/%0d%0aX: y", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_signing_in_never_leads_off_the_site(app: Flask, cast: Cast, asked: str, led_to: str) -> None:
    response = app.test_client().post(f"/masuk?lanjut={asked}", data={"username": "lena", "password": PASSWORD})
    assert response.location == led_to


def test_an_empty_form_says_what_is_missing(app: Flask, cast: Cast) -> None:
    response = app.test_client().post("/masuk", data={})
    assert response.status_code == 400
    assert "Bagian ini perlu diisi." in response.text


class TestChangingThePassword:
    def change(self, client: FlaskClient, old: str, new: str, again: str | None = None) -> tuple[int, str]:
        response = client.post("/akun", data={"old": old, "new": new, "again": again or new})
        return response.status_code, response.text

    def test_it_works_and_signs_other_devices_out(
        self, app: Flask, cast: Cast, as_: Callable[[str], FlaskClient]
    ) -> None:
        here, elsewhere = as_("lena"), as_("lena")
        assert self.change(here, PASSWORD, "pinisi-berlayar-77")[0] == 303
        assert here.get("/akun").status_code == 200
        assert elsewhere.get("/akun").status_code == 302
        assert attempt(app.test_client(), "lena", "pinisi-berlayar-77") == 303
        assert db.session.query(SignIn).count() == 2

    @pytest.mark.parametrize(
        ("old", "new", "again", "says"),
        [
            ("bukan-ini-dia", "pinisi-berlayar-77", None, "Kata sandi lama tidak cocok"),
            (PASSWORD, "pendek", None, "terlalu pendek"),
            (PASSWORD, "x" * 129, None, "terlalu panjang"),
            (PASSWORD, "lena-lestari-1", None, "jangan memuat nama pengguna"),
            (PASSWORD, "pinisi-berlayar-77", "pinisi-berlayar-78", "belum sama"),
        ],
    )
    def test_it_is_refused_with_a_reason(
        self, cast: Cast, as_: Callable[[str], FlaskClient], old: str, new: str, again: str | None, says: str
    ) -> None:
        status, page = self.change(as_("lena"), old, new, again)
        assert status == 400
        assert says in page
