"""The front matter of a content file: YAML read gently, every mistake at its line. Pure."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Generic, TypeVar

import pydantic

from courses import yamlish
from courses.values import (
    YES,
    Code,
    Codes,
    Flag,
    Kind,
    Literally,
    Moment,
    Percent,
    Text,
    Weights,
    Whole,
    Words,
    closest,
    nearest,
    read_kind,
    read_objectives,
    split_codes,
)
from courses.yamlish import fold
from foundation.problems import Problem, has_errors

Head = TypeVar("Head")


@dataclass(frozen=True)
class Objective:
    """What learners can do afterwards; `level` is Bloom's, such as C2, or ""."""

    code: str
    level: str
    text: str


@dataclass(frozen=True)
class CourseHead:
    """kursus.md: the course as a whole."""

    title: Annotated[Text, Words("judul", "title"), Literally()]
    summary: Annotated[Text, Words("ringkasan", "summary"), Literally()] = ""
    language: Annotated[Text, Words("bahasa", "language")] = "id"
    pass_mark: Annotated[Percent, Words("lulus", "pass")] = 70
    has_certificate: Annotated[Flag, Words("sertifikat", "certificate")] = True
    is_open: Annotated[Flag, Words("terbuka", "open")] = False
    weights: Annotated[Weights, Words("bobot", "weights")] = field(
        default_factory=lambda: {"kuis": 40, "simulasi": 20, "rancangan": 40}
    )


@dataclass(frozen=True)
class ModuleHead:
    """modul.md: a module, what it teaches, and what must be done before it."""

    title: Annotated[Text, Words("judul", "title"), Literally()]
    summary: Annotated[Text, Words("ringkasan", "summary"), Literally()] = ""
    objectives: Annotated[
        tuple[Objective, ...],
        Words("tujuan", "objectives"),
        Literally(inside=True),
        pydantic.BeforeValidator(read_objectives),
    ] = ()
    requires: Annotated[Codes, Words("prasyarat", "requires")] = ()
    is_draft: Annotated[Flag, Words("draf", "draft")] = False


@dataclass(frozen=True)
class PageHead:
    """glosarium.md and pustaka.md: nothing need be written."""

    title: Annotated[Text, Words("judul", "title"), Literally()] = ""


@dataclass(frozen=True)
class ActivityHead:
    """What every activity's front matter may say; a kind's own keys stand in its own head."""

    title: Annotated[Text, Words("judul", "title"), Literally()]
    summary: Annotated[Text, Words("ringkasan", "summary"), Literally()] = ""
    kind: Annotated[Kind, Words("jenis", "kind")] = "pelajaran"
    id: Annotated[Code, Words("id", "id")] = ""
    is_draft: Annotated[Flag, Words("draf", "draft")] = False
    objectives: Annotated[Codes, Words("tujuan", "objectives")] = ()
    minutes: Annotated[Whole | None, Words("menit", "minutes"), pydantic.Field(ge=1)] = None
    opens: Annotated[datetime | None, Words("buka", "opens"), Moment("00:00")] = None
    closes: Annotated[datetime | None, Words("tutup", "closes"), Moment("23:59")] = None


@dataclass(frozen=True)
class Front(Generic[Head]):
    """A file taken apart: its head (None when it has an error), its body, and where everything stands."""

    head: Head | None
    body: str
    body_line: int
    lines: Mapping[str, int]
    """Field name -> line where its key stands; an item of a mapping has "field.item"."""
    problems: tuple[Problem, ...]
    is_readable: bool = True
    """False when nothing can be said about what is missing."""

    def line_of(self, field_name: str) -> int:
        """Where a field is written, or should be."""
        return self.lines.get(field_name, 1)


Fill = Callable[[dict[str, Any]], dict[str, Any]]


def read(source: str, file: str, head: type[Head], fill: Fill = lambda values: values) -> Front[Head]:
    """Read a file's front matter as `head`; `fill` may add defaults that depend on other values."""
    words = words_of(head)
    kind: Any = head
    parts, loaded = _taken_apart(source, kind)
    problems = [Problem(file, *mistake) for mistake in (*parts.mistakes, *loaded.mistakes)]
    values, lines, unknown = _by_field(loaded, head, words, file)
    problems += unknown
    made = None
    if loaded.is_readable:
        # "maksud Anda `judul`?" says already that `judul` is missing.
        meant = {words.get(nearest(key, words)) for key in loaded.values if fold(key) not in words}
        made, refused = _validated(head, fill(values), lines, file)
        problems += [problem for name, problem in refused if problem.code != "S017" or name not in meant]
    if isinstance(made, ActivityHead):
        problems += _closing_before_opening(made, lines, file)
    return Front(
        None if has_errors(problems) else made,
        parts.body,
        parts.body_line,
        lines,
        tuple(sorted(problems)),
        loaded.is_readable,
    )


@lru_cache(maxsize=4)
def _taken_apart(source: str, head: Any) -> tuple[yamlish.Parts, yamlish.Loaded]:
    """Kept for a moment: a file is peeked at, then read, mostly as the same kind."""
    parts = yamlish.split(source)
    literal, inside = _literal_words(head, inside=False), _literal_words(head, inside=True)
    return parts, yamlish.load(parts, words_of(head), literal, inside)


@dataclass(frozen=True)
class Peek:
    """What must be known of an activity before its kind judges it. Lines are 1 where nothing is written."""

    kind: str = ""
    kind_line: int = 1
    id: str = ""
    id_line: int = 1
    is_draft: bool = False
    objectives: tuple[str, ...] = ()
    """Codes that it names, whether or not anybody declared them."""


