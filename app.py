"""The product: settings, what every feature stands on, then the features in the order people meet them."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask_migrate import Migrate, upgrade
from werkzeug.serving import is_running_from_reloader, run_simple

import accounts.access
import accounts.cli
import accounts.data_views
import accounts.forgotten
import accounts.holdings
import accounts.log_views
import accounts.passwords
import accounts.people_views
import accounts.personal
import accounts.scopes
import accounts.security_txt
import accounts.views
import cohorts.announcement_views
import cohorts.attendance_views
import cohorts.cli
import cohorts.group_views
import cohorts.holdings
import cohorts.import_views
import cohorts.joining_views
import cohorts.log_views
import cohorts.slip_views
import cohorts.views
import courses.catalogue
import courses.cli
import courses.entering_views
import courses.guide
import courses.health
import courses.holdings
import courses.lesson
import courses.mastery_views
import courses.reflections
import courses.running
import courses.schedule_views
import courses.scopes
import courses.views
import courses.watching
import demo.cli
import gradebook.views
import quizzes.assess_views
import quizzes.checks
import quizzes.cli
import quizzes.closing
import quizzes.exception_views
import quizzes.holdings
import quizzes.practice_views
import quizzes.rekey_views
import quizzes.views
from accounts.queries import has_demo_people
from courses import kinds
from foundation import clock, database, database_cli, health, holding, logs, outages, serving, settings, ticking, web
from foundation.commands import command
from foundation.copies import CopyRefused
from foundation.problems import has_errors

ROOT = Path(__file__).parent

KINDS = (courses.views.LESSON, courses.reflections.REFLECTION, quizzes.views.KIND, quizzes.checks.CHECK)
"""What a course can be made of."""

PAGES = (
    accounts.views,
    accounts.people_views,
    accounts.data_views,
    accounts.log_views,
    accounts.forgotten,
    accounts.security_txt,
    cohorts.views,
    cohorts.joining_views,
    cohorts.import_views,
    cohorts.slip_views,
    cohorts.group_views,
    cohorts.announcement_views,
    cohorts.attendance_views,
    cohorts.log_views,
    courses.views,
    courses.mastery_views,
    courses.entering_views,
    courses.reflections,
    courses.running,
    courses.schedule_views,
    courses.guide,
    quizzes.views,
    quizzes.checks,
    quizzes.assess_views,
    quizzes.rekey_views,
    quizzes.exception_views,
    quizzes.practice_views,
    gradebook.views,
    courses.health,
)
"""The modules whose blueprint `bp` answers people, in the order they are met."""

COMMANDS = (
    accounts.cli.people,
    cohorts.cli.cohorts,
    courses.cli.courses,
    quizzes.cli.quizzes,
    database_cli.database,
)

KEEPERS = (quizzes.holdings.KEEPER, courses.holdings.KEEPER, cohorts.holdings.KEEPER, accounts.holdings.KEEPER)
"""What is held of a person, to be told and erased; the highest room first, as requests lock their rows."""

JOBS = (quizzes.closing.settle_now,)
"""What the server does by itself, twice a minute."""


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """An app from the environment's settings, overridden by `config`; a wrong one ends the start with a sentence."""
    app = Flask(__name__, static_folder=None, instance_path=os.environ.get("KURSUS_INSTANCE"))
    _configure(app, config or {})

    database.init_app(app)
    Migrate(app, database.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    web.init_app(app, accounts.access.public)
    outages.init_app(app)

    accounts.passwords.init_app(app)
    accounts.access.init_app(app)
    for source in (courses.scopes.courses, courses.scopes.cohorts):
        accounts.scopes.register(source)
    for keeper in KEEPERS:
        accounts.personal.register(keeper)
    for kind in KINDS:
        kinds.register(kind)
    for pages in PAGES:
        app.register_blueprint(pages.bp)
    for command_of_ours in (*COMMANDS, prepare, serve, develop):
        app.cli.add_command(command_of_ours)
    demo.cli.init_app(app)
    ticking.init_app(app, JOBS)
    health.init_app(app, (courses.health.content,))
    logs.init_app(app)

    if undeclared := accounts.access.undeclared(app):
        raise RuntimeError(f"views that do not say who may call them: {', '.join(undeclared)}")
    return app


def _configure(app: Flask, config: Mapping[str, Any]) -> None:
    try:
        app.config.update(settings.read(os.environ))
    except settings.SettingsError as error:
        raise SystemExit(str(error)) from error
    app.config.update(config)
    if refusals := settings.refusals(app.config, debug=app.debug):
        raise SystemExit("\n".join(refusals))
    Path(app.instance_path).mkdir(mode=0o700, parents=True, exist_ok=True)  # for this user's eyes only
    is_production = app.config["KURSUS_MODE"] == "produksi"
    https = app.config["KURSUS_HTTPS"]
    is_secure = is_production if https is None else https
    app.config.update(
        SECRET_KEY=app.config["KURSUS_SECRET_KEY"] or _own_secret(Path(app.instance_path)),
        SQLALCHEMY_DATABASE_URI=app.config["DATABASE_URL"],
        KURSUS_CONTENT=app.config["KURSUS_CONTENT"] or str(ROOT / "content"),
        TRUSTED_HOSTS=settings.trusted_hosts(app.config),
        KURSUS_LOG=app.config["KURSUS_LOG"] or ("json" if is_production else "baris"),
        SESSION_COOKIE_SECURE=is_secure,
        # No other name of the campus's domain can set a cookie so called, and so plant a session.
        SESSION_COOKIE_NAME="__Host-session" if is_secure else "session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )


def _own_secret(instance: Path) -> str:
    """The secret of this instance: random, made once, readable by its owner only."""
    file = instance / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()


@click.command()
def prepare() -> None:
    """Bring database and content up to date, and in demo mode the demo people."""
    app = _current()
    upgrade()
    if app.config["KURSUS_MODE"] == "produksi" and has_demo_people():
        raise click.ClickException("Basis data ini berisi akun demo. Mode produksi menolaknya: pakai basis data baru.")
    with command():
        reports = courses.catalogue.sync(Path(app.config["KURSUS_CONTENT"]), clock.now())
    for report in reports:
        courses.cli.tell(report)
    if app.config["KURSUS_MODE"] == "demo":
        demo.cli.prepare()
    database.db.session.remove()
    database.db.engine.dispose()  # no connection may cross the server's fork
    if any(has_errors(report.outline.problems) for report in reports):
        click.echo("Ada kesalahan isi: jalankan make cek untuk melihatnya.", err=True)


@click.command()
@click.pass_context
def serve(context: click.Context) -> None:
    """Prepare, then serve people at HOST and PORT until interrupted."""
    app = _current()
    with _holding_the_database():
        context.invoke(prepare)
        click.echo(f"Kelas siap di {serving.address(app)}  (Ctrl-C untuk berhenti)")
        serving.serve(app, create_app)


@contextmanager
def _holding_the_database() -> Iterator[None]:
    """As long as people are served, no copy is put back below them."""
    try:
        with holding.shared():
            yield
    except CopyRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal


@click.command()
@click.pass_context
def develop(context: click.Context) -> None:
    """Serve on this machine, reloading code, templates and content as they change."""
    app = _current()
    if is_running_from_reloader():
        courses.watching.watch(app)
        ticking.start(app)
    else:
        context.invoke(prepare)
        click.echo(f"Kelas siap di {serving.address(app)}, memuat ulang sendiri  (Ctrl-C untuk berhenti)")
    app.debug = True
    with _holding_the_database():
        run_simple(app.config["HOST"], app.config["PORT"], app, use_reloader=True, use_debugger=False, threaded=True)


def _current() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app
