"""Who is who in the tests. Everybody's password is PASSWORD.

lena     learns in cohort satu of the course
omar     learns in cohort dua of the same course
rani     learns in another course only
nils     has an account and nothing else
kofi     lectures in the course
ida      instructs the whole course
bayu     instructs cohort dua only
ada      administers the site
"""

from dataclasses import dataclass, field
from datetime import datetime

from flask.testing import FlaskClient

from accounts import actions, queries
from accounts.models import Person
from accounts.roles import SITE, Role, cohort_scope, course_scope
from cohorts.actions import create_cohort, enrol
from cohorts.models import Cohort, Enrolment
from courses import catalogue, outline
from courses.models import Activity
from foundation.database import db
from tests.sample import OTHER, SAMPLE, Sample

PASSWORD = "tenun-kolintang-4821"

NAMES = {
    "lena": "Lena Lestari",
    "omar": "Omar Bakri",
    "rani": "Rani Wulandari",
    "nils": "Nils Tanpa Kelas",
    "kofi": "Kofi Dosen",
    "ida": "Ida Instruktur",
    "bayu": "Bayu Instruktur Dua",
    "ada": "Ada Admin",
}


@dataclass
class Cast:
    people: dict[str, Person] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    enrolments: dict[str, Enrolment] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        return self.people[name]


def publish(sample: Sample, at: datetime) -> catalogue.Report:
    """Bring a sample course online, as `flask courses sync` does."""
    return catalogue.sync_course(outline.read(sample.slug, sample.as_bytes()), at)


def settle(at: datetime) -> Cast:
    """Both sample courses online, two cohorts, and everybody with what they were granted."""
    publish(SAMPLE, at)
    publish(OTHER, at)
    cast = Cast()
    for username, name in NAMES.items():
        cast.people[username] = actions.create_person(username, name, at, password=PASSWORD)
    for slug, course in (("satu", "contoh"), ("dua", "contoh"), ("tiga", "lain")):
        cast.cohorts[slug] = create_cohort(slug, course, f"Angkatan {slug}", at)
    for username, cohort in (("lena", "satu"), ("omar", "dua"), ("rani", "tiga")):
        cast.enrolments[username] = enrol(cast.people[username], cast.cohorts[cohort], at)
    actions.grant(cast.kofi, Role.LECTURER, course_scope("contoh"), at)
    actions.grant(cast.ida, Role.INSTRUCTOR, course_scope("contoh"), at)
    actions.grant(cast.bayu, Role.INSTRUCTOR, cohort_scope("dua"), at)
    actions.grant(cast.ada, Role.ADMIN, SITE, at)
    db.session.commit()
    return cast


def sign_in(client: FlaskClient, username: str, at: datetime) -> None:
    """Give a client a sign-in without the cost of a password."""
    person = queries.get_person(username)
    actions.open_sign_in(person, at)
    db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = person.token
        session["_fresh"] = True


def activity(key: str) -> Activity:
    return db.session.query(Activity).filter_by(key=key).one()
