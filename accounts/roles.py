"""Who may do what: one table of data and one function that reads it. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

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
}


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


def cohorts_seen(grants: Iterable[Grant], course: str, cohorts: Iterable[str]) -> list[str]:
    """The cohorts (slugs, in the order given) whose learners somebody may see with names."""
    seeing = {
        grant.scope for grant in grants if permits(frozenset({Capacity(grant.role.value)}), Permission.SEE_SCORES)
    }
    if seeing & {SITE, course_scope(course)}:
        return list(cohorts)
    return [slug for slug in cohorts if cohort_scope(slug) in seeing]
