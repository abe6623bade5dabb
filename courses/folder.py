"""The files of a course folder, each read for itself. Pure; what needs the whole course is in judging.py."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from courses import glossary, lesson, references
from courses.entries import Reading
from courses.frontmatter import CourseHead, Front, ModuleHead, Peek, peek, read
from courses.kinds import Parsed, Reference, activity_kinds
from courses.places import Name, read_name
from courses.prose import read_prose
from courses.values import KINDS, closest
from foundation.limits import check_limits
from foundation.problems import Problem, has_errors

LARGEST_PICTURE = 300 * 1024
MEDIA = "media"
COURSE_FILES = ("kursus.md", "course.md")
MODULE_FILES = ("modul.md", "module.md")
GLOSSARY, REFERENCES = "glosarium", "pustaka"
PAGE_FILES = {GLOSSARY: ("glosarium.md", "glossary.md"), REFERENCES: ("pustaka.md", "references.md")}
"""A course's pages by the name each has in its address, with the files that may hold it."""
PARSERS: dict[str, Callable[[str, str], Reading[Any]]] = {GLOSSARY: glossary.parse, REFERENCES: references.parse}


@dataclass(frozen=True)
class PageEntry:
    """The glossary or the references of a course."""

    name: str
    file: str
    source: str
    reading: Reading[Any]


TWINS = (COURSE_FILES, *PAGE_FILES.values())
"""Names for one file, the Indonesian one first."""
NOTHING_SEEN = Peek()


@dataclass(frozen=True)
class ActivityEntry:
    """A file of a module. Its `definition` may be there although other files make it wrong: see `problems`."""

    id: str
    slug: str
    file: str
    number: int | None
    kind: str
    source: str
    parsed: Parsed
    seen: Peek = NOTHING_SEEN
    is_draft: bool = False
    problems: tuple[Problem, ...] = ()
    """All of this file, also those that only the whole course shows."""


@dataclass(frozen=True)
class ModuleEntry:
    slug: str
    number: int | None
    file: str
    head: ModuleHead | None
    overview: str
    activities: tuple[ActivityEntry, ...]
    is_draft: bool = False


