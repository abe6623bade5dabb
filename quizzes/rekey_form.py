"""The form of a re-key, filled in edition by edition: `cara-0` what to do, `kunci-0` (or `kunci-0-1`) the key. Pure.

Edition 0 is the newest. An older one is asked about for itself, and may take what was said of the newest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from foundation.errors import N_, DomainError
from quizzes import rekeying
from quizzes.blanks import Blanks
from quizzes.choices import Choice
from quizzes.editions import Edition
from quizzes.rekeying import AS_WRITTEN, Change, Way

SAME = "sama"
"""As the newest edition."""
STAY = "biarkan"
"""As it is."""

MOST_REASON = 500
"""Letters of a reason."""


@dataclass
class Filled:
    """What is filled in for one edition, and what is wrong with it."""

    edition: Edition
    number: int
    ways: list[str]
    way: str
    key: list[str]
    refusal: DomainError | None = None


def drawn(editions: Sequence[Edition]) -> list[Filled]:
    """As the form is first seen: how each edition is scored now; an older one follows the newest."""
    forms = []
    for number, edition in enumerate(editions):
        ways, way = _ways(edition, number, len(editions)), edition.newest.change.way
        chosen = SAME if number else way.value if way is not Way.AS_WRITTEN else ways[0]
        forms.append(Filled(edition, number, ways, chosen, edition.newest.key))
    return forms


def _ways(edition: Edition, number: int, count: int) -> list[str]:
    ways = [way.value for way in rekeying.ways_for(edition.newest.question)]
    if any(one.change != AS_WRITTEN for one in edition.asked):
        ways.append(Way.AS_WRITTEN.value)
    return [*([SAME] if number else []), *ways, *([STAY] if count > 1 else [])]


def sent(editions: Sequence[Edition], form: MultiDict[str, str]) -> list[Filled]:
    """What was filled in; each edition knows what is wrong with it."""
    found = [
        Filled(edition, number, _ways(edition, number, len(editions)), *_read(edition, number, form))
        for number, edition in enumerate(editions)
    ]
    for one in found:
        try:
            plan([found[0], one])
        except DomainError as refusal:
            one.refusal = refusal
    return found


def _read(edition: Edition, number: int, form: MultiDict[str, str]) -> tuple[str, list[str]]:
    way, name, answer = form.get(f"cara-{number}", ""), f"kunci-{number}", edition.newest.question.answer
    if isinstance(answer, Choice):
        return way, form.getlist(name)
    if isinstance(answer, Blanks):
        return way, [form.get(f"{name}-{place}", "").strip() for place in range(len(answer.blanks))]
    return way, form.get(name, "").splitlines()


def plan(filled: Sequence[Filled]) -> dict[int, Change]:
    """Version id -> what becomes of the question there; versions that stay as they are are not named.

    Raises DomainError.
    """
    return {
        asked.version_id: rekeying.normal(asked.question, change)
        for one in filled
        if (change := _change(one, filled[0])) is not None
        for asked in one.edition.asked
    }


def _change(filled: Filled, newest: Filled) -> Change | None:
    if filled.way not in filled.ways:
        raise DomainError(N_("Pilih apa yang dilakukan dengan soal ini."))
    if filled.way == SAME:
        return _change(newest, newest)
    if filled.way == STAY:
        return None
    if filled.way == Way.KEY:
        return rekeying.another_key(filled.edition.newest.question, filled.key)
    return Change(Way(filled.way))


def read_reason(written: str) -> str:
    """Raises DomainError without one."""
    reason = " ".join(written.split())
    if not reason:
        raise DomainError(N_("Tulis alasannya: praja yang nilainya berubah membacanya."))
    if len(reason) > MOST_REASON:
        raise DomainError(N_("Alasan ini terlalu panjang: paling banyak %(most)d huruf."), most=MOST_REASON)
    return reason
