"""How an invented learner answers: the two-parameter logistic item-response model. Pure, seeded.

    P(right | ability) = 1 / (1 + exp(-a (ability - b)))        a: discrimination, b: difficulty
    Birnbaum (1968), in Lord & Novick, Statistical Theories of Mental Test Scores.

ability ~ N(0, 1); b ~ N(-0.5, 0.8); a ~ lognormal(0, 0.3). The parameters of an item depend on the seed and its id
alone, so that they can be known to whoever analyses the answers.

A single choice, a text or a number is right with probability P: else it is one of the distractors at random, a key full
of slips or other words, a number that is off. In a multiple-choice question every option is judged rightly with
probability P, each for itself; so is every blank, and every pair of a matching. An order is built step by step: each is
put behind those before it, and passes each of them in turn with probability 1 - P (repeated insertion: Doignon, Pekeč &
Regenwetter 2004, Psychometrika 69). A scale knows no right: the more able tick higher, with noise ~ N(0, 1). Essays and
comments are invented sentences, or nothing.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quizzes.answer_keys import NumberAnswer, TextAnswer
from quizzes.answers import Answer
from quizzes.blanks import Blanks, Gap, Menu
from quizzes.choices import Choice
from quizzes.kinds import Value
from quizzes.kinds.text import is_right
from quizzes.numbers import Number, write_number
from quizzes.options import key_of
from quizzes.plain_lists import Matching, Ordering
from quizzes.rubrics import Essay
from quizzes.scales import Comment, Scale

SEED = 393
SENTENCES = (
    "Menurut saya daerah perlu memulai dari potensi yang sudah dikenali warganya.",
    "Perangkat daerah sebaiknya berkonsultasi dahulu dengan Kementerian Luar Negeri.",
    "Kerja sama yang baik memberi manfaat bagi kedua pihak dan dapat diukur.",
    "DPRD dilibatkan sejak rencana disusun, bukan sesudah naskah jadi.",
    "Bahan bacaannya jelas, dan contoh dari daerah saya sendiri akan menambah pemahaman.",
    "Saya masih bingung membedakan pernyataan kehendak dan nota kesepahaman.",
    "Anggaran dan pemantauan perlu ditulis sejak awal.",
)
OTHER_WORDS = ("tidak tahu", "pemerintah pusat", "kementerian", "perjanjian", "gubernur")
NO_WORD = "?"
SILENT = 0.1
"""Share of essays and comments that are left empty."""
ALPHABET = "abcdefghijklmnoprstu"


@dataclass(frozen=True)
class Item:
    discrimination: float
    difficulty: float

    def probability(self, ability: float) -> float:
        return 1 / (1 + math.exp(-self.discrimination * (ability - self.difficulty)))


def item(seed: int, quiz: str, question: str) -> Item:
    """The parameters of a question, the same wherever they are asked for."""
    chance = random.Random(f"{seed}/{quiz}/{question}")
    return Item(discrimination=chance.lognormvariate(0, 0.3), difficulty=chance.gauss(-0.5, 0.8))


def answer(item: Item, ability: float, asked: Answer, chance: random.Random) -> Value:
    """What an invented learner answers to a question that asks so."""
    probability = item.probability(ability)
    match asked:
        case Choice():
            return _choose(asked, probability, chance)
        case TextAnswer():
            return [_write(asked, probability, chance)]
        case NumberAnswer():
            return [_calculate(asked, probability, chance)]
        case Blanks(blanks):
            return [_fill(blank, probability, chance) for blank in blanks]
        case Matching():
            return _match(asked, probability, chance)
        case Ordering(items):
            return _arrange(items, probability, chance)
        case Scale():
            return [_rate(asked, ability, chance)]
        case Essay() | Comment():
            return _tell(chance)


def _choose(choice: Choice, probability: float, chance: random.Random) -> Value:
    if choice.is_multiple:
        return sorted(o.key for o in choice.options if o.is_right == (chance.random() < probability))
    if chance.random() < probability:
        return sorted(choice.right)
    return [chance.choice([option.key for option in choice.options if not option.is_right])]


def _write(asked: TextAnswer, probability: float, chance: random.Random) -> str:
    """A key, or what is none; where there are patterns alone, nobody knows a right answer."""
    if asked.keys and chance.random() < probability:
        return chance.choice(asked.keys)
    slips = [_misspelt(chance.choice(asked.keys), chance)] if asked.keys else []
    wrong = [word for word in (*slips, *OTHER_WORDS) if is_right(asked, word) is False]
    return chance.choice(wrong) if wrong else NO_WORD


def _misspelt(key: str, chance: random.Random) -> str:
    """A key with another letter for each third of it."""
    letters = list(key)
    for place in chance.sample(range(len(letters)), (len(letters) + 2) // 3):
        letters[place] = chance.choice(ALPHABET.replace(letters[place].lower(), ""))
    return "".join(letters)


def _calculate(asked: NumberAnswer, probability: float, chance: random.Random) -> str:
    """A key, or a number farther from every key than is forgiven."""
    key = chance.choice(asked.keys)
    if chance.random() < probability:
        return write_number(Number(key.value))
    farthest = max(abs(one.value - key.value) + one.within for one in asked.keys)
    off = chance.randint(1, 9) * Decimal(10) ** (key.value.adjusted() - 2)  # 1956 becomes 1966 to 2046
    return write_number(Number(key.value + farthest + off))


def _fill(blank: Gap | Menu, probability: float, chance: random.Random) -> str:
    match blank if isinstance(blank, Menu) else blank.answer:
        case Menu(parts, right):
            wrong = [part for part in parts if part != right]
            return key_of(right if not wrong or chance.random() < probability else chance.choice(wrong))
        case TextAnswer() as asked:
            return _write(asked, probability, chance)
        case NumberAnswer() as asked:
            return _calculate(asked, probability, chance)


def _match(asked: Matching, probability: float, chance: random.Random) -> Value:
    given = []
    for pair in asked.pairs:
        wrong = [right for right in asked.rights if right != pair.right]
        right = pair.right if not wrong or chance.random() < probability else chance.choice(wrong)
        given.append(f"{key_of(pair.left)}:{key_of(right)}")
    return given


def _arrange(items: Sequence[str], probability: float, chance: random.Random) -> Value:
    order: list[str] = []
    for step in items:
        place = len(order)
        while place and chance.random() >= probability:
            place -= 1
        order.insert(place, step)
    return [f"{key_of(step)}:{order.index(step) + 1}" for step in items]


def _rate(scale: Scale, ability: float, chance: random.Random) -> str:
    steps = scale.last - scale.first
    return str(scale.first + max(0, min(steps, round(steps / 2 + (ability + chance.gauss(0, 1)) * steps / 5))))


def _tell(chance: random.Random) -> Value:
    if chance.random() < SILENT:
        return []
    return [" ".join(chance.sample(SENTENCES, chance.randint(1, 3)))]
