"""Everybody's accounts and roles, for admins."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import administration, log_lines, log_queries, people_queries, scopes
from accounts.access import on_site, person
from accounts.forms import NewPersonForm, PersonNameForm, RoleForm
from accounts.models import Person
from accounts.people_queries import HeldGrant
from accounts.queries import get_person
from accounts.roles import Permission, Role
from foundation import clock, codes
from foundation.errors import DomainError, NotFound
from foundation.web import HOME, page_of, say, searched

bp = Blueprint("people", __name__, url_prefix="/admin")

ROWS = 50
LATEST = 10
"""Entries of the log on a person's page."""


@bp.get("/")
@on_site(Permission.RUN_SITE)
def everybody() -> ResponseReturnValue:
    search, held = searched(), request.args.get("peran", "")
    page = page_of(request.args.get("hal"), ROWS, people_queries.count_people(search, held))
    return render_template(
        "accounts/people.html",
        people=people_queries.people(search, held, page.size, page.offset),
        filters={"": _("semua"), people_queries.STAFF: _("staf"), **_role_names()},
        search=search,
        held=held,
        page=page,
        role_names=_role_names(),
        labels=scopes.labels(),
    )


def _role_names() -> dict[str, str]:
    return {role.value: log_lines.role_name(role) for role in Role}


@bp.get("/orang-baru")
@on_site(Permission.RUN_SITE)
def blank() -> ResponseReturnValue:
    return _new_person_page(NewPersonForm(formdata=None))


@bp.post("/orang-baru")
@on_site(Permission.RUN_SITE)
def create() -> ResponseReturnValue:
    form, password = NewPersonForm(), codes.new_password()
    try:
        newcomer = administration.open_account(
            person(),
            form.username.data or "",
            form.name.data or "",
            password,
            clock.now(),
            role=form.role.data or "",
            scope=form.scope.data or "",
        )
    except DomainError as refusal:
        return _new_person_page(form, say(refusal)), refusal.status
    return _password_page(newcomer, password)


def _new_person_page(form: NewPersonForm, refusal: str = "") -> str:
    form.offer({"": _("tanpa peran"), **_role_names()}, scopes.labels())
    return render_template("accounts/new_person.html", form=form, refusal=refusal)


def _password_page(whose: Person, password: str) -> str:
    """The one time that a password handed out is shown: in the answer itself, kept nowhere."""
    return render_template("accounts/password.html", person=whose, password=password)


@bp.get("/orang/<username>/")
@on_site(Permission.RUN_SITE)
def profile(username: str) -> ResponseReturnValue:
    shown = get_person(username)
    return _profile_page(shown, PersonNameForm(formdata=None, name=shown.name), RoleForm(formdata=None))


def _profile_page(shown: Person, name_form: PersonNameForm, role_form: RoleForm) -> str:
    labels = scopes.labels()
    return render_template(
        "accounts/person.html",
        person=shown,
        is_self=shown.id == person().id,
        devices=people_queries.count_devices(shown, clock.now()),
        grants=people_queries.grants_of(shown),
        role_names=_role_names(),
        labels=labels,
        name_form=name_form,
        role_form=role_form.offer(_role_names(), labels),
        lines=log_lines.lines(log_queries.entries(log_queries.about(shown), LATEST), labels),
    )


@bp.post("/orang/<username>/nama")
@on_site(Permission.RUN_SITE)
def rename(username: str) -> ResponseReturnValue:
    renamed, form = get_person(username), PersonNameForm()
    try:
        administration.rename(person(), renamed, form.name.data or "", clock.now())
    except DomainError as refusal:
        form.name.errors = [say(refusal)]
        return _profile_page(renamed, form, RoleForm(formdata=None)), refusal.status
    flash(_("Namanya sudah diganti."))
    return redirect(url_for("people.profile", username=username), 303)


@bp.post("/orang/<username>/peran")
@on_site(Permission.RUN_SITE)
def grant(username: str) -> ResponseReturnValue:
    chosen, form = get_person(username), RoleForm()
    try:
        administration.give_role(person(), chosen, form.role.data or "", form.scope.data or "", clock.now())
    except DomainError as refusal:
        form.scope.errors = [say(refusal)]
        return _profile_page(chosen, PersonNameForm(formdata=None, name=chosen.name), form), refusal.status
    flash(_("Peran sudah diberikan."))
    return redirect(url_for("people.profile", username=username), 303)


