"""What we make of Markdown is what GitHub makes of it: the same texts through both, compared as trees.

GitHub's own reader (cmark-gfm) is the oracle. Where the authoring format wants something else, the case stands in
DELIBERATE with the reason, and must really differ: no case is left out silently.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from typing import Any

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from foundation.markup import render

pytestmark = pytest.mark.pure

VOID = ("br", "hr", "img")
WORDS = ("a", "code", "del", "em", "img", "strong", "sub", "sup")
MEANT = ("start", "href", "src", "alt", "title", "align")
"""Attributes that are the author's; ids, classes and the like are ours."""
TASK = re.compile(r"<li><input type=\"checkbox\"(?P<checked> checked=\"\")? disabled=\"\" />\s*(?P<loose><p>)?")

Node = tuple[str, tuple[Any, ...], tuple[Any, ...]]


class Tree(HTMLParser):
    """HTML as nested (tag, attributes, children): without the boxes we put around tables, and figures as paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, tuple[Any, ...], list[Any]]] = [("", (), [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            return
        node = ("p" if tag == "figure" else tag, tuple(sorted(pair for pair in attrs if pair[0] in MEANT)), [])
        self.open[-1][2].append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag != "div" and tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        inside = self.open[-1][2]
        if inside and isinstance(inside[-1], str):
            data = inside.pop() + data
        inside.append(data)


def tree(html: str) -> Node:
    reader = Tree()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, "every tag is closed"
    return settled(reader.open[0])


def settled(node: tuple[str, Any, list[Any]]) -> Node:
    """With white space only where it can be seen."""
    tag, attributes, children = node
    if tag == "pre":
        return tag, (), tuple(text.rstrip() for _code, _none, code in children for text in code)
    kept: list[Any] = []
    for place, child in enumerate(children):
        if isinstance(child, str):
            child = re.sub(r"\s+", " ", child)
            before = children[place - 1] if place else node
            after = children[place + 1] if place + 1 < len(children) else node
            child = child.lstrip() if before[0] not in WORDS else child
            child = child.rstrip() if after[0] not in WORDS else child
            kept += [child] if child else []
        else:
            kept.append(settled(child))
    return tag, attributes, tuple(kept)


def on_github(source: str) -> Node:
    """A task's box is shown as it is written, as our pages show it."""
    html = cmarkgfm.github_flavored_markdown_to_html(source, Options.CMARK_OPT_UNSAFE)
    return tree(TASK.sub(lambda box: f"<li>{box['loose'] or ''}[{'x' if box['checked'] else ' '}] ", html))


