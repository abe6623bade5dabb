"""Cohorts to look at: one that runs, one that is empty, one in the archive, and the invented one in 56 groups."""

from tests.browser import running
from tests.browser.chromium import Visitor
from tests.browser.live import Account

RUNNING = "/angkatan/angkatan-xxxvi/"
EMPTY = "/angkatan/angkatan-kosong/"
ARCHIVED = "/angkatan/angkatan-xxxv/"
INVENTED = "/angkatan/contoh-sintetis/"

NAMES = [
    "I Gusti Ngurah Agung Wiratmaja",
    "Suharti",
    "Ni Luh Putu Sri Rahayu Ningsih Kusumawardhani",
    "Ma'ruf Amiruddin",
    "Dr. Siti Aminah, S.IP., M.Si.",
    "Yosef Baransano",
    "Cut Nyak Meutia",
    "Andi Tenri Ajeng",
    "Gerald Rumondor",
    "Lalu Gede Satriawan",
    "Theresia Wenda",
    "Raden Mas Adi Nugroho",
]
PROVINCES = ["Bali", "Papua", "Sulawesi Utara"]
LEARNER, ONE_TIME, FORMER = "36.0001", "36.0002", "36.0012"
"""Who has a password of their own, who the one of a slip, and who was taken out."""
BY_MAIL = "ni.made.ayu.kusumawardhani.2026@praja.ipdn.ac.id"
"""A name without a place to break it."""

LONG = """\
Kita bertemu di **aula utama** pukul 08.00 WITA. Bawalah:

1. ponsel yang terisi penuh,
2. catatan modul *Sister City*.

> Yang berhalangan memberi kabar sebelum pukul 07.00.

Bacaan: [laman IPDN](https://www.ipdn.ac.id/).
"""


def set_up(visitor: Visitor, values: dict[str, str]) -> Account:
    """By an instruktur without script: numbers and codes for addresses go into `values`; gives a learner's slip."""
    running.found(visitor, "Angkatan kosong")
    running.found(visitor, "Angkatan XXXV")
    visitor.go(f"{ARCHIVED}arsipkan")
    visitor.press("Ya, arsipkan")
    running.found(visitor, "Angkatan XXXVI")
    _fill(visitor)
    _schedule(visitor)
    values |= _groups(visitor) | _announcements(visitor) | _meetings(visitor)
    return running.slip_for(visitor, RUNNING, LEARNER)


def table(names: list[str] = NAMES, first: int = 1) -> str:
    """As it is copied from Excel; the last two are in no group yet."""
    lines = ["NPP\tNama\tKelompok FGD\tProvinsi\tJenis kelamin"]
    for place, name in enumerate(names):
        group = f"Kelompok {place % 2 + 1}" if place < len(names) - 2 else ""
        lines.append(f"36.{first + place:04}\t{name}\t{group}\t{PROVINCES[place % 3]}\t{'LP'[place % 2]}")
    return "\n".join(lines)


def _fill(visitor: Visitor) -> None:
    running.paste(visitor, RUNNING, f"{table()}\n{BY_MAIL}\tNi Made Ayu Kusumawardhani")
    visitor.press(f"Impor {len(NAMES) + 1} baris")
    running.remove(visitor, RUNNING, FORMER)
    running.slip_for(visitor, RUNNING, ONE_TIME)


def _schedule(visitor: Visitor) -> None:
    opens = {"mengapa-daerah-bertindak": running.in_days(-7), "kuis-sister-city": running.in_days(7)}
    running.set_dates(visitor, RUNNING, opens, {"kuis-sister-city": running.in_days(21)})


def _groups(visitor: Visitor) -> dict[str, str]:
    """Besides those that came with the roster: a set that was deleted, one by hand, and one of a whole hall."""
    visitor.go(f"{RUNNING}kelompok/")
    visitor.follow("Kelompok FGD")
    fgd = running.number(visitor.path)
    visitor.follow("Kelompok 1")
    group = running.number(visitor.path)
    empty_set = running.divide(visitor, RUNNING, "Capstone", "Dengan tangan: kelompok kosong")
    visitor.follow("Kelompok 1")
    empty_group = running.number(visitor.path)
    deleted = running.divide(visitor, RUNNING, "Percobaan", "Acak")
    visitor.go(f"{deleted}hapus")
    visitor.press("Ya, hapus")
    hall = running.divide(visitor, INVENTED, "Kelompok aula", "Acak, merata menurut provinsi")
    return {
        "fgd": fgd,
        "kelompok": group,
        "kosong": running.number(empty_set),
        "kelompok_kosong": empty_group,
        "terhapus": running.number(deleted),
        "aula": running.number(hall),
    }


def _announcements(visitor: Visitor) -> dict[str, str]:
    running.announce(visitor, RUNNING, "Kelas besar hari Jumat", LONG)
    running.announce(visitor, RUNNING, "Tugas kelompok", "Pilih *satu* kota.", group="Kelompok FGD · Kelompok 1")
    running.announce(visitor, RUNNING, "Pengingat kuis", "Kuis dibuka.", appears=running.in_days(7))
    running.announce(visitor, RUNNING, "Salah ruang", "Abaikan.")
    running.withdraw(visitor, RUNNING, "Salah ruang")
    numbers = {}
    for name, title in (("pengumuman", "Kelas besar hari Jumat"), ("ditarik", "Salah ruang")):
        visitor.go(f"{RUNNING}pengumuman/")
        visitor.follow("Ubah", visitor.page.get_by_role("listitem").filter(has_text=title))
        numbers[name] = running.number(visitor.path)
    return numbers


def _meetings(visitor: Visitor) -> dict[str, str]:
    """One that is over, and one that is open."""
    over = running.open_meeting(visitor, RUNNING, "Pertemuan 1, Aula")
    for note, place in (("Hadir", 0), ("Izin", 1), ("Sakit", 2)):
        line = visitor.page.locator("main form .rows > li").nth(place)
        with visitor.page.expect_navigation():
            line.get_by_role("button", name=note).click()
    visitor.press("Tutup sekarang")
    open_ = running.open_meeting(visitor, RUNNING, "Pertemuan 2, Aula")
    return {
        "lewat": running.number(over),
        "pertemuan": running.number(open_),
        "hadir": running.code(visitor),
    }
