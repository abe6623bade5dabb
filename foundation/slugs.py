"""Names for places: the slug of a heading, the author's own `{#id}`. Pure."""

import hashlib
import re
import unicodedata

ID = re.compile(r"[\w-]+")
NAMELESS = "bagian"
"""The id of a heading without a letter in it."""
BEFORE_HEADINGS = "awal"
"""What stands for a heading in the ids of paragraphs above the first one."""
LONGEST_SLUGGED = 300
LONGEST_BEGINNING = 500
"""Characters in which a paragraph's first eight words are looked for."""
NOTE = re.compile(r"\[[\^@][^\[\]]*\]")
TERM = re.compile(r"\[\[[ \t]*(?:istilah|term)[ \t]*:([^\[\]|]*?)(?:\\?\|([^\[\]]*))?\]\]", re.IGNORECASE)
MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`~]+|(?<!\w)_+|_+(?!\w)|</?[a-zA-Z][^>]*>|\\(?=[^\w\s])")


def split_anchor(text: str) -> tuple[str, str]:
    """A heading, paragraph or option as (its text, the author's `{#id}` or "")."""
    trimmed = text.rstrip()
    start = trimmed.rfind("{#") if trimmed.endswith("}") else -1
    if start < 0 or not ID.fullmatch(trimmed, start + 2, len(trimmed) - 1):
        return text, ""
    return trimmed[:start].rstrip(), trimmed[start + 2 : -1]


def plain(text: str) -> str:
    """One line of Markdown without its marks, for lists of contents and for slugs; a term is its words."""
    text = TERM.sub(lambda match: match[2] or match[1], text) if "[[" in text else text
    return " ".join(MARKUP.sub(lambda match: match[1] or "", text).split())


def slug(text: str) -> str:
    """ "Asal-usul *sister city*" -> "asal-usul-sister-city"; "" where nothing is left."""
    letters = unicodedata.normalize("NFKD", plain(text[:LONGEST_SLUGGED]))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return re.sub(r"[\W_]+", "-", letters).strip("-")


def paragraph_name(heading: str, text: str) -> str:
    """The id of a paragraph: its heading's, and a hash of its first eight words; "" without a word.

    Marks, notes and citations do not count, so that adding a source moves nothing.
    """
    words = re.findall(r"\w+", plain(NOTE.sub("", text[:LONGEST_BEGINNING])).casefold())[:8]
    if not words:
        return ""
    return f"{heading or BEFORE_HEADINGS}-{hashlib.sha256(' '.join(words).encode()).hexdigest()[:5]}"


class UsedIds:
    """Hands out ids so that none comes twice: the second "peta" is "peta-2"."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        name, number = wanted, self._last.get(wanted, 1)
        while name in self._used:
            number += 1
            name = f"{wanted}-{number}"
        self._last[wanted] = number
        self._used.add(name)
        return name
