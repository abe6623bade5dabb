"""An entry of the staff log as people read it. One from another version of this program is no reason to fail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext

from accounts.deeds import Deed
from accounts.models import LogEntry
from accounts.roles import ROLE_NAMES, Role, cohort_scope, course_scope

UNKNOWN = "…"


@dataclass(frozen=True)
class Line:
    at: datetime
    actor: str
    sentence: str
    subject: str
    place: str
    """The cohort or course it was about, as people call it; "" for neither, and where the sentence says so itself."""


class _Details(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return UNKNOWN


def lines(entries: Iterable[LogEntry], labels: Mapping[str, str]) -> list[Line]:
    """`labels` are those of accounts.scopes."""
    return [_line(entry, labels) for entry in entries]


def _line(entry: LogEntry, labels: Mapping[str, str]) -> Line:
    return Line(entry.at, entry.actor, _sentence(entry, labels), entry.subject, _place(entry, labels))


def _sentence(entry: LogEntry, labels: Mapping[str, str]) -> str:
    if entry.deed not in Deed.__members__:
        return entry.deed
    details = _Details({key: _shown(key, value, labels) for key, value in entry.details.items()})
    return str(gettext(Deed[entry.deed].value) % details)


def _shown(key: str, value: Any, labels: Mapping[str, str]) -> str:
    if key == "role" and value in tuple(Role):
        return role_name(Role(value))
    return labels.get(str(value), str(value)) if key == "scope" else str(value)


def _place(entry: LogEntry, labels: Mapping[str, str]) -> str:
    if "scope" in entry.details:
        return ""
    if entry.cohort:
        return labels.get(cohort_scope(entry.cohort), entry.cohort)
    return labels.get(course_scope(entry.course), entry.course) if entry.course else ""


def role_name(role: Role) -> str:
    return str(gettext(ROLE_NAMES[role]))


def deed_labels() -> dict[str, str]:
    """Every deed's name -> its sentence without details, to choose from."""
    return {name: str(gettext(deed.value) % _Details()) for name, deed in Deed.__members__.items()}
