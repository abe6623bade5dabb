"""Glossary and references: what authors write, what the checker says of it, and the pages learners see."""

from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from courses import glossary, references
from courses.models import CoursePage
from courses.outline import Outline
from courses.outline import read as read_outline
from courses.references import short_form
from foundation.database import db
from tests import rooms
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.courses.test_catalogue import rendered
from tests.sample import LESSON, MODULE, SAMPLE, Sample

As = Callable[[str], FlaskClient]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("entry", "short"),
    [
        pytest.param("Mukti, T. A. (2013). *P*.", "Mukti 2013", id="one"),
        pytest.param("Asmono, A. & Prasetiyo, B. (2023). X.", "Asmono & Prasetiyo 2023", id="two"),
        pytest.param("Asmono, A., dan Prasetiyo, B. (2023). X.", "Asmono & Prasetiyo 2023", id="two with dan"),
        pytest.param("Gereffi, G., Humphrey, J., & Sturgeon, T. (2005).", "Gereffi dkk. 2005", id="three"),
        pytest.param("Agustiana, E., dkk. (2020). X.", "Agustiana dkk. 2020", id="dkk."),
        pytest.param("Agustiana, E. et al. (2020). X.", "Agustiana dkk. 2020", id="et al."),
        pytest.param("Soldatos, Panayotis (1990). X.", "Soldatos 1990", id="given names in full"),
        pytest.param("Van der Pluijm, R. (2007a, Mei). X.", "Van der Pluijm 2007a", id="letter and month"),
        pytest.param("Gérin-Lajoie, P. (1965)", "Gérin-Lajoie 1965", id="marks in a name"),
        pytest.param("Kementerian Luar Negeri (2019). X.", "", id="no person"),
        pytest.param("Mukti, T. A. *P*, 2013.", "", id="no year in brackets"),
        pytest.param("Mukti, T. A. (akan terbit). X.", "", id="no year"),
        pytest.param("", "", id="nothing"),
        pytest.param("(" * 5000, "", id="brackets only"),
    ],
)
def test_the_short_form_of_a_work(entry: str, short: str) -> None:
    assert short_form(entry) == short


@pytest.mark.pure
def test_a_glossary_has_terms_with_aliases_and_ids() -> None:
    reading = glossary.parse(
        "---\njudul: Kata\n---\nPengantar.\n\n"
        "## LoI\nalias: pernyataan kehendak, letter of intent\n\nNiat.\n\nLagi.\n\n"
        "## *In foro* {#foro}\n\nalias: asas\n\nCatatan: wewenang.\n",
        "glosarium.md",
    )
    found = reading.definition
    assert found is not None and reading.problems == ()
    assert (found.title, found.intro) == ("Kata", "Pengantar.")
    assert [(term.name, term.id, term.aliases, term.definition) for term in found.terms] == [
        ("LoI", "loi", ("pernyataan kehendak", "letter of intent"), "Niat.\n\nLagi."),
        ("*In foro*", "foro", ("asas",), "Catatan: wewenang."),
    ]
    assert set(found.by_name) == {"loi", "pernyataan kehendak", "letter of intent", "in foro", "asas"}


@pytest.mark.pure
def test_references_have_works_with_short_forms() -> None:
    reading = references.parse(
        "## uu24\nUndang-Undang.\nsitasi: bukan, ini teks\n\nsitasi: UU 24/2000\n\n"
        "## mukti2013\nMukti, T. (2013). P.\n",
        "pustaka.md",
    )
    assert reading.definition is not None and reading.problems == ()
    assert [(work.key, work.short, work.text) for work in reading.definition.works] == [
        ("uu24", "UU 24/2000", "Undang-Undang.\nsitasi: bukan, ini teks"),
        ("mukti2013", "Mukti 2013", "Mukti, T. (2013). P."),
    ]


