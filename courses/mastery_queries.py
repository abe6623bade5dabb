"""A learner's evidence, as its reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import or_, select

from cohorts.models import Enrolment
from courses import kinds, mastery
from courses.kinds import Shown
from courses.mastery import Piece, Standing
from courses.models import Activity, Evidence
from courses.queries import Way
from foundation.database import db

FIRST = 1


@dataclass(frozen=True)
class Mastery:
    """Evidence by objective, and what it can be traced to."""

    standings: list[Standing]
    shown: Mapping[int, Mapping[str, Shown]]
    """Activity id -> question -> its words, and where it was answered."""
    withheld: list[Activity]
    """Whose answers count here once their key may be seen."""

    @property
    def by_module(self) -> list[tuple[str, list[Standing]]]:
        """In the author's order."""
        modules = groupby(self.standings, lambda standing: standing.objective.module)
        return [(module, list(standings)) for module, standings in modules]

    @property
    def has_evidence(self) -> bool:
        return any(standing.items or standing.practised for standing in self.standings)


def mastery_of(way: Way, enrolment: Enrolment, at: datetime, *, for_staff: bool) -> Mastery:
    """Of first attempts and practice in what learners see of a course; a query, and one of each kind of activity."""
    activities = {step.activity.id: step.activity for step in way.steps}
    shown = {
        activity: items
        for kind in kinds.all_kinds()
        for activity, items in kind.shown(enrolment, for_staff, at).items()
    }
    pieces = [piece for piece in _pieces(enrolment.id) if piece.activity in activities]
    open_pieces = [piece for piece in pieces if piece.is_practice or piece.item in shown.get(piece.activity, ())]
    hidden = {piece.activity for piece in pieces} - {piece.activity for piece in open_pieces}
    objectives = mastery.objectives_of(stage.module for stage in way.stages)
    return Mastery(
        mastery.standings(objectives, open_pieces),
        shown,
        [activity for id, activity in activities.items() if id in hidden],
    )


def _pieces(enrolment_id: int) -> list[Piece]:
    query = select(
        Evidence.objective,
        Evidence.activity_id,
        Evidence.item,
        Evidence.earned,
        Evidence.maximum,
        Evidence.is_practice,
    ).where(Evidence.enrolment_id == enrolment_id, or_(Evidence.is_practice, Evidence.occasion == FIRST))
    return [Piece(*row) for row in db.session.execute(query.order_by(Evidence.id))]
