"""A course's glossary and references: `## name` sections, each with a few `nama: nilai` lines and a text. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from courses.findings import Findings
from courses.frontmatter import PageHead, read
from courses.kinds import Reference
from courses.prose import Heading, read_prose
from courses.values import nearest
from foundation.headings import find_headings
from foundation.limits import check_limits
from foundation.problems import Problem, has_errors
from foundation.slugs import split_anchor
from foundation.source import read_sheet

Definition = TypeVar("Definition")

LEVEL = 2
LINE = re.compile(r"^(?P<name>[^\W\d_][\w-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*$")


@dataclass(frozen=True)
class Entry:
    """One section; `index` is its heading's line, counted from 0 in the body."""

    name: str
    id: str
    text: str
    index: int
    values: Mapping[str, str] = field(default_factory=dict)
    indexes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A file of entries; `entries` is None where nothing can be said of them."""

    title: str
    intro: str
    entries: tuple[Entry, ...] | None
    findings: Findings
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Reading(Generic[Definition]):
    """What a file says. `definition` is there although the file has errors, and None where it cannot be read at all."""

    definition: Definition | None
    problems: tuple[Problem, ...]
    references: tuple[Reference, ...] = ()


def read_page(source: str, file: str, names: Mapping[str, str]) -> Page:
    """Read a file; `names` are the words that may stand before a colon, each with what it means."""
    too_big = check_limits(source, file)
    if has_errors(too_big):
        findings = Findings(file)
        findings.problems += too_big
        return Page("", "", None, findings)
    front = read(source, file, PageHead)
    if not front.is_readable and not front.body:
        findings = Findings(file)
        findings.problems += [*too_big, *front.problems]
        return Page("", "", None, findings)
    prose = read_prose(front.body, front.body_line, file)
    findings = Findings(file, front.body_line)
    findings.problems += [*too_big, *front.problems, *prose.problems]
    intro, entries = _read(front.body, prose.headings, findings, names)
    return Page(front.head.title if front.head else "", intro, entries, findings, prose.references)


def _read(
    body: str, headings: Sequence[Heading], findings: Findings, names: Mapping[str, str]
) -> tuple[str, tuple[Entry, ...] | None]:
    """The text above the first entry, and the entries; None for them when all of it is plain text."""
    sheet = read_sheet(body)
    found = list(find_headings(sheet))
    starts = []
    for heading, line in zip(headings, found, strict=True):
        if line.level == LEVEL:
            starts.append((line.index, split_anchor(line.text)[0], heading.id))
        else:
            hint = "pakai `## ` untuk nama, dan teks biasa di bawahnya."
            findings.error(line.index, "S050", "di berkas ini hanya ada judul `## `", hint)
    written = next((at for at, line in enumerate(sheet.lines) if line.strip()), None)
    if not found and written is not None:
        hint = "tulis tiap nama sebagai judul `## nama`, dan teksnya di bawah judul itu."
        findings.error(written, "S057", "berkas ini belum memuat satu pun `## nama`", hint)
        return "", None
    edges = [*(index for index, _name, _id in starts), len(sheet.lines)]
    intro = "\n".join(sheet.lines[: edges[0]])
    entries = tuple(
        _entry(index, name, id, sheet.lines[index + 1 : end], findings, names)
        for (index, name, id), end in zip(starts, edges[1:], strict=True)
    )
    return intro.strip("\n"), entries


def _entry(index: int, name: str, id: str, lines: Sequence[str], findings: Findings, names: Mapping[str, str]) -> Entry:
    values: dict[str, str] = {}
    indexes: dict[str, int] = {}
    kept = list(lines)
    for place in _metadata(lines, names):
        match = LINE.match(lines[place])
        assert match is not None
        kept[place] = ""
        meant = names.get(match["name"].lower())
        if meant is None:
            _tell_unknown(match["name"], index + 1 + place, findings, names)
        elif meant in values:
            message = f"`{match['name']}` ditulis dua kali pada `{name}`"
            findings.error(index + 1 + place, "S053", message, "gabungkan menjadi satu baris.")
        else:
            values[meant], indexes[meant] = match["value"] or "", index + 1 + place
    text = "\n".join(kept).strip("\n")
    if not name.strip():
        findings.error(index, "S051", "judul ini kosong", "tulis namanya sesudah `## `.")
    elif not text.strip():
        findings.error(index, "S051", f"`{name}` belum punya teks", "tulis teksnya di bawah judul itu.")
    return Entry(name, id, text, index, values, indexes)


def _metadata(lines: Sequence[str], names: Mapping[str, str]) -> Iterator[int]:
    """Lines that say something of the entry: those right under the name, and paragraphs of nothing else."""
    index = 0
    while index < len(lines) and (match := LINE.match(lines[index])) and _is_meant(match["name"], names):
        yield index
        index += 1
    while index < len(lines):
        end = index
        while end < len(lines) and lines[end].strip():
            end += 1
        paragraph = range(index, end)
        if all((match := LINE.match(lines[at])) and match["name"].lower() in names for at in paragraph):
            yield from paragraph
        index = end + 1


def _is_meant(word: str, names: Mapping[str, str]) -> bool:
    """Whether a word before a colon is a name, or looks like one: "Catatan: …" begins the text."""
    return word.islower() or bool(nearest(word, names))


def _tell_unknown(word: str, index: int, findings: Findings, names: Mapping[str, str]) -> None:
    near = nearest(word, names)
    hint = f"maksud Anda `{near}:`?" if near else "bila ini bagian teksnya, beri baris kosong di atasnya."
    findings.error(index, "S053", f"`{word}:` tidak dikenal di sini", hint)


def tell_repeated(name: str, index: int, before: int, findings: Findings) -> None:
    message = f"`{name}` sudah ada di baris {findings.line(before)}"
    findings.error(index, "S052", message, "gabungkan keduanya, atau ganti namanya.")


def problems_of(page: Page) -> tuple[Problem, ...]:
    return tuple(sorted(set(page.findings.problems)))
