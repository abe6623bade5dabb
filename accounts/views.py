"""Signing in and out, one's own account, and the language of the pages."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from accounts import actions
from accounts.access import person, public, signed_in
from accounts.forms import PasswordForm, SignInForm
from foundation import clock
from foundation.errors import DomainError
from foundation.web import LANGUAGES, safe_next, say

bp = Blueprint("accounts", __name__)


@bp.get("/masuk")
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("lanjut")))
    return _sign_in_page(SignInForm(formdata=None))


@bp.post("/masuk")
@public
def enter() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form), 400
    try:
        newcomer = actions.sign_in(form.username.data, form.password.data, at=clock.now())
    except DomainError as refusal:
        form.password.errors = [say(refusal)]
        return _sign_in_page(form), refusal.status
    session.clear()
    login_user(newcomer)
    return redirect(safe_next(request.args.get("lanjut")), 303)


def _sign_in_page(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, demo=_demo_accounts())


def _demo_accounts() -> dict[str, object] | None:
    """What the sign-in page of a demo shows, to somebody at the machine itself only."""
    show = current_app.extensions.get("demo_accounts")
    return show(request.remote_addr or "") if show else None


@bp.post("/keluar")
@signed_in
def sign_out() -> ResponseReturnValue:
    actions.sign_out(person())
    logout_user()
    session.clear()
    flash(_("Anda sudah keluar. Sampai jumpa."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.get("/akun")
@signed_in
def account() -> ResponseReturnValue:
    return render_template("accounts/account.html", form=PasswordForm(formdata=None))


@bp.post("/akun")
@signed_in
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate():
        return render_template("accounts/account.html", form=form), 400
    owner = person()
    try:
        actions.change_password(owner, form.old.data, form.new.data, at=clock.now())
    except DomainError as refusal:
        (form.old if isinstance(refusal, actions.WrongPassword) else form.new).errors = [say(refusal)]
        return render_template("accounts/account.html", form=form), refusal.status
    session.clear()
    login_user(owner)
    flash(_("Kata sandi Anda sudah diganti. Perangkat lain sudah dikeluarkan."))
    return redirect(url_for("accounts.account"), 303)


@bp.post("/bahasa")
@public
def choose_language() -> ResponseReturnValue:
    response: Response = redirect(safe_next(request.form.get("lanjut")), 303)  # type: ignore[assignment]
    chosen = request.form.get("bahasa")
    if chosen in LANGUAGES:
        response.set_cookie("bahasa", chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    return response
