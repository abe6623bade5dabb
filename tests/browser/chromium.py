"""Debian's Chromium under Playwright, and a visitor in it who notices whatever a page complains about."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, sync_playwright

from tests.browser.live import Account, Site

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """Where this machine has Chromium."""
    usual = Path("/usr/bin/chromium")
    return str(usual) if usual.exists() else shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Device:
    """What somebody holds in the hand. Its name stands in the names of tests."""

    width: int
    height: int
    has_script: bool = True
    scheme: Literal["light", "dark"] = "light"

    def __str__(self) -> str:
        return f"{self.width}{'' if self.has_script else '-without-script'}"

    @property
    def is_phone(self) -> bool:
        return self.width < 600


PHONE = Device(360, 740)
DESK = Device(1280, 800)
PLAIN_PHONE = Device(360, 740, has_script=False)
PLAIN_DESK = Device(1280, 800, has_script=False)
DEVICES = [PHONE, DESK, PLAIN_PHONE, PLAIN_DESK]
WITH_SCRIPT = [PHONE, DESK]


NOT_LIVE = "[data-controller]:not([data-lazy], [data-live])"
"""What still waits for its script."""

OWN_PASSWORD = "pinisi lumbung angklung 47"
"""What people choose in the place of a one-time password."""


class Visitor:
    """Somebody at a browser of their own. `complaints` are the errors of console and page, the CSP's among them."""

    def __init__(self, browser: Browser, site: Site, device: Device, state: Any = None) -> None:
        self.site = site
        self.device = device
        self.complaints: list[str] = []
        self._expected: list[str] = []
        self.context = browser.new_context(
            base_url=site.address,
            viewport={"width": device.width, "height": device.height},
            has_touch=device.is_phone,
            java_script_enabled=device.has_script,
            color_scheme=device.scheme,
            reduced_motion="reduce",
            locale="id-ID",
            storage_state=state,
        )
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(f"{self.page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self._complain(f"{self.page.url}: {message.text}")

    def _complain(self, complaint: str) -> None:
        if not any(re.search(pattern, complaint) for pattern in self._expected):
            self.complaints.append(complaint)

    def expect(self, pattern: str) -> None:
        """From now on a complaint that fits this pattern is part of the test."""
        self._expected.append(pattern)

    def leave(self) -> None:
        self.context.close()

    # What a person does.

    def go(self, path: str) -> Response:
        """Open a page and wait, as a person would not notice, until its script has come."""
        answer = self.page.goto(path)
        assert answer is not None
        if self.device.has_script:
            self.page.wait_for_function("() => !document.querySelector(WAITING)".replace("WAITING", f"'{NOT_LIVE}'"))
        return answer

    def tap(self, button: str, within: Locator | None = None) -> None:
        """Press a button that does something on this page."""
        (within or self.page).get_by_role("button", name=button, exact=True).click()

    def press(self, button: str, within: Locator | None = None) -> None:
        """Press a button that leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.tap(button, within)

    def follow(self, link: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow the first link of that name, to another page or within this one."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=link).first.click()

    def fill(self, texts: Mapping[str, str]) -> None:
        """Write into fields, named by their labels."""
        for label, text in texts.items():
            self.page.get_by_label(label, exact=True).fill(text)

    def enter(self, account: Account) -> None:
        """Fill in the sign-in form of this page, wherever that leads."""
        self.fill({"Nama pengguna": account.username, "Kata sandi": account.password})
        self.press("Masuk")

    def sign_in(self, account: Account) -> None:
        self.go("/masuk")
        self.enter(account)
        self.page.wait_for_url("/")

    def sign_in_first(self, account: Account) -> None:
        """With a one-time password, and choose an own one."""
        self.go("/masuk")
        self.enter(account)
        self.choose_password()
        self.page.wait_for_url("/")

    def choose_password(self, password: str = OWN_PASSWORD) -> None:
        self.fill({"Kata sandi baru": password, "Kata sandi baru, sekali lagi": password})
        self.press("Simpan dan lanjutkan")

    def sign_in_as(self, role: str) -> None:
        """As one of the demo's people, with the password that the sign-in page shows."""
        self.go("/masuk")
        self.sign_in(Account(role, self.page.locator("[data-demo-password]").inner_text()))

    # What a person sees.

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.address)

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))
