"""What only a whole course shows: names used twice, links that lead nowhere, objectives nobody declared. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count

from courses import lesson
from courses.folder import GLOSSARY, REFERENCES, ActivityEntry, CourseText
from courses.frontmatter import peek
from courses.kinds import CITATION, LINK, Reference, container_kinds
from courses.places import Found, Places, read_name, relative
from courses.values import closest, nearest
from foundation.markup import paragraph_ids
from foundation.mentions import folded
from foundation.problems import Edit, Problem, has_errors

RESERVED = frozenset({"modul", "glosarium", "pustaka", "media", "cari", "latihan", "capaian"})
MOST_SUGGESTIONS = 100
MAIL = re.compile(r"[^\s/@]+@[^\s/@]+\.[a-z]{2,}")
WEB = re.compile(r"(?:www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:id|com|org|net|int|edu|gov|eu|de|uk|jp|kr|au)(?:/|$))")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".svg", ".gif", ".avif")


def judge(text: CourseText, places: Places) -> tuple[Problem, ...]:
    """Every problem of a course, sorted by file and line."""
    problems = {
        *text.problems,
        *_names(text),
        *_activity_ids(text),
        *_objectives(text),
        *_coverage(text),
        *_requirements(text),
        *_borrowed(text),
        *_references(text, places),
    }
    return tuple(sorted(problems))


def _activities(text: CourseText) -> Iterator[ActivityEntry]:
    return (entry for module in text.modules for entry in module.activities)


def _names(text: CourseText) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for module in text.modules:
        if not module.slug:
            hint = "pakai huruf kecil, angka, dan tanda hubung, misalnya 01-sister-city."
            yield Problem(module.file, 1, 1, "S044", "nama folder ini tidak dapat dipakai", hint)
        elif module.slug in seen:
            message = f"nama modul `{module.slug}` sudah dipakai {seen[module.slug]}"
            yield Problem(module.file, 1, 1, "R006", message, "ganti nama foldernya.")
        seen.setdefault(module.slug, module.file)


def _activity_ids(text: CourseText) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    known = {entry.id for entry in _activities(text)}
    for entry in _activities(text):
        if not entry.id:
            hint = "pakai huruf kecil, angka, dan tanda hubung, misalnya 02-tahapan.md."
            yield Problem(entry.file, 1, 1, "S044", "nama berkas ini tidak dapat dipakai", hint)
        elif entry.id in RESERVED:
            line = text.id_lines.get(entry.file, 1)
            message = f"id `{entry.id}` dipakai platform untuk halaman lain"
            yield Problem(entry.file, line, 1, "R007", message, "tulis `id:` lain di antara garis ---.")
        elif entry.id in seen:
            message = f"id `{entry.id}` sudah dipakai {seen[entry.id]}"
            free = next(name for number in count(2) if (name := f"{entry.id}-{number}") not in known)
            known.add(free)
            hint = f"tulis `id:` sendiri di antara garis ---, misalnya `id: {free}`."
            yield Problem(entry.file, 1, 1, "R006", message, hint, mend=_id_for(entry, free))
        seen.setdefault(entry.id, entry.file)


def _id_for(entry: ActivityEntry, id: str) -> Edit | None:
    """The first key of the front matter; a file that says its id already is its author's to change."""
    is_open = entry.source.removeprefix("\ufeff").startswith("---")
    return Edit(2, f"id: {id}", is_line=True) if is_open and entry.id == entry.slug else None


def _objectives(text: CourseText) -> Iterator[Problem]:
    """A code is declared once, in a module, and what names it must name it right."""
    seen: dict[str, str] = {}
    for module in text.modules:
        for objective in module.head.objectives if module.head else ():
            if objective.code in seen:
                line = text.heads[module.slug].line_of(f"objectives.{objective.code}")
                message = f"kode tujuan `{objective.code}` sudah dipakai {seen[objective.code]}"
                yield Problem(module.file, line, 1, "R005", message, "pakai kode lain.")
            seen.setdefault(objective.code, module.file)
    unread = [module for module in text.modules if module.head is None]
    if not all(module.slug in text.heads and text.heads[module.slug].is_readable for module in unread):
        return  # nobody can be said to name an objective wrong
    for module in unread:
        lines = text.heads[module.slug].lines
        seen |= {name.removeprefix("objectives."): module.file for name in lines if name.startswith("objectives.")}
    for entry in _activities(text):
        for named in entry.parsed.objectives:
            if named.target not in seen:
                hint = closest(named.target, seen) if seen else "tulis tujuan di modul.md lebih dahulu."
                message = f"tujuan `{named.target}` tidak ada di modul mana pun"
                yield Problem(entry.file, named.line, named.column, "R004", message, hint)


