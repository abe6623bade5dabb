"""What every reply carries, whichever route gave it and however it ended: walked over all routes, new ones too."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from courses.views import PICTURE_POLICY
from foundation.web import HEADERS, HTTPS_ONLY
from tests.cast import PASSWORD, Cast
from tests.test_routes import furnish, open_the_ways_in, put_into_a_group, routes, url_of

As = Callable[[str], FlaskClient]

__all__ = ["routes"]

CSP = "Content-Security-Policy"
OWN_POLICY = {"courses.media": PICTURE_POLICY}
"""A picture may bring its own style, and nothing else."""


@pytest.fixture
def everything(app: Flask, cast: Cast, routes: list[tuple[Rule, str]]) -> Iterator[list[tuple[str, str, str]]]:
    """Every route's method, address and endpoint, with something at each address."""
    open_the_ways_in(cast)
    furnish(cast)
    put_into_a_group(cast)
    yield [(method, url_of(app, rule, method), rule.endpoint) for rule, method in routes]


@pytest.mark.parametrize("who", ["nobody", "omar", "ida", "ada"])
def test_every_reply_has_every_header(as_: As, everything: list[tuple[str, str, str]], who: str) -> None:
    seen = set()
    for method, url, endpoint in everything:
        reply = as_(who).open(url, method=method)
        seen.add(reply.status_code)
        wanted = HEADERS | ({CSP: OWN_POLICY[endpoint]} if endpoint in OWN_POLICY and reply.status_code == 200 else {})
        assert {name: reply.headers.get(name) for name in wanted} == wanted, f"{method} {url}"
        is_public = endpoint == "static_file" or (endpoint in OWN_POLICY and reply.status_code == 200)
        assert is_public or reply.headers["Cache-Control"] == "no-store", f"{method} {url}"
    assert 200 in seen and seen & {302, 303, 404}


@pytest.mark.parametrize("policy", [HEADERS[CSP], PICTURE_POLICY])
def test_no_policy_lets_a_script_of_the_page_run(policy: str) -> None:
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules.get("script-src", "'none'") in ("'none'", "'self'")
    assert "*" not in policy and "unsafe-eval" not in policy and "data:" not in policy


def test_a_page_can_be_framed_by_nobody_and_sends_forms_nowhere_else() -> None:
    for rule in ("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"):
        assert rule in HEADERS[CSP]


@pytest.fixture(scope="module")
def by_https(fresh_app: Callable[..., Flask]) -> Flask:
    return fresh_app(KURSUS_MODE="produksi", TESTING=False, PROPAGATE_EXCEPTIONS=False)


def test_where_https_is_used_it_is_asked_for_from_then_on(by_https: Flask, app: Flask) -> None:
    for url in ("/masuk", "/tidak-ada", "/static/x/app.css"):
        reply = by_https.test_client().get(url, base_url="https://localhost")
        assert {name: reply.headers.get(name) for name in HTTPS_ONLY} == HTTPS_ONLY, url
    assert not set(HTTPS_ONLY) & set(app.test_client().get("/masuk").headers.keys())


def test_where_https_is_used_every_cookie_is_closed(by_https: Flask, cast: Cast) -> None:
    """The session also by its name: a browser takes `__Host-` only with Secure, for this very name and all of it."""
    client = by_https.test_client()
    client.post("/masuk", data={"username": "lena", "password": PASSWORD}, base_url="https://localhost")
    session = client.get_cookie("__Host-session")
    assert session and session.secure and session.http_only and session.same_site == "Lax"
    assert session.path == "/" and session.origin_only
    client.post("/bahasa", data={"bahasa": "en"}, base_url="https://localhost")
    language = client.get_cookie("bahasa")
    assert language and language.secure and language.http_only and language.same_site == "Lax"


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [("GET", "/tidak-ada", 404), ("GET", "/keluar", 405), ("POST", "/masuk", 400), ("GET", "/masuk?x=%00", 400)],
)
def test_an_error_has_them_too(app: Flask, cast: Cast, method: str, url: str, status: int) -> None:
    reply = app.test_client().open(url, method=method)
    assert reply.status_code == status
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS


def test_a_fault_of_ours_has_them_too(app: Flask, by_https: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("rusak")

    monkeypatch.setitem(by_https.view_functions, "accounts.sign_in", broken)
    reply = by_https.test_client().get("/masuk", base_url="https://localhost")
    assert reply.status_code == 500 and "rusak" not in reply.text
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS


def test_no_value_that_is_sent_becomes_a_header_of_ours(as_: As, everything: list[tuple[str, str, str]]) -> None:
    """Neither as a header of its own nor within one, in whichever field or part of the address it came."""
    sly = "x\r\nX-Sly: 1"
    fields = dict.fromkeys(["lanjut", "name", "title", "cari", "kode", "angkatan", "urut", "bahasa", "username"], sly)
    for method, url, _endpoint in everything:
        for data in ({"query_string": fields}, {"data": fields}):
            reply = as_("ada").open(url, method=method, **data)  # type: ignore[arg-type]
            assert "X-Sly" not in reply.headers, url
            assert not [value for _name, value in reply.headers if "\r" in value or "\n" in value], url
