"""For which courses and cohorts a role can be granted; see accounts.scopes."""

from sqlalchemy import func, select

from accounts.roles import cohort_scope, course_scope
from cohorts.models import Cohort
from courses.models import Course
from foundation.database import db


def courses() -> list[tuple[str, str]]:
    query = select(Course.slug, Course.title).order_by(func.lower(Course.title))
    return [(course_scope(slug), title) for slug, title in db.session.execute(query)]


def cohorts() -> list[tuple[str, str]]:
    """Course by course, the newest first; one whose course has left the files goes by the course's slug."""
    title = func.coalesce(Course.title, Cohort.course)
    query = (
        select(Cohort.slug, Cohort.name, title)
        .outerjoin(Course, Course.slug == Cohort.course)
        .order_by(func.lower(title), Cohort.id.desc())
    )
    return [(cohort_scope(slug), f"{of} · {name}") for slug, name, of in db.session.execute(query)]
