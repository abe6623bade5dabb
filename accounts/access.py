"""Who may call a view, declared on the view itself; a view that declares nothing never starts (see `undeclared`)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import Flask, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from accounts import queries
from accounts.models import Person
from accounts.roles import SITE, Permission, scopes_with
from foundation.errors import NotFound

PUBLIC = "public"
SIGNED_IN = "signed in"
STAFF = "staff"

ON_SITE, IN_COURSE, IN_COHORT = "on site", "in course", "in cohort"
"""Where a permission is asked: of the person alone, before a course, or before one cohort."""

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


def detour() -> Response | None:
    """Where somebody has to go before anything else: to sign in. None for those who may go on."""
    return None if current_user.is_authenticated else to_sign_in()


def _guard(view: View, access: object, reach: str, is_welcome: Callable[[Person], bool]) -> View:
    """A view for those who are welcome; others learn nothing of it."""

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        if elsewhere := detour():
            return elsewhere
        if not is_welcome(person()):
            raise NotFound()
        return view(**arguments)

    return declare(guarded, access, reach)


def declare(view: View, access: object, reach: str) -> View:
    """Note on a view who may call it, and where a permission is asked: see the constants."""
    view.access, view.reach = access, reach  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    return declare(view, PUBLIC, ON_SITE)


def signed_in(view: View) -> View:
    return _guard(view, SIGNED_IN, ON_SITE, lambda person: True)


def staff(view: View) -> View:
    """For anybody who was granted anything."""
    return _guard(view, STAFF, ON_SITE, lambda person: bool(person.held_grants))


def on_site(permission: Permission) -> Callable[[View], View]:
    """For those whose grant for the whole site permits it."""
    return lambda view: _guard(
        view, permission, ON_SITE, lambda person: SITE in scopes_with(person.held_grants, permission)
    )


def anywhere(permission: Permission) -> Callable[[View], View]:
    """For those who may do this for some course or cohort, whichever."""
    return lambda view: _guard(
        view, permission, ON_SITE, lambda person: bool(scopes_with(person.held_grants, permission))
    )


def access_of(app: Flask, endpoint: str) -> Any:
    """What the view behind an endpoint declares: PUBLIC, SIGNED_IN, STAFF, a Permission, or None."""
    return getattr(app.view_functions[endpoint], "access", None)


def reach_of(app: Flask, endpoint: str) -> str:
    return str(getattr(app.view_functions[endpoint], "reach", None))


def undeclared(app: Flask) -> list[str]:
    """Endpoints that say nothing about who may call them."""
    return [endpoint for endpoint in app.view_functions if access_of(app, endpoint) is None]
