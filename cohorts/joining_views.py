"""The code to join a cohort by: on the hall's screen, opened, closed, changed."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from accounts.access import person
from accounts.roles import Permission
from cohorts import joining, queries
from cohorts.access import current_cohort, requires_in_cohort
from foundation import clock, codes, qr
from foundation.settings import is_loopback

bp = Blueprint("joining", __name__)


@dataclass(frozen=True)
class Poster:
    """What a hall reads to come in."""

    code: str
    address: str
    """Where the code is typed, as people say it: without http."""
    drawing: Markup
    """The QR code of the address that has the code in it."""


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
    address = url_for("entering.offer", code=code, _external=True)
    entrance = url_for("entering.ask", _external=True).split("//", 1)[1]
    return Poster(codes.shown(code), entrance, Markup(qr.drawing(address)))  # noqa: S704  squares that we draw


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
