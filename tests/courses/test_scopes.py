"""For what roles can be granted, as people read it: courses, their cohorts, the site."""

from flask import Flask

from accounts import scopes
from accounts.roles import SITE
from cohorts.actions import create_cohort
from foundation.database import db
from tests.cast import Cast
from tests.conftest import NOW


def test_courses_come_by_title_then_cohorts_the_newest_first_then_the_site(app: Flask, cast: Cast) -> None:
    create_cohort("lama", "sudah-pergi", "Angkatan lama", NOW)
    db.session.commit()
    with app.test_request_context():
        labels = scopes.labels()
    assert labels == {
        "kursus:contoh": "Contoh Kursus",
        "kursus:lain": "Kursus Lain",
        "angkatan:dua": "Contoh Kursus · Angkatan dua",
        "angkatan:satu": "Contoh Kursus · Angkatan satu",
        "angkatan:tiga": "Kursus Lain · Angkatan tiga",
        "angkatan:lama": "sudah-pergi · Angkatan lama",
        SITE: "seluruh situs",
    }
    assert list(labels)[2:4] == ["angkatan:dua", "angkatan:satu"]
    assert list(labels)[-1] == SITE


def test_a_scope_that_is_gone_goes_by_its_own_name(cast: Cast) -> None:
    assert scopes.label("kursus:lama", {"kursus:contoh": "Contoh Kursus"}) == "kursus:lama"
    assert not scopes.is_scope("kursus:lama")
    assert scopes.is_scope("angkatan:tiga")
