"""What the server does by itself again and again: one thread in each worker runs the jobs of the features.

Several workers run the same jobs without knowing of each other, so a job locks what it changes and may find nothing
to do. One that fails is told of in the log, and runs again the next time.
"""

from collections.abc import Callable, Sequence
from threading import Event, Thread

from flask import Flask

from foundation.database import db

SECONDS = 30

Job = Callable[[], object]
_NAME = "kursus-jobs"


def init_app(app: Flask, jobs: Sequence[Job]) -> None:
    """Make the jobs known; `start` runs them."""
    app.extensions[_NAME] = tuple(jobs)


def start(app: Flask, seconds: float = SECONDS, stop: Event | None = None) -> Thread:
    """Run the jobs every so often until `stop` is set, or as long as the process lives."""
    thread = Thread(target=_tick, args=(app, seconds, stop or Event()), name=_NAME, daemon=True)
    thread.start()
    return thread


def _tick(app: Flask, seconds: float, stop: Event) -> None:
    while not stop.wait(seconds):
        run(app)


def run(app: Flask) -> None:
    """Every job once, each in a context and a session of its own."""
    for job in app.extensions[_NAME]:
        try:
            with app.app_context():
                try:
                    job()
                finally:
                    db.session.remove()
        except Exception:
            app.logger.exception("%s failed; it runs again in a while", getattr(job, "__qualname__", job))
