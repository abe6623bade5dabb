"""What is left of an answer whose words were erased: a sign that no page can send, and what it was worth. Pure."""

from collections.abc import Sequence
from fractions import Fraction

ERASED = " terhapus"
"""The blank before it tells it from anything typed, for that is stripped, and from every key of a part."""


def erased(share: Fraction | None) -> list[str]:
    """In place of an answer that earned this share; None for one that a person judged, or never did."""
    return [ERASED] if share is None else [ERASED, str(share)]


def is_erased(value: Sequence[str]) -> bool:
    return value[:1] == [ERASED]


def is_unjudged(value: Sequence[str]) -> bool:
    """Whether only a person could have said what it was worth."""
    return is_erased(value) and share_of(value) is None


def share_of(value: Sequence[str]) -> Fraction | None:
    return Fraction(value[1]) if len(value) > 1 else None
