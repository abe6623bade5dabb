"""A quiz of every kind that is registered, and filling in whatever fields its pages draw, as a browser would.

Nothing here knows the names of a kind's fields: they are read off the page, so a new kind is tried once its source
stands in SOURCES.
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from quizzes.questions import Question, parse_questions

SOURCES: Mapping[str, str] = {
    "tunggal": """\
## Siapa yang menerbitkan surat konfirmasi? {#tunggal}
tujuan: SC2

- [ ] Menteri Dalam Negeri {#mendagri}
  > Rahasia-umpan-tunggal.
- [x] Menteri Luar Negeri {#menlu}
- [ ] DPRD {#dprd}

> **Pembahasan.** Rahasia-bahas-tunggal.
""",
    "jamak": """\
## Mana yang mendahului perjanjian? {#jamak}
tujuan: SC1
poin: 3

- [x] Pernyataan kehendak {#loi}
- [x] Rencana kerja sama {#rencana}
- [ ] Upacara {#upacara}
  > Rahasia-umpan-jamak.
- [ ] Laporan akhir {#laporan}

> **Pembahasan.** Rahasia-bahas-jamak.
""",
    "teks": """\
## Siapa yang memperkenalkan istilahnya? {#teks}
tujuan: SC1
toleransi: 1

= RahasiaKunciTeks | RahasiaLainTeks

> **Pembahasan.** Rahasia-bahas-teks.
""",
    "angka": """\
## Berapa hari kerja? {#angka}
tujuan: SC2
satuan: hari

= 0,739135 ± 0,01

> **Pembahasan.** Rahasia-bahas-angka.
""",
    "isian": """\
## Lengkapi kalimatnya. {#isian}
tujuan: SC1

Ibu kotanya [[RahasiaKunciIsian]], suratnya [[konfirmasi / *kuasa]].

> **Pembahasan.** Rahasia-bahas-isian.
""",
    "jodoh": """\
## Jodohkan. {#jodoh}
tujuan: SC1

- Flanders -> Belgia
- Quebec -> Kanada
- Bayern -> Jerman
- -> Jepang

> **Pembahasan.** Rahasia-bahas-jodoh.
""",
    "urutan": """\
## Urutkan tahapnya. {#urutan}
tujuan: SC2

1. Prakarsa
2. Penjajakan
3. Konsultasi
4. Niat

> **Pembahasan.** Rahasia-bahas-urutan.
""",
    "esai": """\
## Jelaskan. {#esai}
jenis: esai
tujuan: SC1
poin: 2

| Kriteria | Bobot | Baik | Cukup | Kurang |
|---|---|---|---|---|
| Isi | 60 | runtut | sebagian | tidak ada |
| Bahasa | 40 | baku | campur | kacau |

> **Pembahasan.** Rahasia-bahas-esai.
""",
    "skala": """\
## Seberapa yakin Anda? {#skala}
jenis: skala

1 Sangat tidak yakin … 5 Sangat yakin
""",
    "tanggapan": """\
## Apa saran Anda? {#tanggapan}
jenis: tanggapan
""",
}
"""Question id -> its text, by the word of its kind. Nothing marked "Rahasia", and no number 739135, is for learners."""

SECRETS: Mapping[str, Sequence[str]] = {
    kind: (*re.findall(r"Rahasia[\w-]*", text), *re.findall(r"739135", text)) for kind, text in SOURCES.items()
}
"""Words of keys, feedback and explanations that no other text has."""

CHECKABLE = frozenset(SOURCES) - {"esai", "skala", "tanggapan"}
"""Kinds of which can be said at once how right an answer is."""


def questions() -> dict[str, Question]:
    """Those that can be answered here, by id."""
    found = parse_questions("\n".join(SOURCES.values()), 1, "a.md", frozenset({2}))
    return {question.id: question for question in found.questions}


def quiz(rules: str, only: Iterable[str] | None = None) -> str:
    """A quiz file of every registered kind, or of those named."""
    known = questions()
    texts = [text for kind, text in SOURCES.items() if kind in known and (only is None or kind in only)]
    body = "\n".join(texts)
    return f"---\njenis: kuis\njudul: Kuis Sister City\n{rules}\ntujuan: [SC1, SC2]\n---\n\nJawablah.\n\n{body}"


@dataclass
class Field:
    """One control of a form, or the radios and boxes of one name."""

    name: str
    kind: str
    """checkbox, radio, select or text."""
    choices: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)
    """What it was drawn with."""


def told(text: str) -> dict[str, set[str]]:
    """Kind -> the secrets of its question that a text has; nothing of those it has none of."""
    found = {kind: {word for word in words if word in text} for kind, words in SECRETS.items()}
    return {kind: words for kind, words in found.items() if words}


class Form(HTMLParser):
    """The controls of a page whose names say they belong to an attempt's form."""

    OURS = re.compile(r"^(?:jawaban|urutan|awal)-\d+|^klien$")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._open: Field | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "option" and self._open is not None:
            self._open.choices.append(told.get("value", ""))
            if "selected" in told:
                self._open.value = [told.get("value", "")]
        if tag not in ("input", "select", "textarea") or not self.OURS.match(told.get("name", "")):
            return
        is_ticked = told.get("type") in ("radio", "checkbox")
        kind = told["type"] if is_ticked else "select" if tag == "select" else "text"
        found = self.fields.setdefault(told["name"], Field(told["name"], kind))
        if is_ticked:
            found.choices.append(told["value"])
            if "checked" in told:
                found.value.append(told["value"])
        elif tag == "input":
            found.value = [told.get("value", "")]
        self._open = found if tag in ("select", "textarea") else None

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._open.kind == "text":
            self._open.value = ["".join([*self._open.value, data.strip()])]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._open = None

    def text(self, name: str) -> str:
        return "".join(self.fields[name].value) if name in self.fields else ""

    def of_question(self, position: int) -> list[Field]:
        return [one for name, one in self.fields.items() if re.match(rf"jawaban-{position}(?:-|$)", name)]

    @property
    def positions(self) -> list[int]:
        """Of the questions that can be answered; one that was checked cannot any more."""
        return [int(name.removeprefix("urutan-")) for name in self.fields if name.startswith("urutan-")]


TEXTS = ("", "Mataram", "45", "1.500", "Ya, saya yakin.", "konfirmasi", "  spasi  ", "<b>é</b>")


def fill_in(fields: Iterable[Field], chance: random.Random) -> dict[str, list[str]]:
    """Something that the controls allow: what a browser would send of them."""
    sent: dict[str, list[str]] = {}
    for one in fields:
        if one.kind == "checkbox":
            sent[one.name] = [choice for choice in one.choices if chance.random() < 0.5]
        elif one.kind in ("radio", "select"):
            sent[one.name] = [chance.choice(one.choices)]
        else:
            sent[one.name] = [chance.choice(TEXTS)]
    return sent
