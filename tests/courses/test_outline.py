"""A course folder as a whole: order, names, links, objectives, and every problem at once."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import folder
from courses.lesson import Lesson
from courses.outline import Outline
from courses.outline import read as read_outline
from courses.places import Name, read_name
from foundation.markup import paragraph_ids
from foundation.problems import Problem, has_errors
from quizzes.quiz import Quiz
from tests import rooms

pytestmark = pytest.mark.pure

COURSE = {
    "kursus.md": "---\njudul: Kursus\n---\n\n# Selamat datang\n\nMulai dari [awal](01-sister-city/modul.md).\n",
    "01-sister-city/modul.md": (
        "---\njudul: Sister City\ntujuan:\n  SC1: C2 Menjelaskan\n  SC2: C3 Mengurutkan\n---\n\n## Isi\n"
    ),
    "01-sister-city/01-asal-usul.md": "---\njudul: Asal-usul\ntujuan: SC1, SC2\n---\n\nNiat. {#niat}\n",
    "01-sister-city/02-tahapan.md": "---\njudul: Tahapan\n---\n\n## Surat konfirmasi\n\n![Peta](../media/peta.svg)\n",
    "01-sister-city/03-kuis.md": (
        "---\njudul: Kuis\njenis: kuis\n---\n\n## LoI? {#loi}\ntujuan: SC2\nlihat: 02-tahapan.md#surat-konfirmasi\n\n"
        "- [x] Benar\n- [ ] Salah\n  > b\n"
    ),
    "02-paradiplomasi/modul.md": "---\njudul: Paradiplomasi\nprasyarat: sister-city\n---\n",
    "02-paradiplomasi/01-apa-itu.md": "---\njudul: Apa itu\n---\n\n[Niat](../01-sister-city/01-asal-usul.md#niat).\n",
    "media/peta.svg": "<svg/>",
}


@pytest.fixture(autouse=True)
def _rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    rooms.register(monkeypatch)


def read(changes: Mapping[str, str | bytes | None] | None = None) -> Outline:
    """The sample course with files changed, added, or (None) left out."""
    files: dict[str, str | bytes | None] = {**COURSE, **(changes or {})}
    return read_outline("contoh", {name: _bytes(text) for name, text in files.items() if text is not None})


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def found(changes: Mapping[str, str | bytes | None]) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.code) for problem in read(changes).problems]


def lesson(body: str, *front: str) -> str:
    """A lesson whose body begins at line 4, when its front matter has only a title."""
    return "\n".join(["---", "judul: a", *front, "---", body])


def test_a_sound_course_has_no_problem() -> None:
    outline = read()
    assert outline.problems == ()
    assert outline.head is not None and outline.head.title == "Kursus"
    assert outline.welcome.startswith("\n# Selamat datang")
    assert outline.media == {"media/peta.svg"}
    assert [(module.slug, module.number, module.file) for module in outline.modules] == [
        ("sister-city", 1, "01-sister-city/modul.md"),
        ("paradiplomasi", 2, "02-paradiplomasi/modul.md"),
    ]
    first, _second = outline.modules
    assert first.head is not None and [objective.code for objective in first.head.objectives] == ["SC1", "SC2"]
    assert first.overview == "\n## Isi\n"
    assert [(entry.id, entry.slug, entry.number, entry.kind) for entry in first.activities] == [
        ("asal-usul", "asal-usul", 1, "pelajaran"),
        ("tahapan", "tahapan", 2, "pelajaran"),
        ("kuis", "kuis", 3, "kuis"),
    ]
    assert isinstance(first.activities[0].parsed.definition, Lesson)
    assert isinstance(first.activities[2].parsed.definition, Quiz)
    assert first.activities[0].source == COURSE["01-sister-city/01-asal-usul.md"]
    assert not any(entry.is_draft or entry.problems for entry in first.activities)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("01-sister-city", Name(1, "sister-city", False)),
        ("02-tahapan.md", Name(2, "tahapan", False)),
        ("10_tahapan akhir.md", Name(10, "tahapan-akhir", False)),
        ("3. Tahapan.md", Name(3, "tahapan", False)),
        ("tahapan.md", Name(None, "tahapan", False)),
        ("_04-rahasia.md", Name(4, "rahasia", True)),
        ("_rahasia", Name(None, "rahasia", True)),
        ("2024.md", Name(None, "2024", False)),
        ("1-2-3.md", Name(1, "2-3", False)),
    ],
)
def test_a_name_is_an_order_and_a_slug(name: str, read: Name) -> None:
    assert read_name(name) == read


def test_numbers_order_and_names_without_one_come_after() -> None:
    outline = read({f"01-sister-city/{name}.md": lesson("x") for name in ("10-sepuluh", "zebra", "apel", "9-sembilan")})
    assert [entry.id for entry in outline.modules[0].activities] == [
        *("asal-usul", "tahapan", "kuis", "sembilan", "sepuluh", "apel", "zebra"),
    ]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("01-sister-city/_04-draf.md", lesson("x")),
        ("01-sister-city/04-draf.md", lesson("x", "draf: ya")),
        ("01-sister-city/04-draf.md", lesson("x", "draft: true", "menit: salah")),
        ("_09-draf/04-draf.md", lesson("x")),
    ],
)
def test_drafts(file: str, text: str) -> None:
    outline = read({file: text, "_09-draf/modul.md": "---\njudul: a\n---\n"})
    assert {entry.id: entry.is_draft for module in outline.modules for entry in module.activities}["draf"]


def test_a_module_may_be_a_draft() -> None:
    outline = read({"02-paradiplomasi/modul.md": "---\njudul: a\ndraf: ya\n---\n"})
    assert outline.modules[1].is_draft and outline.modules[1].activities[0].is_draft


@pytest.mark.parametrize(
    ("file", "target", "address"),
    [
        ("01-sister-city/01-asal-usul.md", "02-tahapan.md", "/kursus/contoh/tahapan/"),
        ("01-sister-city/01-asal-usul.md", "./02-tahapan.md", "/kursus/contoh/tahapan/"),
        ("01-sister-city/01-asal-usul.md", "02-tahapan.md#a", "/kursus/contoh/tahapan/#a"),
        ("01-sister-city/01-asal-usul.md", "09-tahapan.md#a", "/kursus/contoh/tahapan/#a"),
        ("01-sister-city/01-asal-usul.md", "tahapan.md", "/kursus/contoh/tahapan/"),
        ("01-sister-city/01-asal-usul.md", "../07-paradiplomasi/apa-itu.md", "/kursus/contoh/apa-itu/"),
        ("01-sister-city/01-asal-usul.md", "modul.md", "/kursus/contoh/modul/sister-city/"),
        ("01-sister-city/01-asal-usul.md", "../02-paradiplomasi/modul.md#b", "/kursus/contoh/modul/paradiplomasi/#b"),
        ("01-sister-city/01-asal-usul.md", "../02-paradiplomasi/", "/kursus/contoh/modul/paradiplomasi/"),
        ("01-sister-city/01-asal-usul.md", "../kursus.md", "/kursus/contoh/"),
        ("01-sister-city/01-asal-usul.md", "../glosarium.md#loi", "/kursus/contoh/glosarium/#loi"),
        ("01-sister-city/01-asal-usul.md", "../media/peta.svg", "/kursus/contoh/media/peta.svg"),
        ("01-sister-city/01-asal-usul.md", "#niat", "/kursus/contoh/asal-usul/#niat"),
        ("01-sister-city/01-asal-usul.md", "02%2Dtahapan.md", "/kursus/contoh/tahapan/"),
        ("01-sister-city/01-asal-usul.md", r"02-tahapan.md#a\_b", "/kursus/contoh/tahapan/#a_b"),
        ("kursus.md", "media/peta.svg", "/kursus/contoh/media/peta.svg"),
        ("kursus.md", "01-sister-city/02-tahapan.md", "/kursus/contoh/tahapan/"),
        ("01-sister-city/01-asal-usul.md", "tidak-ada.md", None),
        ("01-sister-city/01-asal-usul.md", "../media/tidak-ada.svg", None),
        ("01-sister-city/01-asal-usul.md", "../../lain/kursus.md", None),
        ("01-sister-city/01-asal-usul.md", "/etc/passwd", None),
        ("01-sister-city/01-asal-usul.md", "../01-media/peta.svg", None),
        ("01-sister-city/01-asal-usul.md", "", "/kursus/contoh/asal-usul/"),
    ],
)
def test_links_lead_to_addresses(file: str, target: str, address: str | None) -> None:
    assert read({"glosarium.md": "## LoI\n"}).links_from(file)(target) == address


def test_addresses_use_the_id_and_are_quoted() -> None:
    outline = read(
        {
            "01-sister-city/02-tahapan.md": lesson("## Surat konfirmasi", "id: urutan"),
            "media/peta baru.svg": "<svg/>",
            "01-sister-city/04-x.md": lesson("[a](02-tahapan.md) ![b](<../media/peta baru.svg>)"),
        }
    )
    links = outline.links_from("01-sister-city/04-x.md")
    assert links("02-tahapan.md#surat konfirmasi") == "/kursus/contoh/urutan/#surat%20konfirmasi"
    assert (
        links("../media/peta baru.svg") == links("../media/peta%20baru.svg") == "/kursus/contoh/media/peta%20baru.svg"
    )
    assert not has_errors(outline.problems)


X = "01-sister-city/04-x.md"
M = "02-paradiplomasi/modul.md"


ASKING = lesson("## a {#a}\nlihat: #a\n\n- [x] b\n- [ ] c\n  > c\n- [ ] d\n  > d", "jenis: kuis", "tujuan: PD1")


def module(*front: str) -> str:
    return "\n".join(["---", "judul: a", *front, "---", ""])


@pytest.mark.parametrize(
    ("body", "line", "code"),
    [
        ("[a](tidak-ada.md)", 4, "R001"),
        ("[a](../03-tidak-ada/01-asal-usul.md)", 4, "R001"),
        ("a\n\n[a](02-tahapan.md#tidak-ada)", 6, "R002"),
        ("[a](#tidak-ada)", 4, "R002"),
        ("[a](modul.md#tidak-ada)", 4, "R002"),
        ("[a](../kursus.md#tidak-ada)", 4, "R002"),
        ("[a](09-tahapan.md)", 4, "R003"),
        ("[a](tahapan.md)", 4, "R003"),
        ("[a](../07-sister-city/02-tahapan.md)", 4, "R003"),
        ("![a](../media/tidak-ada.svg)", 4, "R009"),
        ("![a](peta.svg)", 4, "R009"),
        ("a\n\n[b]: tidak-ada.md", 6, "R001"),
    ],
)
def test_links_are_judged_over_the_whole_course(body: str, line: int, code: str) -> None:
    assert found({X: lesson(body)}) == [(X, line, code)]


@pytest.mark.parametrize(
    "body",
    [
        "[a](02-tahapan.md#surat-konfirmasi) [b](03-kuis.md#loi) [c](modul.md#isi) [d](../kursus.md#selamat-datang)",
        "[a](../02-paradiplomasi/01-apa-itu.md) [b](../02-paradiplomasi/) [c](#d)\n\n## D",
        "`[a](tidak-ada.md)`\n\n```\n[a](tidak-ada.md)\n```\n\n<!-- [a](tidak-ada.md) -->",
        "[a](https://tidak.ada/x.md) [b](mailto:a@b.c)",
    ],
)
def test_good_links_are_left_alone(body: str) -> None:
    assert found({X: lesson(body)}) == []


def test_a_missing_link_brings_the_nearest_file() -> None:
    problem = read({X: lesson("[a](02-tahapn.md)")}).problems[0]
    assert problem.hint == "maksud Anda `02-tahapan.md`?"
    problem = read({X: lesson("[a](09-tahapan.md#surat-konfirmasi)")}).problems[0]
    assert problem.is_warning
    assert problem.hint == "tulis `02-tahapan.md#surat-konfirmasi`."


def test_a_link_to_a_file_that_cannot_be_read_is_judged_by_its_file_only() -> None:
    changes = {
        "01-sister-city/04-rusak.md": "\n" + "[" * 300,
        X.replace("04", "05"): lesson("[a](04-rusak.md#apa-saja)"),
    }
    assert [code for _file, _line, code in found(changes)] == ["S005"]


def test_links_in_questions_and_their_see_are_judged() -> None:
    quiz = COURSE["01-sister-city/03-kuis.md"]
    assert found({"01-sister-city/03-kuis.md": quiz.replace("#surat-konfirmasi", "#surat")}) == [
        ("01-sister-city/03-kuis.md", 8, "R002")
    ]
    assert (
        found({"01-sister-city/03-kuis.md": quiz.replace("lihat: 02-tahapan.md#surat-konfirmasi", "lihat: loi")}) == []
    )


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"kursus.md": None}, [("kursus.md", 1, "S042")]),
        ({M: None}, [(M, 1, "S042")]),
        ({"kursus.md": "Halo"}, [("kursus.md", 1, "S017")]),
        ({"kursus.md": "---\njudul: a\n---\n<div>"}, [("kursus.md", 4, "S030")]),
        ({"kursus.md": "---\njudul: a\n---\n::: cek\nApa?\n:::"}, [("kursus.md", 4, "S023")]),
        ({X: lesson("x").encode() + b"\n\xff"}, [(X, 5, "S001")]),
        ({"kursus.md": b"---\n\xe9"}, [("kursus.md", 2, "S001")]),
        ({M: b"\xff\xfea"}, [(M, 1, "S001")]),
        ({X: lesson("x", "jenis: diskusi")}, [(X, 3, "S041")]),
        ({X: lesson("<div> [a](b.md)", "jenis: simulation")}, [(X, 3, "S041")]),
        ({X: lesson("x", "jenis: rancangan", "warna: biru")}, [(X, 3, "S041")]),
        ({X: lesson("x", "jenis: kwis")}, [(X, 3, "S040")]),
        ({"media/besar.png": b"x" * (300 * 1024 + 1)}, [("media/besar.png", 1, "B002")]),
        ({"media/pas.png": b"x" * (300 * 1024)}, []),
        ({"01-sister-city/04-tahapan.md": lesson("x")}, [("01-sister-city/04-tahapan.md", 1, "R006")]),
        ({"01-sister-city/04-tahapan.md": lesson("x", "id: lain")}, []),
        ({"02-paradiplomasi/02-x.md": lesson("x", "id: tahapan")}, [("02-paradiplomasi/02-x.md", 1, "R006")]),
        ({"01-sister-city/04-cari.md": lesson("x")}, [("01-sister-city/04-cari.md", 1, "R007")]),
        ({X: lesson("x", "id: latihan")}, [(X, 3, "R007")]),
        ({"01-sister-city/04-….md": lesson("x")}, [("01-sister-city/04-….md", 1, "S044")]),
        ({"03-sister-city/modul.md": "---\njudul: a\n---\n"}, [("03-sister-city/modul.md", 1, "R006")]),
        ({X: lesson("x", "tujuan: [SC1, SC9]")}, [(X, 3, "R004")]),
        ({M: module("tujuan:", "  PD1: a", "  SC1: b")}, [(M, 4, "R010"), (M, 5, "R005")]),
        ({M: module("tujuan:", "  PD1: a"), X: lesson("x", "tujuan: PD1")}, []),
        ({M: module("tujuan:", "  PD1: a"), X: lesson("x", "tujuan: [PD1")}, [(X, 3, "S011")]),
        ({M: module("tujuan:", "  PD1: a"), X: ASKING}, [(M, 4, "R011")]),
        ({"03-baru/modul.md": module("tujuan:", "  BR1: a")}, []),
        ({M: module("prasyarat: sister")}, [(M, 3, "R008")]),
        ({M: module("prasyarat: paradiplomasi")}, [(M, 3, "R008")]),
        ({M: module("prasyarat: [01-sister-city]")}, []),
        (
            {
                "03-a/modul.md": module("prasyarat: c"),
                "04-b/modul.md": module("prasyarat: a"),
                "05-c/modul.md": module("prasyarat: [b, sister-city]"),
            },
            [("05-c/modul.md", 3, "R008")],
        ),
        ({"catatan.md": "x"}, [("catatan.md", 1, "S043")]),
        ({"01-sister-city/lagi/01-x.md": "x"}, [("01-sister-city/lagi/01-x.md", 1, "S043")]),
        ({"README.md": "x", "01-sister-city/sketsa.png": b"\xff"}, []),
        ({"glosarium.md": "## a\nArti.\n", "pustaka.md": b"## b\nA, B. (2015). C.\n"}, []),
    ],
)
def test_what_only_a_whole_course_shows(
    changes: Mapping[str, str | bytes | None], problems: list[tuple[str, int, str]]
) -> None:
    assert found(changes) == problems


def test_a_link_to_an_automatic_paragraph_id_is_a_warning() -> None:
    [id] = paragraph_ids("## Surat\n\nMenteri menerbitkannya.\n")
    two = lesson("## Surat\n\nMenteri menerbitkannya.\n")
    quiz = COURSE["01-sister-city/03-kuis.md"].replace("#surat-konfirmasi", f"#{id}")
    problems = read(
        {"01-sister-city/02-tahapan.md": two, "01-sister-city/03-kuis.md": quiz, X: lesson(f"[a](02-tahapan.md#{id}x)")}
    ).problems
    assert [(problem.file, problem.line, problem.code, problem.is_warning) for problem in problems] == [
        ("01-sister-city/03-kuis.md", 8, "R020", True),
        (X, 4, "R002", False),
    ]


def test_objectives_named_by_questions_are_judged() -> None:
    quiz = COURSE["01-sister-city/03-kuis.md"].replace("tujuan: SC2", "tujuan: SC2, SC7")
    outline = read({"01-sister-city/03-kuis.md": quiz})
    assert [(problem.code, problem.line, problem.hint) for problem in outline.problems] == [
        ("R004", 7, "maksud Anda `SC2`?")
    ]


def test_a_kind_to_come_is_kept_and_links_to_it_are_good() -> None:
    outline = read(
        {
            "01-sister-city/05-fgd.md": lesson("<div> {#x}", "jenis: diskusi", "id: fgd-1", "draf: ya"),
            X: lesson("[a](05-fgd.md#apa-saja)"),
        }
    )
    entry = outline.modules[0].activities[-1]
    assert (entry.id, entry.kind, entry.is_draft, entry.parsed.definition) == ("fgd-1", "diskusi", True, None)
    assert [problem.code for problem in outline.problems] == ["S041"]
    assert [problem.code for problem in entry.problems] == ["S041"]


def test_problems_are_sorted_and_each_file_knows_its_own() -> None:
    outline = read(
        {
            X: lesson("[a](tidak-ada.md)\n\n<div>\n", "tujuan: SC9"),
            "kursus.md": "---\njudl: a\n---\n",
            "01-sister-city/modul.md": "---\njudul: a\nmenit: 3\n---\n",
        }
    )
    problems = list(outline.problems)
    assert problems == sorted(problems)
    assert all(isinstance(problem, Problem) for problem in problems)
    entry = next(entry for entry in outline.modules[0].activities if entry.file == X)
    assert [problem.code for problem in entry.problems] == ["R004", "R001", "S030"]
    assert {problem.code for problem in problems if problem.file == "kursus.md"} == {"S016", "R001"} - {"R001"}


def test_errors_elsewhere_leave_a_definition_but_the_entry_tells() -> None:
    entry = read({X: lesson("[a](tidak-ada.md)")}).modules[0].activities[-1]
    assert entry.parsed.definition is not None
    assert has_errors(entry.problems)


def test_an_unreadable_course_file_leaves_the_rest_readable() -> None:
    outline = read({"kursus.md": b"\xff"})
    assert outline.head is None
    assert len(outline.modules) == 2


def test_an_empty_folder_is_one_problem() -> None:
    outline = read_outline("kosong", {})
    assert [(problem.file, problem.code) for problem in outline.problems] == [("kursus.md", "S042")]


def test_english_file_names_are_known() -> None:
    files = {
        "course.md": "---\ntitle: A\n---\n",
        "01-a/module.md": "---\ntitle: M\nobjectives:\n  SC1: C2 a\n---\n",
        "01-a/01-b.md": "---\ntitle: B\nobjectives: SC1\n---\n[m](module.md) [c](../course.md)\n",
        "glossary.md": "",
        "references.md": "",
    }
    outline = read_outline("a", {name: text.encode() for name, text in files.items()})
    assert outline.problems == ()
    assert outline.modules[0].file == "01-a/module.md"


@given(
    st.dictionaries(
        st.sampled_from([*COURSE, "01-sister-city/04-x.md", "glosarium.md", "09-y/01-z.md", "media/w.png", "…/-.md"]),
        st.text(max_size=60) | st.binary(max_size=40) | st.sampled_from(list(COURSE.values())),
    )
)
def test_no_folder_breaks_the_reader(changes: dict[str, str | bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        rooms.register(patch)
        outline = read(changes)
        assert list(outline.problems) == sorted(outline.problems)
        assert all(problem.line >= 1 for problem in outline.problems)


def test_a_file_that_has_not_changed_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {name: text.encode() for name, text in COURSE.items()}
    before = read_outline("contoh", files)
    files["01-sister-city/01-asal-usul.md"] = lesson("Niat. {#kehendak}").encode()
    read_again: list[str] = []
    parse = folder._parse
    monkeypatch.setattr(folder, "_parse", lambda *given: read_again.append(given[1]) or parse(*given))
    heard: list[str] = []
    after = read_outline("contoh", files, before, heard.append)
    assert read_again == ["01-sister-city/01-asal-usul.md"]
    assert len(heard) == 4
    assert after == read_outline("contoh", files)
    assert "R002" in [problem.code for problem in after.problems]  # another file links to what is gone


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("01-sister-city/04-baru.md.txt", "04-baru.md"),
        ("01-sister-city/04-baru.markdown", "04-baru.md"),
        ("01-sister-city/04-BARU.MD", "04-BARU.md"),
        ("Glosarium.md", "glosarium.md"),
        ("01-sister-city/MODULE.md", "module.md"),
    ],
)
def test_a_slip_in_a_name_is_told_with_the_name_that_is_read(name: str, better: str) -> None:
    (problem,) = read({name: lesson("x")}).problems
    assert (problem.file, problem.code, better in problem.hint) == (name, "S043", True)


def test_two_files_for_one_thing_are_told() -> None:
    problems = read({"course.md": lesson("x"), "glosarium.md": "## a\n\na\n", "glossary.md": "## a\n\na\n"}).problems
    assert [(problem.file, problem.code) for problem in problems] == [("course.md", "S043"), ("glossary.md", "S043")]


@pytest.mark.parametrize("name", ["README.md", "01-sister-city/README.md", "01-sister-city/~$04-x.md"])
def test_what_stands_beside_the_content_is_passed_over(name: str) -> None:
    outline = read({name: "apa pun"})
    assert outline.problems == ()
    assert sum(len(module.activities) for module in outline.modules) == 4