GOOD_GLOSSARY = "## LoI\nalias: pernyataan kehendak\n\nNiat.\n"
GOOD_REFERENCES = "## mukti2013\nMukti, T. A. (2013). P.\n"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("file", "source", "problems"),
    [
        pytest.param("glosarium.md", "", [], id="empty"),
        pytest.param("glosarium.md", "# A\n\n## B\n\nb\n\n### C\n", [(1, "S050"), (7, "S050")], id="level"),
        pytest.param("glosarium.md", "## A\n\n## B\nalias: c\n", [(1, "S051"), (3, "S051")], id="no text"),
        pytest.param("glosarium.md", "## A\n\n<!-- nanti -->\n", [(1, "S051")], id="a comment is no text"),
        pytest.param("glosarium.md", "##\n\nteks\n", [(1, "S051")], id="no name"),
        pytest.param("glosarium.md", "## A\na\n\n## a\nb\n", [(4, "S052")], id="a term twice"),
        pytest.param("glosarium.md", "## A\nalias: b, B\n\na\n", [(2, "S052")], id="an alias twice"),
        pytest.param("glosarium.md", "## A\na\n\n## B\nalias: a\n\nb\n", [(5, "S052")], id="an alias that is a term"),
        pytest.param("glosarium.md", "## A\nsitasi: x\n\na\n", [(2, "S053")], id="not of this file"),
        pytest.param("glosarium.md", "## A\nAlis: x\n\na\n", [(2, "S053")], id="close to a name"),
        pytest.param("glosarium.md", "## A\nalias: x\nalias: y\n\na\n", [(3, "S053")], id="a line twice"),
        pytest.param("glosarium.md", "## A\nCatatan: ini teks\n", [], id="a capital begins the text"),
        pytest.param("glosarium.md", "---\njudl: A\n---\n", [(2, "S016")], id="front matter"),
        pytest.param("glosarium.md", "## A\n[[b]] <div> [@x] [[istilah: y]]\n",
                     [(2, "R021"), (2, "R022"), (2, "S030"), (2, "S038")], id="text"),
        pytest.param("glosarium.md", "## A\n```\n## B\n```\n", [], id="code is no entry"),
        pytest.param("pustaka.md", "## a b\nX, Y. (2000).\n", [(1, "S054")], id="key"),
        pytest.param("pustaka.md", "## k-é\nX, Y. (2000).\n", [(1, "S054")], id="key with marks"),
        pytest.param("pustaka.md", "## a\nX, Y. (2000).\n\n## A\nX, Z. (2001).\n", [(4, "S052")], id="a key twice"),
        pytest.param("pustaka.md", "## a\nKemlu, 2000.\n", [(1, "S055")], id="no short form"),
        pytest.param("pustaka.md", "## a\nsitasi:\n\nKemlu.\n", [(1, "S055")], id="an empty sitasi"),
        pytest.param("pustaka.md", "## a\nX, Y. (2000).\n\n## b\nX, Z. (2000).\n", [(4, "S056")], id="one short form"),
        pytest.param("pustaka.md", "## a\nalias: b\n\nX, Y. (2000).\n", [(2, "S053")], id="an alias of a work"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_page_stands_at_its_line(
    file: str, source: str, problems: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms.register(monkeypatch)
    found = sorted((problem.line, problem.code) for problem in read({file: source}).problems)
    assert found == sorted(problems)


def read(files: Mapping[str, str | bytes]) -> Outline:
    course: dict[str, str | bytes] = {
        "kursus.md": "---\njudul: K\n---\n",
        "01-a/modul.md": "---\njudul: M\n---\n",
        **files,
    }
    return read_outline(
        "contoh", {name: text.encode() if isinstance(text, str) else text for name, text in course.items()}
    )


X = "01-a/01-x.md"
QUIZ = "---\njudul: a\njenis: kuis\n---\n## Apa [[itu]]? {#a}\nlihat: #a\n\n[@mukti] [[istilah: lo]]\n\n- [x] a\n- [ ] b\n  > c\n- [ ] d\n  > e\n"  # noqa: E501
CHECK = "\n::: cek\n## Apa [[itu]]? {#a}\nlihat: #a\n\n[@mukti]\n\n- [x] a\n- [ ] b\n  > c\n- [ ] d\n  > e\n:::\n"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a [@mukti2013] [[istilah: loi]] [[term: Pernyataan  Kehendak|x]]", [], id="known"),
        pytest.param("a [@mukti213]", [(4, 4, "R021", "maksud Anda `mukti2013`?")], id="an unknown work"),
        pytest.param("a [@mukti2013;\n   @zzz, 3]", [(5, 4, "R021", "tulis `## zzz` dan entrinya di pustaka.md.")],
                     id="the second"),
        pytest.param("[[istilah: lo]]", [(4, 1, "R022", "maksud Anda `LoI`?")], id="an unknown term"),
        pytest.param("a\n\n- b [[istilah: pernyataan kehendk|x]]",
                     [(6, 5, "R022", "maksud Anda `pernyataan kehendak`?")], id="an alias"),
        pytest.param("`[@x]` `[[istilah: y]]` `[[z]]`\n\n```\n[@x] [[z]]\n```", [], id="not in code"),
        pytest.param(r"\[@x] \[[z]]", [], id="not escaped"),
        pytest.param("[@x](#a) [a](#a) b {#a}", [], id="not as a link's text"),
        pytest.param("<!-- [@x] -->", [], id="not in a comment"),
    ],
)  # fmt: skip
def test_mentions_are_judged_at_their_place(
    text: str, found: list[tuple[int, int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms.register(monkeypatch)
    outline = read({X: f"---\njudul: a\n---\n{text}\n", "glosarium.md": GOOD_GLOSSARY, "pustaka.md": GOOD_REFERENCES})
    assert [(problem.line, problem.column, problem.code, problem.hint) for problem in outline.problems] == found


@pytest.mark.pure
@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param({X: "---\njudul: a\n---\na [[b]] [@] {#a}\n"}, [(4, 3, "S038"), (4, 9, "S039")], id="unreadable"),
        pytest.param({X: QUIZ}, [(8, 2, "R021"), (8, 10, "R022")], id="blanks of a quiz are its own"),
        pytest.param({X: "---\njudul: a\n---\n" + CHECK}, [(9, 2, "R021")], id="blanks of a check too"),
        pytest.param({X: "---\njudul: a\n---\n[@a] [[istilah: b]]\n", "glosarium.md": b"\xff", "pustaka.md": b"\xff"},
                     [(1, 1, "S001"), (1, 1, "S001")], id="nothing is said of unreadable pages"),
        pytest.param({"references.md": GOOD_REFERENCES, X: "---\njudul: a\n---\n[@mukti2013]\n"}, [],
                     id="english names"),
        pytest.param({"pustaka.md": GOOD_REFERENCES, X: "---\njudul: a\n---\n[a](../pustaka.md#k-mukti2013)\n"}, [],
                     id="a link"),
        pytest.param({"glosarium.md": GOOD_GLOSSARY, X: "---\njudul: a\n---\n[a](../glosarium.md#lo)\n"},
                     [(4, 5, "R002")], id="a wrong one"),
    ],
)  # fmt: skip
def test_what_files_say_of_each_other(
    files: dict[str, str | bytes], found: list[tuple[int, int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms.register(monkeypatch)
    problems = [problem for problem in read(files).problems if problem.code[0] != "K"]
    assert [(problem.line, problem.column, problem.code) for problem in problems] == found


@pytest.mark.pure
def test_a_course_that_is_wrong_everywhere_is_told_so_soon() -> None:
    known = "".join(f"## kunci{number:04}\nA{number}, B. (2000).\n\n" for number in range(300))
    wrong = "".join(f"[@kunc{number:05}]\n\n" for number in range(2000))
    problems = read({X: f"---\njudul: a\n---\n{wrong}", "pustaka.md": known}).problems
    hints = [problem.hint for problem in problems if problem.code == "R021"]
    assert len(hints) == 2000
    assert sum(hint.startswith("maksud Anda") for hint in hints) == 100


GLOSSARY = """\
## Surat konfirmasi
alias: konfirmasi Menlu

Surat Menlu [@mukti2013] yang menjadi dasar penandatanganan.

## Zona

Kata yang tidak dipakai.
"""
REFERENCES = "## mukti2013\nMukti, T. A. (2013). *Paradiplomacy*.\n\n## abc\nAbc, D. (2000). Lain.\n"


def told(lesson: str = "", **pages: str) -> Sample:
    """The sample course with a lesson that mentions things, and the pages that hold them."""
    files = {
        **SAMPLE.files,
        "glosarium.md": GLOSSARY,
        "pustaka.md": REFERENCES,
        "01-sister-city/01-asal-usul.md": lesson
        or LESSON.replace("niat warga.", "niat warga [@mukti2013, hlm. 3] dan [[istilah: konfirmasi menlu]]."),
        **{f"{name}.md": text for name, text in pages.items()},
    }
    return Sample("contoh", {name: text for name, text in files.items() if text})


def test_a_lesson_shows_definitions_and_ends_with_its_works(cast: Cast, as_: As) -> None:
    publish(told(), NOW)
    page = as_("lena").get("/kursus/contoh/asal-usul/").text
    assert (
        '<span class="term" role="button" tabindex="0">konfirmasi menlu'
        "<span>Surat Menlu (Mukti 2013) yang menjadi dasar penandatanganan.</span></span>" in page
    )
    assert '(<a href="#k-mukti2013" id="_1-mukti2013">Mukti 2013</a>, hlm. 3)' in page
    assert '<li id="k-mukti2013">Mukti, T. A. (2013). <em>Paradiplomacy</em>.' in page
    assert "Abc, D." not in page


def test_other_texts_lead_to_the_page_of_references(cast: Cast, as_: As) -> None:
    sample = told(LESSON.replace("Menteri Luar Negeri menerbitkan", "Menteri [@abc] menerbitkan"))
    sample.files["01-sister-city/modul.md"] = MODULE.replace("kota bersaudara.", "kota bersaudara [@mukti2013].")
    publish(sample, NOW)
    page = as_("lena").get("/kursus/contoh/modul/sister-city/").text
    assert '<a href="/kursus/contoh/pustaka/#k-mukti2013">Mukti 2013</a>' in page


def test_the_glossary_names_the_lessons_that_use_a_term(cast: Cast, as_: As) -> None:
    publish(told(), NOW)
    page = as_("lena").get("/kursus/contoh/glosarium/").text
    assert page.index('<div id="surat-konfirmasi">') < page.index('<div id="zona">')
    first, second = page.split('<div id="zona">')
    assert "konfirmasi Menlu" in first and 'href="/kursus/contoh/pustaka/#k-mukti2013"' in first
    assert "Dipakai di:" in first and 'href="/kursus/contoh/asal-usul/"' in first
    assert "Dipakai di:" not in second
    assert 'href="#_S"' in page and 'id="_Z"' in page


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [("ZON", {"zona"}), ("konfirmasi menlu", {"surat-konfirmasi"}), ("", {"zona", "surat-konfirmasi"}), ("<b>", set())],
)
def test_the_glossary_can_be_searched(cast: Cast, as_: As, wanted: str, shown: set[str]) -> None:
    publish(told(), NOW)
    page = as_("lena").get("/kursus/contoh/glosarium/", query_string={"cari": wanted}).text
    assert {id for id in ("zona", "surat-konfirmasi") if f'<div id="{id}">' in page} == shown
    assert shown or "Tidak ada istilah yang cocok." in page
    assert "<b>" not in page


def test_the_references_name_the_lessons_that_cite_a_work(cast: Cast, as_: As) -> None:
    publish(told(), NOW)
    page = as_("lena").get("/kursus/contoh/pustaka/").text
    assert page.index('<li id="k-abc">') < page.index('<li id="k-mukti2013">')
    assert page.count("Dikutip di:") == 1


def test_a_draft_is_named_to_staff_only(cast: Cast, as_: As) -> None:
    publish(told("---\njudul: Asal-usul\ndraf: ya\n---\n\n[@mukti2013] {#niat}\n\n## Surat {#surat}\n"), NOW)
    assert "Dikutip di:" not in as_("lena").get("/kursus/contoh/pustaka/").text
    assert "Dikutip di:" in as_("kofi").get("/kursus/contoh/pustaka/").text


def test_the_outline_leads_to_pages_that_exist(cast: Cast, as_: As) -> None:
    lena = as_("lena")
    assert "/glosarium/" not in lena.get("/kursus/contoh/").text
    assert "belum punya glosarium" in lena.get("/kursus/contoh/glosarium/").text
    assert "belum punya pustaka" in lena.get("/kursus/contoh/pustaka/").text
    publish(told(pustaka="", lesson=LESSON, glosarium="## A\n\nB.\n"), NOW.replace(hour=3))
    page = lena.get("/kursus/contoh/").text
    assert 'href="/kursus/contoh/glosarium/"' in page and "/pustaka/" not in page


@pytest.mark.parametrize("page", ["glosarium", "pustaka"])
def test_a_page_takes_few_queries(cast: Cast, as_: As, queries: list[str], page: str) -> None:
    publish(told(), NOW)
    lena = as_("lena")
    lena.get("/kursus/contoh/")
    queries.clear()
    assert lena.get(f"/kursus/contoh/{page}/").status_code == 200
    first = len(queries)
    queries.clear()
    lena.get(f"/kursus/contoh/{page}/")
    assert (first, len(queries)) == (4, 3)


def test_a_corrected_glossary_reaches_every_page_and_old_version(app: Flask) -> None:
    publish(told(), NOW)
    before = activity("asal-usul").current_version_id
    publish(told(glosarium=GLOSSARY.replace("dasar", "pangkal")), NOW)
    assert activity("asal-usul").current_version_id == before
    assert "pangkal penandatanganan" in str(rendered("asal-usul"))
    publish(told(pustaka=REFERENCES.replace("2013)", "2014)")), NOW)
    assert "Mukti 2014" in str(rendered("asal-usul"))


def test_a_page_with_an_error_keeps_its_last_good_version(app: Flask) -> None:
    publish(told(), NOW)
    report = publish(told(glosarium=GLOSSARY.replace("dasar", "pangkal") + "\n## Zona\n\nLagi.\n"), NOW)
    assert report.kept == 1
    assert "dasar penandatanganan" in str(rendered("asal-usul"))
    assert "dasar" in db.session.query(CoursePage).filter_by(name="glosarium").one().source


def test_a_first_page_with_an_error_does_not_come_online(app: Flask) -> None:
    publish(told(glosarium=GLOSSARY + "\n## Zona\n\nLagi.\n"), NOW)
    assert [page.name for page in db.session.query(CoursePage)] == ["pustaka"]
    assert "<span" not in str(rendered("asal-usul"))


def test_a_page_that_leaves_the_files_is_gone(app: Flask) -> None:
    publish(told(), NOW)
    publish(SAMPLE, NOW)
    assert db.session.query(CoursePage).count() == 0
