"""Groups are as equal as can be, in size and in every value that is spread, and come out the same each time."""

import random
from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts import groups
from cohorts.group_plans import Way, Wish, columns, plan
from cohorts.groups import Member, Range
from foundation.errors import DomainError

pytestmark = pytest.mark.pure

STRATA = st.sampled_from(["", "Bali", "Aceh", "Papua", "I Gusti"]) | st.text(max_size=3)
MEMBERS = st.lists(st.builds(Member, st.integers(1, 10_000), STRATA), max_size=120, unique_by=lambda member: member.id)
RANGES = st.tuples(st.integers(1, 12), st.integers(0, 6)).map(lambda pair: Range(pair[0], pair[0] + pair[1]))


def is_even(numbers: list[int]) -> bool:
    return max(numbers) - min(numbers) <= 1


@given(MEMBERS, st.integers(1, 60), st.text(max_size=10))
def test_everybody_is_in_one_group_and_sizes_differ_by_one_at_most(
    members: list[Member], count: int, seed: str
) -> None:
    found = groups.split(members, count, seed)
    assert len(found) == count
    assert sorted(member.id for member in chain(*found)) == sorted(member.id for member in members)
    assert is_even([len(group) for group in found])


@given(MEMBERS, st.integers(1, 60), st.text(max_size=10))
def test_each_value_is_spread_so_that_its_counts_differ_by_one_at_most(
    members: list[Member], count: int, seed: str
) -> None:
    found = groups.split(members, count, seed)
    for value in {member.stratum for member in members}:
        assert is_even([sum(member.stratum == value for member in group) for group in found])
    assert all(spread.most - spread.fewest <= 1 for spread in groups.spreads(found))
    assert sum(spread.people for spread in groups.spreads(found)) == len(members)


@given(MEMBERS, st.integers(1, 60), st.randoms(use_true_random=False))
def test_the_order_people_come_in_changes_nothing(members: list[Member], count: int, chance: random.Random) -> None:
    shuffled = members.copy()
    chance.shuffle(shuffled)
    assert groups.split(shuffled, count, "benih") == groups.split(members, count, "benih")


def test_another_seed_gives_other_groups() -> None:
    members = [Member(id) for id in range(1, 394)]
    assert groups.split(members, 56, "a") == groups.split(members, 56, "a") != groups.split(members, 56, "b")


def test_no_place_in_a_group_is_kept_for_anybody() -> None:
    """Over many seeds somebody is in every group about equally often."""
    members = [Member(id, "Bali" if id % 3 else "Aceh") for id in range(12)]
    where: Counter[int] = Counter()
    for seed in range(400):
        found = groups.split(members, 4, str(seed))
        where[next(number for number, group in enumerate(found) if members[0] in group)] += 1
    assert all(70 < where[number] < 130 for number in range(4))


def test_many_values_that_only_one_person_has_still_make_equal_groups() -> None:
    found = groups.split([Member(id, f"kota {id}") for id in range(393)], 56, "benih")
    assert groups.sizes(found) == [(7, 55), (8, 1)]


@given(st.integers(0, 1000), RANGES)
def test_sizes_lie_in_the_range_whenever_some_number_of_groups_allows_it(people: int, wanted: Range) -> None:
    count = groups.number_of_groups(people, wanted)
    if people == 0:
        assert count == 0
        return
    assert count >= 1
    best = min(wanted.misses(people, other) for other in range(1, people + 1))
    assert wanted.misses(people, count) == best


@pytest.mark.parametrize(
    ("people", "wanted", "count", "misses"),
    [
        (393, Range(6, 8), 56, 0),
        (393, Range(7, 7), 56, 1),
        (1, Range(6, 8), 1, 5),
        (3, Range(6, 8), 1, 3),
        (11, Range(6, 8), 2, 1),
        (10, Range(6, 8), 2, 1),
        (9, Range(6, 8), 1, 1),
        (6, Range(6, 8), 1, 0),
        (12, Range(2, 20), 1, 0),
    ],
)
def test_the_number_of_groups(people: int, wanted: Range, count: int, misses: int) -> None:
    assert groups.number_of_groups(people, wanted) == count
    assert wanted.misses(people, count) == misses


@given(st.integers(0, 60), st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_newcomers_even_groups_out(newcomers: int, sizes: list[int]) -> None:
    now = dict(enumerate(sizes))
    placed = groups.place(range(newcomers), now)
    assert [newcomer for newcomer, _group in placed] == list(range(newcomers))
    for _newcomer, group in placed:
        assert now[group] == min(now.values())
        now[group] += 1


DETAILS = {id: {"provinsi": "Bali" if id % 2 else " Aceh ", "asrama": str(id)} for id in range(1, 20)} | {20: {}}


def test_a_plan_spreads_a_column_and_counts_those_of_whom_nothing_is_known() -> None:
    made = plan(Wish(Way.SPREAD, "benih", "provinsi", Range(6, 8)), DETAILS)
    assert (made.people, made.sizes, made.misses) == (20, [(6, 1), (7, 2)], 0)
    assert [(spread.value, spread.people) for spread in made.spreads] == [("Bali", 10), ("Aceh", 9), ("", 1)]


def test_a_plan_by_number_of_groups_has_that_many() -> None:
    assert plan(Wish(Way.RANDOM, "benih", count=3), DETAILS).sizes == [(6, 1), (7, 2)]


def test_groups_by_hand_are_empty() -> None:
    assert plan(Wish(Way.BY_HAND), DETAILS).sizes == [(0, 3)]
    assert plan(Wish(Way.BY_HAND, count=5), {}).sizes == [(0, 5)]


def test_a_plan_says_by_how_much_no_number_of_groups_fits() -> None:
    few = {id: DETAILS[id] for id in range(1, 12)}
    assert plan(Wish(Way.RANDOM, "benih", wanted=Range(6, 8)), few).misses == 1


@pytest.mark.parametrize(
    ("wish", "details", "said"),
    [
        (Wish(Way.RANDOM, "x"), {}, "Belum ada praja"),
        (Wish(Way.BY_HAND), {}, "Isi jumlah kelompok"),
        (Wish(Way.SPREAD, "x", "agama"), DETAILS, "Kolom ini tidak ada"),
        (Wish(Way.RANDOM, "x", count=21), DETAILS, "lebih banyak daripada praja"),
        (Wish(Way.BY_HAND, count=201), DETAILS, "paling banyak 200"),
        (Wish(Way.RANDOM, "x", wanted=Range(1, 1)), {id: {} for id in range(201)}, "paling banyak 200"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(wish: Wish, details: dict[int, dict[str, str]], said: str) -> None:
    with pytest.raises(DomainError, match=said):
        plan(wish, details)


def test_columns_are_those_that_anybody_has() -> None:
    assert columns(DETAILS.values()) == ["asrama", "provinsi"]
    assert columns([]) == []
