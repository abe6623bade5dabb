"""Codes and passwords that people read from a screen or a slip and type: no letter that looks like another one. Pure.

Thirty letters give 4.9 bits each: 39 bits a code, 58 a password.
"""

import secrets

LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
GROUP = 4


def new_password() -> str:
    """A one-time password as a slip shows it: "k7mf-x2qr-9tdw"."""
    return shown(_letters(12))


def new_code() -> str:
    """A code as it is kept: "K7MFX2QR"; `shown` is how people see it, `typed` what they make of it."""
    return _letters(8).upper()


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(count))


def shown(code: str) -> str:
    """ "K7MFX2QR" -> "K7MF-X2QR"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed(text: str) -> str:
    """What somebody typed as a code is kept: spaces, dashes and small letters do not matter."""
    return "".join(letter for letter in text[:100] if letter.isalnum()).upper()