AFTER_PARAGRAPHS = [
    "teks\n- a\n- b",
    "teks\n* a\n* b",
    "teks\n+ a",
    "teks\n1. a\n2. b",
    "teks\n1) a\n2) b",
    "teks\n2. a",
    "teks\n\n2. a",
    "teks\n- a\nteks",
    "teks\n  - a",
    "teks\n   - a\n   - b",
    "berdiri pada\n1955. Sesudah itu",
    "1955. Sesudah itu",
    "berdiri pada\n\n1955. Sesudah itu\n1956. Lalu",
    "pada tahun\n1999) UU 22",
    "teks\n-bukan daftar",
    "teks\n1.bukan daftar",
    "-bukan daftar",
    "1234567890. bukan daftar",
    "**tebal**\n- a\n- b",
    "teks:\n\n- a\n- b\n\nteks",
]
NESTED = [
    "- a\n  - b\n    - c",
    "- a\n    - b\n        - c",
    "- a\n   - b\n      - c",
    "- a\n - b\n  - c",
    "- a\n - b\n - c",
    "1. a\n   - b\n2. c",
    "1. a\n  - b\n2. c",
    "1. a\n    - b\n2. c",
    "1. a\n   1. b\n      1. c\n2. d",
    "10. a\n    - b\n11. c",
    "- a\n  1. b\n  2. c\n- d",
    "- a\n  1) b\n  2) c\n- d",
    "- - a\n  - b",
    "1. - a\n   - b\n2. - c",
    "- 1. a\n  2. b",
    "- - - a",
    "- a\n  - b\n- c\n  - d",
    "- a\n  - b\n\n- c",
    "- a\n\n  - b\n\n  - c",
    "- a\n  - b\n\n    teks\n- c",
    "-   a\n    - b",
    "-   a\n  - b",
    "* a\n  + b\n    - c",
    "* a\n  * b\n  * c\n* d",
]
NUMBERED = [
    "1. a\n2. b",
    "1) a\n2) b",
    "3. a\n4. b",
    "0. a\n1. b",
    "007. a",
    "1. a\n1. b\n1. c",
    "1. a\n3. b\n2. c",
    "1. a\n2) b",
    "1) a\n2. b",
    "1. a\n\n2. b",
    "1. a\n- b",
    "- a\n1. b",
    "999999999. a",
    "1. a\n\nteks\n\n2. b",
]
SPLIT = [
    "- a\n+ b",
    "- a\n* b\n+ c",
    "- a\n\n* b",
    "- a\n- b\n\n\n- c",
    "- a\n\nteks\n\n- b",
    "- a\n***\n- b",
    "- a\n# J\n- b",
    "- a\n> b\n- c",
    "- a\n```\nx\n```\n- b",
    "- a\n\n<!-- -->\n\n* b",
]
LOOSE = [
    "- a\n- b\n- c",
    "- a\n\n- b",
    "- a\n- b\n\n- c",
    "- a\n\n\n- b",
    "- a\n\n  lanjut",
    "- a\n\n  lanjut\n- b",
    "- a\n\n  satu\n\n  dua\n\n- b",
    "1. a\n\n   lanjut\n2. b",
    "1. a\n\n   satu\n\n   dua\n\n2. b",
    "- a\n  > b\n\n  c",
    "- a\n\n  > b\n- c",
    "- a\n  - b\n\n  - c\n- d",
    "- a\n  ```\n  b\n\n  c\n  ```\n- d",
    "- a\n\n teks",
    "- a\n\nteks",
    "- a\n  \n- b",
    "- a\n- b\n\n",
    "1. a\n2. b\n\n   c\n3. d",
]
LAZY = [
    "- a\nlanjut",
    "- a\n lanjut\n  lagi",
    "- a\n  - b\nlanjut",
    "1. a\nlanjut\n2. b",
    "> - a\nlanjut",
    "> a\nlanjut",
    "> a\n> b\nlanjut\n\nteks",
    "- > a\nlanjut",
    "- # Judul\nteks",
    "- # Judul\n  teks",
    "> # Judul\nteks",
    "> - # Judul\nteks",
    "- a\n\nlanjut\n- b",
    "> a\n- b",
    "> a\n# b",
    "- a\n1955. tahun",
]
INSIDE = [
    "- # Judul",
    "- ## Judul\n- teks",
    "- a\n  # Judul\n  b",
    "1. # Judul\n   teks",
    "- > a",
    "- a\n  > b\n  > c",
    "- > a\n  > b\n- c",
    "1. > a\n   > b",
    "- a\n  ```\n  b\n    c\n  ```\n- d",
    "1. a\n   ```\n   b\n   ```\n2. c",
    "- a\n\n  ```\n  b\n  ```\n\n- c",
    "- ```\n  b\n  ```",
    "- ```python\n  b\n    c\n  ```\n- d",
    "1. ~~~\n   b\n   ~~~\n2. c",
    "> - ```\n>   b\n>   ```",
    "- > ```\n  > b\n  > ```",
    "- - ```\n    b\n    ```",
    "- a\n  ***\n  b",
    "- ***",
    "- a\n  | x | y |\n  |---|---|\n  | 1 | 2 |",
    "- a\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |\n\n- b",
    "- **tebal** dan *miring*",
    "- `kode - bukan daftar`",
    "- [tautan](https://x.id)",
    "- a  \n  b",
    "- a\\\n  b",
    "- a\\\n- b",
]
EMPTY = [
    "-",
    "- ",
    "1.",
    "- \n- a",
    "- a\n-\n- b",
    "- a\n- \n\n- b",
    "-\n  a",
    "-\n\n  a",
    "1.\n2. a",
    "*\n* a",
    "- a\n\n-\n\n- b",
]
TABS = [
    "-\ta",
    "1.\ta",
    "-\ta\n\t- b",
    "- a\n\t- b",
    "- a\n\tlanjut",
    "- a\n\n\tlanjut",
    "1.\ta\n\n\tb",
    ">\ta",
    "- a\n  -\tb",
    "\t",
]
TASKS = [
    "- [ ] a\n- [x] b",
    "- [ ] a\n\n- [x] b",
    "1. [ ] a\n2. [x] b",
    "- [ ] a\n  - [x] b",
    "- [ ] a\n  > b",
    "- [] a",
    "- [ ]a",
    "- [x] **a**",
]
DEEP = [
    "\n".join(" " * step * level + mark + "abcdef"[level] for level in range(6))
    for mark, step in (("- ", 2), ("- ", 4), ("1. ", 3))
]
OTHER = [
    "> a\n> b",
    "> a\n\n> b",
    "> a\n>\n> b",
    "> > a\n> b",
    ">a",
    "   > a",
    "> 1. a\n> 2. b",
    "# a\n## b\n###### c",
    "####### a",
    "#a",
    "# a #",
    "# a#",
    "#",
    "  ## a  ##  ",
    "teks\n# a\nteks",
    "***",
    "___",
    "* * *",
    "- - -",
    "**",
    "a\n***\nb",
    "```\na\n```",
    "~~~\na\n```\n~~~",
    "```` \n```\n````",
    "```\n\n a\n\n```",
    "``` a`b\nc",
    "a\n```\nb\n```\nc",
    "  ```\n  a\n b\n  ```",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a | b\n--|--\n1 | 2",
    "| a | b |\n|:--|:-:|\n| 1 | 2 |\n| 3 |",
    "| a |\n|---|\n| b \\| c |",
    "| a |\n|---|\n| 1 |\n\nteks",
    "teks\n\n| a |\n|---|\n| 1 |\n# b",
    "satu  \ndua",
    "satu\\\ndua",
    "satu\ndua",
    "satu \\\ndua",
    "satu     \ndua",
    "**a** __b__ *c* _d_",
    "a*b*c dan a_b_c",
    "** a ** * b *",
    "**a *b* c**",
    "~~a~~",
    "`a` ``b ` c``",
    "\\*a\\* \\- \\1. \\# b",
    "&copy; &amp; &lt;",
    '[a](https://x.id "Judul") ![b](c.png)',
    "<https://x.id> https://x.id/a_b.",
    "(https://x.id/a_(b))",
    "[a][b]\n\n[b]: https://x.id",
    "“a” – b…",
    "a <!-- b --> c",
    "``` a`b ``c`` d",
    "teks\n| a |\n|---|\n| 1 |",
    "teks\n| a |\n|---|---|\n| 1 |",
    "a | b\nc | d\n--|--\n1 | 2",
]


