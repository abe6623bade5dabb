"""What is done to the tree between reading and cleaning: ids, pictures as figures, links to where they lead here."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from html import unescape

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from foundation.limits import LARGEST_PARAGRAPH, MOST_BRACKETS
from foundation.slugs import NAMELESS, UsedIds, slug, split_anchor

Links = Callable[[str], str | None]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NESTING = ("li", "blockquote", "dd")
NAMED = (*HEADINGS, "p", "li", "dt", "dd")
SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
IGNORED_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f]+")
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})
TEXT_ONLY = "x-text"
"""A tag that the cleaner does not know: it is dropped and its content stays."""


def scheme_of(address: str) -> str | None:
    """The scheme of an address as a browser reads it, "//" for an address without one, None for a place of ours."""
    address = IGNORED_IN_ADDRESSES.sub("", unescape(address))
    if address.startswith(("//", "/\\", "\\")):
        return "//"
    match = SCHEME.match(address)
    return match[1].lower() if match else None


class SizeGuard(Treeprocessor):
    """A paragraph beyond the limits stays plain text: reading it could take minutes."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            element.text = _guarded(element.text)
            element.tail = _guarded(element.tail)


def _guarded(text: str | None) -> str | None:
    if text is None or isinstance(text, AtomicString):
        return text
    return AtomicString(text) if len(text) > LARGEST_PARAGRAPH or text.count("[") > MOST_BRACKETS else text


class Ids(Treeprocessor):
    """An author's `{#id}` names what it ends; every heading has an id. Runs on the text as written."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.used = UsedIds()

    def run(self, root: etree.Element) -> None:
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


class Finish(Treeprocessor):
    """After everything is read: a picture alone is a figure, and links lead to addresses."""

    def __init__(self, md: Markdown, links: Links | None) -> None:
        super().__init__(md)
        self.links = links

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if element.tag == "p" and _is_picture_alone(element):
                element.tag = "figure"
        for element in root.iter():
            if element.tag == "a":
                self._lead(element)
            elif element.tag == "img":
                self._show(element)

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
        address = self._address(picture.get("src") or "")
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


def _is_picture_alone(paragraph: etree.Element) -> bool:
    if len(paragraph) != 1 or paragraph[0].tag != "img":
        return False
    return not (paragraph.text or "").strip() and not (paragraph[0].tail or "").strip()
