"""An admin takes the next cohort from a roster to a hall that is present, and one of its praja comes in by a slip."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser import running
from tests.browser.chromium import DEVICES, WITH_SCRIPT, Visitor
from tests.browser.cohorts import NAMES, PROVINCES
from tests.browser.live import Account, Site

pytestmark = pytest.mark.browser

SIZE = 60
"""More than are imported together, and than slips are made together."""
SHEETS = 8
ON_A_SHEET = 8
PORTION = 50
BAD = "36,1"
"""What Excel makes of an NPP like 36.1000."""
MEETING = "Pertemuan 1, Aula"
A4 = [595, 842]


@pytest.fixture
def admin(visitor: Visitor) -> Visitor:
    visitor.sign_in_as("admin")
    return visitor


@pytest.fixture
def mark(visitor: Visitor) -> str:
    """What sets the cohort of this device apart from the others', as its NPPs begin."""
    return f"{70 + DEVICES.index(visitor.device)}"


@pytest.fixture
def praja(browser: Browser, site: Site, visitor: Visitor) -> Iterator[Visitor]:
    """Somebody else, with the same kind of device."""
    praja = Visitor(browser, site, visitor.device)
    yield praja
    praja.leave()
    assert praja.complaints == []


def name_of(number: int) -> str:
    """The twelve names over and over, with their round after the first."""
    turn, place = divmod(number - 1, len(NAMES))
    return NAMES[place] + (f" {turn + 1}" if turn else "")


def roster(mark: str, size: int = SIZE, **wrong: str) -> bytes:
    """As Excel saves it: with a BOM, semicolons and quotation marks where they are due; one NPP may be wrong."""
    lines = ["NPP;Nama;Provinsi;Jenis kelamin"]
    for number in range(1, size + 1):
        npp = wrong.get(f"npp_{number}", f"{mark}.{number:04}")
        lines.append(f'{npp};"{name_of(number)}";{PROVINCES[number % 3]};{"LP"[number % 2]}')
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def figure(page: Page, label: str) -> Locator:
    """The number that stands under a label."""
    term = page.get_by_text(label, exact=True)
    return page.locator(".figures > div").filter(has=term).locator("dd")


def say(visitor: Visitor) -> Locator:
    """What the form that works in portions says of itself."""
    return visitor.page.locator("[data-status]")


def test_from_a_roster_to_a_hall_that_is_present(admin: Visitor, praja: Visitor, mark: str) -> None:
    last_year = running.found(admin, f"Angkatan lalu {admin.device}")
    running.set_dates(
        admin, last_year, {"kuis-sister-city": "2026-01-12T08:00"}, {"kuis-sister-city": "2026-01-14T17:00"}
    )
    cohort = found_the_next(admin)
    bad_row_is_told_and_corrected(admin, mark)
    everybody_is_imported(admin)
    slip = slips_are_printed(admin, mark)
    dates_are_copied(admin, cohort)
    groups_are_made(admin)
    something_is_announced(admin)
    code = attendance_is_opened(admin)

    praja_comes_in_by_the_slip(praja, slip)
    praja_reads_home(praja)
    praja_notes_presence(praja, code)

    admin.page.reload()
    expect(admin.page.locator(".lead")).to_contain_text(f"1 dari {SIZE} hadir")


def found_the_next(admin: Visitor) -> str:
    admin.go("/")
    admin.follow("Angkatan")
    name = f"Angkatan baru {admin.device}"
    admin.fill({"Nama angkatan": name})
    admin.press("Buat angkatan")
    assert admin.heading == name
    cohort = admin.path
    expect(admin.page.get_by_text("Belum ada praja di angkatan ini.")).to_be_visible()
    admin.follow("Impor daftar")
    return cohort


def bad_row_is_told_and_corrected(admin: Visitor, mark: str) -> None:
    running.upload(admin, "angkatan.csv", roster(mark, npp_2=BAD))
    problems = admin.page.get_by_role("region", name="Yang perlu diperbaiki")
    problem = problems.locator("tbody tr")
    expect(problem).to_have_count(1)
    row, column, sentence = problem.locator("td").all_inner_texts()
    assert (row, column) == ("3", "NPP")
    assert "Excel mengubah NPP ini menjadi bilangan" in sentence
    expect(figure(admin.page, "masalah")).to_have_text("1")
    running.upload(admin, "angkatan-benar.csv", roster(mark))
    expect(problems).to_have_count(0)
    expect(figure(admin.page, "akun baru")).to_have_text(f"{SIZE}")
    expect(admin.page.get_by_role("cell", name=f"{NAMES[0]} {mark}.0001")).to_be_visible()


