"""/sehat: what a monitor asks every few seconds, and what stands behind it for those who run the site."""

from pathlib import Path

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from accounts.access import public
from courses.catalogue import COURSE_FILES, course_folders
from courses.models import Course
from foundation import health
from foundation.database import db
from foundation.errors import N_
from foundation.health import Finding
from foundation.settings import is_loopback

bp = Blueprint("health", __name__)


@bp.get("/sehat")
@public
def show() -> ResponseReturnValue:
    found = health.findings()
    is_well = all(finding.is_well for finding in found)
    with_numbers = _may_see_numbers(can_ask_who=found[0].is_well)
    checks = [_as_json(finding, with_numbers=with_numbers) for finding in found]
    return {"ok": is_well, "checks": checks}, 200 if is_well else 503


def _as_json(finding: Finding, *, with_numbers: bool) -> dict[str, object]:
    told: dict[str, object] = {"name": finding.name, "ok": finding.is_well, "sentence": _(finding.sentence)}
    return told | ({"numbers": dict(finding.numbers)} if with_numbers and finding.numbers else {})


def _may_see_numbers(*, can_ask_who: bool) -> bool:
    """Somebody at the machine itself, not behind a proxy of which nobody told us; or an admin."""
    if is_loopback(request.remote_addr or "") and not request.headers.getlist("X-Forwarded-For"):
        return True
    return can_ask_who and bool(current_user.is_authenticated and current_user.runs_site)


def content() -> Finding:
    """Every course folder is online, and its kursus.md was readable at the last sync."""
    name = "isi kursus"
    folder = Path(current_app.config["KURSUS_CONTENT"])
    try:
        wanted = {path.resolve().name for path in course_folders(folder)}
        query = select(Course.slug, Course.problems).where(Course.is_hidden.is_(False))
        online: dict[str, list[str]] = dict(db.session.execute(query).all())
    except (OSError, SQLAlchemyError) as error:
        return Finding(name, False, N_("Isi kursus tidak dapat dibaca."), {"kesalahan": type(error).__name__})
    finally:
        db.session.rollback()
    failed = sorted((wanted - online.keys()) | {slug for slug, problems in online.items() if _is_unreadable(problems)})
    numbers = {"daring": len(online), "gagal": failed, "masalah": sum(map(len, online.values()))}
    if failed or not online:
        return Finding(name, False, N_("Ada kursus yang belum daring atau tidak terbaca."), numbers)
    return Finding(name, True, N_("Semua kursus daring."), numbers)


def _is_unreadable(problems: list[str]) -> bool:
    return any(problem.startswith(COURSE_FILES) for problem in problems)
