"""How an invented learner answers: the two-parameter logistic item-response model. Pure, seeded.

    P(right | ability) = 1 / (1 + exp(-a (ability - b)))        a: discrimination, b: difficulty
    Birnbaum (1968), in Lord & Novick, Statistical Theories of Mental Test Scores.

ability ~ N(0, 1); b ~ N(-0.5, 0.8); a ~ lognormal(0, 0.3). The parameters of an item depend on the seed and its id
alone, so that they can be known to whoever analyses the answers. A single-choice question is answered rightly with
probability P, else by one of its distractors at random; in a multiple-choice question every option is judged rightly
with probability P, each for itself.
"""

import math
import random
from dataclasses import dataclass

from quizzes.answers import Answer
from quizzes.choices import Choice
from quizzes.kinds import Value, kind_of

SEED = 393


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
    if isinstance(asked, Choice):
        return _choose(asked, probability, chance)
    return kind_of(asked).right(asked) if chance.random() < probability else []


def _choose(choice: Choice, probability: float, chance: random.Random) -> Value:
    if choice.is_multiple:
        return sorted(o.key for o in choice.options if o.is_right == (chance.random() < probability))
    if chance.random() < probability:
        return sorted(choice.right)
    return [chance.choice([option.key for option in choice.options if not option.is_right])]
