"""Another site's page changes nothing here: every change needs a token of this session, and reading changes nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.cast import PASSWORD, Cast
from tests.security.forms_of_pages import Forms
from tests.security.test_extra_fields import comparable, whole
from tests.test_routes import furnish, open_the_ways_in, put_into_a_group, routes, url_of

As = Callable[[str], FlaskClient]

__all__ = ["routes"]


def test_changes_are_posts_and_none_goes_without_a_token(
    fresh_app: Callable[..., Flask], app: Flask, routes: list[tuple[Rule, str]]
) -> None:
    """tests/foundation/test_web.py sends each without one."""
    guarded = fresh_app(WTF_CSRF_ENABLED=True)
    assert {method for _rule, method in routes} == {"GET", "POST"}
    assert guarded.config["WTF_CSRF_CHECK_DEFAULT"] and guarded.config["WTF_CSRF_METHODS"] >= {"POST"}
    csrf = guarded.extensions["csrf"]
    assert not csrf._exempt_views and not csrf._exempt_blueprints


@pytest.mark.parametrize("who", ["omar", "ida", "ada"])
def test_reading_changes_nothing(app: Flask, cast: Cast, as_: As, routes: list[tuple[Rule, str]], who: str) -> None:
    open_the_ways_in(cast)
    furnish(cast)
    put_into_a_group(cast)
    client = as_(who)
    before = comparable(whole())
    for url in (url_of(app, rule, method) for rule, method in routes if method == "GET"):
        client.get(url)
    after = comparable(whole())
    assert [table for table in before if before[table] != after[table]] == []


def test_every_form_of_every_page_carries_its_token(
    fresh_app: Callable[..., Flask], cast: Cast, as_: As, app: Flask, routes: list[tuple[Rule, str]]
) -> None:
    open_the_ways_in(cast)
    furnish(cast)
    put_into_a_group(cast)
    seen = 0
    for who in ("nobody", "omar", "ida", "ada"):
        client = as_(who)
        for url in (url_of(app, rule, method) for rule, method in routes if method == "GET"):
            page = client.get(url)
            if page.mimetype == "text/html":
                for form in Forms(page.get_data(as_text=True), url).found:
                    assert "csrf_token" in form.names, f"{url}: {form.action}"
                    assert form.action.startswith("/") and not form.action.startswith("//")
                    seen += 1
    assert seen > 200


def test_a_token_of_another_session_opens_nothing(fresh_app: Callable[..., Flask], cast: Cast, app: Flask) -> None:
    guarded = fresh_app(WTF_CSRF_ENABLED=True)
    with guarded.app_context():
        mallory, lena = guarded.test_client(), guarded.test_client()

        def token(client: FlaskClient) -> str:
            form = Forms(client.get("/masuk").get_data(as_text=True), "/masuk").found[0]
            return dict(form.fields)["csrf_token"]

        stolen, own = token(mallory), token(lena)
        fields = {"username": "lena", "password": PASSWORD}
        for wrong in (stolen, own[:-1], own + "x", "", "null"):
            assert lena.post("/masuk", data={**fields, "csrf_token": wrong}).status_code == 400
        assert lena.post("/masuk", data={**fields, "csrf_token": own}).status_code == 303