def _coverage(text: CourseText) -> Iterator[Problem]:
    """An objective that nothing serves, or that is asked and never taught; once every activity can be read."""
    if any(entry.parsed.head is None and has_errors(entry.parsed.problems) for entry in _activities(text)):
        return
    taught: set[str] = set()
    assessed: set[str] = set()
    for entry in _activities(text):
        if entry.kind == lesson.KIND_NAME:
            taught.update(entry.parsed.head.objectives if entry.parsed.head else ())
        elif entry.parsed.head is None:  # a kind whose room does not exist yet
            assessed.update(peek(entry.source).objectives)
        else:
            assessed.update(named.target for named in entry.parsed.objectives)
    for module in text.modules:
        for objective in module.head.objectives if module.head and module.activities else ():
            if objective.code in taught:
                continue
            line = text.heads[module.slug].line_of(f"objectives.{objective.code}")
            hint = f"tulis `tujuan: [{objective.code}]` di pelajaran yang mengajarkannya."
            if objective.code in assessed:
                message = f"tujuan `{objective.code}` ditanyakan, tetapi tidak diajarkan pelajaran mana pun"
                yield Problem(module.file, line, 1, "R011", message, hint, is_warning=True)
            else:
                message = f"tujuan `{objective.code}` tidak diajarkan dan tidak ditanyakan di mana pun"
                yield Problem(module.file, line, 1, "R010", message, hint, is_warning=True)


def _borrowed(text: CourseText) -> Iterator[Problem]:
    """An activity gives the content of another of its kind; one that cannot be read is told of in its own file."""
    by_id = {entry.id: entry for entry in _activities(text)}
    for entry in _activities(text):
        for named in entry.parsed.borrows:
            alike = [id for id, other in by_id.items() if other.kind == entry.kind and id != entry.id]
            other = by_id.get(named.target)
            if named.target in alike or (other is not None and other.parsed.head is None):
                continue
            message = f"`{named.target}` bukan id {entry.kind} lain di kursus ini"
            hint = closest(named.target, alike) if alike else f"tulis {entry.kind} itu lebih dahulu."
            yield Problem(entry.file, named.line, named.column, "R012", message, hint)


def _requirements(text: CourseText) -> Iterator[Problem]:
    known = [module.slug for module in text.modules]
    required_by: dict[str, list[str]] = {slug: [] for slug in known}
    for module in text.modules:
        for required in module.head.requires if module.head else ():
            line = text.heads[module.slug].line_of("requires")
            name = read_name(required).slug
            if name == module.slug:
                yield Problem(module.file, line, 1, "R008", "modul ini mensyaratkan dirinya sendiri", "hapus namanya.")
            elif name not in known:
                message = f"prasyarat `{required}` bukan modul kursus ini"
                yield Problem(module.file, line, 1, "R008", message, closest(required, known))
            elif _leads_to(name, module.slug, required_by):
                message = f"prasyarat `{required}` pada akhirnya mensyaratkan modul ini juga"
                hint = "hapus salah satunya; praja tidak dapat memulai keduanya."
                yield Problem(module.file, line, 1, "R008", message, hint)
            else:
                required_by[module.slug].append(name)


def _leads_to(start: str, goal: str, requirements: Mapping[str, Sequence[str]]) -> bool:
    """Whether following requirements from one module comes to another."""
    waiting, seen = [start], {start}
    while waiting:
        module = waiting.pop()
        if module == goal:
            return True
        new = [required for required in requirements[module] if required not in seen]
        seen.update(new)
        waiting += new
    return False


def _references(text: CourseText, places: Places) -> Iterator[Problem]:
    suggestions = _Suggestions()
    for file, references in text.references.items():
        for reference in references:
            if reference.what != LINK:
                yield from _mention(reference, file, text, suggestions)
                continue
            found = places.find(reference.target, file)
            if found is None:
                yield _missing(reference, file, places)
            else:
                yield from _doubtful(found, reference, file)


