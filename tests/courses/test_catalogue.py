"""Sync: idempotent, by id, the last good version stays, nothing is ever deleted."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from courses import catalogue, versions
from courses.models import Activity, ActivityVersion, Course, Module
from foundation.database import db
from tests.cast import activity, publish
from tests.conftest import NOW
from tests.sample import COURSE, LESSON, MODULE, SAMPLE


def counts() -> tuple[int, int, int, int]:
    return tuple(db.session.query(model).count() for model in (Course, Module, Activity, ActivityVersion))  # type: ignore[return-value]


def test_the_first_sync_brings_everything_online(app: Flask) -> None:
    report = publish(SAMPLE, NOW)
    assert (report.added, report.changed, report.hidden, report.kept) == (5, 0, 0, 0)
    assert counts() == (1, 2, 5, 5)
    lesson = activity("asal-usul")
    assert (lesson.title, lesson.kind, lesson.module.title) == ("Asal-usul", "pelajaran", "Sister City")
    assert lesson.module.objectives[0] == {
        "code": "SC1",
        "level": "C2",
        "text": "Menjelaskan arti sister city: asal dan maksudnya",
    }


def test_the_second_changes_nothing(app: Flask) -> None:
    publish(SAMPLE, NOW)
    report = publish(SAMPLE, NOW)
    assert (report.added, report.changed, report.hidden, report.kept) == (0, 0, 0, 0)
    assert counts() == (1, 2, 5, 5)


def test_a_changed_file_is_a_new_version_and_the_old_one_stays(app: Flask) -> None:
    publish(SAMPLE, NOW)
    before = activity("asal-usul").current_version_id
    report = publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": LESSON.replace("niat warga", "kehendak")}), NOW)
    assert report.changed == 1
    assert activity("asal-usul").current_version_id != before
    assert db.session.get(ActivityVersion, before) is not None


def test_a_sync_asks_no_more_of_the_database_for_more_files(app: Flask, queries: list[str]) -> None:
    def asked(count: int) -> int:
        extra = {
            f"01-sister-city/{n}-lagi-{n}.md": f"---\njudul: Lagi {n}\n---\n\nIsi.\n" for n in range(50, 50 + count)
        }
        sample = replace(SAMPLE, files={**SAMPLE.files, **extra})
        publish(sample, NOW)
        queries.clear()
        publish(sample, NOW)
        return len(queries)

    assert asked(1) == asked(30)


def test_going_back_to_an_old_text_goes_back_to_its_version(app: Flask) -> None:
    publish(SAMPLE, NOW)
    before = activity("asal-usul").current_version_id
    publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": LESSON.replace("niat warga", "kehendak")}), NOW)
    publish(SAMPLE, NOW)
    assert activity("asal-usul").current_version_id == before
    assert counts()[3] == 6


def test_a_file_with_an_error_keeps_its_last_good_version(app: Flask) -> None:
    publish(SAMPLE, NOW)
    before = activity("asal-usul").current_version_id
    report = publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": LESSON + "\n::: kasus Tak ditutup\n"}), NOW)
    assert (report.kept, report.changed) == (1, 0)
    lesson = activity("asal-usul")
    assert (lesson.current_version_id, lesson.is_hidden) == (before, False)
    assert counts() == (1, 2, 5, 5)


def test_a_new_file_with_an_error_does_not_come_online(app: Flask) -> None:
    report = publish(SAMPLE.but(**{"01_sister_city__01_asal_usul_md": "---\njudul: X\ntanpa akhir"}), NOW)
    assert report.kept == 1
    assert db.session.query(Activity).filter_by(key="asal-usul").count() == 0


def test_without_a_readable_course_page_the_course_stays_as_it_is(app: Flask) -> None:
    publish(SAMPLE, NOW)
    publish(SAMPLE.but(kursus_md="---\nringkasan: x\n---\n"), NOW)
    course = db.session.query(Course).one()
    assert (course.title, course.is_hidden) == ("Contoh Kursus", False)


def test_a_module_page_with_an_error_keeps_its_title(app: Flask) -> None:
    publish(SAMPLE, NOW)
    publish(SAMPLE.but(**{"01_sister_city__modul_md": MODULE.replace("judul", "jdul")}), NOW)
    assert db.session.query(Module).filter_by(slug="sister-city").one().title == "Sister City"


def test_a_moved_file_is_the_same_activity(app: Flask) -> None:
    publish(SAMPLE, NOW)
    before = activity("tahapan").id
    moved = SAMPLE.but(**{"01_sister_city__02_tahapan_md": None})
    moved.files["02-latihan/09-tahapan.md"] = SAMPLE.files["01-sister-city/02-tahapan.md"]
    moved.files["01-sister-city/01-asal-usul.md"] = LESSON.replace("02-tahapan.md", "../02-latihan/09-tahapan.md")
    publish(moved, NOW)
    assert (activity("tahapan").id, activity("tahapan").module.slug) == (before, "latihan")
    assert "/kursus/contoh/tahapan/#urutan" in str(rendered("asal-usul"))


def test_what_leaves_the_files_is_hidden_and_comes_back(app: Flask) -> None:
    publish(SAMPLE, NOW)
    report = publish(
        SAMPLE.but(
            **{
                "02_latihan__modul_md": None,
                "02_latihan__01_latihan_sister_city_md": None,
                "02_latihan__02_rancangan_md": None,
            }
        ),
        NOW,
    )
    assert report.hidden == 2
    assert activity("rancangan").is_hidden
    publish(SAMPLE, NOW)
    assert not activity("rancangan").is_hidden


def test_html_is_made_again_when_the_renderer_changes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(SAMPLE, NOW)
    lesson = activity("asal-usul")
    version = db.session.get(ActivityVersion, lesson.current_version_id)
    assert version is not None
    version.rendered = {"parts": [], "headings": []}
    db.session.commit()
    publish(SAMPLE, NOW)
    assert rendered("asal-usul")["parts"] == []
    monkeypatch.setattr("foundation.markup.RENDERER", "next")
    publish(SAMPLE, NOW)
    assert rendered("asal-usul")["parts"] != []


def rendered(key: str) -> dict[str, list[dict[str, str]]]:
    lesson = activity(key)
    assert lesson.current_version_id is not None
    found: dict[str, list[dict[str, str]]] = versions.rendered_of(
        lesson.current_version_id, lesson.course.rendered_with
    )
    return found


class TestCommands:
    @pytest.fixture
    def cli(self, app: Flask) -> FlaskCliRunner:
        return app.test_cli_runner()

    def test_check_needs_no_database_and_is_content_with_the_sample(
        self, cli: FlaskCliRunner, content: Path, queries: list[str]
    ) -> None:
        queries.clear()
        result = cli.invoke(args=["courses", "check", str(content)])
        assert (result.exit_code, queries) == (0, [])

    def test_check_names_file_line_and_code(self, cli: FlaskCliRunner, tmp_path: Path) -> None:
        folder = SAMPLE.but(**{"01_sister_city__01_asal_usul_md": LESSON + "\n::: kasus Tak ditutup\n"}).write_to(
            tmp_path
        )
        result = cli.invoke(args=["courses", "check", str(tmp_path)])
        line = LESSON.count("\n") + 2
        assert result.exit_code == 1
        assert f"{folder}/01-sister-city/01-asal-usul.md:{line}:1: S" in result.output

    def test_check_takes_one_file(self, cli: FlaskCliRunner, tmp_path: Path) -> None:
        folder = SAMPLE.but(kursus_md=COURSE.replace("judul:", "jdul:")).write_to(tmp_path)
        assert cli.invoke(args=["courses", "check", f"{folder}/01-sister-city/02-tahapan.md"]).exit_code == 0
        assert cli.invoke(args=["courses", "check", f"{folder}/kursus.md"]).exit_code == 1

    def test_sync_tells_what_it_did(self, cli: FlaskCliRunner, content: Path) -> None:
        result = cli.invoke(args=["courses", "sync", str(content)])
        assert "contoh: 5 baru, 0 berubah, 0 disembunyikan, 0 ditahan" in result.output
        assert result.exit_code == 0

    def test_a_course_that_is_gone_is_hidden(self, cli: FlaskCliRunner, content: Path, tmp_path: Path) -> None:
        cli.invoke(args=["courses", "sync", str(content)])
        catalogue.sync(tmp_path, NOW)
        assert db.session.query(Course).one().is_hidden