@dataclass
class CourseText:
    """Everything read file by file, before files are judged against each other."""

    file: str
    head: CourseHead | None = None
    welcome: str = ""
    anchors: frozenset[str] = frozenset()
    modules: list[ModuleEntry] = field(default_factory=list)
    module_anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    heads: dict[str, Front[ModuleHead]] = field(default_factory=dict)
    """Module slug -> its front matter, for the lines in it."""
    pages: list[PageEntry] = field(default_factory=list)
    media: frozenset[str] = frozenset()
    references: dict[str, tuple[Reference, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    id_lines: dict[str, int] = field(default_factory=dict)
    """File -> the line its `id:` stands on, for those that have one."""


def read_course(
    files: Mapping[str, bytes], known: Mapping[str, ActivityEntry], told: Callable[[str], None]
) -> CourseText:
    """Read every file of a course folder; of `known` activities, by file, only those whose source has changed."""
    name = next((name for name in COURSE_FILES if name in files), COURSE_FILES[0])
    text = CourseText(name, media=frozenset(path for path in files if path.startswith(f"{MEDIA}/")))
    _read_course_file(files, text)
    _read_pages(files, text)
    for path in sorted(text.media):
        if len(files[path]) > LARGEST_PICTURE:
            hint = "kecilkan gambarnya, atau simpan sebagai WebP atau SVG."
            message = f"gambar ini {len(files[path]) // 1024} KB, paling besar 300 KB"
            text.problems.append(Problem(path, 1, 1, "B002", message, hint))
    for folder in sorted(_module_folders(files), key=lambda folder: read_name(folder).order):
        _read_module(folder, files, text, _ActivityReader(files, text, known, told))
    text.problems += _strays(files)
    return text


def decode(data: bytes, file: str, problems: list[Problem]) -> str | None:
    """The text of a file, or None and a problem at the line whose bytes are not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "simpan ulang berkas dengan pengodean UTF-8."
        problems.append(Problem(file, line, 1, "S001", "berkas ini bukan teks UTF-8", hint))
        return None


def read_page(name: str, file: str, source: str) -> PageEntry:
    """The glossary or the references from its text."""
    return PageEntry(name, file, source, PARSERS[name](source, file))


def _read_pages(files: Mapping[str, bytes], text: CourseText) -> None:
    for name, names in PAGE_FILES.items():
        file = next((file for file in names if file in files), None)
        if file is None:
            continue
        problems: list[Problem] = []
        source = decode(files[file], file, problems)
        entry = PageEntry(name, file, "", Reading(None, tuple(problems)))
        if source is not None:
            entry = read_page(name, file, source)
        text.pages.append(entry)
        text.problems += entry.reading.problems
        text.references[file] = entry.reading.references


def _module_folders(files: Mapping[str, bytes]) -> set[str]:
    paths = [path.split("/") for path in files if path.endswith(".md")]
    return {parts[0] for parts in paths if len(parts) == 2 and parts[0] != MEDIA}


def _read_course_file(files: Mapping[str, bytes], text: CourseText) -> None:
    if text.file not in files:
        hint = "buat kursus.md dengan `judul:` di antara garis ---."
        text.problems.append(Problem(text.file, 1, 1, "S042", "kursus ini belum punya kursus.md", hint))
        return
    source = decode(files[text.file], text.file, text.problems)
    if source is None or not _is_readable(source, text.file, text.problems):
        return
    front = read(source, text.file, CourseHead)
    text.head, text.welcome = front.head, front.body
    text.anchors = _read_body(front.body, front.body_line, text.file, text)
    text.problems += front.problems


def _is_readable(source: str, file: str, problems: list[Problem]) -> bool:
    found = check_limits(source, file)
    problems += found
    return not has_errors(found)


def _read_body(body: str, body_line: int, file: str, text: CourseText) -> frozenset[str]:
    prose = read_prose(body, body_line, file)
    text.problems += prose.problems
    text.references[file] = prose.references
    return prose.anchors


def _read_module(folder: str, files: Mapping[str, bytes], text: CourseText, reader: "_ActivityReader") -> None:
    name = read_name(folder)
    file = next(
        (f"{folder}/{one}" for one in MODULE_FILES if f"{folder}/{one}" in files), f"{folder}/{MODULE_FILES[0]}"
    )
    entry = ModuleEntry(name.slug, name.number, file, None, "", (), name.is_draft)
    source = None
    if file in files:
        source = decode(files[file], file, text.problems)
    else:
        hint = "buat modul.md dengan `judul:` di antara garis ---."
        text.problems.append(Problem(file, 1, 1, "S042", "modul ini belum punya modul.md", hint))
    if source is not None and _is_readable(source, file, text.problems):
        front = read(source, file, ModuleHead)
        text.heads[name.slug] = front
        text.problems += front.problems
        text.module_anchors[name.slug] = _read_body(front.body, front.body_line, file, text)
        is_draft = name.is_draft or bool(front.head and front.head.is_draft)
        entry = replace(entry, head=front.head, overview=front.body, is_draft=is_draft)
    text.modules.append(replace(entry, activities=tuple(reader.read_all(folder, entry))))


@dataclass(frozen=True)
class _ActivityReader:
    """Reads activities, and takes over what is known of a file that has not changed."""

    files: Mapping[str, bytes]
    text: CourseText
    known: Mapping[str, ActivityEntry]
    told: Callable[[str], None]

    def read_all(self, folder: str, module: ModuleEntry) -> Iterator[ActivityEntry]:
        inside = [path.removeprefix(f"{folder}/") for path in self.files if path.startswith(f"{folder}/")]
        names = [name for name in inside if self._is_activity(folder, name)]
        for name in sorted(names, key=lambda name: read_name(name).order):
            yield self._read(f"{folder}/{name}", read_name(name), module)

    def _is_activity(self, folder: str, name: str) -> bool:
        if not name.endswith(".md") or "/" in name or name in MODULE_FILES:
            return False
        return not is_passed_over(name) and not _better_name(f"{folder}/{name}")

    def _read(self, file: str, name: Name, module: ModuleEntry) -> ActivityEntry:
        self.told(file)
        problems: list[Problem] = []
        source = decode(self.files[file], file, problems)
        known = self.known.get(file)
        if known is not None and source == known.source:
            seen, kind, parsed = known.seen, known.kind, known.parsed
        elif source is not None:
            seen = peek(source)
            kind, parsed = _parse(source, file, seen)
        else:
            seen, kind, parsed = NOTHING_SEEN, lesson.KIND_NAME, Parsed(None, None, tuple(problems))
        self.text.problems += parsed.problems
        self.text.references[file] = parsed.references
        if seen.id:
            self.text.id_lines[file] = seen.id_line
        head = parsed.head
        return ActivityEntry(
            id=(head.id if head else seen.id) or name.slug,
            slug=name.slug,
            file=file,
            number=name.number,
            kind=kind,
            source=source or "",
            parsed=parsed,
            seen=seen,
            is_draft=name.is_draft or module.is_draft or seen.is_draft,
        )


def _parse(source: str, file: str, seen: Peek) -> tuple[str, Parsed]:
    """The kind of a file and what that kind makes of it."""
    if seen.kind in activity_kinds:
        kind = activity_kinds[seen.kind]
        return kind.name, kind.parse(source, file)
    if seen.kind in ("", lesson.KIND_NAME):
        return lesson.KIND_NAME, lesson.parse(source, file)
    if seen.kind in KINDS:
        message, hint = f"jenis `{seen.kind}` belum didukung; berkas ini dilewati", "tidak perlu diubah."
        problem = Problem(file, seen.kind_line, 1, "S041", message, hint, is_warning=True)
    else:
        hint = closest(seen.kind, [*KINDS, *KINDS.values()], KINDS)
        problem = Problem(file, seen.kind_line, 1, "S040", f"jenis `{seen.kind}` tidak dikenal", hint)
    return seen.kind, Parsed(None, None, (problem,))


def is_passed_over(name: str) -> bool:
    """Files that stand beside the content and are not of it: a README, the lock file of a word processor."""
    return name.lower() in ("readme.md", "license.md") or name.startswith("~$")


def _better_name(path: str) -> str:
    """The name that would make a file one that is read: "MODUL.md" and "04-baru.md.txt" are slips; "" for no slip."""
    folder, name = posixpath.split(path)
    lower = name.lower()
    special = MODULE_FILES if folder else (*COURSE_FILES, *(file for names in PAGE_FILES.values() for file in names))
    if lower in special:
        return lower if lower != name else ""
    if folder.count("/") or folder == MEDIA or not folder:
        return ""
    if lower.endswith((".md.txt", ".markdown")):
        return f"{name[: -len('.txt')] if lower.endswith('.txt') else name[: -len('.markdown')] + '.md'}"
    return f"{name[:-3]}.md" if lower.endswith(".md") and not name.endswith(".md") else ""


def _strays(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Content files that stand where nothing reads them, or under a name that nothing reads."""
    known = {*COURSE_FILES, *(file for names in PAGE_FILES.values() for file in names)}
    for path in files:
        name = posixpath.basename(path)
        if is_passed_over(name):
            continue
        message = "berkas ini tidak dibaca"
        if better := _better_name(path):
            yield Problem(path, 1, 1, "S043", message, f"ganti namanya menjadi {better}.", is_warning=True)
        elif path in known and any(path in names and names[0] in files and path != names[0] for names in TWINS):
            hint = "hapus salah satunya; yang dibaca adalah yang bernama Indonesia."
            yield Problem(path, 1, 1, "S043", message, hint, is_warning=True)
        elif path.endswith(".md") and path not in known and path.count("/") != 1:
            hint = "pindahkan ke folder modul, misalnya 01-sister-city/03-nama.md."
            yield Problem(path, 1, 1, "S043", f"{message} di tempatnya sekarang", hint, is_warning=True)
