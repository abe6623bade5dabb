"""The author's guide and the manual of problem codes, as pages for staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from accounts.access import staff
from courses.prose import Heading, read_prose
from foundation import markup
from foundation.errors import NotFound

bp = Blueprint("guide", __name__)

PAGES = {"": "panduan-penulis.md", "kode-masalah": "kode-masalah.md"}
"""The page's name in its address -> its file under docs/."""


@dataclass(frozen=True)
class GuidePage:
    title: str
    html: Markup
    headings: tuple[Heading, ...]


@bp.get("/panduan/")
@staff
def guide() -> ResponseReturnValue:
    return _show("")


@bp.get("/panduan/<page>/")
@staff
def page(page: str) -> ResponseReturnValue:
    return _show(page)


def _show(name: str) -> str:
    if name not in PAGES:
        raise NotFound()
    return render_template("courses/guide.html", page=read_page(Path(current_app.root_path) / "docs", name), name=name)


@cache
def read_page(docs: Path, name: str) -> GuidePage:
    """A page of the guide, rendered once a process: it changes only with the program."""
    source = (docs / PAGES[name]).read_text(encoding="utf-8")
    title, _line, body = source.removeprefix("# ").partition("\n")
    html = Markup(markup.render(body, _addresses().get))  # noqa: S704  cleaned by foundation.markup
    headings = tuple(heading for heading in read_prose(body, 1, name).headings if heading.level == 2)
    return GuidePage(title, html, headings)


def _addresses() -> Mapping[str, str]:
    """Links between the files lead between the pages; others, into the repository, become plain text."""
    return {file: f"/panduan/{name}/" if name else "/panduan/" for name, file in PAGES.items()}
