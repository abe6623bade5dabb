"""Importing a roster adds and corrects, never takes away, and a second time changes nothing."""

import time
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from accounts import actions as account_actions
from accounts.models import LogEntry, Person
from accounts.queries import find_person, get_person
from accounts.roles import Role, cohort_scope
from cohorts import actions, roster
from cohorts.importing import import_roster
from cohorts.models import Cohort, Enrolment, Group, GroupMember, GroupSet
from cohorts.planning import Step, plan
from cohorts.queries import find_enrolment_in
from foundation.database import db
from foundation.errors import DomainError
from tests.cast import Cast
from tests.conftest import NOW

FOUR = "npp;nama;kelompok FGD;provinsi\n1;Wayan;10;Bali\n2;Dewi;2;\n3;Suharto;;Jawa Tengah\nomar;;2;Papua\n"


def bring(cast: Cast, text: str, who: str | None = "bayu", cohort: str = "dua", **more: Any) -> dict[Step, int]:
    actor = cast.people[who] if who else None
    return import_roster(actor, cast.cohorts[cohort], roster.read(text), NOW, **more)


def taken(done: dict[Step, int]) -> dict[str, int]:
    return {step.value: number for step, number in done.items() if number}


def state() -> list[Any]:
    """Everything an import may write, as plain values."""
    db.session.expire_all()
    columns = (
        select(Person.id, Person.username, Person.name, Person.password_hash).order_by(Person.id),
        select(Enrolment.id, Enrolment.person_id, Enrolment.cohort_id, Enrolment.ended_at, Enrolment.details),
        select(GroupSet.id, GroupSet.name, GroupSet.deleted_at).order_by(GroupSet.id),
        select(Group.id, Group.set_id, Group.name, Group.position).order_by(Group.id),
        select(GroupMember.id, GroupMember.group_id, GroupMember.enrolment_id).order_by(GroupMember.id),
        select(LogEntry.id).order_by(LogEntry.id),
    )
    return [sorted(map(repr, db.session.execute(query))) for query in columns]


def groups_of(username: str) -> dict[str, str]:
    query = (
        select(GroupSet.name, Group.name)
        .join(Group.set)
        .join(GroupMember, GroupMember.group_id == Group.id)
        .join(GroupMember.enrolment)
        .join(Enrolment.person)
        .where(Person.username == username)
    )
    return dict(db.session.execute(query).all())  # type: ignore[arg-type]


def test_new_people_get_an_account_a_place_groups_and_details(cast: Cast) -> None:
    assert taken(bring(cast, FOUR)) == {"create": 3, "update": 1}
    wayan = get_person("1")
    assert (wayan.name, wayan.password_hash, wayan.has_own_password) == ("Wayan", None, False)
    enrolment = find_enrolment_in(wayan.id, cast.cohorts["dua"].id)
    assert enrolment is not None
    assert (enrolment.details, groups_of("1")) == ({"provinsi": "Bali"}, {"Kelompok FGD": "10"})
    assert groups_of("3") == {}
    assert cast.omar.name == "Omar Bakri", "an empty cell leaves the name that stands"


def test_new_groups_stand_in_the_order_of_their_numbers(cast: Cast) -> None:
    bring(cast, FOUR)
    assert list(db.session.scalars(select(Group.name).order_by(Group.position))) == ["2", "10"]


def test_it_is_logged_once_with_its_numbers(cast: Cast) -> None:
    bring(cast, FOUR)
    (entry,) = db.session.scalars(select(LogEntry))
    assert (entry.deed, entry.actor_id, entry.course, entry.cohort) == ("IMPORT_ROSTER", cast.bayu.id, "contoh", "dua")
    assert entry.details == {
        "created": 3,
        "enrolled": 0,
        "updated": 1,
        "people": ["1", "2", "3", "omar"],
        "renamed": {},
    }


def test_the_log_keeps_how_somebody_was_called(cast: Cast) -> None:
    bring(cast, "npp;nama\nomar;Umar Bakri\n")
    (entry,) = db.session.scalars(select(LogEntry))
    assert entry.details["renamed"] == {"omar": "Omar Bakri"}


def test_a_second_time_changes_nothing(cast: Cast) -> None:
    bring(cast, FOUR)
    before = state()
    assert taken(bring(cast, FOUR)) == {"keep": 4}
    assert state() == before


