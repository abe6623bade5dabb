"""The `nama: nilai` lines under a question's heading. Pure."""

import difflib
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from courses.findings import Findings
from courses.values import closest
from quizzes.words import UNSCORED, Credit, Kind, credit_of

NAMES = {
    "tujuan": "objectives",
    "lihat": "see",
    "poin": "points",
    "jenis": "kind",
    "toleransi": "tolerance",
    "satuan": "unit",
    "kata": "words",
    "tingkat": "level",
    "kelompok": "pool",
    "kredit": "credit",
    "bentuk": "form",
}
"""The names of the authoring format, each with its English alias."""
ALIASES = {english: name for name, english in NAMES.items()}
KNOWN = frozenset({*NAMES, *ALIASES})
LEVEL = re.compile(r"^C[1-6]$")
FORMS = ("A", "B")
MEANT_FOR = {
    "toleransi": frozenset({Kind.TEXT, Kind.BLANKS}),
    "satuan": frozenset({Kind.NUMBER}),
    "kata": frozenset({Kind.ESSAY, Kind.COMMENT}),
    "kredit": frozenset({Kind.SINGLE, Kind.MULTIPLE}),
    "poin": frozenset(Kind) - UNSCORED,
}
"""Names that mean something for some kinds only."""
LINE = re.compile(r"^(?P<name>[^\W\d_][\w-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*$")
LOOSE = re.compile(
    r"^ {0,3}(?P<bold>\*\*|__|)(?P<name>[^\W\d_](?:[\w-]*[^\W_])?)(?P=bold)?"
    r"[ \t]*:(?:\*\*|__)?[ \t]*(?P<value>.*)$"
)
"""Metadata in a clumsy spelling: `lihat : x`, `tujuan:DP1`, `**tujuan:** DP1`."""
FEW_WORDS = 3
"""Behind a capital, more words than these are a sentence of the stem: "Kata: …"."""


@dataclass
class Metadata:
    """Values by Indonesian name with the index of their line; `end` is the index of the first line after them."""

    values: dict[str, str] = field(default_factory=dict)
    indexes: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    end: int = 0
    meant: set[str] = field(default_factory=set)
    """Names that a misspelt line was meant for: they are not missing too."""

    def index(self, name: str, otherwise: int) -> int:
        return self.indexes.get(name, otherwise)


def read_metadata(lines: Sequence[str], first: int, last: int, findings: Findings) -> Metadata:
    """Metadata at the top of lines[first:last]: directly under the heading, or a paragraph of nothing else."""
    metadata = Metadata(end=first)
    index = first
    while index < last:
        match = LINE.match(lines[index])
        is_taken = (
            _take(match, index, metadata, findings) if match else _is_meant(lines[index], metadata, index, findings)
        )
        if not is_taken:
            break
        index += 1
    metadata.end = index
    while paragraph := _paragraph_of_metadata(lines, index, last):
        for index in paragraph:
            match = LINE.match(lines[index])
            if match is None or match["name"] not in KNOWN:
                _is_meant(lines[index], metadata, index, findings)
            else:
                _take(match, index, metadata, findings)
        index += 1
        metadata.end = index
    return metadata


def _take(match: re.Match[str], index: int, metadata: Metadata, findings: Findings) -> bool:
    """Keep the line as metadata, or say why not; False when it is the stem's first line."""
    written = match["name"]
    name = ALIASES.get(written, written)
    if name in NAMES:
        if name in metadata.values:
            findings.error(index, "K014", f"`{name}` ditulis dua kali pada soal ini", "hapus salah satunya.")
        metadata.values[name] = (match["value"] or "").strip()
        metadata.indexes[name] = index
        metadata.columns[name] = match.start("value") + 1 if match["value"] else len(match[0]) + 1
        return True
    near = _near(written)
    if near or written.islower():
        metadata.meant.update(ALIASES.get(word) or word for word in near)
        hint = f"maksud Anda `{near[0]}:`?" if near else "bila ini teks soal, beri baris kosong di atasnya."
        findings.error(index, "K013", f"`{written}:` tidak dikenal sebagai keterangan soal", hint)
        return True
    return False


def _near(written: str) -> list[str]:
    """The known name that is most like what was written, if one is."""
    return difflib.get_close_matches(written.lower(), [*NAMES, *ALIASES], n=1, cutoff=0.75)


