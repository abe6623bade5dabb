"""Praja who answer, submit and begin anew while something is broken under them, until told that it is enough."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from reliability.audit import Finding, audit
from reliability.hall import QUIZ, TASK
from reliability.journal import Journal
from reliability.phone import Refused
from reliability.praja import Pace, Praja
from reliability.seed import COHORT, username
from reliability.served import Served

BUSY = Pace(sign_in=3, reading=(0, 0), thinking=(0.1, 0.8), reload=0.5)
"""A hall in a hurry, so that something is on its way at every moment; a save waits as long as the page lets it."""
HURRIED = replace(BUSY, first_pause=0.5, longest_pause=2)
"""For CI: waits shorter than the page does."""
LAST_ATTEMPT = 180
"""Seconds within which everybody must have finished the attempt they are in."""


@dataclass
class Load:
    served: Served
    size: int
    pace: Pace = BUSY
    seed: int = 393
    journal: Journal = field(default_factory=Journal)
    refused: Counter[str] = field(default_factory=Counter)
    is_enough: bool = False

    def audit(self) -> Finding:
        return audit(self.served.url, COHORT, QUIZ, self.journal)

    def run(self, breaking: Callable[["Load"], Awaitable[None]]) -> Finding:
        """Break things while everybody works; what is found when all have finished."""
        asyncio.run(self._run(breaking))
        return self.audit()

    async def _run(self, breaking: Callable[["Load"], Awaitable[None]]) -> None:
        async with asyncio.TaskGroup() as everybody:
            for number in range(1, self.size + 1):
                everybody.create_task(self._one(number))
            try:
                await breaking(self)
            finally:
                self.is_enough = True
            everybody.create_task(self._give_up(everybody))

    async def _give_up(self, everybody: asyncio.TaskGroup) -> None:
        """Ends as soon as all are done; otherwise nobody waits for ever."""
        end = asyncio.get_running_loop().time() + LAST_ATTEMPT
        while self.journal.finished + sum(self.refused.values()) < self.size:
            if asyncio.get_running_loop().time() > end:
                raise TimeoutError(f"{self.journal.finished} of {self.size} praja finished within {LAST_ATTEMPT} s")
            await asyncio.sleep(0.1)

    async def _one(self, number: int) -> None:
        praja = Praja(username(number), TASK, self.pace, self.journal, self.served.site.port, self.seed)
        try:
            await praja.work(lambda: self.is_enough)
        except Refused as why:
            self.refused[str(why)] += 1
        finally:
            praja.phone.hang_up()

    async def acknowledged_more(self, than: int, by: int = 1) -> None:
        """Until so many more answers have been taken: the service works again."""
        while len(self.journal.acknowledged) < than + by:
            await asyncio.sleep(0.05)
