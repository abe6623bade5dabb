"""Markdown -> safe HTML, the one way from what people write to what pages show. Pure.

A text is read once: fences, comments and containers are found by line (source.py, containers.py) and set as marks,
Python-Markdown builds the tree with our reading of blocks, and an allow-list cleans whatever comes out.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from html import unescape

import markdown
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.tables import TableExtension

from foundation.containers import find_containers, outermost
from foundation.lines import CLOSE, OPEN
from foundation.lookup import Links, Lookup
from foundation.markup_blocks import (
    DEEPEST,
    ContainerProcessor,
    DefinitionIndentProcessor,
    DefinitionProcessor,
    LineProcessor,
    Marked,
)
from foundation.markup_inline import add_inline_patterns
from foundation.markup_mentions import CitationMark, Citations, TermMark, reference_list
from foundation.markup_notes import Footnotes
from foundation.markup_tree import Finish, Guard, Ids
from foundation.markup_words import QuickWords
from foundation.safe_html import clean
from foundation.source import normalise, read_sheet

RENDERER = "4"
"""Goes into cache keys: raise it whenever the same source would give other HTML."""

REPLACED = ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote")
"""Python-Markdown's readers of blocks that markup_blocks.py stands in for."""
PARAGRAPH_ID = re.compile(r'<(?:p|figure) id="([^"]+)"')
TAG = re.compile(r"<[^<>]*>")
WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;()?/%–—-])*")
"""A line of words that stands for itself: no sign in it means anything, and most options and feedback are so."""
SLOT = re.compile(f"<p>{OPEN}s([0-9]+){CLOSE}</p>\n?")


@dataclass(frozen=True)
class Slot:
    """The place of a container that another room draws: the `number`-th one in its text, counted from 0."""

    number: int
    name: str
    id: str = ""
    """The author's `{#id}`."""


def render(source: str, links: Links | None = None) -> str:
    """A whole text as HTML."""
    words = normalise(source).strip(" \n")
    if WORDS.fullmatch(words):
        return f"<p>{words}</p>"
    return "".join(part for part in render_parts(source, links) if isinstance(part, str))


def render_parts(
    source: str, links: Links | None = None, slots: Set[str] = frozenset(), *, is_lesson: bool = False
) -> list[str | Slot]:
    """A whole text as HTML with slots in it. Joined in order the parts are well-formed; one alone may not be.

    A lesson stands alone on its page: all its paragraphs have ids, and a list of the works it cites closes it.
    `links` that are a whole Lookup know terms and works too; without one their marks stay as they are.
    """
    if not source.strip():
        return []
    marked = Marked()
    text, slots_found = _mark(source, slots, marked)
    reading = _Reading(marked, links, [slot.id for slot in slots_found if slot.id], is_lesson)
    html = clean(markdown.markdown(text, extensions=[*_extensions(), reading], output_format="html"))
    if isinstance(links, Lookup) and reading.uses:
        html += "\n" + reference_list(reading.uses, links)
    parts: list[str | Slot] = []
    for place, piece in enumerate(SLOT.split(html)):
        if place % 2:
            parts.append(slots_found[int(piece)])
        elif piece.strip():
            parts.append(piece)
    return parts


def paragraph_ids(source: str, slots: Set[str] = frozenset()) -> frozenset[str]:
    """The ids of a lesson's paragraphs, the author's and ours."""
    parts = render_parts(source, None, slots, is_lesson=True)
    return frozenset(id for part in parts if isinstance(part, str) for id in PARAGRAPH_ID.findall(part))


def render_inline(source: str, links: Links | None = None) -> str:
    """One line of text, such as a title or an option, without a paragraph around it."""
    text = re.sub(r"\n\s*", "\n", normalise(source).strip())
    if not text:
        return ""
    if WORDS.fullmatch(text):
        return text
    html = markdown.markdown(text, extensions=[_OneLine(links)], output_format="html")
    return clean(html.removeprefix("<p>").removesuffix("</p>"))


def render_words(source: str, links: Links | None = None) -> str:
    """One line of text without any tag: what it says, for a place that can hold words only."""
    return unescape(TAG.sub("", render_inline(source, links)))


