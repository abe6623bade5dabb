"""What staff do to people and marks, as the staff log names it. Pure."""

from enum import Enum

from foundation.errors import N_


class Deed(Enum):
    """Name in the log -> sentence; what stands in %(…)s comes from the entry's details."""

    CREATE_PERSON = N_("membuat akun")
    RENAME_PERSON = N_("mengubah nama menjadi %(name)s")
    GRANT = N_("memberi peran %(role)s untuk %(scope)s")
    WITHDRAW_GRANT = N_("mencabut peran %(role)s untuk %(scope)s")
    SET_PASSWORD = N_("memberi kata sandi baru")
    EXPORT_PERSON = N_("mengunduh seluruh data akun")
    ERASE_PERSON = N_("menghapus data pribadi akun untuk selamanya")
    ISSUE_CODE = N_("memberi kode lupa kata sandi")
    SIGN_OUT_EVERYWHERE = N_("mengeluarkan dari semua perangkat")
    CREATE_COHORT = N_("membuat angkatan %(name)s")
    RENAME_COHORT = N_("mengubah nama angkatan menjadi %(name)s")
    ARCHIVE_COHORT = N_("mengarsipkan angkatan")
    RESTORE_COHORT = N_("membuka kembali angkatan dari arsip")
    OPEN_REGISTRATION = N_("membuka pendaftaran")
    CLOSE_REGISTRATION = N_("menutup pendaftaran")
    NEW_JOIN_CODE = N_("mengganti kode gabung")
    IMPORT_ROSTER = N_("mengimpor daftar praja: %(created)s akun baru, %(enrolled)s terdaftar, %(updated)s diperbarui")
    ENROL = N_("mendaftarkan ke angkatan")
    REMOVE_MEMBER = N_("mengeluarkan dari angkatan")
    RESTORE_MEMBER = N_("mengembalikan ke angkatan")
    ISSUE_SLIPS = N_("mencetak %(count)s kartu akun")
    CHANGE_DATES = N_("mengubah jadwal %(activity)s")
    COPY_DATES = N_("menyalin jadwal dari %(source)s, digeser %(days)s hari")
    CLEAR_DATES = N_("menghapus jadwal angkatan; tanggal di berkas berlaku lagi")
    MAKE_GROUPS = N_("membuat pembagian %(set)s")
    CHANGE_GROUP = N_("mengubah kelompok %(group)s")
    MOVE_TO_GROUP = N_("memindahkan ke kelompok %(group)s")
    DELETE_GROUPS = N_("menghapus pembagian %(set)s")
    RESTORE_GROUPS = N_("mengembalikan pembagian %(set)s")
    ANNOUNCE = N_("membuat pengumuman “%(title)s”")
    EDIT_ANNOUNCEMENT = N_("mengubah pengumuman “%(title)s”")
    WITHDRAW_ANNOUNCEMENT = N_("menarik pengumuman “%(title)s”")
    RESTORE_ANNOUNCEMENT = N_("menayangkan lagi pengumuman “%(title)s”")
    OPEN_MEETING = N_("membuka daftar hadir “%(title)s”")
    CLOSE_MEETING = N_("menutup daftar hadir “%(title)s”")
    REKEY = N_("memperbaiki kunci soal %(question)s di %(quiz)s (%(learners)s praja berubah nilainya): %(reason)s")
    MARK_ATTENDANCE = N_("mencatat %(presence)s di “%(title)s”")
    MARK_ANSWER = N_("menilai “%(question)s” di %(activity)s: %(before)s → %(after)s")
    GRANT_EXCEPTION = N_("memberi pengecualian di %(activity)s: %(rules)s")
    WITHDRAW_EXCEPTION = N_("mencabut pengecualian di %(activity)s: %(rules)s")
