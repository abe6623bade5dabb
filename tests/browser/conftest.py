"""A browser and a server for a run of tests. A page that complains in the console fails the test that opened it."""

import re
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.browser.chromium import DEVICES, Visitor
from tests.browser.live import Site
from tests.conftest import missing

FAILURES = "build/failures"
"""What the screen showed when a test failed."""

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium.executable() is None:
        missing("chromium")
    with chromium.launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site.start()
    site.stop()


@pytest.fixture(params=DEVICES, ids=str)
def visitor(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visitor]:
    """Somebody with a phone or a desk's screen, with script and without; parametrise it (indirect) for fewer."""
    visitor = Visitor(browser, site, request.param)
    yield visitor
    visitor.leave()


@pytest.fixture
def learner(visitor: Visitor) -> Visitor:
    """The same, signed in as somebody who has done nothing yet."""
    visitor.sign_in(visitor.site.new_learner())
    return visitor


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    visitor = item.funcargs.get("visitor")  # type: ignore[attr-defined]
    try:
        result = yield
    except BaseException:
        if visitor is not None:
            name = re.sub(r"\W+", "-", item.name)
            visitor.page.screenshot(path=item.config.rootpath / FAILURES / f"{name}.png")
        raise
    if visitor is not None:
        visitor.leave()  # and so hear the last of what the page had to say
        assert visitor.complaints == []
    return result
