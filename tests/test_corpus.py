"""Whole files with one slip each, put into a sound course: exactly the problems written down beforehand are told.

tests/corpus/base is the course. expected.txt has a line for each file: where the file is put in the course, and what it
causes, as `line:code` in that file or `file:line:code` in another; `-` is nothing. harmless/ holds clumsy typing that
must cause none.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from courses.outline import read
from foundation.containers import BOXES
from foundation.problems import Problem
from quizzes.quiz import Quiz
from quizzes.words import Kind
from tests import rooms

pytestmark = pytest.mark.pure

CORPUS = Path(__file__).parent / "corpus"
COURSE = Path(__file__).parents[1] / "content" / "paradiplomasi"
MANUAL = (Path(__file__).parents[1] / "docs" / "kode-masalah.md").read_text(encoding="utf-8")
TOLD_OF_SOUND_FILES = frozenset({"S041"})
"""What is said of kinds of activities that the course may use and whose room does not exist yet."""
LESSON, QUIZ = "01-sister-city/01-asal-usul.md", "01-sister-city/03-kuis-sister-city.md"
HEAD = "---\njudul: Besar\n---\n"


@dataclass(frozen=True)
class Case:
    """One line of expected.txt."""

    file: str
    place: str
    causes: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> "Case":
        file, place, *causes = line.split()
        return cls(file, place, () if causes == ["-"] else tuple(causes))

    @property
    def codes(self) -> set[str]:
        return {cause.rpartition(":")[2] for cause in self.causes}

    def told(self) -> list[str]:
        """Every problem that belongs to the file or that the sound course does not have."""
        return sorted(cause if cause.count(":") == 2 else f"{self.place}:{cause}" for cause in self.causes)


CASES = [Case.of(line) for line in (CORPUS / "expected.txt").read_text(encoding="utf-8").split("\n") if line]
LIMITS = {
    "S002": (LESSON, HEAD + "Niat warga.\n\n" * 25_000, 1),
    "S003": (LESSON, HEAD + "# Bagian\n\n" * 1_001, 2_004),
    "S004": (LESSON, f"{HEAD}\nPendek.\n\n{'Kalimat tanpa baris kosong.' * 800}\n", 7),
    "S005": (LESSON, f"{HEAD}\nPendek.\n\n{'[niat](02-tahapan.md) ' * 201}\n", 7),
    "S014": (LESSON, f"---\njudul: Besar\nringkasan: {'panjang ' * 1_400}\n---\n\nIsi.\n", 1),
    "B002": ("media/peta.svg", "<svg>" + " " * 300 * 1024 + "</svg>", 1),
}
"""Code -> a file that is too large to keep, and the line it is told of at."""


@pytest.fixture(autouse=True)
def known_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.register(monkeypatch)


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def problems_of(files: dict[str, bytes]) -> tuple[Problem, ...]:
    return read("contoh", files).problems


def with_file(place: str, data: bytes) -> list[str]:
    """What is told of the course with the file in it, but for what is always told of its other files."""
    told = problems_of({**files_below(CORPUS / "base"), place: data})
    return sorted(
        f"{problem.file}:{problem.line}:{problem.code}"
        for problem in told
        if problem.file == place or problem.code not in TOLD_OF_SOUND_FILES
    )


def test_the_course_itself_is_sound() -> None:
    told = problems_of(files_below(CORPUS / "base"))
    assert {problem.code for problem in told} == TOLD_OF_SOUND_FILES
    assert all(problem.is_warning for problem in told)


def test_the_course_has_every_kind_of_question_and_every_container() -> None:
    course = read("contoh", files_below(CORPUS / "base"))
    parsed = [entry.parsed for module in course.modules for entry in module.activities]
    quizzes = [one.definition for one in parsed if isinstance(one.definition, Quiz)]
    assert {question.kind for quiz in quizzes for question in quiz.questions} == set(Kind)
    text = b"".join(files_below(CORPUS / "base").values()).decode()
    assert all(f"::: {name}" in text for name in (*BOXES, "cek"))


def test_the_published_course_has_no_problem() -> None:
    assert problems_of(files_below(COURSE)) == ()


@pytest.mark.parametrize("case", CASES, ids=[case.file for case in CASES])
def test_exactly_what_a_file_causes_is_told(case: Case) -> None:
    assert with_file(case.place, (CORPUS / case.file).read_bytes()) == case.told()


@pytest.mark.parametrize("code", LIMITS)
def test_one_limit_is_one_problem(code: str) -> None:
    place, text, line = LIMITS[code]
    assert with_file(place, text.encode()) == [f"{place}:{line}:{code}"]


def test_every_file_is_listed_once() -> None:
    kept = [f"{folder}/{path.name}" for folder in ("defects", "harmless") for path in (CORPUS / folder).iterdir()]
    assert sorted(case.file for case in CASES) == sorted(kept)


def test_defects_cause_something_and_harmless_files_nothing() -> None:
    for case in CASES:
        assert bool(case.codes) == case.file.startswith("defects/"), case.file


def test_every_code_of_the_manual_has_a_file() -> None:
    codes = set(re.findall(r"^### ([A-Z][0-9]{3})$", MANUAL, re.MULTILINE))
    assert codes - {code for case in CASES for code in case.codes} - set(LIMITS) == set()
