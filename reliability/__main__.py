"""`make hall` and `make crash`: the tables of docs/reliability.md. Whatever is lost or doubled ends with code 1."""

import os
import sys
from collections import Counter

from reliability import crash, faults, hall
from reliability.audit import Finding
from reliability.journal import percentile
from reliability.load import Load
from reliability.praja import Pace
from reliability.served import prepared, serving

HALL = 393
KNEE = (100, 200, 393, 1000)
CROWD = 40
"""Praja who work while things break."""
FAULTY = {"FLASK_APP": "reliability.faulty"}


def main() -> None:
    is_postgres = os.environ.get("DATABASE") == "postgres"
    if sys.argv[1:] == ["hall"]:
        sizes = KNEE if os.environ.get("KNEE") else (int(os.environ.get("N") or HALL),)
        every = [play_hall(size, is_postgres=is_postgres) for size in sizes]
        sys.exit(not all(every))
    if sys.argv[1:] == ["crash"]:
        kills = int(os.environ.get("KILLS") or 100)
        is_kept = is_postgres or kill(kills, int(os.environ.get("N") or CROWD))
        sys.exit(not (break_everything(is_postgres=is_postgres) and is_kept))
    sys.exit("python -m reliability hall | crash")


def play_hall(size: int, *, is_postgres: bool) -> bool:
    tell(f"a hall of {size} on {'PostgreSQL, two servers behind nginx' if is_postgres else 'SQLite, one server'}")
    with prepared(size, postgres=is_postgres) as served, serving(served):
        outcome = hall.play(served, size, Pace())
    print(hall.table(outcome), flush=True)
    return outcome.is_kept


def kill(count: int, size: int) -> bool:
    tell(f"{count} kills while {size} praja answer")
    with prepared(size) as served, serving(served):
        load, kills = Load(served, size), crash.Kills(count)
        finding = load.run(kills.happen) + kills.finding
    print("| kill -9 of | times | answers again after, s: median | slowest |\n|---|---:|---:|---:|")
    for who, seconds in kills.returns.items():
        print(f"| a {who} | {len(seconds)} | {percentile(seconds, 50):.1f} | {max(seconds, default=0):.1f} |")
    print(f"\n{found(finding)}\n{seen(load)}", flush=True)
    return finding.is_sound and load.journal.finished == size


def break_everything(*, is_postgres: bool) -> bool:
    print("| fault | praja finished | acknowledged | lost, doubled, miscounted | database sound | back after, s |")
    print("|---|---:|---:|---:|---|---:|")
    lines = []
    for fault in faults.ON_POSTGRESQL if is_postgres else faults.ON_SQLITE:
        with prepared(CROWD, postgres=is_postgres, more=FAULTY) as served, serving(served):
            line = faults.measure(fault, Load(served, CROWD))
        lines.append(line)
        finding = line.finding
        wrong = f"{len(finding.lost)}, {len(finding.doubled)}, {len(finding.miscounted)}"
        is_whole = "no" if finding.damage else "yes"
        cells = (line.fault, line.finished, finding.acknowledged, wrong, is_whole, f"{line.seconds_to_return:.1f}")
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
    for line in lines:
        print(f"\n{line.fault}: {listed(line.seen)}", *line.said, listed(line.refused), sep="\n", flush=True)
    return all(line.finding.is_sound and line.finished == CROWD for line in lines)


def found(finding: Finding) -> str:
    return (
        f"{finding.acknowledged} answers acknowledged; lost: {len(finding.lost)}, doubled: {len(finding.doubled)}, "
        f"miscounted: {len(finding.miscounted)}, damage: {len(finding.damage)}"
    )


def seen(load: Load) -> str:
    journal = load.journal
    counts = f"{journal.finished} of {load.size} praja finished, {len(journal.submitted)} attempts"
    return f"{counts}; seen: {listed(journal.troubles)}; refused: {listed(load.refused)}"


def listed(counts: dict[str, int] | Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())) or "nothing"


def tell(what: str) -> None:
    print(f"\n{what} …\n", flush=True)


if __name__ == "__main__":
    main()
