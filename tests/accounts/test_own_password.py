"""A password that staff handed out leads to choosing an own one, and nowhere else."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts import actions
from accounts.queries import get_person
from foundation.database import db
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW

HANDED_OUT = "k7mf-x2qr-9tdw"
OWN = "bebek payung kereta"
PAGE = "/akun/kata-sandi"


@pytest.fixture
def newcomer(app: Flask, cast: Cast) -> FlaskClient:
    """Lena, signed in with what she was given."""
    actions.hand_out_password(get_person("lena"), HANDED_OUT)
    db.session.commit()
    client = app.test_client()
    assert client.post("/masuk", data={"username": "lena", "password": HANDED_OUT}).status_code == 303
    return client


def choose(client: FlaskClient, new: str = OWN, again: str | None = None, next: str = "") -> tuple[int, str]:
    data = {"new": new, "again": again if again is not None else new}
    response = client.post(f"{PAGE}?lanjut={next}", data=data)
    return response.status_code, response.location if response.status_code == 303 else response.text


@pytest.mark.parametrize("address", ["/", "/akun", "/akun/keluar-semua", "/kursus/contoh/asal-usul/?tayang"])
def test_every_page_leads_to_the_own_password_first(newcomer: FlaskClient, address: str) -> None:
    sent = newcomer.get(address)
    assert sent.status_code == 302
    assert sent.location.startswith(f"{PAGE}?lanjut={address.partition('?')[0]}")


def test_after_choosing_it_the_way_goes_on(app: Flask, newcomer: FlaskClient) -> None:
    assert choose(newcomer, next="/kursus/contoh/") == (303, "/kursus/contoh/")
    assert newcomer.get("/kursus/contoh/").status_code == 200
    assert get_person("lena").has_own_password
    assert app.test_client().post("/masuk", data={"username": "lena", "password": OWN}).status_code == 303
    assert app.test_client().post("/masuk", data={"username": "lena", "password": HANDED_OUT}).status_code == 400


def test_it_never_leads_off_the_site(newcomer: FlaskClient) -> None:
    assert choose(newcomer, next="//jahat.example/") == (303, "/")


@pytest.mark.parametrize(
    ("new", "again", "says"),
    [
        (OWN, "lain", "belum sama"),
        ("", "", "perlu diisi"),
        ("pendek", None, "terlalu pendek"),
        ("sayangku12345", None, "mudah ditebak"),
        ("LestariLena", None, "jangan memuat nama pengguna"),
        (HANDED_OUT, None, "kata sandi yang Anda terima"),
    ],
)
def test_it_is_refused_with_a_reason(newcomer: FlaskClient, new: str, again: str | None, says: str) -> None:
    status, page = choose(newcomer, new, again)
    assert status == 400
    assert says in page
    assert not get_person("lena").has_own_password


def test_nothing_is_done_meanwhile(newcomer: FlaskClient) -> None:
    assert newcomer.post("/kursus/contoh/kuis-sister-city/mulai").location == PAGE
    answer = newcomer.post(
        "/kursus/contoh/kuis-sister-city/percobaan/1/jawaban", headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json) == (
        403,
        {"error": "Belum tersimpan: buatlah dahulu kata sandi Anda sendiri."},
    )


def test_one_may_leave_and_read_in_another_language(newcomer: FlaskClient) -> None:
    assert newcomer.post("/bahasa", data={"bahasa": "en", "lanjut": PAGE}).location == PAGE
    assert newcomer.post("/keluar").location == "/masuk"
    assert newcomer.get(PAGE).location.startswith("/masuk")


def test_who_has_one_changes_it_only_by_knowing_it(cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
    client = as_("lena")
    assert client.get(PAGE).location == "/akun"
    status, page = choose(client)
    assert status == 409
    assert "di halaman akun" in page
    assert actions.sign_in("lena", PASSWORD, NOW)


def test_handing_one_out_ends_sign_ins_and_waiting(app: Flask, cast: Cast, as_: Callable[[str], FlaskClient]) -> None:
    client = as_("lena")
    for _turn in range(5):
        app.test_client().post("/masuk", data={"username": "lena", "password": "salah-sekali"})
    actions.hand_out_password(get_person("lena"), HANDED_OUT)
    db.session.commit()
    assert client.get("/").status_code == 302
    assert actions.sign_in("lena", HANDED_OUT, NOW).username == "lena"


def test_the_terminal_hands_out_one_time_passwords(app: Flask, cast: Cast) -> None:
    cli = app.test_cli_runner()
    for arguments in (["people", "create", "baru", "Orang Baru"], ["people", "password", "baru"]):
        password = cli.invoke(args=arguments).output.strip().rpartition(": ")[2]
        assert not actions.sign_in("baru", password, NOW).has_own_password
