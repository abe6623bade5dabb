"""What a checker must know of running text: headings, names of places, links, and what may not stand there. Pure."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from courses.findings import Findings
from courses.frontmatter import ActivityHead, Front
from courses.kinds import CITATION, TERM, Reference
from courses.targets import Target, find_targets
from courses.values import closest
from foundation.containers import NAMES, Container, Containers, find_containers, outermost
from foundation.headings import HeadingLine, find_headings
from foundation.lines import begins_list, is_lazy, is_paragraph
from foundation.markup_inline import ALLOWED_TAGS
from foundation.markup_tree import ALLOWED_SCHEMES, scheme_of
from foundation.mentions import read_citation, read_term
from foundation.problems import Edit, Problem
from foundation.slugs import NAMELESS, UsedIds, plain, slug, split_anchor
from foundation.source import Sheet, code_spans, read_sheet

MENTION = re.compile(
    r"\\.|\[(?P<cited>@(?:[^\[\]\n]|\n(?![ \t]*\n))*)\](?![(\[:])"
    r"|\[\[(?P<mark>(?:[^\[\]\n]|\n(?![ \t]*\n))*)\]\]"
    r"|(?P<odd>\[(?:[ \t]+|-|(?:lihat|bdk\.?|dalam|see|cf\.?)[ \t]+)@[\w-]+[^\[\]\n]*\])(?![(\[:])",
    re.DOTALL,
)
TERM_MARK = re.compile(r"[ \t]*(?:istilah|term)[ \t]*:(?P<term>.*)", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"(?<!\\)<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>(?:[\s/](?:[^<>\n]|\n(?![ \t]*\n))*)?)>")
UNDERLINE = re.compile(r"^ {0,3}(?:={3,}|-{3,})[ \t]*$")
NOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^\]\s]+)\]:")
NOTE_MARK = re.compile(r"(?<!\\)\[\^(?P<name>[^\]\s]+)\](?!:)")
QUESTION_LINE = re.compile(r"^(?:tujuan|objectives|lihat|see|poin|points|tingkat|level):[ \t]+\S")
INNER_ID = re.compile(r"\{[ \t]*#[^{}\n]*\}(?=[ \t]*[^\s|])")
ODD_ID = re.compile(r"\{#[^{}]*\}[ \t]*$")
OURS = ("k-", "_")
"""How ids begin that the platform makes."""
OF_ROOMS = ("cek", "check")
"""Containers of the authoring format that a room above reads; they stand in lessons only."""


@dataclass(frozen=True)
class Heading:
    """A line of the contents list."""

    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Prose:
    """A text as the checker sees it; lines count in the file."""

    problems: tuple[Problem, ...]
    references: tuple[Reference, ...]
    anchors: frozenset[str]
    headings: tuple[Heading, ...]
    words: int


class Page:
    """One text being read: its lines, its containers, and what is found in it."""

    def __init__(self, body: str, first_line: int, file: str, slots: Set[str]) -> None:
        self.sheet: Sheet = read_sheet(body)
        self.containers: Containers = find_containers(self.sheet)
        self.slots: list[Container] = outermost(self.containers, slots)
        self.findings = Findings(file, first_line)
        self.edges = {index for found in self.containers.found for index in (found.first, found.last)}
        self.slot_lines = {index for slot in self.slots for index in range(slot.first, slot.last + 1)}

    @cached_property
    def headings(self) -> tuple[HeadingLine, ...]:
        return tuple(find_headings(self.sheet))

    @cached_property
    def text(self) -> str:
        """The text with code blanked out in place, so that what is found in it keeps its line and column."""
        lines = ["" if index in self.sheet.code_lines else line for index, line in enumerate(self.sheet.lines)]
        return "\n\n".join(_without_code(paragraph) for paragraph in "\n".join(lines).split("\n\n"))


def read_prose(
    body: str, first_line: int, file: str, slots: Set[str] = frozenset(), in_questions: bool = False
) -> Prose:
    """Check a text. `slots` are containers that another room reads; `in_questions` says that headings are questions."""
    page = Page(body, first_line, file, slots)
    references = (*_check_links(page), *_check_mentions(page, in_questions))
    _check_containers(page)
    _check_tags(page)
    _check_endings(page)
    _check_notes(page)
    if not in_questions:
        _check_stray_questions(page)
    ids = _check_ids(page)
    headings = () if in_questions else tuple(_headings(page, ids))
    return Prose(
        problems=tuple(sorted(page.findings.problems)),
        references=references,
        anchors=frozenset(ids) | {heading.id for heading in headings},
        headings=headings,
        words=sum(len(line.split()) for _index, line in page.sheet.prose()),
    )


def _without_code(paragraph: str) -> str:
    if "`" not in paragraph:
        return paragraph
    parts, at = [], 0
    for start, end in code_spans(paragraph):
        parts += [paragraph[at:start], re.sub(r"[^\n]", " ", paragraph[start:end])]
        at = end
    return "".join([*parts, paragraph[at:]])


def _check_links(page: Page) -> tuple[Reference, ...]:
    references: list[Reference] = []
    for target in find_targets(page.text):
        if target.is_picture and not target.label.strip():
            hint = "tulis apa yang terlihat: ![Peta Lombok](…)."
            page.findings.error(target.index, "B001", "gambar ini belum punya teks alternatif", hint, target.column)
        if target.address is None:
            continue
        scheme = scheme_of(target.address)
        if scheme is not None:
            _check_scheme(target, scheme, page.findings)
        elif target.address:
            references.append(Reference(target.address, page.findings.line(target.index), target.column))
        else:
            page.findings.error(target.index, "R001", "tautan ini kosong", "tulis alamatnya.", target.column)
    return tuple(references)


def _check_mentions(page: Page, in_questions: bool) -> Iterator[Reference]:
    """Citations and terms; any other `[[…]]` is a blank where questions stand, and a mistake elsewhere."""
    text = page.text
    first_question = len(page.sheet.lines)
    if in_questions and page.headings:
        first_question = page.headings[0].index
    index = start = 0
    for match in MENTION.finditer(text):
        if match["cited"] is None and match["mark"] is None and match["odd"] is None:
            continue
        index += text.count("\n", start, match.start())
        start = match.start()
        column = start - text.rfind("\n", 0, start)
        if match["cited"] is not None:
            yield from _check_citation(match["cited"], index, column, page)
        elif match["odd"] is not None:
            hint = "tulis [@kunci], [@kunci, hlm. 12], atau [@satu; @dua]; kata pengantar di luar kurung."
            page.findings.error(index, "S039", f"sitasi `{match['odd']}` tidak terbaca", hint, column)
        elif term := TERM_MARK.fullmatch(match["mark"]):
            yield Reference(read_term(term["term"])[0], page.findings.line(index), column, TERM)
        elif index < first_question and index not in page.slot_lines:
            hint = "istilah ditulis `[[istilah: kata]]`; tanda lain diberi garis miring terbalik: `\\[[`."
            page.findings.error(index, "S038", f"`[[{match['mark']}]]` tidak berarti apa-apa di sini", hint, column)


def _check_citation(inside: str, index: int, column: int, page: Page) -> Iterator[Reference]:
    cited = read_citation(inside)
    if not cited:
        hint = "tulis [@kunci], [@kunci, hlm. 12], atau [@satu; @dua]."
        page.findings.error(index, "S039", f"sitasi `[{inside}]` tidak terbaca", hint, column)
    for citation in cited:
        before = inside[: citation.offset]
        line = index + before.count("\n")
        at = citation.offset - before.rfind("\n") if "\n" in before else column + 1 + citation.offset
        yield Reference(citation.key, page.findings.line(line), at, CITATION)


def _check_scheme(target: Target, scheme: str, findings: Findings) -> None:
    if target.is_picture:
        message = "gambar harus ada di folder media kursus ini"
        findings.error(target.index, "R009", message, "salin ke media/ dan tulis ../media/nama.png.", target.column)
    elif scheme not in ALLOWED_SCHEMES:
        shown = "alamat tanpa https:" if scheme == "//" else f"alamat `{scheme}:`"
        findings.error(
            target.index, "S031", f"{shown} tidak boleh dipakai", "pakai https:// atau mailto:.", target.column
        )


def _check_containers(page: Page) -> None:
    known = [*NAMES, *OF_ROOMS]
    slots = {slot.first for slot in page.slots}
    for container in page.containers.found:
        if container.name not in known:
            message = f"kotak `{container.name}` tidak dikenal"
            page.findings.error(container.first, "S020", message, closest(container.name, known), container.column)
        if not container.is_closed:
            hint = "tulis `:::` pada baris sendiri di akhirnya."
            page.findings.error(container.first, "S021", f"kotak `{container.name}` tidak ditutup", hint)
        if container.name in OF_ROOMS and container.first not in slots and not _is_swallowed(container, page):
            hint = "pindahkan ke pelajaran, di luar `cek` lain; satu `cek` dapat memuat beberapa soal."
            page.findings.error(
                container.first, "S023", f"`{container.name}` tidak dipakai di sini", hint, container.column
            )
    for index in page.containers.strays:
        page.findings.error(index, "S022", "baris ini menutup kotak yang tidak ada", "hapus, atau tulis pembukanya.")


def _is_swallowed(container: Container, page: Page) -> bool:
    """Whether it stands in another one only because that was never closed."""
    return any(slot.first < container.first < slot.last and not slot.is_closed for slot in page.slots)


def _check_notes(page: Page) -> None:
    """A footnote's mark without its note is shown as it is typed; a note that nothing names is not shown."""
    if "[^" not in page.text:
        return
    lines = page.text.split("\n")
    notes: dict[str, int] = {}
    for index, line in enumerate(lines):
        if "[^" in line and (match := NOTE.match(line)):
            notes.setdefault(match["name"], index)
    named: set[str] = set()
    for index, line in enumerate(lines):
        for match in NOTE_MARK.finditer(line) if "[^" in line else ():
            named.add(match["name"])
            if match["name"] not in notes:
                message = f"catatan kaki `[^{match['name']}]` belum ditulis"
                hint = f"tulis `[^{match['name']}]: …` pada baris sendiri di akhir berkas."
                page.findings.error(index, "R023", message, hint, match.start() + 1)
    for name, index in notes.items():
        if name not in named:
            hint = f"tulis `[^{name}]` di tempat yang memakainya, atau hapus catatannya."
            page.findings.warn(index, "R024", f"catatan kaki `[^{name}]` tidak dipakai, jadi tidak tampil", hint)


