"""Weak passwords: what English lists know, what is liked here, and what is known of the person."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accounts.strength import is_weak
from foundation import codes

pytestmark = pytest.mark.pure

NPP, NAME = "32.0001", "I Gusti Ngurah Wiratama"


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "qwertyuiop",
        "1234567890",
        "aaaaaaaaaaaaaaaa",
        "17-08-1945",
        "merdeka1945!",
        "indonesiamerdeka",
        "jatinangor2026",
        "Bismillah786",
        "s4y4ngku12",
        "praja-ipdn-1",
        "paradiplomasi",
        "WiratamaNgurah",
        "ngurah.wiratama1",
        "32.0001praja",
        "320001praja",
        "31.1234ipdn",
    ],
)
def test_what_is_easy_to_guess_is_weak(password: str) -> None:
    assert is_weak(password, NPP, NAME)


@pytest.mark.parametrize(
    "password",
    ["bebek payung kereta", "tenun-kolintang-4821", "pinisi-berlayar-77", "gzT4!mQp0vXw", "ombak tangga sirsak"],
)
def test_unrelated_words_and_random_letters_are_not(password: str) -> None:
    assert not is_weak(password, NPP, NAME)


def test_what_is_strong_for_others_is_weak_for_whose_name_it_is() -> None:
    assert not is_weak("TjokordaRakaSukawati", NPP, NAME)
    assert is_weak("TjokordaRakaSukawati", NPP, "Tjokorda Raka Sukawati")


def test_one_time_passwords_would_pass() -> None:
    assert not any(is_weak(codes.new_password(), NPP, NAME) for _turn in range(20))


@given(some.text(min_size=1, max_size=128), some.text(max_size=40), some.text(max_size=60))
def test_any_text_is_judged(password: str, username: str, name: str) -> None:
    assert is_weak(password, username, name) in (True, False)


def test_the_word_lists_are_loaded_only_when_a_password_is_chosen() -> None:
    script = "import sys, app; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0
