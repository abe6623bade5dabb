"""A quiz's questions with their keys of now, what was done to them, and how many answered: for those who re-key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from courses import versions
from courses.models import Activity
from foundation.errors import NotFound
from quizzes import rekey_history, rekey_queries, rekeying, sheet
from quizzes.editions import Asked, Edition, editions
from quizzes.models import Rekey
from quizzes.quiz import Quiz
from quizzes.rekey_history import Act
from quizzes.rekeying import AS_WRITTEN, Change, restored
from quizzes.sheet import QuestionView


@dataclass(frozen=True)
class Subject:
    """A question, through all versions of its quiz that were asked."""

    quiz: Activity
    number: int
    """In the newest version of the quiz that has it, as its file orders it."""
    asked: Sequence[Asked]
    """Newest first."""
    acts: Sequence[Act]
    answered: int

    @property
    def id(self) -> str:
        return self.asked[0].question.id

    @property
    def editions(self) -> list[Edition]:
        return editions(self.asked)

    @property
    def is_online(self) -> bool:
        return self.asked[0].version_id == self.quiz.current_version_id

    @property
    def view(self) -> QuestionView:
        return self.view_of(self.asked[0])

    def view_of(self, asked: Asked) -> QuestionView:
        """The question as a version has it, with the key it is scored by."""
        rendered = versions.rendered_of(asked.version_id, self.quiz.course.rendered_with)["questions"]
        subject = rekeying.keyed(asked.question, asked.change)
        return sheet.with_key_of_now(subject, rendered[asked.question.id], self.number)

    def undo(self) -> dict[int, Change]:
        """What takes the newest act back."""
        return rekey_history.before_last_act(self.acts)


def subjects(quiz: Activity) -> list[Subject]:
    """Those online in their order, then those that are asked no more. What has no right or wrong has no key."""
    used = rekey_queries.used_versions(quiz)
    rekeys = rekey_queries.rekeys_of([one.version_id for one in used])
    effects = rekey_queries.effects_of(rekeys) if rekeys else {}
    answered = rekey_queries.answered([one.version_id for one in used])
    changes = _changes(rekeys)
    asked: dict[str, list[Asked]] = {}
    numbers: dict[str, int] = {}
    for one in used:
        definition: Quiz | None = versions.find_definition(one.version_id)
        if definition is None:
            continue
        for number, question in enumerate(definition.questions, start=1):
            if question.is_scored:
                change = changes.get((one.version_id, question.id), AS_WRITTEN)
                asked.setdefault(question.id, []).append(
                    Asked(one.version_id, one.since, one.attempts, question, change)
                )
                numbers.setdefault(question.id, number)
    return [
        Subject(
            quiz,
            numbers[id],
            found,
            rekey_history.acts([rekey for rekey in rekeys if rekey.question == id], effects),
            answered.get(id, 0),
        )
        for id, found in asked.items()
    ]


def get_subject(quiz: Activity, question: str) -> Subject:
    for subject in subjects(quiz):
        if subject.id == question:
            return subject
    raise NotFound()


def _changes(rekeys: Sequence[Rekey]) -> Mapping[tuple[int, str], Change]:
    return {(rekey.version_id, rekey.question): restored(rekey.change) for rekey in rekeys}


def borrowed(quiz: Activity) -> str:
    """The key of the quiz whose questions this one gives; "" where it has its own."""
    if quiz.current_version_id is None:
        return ""
    definition: Quiz = versions.definition_of(quiz.current_version_id)
    return definition.head.questions_from
