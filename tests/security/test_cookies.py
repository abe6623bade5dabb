"""A cookie is believed only if this instance signed it: any other is nobody's, and no fault."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast

COOKIES = ["", "x", ".", "..", "a.b.c", ".eJw.x.y", "\xff", "eyJ9.e.e", "x" * 5_000, "null.a.b", '"', "=;=", "\u202e"]


@pytest.mark.parametrize("value", COOKIES, ids=range(len(COOKIES)))
def test_any_cookie_is_nobodys(app: Flask, cast: Cast, value: str) -> None:
    for name in ("session", "bahasa", "remember_token", "csrf_token", "__Host-session"):
        header = f"{name}={value}".encode().decode("latin-1")
        reply = app.test_client(use_cookies=False).get("/", headers={"Cookie": header})
        assert reply.status_code == 302 and reply.location.startswith("/masuk"), name


def test_a_session_signed_with_another_key_is_nobodys(app: Flask, cast: Cast, as_: Callable[[str], Any]) -> None:
    lena = as_("lena")
    assert lena.get("/").status_code == 200
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    kept = serializer.loads(lena.get_cookie("session").value)
    serializer.secret_keys = [b"x" * 32]
    forged = app.test_client()
    forged.set_cookie("session", serializer.dumps(kept))
    assert forged.get("/").status_code == 302
