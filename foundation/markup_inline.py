"""What may stand in a line beyond what Python-Markdown reads: a few HTML tags, bare addresses, ~~strokes~~. Pure."""

import re
import string
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.inlinepatterns import BacktickInlineProcessor, InlineProcessor, SubstituteTagInlineProcessor

PHRASING = ("sub", "sup", "kbd", "abbr", "mark", "small", "u", "s")
"""Inline tags that authors may write; `br` besides."""
ALLOWED_TAGS = frozenset({*PHRASING, "br"})
BARE_ADDRESS = r"(?<![\w/\"'=<])https?://[^\s<>\"\x02\x03]+"
CODE = r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<![\\`])(`+)(?!`)(.+?)(?<!`)\2(?!`))"
"""Python-Markdown's, but a run of backticks is never taken apart to find its end."""
TRAILING = ".,;:!?'\"*_~"


class PhrasingTag(InlineProcessor):
    """`<sub>2</sub>` becomes an element of ours, so an unclosed tag cannot swallow what follows: it is just text."""

    def __init__(self, tag: str) -> None:
        title = r"(?:\s+title=\"(?P<title>[^\"<>]*)\")?" if tag == "abbr" else ""
        super().__init__(rf"(?i)<{tag}{title}\s*>(?P<inside>(?:(?!</?{tag}\b).)*)</{tag}\s*>")
        self.tag = tag

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        element = etree.Element(self.tag)
        element.text = m["inside"]
        title = m.groupdict().get("title")
        if title:
            element.set("title", title)
        return element, m.start(), m.end()


class BareAddress(InlineProcessor):
    """https://example.org in running text is a link; a full stop after it is not part of it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        address = trimmed_address(m[0])
        link = etree.Element("a", {"href": address})
        link.text = address
        return link, m.start(), m.start() + len(address)


def trimmed_address(address: str) -> str:
    """Without punctuation that belongs to the sentence; a bracket stays when it was opened inside."""
    while address and (address[-1] in TRAILING or (address[-1] == ")" and address.count("(") < address.count(")"))):
        address = address[:-1]
    return address


def add_inline_patterns(markdown: Markdown) -> None:
    """Read lines as GitHub does, with no other HTML than the phrasing tags."""
    patterns = markdown.inlinePatterns
    patterns.deregister("html")
    patterns.deregister("linebreak")
    patterns.register(BacktickInlineProcessor(CODE), "backtick", 190)
    patterns.register(SubstituteTagInlineProcessor(r"(?:(?<! ) {2,}|\\)\n", "br"), "linebreak", 185)
    patterns.register(SubstituteTagInlineProcessor(r"(?i)<br\s*/?>", "br"), "break_tag", 118)
    patterns.register(BareAddress(BARE_ADDRESS, markdown), "bare_address", 115)
    for place, tag in enumerate(PHRASING):
        patterns.register(PhrasingTag(tag), f"tag_{tag}", 90 - place / 10)
    markdown.ESCAPED_CHARS = list(string.punctuation)
    if markdown.delimiters is not None:
        markdown.delimiters.add("~", "del", double=True)
