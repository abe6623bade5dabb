"""The container `refleksi`: a question to think about. Pure."""

from dataclasses import dataclass
from typing import Any

from courses.findings import Findings
from courses.kinds import Links, ParsedContainer
from foundation import markup
from foundation.problems import Edit
from foundation.slugs import slug

NAME = "refleksi"
LONGEST_SLUG = 40


@dataclass(frozen=True)
class Reflection:
    """What a learner is asked to think about; both texts are Markdown."""

    title: str
    body: str


def parse(body: str, first_line: int, file: str, id: str, title: str) -> ParsedContainer:
    """Read a reflection. Learners' notes hang on its id, so one without is told, with the id it could have."""
    opener = Findings(file, first_line - 1)
    name = id or suggested_id(title, body)
    if not id:
        hint = f"tulis {{#{name}}} di akhir baris pembukanya; catatan praja menempel pada id itu."
        mend = None if "{#" in title else Edit(first_line - 1, f" {{#{name}}}")
        opener.warn(0, "S024", "refleksi ini belum punya id", hint, mend=mend)
    return ParsedContainer(Reflection(title, body), tuple(opener.problems), ids=((name, first_line - 1),))


def suggested_id(title: str, body: str) -> str:
    """ "refleksi-" and the first words of the title, or of the question."""
    words = slug(title or body.strip().partition("\n")[0])
    short = words if len(words) <= LONGEST_SLUG else words[:LONGEST_SLUG].rpartition("-")[0]
    return f"{NAME}-{short}" if short else NAME


def render(reflection: Reflection, links: Links) -> dict[str, Any]:
    """{"title": html, "body": html}."""
    return {
        "title": markup.render_inline(reflection.title, links),
        "body": markup.render(reflection.body, links),
    }
