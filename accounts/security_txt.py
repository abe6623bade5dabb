"""Whom to tell of a hole found in this site, where whoever finds one looks (RFC 9116)."""

from datetime import timedelta

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from accounts.access import public
from foundation import clock
from foundation.errors import NotFound

bp = Blueprint("security_txt", __name__)

VALID_FOR = timedelta(days=90)
"""From whenever it is asked for: the contact is a setting, as fresh as the site itself."""


@bp.get("/.well-known/security.txt")
@public
def security_txt() -> ResponseReturnValue:
    contact = current_app.config["KURSUS_SECURITY_CONTACT"]
    if not contact:
        raise NotFound()
    expires = (clock.now() + VALID_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = (f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: id, en")
    return Response("".join(f"{line}\n" for line in lines), mimetype="text/plain")
