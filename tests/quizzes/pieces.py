"""Lines that questions are made of, and lines that nearly are, for tests that shuffle them."""

PLAIN = """\
Batang soal.

teks

  menjorok
    jauh menjorok

Catatan: perhatikan.
## Soal lain
## B {#b}
### Bagian
# Judul
***
---
===
- [ ] Niat
- [x] Surat
- [X] Surat {#f}
-[ ] rusak
* [ x ] Lain
  - [ ] dalam
- [ ]
[ ] x
- butir
* bintang
  > umpan balik
> pembahasan
>
>   > dalam
1. satu
2. dua
3) tiga
a. huruf
= jawaban
= satu | dua
= a \\| b
=rusak
=
= 169
= 1.500
= 3,14 ± 0,01
= 3 ±
= 2 +- 1
= /pola/
= /(/
= /(a+)+/
= /a/ | b
= | a
Isi [[Mataram|Kota Mataram]].
[[*tinggi / rendah]]
[[a / b]]
[[*a / *b]]
[[
[[ ]]
[[*a/b]]
[[istilah: LoI]]
`[[kode]]`
[[3 ±]]
buka [[a
b]] tutup
- Flanders -> Belgia
- Quebec → Kanada
- -> Jepang
- - => Korea
- kosong ->
  - x -> y
1. a -> b
| Kriteria | Bobot | Baik | Cukup (60) | Kurang |
|---|---|---|---|---|
| Isi | 40 | a | b | c |
| Gaya | 2 |
| Kriteria | Bobot |
|---|---|
| Isi | nol | x | y | z |
Kriteria | Bobot | A | B
--|--|--|--
Isi | 1 | a | b
1 Sangat tidak setuju … 5 Sangat setuju
0 ... 11
5 a … 1 b
1 … 99
jenis: tunggal
jenis: jamak
jenis: teks
jenis: angka
jenis: isian
jenis: jodoh
jenis: urutan
jenis: esai
jenis: skala
jenis: tanggapan
kind: essay
jenis: esei
jenis:
poin: 2
points: 0
Poin: 3
lihat: a.md
tujuan: SC1
toleransi: 1
toleransi: x
satuan: km
kata: 150
kata: 0
tingkat: C3
tingkat: D
kelompok: dasar
kredit: semua
bentuk: a
bentuk: C
warna: biru
```
~~~
::: tip
::: kasus Judul
:::
<!-- catatan
-->
<!-- a -->"""
LINES = (*PLAIN.split("\n"), "= ", "\ufeff", "\tgaris", "é\u2028x", "-\u00a0[x]\u00a0y")
