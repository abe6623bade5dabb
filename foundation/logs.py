"""Every request gets an id, which stands in its answer, on the page of an error and in all that is logged meanwhile."""

import logging
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, request_started
from sqlalchemy import Engine, event

from foundation.log_lines import Answered, JsonLines, PlainLines, method_of

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[0-9A-Za-z-]{8,64}")

requests = logging.getLogger("kursus.requests")


@dataclass
class Underway:
    """The request that this thread works on."""

    id: str
    route: str = "-"
    queries: int = 0


_underway: ContextVar[Underway | None] = ContextVar("underway", default=None)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


def init_app(app: Flask) -> None:
    """To be called last: the id has to be there before anything else looks at a request."""
    app.wsgi_app = Noted(app.wsgi_app, is_proxied=app.config["KURSUS_PROXIES"] > 0)  # type: ignore[method-assign]
    app.log_exception = _log_exception  # type: ignore[method-assign]
    request_started.connect(_note_route, app)
    requests.setLevel(logging.WARNING if app.config["KURSUS_LOG"] == "diam" else logging.INFO)


def request_id() -> str:
    """Of the request that is being answered; empty outside of one."""
    underway = _underway.get()
    return underway.id if underway else ""


class Noted:
    """The WSGI app, each request of it with an id and one line in the log."""

    def __init__(self, app: Callable[..., Iterable[bytes]], *, is_proxied: bool) -> None:
        self.app, self.is_proxied = app, is_proxied

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        underway = Underway(self._given_id(environ) or secrets.token_hex(5))
        token, start, status = _underway.set(underway), time.perf_counter(), 500

        def start_with_id(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal status
            status = int(line.split(" ", 1)[0])
            return start_response(line, [*headers, (HEADER, underway.id)], *rest)

        try:
            return self.app(environ, start_with_id)
        finally:
            ms = round(1000 * (time.perf_counter() - start))
            answered = Answered(method_of(environ["REQUEST_METHOD"]), underway.route, status, ms, underway.queries)
            requests.info(answered, extra={"request_id": underway.id})
            _underway.reset(token)

    def _given_id(self, environ: Environ) -> str:
        """The id that our proxy gave; what anybody else sends is not looked at."""
        given = environ.get("HTTP_X_REQUEST_ID", "") if self.is_proxied else ""
        return given if WELL_FORMED.fullmatch(given) else ""


def _note_route(_app: Flask) -> None:
    """Where no rule fits, the path is not told either, only that there is none."""
    if (underway := _underway.get()) and request.url_rule:
        underway.route = request.url_rule.rule


def _log_exception(exc_info: Any) -> None:
    """In place of Flask's own, which names the path."""
    route = request.url_rule.rule if request.url_rule else "-"
    logging.getLogger("kursus").error("exception in %s %s", method_of(request.method), route, exc_info=exc_info)


@event.listens_for(Engine, "before_cursor_execute")
def _count(*_statement: object) -> None:
    if underway := _underway.get():
        underway.queries += 1


class _WithId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if not hasattr(record, "request_id"):
            record.request_id = request_id()
        return True


def to_stderr(form: str) -> None:
    """Log to the terminal as `json`, or else as plain lines; an app whose form is `diam` says warnings alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    handler.addFilter(_WithId())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
