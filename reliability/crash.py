"""kill -9 at random moments while praja answer: gunicorn brings workers back, and we the master, as systemd would."""

import asyncio
import os
import random
import signal
import time
from dataclasses import dataclass, field

from reliability.audit import Finding
from reliability.load import Load

MASTERS = 0.25
"""Share of the kills that hit the first process, and with it the whole server."""
BETWEEN = (0.2, 1.5)
"""Seconds of work between a return and the next kill."""
WORKERS = 2
"""As KURSUS_WORKERS has it by default."""
RETURN = 90
"""Seconds after a kill within which an answer must be taken again."""


@dataclass
class Kills:
    count: int
    seed: int = 393
    returns: dict[str, list[float]] = field(default_factory=lambda: {"worker": [], "master": []})
    """Seconds from a kill until an answer was taken and all workers were there again, by what was killed."""
    finding: Finding = field(default_factory=lambda: Finding(0))
    """Of the audits after each kill, together."""

    async def happen(self, load: Load) -> None:
        chance = random.Random(self.seed)
        await load.acknowledged_more(0, by=load.size)
        for _kill in range(self.count):
            await asyncio.sleep(chance.uniform(*BETWEEN))
            who = "master" if chance.random() < MASTERS else "worker"
            start = time.monotonic()
            await asyncio.to_thread(self._kill, load, who, chance)
            async with asyncio.timeout(RETURN):
                await load.acknowledged_more(len(load.journal.acknowledged))
                while len(load.served.workers) < WORKERS:
                    await asyncio.sleep(0.05)
            self.returns[who].append(time.monotonic() - start)
            self.finding += await asyncio.to_thread(load.audit)

    def _kill(self, load: Load, who: str, chance: random.Random) -> None:
        server, workers = load.served.servers[0], load.served.workers
        if who == "worker" and workers:
            os.kill(chance.choice(sorted(workers)), signal.SIGKILL)
            return
        os.kill(server.pid, signal.SIGKILL)
        load.served.end(server)
        load.served.start()
