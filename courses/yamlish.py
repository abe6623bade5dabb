"""YAML as authors write it: every scalar is text, a few keys are taken literally, nothing clever is allowed. Pure.

Nothing here knows which keys exist; courses.frontmatter does.
"""

import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from foundation.source import normalise

LARGEST = 10 * 1024
DEEPEST = 8
KEY = re.compile(r"^(?P<indent>[ \t]*)(?P<key>[^\s:#{}\[\]&*!|>'\"%@`,-][^:]*?)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*$")
QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}

GLUED = re.compile(r"^(?P<key>[A-Za-z_-]+):(?P<value>[^\s/].*)$")
CLEVER = re.compile(r"[&*!]")
Mistake = tuple[int, int, str, str, str]
"""Line, column, code, message, hint."""
Path = tuple[str, ...]


def fold(word: str) -> str:
    """A key or a word of a closed list, however it is typed: case is ignored and `-` equals `_`."""
    return word.strip().strip("\"'“”‘’").lower().replace("-", "_")


@dataclass(frozen=True)
class Parts:
    """A file split at its `---` lines; without front matter `front` is empty and the body is everything."""

    front: tuple[str, ...]
    front_line: int
    body: str
    body_line: int
    mistakes: tuple[Mistake, ...] = ()


@dataclass
class Loaded:
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    columns: dict[Path, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    is_readable: bool = True
    """False when nothing can be said about what is missing."""


def split(source: str) -> Parts:
    """Split a file into front matter and body; blank lines before the first `---` are forgiven."""
    lines = normalise(source).split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].rstrip() != "---":
        return Parts((), 1, "\n".join(lines), 1)
    last = next((index for index in range(first + 1, len(lines)) if lines[index].rstrip() == "---"), None)
    if last is None:
        mistake = (first + 1, 1, "S010", "bagian kepala tidak ditutup", "tulis `---` pada baris sendiri sesudahnya.")
        return Parts(tuple(lines[first + 1 :]), first + 2, "", len(lines), (mistake,))
    front, body = tuple(lines[first + 1 : last]), "\n".join(lines[last + 1 :])
    return Parts(front, first + 2, body, last + 2)


def load(parts: Parts, known: Container[str] | None, literal: frozenset[str], literal_inside: frozenset[str]) -> Loaded:
    """The front matter's values with the line and column of every key, and what is wrong with it.

    A key that is not `known` is read literally too, so that a typo in it is what gets reported, not its colons.
    """
    loaded = Loaded()
    if parts.mistakes:
        loaded.is_readable = False
        return loaded
    text = "\n".join(parts.front)
    if len(text.encode()) > LARGEST:
        hint = "pindahkan isinya ke bawah garis --- kedua."
        loaded.mistakes.append((parts.front_line - 1, 1, "S014", "bagian kepala lebih dari 10 KB", hint))
        loaded.is_readable = False
        return loaded
    text = "\n".join(_quoted(parts.front, known, literal, literal_inside))
    try:
        _refuse_cleverness(text, parts.front_line, loaded)
        loaded.is_readable = not loaded.mistakes
        if loaded.is_readable:
            _walk(yaml.compose(text, Loader=_Loader), (), parts.front_line, loaded)
    except yaml.YAMLError as error:
        loaded.mistakes.append(_unreadable(error, text, parts.front_line))
        loaded.is_readable = False
    return loaded


class _Loader(yaml.SafeLoader):
    """No value is anything but text: `no`, 070, 1:30 and 2026-12-01 stay what the author typed."""


_Loader.yaml_implicit_resolvers = {}


def _quoted(
    lines: Sequence[str], known: Container[str] | None, literal: frozenset[str], literal_inside: frozenset[str]
) -> Iterator[str]:
    """The lines with literal texts put between quotes, so that YAML sees no colon, `#` or bracket in them."""
    is_inside = False
    for index, line in enumerate(lines):
        match = KEY.match(line)
        if match is None or not match["value"]:
            is_inside = fold(match["key"]) in literal_inside if match and not match["indent"] else is_inside
            yield line
            continue
        if not match["indent"]:
            is_inside = False
        key = fold(match["key"])
        wanted = is_inside if match["indent"] else key in literal or (known is not None and key not in known)
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if wanted and not (re.fullmatch(r"[|>][+-]?", match["value"]) and following.startswith((" ", "\t"))):
            yield line[: match.start("value")] + json.dumps(_without_quotes(match["value"]), ensure_ascii=False)
        else:
            yield line