def _extensions() -> list[Extension]:
    return [TableExtension(use_align_attribute=True), Footnotes(), DefListExtension()]


class _Reading(Extension):
    """Our reading of blocks and lines in place of Python-Markdown's."""

    def __init__(self, marked: Marked, links: Links | None, used_ids: Sequence[str], is_lesson: bool) -> None:
        super().__init__()
        self.marked, self.links, self.used_ids, self.is_lesson = marked, links, used_ids, is_lesson
        self.uses: dict[str, int] | None = {} if is_lesson else None
        """How often a lesson cites each work; other texts lead to the course's page of references."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.preprocessors.deregister("html_block")
        blocks = md.parser.blockprocessors
        for name in (*REPLACED, "defindent", "deflist"):
            blocks.deregister(name)
        blocks.register(ContainerProcessor(md.parser, self.marked), "containers", 95)
        blocks.register(LineProcessor(md.parser, self.marked), "lines", 90)
        blocks.register(DefinitionIndentProcessor(md.parser), "defindent", 85)
        blocks.register(DefinitionProcessor(md.parser), "deflist", 25)
        add_inline_patterns(md)
        _add_mentions(md, self.links, self.uses)
        _add_tree_steps(md, self.links, self.used_ids, self.is_lesson)


class _OneLine(Extension):
    """Nothing but a paragraph: "1. Sejarah" as a title is no list."""

    def __init__(self, links: Links | None) -> None:
        super().__init__()
        self.links = links

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.preprocessors.deregister("html_block")
        blocks = md.parser.blockprocessors
        for name in ("empty", *REPLACED, "reference"):
            blocks.deregister(name)
        add_inline_patterns(md)
        _add_mentions(md, self.links)
        _add_tree_steps(md, self.links)


def _add_tree_steps(
    md: markdown.Markdown, links: Links | None, used_ids: Sequence[str] = (), is_lesson: bool = False
) -> None:
    md.treeprocessors.register(QuickWords(md), "inline", 20)
    md.treeprocessors.register(Ids(md, used_ids, names_paragraphs=is_lesson), "ids", 40)
    md.treeprocessors.register(Guard(md), "guard", 35)
    md.treeprocessors.register(Finish(md, links), "finish", -10)


def _add_mentions(md: markdown.Markdown, links: Links | None, uses: dict[str, int] | None = None) -> None:
    """Below the patterns of links, which may have a mark for their label."""
    if isinstance(links, Lookup):
        md.inlinePatterns.register(TermMark(md, links), "term", 138)
        md.inlinePatterns.register(CitationMark(links), "citation", 136)
        md.treeprocessors.register(Citations(md, links, uses), "citations", -20)


def _mark(source: str, slots: Set[str], marked: Marked) -> tuple[str, list[Slot]]:
    """The text with marks for code, containers and slots, and the slots in order."""
    sheet = read_sheet(source)
    containers = find_containers(sheet)
    lines: list[str | None] = list(sheet.lines)
    for fence in sheet.fences:
        lines[fence.first] = f"{fence.prefix}{OPEN}f{len(marked.codes)}{CLOSE}"
        for index in range(fence.first + 1, fence.last + 1):
            lines[index] = None
        marked.codes.append(fence.code)
    found: list[Slot] = []
    covered: set[int] = set()
    for container in outermost(containers, slots):
        inside = range(container.first, min(container.last, len(sheet.lines) - 1) + 1)
        for index in inside:
            lines[index] = None
        lines[container.first] = _block(f"s{len(found)}")
        found.append(Slot(len(found), container.name, container.id))
        covered.update(inside)
    for container in containers.found:
        if container.first not in covered and container.depth < DEEPEST:
            _mark_box(container.first, container.last, f"o{len(marked.containers)}", lines)
            marked.containers.append(container)
    return "\n".join(line for line in lines if line is not None), found


def _mark_box(first: int, last: int, opening: str, lines: list[str | None]) -> None:
    lines[first] = _block(opening)
    if last < len(lines):
        lines[last] = _block("c0")
    else:
        lines.append(_block("c0"))


def _block(mark: str) -> str:
    return f"\n{OPEN}{mark}{CLOSE}\n"
