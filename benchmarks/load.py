"""Load: a few keep-alive connections, each asking again as soon as it is answered.

The client is a bare socket, and says what it costs itself: its processor time is counted with every round.
"""

import re
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import mean, median, quantiles

from benchmarks import processes
from benchmarks.plan import WORKER_PATH
from benchmarks.site import HOST
from benchmarks.traffic import Asking, get

CONNECTIONS = 4
WARM_UP = 1.0
"""Seconds."""
TURNS = 6
"""Of product and floor in a round: what else the machine does then slows both alike."""
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Connection:
    """A keep-alive HTTP/1.1 connection that reads answers and looks at their status only."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; status and body as sent, compressed or not."""
        self._socket.sendall(request)
        received = self._more(b"")
        while (end := received.find(b"\r\n\r\n")) < 0:
            received = self._more(received)
        length = LENGTH.search(received, 0, end)
        if length is None:
            raise ConnectionError("an answer without a length")
        whole = end + 4 + int(length[1])
        while len(received) < whole:
            received = self._more(received)
        return int(received[9:12]), received[end + 4 :]

    def _more(self, received: bytes) -> bytes:
        piece = self._socket.recv(262_144)
        if not piece:
            raise ConnectionError("the server hung up in the middle of an answer")
        return received + piece

    def close(self) -> None:
        self._socket.close()


def connect(port: int) -> list[Connection]:
    return [Connection(port) for _ in range(CONNECTIONS)]


def connect_evenly(port: int, workers: int) -> list[Connection]:
    """Connections, as many to each worker, so that the luck of who accepts decides no figure."""
    kept: list[Connection] = []
    held: Counter[bytes] = Counter()
    for _ in range(500):
        if len(kept) == CONNECTIONS:
            return kept
        connection = Connection(port)
        _status, worker = connection.exchange(get(WORKER_PATH))
        if held[worker] < -(-CONNECTIONS // workers):
            held[worker] += 1
            kept.append(connection)
        else:
            connection.close()
    raise RuntimeError("one worker takes every connection")


@dataclass
class Round:
    """What was answered in some stretches of time, and what that took."""

    latencies: list[float] = field(default_factory=list)
    """Seconds of each answered request."""
    seconds: float = 0
    server_seconds: float = 0
    """Of processor time of all workers; 0 where the system does not tell."""
    client_seconds: float = 0
    """Of processor time of all connections."""
    other_seconds: float = 0
    """Of processor time of everything else on the machine."""

    @property
    def answered(self) -> int:
        return len(self.latencies)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds

    @property
    def server_milliseconds(self) -> float:
        """Processor time of the server for one answer."""
        return 1000 * self.server_seconds / self.answered

    def add(self, other: "Round") -> None:
        self.latencies += other.latencies
        self.seconds += other.seconds
        self.server_seconds += other.server_seconds
        self.client_seconds += other.client_seconds
        self.other_seconds += other.other_seconds


def run_round(connections: Sequence[Connection], asking: Asking, seconds: float, workers: Sequence[int] = ()) -> Round:
    """Every connection asks its own requests for so long, and waits for its last answer. Raises on any but 200."""
    client, server, busy = time.process_time(), processes.processor_seconds(workers), processes.busy_seconds()
    end = time.perf_counter() + seconds
    with ThreadPoolExecutor(len(connections)) as pool:
        pairs = zip(connections, asking, strict=True)
        running = [pool.submit(_ask, connection, requests, end) for connection, requests in pairs]
        done = [one.result() for one in running]
    client, server = time.process_time() - client, processes.processor_seconds(workers) - server
    return Round(
        latencies=[latency for latencies, _seconds in done for latency in latencies],
        seconds=mean(seconds for _latencies, seconds in done),
        server_seconds=server,
        client_seconds=client,
        other_seconds=max(0.0, processes.busy_seconds() - busy - server - client),
    )


def _ask(connection: Connection, requests: Iterator[bytes], end: float) -> tuple[list[float], float]:
    """The latencies, and the seconds until the last answer."""
    latencies: list[float] = []
    start = before = time.perf_counter()
    while before < end:
        status, body = connection.exchange(next(requests))
        if status != 200:
            raise RuntimeError(f"answered {status}: {body[:200]!r}")
        now = time.perf_counter()
        latencies.append(now - before)
        before = now
    return latencies, before - start


@dataclass(frozen=True)
class Comparison:
    """The same number of rounds of product and floor, taken in turns."""

    product: list[Round]
    floor: list[Round]
    warm_up: tuple[Round, Round]
    """Product's and floor's, in no figure."""

    @property
    def answered(self) -> tuple[int, int]:
        """Requests of product and floor that were answered at all, warming up included."""
        product, floor = ([warm, *rounds] for warm, rounds in zip(self.warm_up, self._both, strict=True))
        return sum(one.answered for one in product), sum(one.answered for one in floor)

    @property
    def _both(self) -> tuple[list[Round], list[Round]]:
        return self.product, self.floor

    @property
    def ratios(self) -> list[float]:
        return [ours.rate / bare.rate for ours, bare in zip(*self._both, strict=True)]

    @property
    def ratio(self) -> float:
        """Of the medians."""
        return median_rate(self.product) / median_rate(self.floor)

    @property
    def client_share(self) -> float:
        """How much of the machine's processor time the client takes while the product answers."""
        return sum(one.client_seconds for one in self.product) / _busy(self.product)

    @property
    def other_share(self) -> float:
        """How much of the machine's processor time goes to neither server nor client; 0 on a quiet machine."""
        both = [*self.product, *self.floor]
        return sum(one.other_seconds for one in both) / _busy(both)


def _busy(rounds: Sequence[Round]) -> float:
    return sum(one.server_seconds + one.client_seconds + one.other_seconds for one in rounds)


def compare(
    connections: Sequence[Connection],
    product: Asking,
    floor: Asking,
    workers: Sequence[int],
    *,
    rounds: int,
    seconds: float,
) -> Comparison:
    """Rounds of so many seconds each of product and floor, on the same connections; `workers` are their processes."""
    warm_up = run_round(connections, product, WARM_UP), run_round(connections, floor, WARM_UP)
    found = Comparison([], [], warm_up)
    for _ in range(rounds):
        ours, bare = Round(), Round()
        for _ in range(TURNS):
            ours.add(run_round(connections, product, seconds / TURNS, workers))
            bare.add(run_round(connections, floor, seconds / TURNS, workers))
        found.product.append(ours)
        found.floor.append(bare)
    return found


def median_rate(rounds: Sequence[Round]) -> float:
    return median(one.rate for one in rounds)


def median_server_milliseconds(rounds: Sequence[Round]) -> float:
    return median(one.server_milliseconds for one in rounds)


def milliseconds(rounds: Sequence[Round]) -> tuple[float, float]:
    """Median and 95th percentile of all answers."""
    latencies = [1000 * latency for one in rounds for latency in one.latencies]
    return median(latencies), quantiles(latencies, n=20)[-1]
