"""Every page of every role: axe-core finds nothing, and nothing needs scrolling sideways."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.exceptions import HTTPException

from tests.browser import scene
from tests.browser.chromium import DESK, PHONE, Visitor
from tests.browser.live import ROOT, Site
from tests.browser.pages import PAGES, Place
from tests.browser.scene import Scene
from tests.conftest import missing

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
  }));
}"""

REFLOW = 320
"""WCAG 1.4.10: a page fits this width without scrolling sideways."""

SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
"""WCAG 1.4.12: what a reader may set."""

FILES = {"gradebook.scores_csv", "attendance.export", "groups.export", "imports.example"}
NO_PAGES = {"static_file", "courses.media", "health.show", "security_txt.security_txt", *FILES}
"""What is fetched, not looked at."""
ELSEWHERE = {"assessing.pile", "assessing.paper"}
"""Looked at by axe in test_essays: the content has no essay."""


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        missing("axe-core (run tests/tools.sh)")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def filled(browser: Browser, site: Site) -> Scene:
    return scene.set_up(browser, site)


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: Browser, filled: Scene) -> Iterator[Visitor]:
    """Whoever the page is for, standing before it."""
    place: Place = request.getfixturevalue("place")
    visitor = filled.visitor(browser, place.who, device=PHONE)
    place.open(visitor, filled)
    yield visitor
    visitor.leave()


def violations(visitor: Visitor, axe: str) -> list[Any]:
    page = visitor.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    page.evaluate("scrollTo(0, 0)")  # else what lies half under the sticky overview counts as a small target
    found: list[Any] = page.evaluate(RUN, RULES)
    return found


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_axe_finds_nothing(visitor: Visitor, place: Place, axe: str) -> None:
    found = {}
    for device in (PHONE, DESK):
        visitor.page.set_viewport_size({"width": device.width, "height": device.height})
        for scheme in ("light", "dark"):
            visitor.page.emulate_media(color_scheme=scheme)
            if wrong := violations(visitor, axe):
                found[f"{device.width} {scheme}"] = wrong
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("place", PAGES, ids=str)
def test_nothing_needs_scrolling_sideways(visitor: Visitor, place: Place) -> None:
    wide = {}
    for width in (DESK.width, REFLOW, PHONE.width):
        visitor.page.set_viewport_size({"width": width, "height": PHONE.height})
        wide[f"{width}"] = visitor.overflow
    visitor.page.evaluate(SPACING)
    wide[f"{PHONE.width}, spaced"] = visitor.overflow
    assert not any(pixels > 0 for pixels in wide.values()), wide


def test_no_page_is_forgotten(fresh_app: Any) -> None:
    """A new route is looked at too, or named as one that is not looked at."""
    app: Flask = fresh_app()
    shown = {_endpoint(app, place) for place in PAGES}
    all_pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert all_pages - shown - NO_PAGES - ELSEWHERE == set()


def _endpoint(app: Flask, place: Place) -> str | None:
    try:
        path = re.sub(r"\{\w+\}", "1", place.path).partition("#")[0].partition("?")[0]
        return app.url_map.bind("localhost").match(path)[0]
    except HTTPException:
        return None


def activities() -> list[str]:
    """The address of every lesson and quiz there is."""
    files = sorted(Path(ROOT / "content").glob("*/*/[0-9]*.md"))
    return [f"/kursus/{file.parts[-3]}/{file.stem.partition('-')[2]}/" for file in files]


@pytest.mark.parametrize("place", [Place(path, "dosen", path) for path in activities()], ids=str)
def test_every_lesson_and_quiz_of_the_content_is_readable(visitor: Visitor, place: Place, axe: str) -> None:
    """As a lecturer previews it, drafts and keys included."""
    assert visitor.overflow <= 0
    wrong = violations(visitor, axe)
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)