def test_what_a_file_leaves_out_stands(cast: Cast) -> None:
    bring(cast, FOUR)
    assert taken(bring(cast, "npp;nama;kelompok FGD;kelas\n1;;;A\n")) == {"update": 1}
    wayan = get_person("1")
    enrolment = find_enrolment_in(wayan.id, cast.cohorts["dua"].id)
    assert enrolment is not None
    assert enrolment.details == {"provinsi": "Bali", "kelas": "A"}
    assert (wayan.name, groups_of("1")) == ("Wayan", {"Kelompok FGD": "10"})
    assert find_enrolment_in(get_person("2").id, cast.cohorts["dua"].id) is not None


def test_names_details_and_groups_are_corrected(cast: Cast) -> None:
    bring(cast, FOUR)
    planned = plan(cast.bayu, cast.cohorts["dua"], roster.read("npp;nama;Kelompok fgd;Provinsi\n1;I Wayan;2;NTB\n"))
    assert planned.rows[0].changed == ["nama", "provinsi", "Kelompok fgd"]
    planned = plan(cast.bayu, cast.cohorts["dua"], roster.read("npp;nama;provinsi;kelas\n1;Wayan;Bali;A\n"))
    assert planned.rows[0].changed == ["kelas"], "not what stays as it is"
    bring(cast, "npp;nama;Kelompok fgd;Provinsi\n1;I Wayan;2;NTB\n")
    assert (get_person("1").name, groups_of("1")) == ("I Wayan", {"Kelompok FGD": "2"})
    assert db.session.query(GroupSet).count() == 1


def test_a_split_that_was_deleted_is_not_filled_again(cast: Cast) -> None:
    bring(cast, FOUR)
    db.session.query(GroupSet).one().deleted_at = NOW
    db.session.commit()
    bring(cast, FOUR)
    alive = db.session.scalars(select(GroupSet.id).where(GroupSet.deleted_at.is_(None))).one()
    assert db.session.query(GroupMember).filter_by(set_id=alive).count() == 3


def test_who_was_taken_out_comes_back_by_being_in_the_file(cast: Cast) -> None:
    actions.end_enrolment(cast.bayu, cast.enrolments["omar"], NOW)
    assert plan(cast.bayu, cast.cohorts["dua"], roster.read("npp;nama\nomar;Omar Bakri\n")).rows[0].step is Step.RETURN
    assert taken(bring(cast, "npp;nama\nomar;Omar Bakri\n")) == {"return": 1}
    assert cast.enrolments["omar"].ended_at is None


@pytest.mark.parametrize(("cell", "is_right"), [("DUA", True), ("angkatan dua", True), ("satu", False), ("XX", False)])
def test_a_row_for_another_cohort_is_a_problem(cast: Cast, cell: str, is_right: bool) -> None:
    planned = plan(cast.bayu, cast.cohorts["dua"], roster.read(f"npp;nama;Angkatan\n1;A;{cell}\n"))
    assert [(problem.row, problem.column) for problem in planned.problems] == ([] if is_right else [(2, "Angkatan")])


def test_a_new_account_needs_a_name(cast: Cast) -> None:
    planned = plan(cast.bayu, cast.cohorts["dua"], roster.read("npp;nama\n1;\nomar;\n"))
    assert [(problem.row, problem.column) for problem in planned.problems] == [(2, "nama")]


class TestPeopleOfElsewhere:
    """An instructor may bring in the people of own cohorts, and nobody else who has an account already."""

    @pytest.mark.parametrize(
        ("who", "cohort", "whom", "is_free"),
        [
            ("bayu", "dua", "omar", True),
            ("bayu", "dua", "lena", False),
            ("bayu", "dua", "nils", False),
            ("bayu", "dua", "ada", False),
            ("bayu", "dua", "ida", False),
            ("ida", "dua", "lena", True),
            ("ida", "satu", "omar", True),
            ("ida", "satu", "rani", False),
            ("ida", "satu", "nils", False),
            ("ada", "dua", "lena", True),
            ("ada", "dua", "nils", True),
            ("ada", "dua", "kofi", True),
            (None, "dua", "nils", True),
        ],
    )
    def test_whom_somebody_may_import(self, cast: Cast, who: str | None, cohort: str, whom: str, is_free: bool) -> None:
        name = cast.people[whom].name
        found = roster.read(f"npp;nama\n{whom};Nama Lain\n")
        planned = plan(cast.people[who] if who else None, cast.cohorts[cohort], found)
        assert (planned.problems == ()) is is_free
        assert all(name not in str(problem) for problem in planned.problems), "a refusal tells no name"

    def test_nothing_of_them_is_changed_even_when_the_good_rows_go_in(self, cast: Cast) -> None:
        done = bring(cast, "npp;nama\nlena;Nama Lain\nada;Nama Lain\n1;Wayan\n", skip_problems=True)
        assert taken(done) == {"create": 1}
        assert (cast.lena.name, cast.ada.name) == ("Lena Lestari", "Ada Admin")
        assert find_enrolment_in(cast.lena.id, cast.cohorts["dua"].id) is None

    def test_a_member_who_was_granted_something_is_beyond_an_instructor(self, cast: Cast) -> None:
        account_actions.grant(cast.omar, Role.INSTRUCTOR, cohort_scope("satu"), NOW)
        db.session.commit()
        assert plan(cast.bayu, cast.cohorts["dua"], roster.read("npp;nama\nomar;Lain\n")).problems


