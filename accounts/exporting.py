"""Everything held of one person as a ZIP they can read: a page that explains it, and each table as JSON and as CSV."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import render_template
from sqlalchemy import inspect

from accounts import log, personal
from accounts.deeds import Deed
from accounts.models import Person
from accounts.personal import Holding
from foundation.database import db
from foundation.spreadsheets import to_csv

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One file of the export; `about` is a sentence still to be translated."""

    file: str
    about: str
    rows: Sequence[Row]

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(column for row in self.rows for column in row))


def export(actor: Person | None, person: Person, at: datetime) -> bytes:
    """The same for somebody else, by an admin or from the terminal: the log keeps it."""
    log.record(actor, Deed.EXPORT_PERSON, at, subject=person)
    packed = archive(person, at)
    db.session.commit()
    return packed


def archive(person: Person, at: datetime) -> bytes:
    parts = [_part(holding, person, at) for holding in personal.holdings()]
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as files:
        files.writestr("baca-saya.html", render_template("accounts/export.html", person=person, parts=parts, at=at))
        for part in parts:
            files.writestr(f"{part.file}.json", json.dumps(part.rows, ensure_ascii=False, indent=1))
            if part.rows:
                lines = [[_cell(row.get(column)) for column in part.columns] for row in part.rows]
                files.writestr(f"{part.file}.csv", to_csv(part.columns, lines))
    return packed.getvalue()


def _part(holding: Holding, person: Person, at: datetime) -> Part:
    """Each column of a row that is not withheld, and what its room says besides."""
    columns = [column.key for column in inspect(holding.model).column_attrs if column.key not in holding.withheld]
    rows = [
        {
            name: _plain(value)
            for name, value in ({column: getattr(row, column) for column in columns} | dict(more)).items()
        }
        for row, more in holding.of(person, at)
    ]
    return Part(holding.file, holding.about, rows)


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
