"""What those who run a cohort do on its pages, a step a function; each begins by going to the page it needs."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import FilePayload

from foundation.local_time import field_value
from tests.browser.chromium import Visitor
from tests.browser.live import COURSE, Account

COHORTS = f"/rekap/{COURSE}/angkatan/"
PASTED = "Atau tempelkan tabel dari Excel"


def found(visitor: Visitor, name: str) -> str:
    """The address of a new cohort."""
    visitor.go(COHORTS)
    visitor.fill({"Nama angkatan": name})
    visitor.press("Buat angkatan")
    return visitor.path


def turn_to(visitor: Visitor, page: str) -> None:
    """Another page of the cohort, by its menu; a phone unfolds that first."""
    menu = visitor.page.get_by_role("navigation", name="Halaman angkatan")
    if not menu.is_visible():
        visitor.page.locator("details.menu > summary").click()
    visitor.follow(page, menu)


def paste(visitor: Visitor, cohort: str, table: str) -> None:
    """As far as the preview."""
    visitor.go(f"{cohort}impor")
    visitor.fill({PASTED: table})
    visitor.press("Lihat pratinjau")


def upload(visitor: Visitor, name: str, content: bytes) -> None:
    """The same with a file, from whichever page asks for one."""
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    visitor.page.get_by_label("Berkas CSV").set_input_files(file)
    visitor.press("Lihat pratinjau")


def start(visitor: Visitor, button: str) -> None:
    """Press the button of a form that works in portions; before its script has come it would send all of it at once."""
    visitor.page.wait_for_load_state("networkidle")
    visitor.tap(button)


def slip_for(visitor: Visitor, cohort: str, username: str) -> Account:
    """The account on a slip made for one person; without script."""
    visitor.go(f"{cohort}kartu/siapkan?untuk=seorang&nama_pengguna={username}")
    visitor.press("Ya, buat kartunya")
    (account,) = slips(visitor)
    return account


def slips(visitor: Visitor) -> list[Account]:
    """What stands on the slips of this page."""
    codes = visitor.page.locator(".slips code").all_inner_texts()
    return [Account(*pair) for pair in zip(codes[::2], codes[1::2], strict=True)]


def remove(visitor: Visitor, cohort: str, username: str) -> None:
    visitor.go(f"{cohort}praja/{username}/")
    visitor.follow("Keluarkan dari angkatan")
    visitor.press("Ya, keluarkan")


def in_days(days: int) -> str:
    """The time of day it is now, as a field for a moment takes it."""
    return field_value(datetime.now().astimezone() + timedelta(days=days))


def set_dates(visitor: Visitor, cohort: str, opens: dict[str, str], closes: dict[str, str]) -> None:
    """Activity -> when it opens or closes, here."""
    visitor.go(f"{cohort}jadwal")
    unfold(visitor)
    for side, moments in (("buka", opens), ("tutup", closes)):
        for activity, moment in moments.items():
            visitor.page.locator(f"#{side}-{activity}").fill(moment)
    visitor.press("Simpan jadwal")


def unfold(visitor: Visitor) -> None:
    folds = visitor.page.locator("main details:not(.menu), .aid")
    folds.evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")


def divide(visitor: Visitor, cohort: str, name: str, way: str) -> str:
    """The address of a new set of groups, of six to eight each."""
    visitor.go(f"{cohort}kelompok/baru")
    visitor.fill({"Nama pembagian": name})
    visitor.page.get_by_label("Cara membagi").select_option(label=way)
    visitor.press("Lihat pratinjau")
    visitor.press("Simpan pembagian ini")
    return visitor.path


def announce(visitor: Visitor, cohort: str, title: str, text: str, group: str = "", appears: str = "") -> None:
    visitor.go(f"{cohort}pengumuman/baru")
    visitor.fill({"Judul": title, "Teks, ditulis dalam Markdown": text})
    if group:
        visitor.page.get_by_label("Untuk", exact=True).select_option(label=group)
    visitor.page.get_by_label("Tampil pada").fill(appears)
    visitor.press("Simpan")


def withdraw(visitor: Visitor, cohort: str, title: str) -> None:
    visitor.go(f"{cohort}pengumuman/")
    visitor.follow("Tarik", visitor.page.get_by_role("listitem").filter(has_text=title))
    visitor.press("Ya, tarik")


def open_meeting(visitor: Visitor, cohort: str, title: str) -> str:
    """The address of a meeting whose code is valid for half an hour."""
    visitor.go(f"{cohort}hadir/")
    visitor.fill({"Judul pertemuan": title})
    visitor.page.get_by_label("Kode berlaku").select_option(label="30 menit")
    visitor.press("Buka dan tampilkan kode")
    return visitor.path


def code(visitor: Visitor) -> str:
    """The code on the poster of this page."""
    return visitor.page.locator(".poster .code").inner_text()


def number(path: str) -> str:
    """The last number of an address."""
    return re.findall(r"[0-9]+", path)[-1]
