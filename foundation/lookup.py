"""What an author's marks stand for in a course: links, terms of the glossary, works of the references. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from foundation.mentions import folded

Links = Callable[[str], str | None]
"""An author's link -> its address here; None when it leads nowhere."""


@dataclass(frozen=True)
class Meaning:
    """A term's definition in plain words, and where the whole of it stands."""

    definition: str
    address: str


@dataclass(frozen=True)
class Work:
    """Something cited: how running text names it, its entry as safe HTML, and where that stands."""

    key: str
    short: str
    html: str
    address: str


@dataclass(frozen=True)
class Lookup:
    """Everything a text may refer to. Called, it leads a link; so it stands wherever links alone are asked for."""

    links: Links
    terms: Mapping[str, Meaning] = field(default_factory=dict)
    """By folded name, and by each alias."""
    works: Mapping[str, Work] = field(default_factory=dict)
    """By folded key."""

    def __call__(self, target: str) -> str | None:
        return self.links(target)

    def term(self, name: str) -> Meaning | None:
        return self.terms.get(folded(name))

    def citation(self, key: str) -> Work | None:
        return self.works.get(key.casefold())
