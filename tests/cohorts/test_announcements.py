"""Announcements: written and previewed by those who run the cohort, seen by those they are for, from their time on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from accounts.models import LogEntry
from cohorts import announcing
from cohorts.actions import enrol
from cohorts.announcement_queries import announcements_for, latest_announcements
from cohorts.models import Announcement, Cohort, Enrolment, Group, GroupMember, GroupSet
from cohorts.wording import Wording
from foundation import clock
from foundation.database import db
from foundation.errors import Conflict
from tests.cast import Cast
from tests.conftest import NOW

As = Callable[[str], FlaskClient]

LIST = "/angkatan/dua/pengumuman/"
NEW = "/angkatan/dua/pengumuman/baru"
TOLD = {"title": "Kumpul besok", "source": "Kumpul di **aula** pukul 8.", "group": "", "appears": ""}


def tell(client: FlaskClient, **more: str) -> int:
    return client.post(NEW, data=TOLD | more).status_code


def told() -> Announcement:
    return db.session.query(Announcement).one()


def address(rest: str = "") -> str:
    return f"{LIST}{told().id}/{rest}"


def group_of(cohort: Cohort, *members: Enrolment, name: str = "Kelompok 1") -> Group:
    split = GroupSet(cohort=cohort, name=f"FGD {name}", created_at=NOW)
    group = Group(set=split, name=name, position=1)
    db.session.add_all([split, group])
    db.session.flush()
    db.session.add_all(GroupMember(set_id=split.id, group=group, enrolment=enrolment) for enrolment in members)
    db.session.commit()
    return group


def deeds() -> list[tuple[str, str, str]]:
    return [(entry.deed, entry.cohort, entry.details["title"]) for entry in db.session.query(LogEntry)]


class TestReading:
    def test_it_works(self, cast: Cast, as_: As) -> None:
        assert tell(as_("bayu")) == 303
        for page in (as_("omar").get(LIST).text, as_("omar").get("/").text):
            assert "Kumpul besok" in page
            assert "<strong>aula</strong>" in page
            assert "24 Nov 2026 10.42" in page
            assert "Bayu Instruktur Dua" in page
        assert "Semua pengumuman" in as_("omar").get("/").text

    def test_another_cohort_is_not_told(self, cast: Cast, as_: As) -> None:
        tell(as_("bayu"))
        assert "Kumpul besok" not in as_("lena").get("/").text
        assert as_("lena").get(LIST).status_code == 404

    def test_one_to_come_is_unseen_before_its_time(self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
        tell(as_("bayu"), appears="2026-11-24T12:00")
        omar = as_("omar")
        assert "Kumpul besok" not in omar.get(LIST).text + omar.get("/").text
        assert "tampil 24 Nov 2026 12.00 WITA" in as_("bayu").get(LIST).text
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1, minutes=18))
        assert "Kumpul besok" in omar.get(LIST).text
        assert "Kumpul besok" in omar.get("/").text
        assert "tampil 24" not in as_("bayu").get(LIST).text

    def test_one_for_a_group_is_unseen_by_others(self, cast: Cast, as_: As) -> None:
        enrol(cast.nils, cast.cohorts["dua"], NOW)
        group = group_of(cast.cohorts["dua"], cast.enrolments["omar"])
        group_of(cast.cohorts["dua"], name="Kelompok 2")
        tell(as_("bayu"), group=str(group.id))
        for page in (LIST, "/"):
            assert "untuk FGD Kelompok 1, Kelompok 1" in as_("omar").get(page).text
            assert "Kumpul besok" not in as_("nils").get(page).text

    def test_the_newest_comes_first_and_home_shows_three(self, cast: Cast, as_: As) -> None:
        for day in range(10, 15):
            tell(as_("bayu"), title=f"Hari ke-{day}", appears=f"2026-11-{day}T08:00")
        page = as_("omar").get(LIST).text
        assert [page.index(f"Hari ke-{day}") for day in range(14, 9, -1)] == sorted(
            page.index(f"Hari ke-{day}") for day in range(10, 15)
        )
        home = as_("omar").get("/").text
        assert "Hari ke-12" in home
        assert "Hari ke-11" not in home

    def test_a_long_list_has_pages(self, cast: Cast, as_: As) -> None:
        for day in range(1, 24):
            tell(as_("bayu"), title=f"Hari ke-{day:02}", appears=f"2026-10-{day:02}T08:00")
        for who in ("omar", "bayu"):
            assert "1–20 dari 23" in as_(who).get(LIST).text
            assert "Hari ke-03" in as_(who).get(f"{LIST}?hal=2").text
            assert "Hari ke-04" not in as_(who).get(f"{LIST}?hal=2").text

    def test_nothing_yet_says_what_to_do(self, cast: Cast, as_: As) -> None:
        assert "Belum ada pengumuman untuk Anda" in as_("omar").get(LIST).text
        assert "Tulis pengumuman" in as_("bayu").get(LIST).text
        assert "Semua pengumuman" not in as_("omar").get("/").text

    def test_each_is_one_query_however_many_cohorts(self, cast: Cast, as_: As, queries: list[str]) -> None:
        tell(as_("bayu"))
        enrolments = list(cast.enrolments.values())
        assert [enrolment.cohort.slug for enrolment in enrolments] == ["satu", "dua", "tiga"]
        queries.clear()
        assert len(announcements_for(enrolments[1], NOW, 3)) == 1
        assert len(queries) == 1
        ((cohort, (announcement,)),) = latest_announcements(enrolments, NOW, each=3)
        assert (cohort.slug, announcement.title) == ("dua", "Kumpul besok")
        assert len(queries) == 2
        assert latest_announcements([], NOW, each=3) == []
        assert len(queries) == 2

    def test_a_full_page_is_a_few_queries(self, cast: Cast, as_: As, queries: list[str]) -> None:
        group = group_of(cast.cohorts["dua"], cast.enrolments["omar"])
        for day in range(1, 21):
            tell(as_("bayu"), group=str(group.id), appears=f"2026-10-{day:02}T08:00")
        for who in ("omar", "bayu"):
            client = as_(who)
            queries.clear()
            client.get(LIST)
            assert len(queries) <= 5, queries


class TestWriting:
    def test_it_is_kept_and_logged(self, cast: Cast, as_: As) -> None:
        tell(as_("bayu"))
        assert (told().author, told().appears_at, told().group_id) == (cast.bayu, NOW, None)
        assert deeds() == [("ANNOUNCE", "dua", "Kumpul besok")]

    def test_a_preview_shows_it_and_keeps_nothing(self, cast: Cast, as_: As) -> None:
        response = as_("bayu").post(NEW, data=TOLD | {"pratinjau": "ya"})
        assert response.status_code == 200
        assert "<strong>aula</strong>" in response.text
        assert 'value="Kumpul besok"' in response.text
        assert db.session.query(Announcement).count() == db.session.query(LogEntry).count() == 0

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"title": " "}, "Judul belum diisi."),
            ({"title": "x" * 121}, "paling banyak 120 huruf"),
            ({"source": ""}, "Teks belum diisi."),
            ({"source": "x" * 10_001}, "Teks ini 10001 huruf; paling banyak 10000."),
            ({"appears": "besok"}, "Isi tanggal dan jam"),
            ({"group": "1000000"}, "Pilih salah satu dari daftar."),
            ({"group": "' OR 1=1"}, "Pilih salah satu dari daftar."),
        ],
    )
    @pytest.mark.parametrize("button", [{}, {"pratinjau": "ya"}])
    def test_a_mistake_is_told_at_its_field(
        self, cast: Cast, as_: As, wrong: dict[str, str], says: str, button: dict[str, str]
    ) -> None:
        response = as_("bayu").post(NEW, data=TOLD | wrong | button)
        assert response.status_code == 400
        assert says in response.text
        assert db.session.query(Announcement).count() == 0

    def test_an_empty_form_names_every_mistake_at_once(self, cast: Cast, as_: As) -> None:
        page = as_("bayu").post(NEW).text
        assert "Judul belum diisi." in page
        assert "Teks belum diisi." in page

    def test_a_group_of_another_cohort_or_of_a_deleted_split_cannot_be_told(self, cast: Cast, as_: As) -> None:
        elsewhere = group_of(cast.cohorts["satu"], cast.enrolments["lena"])
        deleted = group_of(cast.cohorts["dua"], name="Kelompok 9")
        deleted.set.deleted_at = NOW
        db.session.commit()
        assert "Kelompok" not in as_("bayu").get(NEW).text
        assert tell(as_("bayu"), group=str(elsewhere.id)) == tell(as_("bayu"), group=str(deleted.id)) == 400

    def test_a_group_that_is_deleted_meanwhile_is_told_of(self, cast: Cast) -> None:
        gone = Wording("Kumpul", "Di aula.", "<p>Di aula.</p>", group_id=4711, appears_at=None)
        with pytest.raises(Conflict):
            announcing.announce(cast.bayu, cast.cohorts["dua"], gone, NOW)

    def test_hostile_text_is_shown_and_never_run(self, cast: Cast, as_: As) -> None:
        tell(as_("bayu"), title="<script>alert(1)</script>", source='<img src=x onerror="alert(1)"> [x](javascript:1)')
        for page in (as_("omar").get("/").text, as_("omar").get(LIST).text, as_("bayu").get(LIST).text):
            assert "<script>alert" not in page
            assert "<img" not in page
            assert "javascript:" not in page

    def test_ids_in_two_texts_do_not_meet(self, cast: Cast, as_: As) -> None:
        for _ in range(2):
            tell(as_("bayu"), source="## isi {#isi}\n\nBegitu.[^1]\n\n[^1]: Catatan.")
        page = as_("omar").get(LIST).text
        assert page.count('id="_isi"') == 1 and 'id="isi"' not in page

    @pytest.mark.parametrize("who", ["omar", "kofi"])
    def test_only_those_who_run_the_cohort_may(self, cast: Cast, as_: As, who: str) -> None:
        assert tell(as_(who)) == 403
        assert as_(who).get(NEW).status_code == 403


class TestChanging:
    @pytest.fixture(autouse=True)
    def once_told(self, cast: Cast, as_: As) -> None:
        tell(as_("bayu"))

    def test_the_form_holds_what_was_written(self, as_: As) -> None:
        page = as_("ida").get(address()).text
        assert 'value="Kumpul besok"' in page
        assert "Kumpul di **aula** pukul 8." in page
        assert 'value="2026-11-24T10:42"' in page

    def test_it_works(self, cast: Cast, as_: As) -> None:
        assert as_("ida").post(address(), data=TOLD | {"source": "Batal."}).status_code == 303
        assert "Batal." in as_("omar").get("/").text
        assert told().author == cast.bayu
        assert deeds()[-1] == ("EDIT_ANNOUNCEMENT", "dua", "Kumpul besok")

    def test_a_preview_changes_nothing(self, as_: As) -> None:
        response = as_("bayu").post(address(), data=TOLD | {"source": "Batal.", "pratinjau": "ya"})
        assert "<p>Batal.</p>" in response.text
        assert told().source == TOLD["source"]

    def test_a_mistake_changes_nothing(self, as_: As) -> None:
        assert as_("bayu").post(address(), data=TOLD | {"title": ""}).status_code == 400
        assert told().title == "Kumpul besok"

    def test_its_group_stays_though_the_split_was_deleted(self, cast: Cast, as_: As) -> None:
        group = group_of(cast.cohorts["dua"], cast.enrolments["omar"])
        as_("bayu").post(address(), data=TOLD | {"group": str(group.id)})
        db.session.get_one(Group, group.id).set.deleted_at = NOW
        db.session.commit()
        assert as_("bayu").post(address(), data=TOLD | {"group": str(group.id)}).status_code == 303
        assert "Kumpul besok" in as_("omar").get("/").text

    def test_one_that_is_withdrawn_is_gone_and_comes_back(self, as_: As) -> None:
        assert "Ya, tarik" in as_("bayu").get(address("tarik")).text
        assert as_("bayu").post(address("tarik")).status_code == 303
        assert "Kumpul besok" not in as_("omar").get("/").text + as_("omar").get(LIST).text
        assert "ditarik" in as_("bayu").get(LIST).text
        assert as_("bayu").post(address("tayangkan")).status_code == 303
        assert "Kumpul besok" in as_("omar").get("/").text
        assert [deed for deed, _cohort, _title in deeds()] == [
            "ANNOUNCE",
            "WITHDRAW_ANNOUNCEMENT",
            "RESTORE_ANNOUNCEMENT",
        ]

    def test_twice_is_once_in_the_log(self, as_: As) -> None:
        for step in ("tayangkan", "tarik", "tarik"):
            as_("bayu").post(address(step))
        assert [deed for deed, _cohort, _title in deeds()] == ["ANNOUNCE", "WITHDRAW_ANNOUNCEMENT"]

    def test_editing_one_that_is_withdrawn_does_not_show_it(self, as_: As) -> None:
        as_("bayu").post(address("tarik"))
        assert "sedang ditarik" in as_("bayu").get(address()).text
        as_("bayu").post(address(), data=TOLD)
        assert "Kumpul besok" not in as_("omar").get("/").text

    def test_an_announcement_of_another_cohort_is_not_there(self, as_: As) -> None:
        own, other = address(), address().replace("/dua/", "/satu/")
        for rest in ("", "tarik"):
            assert as_("ida").get(other + rest).status_code == 404
        assert as_("ida").post(other + "tayangkan").status_code == 404
        assert as_("ida").post(own + "tayangkan").status_code == 303

    def test_a_wrong_method_is_told_so(self, as_: As) -> None:
        assert as_("bayu").get(address("tayangkan")).status_code == 405
        assert as_("bayu").post(LIST).status_code == 405
