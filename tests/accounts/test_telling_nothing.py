"""Signing in and using a code tell nobody whether a name exists: the same hashing and the same queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError
from flask import Flask

from accounts import passwords, reset
from accounts.queries import get_person
from foundation.database import db
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW


@dataclass
class Counting:
    """A hasher that counts what costs time."""

    hasher: PasswordHasher
    done: list[str] = field(default_factory=list)

    def hash(self, password: str) -> str:
        self.done.append("hash")
        return self.hasher.hash(password)

    def verify(self, password_hash: str, password: str) -> bool:
        self.done.append("verify")
        return self.hasher.verify(password_hash, password)

    def __getattr__(self, name: str) -> int:
        """What the hasher was made with."""
        return getattr(self.hasher, name)


@pytest.fixture
def counting(app: Flask, cast: Cast) -> Iterator[Counting]:
    """Lena and Omar have passwords, Rani has none; Lena has a code, too."""
    cast.rani.password_hash = None
    db.session.commit()
    reset.issue_code(get_person("ada"), get_person("lena"), NOW)
    before = app.extensions["password_hasher"]
    app.extensions["password_hasher"] = counter = Counting(before)
    yield counter
    app.extensions["password_hasher"] = before


Work = tuple[list[str], list[str]]


@pytest.fixture
def work(app: Flask, counting: Counting, queries: list[str]) -> Callable[..., Work]:
    """Sends a form and tells what was hashed and what the database was asked."""

    def send(address: str, **form: Any) -> Work:
        counting.done.clear()
        queries.clear()
        assert app.test_client().post(address, data=form).status_code == 400
        return list(counting.done), [" ".join(sent.split()) for sent in queries]

    return send


NAMES = ("tidak-ada", "lena", "omar", "rani")


def test_a_failed_sign_in_takes_the_same_work_for_every_name(work: Callable[..., Work]) -> None:
    """From the first of a process on."""
    done = [work("/masuk", username=name, password="salah-sekali") for name in NAMES]
    assert [hashed for hashed, _asked in done] == [["verify"]] * 4
    assert all(asked == done[0][1] for _hashed, asked in done)


def test_nobodys_hash_costs_what_any_other_does_and_fits_no_password(app: Flask, cast: Cast) -> None:
    hasher = PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    nobodys = passwords._nobodys_hash(hasher)
    assert extract_parameters(nobodys) == extract_parameters(hasher.hash("a"))
    for password in ("", "a", PASSWORD):
        with pytest.raises(VerifyMismatchError):
            hasher.verify(nobodys, password)


def test_while_a_name_waits_nothing_is_hashed(work: Callable[..., Work]) -> None:
    for name in NAMES:
        for _turn in range(5):
            work("/masuk", username=name, password="salah-sekali")
        assert work("/masuk", username=name, password=PASSWORD)[0] == []


def test_a_failed_code_takes_the_same_work_for_every_name(work: Callable[..., Work]) -> None:
    form = {"code": "ABCD-EFGH", "new": "bebek payung kereta", "again": "bebek payung kereta"}
    done = [work("/lupa-sandi", username=name, **form) for name in NAMES]
    assert [hashed for hashed, _asked in done] == [["verify"]] * 4
    assert all(asked == done[0][1] for _hashed, asked in done)


@pytest.mark.parametrize("name", ["\x01", "lena\x01", "a" * 100, "😀", "' or 1=1 --", "%", "\ud800"])
def test_any_name_is_answered_alike(app: Flask, cast: Cast, name: str) -> None:
    data = {"username": name.encode(errors="surrogatepass"), "password": "salah-sekali"}
    answer = app.test_client().post("/masuk", data=data)
    assert answer.status_code == 400
    assert "Nama pengguna atau kata sandi tidak cocok" in answer.text
    new = {"code": "ABCD-EFGH", "new": "bebek payung kereta", "again": "bebek payung kereta"}
    answer = app.test_client().post("/lupa-sandi", data={"username": data["username"], **new})
    assert answer.status_code == 400
    assert "Nama pengguna dan kode tidak cocok" in answer.text
