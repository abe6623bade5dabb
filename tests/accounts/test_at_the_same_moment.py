"""What two do to one account at the same moment: nothing that was ended comes back, and nothing breaks."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from accounts import actions, passwords
from accounts.models import Person, SignIn, SignInFailures
from accounts.queries import get_person
from foundation.database import db
from foundation.errors import DomainError
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW


@pytest.fixture
def replaced_meanwhile(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The hash that Lena's account gets while her old password is being compared."""
    compare, new_hash = passwords.matches, passwords.hash_password("bebek payung kereta")

    def matches(password: str, password_hash: str | None) -> bool:
        with db.engine.begin() as admin:
            admin.execute(update(Person).where(Person.username == "lena").values(password_hash=new_hash))
        return compare(password, password_hash)

    monkeypatch.setattr(passwords, "matches", matches)
    return new_hash


def test_an_old_password_opens_nothing_once_it_was_replaced(replaced_meanwhile: str) -> None:
    with pytest.raises(DomainError, match="tidak cocok"):
        actions.sign_in("lena", PASSWORD, NOW)
    assert db.session.query(SignIn).count() == 0


def test_an_old_password_undoes_no_new_one(replaced_meanwhile: str, as_: Callable[[str], FlaskClient]) -> None:
    answer = as_("lena").post(
        "/akun", data={"old": PASSWORD, "new": "ombak tangga sirsak", "again": "ombak tangga sirsak"}
    )
    assert (answer.status_code, "Kata sandi lama tidak cocok" in answer.text) == (400, True)
    assert get_person("lena").password_hash == replaced_meanwhile


@pytest.mark.parametrize("before", [0, 1])
def test_wrong_passwords_are_all_counted(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, before: int) -> None:
    for _turn in range(before):
        app.test_client().post("/masuk", data={"username": "lena", "password": "salah-sekali"})
    compare, together, statuses = passwords.matches, Barrier(3), []

    def matches(password: str, password_hash: str | None) -> bool:
        together.wait(20)
        return compare(password, password_hash)

    monkeypatch.setattr(passwords, "matches", matches)

    def try_one() -> None:
        with app.app_context():
            data = {"username": "lena", "password": "salah-sekali"}
            statuses.append(app.test_client().post("/masuk", data=data).status_code)
            db.session.remove()

    db.session.rollback()
    app.testing = False
    threads = [Thread(target=try_one) for _turn in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    app.testing = True
    assert statuses == [400] * 3
    assert db.session.query(SignInFailures).one().count == before + 3
