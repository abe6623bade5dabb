"""A small course that tests study: two lessons and a quiz in one module, a practice quiz and a draft in another."""

from dataclasses import dataclass, replace
from pathlib import Path

COURSE = """\
---
judul: Contoh Kursus
ringkasan: Kursus kecil untuk mencoba.
lulus: 70
---

Selamat datang di kursus **contoh**.
"""

MODULE = """\
---
judul: Sister City
ringkasan: Kota yang bersaudara.
tujuan:
  SC1: C2 Menjelaskan arti sister city: asal dan maksudnya
  SC2: C3 Mengurutkan tahapan perjanjian
---

Modul ini **tentang** kota bersaudara.
"""

LESSON = """\
---
judul: Asal-usul
ringkasan: Dari mana gagasannya?
tujuan: [SC1]
---

Kota bersaudara lahir dari niat warga.[^a] {#niat}

## Surat konfirmasi {#surat}

Menteri Luar Negeri menerbitkan surat konfirmasi.

::: kasus Bandung
Kota itu bersaudara sejak 1960.
:::

::: cek
### Siapa yang menerbitkan surat konfirmasi? {#cek-surat}
tujuan: SC2
lihat: #surat

- [ ] Menteri Dalam Negeri
  > Mendagri meneruskannya.
- [x] Menteri Luar Negeri
  > Tepat.
- [ ] DPRD
  > DPRD menyetujui rencananya.

> **Pembahasan.** Lihat bagian surat konfirmasi.
:::

Lanjut ke [tahapan](02-tahapan.md#urutan).

[^a]: Sumber contoh.
"""

SECOND = """\
---
judul: Tahapan
tujuan: [SC2]
---

## Urutan {#urutan}

| Tahap | Produk |
|:--|--:|
| Prakarsa | telaah |

::: rangkuman
Niat dahulu, lalu rencana.
:::

::: refleksi Mitra kami {#mitra-kami}
Kota mana yang cocok bagi daerah Anda?
:::
"""

QUIZ = """\
---
jenis: kuis
judul: Kuis Sister City
peran: ujian
percobaan: 2
tujuan: [SC1, SC2]
---

Jawablah dengan tenang.

## Siapa yang menerbitkan surat konfirmasi? {#penerbit}
tujuan: SC2
lihat: 01-asal-usul.md#surat

- [ ] Menteri Dalam Negeri {#mendagri}
  > Mendagri meneruskannya.
- [x] Menteri Luar Negeri {#menlu}
- [ ] DPRD {#dprd}
  > DPRD menyetujui rencananya.

> **Pembahasan.** PP 28/2018 Pasal 33.

## Mana yang mendahului perjanjian? {#mendahului}
tujuan: SC1
lihat: 01-asal-usul.md#niat
poin: 3

- [x] Pernyataan kehendak {#loi}
- [x] Rencana kerja sama {#rencana}
- [ ] Upacara {#upacara}
  > Upacara menyusul.
- [ ] Laporan akhir {#laporan}
  > Laporan datang terakhir.

> **Pembahasan.** Keduanya mendahului.
"""

PRACTICE = (
    QUIZ.replace("peran: ujian", "peran: latihan")
    .replace("percobaan: 2", "percobaan: 0")
    .replace("judul: Kuis Sister City", "judul: Latihan")
    .replace("lihat: 01-", "lihat: ../01-sister-city/01-")
)

DRAFT = """\
---
judul: Rancangan
draf: ya
---

Belum selesai.
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


@dataclass(frozen=True)
class Sample:
    """A course folder as a mapping of path to text."""

    slug: str
    files: dict[str, str]

    def but(self, **changed: str | None) -> "Sample":
        """The same course with files changed, or with None removed; `__` stands for `/`, `_md` ends a name."""
        files: dict[str, str] = dict(self.files)
        for name, text in changed.items():
            path = next(path for path in files if path.replace("/", "__").replace("-", "_").replace(".", "_") == name)
            if text is None:
                del files[path]
            else:
                files[path] = text
        return replace(self, files=files)

    def as_bytes(self) -> dict[str, bytes]:
        return {path: text.encode() for path, text in self.files.items()}

    def write_to(self, folder: Path) -> Path:
        """Write the course below a content folder; its own folder."""
        for name, text in self.files.items():
            path = folder / self.slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder / self.slug


SAMPLE = Sample(
    "contoh",
    {
        "kursus.md": COURSE,
        "media/peta.svg": SVG,
        "01-sister-city/modul.md": MODULE,
        "01-sister-city/01-asal-usul.md": LESSON,
        "01-sister-city/02-tahapan.md": SECOND,
        "01-sister-city/03-kuis-sister-city.md": QUIZ,
        "02-latihan/modul.md": "---\njudul: Berlatih\n---\n\nUlangi.\n",
        "02-latihan/01-latihan-sister-city.md": PRACTICE,
        "02-latihan/02-rancangan.md": DRAFT,
    },
)

OTHER = Sample(
    "lain",
    {
        "kursus.md": COURSE.replace("Contoh Kursus", "Kursus Lain"),
        "01-awal/modul.md": "---\njudul: Awal\n---\n\nAwal.\n",
        "01-awal/01-satu.md": "---\njudul: Satu\n---\n\nIsi.\n",
    },
)
