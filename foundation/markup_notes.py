"""Footnotes as GitHub numbers them: in the order they are used; those nobody refers to are left out.

Python-Markdown finds the definitions; its numbering and its links back take quadratic time, so these are ours.
"""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

REFERENCE = r"\[\^([^\]]*)\]"
NOTE = "data-note"
"""Marks a reference until it is numbered; the cleaner would drop it anyway."""
MOST_WAYS_BACK = 20


class Footnotes(FootnoteExtension):
    """`text[^1]` and `[^1]: note`."""

    def extendMarkdown(self, md: Markdown) -> None:
        self.parser, self.md = md.parser, md
        md.registerExtension(self)
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.inlinePatterns.register(NoteReference(REFERENCE, self), "footnote", 175)
        md.treeprocessors.register(NoteList(md, self), "footnote", 50)
        md.treeprocessors.register(NoteNumbers(md), "footnote_numbers", 15)


class NoteReference(InlineProcessor):
    def __init__(self, pattern: str, notes: Footnotes) -> None:
        super().__init__(pattern)
        self.notes = notes

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        if m[1] not in self.notes.footnotes:
            return None, None, None
        reference = etree.Element("sup")
        link = etree.SubElement(reference, "a", {"class": "footnote-ref", "href": f"#fn:{m[1]}", NOTE: m[1]})
        link.text = AtomicString("?")
        return reference, m.start(), m.end()


class NoteList(Treeprocessor):
    """Before lines are read: the notes' own text joins the tree."""

    def __init__(self, md: Markdown, notes: Footnotes) -> None:
        super().__init__(md)
        self.notes = notes

    def run(self, root: etree.Element) -> None:
        if not self.notes.footnotes:
            return
        holder = etree.SubElement(root, "div", {"class": "footnote"})
        listed = etree.SubElement(holder, "ol")
        done: set[str] = set()
        # A note may define another one, so the dictionary can grow while its notes are read.
        while waiting := [id for id in self.notes.footnotes if id not in done]:
            for id in waiting:
                done.add(id)
                item = etree.SubElement(listed, "li", {"id": f"fn:{id}", NOTE: id})
                reading = etree.Element("div")  # lists treat a parent that is an `li` in a way of their own
                self.notes.parser.parseChunk(reading, self.notes.footnotes[id])
                item.extend(list(reading))


class NoteNumbers(Treeprocessor):
    """After lines are read: references get their numbers, notes their order and the links back."""

    def run(self, root: etree.Element) -> None:
        holder = next((child for child in root if child.tag == "div" and child.get("class") == "footnote"), None)
        if holder is None:
            return
        uses: dict[str, int] = {}
        numbers: dict[str, int] = {}
        for reference in root.iter("sup"):
            if len(reference) and (id := reference[0].attrib.pop(NOTE, None)):
                uses[id] = uses.get(id, 0) + 1
                number = numbers.setdefault(id, len(numbers) + 1)
                reference.set("id", _reference_id(id, uses[id]))
                reference[0].text = AtomicString(str(number))
        self._put_in_order(holder[0], uses)
        if not uses:
            root.remove(holder)

    def _put_in_order(self, listed: etree.Element, uses: dict[str, int]) -> None:
        items = {item.attrib.pop(NOTE): item for item in listed}
        listed[:] = []
        for number, (id, count) in enumerate(uses.items(), start=1):
            listed.append(items[id])
            _lead_back(items[id], id, number, count)


def _lead_back(item: etree.Element, id: str, number: int, count: int) -> None:
    """A link to each place the note is referred to, at the end of its last paragraph."""
    last = item[-1] if len(item) and item[-1].tag == "p" else etree.SubElement(item, "p")
    for use in range(1, min(count, MOST_WAYS_BACK) + 1):
        title = f"Kembali ke catatan {number} dalam teks"
        link = etree.SubElement(
            last, "a", {"class": "footnote-backref", "href": f"#{_reference_id(id, use)}", "title": title}
        )
        link.text = AtomicString("↩")
        _put_space_before(last)


def _put_space_before(paragraph: etree.Element) -> None:
    if len(paragraph) > 1:
        paragraph[-2].tail = (paragraph[-2].tail or "").rstrip() + "\u00a0"
    else:
        paragraph.text = (paragraph.text or "").rstrip() + "\u00a0"


def _reference_id(id: str, use: int) -> str:
    return f"fnref:{id}" if use == 1 else f"fnref{use}:{id}"
