"""Which copies stay, and what one is called."""

from datetime import UTC, datetime

import pytest

from foundation.copies import Contents, name_at, superfluous

pytestmark = pytest.mark.pure

OLD, MIDDLE, NEW = (f"kelas-2026112{day}-024200Z.sqlite" for day in (1, 2, 3))


def test_a_name_tells_when_in_utc() -> None:
    at = datetime(2026, 11, 24, 2, 42, 7, tzinfo=UTC)
    assert name_at(at, ".sqlite") == "kelas-20261124-024207Z.sqlite"
    assert name_at(at, ".dump", again=2) == "kelas-20261124-024207Z-2.dump"


@pytest.mark.parametrize(
    ("names", "keep", "goes"),
    [
        ([OLD, MIDDLE, NEW], 3, []),
        ([NEW, OLD, MIDDLE], 2, [OLD]),
        ([OLD, MIDDLE, NEW], 1, [OLD, MIDDLE]),
        ([NEW], 1, []),
        ([OLD, NEW], 9, []),
    ],
)
def test_the_oldest_go(names: list[str], keep: int, goes: list[str]) -> None:
    assert superfluous(names, ".sqlite", keep, made=NEW) == goes


def test_the_copy_just_made_stays_though_the_clock_was_set_back() -> None:
    assert superfluous([OLD, MIDDLE, NEW], ".sqlite", 2, made=OLD) == [MIDDLE]


@pytest.mark.parametrize(
    "other",
    [
        "learning.sqlite",
        "kelas.sqlite",
        "kelas-20261121-024200Z.dump",
        "kelas-20261121-024200Z.sqlite.sha256",
        "kelas-20261121-024200Z.sqlite.part",
        "kelas-sebelum-pemulihan-20261121-024200Z.sqlite",
        "salinan kelas-20261121-024200Z.sqlite",
    ],
)
def test_what_is_not_ours_stays(other: str) -> None:
    assert superfluous([other, MIDDLE, NEW], ".sqlite", 1, made=NEW) == [MIDDLE]


def test_a_copy_is_told_by_what_is_in_it() -> None:
    contents = Contents("0005", {"people": 393, "attempts": 1204, "answers": 1000000})
    assert str(contents) == "393 orang, 1.204 percobaan, 1.000.000 jawaban"
