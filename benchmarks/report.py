"""The table that a run prints. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

HEADS = ("what", "product", "floor", "ratio", "each round", "goal", "met")


@dataclass(frozen=True)
class Row:
    what: str
    product: str
    floor: str = ""
    ratio: str = ""
    spread: str = ""
    """Of the single rounds' ratios, lowest to highest."""
    goal: str = ""
    is_met: bool | None = None
    """None where nothing is asked."""

    @property
    def cells(self) -> tuple[str, ...]:
        met = {True: "yes", False: "NO", None: ""}[self.is_met]
        return self.what, self.product, self.floor, self.ratio, self.spread, self.goal, met


def table(rows: Sequence[Row]) -> str:
    lines = [HEADS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([drawn[0], "-" * len(max(drawn, key=len)), *drawn[1:]])


def at_least(what: str, product: float, floor: float, ratio: float, rounds: Sequence[float], goal: float) -> Row:
    """Two rates as a ratio that should reach a goal."""
    spread = f"{min(rounds):.2f}–{max(rounds):.2f}"
    return Row(what, f"{product:.0f}", f"{floor:.0f}", f"{ratio:.2f}", spread, f"≥ {goal}", ratio >= goal)


def no_more_than(what: str, product: float, floor: float, ratio: float, rounds: Sequence[float], goal: float) -> Row:
    """Two costs as a ratio that should stay below a goal."""
    spread = f"{min(rounds):.2f}–{max(rounds):.2f}"
    return Row(what, f"{product:.1f}", f"{floor:.1f}", f"{ratio:.2f}", spread, f"≤ {goal}", ratio <= goal)


def at_most(what: str, value: float, goal: float, digits: int = 0) -> Row:
    return Row(what, f"{value:,.{digits}f}", goal=f"≤ {goal:,.{digits}f}", is_met=value <= goal)


def information(what: str, value: str) -> Row:
    return Row(what, value)
