"""What a learner can practise: derived from submitted attempts and checks, and what practice itself left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Row, select

from cohorts.locking import hold
from cohorts.models import Enrolment
from courses import lesson, versions
from courses.models import Activity
from courses.queries import Way
from foundation.database import db
from quizzes import grading, moments, practice, quiz, rekeying, scoring
from quizzes.models import Attempt, PracticeAnswer, PracticeCard
from quizzes.practice import Card, Today
from quizzes.practice_traces import Traces, read_traces
from quizzes.questions import Credit, Question
from quizzes.quiz import Check, Quiz
from quizzes.rekeying import Change
from quizzes.words import Kind


@dataclass(frozen=True)
class Source:
    """A question as it is asked now: of a quiz, or of a check in a lesson."""

    activity: Activity
    question: Question
    credit: Credit
    shuffles: bool
    """Whether its options come in an order of their own each time."""

    @property
    def version_id(self) -> int:
        assert self.activity.current_version_id is not None
        return self.activity.current_version_id


@dataclass(frozen=True)
class Deck:
    """All that a learner missed in a course and may see the key of, with what practice made of it."""

    cards: Mapping[tuple[int, str], Card]
    sources: Mapping[tuple[int, str], Source]
    today: Today

    def find(self, activity: str, question: str) -> tuple[Card, Source] | None:
        """By the activity's key, as addresses name it."""
        for key, source in self.sources.items():
            if (source.activity.key, source.question.id) == (activity, question):
                return self.cards[key], source
        return None

    def source_of(self, card: Card) -> Source:
        return self.sources[card.activity_id, card.question]


def deck(way: Way, enrolment: Enrolment, now: datetime, *, lock: bool = False) -> Deck:
    """What a learner has to practise; two queries, but for attempts at quizzes whose key was changed.

    `lock` makes the learner's other requests wait.
    """
    if lock:
        hold(enrolment)
    traces = read_traces(enrolment.id) if _has_answered(way) else Traces()
    missed = dict(_missed_in_checks(way, traces))
    for key, at in _missed_in_quizzes(way, enrolment, traces, now):
        missed[key] = max(at, missed.get(key, at))
    sources = {key: source for key, source in _sources(way, missed, traces).items() if _is_judged_here(source.question)}
    cards = {key: _card(source, missed[key], traces.cards.get(key)) for key, source in sources.items()}
    return Deck(cards, sources, practice.today(cards.values(), _practised_at(traces), now))


def _practised_at(traces: Traces) -> list[datetime]:
    """When each question was practised last, also those that are no card any more: they took a part of their day."""
    memories = [practice.from_json(row.value) for row in traces.cards.values()]
    return [memory.at for memory in memories if memory is not None]


def _has_answered(way: Way) -> bool:
    """Whether there can be anything to miss: a quiz is done once it is submitted, a lesson begun once a check is."""
    return any(step.is_done or (step.is_started and step.activity.kind == lesson.KIND_NAME) for step in way.steps)


def _card(source: Source, missed_at: datetime, row: Row[Any] | None) -> Card:
    return Card(
        activity_id=source.activity.id,
        question=source.question.id,
        objective=next(iter(source.question.objectives), ""),
        missed_at=missed_at,
        memory=practice.from_json(row.value) if row is not None else None,
        planned=row.at if row is not None else None,
    )


def _missed_in_quizzes(
    way: Way, enrolment: Enrolment, traces: Traces, now: datetime
) -> Iterator[tuple[tuple[int, str], datetime]]:
    """(activity that holds the question, question) and when, of every attempt whose key its learner may see by now."""
    shown = {step.activity.id: step.activity for step in way.steps}
    asked = [shown[row.activity] for row in traces.attempts if row.activity in shown]
    out, holders = moments.keys_out(enrolment, asked, now), _holders(traces)
    for row in traces.attempts:
        if row.activity not in out or _is_survey(shown[row.activity]):
            continue
        if None in map(versions.find_definition, (row.source, row.version)):
            continue
        for question, share in _shares(row, traces.answers.get(row.row, {})):
            if share is not None and share < 1:
                yield (holders.get(row.source, row.activity), question), row.at


def _is_survey(activity: Activity) -> bool:
    """There nothing is right or wrong, whatever its questions say."""
    return bool(versions.definition_of(activity.current_version_id or 0).head.role is quiz.Role.SURVEY)


