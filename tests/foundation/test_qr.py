"""The square that a phone reads."""

import pytest

from foundation.qr import svg

pytestmark = pytest.mark.pure


def test_it_has_a_light_ground_and_neither_style_nor_script_nor_size() -> None:
    drawing = svg("https://kelas.example/hadir/K7MFX2QR")
    assert drawing.startswith("<svg viewBox=")
    assert 'fill="#fff"' in drawing
    assert not any(word in drawing for word in ("style", "<script", "class=", "width=", "<?xml"))


def test_no_address_gets_into_the_drawing_as_text() -> None:
    assert "<b>" not in svg('https://kelas.example/"><b>')


def test_another_address_is_another_square() -> None:
    assert svg("https://kelas.example/hadir/K7MFX2QR") != svg("https://kelas.example/hadir/K7MFX2QS")
