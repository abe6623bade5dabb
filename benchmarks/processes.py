"""What the workers of a server take, in memory and processor time, as the kernel tells it where there is /proc."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Held:
    """Bytes of one worker. `proportional` shares pages among the processes that share them."""

    resident: int
    proportional: int


def workers_of(master: int) -> list[int]:
    """The children of a server's first process; empty where the system does not tell."""
    statuses = {int(path.parent.name): path for path in PROC.glob("[0-9]*/status")}
    return [pid for pid, path in statuses.items() if f"\nPPid:\t{master}\n" in _text(path)]


def held_by(worker: int) -> Held:
    process = PROC / str(worker)
    return Held(_bytes("VmRSS", process / "status"), _bytes("Pss", process / "smaps_rollup"))


def processor_seconds(workers: Iterable[int]) -> float:
    """Processor time that processes have taken so far, together."""
    return sum(_ticks(worker) for worker in workers) / os.sysconf("SC_CLK_TCK")


def busy_seconds() -> float:
    """Processor time that everything on this machine has taken so far; 0 where the system does not tell."""
    fields = _text(PROC / "stat").partition("\n")[0].split()
    user, nice, system = map(int, fields[1:4] or (0, 0, 0))
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    """utime + stime: fields 14 and 15 of proc(5), counted after the name, which may hold anything."""
    fields = _text(PROC / str(pid) / "stat").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _bytes(name: str, path: Path) -> int:
    """0 where the kernel keeps it to itself."""
    found = re.search(rf"^{name}:\s+(\d+) kB", _text(path), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # a process that has just ended, or another's
        return ""
