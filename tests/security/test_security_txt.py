"""Whoever finds a hole finds whom to tell: RFC 9116."""

from collections.abc import Callable

import pytest
from flask import Flask

from foundation import settings
from tests.conftest import NOW

PATH = "/.well-known/security.txt"


def test_it_says_whom_to_tell_and_until_when_that_holds(fresh_app: Callable[..., Flask], app: Flask) -> None:
    asked = fresh_app(KURSUS_SECURITY_CONTACT="mailto:keamanan@contoh.test").test_client().get(PATH)
    assert asked.mimetype == "text/plain" and asked.status_code == 200
    fields = dict(line.split(": ", 1) for line in asked.text.splitlines())
    assert fields["Contact"] == "mailto:keamanan@contoh.test"
    assert f"{NOW:%Y-%m-%dT%H:%M:%SZ}" < fields["Expires"] < f"{NOW.replace(year=NOW.year + 1):%Y-%m-%dT%H:%M:%SZ}"


def test_nobody_to_tell_is_no_page(fresh_app: Callable[..., Flask], app: Flask) -> None:
    assert fresh_app(KURSUS_SECURITY_CONTACT="").test_client().get(PATH).status_code == 404


@pytest.mark.pure
@pytest.mark.parametrize("value", ["keamanan@contoh.test", "mailto:a@b\nX: 1", "javascript:alert(1)", "mailto:a b@c"])
def test_what_is_no_way_to_be_told_stops_the_start(value: str) -> None:
    with pytest.raises(settings.SettingsError, match="KURSUS_SECURITY_CONTACT"):
        settings.read({"KURSUS_SECURITY_CONTACT": value})
