"""A learner's way: home, outline, module, lesson, done and undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from courses.models import Progress
from foundation.database import db
from tests.cast import Cast, publish
from tests.conftest import NOW
from tests.sample import LESSON, SAMPLE

As = Callable[[str], FlaskClient]


def test_home_leads_to_the_first_activity_then_to_the_next(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    assert 'href="/kursus/contoh/asal-usul/"' in lena.get("/").text
    lena.post("/kursus/contoh/asal-usul/selesai")
    home = lena.get("/").text
    assert 'href="/kursus/contoh/tahapan/"' in home
    assert "1 dari 4 kegiatan" in home


def test_home_of_somebody_without_a_course_says_what_to_do(cast: Cast, as_: As) -> None:
    assert "belum terdaftar" in as_("nils").get("/").text


def test_home_of_staff_names_their_courses_only(cast: Cast, as_: As) -> None:
    page = as_("kofi").get("/").text
    assert "Contoh Kursus" in page
    assert "Kursus Lain" not in page


def test_the_outline_shows_own_state_and_no_drafts(cast: Cast, as_: As) -> None:
    page = as_("lena").get("/kursus/contoh/").text
    assert "0 dari 4 kegiatan" in page
    assert "Rancangan" not in page
    assert "Rancangan" in as_("kofi").get("/kursus/contoh/").text


def test_a_draft_is_not_there_for_learners(cast: Cast, as_: As) -> None:
    assert as_("lena").get("/kursus/contoh/rancangan/").status_code == 404
    assert as_("ida").get("/kursus/contoh/rancangan/").status_code == 200


def test_the_module_page_has_objectives_and_overview(cast: Cast, as_: As) -> None:
    page = as_("lena").get("/kursus/contoh/modul/sister-city/").text
    assert "Menjelaskan arti sister city: asal dan maksudnya" in page
    assert "Modul ini <strong>tentang</strong> kota bersaudara." in page
    assert as_("lena").get("/kursus/contoh/modul/tidak-ada/").status_code == 404


def test_a_lesson_has_its_text_containers_and_links(cast: Cast, as_: As) -> None:
    page = as_("lena").get("/kursus/contoh/asal-usul/").text
    for shown in (
        "Kota bersaudara lahir dari niat warga.",
        'id="niat"',
        '<h2 id="surat">Surat konfirmasi</h2>',
        'class="box box-case"',
        'href="/kursus/contoh/tahapan/#urutan"',
        "Sumber contoh.",
        "Tandai selesai",
    ):
        assert shown in page


def test_marking_as_done_leads_on_and_can_be_undone(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    response = lena.post("/kursus/contoh/asal-usul/selesai")
    assert response.location == "/kursus/contoh/tahapan/"
    assert lena.post("/kursus/contoh/asal-usul/selesai").status_code == 303
    assert db.session.query(Progress).count() == 1
    lena.post("/kursus/contoh/asal-usul/buka-lagi")
    assert "0 dari 4 kegiatan" in lena.get("/kursus/contoh/").text


def test_a_quiz_cannot_be_marked_as_done(cast: Cast, as_: As) -> None:
    assert as_("lena").post("/kursus/contoh/kuis-sister-city/selesai").status_code == 404


def test_staff_mark_nothing(cast: Cast, as_: As) -> None:
    assert as_("ida").post("/kursus/contoh/asal-usul/selesai").status_code == 403


def test_a_picture_is_served_and_can_never_run(cast: Cast, as_: As) -> None:
    response = as_("lena").get("/kursus/contoh/media/peta.svg")
    assert response.status_code == 200
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["../kursus.md", "..%2fkursus.md", "tidak-ada.svg", "etc/passwd", "peta.svg/../../kursus.md"]
)
def test_nothing_else_leaves_the_folder(cast: Cast, as_: As, name: str) -> None:
    assert as_("lena").get(f"/kursus/contoh/media/{name}").status_code == 404


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("/", 5),
        ("/kursus/contoh/", 4),
        ("/kursus/contoh/modul/sister-city/", 4),
        ("/kursus/contoh/asal-usul/", 5),
        ("/kursus/contoh/kuis-sister-city/", 5),
        ("/kursus/contoh/kuis-sister-city/percobaan/1/", 7),
        ("/akun", 2),
    ],
)
def test_a_page_is_a_few_queries(cast: Cast, as_: As, queries: list[str], url: str, most: int) -> None:
    from tests.quizzes.playing import start

    lena = as_("lena")
    start(lena)
    lena.get(url)  # fills the caches
    queries.clear()
    assert lena.get(url).status_code == 200
    assert len(queries) <= most, queries


def test_a_course_that_leaves_the_files_keeps_its_work(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    lena.post("/kursus/contoh/asal-usul/selesai")
    publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": None}), NOW)
    assert lena.get("/kursus/contoh/asal-usul/").status_code == 404
    publish(SAMPLE, NOW)
    assert "1 dari 4 kegiatan" in lena.get("/kursus/contoh/").text


def test_a_sync_by_another_process_is_seen_at_once(cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    lena = as_("lena")
    assert "Asal-usul" in lena.get("/kursus/contoh/").text
    monkeypatch.setattr("courses.versions.forget", lambda: None)  # another process cannot empty our cache
    changed = LESSON.replace("judul: Asal-usul", "judul: Permulaan")
    publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": changed}), NOW + timedelta(minutes=1))
    assert "Permulaan" in lena.get("/kursus/contoh/").text


class TestProblemsOnThePage:
    BROKEN = SAMPLE.but(**{"01_sister_city__01_asal_usul_md": f"{LESSON}\n::: kasus Tak ditutup\n"})

    def test_staff_see_what_is_wrong_and_the_last_good_version(self, cast: Cast, as_: As) -> None:
        publish(self.BROKEN, NOW)
        page = as_("kofi").get("/kursus/contoh/asal-usul/").text
        assert "S021" in page
        assert "Kota bersaudara lahir dari niat warga." in page

    def test_learners_see_nothing_of_it(self, cast: Cast, as_: As) -> None:
        publish(self.BROKEN, NOW)
        assert "S021" not in as_("lena").get("/kursus/contoh/asal-usul/").text

    def test_it_goes_with_the_mistake(self, cast: Cast, as_: As) -> None:
        publish(self.BROKEN, NOW)
        publish(SAMPLE, NOW)
        assert "S021" not in as_("kofi").get("/kursus/contoh/asal-usul/").text

    def test_a_new_file_that_never_was_online_is_told_on_the_course(self, cast: Cast, as_: As) -> None:
        new = replace(SAMPLE, files={**SAMPLE.files, "01-sister-city/09-baru.md": "Tanpa kepala."})
        publish(new, NOW)
        assert "09-baru.md:1:1" in as_("kofi").get("/kursus/contoh/").text

    def test_so_is_a_kursus_md_that_cannot_be_read(self, cast: Cast, as_: As) -> None:
        publish(SAMPLE.but(kursus_md="---\njdul: X\n---\n"), NOW + timedelta(minutes=1))
        assert "kursus.md:2:1" in as_("ida").get("/kursus/contoh/").text
        assert "kursus.md:2:1" not in as_("lena").get("/kursus/contoh/").text
