"""Every page of the product, in each state worth looking at, for pictures and for the accessibility tests alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser import running
from tests.browser.chromium import Visitor
from tests.browser.cohorts import ARCHIVED, BY_MAIL, EMPTY, FORMER, INVENTED, LEARNER, NAMES, ONE_TIME, RUNNING, table
from tests.browser.live import COURSE
from tests.browser.scene import NOBODY, Scene

HOME = "/"
OUTLINE = f"/kursus/{COURSE}/"
SCORES = f"/rekap/{COURSE}/"
EXCEPTIONS = f"{SCORES}kuis/kuis-paradiplomasi/pengecualian/"
SYNTHETIC = f"{SCORES}?angkatan=contoh-sintetis"
KEYS = f"{SCORES}kuis/kuis-paradiplomasi/kunci/"
SETS, TELLING, MEETINGS = f"{RUNNING}kelompok/", f"{RUNNING}pengumuman/", f"{RUNNING}hadir/"
DIVIDING = "kelompok/baru?name=Kelompok+FGD&smallest=6&largest=8&count=&seed=benih&way="
COPYING = "jadwal/salin?dari=angkatan-xxxvi"


CONFIRM = "Ketik nama penggunanya untuk memastikan"


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
        answer = visitor.go(self.path.format(**scene.values))
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


def _mistype_too_often(visitor: Visitor) -> None:
    for _turn in range(6):
        visitor.fill({"Nama pengguna": "terlalu-sering", "Kata sandi": "bukan-ini"})
        visitor.press("Masuk")
    expect(visitor.page.locator(".field-error")).to_contain_text("Terlalu banyak percobaan")


def _mistype_a_code(visitor: Visitor) -> None:
    new = "kata-sandi-yang-belum-pernah"
    visitor.fill({"Nama pengguna": "praja", "Kode": "2222-AAAA"})
    visitor.fill({"Kata sandi baru": new, "Kata sandi baru, sekali lagi": new})
    visitor.press("Simpan kata sandi baru")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _choose_a_weak_one(visitor: Visitor) -> None:
    visitor.choose_password("rahasia123")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _create_somebody(visitor: Visitor) -> None:
    visitor.fill({"Nama pengguna": f"akun-{time.time_ns()}", "Nama lengkap": "Baiq Nirmala"})
    visitor.press("Buat akun")
    expect(visitor.page.locator(".secret")).to_be_visible()


def _mistype_whom(visitor: Visitor) -> None:
    visitor.fill({CONFIRM: "bukan-dia"})
    visitor.press("Hapus untuk selamanya")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _erase_somebody(visitor: Visitor) -> None:
    username = f"akun-{time.time_ns()}"
    visitor.fill({"Nama pengguna": username, "Nama lengkap": "Baiq Nirmala"})
    visitor.press("Buat akun")
    visitor.go(f"/admin/orang/{username}/hapus")
    visitor.fill({CONFIRM: username})
    visitor.press("Hapus untuk selamanya")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Praja terhapus")


def _issue_a_code(visitor: Visitor) -> None:
    visitor.press("Beri kode lupa kata sandi")
    expect(visitor.page.locator(".secret")).to_be_visible()


def _leave_the_name_empty(visitor: Visitor) -> None:
    visitor.fill({"Nama angkatan": " "})
    visitor.press("Simpan nama")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _excuse_nobody(visitor: Visitor) -> None:
    visitor.fill({"Waktu, menit (0: tanpa batas)": "banyak", "Alasan; dibaca praja": "Listrik padam."})
    visitor.press("Beri pengecualian")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _paste(table: str) -> Callable[[Visitor], None]:
    def act(visitor: Visitor) -> None:
        visitor.fill({running.PASTED: table})
        visitor.press("Lihat pratinjau")

    return act


WITH_PROBLEMS = "NPP\tNama\n36,1\tMa'ruf\n36.0003\t\n36.0004\tCut Nyak\n36.0004\tCut Meutia\n36.0005\tAndi"


def _import(visitor: Visitor) -> None:
    """Somebody new each time, so that there is something to import."""
    _paste(f"NPP\tNama\n{time.time_ns()}\tI Gusti Ngurah Contoh")(visitor)
    running.start(visitor, "Impor 1 baris")
    expect(visitor.page.get_by_role("status").last).to_contain_text("Selesai. Akun baru: 1")


def _lose_the_connection(visitor: Visitor) -> None:
    visitor.expect("Failed to load resource")
    visitor.page.route("**/jalankan", lambda route: route.abort())
    _paste(f"NPP\tNama\n{time.time_ns()}\tI Gusti Ngurah Contoh")(visitor)
    running.start(visitor, "Impor 1 baris")
    expect(visitor.page.get_by_role("status").last).to_contain_text("Terputus")


def _make_slips(visitor: Visitor) -> None:
    running.start(visitor, "Ya, buat kartunya")
    expect(visitor.page.get_by_role("status").last).to_contain_text("Selesai")


def _make_slips_without_script(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.locator("form.finish").evaluate("form => form.submit()")
    expect(visitor.page.locator(".slips")).to_be_visible()


def _close_before_opening(visitor: Visitor) -> None:
    visitor.page.locator("#tutup-kuis-sister-city").fill("2026-01-01T08:00")
    visitor.press("Simpan jadwal")
    expect(visitor.page.locator(".field-error")).to_be_visible()


def _preview_a_key(visitor: Visitor) -> None:
    visitor.page.get_by_label("Beri nilai penuh").check()
    visitor.page.get_by_label("Alasan").first.fill("Soalnya rancu.")
    visitor.press("Lihat akibatnya")
    expect(visitor.page.get_by_role("button", name="Terapkan")).to_be_visible()


def _mend_without_a_reason(visitor: Visitor) -> None:
    visitor.expect("status of 400")
    visitor.page.get_by_label("Alasan").first.fill(" ")
    visitor.press("Lihat akibatnya")
    expect(visitor.page.get_by_role("alert")).to_be_visible()


def _preview_an_announcement(visitor: Visitor) -> None:
    visitor.fill({"Judul": "Kelas besar", "Teks, ditulis dalam Markdown": "## Bawalah\n\n- ponsel\n- **catatan**"})
    visitor.press("Pratinjau")
    expect(visitor.page.locator(".preview")).to_be_visible()


def _announce_nothing(visitor: Visitor) -> None:
    visitor.fill({"Judul": " ", "Teks, ditulis dalam Markdown": " "})
    visitor.press("Simpan")
    expect(visitor.page.locator(".field-error")).to_have_count(2)


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
    expect(check.get_by_role("status")).to_have_text("Jawab dahulu.")


PAGES = [
    Place("masuk", NOBODY, "/masuk"),
    Place("masuk, salah sandi", NOBODY, "/masuk", _mistype, status=400),
    Place("masuk, terlalu sering", NOBODY, "/masuk", _mistype_too_often, status=400),
    Place("lupa kata sandi", NOBODY, "/lupa-sandi"),
    Place("lupa kata sandi, kode salah", NOBODY, "/lupa-sandi", _mistype_a_code, status=400),
    Place("kata sandi sendiri", "praja berkartu", "/akun/kata-sandi"),
    Place("kata sandi sendiri, lemah", "praja berkartu", "/akun/kata-sandi", _choose_a_weak_one, status=400),
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
    Place("kursus, dibuka", "praja", OUTLINE, running.unfold),
    Place("modul", "praja", f"{OUTLINE}modul/sister-city/"),
    Place("modul, cetak", "praja", f"{OUTLINE}modul/sister-city/?cetak"),
    Place("pelajaran, refleksi", "praja", f"{OUTLINE}asal-usul-sister-city/", _write_a_note),
    Place("pelajaran selesai", "praja", f"{OUTLINE}mengapa-daerah-bertindak/"),
    Place("pelajaran dengan cek", "praja", f"{OUTLINE}asal-usul-sister-city/"),
    Place("pelajaran, dibuka", "praja", f"{OUTLINE}asal-usul-sister-city/", running.unfold),
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
    Place("percobaan, daftar dibuka", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/", running.unfold),
    Place("percobaan, luring", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/", _answer_offline),
    Place("percobaan, English", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/", language="en"),
    Place("kirim", "praja", f"{OUTLINE}kuis-sister-city/percobaan/2/kirim"),
    Place("nilai, belum lulus", "praja", f"{OUTLINE}kuis-sister-city/percobaan/1/"),
    Place("nilai, lulus", "praja", f"{OUTLINE}kuis-paradiplomasi/percobaan/1/"),
    Place("nilai, English", "praja", f"{OUTLINE}kuis-sister-city/percobaan/1/", language="en"),
    Place("latihan ulang", "praja", f"{OUTLINE}latihan/", running.unfold),
    Place("latihan ulang, soal", "praja", f"{OUTLINE}latihan/" + "{latihan}/{soal_latihan}/"),
    Place("latihan ulang, terjawab", "praja", f"{OUTLINE}latihan/" + "{terlatih}/{soal_terlatih}/"),
    Place("latihan ulang, English", "praja", f"{OUTLINE}latihan/" + "{terlatih}/{soal_terlatih}/", language="en"),
    Place("latihan ulang, kosong", "praja baru", f"{OUTLINE}latihan/"),
    Place("latihan ulang, pratinjau", "dosen", f"{OUTLINE}latihan/"),
    Place("capaian, latihan dan kuis", "praja", f"{OUTLINE}capaian/", running.unfold),
    Place("capaian, sebelum latihan", "praja baru", f"{OUTLINE}capaian/"),
    Place("akun", "praja", "/akun"),
    Place("data saya", "praja", "/akun/data"),
    Place("akun, salah", "praja", "/akun", _mistake_passwords, status=400),
    Place("rekap, bukan haknya", "praja", SCORES, status=403),
    Place("tidak ada", "praja", f"{OUTLINE}tidak-ada/", status=404),
    Place("beranda", "praja tamat", HOME),
    Place("kursus", "praja tamat", OUTLINE),
    Place("beranda dengan pengumuman", "praja angkatan", HOME),
    Place("beranda dengan pengumuman, English", "praja angkatan", HOME, language="en"),
    Place("kursus dengan jadwal", "praja angkatan", OUTLINE, running.unfold),
    Place("kuis belum dibuka", "praja angkatan", f"{OUTLINE}kuis-sister-city/"),
    Place("pengumuman", "praja angkatan", TELLING),
    Place("kelompok saya", "praja angkatan", f"{RUNNING}kelompok-saya"),
    Place("kelompok saya, belum ada", "praja", "/angkatan/demo/kelompok-saya"),
    Place("kehadiran", "praja angkatan", "/hadir"),
    Place("kehadiran, dari QR", "praja angkatan", "/hadir/{hadir}"),
    Place("kehadiran, kode salah", "praja angkatan", "/hadir/2222AAAA", status=400),
    Place("akun di dua perangkat", "praja angkatan", "/akun"),
    Place("keluar dari semua perangkat", "praja angkatan", "/akun/keluar-semua"),
    Place("praja angkatan, bukan haknya", "praja angkatan", RUNNING, status=403),
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
    Place("esai, belum ada", "instruktur", f"{SCORES}esai/"),
    Place("praja", "instruktur", SCORES + "praja/{praja}/"),
    Place("percobaan praja", "instruktur", SCORES + "praja/{praja}/kuis-paradiplomasi/1/"),
    Place("pengecualian kuis", "instruktur", EXCEPTIONS + "?praja={praja}"),
    Place("pengecualian kuis, belum benar", "instruktur", EXCEPTIONS, _excuse_nobody, status=400),
    Place("mencabut pengecualian", "instruktur", EXCEPTIONS + "{pengecualian}/cabut"),
    Place("kuis dengan kunci", "instruktur", f"{OUTLINE}kuis-paradiplomasi/"),
    Place("kunci", "instruktur", KEYS),
    Place("kunci satu soal", "instruktur", KEYS + "pengenal-istilah/"),
    Place("kunci satu soal, belum lengkap", "instruktur", KEYS + "pengenal-istilah/", _mend_without_a_reason),
    Place("kunci satu soal, pratinjau", "instruktur", KEYS + "pengenal-istilah/", _preview_a_key),
    Place("kode gabung", "instruktur", "/angkatan/demo/gabung"),
    Place("kode gabung, tayangan", "instruktur", "/angkatan/demo/gabung?tayang"),
    Place("kode gabung, tertutup", "instruktur", "/angkatan/contoh-sintetis/gabung"),
    Place("kode gabung, ganti", "instruktur", "/angkatan/demo/gabung/kode-baru"),
    Place("kode gabung, di arsip", "instruktur", f"{ARCHIVED}gabung"),
    Place("kode gabung, tayangan tertutup", "instruktur", f"{EMPTY}gabung?tayang"),
    Place("angkatan", "instruktur", f"{SCORES}angkatan/", running.unfold),
    Place("praja angkatan", "instruktur", RUNNING, running.unfold),
    Place("praja angkatan, English", "instruktur", RUNNING, running.unfold, language="en"),
    Place("praja angkatan, belum ada", "instruktur", EMPTY),
    Place("praja angkatan, 393", "instruktur", INVENTED),
    Place("praja angkatan, tidak ditemukan", "instruktur", f"{RUNNING}?cari=tidak+ada+nama+ini"),
    Place("praja angkatan, di arsip", "instruktur", ARCHIVED),
    Place("anggota", "instruktur", f"{RUNNING}praja/{LEARNER}/"),
    Place("anggota, sudah keluar", "instruktur", f"{RUNNING}praja/{FORMER}/"),
    Place("anggota, keluarkan", "instruktur", f"{RUNNING}praja/{LEARNER}/keluarkan"),
    Place("anggota, kode lupa sandi", "instruktur", f"{RUNNING}praja/{LEARNER}/", _issue_a_code),
    Place("pengaturan", "instruktur", f"{RUNNING}pengaturan"),
    Place("pengaturan, nama kosong", "instruktur", f"{RUNNING}pengaturan", _leave_the_name_empty, status=400),
    Place("pengaturan, di arsip", "instruktur", f"{ARCHIVED}pengaturan"),
    Place("arsipkan", "instruktur", f"{RUNNING}arsipkan"),
    Place("impor", "instruktur", f"{EMPTY}impor"),
    Place("impor, kosong", "instruktur", f"{EMPTY}impor", _paste(" "), status=400),
    Place("impor, bermasalah", "instruktur", f"{EMPTY}impor", _paste(WITH_PROBLEMS)),
    Place("impor, berkas lain", "instruktur", f"{EMPTY}impor", _paste("Kota;Negara\nBandung;Jerman")),
    Place("impor, pratinjau", "instruktur", f"{RUNNING}impor", _paste(table([*NAMES] * 3, first=101))),
    Place("impor, tidak ada yang baru", "instruktur", f"{RUNNING}impor", _paste(table(NAMES[:8]))),
    Place("impor, selesai", "instruktur", f"{ARCHIVED}impor", _import),
    Place("impor, terputus", "instruktur", f"{ARCHIVED}impor", _lose_the_connection),
    Place("kartu akun", "instruktur", f"{RUNNING}kartu"),
    Place("kartu akun, belum ada praja", "instruktur", f"{EMPTY}kartu"),
    Place("kartu akun, siapkan", "instruktur", f"{RUNNING}kartu/siapkan?untuk=belum", running.unfold),
    Place("kartu akun, ganti", "instruktur", f"{RUNNING}kartu/siapkan?untuk=seorang&nama_pengguna={LEARNER}"),
    Place("kartu akun, tidak ada", "instruktur", f"{RUNNING}kartu/siapkan?untuk=seorang&nama_pengguna=x"),
    Place("kartu akun, dibuat", "instruktur", f"{RUNNING}kartu/siapkan?untuk=sementara", _make_slips),
    Place(
        "kartu akun, dibuat tanpa skrip",
        "instruktur",
        f"{RUNNING}kartu/siapkan?untuk=seorang&nama_pengguna={ONE_TIME}",
        _make_slips_without_script,
    ),
    Place("kelompok", "instruktur", SETS, running.unfold),
    Place("kelompok, belum ada", "instruktur", f"{EMPTY}kelompok/"),
    Place("kelompok, baru", "instruktur", f"{RUNNING}kelompok/baru"),
    Place("kelompok, salah isi", "instruktur", f"{RUNNING}kelompok/baru?name=&way=acak&largest=x", status=400),
    Place("kelompok, pratinjau", "instruktur", f"{RUNNING}{DIVIDING}acak"),
    Place("kelompok, pratinjau 393", "instruktur", f"{INVENTED}{DIVIDING}merata:provinsi"),
    Place("kelompok, pratinjau dengan tangan", "instruktur", f"{RUNNING}{DIVIDING}tangan"),
    Place("pembagian", "instruktur", SETS + "{fgd}/", running.unfold),
    Place("pembagian, kelompok kosong", "instruktur", SETS + "{kosong}/"),
    Place("pembagian, dihapus", "instruktur", SETS + "{terhapus}/"),
    Place("pembagian, hapus", "instruktur", SETS + "{fgd}/hapus"),
    Place("pembagian, 393 dalam 56", "instruktur", f"{INVENTED}kelompok/" + "{aula}/"),
    Place("satu kelompok", "instruktur", SETS + "{fgd}/{kelompok}/"),
    Place("satu kelompok, kosong", "instruktur", SETS + "{kosong}/{kelompok_kosong}/"),
    Place("satu kelompok, hapus", "instruktur", SETS + "{kosong}/{kelompok_kosong}/hapus"),
    Place("kelompok saya, bukan praja", "instruktur", f"{RUNNING}kelompok-saya"),
    Place("jadwal", "instruktur", f"{RUNNING}jadwal", running.unfold),
    Place("jadwal, menurut berkas", "instruktur", f"{EMPTY}jadwal"),
    Place("jadwal, salah", "instruktur", f"{RUNNING}jadwal", _close_before_opening, status=400),
    Place("jadwal, salin", "instruktur", f"{EMPTY}jadwal/salin"),
    Place("jadwal, salin, pratinjau", "instruktur", f"{EMPTY}{COPYING}&hari=364&mulai="),
    Place("jadwal, salin, salah", "instruktur", f"{EMPTY}{COPYING}&hari=setahun&mulai=", status=400),
    Place("jadwal, salin, tanpa tanggal", "instruktur", f"{EMPTY}jadwal/salin?dari=angkatan-kosong&hari=7&mulai="),
    Place("jadwal, geser", "instruktur", f"{RUNNING}{COPYING}&hari=7&mulai="),
    Place("jadwal, hapus", "instruktur", f"{RUNNING}jadwal/hapus"),
    Place("pengumuman", "instruktur", TELLING, running.unfold),
    Place("pengumuman, belum ada", "instruktur", f"{EMPTY}pengumuman/"),
    Place("pengumuman, tulis", "instruktur", f"{TELLING}baru"),
    Place("pengumuman, kosong", "instruktur", f"{TELLING}baru", _announce_nothing, status=400),
    Place("pengumuman, pratinjau", "instruktur", f"{TELLING}baru", _preview_an_announcement),
    Place("pengumuman, ubah", "instruktur", TELLING + "{pengumuman}/"),
    Place("pengumuman, ubah yang ditarik", "instruktur", TELLING + "{ditarik}/"),
    Place("pengumuman, tarik", "instruktur", TELLING + "{pengumuman}/tarik"),
    Place("daftar hadir", "instruktur", MEETINGS),
    Place("daftar hadir, belum ada", "instruktur", f"{EMPTY}hadir/"),
    Place("pertemuan, terbuka", "instruktur", MEETINGS + "{pertemuan}/", running.unfold),
    Place("pertemuan, belum hadir", "instruktur", MEETINGS + "{lewat}/?saring=belum"),
    Place("pertemuan, tidak ditemukan", "instruktur", MEETINGS + "{lewat}/?cari=tidak+ada+nama+ini"),
    Place("pertemuan, ditutup", "instruktur", MEETINGS + "{lewat}/"),
    Place("pertemuan, tayangan", "instruktur", MEETINGS + "{pertemuan}/?tayang"),
    Place("pertemuan, tayangan tertutup", "instruktur", MEETINGS + "{lewat}/?tayang"),
    Place("pertemuan, cetak", "instruktur", MEETINGS + "{lewat}/cetak"),
    Place("catatan angkatan, berjalan", "instruktur", f"{RUNNING}catatan"),
    Place("catatan angkatan, belum ada", "admin", f"{INVENTED}catatan?cari=tidak+ada"),
    Place("beranda", "admin", HOME),
    Place("kursus", "admin", OUTLINE),
    Place("rekap", "admin", SCORES),
    Place("akun", "admin", "/akun"),
    Place("orang", "admin", "/admin/"),
    Place("orang, English", "admin", "/admin/?peran=staf", language="en"),
    Place("orang, tidak ditemukan", "admin", "/admin/?cari=tidak+ada+nama+ini"),
    Place("akun baru", "admin", "/admin/orang-baru"),
    Place("akun baru, ditolak", "admin", "/admin/orang-baru", _take_a_taken_name, status=409),
    Place("akun baru, dibuat", "admin", "/admin/orang-baru", _create_somebody),
    Place("satu orang", "admin", "/admin/orang/dosen/"),
    Place("satu orang tanpa peran", "admin", f"/admin/orang/{FORMER}/"),
    Place("hapus data pribadi", "admin", f"/admin/orang/{FORMER}/hapus"),
    Place("hapus data pribadi, English", "admin", f"/admin/orang/{FORMER}/hapus", language="en"),
    Place("hapus data pribadi, salah ketik", "admin", f"/admin/orang/{FORMER}/hapus", _mistype_whom, status=400),
    Place("hapus data pribadi, sudah", "admin", "/admin/orang-baru", _erase_somebody),
    Place("satu orang, nama pengguna panjang", "admin", f"/admin/orang/{BY_MAIL}/"),
    Place("orang, nama pengguna panjang", "admin", f"/admin/?cari={BY_MAIL}"),
    Place("satu orang, rekaan", "admin", "/admin/orang/{praja}/"),
    Place("satu orang, kode lupa sandi", "admin", f"/admin/orang/{FORMER}/", _issue_a_code),
    Place("cabut peran", "admin", f"/admin/orang/dosen/peran/dosen/kursus:{COURSE}/cabut"),
    Place("keluarkan dari perangkat", "admin", "/admin/orang/dosen/keluarkan"),
    Place("kata sandi sekali pakai", "admin", "/admin/orang/dosen/kata-sandi"),
    Place("catatan", "admin", "/admin/catatan"),
    Place("catatan, tidak ditemukan", "admin", "/admin/catatan?cari=tidak+ada+catatan+ini"),
    Place("catatan angkatan", "instruktur", "/angkatan/demo/catatan"),
]
