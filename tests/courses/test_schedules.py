"""A cohort's own dates: what learners meet, changing them, copying them shifted, and going back to the files'."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from accounts.models import LogEntry
from cohorts.actions import create_cohort
from courses import schedules, scheduling
from courses.dates import UNLIMITED, Dates
from courses.models import CohortSchedule
from foundation import clock
from foundation.database import db
from foundation.errors import Conflict, DomainError
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes.playing import QUIZ, answer_all, start
from tests.sample import QUIZ as QUIZ_SOURCE
from tests.sample import SAMPLE

As = Callable[[str], FlaskClient]

LATER = Dates(NOW + timedelta(days=7), NOW + timedelta(days=8))
PAST = Dates(NOW - timedelta(days=8), NOW - timedelta(days=7))
PAGE = "/angkatan/satu/jadwal"
COPY = f"{PAGE}/salin"


def dated(*dates: str) -> None:
    """Bring the sample online with these lines in the head of its quiz."""
    source = QUIZ_SOURCE.replace("percobaan: 2", "\n".join(["percobaan: 2", *dates]))
    publish(SAMPLE.but(**{"01_sister_city__03_kuis_sister_city_md": source}), NOW)


def give(cast: Cast, cohort: str, dates: Dates | None, key: str = "kuis-sister-city") -> None:
    scheduling.set_dates(cast.ida, cast.cohorts[cohort], {activity(key): dates}, NOW)


def rows_of(cohort: str, cast: Cast) -> dict[str, Dates]:
    found = db.session.query(CohortSchedule).filter_by(cohort_id=cast.cohorts[cohort].id)
    return {row.activity.key: Dates(row.opens, row.closes) for row in found}


def deeds() -> list[str]:
    return [entry.deed for entry in db.session.query(LogEntry).order_by(LogEntry.id)]


def form(**fields: str) -> dict[str, str]:
    """What the page sends of the quiz alone, drawn empty: `buka`, `tutup`, `selalu`, `awal`."""
    return {f"{name}-kuis-sister-city": value for name, value in {"awal": "//", **fields}.items()}


class TestLearning:
    def test_the_cohorts_dates_win_over_the_files(self, cast: Cast, as_: As) -> None:
        dated("tutup: 2026-11-01")
        assert start(as_("lena")).status_code == 409
        give(cast, "satu", Dates(None, NOW + timedelta(days=1)))
        assert start(as_("lena")).status_code == 303
        assert start(as_("omar")).status_code == 409

    def test_a_row_replaces_both_ends(self, cast: Cast, as_: As) -> None:
        dated("buka: 2026-12-01", "tutup: 2026-12-02")
        give(cast, "satu", UNLIMITED)
        assert start(as_("lena")).status_code == 303

    def test_another_cohorts_dates_never_move_this_ones(self, cast: Cast, as_: As) -> None:
        give(cast, "dua", LATER)
        page = as_("lena").get(f"{QUIZ}/").text
        assert "Dibuka" not in page
        assert start(as_("lena")).status_code == 303
        assert start(as_("omar")).status_code == 409

    def test_a_preview_shows_the_files_dates(self, cast: Cast, as_: As) -> None:
        dated("tutup: 2026-12-20")
        give(cast, "satu", LATER)
        page = as_("ida").get(f"{QUIZ}/").text
        assert "20 Des 2026" in page
        assert "1 Des 2026" not in page

    def test_before_it_opens_the_quiz_says_when_instead_of_offering_a_start(self, cast: Cast, as_: As) -> None:
        give(cast, "satu", LATER)
        lena = as_("lena")
        page = lena.get(f"{QUIZ}/").text
        assert "Dibuka 1 Des 2026 10.42 WITA." in page
        assert f'action="{QUIZ}/mulai"' not in page
        assert "Dibuka 1 Des 2026 10.42 WITA." in lena.get("/kursus/contoh/").text

    def test_after_it_closes_too(self, cast: Cast, as_: As) -> None:
        give(cast, "satu", PAST)
        lena = as_("lena")
        page = lena.get(f"{QUIZ}/").text
        assert "sudah ditutup 17 Nov 2026 10.42 WITA" in page
        assert f'action="{QUIZ}/mulai"' not in page
        assert "Sudah ditutup 17 Nov 2026 10.42 WITA." in lena.get("/kursus/contoh/modul/sister-city/").text

    @pytest.mark.parametrize("dates", [LATER, PAST])
    def test_what_cannot_be_done_now_is_not_where_to_continue(self, cast: Cast, as_: As, dates: Dates) -> None:
        give(cast, "satu", dates, "asal-usul")
        give(cast, "satu", dates)
        lena = as_("lena")

        def follows() -> str:
            found = re.search(r"Berikutnya: <strong[^>]*>([^<]+)", lena.get("/kursus/contoh/").text)
            return found[1] if found else ""

        assert follows() == "Asal-usul", "a lesson stays to be read, whatever its dates"
        for key in ("asal-usul", "tahapan"):
            lena.post(f"/kursus/contoh/{key}/selesai")
        assert follows() == "Latihan"
        give(cast, "satu", None)
        assert follows() == "Kuis Sister City"

    def test_in_between_it_can_be_started(self, cast: Cast, as_: As) -> None:
        give(cast, "satu", Dates(PAST.opens, LATER.closes))
        assert f'action="{QUIZ}/mulai"' in as_("lena").get(f"{QUIZ}/").text

    @pytest.mark.parametrize(
        ("dates", "says"),
        [
            (LATER, "Dijadwalkan mulai 1 Des 2026 10.42 WITA."),
            (PAST, "Jadwalnya berakhir 17 Nov 2026 10.42 WITA."),
            (Dates(None, LATER.closes), "Tutup 2 Des 2026 10.42 WITA."),
        ],
    )
    def test_a_lesson_says_its_dates_and_stays_to_be_read(self, cast: Cast, as_: As, dates: Dates, says: str) -> None:
        give(cast, "satu", dates, "asal-usul")
        page = as_("lena").get("/kursus/contoh/asal-usul/").text
        assert says in page
        assert "Kota bersaudara lahir dari niat warga." in page
        assert says not in as_("omar").get("/kursus/contoh/asal-usul/").text

    def test_an_attempt_begun_in_time_is_sent_at_the_closing_and_no_other_is_offered(
        self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closes = NOW + timedelta(hours=1)
        give(cast, "satu", Dates(None, closes))
        lena = as_("lena")
        start(lena)
        answer_all(lena, {"penerbit": ["dprd"]})
        monkeypatch.setattr(clock, "now", lambda: closes)
        assert "Lanjutkan percobaan 1" in lena.get(f"{QUIZ}/").text
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=2))
        page = lena.get(f"{QUIZ}/").text
        assert "Lanjutkan percobaan" not in page
        assert "dikirim 24 Nov 2026 11.42" in page
        assert answer_all(lena, {"penerbit": ["menlu"]}).status_code == 409
        assert "Coba lagi" not in lena.get(f"{QUIZ}/percobaan/1/").text

    def test_the_key_waits_for_the_cohorts_own_closing(
        self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dated("tutup: 2026-11-30", "umpan_balik: setelah-tutup")
        give(cast, "dua", Dates(None, NOW + timedelta(days=30)))
        for who in ("lena", "omar"):
            start(as_(who))
            answer_all(as_(who), submit=True)
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=7))
        assert "PP 28/2018" in as_("lena").get(f"{QUIZ}/percobaan/1/").text
        page = as_("omar").get(f"{QUIZ}/percobaan/1/").text
        assert "PP 28/2018" not in page
        assert "24 Des 2026 10.42 WITA" in page

    def test_the_pause_between_attempts_is_told_before_the_click(
        self, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dated("jeda: 30")
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)
        page = lena.get(f"{QUIZ}/").text
        assert "Percobaan 2 dapat dimulai 24 Nov 2026 11.12 WITA." in page
        assert f'action="{QUIZ}/mulai"' not in page
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=30))
        assert f'action="{QUIZ}/mulai"' in lena.get(f"{QUIZ}/").text
        assert start(lena, 2).status_code == 303

    def test_a_changed_file_leaves_the_cohorts_dates_alone(self, cast: Cast, as_: As) -> None:
        give(cast, "satu", LATER)
        dated("buka: 2026-01-01", "tutup: 2026-12-31")
        assert rows_of("satu", cast) == {"kuis-sister-city": LATER}
        assert start(as_("lena")).status_code == 409
        assert start(as_("omar")).status_code == 303

    def test_a_change_is_seen_at_once(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        for dates, is_told in ((LATER, True), (PAST, False), (LATER, True), (None, False)):
            give(cast, "satu", dates)
            assert ("Dibuka 1 Des" in lena.get(f"{QUIZ}/").text) is is_told

    @pytest.mark.parametrize(
        "url", ["/", "/kursus/contoh/", "/kursus/contoh/asal-usul/", f"{QUIZ}/", f"{QUIZ}/percobaan/1/"]
    )
    def test_own_dates_cost_no_query(self, cast: Cast, as_: As, queries: list[str], url: str) -> None:
        lena = as_("lena")
        start(lena)
        answer_all(lena, submit=True)

        def count() -> int:
            lena.get(url)  # fills the caches
            queries.clear()
            assert lena.get(url).status_code == 200
            return len(queries)

        without = count()
        give(cast, "satu", PAST)
        assert count() == without


class TestChanging:
    def test_the_page_shows_files_and_own_dates(self, cast: Cast, as_: As) -> None:
        dated("buka: 2026-12-01 08.00", "tutup: 2026-12-20 17.00")
        page = as_("ida").get(PAGE).text
        assert "Menurut berkas: buka 1 Des 2026 08.00, tutup 20 Des 2026 17.00." in page
        assert "belum punya jadwal sendiri" in page
        assert "WITA" in page
        give(cast, "satu", LATER)
        page = as_("ida").get(PAGE).text
        assert 'value="2026-12-01T10:42"' in page
        assert "Hapus semua jadwal angkatan ini" in page

    def test_a_saved_date_is_kept_in_utc_and_logged(self, cast: Cast, as_: As) -> None:
        response = as_("ida").post(PAGE, data=form(buka="2026-12-01T07:00", tutup="2026-12-02T17:00"))
        assert response.status_code == 303
        assert rows_of("satu", cast) == {
            "kuis-sister-city": Dates(
                datetime(2026, 11, 30, 23, 0, tzinfo=UTC), datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
            )
        }
        entry = db.session.query(LogEntry).one()
        assert (entry.deed, entry.cohort, entry.course) == ("CHANGE_DATES", "satu", "contoh")
        assert entry.details == {"activity": "Kuis Sister City", "dates": ["2026-12-01T07:00", "2026-12-02T17:00"]}

    def test_only_what_was_touched_is_written(self, cast: Cast, as_: As) -> None:
        give(cast, "satu", LATER)
        give(cast, "satu", LATER, "asal-usul")
        ida = as_("ida")
        page = ida.get(PAGE).text
        fields = dict(re.findall(r'name="((?:awal|buka|tutup)-[a-z-]+)"\s+value="([^"]*)"', page))
        assert len(fields) == 15
        give(cast, "satu", PAST, "asal-usul")  # somebody else, meanwhile
        before = len(deeds())
        fields["tutup-kuis-sister-city"] = ""
        assert ida.post(PAGE, data=fields).status_code == 303
        assert rows_of("satu", cast) == {"kuis-sister-city": Dates(LATER.opens, None), "asal-usul": PAST}
        assert deeds()[before:] == ["CHANGE_DATES"]

    def test_saving_what_stands_changes_nothing(self, cast: Cast, as_: As) -> None:
        give(cast, "satu", LATER)
        revision, before = cast.cohorts["satu"].dates_revision, len(deeds())
        drawn = "2026-12-01T10:42/2026-12-02T10:42/"
        fields = form(awal=drawn, buka="2026-12-01T10:42", tutup="2026-12-02T10:42")
        for said in (fields, {**fields, "awal-kuis-sister-city": "x"}, {}):
            ida = as_("ida")
            assert ida.post(PAGE, data=said).status_code == 303
            assert "Tidak ada yang berubah." in ida.get(PAGE).text
        db.session.expire_all()
        assert (cast.cohorts["satu"].dates_revision, len(deeds())) == (revision, before)

    def test_an_emptied_row_follows_the_file_again(self, cast: Cast, as_: As) -> None:
        give(cast, "satu", LATER)
        as_("ida").post(PAGE, data=form(awal="x", buka="", tutup=""))
        assert rows_of("satu", cast) == {}

    def test_always_open_wins_over_the_file(self, cast: Cast, as_: As) -> None:
        dated("buka: 2026-12-01")
        as_("ida").post(PAGE, data=form(buka="", tutup="", selalu="on"))
        assert rows_of("satu", cast) == {"kuis-sister-city": UNLIMITED}
        assert "checked" in as_("ida").get(PAGE).text

    def test_a_wrong_row_is_told_there_and_nothing_is_saved(self, cast: Cast, as_: As) -> None:
        fields = {
            **form(buka="2026-12-02T10:00", tutup="2026-12-01T10:00"),
            "awal-tahapan": "//",
            "buka-tahapan": "2026-12-03T11:11",
            "tutup-tahapan": "",
            "awal-asal-usul": "//",
            "buka-asal-usul": '"><script>',
        }
        response = as_("ida").post(PAGE, data=fields)
        assert response.status_code == 400
        assert "Waktu tutup harus sesudah waktu buka." in response.text
        assert "2 kegiatan belum benar" in response.text
        assert 'value="2026-12-03T11:11"' in response.text
        assert 'value="2026-12-02T10:00"' in response.text
        assert "<script>" not in response.text.replace('<script type="module"', "")
        assert rows_of("satu", cast) == {}
        assert deeds() == []

    def test_activities_of_other_courses_have_no_row_here(self, cast: Cast, as_: As) -> None:
        as_("ida").post(PAGE, data={"awal-satu": "//", "buka-satu": "2026-12-03T11:11"})
        assert db.session.query(CohortSchedule).count() == 0

    def test_the_action_judges_as_well(self, cast: Cast) -> None:
        with pytest.raises(DomainError):
            give(cast, "satu", Dates(LATER.closes, LATER.opens))

    @pytest.mark.parametrize(("who", "status"), [("bayu", 404), ("kofi", 403), ("lena", 403), ("nils", 404)])
    def test_others_change_nothing(self, cast: Cast, as_: As, who: str, status: int) -> None:
        assert as_(who).post(PAGE, data=form(buka="2026-12-01T07:00")).status_code == status
        assert db.session.query(CohortSchedule).count() == 0

    def test_a_wrong_method_is_told_so(self, cast: Cast, as_: As) -> None:
        assert as_("ida").put(PAGE).status_code == 405
        assert as_("ida").get("/angkatan/tidak-ada/jadwal").status_code == 404

    def test_the_page_is_a_few_queries_however_many_dates(self, cast: Cast, as_: As, queries: list[str]) -> None:
        ida = as_("ida")

        def count() -> int:
            ida.get(PAGE)
            queries.clear()
            assert ida.get(PAGE).status_code == 200
            return len(queries)

        few = count()
        for key in ("asal-usul", "tahapan", "kuis-sister-city", "latihan-sister-city", "rancangan"):
            give(cast, "satu", LATER, key)
        assert count() == few <= 5


class TestClearing:
    def test_it_is_asked_first_and_then_the_files_apply(self, cast: Cast, as_: As) -> None:
        give(cast, "satu", LATER)
        give(cast, "dua", LATER)
        ida = as_("ida")
        assert "Hapus semua jadwal Angkatan satu?" in ida.get(f"{PAGE}/hapus").text
        assert rows_of("satu", cast) == {"kuis-sister-city": LATER}
        assert ida.post(f"{PAGE}/hapus").status_code == 303
        assert rows_of("satu", cast) == {}
        assert rows_of("dua", cast) == {"kuis-sister-city": LATER}
        assert start(as_("lena")).status_code == 303
        entry = db.session.query(LogEntry).filter_by(deed="CLEAR_DATES").one()
        assert entry.details["before"] == {"kuis-sister-city": ["2026-12-01T10:42", "2026-12-02T10:42"]}

    def test_nothing_to_clear_is_not_logged(self, cast: Cast, as_: As) -> None:
        as_("ida").post(f"{PAGE}/hapus")
        assert deeds() == []

    def test_dates_set_after_it_are_not_mistaken_for_old_ones(self, cast: Cast, as_: As) -> None:
        lena = as_("lena")
        give(cast, "satu", LATER)
        lena.get(f"{QUIZ}/")
        as_("ida").post(f"{PAGE}/hapus")
        give(cast, "satu", PAST)
        assert "sudah ditutup" in lena.get(f"{QUIZ}/").text


class TestCopying:
    def seal(self, page: str) -> dict[str, str]:
        """The hidden fields of the preview's button."""
        found = re.findall(r'type="hidden"\s+name="(dari|hari|segel)"\s+value="([^"]*)"', page)
        return {name: unescape(value) for name, value in found}

    def test_a_preview_then_the_whole_calendar_moves(self, cast: Cast, as_: As) -> None:
        dated("buka: 2026-12-01 08.00", "tutup: 2026-12-20 17.00")
        give(cast, "dua", Dates(LATER.opens, None), "asal-usul")
        give(cast, "satu", PAST, "tahapan")
        page = as_("ida").get(f"{COPY}?dari=dua&hari=364").text
        assert "Selasa, " in page
        assert "30 Nov 2027 10.42" in page
        assert "19 Des 2027 17.00" in page
        assert rows_of("satu", cast) == {"tahapan": PAST}
        fields = self.seal(page)
        assert (fields["dari"], fields["hari"]) == ("dua", "364")
        assert as_("ida").post(COPY, data=fields).status_code == 303
        assert rows_of("satu", cast) == {
            "asal-usul": Dates(LATER.opens, None).shifted(364),
            "kuis-sister-city": Dates(
                datetime(2027, 11, 30, 0, 0, tzinfo=UTC), datetime(2027, 12, 19, 9, 0, tzinfo=UTC)
            ),
            "tahapan": PAST,
        }
        assert rows_of("dua", cast) == {"asal-usul": Dates(LATER.opens, None)}
        entry = db.session.query(LogEntry).filter_by(deed="COPY_DATES").one()
        assert (entry.cohort, entry.details["source"], entry.details["days"]) == ("satu", "Angkatan dua", 364)

    def test_by_the_day_of_the_first_opening(self, cast: Cast, as_: As) -> None:
        give(cast, "dua", LATER)
        give(cast, "dua", Dates(LATER.closes, None), "tahapan")
        page = as_("ida").get(f"{COPY}?dari=dua&mulai=2027-01-04").text
        assert self.seal(page)["hari"] == "34"
        assert "4 Jan 2027 10.42" in page

    def test_a_cohort_moves_its_own_calendar(self, cast: Cast, as_: As) -> None:
        give(cast, "dua", LATER)
        bayu, here = as_("bayu"), "/angkatan/dua/jadwal/salin"
        fields = self.seal(bayu.get(f"{here}?dari=dua&hari=-7").text)
        assert bayu.post(here, data=fields).status_code == 303
        assert rows_of("dua", cast) == {"kuis-sister-city": LATER.shifted(-7)}

    def test_what_changed_after_the_preview_is_shown_again(self, cast: Cast, as_: As) -> None:
        give(cast, "dua", LATER)
        ida = as_("ida")
        fields = self.seal(ida.get(f"{COPY}?dari=dua&hari=7").text)
        give(cast, "dua", PAST)
        response = ida.post(COPY, data=fields)
        assert response.status_code == 409
        assert "berubah sejak pratinjau" in response.text
        assert rows_of("satu", cast) == {}
        assert ida.post(COPY, data=self.seal(response.text)).status_code == 303
        assert rows_of("satu", cast) == {"kuis-sister-city": PAST.shifted(7)}

    def test_the_action_does_what_was_shown_or_nothing(self, cast: Cast) -> None:
        give(cast, "dua", LATER)
        with pytest.raises(Conflict):
            scheduling.copy_dates(cast.ida, cast.cohorts["dua"], cast.cohorts["satu"], 7, "lain", NOW)

    def test_without_any_date_it_says_so(self, cast: Cast, as_: As) -> None:
        page = as_("ida").get(f"{COPY}?dari=dua&hari=7").text
        assert "Tidak ada tanggal untuk disalin" in page
        assert self.seal(page) == {}

    @pytest.mark.parametrize(
        ("wish", "says"),
        [
            ("hari=&mulai=", "Isi salah satu"),
            ("hari=7&mulai=2027-01-04", "Isi salah satu"),
            ("hari=seminggu", "bilangan bulat"),
            ("hari=99999", "Tahunnya"),
            ("mulai=2027-02-30", "Tanggal ini tidak ada"),
            ("mulai=9999-12-31", "Tahunnya"),
        ],
    )
    def test_a_wish_that_cannot_be_is_told_at_its_field(self, cast: Cast, as_: As, wish: str, says: str) -> None:
        give(cast, "dua", LATER)
        response = as_("ida").get(f"{COPY}?dari=dua&{wish}")
        assert response.status_code == 400
        assert says in response.text
        assert 'aria-invalid="true"' in response.text

    def test_a_first_day_needs_an_opening(self, cast: Cast, as_: As) -> None:
        give(cast, "dua", Dates(None, LATER.closes))
        response = as_("ida").get(f"{COPY}?dari=dua&mulai=2027-01-04")
        assert response.status_code == 400
        assert "tidak punya waktu buka" in response.text

    def test_a_post_without_a_preview_is_refused(self, cast: Cast, as_: As) -> None:
        give(cast, "dua", LATER)
        assert as_("ida").post(COPY).status_code == 400
        assert as_("ida").post(COPY, data={"dari": "dua", "hari": "7"}).status_code == 409
        assert rows_of("satu", cast) == {}

    @pytest.mark.parametrize("source", ["satu", "tiga", "tidak-ada", ""])
    def test_only_from_cohorts_of_the_course_that_are_ones_own(self, cast: Cast, as_: As, source: str) -> None:
        bayu, here = as_("bayu"), "/angkatan/dua/jadwal/salin"
        assert bayu.get(f"{here}?dari={source}&hari=7").status_code == 404
        assert bayu.post(here, data={"dari": source, "hari": "7"}).status_code == 404
        assert "Angkatan satu" not in bayu.get(here).text

    def test_a_new_cohort_is_offered_the_last_ones_dates(self, cast: Cast, as_: As) -> None:
        create_cohort("baru", "contoh", "Angkatan baru", NOW)
        db.session.commit()
        give(cast, "satu", LATER)
        page = as_("ida").get("/angkatan/baru/jadwal").text
        assert "Salin jadwal" in page
        assert re.search(r'value="satu"\s+selected', page)


def test_reading_asks_nothing_while_a_cohort_never_had_dates(cast: Cast, queries: list[str]) -> None:
    satu = cast.cohorts["satu"]
    assert satu.dates_revision == 0
    queries.clear()
    assert schedules.own_dates(satu) == {}
    assert queries == []
