"""Signing in and using a code tell nobody whether a name exists: the same hashing and the same queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from argon2 import PasswordHasher
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


@pytest.fixture
def counting(app: Flask, cast: Cast) -> Iterator[Counting]:
    """Lena and Omar have passwords, Rani has none; Lena has a code, too."""
    cast.rani.password_hash = None
    db.session.commit()
    reset.issue_code(get_person("ada"), get_person("lena"), NOW)
    before = app.extensions["password_hasher"]
    app.extensions["password_hasher"] = counter = Counting(before)
    passwords._nobodys_hash.cache_clear()
    yield counter
    app.extensions["password_hasher"] = before
    passwords._nobodys_hash.cache_clear()


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
    first, *others = [work("/masuk", username=name, password="salah-sekali") for name in NAMES]
    assert first[0] == ["hash", "verify"], "the first of a process makes nobody's hash, whoever it is for"
    assert [done for done, _asked in others] == [["verify"]] * 3
    assert all(asked == first[1] for _done, asked in others)


def test_the_first_of_a_process_takes_as_long_for_a_name_that_exists(work: Callable[..., Work]) -> None:
    assert work("/masuk", username="lena", password="salah-sekali")[0] == ["hash", "verify"]


def test_while_a_name_waits_nothing_is_hashed(work: Callable[..., Work]) -> None:
    for name in NAMES:
        for _turn in range(5):
            work("/masuk", username=name, password="salah-sekali")
        assert work("/masuk", username=name, password=PASSWORD)[0] == []


def test_a_failed_code_takes_the_same_work_for_every_name(work: Callable[..., Work]) -> None:
    form = {"code": "ABCD-EFGH", "new": "bebek payung kereta", "again": "bebek payung kereta"}
    first, *others = [work("/lupa-sandi", username=name, **form) for name in NAMES]
    assert first[0] == ["hash", "verify"]
    assert [done for done, _asked in others] == [["verify"]] * 3
    assert all(asked == first[1] for _done, asked in others)


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
