"""Names are kept as people have them; usernames so that they can be typed and stand in an address."""

from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.names import LONGEST_NAME, LONGEST_USERNAME, checked_name, checked_username
from foundation.errors import DomainError

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "name", ["Sukarno", "I Gusti Ngurah Rai", "Ma'ruf", "Dr. H. Siti Nur'aini, S.IP., M.Si.", "José", "D", "王"]
)
def test_a_name_stays_as_it_is(name: str) -> None:
    assert checked_name(f"  {name} ") == name


def test_an_npp_is_a_username() -> None:
    assert checked_username(" 32.0001 ") == "32.0001"


@given(st.text(max_size=150))
def test_a_name_is_refused_or_kept_for_good(text: str) -> None:
    try:
        name = checked_name(text)
    except DomainError:
        return
    assert name == checked_name(name)
    assert 0 < len(name) <= LONGEST_NAME
    assert "\0" not in name


@given(st.text(max_size=150))
def test_a_username_is_refused_or_can_stand_in_an_address(text: str) -> None:
    try:
        username = checked_username(text)
    except DomainError:
        return
    assert 0 < len(username) <= LONGEST_USERNAME
    assert not set(username) & set("/ \t\n\0")
    assert unquote(quote(username, safe="")) == username
    assert username not in (".", "..")
