"""Tables to take away: whatever they are called, a server can send them."""

import pytest
from flask import Flask

from foundation.downloads import csv_file


@pytest.mark.parametrize("name", ["hadir-dua-1", "kelompok-ñandú", "группа-甲", 'a"b'])
def test_a_file_can_have_any_name(app: Flask, name: str) -> None:
    with app.test_request_context():
        response = csv_file(name, ["nama"], [["=1+1"]])
    disposition = response.headers["Content-Disposition"]
    disposition.encode("latin-1")  # what a server does with every header
    assert disposition.startswith('attachment; filename="')
    assert response.get_data(as_text=True) == "\ufeffnama\r\n'=1+1\r\n"