def _holders(traces: Traces) -> dict[int, int]:
    """Version -> the activity it is of, where attempts gave the questions of another quiz."""
    borrowed = {row.source for row in traces.attempts if row.source != row.version}
    return {version: versions.activity_of(version) for version in borrowed}


def _shares(row: Row[Any], answers: Mapping[str, list[str]]) -> Iterator[tuple[str, Fraction | None]]:
    """Each question of an attempt that a machine can judge, and how right it was."""
    if row.is_rekeyed:
        attempt = db.session.get_one(Attempt, row.row)
        yield from ((mark.question, mark.share) for mark in scoring.marks_of(attempt, answers) if mark.maximum)
        return
    asked, pinned = _questions(row.source), versions.definition_of(row.version)
    for question_id, _parts in row.value:
        question = asked[question_id]
        if _is_judged_here(question):
            yield question_id, grading.share(question, answers.get(question_id, []), pinned.head.credit)


def _questions(version_id: int) -> Mapping[str, Question]:
    definition: Quiz = versions.definition_of(version_id)
    return {question.id: question for question in definition.questions}


def _missed_in_checks(way: Way, traces: Traces) -> Iterator[tuple[tuple[int, str], datetime]]:
    """As the lesson shows them: by the question as it is asked now."""
    for key, source in _sources(way, traces.checks, traces).items():
        row = traces.checks[key]
        if _is_judged_here(source.question):
            share = grading.share(source.question, row.value, source.credit)
            if share is not None and share < 1:
                yield key, row.at


def _is_judged_here(question: Question) -> bool:
    """Whether there is right and wrong that needs no person to tell."""
    return question.is_scored and question.kind is not Kind.ESSAY


def _sources(way: Way, wanted: Mapping[tuple[int, str], Any], traces: Traces) -> dict[tuple[int, str], Source]:
    """The questions wanted that are still asked in what learners see of the course."""
    wanted_of = {activity for activity, _question in wanted}
    activities = [step.activity for step in way.steps if step.activity.id in wanted_of]
    return {
        (activity.id, source.question.id): source
        for activity in activities
        if activity.current_version_id is not None
        for source in sources_of(
            activity, activity.current_version_id, traces.changes.get(activity.current_version_id, {})
        )
        if (activity.id, source.question.id) in wanted
    }


def sources_of(activity: Activity, version_id: int, changes: Mapping[str, Change]) -> list[Source]:
    """The questions of a version of a quiz, with the keys of now, or of the checks of a lesson.

    What a re-key left out, or gave to everybody, was not worth asking.
    """
    definition = versions.find_definition(version_id)
    if definition is None:
        return []
    if activity.kind == quiz.KIND_NAME:
        head = definition.head
        subjects = [rekeying.keyed(question, changes.get(question.id)) for question in definition.questions]
        return [
            Source(activity, subject.question, head.credit, head.shuffles_options)
            for subject in subjects
            if subject.way in (rekeying.Way.AS_WRITTEN, rekeying.Way.KEY)
        ]
    if activity.kind == lesson.KIND_NAME:
        return [
            Source(activity, question, Credit.PROPORTIONAL, shuffles=False)
            for placed in definition.containers
            if isinstance(placed.definition, Check)
            for question in placed.definition.questions
        ]
    return []


def rendered_question(source: Source, version_id: int) -> Mapping[str, Any]:
    """A question's HTML as it was made at sync."""
    activity = source.activity
    rendered = versions.rendered_of(version_id, activity.course.rendered_with)
    holders = [rendered]
    if activity.kind == lesson.KIND_NAME:
        holders = [part["rendered"] for part in rendered["parts"] if part.get("container") == quiz.CONTAINER_NAME]
    found: Mapping[str, Any] = next(
        holder["questions"][source.question.id] for holder in holders if source.question.id in holder["questions"]
    )
    return found


def find_row(enrolment_id: int, card: Card) -> PracticeCard | None:
    """What practice keeps of a card; None before the first answer."""
    query = select(PracticeCard).where(
        PracticeCard.enrolment_id == enrolment_id,
        PracticeCard.activity_id == card.activity_id,
        PracticeCard.question == card.question,
    )
    return db.session.scalars(query).one_or_none()


def last_answer(enrolment_id: int, card: Card) -> PracticeAnswer | None:
    """None before the first."""
    query = (
        select(PracticeAnswer)
        .join(PracticeAnswer.card)
        .where(
            PracticeCard.enrolment_id == enrolment_id,
            PracticeCard.activity_id == card.activity_id,
            PracticeCard.question == card.question,
        )
        .order_by(PracticeAnswer.number.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()
