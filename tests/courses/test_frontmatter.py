"""Front matter: read gently, every mistake at its line."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.frontmatter import ActivityHead, CourseHead, ModuleHead, Objective, peek, read
from courses.yamlish import split
from foundation.problems import has_errors

pytestmark = pytest.mark.pure


def head_of(kind: type[Any], *lines: str) -> Any:
    front = read("\n".join(["---", *lines, "---", "Isi"]), "a.md", kind)
    assert not front.problems, front.problems
    return front.head


def found(kind: type[Any], *lines: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in read("\n".join(["---", *lines, "---"]), "a.md", kind).problems]


@pytest.mark.parametrize(
    ("source", "front", "body", "body_line"),
    [
        ("---\njudul: a\n---\nIsi\n", ("judul: a",), "Isi\n", 4),
        ("---  \njudul: a\n---\t\nIsi", ("judul: a",), "Isi", 4),
        ("\n\n---\njudul: a\n---\nIsi", ("judul: a",), "Isi", 6),
        ("\ufeff---\r\njudul: a\r\n---\r\nIsi", ("judul: a",), "Isi", 4),
        ("---\n---\n", (), "", 3),
        ("Isi\n---\n", (), "Isi\n---\n", 1),
        ("", (), "", 1),
        ("---\njudul: a\n---\nIsi\n---\nlagi\n---\n", ("judul: a",), "Isi\n---\nlagi\n---\n", 4),
    ],
)
def test_a_file_is_split_at_its_lines(source: str, front: tuple[str, ...], body: str, body_line: int) -> None:
    parts = split(source)
    assert (parts.front, parts.body, parts.body_line, parts.mistakes) == (front, body, body_line, ())


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("judul: Sister City", "Sister City"),
        ("judul: Sister City: asal #1 [draf] {a} & *b*", "Sister City: asal #1 [draf] {a} & *b*"),
        ("judul: 'Satu' dan \"dua\"", "'Satu' dan \"dua\""),
        ('judul: "Sister City"', "Sister City"),
        ("judul: “Sister City”", "Sister City"),
        ("judul: '  Sister   City '", "Sister City"),
        ("judul: - bukan daftar", "- bukan daftar"),
        ("judul: !apa", "!apa"),
        ("judul: @mukti %d `x`", "@mukti %d `x`"),
        ("judul: 1955", "1955"),
        ("judul: tidak", "tidak"),
        ("judul: 2026-12-01", "2026-12-01"),
        ("judul: |", "|"),
        ("judul: a\\nb", "a\\nb"),
        ("JUDUL: a", "a"),
        ("title: a", "a"),
        ("judul:\u00a0a", "a"),
        ("'judul': a", "a"),
        ("judul: 🙂", "🙂"),
    ],
)
def test_a_title_is_taken_as_it_stands(line: str, title: str) -> None:
    assert head_of(ActivityHead, line).title == title


def test_a_summary_may_be_folded_over_lines_as_yaml_does() -> None:
    assert head_of(ActivityHead, "judul: a", "ringkasan: >", "  satu: dua", "  tiga").summary == "satu: dua tiga"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("ringkasan: Dari mana: sejarahnya?", "summary", "Dari mana: sejarahnya?"),
        ("jenis: kuis", "kind", "kuis"),
        ("kind: quiz", "kind", "kuis"),
        ("Jenis: Diskusi", "kind", "diskusi"),
        ("jenis: lesson", "kind", "pelajaran"),
        ("id: asal-usul", "id", "asal-usul"),
        ("draf: ya", "is_draft", True),
        ("draft: true", "is_draft", True),
        ("draf: YES", "is_draft", True),
        ("draf: tidak", "is_draft", False),
        ("draf: no", "is_draft", False),
        ("tujuan: SC1", "objectives", ("SC1",)),
        ("tujuan: SC1, SC2", "objectives", ("SC1", "SC2")),
        ("tujuan: [SC1, SC2]", "objectives", ("SC1", "SC2")),
        ("tujuan: [“SC1”, 'SC2']", "objectives", ("SC1", "SC2")),
        ("objectives: SC1", "objectives", ("SC1",)),
        ("menit: 12", "minutes", 12),
        ("menit: 070", "minutes", 70),
        ("menit: 12 # kira-kira", "minutes", 12),
        ("menit:", "minutes", None),
        ("buka: 2026-12-01 08:00", "opens", datetime(2026, 12, 1, 0, 0, tzinfo=UTC)),
        ("buka: 2026-12-01 08.00", "opens", datetime(2026, 12, 1, 0, 0, tzinfo=UTC)),
        ("buka: 2026-12-01", "opens", datetime(2026, 11, 30, 16, 0, tzinfo=UTC)),
        ("tutup: 2026-12-01", "closes", datetime(2026, 12, 1, 15, 59, tzinfo=UTC)),
        ("tutup: '2026-12-01 23:59'", "closes", datetime(2026, 12, 1, 15, 59, tzinfo=UTC)),
    ],
)
def test_what_an_activity_may_say(line: str, field: str, value: object) -> None:
    assert asdict(head_of(ActivityHead, "judul: a", line))[field] == value


def test_a_list_may_stand_line_by_line() -> None:
    assert head_of(ActivityHead, "judul: a", "tujuan:", "  - SC1", "  - SC2").objectives == ("SC1", "SC2")


def test_what_is_not_written_has_its_default() -> None:
    assert head_of(ActivityHead, "judul: a") == ActivityHead("a")
    course = head_of(CourseHead, "judul: a")
    assert course == CourseHead("a")
    assert (course.language, course.pass_mark, course.has_certificate, course.is_open) == ("id", 70, True, False)
    assert course.weights == {"kuis": 40, "simulasi": 20, "rancangan": 40}
    assert head_of(ModuleHead, "judul: a") == ModuleHead("a")


def test_what_a_course_may_say() -> None:
    lines = ("judul: Kursus", "bahasa: en", "lulus: 72,5", "sertifikat: tidak", "terbuka: ya")
    head = head_of(CourseHead, *lines, "bobot:", "  quiz: 50", "  Rancangan: 50")
    assert (head.language, head.pass_mark, head.has_certificate, head.is_open) == ("en", 72.5, False, True)
    assert head.weights == {"kuis": 50, "rancangan": 50}


def test_objectives_of_a_module_are_taken_literally_line_by_line() -> None:
    head = head_of(
        ModuleHead,
        "judul: Sister City",
        "tujuan:",
        "  SC1: C2 Menjelaskan: asal #1 [x]",
        '  SC2: "a3 Menghargai"',
        "  SC3: Tanpa tingkat",
        "  SC4: C7 bukan tingkat",
        "prasyarat: [orientasi]",
    )
    assert head.objectives == (
        Objective("SC1", "C2", "Menjelaskan: asal #1 [x]"),
        Objective("SC2", "A3", "Menghargai"),
        Objective("SC3", "", "Tanpa tingkat"),
        Objective("SC4", "", "C7 bukan tingkat"),
    )
    assert head.requires == ("orientasi",)


def test_lines_of_keys_and_items_are_known() -> None:
    front = read("---\njudul: a\ntujuan:\n  SC1: C2 a\n---\n", "a.md", ModuleHead)
    assert (front.line_of("title"), front.line_of("objectives"), front.line_of("objectives.SC1")) == (2, 3, 4)
    assert front.line_of("summary") == 1


@pytest.mark.parametrize(
    ("kind", "lines", "problems"),
    [
        (ActivityHead, (), [("S017", 1)]),
        (ActivityHead, ("judul:",), [("S017", 1)]),
        (ActivityHead, ('judul: ""',), [("S017", 1)]),
        (ActivityHead, ("judl: a",), [("S016", 2)]),
        (ActivityHead, ("judl: a: b # c",), [("S016", 2)]),
        (ActivityHead, ("judul: a", "warna: biru"), [("S016", 3)]),
        (ActivityHead, ("judul: a", "judul: b"), [("S013", 3)]),
        (ActivityHead, ("judul: a", "title: b"), [("S013", 3)]),
        (ActivityHead, ("judul: a", "menit: x", "draf: mungkin"), [("S018", 3), ("S018", 4)]),
        (ActivityHead, ("judul: a", "menit: 0"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "menit: -1"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "menit: 1:30"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "menit: 1e3"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "menit: ²"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "id: Huruf Besar"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "jenis: [kuis]"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "tujuan: {a: b}"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "buka: besok"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "buka: 2026-02-30"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "buka: 0001-01-01"), [("S018", 3)]),
        (ActivityHead, ("judul: a", "tutup: 2026-12-01", "buka: 2026-12-02"), [("S019", 3)]),
        (ActivityHead, ("judul: a", "id: &x b"), [("S012", 3)]),
        (ActivityHead, ("judul: a", "id: *x"), [("S012", 3)]),
        (ActivityHead, ("judul: a", "id: !!str b"), [("S012", 3)]),
        (ActivityHead, ("judul: a", "id: !x b"), [("S012", 3)]),
        (ActivityHead, ("judul: a", "<<: b"), [("S016", 3)]),
        (ActivityHead, ("judul: a", "tujuan: [SC1"), [("S011", 3)]),
        (ActivityHead, ("judul: a", "\tid: b"), [("S011", 3)]),
        (ActivityHead, ("judul: a", "  lanjutannya"), [("S011", 3)]),
        (ActivityHead, ("judul a",), [("S011", 2)]),
        (ActivityHead, ("judul:a", "menit: 15"), [("S011", 2)]),
        (ActivityHead, ("judul: a", "menit 15", "id: b"), [("S011", 3)]),
        (ActivityHead, ("- judul",), [("S011", 2)]),
        (ActivityHead, ("? [a]", ": b", "judul: a"), [("S011", 2)]),
        (ActivityHead, ("judul: a", "tujuan: " + "[" * 9 + "]" * 9), [("S015", 3)]),
        (ActivityHead, ("judul: a", "tujuan: " + "[" * 9000), [("S015", 3)]),
        (ActivityHead, ("judul: a", "ringkasan: " + "x" * 10240), [("S014", 1)]),
        (CourseHead, ("judul: a", "lulus: 101"), [("S018", 3)]),
        (CourseHead, ("judul: a", "lulus: tujuh puluh"), [("S018", 3)]),
        (CourseHead, ("judul: a", "bobot: 40"), [("S018", 3)]),
        (CourseHead, ("judul: a", "bobot: {kuiz: 40}"), [("S018", 3)]),
        (CourseHead, ("judul: a", "bobot: {kuis: 40, kuis: 50}"), [("S013", 3)]),
        (ModuleHead, ("judul: a", "tujuan: SC1"), [("S018", 3)]),
        (ModuleHead, ("judul: a", "tujuan:", "  SC1:"), [("S018", 3)]),
        (ModuleHead, ("judul: a", "tujuan:", "  SC1: C2 a", "  SC1: C2 b"), [("S013", 5)]),
    ],
)
def test_mistakes_stand_at_their_lines(
    kind: type[Any], lines: tuple[str, ...], problems: list[tuple[str, int]]
) -> None:
    assert found(kind, *lines) == problems


def test_all_mistakes_are_told_at_once() -> None:
    lines = ("menit: x", "warna: biru", "draf: mungkin", "buka: besok")
    assert found(ActivityHead, *lines) == [("S017", 1), ("S018", 2), ("S016", 3), ("S018", 4), ("S018", 5)]


def test_front_matter_that_does_not_end() -> None:
    front = read("---\njudul: a\n\nIsi", "a.md", ActivityHead)
    assert [(problem.code, problem.line) for problem in front.problems] == [("S010", 1)]
    assert front.head is None


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("judl: a", "maksud Anda `judul`?"),
        ("titel: a", "maksud Anda `title`?"),
        ("ringkas: a", "maksud Anda `ringkasan`?"),
        ("Tujuhan: a", "maksud Anda `tujuan`?"),
        ("xyzzy: a", "yang dikenal: judul, ringkasan, jenis, id, draf, tujuan, menit, buka, tutup."),
    ],
)
def test_an_unknown_key_brings_a_suggestion(line: str, hint: str) -> None:
    problems = read(f"---\n{line}\n---\n", "a.md", ActivityHead).problems
    assert hint in [problem.hint for problem in problems]


def test_a_wrong_head_is_none_and_its_body_is_read_all_the_same() -> None:
    front = read("---\nmenit: x\n---\nIsi\n", "a.md", ActivityHead)
    assert (front.head, front.body, front.body_line) == (None, "Isi\n", 4)


@pytest.mark.parametrize(
    ("source", "kind", "kind_line", "id"),
    [
        ("---\njudul: a\njenis: kuis\nid: b\n---", "kuis", 3, "b"),
        ("---\nKIND: quiz\n---", "kuis", 2, ""),
        ("---\njenis: kwis\njudl: x\n---", "kwis", 2, ""),
        ("Isi", "", 1, ""),
        ("---\n[\n---", "", 1, ""),
    ],
)
def test_the_kind_is_known_before_anything_is_judged(source: str, kind: str, kind_line: int, id: str) -> None:
    seen = peek(source)
    assert (seen.kind, seen.kind_line, seen.id) == (kind, kind_line, id)


FRONTS = st.text(st.sampled_from("judul: titleid-[]{}#&*!|>'\"\n \tyatidak0129,%@`~?<éx\u2028\ufffe\x85"), max_size=120)


@given(FRONTS | st.text(max_size=80))
def test_no_front_matter_breaks_the_reader(text: str) -> None:
    for kind in (ActivityHead, ModuleHead, CourseHead):
        source = f"---\n{text}\n---\nIsi"
        front = read(source, "a.md", kind)
        assert (front.head is None) == has_errors(front.problems)
        assert all(1 <= problem.line <= len(split(source).front) + 3 for problem in front.problems)
    peek(f"---\n{text}\n---\n")


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"], exclude_characters="\"'“‘"), min_size=1))
def test_any_title_on_one_line_is_kept(title: str) -> None:
    assert head_of(ActivityHead, f"judul: {title}").title == title


@given(FRONTS)
def test_line_ends_change_nothing(text: str) -> None:
    source = f"---\n{text}\n---\nIsi".replace("\r", "")
    plain, windows = (read(given, "a.md", ActivityHead) for given in (source, "\ufeff" + source.replace("\n", "\r\n")))
    assert plain == windows
