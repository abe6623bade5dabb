"""The words authors write for kinds of questions and ways of crediting, with their English aliases. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered; the words are the author's."""

    SINGLE = "tunggal"
    MULTIPLE = "jamak"
    TEXT = "teks"
    NUMBER = "angka"
    BLANKS = "isian"
    MATCHING = "jodoh"
    ORDERING = "urutan"
    ESSAY = "esai"
    SCALE = "skala"
    COMMENT = "tanggapan"


NAMED_ONLY = frozenset({Kind.ESSAY, Kind.SCALE, Kind.COMMENT})
"""Kinds that nothing but their `jenis` tells."""
UNSCORED = frozenset({Kind.SCALE, Kind.COMMENT})
"""Kinds without right or wrong: they bring no points and no reading to go back to."""


class Credit(StrEnum):
    """What a partly right choice among several is worth; the words are the author's."""

    PROPORTIONAL = "proporsional"
    EXACT = "semua"
    PROPORTIONAL_CORRECT = "proporsional-tanpa-salah"


KIND_ALIASES = {
    "single": "tunggal",
    "multiple": "jamak",
    "text": "teks",
    "number": "angka",
    "blanks": "isian",
    "matching": "jodoh",
    "ordering": "urutan",
    "essay": "esai",
    "scale": "skala",
    "comment": "tanggapan",
}
CREDIT_ALIASES = {
    "proportional": "proporsional",
    "exact": "semua",
    "proportional-correct": "proporsional-tanpa-salah",
}


def kind_of_word(written: str) -> Kind | None:
    """The kind an author's word means, Indonesian or English; None when nobody knows it."""
    word = KIND_ALIASES.get(written, written)
    return Kind(word) if word in set(Kind) else None


def credit_of(written: str) -> Credit | None:
    word = CREDIT_ALIASES.get(written, written)
    return Credit(word) if word in set(Credit) else None
