"""What is derived from versions, kept in a bounded cache by their id: a version's source never changes.

The same cache keeps what a sync left of a course, by the time of the sync.

Many processes agree without talking. What depends on more than the source (HTML, above all) is kept under what it was
rendered with as well; see courses.catalogue.
"""

import logging
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import select

from courses.kinds import activity_kinds
from courses.models import ActivityVersion
from foundation.database import db

log = logging.getLogger(__name__)

_kept: LRUCache[Hashable, Any] = LRUCache(maxsize=512)
_lock = Lock()


def definition_of(version_id: int) -> Any:
    """What the version's kind parsed from its source, frozen."""
    definition = find_definition(version_id)
    if definition is None:
        raise LookupError(f"version {version_id} was accepted once and no longer parses")
    return definition


def find_definition(version_id: int) -> Any:
    """The same; None for one that was accepted once and no longer parses, for pages that have more to show."""
    return derived((version_id, "definition"), lambda: _parse(version_id))


def rendered_of(version_id: int, rendered_with: str) -> Any:
    """The JSON that the version's kind rendered; treat it as read-only."""
    query = select(ActivityVersion.rendered).where(ActivityVersion.id == version_id)
    return derived((version_id, "rendered", rendered_with), lambda: db.session.scalar(query))


def activity_of(version_id: int) -> int:
    """The id of the activity it is a version of."""
    query = select(ActivityVersion.activity_id).where(ActivityVersion.id == version_id)
    activity_id: int = derived((version_id, "activity"), lambda: db.session.scalars(query).one())
    return activity_id


def derived(key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` makes, kept under `key`, which names the version, or the sync, and all else that it depends on."""
    key = (db.engine, key)
    with _lock:
        if key in _kept:
            return _kept[key]
    made = make()  # unlocked: twice at once is only work done twice
    with _lock:
        _kept[key] = made
    return made


def forget() -> None:
    """Empty the cache; after a sync, and for tests, whose databases reuse ids."""
    with _lock:
        _kept.clear()


def _parse(version_id: int) -> Any:
    kind, source, file = db.session.execute(
        select(ActivityVersion.kind, ActivityVersion.source, ActivityVersion.file).where(
            ActivityVersion.id == version_id
        )
    ).one()
    definition = activity_kinds[kind].parse(source, file).definition
    if definition is None:
        log.error("version %s was accepted once and no longer parses: %s", version_id, file)
    return definition
