"""The code to join a cohort by, as its instructor shows, closes and changes it. Everything is logged."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from accounts.models import LogEntry
from cohorts.models import Cohort
from foundation.codes import LETTERS, shown
from foundation.database import db
from tests.cast import Cast

As = Callable[[str], FlaskClient]
HERE = "/angkatan/dua/gabung"


def dua() -> Cohort:
    db.session.rollback()
    return db.session.query(Cohort).filter_by(slug="dua").one()


def logged() -> list[str]:
    return [entry.deed for entry in db.session.query(LogEntry).order_by(LogEntry.id)]


class TestOpening:
    def test_before_it_there_is_no_code_but_a_sentence_what_to_do(self, cast: Cast, as_: As) -> None:
        page = as_("bayu").get(HERE).text
        assert "Buka pendaftaran, lalu tayangkan kode" in page
        assert "<svg" not in page

    def test_it_makes_a_code_and_shows_it_with_its_qr_and_who_is_in(self, cast: Cast, as_: As) -> None:
        response = as_("bayu").post(f"{HERE}/buka")
        assert (response.status_code, response.location) == (303, HERE)
        code = dua().join_code
        assert code and len(code) == 8 and set(code.lower()) <= set(LETTERS)
        page = as_("bayu").get(HERE).text
        assert shown(code) in page
        assert "localhost/gabung" in page
        assert '<svg viewBox="' in page and "style=" not in page
        assert "1 praja sudah bergabung" in page
        assert logged() == ["OPEN_REGISTRATION"]

    def test_a_second_time_changes_nothing(self, cast: Cast, as_: As) -> None:
        as_("bayu").post(f"{HERE}/buka")
        code = dua().join_code
        as_("bayu").post(f"{HERE}/buka")
        assert dua().join_code == code
        assert logged() == ["OPEN_REGISTRATION"]

    def test_an_archived_cohort_is_not_opened_and_says_where_to_begin(self, cast: Cast, as_: As) -> None:
        as_("bayu").post("/angkatan/dua/arsipkan")
        page = as_("bayu").get(HERE).text
        assert "di arsip, jadi tidak ada yang dapat bergabung" in page
        assert f"{HERE}/buka" not in page
        assert as_("bayu").post(f"{HERE}/buka").status_code == 409
        assert not dua().is_registration_open


class TestClosing:
    def test_it_hides_the_code_which_holds_again_when_opened_again(self, cast: Cast, as_: As) -> None:
        bayu = as_("bayu")
        bayu.post(f"{HERE}/buka")
        code = dua().join_code
        assert code
        assert bayu.post(f"{HERE}/tutup").status_code == 303
        page = bayu.get(HERE).text
        assert "Pendaftaran ditutup" in page
        assert shown(code) not in page
        bayu.post(f"{HERE}/buka")
        assert dua().join_code == code
        assert logged() == ["OPEN_REGISTRATION", "CLOSE_REGISTRATION", "OPEN_REGISTRATION"]

    def test_what_was_never_open_is_not_closed(self, cast: Cast, as_: As) -> None:
        as_("bayu").post(f"{HERE}/tutup")
        assert logged() == []


def test_another_code_is_asked_for_twice_and_replaces_the_old_one(cast: Cast, as_: As) -> None:
    bayu = as_("bayu")
    bayu.post(f"{HERE}/buka")
    old = dua().join_code
    assert "langsung tidak berlaku" in bayu.get(f"{HERE}/kode-baru").text
    assert dua().join_code == old, "asking changes nothing"
    assert bayu.post(f"{HERE}/kode-baru").status_code == 303
    assert dua().join_code not in (old, None)
    assert logged() == ["OPEN_REGISTRATION", "NEW_JOIN_CODE"]


class TestTheHallsScreen:
    def test_it_shows_the_way_in_and_nothing_else(self, cast: Cast, as_: As) -> None:
        as_("bayu").post(f"{HERE}/buka")
        code = dua().join_code
        assert code
        page = as_("bayu").get(f"{HERE}?tayang").text
        assert 'class="projector"' in page
        assert shown(code) in page and "<svg" in page and "1 praja sudah bergabung" in page
        assert "Ganti kode" not in page and "Tutup pendaftaran" not in page

    def test_of_a_closed_cohort_it_shows_no_code(self, cast: Cast, as_: As) -> None:
        page = as_("bayu").get(f"{HERE}?tayang").text
        assert "Pendaftaran ditutup." in page
        assert "<svg" not in page

    @pytest.mark.parametrize(
        ("host", "is_told"), [("localhost:8000", True), ("127.0.0.1", True), ("kelas.example", False)]
    )
    def test_an_address_that_only_this_machine_knows_is_told(
        self, cast: Cast, as_: As, host: str, is_told: bool
    ) -> None:
        bayu = as_("bayu")
        bayu.post(f"{HERE}/buka")
        with bayu.session_transaction() as session:
            mine = dict(session)
        with bayu.session_transaction(base_url=f"http://{host}") as session:
            session.update(mine)
        page = bayu.get(HERE, base_url=f"http://{host}").text
        assert ("hanya dikenal komputer ini" in page) is is_told
        assert f"{host}/gabung" in page


@pytest.mark.parametrize(("who", "status"), [("lena", 404), ("rani", 404), ("omar", 403), ("kofi", 403)])
def test_nobody_else_sees_or_changes_it(cast: Cast, as_: As, who: str, status: int) -> None:
    client = as_(who)
    for path in ("/buka", "/tutup", "/kode-baru"):
        assert client.post(f"{HERE}{path}").status_code == status
    assert client.get(HERE).status_code == status
    assert dua().join_code is None


def test_a_wrong_method_is_told_so(cast: Cast, as_: As) -> None:
    assert as_("bayu").get(f"{HERE}/buka").status_code == 405
    assert as_("bayu").post(HERE).status_code == 405


def test_the_page_is_few_queries(cast: Cast, as_: As, queries: list[str]) -> None:
    bayu = as_("bayu")
    bayu.post(f"{HERE}/buka")
    queries.clear()
    assert bayu.get(HERE).status_code == 200
    assert len(queries) <= 4, queries