def everybody_is_imported(admin: Visitor) -> None:
    button, done = f"Impor {SIZE} baris", f"Selesai. Akun baru: {SIZE}, terdaftar: 0"
    if admin.device.has_script:
        running.start(admin, button)
        expect(say(admin)).to_contain_text(done)
        admin.follow("Lihat daftar praja")
        expect(admin.page.locator(".crumb")).to_contain_text(f"{SIZE} praja")
        admin.follow("Kartu akun")
    else:
        admin.press(button)
        expect(admin.page.get_by_role("status").first).to_contain_text(done)


def slips_are_printed(admin: Visitor, mark: str) -> Account:
    """Eight a sheet, each sheet on a page of A4; gives the one of the first praja."""
    page = admin.page
    admin.follow(f"{SIZE} praja yang belum pernah mendapat kata sandi")
    if admin.device.has_script:
        running.start(admin, "Ya, buat kartunya")
        expect(say(admin)).to_contain_text(f"Selesai: {SIZE} kartu")
    else:
        admin.press("Ya, buat kartunya")
    slips = running.slips(admin)
    assert {slip.username for slip in slips} == {f"{mark}.{number:04}" for number in range(1, SIZE + 1)}
    assert len({slip.password for slip in slips}) == SIZE
    expect(page.locator(".slips")).to_have_count(SHEETS)
    expect(page.locator(".slips").first.locator("li")).to_have_count(ON_A_SHEET)
    assert pages_of(page.pdf(prefer_css_page_size=True)) == [A4] * SHEETS
    return next(slip for slip in slips if slip.username == f"{mark}.0001")


