"""Markdown as GitHub reads it, containers and slots, and nothing dangerous whatever is written."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from foundation import markup
from foundation.headings import find_headings
from foundation.lines import CLOSE, OPEN
from foundation.markup import Slot, render, render_inline, render_parts
from foundation.source import read_sheet

pytestmark = pytest.mark.pure

SYNTAX = "#>-*+1.)`~_[](){}!|:<>&\\\"'=@^/ \n\taBc.é–\u00a0\u2028\ue000s0\ue001"
TEXTS = st.text(st.sampled_from(SYNTAX), max_size=120) | st.text(max_size=60)
ANY_CONTAINERS = {"cek"}


def box(name: str, title: str, inside: str, id: str = "") -> str:
    """A container as it is drawn."""
    named = f' id="{id}"' if id else ""
    return f'<aside class="box box-{name}"{named}><p class="box-title">{title}</p>{inside}</aside>'


def flat(html: str) -> str:
    """HTML without line ends between tags."""
    return re.sub(r">\n<", "><", html).replace("\n", " ")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**tebal** *miring* ~~salah~~", "<p><strong>tebal</strong> <em>miring</em> <del>salah</del></p>"),
        ("nama_berkas_ini", "<p>nama_berkas_ini</p>"),
        ("satu  \ndua\\\ntiga", "<p>satu<br> dua<br> tiga</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        (r"\*bukan miring\* \<b>", "<p>*bukan miring* &lt;b&gt;</p>"),
        ("&copy; &amp; &", "<p>© &amp; &amp;</p>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("Judul\n===", "<p>Judul ===</p>"),
        ("Judul\n---", "<p>Judul</p><hr>"),
        ("#bukan judul", "<p>#bukan judul</p>"),
        ("    menjorok", "<p>menjorok</p>"),
        ("```python\nx < 1\n```", '<pre tabindex="0"><code>x &lt; 1 </code></pre>'),
        ("a\n```\nb\n```\nc", '<p>a</p><pre tabindex="0"><code>b </code></pre><p>c</p>'),
        ("> a\nb\n\n> c", "<blockquote><p>a b</p></blockquote><blockquote><p>c</p></blockquote>"),
        ("> - a\n> - b", "<blockquote><ul><li>a</li><li>b</li></ul></blockquote>"),
        ("> ```\n> x\n> ```", '<blockquote><pre tabindex="0"><code>x </code></pre></blockquote>'),
        (
            "Istilah\n: arti\n\nLain\n: arti lain",
            "<dl><dt>Istilah</dt><dd>arti</dd><dt>Lain</dt><dd>arti lain</dd></dl>",
        ),
        ("Satu\n: arti\nDua\n: arti", "<dl><dt>Satu</dt><dd>arti</dd><dt>Dua</dt><dd>arti</dd></dl>"),
        (
            "| a | b |\n|:--|--:|\n| 1 | 2 |",
            '<div aria-label="Tabel" class="scroll" role="group" tabindex="0">'
            '<table><thead><tr><th align="left">a</th><th align="right">b</th></tr></thead>'
            '<tbody><tr><td align="left">1</td><td align="right">2</td></tr></tbody></table></div>',
        ),
        ("H<sub>2</sub>O <kbd>Enter</kbd><br>x", "<p>H<sub>2</sub>O <kbd>Enter</kbd><br> x</p>"),
        ('<abbr title="Letter of Intent">LoI</abbr>', '<p><abbr title="Letter of Intent">LoI</abbr></p>'),
        ("<u>satu <s>dua</s></u>", "<p><u>satu <s>dua</s></u></p>"),
        ("<u>tidak ditutup\n\nlain", "<p>&lt;u&gt;tidak ditutup</p><p>lain</p>"),
        ("a <!-- rahasia --> b", "<p>a b</p>"),
        ("a\n\n<!-- rahasia\n\nlagi -->\n\nb", "<p>a</p><p>b</p>"),
    ],
)
def test_text_is_read_as_on_github(source: str, html: str) -> None:
    assert re.sub(" +", " ", flat(render(source))) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("teks\n- a\n- b", "<p>teks</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b\n    - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("* a\n* b\n\nteks", "<ul><li>a</li><li>b</li></ul><p>teks</p>"),
        ("- a\nlanjut", "<ul><li>a lanjut</li></ul>"),
        ("- a\n\n  lanjut", "<ul><li><p>a</p><p>lanjut</p></li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n  - b\n\n  - c", "<ul><li>a<ul><li><p>b</p></li><li><p>c</p></li></ul></li></ul>"),
        ("- a\n+ b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("berdiri pada\n1955. Sesudah itu", "<p>berdiri pada 1955. Sesudah itu</p>"),
        ("- a\n  > b", "<ul><li>a<blockquote><p>b</p></blockquote></li></ul>"),
        (
            "- a\n  ```\n  b\n    c\n  ```\n- d",
            '<ul><li>a<pre tabindex="0"><code>b   c </code></pre></li><li>d</li></ul>',
        ),
        ("- a\n# J", '<ul><li>a</li></ul><h1 id="j">J</h1>'),
        ("- a\n---\n- b", "<ul><li>a</li></ul><hr><ul><li>b</li></ul>"),
        ("- [ ] a\n- [x] b", "<ul><li>[ ] a</li><li>[x] b</li></ul>"),
    ],
)
def test_lists_are_read_as_on_github(source: str, html: str) -> None:
    assert flat(render(source)) == html


CONTAINERS = [
    ("::: kasus Bandung–Braunschweig\nTeks\n:::", box("case", "Studi kasus · Bandung–Braunschweig", "<p>Teks</p>")),
    ("::: kasus\nTeks\n:::", box("case", "Studi kasus", "<p>Teks</p>")),
    ("::: important\nA\n:::", box("important", "Penting", "<p>A</p>")),
    ("::: penting Awas!\nA\n:::", box("important", "Awas!", "<p>A</p>")),
    (":::penting\nA\n:::", box("important", "Penting", "<p>A</p>")),
    ("::: pendapat\nA\n:::", box("opinion", "Pendapat kursus", "<p>A</p>")),
    ("::: refleksi\nA\n:::", box("reflection", "Refleksi", "<p>A</p>")),
    ("::: rangkuman {#inti}\nA\n:::", box("summary", "Rangkuman", "<p>A</p>", "inti")),
    ("a\n   :::: tip\nb\n:::::\nc", f"<p>a</p>{box('tip', 'Tip', '<p>b</p>')}<p>c</p>"),
    (
        "::: catatan\nA\n::: tip\nB\n:::\nC\n:::\nD",
        box("note", "Catatan", f"<p>A</p>{box('tip', 'Tip', '<p>B</p>')}<p>C</p>") + "<p>D</p>",
    ),
    ("::: tip\n```\n:::\n```\nB\n:::", box("tip", "Tip", '<pre tabindex="0"><code>::: </code></pre><p>B</p>')),
    ("<!--\n::: tip\n-->\na", "<p>a</p>"),
    ("> ::: tip\n> a", "<blockquote><p>::: tip a</p></blockquote>"),
    ("- a\n\n      ::: tip", "<ul><li><p>a</p><p>::: tip</p></li></ul>"),
    ("::: tip\n- a\n:::\nb", box("tip", "Tip", "<ul><li>a</li></ul>") + "<p>b</p>"),
    (":::", "<p>:::</p>"),
    ("::: tip\nbelum ditutup", box("tip", "Tip", "<p>belum ditutup</p>")),
    (
        "::: lini-masa\n- 1956 — Eisenhower\n- 1960 – Bandung\n- 1962 - Ludwigshafen\n- 1999: UU *22*\n:::",
        '<ol class="timeline"><li><b>1956</b> Eisenhower</li><li><b>1960</b> Bandung</li>'
        "<li><b>1962</b> Ludwigshafen</li><li><b>1999</b> UU <em>22</em></li></ol>",
    ),
    (
        "::: timeline Sejak 1956\n- 1956: a\n:::",
        '<p class="box-title">Sejak 1956</p><ol class="timeline"><li><b>1956</b> a</li></ol>',
    ),
]


@pytest.mark.parametrize(("source", "html"), CONTAINERS)
def test_containers(source: str, html: str) -> None:
    assert flat(render(source)) == html


def test_a_slot_leaves_its_place_and_its_content_is_not_rendered() -> None:
    parts = render_parts(
        "A\n\n::: cek {#satu}\n## Soal\n::: tip\nx\n:::\n:::\nB\n::: cek\ny\n:::\n", slots=ANY_CONTAINERS
    )
    assert parts == ["<p>A</p>\n", Slot(0, "cek", "satu"), "<p>B</p>\n", Slot(1, "cek", "")]


def test_a_slot_inside_a_box_keeps_the_whole_well_formed() -> None:
    parts = render_parts("::: kasus\nA\n::: cek\nx\n:::\nB\n:::", slots=ANY_CONTAINERS)
    whole = "".join(part if isinstance(part, str) else "<hr>" for part in parts)
    assert flat(whole) == (
        '<aside class="box box-case"><p class="box-title">Studi kasus</p><p>A</p><hr><p>B</p></aside>'
    )


@pytest.mark.parametrize(
    "forged",
    [
        f"{OPEN}s0{CLOSE}",
        f"{OPEN}f0{CLOSE}",
        f"{OPEN}o0{CLOSE}",
        "&#xE000;s0&#xE001;",
        "&#57344;s0&#57345;",
        "&#x000000E000;s0&#x0E001;",
        "<p>&#xE000;s0&#xE001;</p>",
        "![&#xE000;s0&#xE001;](a.png)",
        '[a](b "&#xE000;s0&#xE001;")',
        "`&#xE000;s0&#xE001;`",
        "\x02wzxhzdk:0\x03",
        "\x02klzzwxh:0000\x03",
    ],
)
def test_marks_cannot_be_forged(forged: str) -> None:
    parts = render_parts(f"{forged}\n\n::: cek\nx\n:::\n\n```\nrahasia\n```\n", slots=ANY_CONTAINERS)
    assert [part for part in parts if isinstance(part, Slot)] == [Slot(0, "cek", "")]
    text = "".join(part for part in parts if isinstance(part, str))
    assert text.count("rahasia") == 1
    assert OPEN not in text and CLOSE not in text


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ("# Asal-usul *sister city*", ["asal-usul-sister-city"]),
        ("# Judul {#milik-saya}", ["milik-saya"]),
        ("# Peta\n\n# Peta\n\n# Peta", ["peta", "peta-2", "peta-3"]),
        ("# Peta\n\n# Lain {#peta}", ["peta-2", "peta"]),
        ("# Peta\n\nTeks. {#peta}", ["peta-2", "peta"]),
        ("# Peta\n\n::: tip {#peta}\na\n:::", ["peta-2", "peta"]),
        ("# 🙂\n\n# …", ["bagian", "bagian-2"]),
        ("# Café ½", ["cafe-1-2"]),
        ("## Judul ##", ["judul"]),
        ("# Judul [a", ["judul-a"]),
        ("Teks\nlanjut. {#di-sini}", ["di-sini"]),
        ("- a {#x}\n- b", ["x"]),
        ("# [Tautan](a.md) `kode`", ["tautan-kode"]),
    ],
)
def test_ids(source: str, ids: list[str]) -> None:
    assert re.findall(r' id="([^"]*)"', render(source)) == ids


def test_the_id_of_a_slot_is_taken() -> None:
    parts = render_parts("# Satu\n\n::: cek {#satu}\nx\n:::", slots=ANY_CONTAINERS)
    assert parts[0] == '<h1 id="satu-2">Satu</h1>\n'


def paragraphs(source: str) -> list[str]:
    """Ids of the paragraphs of a lesson, in order; an automatic hash is shown as `…`."""
    html = "".join(part for part in render_parts(source, slots=ANY_CONTAINERS, is_lesson=True) if isinstance(part, str))
    ids = re.findall(r'<(?:p|figure)(?: id="([^"]*)")?[ >]', html)
    return [re.sub(r"-[0-9a-f]{5}(?=-|$)", "-…", id) for id in ids]


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        pytest.param("Satu. {#niat}", ["niat"], id="the author's own"),
        pytest.param("Satu.\n\n# Judul\n\nDua.", ["awal-…", "judul-…"], id="after the heading above it"),
        pytest.param("# A\n\n# Judul {#j}\n\nDua.\n\nTiga.", ["j-…", "j-…"], id="its heading's own id"),
        pytest.param("# J\n\nSama.\n\nSama.\n\nSama.", ["j-…", "j-…-2", "j-…-3"], id="a repeat is numbered"),
        pytest.param("# J\n\n::: tip\nA\n\n## K\n\nB\n:::\n\nC", ["", "j-…", "k-…", "j-…"], id="in a box, within it"),
        pytest.param("- a\n\n- b\n\n> c", ["", "", ""], id="none in lists and quotes"),
        pytest.param("A[^1]\n\n[^1]: b", ["awal-…", ""], id="none in notes"),
        pytest.param("::: cek\nA\n:::\nB", ["awal-…"], id="none in slots"),
        pytest.param("…", [""], id="none without a word"),
        pytest.param("![Peta](a.svg)", ["awal-…"], id="a picture alone"),
        pytest.param("# awal\n\nA", ["awal-…"], id="a heading of that name"),
    ],
)
def test_every_paragraph_of_a_lesson_has_an_id(source: str, ids: list[str]) -> None:
    assert paragraphs(source) == ids


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("satu dua tiga empat lima enam tujuh delapan, lalu lain", id="only eight words count"),
        pytest.param("Satu **dua** [tiga](a.md) *empat*\nlima enam tujuh delapan.", id="marks and case do not count"),
        pytest.param("satu dua[^1] tiga [@a, hlm. 2] empat lima enam tujuh delapan\n\n[^1]: x", id="nor do sources"),
    ],
)
def test_an_id_stays_when_only_this_changes(other: str) -> None:
    source = "# J\n\n{}\n"
    ours = markup.paragraph_ids(source.format("satu dua tiga empat lima enam tujuh delapan sembilan"))
    assert ours and ours == markup.paragraph_ids(source.format(other))


def test_inserting_a_paragraph_moves_no_other() -> None:
    before = markup.paragraph_ids("# J\n\nSatu.\n\nDua.")
    assert before < markup.paragraph_ids("# J\n\nBaru.\n\nSatu.\n\nTengah.\n\nDua.")


def test_other_texts_than_lessons_do_not_name_their_paragraphs() -> None:
    assert render("Satu.") == "<p>Satu.</p>"


@given(TEXTS)
def test_no_id_stands_twice_in_a_lesson(text: str) -> None:
    html = "".join(part for part in render_parts(text, slots=ANY_CONTAINERS, is_lesson=True) if isinstance(part, str))
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))


def test_footnotes_are_numbered_as_they_are_used() -> None:
    html = flat(render("A[^b] B[^a] C[^b]\n\n[^a]: satu\n[^b]: dua\n[^c]: tidak dipakai"))
    assert '<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">1</a></sup>' in html
    assert '<sup id="fnref2:b"><a class="footnote-ref" href="#fn:b">1</a></sup>' in html
    assert html.index('<li id="fn:b"><p>dua') < html.index('<li id="fn:a"><p>satu')
    assert 'href="#fnref2:b"' in html
    assert "tidak dipakai" not in html


def test_a_picture_alone_is_a_figure_and_pictures_load_late() -> None:
    links = {"../media/a.svg": "/media/a.svg"}.get
    assert render("![Peta](../media/a.svg)", links) == (
        '<figure><img alt="Peta" loading="lazy" src="/media/a.svg"></figure>'
    )
    assert render("Lihat ![Peta](../media/a.svg)", links) == (
        '<p>Lihat <img alt="Peta" loading="lazy" src="/media/a.svg"></p>'
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a](02-b.md#c)", '<p><a href="/b/#c">a</a></p>'),
        ("[a][x]\n\n[x]: 02-b.md#c", '<p><a href="/b/#c">a</a></p>'),
        ("[*a*](tidak-ada.md)", "<p><em>a</em></p>"),
        ("![teks](tidak-ada.png)", "<p>teks</p>"),
        ("[a](#c)", '<p><a href="#c">a</a></p>'),
        ("[a](https://x.id)", '<p><a href="https://x.id" rel="noopener noreferrer">a</a></p>'),
        ("<https://x.id>", '<p><a href="https://x.id" rel="noopener noreferrer">https://x.id</a></p>'),
        (
            "(lihat https://x.id/a_(b).)",
            '<p>(lihat <a href="https://x.id/a_(b)" rel="noopener noreferrer">https://x.id/a_(b)</a>.)</p>',
        ),
        ("[https://x.id](https://x.id)", '<p><a href="https://x.id" rel="noopener noreferrer">https://x.id</a></p>'),
        ("`https://x.id`", "<p><code>https://x.id</code></p>"),
        ("[a](mailto:a@x.id)", '<p><a href="mailto:a@x.id">a</a></p>'),
        ("[a](//x.id)", "<p>a</p>"),
        ("![a](https://x.id/b.png)", "<p>a</p>"),
        ('[a](02-b.md#c "Judul")', '<p><a href="/b/#c" title="Judul">a</a></p>'),
    ],
)
def test_links(source: str, html: str) -> None:
    assert render(source, {"02-b.md#c": "/b/#c"}.get) == html


def test_without_links_addresses_stay_as_they_are() -> None:
    assert render("[a](02-b.md)") == '<p><a href="02-b.md">a</a></p>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("1. Sejarah *sister city*", "1. Sejarah <em>sister city</em>"),
        ("# bukan judul", "# bukan judul"),
        ("- bukan daftar", "- bukan daftar"),
        ("> bukan kutipan", "&gt; bukan kutipan"),
        ("::: kasus", "::: kasus"),
        ("satu\n\n  dua", "satu\ndua"),
        ("", ""),
        ("  ", ""),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[a](02-b.md#c)", '<a href="/b/#c">a</a>'),
        ("</p><p>", "&lt;/p&gt;&lt;p&gt;"),
    ],
)
def test_one_line(source: str, html: str) -> None:
    assert render_inline(source, {"02-b.md#c": "/b/#c"}.get) == html


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt >alert(1)</sCrIpT>",
    "a <img src=x onerror=alert(1)> b",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<style>*{display:none}</style>",
    '<a href="javascript:alert(1)">x</a>',
    "<form action=/keluar><button>x</button></form>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<u onclick=alert(1)>x</u>",
    "<sub style=color:red>x</sub>",
    "<br onclick=alert(1)>",
    '<abbr title="x" onclick="alert(1)">y</abbr>',
    '<abbr title="&quot; onclick=&quot;alert(1)">y</abbr>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](`javascript:`alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "![x](javascript:alert(1))",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript://x%0aalert(1)>",
    '[x](a "b\\" onmouseover=alert(1) x=\\"")',
    '![x" onerror="alert(1)](a.png)',
    '![x](a.png "y\\" onerror=alert(1)")',
    "# J {: onclick=alert(1) }",
    "Teks\n{: onclick=alert(1) style=color:red }",
    "[x](a){: onclick=alert(1) href=javascript:alert(1) }",
    '# J {#x" onclick="alert(1)}',
    '::: kasus" onclick="alert(1)\nx\n:::',
    "::: kasus <script>alert(1)</script>\nx\n:::",
    '::: kasus {#x" onclick="alert(1)}\nx\n:::',
    "::: lini-masa\n- <script>alert(1)</script> — x\n:::",
    '```"><script>alert(1)</script>\nx\n```',
    "```\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "| <script>alert(1)</script> |\n|---|\n| x |",
    "x[^1]\n\n[^1]: <script>alert(1)</script>",
    'x[^"onclick=alert(1)]\n\n[^"onclick=alert(1)]: y',
    "<!-- --><script>alert(1)</script><!-- -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<div>tidak ditutup",
    "</div></main></body>",
    "<<script>script>alert(1)<</script>/script>",
]
TAGS = {
    *(
        "a",
        "abbr",
        "aside",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "h1",
        "h2",
    ),
    *("h3", "h4", "h5", "h6", "hr", "img", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "strong", "sub", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
}
ATTRIBUTES = {"href", "title", "src", "alt", "loading", "rel", "id", "class", "align", "start"}
SCROLLING = {"div": {("role", "group"), ("tabindex", "0"), ("aria-label", "Tabel")}, "pre": {("tabindex", "0")}}
CLASSES = re.compile(r"scroll|box|box-[a-z]+|box-title|timeline|footnote|footnote-(?:ref|backref)")


class Inspector(HTMLParser):
    """Reads HTML as strictly as a browser might, and remembers what it has no place for."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.bad.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES and (name, value) not in SCROLLING.get(tag, ()):
                self.bad.append(f"{tag}.{name}")
            if name in ("href", "src") and re.match(r"[\s\x00-\x20]*[a-z][a-z0-9+.-]*:", value or "", re.I):
                scheme = (value or "").partition(":")[0].strip().lower()
                if scheme not in ("http", "https", "mailto"):
                    self.bad.append(f"{tag}.{name}={scheme}")
            if name == "class" and not all(CLASSES.fullmatch(word) for word in (value or "").split()):
                self.bad.append(f"{tag}.class={value}")
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.bad.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.bad.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.bad.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.bad.append("instruction")


