"""What every page of the product shares: language and times, headers, errors as pages, addresses of static files."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, g, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_babel import (
    Babel,
    format_date,
    format_datetime,
    format_decimal,
    format_time,
    get_locale,
    get_translations,
    gettext,
)
from flask_compress import Compress
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.exceptions import BadHost, HTTPException, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from foundation import logs
from foundation.errors import DomainError

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
HOME = "/"
YEAR = 31_536_000
LARGEST_NUMBER = 2**31 - 1
LONGEST_SEARCH = 100

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HTTPS_ONLY = {"Strict-Transport-Security": f"max-age={YEAR}"}
"""Of this name alone: what else a campus has below its domain is not ours to decide."""


class Number(IntegerConverter):
    """`<int:…>` in an address, as large as a database can be asked for: beyond that it does not answer, it fails."""

    def __init__(self, map: Map, fixed_digits: int = 0, max: int = LARGEST_NUMBER) -> None:
        super().__init__(map, fixed_digits, max=max)


def init_app(app: Flask, access: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """`access` marks the static route as open to everybody."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config.update(
        BABEL_DEFAULT_LOCALE="id",
        BABEL_DEFAULT_TIMEZONE="Asia/Makassar",
        BABEL_TRANSLATION_DIRECTORIES=str(Path(app.root_path) / "translations"),
        COMPRESS_BR_LEVEL=4,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_PARTS=2_000,
    )
    Babel(app, locale_selector=_locale)
    _translate_quickly(app)
    app.before_request(_refuse_nul)
    CSRFProtect(app)
    Compress(app)
    if app.config["KURSUS_PROXIES"]:
        count = app.config["KURSUS_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.after_request(_adding(HEADERS | (HTTPS_ONLY if app.config["SESSION_COOKIE_SECURE"] else {})))
    app.register_error_handler(DomainError, _show_refusal)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(CSRFError, _show_http_error)
    app.url_map.converters["int"] = Number
    _serve_static(app, access)
    app.jinja_env.filters.update(time=format_time_short, date=format_date, moment=format_moment, number=format_number)
    app.jinja_env.filters["weekday"] = format_weekday
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, get_locale=get_locale)


def _translate_quickly(app: Flask) -> None:
    """Look the catalogue up once a request: a page translates some fifty sentences, and each would look it up again."""

    def catalogue() -> Any:
        if "catalogue" not in g:
            g.catalogue = get_translations()
        return g.catalogue

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda sentence: catalogue().ugettext(sentence),
        ngettext=lambda one, many, n: catalogue().ungettext(one, many, n),
        newstyle=True,
    )


def _refuse_nul() -> None:
    """No address and no field of ours has a NUL in it, and PostgreSQL stores none."""
    if "\0" in request.path:
        abort(404)
    if any(
        "\0" in text for fields in (request.args, request.form) for pair in fields.items(multi=True) for text in pair
    ):
        abort(400)


def _locale() -> str:
    chosen = request.cookies.get("bahasa", "")
    return chosen if chosen in LANGUAGES else "id"


def format_time_short(moment: datetime) -> str:
    """10.42, in the course's time zone."""
    return str(format_time(moment, "short"))


def format_moment(moment: datetime) -> str:
    """24 Nov 2026 10.42, in the course's time zone."""
    return str(format_datetime(moment, "d MMM yyyy, HH:mm" if str(get_locale()) == "en" else "d MMM yyyy HH.mm"))


def format_weekday(moment: datetime) -> str:
    """Selasa, in the course's time zone."""
    return str(format_datetime(moment, "EEEE"))


def format_number(value: float, digits: int = 1) -> str:
    """At most `digits` decimals: 80, 72,5."""
    return str(format_decimal(round(value, digits), f"#,##0.{'#' * digits}" if digits else "#,##0"))


def say(refusal: DomainError) -> str:
    """A refusal in the reader's language."""
    return str(gettext(refusal.sentence, **refusal.values))


