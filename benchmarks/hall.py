"""A hall: 393 praja, a phone and an account slip each, sign in at once from one address and choose an own password.

Beside it the floor: the same passwords hashed as often, on as many threads as there are processors, and nothing else.
"""

import csv
import http.client
import io
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from argon2 import PasswordHasher

from benchmarks.report import Row, at_most, information
from benchmarks.site import HOST, PRODUCT, ROOT, Site, server

SIZE = 393
COHORT = "aula"
LONGEST = 60
"""Seconds until the last of the hall sees the home page."""
HASHES = 2
"""Of one arrival: the slip's password is proved, the own one is made."""
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Slip:
    username: str
    password: str


@dataclass(frozen=True)
class Hall:
    seconds: float
    """From the first request to the last home page."""
    waits: list[float]
    """Seconds each praja took, in no order."""
    refused: Mapping[str, int]
    """What was answered to those who did not arrive, with how many."""
    seconds_of_floor: float


@dataclass
class Phone:
    """A browser's part: one connection, cookies, forms with their token."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(HOST, self.port, timeout=4 * LONGEST)

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str, bytes]:
        """Status, where it leads, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        page = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _sign, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.getheader("Location") or "", page

    def fill_in(self, path: str, fields: Mapping[str, str]) -> str:
        """Open a page, send its form with these fields; where that leads. Raises ConnectionRefusedError if nowhere."""
        status, _place, page = self.ask("GET", path)
        token = TOKEN.search(page)
        if status != 200 or token is None:
            raise ConnectionRefusedError(f"GET {path} answers {status}")
        status, place, _page = self.ask("POST", path, {"csrf_token": token[1].decode(), **fields})
        if status != 303:
            raise ConnectionRefusedError(f"POST {path} answers {status}")
        return place

    def close(self) -> None:
        self._connection.close()


def measure(site: Site, course: str, size: int = SIZE) -> Hall:
    """Of a site that is prepared and not served yet."""
    slips = _hand_out(site, course, size)
    with server(site, PRODUCT):
        start = time.perf_counter()
        with ThreadPoolExecutor(size) as everybody:
            arrivals = list(everybody.map(lambda slip: _arrive(site.port, slip), slips))
        seconds = time.perf_counter() - start
    refused = Counter(why for _seconds, why in arrivals if why)
    return Hall(seconds, [taken for taken, _why in arrivals], refused, _hash_only([slip.password for slip in slips]))


def _hand_out(site: Site, course: str, size: int) -> list[Slip]:
    """The hall's roster imported and its slips printed, as whoever runs the site would."""
    roster = site.folder / "aula.csv"
    names = "".join(f"31.{number:04};Praja Aula {number}\n" for number in range(1, size + 1))
    roster.write_text(f"nama pengguna;nama\n{names}", encoding="utf-8")
    _flask(site, "cohorts", "create", COHORT, course, "Aula")
    _flask(site, "cohorts", "import", COHORT, str(roster))
    told = csv.reader(io.StringIO(_flask(site, "cohorts", "slips", COHORT).lstrip("\ufeff")), delimiter=";")
    head, *lines = told
    username, password = head.index("nama_pengguna"), head.index("kata_sandi")
    slips = [Slip(line[username], line[password]) for line in lines]
    if len(slips) != size:
        raise RuntimeError(f"{len(slips)} slips for {size} praja")
    return slips


def _flask(site: Site, *arguments: str) -> str:
    command = [sys.executable, "-m", "flask", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _arrive(port: int, slip: Slip) -> tuple[float, str]:
    """One praja from the sign-in page to home: the seconds it took, and why they did not get there, or ""."""
    phone, start = Phone(port), time.perf_counter()
    own = f"perahu-{slip.password[::-1]}"
    try:
        phone.fill_in("/masuk", {"username": slip.username, "password": slip.password})
        status, place, _page = phone.ask("GET", "/")
        if status not in (302, 303):
            return time.perf_counter() - start, f"after a slip's password / answers {status}"
        phone.fill_in(place, {"new": own, "again": own})
        status, _place, page = phone.ask("GET", "/")
        why = "" if status == 200 and b"Praja Aula" in page else f"home answers {status}"
    except (OSError, http.client.HTTPException) as refusal:
        why = str(refusal) or type(refusal).__name__
    finally:
        phone.close()
    return time.perf_counter() - start, why


def _hash_only(passwords: Sequence[str]) -> float:
    """Seconds for the hashes that the hall cannot do without."""
    hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    start = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _turn in range(HASHES):
            list(pool.map(hasher.hash, passwords))
    return time.perf_counter() - start


def rows(hall: Hall) -> list[Row]:
    slowest = f"median {sorted(hall.waits)[len(hall.waits) // 2]:.0f}, slowest {max(hall.waits):.0f}"
    ratio = f"{hall.seconds_of_floor / hall.seconds:.2f}"
    return [
        Row(
            f"a hall of {len(hall.waits)} signs in and chooses own passwords, s",
            f"{hall.seconds:.0f}",
            f"{hall.seconds_of_floor:.0f}",
            ratio,
            goal=f"≤ {LONGEST}",
            is_met=hall.seconds <= LONGEST,
        ),
        at_most("of the hall, refused", sum(hall.refused.values()), 0),
        information("of the hall, s each waited", slowest),
        *(information(f"refused: {why}", str(count)) for why, count in hall.refused.items()),
    ]
