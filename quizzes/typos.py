"""How many slips of the fingers lie between two texts. Pure."""


def is_within(written: str, meant: str, most: int) -> bool:
    """Whether at most `most` edits, none of them of a digit, make one text of the other.

    Optimal string alignment: a letter too many, too few, another one, or two neighbours swapped are one edit each, and
    nothing is edited twice. Oommen & Loke (1997), Pattern Recognition 30 (5); the recurrence is Boytsov's (2011), ACM
    JEA 16, section 2.1.
    """
    far = most + 1
    if abs(len(written) - len(meant)) > most:
        return False
    before: list[int] = []
    above = [min(cost, far) for cost in _costs_of_adding(meant, far)]
    down = _costs_of_adding(written, far)
    for row, letter in enumerate(written, start=1):
        here = [far] * (len(meant) + 1)
        here[0] = down[row]
        for column in range(max(1, row - most), min(len(meant), row + most) + 1):
            other = meant[column - 1]
            is_other = letter != other
            costs = [above[column - 1] + (_cost(far, letter, other) if is_other else 0)]
            costs.append(above[column] + _cost(far, letter))
            costs.append(here[column - 1] + _cost(far, other))
            if is_other and row > 1 and column > 1 and letter == meant[column - 2] and written[row - 2] == other:
                costs.append(before[column - 2] + _cost(far, letter, other))
            here[column] = min(*costs, far)
        before, above = above, here
    return above[-1] <= most


def _cost(far: int, *letters: str) -> int:
    """Of one edit that touches these letters: a digit is never edited."""
    return far if any(letter.isdigit() for letter in letters) else 1


def _costs_of_adding(text: str, far: int) -> list[int]:
    costs = [0]
    for letter in text:
        costs.append(min(costs[-1] + _cost(far, letter), far))
    return costs
