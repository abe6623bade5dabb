"""Names for places: the slug of a heading, the author's own `{#id}`. Pure."""

import re
import unicodedata

ID = re.compile(r"[\w-]+")
NAMELESS = "bagian"
"""The id of a heading without a letter in it."""
LONGEST_SLUGGED = 300
MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`~]+|(?<!\w)_+|_+(?!\w)|</?[a-zA-Z][^>]*>|\\(?=[^\w\s])")


def split_anchor(text: str) -> tuple[str, str]:
    """A heading, paragraph or option as (its text, the author's `{#id}` or "")."""
    trimmed = text.rstrip()
    start = trimmed.rfind("{#") if trimmed.endswith("}") else -1
    if start < 0 or not ID.fullmatch(trimmed, start + 2, len(trimmed) - 1):
        return text, ""
    return trimmed[:start].rstrip(), trimmed[start + 2 : -1]


def plain(text: str) -> str:
    """One line of Markdown without its marks, for lists of contents and for slugs."""
    return " ".join(MARKUP.sub(lambda match: match[1] or "", text).split())


def slug(text: str) -> str:
    """ "Asal-usul *sister city*" -> "asal-usul-sister-city"; "" where nothing is left."""
    letters = unicodedata.normalize("NFKD", plain(text[:LONGEST_SLUGGED]))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return re.sub(r"[\W_]+", "-", letters).strip("-")


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
