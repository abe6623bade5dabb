"""The author's guide as pages for staff."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.cast import Cast

As = Callable[[str], FlaskClient]


def test_home_of_staff_leads_to_the_guide(cast: Cast, as_: As) -> None:
    assert 'href="/panduan/"' in as_("kofi").get("/").text
    assert 'href="/panduan/"' not in as_("lena").get("/").text


def test_the_guide_leads_to_the_codes_and_back(cast: Cast, as_: As) -> None:
    kofi = as_("kofi")
    assert "<h1>Panduan penulis</h1>" in kofi.get("/panduan/").text
    assert 'href="/panduan/kode-masalah/"' in kofi.get("/panduan/").text
    codes = kofi.get("/panduan/kode-masalah/").text
    assert 'id="k012"' in codes
    assert 'href="/panduan/"' in codes


def test_there_is_no_other_page(cast: Cast, as_: As) -> None:
    assert as_("kofi").get("/panduan/operasi/").status_code == 404
    assert as_("lena").get("/panduan/").status_code == 404
