"""A database that cannot be used just now (locked, full, read-only, restarting): 503 and what to do."""

import sqlite3

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from foundation.web import error_page, wants_json

RETRY_SECONDS = 5
PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
"""SQLite's primary result codes that tell of the machine; its others, as of a table that is missing, tell of a bug."""


def init_app(app: Flask) -> None:
    app.register_error_handler(OperationalError, _show)
    app.register_error_handler(sqlite3.OperationalError, _show)  # of a BEGIN that we say ourselves


def is_passing(error: BaseException | None) -> bool:
    """Whether the same request may well succeed later, without anybody mending the product."""
    if isinstance(error, sqlite3.OperationalError):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in PASSING
    return error is not None


def _show(error: OperationalError | sqlite3.OperationalError) -> ResponseReturnValue:
    cause = error.orig if isinstance(error, OperationalError) else error
    if not is_passing(cause):
        raise error
    # Without the statement's values: they are what people wrote.
    current_app.logger.error("database unavailable at %s: %s", request.endpoint, cause)
    page, status = error_page(503, _sentence())
    return page, status, {"Retry-After": str(RETRY_SECONDS)}


def _sentence() -> str:
    if request.method == "GET":
        sentence = _("Data sedang tidak dapat dibaca. Yang sudah tersimpan tetap aman. Muat ulang sebentar lagi.")
    elif wants_json():
        sentence = _("Belum tersimpan: server sedang terganggu. Isian tetap di halaman ini dan dikirim lagi.")
    else:
        sentence = _(
            "Kiriman Anda belum pasti tersimpan: server sedang terganggu. Kembali ke halaman sebelumnya, isiannya "
            "masih di sana; tunggu sebentar, lalu kirim lagi."
        )
    return str(sentence)
