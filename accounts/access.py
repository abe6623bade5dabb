"""Who may call a view, declared on the view itself; a view that declares nothing never starts (see `undeclared`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import Flask, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from accounts import queries
from accounts.models import Person
from foundation.errors import NotFound

PUBLIC = "public"
SIGNED_IN = "signed in"
STAFF = "staff"

View = Callable[..., Any]


def init_app(app: Flask) -> None:
    manager = LoginManager()
    # A phone changes its address all day: a sign-in is its token, not its address and browser.
    manager.session_protection = None
    manager.user_loader(queries.find_signed_in)
    manager.init_app(app)


def person() -> Person:
    """The person who is signed in; only for views that require one."""
    return cast(Person, current_user._get_current_object())


def to_sign_in() -> Response:
    """Send somebody to sign in and, after a page was asked for, back to it."""
    asked = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", lanjut=asked))


def public(view: View) -> View:
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        return view(**arguments) if current_user.is_authenticated else to_sign_in()

    guarded.access = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def staff(view: View) -> View:
    """For anybody who was granted anything; others learn nothing of the page."""

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        if not current_user.is_authenticated:
            return to_sign_in()
        if not person().held_grants:
            raise NotFound()
        return view(**arguments)

    guarded.access = STAFF  # type: ignore[attr-defined]
    return guarded


def access_of(app: Flask, endpoint: str) -> Any:
    """What the view behind an endpoint declares: PUBLIC, SIGNED_IN, STAFF, a Permission, or None."""
    return getattr(app.view_functions[endpoint], "access", None)


def undeclared(app: Flask) -> list[str]:
    """Endpoints that say nothing about who may call them."""
    return [endpoint for endpoint in app.view_functions if access_of(app, endpoint) is None]
