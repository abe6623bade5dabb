"""A real browser before pages of the app under test, watching for anything that text of people made it do.

Every request of the browser is answered by the app itself, in this process, or is kept from leaving.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from playwright.sync_api import Browser, Route
from werkzeug.test import TestResponse

ORIGIN = "http://localhost"

ARM = """
window.__told = [];
for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => { __told.push('ran ' + name); };
document.addEventListener('securitypolicyviolation', e => __told.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
LOOK = """
() => {
  const odd = [], answering = {}, ids = new Set();
  const schemes = ['http:', 'https:', 'mailto:'];
  for (const element of document.querySelectorAll('*')) {
    const tag = element.localName;
    for (const {name, value} of element.attributes) {
      if (name.startsWith('on') || ['style', 'srcdoc', 'ping', 'srcset', 'autofocus'].includes(name))
        odd.push(`${tag}[${name}=${value}]`);
      if (['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster'].includes(name)) {
        const url = new URL(value, document.baseURI);
        const leads = tag === 'a' ? schemes.includes(url.protocol) : url.origin === location.origin;
        if (!leads) odd.push(`${tag}[${name}=${value}]`);
      }
      if (name === 'id' && ids.has(value)) odd.push(`id ${value} twice`);
      if (name === 'id') ids.add(value);
    }
    if (/^(iframe|frame|object|embed|applet|base|style|template|noscript|video|audio|math|marquee|dialog)$/.test(tag))
      odd.push(tag);
    if (tag === 'script' && !(element.type === 'module' && element.src.includes('/static/'))) odd.push('script');
    if (element.matches('button, input, select, textarea, form, label, summary, details, option, meta, link,' +
        'script, svg, area, [role=button], [contenteditable], [data-controller], [draggable],' +
        '[tabindex]:not(pre, .scroll)'))
      answering[tag] = (answering[tag] || 0) + 1;
  }
  if (typeof document.cookie !== 'string' || !(document.body instanceof HTMLBodyElement) ||
      !(document.forms instanceof HTMLCollection) || typeof document.getElementById !== 'function')
    odd.push('document clobbered');
  return {odd, answering, told: window.__told, text: document.body.innerText};
}
"""


@dataclass
class Seen:
    """What a page turned out to be: `wrong` is what no text may do, `answering` counts what takes input, by tag."""

    path: str
    wrong: list[str]
    answering: dict[str, int]
    text: str


@dataclass
class Trap:
    """A browser's page whose every request is known; `faults` are of console, network and dialogs until looked at."""

    browser: Browser
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client: FlaskClient | None = None
        self.instead: dict[str, TestResponse] = {}
        """Replies that are known already, by path."""
        self.context = self.browser.new_context(base_url=ORIGIN, locale="id-ID", service_workers="block")
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(ARM)
        self.context.route("**/*", self._answer)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"fault {error}"))
        self.page.on("dialog", self._dismiss)
        self.page.on("popup", lambda page: self.faults.append(f"popup {page.url}"))

    def _dismiss(self, dialog: Any) -> None:
        self.faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _hear(self, type: str, text: str) -> None:
        if type == "error" or "Content Security Policy" in text:
            self.faults.append(f"console {text}")

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if f"{url.scheme}://{url.netloc}" != ORIGIN:
            self.faults.append(f"left for {route.request.url}")
            return route.abort()
        reply = self.instead.get(url.path) or self._ask(f"{url.path}?{url.query}".rstrip("?"), route)
        headers = {name: value for name, value in reply.headers if name.lower() not in ("set-cookie", "content-length")}
        return route.fulfill(status=reply.status_code, body=reply.get_data(), headers=headers)

    def _ask(self, path: str, route: Route) -> TestResponse:
        assert self.client is not None
        with self.client.application.app_context():  # a route is answered outside the test's own context
            return self.client.open(path, method=route.request.method, data=route.request.post_data_buffer)

    def look(self, client: FlaskClient, path: str) -> Seen:
        """Open a page as whoever the client is, with script."""
        self.client = client
        answer = self.page.goto(path)
        assert answer is not None and answer.status == 200, f"{path} answers {answer and answer.status}"
        return self._see()

    def _see(self) -> Seen:
        found = self.page.evaluate(LOOK)
        wrong, self.faults = [*self.faults, *found["told"], *found["odd"]], []
        return Seen(urlsplit(self.page.url).path, wrong, found["answering"], found["text"])

    def leave(self) -> None:
        self.context.close()


def differences(before: Sequence[Seen], after: Sequence[Seen]) -> list[str]:
    """What the second pages have that no text may bring, and what takes input there beyond what did in the first."""
    found = []
    for plain, attacked in zip(before, after, strict=True):
        found += [f"{attacked.path}: {fault}" for fault in attacked.wrong]
        more = {tag: n for tag, n in attacked.answering.items() if n > plain.answering.get(tag, 0)}
        found += [f"{attacked.path}: more of {more}"] if more else []
    return found
