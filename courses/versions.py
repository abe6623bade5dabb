"""Definitions and HTML of versions, kept in a bounded cache by id: a version's source never changes.

Many processes agree without talking; rendered HTML is keyed by what it was rendered with as well.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import select

from courses.kinds import activity_kinds
from courses.models import ActivityVersion
from foundation.database import db

KEPT = 256


def definition_of(version_id: int) -> Any:
    """What the version's kind parsed from its source, frozen."""
    return _definition(db.engine.url.render_as_string(), version_id)


def rendered_of(version_id: int, rendered_with: str) -> Any:
    """The JSON that the version's kind rendered; treat it as read-only."""
    return _rendered(db.engine.url.render_as_string(), version_id, rendered_with)


def forget() -> None:
    """Empty the caches; for tests, whose databases reuse ids."""
    _definition.cache_clear()
    _rendered.cache_clear()


@lru_cache(maxsize=KEPT)
def _definition(database: str, version_id: int) -> Any:
    kind, source, file = db.session.execute(
        select(ActivityVersion.kind, ActivityVersion.source, ActivityVersion.file).where(
            ActivityVersion.id == version_id
        )
    ).one()
    definition = activity_kinds[kind].parse(source, file).definition
    if definition is None:
        raise LookupError(f"version {version_id} was accepted once and no longer parses")
    return definition


@lru_cache(maxsize=KEPT)
def _rendered(database: str, version_id: int, rendered_with: str) -> Any:
    return db.session.scalar(select(ActivityVersion.rendered).where(ActivityVersion.id == version_id))
