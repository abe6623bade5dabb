"""Which lessons teach an objective."""

from collections.abc import Collection

from courses import lesson, versions
from courses.models import Activity
from courses.queries import Way


def lessons_for(way: Way, codes: Collection[str]) -> list[Activity]:
    """The lessons that name one of the objectives, in order."""
    return [
        step.activity
        for step in way.steps
        if step.activity.kind == lesson.KIND_NAME
        and step.activity.current_version_id is not None
        and not set(codes).isdisjoint(versions.definition_of(step.activity.current_version_id).head.objectives)
    ]
