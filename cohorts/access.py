"""How somebody stands before a course, and views that require a permission there.

Not signed in: to the sign-in page. No part in the course: 404. A part, but not this: 403.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import g
from flask_login import current_user

from accounts import access
from accounts.access import View
from accounts.models import Person
from accounts.queries import find_person
from accounts.roles import Capacity, Grant, Permission, capacities, cohorts_seen, permits
from cohorts import queries
from cohorts.models import Cohort, Enrolment
from foundation.errors import Forbidden, NotFound


@dataclass(frozen=True)
class Standing:
    person: Person
    course: str
    enrolment: Enrolment | None
    held: frozenset[Capacity]

    def may(self, permission: Permission) -> bool:
        return permits(self.held, permission)

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
    grants = person.held_grants
    return Standing(
        person,
        course,
        enrolment,
        capacities(grants, course, _cohorts_named(grants, course), is_enrolled=enrolment is not None),
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


def visible_cohorts(standing: Standing) -> list[Cohort]:
    """The cohorts of the course whose learners this person may see with names, newest first."""
    cohorts = queries.cohorts_of(standing.course)
    seen = cohorts_seen(standing.person.held_grants, standing.course, [cohort.slug for cohort in cohorts])
    return [cohort for cohort in cohorts if cohort.slug in seen]


def requires(permission: Permission) -> Callable[[View], View]:
    """Guard a view whose address has a `course`; the view finds its facts by `current_standing()`."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            if not current_user.is_authenticated:
                return access.to_sign_in()
            g.standing = standing_of(access.person(), arguments["course"])
            g.standing.demand(permission)
            return view(**arguments)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def visible_enrolment_or_404(standing: Standing, username: str) -> Enrolment:
    """A learner's enrolment in the course, if this person may see that learner's work with names."""
    learner = find_person(username)
    enrolment = queries.find_enrolment(learner.id, standing.course) if learner else None
    if enrolment is None or enrolment.cohort not in visible_cohorts(standing):
        raise NotFound()
    return enrolment
