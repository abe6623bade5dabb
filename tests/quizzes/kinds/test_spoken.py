"""What a menu, or the name of a button, says of a text with marks in it."""

import pytest

from foundation.lookup import Lookup, Meaning
from foundation.markup import render_inline
from quizzes.kinds.spoken import spoken

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Belgia", "Belgia"),
        ("**Belgia** & _Luksemburg_", "Belgia & Luksemburg"),
        ("[Belgia](https://example.org)", "Belgia"),
        ("![Bendera Belgia](a.svg) Belgia", "Bendera Belgia Belgia"),
        ('![Kata "niat" & janji](a.svg)', 'Kata "niat" & janji'),
        ("satu<br>dua", "satu dua"),
        ("km<sup>2</sup> < 3", "km2 < 3"),
        ("dua\n  baris", "dua baris"),
        ("&lt;b&gt;", "<b>"),
        ("", ""),
    ],
)
def test_it_is_the_words(written: str, words: str) -> None:
    assert spoken(render_inline(written)) == words


def test_a_term_is_its_words_without_its_definition() -> None:
    course = Lookup(str, terms={"loi": Meaning("Surat tanda niat.", "/glosarium/#loi")})
    html = render_inline("Setelah [[istilah: LoI]] dan [[istilah: LoI|suratnya]]", course)
    assert html.count("Surat tanda niat.") == 2
    assert spoken(html) == "Setelah LoI dan suratnya"
