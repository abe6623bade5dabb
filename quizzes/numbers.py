"""Numbers as people write them, and keys of questions that ask for one. Pure, in decimal arithmetic."""

import re
from dataclasses import dataclass
from decimal import Decimal

SIGN = r"(?P<sign>[+\-−–]?)"
PLAIN = r"[0-9]{1,15}(?:[.,][0-9]{1,15})?"
INDONESIAN_GROUPS = r"[0-9]{1,3}(?:\.[0-9]{3}){1,5}(?:,[0-9]{1,15})?"
ENGLISH_GROUPS = r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,15})?"
NUMBER = re.compile(rf"^{SIGN}[ ]?(?P<digits>{PLAIN}|{INDONESIAN_GROUPS}|{ENGLISH_GROUPS})$")
PLUS_MINUS = re.compile(r" ?(?:±|\+/?[-−–]) ?")
GROUPED = re.compile(r"^[1-9][0-9]{0,2}[.,][0-9]{3}$")
"""One group of three after one mark: "1.500" may be fifteen hundred, or one and a half."""
LIKE_NUMBER = re.compile(r"^(?:(?P<money>Rp|US\$|\$|€)[.]?[ ]?)?[+\-−–]?[ ]?[0-9]", re.IGNORECASE)
SPACED_GROUPS = r"[0-9]{1,3}(?: [0-9]{3})+"
WITH_UNIT = re.compile(
    rf"^(?P<number>{SPACED_GROUPS}|{PLAIN}|{INDONESIAN_GROUPS}|{ENGLISH_GROUPS})(?P<unit> ?[^0-9.,].*)?$"
)
LONGEST_UNIT = 20


@dataclass(frozen=True)
class Number:
    """A right number, and how far from it is still right."""

    value: Decimal
    within: Decimal = Decimal(0)


def readings(text: str) -> tuple[Decimal, ...]:
    """Every number a text may mean: none, one, or for "1.500" two, the one meant in Indonesian first."""
    match = NUMBER.match(text.strip())
    if match is None:
        return ()
    digits, is_negative = match["digits"], match["sign"] in ("-", "−", "–")
    decimal, whole = _with_mark_as_decimal(digits), _without_groups(digits)
    if not GROUPED.match(digits):
        found: tuple[Decimal, ...] = (decimal if decimal is not None else whole,)
    else:
        assert decimal is not None
        found = (whole, decimal) if "." in digits else (decimal, whole)
    # Multiplied by -1 a long number would be rounded.
    return tuple(value.copy_negate() if is_negative else value for value in found)


def _with_mark_as_decimal(digits: str) -> Decimal | None:
    """Read with its only mark as the decimal one; None when there are several."""
    marks = sum(digits.count(mark) for mark in ".,")
    return Decimal(digits.replace(",", ".")) if marks <= 1 else None


def _without_groups(digits: str) -> Decimal:
    """Read with groups of three: the last mark is the decimal one when it is another than the first."""
    first = next((letter for letter in digits if letter in ".,"), "")
    plain = digits.replace(first, "") if first else digits
    return Decimal(plain.replace(",", "."))


def parts_of(key: str) -> list[str]:
    """What stands before ± and behind it."""
    return PLUS_MINUS.split(" ".join(key.split()))


def read_number(text: str) -> Number | None:
    """ "169" or "3,14 ± 0,01" as a key; None when it is no number."""
    parts = parts_of(text)
    if len(parts) > 2:
        return None
    value = readings(parts[0])
    within = readings(parts[1]) if len(parts) == 2 else (Decimal(0),)
    return Number(value[0], within[0]) if value and within and within[0] >= 0 else None


def is_broken(text: str) -> bool:
    """Whether a number is followed by ± and no number."""
    parts = parts_of(text)
    return len(parts) > 1 and bool(readings(parts[0])) and read_number(text) is None


def is_like_number(text: str) -> bool:
    """Whether a text that is no number begins as one: "60%", "Rp1.500", "1/2"."""
    return LIKE_NUMBER.match(text) is not None and read_number(text) is None


def number_and_unit(text: str) -> tuple[Number | None, str]:
    """ "60 %" -> 60 and "%", "Rp1.500" -> 1500 and "Rp"; no number where it is anybody's guess."""
    text = " ".join(text.split())
    money = LIKE_NUMBER.match(text)
    unit = money["money"] or "" if money else ""
    match = WITH_UNIT.match(text[len(unit) :].lstrip(". "))
    if match is None:
        return None, ""
    behind = (match["unit"] or "").strip()
    has_one_unit = not (unit and behind) and len(behind) <= LONGEST_UNIT and not re.search(r"[0-9/]", behind)
    return (read_number(match["number"].replace(" ", "")), unit or behind) if has_one_unit else (None, "")


def write_number(number: Number) -> str:
    """As an author writes it, with one reading only."""
    return _write(number.value) + (f" ± {_write(number.within)}" if number.within else "")


def _write(value: Decimal) -> str:
    text = f"{value.copy_abs():f}"
    sign = "-" if value.is_signed() else ""
    if GROUPED.match(text):  # one more zero, and the mark cannot be a group's
        text += "0"
    return sign + text.replace(".", ",")
