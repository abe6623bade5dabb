"""docs/kode-masalah.md is a contract: every code has an entry, and its examples do what they say."""

import re
from pathlib import Path

import pytest

from courses.outline import read
from foundation.headings import find_headings
from foundation.problems import Problem
from foundation.source import read_sheet
from tests import rooms

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[1]
ROOMS = ("foundation", "courses", "quizzes")
MANUAL = (ROOT / "docs" / "kode-masalah.md").read_text(encoding="utf-8")
CODE = re.compile("[A-Z][0-9]{3}")
EXAMPLE = re.compile(r"^(?P<word>Salah|Benar):\n\n```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)

COURSE = {
    "kursus.md": "---\njudul: Kursus\n---\n",
    "01-sister-city/modul.md": "---\njudul: Sister City\ntujuan:\n  SC1: C2 Menjelaskan\n  SC2: C3 Mengurutkan\n---\n",
    "01-sister-city/01-asal-usul.md": "---\njudul: Asal-usul\ntujuan: [SC1]\n---\n",
    "01-sister-city/02-tahapan.md": "---\njudul: Tahapan\n---\n\n## Surat konfirmasi\n",
    "01-sister-city/03-contoh.md": "---\njudul: Contoh\ntujuan: [SC2]\n---\n",
    "02-paradiplomasi/modul.md": "---\njudul: Paradiplomasi\n---\n",
    "02-paradiplomasi/01-apa-itu.md": "---\njudul: Apa itu\n---\n",
    "media/peta.svg": "<svg/>",
    "glosarium.md": "## Pernyataan kehendak\nalias: LoI\n\nNaskah yang menyatakan niat.\n",
    "pustaka.md": "## mukti2013\nMukti, T. A. (2013). *Paradiplomacy*.\n",
}
PLACES = {
    "pelajaran": "01-sister-city/03-contoh.md",
    "kuis": "01-sister-city/03-contoh.md",
    "modul": "02-paradiplomasi/modul.md",
    "glosarium": "glosarium.md",
    "pustaka": "pustaka.md",
}


def codes_in_source() -> set[str]:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    return {code for file in files for code in re.findall(r'"([SRKB][0-9]{3})"', file.read_text(encoding="utf-8"))}


def entries() -> dict[str, str]:
    """Code -> what stands below its heading; headings inside examples are none."""
    sheet = read_sheet(MANUAL)
    headings = list(find_headings(sheet))
    ends = [*(heading.index for heading in headings[1:]), len(sheet.lines)]
    found = [(heading.text, heading.index + 1, end) for heading, end in zip(headings, ends, strict=True)]
    codes = [(name, "\n".join(sheet.lines[first:last])) for name, first, last in found if CODE.fullmatch(name)]
    assert len(dict(codes)) == len(codes), "an entry stands twice"
    return dict(codes)


def test_every_code_has_an_entry_and_every_entry_a_code() -> None:
    assert codes_in_source() == set(entries())


def test_every_entry_shows_a_bad_and_a_good_example() -> None:
    for code, text in entries().items():
        assert [match["word"] for match in EXAMPLE.finditer(text)] == ["Salah", "Benar"], code


@pytest.mark.parametrize("code", sorted(entries()))
def test_examples_do_what_they_say(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.register(monkeypatch)
    for match in EXAMPLE.finditer(entries()[code]):
        kind = match["info"].removeprefix("markdown ")
        if kind == "text":  # a picture or a file too large to show
            continue
        problems = problems_of(PLACES[kind], match["text"])
        assert (code in [problem.code for problem in problems]) == (match["word"] == "Salah"), problems
        if match["word"] == "Benar":
            assert all(problem.is_warning for problem in problems), problems


def problems_of(file: str, text: str) -> tuple[Problem, ...]:
    """What the checker says of an example, put into a small course at its place."""
    files = {**COURSE, file: text}
    return read("contoh", {name: content.encode() for name, content in files.items()}).problems
