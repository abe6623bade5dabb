"""Which questions an attempt would ask of a learner: the quiz's own or another's, in the learner's form."""

from collections.abc import Sequence
from dataclasses import dataclass

from cohorts.models import Enrolment
from courses import versions
from courses.models import Activity
from foundation.errors import N_, Conflict
from quizzes import parallel_forms, queries
from quizzes.drawing import Size
from quizzes.models import Attempt
from quizzes.questions import Question
from quizzes.quiz import KIND_NAME, Quiz


@dataclass(frozen=True)
class Giving:
    """The questions that a learner may be asked, before any is drawn."""

    questions: Sequence[Question]
    form: str = ""
    source_version_id: int | None = None
    """Of the quiz they are borrowed from; None: the quiz's own."""


def quiz_of(activity: Activity) -> Quiz:
    """As it is online."""
    quiz: Quiz = versions.definition_of(activity.current_version_id or 0)
    return quiz


def chain_of(activity: Activity) -> list[Activity]:
    """The quiz, the one it borrows from, and so on to the one that has the questions. Raises Conflict without one."""
    chain = [activity]
    while key := quiz_of(chain[-1]).head.questions_from:
        source = queries.find_quiz(activity.course_id, key)
        if source is None or source.kind != KIND_NAME or source.id in {one.id for one in chain}:
            raise Conflict(N_("Soal kuis ini belum tersedia. Beri tahu dosen Anda."))
        chain.append(source)
    return chain


def giving(activity: Activity, enrolment: Enrolment, past: Sequence[Attempt]) -> Giving:
    """What the next attempt asks; every attempt of a learner at a quiz has the same form."""
    chain = chain_of(activity)
    has_forms = parallel_forms.has_forms(quiz_of(chain[-1]).questions)
    return _give(chain, _form(chain, enrolment, past) if has_forms else "")


def giving_to_newcomer(chain: Sequence[Activity], rank: int, cohort: str) -> Giving:
    """What a first attempt asks of the learner who is `rank`-th in a cohort and has none anywhere; no query."""
    if not parallel_forms.has_forms(quiz_of(chain[-1]).questions):
        return _give(chain, "")
    form = parallel_forms.assigned(rank, cohort, chain[-1].key)
    return _give(chain, form if len(chain) % 2 else parallel_forms.other(form))


def _give(chain: Sequence[Activity], form: str) -> Giving:
    source = chain[-1]
    return Giving(
        parallel_forms.of_form(quiz_of(source).questions, form),
        form,
        None if len(chain) == 1 else source.current_version_id,
    )


def _form(chain: Sequence[Activity], enrolment: Enrolment, past: Sequence[Attempt]) -> str:
    """That of the attempts there are; else the other one than in the quiz borrowed from; else the one assigned."""
    given = next((attempt.form for attempt in past if attempt.form), "")
    if given:
        return given
    if len(chain) == 1:
        rank = queries.rank_in_cohort(enrolment)
        return parallel_forms.assigned(rank, enrolment.cohort.slug, chain[0].key)
    before = queries.attempts_at(enrolment.id, chain[1].id)
    return parallel_forms.other(_form(chain[1:], enrolment, before))


def size_of(activity: Activity, given: Giving) -> Size:
    """How much an attempt asks by the quiz's own rules."""
    return parallel_forms.size(given.questions, quiz_of(activity).head.draw, given.form)


def as_a_whole(activity: Activity) -> Giving:
    """Every question there is, whatever the form, as staff look at it."""
    return _give(chain_of(activity), "")
