"""Words that Indonesians like in passwords and English lists do not know. Pure."""

WORDS = """
sayang sayangku cinta cintaku kamu aku rahasia sandi katasandi bismillah alhamdulillah allah allahuakbar
muhammad insyaallah masyaallah assalamualaikum indonesia merdeka garuda pancasila nusantara merahputih
bhinneka jakarta bandung surabaya jogja yogyakarta semarang medan makassar palembang bali denpasar lombok
manado sulawesi sumatera kalimantan papua jatinangor sumedang kampus sekolah kuliah mahasiswa pemerintahan
pamong kepamongprajaan kemendagri birokrat wasana nindya madya muda satria ksatria bhaktinegara abdinegara
abdipraja tuhan yesus kristus keluarga bahagia selamat semangat sukses juara ganteng cantik manis jelek bodoh
anjing kucing bangsat ganjar prabowo jokowi soekarno sukarno suharto persib persija persebaya arema bobotoh
viking dangdut raffi slank dewa noah ibu bapak mama papa ayah bunda adik kakak nenek kakek pacar mantan
sahabat teman agus budi dewi siti putri putra ahmad rizki dimas eka dwi tri wahyu nur januari februari maret
april mei juni juli agustus september oktober november desember senin selasa rabu kamis jumat sabtu minggu
merah putih hitam biru hijau kuning satu dua tiga empat lima enam tujuh delapan sembilan sepuluh matahari
bulan bintang bunga mawar melati harimau macan naga elang belajar ujian admin instruktur dosen kelas kursus
diplomasi rahasiaku passwordku gantiaku masukaja
"""

FAVOURITES = tuple(WORDS.split())
