"""Whatever is sent, nothing of ours breaks: every route, asked with odd values by somebody whom it would let in."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from accounts.access import access_of
from tests.cast import Cast
from tests.quizzes.playing import start
from tests.test_routes import WHO_MAY, furnish, open_the_ways_in, put_into_a_group, routes, url_of

As = Callable[[str], FlaskClient]

__all__ = ["routes"]

NAMES = """
again angkatan appears awal-asal-usul bahasa berkas buka-asal-usul cari catatan code count dari facilitator group
hal hari is_remembered isi ke kelompok klien kode lanjut largest lewati minutes mulai nama_pengguna name new old
password percobaan perangkat peran praja pratinjau role saring scope seed segel smallest source tempelan tindakan
title tombol tutup-asal-usul untuk urut username way
"""
FIELDS = NAMES.split()
ODD = [
    "",
    "\x01",
    "x" * 5_000,
    "9" * 5_000,
    "-1",
    "99999999999999999999",
    "²",
    "//[",
    "%s %(n)s {0}",
    "a\r\nSet-Cookie: b=1",
    "\u202e\u200b😀",
    "0001-01-01T00:00",
    "merata:x",
    "angkatan:dua",
]
JSON = ["[1, 2]", "5", "null", "[", json.dumps(dict.fromkeys(FIELDS, 5)), json.dumps(dict.fromkeys(FIELDS, "\ud800\0"))]
PREFERRED = ("omar", "ida", "ada", "nobody")
"""Of those who may, the first of these asks: the less, the stranger what they see."""


@pytest.fixture
def everywhere(app: Flask, cast: Cast, as_: As, routes: list[tuple[Rule, str]]) -> Iterator[Callable[..., list[str]]]:
    """Asks every route of a method and says what broke. A view that fails answers 500, as for anybody outside tests."""
    open_the_ways_in(cast)
    furnish(cast)
    start(as_("omar"))
    put_into_a_group(cast)
    app.testing = False

    def ask(method: str, **request: Any) -> list[str]:
        broken = []
        for rule, of_route in routes:
            if of_route == method:
                who = next(who for who in PREFERRED if who in WHO_MAY[access_of(app, rule.endpoint)])
                url = url_of(app, rule, method)
                more = {name: _fresh(value) for name, value in request.items()}
                if (status := as_(who).open(url, method=method, **more).status_code) >= 500:
                    broken.append(f"{status} {method} {url} as {who}")
        return broken

    yield ask
    app.testing = True


def _fresh(value: Any) -> Any:
    """A request closes the files it sends, so each gets its own."""
    return value() if callable(value) else value


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_no_address_breaks(everywhere: Callable[..., list[str]], odd: str) -> None:
    assert everywhere("GET", query_string=dict.fromkeys(FIELDS, odd)) == []


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_no_text_breaks_a_form(everywhere: Callable[..., list[str]], odd: str) -> None:
    assert everywhere("POST", data=dict.fromkeys(FIELDS, odd)) == []


def test_no_file_breaks_a_form_that_asks_for_text(everywhere: Callable[..., list[str]]) -> None:
    assert everywhere("POST", data=lambda: {name: (io.BytesIO(b"\xff\0"), "a.csv") for name in FIELDS}) == []


@pytest.mark.parametrize("body", JSON, ids=range(len(JSON)))
def test_no_json_breaks_a_form(everywhere: Callable[..., list[str]], body: str) -> None:
    assert everywhere("POST", data=body, content_type="application/json") == []


@pytest.mark.parametrize("type", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "x"])
def test_no_other_body_breaks_a_form(everywhere: Callable[..., list[str]], type: str) -> None:
    assert everywhere("POST", data=b"\xff\0garbage", content_type=type) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Referer": "http://["},
        {"Accept": "application/json;q=x, [,;"},
        {"Accept-Language": "x" * 500},
        {"Cookie": "session=x; bahasa=\xff"},
        {"Host": "a" * 300},
    ],
    ids=str,
)
def test_no_header_breaks_a_page(app: Flask, cast: Cast, headers: dict[str, str]) -> None:
    app.testing = False
    try:
        for method, url in (("GET", "/masuk"), ("POST", "/masuk"), ("POST", "/akun"), ("GET", "/gabung/x")):
            assert app.test_client().open(url, method=method, headers=headers).status_code < 500
    finally:
        app.testing = True
