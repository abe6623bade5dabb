"""pustaka.md: a work per `## key` with its entry, and how running text names it: "Mukti 2013", "UU 24/2000". Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.entries import Entry, Page, Reading, problems_of, read_page, tell_repeated
from courses.findings import Findings
from courses.kinds import Links
from foundation import lookup, markup
from foundation.markup_mentions import entry_id, sort_key
from foundation.slugs import plain

NAMES = {"sitasi": "short", "citation": "short"}
KEY = re.compile(r"[A-Za-z0-9][\w-]*", re.ASCII)
LONGEST_AUTHORS = 500
AUTHORS = re.compile(r"(?P<authors>[^()]+?)\s*\((?P<year>[0-9]{4}[a-z]?)\b[^()]*\)")
AND = re.compile(r"\s*(?:[&;]|\bdan\b|\band\b)\s*")
WITH_INITIALS = re.compile(r"(?P<surname>[^\s,.][^,.]*), (?:[A-Z]\.[\s-]*)+")
MORE = re.compile(r"[\s,]*\b(?:dkk|et al)\b\.?$")


@dataclass(frozen=True)
class Work:
    key: str
    text: str
    short: str


@dataclass(frozen=True)
class References:
    """The works a course may cite, in the author's order."""

    title: str = ""
    intro: str = ""
    works: tuple[Work, ...] = ()
    by_key: Mapping[str, Work] = field(default_factory=dict)
    """By key in lower case: an author need not remember its capitals."""


def parse(source: str, file: str) -> Reading[References]:
    page = read_page(source, file, NAMES)
    return Reading(None if page.entries is None else _references(page), problems_of(page), page.references)


def cited_works(references: References, links: Links, address: str) -> dict[str, lookup.Work]:
    """Every key -> the work as texts cite it."""
    works: dict[str, lookup.Work] = {}
    for key, work in references.by_key.items():
        html = markup.render_inline(work.text, links)
        works[key] = lookup.Work(work.key, work.short, html, f"{address}#{entry_id(work.key)}")
    return works


def render(references: References, links: Links, uses: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """{"title", "intro", "entries": [{"id", "html", "uses"}]}, in alphabetical order.

    `uses` are the keys of the lessons that cite a work, by its own key.
    """
    entries = [
        {"id": entry_id(work.key), "html": markup.render(work.text, links), "uses": list(uses.get(work.key, ()))}
        for work in references.works
    ]
    entries.sort(key=lambda entry: sort_key(str(entry["html"])))
    return {"title": references.title, "intro": markup.render(references.intro, links), "entries": entries}


def short_form(entry: str) -> str:
    """ "Mukti, T. A., & Rani, S. (2015). …" -> "Mukti & Rani 2015"; "" where the entry does not begin so."""
    match = AUTHORS.match(plain(entry[:LONGEST_AUTHORS]))
    if match is None:
        return ""
    authors = MORE.sub("", match["authors"])
    names = _surnames(authors)
    if not names:
        return ""
    if len(names) > 2 or authors != match["authors"]:
        return f"{names[0]} dkk. {match['year']}"
    return f"{' & '.join(names)} {match['year']}"


def _surnames(authors: str) -> tuple[str, ...]:
    """Of "A, X., B, Y., & C, Z."; () where a name has no comma after its surname."""
    names: list[str] = []
    for written in AND.split(authors):
        piece = written.strip(" ,")
        surnames = [match["surname"].strip() for match in WITH_INITIALS.finditer(f"{piece} ")]
        surname, comma, _given = piece.partition(",")
        if not piece:
            continue
        if not surnames and not comma:
            return ()
        names += surnames or [surname]
    return tuple(names)


def _references(page: Page) -> References:
    works: list[Work] = []
    by_key: dict[str, Work] = {}
    lines: dict[str, int] = {}
    shorts: dict[str, int] = {}
    for entry in page.entries or ():
        work = Work(entry.name.strip(), entry.text, _short(entry, page.findings))
        folded = work.key.casefold()
        if not KEY.fullmatch(work.key):
            hint = "pakai huruf, angka, dan tanda hubung tanpa spasi, misalnya `## mukti2013`."
            page.findings.error(entry.index, "S054", f"kunci `{work.key}` tidak dapat dipakai", hint)
        elif folded in by_key:
            tell_repeated(work.key, entry.index, lines[folded], page.findings)
        else:
            works.append(work)
            by_key[folded], lines[folded] = work, entry.index
            _tell_ambiguous(work, entry, shorts, page.findings)
    return References(page.title, page.intro, tuple(works), by_key)


def _short(entry: Entry, findings: Findings) -> str:
    short = plain(entry.values.get("short", "")) or short_form(entry.text)
    if not short and entry.text.strip():
        message = f"nama pendek `{entry.name}` tidak terbaca dari teksnya"
        hint = "awali dengan `Nama, X. (2015).`, atau tulis `sitasi: UU 24/2000` di bawah kuncinya."
        findings.error(entry.index, "S055", message, hint)
    return short or entry.name


def _tell_ambiguous(work: Work, entry: Entry, shorts: dict[str, int], findings: Findings) -> None:
    if work.short in shorts:
        message = f"`{work.short}` juga nama pendek karya di baris {findings.line(shorts[work.short])}"
        findings.warn(entry.index, "S056", message, "bedakan tahunnya, misalnya 2015a dan 2015b, atau tulis `sitasi:`.")
    shorts.setdefault(work.short, entry.index)
