"""Two forms of one test, A and B: who gets which, evenly and without regard to when anybody begins. Pure.

Who gets which is decided as in a trial, by blocks of two in the order of enrolment: each pair of neighbours gets both
forms, in an order that a coin decides. So within a cohort the forms never differ by more than one, whoever comes
later; and nobody can tell a form from the time of an attempt. The coin is seeded, so that the same learner gets the
same form whenever it is asked. Random permuted blocks: Schulz and Grimes, "Generation of allocation sequences in
randomised trials: chance, not choice", The Lancet 359 (2002), 515-519.
"""

import random
from collections.abc import Sequence

from quizzes import drawing
from quizzes.drawing import Draw, Size
from quizzes.questions import Question

FORMS = ("A", "B")


def has_forms(questions: Sequence[Question]) -> bool:
    return any(question.form for question in questions)


def of_form(questions: Sequence[Question], form: str) -> list[Question]:
    """The form's own questions and those of both; all there are where `form` is ""."""
    return [question for question in questions if not form or question.form in ("", form)]


def assigned(rank: int, cohort: str, quiz: str) -> str:
    """The form for the learner who is `rank`-th (from 0) to enrol in a cohort; blocks of two, a coin for each."""
    block, place = divmod(rank, len(FORMS))
    begins_with = random.Random(f"{cohort}/{quiz}/{block}").randrange(len(FORMS))
    return FORMS[(place + begins_with) % len(FORMS)]


def other(form: str) -> str:
    """The form that somebody has not seen yet; without forms there is none."""
    return {"A": "B", "B": "A"}.get(form, "")


def size(questions: Sequence[Question], wanted: Draw, form: str = "") -> Size:
    """How much an attempt asks; without a form, of either one."""
    forms = FORMS if has_forms(questions) and not form else (form,)
    return drawing.widest(drawing.size(of_form(questions, one), wanted) for one in forms)
