"""A lesson on a projector, a module on paper."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from foundation.apart import apart
from tests.cast import Cast

As = Callable[[str], FlaskClient]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ('<p id="a">x</p>', '<p id="k--a">x</p>'),
        ('<a href="#a">x</a>', '<a href="#k--a">x</a>'),
        ('<a href="/b#a">x</a>', '<a href="/b#a">x</a>'),
        ('<p aria-describedby="a b">', '<p aria-describedby="k--a k--b">'),
        ('<label for="a">id="a"</label>', '<label for="k--a">id="a"</label>'),
        ('<section data-controller="check" class="c">', '<section class="c">'),
        ('<input type="radio"><button>x</button>', '<input disabled type="radio"><button disabled>x</button>'),
    ],
)
def test_ids_of_lessons_are_kept_apart(html: str, printed: str) -> None:
    assert apart(html, "k") == printed


def test_a_lesson_is_shown_for_a_projector(cast: Cast, as_: As) -> None:
    page = as_("kofi").get("/kursus/contoh/asal-usul/?tayang").text
    assert 'class="projector"' in page
    assert "Kota bersaudara lahir dari niat warga." in page
    assert 'href="/kursus/contoh/asal-usul/"' in page


def test_staff_are_led_to_it(cast: Cast, as_: As) -> None:
    assert "/kursus/contoh/asal-usul/?tayang=" in as_("kofi").get("/kursus/contoh/asal-usul/").text
    assert "?tayang=" not in as_("lena").get("/kursus/contoh/asal-usul/").text


def test_a_module_is_printed_whole_and_without_a_way_to_answer(cast: Cast, as_: As) -> None:
    page = as_("lena").get("/kursus/contoh/modul/sister-city/?cetak").text
    for shown in ("Asal-usul", "Kota bersaudara lahir dari niat warga.", "Tahapan", "Niat dahulu, lalu rencana."):
        assert shown in page
    assert "Kuis Sister City" not in page
    assert page.count('class="reading sheet"') == 2
    printed = page[page.index("<article") : page.rindex("</article>")]
    assert re.findall(r"<(?:input|textarea|button)(?! disabled)", printed) == []
    ids = Counter(re.findall(r'\sid="([^"]*)"', page))
    assert {id: count for id, count in ids.items() if count > 1} == {}


def test_a_module_without_lessons_says_so(cast: Cast, as_: As) -> None:
    assert "belum punya pelajaran" in as_("lena").get("/kursus/contoh/modul/latihan/?cetak").text
