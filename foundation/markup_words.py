"""Python-Markdown's reading of lines, without trying what cannot be there: most text has no `[` or `<`. Pure."""

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from foundation.markup_inline import PHRASING

LINKS = ("link", "reference", "short_reference", "image_link", "image_reference", "short_image_ref", "footnote")
TAGS = ("autolink", "automail", "break_tag", *(f"tag_{tag}" for tag in PHRASING))
SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "linebreak": "\n",
    "entity": "&",
    "bare_address": "://",
    **dict.fromkeys(LINKS, "["),
    **dict.fromkeys(TAGS, "<"),
}
"""Pattern -> what must stand in a text for it to match; a pattern that is not named here is always tried."""


class QuickWords(InlineProcessor):
    """Takes the place of Python-Markdown's processor of this name; only which patterns are tried differs."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.signs: list[str] = []

    def run(self, tree: etree.Element, ancestors: list[str] | None = None) -> etree.Element:
        patterns = self.inlinePatterns
        signed = {id(patterns[name]): sign for name, sign in SIGNS.items() if name in patterns}
        self.signs = [signed.get(id(pattern), "") for pattern in patterns]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        apply, patterns, signs = self._InlineProcessor__applyPattern, self.inlinePatterns, self.signs  # type: ignore[attr-defined]
        start = 0
        while patternIndex < len(signs):
            is_matched = False
            if signs[patternIndex] in data:
                data, is_matched, start = apply(patterns[patternIndex], data, patternIndex, start)
            if not is_matched:
                patternIndex, start = patternIndex + 1, 0
        return data
