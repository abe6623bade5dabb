"""Files to take away."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import Response

from foundation.spreadsheets import to_csv


def csv_file(name: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> Response:
    """A table as a file for Excel; `name` is without its ending, in whatever letters."""
    return _file(f"{name}.csv", to_csv(header, lines), "text/csv")


def zip_file(name: str, packed: bytes) -> Response:
    return _file(f"{name}.zip", packed, "application/zip")


def _file(name: str, content: str | bytes, mimetype: str) -> Response:
    plain = "".join(letter for letter in name if letter.isascii() and letter not in '"\\')
    disposition = f'attachment; filename="{plain}"'
    if plain != name:
        disposition += f"; filename*=UTF-8''{quote(name)}"  # RFC 6266, for letters that no header holds
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": disposition})