def peek(source: str) -> Peek:
    """The kind (in Indonesian where it is known), id and draft mark of an activity, right or wrong."""
    head: Any = ActivityHead
    _parts, loaded = _taken_apart(source, head)
    values, lines, _problems = _by_field(loaded, ActivityHead, words_of(ActivityHead), "")
    return Peek(
        kind=read_kind(values["kind"]) if isinstance(values.get("kind"), str) else "",
        kind_line=lines.get("kind", 1),
        id=values["id"] if isinstance(values.get("id"), str) else "",
        id_line=lines.get("id", 1),
        is_draft=fold(str(values.get("is_draft", ""))) in YES,
        objectives=_objectives_in(values.get("objectives")),
    )


def _objectives_in(value: Any) -> tuple[str, ...]:
    codes = value if isinstance(value, list) else [value]
    return tuple(code for item in codes if isinstance(item, str) for code in split_codes(item))


def words_of(head: type[Any]) -> Mapping[str, str]:
    """Every word an author may write as a key -> the field it means."""
    kind: Any = head  # mypy takes a class of frozen values for unhashable
    return _words(kind)


def word_of(head: type[Any], field_name: str) -> str:
    """The Indonesian key of a field."""
    return next(note.indonesian for note in _notes(head)[field_name] if isinstance(note, Words))


@lru_cache
def _words(head: Any) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, notes in _notes(head).items():
        for note in notes:
            if isinstance(note, Words):
                found[fold(note.indonesian)] = found[fold(note.english)] = name
    return found


def _notes(head: type[Any]) -> Mapping[str, tuple[Any, ...]]:
    return {item.name: tuple(getattr(item.type, "__metadata__", ())) for item in dataclasses.fields(head)}


def _literal_words(head: type[Any], inside: bool) -> frozenset[str]:
    """Keys whose text is taken as it stands: their own, or that of the items below them."""
    kind: Any = head
    return _literal_words_of(kind, inside)


@lru_cache
def _literal_words_of(head: Any, inside: bool) -> frozenset[str]:
    literal = {
        name
        for name, notes in _notes(head).items()
        for note in notes
        if isinstance(note, Literally) and note.inside == inside
    }
    return frozenset(word for word, name in words_of(head).items() if name in literal)


def _by_field(
    loaded: yamlish.Loaded, head: type[Any], words: Mapping[str, str], file: str
) -> tuple[dict[str, Any], dict[str, int], list[Problem]]:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for key, value in loaded.values.items():
        line, column = loaded.lines[(key,)], loaded.columns[(key,)]
        name = words.get(fold(key))
        if name is None:
            ours = [word_of(head, name) for name in dict.fromkeys(words.values())]
            hint = closest(key, words, ours)
            problems.append(Problem(file, line, column, "S016", f"kunci `{key}` tidak dikenal", hint))
        elif name in values:
            problems.append(
                Problem(file, line, column, "S013", f"kunci `{key}` ditulis dua kali", "hapus salah satunya.")
            )
        else:
            values[name], lines[name] = value, line
            lines |= {f"{name}.{path[1]}": at for path, at in loaded.lines.items() if len(path) == 2 and path[0] == key}
    return {name: value for name, value in values.items() if value != ""}, lines, problems


@lru_cache
def _adapter(head: Any) -> pydantic.TypeAdapter[Any]:
    """Built once for each head: that takes longer than reading a file."""
    return pydantic.TypeAdapter(head)


def _validated(
    head: type[Head], values: dict[str, Any], lines: Mapping[str, int], file: str
) -> tuple[Head | None, list[tuple[str, Problem]]]:
    """The head, or each refusal with the field it is about."""
    try:
        kind: Any = head  # mypy takes a class of frozen values for unhashable
        made: Head = _adapter(kind).validate_python(values)
        return made, []
    except pydantic.ValidationError as refused:
        return None, [(str(error["loc"][0]), _explained(error, head, lines, file)) for error in refused.errors()]


def _explained(error: Any, head: type[Any], lines: Mapping[str, int], file: str) -> Problem:
    """Say a pydantic error in the author's words, at the author's line."""
    path = [str(step) for step in error["loc"]]
    name = path[0]
    key = word_of(head, name)
    line = lines.get(".".join(path[:2]), lines.get(name, 1))
    if error["type"] == "missing":
        hint = f"tambahkan baris `{key}: …` di antara garis ---."
        if not lines:
            hint = f"mulailah berkas dengan baris `---`, lalu `{key}: …`, lalu `---`, tanpa apa pun di atasnya."
        return Problem(file, 1, 1, "S017", f"`{key}` belum ditulis", hint)
    return Problem(file, line, 1, "S018", f"nilai `{key}` tidak terbaca: {_reason(error)}", _advice(error))


def _reason(error: Any) -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return str(limits["error"]).partition("|")[0]
        case "greater_than_equal":
            return f"paling sedikit {limits['ge']}"
        case "less_than_equal":
            return f"paling banyak {limits['le']}"
        case "int_parsing" | "int_from_float" | "int_type":
            return "harus bilangan bulat"
        case "string_type":
            return "harus satu teks"
        case _:
            return "bentuknya tidak sesuai"


def _advice(error: Any) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"]).partition("|")[2]
    return "lihat contoh di panduan penulisan."


def _closing_before_opening(head: ActivityHead, lines: Mapping[str, int], file: str) -> list[Problem]:
    if head.opens is None or head.closes is None or head.closes >= head.opens:
        return []
    message = "`tutup` lebih awal daripada `buka`"
    return [Problem(file, lines.get("closes", 1), 1, "S019", message, "periksa kedua tanggalnya.")]
