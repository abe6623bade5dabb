"""Essays, from the learner's text to the marked review: by keys alone, by touch, and without script.

The content has no essay, so the site has a quiz of its own.
"""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.chromium import DESK, PHONE, PLAIN_DESK, PLAIN_PHONE, Visitor
from tests.browser.live import COURSE, Account, Site
from tests.browser.test_accessibility import AXE, violations
from tests.browser.test_keyboard import tab_to
from tests.conftest import missing

pytestmark = pytest.mark.browser

FILE = "01-sister-city/04-kuis-uraian.md"
SOURCE = """\
---
jenis: kuis
judul: Kuis Uraian
peran: ujian
percobaan: 1
tujuan: [SC5]
---

## Mengapa kedua kota itu cocok bersaudara? {#alasan}
tujuan: SC5
lihat: 01-asal-usul-sister-city.md#bandung-braunschweig
jenis: esai
kata: 60
poin: 4

| Kriteria | Bobot | Baik | Cukup (60) | Kurang |
|---|---|---|---|---|
| Alasan | 75 | Tiga alasan atau lebih, semuanya dari pelajaran | Dua alasan | Tanpa alasan yang jelas |
| Bahasa | 25 | Baku dan runtut | Campur | Sulit dipahami |

> **Pembahasan.** Kontak warga mendahului perjanjian.
"""
QUIZ = f"/kursus/{COURSE}/kuis-uraian/"
QUEUE = f"/rekap/{COURSE}/esai/"
PILE = f"{QUEUE}kuis-uraian/alasan/"
TEXT = "Kedua kota punya kampus teknik.\n\nWarganya <b>sudah</b> lama bertukar kunjungan."
KEPT = re.compile(r"Tersimpan \d\d\.\d\d sebagai konsep")


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The essay comes online after the demo was made, so that no invented learner has handed one in."""
    site = Site(tmp_path_factory.mktemp("essays")).start()
    (site.content / COURSE / FILE).write_text(SOURCE, encoding="utf-8")
    assert site.flask("courses", "sync").returncode == 0
    yield site
    site.stop()


@pytest.fixture
def writers(browser: Browser, site: Site) -> list[Account]:
    """Three learners who have just handed in."""
    accounts = [site.new_learner() for _writer in range(3)]
    for account in accounts:
        writer = Visitor(browser, site, PLAIN_DESK)
        writer.sign_in(account)
        writer.go(QUIZ)
        writer.press("Mulai")
        writer.page.locator("textarea").fill(TEXT)
        writer.press("Kirim jawaban")
        writer.press("Ya, kirim sekarang")
        expect(writer.page.get_by_role("heading", level=1)).to_have_text("Menunggu penilaian")
        writer.leave()
        assert writer.complaints == []
    return accounts


@pytest.fixture
def grader(visitor: Visitor, writers: list[Account]) -> Visitor:
    visitor.sign_in_as("instruktur")
    visitor.go(f"{QUEUE}?angkatan=demo")
    return visitor


def criterion(grader: Visitor, name: str) -> Locator:
    return grader.page.get_by_role("group", name=re.compile(name))


def clean(visitor: Visitor) -> None:
    """Axe finds nothing here, light or dark, and nothing is wider than the window."""
    if not AXE.exists():
        missing("axe-core (run tests/tools.sh)")
    found = {}
    for scheme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found[scheme] = violations(visitor, AXE.read_text(encoding="utf-8"))
    assert not any(found.values()), json.dumps(found, indent=1, ensure_ascii=False)
    assert visitor.overflow <= 0


@pytest.mark.parametrize("visitor", [DESK], indirect=True, ids=str)
def test_three_essays_are_marked_by_keys_alone(grader: Visitor) -> None:
    page, keys = grader.page, grader.page.keyboard
    clean(grader)
    tab_to(page.get_by_role("link", name="Nilai 3 jawaban"))
    keys.press("Enter")
    page.wait_for_url(re.compile(rf"{PILE}\d+/(\?|$)"))
    expect(page.locator("form[data-controller=assess]")).to_have_attribute("data-live", "")
    expect(page.get_by_text("Warganya <b>sudah</b> lama bertukar kunjungan.")).to_be_visible()
    clean(grader)
    seen = []
    for turn in range(3):
        seen.append(grader.path)
        expect(page.locator("[data-progress]")).to_have_text(f"{turn} dari 3 dinilai")
        reasons, language = (criterion(grader, name).get_by_role("radio") for name in ("Alasan", "Bahasa"))
        tab_to(reasons.first)
        keys.press("2")
        expect(reasons.nth(1)).to_be_checked()
        expect(reasons.nth(1)).to_be_focused()
        keys.press("Tab")
        keys.press("1")
        expect(language.first).to_be_checked()
        keys.press("ArrowDown")
        expect(language.nth(1)).to_be_checked()
        keys.press("1")
        keys.press("Tab")
        keys.type("Tambah 1 alasan.")
        expect(language.first).to_be_checked()
        expect(page.get_by_text(KEPT)).to_be_visible()
        before = grader.path
        keys.press("Control+Enter")
        page.wait_for_function("path => location.pathname + location.search !== path", arg=before)
    assert len(set(seen)) == 3
    assert grader.path == f"{QUEUE}?angkatan=demo"
    expect(page.get_by_text("Semua sudah dinilai. Terima kasih!")).to_be_visible()
    grader.follow("Lihat semua jawaban")
    clean(grader)
    page.go_back()
    grader.go(seen[0])
    expect(criterion(grader, "Alasan").get_by_role("radio").nth(1)).to_be_checked()
    expect(page.get_by_text("70 dari 100")).to_be_visible()
    clean(grader)


@pytest.mark.parametrize("visitor", [PHONE, PLAIN_PHONE], indirect=True, ids=str)
def test_three_essays_are_marked_by_touch(grader: Visitor, writers: list[Account], browser: Browser) -> None:
    page = grader.page
    page.get_by_role("link", name="Nilai 3 jawaban").tap()
    page.wait_for_url(re.compile(rf"{PILE}\d+/(\?|$)"))
    if grader.device.has_script:
        clean(grader)
    for _turn in range(3):
        before = grader.path
        for name in ("Alasan", "Bahasa"):
            criterion(grader, name).locator("label").nth(1).tap()
        grader.fill({"Komentar untuk praja (boleh kosong)": "Tambah satu alasan."})
        page.get_by_role("button", name=re.compile("^Simpan")).tap()
        expect(page).not_to_have_url(f"{grader.site.address}{before}")
    expect(page.get_by_text("Semua sudah dinilai. Terima kasih!")).to_be_visible()
    learner = Visitor(browser, grader.site, PHONE)
    learner.sign_in(writers[0])
    learner.go(f"{QUIZ}percobaan/1/")
    assert learner.heading == "Nilai Anda 60"
    expect(learner.page.get_by_text("Tambah satu alasan.")).to_be_visible()
    expect(learner.page.locator(".is-chosen")).to_have_count(2)
    clean(learner)
    learner.leave()
    assert learner.complaints == []


@pytest.mark.parametrize("visitor", [DESK], indirect=True, ids=str)
def test_what_could_not_be_kept_is_kept_once_the_connection_is_back(grader: Visitor) -> None:
    page = grader.page
    grader.expect("Failed to load resource")
    grader.go(PILE)
    page.route("**/simpan", lambda route: route.abort())
    criterion(grader, "Alasan").locator("label").first.click()
    expect(page.get_by_text("Belum tersimpan. Periksa sambungan; kami coba lagi.")).to_be_visible()
    page.unroute("**/simpan")
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.reload()
    expect(criterion(grader, "Alasan").get_by_role("radio").first).to_be_checked()
    grader.press("Simpan dan lanjut")
    expect(page.get_by_role("alert")).to_contain_text("Yang belum: Bahasa")
    expect(criterion(grader, "Alasan").get_by_role("radio").first).to_be_checked()


@pytest.mark.parametrize("visitor", [PHONE], indirect=True, ids=str)
def test_writing_shows_the_rubric_first(learner: Visitor) -> None:
    page = learner.page
    learner.go(QUIZ)
    learner.press("Mulai")
    learner.go(learner.path)
    expect(page.get_by_text("Tulis jawaban Anda, sekitar 60 kata")).to_be_visible()
    page.get_by_text("Yang dinilai").tap()
    expect(page.get_by_text("Tiga alasan atau lebih, semuanya dari pelajaran")).to_be_visible()
    clean(learner)
    page.locator("textarea").fill(TEXT)
    expect(page.locator("[data-state='1']")).to_contain_text(re.compile(r"Tersimpan \d\d\.\d\d"))
