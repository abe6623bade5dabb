"""Tables to take away."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import Response

from foundation.spreadsheets import to_csv


def csv_file(name: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> Response:
    """A table as a file for Excel; `name` is without its ending, in whatever letters."""
    plain = "".join(letter for letter in name if letter.isascii() and letter not in '"\\')
    disposition = f'attachment; filename="{plain}.csv"'
    if plain != name:
        disposition += f"; filename*=UTF-8''{quote(name)}.csv"  # RFC 6266, for letters that no header holds
    return Response(to_csv(header, lines), mimetype="text/csv", headers={"Content-Disposition": disposition})
