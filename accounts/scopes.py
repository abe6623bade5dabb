"""For what roles can be granted. The rooms above, which accounts/ never imports, register what they have in app.py."""

from collections.abc import Callable, Iterable

from flask_babel import gettext as _

from accounts.roles import SITE

Source = Callable[[], Iterable[tuple[str, str]]]
"""What a room offers: [(scope, what people call it)], in the order people look for it."""

_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def _of_the_rooms() -> dict[str, str]:
    return {scope: label for source in _sources for scope, label in source()}


def labels() -> dict[str, str]:
    """Every scope there is -> what people call it; the site, for which few roles are, last."""
    return {**_of_the_rooms(), SITE: _("seluruh situs")}


def is_scope(scope: str) -> bool:
    """Whether there is such a course or cohort by now."""
    return scope == SITE or scope in _of_the_rooms()


def label(scope: str, known: dict[str, str]) -> str:
    """What people call a scope; of one that is gone its name is left."""
    return known.get(scope, scope)
