"""Citations and terms in the tree: links to works, the list of works a lesson cites, definitions inside their words."""

import re
import xml.etree.ElementTree as etree
from html import escape

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from foundation.lookup import Lookup, Work
from foundation.markup_notes import MOST_WAYS_BACK
from foundation.markup_tree import TEXT_ONLY
from foundation.mentions import CITATION, TERM, read_citation, read_term

CITED = "x-cited"
"""A tag of ours until the tree is finished: only then is it known which citations a page still has, in what order."""
MOST_DEFINITIONS = 100
"""Definitions that one text may carry; a term after that shows its words only."""
HEADING = "Rujukan"


class CitationMark(InlineProcessor):
    """`[@mukti2013, hlm. 12; @b]` -> "(Mukti 2013, hlm. 12; B 1990)"; one that names no work stays as written."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, lookup: Lookup) -> None:
        super().__init__(CITATION)
        self.lookup = lookup

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        cited = read_citation(m["cited"])
        works = [work for one in cited if (work := self.lookup.citation(one.key))]
        if not cited or len(works) < len(cited):
            return None, None, None
        whole = etree.Element(TEXT_ONLY)
        whole.text = "("
        for citation, work in zip(cited, works, strict=True):
            link = etree.SubElement(whole, CITED, {"key": work.key})
            link.text = AtomicString(work.short)
            link.tail = (f", {citation.where}" if citation.where else "") + (")" if citation is cited[-1] else "; ")
        return whole, m.start(), m.end()


class TermMark(InlineProcessor):
    """`[[istilah: LoI]]`: the words, and inside them their definition, which CSS shows on hover, tap and focus.

    Inside, so that no id is needed and a screen reader that comes to the words hears both.
    """

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, lookup: Lookup) -> None:
        super().__init__(TERM, md)
        self.lookup = lookup
        self.shown = 0

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        inside = m["term"]
        name, words = read_term(inside if "|" in inside else self.unescape(inside))
        meaning = self.lookup.term(name)
        if meaning is None or self.shown >= MOST_DEFINITIONS:
            element = etree.Element(TEXT_ONLY)
        else:
            self.shown += 1
            element = etree.Element("span", {"class": "term", "role": "button", "tabindex": "0"})
            etree.SubElement(element, "span").text = AtomicString(meaning.definition)
        element.text = words
        return element, m.start(), m.end()


class Citations(Treeprocessor):
    """Last of all: each citation leads to its work, in the list that closes a lesson or on the course's own page."""

    def __init__(self, md: Markdown, lookup: Lookup, uses: dict[str, int] | None) -> None:
        super().__init__(md)
        self.lookup, self.uses = lookup, uses

    def run(self, root: etree.Element) -> None:
        for link in root.iter(CITED):
            key = link.attrib.pop("key")
            work = self.lookup.citation(key)
            link.tag = "a"
            if self.uses is None:
                link.set("href", work.address if work else "")
                continue
            self.uses[key] = use = self.uses.get(key, 0) + 1
            link.set("href", f"#{entry_id(key)}")
            if use <= MOST_WAYS_BACK:
                link.set("id", _citation_id(key, use))


def reference_list(uses: dict[str, int], lookup: Lookup) -> str:
    """The works a lesson cites, by name, each with links back to where; safe, as every part of it is."""
    works = sorted((work for key in uses if (work := lookup.citation(key))), key=lambda work: sort_key(work.html))
    items = "".join(_entry(work, uses[work.key]) for work in works)
    return f'<section class="sources" id="k-">\n<h2>{HEADING}</h2>\n<ul>\n{items}</ul>\n</section>' if items else ""


def sort_key(html: str) -> str:
    """An entry's words without tags, quotes and case: how a list of works is ordered."""
    return re.sub(r"<[^>]*>|[^\w\s]", "", html).casefold().strip()


def entry_id(key: str) -> str:
    return f"k-{key}"


def _entry(work: Work, count: int) -> str:
    ways = "".join(
        f' <a class="footnote-backref" href="#{escape(_citation_id(work.key, use))}"'
        f' title="Kembali ke kutipan {escape(work.short)} dalam teks">↩</a>'
        for use in range(1, min(count, MOST_WAYS_BACK) + 1)
    )
    return f'<li id="{escape(entry_id(work.key))}">{work.html}{ways}</li>\n'


def _citation_id(key: str, use: int) -> str:
    return f"_{use}-{key}"
