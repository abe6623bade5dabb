"""Splitting people into groups that are as equal as can be. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """Somebody to be put into a group; `stratum` is what is to be spread evenly, "" where nothing is known."""

    id: int
    stratum: str = ""


@dataclass(frozen=True)
class Range:
    """How many people a group should have."""

    smallest: int
    largest: int

    def misses(self, people: int, count: int) -> int:
        """By how many people the worst of `count` equal groups lies outside."""
        return max(0, self.smallest - people // count, -(-people // count) - self.largest)


@dataclass(frozen=True)
class Spread:
    """How one value of a column is spread: each group has from `fewest` to `most` of its people."""

    value: str
    people: int
    fewest: int
    most: int


def number_of_groups(people: int, wanted: Range) -> int:
    """As many groups as bring their size nearest to the middle of the range; where no number fits, the nearest one.

    Sizes of n equal groups lie in the range when people / largest <= n <= people / smallest.
    """
    if people == 0:
        return 0
    fewest, most = -(-people // wanted.largest), people // wanted.smallest
    if fewest <= most:
        middle = round(2 * people / (wanted.smallest + wanted.largest))
        return min(max(middle, fewest), most)
    return min((count for count in (most, fewest) if count), key=lambda count: wanted.misses(people, count))


def split(members: Iterable[Member], count: int, seed: str) -> list[list[Member]]:
    """Deal members out to `count` groups, one each in turn; the same people and seed give the same groups.

    They stand in one row, stratum after stratum, shuffled, and the i-th goes to group i modulo count. Any run of
    neighbours in that row is dealt to groups in turn, so no two groups get numbers of it that differ by more than
    one. Each stratum is such a run, and so is the whole row: strata and sizes both differ by one at most.
    """
    row = sorted(members, key=lambda member: (_lot(seed, member.stratum), member.stratum, _lot(seed, member.id)))
    return [row[first::count] for first in range(count)]


def _lot(seed: str, drawn: object) -> str:
    """A place in the shuffled order that depends on nobody else, and on no version of Python."""
    return hashlib.sha256(f"{seed}\n{drawn}".encode(errors="surrogatepass")).hexdigest()


def sizes(groups: Iterable[list[Member]]) -> list[tuple[int, int]]:
    """(size, how many groups have it), the smallest first."""
    return sorted(Counter(map(len, groups)).items())


def spreads(groups: list[list[Member]]) -> list[Spread]:
    """For each stratum, the most frequent first."""
    counts = [Counter(member.stratum for member in group) for group in groups]
    totals = sum(counts, Counter[str]())
    found = [
        Spread(value, people, min(count[value] for count in counts), max(count[value] for count in counts))
        for value, people in totals.items()
    ]
    return sorted(found, key=lambda spread: (-spread.people, spread.value))


def place(newcomers: Iterable[int], sizes: Mapping[int, int]) -> list[tuple[int, int]]:
    """(newcomer, group) for each, into the smallest group there is by then, the first of equals.

    `sizes` says of each group how many are in it, in the groups' order.
    """
    now, placed = dict(sizes), []
    for newcomer in newcomers:
        group = min(now, key=now.__getitem__)
        now[group] += 1
        placed.append((newcomer, group))
    return placed
