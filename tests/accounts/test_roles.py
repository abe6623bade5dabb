"""The permission table as cases: who stands as what before a course, and may what."""

import pytest

from accounts.roles import ROLE_NAMES, Capacity, Grant, Permission, Role, capacities, cohorts_with, permits, place_of

pytestmark = pytest.mark.pure

LECTURER = Grant(Role.LECTURER, "kursus:contoh")
INSTRUCTOR = Grant(Role.INSTRUCTOR, "kursus:contoh")
OF_COHORT = Grant(Role.INSTRUCTOR, "angkatan:dua")
ADMIN = Grant(Role.ADMIN, "situs")
ELSEWHERE = Grant(Role.INSTRUCTOR, "kursus:lain")


@pytest.mark.parametrize(
    ("grants", "is_enrolled", "held"),
    [
        ([], False, set()),
        ([], True, {Capacity.LEARNER}),
        ([LECTURER], False, {Capacity.LECTURER}),
        ([LECTURER, INSTRUCTOR], True, {Capacity.LEARNER, Capacity.LECTURER, Capacity.INSTRUCTOR}),
        ([OF_COHORT], False, {Capacity.INSTRUCTOR}),
        ([ADMIN], False, {Capacity.ADMIN}),
        ([ELSEWHERE], False, set()),
        ([Grant(Role.INSTRUCTOR, "angkatan:tiga")], False, set()),
    ],
)
def test_capacities(grants: list[Grant], is_enrolled: bool, held: set[Capacity]) -> None:
    assert capacities(grants, "contoh", ["satu", "dua"], is_enrolled=is_enrolled) == held


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        (Permission.OPEN_COURSE, set(Capacity)),
        (Permission.LEARN, {Capacity.LEARNER}),
        (Permission.PREVIEW, {Capacity.LECTURER, Capacity.INSTRUCTOR, Capacity.ADMIN}),
        (Permission.SEE_SCORES, {Capacity.INSTRUCTOR, Capacity.ADMIN}),
        (Permission.REKEY, {Capacity.INSTRUCTOR, Capacity.ADMIN}),
    ],
)
def test_the_permission_table(permission: Permission, who: set[Capacity]) -> None:
    assert {capacity for capacity in Capacity if permits(frozenset({capacity}), permission)} == who


@pytest.mark.parametrize(
    ("grants", "seen"),
    [
        ([INSTRUCTOR], ["satu", "dua"]),
        ([OF_COHORT], ["dua"]),
        ([LECTURER], []),
        ([ADMIN], ["satu", "dua"]),
        ([ELSEWHERE], []),
    ],
)
def test_whose_learners_are_seen_with_names(grants: list[Grant], seen: list[str]) -> None:
    assert cohorts_with(grants, Permission.SEE_SCORES, "contoh", ["satu", "dua"]) == seen


@pytest.mark.parametrize(
    ("scope", "place"),
    [
        ("situs", {}),
        ("kursus:contoh", {"course": "contoh"}),
        ("angkatan:dua", {"cohort": "dua"}),
        ("", {}),
        ("lain:x", {}),
    ],
)
def test_the_log_notes_a_scope_as_the_place_it_is(scope: str, place: dict[str, str]) -> None:
    assert place_of(scope) == place


def test_every_role_has_a_name_to_show() -> None:
    assert set(ROLE_NAMES) == set(Role)