def test_one_problem_stops_everything_unless_the_good_rows_were_chosen(cast: Cast) -> None:
    before = state()
    with pytest.raises(DomainError):
        bring(cast, "npp;nama\n1;Wayan\n;Dewi\n")
    db.session.rollback()
    assert state() == before
    assert taken(bring(cast, "npp;nama\n1;Wayan\n;Dewi\n", skip_problems=True)) == {"create": 1}


def test_a_file_that_says_nothing_is_refused_whatever_was_chosen(cast: Cast) -> None:
    for text in ("", "npp;nama\n", "nama\nWayan\n"):
        with pytest.raises(DomainError):
            bring(cast, text, skip_problems=True)


def test_a_part_of_it_can_be_repeated_and_all_parts_make_the_whole(cast: Cast) -> None:
    for start in (0, 2, 2):
        done = bring(cast, FOUR, rows=slice(start, start + 2))
    assert taken(done) == {"keep": 2}
    assert taken(bring(cast, FOUR)) == {"keep": 4}
    assert db.session.query(LogEntry).count() == 2


def many(number: int) -> str:
    people = "".join(f"33.{n:04};Praja {n};{n % 56 + 1};Bali\n" for n in range(1, number + 1))
    return f"npp;nama;kelompok;provinsi\n{people}"


def test_a_whole_year_is_a_matter_of_moments(cast: Cast, queries: list[str]) -> None:
    found = roster.read(many(393))
    begun = time.perf_counter()
    told: list[int] = []
    assert taken(import_roster(cast.ida, cast.cohorts["dua"], found, NOW, tell=told.append)) == {"create": 393}
    assert time.perf_counter() - begun < 2
    assert told == [50] * 7 + [43]
    assert (cast.ida.held_grants, cast.cohorts["dua"].slug) != ([], ""), "both are loaded again after the commit"
    queries.clear()
    assert len(plan(cast.ida, cast.cohorts["dua"], found).rows) == 393
    sent = len(queries)
    queries.clear()
    plan(cast.ida, cast.cohorts["dua"], roster.read(many(2)))
    assert (len(queries), sent) == (4, 4), "the same few queries for two people and for 393"


words = st.text(st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0x24F), min_size=1, max_size=6)
optional = st.one_of(st.just(""), words)
rows = st.lists(st.tuples(words, optional, optional, optional), min_size=1, max_size=6)
_numbers = count()


@pytest.fixture
def admin(cast: Cast) -> Person:
    return cast.ada


@given(rows, rows)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_imported_before_importing_again_changes_nothing(
    admin: Person, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    slug = f"lagi-{next(_numbers)}"
    cohort: Cohort = actions.create_cohort(slug, "contoh", slug, NOW)
    db.session.commit()
    for people in (first, second):
        text = "npp;nama;kelompok;provinsi\n" + "".join(";".join(("u" + row[0], *row[1:])) + "\n" for row in people)
        found = roster.read(text)
        if not plan(admin, cohort, found).rows:
            continue
        members = set(db.session.scalars(select(Enrolment.person_id).where(Enrolment.cohort_id == cohort.id)))
        import_roster(admin, cohort, found, NOW, skip_problems=True)
        before = state()
        done = import_roster(admin, cohort, found, NOW, skip_problems=True)
        assert set(taken(done)) == {"keep"}
        assert state() == before
        after = set(db.session.scalars(select(Enrolment.person_id).where(Enrolment.cohort_id == cohort.id)))
        assert members <= after, "nobody is taken out"


def test_nobody_can_sign_in_before_a_slip_was_handed_out(cast: Cast) -> None:
    bring(cast, FOUR)
    assert find_person("1") is not None
    with pytest.raises(DomainError):
        account_actions.sign_in("1", "", NOW)