def _without_quotes(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and QUOTES.get(text[0]) == text[-1]:
        return text[1:-1].strip()
    return text


def _is_plain(text: str) -> bool:
    """Whether nothing in the text could be clever or deep: no sign for it, and too few brackets, dashes and indents."""
    if CLEVER.search(text):
        return False
    indents = {len(line) - len(line.lstrip()) for line in text.split("\n")}
    return sum(map(text.count, "[{")) + text.count("- ") + text.count("? ") + len(indents) <= DEEPEST


def _refuse_cleverness(text: str, first_line: int, loaded: Loaded) -> None:
    """Anchors, aliases, tags and deep nesting, found in the flat stream of events before anything recurses."""
    if _is_plain(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark = event.start_mark
        line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or _tag_of(event):
            message = "tanda `&`, `*`, dan `!` di awal nilai tidak dipakai di sini"
            loaded.mistakes.append((line, column, "S012", message, "apit nilainya dengan tanda kutip."))
            return
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            message = f"bagian kepala bertingkat lebih dari {DEEPEST}"
            loaded.mistakes.append((line, column, "S015", message, "sederhanakan susunannya."))
            return


def _tag_of(event: Any) -> bool:
    return getattr(event, "tag", None) is not None


def _walk(node: Any, path: Path, first_line: int, loaded: Loaded) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _walk_mapping(node, path, first_line, loaded)
    if not path and node is not None:
        line = node.start_mark.line + first_line
        message = "bagian kepala harus berisi baris `kunci: nilai`"
        loaded.mistakes.append((line, 1, "S011", message, "tulis misalnya `judul: Sister City`."))
        loaded.is_readable = False
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_walk(item, (*path, str(place)), first_line, loaded) for place, item in enumerate(node.value)]
    return node.value if node is not None else None


def _walk_mapping(node: Any, path: Path, first_line: int, loaded: Loaded) -> Mapping[str, Any]:
    values = {} if path else loaded.values
    for key_node, value_node in node.value:
        line, column = key_node.start_mark.line + first_line, key_node.start_mark.column + 1
        if not isinstance(key_node, yaml.ScalarNode):
            loaded.mistakes.append((line, column, "S011", "kunci harus satu kata", "tulis `kunci: nilai`."))
            continue
        key = key_node.value
        if key in values:
            loaded.mistakes.append((line, column, "S013", f"kunci `{key}` ditulis dua kali", "hapus salah satunya."))
            continue
        loaded.lines[(*path, key)], loaded.columns[(*path, key)] = line, column
        values[key] = _walk(value_node, (*path, key), first_line, loaded)
    return values


def _unreadable(error: yaml.YAMLError, text: str, first_line: int) -> Mistake:
    marks = ("problem_mark", "context_mark")
    if "flow" in (getattr(error, "context", None) or ""):  # a bracket stays open: where it opens, not where that shows
        marks = ("context_mark", "problem_mark")
    mark = next((found for name in marks if (found := getattr(error, name, None))), None)
    line = mark.line if mark else text.count("\n", 0, getattr(error, "position", 0))
    line = min(line, text.count("\n"))
    column = mark.column + 1 if mark else 1
    lines = text.split("\n")
    if "\t" in lines[line]:
        return line + first_line, column, "S011", "baris ini memakai tab", "ganti tab dengan spasi."
    if line and _is_no_key(lines[line - 1]):  # YAML takes it for text that goes on, and stumbles below it
        line, column = line - 1, 1
    hint = "tulis `kunci: nilai`; apit nilai yang memuat tanda baca dengan tanda kutip."
    if match := GLUED.match(lines[line]):
        hint = f"beri spasi sesudah titik dua: `{match['key']}: {match['value']}`."
    return line + first_line, column, "S011", "baris ini tidak terbaca sebagai `kunci: nilai`", hint


def _is_no_key(line: str) -> bool:
    """Whether a line at the margin should have been `kunci: nilai` and is not."""
    return bool(line.strip()) and line[0].isalpha() and KEY.match(line) is None