def _check_stray_questions(page: Page) -> None:
    """A heading with `tujuan:` or the like right under it is a question, and here it would be shown with its key."""
    lines = page.sheet.lines
    for heading in page.headings:
        below = heading.index + 1
        if heading.index in page.slot_lines or below >= len(lines) or not QUESTION_LINE.match(lines[below]):
            continue
        hint = "tulis `jenis: kuis` di kepala berkas, atau apit soalnya dengan `::: cek` dan `:::`."
        page.findings.error(heading.index, "S045", "ini tampak seperti soal, tetapi berkas ini pelajaran", hint)


def _check_tags(page: Page) -> None:
    text = page.text
    index = start = 0
    for match in TAG.finditer(text) if "<" in text else ():
        index += text.count("\n", start, match.start())
        start = match.start()
        name, has_more = match["name"].lower(), match["rest"].strip(" /\t")
        if name in ALLOWED_TAGS and (not has_more or (name == "abbr" and has_more.startswith("title="))):
            continue
        what = "dengan atribut " if name in ALLOWED_TAGS else ""
        hint = "tulis dengan Markdown; untuk menampilkan tanda `<` tulis `&lt;`."
        message = f"tag <{match['end']}{name}> {what}tidak dipakai di sini"
        page.findings.error(index, "S030", message, hint, start - text.rfind("\n", 0, start))


