"""The blueprint of a course (kisi-kisi): what is taught, checked and asked, how often and at which level. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from courses import lesson
from courses.folder import ActivityEntry, ModuleEntry
from courses.kinds import Item

UNNAMED = "-"
"""Stands for an objective or a level that nothing names."""


@dataclass
class Row:
    """One objective at one level. Counts are of questions; one without a form counts in each form."""

    objective: str
    level: str
    text: str
    taught: int = 0
    """Lessons that name the objective; said on its first row only."""
    checks: int = 0
    forms: Counter[str] = field(default_factory=Counter)


def blueprint(
    modules: Sequence[ModuleEntry], covers: Callable[[str], bool] = lambda file: True, *, is_whole: bool = True
) -> list[Row]:
    """Rows by objective in the modules' order, then by level, of the files that are covered.

    The whole course shows objectives that nothing names too.
    """
    rows: dict[tuple[str, str], Row] = {}
    texts = {one.code: one for module in modules for one in (module.head.objectives if module.head else ())}
    entries = [entry for module in modules for entry in module.activities if covers(entry.file)]
    for code, objective in texts.items() if is_whole else ():
        rows[code, objective.level or UNNAMED] = Row(code, objective.level or UNNAMED, objective.text)
    for entry, item, code in _named(entries):
        objective_of = texts.get(code)
        level = item.level or (objective_of.level if objective_of else "") or UNNAMED
        row = rows.setdefault((code, level), Row(code, level, objective_of.text if objective_of else ""))
        if entry.kind == lesson.KIND_NAME:
            row.checks += 1
        else:
            row.forms.update([item.form] if item.form else forms_of(entries))
    order = {code: place for place, code in enumerate(texts)}
    listed = sorted(rows.values(), key=lambda row: (order.get(row.objective, len(order)), row.level))
    _count_lessons(listed, entries)
    return listed


def forms_of(entries: Iterable[ActivityEntry]) -> list[str]:
    """The forms that questions name; one form without a name where none does."""
    return sorted({item.form for entry in entries for item in entry.parsed.items if item.form}) or [""]


def _named(entries: Iterable[ActivityEntry]) -> Iterator[tuple[ActivityEntry, Item, str]]:
    for entry in entries:
        for item in entry.parsed.items:
            yield from ((entry, item, code) for code in item.objectives or (UNNAMED,))


def _count_lessons(rows: Iterable[Row], entries: Iterable[ActivityEntry]) -> None:
    teaching: Counter[str] = Counter()
    for entry in entries:
        if entry.kind == lesson.KIND_NAME and entry.parsed.head is not None:
            teaching.update(set(entry.parsed.head.objectives))
    for row in rows:
        row.taught = teaching.pop(row.objective, 0)


def as_table(rows: Sequence[Row]) -> list[list[str]]:
    """Cells as text: a head, the rows, and the sums."""
    forms = sorted({form for row in rows for form in row.forms}) or [""]
    head = ["tujuan", "tingkat", "pelajaran", "cek", *(f"bentuk {form}" if form else "soal" for form in forms), "bunyi"]
    body = [
        [row.objective, row.level, _count(row.taught), _count(row.checks), *_counts(row, forms), row.text]
        for row in rows
    ]
    sums = [str(sum(row.checks for row in rows)), *(str(sum(row.forms[form] for row in rows)) for form in forms)]
    return [head, *body, ["jumlah", "", "", *sums, ""]]


def _counts(row: Row, forms: Sequence[str]) -> list[str]:
    return [_count(row.forms[form]) for form in forms]


def _count(number: int) -> str:
    return str(number) if number else "·"
