"""Where a request stands in a course: who, on which way, at which step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from accounts.roles import Permission
from cohorts.access import Standing, current_standing
from cohorts.models import Enrolment
from courses import queries, versions
from courses.dates import Dates
from courses.models import Activity, Course
from courses.queries import Stage, Step, Way
from foundation import clock
from foundation.errors import N_, Conflict, Forbidden, NotFound


@dataclass(frozen=True)
class Place:
    """An activity, opened by somebody; `feedback` is what the request that led here has to say, by slot."""

    standing: Standing
    way: Way
    stage: Stage
    step: Step
    feedback: Mapping[str, Any]

    @property
    def course(self) -> Course:
        return self.way.course

    @property
    def activity(self) -> Activity:
        return self.step.activity

    @property
    def enrolment(self) -> Enrolment | None:
        return self.standing.enrolment

    @property
    def is_preview(self) -> bool:
        return self.standing.is_preview

    @property
    def before(self) -> Step | None:
        return self.way.around(self.step)[0]

    @property
    def after(self) -> Step | None:
        return self.way.around(self.step)[1]

    @property
    def version_id(self) -> int:
        """Of the version that is online."""
        if self.activity.current_version_id is None:
            raise NotFound()
        return self.activity.current_version_id

    @property
    def rendered(self) -> Any:
        return versions.rendered_of(self.version_id, self.course.rendered_with)

    @property
    def definition(self) -> Any:
        return versions.definition_of(self.version_id)

    def learner(self) -> Enrolment:
        """The enrolment that work is counted for; staff in preview have none."""
        if self.enrolment is None:
            raise Forbidden(N_("Ini pratinjau: tidak ada yang dicatat untuk akun Anda."))
        return self.enrolment

    @property
    def unmet(self) -> list[Stage]:
        """The modules that have to be done first."""
        return self.way.unmet(self.stage)

    def under(self, dates: Dates) -> "Place":
        """The same with other dates than its cohort's: this learner's own."""
        return replace(self, step=replace(self.step, dates=dates))

    def check_may_begin(self, dates: Dates, now: datetime) -> None:
        """Raises Conflict outside the hours the activity is open for the learner, and before what it requires."""
        if dates.are_ahead(now):
            raise Conflict(N_("Kegiatan ini belum dibuka. Lihat waktu bukanya di halaman kegiatan."))
        if dates.are_over(now):
            raise Conflict(N_("Kegiatan ini sudah ditutup."))
        if unmet := self.unmet:
            titles = ", ".join(f"“{stage.module.title}”" for stage in unmet)
            raise Conflict(
                N_("Selesaikan dahulu modul %(modules)s. Setelah itu kuis ini dapat dimulai."), modules=titles
            )


def current_way() -> Way:
    standing = current_standing()
    with_drafts = standing.may(Permission.PREVIEW)
    return queries.way(standing.course, standing.enrolment, clock.now(), with_drafts=with_drafts)


def place_or_404(activity: str, kind: str | None = None, feedback: Mapping[str, Any] | None = None) -> Place:
    """The activity of this request's course, of a kind when one is asked for; 404 when there is none to see."""
    way = current_way()
    step = way.step_of(activity)
    if kind is not None and step.activity.kind != kind:
        raise NotFound()
    return Place(current_standing(), way, way.stage_of(step.activity.module.slug), step, feedback or {})
