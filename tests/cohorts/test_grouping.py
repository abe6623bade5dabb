"""Groups of a cohort: seen before they are kept, changed by hand, lost to nobody, and found by their learners."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from accounts.actions import create_person
from accounts.models import LogEntry
from cohorts import group_queries, grouping
from cohorts.actions import end_enrolment, enrol
from cohorts.group_plans import Way, Wish
from cohorts.models import Announcement, Enrolment, Group, GroupMember, GroupSet
from foundation.database import db
from foundation.errors import Conflict
from tests.cast import Cast
from tests.conftest import NOW

As = Callable[[str], FlaskClient]
SETS = "/angkatan/dua/kelompok/"
FORM = {"name": "Kelompok FGD", "way": "acak", "smallest": "6", "largest": "8", "count": "", "seed": "benih"}


def fill(cast: Cast, people: int) -> None:
    """Cohort dua with omar and others: praja01 (Bali), praja02 (Aceh), …"""
    for number in range(1, people):
        newcomer = create_person(f"praja{number:02}", f"Praja {number:02}", NOW)
        enrolment = enrol(newcomer, cast.cohorts["dua"], NOW)
        enrolment.details = {"provinsi": "Bali" if number % 2 else "Aceh"}
    db.session.commit()


def made(cast: Cast, people: int = 20, way: Way = Way.RANDOM, **more: int) -> GroupSet:
    fill(cast, people)
    return grouping.make_groups(cast.ida, cast.cohorts["dua"], "Kelompok FGD", Wish(way, "benih", **more), NOW)


def sizes(group_set: GroupSet) -> list[int]:
    db.session.expire_all()
    return list(group_queries.roll_of(group_set).sizes.values())


def address(group_set: GroupSet, rest: str = "") -> str:
    return f"{SETS}{group_set.id}/{rest}"


def usernames(group: Group) -> list[str]:
    db.session.expire_all()
    return [member.person.username for member in group_queries.roll_of(group.set).members(group)]


def logged(deed: str) -> list[LogEntry]:
    return db.session.query(LogEntry).filter_by(deed=deed).order_by(LogEntry.id).all()


# A new set.


def test_without_a_set_the_list_says_what_to_do_first(cast: Cast, as_: As) -> None:
    page = as_("bayu").get(SETS).text
    assert "Buat pembagian yang pertama" in page
    assert f"{SETS}baru" in page


def test_a_new_set_is_shown_before_it_is_kept(cast: Cast, as_: As) -> None:
    fill(cast, 20)
    response = as_("bayu").get(f"{SETS}baru", query_string=FORM)
    assert response.status_code == 200
    assert "3 kelompok · 20 praja" in " ".join(response.text.split())
    assert "1 kelompok berisi 6 praja" in response.text
    assert "2 kelompok berisi 7 praja" in response.text
    assert db.session.query(GroupSet).count() == 0


def test_the_preview_says_how_a_column_is_spread(cast: Cast, as_: As) -> None:
    fill(cast, 20)
    page = as_("bayu").get(f"{SETS}baru", query_string=FORM | {"way": "merata:provinsi"}).text
    rows = [
        re.findall(r"<t[hd][^>]*>\s*(.*?)\s*</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    ]
    assert rows[1:] == [["Bali", "10", "3–4"], ["Aceh", "9", "3"], ["(belum diisi)", "1", "0–1"]]


def test_the_preview_says_when_no_number_of_groups_fits(cast: Cast, as_: As) -> None:
    fill(cast, 11)
    assert "selisih 1 orang" in as_("bayu").get(f"{SETS}baru", query_string=FORM).text


def test_the_form_comes_with_a_key_of_its_own_each_time(cast: Cast, as_: As) -> None:
    pattern = r'name="seed"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="seed"'
    keys = {re.findall(pattern, as_("bayu").get(f"{SETS}baru").text)[0] for _turn in range(2)}
    assert len(keys) == 2


def test_what_was_shown_is_what_is_kept(cast: Cast, as_: As) -> None:
    fill(cast, 20)
    response = as_("bayu").post(f"{SETS}baru", data=FORM | {"way": "merata:provinsi"})
    kept = db.session.query(GroupSet).one()
    assert (response.status_code, response.location) == (303, address(kept))
    assert (kept.name, kept.seed, kept.stratified_by) == ("Kelompok FGD", "benih", "provinsi")
    assert [group.name for group in kept.groups] == ["Kelompok 1", "Kelompok 2", "Kelompok 3"]
    assert sizes(kept) == [7, 7, 6]
    entry = logged("MAKE_GROUPS")[0]
    assert (entry.actor_id, entry.cohort) == (cast.bayu.id, "dua")
    assert entry.details == {"set": "Kelompok FGD", "groups": 3, "people": 20}


def test_groups_by_hand_begin_empty(cast: Cast, as_: As) -> None:
    as_("bayu").post(f"{SETS}baru", data=FORM | {"way": "tangan", "count": "4"})
    kept = db.session.query(GroupSet).one()
    assert (sizes(kept), kept.seed) == ([0, 0, 0, 0], "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "   "}, "Nama belum diisi"),
        ({"name": "x" * 101}, "terlalu panjang"),
        ({"way": ""}, "Pilih salah satu cara"),
        ({"way": "merata:agama"}, "Pilih salah satu cara"),
        ({"smallest": "enam"}, "angka bulat"),
        ({"smallest": "0"}, "angka bulat"),
        ({"largest": "9" * 5000}, "angka bulat"),
        ({"smallest": "8", "largest": "6"}, "lebih besar daripada"),
        ({"count": "-1"}, "angka bulat"),
        ({"count": "21"}, "lebih banyak daripada praja"),
        ({"seed": "\x01"}, "Kata acak belum diisi"),
        ({"seed": "x" * 51}, "terlalu panjang"),
    ],
)
def test_a_wish_that_cannot_be_is_told_so_in_the_form(cast: Cast, as_: As, change: dict[str, str], said: str) -> None:
    fill(cast, 20)
    bayu = as_("bayu")
    kept = bayu.post(f"{SETS}baru", data=FORM | change)
    assert kept.status_code == 400
    assert said in kept.text
    if "name" not in change:
        shown = bayu.get(f"{SETS}baru", query_string=FORM | change)
        assert (shown.status_code, said in shown.text) == (400, True)
    assert db.session.query(GroupSet).count() == 0


def test_only_who_is_in_the_cohort_by_now_is_split(cast: Cast) -> None:
    fill(cast, 20)
    end_enrolment(cast.ida, db.session.query(Enrolment).filter_by(person_id=cast.omar.id).one(), NOW)
    group_set = grouping.make_groups(cast.ida, cast.cohorts["dua"], "FGD", Wish(Way.RANDOM, "benih"), NOW)
    assert sum(sizes(group_set)) == 19


def test_two_sets_of_a_cohort_never_share_a_name(cast: Cast, as_: As) -> None:
    first = made(cast)
    twice = as_("bayu").post(f"{SETS}baru", data=FORM | {"name": "kelompok fgd"})
    assert twice.status_code == 409
    assert "Sudah ada pembagian bernama" in twice.text
    second = grouping.make_groups(cast.ida, cast.cohorts["dua"], "Capstone", Wish(Way.BY_HAND, count=2), NOW)
    assert as_("bayu").post(address(second), data={"name": first.name}).status_code == 409
    assert as_("bayu").post(address(second), data={"name": "capstone"}).status_code == 303, "its own name is free"


# One set.


def test_a_set_shows_its_groups_with_members_and_facilitators(cast: Cast, as_: As) -> None:
    group_set = made(cast)
    grouping.change_group(cast.ida, group_set.groups[0], "Melati", "kofi", NOW)
    page = as_("bayu").get(address(group_set)).text
    assert "Melati" in page
    assert "Pendamping: Kofi Dosen" in page
    assert "Omar Bakri" in page
    assert "acak, kata benih" in page
    assert "belum masuk kelompok" not in page


def test_who_left_the_cohort_is_in_no_group_and_comes_back_into_the_same(cast: Cast, as_: As) -> None:
    group_set = made(cast)
    omars = cast.enrolments["omar"]
    end_enrolment(cast.ida, omars, NOW)
    assert sum(sizes(group_set)) == 19
    assert "Omar Bakri" not in as_("bayu").get(address(group_set)).text
    enrol(cast.omar, cast.cohorts["dua"], NOW)
    db.session.commit()
    assert sum(sizes(group_set)) == 20


def test_late_comers_go_into_the_smallest_groups(cast: Cast, as_: As) -> None:
    group_set = made(cast)
    for number in range(4):
        enrol(create_person(f"telat{number}", f"Telat {number}", NOW), cast.cohorts["dua"], NOW)
    db.session.commit()
    bayu = as_("bayu")
    assert "4 praja belum masuk kelompok" in bayu.get(address(group_set)).text
    assert bayu.post(address(group_set, "isi")).status_code == 303
    assert sizes(group_set) == [8, 8, 8]
    assert {entry.subject for entry in logged("MOVE_TO_GROUP")} == {f"Telat {n} (telat{n})" for n in range(4)}
    bayu.post(address(group_set, "isi"))
    assert "Semua praja sudah punya kelompok" in bayu.get(address(group_set)).text


def test_a_set_without_groups_says_to_add_one_first(cast: Cast, as_: As) -> None:
    group_set = made(cast, 1, count=1, way=Way.BY_HAND)
    bayu = as_("bayu")
    bayu.post(address(group_set, f"{group_set.groups[0].id}/hapus"))
    assert "Tambah kelompok dahulu" in bayu.get(address(group_set)).text
    assert bayu.post(address(group_set, "isi")).status_code == 400


def test_members_are_moved_by_ticking_them(cast: Cast, as_: As) -> None:
    group_set = made(cast, 4, count=2)
    one, other = group_set.groups
    moved = usernames(one)
    back = address(group_set, f"{one.id}/")
    response = as_("bayu").post(
        address(group_set, "pindahkan"), data={"praja": [*moved, "lena"], "ke": other.id, "lanjut": back}
    )
    assert (response.status_code, response.location) == (303, back)
    assert (usernames(one), len(usernames(other))) == ([], 4)
    assert [entry.details["group"] for entry in logged("MOVE_TO_GROUP")] == ["Kelompok 2", "Kelompok 2"]
    again = as_("bayu").post(address(group_set, "pindahkan"), data={"praja": moved, "ke": other.id})
    assert (again.status_code, again.location) == (303, address(group_set))
    assert len(logged("MOVE_TO_GROUP")) == 2, "who is there already is not moved"


@pytest.mark.parametrize(
    "data",
    [{}, {"praja": "omar"}, {"praja": "omar", "ke": "x"}, {"praja": "omar", "ke": "9" * 40}, {"praja": "lena"}],
)
def test_a_move_of_nobody_or_to_nowhere_is_refused(cast: Cast, as_: As, data: dict[str, str]) -> None:
    group_set = made(cast, 4, count=2)
    target = {"ke": str(group_set.groups[0].id)} if data == {"praja": "lena"} else {}
    assert as_("bayu").post(address(group_set, "pindahkan"), data=data | target).status_code == 400
    assert sizes(group_set) == [2, 2]


def test_nobody_is_moved_into_a_group_of_another_set(cast: Cast, as_: As) -> None:
    group_set = made(cast, 4, count=2)
    other = grouping.make_groups(cast.ida, cast.cohorts["dua"], "Capstone", Wish(Way.BY_HAND, count=1), NOW)
    data = {"praja": "omar", "ke": str(other.groups[0].id)}
    assert as_("bayu").post(address(group_set, "pindahkan"), data=data).status_code == 400
    assert sizes(other) == [0]


def test_moving_leads_to_no_other_site(cast: Cast, as_: As) -> None:
    group_set = made(cast, 4, count=2)
    data = {"praja": "omar", "ke": str(group_set.groups[0].id), "lanjut": "https://jahat.example/"}
    assert as_("bayu").post(address(group_set, "pindahkan"), data=data).location == "/"


def test_a_group_gets_a_name_and_a_facilitator_and_loses_both(cast: Cast, as_: As) -> None:
    group_set = made(cast)
    bayu, page = as_("bayu"), address(group_set, f"{group_set.groups[0].id}/")
    assert "Kofi Dosen" in bayu.get(page).text
    assert bayu.post(page, data={"name": " Melati  Putih ", "facilitator": "bayu"}).status_code == 303
    db.session.expire_all()
    group = group_set.groups[0]
    assert (group.name, group.facilitator) == ("Melati Putih", cast.bayu)
    bayu.post(page, data={"name": "Melati", "facilitator": ""})
    db.session.expire_all()
    assert group_set.groups[0].facilitator is None
    assert len(logged("CHANGE_GROUP")) == 2


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"name": "", "facilitator": ""}, 400, "Nama belum diisi"),
        ({"name": "KELOMPOK 2", "facilitator": ""}, 409, "Sudah ada kelompok bernama"),
        ({"name": "Melati", "facilitator": "lena"}, 400, "Pilih pendamping dari daftar"),
        ({"name": "Melati", "facilitator": "tidak-ada"}, 400, "Pilih pendamping dari daftar"),
    ],
)
def test_a_wrong_name_or_facilitator_is_told_so_in_the_form(
    cast: Cast, as_: As, data: dict[str, str], status: int, said: str
) -> None:
    group_set = made(cast)
    response = as_("bayu").post(address(group_set, f"{group_set.groups[0].id}/"), data=data)
    assert (response.status_code, said in response.text) == (status, True)
    db.session.expire_all()
    assert group_set.groups[0].name == "Kelompok 1"


def test_facilitators_are_those_with_a_grant_near_the_cohort(cast: Cast) -> None:
    for cohort, names in (("dua", ["ada", "bayu", "ida", "kofi"]), ("satu", ["ada", "ida", "kofi"]), ("tiga", ["ada"])):
        found = group_queries.possible_facilitators(cast.cohorts[cohort])
        assert [person.username for person in found] == names


def test_a_group_is_added_under_a_free_number(cast: Cast, as_: As) -> None:
    group_set = made(cast, 4, count=2)
    grouping.change_group(cast.ida, group_set.groups[0], "Kelompok 3", "", NOW)
    as_("bayu").post(address(group_set, "tambah"))
    db.session.expire_all()
    assert [group.name for group in group_set.groups] == ["Kelompok 3", "Kelompok 2", "Kelompok 4"]
    assert sizes(group_set) == [2, 2, 0]


def test_only_an_empty_group_without_announcements_is_deleted(cast: Cast, as_: As) -> None:
    group_set = made(cast, 4, count=2)
    bayu, full = as_("bayu"), group_set.groups[0]
    page = address(group_set, f"{full.id}/hapus")
    assert "Ya, hapus" in bayu.get(page).text
    assert bayu.post(page).status_code == 409
    as_("bayu").post(
        address(group_set, "pindahkan"), data={"praja": usernames(full), "ke": str(group_set.groups[1].id)}
    )
    said = Announcement(
        cohort_id=group_set.cohort_id, group_id=full.id, title="x", source="x", html="x", appears_at=NOW, changed_at=NOW
    )
    db.session.add(said)
    db.session.commit()
    assert bayu.post(page).status_code == 409
    db.session.delete(said)
    db.session.commit()
    assert bayu.post(page).status_code == 303
    assert sizes(group_set) == [4]


def test_a_deleted_set_is_brought_back_with_all_that_was_in_it(cast: Cast, as_: As) -> None:
    group_set = made(cast)
    bayu = as_("bayu")
    assert "Ya, hapus" in bayu.get(address(group_set, "hapus")).text
    bayu.post(address(group_set, "hapus"))
    assert "Sudah dihapus (1)" in bayu.get(SETS).text
    assert "sudah dihapus" in bayu.get(address(group_set)).text
    assert bayu.post(address(group_set, "isi")).status_code == 409
    assert as_("omar").get("/angkatan/dua/kelompok-saya").text.count("Kelompok FGD") == 0
    bayu.post(address(group_set, "kembalikan"))
    assert sizes(group_set) == [7, 7, 6]
    assert "Kelompok FGD" in as_("omar").get("/angkatan/dua/kelompok-saya").text
    assert (len(logged("DELETE_GROUPS")), len(logged("RESTORE_GROUPS"))) == (1, 1)


def test_a_deleted_set_whose_name_was_taken_meanwhile_stays_deleted(cast: Cast) -> None:
    group_set = made(cast)
    grouping.delete_set(cast.ida, group_set, NOW)
    grouping.make_groups(cast.ida, cast.cohorts["dua"], "Kelompok FGD", Wish(Way.BY_HAND, count=1), NOW)
    with pytest.raises(Conflict):
        grouping.restore_set(cast.ida, group_set, NOW)
    db.session.rollback()
    assert group_set.deleted_at == NOW


def test_a_group_deleted_meanwhile_takes_nobody(cast: Cast) -> None:
    group_set = made(cast, 4, count=2)
    grouping.add_group(cast.ida, group_set, NOW)
    gone = group_set.groups[2]
    db.session.execute(delete(Group).where(Group.id == gone.id), execution_options={"synchronize_session": False})
    with pytest.raises(Conflict):
        grouping.move(cast.ida, gone, ["omar"], NOW)


def test_the_file_has_everybody_and_runs_nothing(cast: Cast, as_: As) -> None:
    group_set = made(cast, 3, count=2)
    cast.omar.name = "=1+1"
    enrol(create_person("telat", "Telat", NOW), cast.cohorts["dua"], NOW)
    db.session.commit()
    response = as_("bayu").get(address(group_set, "kelompok.csv"))
    assert response.mimetype == "text/csv"
    assert 'filename="dua-kelompok-fgd.csv"' in response.headers["Content-Disposition"]
    lines = response.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "nama_pengguna;nama;Kelompok FGD"
    assert sorted(line.split(";")[0] for line in lines[1:]) == ["omar", "praja01", "praja02", "telat"]
    assert "omar;'=1+1;Kelompok" in response.text
    assert lines[-1] == "telat;Telat;"


def test_names_from_people_are_shown_and_never_run(cast: Cast, as_: As) -> None:
    group_set = made(cast, 4, count=2)
    cast.omar.name = "<script>alert(1)</script>"
    grouping.change_group(cast.ida, group_set.groups[0], "<b>Melati</b>", "", NOW)
    page = as_("bayu").get(address(group_set)).text
    assert "<script>alert" not in page
    assert "<b>Melati" not in page


# Who may see what.


@pytest.mark.parametrize(("who", "status"), [("ida", 200), ("bayu", 404), ("kofi", 403), ("lena", 403), ("omar", 404)])
def test_a_set_belongs_to_its_cohort(cast: Cast, as_: As, who: str, status: int) -> None:
    group_set = grouping.make_groups(cast.ida, cast.cohorts["satu"], "FGD", Wish(Way.RANDOM, "x"), NOW)
    assert as_(who).get(f"/angkatan/satu/kelompok/{group_set.id}/").status_code == status
    assert as_("ida").get(address(group_set)).status_code == 404, "under another cohort's address it is not there"


@pytest.mark.parametrize("rest", ["0/", "2147483647/", f"{'9' * 40}/", "x/", "1/2/"])
def test_a_set_that_is_not_there_is_not_found(cast: Cast, as_: As, rest: str) -> None:
    assert as_("bayu").get(SETS + rest).status_code == 404


def test_a_wrong_method_is_told_so(cast: Cast, as_: As) -> None:
    group_set = made(cast)
    assert as_("bayu").get(address(group_set, "isi")).status_code == 405
    assert as_("bayu").post(address(group_set, "kelompok.csv")).status_code == 405


# A learner's own groups.


def test_a_learner_sees_own_groups_and_no_other(cast: Cast, as_: As) -> None:
    group_set = made(cast)
    own = db.session.query(GroupMember).filter_by(enrolment_id=cast.enrolments["omar"].id).one().group
    grouping.change_group(cast.ida, own, "Melati", "kofi", NOW)
    page = as_("omar").get("/angkatan/dua/kelompok-saya").text
    assert "Melati" in page
    assert "Pendamping: Kofi Dosen" in page
    assert all(f"Praja {username[-2:]}" in page for username in usernames(own) if username != "omar")
    others = [name for group in group_set.groups if group != own for name in usernames(group)]
    assert not any(f"Praja {username[-2:]}" in page for username in others)


def test_a_learner_without_a_group_is_told_what_comes(cast: Cast, as_: As) -> None:
    assert "Anda belum masuk kelompok" in as_("omar").get("/angkatan/dua/kelompok-saya").text


def test_staff_who_study_nothing_here_are_told_why_they_have_no_group(cast: Cast, as_: As) -> None:
    made(cast)
    assert "Anda bukan praja di angkatan ini" in as_("bayu").get("/angkatan/dua/kelompok-saya").text


def test_home_names_own_groups_and_leads_to_them(cast: Cast, as_: As) -> None:
    assert "Kelompok saya" not in as_("omar").get("/").text
    group_set = made(cast)
    own = db.session.query(GroupMember).filter_by(enrolment_id=cast.enrolments["omar"].id).one().group
    link = f'<a href="/angkatan/dua/kelompok-saya">Kelompok FGD, {own.name}</a>'
    assert link in as_("omar").get("/").text
    assert "Kelompok saya" not in as_("bayu").get("/").text
    grouping.delete_set(cast.ida, group_set, NOW)
    assert "Kelompok saya" not in as_("omar").get("/").text


def test_where_one_studies_and_in_which_groups_is_one_query(cast: Cast, queries: list[str]) -> None:
    made(cast)
    grouping.make_groups(cast.ida, cast.cohorts["dua"], "Capstone", Wish(Way.RANDOM, "y", count=2), NOW)
    omar, nobody = cast.omar.id, cast.ida.id
    db.session.expunge_all()
    queries.clear()
    enrolments, groups = group_queries.own_places(omar)
    assert [enrolment.cohort.slug for enrolment in enrolments] == ["dua"]
    assert [(group.set.cohort.slug, group.set.name) for group in groups] == [
        ("dua", "Kelompok FGD"),
        ("dua", "Capstone"),
    ]
    assert len(queries) == 1
    assert group_queries.own_places(nobody) == ([], [])


def test_own_groups_are_one_query(cast: Cast, queries: list[str]) -> None:
    group_set = made(cast)
    grouping.make_groups(cast.ida, cast.cohorts["dua"], "Capstone", Wish(Way.RANDOM, "y", count=2), NOW)
    for group in group_set.groups:
        grouping.change_group(cast.ida, group, group.name, "kofi", NOW)
    enrolment = cast.enrolments["omar"]
    db.session.refresh(enrolment)
    id = enrolment.id
    db.session.expunge_all()
    queries.clear()
    found = group_queries.groups_of(Enrolment(id=id))
    said = [(group.set.name, group.name, group.facilitator and group.facilitator.name) for group in found]
    assert [name for name, _group, _who in said] == ["Kelompok FGD", "Capstone"]
    assert [who for _name, _group, who in said] == ["Kofi Dosen", None]
    assert [len(people) for people in found.values()] in ([7, 10], [6, 10])
    assert len(queries) == 1


# Many.


def test_a_hall_in_56_groups_takes_as_many_queries_as_a_few(cast: Cast, as_: As, queries: list[str]) -> None:
    bayu, small = as_("bayu"), made(cast, 2, count=1)
    page = address(small)
    bayu.get(page)
    queries.clear()
    bayu.get(page)
    few = len(queries)
    db.session.add_all(
        Enrolment(
            person=create_person(f"aula{number}", f"Aula {number}", NOW),
            cohort_id=small.cohort_id,
            enrolled_at=NOW,
            details={},
        )
        for number in range(391)
    )
    db.session.commit()
    hall = grouping.make_groups(cast.ida, cast.cohorts["dua"], "Aula", Wish(Way.RANDOM, "benih"), NOW)
    for group in hall.groups[:9]:
        grouping.change_group(cast.ida, group, group.name, ("kofi", "ida", "bayu")[group.position % 3], NOW)
    assert sorted(sizes(hall)) == [7] * 55 + [8]
    pages = [address(hall), address(hall, "kelompok.csv"), address(hall, f"{hall.groups[0].id}/")]
    queries.clear()
    assert len(bayu.get(pages[0]).text) < 80_000
    assert len(queries) == few == 6
    for page in pages[1:]:
        queries.clear()
        bayu.get(page)
        assert len(queries) <= 7
    queries.clear()
    bayu.get(SETS)
    assert len(queries) <= 6
