"""What a learner answers in practice: kept once, never graded."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import func, select

from cohorts.models import Enrolment
from courses.actions import record_practice
from foundation.database import db
from foundation.errors import N_, Conflict, DomainError
from quizzes import grading, outcomes, practice, practice_queries
from quizzes.grading import Mark
from quizzes.kinds import Value
from quizzes.models import PracticeAnswer, PracticeCard
from quizzes.practice import Card
from quizzes.practice_queries import Deck, Source


def answer(enrolment: Enrolment, deck: Deck, card: Card, number: int, value: Value, at: datetime) -> None:
    """Keep answer `number` to a question of a locked deck, and plan when it comes back.

    Sent again, it is the same answer. Raises Conflict for what is not asked today.
    """
    row = practice_queries.find_row(enrolment.id, card)
    given = _answers_to(row)
    if 0 < number <= given:
        return
    if number != given + 1:
        raise DomainError(N_("Halaman ini tidak lengkap. Muat ulang, lalu jawab lagi."))
    if card not in deck.today.cards:
        raise Conflict(N_("Soal ini tidak ditanyakan hari ini. Buka Latihan ulang untuk melihat giliran berikutnya."))
    source = deck.source_of(card)
    mark = _mark(source, value)
    _keep(row, enrolment, card, source, PracticeAnswer(number=number, value=value, at=at), mark)
    db.session.commit()


def _answers_to(row: PracticeCard | None) -> int:
    if row is None:
        return 0
    return db.session.scalars(select(func.count()).where(PracticeAnswer.card_id == row.id)).one()


def _mark(source: Source, value: Value) -> Mark:
    if not value:
        raise DomainError(N_("Jawab dahulu, lalu tekan Periksa."))
    mark = grading.mark(source.question, value, source.credit)
    if mark.is_waiting:
        raise DomainError(N_("Jawaban ini tidak dapat diperiksa otomatis. Tulis lebih singkat, lalu coba lagi."))
    return mark


def _keep(
    row: PracticeCard | None, enrolment: Enrolment, card: Card, source: Source, answer: PracticeAnswer, mark: Mark
) -> None:
    share = mark.share or Fraction(0)
    memory, due = practice.practised(card, share, answer.at)
    if row is None:
        row = PracticeCard(enrolment_id=enrolment.id, activity_id=card.activity_id, question=card.question)
    row.memory, row.due, row.missed_at = practice.to_json(memory), due, card.missed_at
    answer.version_id, answer.share, answer.card = source.version_id, float(share), row
    db.session.add_all([row, answer])
    record_practice(enrolment.id, card.activity_id, outcomes.evidence([source.question], [mark]), answer.at)
