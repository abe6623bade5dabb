"""`flask courses check` as a lecturer meets it: told, mended, counted."""

import json
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
