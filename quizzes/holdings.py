"""What quizzes hold of a learner, and how it goes: what was chosen and what it earned stays, what was written goes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import joinedload

from accounts.models import Person
from accounts.personal import Holding, Keeper, Told
from accounts.pseudonyms import Naming
from cohorts.locking import hold_all
from cohorts.models import Enrolment
from courses import versions
from courses.models import Activity
from foundation.database import db
from foundation.errors import N_
from quizzes import closing, erased, grading, moments, pinning, scoring
from quizzes.blanks import Blanks, Menu, without_blanks
from quizzes.choices import Choice
from quizzes.kinds import Value, kind_of
from quizzes.models import (
    Answer,
    Attempt,
    CheckAnswer,
    HumanMark,
    Override,
    PracticeAnswer,
    PracticeCard,
    Rekey,
    ScoreChange,
)
from quizzes.options import key_of
from quizzes.plain_lists import Matching, Ordering
from quizzes.questions import Credit, Question
from quizzes.quiz import Check, Quiz

GRADER = "who it was: a person of the staff, whose name the learner's pages do not tell either"


def _attempts_of(person: Person) -> Select[Attempt]:
    query = select(Attempt).join(Attempt.enrolment).where(Enrolment.person_id == person.id).order_by(Attempt.id)
    return query.options(joinedload(Attempt.activity), joinedload(Attempt.enrolment))


def _attempts(person: Person, at: datetime) -> Told:
    return ((attempt, {"quiz": attempt.activity.title}) for attempt in db.session.scalars(_attempts_of(person)))


def _answers(person: Person, at: datetime) -> Told:
    attempts = {attempt.id: attempt for attempt in db.session.scalars(_attempts_of(person))}
    saves = select(Answer).where(Answer.attempt_id.in_(attempts)).order_by(Answer.attempt_id, Answer.id)
    for answer in db.session.scalars(saves):
        attempt = attempts[answer.attempt_id]
        question = _asked_in(pinning.source_of(attempt)).get(answer.question)
        yield (
            answer,
            {
                "quiz": attempt.activity.title,
                "attempt": attempt.number,
                **_words(question, answer.value),
            },
        )


def _marks(person: Person, at: datetime) -> Told:
    """Those of their own answers once the key may be seen, and those they gave as staff; no drafts of others."""
    out = {
        attempt.id
        for attempt in db.session.scalars(_attempts_of(person)).all()
        if moments.key_is_out(attempt.enrolment, attempt.activity, at)
    }
    theirs = HumanMark.attempt_id.in_(out) & HumanMark.is_draft.is_(False)
    query = select(HumanMark).where(theirs | (HumanMark.by_id == person.id)).order_by(HumanMark.id)
    return ((mark, {"is_given_by_me": mark.by_id == person.id}) for mark in db.session.scalars(query))


def _changes(person: Person, at: datetime) -> Told:
    query = (
        select(ScoreChange).join(ScoreChange.attempt).join(Attempt.enrolment).where(Enrolment.person_id == person.id)
    )
    for change in db.session.scalars(query.options(joinedload(ScoreChange.rekey)).order_by(ScoreChange.id)):
        yield change, {"question": change.rekey.question, "reason": change.rekey.reason}


def _exceptions(person: Person, at: datetime) -> Told:
    query = (
        select(Override)
        .outerjoin(Override.enrolment)
        .where((Enrolment.person_id == person.id) | (Override.by_id == person.id))
        .options(joinedload(Override.activity))
        .order_by(Override.id)
    )
    return ((one, {"quiz": one.activity.title}) for one in db.session.scalars(query))


def _rekeys(person: Person, at: datetime) -> Told:
    return ((one, {}) for one in db.session.scalars(select(Rekey).where(Rekey.by_id == person.id)))


def _cards_of(person: Person) -> Select[PracticeCard]:
    query = select(PracticeCard).join(Enrolment, Enrolment.id == PracticeCard.enrolment_id)
    return query.where(Enrolment.person_id == person.id).order_by(PracticeCard.id)


def _cards(person: Person, at: datetime) -> Told:
    for card in db.session.scalars(_cards_of(person).options(joinedload(PracticeCard.activity))):
        yield card, {"activity": card.activity.title}


def _practice(person: Person, at: datetime) -> Told:
    query = select(PracticeAnswer).join(PracticeAnswer.card).join(Enrolment, Enrolment.id == PracticeCard.enrolment_id)
    query = query.where(Enrolment.person_id == person.id).options(joinedload(PracticeAnswer.card))
    for answer in db.session.scalars(query.order_by(PracticeAnswer.id)):
        yield answer, _words(_asked_in(answer.version_id).get(answer.card.question), answer.value)


def _checks(person: Person, at: datetime) -> Told:
    query = (
        select(CheckAnswer, Activity.title)
        .join(Activity, Activity.id == CheckAnswer.activity_id)
        .join(Enrolment, Enrolment.id == CheckAnswer.enrolment_id)
        .where(Enrolment.person_id == person.id)
        .order_by(CheckAnswer.id)
    )
    for answer, title in db.session.execute(query):
        words = _words(_asked_in(answer.version_id).get(answer.question), answer.value)
        yield answer, {"lesson": title, **words}


def _asked_in(version_id: int) -> Mapping[str, Question]:
    """Question id -> the question, of a quiz or of the checks in a lesson; none of what no longer parses."""
    definition = versions.find_definition(version_id)
    sets = (
        [definition]
        if isinstance(definition, Quiz)
        else [
            placed.definition
            for placed in getattr(definition, "containers", ())
            if isinstance(placed.definition, Check)
        ]
    )
    return {question.id: question for found in sets for question in found.questions}


def _words(question: Question | None, value: Value) -> dict[str, Any]:
    """The question as it was asked, and the answer as people read it."""
    if question is None:
        return {}
    parts = _parts_of(question)
    said = [": ".join(parts.get(key, key) for key in one.split(":", 1)) if parts else one for one in value]
    return {
        "question_text": without_blanks(f"{question.stem_title}\n\n{question.stem}").strip(),
        "choices": list(parts.values()),
        "answer_text": said,
    }


def _parts_of(question: Question) -> dict[str, str]:
    """Key -> words, of what there was to choose from or to put in order."""
    match question.answer:
        case Choice(options):
            return {option.key: option.text for option in options}
        case Matching() as matching:
            texts: Sequence[str] = sorted({*(pair.left for pair in matching.pairs), *matching.rights})  # no key in it
        case Ordering(items):
            texts = sorted(items)
        case Blanks(blanks):
            texts = [part for blank in blanks if isinstance(blank, Menu) for part in blank.parts]
        case _:
            texts = []
    return {key_of(text): text for text in texts}


def erase(person: Person, naming: Naming, at: datetime) -> None:
    """What is over is submitted first; what is not handed in counts nowhere, and goes."""
    closing.settle([attempt for attempt in db.session.scalars(_attempts_of(person)) if attempt.is_open], at)
    locked = _attempts_of(person).with_for_update(of=Attempt).execution_options(populate_existing=True)
    attempts = list(db.session.scalars(locked))
    enrolments = hold_all(person.id)
    for attempt in attempts:
        if attempt.is_open:
            db.session.execute(delete(Attempt).where(Attempt.id == attempt.id))
        else:
            _blank(attempt)
    for answer in db.session.scalars(select(CheckAnswer).where(CheckAnswer.enrolment_id.in_(enrolments))).all():
        question = _asked_in(answer.version_id).get(answer.question)
        answer.value = _without_words(question, answer.value, Credit.PROPORTIONAL)
    cards = _cards_of(person).with_only_columns(PracticeCard.id).order_by(None)
    practised = select(PracticeAnswer).where(PracticeAnswer.card_id.in_(cards)).options(joinedload(PracticeAnswer.card))
    for practice in db.session.scalars(practised).all():
        question = _asked_in(practice.version_id).get(practice.card.question)
        practice.value = _without_words(question, practice.value, Credit.PROPORTIONAL)
    of_them = HumanMark.attempt_id.in_([attempt.id for attempt in attempts])
    db.session.execute(delete(HumanMark).where(of_them, HumanMark.is_draft.is_(True)))
    db.session.execute(update(HumanMark).where(of_them).values(comment=""))
    db.session.execute(update(Override).where(Override.enrolment_id.in_(enrolments)).values(reason=""))
    for rekey in db.session.scalars(select(Rekey)).all():
        rekey.reason = naming.without(rekey.reason)


def _blank(attempt: Attempt) -> None:
    """The words of every save of a submitted attempt, also of those that did not count."""
    is_readable = pinning.is_readable(attempt)
    asked = {one.question.id: one.question for one in scoring.keyed_questions(attempt)} if is_readable else {}
    credit = pinning.quiz_of(attempt).head.credit if is_readable else Credit.PROPORTIONAL
    for answer in db.session.scalars(select(Answer).where(Answer.attempt_id == attempt.id)).all():
        answer.value = _without_words(asked.get(answer.question), answer.value, credit)


def _without_words(question: Question | None, value: Value, credit: Credit) -> Value:
    """The answer itself where it only chooses or says a number; else what it is worth, if that can be said."""
    if not value or erased.is_erased(value):
        return value
    if question is None:
        return erased.erased(None)
    if not kind_of(question.answer).has_words(question.answer, value):
        return value
    return erased.erased(grading.share(question, value, credit))


KEEPER = Keeper(
    (
        Holding(
            Attempt,
            "percobaan",
            N_("Percobaan kuis Anda: kapan, soal mana dengan urutan apa, dan nilainya."),
            _attempts,
        ),
        Holding(
            Answer,
            "jawaban",
            N_("Setiap jawaban yang tersimpan, juga yang kemudian diubah, dengan soalnya seperti ditanyakan."),
            _answers,
        ),
        Holding(
            HumanMark,
            "penilaian",
            N_(
                "Penilaian dan komentar atas jawaban Anda, begitu pembahasannya dibuka; juga yang Anda berikan "
                "sebagai staf."
            ),
            _marks,
            {"by_id": GRADER},
        ),
        Holding(
            ScoreChange,
            "perubahan-nilai",
            N_("Perubahan nilai Anda karena kunci soal diperbaiki."),
            _changes,
        ),
        Holding(
            Override,
            "pengecualian",
            N_("Pengecualian untuk Anda, dan yang Anda berikan sebagai staf."),
            _exceptions,
            {"by_id": GRADER},
        ),
        Holding(
            Rekey,
            "kunci-yang-anda-perbaiki",
            N_("Kunci soal yang Anda perbaiki sebagai staf."),
            _rekeys,
        ),
        Holding(
            PracticeCard,
            "latihan",
            N_("Soal latihan ulang Anda, dan kapan gilirannya."),
            _cards,
        ),
        Holding(
            PracticeAnswer,
            "jawaban-latihan",
            N_("Jawaban Anda dalam latihan ulang."),
            _practice,
        ),
        Holding(
            CheckAnswer,
            "jawaban-cek",
            N_("Jawaban Anda pada cek pemahaman di pelajaran."),
            _checks,
        ),
    ),
    erase,
)