def pages_of(pdf: bytes) -> list[list[int]]:
    """Width and height of each, in points."""
    boxes = re.findall(rb"/Type /Page\n.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf, re.DOTALL)
    return [[round(float(side)) for side in box] for box in boxes]


def dates_are_copied(admin: Visitor, cohort: str) -> None:
    page = admin.page
    admin.go(cohort)
    running.turn_to(admin, "Jadwal")
    page.get_by_label("Jadwal yang disalin").select_option(label=f"Angkatan lalu {admin.device}")
    page.get_by_label(re.compile("berapa hari")).fill("364")
    admin.press("Lihat pratinjau")
    move = page.locator("main .rows > li")
    expect(move).to_have_count(1)
    expect(move).to_contain_text("Senin, 11 Jan 2027")
    admin.press("Salin jadwal ini")
    expect(page.locator("#buka-kuis-sister-city")).to_have_value("2027-01-11T08:00")
    expect(page.locator("#tutup-kuis-sister-city")).to_have_value("2027-01-13T17:00")


def groups_are_made(admin: Visitor) -> None:
    page = admin.page
    running.turn_to(admin, "Kelompok")
    admin.follow("Buat pembagian")
    admin.fill({"Nama pembagian": "Kelompok FGD"})
    page.get_by_label("Cara membagi").select_option(label="Acak, merata menurut provinsi")
    admin.press("Lihat pratinjau")
    preview = page.get_by_role("region", name="Pratinjau, belum disimpan")
    expect(preview).to_contain_text(f"{SIZE} praja")
    expect(preview.locator("tbody tr")).to_have_count(len(PROVINCES))
    admin.press("Simpan pembagian ini")
    sizes = [group.locator("li").count() for group in page.locator(".groups > section").all()]
    assert sum(sizes) == SIZE
    assert set(sizes) <= {6, 7, 8}
    assert max(sizes) - min(sizes) <= 1


def something_is_announced(admin: Visitor) -> None:
    running.turn_to(admin, "Pengumuman")
    admin.follow("Tulis pengumuman")
    admin.fill({"Judul": "Selamat datang", "Teks, ditulis dalam Markdown": "Kita mulai **Senin**."})
    admin.press("Pratinjau")
    expect(admin.page.get_by_role("region", name="Pratinjau, belum disimpan").locator("strong")).to_have_text("Senin")
    admin.press("Simpan")
    expect(admin.page.locator(".tag")).to_have_text("tayang")


def attendance_is_opened(admin: Visitor) -> str:
    running.turn_to(admin, "Daftar hadir")
    admin.fill({"Judul pertemuan": MEETING})
    admin.press("Buka dan tampilkan kode")
    expect(admin.page.locator(".lead")).to_contain_text(f"0 dari {SIZE} hadir")
    return running.code(admin)


def praja_comes_in_by_the_slip(praja: Visitor, slip: Account) -> None:
    praja.go("/masuk")
    praja.enter(slip)
    assert praja.heading == "Buat kata sandi Anda sendiri"
    praja.go("/")
    assert praja.heading == "Buat kata sandi Anda sendiri", "there is no way around it"
    praja.choose_password()
    assert praja.heading == f"Halo, {NAMES[0]}"


def praja_reads_home(praja: Visitor) -> None:
    told = praja.page.get_by_role("region", name=re.compile("^Pengumuman"))
    expect(told).to_contain_text("Selamat datang")
    expect(told.locator("strong")).to_have_text("Senin")
    praja.follow(re.compile("^Kelompok FGD, Kelompok "))
    own = praja.page.locator("main .rows > li").filter(has=praja.page.get_by_text("Anda", exact=True))
    expect(own).to_contain_text(NAMES[0])
    assert praja.page.locator("main .rows > li").count() in (6, 7, 8)


def praja_notes_presence(praja: Visitor, code: str) -> None:
    praja.go("/")
    praja.follow("Catat kehadiran")
    praja.fill({"Kode dari instruktur": code.lower().replace("-", " ")})
    praja.press("Catat kehadiran saya")
    expect(praja.page.get_by_role("status").first).to_contain_text("Anda tercatat hadir pukul")


@pytest.mark.parametrize("visitor", WITH_SCRIPT, indirect=True, ids=str)
class TestALostConnection:
    """In the middle of what is done in portions: it says so, goes on, and nothing is there twice."""

    @pytest.fixture
    def cohort(self, admin: Visitor, mark: str, request: pytest.FixtureRequest) -> str:
        """Whose roster waits at its preview; its NPPs are those of nobody else."""
        admin.expect("Failed to load resource")
        cohort = running.found(admin, f"Terputus {request.node.name}")
        admin.go(f"{cohort}impor")
        running.upload(admin, "angkatan.csv", roster(f"{mark}.{len(request.node.name)}"))
        return cohort

    def test_importing_goes_on_where_it_stopped(self, admin: Visitor, cohort: str) -> None:
        admin.page.route("**/jalankan", after_one(lambda route: route.abort()))
        running.start(admin, f"Impor {SIZE} baris")
        self.stops_and_goes_on(admin)
        expect(say(admin)).to_contain_text(f"Selesai. Akun baru: {SIZE}, terdaftar: 0, kembali: 0, diperbarui: 0, ")
        self.everybody_is_there_once(admin, cohort)

    def test_an_answer_that_never_came_is_asked_for_again(self, admin: Visitor, cohort: str) -> None:
        """The rows are in by then: they stay as they are."""

        def do_it_but_do_not_tell(route: Route) -> None:
            route.fetch()
            route.abort()

        admin.page.route("**/jalankan", after_one(do_it_but_do_not_tell))
        running.start(admin, f"Impor {SIZE} baris")
        self.stops_and_goes_on(admin)
        expect(say(admin)).to_contain_text(f"Akun baru: {PORTION}, ")
        expect(say(admin)).to_contain_text(f"tetap: {SIZE - PORTION}.")
        self.everybody_is_there_once(admin, cohort)

    def test_slips_that_were_shown_hold_and_the_rest_are_made(self, admin: Visitor, cohort: str) -> None:
        running.start(admin, f"Impor {SIZE} baris")
        admin.follow("Cetak kartu akun")
        admin.follow(f"{SIZE} praja yang belum pernah mendapat kata sandi")
        admin.page.route("**/kartu", after_one(lambda route: route.abort()))
        running.start(admin, "Ya, buat kartunya")
        expect(say(admin)).to_contain_text("Terputus. Kartu yang sudah tampil berlaku")
        shown = running.slips(admin)
        assert len(shown) == 48
        admin.page.unroute("**/kartu")
        admin.tap("Lanjutkan")
        expect(say(admin)).to_contain_text(f"Selesai: {SIZE} kartu")
        slips = running.slips(admin)
        assert slips[:48] == shown
        assert len({slip.username for slip in slips}) == SIZE

    def stops_and_goes_on(self, admin: Visitor) -> None:
        expect(say(admin)).to_contain_text("Terputus. Yang sudah masuk tetap tersimpan")
        bar = admin.page.get_by_role("progressbar")
        assert [bar.get_attribute(name) for name in ("value", "max")] == [f"{PORTION}", f"{SIZE}"]
        admin.page.unroute("**/jalankan")
        admin.tap("Lanjutkan")

    def everybody_is_there_once(self, admin: Visitor, cohort: str) -> None:
        admin.follow("Lihat daftar praja")
        expect(admin.page.locator(".crumb")).to_contain_text(f"{SIZE} praja")
        admin.go(f"{cohort}?cari={name_of(1)}")
        exact = admin.page.locator(".rows.people").get_by_role("link", name=name_of(1), exact=True)
        expect(exact).to_have_count(1)


def after_one(meet: Callable[[Route], None]) -> Callable[[Route], None]:
    """Let the first request through, and do this to those that follow."""
    seen = []

    def handle(route: Route) -> None:
        if seen:
            meet(route)
        else:
            seen.append(route)
            route.continue_()

    return handle