def meant_for(line: str, is_apart: bool = False) -> tuple[str, str] | None:
    """The name and the value that a line in a clumsy spelling is meant for; `is_apart`: after a blank line.

    There a name begins with a capital where a sentence does, so only few words behind it are a value.
    """
    match = LOOSE.match(line)
    if match is None:
        return None
    written, value = match["name"], match["value"].rstrip()
    is_sentence = len(value.split()) > FEW_WORDS or value.endswith((".", "?", "!", ":"))
    if written.lower() in KNOWN:
        is_meant = written.islower() or not (is_apart and (is_sentence or not value))
        return (written.lower(), value) if is_meant else None
    near = _near(written) if written.islower() and not is_sentence and value else []
    return (near[0], value) if near else None


def _is_meant(line: str, metadata: Metadata, index: int, findings: Findings) -> bool:
    """Tell of a line that is meant as metadata; whether it is one."""
    if (meant := meant_for(line)) is None:
        return False
    name, value = meant
    metadata.meant.add(ALIASES.get(name, name))
    written = line.strip()
    hint = f"maksud Anda `{name}: {value}`?" if value else f"maksud Anda `{name}:`?"
    findings.error(index, "K013", f"`{written}` tidak terbaca sebagai keterangan soal", hint)
    return True


def _paragraph_of_metadata(lines: Sequence[str], index: int, last: int) -> range | None:
    """The next paragraph after blank lines, when every line of it is, or is meant as, a known lower-case name."""
    first = index
    while first < last and not lines[first].strip():
        first += 1
    end = first
    while end < last and lines[end].strip():
        match = LINE.match(lines[end])
        if (match is None or match["name"] not in KNOWN) and not meant_for(lines[end], is_apart=True):
            return None
        end += 1
    return range(first, end) if first > index and end > first else None


def read_points(text: str) -> Decimal | None:
    """ "2", "1,5" or "0.5" -> a Decimal above 0; None for anything else."""
    try:
        points = Decimal(text.replace(",", ".")) if re.fullmatch(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?", text) else Decimal(0)
    except InvalidOperation:
        return None
    return points if points > 0 else None


def read_whole(text: str, least: int = 0) -> int | None:
    """A whole number of at most five digits; None for anything else or less."""
    number = int(text) if re.fullmatch(r"[0-9]{1,5}", text) else -1
    return number if number >= least else None


def judge_values(metadata: Metadata, findings: Findings) -> None:
    """Tell of every value that means nothing."""
    values, at, error = metadata.values, metadata.indexes, findings.error
    if "poin" in values and read_points(values["poin"]) is None:
        error(at["poin"], "K009", "poin harus bilangan di atas 0", "tulis misalnya `poin: 2`.")
    if "tingkat" in values and not LEVEL.match(values["tingkat"].upper()):
        error(at["tingkat"], "K015", f"tingkat `{values['tingkat']}` tidak dikenal", "tulis C1 sampai C6.")
    if "kredit" in values and credit_of(values["kredit"]) is None:
        error(at["kredit"], "K015", f"kredit `{values['kredit']}` tidak dikenal", closest(values["kredit"], [*Credit]))
    if "bentuk" in values and values["bentuk"].upper() not in FORMS:
        error(at["bentuk"], "K015", f"bentuk `{values['bentuk']}` tidak dikenal", "tulis A atau B.")
    if "toleransi" in values and read_whole(values["toleransi"]) is None:
        error(at["toleransi"], "K015", "toleransi harus bilangan bulat", "tulis misalnya `toleransi: 1`.")
    if "kata" in values and read_whole(values["kata"], least=1) is None:
        error(at["kata"], "K015", "kata harus bilangan bulat di atas 0", "tulis misalnya `kata: 150`.")


def warn_of_idle_names(metadata: Metadata, kind: Kind, findings: Findings, told: Set[str] = frozenset()) -> None:
    """Tell of names that mean nothing for the question's kind, but for those that something else is `told` of."""
    for name, kinds in MEANT_FOR.items():
        if name in metadata.values and kind not in kinds and name not in told:
            known = ", ".join(other for other in Kind if other in kinds)
            hint = f"hapus barisnya; `{name}` hanya untuk: {known}."
            findings.warn(metadata.indexes[name], "K038", f"`{name}` tidak berarti pada soal {kind}", hint)
