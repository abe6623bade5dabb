"""A first visit to any lesson of our course is light: in bytes and in requests, as a real browser counts them."""

from collections.abc import Iterator

import pytest

from benchmarks import first_visit, plan
from benchmarks.first_visit import MOST_BYTES, MOST_REQUESTS, Visit
from benchmarks.site import PREPARE, PRODUCT, SURVEY, run, server, temporary_site
from tests.conftest import missing


@pytest.fixture(scope="module")
def visits() -> Iterator[list[Visit]]:
    """A learner's first visit to every lesson, on the production server with the demo's site."""
    if first_visit.find_browser() is None:
        missing("chromium")
    with temporary_site() as site:
        run(site, PREPARE)
        run(site, SURVEY)
        asked = plan.read(site.folder)
        with server(site, PRODUCT):
            yield first_visit.measure(site.origin, asked.learners[0].cookie, [page.path for page in asked.lessons])


@pytest.mark.browser
def test_every_lesson_was_visited(visits: list[Visit]) -> None:
    assert visits
    assert all(visit.own for visit in visits)


@pytest.mark.browser
def test_first_visit_is_light(visits: list[Visit]) -> None:
    heavy = {visit.path: visit.bytes for visit in visits if visit.bytes > MOST_BYTES}
    assert not heavy, f"bytes over the wire, at most {MOST_BYTES}: {heavy}"


@pytest.mark.browser
def test_first_visit_asks_for_little(visits: list[Visit]) -> None:
    busy = {visit.path: [one.path for one in visit.own] for visit in visits if visit.requests > MOST_REQUESTS}
    assert not busy, f"requests, at most {MOST_REQUESTS}: {busy}"


@pytest.mark.browser
def test_every_file_of_the_page_arrives(visits: list[Visit]) -> None:
    empty = {visit.path: [one.path for one in visit.fetched if not one.bytes] for visit in visits}
    assert not any(empty.values()), f"asked for, but nothing came: {empty}"


@pytest.mark.pure
def test_http_finds_what_the_browser_loads() -> None:
    """Without a browser the same files are counted by reading the page."""
    named = first_visit.named_by(
        '<link rel="stylesheet" href="/static/1/app.css"><script type="module" src="/static/1/app.js"></script>'
        '<form data-controller="check">'
    )
    assert named == ["/static/1/app.css", "/static/1/app.js", "/static/1/controllers/check.js"]
