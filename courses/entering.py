"""Getting into an open course oneself: into its cohort "Mandiri"."""

from datetime import datetime

from sqlalchemy import select

from accounts.models import Person
from cohorts.actions import create_cohort
from cohorts.joining import enrol_oneself
from cohorts.models import Cohort
from cohorts.queries import MANDIRI, find_enrolment
from courses import queries
from courses.models import Course
from foundation.database import db

NAME = "Mandiri"


def follow(person: Person, course: Course, at: datetime) -> None:
    """Enrol somebody in an open course; who learns it in whichever cohort stays there."""
    if find_enrolment(person.id, course.slug) is None:
        enrol_oneself(person, _mandiri(course, at), at)
    db.session.commit()


def _mandiri(course: Course, at: datetime) -> Cohort:
    """The cohort of those who follow a course by themselves, made for the first of them."""
    return queries.find_mandiri(course) or _make_mandiri(course, at)


def _make_mandiri(course: Course, at: datetime) -> Cohort:
    """Two who come first at the same moment wait for each other at the course's row."""
    db.session.execute(select(Course.id).where(Course.id == course.id).with_for_update(key_share=True))
    slug = f"{MANDIRI}{course.slug}"
    return queries.find_mandiri(course) or create_cohort(slug, course.slug, NAME, at)
