"""glosarium.md: a definition per `## term`, with `alias: x, y` under it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.entries import Page, Reading, problems_of, read_page, tell_repeated
from courses.kinds import Links
from foundation import markup
from foundation.lookup import Meaning
from foundation.mentions import folded
from foundation.slugs import plain, slug

NAMES = {"alias": "aliases", "aliases": "aliases"}

LONGEST_SHOWN = 300
"""Characters of a definition that a lesson shows."""


@dataclass(frozen=True)
class Term:
    name: str
    id: str
    definition: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """What a course's words mean, in the author's order."""

    title: str = ""
    intro: str = ""
    terms: tuple[Term, ...] = ()
    by_name: Mapping[str, Term] = field(default_factory=dict)
    """By folded name, and by each alias."""

    def names(self) -> list[str]:
        """Everything that may stand in `[[istilah: …]]`."""
        return [name for term in self.terms for name in (term.name, *term.aliases)]


def parse(source: str, file: str) -> Reading[Glossary]:
    page = read_page(source, file, NAMES)
    return Reading(None if page.entries is None else _glossary(page), problems_of(page), page.references)


def meanings(glossary: Glossary, links: Links, address: str) -> dict[str, Meaning]:
    """Every name of a term -> its first paragraph in plain words, and where the whole of it stands."""
    of_terms = {term.id: Meaning(_shown(term, links), f"{address}#{term.id}") for term in glossary.terms}
    return {name: of_terms[term.id] for name, term in glossary.by_name.items()}


def render(glossary: Glossary, links: Links, uses: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """{"title", "intro", "entries": [{"id", "name", "words", "html", "aliases", "uses", "letter"}]}, by the alphabet.

    `uses` are the keys of the lessons that use a term, by its id.
    """
    in_order = sorted(glossary.terms, key=lambda term: slug(term.name))
    entries = [
        {
            "id": term.id,
            "name": markup.render_inline(term.name, links),
            "words": plain(term.name),
            "html": markup.render(term.definition, links),
            "aliases": list(term.aliases),
            "uses": list(uses.get(term.id, ())),
            "letter": slug(term.name)[:1].upper() or "…",
        }
        for term in in_order
    ]
    return {"title": glossary.title, "intro": markup.render(glossary.intro, links), "entries": entries}


def matching(entries: Sequence[Mapping[str, Any]], wanted: str) -> list[Mapping[str, Any]]:
    """The entries whose name or alias holds the words somebody looks for; all of them for none."""
    words = " ".join(wanted.casefold().split())
    return [entry for entry in entries if any(words in folded(name) for name in (entry["words"], *entry["aliases"]))]


def _shown(term: Term, links: Links) -> str:
    """The first paragraph, cut at a word: a definition that pops up is read at a glance."""
    text = markup.render_words(term.definition.split("\n\n")[0], links)
    if len(text) <= LONGEST_SHOWN:
        return text
    return text[:LONGEST_SHOWN].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _glossary(page: Page) -> Glossary:
    terms: list[Term] = []
    by_name: dict[str, Term] = {}
    lines: dict[str, int] = {}
    for entry in page.entries or ():
        aliases = tuple(alias for word in entry.values.get("aliases", "").split(",") if (alias := word.strip()))
        term = Term(entry.name, entry.id, entry.text, aliases)
        terms.append(term)
        for name in (term.name, *aliases):
            index = entry.index if name is term.name else entry.indexes["aliases"]
            key = folded(name)
            if key in by_name:
                tell_repeated(name, index, lines[key], page.findings)
            elif key:
                by_name[key], lines[key] = term, index
    return Glossary(page.title, page.intro, tuple(terms), by_name)
