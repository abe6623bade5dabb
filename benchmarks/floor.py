"""The floor: the least a Flask app could do for the same page and the same save, beside the product in its server.

A lesson of the floor is the same sign-in, the same number of queries, each for one indexed row, and a template of
the lesson's own text, so that headers and compression cost the same. A save of the floor is the same sign-in, the
same CSRF check and one committed row of the same table. `python -m benchmarks.floor` serves both.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import Template
from sqlalchemy import insert, select

from accounts.access import person, public, signed_in
from app import create_app
from benchmarks import plan
from cohorts.models import Enrolment
from foundation import clock, serving
from foundation.database import db
from quizzes.models import Answer


@dataclass(frozen=True)
class BarePage:
    template: Template
    queries: int
    """Besides the sign-in's."""


def create_floor_app() -> Flask:
    """The product with the floor's three views in it."""
    app = create_app()
    lessons = plan.read(Path(app.instance_path)).lessons
    app.register_blueprint(_views({lesson.key: _bare_page(app, lesson) for lesson in lessons}))
    return app


def _bare_page(app: Flask, lesson: plan.LessonPage) -> BarePage:
    return BarePage(app.jinja_env.from_string(f"{{% raw %}}{lesson.html}{{% endraw %}}"), lesson.queries - 1)


def _views(pages: dict[str, BarePage]) -> Blueprint:
    bp = Blueprint("lantai", __name__)

    @bp.get(f"{plan.FLOOR_LESSON_PATH}/<key>")
    @signed_in
    def lesson(key: str) -> str:
        page, reader = pages[key], person().id
        for _ in range(page.queries):
            db.session.scalar(select(Enrolment.id).where(Enrolment.person_id == reader).limit(1))
        return render_template(page.template)

    @bp.post(plan.FLOOR_SAVE_PATH)
    @signed_in
    def save() -> ResponseReturnValue:
        form = request.form
        db.session.execute(
            insert(Answer).values(
                attempt_id=int(form["percobaan"]),
                question=form["soal"],
                value=[form["jawaban"]],
                client=form["klien"],
                sequence=int(form["urutan"]),
                at=clock.now(),
            )
        )
        db.session.commit()
        return {"saved": True}

    @bp.get(plan.WORKER_PATH)
    @public
    def worker() -> str:
        """Which process of the server answers this connection."""
        return str(os.getpid())

    return bp


if __name__ == "__main__":
    serving.serve(create_floor_app(), create_floor_app)
