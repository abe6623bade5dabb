"""The way back for who forgot their password, and the code that an admin gives for it."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import reset
from accounts.access import end, on_site, person, public
from accounts.forms import CodeForm
from accounts.models import Person
from accounts.queries import get_person
from accounts.roles import Permission
from foundation import clock, codes
from foundation.errors import DomainError
from foundation.web import say

bp = Blueprint("forgotten", __name__)


@bp.get("/lupa-sandi")
@public
def page() -> ResponseReturnValue:
    return render_template("accounts/forgotten.html", form=CodeForm(formdata=None))


@bp.post("/lupa-sandi")
@public
def use_code() -> ResponseReturnValue:
    form = CodeForm()
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 400
    try:
        reset.use_code(form.username.data, form.code.data, form.new.data, at=clock.now())
    except reset.WrongCode as refusal:
        form.code.errors = [say(refusal)]
        return render_template("accounts/forgotten.html", form=form), refusal.status
    except DomainError as refusal:
        form.new.errors = [say(refusal)]
        return render_template("accounts/forgotten.html", form=form), refusal.status
    end()
    flash(_("Kata sandi Anda sudah diganti. Masuklah dengan kata sandi yang baru."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.post("/admin/orang/<username>/kode")
@on_site(Permission.RUN_SITE)
def issue_code(username: str) -> ResponseReturnValue:
    holder, at = get_person(username), clock.now()
    code = reset.issue_code(person(), holder, at)
    return code_page(holder, code, at, back=url_for("people.profile", username=holder.username))


def code_page(holder: Person, code: str, at: datetime, back: str) -> str:
    """Shows a code this once: it stands in no address, no cookie and no row. `back` is the page of the person."""
    return render_template(
        "accounts/code.html",
        holder=holder,
        code=codes.shown(code),
        expires_at=at + reset.VALID_FOR,
        minutes=reset.MINUTES,
        back=back,
    )
