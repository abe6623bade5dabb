"""Scores as CSV for Excel in Indonesian: UTF-8 with BOM, semicolons, decimal commas, no live formulas. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""The last four are what an East Asian keyboard writes for the first four, and Excel runs as them."""


def defuse(text: str) -> str:
    """Text that a spreadsheet will show and never run (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) or text.startswith(("\t", "\r", "\n")) else text


def number(value: float | None) -> str:
    """At most two decimals, with a comma; empty for none."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def to_csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A whole file; every cell is text and defused, but for plain numbers."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([defuse(cell) for cell in header])
    for line in lines:
        writer.writerow([cell if _is_number(cell) else defuse(cell) for cell in line])
    return BOM + file.getvalue()


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.replace(",", "", 1).isdecimal()
