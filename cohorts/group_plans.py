"""What staff want of a new set of groups, and what comes of it before anything is kept. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cohorts import groups
from cohorts.groups import Member, Range, Spread
from foundation.errors import N_, DomainError

MOST_GROUPS = 200
LARGEST = 400
USUAL = Range(6, 8)


class Way(StrEnum):
    RANDOM = "acak"
    SPREAD = "merata"  # random, with the values of one column spread over the groups
    BY_HAND = "tangan"


@dataclass(frozen=True)
class Wish:
    way: Way
    seed: str = ""
    column: str = ""
    """Whose values are spread."""
    wanted: Range = USUAL
    count: int | None = None
    """How many groups, whatever their sizes; None: as many as give the wanted sizes."""


@dataclass(frozen=True)
class Plan:
    """Groups as they would be, empty ones for a set made by hand."""

    groups: list[list[Member]]
    misses: int
    """By how many people the sizes lie outside what was wanted."""

    @property
    def people(self) -> int:
        return sum(map(len, self.groups))

    @property
    def sizes(self) -> list[tuple[int, int]]:
        return groups.sizes(self.groups)

    @property
    def spreads(self) -> list[Spread]:
        return groups.spreads(self.groups)


def columns(details: Iterable[Mapping[str, str]]) -> list[str]:
    """What the roster knows about at least one of them."""
    return sorted({column for known in details for column in known})


def plan(wish: Wish, details: Mapping[int, Mapping[str, str]]) -> Plan:
    """Groups of the people whose roster `details` are given by id. Raises DomainError for what cannot be."""
    people = len(details)
    if wish.count is None:
        count = groups.number_of_groups(people, wish.wanted)
        misses = wish.wanted.misses(people, count) if count else 0
    else:
        count, misses = wish.count, 0
    if wish.way is Way.BY_HAND:
        _check_count(count)
        return Plan([[] for _place in range(count)], misses)
    _check_wish(wish, details)
    _check_count(count)
    if count > people:
        raise DomainError(
            N_("Jumlah kelompok (%(groups)s) lebih banyak daripada praja (%(people)s). Kecilkan jumlahnya."),
            groups=count,
            people=people,
        )
    return Plan(groups.split(_members(wish, details), count, wish.seed), misses)


def _check_wish(wish: Wish, details: Mapping[int, Mapping[str, str]]) -> None:
    if not details:
        raise DomainError(
            N_("Belum ada praja di angkatan ini. Daftarkan dahulu, atau buat kelompok kosong dengan tangan.")
        )
    if not wish.seed:
        raise DomainError(N_("Kata acak belum diisi. Kata apa pun boleh."))
    if wish.way is Way.SPREAD and wish.column not in columns(details.values()):
        raise DomainError(N_("Kolom ini tidak ada di daftar praja. Pilih yang lain."))


def _check_count(count: int) -> None:
    if count == 0:
        raise DomainError(N_("Belum ada praja di angkatan ini. Isi jumlah kelompok yang Anda perlukan."))
    if count > MOST_GROUPS:
        raise DomainError(
            N_("Terlalu banyak kelompok: paling banyak %(most)s. Perbanyak anggotanya."), most=MOST_GROUPS
        )


def _members(wish: Wish, details: Mapping[int, Mapping[str, str]]) -> list[Member]:
    if wish.way is Way.RANDOM:
        return [Member(id) for id in details]
    return [Member(id, known.get(wish.column, "").strip()) for id, known in details.items()]
