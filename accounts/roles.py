"""Who may do what: one table of data and one function that reads it. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from foundation.errors import N_

SITE = "situs"


class Role(StrEnum):
    """What a person can be granted; a praja is anyone with an enrolment and needs no grant."""

    LECTURER = "dosen"
    INSTRUCTOR = "instruktur"
    ADMIN = "admin"


class Capacity(StrEnum):
    """As what somebody stands before one course."""

    LEARNER = "praja"
    LECTURER = "dosen"
    INSTRUCTOR = "instruktur"
    ADMIN = "admin"


class Permission(StrEnum):
    OPEN_COURSE = "open course"  # see its outline, lessons and quizzes
    LEARN = "learn"  # answer, mark as done, be counted
    PREVIEW = "preview"  # see drafts and keys; nothing is ever counted
    SEE_SCORES = "see scores"  # learners' work, with names
    GRADE = "grade"  # mark what waits for a person, excuse
    BELONG = "belong"  # read what a cohort is told
    RUN_COHORT = "run cohort"  # its people, groups, dates, announcements, attendance
    FOUND_COHORT = "found cohort"  # make another cohort of the course
    RUN_SITE = "run site"  # everybody's account, grants, the whole staff log


@dataclass(frozen=True)
class Grant:
    """`scope` is "situs", "kursus:<slug>" or "angkatan:<slug>"."""

    role: Role
    scope: str


STAFF = frozenset({Capacity.LECTURER, Capacity.INSTRUCTOR, Capacity.ADMIN})

PERMISSIONS: dict[Permission, frozenset[Capacity]] = {
    Permission.OPEN_COURSE: STAFF | {Capacity.LEARNER},
    Permission.LEARN: frozenset({Capacity.LEARNER}),
    Permission.PREVIEW: STAFF,
    Permission.SEE_SCORES: frozenset({Capacity.INSTRUCTOR, Capacity.ADMIN}),
    Permission.GRADE: frozenset({Capacity.INSTRUCTOR, Capacity.ADMIN}),
    Permission.BELONG: frozenset({Capacity.LEARNER, Capacity.INSTRUCTOR, Capacity.ADMIN}),
    Permission.RUN_COHORT: frozenset({Capacity.INSTRUCTOR, Capacity.ADMIN}),
    Permission.FOUND_COHORT: frozenset({Capacity.INSTRUCTOR, Capacity.ADMIN}),
    Permission.RUN_SITE: frozenset({Capacity.ADMIN}),
}

FOR_THE_WHOLE_COURSE = frozenset({Permission.FOUND_COHORT})
"""What takes a grant for the course or the site: one for a cohort of it is not enough."""


ROLE_NAMES = {Role.LECTURER: N_("dosen"), Role.INSTRUCTOR: N_("instruktur"), Role.ADMIN: N_("admin")}


def course_scope(slug: str) -> str:
    return f"kursus:{slug}"


def cohort_scope(slug: str) -> str:
    return f"angkatan:{slug}"


def capacities(
    grants: Iterable[Grant], course: str, cohorts: Collection[str], *, is_enrolled: bool
) -> frozenset[Capacity]:
    """As what somebody with these grants stands before a course with these cohorts (slugs)."""
    near = {SITE, course_scope(course), *map(cohort_scope, cohorts)}
    held = {Capacity(grant.role.value) for grant in grants if grant.scope in near}
    return frozenset(held | {Capacity.LEARNER}) if is_enrolled else frozenset(held)


def permits(held: frozenset[Capacity], permission: Permission) -> bool:
    return bool(held & PERMISSIONS[permission])


def scopes_with(grants: Iterable[Grant], permission: Permission) -> frozenset[str]:
    """Where somebody's grants permit something: scopes."""
    return frozenset(grant.scope for grant in grants if permits(frozenset({Capacity(grant.role.value)}), permission))


def cohorts_with(grants: Iterable[Grant], permission: Permission, course: str, cohorts: Iterable[str]) -> list[str]:
    """The cohorts of a course (slugs, in the order given) for which somebody's grants permit something."""
    scopes = scopes_with(grants, permission)
    if scopes & {SITE, course_scope(course)}:
        return list(cohorts)
    return [slug for slug in cohorts if cohort_scope(slug) in scopes]


def fits(role: Role, scope: str) -> bool:
    """Whether a role can be granted for a scope: an admin is one of the site, everybody else of a course or cohort."""
    kind, _colon, slug = scope.partition(":")
    if role is Role.ADMIN:
        return scope == SITE
    return kind in ("kursus", "angkatan") and bool(slug)


def place_of(scope: str) -> dict[str, str]:
    """What the staff log notes of a scope: {"course": slug}, {"cohort": slug}, or {} for the site."""
    kind, _colon, slug = scope.partition(":")
    column = {"kursus": "course", "angkatan": "cohort"}.get(kind)
    return {column: slug} if column else {}