def enumerated() -> Iterator[str]:
    """Two items, one below the other: every mark, indent and gap; and what may follow an item, at every indent."""
    for outer, indent, inner, gap in product(
        ("- ", "1. ", "10. "), range(4), ("- ", "+ ", "1. ", "2. "), ("\n", "\n\n")
    ):
        yield f"{outer}a{gap}{' ' * indent}{inner}b\n{outer}c"
    for first, indent, below, gap in product(
        ("- a", "1. a", "- a\n  - b", "- > a"), range(4), ("teks", "# h", "***", "> q", "1955. x"), ("\n", "\n\n")
    ):
        yield f"{first}{gap}{' ' * indent}{below}"


CASES = [
    *(*AFTER_PARAGRAPHS, *NESTED, *NUMBERED, *SPLIT, *LOOSE, *LAZY, *INSIDE, *EMPTY, *TABS, *TASKS, *DEEP),
    *OTHER,
]
CODE = "indented text is never code"
INDENTED = "indented text is never code: a mark means the same however far it is indented"
UNDERLINED = "a line below text makes no heading of it; it is a rule or text, with a warning"
HTML = "only inline tags on the list work; every other tag is shown as text"
DELIBERATE = {
    "    a": CODE,
    "a\n\n    b": CODE,
    "- a\n\n      b": CODE,
    "-     a": CODE,
    ">     a": CODE,
    "    # a": CODE,
    "a\n    ```\nb\n    ```": INDENTED,
    "> - a\n    # b": INDENTED,
    "> - a\n    - b": INDENTED,
    "1955. a\n    - b": INDENTED,
    "  2) a\n    + b": INDENTED,
    "a\n---": UNDERLINED,
    "a\n===": UNDERLINED,
    "- a\n  ---": UNDERLINED,
    "a\n-": UNDERLINED,
    "• a\n• b": "a bullet that a word processor typed is one here too",
    "<div>a</div>": HTML,
    "<b>a</b>": HTML,
    "- [X] a": "a box in running text is shown as it is typed",
    "***a***": "bold in italics or italics in bold: both look the same",
    "[a](javascript:x)": "a scheme that could run something leads nowhere",
    "www.x.id": "an address is a link from its https:// on",
    "![a](https://x.id/b.png)": "nothing is loaded from elsewhere",
    "- a\n  ```\nb\n  ```": "code goes on to its closing line, though its author forgot to indent what is in it",
    "| a |\n|---|": "a table without rows is drawn with an empty one",
    "A\n: b": "definition lists are ours",
    "# a {#b}": "an id is the author's name for a place, not text",
    "::: tip\na\n:::": "containers are ours",
}


@pytest.mark.parametrize("source", CASES)
def test_a_text_is_read_as_on_github(source: str) -> None:
    assert tree(render(source)) == on_github(source)


def test_there_are_two_hundred_cases_of_lists_without_the_enumerated_ones() -> None:
    assert len(set(CASES) - set(OTHER)) + len(set(enumerated())) >= 200
    assert len(set(OTHER)) >= 40
    assert not set(CASES) & set(DELIBERATE)


def test_lists_are_read_as_on_github_whatever_stands_below_whatever() -> None:
    differing = [source for source in enumerated() if tree(render(source)) != on_github(source)]
    assert differing == []


@pytest.mark.parametrize("source", CASES)
def test_line_ends_of_windows_change_nothing(source: str) -> None:
    assert tree(render(source.replace("\n", "\r\n"))) == on_github(source)


@pytest.mark.parametrize(("source", "reason"), DELIBERATE.items())
def test_where_we_differ_we_mean_to(source: str, reason: str) -> None:
    assert tree(render(source)) != on_github(source), f"no longer differs: {reason}"
