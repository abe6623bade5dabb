"""docs/panduan-penulis.md is a contract too: its examples are without a problem, and nothing is missing."""

import re
from pathlib import Path

import pytest

from courses.cli import check
from courses.frontmatter import ActivityHead, CourseHead, ModuleHead, words_of
from courses.outline import read
from courses.values import KINDS
from foundation.containers import BOXES
from foundation.problems import Problem
from quizzes import metadata, words
from quizzes.quiz import Feedback, Grade, QuizHead, Role
from tests import rooms

pytestmark = pytest.mark.pure

GUIDE = (Path(__file__).parents[1] / "docs" / "panduan-penulis.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```markdown (?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
COURSE = {
    "kursus.md": "---\njudul: Kursus\n---\n",
    "glosarium.md": "## kerja sama daerah\n\nUsaha bersama.\n",
    "pustaka.md": "## mukti2015\n\nMukti, T. A. (2015). *Sister city*.\n\n## uu24\n\nsitasi: UU 24/2000\n\nUU 24.\n",
    "media/peta.svg": "<svg/>",
    "01-sister-city/modul.md": "---\njudul: Sister City\ntujuan:\n  SC1: C2 Menjelaskan\n---\n",
    "01-sister-city/01-asal-usul.md": "---\njudul: Asal-usul\n---\n\n## Surat {#surat}\n\nIsi.\n",
    "01-sister-city/02-tahapan.md": "---\njudul: Tahapan\ntujuan: SC1\n---\n\n## Surat konfirmasi\n\nIsi.\n",
}
QUIZ = "---\njudul: Kuis\njenis: kuis\ntujuan: SC1\n---\n\n"
PLACES = {
    "kursus": "kursus.md",
    "modul": "02-paradiplomasi/modul.md",
    "pelajaran": "01-sister-city/04-contoh.md",
    "kuis": "01-sister-city/05-contoh.md",
    "soal": "01-sister-city/05-contoh.md",
    "glosarium": "glosarium.md",
    "pustaka": "pustaka.md",
}


FIRST, REST = GUIDE.split("\n## Folder dan nama\n")


def examples() -> list[tuple[str, str]]:
    return [(match["kind"], match["text"]) for match in EXAMPLE.finditer(REST)]


def problems_of(kind: str, text: str) -> list[Problem]:
    files = {**COURSE, PLACES[kind]: QUIZ + text if kind == "soal" else text}
    if kind == "modul":  # it declares objectives of its own, which a lesson beside it teaches
        codes = ", ".join(re.findall(r"^  (\w+):", text, re.M))
        files["02-paradiplomasi/01-contoh.md"] = f"---\njudul: Contoh\ntujuan: [{codes}]\n---\n"
    return list(read("contoh", {name: content.encode() for name, content in files.items()}).problems)


FIRST_PAGE = {
    "kursus": "kursus.md",
    "modul": "01-sister-city/modul.md",
    "pelajaran": "01-sister-city/01-asal-usul.md",
    "kuis": "01-sister-city/02-kuis.md",
}


def test_the_first_page_is_a_whole_course_to_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.register(monkeypatch)
    files = {FIRST_PAGE[match["kind"]]: match["text"].encode() for match in EXAMPLE.finditer(FIRST)}
    assert set(files) == set(FIRST_PAGE.values())
    assert read("kursus-saya", files).problems == ()


@pytest.mark.parametrize(("kind", "text"), examples())
def test_every_example_is_without_a_problem(kind: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.register(monkeypatch)
    assert problems_of(kind, text) == []


def test_there_is_an_example_of_every_kind_of_question(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.register(monkeypatch)
    asked = "\n".join(text for kind, text in examples() if kind == "soal")
    parsed = read("contoh", {name: text.encode() for name, text in {**COURSE, PLACES["soal"]: QUIZ + asked}.items()})
    (quiz,) = [entry for module in parsed.modules for entry in module.activities if entry.kind == "kuis"]
    kinds = {str(question.kind) for question in quiz.parsed.definition.questions}
    assert kinds >= set(words.Kind) - {words.Kind.SINGLE}


def written() -> set[str]:
    """Every word that the guide shows as code, alone or at the start of it."""
    spans = re.findall(r"`([^`\n]+)`", GUIDE)
    return {word.strip("-") for span in spans for word in re.findall(r"[\w-]+", span)}


@pytest.mark.parametrize("head", [CourseHead, ModuleHead, ActivityHead, QuizHead])
def test_every_key_is_explained(head: type) -> None:
    told = written() | set(re.findall(r"\((\w+)\)", GUIDE))
    assert set(words_of(head)) - told == set()


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({*BOXES, "cek"}, id="containers"),
        pytest.param(set(metadata.NAMES), id="metadata"),
        pytest.param(set(words.Kind), id="kinds of questions"),
        pytest.param(set(KINDS), id="kinds of activities"),
        pytest.param({*Role, *Grade, *Feedback, *words.Credit}, id="values of a quiz"),
    ],
)
def test_every_word_is_explained(known: set[str]) -> None:
    assert {str(word) for word in known} - written() == set()


def test_every_option_of_the_checker_is_explained() -> None:
    options = {
        next(name for name in option.opts if name.startswith("--"))
        for option in check.params
        if option.opts[0].startswith("--")
    }
    assert {option.removeprefix("--") for option in options} - written() == set()


def test_no_example_is_left_unchecked() -> None:
    assert {kind for kind, _text in examples()} == set(PLACES)
