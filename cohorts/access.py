"""How somebody stands before a course or a cohort, and views that require a permission there.

Not signed in: to the sign-in page. No part in it: 404. A part, but not this: 403.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import g

from accounts import access
from accounts.access import IN_COHORT, IN_COURSE, View
from accounts.models import Person
from accounts.queries import find_person
from accounts.roles import FOR_THE_WHOLE_COURSE, Capacity, Grant, Permission, capacities, cohorts_with, permits
from cohorts import queries
from cohorts.models import Cohort, Enrolment
from foundation.errors import Forbidden, NotFound


@dataclass(frozen=True)
class Standing:
    """How somebody stands before a course, or before one cohort of it."""

    person: Person
    course: str
    enrolment: Enrolment | None
    held: frozenset[Capacity]
    held_for_all: frozenset[Capacity]
    """Of `held`, what is held for the whole course."""
    cohort: Cohort | None = None

    def may(self, permission: Permission) -> bool:
        return permits(self.held_for_all if permission in FOR_THE_WHOLE_COURSE else self.held, permission)

    def demand(self, permission: Permission) -> None:
        if not self.held:
            raise NotFound()
        if not self.may(permission):
            raise Forbidden()

    @property
    def is_preview(self) -> bool:
        """Staff who look at a course without studying it: nothing they do is counted."""
        return self.enrolment is None


def standing_of(person: Person, course: str) -> Standing:
    enrolment = queries.find_enrolment(person.id, course)
    return _standing(person, course, enrolment, _cohorts_named(person.held_grants, course))


def standing_in(person: Person, cohort: Cohort) -> Standing:
    """How somebody stands before one cohort: what they hold for another one does not help."""
    enrolment = queries.find_enrolment_in(person.id, cohort.id)
    return _standing(person, cohort.course, enrolment, [cohort.slug], cohort)


def _standing(
    person: Person, course: str, enrolment: Enrolment | None, cohorts: Collection[str], cohort: Cohort | None = None
) -> Standing:
    grants, is_enrolled = person.held_grants, enrolment is not None
    return Standing(
        person,
        course,
        enrolment,
        capacities(grants, course, cohorts, is_enrolled=is_enrolled),
        capacities(grants, course, (), is_enrolled=is_enrolled),
        cohort,
    )


def _cohorts_named(grants: list[Grant], course: str) -> list[str]:
    """The course's cohorts, asked for only when a grant names a cohort at all."""
    if not any(grant.scope.startswith("angkatan:") for grant in grants):
        return []
    return [cohort.slug for cohort in queries.cohorts_of(course)]


def current_standing() -> Standing:
    """How the person of this request stands before the course of this request."""
    standing: Standing = g.standing
    return standing


def current_cohort() -> Cohort:
    """The cohort of this request."""
    cohort = current_standing().cohort
    assert cohort is not None
    return cohort


def visible_cohorts(standing: Standing) -> list[Cohort]:
    """The cohorts of the course whose learners this person may see with names, newest first."""
    return _cohorts_for(standing, Permission.SEE_SCORES)


def run_cohorts(standing: Standing) -> list[Cohort]:
    """The cohorts of the course that this person runs, newest first."""
    return _cohorts_for(standing, Permission.RUN_COHORT)


def graded_cohorts(standing: Standing) -> list[Cohort]:
    """The cohorts of the course whose work this person marks, newest first."""
    return _cohorts_for(standing, Permission.GRADE)


def _cohorts_for(standing: Standing, permission: Permission) -> list[Cohort]:
    cohorts = queries.cohorts_of(standing.course)
    slugs = [cohort.slug for cohort in cohorts]
    theirs = cohorts_with(standing.person.held_grants, permission, standing.course, slugs)
    return [cohort for cohort in cohorts if cohort.slug in theirs]


def _requires(permission: Permission, reach: str, stand: Callable[[Person, str], Standing]) -> Callable[[View], View]:
    name = "course" if reach == IN_COURSE else "cohort"

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            if elsewhere := access.detour():
                return elsewhere
            g.standing = stand(access.person(), arguments[name])
            g.standing.demand(permission)
            return view(**arguments)

        return access.declare(guarded, permission, reach)

    return guard


def requires(permission: Permission) -> Callable[[View], View]:
    """Guard a view whose address has a `course`; the view finds its facts by `current_standing()`."""
    return _requires(permission, IN_COURSE, standing_of)


def requires_in_cohort(permission: Permission) -> Callable[[View], View]:
    """Guard a view whose address has a `cohort`; the view finds it by `current_cohort()`."""
    return _requires(permission, IN_COHORT, lambda person, slug: standing_in(person, queries.get_cohort(slug)))


def visible_enrolment_or_404(standing: Standing, username: str) -> Enrolment:
    """A learner's enrolment in the course, if this person may see that learner's work with names."""
    learner = find_person(username)
    enrolment = queries.find_enrolment(learner.id, standing.course) if learner else None
    if enrolment is None or enrolment.cohort not in visible_cohorts(standing):
        raise NotFound()
    return enrolment
