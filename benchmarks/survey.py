"""Finding out what to ask of a prepared site: its lessons, and signed-in learners with a quiz open.

`python -m benchmarks.survey` does it, in the site's environment. How many queries a lesson sends and what it looks
like are measured here, on the product itself, so that the floor has nothing written down that could go stale.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event, select

from accounts.actions import open_sign_in
from accounts.models import Person
from app import create_app
from benchmarks.plan import Learner, LessonPage, Plan, write
from cohorts.models import Cohort, Enrolment
from courses import lesson, queries, versions
from courses.models import Activity
from foundation import clock
from foundation.database import db, writing
from quizzes import attempts, views
from quizzes.models import Attempt
from quizzes.quiz import Quiz

FLOOR_ATTEMPT, OPEN_ATTEMPT = 101, 102
"""Numbers of the attempts made here, beyond what a learner of the demo can have."""


def make(app: Flask, at: datetime) -> Plan:
    with app.app_context():
        enrolments = _synthetic_enrolments()
        course = enrolments[0].cohort.course
        activities = queries.counted_activities(course)
        with writing():
            learners = _learners(app, enrolments, course, activities, at)
        keys = [activity.key for activity in activities if activity.kind == lesson.KIND_NAME]
    pages = [_lesson_page(app, course, key, learners[0]) for key in keys]
    return Plan(app.config["KURSUS_WORKERS"], app.config["KURSUS_THREADS"], pages, learners)


def _synthetic_enrolments() -> list[Enrolment]:
    db.session.rollback()
    query = select(Enrolment).join(Enrolment.cohort).where(Cohort.is_synthetic).order_by(Enrolment.id)
    return list(db.session.scalars(query))


def _learners(
    app: Flask, enrolments: list[Enrolment], course: str, activities: list[Activity], at: datetime
) -> list[Learner]:
    """Sign everybody in, and open a quiz for each."""
    quiz = next(activity for activity in activities if activity.kind == views.KIND.name)
    assert quiz.current_version_id is not None
    definition: Quiz = versions.definition_of(quiz.current_version_id)
    save_path = f"/kursus/{course}/{quiz.key}/percobaan/{OPEN_ATTEMPT}/jawaban"
    learners = []
    for enrolment in enrolments:
        closed = _attempt(enrolment, quiz, definition, FLOOR_ATTEMPT, at)
        closed.submitted_at = at
        opened = _attempt(enrolment, quiz, definition, OPEN_ATTEMPT, at + timedelta(seconds=1))
        db.session.add_all([closed, opened])
        db.session.flush()
        open_sign_in(enrolment.person, at)
        options = [keys for _question, keys in opened.arrangement]
        learners.append(Learner(*_signed_in(app, enrolment.person), save_path, options, closed.id))
    db.session.commit()
    return learners


def _attempt(enrolment: Enrolment, quiz: Activity, definition: Quiz, number: int, at: datetime) -> Attempt:
    return Attempt(
        enrolment_id=enrolment.id,
        activity_id=quiz.id,
        version_id=quiz.current_version_id,
        number=number,
        seed=enrolment.id,
        arrangement=attempts.arrange(definition.questions, definition.head, enrolment.id),
        started_at=at,
    )


def _signed_in(app: Flask, person: Person) -> tuple[str, str]:
    """The cookie of somebody's browser after signing in, and the token of the forms it is shown."""
    with app.app_context(), app.test_request_context():  # a context of its own keeps nobody else's token
        session.update(_user_id=person.get_id(), _fresh=True)
        csrf: str = generate_csrf()
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer is not None
        return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(session))}", csrf


def _lesson_page(app: Flask, course: str, key: str, learner: Learner) -> LessonPage:
    client, path = app.test_client(use_cookies=False), f"/kursus/{course}/{key}/"
    client.get(path, headers={"Cookie": learner.cookie})  # fills the caches
    with _sent_statements(app) as sent:
        response = client.get(path, headers={"Cookie": learner.cookie})
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    return LessonPage(key, path, len(sent), response.text)


@contextmanager
def _sent_statements(app: Flask) -> Iterator[list[str]]:
    """The SQL sent meanwhile, without the beginnings of transactions."""
    with app.app_context():
        engine = db.engine
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def main() -> None:
    app = create_app()
    write(make(app, clock.now()), Path(app.instance_path))


if __name__ == "__main__":
    main()
