"""Who may call a view, declared on the view itself; a view that declares nothing never starts (see `undeclared`)."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, cast

from flask import Flask, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, current_user, login_user, logout_user

from accounts import queries, sessions
from accounts.models import Person
from accounts.roles import SITE, Permission, scopes_with
from foundation import clock
from foundation.errors import N_, DomainError, Forbidden, NotFound
from foundation.web import wants_json

PUBLIC = "public"
SIGNED_IN = "signed in"
STAFF = "staff"

ON_SITE, IN_COURSE, IN_COHORT = "on site", "in course", "in cohort"
"""Where a permission is asked: of the person alone, before a course, or before one cohort."""

SEEN = "terlihat"
"""Where a session keeps when its holder was last seen, in seconds since 1970: reading a page writes no row."""

View = Callable[..., Any]


class NotSignedIn(DomainError):
    """What a script is told where somebody who wants a page is sent to sign in."""

    status = 401


def init_app(app: Flask) -> None:
    # A remembered cookie is written anew when it notes when somebody was last seen, and lasts from then on.
    app.config.update(PERMANENT_SESSION_LIFETIME=sessions.REMEMBERED.idle, SESSION_REFRESH_EACH_REQUEST=False)
    manager = LoginManager()
    # A phone changes its address all day: a sign-in is its token, not its address and browser.
    manager.session_protection = None
    manager.user_loader(_find_signed_in)
    manager.init_app(app)


def _find_signed_in(token: str) -> Person | None:
    """Who came with this token, unless they were away too long. When they were last seen stands in their cookie."""
    sign_in, now = queries.find_sign_in(token), clock.now()
    if sign_in is None:
        return None
    seen_at = datetime.fromtimestamp(session[SEEN], UTC) if SEEN in session else sign_in.started_at
    if sessions.is_over(sign_in.is_remembered, sign_in.started_at, seen_at, now):
        g.was_away = True
        return None
    if sessions.is_stale(seen_at, now):
        _note_seen(now)
    sign_in.person.token = token
    return sign_in.person


def _note_seen(at: datetime) -> None:
    session[SEEN] = int(at.timestamp())


def begin(newcomer: Person, at: datetime, *, is_remembered: bool) -> None:
    """A session of its own for a sign-in that was just opened: nothing of the one before stays."""
    session.clear()
    login_user(newcomer)
    session.permanent = is_remembered
    _note_seen(at)


def end() -> None:
    logout_user()
    session.clear()


def person() -> Person:
    """The person who is signed in; only for views that require one."""
    return cast(Person, current_user._get_current_object())


def detour() -> ResponseReturnValue | None:
    """Where somebody has to go before anything else: to sign in, or to a password of their own. None: go on."""
    return to_sign_in() or _to_own_password()


def to_sign_in() -> ResponseReturnValue | None:
    """Send somebody who is not signed in there and then back; say why, if they were signed in before."""
    if current_user.is_authenticated:
        return None
    if wants_json():
        raise NotSignedIn(N_("Belum tersimpan: Anda perlu masuk lagi."))
    if "_user_id" in session:
        logout_user()
        flash(
            _("Anda sudah lama tidak aktif, atau sudah lama masuk di perangkat ini. Demi keamanan, silakan masuk lagi.")
            if "was_away" in g
            else _("Perangkat ini sudah dikeluarkan dari akun. Silakan masuk lagi.")
        )
    return redirect(url_for("accounts.sign_in", lanjut=_page_asked_for()))


def _to_own_password() -> ResponseReturnValue | None:
    if person().has_own_password:
        return None
    if wants_json():
        raise Forbidden(N_("Belum tersimpan: buatlah dahulu kata sandi Anda sendiri."))
    return redirect(url_for("accounts.own_password", lanjut=_page_asked_for()))


def _page_asked_for() -> str | None:
    """The page itself; for a form that was sent, the page it stood on, if that is known."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    host, slash, page = (request.referrer or "").partition("://")[2].partition("/")
    return f"{slash}{page.partition('#')[0]}" if host == request.host else None


def _guard(
    view: View,
    access: object,
    reach: str,
    is_welcome: Callable[[Person], bool],
    before: Callable[[], ResponseReturnValue | None] = detour,
) -> View:
    """A view for those who are welcome; others learn nothing of it."""

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        if elsewhere := before():
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


def arriving(view: View) -> View:
    """For those signed in, also before they have a password of their own."""
    return _guard(view, SIGNED_IN, ON_SITE, lambda person: True, before=to_sign_in)


def staff(view: View) -> View:
    """For anybody who was granted anything."""
    return _guard(view, STAFF, ON_SITE, lambda person: bool(person.held_grants))


def on_site(permission: Permission) -> Callable[[View], View]:
    """For those whose grant for the whole site permits it."""
    return lambda view: _guard(
        view, permission, ON_SITE, lambda person: SITE in scopes_with(person.held_grants, permission)
    )


def access_of(app: Flask, endpoint: str) -> Any:
    """What the view behind an endpoint declares: PUBLIC, SIGNED_IN, STAFF, a Permission, or None."""
    return getattr(app.view_functions[endpoint], "access", None)


def reach_of(app: Flask, endpoint: str) -> str:
    return str(getattr(app.view_functions[endpoint], "reach", None))


def undeclared(app: Flask) -> list[str]:
    """Endpoints that say nothing about who may call them."""
    return [endpoint for endpoint in app.view_functions if access_of(app, endpoint) is None]
