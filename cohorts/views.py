"""A cohort: who is in it, one member, and its own settings."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import reset
from accounts.access import person
from accounts.forgotten import code_page
from accounts.roles import Permission
from cohorts import actions, queries
from cohorts.access import current_cohort, requires_in_cohort
from cohorts.forms import NameForm
from foundation import clock
from foundation.errors import DomainError
from foundation.web import page_of, say, searched

bp = Blueprint("cohorts", __name__)

ROWS = 50


@bp.get("/angkatan/<cohort>/")
@requires_in_cohort(Permission.RUN_COHORT)
def members(cohort: str) -> ResponseReturnValue:
    search = searched()
    found = current_cohort()
    page = page_of(request.args.get("hal"), ROWS, queries.count_members(found, search))
    return render_template(
        "cohorts/members.html",
        cohort=found,
        members=queries.members(found, search, page.size, page.offset),
        former=queries.former_members(found),
        search=search,
        page=page,
    )


@bp.get("/angkatan/<cohort>/praja/<username>/")
@requires_in_cohort(Permission.RUN_COHORT)
def member(cohort: str, username: str) -> ResponseReturnValue:
    found = current_cohort()
    return render_template("cohorts/member.html", cohort=found, enrolment=queries.get_enrolment_in(found, username))


@bp.get("/angkatan/<cohort>/praja/<username>/keluarkan")
@requires_in_cohort(Permission.RUN_COHORT)
def confirm_removal(cohort: str, username: str) -> ResponseReturnValue:
    found = current_cohort()
    name = queries.get_enrolment_in(found, username).person.name
    return render_template(
        "confirm.html",
        title=_("Keluarkan %(name)s dari %(cohort)s?", name=name, cohort=found.name),
        sentence=_("Akun, jawaban, dan nilainya tetap tersimpan. Anda dapat mengembalikannya kapan pun."),
        action=url_for("cohorts.remove", cohort=cohort, username=username),
        label=_("Ya, keluarkan"),
        back=url_for("cohorts.member", cohort=cohort, username=username),
    )


@bp.post("/angkatan/<cohort>/praja/<username>/keluarkan")
@requires_in_cohort(Permission.RUN_COHORT)
def remove(cohort: str, username: str) -> ResponseReturnValue:
    enrolment = queries.get_enrolment_in(current_cohort(), username)
    actions.end_enrolment(person(), enrolment, at=clock.now())
    flash(
        _(
            "%(name)s sudah dikeluarkan. Di bawah, di “Sudah dikeluarkan”, Anda dapat mengembalikannya.",
            name=enrolment.person.name,
        )
    )
    return redirect(url_for("cohorts.members", cohort=cohort), 303)


@bp.post("/angkatan/<cohort>/praja/<username>/kembalikan")
@requires_in_cohort(Permission.RUN_COHORT)
def restore(cohort: str, username: str) -> ResponseReturnValue:
    enrolment = queries.get_enrolment_in(current_cohort(), username)
    actions.resume_enrolment(person(), enrolment, at=clock.now())
    flash(_("%(name)s kembali menjadi anggota, dengan semua pekerjaannya.", name=enrolment.person.name))
    return redirect(url_for("cohorts.member", cohort=cohort, username=username), 303)


@bp.post("/angkatan/<cohort>/praja/<username>/kode")
@requires_in_cohort(Permission.RUN_COHORT)
def issue_code(cohort: str, username: str) -> ResponseReturnValue:
    found, at = current_cohort(), clock.now()
    learner = queries.get_member(found, username).person
    code = reset.issue_code(person(), learner, at, course=found.course, cohort=cohort)
    return code_page(learner, code, at, back=url_for("cohorts.member", cohort=cohort, username=username))


@bp.get("/angkatan/<cohort>/pengaturan")
@requires_in_cohort(Permission.RUN_COHORT)
def settings(cohort: str) -> ResponseReturnValue:
    found = current_cohort()
    return render_template("cohorts/settings.html", cohort=found, form=NameForm(formdata=None, name=found.name))


@bp.post("/angkatan/<cohort>/pengaturan")
@requires_in_cohort(Permission.RUN_COHORT)
def rename(cohort: str) -> ResponseReturnValue:
    found, form = current_cohort(), NameForm()
    try:
        actions.rename_cohort(person(), found, form.name.data or "", at=clock.now())
    except DomainError as refusal:
        form.name.errors = [say(refusal)]
        return render_template("cohorts/settings.html", cohort=found, form=form), refusal.status
    flash(_("Nama angkatan sudah diganti."))
    return redirect(url_for("cohorts.settings", cohort=cohort), 303)


@bp.get("/angkatan/<cohort>/arsipkan")
@requires_in_cohort(Permission.RUN_COHORT)
def confirm_archive(cohort: str) -> ResponseReturnValue:
    return render_template(
        "confirm.html",
        title=_("Arsipkan %(cohort)s?", cohort=current_cohort().name),
        sentence=_(
            "Angkatan ini turun ke daftar arsip dan pendaftarannya ditutup. "
            "Praja tetap dapat membaca dan nilainya tetap ada. Anda dapat membukanya kembali kapan pun."
        ),
        action=url_for("cohorts.archive", cohort=cohort),
        label=_("Ya, arsipkan"),
        back=url_for("cohorts.settings", cohort=cohort),
    )


@bp.post("/angkatan/<cohort>/arsipkan")
@requires_in_cohort(Permission.RUN_COHORT)
def archive(cohort: str) -> ResponseReturnValue:
    actions.archive_cohort(person(), current_cohort(), at=clock.now())
    flash(_("Angkatan ini sekarang di arsip."))
    return redirect(url_for("cohorts.settings", cohort=cohort), 303)


@bp.post("/angkatan/<cohort>/buka-arsip")
@requires_in_cohort(Permission.RUN_COHORT)
def unarchive(cohort: str) -> ResponseReturnValue:
    actions.restore_cohort(person(), current_cohort(), at=clock.now())
    flash(_("Angkatan ini kembali ke daftar yang berjalan."))
    return redirect(url_for("cohorts.settings", cohort=cohort), 303)
