"""Every page of the product, in each state worth looking at, for pictures and for the accessibility tests alike."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.chromium import Visitor
from tests.browser.live import COURSE
from tests.browser.scene import NOBODY, Scene

HOME = "/"
OUTLINE = f"/kursus/{COURSE}/"
SCORES = f"/rekap/{COURSE}/"
SYNTHETIC = f"{SCORES}?angkatan=contoh-sintetis"


@dataclass(frozen=True)
class Place:
    """A page as somebody meets it; `act` is what they do there before it is looked at."""

    name: str
    who: str
    path: str
    act: Callable[[Visitor], None] | None = None
    status: int = 200
    language: str = "id"

    def __str__(self) -> str:
        return f"{self.who}: {self.name}".replace(" ", "-")

    def open(self, visitor: Visitor, scene: Scene) -> None:
        if self.status >= 400:
            visitor.expect(f"status of {self.status}")
        if self.language != "id":
            visitor.context.add_cookies([{"name": "bahasa", "value": self.language, "url": visitor.site.address}])
        answer = visitor.page.goto(self.path.format(**scene.values))
        assert answer is not None
        if self.act:
            self.act(visitor)
        else:
            assert answer.status == self.status, f"{self.path} answers {answer.status}"


def _mistype(visitor: Visitor) -> None:
    visitor.page.get_by_label("Nama pengguna").fill("praja")
    visitor.page.get_by_label("Kata sandi", exact=True).fill("bukan-ini")
    visitor.press("Masuk")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _misregister(visitor: Visitor) -> None:
    for label, text in (("Nama lengkap", "Made Wirawan"), ("Nama pengguna, misalnya NPP Anda", "md")):
        visitor.page.get_by_label(label).fill(text)
    for label in ("Kata sandi, paling sedikit 10 karakter", "Kata sandi, sekali lagi"):
        visitor.page.get_by_label(label).fill("kurang")
    visitor.press("Buat akun")
    expect(visitor.page.locator(".field-error")).to_have_count(2)


def _mistake_passwords(visitor: Visitor) -> None:
    for label in ("Kata sandi lama", "Kata sandi baru"):
        visitor.page.get_by_label(label, exact=True).fill("kata-sandi-percobaan")
    visitor.page.get_by_label("Kata sandi baru, sekali lagi").fill("kata-sandi-yang-lain")
    visitor.press("Ganti kata sandi")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _take_a_taken_name(visitor: Visitor) -> None:
    visitor.page.get_by_label("Nama pengguna").fill("dosen")
    visitor.page.get_by_label("Nama lengkap").fill("Baiq Nirmala")
    visitor.press("Buat akun")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _unfold(visitor: Visitor) -> None:
    visitor.page.locator("main details, .aid").evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")


def _ask_for_a_term(visitor: Visitor) -> None:
    term = visitor.page.locator(".term").first
    term.focus()
    expect(term.locator("span")).to_be_visible()


def _write_a_note(visitor: Visitor) -> None:
    note = visitor.page.locator(".note")
    note.get_by_role("textbox").fill("Kampus di kota kami punya kerja sama dengan Darwin.")
    visitor.tap("Simpan catatan", note)
    expect(note.get_by_role("status")).to_contain_text("Tersimpan")


def _answer_offline(visitor: Visitor) -> None:
    visitor.expect("ERR_INTERNET_DISCONNECTED|Failed to load resource")
    visitor.context.set_offline(True)
    visitor.page.locator("#soal-5 label").first.click()
    expect(visitor.page.locator("#soal-5")).to_contain_text("Belum tersimpan")


def _ask_empty_check(visitor: Visitor) -> None:
    check = visitor.page.locator("section.check").last
    visitor.tap("Periksa", check)
    expect(check.get_by_role("status")).to_have_text("Pilih jawaban dahulu.")


PAGES = [
    Place("masuk", NOBODY, "/masuk"),
    Place("masuk, salah sandi", NOBODY, "/masuk", _mistype, status=400),
    Place("tidak ada", NOBODY, "/tidak-ada", status=404),
    Place("gabung", NOBODY, "/gabung"),
    Place("gabung, kode salah", NOBODY, "/gabung/2222AAAA", status=400),
    Place("gabung, tamu", NOBODY, "/gabung/{kode}"),
    Place("daftar", NOBODY, "/daftar?kode={kode}"),
    Place("daftar, salah isi", NOBODY, "/daftar?kode={kode}", _misregister, status=400),
    Place("gabung", "belum terdaftar", "/gabung/{kode}"),
    Place("gabung, sudah", "praja", "/gabung/{kode}"),
    Place("beranda", "belum terdaftar", HOME),
    Place("beranda", "praja baru", HOME),
    Place("kursus", "praja baru", OUTLINE),
    Place("kuis", "praja baru", f"{OUTLINE}kuis-sister-city/"),
    Place("beranda", "praja", HOME),
    Place("beranda, English", "praja", HOME, language="en"),
    Place("kursus", "praja", OUTLINE),
    Place("kursus, dibuka", "praja", OUTLINE, _unfold),
    Place("modul", "praja", f"{OUTLINE}modul/sister-city/"),
    Place("modul, cetak", "praja", f"{OUTLINE}modul/sister-city/?cetak"),
    Place("pelajaran, refleksi", "praja", f"{OUTLINE}asal-usul-sister-city/", _write_a_note),
    Place("pelajaran selesai", "praja", f"{OUTLINE}mengapa-daerah-bertindak/"),
    Place("pelajaran dengan cek", "praja", f"{OUTLINE}asal-usul-sister-city/"),
    Place("pelajaran, dibuka", "praja", f"{OUTLINE}asal-usul-sister-city/", _unfold),
    Place("pelajaran, cek kosong", "praja", f"{OUTLINE}asal-usul-sister-city/", _ask_empty_check),
    Place("pelajaran, paragraf disorot", "praja", f"{OUTLINE}asal-usul-sister-city/#bandung-braunschweig"),
    Place("pelajaran, istilah dibuka", "praja", f"{OUTLINE}asal-usul-sister-city/", _ask_for_a_term),
    Place("glosarium", "praja", f"{OUTLINE}glosarium/"),
    Place("glosarium, tidak ditemukan", "praja", f"{OUTLINE}glosarium/?cari=tidak+ada+istilah+ini"),
    Place("glosarium, English", "praja", f"{OUTLINE}glosarium/", language="en"),
    Place("pustaka", "praja", f"{OUTLINE}pustaka/"),
    Place("pelajaran dengan gambar", "praja", f"{OUTLINE}tahapan-perjanjian/"),
    Place("pelajaran, English", "praja", f"{OUTLINE}tahapan-perjanjian/", language="en"),
    Place("kuis", "praja", f"{OUTLINE}kuis-sister-city/"),
    Place("percobaan", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/"),
    Place("percobaan, daftar dibuka", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/", _unfold),
    Place("percobaan, luring", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/", _answer_offline),
    Place("percobaan, English", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/", language="en"),
    Place("kirim", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/kirim"),
    Place("nilai, belum lulus", "praja", f"{OUTLINE}kuis-sister-city/percobaan/1/"),
    Place("nilai, lulus", "praja", f"{OUTLINE}kuis-paradiplomasi/percobaan/1/"),
    Place("nilai, English", "praja", f"{OUTLINE}kuis-sister-city/percobaan/1/", language="en"),
    Place("akun", "praja", "/akun"),
    Place("akun, salah", "praja", "/akun", _mistake_passwords, status=400),
    Place("rekap, bukan haknya", "praja", SCORES, status=403),
    Place("tidak ada", "praja", f"{OUTLINE}tidak-ada/", status=404),
    Place("beranda", "praja tamat", HOME),
    Place("kursus", "praja tamat", OUTLINE),
    Place("beranda", "dosen", HOME),
    Place("kursus", "dosen", OUTLINE),
    Place("modul", "dosen", f"{OUTLINE}modul/sister-city/"),
    Place("pelajaran", "dosen", f"{OUTLINE}asal-usul-sister-city/"),
    Place("tayangan", "dosen", f"{OUTLINE}asal-usul-sister-city/?tayang"),
    Place("tayangan, bagian cek", "dosen", f"{OUTLINE}asal-usul-sister-city/?tayang#syarat-berlapis"),
    Place("panduan", "dosen", "/panduan/"),
    Place("panduan, kode masalah", "dosen", "/panduan/kode-masalah/"),
    Place("kuis dengan kunci", "dosen", f"{OUTLINE}kuis-sister-city/"),
    Place("rekap, bukan haknya", "dosen", SCORES, status=403),
    Place("beranda", "instruktur", HOME),
    Place("rekap", "instruktur", SYNTHETIC),
    Place("rekap, English", "instruktur", SYNTHETIC, language="en"),
    Place("rekap, diurutkan", "instruktur", f"{SYNTHETIC}&urut=kuis-sister-city&arah=turun&hal=2"),
    Place("rekap, tidak ditemukan", "instruktur", f"{SYNTHETIC}&cari=tidak+ada+nama+ini"),
    Place("rekap, angkatan demo", "instruktur", f"{SCORES}?angkatan=demo"),
    Place("praja", "instruktur", SCORES + "praja/{praja}/"),
    Place("percobaan praja", "instruktur", SCORES + "praja/{praja}/kuis-paradiplomasi/1/"),
    Place("kuis dengan kunci", "instruktur", f"{OUTLINE}kuis-paradiplomasi/"),
    Place("kode gabung", "instruktur", "/angkatan/demo/gabung"),
    Place("kode gabung, tayangan", "instruktur", "/angkatan/demo/gabung?tayang"),
    Place("kode gabung, tertutup", "instruktur", "/angkatan/contoh-sintetis/gabung"),
    Place("kode gabung, ganti", "instruktur", "/angkatan/demo/gabung/kode-baru"),
    Place("beranda", "admin", HOME),
    Place("kursus", "admin", OUTLINE),
    Place("rekap", "admin", SCORES),
    Place("akun", "admin", "/akun"),
    Place("orang", "admin", "/admin/"),
    Place("orang, English", "admin", "/admin/?peran=staf", language="en"),
    Place("orang, tidak ditemukan", "admin", "/admin/?cari=tidak+ada+nama+ini"),
    Place("akun baru", "admin", "/admin/orang-baru"),
    Place("akun baru, ditolak", "admin", "/admin/orang-baru", _take_a_taken_name, status=409),
    Place("satu orang", "admin", "/admin/orang/dosen/"),
    Place("cabut peran", "admin", f"/admin/orang/dosen/peran/dosen/kursus:{COURSE}/cabut"),
    Place("keluarkan dari perangkat", "admin", "/admin/orang/dosen/keluarkan"),
    Place("kata sandi sekali pakai", "admin", "/admin/orang/dosen/kata-sandi"),
    Place("catatan", "admin", "/admin/catatan"),
    Place("catatan, tidak ditemukan", "admin", "/admin/catatan?cari=tidak+ada+catatan+ini"),
    Place("catatan angkatan", "instruktur", "/angkatan/demo/catatan"),
]