def bad_in(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.bad + inspector.open


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("frame", ["{}", "a {} b", "- {}", "> {}", "::: tip\n{}\n:::"])
def test_attacks_come_to_nothing(attack: str, frame: str) -> None:
    assert bad_in(render(frame.format(attack))) == []
    assert bad_in(render_inline(frame.format(attack))) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_follows_an_attack_is_still_there(attack: str) -> None:
    assert render(f"{attack}\n\nsesudahnya").count("<p>sesudahnya</p>") == 1


@given(TEXTS)
def test_any_text_becomes_safe_html(text: str) -> None:
    html = "".join(part for part in render_parts(text, lambda href: None, ANY_CONTAINERS) if isinstance(part, str))
    assert bad_in(html) == []
    assert bad_in(render_inline(text)) == []


@given(TEXTS | st.lists(st.sampled_from([*ATTACKS, "`a` b", "~~a~~ *b*", "https://x.id", "a  \nb"])).map(" ".join))
def test_patterns_that_are_not_tried_would_not_have_matched(text: str) -> None:
    quick = render(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "QuickWords", InlineProcessor)
        assert render(text) == quick


@given(TEXTS)
def test_line_ends_and_byte_order_marks_change_nothing(text: str) -> None:
    text = text.replace("\r", "")
    assert render("\ufeff" + text.replace("\n", "\r\n")) == render(text)


LINES = (
    *(
        "# A",
        "## B",
        "  # C",
        "- d",
        "  - e",
        "1. f",
        "   g",
        "> h",
        "",
        "",
        "teks",
        "---",
        "```",
        "::: tip",
        "::: cek",
    ),
    *(":::", "5. i", "    j", "<!-- k -->", "- ", "lagi"),
)


@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_headings_by_line_are_the_headings_of_the_page(lines: list[str]) -> None:
    """The contents list and the page must agree on which lines are headings."""
    source = "\n".join(lines)
    found = [heading.level for heading in find_headings(read_sheet(source))]
    assert [int(level) for level in top_headings(render(source))] == found


def top_headings(html: str) -> list[str]:
    """Levels of the headings that stand in no list and no quote."""
    levels, depth = [], 0
    for end, tag in re.findall(r"<(/?)(li|blockquote|h[1-6])\b", html):
        if tag in ("li", "blockquote"):
            depth += -1 if end else 1
        elif not end and not depth:
            levels.append(tag[1])
    return levels


@pytest.mark.parametrize(
    "text",
    [
        "[" * 8000,
        "[a](" * 150 + "b" * 9000,
        "[" * 150 + "a" * 9000 + "]" * 150,
        "*" * 15000,
        "**a*" * 3000,
        "_a " * 5000,
        "`" * 9000 + "a",
        "<u>" * 5000,
        "&amp;" * 3000,
        "\n".join(" " * level * 2 + "- a" for level in range(400)),
        "> " * 400 + "a",
        "::: tip\n" * 400,
        "a\n: b\n" * 1000,
        "x[^1]\n\n" * 500 + "[^1]: y",
        "| " * 5000,
        " " * 15000 + "{#",
    ],
)
def test_bombs_do_not_explode(text: str) -> None:
    """What limits.py would refuse must not hang or break the renderer either: a preview may meet it."""
    assert bad_in(render(text)) == []


def test_the_renderer_has_a_version() -> None:
    assert re.fullmatch(r"[0-9]+", markup.RENDERER)


@given(st.from_regex(markup.WORDS, fullmatch=True))
def test_words_alone_are_what_markdown_would_make_of_them(words: str) -> None:
    words = words.strip()
    slow = markup.render_inline(f"{words}*a*").removesuffix("<em>a</em>")
    assert markup.render_inline(words) == slow
    assert markup.render(words) == markup.render(f"{words} <!-- -->").strip()
