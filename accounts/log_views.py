"""The staff log of the whole site."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts import log_pages
from accounts.access import on_site
from accounts.roles import Permission

bp = Blueprint("staff_log", __name__)


@bp.get("/admin/catatan")
@on_site(Permission.RUN_SITE)
def entries() -> ResponseReturnValue:
    return render_template("accounts/log.html", log=log_pages.asked())
