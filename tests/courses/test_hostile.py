"""Whatever stands in a file, reading a course ends with problems at lines of it, and what is accepted is safe HTML."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import kinds, lesson
from courses.outline import Outline, read
from foundation.problems import Problem
from tests import rooms
from tests.foundation.test_markup import bad_in

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
FILE = "01-a/02-berkas.md"
FRAME = {
    "kursus.md": b"---\njudul: Kursus\n---\n",
    "01-a/modul.md": b"---\njudul: A\ntujuan:\n  SC1: C2 Menjelaskan\n---\n",
    "01-a/01-tahapan.md": b"---\njudul: Tahapan\n---\n\n## Surat\n",
}
REAL = sorted((ROOT / "content" / "paradiplomasi").rglob("*.md"))
LESSON = "---\njudul: a\n---\n"
QUIZ = "---\njudul: a\njenis: kuis\n---\n"


@pytest.fixture(autouse=True, scope="module")
def _rooms() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        rooms.register(patch)
        yield


def reading(data: bytes) -> Outline:
    return read("contoh", {**FRAME, FILE: data})


def of_file(outline: Outline) -> list[Problem]:
    return [problem for problem in outline.problems if problem.file == FILE]


def told(outline: Outline) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in of_file(outline)]


def definition(outline: Outline) -> Any:
    entry = next(entry for module in outline.modules for entry in module.activities if entry.file == FILE)
    return entry.parsed.definition


def check(data: bytes) -> Outline:
    """What must hold for every file."""
    outline = reading(data)
    lines = len(re.split(rb"\r\n|\r|\n", data))
    for problem in of_file(outline):
        assert 1 <= problem.line <= lines, problem
        assert problem.column >= 1, problem
    for html in _html_of(outline):
        assert bad_in(html) == [], html
    return outline


def _html_of(outline: Outline) -> list[str]:
    """Every piece of HTML the file is kept as when it is accepted; the parts of one text belong together."""
    made = definition(outline)
    if made is None:
        return []
    render = lesson.render if isinstance(made, lesson.Lesson) else kinds.activity_kinds["kuis"].render
    return _texts(render(made, outline.links_from(FILE)))


def _texts(rendered: Any) -> list[str]:
    if isinstance(rendered, str):
        return [rendered] if "<" in rendered else []
    if isinstance(rendered, list):
        return [text for part in rendered for text in _texts(part)]
    if not isinstance(rendered, dict):
        return []
    if isinstance(rendered.get("parts"), list):  # of a lesson; a question keeps its own by key
        whole = "".join(part.get("html", "") for part in rendered["parts"])
        slots = [text for part in rendered["parts"] if "rendered" in part for text in _texts(part["rendered"])]
        return [whole, *slots]
    return [text for key, part in rendered.items() if key != "headings" for text in _texts(part)]


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda data: LESSON.encode() + data))
def test_any_bytes(data: bytes) -> None:
    check(data)


def _one_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split("¦"))


KEYS = _one_of(
    "judul: a¦judul: a: b # c¦jenis: kuis¦jenis: pelajaran¦jenis: kuiz¦tujuan: SC1¦tujuan: [SC1¦menit: 070¦"
    "menit: -1¦buka: 2026-12-01¦tutup: besok¦draf: ya¦id: x¦id: 'x¦lulus: 200¦a¦ambil: {a: 1}¦acak: [soal¦"
    "peran: latihan¦umpan_balik: langsung¦soal_dari: x¦\tx: y¦? a¦- b"
)
WORDS = _one_of(
    "teks¦**tebal**¦*miring¦~~a~~¦`kode`¦``¦[a](01-tahapan.md)¦[a](tidak.md#b)¦[a](#surat)¦"
    "![a](../media/a.svg)¦![](a.png)¦[x](javascript:a)¦<https://x.id>¦https://x.id/a_(b)¦{#id}¦{#}¦"
    "[@mukti2015]¦[@a; @b, hlm. 3]¦[[istilah: a]]¦[[istilah: a|b]]¦[[Mataram|b]]¦[[*a / b]]¦[^1]¦<u>a</u>¦"
    "<script>¦<!-- a -->¦<!--¦-->¦&amp;¦\\*¦\\¦|¦->¦→¦“a”¦\xa0¦\u2028¦[[¦]]¦[¦](¦{¦}¦±¦…¦:¦=¦'¦\"¦<¦>¦"
    "\ue000s0\ue001¦\x00¦é¦🏛️"
)
BEGINNINGS = _one_of(
    "¦¦¦# ¦## ¦### ¦- ¦* ¦• ¦1. ¦2) ¦  - ¦    ¦> ¦>> ¦  > ¦\t¦= ¦- [ ] ¦- [x] ¦-[ ] ¦- [] ¦a. ¦::: kasus ¦"
    "::: cek ¦::: lini-masa ¦::: x ¦:::¦```¦~~~¦| ¦|---|¦---¦===¦tujuan: ¦lihat: ¦poin: ¦jenis: ¦kata: ¦: ¦"
    "[^1]: ¦[a]: ¦= /¦- a -> ¦1 a … 5 b¦Catatan: "
)
LINES = st.builds(lambda start, words: start + " ".join(words), BEGINNINGS, st.lists(WORDS, max_size=4))
BODIES = st.lists(LINES | st.just(""), max_size=25).map("\n".join)
FRONTS = st.lists(KEYS, max_size=4).map(lambda keys: "\n".join(["---", *keys, "---", ""]))
FILES = st.builds(lambda front, body: front + body, FRONTS | st.just(LESSON) | st.just(QUIZ), BODIES)


@given(FILES)
def test_any_text_made_of_what_authors_write(text: str) -> None:
    check(text.encode())


@given(FILES)
def test_line_ends_and_a_byte_order_mark_change_nothing(text: str) -> None:
    text = text.replace("\r", "")
    plain = reading(text.encode())
    for typed in (text.replace("\n", "\r\n"), "\ufeff" + text, "\ufeff" + text.replace("\n", "\r")):
        other = reading(typed.encode())
        assert told(other) == told(plain)
        assert definition(other) == definition(plain)


Change = Callable[[list[str]], list[str]]


@st.composite
def changed(draw: st.DrawFn) -> str:
    """A file of the real course after a few slips of the hand, with lines or with signs."""
    text = draw(st.sampled_from(REAL)).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 4))):
        pieces = text.splitlines(keepends=True) if draw(st.booleans()) else list(text)
        at, other = (draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
        slip = draw(st.sampled_from(["delete", "repeat", "swap", "insert"]))
        if slip == "delete":
            del pieces[at : at + draw(st.integers(1, 5))]
        elif slip == "repeat":
            pieces[at:at] = pieces[at : at + 3]
        elif slip == "swap":
            pieces[at], pieces[other] = pieces[other], pieces[at]
        else:
            pieces.insert(at, draw(LINES) + draw(st.sampled_from(["", "\n"])))
        text = "".join(pieces) or "a"
    return text


@given(changed())
def test_slips_in_files_of_the_real_course(text: str) -> None:
    check(text.encode())


BEFORE_MARKDOWN = {
    "8000 nested brackets": (LESSON + "[" * 8000 + "]" * 8000, {"S005"}),
    "10,000 quotes": (LESSON + ">" * 10_000 + "a", {"S006"}),
    "10,000 spaced quotes": (LESSON + "> " * 10_000 + "a", {"S006"}),
    "a YAML alias bomb": (
        "---\njudul: a\ntujuan:\n- &a [x, x]\n"
        + "".join(f"- &{next} [*{one}, *{one}]\n" for one, next in pairwise("abcdefgh"))
        + "---\n",
        {"S012"},
    ),
    "deep YAML": ("---\njudul: a\ntujuan: " + "[" * 150 + "]" * 150 + "\n---\n", {"S015"}),
    "deep YAML by indent": ("---\n" + "".join(" " * depth + "a:\n" for depth in range(100)) + "---\n", {"S015"}),
    "5 MB in one line": (LESSON + "a" * 5_000_000, {"S002"}),
    "400 nested lists": (LESSON + "".join(" " * depth * 2 + "- a\n" for depth in range(400)), {"S006"}),
    "400 lists on one line": (LESSON + "- " * 400 + "a", {"S006"}),
    "300 unclosed containers": (LESSON + "::: kasus\n" * 300, {"S006"}),
    "only *": (LESSON + "*" * 255_000, {"S004"}),
    "only backticks": (LESSON + "a" + "`" * 255_000, {"S004"}),
    "only [": (LESSON + "[" * 255_000, {"S004", "S005"}),
    "only <!--": (LESSON + "<!--" * 60_000, {"S032"}),
    "only <!-- in lines": (LESSON + "<!--\n" * 50_000, {"S032"}),
    "a fence that never ends, with others in it": (LESSON + "~~~~\n" + "```\n" * 60_000, {"S037"}),
    "a table in one line": (LESSON + "| a " * 60_000, {"S004"}),
    "a definition in every line": (LESSON + "a\n: b\n" * 40_000, {"S004"}),
}


@pytest.mark.parametrize(("text", "codes"), BEFORE_MARKDOWN.values(), ids=BEFORE_MARKDOWN.keys())
def test_what_costs_too_much_is_answered_before_markdown_runs(
    text: str, codes: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_given: object, **_named: object) -> str:
        raise AssertionError("Markdown was called")

    monkeypatch.setattr(markdown.Markdown, "convert", never)
    outline = check(text.encode())
    assert {problem.code for problem in of_file(outline)} == codes
    assert definition(outline) is None


WITHIN_LIMITS = {
    "100,000 lines": LESSON + "a\n\n" * 50_000,
    "NULs": LESSON + "a\x00b\n" * 100 + "\x00" * 1000,
    "a backtick in every word": LESSON + ("`a " * 5_000 + "\n\n") * 10,
    "rows of a table": LESSON + "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 2_000,
    "spaces at the ends of lines": LESSON + ("a" + " " * 18_000 + "b\n\n") * 10,
    "stars": LESSON + ("*a **b " * 2_500 + "\n\n") * 10,
}


@pytest.mark.parametrize("text", WITHIN_LIMITS.values(), ids=WITHIN_LIMITS.keys())
def test_what_is_large_but_allowed_is_read_and_rendered(text: str) -> None:
    outline = check(text.encode())
    assert of_file(outline) == []
    assert definition(outline) is not None
