"""A course of many lessons, the same at every run: text as a lecturer of paradiplomacy would write it. Pure."""

from itertools import count

SIZE = 8 * 1024
"""Bytes that a lesson has at least."""
A_MODULE = 50
"""Lessons in a module."""

PARTS = (
    """## {place} dan mitranya

Kerja sama **{place}** dengan kota mitranya dimulai pada {year}, ketika *wali kota* menandatangani niatnya.
Lihat [tahapannya](../01-modul/01-pelajaran.md#langkah-langkah) dan https://example.org/{year} untuk naskahnya.
Menurut UU Nomor 24 Tahun 2000, perjanjian internasional dibuat oleh Pemerintah Republik Indonesia.[^{number}]
Daerah mengusulkan, `Kemendagri` menelaah, dan Kementerian Luar Negeri memberi surat konfirmasi — tidak sebaliknya.

[^{number}]: Pasal 1, tentang istilah; berlaku sejak {year}.
""",
    """## Langkah-langkah

Urutannya tetap, walau lamanya berbeda:
1. Penjajakan dan pernyataan kehendak (*letter of intent*)
2. Rencana kerja sama, dengan
   - tujuan dan sasaran,
   - anggaran, dan
   - hak serta kewajiban
3. Persetujuan DPRD
4. Penandatanganan di {place}

> Surat konfirmasi bukan izin; ia menyatakan bahwa naskah sudah selaras dengan politik luar negeri.
""",
    """### Perbandingan

| Daerah | Mitra | Sejak | Bidang |
|:-------|:------|------:|--------|
| {place} | Braunschweig | {year} | pendidikan, olahraga |
| Nusa Tenggara Barat | Rhode Island | 2009 | lingkungan |
| DI Yogyakarta | Kyoto | 1985 | kebudayaan |

Paradiplomasi
: hubungan luar negeri oleh pemerintah daerah
Diplomasi publik
: upaya memengaruhi pendapat umum di negara lain
""",
    """::: kasus {place}, {year}
Bupati meminta naskah diteken *sebelum* DPRD bersidang. Apa yang Anda sarankan?

- Menunggu persetujuan DPRD
- Menandatangani pernyataan kehendak saja
:::

::: penting
Naskah tanpa surat konfirmasi **tidak** mengikat, dan biayanya tidak dapat dibebankan pada APBD.
:::
""",
    """Mengapa daerah pergi ke luar negeri? Soldatos menyebut alasan ekonomi, budaya, dan politik; Kuznetsov menambahkan
cara membacanya: sebagai gejala federalisme, nasionalisme, perbatasan, atau globalisasi. Di {place} yang pertama tampak
adalah ekonomi: pasar bagi kerajinan, guru bahasa, dan wisatawan. Sesudah {year} lingkungan menyusul, sebab bantuan
teknis lebih mudah didapat daripada modal. Bandingkan dengan [pelajaran pertama](../01-modul/01-pelajaran.md).
""",
)
CHECK = """::: cek {{#cek-{number}}}
## Siapa yang menerbitkan surat konfirmasi? {{#soal-{number}}}
lihat: ../01-modul/01-pelajaran.md#langkah-langkah

- [ ] DPRD
  > DPRD menyetujui rencananya.
- [x] Kementerian Luar Negeri
- [ ] Gubernur
  > Gubernur ikut menelaah, tidak menerbitkannya.

> **Pembahasan.** Surat konfirmasi diteruskan Mendagri kepada kepala daerah.
:::
"""
PLACES = ("Bandung", "Lombok Tengah", "Mataram", "Surabaya", "Banda Aceh", "Wakatobi", "Sumbawa Barat")


def course(lessons: int) -> dict[str, bytes]:
    """The files of a course, by their paths."""
    files = {"kursus.md": "---\njudul: Kursus ukur\n---\n\nSelamat datang.\n"}
    for number in range(lessons):
        module, place = divmod(number, A_MODULE)
        folder = f"{module + 1:02}-modul" if not module else f"{module + 1:02}-modul-{module + 1}"
        files.setdefault(f"{folder}/modul.md", f"---\njudul: Modul {module + 1}\n---\n")
        name = "01-pelajaran" if not number else f"{place + 1:02}-pelajaran-{number + 1}"
        files[f"{folder}/{name}.md"] = lesson(number)
    return {path: text.encode() for path, text in files.items()}


def lesson(number: int) -> str:
    """One lesson with a `cek` at its end."""
    parts = [f"---\njudul: Pelajaran {number + 1}\nringkasan: Daerah dan mitranya: {number + 1}\n---\n"]
    size = 0
    for turn in count(number):
        place, year = PLACES[turn % len(PLACES)], 1956 + turn % 70
        part = PARTS[(turn - number) % len(PARTS)].format(place=place, year=year, number=turn)
        parts.append(part)
        size += len(part.encode())
        if size >= SIZE:
            return "\n".join([*parts, CHECK.format(number=number)])
    raise AssertionError("counting never ends")