def _mention(reference: Reference, file: str, text: CourseText, suggestions: "_Suggestions") -> Iterator[Problem]:
    """A work or a term that the course's own page does not have; nothing is said of a page that cannot be read."""
    name = REFERENCES if reference.what == CITATION else GLOSSARY
    page = next((page for page in text.pages if page.name == name), None)
    known = page.reading.definition if page else None
    if page is not None and known is None:
        return
    at = (file, reference.line, reference.column)
    if reference.what == CITATION:
        if known is None or reference.target.casefold() not in known.by_key:
            hint = suggestions.of(reference.target, [work.key for work in known.works] if known else [])
            message = f"karya `{reference.target}` tidak ada di pustaka kursus"
            yield Problem(*at, "R021", message, hint or f"tulis `## {reference.target}` dan entrinya di pustaka.md.")
    elif known is None or folded(reference.target) not in known.by_name:
        hint = suggestions.of(reference.target, known.names() if known else [])
        message = f"istilah `{reference.target}` tidak ada di glosarium kursus"
        yield Problem(*at, "R022", message, hint or f"tulis `## {reference.target}` dan artinya di glosarium.md.")


class _Suggestions:
    """What somebody may have meant. Looking takes time, so a course that is wrong everywhere gets only so many."""

    def __init__(self) -> None:
        self.left = MOST_SUGGESTIONS

    def of(self, word: str, known: list[str]) -> str:
        self.left -= 1
        near = nearest(word, known) if self.left >= 0 else ""
        return f"maksud Anda `{near}`?" if near else ""


def _missing(reference: Reference, file: str, places: Places) -> Problem:
    path = reference.target.partition("#")[0]
    near = places.nearest(reference.target, file)
    hint = f"maksud Anda `{near}`?" if near else "periksa nama berkasnya; tautan dihitung dari letak berkas ini."
    if MAIL.fullmatch(path):
        hint = f"untuk alamat surel tulis `mailto:{path}`."
    elif WEB.match(path) and not path.endswith(".md"):
        hint = f"untuk alamat web tulis `https://{path}`."
    if path.lower().endswith(PICTURES):
        message = f"gambar `{path}` tidak ada di folder media"
        return Problem(file, reference.line, reference.column, "R009", message, hint)
    return Problem(
        file, reference.line, reference.column, "R001", f"tautan `{reference.target}` tidak menuju apa pun", hint
    )


def _unwritten(found: Found, anchors: frozenset[str], at: tuple[str, int, int]) -> Problem:
    """A link to an id that no author wrote: of a paragraph, or of nothing."""
    if found.anchor in _paragraphs(found.place.lesson, frozenset(container_kinds)):
        message = f"`#{found.anchor}` berubah bila awal paragrafnya disunting"
        hint = f"tulis {{#id}} sendiri di akhir paragraf itu di {found.place.file}, lalu pakai id itu."
        return Problem(*at, "R020", message, hint, is_warning=True)
    hint = closest(found.anchor, sorted(anchors)) if anchors else "berkas itu belum punya judul atau {#id}."
    return Problem(*at, "R002", f"tidak ada `#{found.anchor}` di {found.place.file}", hint)


@lru_cache(maxsize=8)
def _paragraphs(lesson: str, slots: frozenset[str]) -> frozenset[str]:
    """Drawing a lesson is the surest way to know them; only a link that is wrong otherwise asks for it."""
    return paragraph_ids(lesson, slots)


def _doubtful(found: Found, reference: Reference, file: str) -> Iterator[Problem]:
    at = (file, reference.line, reference.column)
    anchors = found.place.anchors
    if found.anchor and anchors is not None and found.anchor not in anchors:
        yield _unwritten(found, anchors, at)
    if found.is_renamed:
        anchor = f"#{found.anchor}" if found.anchor else ""
        name = f"{relative(found.place.file, file)}{anchor}"
        message = f"tautan `{reference.target}` memakai nama lama"
        mend = Edit(reference.line, name, replaces=reference.target)
        yield Problem(*at, "R003", message, f"tulis `{name}`.", is_warning=True, mend=mend)
