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
from collections.abc import Sequence
from dataclasses import dataclass

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


def answer(
    item: Item, ability: float, keys: Sequence[str], right: frozenset[str], *, is_multiple: bool, chance: random.Random
) -> list[str]:
    """The option keys an invented learner chooses, sorted."""
    probability = item.probability(ability)
    if is_multiple:
        return sorted(key for key in keys if (key in right) == (chance.random() < probability))
    if chance.random() < probability:
        return sorted(right)
    return [chance.choice([key for key in keys if key not in right])]
