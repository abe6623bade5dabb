"""The words authors write for kinds of questions and ways of crediting, with their English aliases. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered; the words are the author's."""

    SINGLE = "tunggal"
    MULTIPLE = "jamak"


class Credit(StrEnum):
    """What a partly right choice among several is worth; the words are the author's."""

    PROPORTIONAL = "proporsional"
    EXACT = "semua"
    PROPORTIONAL_CORRECT = "proporsional-tanpa-salah"


OTHER_KINDS = {
    "teks": "text",
    "angka": "number",
    "isian": "blanks",
    "jodoh": "matching",
    "urutan": "ordering",
    "esai": "essay",
    "skala": "scale",
    "tanggapan": "comment",
}
"""Kinds of the authoring format that later issues bring."""
KIND_ALIASES = {"single": "tunggal", "multiple": "jamak", **{english: name for name, english in OTHER_KINDS.items()}}
CREDIT_ALIASES = {
    "proportional": "proporsional",
    "exact": "semua",
    "proportional-correct": "proporsional-tanpa-salah",
}


def kind_word(written: str) -> str:
    """The Indonesian word for a kind, or the word as written when nobody knows it."""
    return KIND_ALIASES.get(written, written)


def credit_of(written: str) -> Credit | None:
    word = CREDIT_ALIASES.get(written, written)
    return Credit(word) if word in set(Credit) else None
