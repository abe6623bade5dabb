"""A table from a spreadsheet, whatever it was saved as: bytes to text, text to cells. Pure."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator

DELIMITERS = (";", ",", "\t", "|")

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SEPARATOR = re.compile(r'"?sep=([;,\t|])[;,\t|"]*(\r\n|\r|\n|$)', re.IGNORECASE)
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_HEADING_BYTES = 32


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16, with a byte order mark or without; what is neither, as an older Excel writes it."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if encoding := _wide_encoding(data[:_HEADING_BYTES]):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _wide_encoding(start: bytes) -> str:
    """UTF-16 without a mark shows in its headings: every second byte of Latin letters is zero. "" for others."""
    even, odd, half = start[::2].count(0), start[1::2].count(0), len(start) // 2
    if half and odd > 0.8 * half and even < 0.2 * half:
        return "utf-16-le"
    return "utf-16-be" if half and even > 0.8 * half and odd < 0.2 * half else ""


def records(text: str, is_known: Callable[[str], bool]) -> Iterator[list[str]]:
    """The cells of every line, empty lines too, so that a record's place is its row in Excel. Raises csv.Error.

    The separator is the one that `sep=` names, or else the one that finds most known headings.
    """
    text = text.lstrip("\ufeff")
    if named := _SEPARATOR.match(text):
        return _reader(text[named.end() :], named[1])

    def headings(delimiter: str) -> tuple[int, int]:
        cells = _first(text, delimiter)
        return sum(map(is_known, cells)), len(cells)

    return _reader(text, max(DELIMITERS, key=headings))


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)


def _first(text: str, delimiter: str) -> list[str]:
    try:
        return next((cells for cells in _reader(text, delimiter) if any(map(clean, cells))), [])
    except csv.Error:
        return []


def clean(cell: str) -> str:
    """What somebody reads in a cell: composed letters, single spaces, no invisible marks, text formulas unpacked."""
    if not cell.isascii():
        visible = "".join(letter for letter in cell if unicodedata.category(letter) != "Cf")
        cell = unicodedata.normalize("NFC", visible)
    cell = " ".join(cell.split())
    wrapped = _TEXT_FORMULA.fullmatch(cell)
    return " ".join(wrapped[1].split()) if wrapped else cell


def has_control(cell: str) -> bool:
    """Whether a cell holds a sign that nobody can see or type, such as NUL."""
    return any(unicodedata.category(letter) == "Cc" and not letter.isspace() for letter in cell)
