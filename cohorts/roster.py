"""Who shall be in a cohort, as a spreadsheet lists them: rows of people, and all problems at once. Pure."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from accounts.names import checked_name, checked_username
from cohorts import sheet
from foundation.errors import N_, DomainError

LARGEST = 450_000
"""Bytes of text: it travels to the preview and back in one field, of which Flask takes 500 kB."""
MOST_ROWS = 5_000
MOST_COLUMNS = 30
LONGEST_CELL = 200
LONGEST_HEADING = 60
ENOUGH_TO_COMPARE = 5
MOST = 0.8


class Kind(Enum):
    """What a column is about."""

    USERNAME = auto()
    NAME = auto()
    COHORT = auto()
    GROUP = auto()
    DETAIL = auto()
    PASSWORD = auto()
    COUNTING = auto()
    NAMELESS = auto()


KINDS = {
    **dict.fromkeys(("nama pengguna", "username", "user name", "npp", "nip"), Kind.USERNAME),
    **dict.fromkeys(("nama", "nama lengkap", "name", "full name"), Kind.NAME),
    **dict.fromkeys(("angkatan", "cohort"), Kind.COHORT),
    **dict.fromkeys(("kata sandi", "sandi", "password"), Kind.PASSWORD),
    **dict.fromkeys(("no", "nomor", "nomor urut", "number", "#"), Kind.COUNTING),
    "": Kind.NAMELESS,
}
GROUP_WORDS = ("kelompok", "group")
SINGLE = (Kind.USERNAME, Kind.NAME, Kind.COHORT)
"""One column of each at most, whatever it is called."""


@dataclass(frozen=True)
class RosterProblem:
    """What is wrong in one cell, row or file (row 0), and what to do; `sentence` is filled in with `values`."""

    row: int
    column: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return ": ".join(filter(None, (str(self.row), self.column, self.sentence % self.values)))


@dataclass(frozen=True)
class Column:
    heading: str
    kind: Kind
    name: str
    """What it fills: a set of groups ("Kelompok FGD"), or a detail ("jenis kelamin")."""


@dataclass(frozen=True)
class Row:
    """One person as the file has them; what its cells leave empty is not in it."""

    number: int
    """As Excel counts: the headings are row 1."""
    username: str
    name: str
    cohort: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    rows: tuple[Row, ...] = ()
    """Those in which nothing is wrong."""
    columns: tuple[Column, ...] = ()
    problems: tuple[RosterProblem, ...] = ()
    text: str = ""
    """The whole file, decoded, to be read again."""

    def column_named(self, kind: Kind) -> str:
        """How the file calls a column, to point at it."""
        return next((column.heading for column in self.columns if column.kind is kind), "")


# Files that people take for a table of text, by how they begin.
_OTHER_FORMATS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


def from_bytes(data: bytes) -> Roster:
    if data.startswith(_OTHER_FORMATS):
        return _unreadable(
            N_("Ini bukan berkas CSV. Buka di Excel, pilih Simpan Sebagai, jenis “CSV UTF-8”, lalu unggah berkas itu.")
        )
    return read(sheet.decode(data))


def read(text: str) -> Roster:
    """Everybody in a table of text, and everything that is wrong with it."""
    if len(text.encode("utf-8", "replace")) > LARGEST:
        return _unreadable(
            N_("Berkas ini terlalu besar: paling banyak %(n)d kB. Bagilah menjadi beberapa berkas."), n=LARGEST // 1000
        )
    lines: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(sheet.records(text, _is_known), start=1):
            if any(map(sheet.clean, cells)):
                lines.append((number, cells))
            if len(lines) > MOST_ROWS + 1:
                return _unreadable(
                    N_("Berkas ini terlalu panjang: paling banyak %(n)d baris. Bagilah menjadi beberapa berkas."),
                    n=MOST_ROWS,
                )
    except csv.Error:
        return _unreadable(
            N_("Baris ini tidak terbaca sebagai CSV. Buka berkasnya di Excel, lalu simpan lagi sebagai “CSV UTF-8”."),
            row=number + 1,
        )
    return _understand(lines, text)


def _unreadable(sentence: str, row: int = 0, **values: object) -> Roster:
    return Roster(problems=(RosterProblem(row, "", sentence, values),))


def _understand(lines: list[tuple[int, list[str]]], text: str) -> Roster:
    if not lines:
        return _unreadable(N_("Daftar ini kosong. Isi judul kolom di baris pertama dan satu praja di tiap baris."))
    first, headings = lines[0]
    columns = tuple(_column(heading) for heading in headings)
    if problems := _header_problems(first, columns):
        return Roster((), columns, tuple(problems), text)
    if len(lines) == 1:
        sentence = N_("Di bawah judul kolom belum ada praja. Isi satu praja di tiap baris.")
        return Roster((), columns, (RosterProblem(first + 1, "", sentence),), text)
    rows: list[Row] = []
    found: list[RosterProblem] = []
    for number, cells in lines[1:]:
        found += _cell_problems(number, cells, columns)
        rows.append(_row(number, cells, columns))
    found += _repeated(rows, columns) + _lost_zeros(rows, columns)
    wrong = {problem.row for problem in found}
    good = tuple(row for row in rows if row.number not in wrong)
    return Roster(good, columns, tuple(sorted(found, key=lambda problem: problem.row)), text)


# Headings.


def _key(heading: str) -> str:
    return " ".join(sheet.clean(heading).replace("_", " ").casefold().split()).rstrip(" .:*")


def _is_known(heading: str) -> bool:
    key = _key(heading)
    return bool(key) and (key in KINDS or key.startswith(GROUP_WORDS))


def _column(heading: str) -> Column:
    key, shown = _key(heading), sheet.clean(heading)
    if key.startswith(GROUP_WORDS):
        words = " ".join(shown.replace("_", " ").split())
        return Column(shown, Kind.GROUP, "Kelompok" if key in GROUP_WORDS else words[:1].upper() + words[1:])
    return Column(shown, KINDS.get(key, Kind.DETAIL), key)


def _header_problems(row: int, columns: Sequence[Column]) -> list[RosterProblem]:
    problems = [RosterProblem(row, column, sentence, values) for column, sentence, values in _missing(columns)]
    if len(columns) > MOST_COLUMNS and any(column.heading for column in columns[MOST_COLUMNS:]):
        sentence = N_("Kolomnya terlalu banyak: paling banyak %(n)d. Hapus kolom yang tidak diperlukan.")
        return [*problems, RosterProblem(row, "", sentence, {"n": MOST_COLUMNS})]
    seen: dict[object, str] = {}
    for column in columns:
        shown = column.heading[:LONGEST_HEADING]
        if sentence := _heading_problem(column):
            problems.append(RosterProblem(row, shown, sentence, {"n": LONGEST_HEADING}))
        if column.kind in (Kind.COUNTING, Kind.NAMELESS):
            continue
        fills = column.kind if column.kind in SINGLE else (column.kind, column.name.casefold())
        if fills in seen:
            sentence = N_("Kolom ini berarti sama dengan kolom “%(other)s”. Hapus salah satunya.")
            problems.append(RosterProblem(row, shown, sentence, {"other": seen[fills]}))
        seen.setdefault(fills, shown)
    return problems


def _missing(columns: Sequence[Column]) -> Iterable[tuple[str, str, Mapping[str, object]]]:
    kinds = {column.kind for column in columns}
    if Kind.USERNAME not in kinds:
        yield (
            "nama_pengguna",
            N_("Kolom ini tidak ada. Baris pertama berisi judul kolom, salah satunya nama_pengguna, NPP, atau NIP."),
            {},
        )
    if Kind.NAME not in kinds:
        yield "nama", N_("Kolom ini tidak ada. Beri judul “nama” pada kolom yang berisi nama lengkap."), {}


def _heading_problem(column: Column) -> str:
    if column.kind is Kind.PASSWORD:
        return N_("Kata sandi tidak diimpor. Hapus kolom ini: kartu akun memberi kata sandi sekali pakai.")
    if len(column.heading) > LONGEST_HEADING:
        return N_("Judul kolom ini terlalu panjang: paling banyak %(n)d huruf.")
    return _unreadable_letters(column.heading)


def _unreadable_letters(cell: str) -> str:
    if "\ufffd" in cell or sheet.has_control(cell):
        return N_("Di sini ada huruf yang tidak terbaca. Simpan lagi berkasnya sebagai “CSV UTF-8”, lalu unggah ulang.")
    return ""


# Cells.


def _row(number: int, cells: Sequence[str], columns: Sequence[Column]) -> Row:
    values = [(column, sheet.clean(cell)) for column, cell in zip(columns, cells, strict=False)]
    values = [(column, value) for column, value in values if value]
    single = {column.kind: value for column, value in values if column.kind in SINGLE}
    return Row(
        number,
        username_of(single.get(Kind.USERNAME, "")),
        single.get(Kind.NAME, ""),
        single.get(Kind.COHORT, ""),
        {column.name: value for column, value in values if column.kind is Kind.GROUP},
        {column.name: value for column, value in values if column.kind is Kind.DETAIL},
    )


def username_of(cell: str) -> str:
    """As it is kept: lower case, without the apostrophe that keeps Excel from calculating."""
    return sheet.clean(sheet.clean(cell).removeprefix("'").lower())


def _cell_problems(number: int, cells: Sequence[str], columns: Sequence[Column]) -> Iterable[RosterProblem]:
    width = len(columns)
    if any(map(sheet.clean, cells[width:])):
        sentence = N_("Baris ini berisi lebih banyak sel daripada judul kolom. Periksa pemisah dan tanda kutipnya.")
        yield RosterProblem(number, "", sentence)
    padded = [*cells[:width], *[""] * (width - len(cells))]
    for column, cell in zip(columns, padded, strict=True):
        if sentence := _cell_problem(column, cell):
            yield RosterProblem(number, column.heading, sentence, {"n": LONGEST_CELL})
        elif refusal := _refusal(column.kind, sheet.clean(cell)):
            yield RosterProblem(number, column.heading, refusal.sentence, refusal.values)


def _refusal(kind: Kind, value: str) -> DomainError | None:
    """Why something cannot be called so, in a roster as on any page; an empty name may be known already."""
    try:
        if kind is Kind.USERNAME:
            checked_username(username_of(value))
        elif kind in (Kind.NAME, Kind.GROUP) and value:
            checked_name(value)
    except DomainError as refusal:
        return refusal
    return None


def _cell_problem(column: Column, cell: str) -> str:
    value = sheet.clean(cell)
    if column.kind is Kind.COUNTING:
        return ""
    if column.kind is Kind.NAMELESS:
        return N_("Kolom sel ini tidak berjudul. Beri judul kolomnya, atau kosongkan selnya.") if value else ""
    if "\n" in cell.strip() or "\r" in cell.strip():
        return N_("Sel ini berisi ganti baris: mungkin ada tanda kutip yang tidak ditutup. Tulis dalam satu baris.")
    if len(value) > LONGEST_CELL:
        return N_("Isi sel ini terlalu panjang: paling banyak %(n)d huruf.")
    return _unreadable_letters(cell) or (_username_problem(username_of(cell)) if column.kind is Kind.USERNAME else "")


_SCIENTIFIC = re.compile(r"\d+([.,]\d+)?e[+-]?\d+")
_DECIMAL = re.compile(r"\d+,\d+|\d+(\.\d+)?\.0")
_NPP = re.compile(r"\d+\.(\d+)")


def _username_problem(username: str) -> str:
    if not username:
        return N_("Nama pengguna belum diisi. Isi dengan NPP, atau hapus barisnya.")
    if _SCIENTIFIC.fullmatch(username) or _DECIMAL.fullmatch(username):
        return N_(
            "Excel mengubah NPP ini menjadi bilangan. "
            "Di Excel, jadikan kolomnya Teks, tulis lagi NPP-nya, lalu simpan ulang."
        )
    return ""


# What shows only when rows are compared.


def _repeated(rows: Sequence[Row], columns: Sequence[Column]) -> list[RosterProblem]:
    places: dict[str, list[int]] = {}
    for row in rows:
        if row.username:
            places.setdefault(row.username, []).append(row.number)
    sentence = N_("Nama pengguna ini juga ada di baris %(other)d. Cukup satu baris untuk setiap praja.")
    heading = _heading_of_usernames(columns)
    return [
        RosterProblem(number, heading, sentence, {"other": numbers[0] if number != numbers[0] else numbers[1]})
        for numbers in places.values()
        if len(numbers) > 1
        for number in numbers
    ]


def _lost_zeros(rows: Sequence[Row], columns: Sequence[Column]) -> list[RosterProblem]:
    """NPPs shorter than nearly all others: to Excel 32.0010 is a number, and it drops the zero."""
    shapes = {row.number: len(match[1]) for row in rows if (match := _NPP.fullmatch(row.username))}
    if len(shapes) < ENOUGH_TO_COMPARE:
        return []
    (usual, count) = Counter(shapes.values()).most_common(1)[0]
    if count < MOST * len(shapes):
        return []
    sentence = N_(
        "NPP ini lebih pendek daripada yang lain: mungkin Excel membuang nol di akhirnya. "
        "Jadikan kolomnya Teks, lalu lengkapi sampai %(n)d angka di belakang titik."
    )
    heading = _heading_of_usernames(columns)
    return [RosterProblem(number, heading, sentence, {"n": usual}) for number, shape in shapes.items() if shape < usual]


def _heading_of_usernames(columns: Sequence[Column]) -> str:
    return next(column.heading for column in columns if column.kind is Kind.USERNAME)
