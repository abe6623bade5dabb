"""What staff write to a cohort, checked and drawn. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime

from accounts.names import one_line
from foundation import markup
from foundation.errors import N_, DomainError
from foundation.limits import check_limits

LONGEST_TITLE = 120
LONGEST_TEXT = 10_000
HEADING = re.compile(r"<h(?P<level>[1-6])(?P<rest>[ >].*?)</h[1-6]>", re.DOTALL)
ABOVE = 2
"""Over the headings of a text stand the page's title and the text's own."""


@dataclass(frozen=True)
class Wording:
    """An announcement before it is anybody's; `group_id` None is the whole cohort, `appears_at` None is now."""

    title: str
    source: str
    html: str
    group_id: int | None
    appears_at: datetime | None


def checked_title(title: str) -> str:
    """A title as it is kept. Raises DomainError for none and for one too long."""
    title = one_line(title)
    if not title:
        raise DomainError(N_("Judul belum diisi."))
    if len(title) > LONGEST_TITLE:
        raise DomainError(N_("Judul ini terlalu panjang: paling banyak %(n)d huruf."), n=LONGEST_TITLE)
    return title


def checked_source(source: str) -> str:
    """A text as it is kept. Raises DomainError for none, for one too long, and for one too costly to draw."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    if not source:
        raise DomainError(N_("Teks belum diisi."))
    if len(source) > LONGEST_TEXT:
        raise DomainError(
            N_("Teks ini %(length)d huruf; paling banyak %(n)d. Pendekkan, atau bagi menjadi dua pengumuman."),
            length=len(source),
            n=LONGEST_TEXT,
        )
    for problem in check_limits(source, ""):
        raise DomainError(N_("Baris %(line)d: %(problem)s."), line=problem.line, problem=problem.message)
    return source


def drawn(source: str) -> str:
    """Safe HTML whose headings fit below a title. Links lead out, or to an address of this site such as `/kursus/…`."""
    return _fitted(markup.render(source, _own_address))


def _own_address(target: str) -> str | None:
    return target if target.startswith("/") else None


def _fitted(html: str) -> str:
    """With no level left out, whichever the writer began with: each heading is one below the one it belongs to."""
    over: list[str] = []

    def fit(heading: re.Match[str]) -> str:
        while over and over[-1] >= heading["level"]:
            over.pop()
        over.append(heading["level"])
        level = min(ABOVE + len(over), 6)
        return f"<h{level}{heading['rest']}</h{level}>"

    return HEADING.sub(fit, html)
