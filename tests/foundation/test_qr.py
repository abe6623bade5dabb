"""QR codes: the drawing says what it was made of, and keeps to the page's policy."""

import re

import pytest
import segno

from foundation import qr

pytestmark = pytest.mark.pure

ADDRESS = "https://kelas.ipdn.example/gabung/K7MFX2QR"


def squares(drawing: str) -> set[tuple[int, int]]:
    """The dark squares of a drawing, from the horizontal strokes of its path."""
    found, x, y = set(), 0, 0.0
    path = re.search(r'stroke="#000" d="([^"]*)"', drawing)
    assert path
    for command, numbers in re.findall(r"([Mmh])([-\d. ]*)", path[1]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = int(values[0]), values[1]
        elif command == "m":
            x, y = x + int(values[0]), y + values[1]
        else:
            found |= {(x + step, int(y)) for step in range(int(values[0]))}
            x += int(values[0])
    return found


def test_the_drawing_has_the_squares_of_the_code_within_a_quiet_edge() -> None:
    edge = 4
    matrix = segno.make_qr(ADDRESS, error="q").matrix
    dark = {(x + edge, y + edge) for y, row in enumerate(matrix) for x, value in enumerate(row) if value}
    assert squares(qr.drawing(ADDRESS)) == dark


def test_it_has_no_style_and_no_size_of_its_own() -> None:
    drawing = qr.drawing(ADDRESS)
    assert drawing.startswith("<svg viewBox=")
    assert not re.search(r"style|<script|\bwidth=|\bheight=|xmlns", drawing)


def test_what_it_says_never_stands_in_its_markup() -> None:
    assert "alert" not in qr.drawing('"><script>alert(1)</script>')
