"""Passwords kept as Argon2id with OWASP's minimum: 19 MiB and two passes, so that a hall's peak fits in memory."""

import os
from base64 import b64encode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from accounts import strength
from foundation.errors import N_, DomainError

SHORTEST = 10
LONGEST = 128


def init_app(app: Flask) -> None:
    app.extensions["password_hasher"] = app.config.get("PASSWORD_HASHER") or PasswordHasher(
        time_cost=2, memory_cost=19 * 1024, parallelism=1
    )


def _hasher() -> PasswordHasher:
    return cast(PasswordHasher, current_app.extensions["password_hasher"])


def hash_password(password: str) -> str:
    return _hasher().hash(password)


def hash_passwords(passwords: Sequence[str]) -> list[str]:
    """Many at once: a hash leaves Python's lock alone, so that every core works."""
    hasher = _hasher()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(hasher.hash, passwords))


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is right. Without a hash it takes as long as with one, so time tells nobody a name."""
    hasher = _hasher()
    try:
        return hasher.verify(password_hash or _nobodys_hash(hasher), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def _nobodys_hash(hasher: PasswordHasher) -> str:
    """What no password has, in PHC's string format: comparing with it takes what comparing with any other does."""
    salt, digest = (b64encode(bytes(length)).decode().rstrip("=") for length in (hasher.salt_len, hasher.hash_len))
    return f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}${salt}${digest}"


def check_new(password: str, username: str, name: str) -> None:
    """Raises DomainError when a new password is too short, too long, or easy to guess for whose it is."""
    if len(password) < SHORTEST:
        raise DomainError(N_("Kata sandi terlalu pendek: pakailah paling sedikit %(n)d karakter."), n=SHORTEST)
    if len(password) > LONGEST:
        raise DomainError(N_("Kata sandi terlalu panjang: paling banyak %(n)d karakter."), n=LONGEST)
    if username.lower() in password.lower():
        raise DomainError(N_("Kata sandi jangan memuat nama pengguna Anda."))
    if strength.is_weak(password, username, name):
        raise DomainError(
            N_(
                "Kata sandi ini mudah ditebak. Yang kuat dan mudah diingat: tiga atau empat kata tak berhubungan, "
                "bukan nama, tanggal, atau kalimat yang sudah dikenal."
            )
        )
