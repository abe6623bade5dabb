"""A browser's part, for many at once: a keep-alive connection, cookies, compressed pages, a second try by itself."""

import asyncio
import gzip
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import brotli

from benchmarks.site import HOST
from reliability.journal import Journal

PATIENCE = 60
"""Seconds a browser waits for a page."""
SAVE_PATIENCE = 15
"""Seconds static/controllers/attempt.js waits for a save."""
LIMIT = 4_000_000

Form = Iterable[tuple[str, str]]


class Trouble(Exception):
    """No answer, or one that says the server is unwell; tried again."""


class Refused(Exception):
    """An answer that no repetition changes: a fault of the product, or of this harness."""


@dataclass(frozen=True)
class Answer:
    status: int
    place: str
    """Where it leads."""
    encoding: str
    sent: bytes

    @property
    def text(self) -> str:
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.encoding, bytes)
        page: bytes = unpack(self.sent)
        return page.decode()

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found


@dataclass
class Phone:
    port: int
    journal: Journal
    cookies: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self,
        step: str,
        method: str,
        path: str,
        form: Form | None = None,
        *,
        patience: float = PATIENCE,
        json: bool = False,
    ) -> Answer:
        """One request. Raises Trouble, which the journal has noted, when there is no sound answer to it."""
        request, start = self._request(method, path, form, json=json), time.perf_counter()
        try:
            answer = await asyncio.wait_for(self._exchange(request), patience)
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            self.hang_up()
            kind = "no answer in time" if isinstance(error, asyncio.TimeoutError) else "connection broken"
            raise self._noted(step, kind) from error
        if answer.status >= 500 or answer.status == 429:
            raise self._noted(step, str(answer.status))
        self.journal.took(step, time.perf_counter() - start)
        return answer

    def _noted(self, step: str, kind: str) -> Trouble:
        self.journal.troubles[f"{step}: {kind}"] += 1
        return Trouble(kind)

    def _request(self, method: str, path: str, form: Form | None, *, json: bool) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        accept = "application/json" if json else "text/html"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: {accept}\r\nAccept-Encoding: gzip, br\r\n"
            f"Accept-Language: id\r\nCookie: {cookies}\r\n"
        )
        if form is None:
            return f"{head}\r\n".encode()
        body = urlencode(list(form)).encode()
        length = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        return (head + length).encode() + body

    async def _exchange(self, request: bytes) -> Answer:
        """An idle connection may have been closed meanwhile: a browser then asks again on a new one, and so do we."""
        is_used = self._streams is not None
        try:
            return await self._try(request)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.hang_up()
            if not is_used:
                raise
        self.journal.reconnects += 1
        return await self._try(request)

    async def _try(self, request: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self.port, limit=LIMIT)
        reader, writer = self._streams
        writer.write(request)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = [(name.lower(), value) for name, _colon, value in (line.partition(": ") for line in head[1:])]
        for name, value in fields:
            if name == "set-cookie":
                key, _sign, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        known: Mapping[str, str] = dict(fields)
        body = await self._body(reader, known)
        if known.get("connection") == "close":
            self.hang_up()
        return Answer(int(head[0][9:12]), known.get("location", ""), known.get("content-encoding", ""), body)

    async def _body(self, reader: asyncio.StreamReader, known: Mapping[str, str]) -> bytes:
        if "content-length" in known:
            return await reader.readexactly(int(known["content-length"]))
        pieces: list[bytes] = []
        while known.get("transfer-encoding") == "chunked":
            size = int(await reader.readuntil(b"\r\n"), 16)
            pieces.append((await reader.readexactly(size + 2))[:-2])
            if not size:
                break
        return b"".join(pieces)

    def hang_up(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
