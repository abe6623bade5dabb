"""`flask courses check` as a lecturer meets it: told, mended, counted."""

import json
import os
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.sample import LESSON, SAMPLE

RENAMED = LESSON.replace("02-tahapan.md#urutan", "07-tahapan.md#urutan")


@pytest.fixture
def cli(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return SAMPLE.but(**{"01_sister_city__01_asal_usul_md": RENAMED}).write_to(tmp_path)


def check(cli: FlaskCliRunner, *arguments: str, answer: str = "") -> tuple[int, str]:
    result = cli.invoke(args=["courses", "check", *arguments], input=answer)
    return result.exit_code, result.output


class TestJson:
    def test_each_problem_is_an_object(self, cli: FlaskCliRunner, course: Path) -> None:
        code, output = check(cli, str(course), "--json")
        (problem,) = json.loads(output)
        assert (code, problem["file"], problem["code"]) == (0, f"{course}/01-sister-city/01-asal-usul.md", "R003")
        assert (problem["severity"], problem["mendable"]) == ("warning", True)

    def test_nothing_wrong_is_an_empty_list(self, cli: FlaskCliRunner, content: Path) -> None:
        code, output = check(cli, str(content), "--json")
        assert (code, json.loads(output)) == (0, [])


class TestMending:
    def test_it_shows_the_difference_and_asks(self, cli: FlaskCliRunner, course: Path) -> None:
        _code, output = check(cli, str(course), "--perbaiki", answer="n\n")
        assert "-Lanjut ke [tahapan](07-tahapan.md#urutan)." in output
        assert "+Lanjut ke [tahapan](02-tahapan.md#urutan)." in output
        assert "Tidak ada yang ditulis." in output
        assert "07-tahapan" in (course / "01-sister-city/01-asal-usul.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize("words", [("--perbaiki", "--ya"), ("--fix", "--yes")])
    def test_it_writes_and_checks_again(self, cli: FlaskCliRunner, course: Path, words: tuple[str, ...]) -> None:
        code, output = check(cli, str(course), *words)
        assert (course / "01-sister-city/01-asal-usul.md").read_text(encoding="utf-8") == LESSON
        assert (code, "0 kesalahan, 0 peringatan." in output) == (0, True)
        assert [path.name for path in (course / "01-sister-city").iterdir() if path.name.startswith(".")] == []

    def test_one_file_is_mended_alone(self, cli: FlaskCliRunner, course: Path) -> None:
        check(cli, str(course / "01-sister-city/02-tahapan.md"), "--perbaiki", "--ya")
        assert "07-tahapan" in (course / "01-sister-city/01-asal-usul.md").read_text(encoding="utf-8")

    def test_nothing_to_mend_is_said(self, cli: FlaskCliRunner, content: Path) -> None:
        _code, output = check(cli, str(content), "--perbaiki")
        assert "Tidak ada yang dapat diperbaiki sendiri." in output

    def test_a_second_file_with_a_slug_gets_an_id(self, cli: FlaskCliRunner, tmp_path: Path) -> None:
        folder = SAMPLE.write_to(tmp_path)
        second = folder / "02-latihan/05-tahapan.md"
        second.write_text("---\r\njudul: Lagi\r\n---\r\n\r\nIsi.\r\n", encoding="utf-8", newline="")
        code, _output = check(cli, str(folder), "--perbaiki", "--ya")
        assert second.read_bytes() == b"---\r\nid: tahapan-2\r\njudul: Lagi\r\n---\r\n\r\nIsi.\r\n"
        assert code == 0

    def test_a_rule_under_text_gets_its_blank_line(self, cli: FlaskCliRunner, tmp_path: Path) -> None:
        text = LESSON.replace("Lanjut ke", "Sampai di sini.\n---\nLanjut ke")
        folder = SAMPLE.but(**{"01_sister_city__01_asal_usul_md": text}).write_to(tmp_path)
        check(cli, str(folder), "--perbaiki", "--ya")
        assert "Sampai di sini.\n\n---\n" in (folder / "01-sister-city/01-asal-usul.md").read_text(encoding="utf-8")


def test_the_blueprint_counts_questions_by_objective_and_level(cli: FlaskCliRunner, content: Path) -> None:
    code, output = check(cli, str(content), "--kisi-kisi")
    lines = [line.split() for line in output.splitlines()]
    assert (code, lines[1][:5]) == (0, ["tujuan", "tingkat", "pelajaran", "cek", "soal"])
    (sc2,) = [line for line in lines if line[0] == "SC2"]
    assert sc2[1:4] == ["C3", "1", "1"]


def test_paragraphs_of_fact_without_a_source_are_listed(cli: FlaskCliRunner, content: Path) -> None:
    code, output = check(cli, str(content), "--rujukan")
    assert (code, "01-asal-usul.md:" in output, "Kota itu bersaudara sejak 1960." in output) == (0, True, True)


def test_a_pipe_gets_no_colour(cli: FlaskCliRunner, course: Path) -> None:
    assert "\x1b[" not in check(cli, str(course))[1]


class TestPaths:
    def test_a_module_is_checked_alone(self, cli: FlaskCliRunner, tmp_path: Path) -> None:
        folder = SAMPLE.but(
            **{"01_sister_city__01_asal_usul_md": RENAMED, "02_latihan__modul_md": "---\njdul: x\n---\n"}
        ).write_to(tmp_path)
        code, output = check(cli, str(folder / "01-sister-city"))
        assert (code, f"{folder}/01-sister-city/01-asal-usul.md:" in output, "jdul" in output) == (0, True, False)

    @pytest.mark.parametrize("name", ["tidak-ada", ""])
    def test_what_is_no_course_is_said_so(self, cli: FlaskCliRunner, tmp_path: Path, name: str) -> None:
        code, output = check(cli, str(tmp_path / name))
        assert (code, "tidak ada" in output) == (1, True)

    def test_a_file_that_cannot_be_written_is_left_and_told(self, cli: FlaskCliRunner, course: Path) -> None:
        file = course / "01-sister-city/01-asal-usul.md"
        file.chmod(0o444)
        code, output = check(cli, str(course), "--perbaiki", "--ya")
        if not os.access(file, os.W_OK):  # root may write everything
            assert (code, "tidak dapat ditulis" in output) == (1, True)
            assert "07-tahapan" in file.read_text(encoding="utf-8")

    def test_nobody_to_answer_is_a_no(self, cli: FlaskCliRunner, course: Path) -> None:
        code, output = check(cli, str(course), "--perbaiki")
        assert (code, "Tidak ada yang ditulis." in output) == (0, True)

    def test_yes_alone_means_nothing(self, cli: FlaskCliRunner, course: Path) -> None:
        assert check(cli, str(course), "--ya")[0] == 2

    def test_json_stays_json_while_mending(self, cli: FlaskCliRunner, course: Path) -> None:
        result = cli.invoke(args=["courses", "check", str(course), "--json", "--perbaiki", "--ya"])
        assert json.loads(result.stdout) == []

    def test_the_blueprint_names_what_it_could_not_count(self, cli: FlaskCliRunner, tmp_path: Path) -> None:
        folder = SAMPLE.but(**{"01_sister_city__01_asal_usul_md": LESSON + "\n::: kasus\n"}).write_to(tmp_path)
        _code, output = check(cli, str(folder), "--kisi-kisi")
        assert f"karena ada kesalahan: {folder}/01-sister-city/01-asal-usul.md" in output


def test_two_reflections_alike_get_two_ids(cli: FlaskCliRunner, tmp_path: Path) -> None:
    text = f"{LESSON}\n::: refleksi\nApa?\n:::\n\n::: refleksi\nApa?\n:::\n"
    folder = SAMPLE.but(**{"01_sister_city__01_asal_usul_md": text}).write_to(tmp_path)
    code, _output = check(cli, str(folder), "--perbaiki", "--ya")
    after = (folder / "01-sister-city/01-asal-usul.md").read_text(encoding="utf-8")
    assert (code, after.count("{#refleksi-apa}"), after.count("{#refleksi-apa-2}")) == (0, 1, 1)