def _held_or_404(holder: Person, role: str, scope: str) -> HeldGrant:
    for held in people_queries.grants_of(holder):
        if (held.role, held.scope) == (role, scope):
            return held
    raise NotFound()


@bp.get("/orang/<username>/peran/<role>/<scope>/cabut")
@on_site(Permission.RUN_SITE)
def confirm_withdrawal(username: str, role: str, scope: str) -> ResponseReturnValue:
    holder = get_person(username)
    held = _held_or_404(holder, role, scope)
    return render_template(
        "confirm.html",
        title=_(
            "Cabut peran %(role)s untuk %(scope)s dari %(name)s?",
            role=log_lines.role_name(held.role),
            scope=scopes.label(scope, scopes.labels()),
            name=holder.name,
        ),
        sentence=_("Perannya berhenti saat itu juga. Akunnya tetap ada, dan Anda dapat memberi peran itu lagi."),
        action=url_for("people.withdraw", username=username, role=role, scope=scope),
        label=_("Ya, cabut peran"),
        back=url_for("people.profile", username=username),
    )


@bp.post("/orang/<username>/peran/<role>/<scope>/cabut")
@on_site(Permission.RUN_SITE)
def withdraw(username: str, role: str, scope: str) -> ResponseReturnValue:
    holder = get_person(username)
    held = _held_or_404(holder, role, scope)
    administration.take_role(person(), holder, held.role, scope, clock.now())
    flash(
        _(
            "Peran %(role)s untuk %(scope)s sudah dicabut. Bila keliru, berikan lagi di formulir “Beri peran”.",
            role=log_lines.role_name(held.role),
            scope=scopes.label(scope, scopes.labels()),
        )
    )
    goes_on = person().runs_site  # not whoever took the own role back
    return redirect(url_for("people.profile", username=username) if goes_on else HOME, 303)


@bp.get("/orang/<username>/keluarkan")
@on_site(Permission.RUN_SITE)
def confirm_sign_out(username: str) -> ResponseReturnValue:
    return render_template(
        "confirm.html",
        title=_("Keluarkan %(name)s dari semua perangkat?", name=get_person(username).name),
        sentence=_(
            "Kata sandinya tidak berubah: dengan kata sandi itu ia dapat masuk lagi. Jawaban tersimpan tetap aman."
        ),
        action=url_for("people.sign_out", username=username),
        label=_("Ya, keluarkan"),
        back=url_for("people.profile", username=username),
    )


@bp.post("/orang/<username>/keluarkan")
@on_site(Permission.RUN_SITE)
def sign_out(username: str) -> ResponseReturnValue:
    owner = get_person(username)
    administration.sign_out_everywhere(person(), owner, clock.now())
    flash(_("%(name)s sudah dikeluarkan dari semua perangkat.", name=owner.name))
    return redirect(url_for("people.profile", username=username), 303)


@bp.get("/orang/<username>/kata-sandi")
@on_site(Permission.RUN_SITE)
def confirm_password(username: str) -> ResponseReturnValue:
    owner = get_person(username)
    administration.check_may_get_password(person(), owner)
    return render_template(
        "confirm.html",
        title=_("Beri %(name)s kata sandi sekali pakai?", name=owner.name),
        sentence=_(
            "Kata sandinya yang sekarang berhenti berlaku dan semua perangkatnya dikeluarkan. "
            "Kata sandi baru tampil satu kali; saat masuk, ia diminta membuat kata sandi sendiri."
        ),
        action=url_for("people.give_password", username=username),
        label=_("Ya, beri kata sandi"),
        back=url_for("people.profile", username=username),
    )


@bp.post("/orang/<username>/kata-sandi")
@on_site(Permission.RUN_SITE)
def give_password(username: str) -> ResponseReturnValue:
    owner, password = get_person(username), codes.new_password()
    administration.give_new_password(person(), owner, password, clock.now())
    return _password_page(owner, password)
