"""What is done to the tree between reading and cleaning: ids, pictures as figures, links to where they lead here."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from html import unescape

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString

from foundation.limits import LARGEST_PARAGRAPH, MOST_BRACKETS
from foundation.lookup import Links
from foundation.slugs import NAMELESS, UsedIds, paragraph_name, slug, split_anchor
from foundation.source import code_spans

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NESTING = ("li", "blockquote", "dd")
NAMED = (*HEADINGS, "p", "li", "dt", "dd")
SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
IGNORED_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f]+")
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})
DEEPEST_BRACKETS = 10
ESCAPED_BRACKET = f"{STX}{ord('[')}{ETX}"
"""What Python-Markdown makes of a backslash and a bracket."""
TEXT_ONLY = "x-text"
"""A tag that the cleaner does not know: it is dropped and its content stays."""


def scheme_of(address: str) -> str | None:
    """The scheme of an address as a browser reads it, "//" for an address without one, None for a place of ours."""
    address = IGNORED_IN_ADDRESSES.sub("", unescape(address))
    if address.startswith(("//", "/\\", "\\")):
        return "//"
    match = SCHEME.match(address)
    return match[1].lower() if match else None


class Guard(Treeprocessor):
    """Text whose reading could take minutes stays plain, and a `[` that nothing closes is only a sign."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            element.text = _guarded(element.text)
            element.tail = _guarded(element.tail)


def _guarded(text: str | None) -> str | None:
    if text is None or isinstance(text, AtomicString) or ("[" not in text and len(text) <= LARGEST_PARAGRAPH):
        return text
    if len(text) > LARGEST_PARAGRAPH or text.count("[") > MOST_BRACKETS:
        return AtomicString(text)
    lonely, deepest = _brackets(text)
    if deepest > DEEPEST_BRACKETS:
        return AtomicString(text)
    parts = re.split(r"(\[)", text) if lonely else [text]
    return "".join(ESCAPED_BRACKET if part == "[" and at in lonely else part for at, part in _placed(parts))


def _placed(parts: list[str]) -> Iterator[tuple[int, str]]:
    at = 0
    for part in parts:
        yield at, part
        at += len(part)


def _brackets(text: str) -> tuple[set[int], int]:
    """Where brackets open and never close, and how deep those that close are nested."""
    spans = code_spans(text)
    code = 0
    opened: list[int] = []
    deepest = 0
    for match in re.finditer(r"\\.|[\[\]]", text, re.DOTALL):
        while code < len(spans) and spans[code][1] <= match.start():
            code += 1
        if match[0][0] == "\\" or (code < len(spans) and spans[code][0] <= match.start()):
            continue
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            deepest = max(deepest, len(opened))
            opened.pop()
    return set(opened), deepest - len(opened)


class Ids(Treeprocessor):
    """An author's `{#id}` names what it ends; every heading has an id, and a lesson's every paragraph.

    Runs on the text as written.
    """

    def __init__(self, md: Markdown, used: Sequence[str], names_paragraphs: bool) -> None:
        super().__init__(md)
        self.names_paragraphs = names_paragraphs
        self.used = UsedIds()
        for id in used:
            self.used.take(id)

    def run(self, root: etree.Element) -> None:
        for element in (*root.iter("aside"), *root.iter("ol")):
            if id := element.get("id"):
                self.used.take(id)
        for element in root.iter():
            if element.tag in NAMED and element.text and not isinstance(element.text, AtomicString):
                element.text, anchor = split_anchor(element.text)
                if anchor:
                    element.set("id", self.used.take(anchor))
        # Headings in lists and quotes come last: the contents list, read from the lines, does not know them.
        nested = {heading for outer in root.iter() if outer.tag in NESTING for heading in outer.iter()}
        headings = [element for element in root.iter() if element.tag in HEADINGS and element.get("id") is None]
        for heading in sorted(headings, key=lambda heading: heading in nested):
            heading.set("id", self.used.take(slug(heading.text or "") or NAMELESS))
        if self.names_paragraphs:
            self._name_paragraphs(root, "")

    def _name_paragraphs(self, parent: etree.Element, heading: str) -> None:
        """Those of the text and of its boxes; one inside a list, a quote or a note is reached by what holds it."""
        for child in parent:
            if child.tag in HEADINGS:
                heading = child.get("id") or ""
            elif child.tag == "aside":
                self._name_paragraphs(child, heading)
            elif child.tag == "p" and not child.attrib and not isinstance(child.text, AtomicString):
                name = paragraph_name(heading, child.text or "")
                if name:
                    child.set("id", self.used.take(name))


class Finish(Treeprocessor):
    """After everything is read: a picture alone is a figure, and links lead to addresses."""

    def __init__(self, md: Markdown, links: Links | None) -> None:
        super().__init__(md)
        self.links = links

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if element.tag == "a":
                self._lead(element)
            elif element.tag == "img":
                self._show(element)
        for element in root.iter():
            if element.tag == "p" and _is_picture_alone(element):
                element.tag = "figure"
        for parent in list(root.iter()):
            for place, child in enumerate(parent):
                if child.tag == "table":
                    parent[place] = _scroll_box(child)

    def _lead(self, link: etree.Element) -> None:
        href = link.get("href") or ""
        address = self._address(href)
        if address is None:
            link.tag, link.attrib = TEXT_ONLY, {}
        else:
            link.set("href", address)
            if scheme_of(address) in ("http", "https"):
                link.set("rel", "noopener noreferrer")

    def _show(self, picture: etree.Element) -> None:
        source = picture.get("src") or ""
        address = self._address(source) if scheme_of(source) is None else None  # nothing is loaded from elsewhere
        if address is None:
            picture.tag, picture.text, picture.attrib = TEXT_ONLY, AtomicString(picture.get("alt") or ""), {}
        else:
            picture.set("src", address)
            picture.set("loading", "lazy")

    def _address(self, href: str) -> str | None:
        """Where a link leads: itself when it leads out or within the page, None when it may lead nowhere."""
        scheme = scheme_of(href)
        if scheme is not None:
            return href if scheme in ALLOWED_SCHEMES else None
        if self.links is None or href.startswith("#"):
            return href
        return self.links(unescape(href))


def _scroll_box(table: etree.Element) -> etree.Element:
    """A wide table scrolls by itself, with the keyboard too; the page never does."""
    box = etree.Element("div", {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Tabel"})
    box.append(table)
    box.tail, table.tail = table.tail, None
    return box


def _is_picture_alone(paragraph: etree.Element) -> bool:
    if len(paragraph) != 1 or paragraph[0].tag != "img":
        return False
    return not (paragraph.text or "").strip() and not (paragraph[0].tail or "").strip()