def _check_endings(page: Page) -> None:
    """What opens and never ends, and lines that other programs take for headings."""
    if page.sheet.unclosed_comment is not None:
        hint = "tulis `-->` di akhir catatan."
        page.findings.error(page.sheet.unclosed_comment, "S032", "catatan `<!--` tidak ditutup", hint)
    for fence in page.sheet.fences:
        if not fence.is_closed:
            page.findings.error(fence.first, "S037", "blok kode tidak ditutup", "tutup dengan baris ``` yang sama.")
    lines = page.sheet.lines
    for index, line in page.sheet.prose():
        if (
            index
            and line[:1] in "-= "
            and UNDERLINE.match(line)
            and is_paragraph(lines[index - 1])
            and not begins_list(lines[index - 1], is_in_paragraph=False)
            and index - 1 not in page.sheet.code_lines | page.edges
        ):
            hint = "judul ditulis dengan `## `; untuk garis, beri baris kosong di atasnya."
            mend = Edit(page.findings.line(index), "", is_line=True) if "-" in line else None
            page.findings.warn(index, "S033", "garis di bawah teks bukan judul", hint, mend=mend)


def _check_ids(page: Page) -> dict[str, int]:
    """Every `{#id}` of the text with its line index; those in slots too, as an id may stand once in a file."""
    seen: dict[str, int] = {}
    ids: dict[str, int] = {}
    of_slots = {slot.id for slot in page.slots}
    for index, anchor, column in _written_ids(page):
        if anchor in seen:
            message = f"id `{anchor}` sudah dipakai di baris {page.findings.line(seen[anchor])}"
            page.findings.error(index, "S034", message, "beri id lain.", column)
        elif anchor.startswith(OURS):
            hint = "pilih id yang tidak berawalan k- atau _."
            page.findings.error(index, "S035", f"id `{anchor}` milik platform", hint, column)
        seen.setdefault(anchor, index)
        if index not in page.slot_lines or anchor in of_slots:
            ids.setdefault(anchor, index)
    return ids


