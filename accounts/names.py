"""What people can be called, and by which name they sign in. Pure."""

from accounts.pseudonyms import PREFIX, is_pseudonym
from foundation.errors import N_, DomainError

LONGEST_NAME = 100
LONGEST_USERNAME = 100


def one_line(text: str) -> str:
    """Text with single spaces and without the signs that nobody sees."""
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())


def checked_name(name: str) -> str:
    """A name as it is kept. Raises DomainError for none, for one too long, and for signs that nobody sees."""
    name = " ".join(name.split())
    if not name:
        raise DomainError(N_("Nama belum diisi."))
    if len(name) > LONGEST_NAME:
        raise DomainError(N_("Nama ini terlalu panjang: paling banyak %(n)d huruf."), n=LONGEST_NAME)
    if not name.isprintable():
        raise DomainError(N_("Nama ini memuat tanda yang tidak terlihat. Ketik ulang namanya."))
    return name


def checked_username(username: str) -> str:
    """A username as it is kept: one that can be typed, and stand in an address."""
    username = username.strip().lower()
    if not username or any(letter.isspace() or letter == "/" for letter in username):
        raise DomainError(N_("Nama pengguna tidak boleh kosong, berspasi, atau memuat garis miring."))
    if len(username) > LONGEST_USERNAME:
        raise DomainError(N_("Nama pengguna ini terlalu panjang: paling banyak %(n)d huruf."), n=LONGEST_USERNAME)
    if not username.isprintable() or not username.strip("."):
        raise DomainError(N_("Nama pengguna memakai huruf, angka, titik, atau tanda hubung."))
    if is_pseudonym(username):
        raise DomainError(
            N_("Nama pengguna tidak boleh berawal %(prefix)s: begitu disebut akun yang datanya dihapus."), prefix=PREFIX
        )
    return username
