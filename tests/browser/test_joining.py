"""A praja gets in by the code on the hall's screen, back in after a forgotten password, and out everywhere."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import running
from tests.browser.chromium import DESK, OWN_PASSWORD, PHONE, PLAIN_PHONE, Device, Visitor
from tests.browser.live import COURSE, Account, Site
from tests.browser.taking import LESSON

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("visitor", [PHONE, PLAIN_PHONE], indirect=True, ids=str),
]

OUTLINE = f"/kursus/{COURSE}/"
NEW_PASSWORD = "kolintang sasando noken 58"

Meet = Callable[[Device], Visitor]


@pytest.fixture
def meet(browser: Browser, site: Site) -> Iterator[Meet]:
    """Somebody else at a browser of their own."""
    met: list[Visitor] = []

    def meet(device: Device) -> Visitor:
        met.append(Visitor(browser, site, device))
        return met[-1]

    yield meet
    for one in met:
        one.leave()
    assert [one.complaints for one in met] == [[] for _one in met]


@pytest.fixture
def instruktur(meet: Meet) -> Visitor:
    instruktur = meet(DESK)
    instruktur.sign_in_as("instruktur")
    return instruktur


@pytest.fixture
def cohort(instruktur: Visitor, request: pytest.FixtureRequest) -> str:
    """A new one, whose code is on the screen."""
    cohort = running.found(instruktur, f"Gabung {request.node.name}"[:90])
    instruktur.follow("Kode gabung")
    instruktur.press("Buka pendaftaran")
    instruktur.follow("Tayangkan di layar")
    return cohort


def link_of(instruktur: Visitor) -> str:
    """Where the square on the screen leads."""
    return f"/gabung/{running.code(instruktur).replace('-', '')}"


def username_of(visitor: Visitor, name: str) -> str:
    """Another one for each kind of device, since they share the site."""
    return f"{name}-{visitor.device}"


def register(praja: Visitor, username: str, name: str = "I Gusti Ayu Lestari") -> None:
    praja.fill({"Nama lengkap": name, "Nama pengguna, misalnya NPP Anda": username})
    for label in ("Kata sandi, paling sedikit 10 karakter", "Kata sandi, sekali lagi"):
        praja.fill({label: OWN_PASSWORD})
    praja.press("Buat akun")


def sign_in_again(praja: Visitor, password: str) -> None:
    praja.fill({"Kata sandi": password})
    praja.press("Masuk")


def test_the_square_on_the_screen_leads_a_newcomer_into_the_course(
    visitor: Visitor, instruktur: Visitor, cohort: str
) -> None:
    username = username_of(visitor, "ayu")
    visitor.go(link_of(instruktur))
    expect(visitor.page.get_by_text("Untuk bergabung, masuk dahulu atau buat akun.")).to_be_visible()
    visitor.follow("Buat akun")
    register(visitor, username)
    assert visitor.path == OUTLINE
    expect(visitor.page.get_by_role("status").first).to_contain_text(f"masuklah sebagai {username}")
    visitor.go(LESSON)
    expect(visitor.page.get_by_role("button", name="Tandai selesai")).to_be_visible()
    joined = instruktur.page.get_by_text("1 praja sudah bergabung")
    expect(joined, "the screen renews itself").to_be_visible(timeout=15_000)
    instruktur.go(cohort)
    expect(instruktur.page.get_by_role("link", name="I Gusti Ayu Lestari")).to_be_visible()


def test_a_code_that_is_typed_leads_there_too(visitor: Visitor, instruktur: Visitor, cohort: str) -> None:
    visitor.go("/masuk")
    visitor.follow("Punya kode gabung?")
    visitor.fill({"Kode gabung": running.code(instruktur).lower()})
    visitor.press("Lanjut")
    assert visitor.path == link_of(instruktur)


def test_who_has_an_account_signs_in_on_the_way(visitor: Visitor, instruktur: Visitor, cohort: str) -> None:
    account = visitor.site.new_account(username_of(visitor, "tenri"), "Andi Tenri")
    visitor.sign_in_first(account)
    visitor.go("/akun")
    visitor.press("Keluar")
    visitor.go(link_of(instruktur))
    visitor.follow("Sudah punya akun? Masuk")
    visitor.enter(Account(account.username, OWN_PASSWORD))
    assert visitor.path == link_of(instruktur)
    expect(visitor.page.get_by_text("Bergabung sebagai Andi Tenri?")).to_be_visible()
    visitor.press("Gabung")
    assert visitor.path == OUTLINE
    expect(visitor.page.get_by_role("status").first).to_contain_text("Anda sudah bergabung dengan")
    visitor.go(link_of(instruktur))
    expect(visitor.page.get_by_text("Anda sudah bergabung dengan angkatan ini.")).to_be_visible()


def test_a_one_time_password_on_the_way_loses_nobody(visitor: Visitor, instruktur: Visitor, cohort: str) -> None:
    account = visitor.site.new_account(username_of(visitor, "wenda"), "Theresia Wenda")
    visitor.go(link_of(instruktur))
    visitor.follow("Sudah punya akun? Masuk")
    visitor.enter(account)
    expect(visitor.page.get_by_text("Bergabung sebagai Theresia Wenda?")).to_be_visible()
    visitor.press("Gabung")
    assert visitor.heading == "Buat kata sandi Anda sendiri"
    visitor.choose_password()
    assert visitor.path == link_of(instruktur)
    visitor.press("Gabung")
    assert visitor.path == OUTLINE


def test_a_closed_code_says_what_to_do(visitor: Visitor, instruktur: Visitor, cohort: str) -> None:
    visitor.expect("status of 400")
    link = link_of(instruktur)
    visitor.go(f"{link.replace('/gabung/', '/daftar?kode=')}")
    instruktur.follow("Tutup tayangan")
    instruktur.press("Tutup pendaftaran")
    expect(instruktur.page.get_by_role("status").first).to_contain_text("Pendaftaran ditutup")
    register(visitor, username_of(visitor, "terlambat"))
    expect(visitor.page.locator(".field-error")).to_contain_text("mintalah kode terbaru kepada instruktur")
    visitor.go(link)
    field = visitor.page.get_by_label("Kode gabung")
    expect(field).to_have_accessible_description(re.compile("mintalah kode terbaru kepada instruktur"))
    instruktur.press("Buka pendaftaran")
    visitor.press("Lanjut")
    expect(visitor.page.get_by_text("Untuk bergabung, masuk dahulu atau buat akun.")).to_be_visible()


def test_a_forgotten_password_is_replaced_by_a_code(visitor: Visitor, instruktur: Visitor, cohort: str) -> None:
    visitor.expect("status of 400")
    username = username_of(visitor, "lupa")
    visitor.go(link_of(instruktur))
    visitor.follow("Buat akun")
    register(visitor, username, "Cut Nyak Meutia")
    visitor.go("/akun")
    visitor.press("Keluar")

    instruktur.go(cohort)
    instruktur.follow("Cut Nyak Meutia")
    instruktur.press("Beri kode lupa kata sandi")
    code = instruktur.page.locator(".secret").inner_text()
    instruktur.follow("Selesai")
    assert instruktur.heading == "Cut Nyak Meutia"

    visitor.follow("Lupa kata sandi?")
    use(visitor, username, code)
    assert visitor.path == "/masuk"
    visitor.enter(Account(username, OWN_PASSWORD))
    expect(visitor.page.locator(".field-error")).to_be_visible()
    sign_in_again(visitor, NEW_PASSWORD)
    assert visitor.heading == "Halo, Cut Nyak Meutia"
    visitor.go("/akun")
    visitor.press("Keluar")
    visitor.go("/lupa-sandi")
    use(visitor, username, code)
    expect(visitor.page.locator(".field-error")).to_contain_text("mintalah kode baru")


def use(praja: Visitor, username: str, code: str) -> None:
    praja.fill({"Nama pengguna": username, "Kode": code.lower().replace("-", " ")})
    praja.fill({"Kata sandi baru": NEW_PASSWORD, "Kata sandi baru, sekali lagi": NEW_PASSWORD})
    praja.press("Simpan kata sandi baru")


def test_leaving_all_devices_ends_the_other_browser(visitor: Visitor, meet: Meet) -> None:
    account = visitor.site.new_learner()
    other = meet(DESK)
    for one in (visitor, other):
        one.sign_in(account)
    visitor.go("/akun")
    expect(visitor.page.get_by_text("perangkat ini", exact=True)).to_have_count(1)
    expect(visitor.page.locator(".device")).to_have_count(2)
    visitor.follow("Keluar dari semua perangkat")
    visitor.press("Ya, keluar dari semua")
    assert visitor.path == "/masuk"
    other.go(LESSON)
    assert other.path.startswith("/masuk?")
    other.enter(account)
    assert other.path == LESSON


def test_one_device_is_signed_out_and_this_one_stays(visitor: Visitor, meet: Meet) -> None:
    account = visitor.site.new_learner()
    other = meet(DESK)
    for one in (other, visitor):
        one.sign_in(account)
    visitor.go("/akun")
    visitor.press("Keluarkan")
    expect(visitor.page.locator(".device")).to_have_count(1)
    other.go(LESSON)
    assert other.path.startswith("/masuk?")
    visitor.go(LESSON)
    assert visitor.path == LESSON
