"""What a first visit to a lesson brings over the wire: bytes with their headers, and requests.

Measured in a real browser with an empty cache; without one, by asking for the page and what it names. Pictures of the
lesson are counted apart: they load when the reader comes near.
"""

import http.client
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import decompress
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, CDPSession, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
MOST_BYTES, MOST_REQUESTS = 30_000, 5


@dataclass(frozen=True)
class Fetched:
    path: str
    bytes: int
    """Over the wire: the answer's head and its body, compressed where the server does."""

    @property
    def is_picture(self) -> bool:
        return "/media/" in self.path


@dataclass(frozen=True)
class Visit:
    path: str
    fetched: list[Fetched]
    seen_by: str

    @property
    def own(self) -> list[Fetched]:
        """Everything but the lesson's pictures."""
        return [one for one in self.fetched if not one.is_picture]

    @property
    def bytes(self) -> int:
        return sum(one.bytes for one in self.own)

    @property
    def requests(self) -> int:
        return len(self.own)

    @property
    def picture_bytes(self) -> int:
        return sum(one.bytes for one in self.fetched if one.is_picture)


def find_browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def measure(origin: str, cookie: str, paths: Sequence[str]) -> list[Visit]:
    """First visits of somebody signed in, each with an empty cache. `cookie` is "name=value"."""
    executable = find_browser()
    if executable is None:
        return [by_http(origin, cookie, path) for path in paths]
    with _browser(executable) as browser:
        return [in_browser(browser, origin, cookie, path) for path in paths]


@contextmanager
def _browser(executable: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def in_browser(browser: Browser, origin: str, cookie: str, path: str) -> Visit:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    try:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": origin}])
        page = context.new_page()
        traffic = _Traffic(context.new_cdp_session(page))
        answer = page.goto(origin + path, wait_until="networkidle")
        if answer is None or answer.status != 200 or urlsplit(page.url).path != path:
            raise RuntimeError(f"{path} led to {page.url}")
        return Visit(path, traffic.fetched(), "browser")
    finally:
        context.close()


class _Traffic:
    """What a page asks for, from now on, as the browser's own protocol tells it."""

    def __init__(self, protocol: CDPSession) -> None:
        self._asked: dict[str, str] = {}
        self._bytes: dict[str, int] = {}
        protocol.on("Network.requestWillBeSent", self._note_asked)
        protocol.on("Network.loadingFinished", self._note_finished)
        protocol.send("Network.enable")

    def _note_asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self._asked[event["requestId"]] = event["request"]["url"]

    def _note_finished(self, event: dict[str, Any]) -> None:
        self._bytes[event["requestId"]] = int(event["encodedDataLength"])

    def fetched(self) -> list[Fetched]:
        """A request that brought nothing counts as a request all the same."""
        return [Fetched(urlsplit(url).path, self._bytes.get(id, 0)) for id, url in self._asked.items()]


def by_http(origin: str, cookie: str, path: str) -> Visit:
    """The page and the style, scripts, icon and behaviours it names: an estimate, since nothing runs."""
    page, html = _fetch(origin, cookie, path)
    addresses = dict.fromkeys(urljoin(path, address) for address in named_by(html))
    return Visit(path, [page, *(_fetch(origin, cookie, address)[0] for address in addresses)], "HTTP")


def named_by(html: str) -> list[str]:
    """The addresses that a page has a browser load at once; pictures are not among them."""
    named = _Named()
    named.feed(html)
    return named.addresses()


def _fetch(origin: str, cookie: str, path: str) -> tuple[Fetched, str]:
    """An answer's size, and its text where it is text."""
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + len("HTTP/1.1 200 OK\r\n\r\n")
    text = decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    return Fetched(path, head + len(body)), text.decode("utf-8", "replace")


class _Named(HTMLParser):
    """What a page names to be loaded at once; behaviours lie in a folder beside the script that loads them."""

    def __init__(self) -> None:
        super().__init__()
        self._links: list[str] = []
        self._scripts: list[str] = []
        self._behaviours: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value for name, value in attributes if value}
        if tag == "link" and found.get("rel") in ("stylesheet", "icon", "modulepreload", "manifest"):
            self._links.append(found["href"])
        if tag == "script" and "src" in found:
            self._scripts.append(found["src"])
        self._behaviours += found.get("data-controller", "").split()

    def addresses(self) -> list[str]:
        behaviours = [
            urljoin(script, f"controllers/{name}.js") for script in self._scripts for name in self._behaviours
        ]
        return [*self._links, *self._scripts, *behaviours]