def _written_ids(page: Page) -> Iterator[tuple[int, str, int]]:
    for index, line in enumerate(page.text.split("\n")):
        if "{" not in line:
            continue
        if match := INNER_ID.search(line):
            hint = "pindahkan ke ujung baris, di belakang titik: `Kalimat. {#niat}`."
            page.findings.error(index, "S036", f"id `{match[0]}` tidak berada di akhir baris", hint, match.start() + 1)
            continue
        if "{#" not in line:
            continue
        _text, anchor = split_anchor(line)
        column = line.rindex("{#") + 1
        if anchor and _goes_on(page, index):
            hint = "pindahkan ke ujung paragraf, atau beri baris kosong sesudahnya."
            page.findings.error(index, "S036", f"{{#{anchor}}} tidak berada di akhir paragraf", hint, column)
        elif anchor:
            yield index, anchor, column
        elif match := ODD_ID.search(line):
            hint = "id hanya huruf, angka, dan tanda hubung, tanpa spasi: {#surat-konfirmasi}."
            page.findings.error(index, "S036", f"id `{match[0].strip()}` tidak terbaca", hint, match.start() + 1)


def _goes_on(page: Page, index: int) -> bool:
    """Whether the paragraph of the line has another one below it."""
    lines = page.sheet.lines
    if index + 1 >= len(lines) or index + 1 in page.sheet.code_lines or index + 1 in page.edges:
        return False
    below = lines[index + 1]
    return index not in page.edges and is_lazy(below, lines[index]) and not below.lstrip().startswith(":")


def _headings(page: Page, ids: dict[str, int]) -> Iterator[Heading]:
    """The same ids that markup.py gives: what authors name comes first, slugs after it."""
    used = UsedIds()
    for anchor in ids:
        used.take(anchor)
    for heading in page.headings:
        if heading.index in page.slot_lines:
            continue
        text, anchor = split_anchor(heading.text)
        yield Heading(heading.level, plain(text), anchor or used.take(slug(text) or NAMELESS))


def objectives_of(front: Front[Any]) -> tuple[Reference, ...]:
    """The objectives an activity's front matter names, to be judged with those its body names."""
    codes = front.head.objectives if isinstance(front.head, ActivityHead) else ()
    return tuple(Reference(code, front.line_of("objectives"), 1) for code in codes)
