"""The allow-list every piece of authored HTML passes, whatever made it. Pure."""

import re

import nh3

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("aside", "blockquote", "div", "figcaption", "figure", "hr", "p", "pre", "section")
LISTS = ("ul", "ol", "li", "dl", "dt", "dd")
CELLS = ("table", "thead", "tbody", "tr", "th", "td")
WORDS = (
    "a",
    "abbr",
    "b",
    "br",
    "code",
    "del",
    "em",
    "img",
    "kbd",
    "mark",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
)
WITH_ID = (*HEADINGS, "p", "li", "sup", "a", "aside", "section", "div", "ol", "dt", "dd", "figure")
BOX_CLASSES = frozenset(
    f"box-{name}" for name in ("case", "important", "note", "tip", "opinion", "reflection", "summary")
)
CLASSES = {
    "aside": BOX_CLASSES | {"box"},
    "p": {"box-title"},
    "ol": {"timeline"},
    "a": {"footnote-ref", "footnote-backref"},
    "div": {"footnote", "scroll"},
    "section": {"sources"},
    "span": {"term"},
}
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
for _tag in WITH_ID:
    ATTRIBUTES.setdefault(_tag, set()).add("id")
VALUES = {
    "div": {"tabindex": {"0"}, "role": {"group"}, "aria-label": {"Tabel"}},
    "pre": {"tabindex": {"0"}},
    "a": {"rel": {"noopener noreferrer"}},
    "span": {"role": {"button"}, "tabindex": {"0"}},
    "img": {"loading": {"lazy"}},
    "td": {"align": {"left", "right", "center"}},
    "th": {"align": {"left", "right", "center"}},
}
REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<number>[0-9]+));?")

_cleaner = nh3.Cleaner(
    tags={*HEADINGS, *BLOCKS, *LISTS, *CELLS, *WORDS},
    attributes=ATTRIBUTES,
    tag_attribute_values=VALUES,
    allowed_classes={tag: set(classes) for tag, classes in CLASSES.items()},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,  # set by markup_tree on links that lead out; on our own they would only weigh
    strip_comments=True,
)


def clean(html: str) -> str:
    """Only tags, attributes, classes and schemes we know; no mark of ours can be written as `&#xE000;`."""
    return _cleaner.clean(REFERENCE.sub(_without_marks, html))


def _without_marks(match: re.Match[str]) -> str:
    digits = (match["hex"] or match["number"]).lstrip("0") or "0"
    code = int(digits, 16 if match["hex"] else 10) if len(digits) <= 8 else 0
    is_private = 0xE000 <= code <= 0xF8FF or 0xFDD0 <= code <= 0xFDEF or code >= 0xF0000
    return "" if is_private or code < 9 else match[0]
