"""What every page shares: headers, CSRF, errors as pages, static addresses, language, paging."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from foundation.web import HEADERS, Page, page_of
from tests.cast import PASSWORD, Cast

As = Callable[[str], FlaskClient]


@pytest.mark.parametrize("url", ["/masuk", "/", "/kursus/contoh/", "/tidak-ada"])
def test_every_answer_has_the_headers(cast: Cast, as_: As, url: str) -> None:
    response = as_("lena").get(url)
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert response.headers["Cache-Control"] == "no-store"


def test_no_page_has_anything_inline(cast: Cast, as_: As) -> None:
    for url in (
        "/masuk",
        "/",
        "/kursus/contoh/",
        "/kursus/contoh/asal-usul/",
        "/kursus/contoh/kuis-sister-city/",
        "/akun",
    ):
        page = as_("lena").get(url).text
        for inline in ("<style", " style=", " onclick=", "javascript:"):
            assert inline not in page, url
        assert page.count("<script") == page.count('<script type="module" src="')


def test_the_session_cookie_is_closed(app: Flask, cast: Cast) -> None:
    response = app.test_client().post("/masuk", data={"username": "lena", "password": PASSWORD})
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_production_cookies_travel_by_https_only(fresh_app: Callable[..., Flask]) -> None:
    assert fresh_app(KURSUS_MODE="produksi").config["SESSION_COOKIE_SECURE"]


def test_a_change_without_its_token_is_refused_with_a_sentence(
    cast: Cast, fresh_app: Callable[..., Flask], app: Flask
) -> None:
    guarded = fresh_app(WTF_CSRF_ENABLED=True)
    with guarded.app_context():
        for rule in guarded.url_map.iter_rules():
            if "POST" in (rule.methods or ()):
                url = guarded.url_map.bind("localhost").build(
                    rule.endpoint,
                    dict.fromkeys(rule.arguments, "1"),  # a number and a name both
                    "POST",
                )
                response = guarded.test_client().post(url)
                assert response.status_code == 400, url
                assert "kedaluwarsa" in response.text


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [("/tidak-ada", 404, "tidak ada, atau bukan untuk akun Anda"), ("/rekap/contoh/", 403, "tidak berhak")],
)
def test_an_error_is_a_page_with_a_sentence(cast: Cast, as_: As, url: str, status: int, says: str) -> None:
    response = as_("lena").get(url)
    assert response.status_code == status
    assert says in response.text
    assert "<h1" in response.text


@pytest.mark.parametrize(
    ("method", "url", "fields", "status"),
    [
        ("GET", "/angkatan/%00/", {}, 404),
        ("GET", "/admin/orang/ada%00/", {}, 404),
        ("GET", "/admin/?cari=%00", {}, 400),
        ("GET", "/admin/?%00=x", {}, 400),
        ("POST", "/admin/orang/lena/nama", {"name": "Lena\0"}, 400),
    ],
)
def test_a_nul_in_an_address_or_a_field_is_refused_on_every_database(
    cast: Cast, as_: As, method: str, url: str, fields: dict[str, str], status: int
) -> None:
    assert as_("ada").open(url, method=method, data=fields).status_code == status


def test_too_much_at_once_is_refused(cast: Cast, as_: As) -> None:
    assert as_("lena").post("/akun", data={"old": "x" * 1_100_000}).status_code == 413


def test_a_bug_is_a_page_too(fresh_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    app = fresh_app(TESTING=False, PROPAGATE_EXCEPTIONS=False)

    def broken() -> str:
        raise RuntimeError("rusak")

    monkeypatch.setitem(app.view_functions, "accounts.sign_in", broken)
    with app.app_context():
        response = app.test_client().get("/masuk")
    assert response.status_code == 500
    assert "tetap aman" in response.text and "RuntimeError" not in response.text


class TestLanguage:
    def test_english_is_chosen_and_kept(self, app: Flask) -> None:
        client = app.test_client()
        assert '<html lang="id"' in client.get("/masuk").text
        assert client.post("/bahasa", data={"bahasa": "en", "lanjut": "/masuk"}).location == "/masuk"
        page = client.get("/masuk").text
        assert '<html lang="en"' in page and "Sign in" in page

    def test_a_language_we_do_not_speak_changes_nothing(self, app: Flask) -> None:
        client = app.test_client()
        client.post("/bahasa", data={"bahasa": "xx", "lanjut": "https://jahat.example"})
        assert '<html lang="id"' in client.get("/masuk").text


class TestStaticFiles:
    def test_an_address_with_the_digest_is_cached_for_ever(self, app: Flask) -> None:
        page = app.test_client().get("/masuk").text
        address = page.split('rel="stylesheet" href="')[1].split('"')[0]
        response = app.test_client().get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]

    def test_any_other_is_asked_for_again(self, app: Flask) -> None:
        assert app.test_client().get("/static/lama/app.css").headers["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("name", ["../app.py", "%2e%2e/app.py", "tidak-ada.css"])
    def test_nothing_else_is_served(self, app: Flask, name: str) -> None:
        assert app.test_client().get(f"/static/x/{name}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "number"), [(None, 1), ("2", 2), ("0", 1), ("-3", 1), ("99", 3), ("x", 1), ("²", 1), ("9" * 40, 1)]
)
def test_the_page_asked_for_or_the_nearest(asked: str | None, number: int) -> None:
    assert page_of(asked, 50, 101).number == number


def test_an_empty_list_has_one_empty_page() -> None:
    page = Page(1, 50, 0)
    assert (page.count, page.first, page.last) == (1, 0, 0)
