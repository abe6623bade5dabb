"""The kind `pelajaran`: what an author writes, and what is made of it or said about it."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.kinds import Parsed, Reference
from courses.lesson import Heading, Lesson, parse, render
from foundation.problems import has_errors
from tests import rooms

pytestmark = pytest.mark.pure

LESSON = """\
---
judul: Asal-usul
tujuan: [SC1]
---

# Dari mana gagasannya?

Kota bersaudara lahir dari [niat](02-tahapan.md#niat) warga. {#niat}

::: kasus Bandung {#bandung}
## Bandung–*Braunschweig*

![Peta Bandung](../media/bandung.svg)
:::

::: cek
### Siapa yang menerbitkan surat konfirmasi? {#penerbit}
tujuan: SC2
lihat: #niat

- [x] Menteri Luar Negeri
- [ ] DPRD
  > Lihat [tahapan](02-tahapan.md).
:::

## Penutup
"""


@pytest.fixture(autouse=True)
def _rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.register(monkeypatch)


def lesson(body: str) -> str:
    """A lesson whose body begins at line 4."""
    return f"---\njudul: a\n---\n{body}"


def errors(body: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in problems(body) if not problem.is_warning]


def warnings(body: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in problems(body) if problem.is_warning]


def problems(body: str) -> Any:
    parsed = parse(lesson(body), "a.md")
    assert (parsed.definition is None) == has_errors(parsed.problems)
    return parsed.problems


def read(body: str) -> Parsed:
    parsed = parse(lesson(body), "a.md")
    assert isinstance(parsed.definition, Lesson), parsed.problems
    return parsed


def test_a_lesson_with_everything() -> None:
    parsed = parse(LESSON, "a.md")
    assert not has_errors(parsed.problems)
    made = parsed.definition
    assert isinstance(made, Lesson)
    assert (made.head.title, made.body_line, made.minutes) == ("Asal-usul", 5, 1)
    assert made.headings == (
        Heading(1, "Dari mana gagasannya?", "dari-mana-gagasannya"),
        Heading(2, "Bandung–Braunschweig", "bandung-braunschweig"),
        Heading(2, "Penutup", "penutup"),
    )
    assert [(placed.id, placed.name) for placed in made.containers] == [("penerbit", "cek")]
    assert made.anchors == {"dari-mana-gagasannya", "bandung-braunschweig", "penutup", "niat", "bandung", "penerbit"}
    assert parsed.anchors == made.anchors
    assert set(parsed.references) == {
        Reference("02-tahapan.md#niat", 8, 35),
        Reference("../media/bandung.svg", 13, 17),
        Reference("#niat", 19, 8),
        Reference("02-tahapan.md", 23, 21),
    }
    assert set(parsed.objectives) == {Reference("SC1", 3, 1), Reference("SC2", 18, 9)}


def test_a_lesson_is_rendered_in_parts() -> None:
    rendered = render(parse(LESSON, "a.md").definition, lambda target: f"/x/{target}")
    first, slot, last = rendered["parts"]
    assert first["html"].startswith('<h1 id="dari-mana-gagasannya">')
    assert '<a href="/x/02-tahapan.md#niat">niat</a> warga.</p>' in first["html"]
    assert '<p id="niat">' in first["html"]
    assert (slot["slot"], slot["container"]) == ("penerbit", "cek")
    assert slot["rendered"]["questions"]["penerbit"]["see"] == "/x/#niat"
    assert last == {"html": '<h2 id="penutup">Penutup</h2>'}
    assert rendered["headings"][1] == {"level": 2, "text": "Bandung–Braunschweig", "id": "bandung-braunschweig"}


CHECK = "### Soal {#soal}\n- [x] A\n- [ ] B\n"


@pytest.mark.parametrize(
    ("opener", "body", "id"),
    [
        ("::: cek {#milik}", CHECK, "milik"),
        ("::: cek", CHECK, "soal"),
        ("::: check Periksa {#milik}", CHECK, "milik"),
        ("::: cek {#milik}", "Apa?\n- [x] A\n- [ ] B\n", "milik"),
        ("::: cek", "Apa ini?\n- [x] A\n- [ ] B\n", "apa-ini"),
    ],
)
def test_a_check_is_known_by_its_id_or_its_first_questions(opener: str, body: str, id: str) -> None:
    parsed = read(f"{opener}\n{body}:::\n")
    assert [placed.id for placed in parsed.definition.containers] == [id]
    assert id in parsed.anchors
    assert [part.get("slot") for part in render(parsed.definition, lambda target: None)["parts"]] == [id]


def test_a_check_may_stand_in_a_box() -> None:
    parts = render(read(f"::: kasus\na\n::: cek\n{CHECK}:::\nb\n:::\n").definition, lambda target: None)["parts"]
    html = "".join(part.get("html", "|") for part in parts)
    assert re.sub(' id="awal-[0-9a-f]{5}"', "", html) == (
        '<aside class="box box-case">\n<p class="box-title">Studi kasus</p>\n<p>a</p>\n|<p>b</p>\n</aside>'
    )


@pytest.mark.parametrize(
    ("front", "words", "minutes"),
    [("", 1, 1), ("", 180, 1), ("", 181, 2), ("", 1000, 6), ("menit: 12\n", 1000, 12)],
)
def test_reading_time_is_given_or_estimated(front: str, words: int, minutes: int) -> None:
    source = f"---\njudul: a\n{front}---\n<!-- {'rahasia ' * 500}-->\n{'kata ' * words}\n"
    assert parse(source, "a.md").minutes == minutes


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("<!-- belum ditutup", [("S032", 4)]),
        ("```\nbelum ditutup", [("S037", 4)]),
        ("a\n\n::: kasuss\nb\n:::", [("S020", 6)]),
        ("::: kasus\na", [("S021", 4)]),
        ("::: kasus\n::: tip\na\n:::", [("S021", 4)]),
        ("::: kasus\n```\n:::\n```", [("S021", 4)]),
        ("a\n\n:::", [("S022", 6)]),
        (f"::: cek\n{CHECK}::: cek\n- [x] C\n:::\n:::", [("K006", 8), ("S023", 8)]),
        ("a <div> b", [("S030", 4)]),
        ('a\nb <div\nclass="x"> c', [("S030", 5)]),
        ("a\n\n</p>", [("S030", 6)]),
        ("<script>alert(1)</script>", [("S030", 4), ("S030", 4)]),
        ("<u onclick=x>a</u>", [("S030", 4)]),
        ("::: cek {#a}\n<b>Apa?</b>\n- [x] A\n- [ ] B\n:::", [("S030", 5), ("S030", 5)]),
        ("[a](javascript:alert(1))", [("S031", 4)]),
        ("[a](java&#115;cript:alert(1))", [("S031", 4)]),
        ("[a](ftp://x.id)", [("S031", 4)]),
        ("[a](//x.id)", [("S031", 4)]),
        ("<ftp://x.id>", [("S031", 4)]),
        ("[a][b]\n\n[b]: data:text/html,x", [("S031", 6)]),
        ("a {#x}\n\nb {#x}", [("S034", 6)]),
        ("# a {#x}\n\n::: tip {#x}\nb\n:::", [("S034", 6)]),
        ("a {#x}\n\n::: cek {#x}\nApa?\n- [x] A\n- [ ] B\n:::", [("S034", 6)]),
        ("a {#soal}\n\n::: cek\n" + CHECK + ":::", [("S034", 7)]),
        ("# a {#k-x}", [("S035", 4)]),
        ("# a {#_x}", [("S035", 4)]),
        ("# a {#dua kata}", [("S036", 4)]),
        ("a {#x}\nb", [("S036", 4)]),
        ("![](../media/a.png)", [("B001", 4)]),
        ("![ ](../media/a.png)", [("B001", 4)]),
        ("![][a]\n\n[a]: ../media/a.png", [("B001", 4)]),
        ("![a](https://x.id/a.png)", [("R009", 4)]),
        ("[a]()", [("R001", 4)]),
        ("::: cek\nApa?\n:::", [("K001", 5)]),
        (f"::: cek\n{CHECK}:::\n\n::: cek\n### Soal\n- [x] A\n- [ ] B\n:::", [("K011", 11)]),
        ("[" * 201, [("S005", 4)]),
        ("> " * 7 + "a", [("S006", 4)]),
    ],
)
def test_what_is_wrong_stands_at_its_line(body: str, problems: list[tuple[str, int]]) -> None:
    assert sorted(errors(body)) == sorted(problems)


@pytest.mark.parametrize(
    "body",
    [
        "`<div>` dan `[a](javascript:x)` dan `![](x)` dan `{#a}`",
        "```\n<div>\n[a](javascript:x)\n{#a}\n::: kasuss\n```",
        "<!-- <div> [a](javascript:x) {#a}\n::: kasuss -->",
        r"\<div> 3 < 4 > 2 dan \[a](javascript:x)",
        "<https://x.id> <a@x.id> H<sub>2</sub>O<br/><abbr title='x'>y</abbr>".replace("'", '"'),
        '[a](https://x.id "Judul") [b](mailto:a@x.id) [c](https://x.id/a_(b))',
        "[istilah] dan [a] [b]",
        "| a {#x} |\n|---|\n| b |",
        "# a {#x}\n\n## b {#y}\n\n- c {#z}\n- d",
        "Istilah {#x}\n: arti",
    ],
)
def test_what_is_right_is_left_alone(body: str) -> None:
    assert errors(body) == []


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("Judul\n===\n", [("S033", 5)]),
        ("Judul\n---\n", [("S033", 5)]),
        ("Judul\n\n---\n", []),
        ("```\na\n---\n```", []),
    ],
)
def test_a_line_under_text_is_no_heading(body: str, problems: list[tuple[str, int]]) -> None:
    assert warnings(body) == problems


@pytest.mark.parametrize(
    ("body", "target", "line", "column"),
    [
        ("a [b](c.md) d", "c.md", 4, 7),
        ("a\nb [*c\nd*](e.md)", "e.md", 6, 5),
        ("`[x](y.md)` [b](c.md)", "c.md", 4, 17),
        ("[b](<c d.md>)", "<c d.md>".strip("<>"), 4, 5),
        ("[b](c d.md)", "c d.md", 4, 5),
        ('[b]( c.md "Judul" )', "c.md", 4, 6),
        ("[b](c.md 'Judul')", "c.md", 4, 5),
        ("[b]: c.md", "c.md", 4, 6),
        ("[b](c_(d).md)", "c_(d).md", 4, 5),
        ("[![a](b.png)](https://x.id)", "b.png", 4, 7),
        ("> - [b](c.md)", "c.md", 4, 9),
        ("| [b](c.md) |\n|---|", "c.md", 4, 7),
    ],
)
def test_links_are_found_with_line_and_column(body: str, target: str, line: int, column: int) -> None:
    assert parse(lesson(body), "a.md").references == (Reference(target, line, column),)


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("::: kasuss\n:::", "maksud Anda `kasus`?"),
        ("::: pentng\n:::", "maksud Anda `penting`?"),
        ("::: lini_masa2\n:::", "maksud Anda `lini-masa`?"),
        ("::: chek\n:::", "maksud Anda `check`?"),
    ],
)
def test_an_unknown_box_brings_a_suggestion(body: str, hint: str) -> None:
    assert [problem.hint for problem in problems(body)] == [hint]


@pytest.mark.parametrize("name", ["kasus", "CASE", "Penting", "note", "lini-masa", "lini_masa", "timeline", "refleksi"])
def test_every_known_box_is_accepted(name: str) -> None:
    assert errors(f"::: {name}\n- 1960: a\n:::") == []


LINES = (
    *LESSON.split("\n"),
    *(
        "::: tip",
        ":::",
        "```",
        "<!--",
        "-->",
        "# A {#a}",
        "- b {#b}",
        "[c](d.md)",
        "![](e)",
        "> f",
        "<u>g</u>",
        "h\n===",
    ),
)


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=25))
def test_no_text_breaks_a_lesson(lines: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        rooms.register(patch)
        text = "\n".join(lines).replace("\r", "")
        count = text.count("\n") + 1
        parsed = parse(text, "a.md")
        assert (parsed.definition is None) == has_errors(parsed.problems)
        assert all(1 <= problem.line <= count and problem.column >= 1 for problem in parsed.problems)
        assert all(1 <= reference.line <= count for reference in parsed.references)
        assert parse("\ufeff" + text.replace("\n", "\r\n"), "a.md") == parsed
        if parsed.definition is not None:
            _agrees_with_the_page(parsed.definition)


def _agrees_with_the_page(made: Lesson) -> None:
    parts = render(made, lambda target: None)["parts"]
    assert [part["slot"] for part in parts if "slot" in part] == [placed.id for placed in made.containers]
    html = "".join(part.get("html", "") for part in parts)
    for heading in made.headings:
        assert f'<h{heading.level} id="{heading.id}">' in html
