"""The code to join a cohort by: on the hall's screen, opened, closed, changed."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.access import person
from accounts.roles import Permission
from cohorts import joining, queries
from cohorts.access import current_cohort, requires_in_cohort
from cohorts.posters import Poster, poster
from foundation import clock, codes
from foundation.settings import is_loopback

bp = Blueprint("joining", __name__)


@bp.get("/angkatan/<cohort>/gabung")
@requires_in_cohort(Permission.RUN_COHORT)
def screen(cohort: str) -> ResponseReturnValue:
    """The code with what to do about it, or with `?tayang` alone, for a projector."""
    found = current_cohort()
    return render_template(
        "cohorts/present_code.html" if "tayang" in request.args else "cohorts/join_code.html",
        cohort=found,
        poster=_poster(found.join_code) if found.join_code and found.is_registration_open else None,
        joined=queries.count_members(found),
        is_here_only=is_loopback(urlsplit(request.host_url).hostname or ""),
    )


def _poster(code: str) -> Poster:
    link = url_for("entering.offer", code=code, _external=True)
    return poster(code, link, url_for("entering.ask", _external=True))


@bp.post("/angkatan/<cohort>/gabung/buka")
@requires_in_cohort(Permission.RUN_COHORT)
def open_registration(cohort: str) -> ResponseReturnValue:
    joining.open_registration(person(), current_cohort(), codes.new_code(), at=clock.now())
    flash(_("Pendaftaran dibuka."))
    return redirect(url_for("joining.screen", cohort=cohort), 303)


@bp.post("/angkatan/<cohort>/gabung/tutup")
@requires_in_cohort(Permission.RUN_COHORT)
def close_registration(cohort: str) -> ResponseReturnValue:
    joining.close_registration(person(), current_cohort(), at=clock.now())
    flash(_("Pendaftaran ditutup. Yang sudah bergabung tetap di dalam."))
    return redirect(url_for("joining.screen", cohort=cohort), 303)


@bp.get("/angkatan/<cohort>/gabung/kode-baru")
@requires_in_cohort(Permission.RUN_COHORT)
def confirm_new_code(cohort: str) -> ResponseReturnValue:
    return render_template(
        "confirm.html",
        title=_("Ganti kode gabung %(cohort)s?", cohort=current_cohort().name),
        sentence=_(
            "Kode dan QR yang lama langsung tidak berlaku, juga yang sudah dibagikan atau dicetak. "
            "Yang sudah bergabung tetap di dalam."
        ),
        action=url_for("joining.change_code", cohort=cohort),
        label=_("Ya, ganti kode"),
        back=url_for("joining.screen", cohort=cohort),
    )


@bp.post("/angkatan/<cohort>/gabung/kode-baru")
@requires_in_cohort(Permission.RUN_COHORT)
def change_code(cohort: str) -> ResponseReturnValue:
    joining.change_code(person(), current_cohort(), codes.new_code(), at=clock.now())
    flash(_("Kode gabung sudah diganti."))
    return redirect(url_for("joining.screen", cohort=cohort), 303)
