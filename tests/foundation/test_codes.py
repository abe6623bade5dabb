"""Codes survive being read aloud, dashed and typed in small letters."""

import pytest

from foundation import codes

pytestmark = pytest.mark.pure


def test_a_code_is_found_again_however_it_was_typed() -> None:
    code = codes.new_code()
    for text in (code, codes.shown(code), codes.shown(code).lower(), f" {code[:3]} {code[3:]} "):
        assert codes.typed(text) == code


def test_no_letter_looks_like_another() -> None:
    assert not set("01ilou") & set(codes.LETTERS)
    assert len(set(codes.LETTERS)) == 30


def test_codes_and_passwords_do_not_come_again() -> None:
    assert len({codes.new_code() for _turn in range(1000)}) == 1000
    assert len({codes.new_password() for _turn in range(1000)}) == 1000
    assert codes.new_password().count("-") == 2
