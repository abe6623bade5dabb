"""Citations and terms: what their marks say, and what a page makes of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.lookup import Lookup, Meaning, Work
from foundation.markup import render, render_inline, render_parts, render_words
from foundation.mentions import Citation, folded, read_citation, read_term
from tests.foundation.test_markup import ATTACKS, TEXTS, bad_in

pytestmark = pytest.mark.pure

WORKS = {
    "mukti2013": Work("mukti2013", "Mukti 2013", "Mukti, T. A. (2013). <em>P</em>.", "/p/#k-mukti2013"),
    "b": Work("b", "A & B 1990", "“A, X. &amp; B, Y. (1990).”", "/p/#k-b"),
}
TERMS = {"loi": Meaning("Naskah <niat> & janji.", "/g/#loi")}
LOOKUP = Lookup({"a.md": "/a/"}.get, TERMS, WORKS)
DEFINED = '<span class="term" role="button" tabindex="0">{}<span>Naskah &lt;niat&gt; &amp; janji.</span></span>'


def lesson(source: str, lookup: Lookup = LOOKUP) -> str:
    return "".join(part for part in render_parts(source, lookup, is_lesson=True) if isinstance(part, str))


@pytest.mark.parametrize(
    ("inside", "cited"),
    [
        pytest.param("@a", [("a", "", 0)], id="one"),
        pytest.param("@a, hlm. 12", [("a", "hlm. 12", 0)], id="with its page"),
        pytest.param("@a;@b", [("a", "", 0), ("b", "", 3)], id="two"),
        pytest.param(
            "@a, hlm. 1, 3;\n  @b-2 , Bab II ", [("a", "hlm. 1, 3", 0), ("b-2", "Bab II", 17)], id="loosely typed"
        ),
        pytest.param("@", [], id="no key"),
        pytest.param("@a; hlm. 3", [], id="a piece that is no work"),
        pytest.param("@a hlm. 3", [], id="no comma"),
        pytest.param("@a@b", [], id="no semicolon"),
        pytest.param("@a;", [], id="an empty piece"),
    ],
)
def test_citations_are_read(inside: str, cited: list[tuple[str, str, int]]) -> None:
    assert read_citation(inside) == tuple(Citation(*one) for one in cited)


@pytest.mark.parametrize(
    ("inside", "term"),
    [
        pytest.param(" kerja sama\n daerah ", ("kerja sama daerah", "kerja sama daerah"), id="itself"),
        pytest.param("LoI|niat itu", ("LoI", "niat itu"), id="with words of its own"),
        pytest.param("LoI\\|niat", ("LoI", "niat"), id="a bar escaped for a table"),
        pytest.param("LoI|", ("LoI", "LoI"), id="no words after the bar"),
        pytest.param("LoI|a|b", ("LoI", "a|b"), id="the first bar counts"),
    ],
)
def test_terms_are_read(inside: str, term: tuple[str, str]) -> None:
    assert read_term(inside) == term


def test_case_spaces_and_marks_of_a_term_do_not_matter() -> None:
    assert folded("  *In Foro*  Interno") == folded("in foro interno")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("x [@mukti2013]", 'x (<a href="/p/#k-mukti2013">Mukti 2013</a>)', id="one"),
        pytest.param("[@MUKTI2013]", '(<a href="/p/#k-mukti2013">Mukti 2013</a>)', id="case of a key"),
        pytest.param("[@b, hlm. *3*]", '(<a href="/p/#k-b">A &amp; B 1990</a>, hlm. <em>3</em>)', id="with its page"),
        pytest.param(
            "[@b; @mukti2013, 4]",
            '(<a href="/p/#k-b">A &amp; B 1990</a>; <a href="/p/#k-mukti2013">Mukti 2013</a>, 4)',
            id="two",
        ),
        pytest.param("[@x] [@b; @x]", "[@x] [@b; @x]", id="an unknown key is text"),
        pytest.param("`[@b]`", "<code>[@b]</code>", id="not in code"),
        pytest.param("[@b](a.md)", '<a href="/a/">@b</a>', id="not as a link's text"),
        pytest.param("[x [@b]](a.md)", '<a href="/a/">x [@b]</a>', id="nor inside it"),
        pytest.param(r"\[@b]", "[@b]", id="not escaped"),
        pytest.param("[[@b]]", '[(<a href="/p/#k-b">A &amp; B 1990</a>)]', id="in brackets"),
        pytest.param("**[@b]**", '<strong>(<a href="/p/#k-b">A &amp; B 1990</a>)</strong>', id="within emphasis"),
        pytest.param("[[istilah: LoI]]", DEFINED.format("LoI"), id="a term"),
        pytest.param("[[Term:loi|*niat*nya]]", DEFINED.format("<em>niat</em>nya"), id="a term's own words"),
        pytest.param("[[istilah: nihil|kata]]", "kata", id="an unknown term is its words"),
        pytest.param("[[Mataram|Kota Mataram]]", "[[Mataram|Kota Mataram]]", id="a blank stays"),
        pytest.param("`[[istilah: LoI]]`", "<code>[[istilah: LoI]]</code>", id="no term in code"),
        pytest.param("[[[istilah: LoI]]](a.md)", '<a href="/a/">[[istilah: LoI]]</a>', id="no term in a link"),
    ],
)
def test_marks_in_any_text(source: str, html: str) -> None:
    assert render_inline(source, LOOKUP) == html
    assert render(source, LOOKUP) == f"<p>{html}</p>"


def test_a_bar_in_a_table_is_escaped() -> None:
    assert f"<td>{DEFINED.format('x')}</td>" in render("| a |\n|---|\n| [[istilah: LoI\\|x]] |", LOOKUP)


def test_without_a_lookup_marks_stay_as_written() -> None:
    assert render("[@b] [[istilah: LoI]]", {}.get) == "<p>[@b] [[istilah: LoI]]</p>"


def test_words_alone_have_no_tag() -> None:
    assert render_words("**a** [@b] &lt;i&gt;", LOOKUP) == "a (A & B 1990) <i>"


def test_a_lesson_ends_with_the_works_it_cites_in_order_and_with_ways_back() -> None:
    html = lesson("Satu [@mukti2013].\n\nDua [@b; @mukti2013].")
    _text, _sign, listed = html.partition('<section class="sources"')
    assert re.findall(r'<a href="([^"]*)" id="([^"]*)">', _text) == [
        ("#k-mukti2013", "_1-mukti2013"),
        ("#k-b", "_1-b"),
        ("#k-mukti2013", "_2-mukti2013"),
    ]
    assert re.findall(r'<li id="([^"]*)">', listed) == ["k-b", "k-mukti2013"]
    assert re.findall(r'href="#(_[^"]*)"', listed) == ["_1-b", "_1-mukti2013", "_2-mukti2013"]
    assert 'id="k-"' in html


def test_a_lesson_that_cites_nothing_has_no_list() -> None:
    assert "section" not in lesson("Satu. [@x] [[istilah: LoI]]")


def test_a_note_that_nobody_refers_to_cites_nothing() -> None:
    html = lesson("Satu[^1].\n\n[^1]: Lihat [@b].\n\n[^2]: Lihat [@mukti2013].")
    assert 'id="k-b"' in html
    assert "mukti2013" not in html


def test_contents_show_a_terms_words() -> None:
    assert '<h2 id="apa-itu-niat">' in lesson("## Apa itu [[istilah: LoI|niat]]?")


@pytest.mark.parametrize("attack", [*ATTACKS, '"><img src=x onerror=alert(1)>'])
def test_definitions_and_names_are_only_words(attack: str) -> None:
    lookup = Lookup({}.get, {"x": Meaning(attack, "/g/")}, {"x": Work("x", attack, render_inline(attack), "/p/")})
    html = lesson(f"[[istilah: x|{attack}]] [[istilah: x]] [@x, {attack}] [@x]", lookup)
    assert [bad for bad in bad_in(html) if bad not in ALLOWED_HERE] == []


ALLOWED_HERE = {"span", "span.role", "span.tabindex", "span.class=term", "section", "section.class=sources"}
FORGED = [
    '<span class="term" role="button" tabindex="0">x</span>',
    '<x-cited key="b">x</x-cited>',
    "<x-text>x</x-text>",
    "\x02klzzwxh:0000\x03",
    "[[istilah: \x02klzzwxh:0000\x03]]",
    "[@\x02klzzwxh:0000\x03]",
    "[[istilah: [[istilah: LoI]]]]",
    "[@b; [@b]]",
]


@pytest.mark.parametrize("forged", FORGED)
def test_marks_cannot_be_forged(forged: str) -> None:
    html = lesson(f"{forged} [@b]")
    assert '<span class="term" role="button" tabindex="0">x' not in html
    assert "<x-" not in html and "\x02" not in html
    assert html.count('href="#k-b"') >= 1
    assert [bad for bad in bad_in(html) if bad not in ALLOWED_HERE] == []


MARKS = st.lists(
    st.sampled_from(["[@b", "[[istilah: LoI", "]", "]]", ";", ", 3", "|", "\\", "`", "\n", "*", "(a.md)", "- "])
)


@given(TEXTS | MARKS.map("".join))
def test_any_text_becomes_safe_html(text: str) -> None:
    html = lesson(text)
    assert [bad for bad in bad_in(html) if bad not in ALLOWED_HERE] == []
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[@b] " * 190 + "\n\n", id="citations"),
        pytest.param("[[istilah: LoI]] " * 90 + "\n\n", id="terms"),
        pytest.param("[@b; " * 190 + "\n\n", id="citations that do not end"),
        pytest.param("[[istilah: " * 90 + "\n\n", id="terms that do not end"),
    ],
)
def test_thousands_of_marks_do_not_explode(text: str) -> None:
    html = lesson(text * 20)
    assert html.count("<span>Naskah") <= 100
    assert html.count("footnote-backref") <= 20