def wants_json() -> bool:
    """Whether a script asks, and not somebody who wants a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def safe_next(target: str | None) -> str:
    """An address on this site to go on to; home for anything that could lead elsewhere."""
    if not target or not target.startswith("/") or "\\" in target or any(ord(c) < 32 for c in target):
        return HOME
    return HOME if target.startswith("//") else target


def _adding(headers: Mapping[str, str]) -> Callable[[Response], Response]:
    def add(response: Response) -> Response:
        # A page shows one person's state: going back asks again, so nobody acts on a stale form.
        for name, value in {**headers, "Cache-Control": "no-store"}.items():
            response.headers.setdefault(name, value)
        return response

    return add


def _show_refusal(refusal: DomainError) -> ResponseReturnValue:
    return error_page(refusal.status, say(refusal))


def _show_http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, BadHost | SecurityError):  # a page has links, and none can be made for a host that is not ours
        sentence = gettext("Situs ini tidak dikenal dengan nama itu. Pengelola: lihat KURSUS_HOSTS di docs/operasi.md.")
        return Response(f"{sentence}\n", 400, mimetype="text/plain")
    if error.code is None or error.code < 400:
        return error.get_response()
    sentences = {
        400: gettext("Permintaan ini tidak lengkap. Muat ulang halaman sebelumnya, lalu coba lagi."),
        404: gettext("Halaman ini tidak ada, atau bukan untuk akun Anda."),
        405: gettext("Halaman ini tidak dapat dibuka dengan cara itu. Kembali, lalu pakai tombolnya."),
        413: gettext("Kiriman ini terlalu besar. Perkecil, lalu kirim lagi."),
        500: gettext("Ada yang salah di pihak kami. Jawaban yang sudah tersimpan tetap aman. Coba lagi sebentar lagi."),
    }
    if isinstance(error, CSRFError):
        sentence = gettext("Formulir ini sudah kedaluwarsa. Kembali, muat ulang halamannya, lalu kirim lagi.")
    else:
        sentence = sentences.get(error.code, sentences[400])
    return error_page(error.code, sentence)


def error_page(status: int, sentence: str) -> tuple[str | dict[str, str], int]:
    """A refusal as whoever asks can read it: a page, or JSON for a script."""
    code = logs.request_id() if status >= 500 else ""
    if wants_json():
        return {"error": sentence} | ({"code": code} if code else {}), status
    return render_template("error.html", status=status, sentence=sentence, code=code), status


def _serve_static(app: Flask, access: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Static files under an address that names the digest of them all: cached for ever, renewed at once.

    Modules import each other by relative addresses, which keep the digest.
    """
    folder = Path(app.root_path) / "static"
    digest = static_digest(folder)

    def here() -> str:
        return static_digest(folder) if app.debug else digest

    def static_file(version: str, name: str) -> Response:
        response = send_from_directory(folder, name)
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if version == here() else "no-cache"
        return response

    app.add_url_rule("/static/<version>/<path:name>", "static_file", access(static_file))
    app.jinja_env.globals["static"] = lambda name: url_for("static_file", version=here(), name=name)


def static_digest(folder: Path) -> str:
    """Ten hex digits over the names and contents of all files in a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def number_asked(text: str | None) -> int:
    """A whole number from a request; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


@dataclass(frozen=True)
class Page:
    """One page of a longer list: `number` counts from 1; `size` rows a page."""

    number: int
    size: int
    total: int

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)


def searched() -> str:
    """What somebody looks for, as the address or the form says."""
    return request.values.get("cari", "").strip()[:LONGEST_SEARCH]


def page_of(asked: str | None, size: int, total: int) -> Page:
    """The page asked for, as near as there is one."""
    number = int(asked) if asked and asked.isdecimal() and len(asked) < 7 else 1
    page = Page(max(1, number), size, total)
    return page if page.number <= page.count else Page(page.count, size, total)
