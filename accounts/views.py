"""Signing in and out, one's own account, and the language of the pages."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import access, actions
from accounts.access import arriving, person, public, signed_in
from accounts.devices import device
from accounts.forms import NewPasswordForm, PasswordForm, SignInForm
from accounts.queries import hash_token, sign_ins_of
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
    at, is_remembered = clock.now(), form.is_remembered.data
    browser = device(request.user_agent.string)
    try:
        newcomer = actions.sign_in(
            form.username.data, form.password.data, at, is_remembered=is_remembered, device=browser
        )
    except DomainError as refusal:
        form.password.errors = [say(refusal)]
        return _sign_in_page(form), refusal.status
    access.begin(newcomer, at, is_remembered=is_remembered)
    return redirect(safe_next(request.args.get("lanjut")), 303)


def _sign_in_page(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, demo=_demo_accounts())


def _demo_accounts() -> dict[str, object] | None:
    """What the sign-in page of a demo shows, to somebody at the machine itself only."""
    show = current_app.extensions.get("demo_accounts")
    return show(request.remote_addr or "") if show else None


@bp.post("/keluar")
@arriving
def sign_out() -> ResponseReturnValue:
    actions.sign_out(person())
    access.end()
    flash(_("Anda sudah keluar. Sampai jumpa."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.get("/akun")
@signed_in
def account() -> ResponseReturnValue:
    return _account_page(PasswordForm(formdata=None))


@bp.post("/akun")
@signed_in
def change_password() -> ResponseReturnValue:
    form, owner, at = PasswordForm(), person(), clock.now()
    if not form.validate():
        return _account_page(form), 400
    try:
        actions.change_password(owner, form.old.data, form.new.data, at)
    except DomainError as refusal:
        (form.old if isinstance(refusal, actions.WrongPassword) else form.new).errors = [say(refusal)]
        return _account_page(form), refusal.status
    access.begin(owner, at, is_remembered=session.permanent)
    flash(_("Kata sandi Anda sudah diganti. Perangkat lain sudah dikeluarkan."))
    return redirect(url_for("accounts.account"), 303)


def _account_page(form: PasswordForm) -> str:
    owner = person()
    assert owner.token is not None
    devices = sign_ins_of(owner, clock.now())
    return render_template("accounts/account.html", form=form, devices=devices, here=hash_token(owner.token))


@bp.post("/akun/perangkat")
@signed_in
def sign_out_device() -> ResponseReturnValue:
    actions.sign_out_device(person(), request.form["perangkat"])
    flash(_("Perangkat itu sudah dikeluarkan."))
    return redirect(url_for("accounts.account"), 303)


@bp.get("/akun/keluar-semua")
@signed_in
def confirm_sign_out_everywhere() -> ResponseReturnValue:
    return render_template(
        "confirm.html",
        title=_("Keluar dari semua perangkat?"),
        sentence=_("Perangkat ini juga. Semua yang sudah tersimpan tetap ada, dan Anda dapat masuk lagi kapan pun."),
        action=url_for("accounts.sign_out_everywhere"),
        label=_("Ya, keluar dari semua"),
        back=url_for("accounts.account"),
    )


@bp.post("/akun/keluar-semua")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    actions.sign_out_everywhere(person())
    access.end()
    flash(_("Anda sudah keluar dari semua perangkat."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.get("/akun/kata-sandi")
@arriving
def own_password() -> ResponseReturnValue:
    if person().has_own_password:
        return redirect(url_for("accounts.account"))
    return render_template("accounts/own_password.html", form=NewPasswordForm(formdata=None))


@bp.post("/akun/kata-sandi")
@arriving
def choose_password() -> ResponseReturnValue:
    form, owner, at = NewPasswordForm(), person(), clock.now()
    if not form.validate():
        return render_template("accounts/own_password.html", form=form), 400
    try:
        actions.choose_password(owner, form.new.data, at)
    except DomainError as refusal:
        form.new.errors = [say(refusal)]
        return render_template("accounts/own_password.html", form=form), refusal.status
    access.begin(owner, at, is_remembered=session.permanent)
    flash(_("Kata sandi Anda sudah tersimpan. Mulai sekarang masuklah dengannya."))
    return redirect(safe_next(request.args.get("lanjut")), 303)


@bp.post("/bahasa")
@public
def choose_language() -> ResponseReturnValue:
    response: Response = redirect(safe_next(request.form.get("lanjut")), 303)  # type: ignore[assignment]
    chosen = request.form.get("bahasa")
    if chosen in LANGUAGES:
        is_secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie("bahasa", chosen, max_age=31_536_000, samesite="Lax", httponly=True, secure=is_secure)
    return response
