"""What is held of a person: to take away, by themselves or an admin, and to be erased, by an admin."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import erasing, exporting
from accounts.access import on_site, person, signed_in
from accounts.forms import EraseForm
from accounts.models import Person
from accounts.personal import holdings
from accounts.queries import get_person
from accounts.roles import Permission
from foundation import clock
from foundation.downloads import zip_file
from foundation.web import say

bp = Blueprint("personal_data", __name__)


@bp.get("/akun/data")
@signed_in
def own() -> ResponseReturnValue:
    return render_template("accounts/own_data.html", holdings=holdings())


@bp.post("/akun/data")
@signed_in
def download_own() -> ResponseReturnValue:
    return _download(person(), exporting.archive(person(), clock.now()))


@bp.post("/admin/orang/<username>/unduh")
@on_site(Permission.RUN_SITE)
def download(username: str) -> ResponseReturnValue:
    whose = get_person(username)
    return _download(whose, exporting.export(person(), whose, clock.now()))


def _download(whose: Person, packed: bytes) -> Response:
    return zip_file(f"data-{whose.username}", packed)


@bp.get("/admin/orang/<username>/hapus")
@on_site(Permission.RUN_SITE)
def confirm_erasure(username: str) -> ResponseReturnValue:
    chosen = get_person(username)
    erasing.check_may_be_erased(person(), chosen)
    return _erase_page(chosen, EraseForm(formdata=None))


@bp.post("/admin/orang/<username>/hapus")
@on_site(Permission.RUN_SITE)
def erase(username: str) -> ResponseReturnValue:
    chosen, form = get_person(username), EraseForm()
    try:
        nobody = erasing.erase(person(), chosen, form.username.data or "", clock.now())
    except erasing.MistypedName as refusal:
        form.username.errors = [say(refusal)]
        return _erase_page(chosen, form), refusal.status
    flash(_("Data pribadinya sudah dihapus. Pekerjaannya kini atas nama %(pseudonym)s.", pseudonym=nobody.username))
    return redirect(url_for("people.profile", username=nobody.username), 303)


def _erase_page(chosen: Person, form: EraseForm) -> str:
    return render_template("accounts/erase.html", person=chosen, form=form)
