"""Announcements: what a learner is told, and for staff all of them, written, edited, withdrawn and shown again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from accounts.access import person
from accounts.roles import Permission
from cohorts import announcement_queries as queries
from cohorts import announcing, group_queries
from cohorts.access import current_cohort, current_standing, requires_in_cohort
from cohorts.forms import AnnouncementForm
from cohorts.models import Announcement, Cohort, Enrolment
from cohorts.wording import LONGEST_TEXT, LONGEST_TITLE, Wording
from foundation import clock
from foundation.apart import apart
from foundation.local_time import field_value
from foundation.web import page_of

bp = Blueprint("announcements", __name__)

ROWS = 20


@bp.app_template_filter("announced")
def announced(announcement: Announcement) -> Markup:
    """Its text, whose ids meet no other's on the page."""
    return Markup(apart(announcement.html, f"pengumuman-{announcement.id}"))  # noqa: S704  cleaned by foundation.markup


@bp.get("/angkatan/<cohort>/pengumuman/")
@requires_in_cohort(Permission.BELONG)
def announcements(cohort: str) -> ResponseReturnValue:
    standing = current_standing()
    if standing.may(Permission.RUN_COHORT):
        return _all_of(current_cohort())
    assert standing.enrolment is not None  # who belongs to a cohort without running it learns in it
    return _told_to(standing.enrolment, current_cohort())


def _all_of(cohort: Cohort) -> str:
    page = page_of(request.args.get("hal"), ROWS, queries.count_of(cohort))
    found = queries.announcements_of(cohort, page.size, page.offset)
    return render_template("cohorts/announcements.html", cohort=cohort, announcements=found, page=page, now=clock.now())


def _told_to(enrolment: Enrolment, cohort: Cohort) -> str:
    now = clock.now()
    page = page_of(request.args.get("hal"), ROWS, queries.count_for(enrolment, now))
    found = queries.announcements_for(enrolment, now, page.size, page.offset)
    return render_template("cohorts/told.html", cohort=cohort, announcements=found, page=page)


@bp.get("/angkatan/<cohort>/pengumuman/baru")
@requires_in_cohort(Permission.RUN_COHORT)
def write(cohort: str) -> ResponseReturnValue:
    return _form_page(_offered(AnnouncementForm(formdata=None)))


@bp.post("/angkatan/<cohort>/pengumuman/baru")
@requires_in_cohort(Permission.RUN_COHORT)
def announce(cohort: str) -> ResponseReturnValue:
    form = _offered(AnnouncementForm())
    if not form.validate():
        return _form_page(form), 400
    if "pratinjau" in request.form:
        return _form_page(form, preview=form.wording())
    announcing.announce(person(), current_cohort(), form.wording(), at=clock.now())
    flash(_("Pengumuman tersimpan."))
    return redirect(url_for("announcements.announcements", cohort=cohort), 303)


@bp.get("/angkatan/<cohort>/pengumuman/<int:announcement>/")
@requires_in_cohort(Permission.RUN_COHORT)
def change(cohort: str, announcement: int) -> ResponseReturnValue:
    found = queries.get_announcement(current_cohort(), announcement)
    form = AnnouncementForm(
        formdata=None,
        title=found.title,
        source=found.source,
        group=str(found.group_id or ""),
        appears=field_value(found.appears_at),
    )
    return _form_page(_offered(form, found), found)


@bp.post("/angkatan/<cohort>/pengumuman/<int:announcement>/")
@requires_in_cohort(Permission.RUN_COHORT)
def edit(cohort: str, announcement: int) -> ResponseReturnValue:
    found = queries.get_announcement(current_cohort(), announcement)
    form = _offered(AnnouncementForm(), found)
    if not form.validate():
        return _form_page(form, found), 400
    if "pratinjau" in request.form:
        return _form_page(form, found, form.wording())
    announcing.edit(person(), current_cohort(), found, form.wording(), at=clock.now())
    flash(_("Pengumuman diubah."))
    return redirect(url_for("announcements.announcements", cohort=cohort), 303)


def _offered(form: AnnouncementForm, announcement: Announcement | None = None) -> AnnouncementForm:
    groups = group_queries.groups_in(current_cohort(), besides=announcement.group_id if announcement else None)
    return form.offer([(group.id, f"{group.set.name} · {group.name}") for group in groups])


def _form_page(form: AnnouncementForm, announcement: Announcement | None = None, preview: Wording | None = None) -> str:
    return render_template(
        "cohorts/announce.html",
        cohort=current_cohort(),
        form=form,
        announcement=announcement,
        preview=preview,
        preview_html=Markup(apart(preview.html, "pratinjau")) if preview else "",  # noqa: S704  by foundation.markup
        longest_title=LONGEST_TITLE,
        longest_text=LONGEST_TEXT,
    )


@bp.get("/angkatan/<cohort>/pengumuman/<int:announcement>/tarik")
@requires_in_cohort(Permission.RUN_COHORT)
def confirm_withdrawal(cohort: str, announcement: int) -> ResponseReturnValue:
    found = queries.get_announcement(current_cohort(), announcement)
    return render_template(
        "confirm.html",
        title=_("Tarik “%(title)s”?", title=found.title),
        sentence=_("Praja tidak akan melihat pengumuman ini lagi. Anda dapat menayangkannya lagi kapan pun."),
        action=url_for("announcements.withdraw", cohort=cohort, announcement=announcement),
        label=_("Ya, tarik"),
        back=url_for("announcements.announcements", cohort=cohort),
    )


@bp.post("/angkatan/<cohort>/pengumuman/<int:announcement>/tarik")
@requires_in_cohort(Permission.RUN_COHORT)
def withdraw(cohort: str, announcement: int) -> ResponseReturnValue:
    found = queries.get_announcement(current_cohort(), announcement)
    announcing.withdraw(person(), current_cohort(), found, at=clock.now())
    flash(_("Pengumuman ditarik. Anda dapat menayangkannya lagi dari daftar ini."))
    return redirect(url_for("announcements.announcements", cohort=cohort), 303)


@bp.post("/angkatan/<cohort>/pengumuman/<int:announcement>/tayangkan")
@requires_in_cohort(Permission.RUN_COHORT)
def show_again(cohort: str, announcement: int) -> ResponseReturnValue:
    found = queries.get_announcement(current_cohort(), announcement)
    announcing.show_again(person(), current_cohort(), found, at=clock.now())
    flash(_("Pengumuman ditayangkan lagi."))
    return redirect(url_for("announcements.announcements", cohort=cohort), 303)
