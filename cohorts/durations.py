"""For how many minutes a meeting's code may be valid. Pure."""

from foundation.errors import N_, DomainError

MINUTES = (5, 10, 15, 30)
DEFAULT_MINUTES = 10


def checked_minutes(minutes: int) -> int:
    if minutes not in MINUTES:
        raise DomainError(N_("Pilih berapa menit kode berlaku dari daftar."))
    return minutes
