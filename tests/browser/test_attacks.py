"""Attacks of our own (tests/corpus/attacks) in every place where text of people is shown, before a real browser.

Nothing may run, leave, break the policy or take input. The checks that authors meet would refuse much of it; they are
switched off here, so that what stands behind them is tried.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from cohorts import wording
from cohorts.models import Announcement, Group, GroupSet, Meeting
from courses.models import Activity
from courses.outline import Outline
from foundation.database import db
from foundation.problems import Problem
from foundation.web import HEADERS
from quizzes.models import Answer, HumanMark, Override, Rekey
from tests.browser.attacking import Seen, Trap, differences
from tests.cast import Cast, activity, publish
from tests.conftest import NOW
from tests.quizzes.essays import PILE, mark
from tests.sample import SAMPLE, Sample
from tests.test_routes import PLACE, furnish, put_into_a_group

pytestmark = pytest.mark.browser

As = Callable[[str], FlaskClient]

CORPUS = Path(__file__).parents[1] / "corpus" / "attacks"
ATTACKS = {path.stem: path.read_text(encoding="utf-8").rstrip("\n") for path in sorted(CORPUS.glob("*.md"))}
AT_ONCE = 6
FEWEST_PLACES = 3
DANGEROUS = {
    *("S030", "S031", "S032", "S035", "S036", "S037", "S038", "S039"),
    *("R001", "R009", "R021", "R022", "R023", "K004", "K005", "K007", "K032"),
}
"""Problems that keep an attack from the pages: tags, addresses, ids, marks of ours, and what leads nowhere."""
HARMLESS = "kata yang biasa"

LESSON = """\
---
judul: {line}
ringkasan: {line}
tujuan: [SC1]
---

Pendahulu {line} {{#niat}}

- {line}

> {line}

## {line} {{#surat}}

::: kasus {line}
{line}
:::

::: cek
### {line} {{#cek-surat}}
tujuan: SC2
lihat: #surat

{line}

- [ ] {line}
  > {line}
- [x] Menteri Luar Negeri
  > {line}

> **Pembahasan.** {line}
:::

::: refleksi {line} {{#mitra-kami}}
{line}
:::
"""
BLOCKS = "---\njudul: Tahapan\ntujuan: [SC2]\n---\n\n## Urutan {{#urutan}}\n\n{block}\n"
QUIZ = """\
---
jenis: kuis
judul: {line}
peran: ujian
percobaan: 2
tujuan: [SC1, SC2]
---

{line}

## {line} {{#penerbit}}
tujuan: SC2
lihat: 01-asal-usul.md#surat

- [ ] {line} {{#mendagri}}
  > {line}
- [x] Menteri Luar Negeri {{#menlu}}

> **Pembahasan.** {line}

## Isilah {{#isian}}
tujuan: SC1
lihat: 01-asal-usul.md#niat

Kata: [[dua]] {line}

## Pasangkan {{#pasang}}
tujuan: SC1
lihat: 01-asal-usul.md#niat

- {line} A -> {line} B
- C -> D

## Urutkan {{#urut}}
tujuan: SC1
lihat: 01-asal-usul.md#niat

1. {line} satu
2. dua
"""
READING = (
    "/kursus/contoh/",
    "/kursus/contoh/modul/sister-city/",
    "/kursus/contoh/asal-usul/",
    "/kursus/contoh/tahapan/",
    "/kursus/contoh/kuis-sister-city/",
    "/angkatan/dua/pengumuman/",
)

WRITTEN: tuple[tuple[type, str], ...] = (
    (GroupSet, "name"),
    (Group, "name"),
    (Meeting, "title"),
    (Announcement, "title"),
    (Override, "reason"),
    (Rekey, "reason"),
    (HumanMark, "comment"),
)
SHOWING = (
    ("omar", "/"),
    ("omar", "/angkatan/dua/kelompok-saya"),
    ("omar", "/kursus/contoh/kuis-esai/percobaan/1/"),
    ("ida", "/angkatan/dua/"),
    ("ida", f"/angkatan/dua/kelompok/{PLACE['group_set']}/"),
    ("ida", "/angkatan/dua/hadir/1001/"),
    ("ida", "/angkatan/dua/pengumuman/"),
    ("ida", "/rekap/contoh/praja/omar/"),
    ("ida", f"{PILE}990001/"),
    ("ida", "/rekap/contoh/kuis/kuis-sister-city/pengecualian/"),
    ("ida", "/rekap/contoh/kuis/kuis-sister-city/kunci/penerbit/"),
    ("ada", "/admin/orang/omar/"),
)


@pytest.fixture
def trap(browser: Browser) -> Iterator[Trap]:
    trap = Trap(browser)
    yield trap
    trap.leave()


def attacked(attack: str) -> Sample:
    """The sample course with the attack wherever an author writes a line, and as a text of its own."""
    words = {"line": " ".join(attack.split("\n")), "block": attack}
    files = dict(SAMPLE.files)
    files |= {
        "kursus.md": "---\njudul: {line}\nringkasan: {line}\n---\n\n{block}\n".format(**words),
        "01-sister-city/modul.md": SAMPLE.files["01-sister-city/modul.md"].replace("Modul ini", words["line"]),
        "01-sister-city/01-asal-usul.md": LESSON.format(**words),
        "01-sister-city/02-tahapan.md": BLOCKS.format(**words),
        "01-sister-city/03-kuis-sister-city.md": QUIZ.format(**words),
    }
    return Sample(SAMPLE.slug, files)


def switch_the_checks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is dangerous is no error any more; what cannot be read at all still is."""

    def is_error(problem: Problem) -> bool:
        return not problem.is_warning and problem.code not in DANGEROUS and problem.code[0] != "T"

    def has_errors(problems: tuple[Problem, ...] | list[Problem]) -> bool:
        return any(map(is_error, problems))

    def errors_by_file(outline: Outline) -> dict[str, list[str]]:
        return {problem.file: [str(problem)] for problem in outline.problems if is_error(problem)}

    for module in ("courses.lesson", "courses.entries", "courses.folder", "courses.catalogue", "quizzes.quiz"):
        monkeypatch.setattr(f"{module}.has_errors", has_errors)
    monkeypatch.setattr("courses.catalogue._errors_by_file", errors_by_file)


def tell(attack: str) -> None:
    told = db.session.get(Announcement, PLACE["announcement"])
    assert told is not None
    told.title, told.source, told.html = attack[:100], attack, wording.drawn(attack)
    db.session.commit()


def read_everything(trap: Trap, client: FlaskClient) -> list[Seen]:
    return [trap.look(client, path) for path in READING]


def bring(attack: str) -> int:
    """Publish and announce; how many of the files went online."""
    publish(attacked(attack), NOW)
    tell(attack)
    line = " ".join(attack.split("\n"))
    count = db.session.query(Activity).filter(Activity.title == line).count()
    db.session.rollback()
    return count


def rounds() -> Iterator[tuple[str, str]]:
    """Some attacks at a time, each with a word after it that shows whether it was reached."""
    names = list(ATTACKS)
    for first in range(0, len(names), AT_ONCE):
        together = names[first : first + AT_ONCE]
        yield f"{together[0]} …", "\n\n".join(f"{ATTACKS[name]}\n\nsesudah-{name[:3]}" for name in together)


def test_no_text_of_an_author_does_anything(trap: Trap, cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    switch_the_checks_off(monkeypatch)
    furnish(cast)
    ida, wrong, texts = as_("ida"), {}, list[str]()
    bring(HARMLESS)
    plain = read_everything(trap, ida)
    assert all(HARMLESS in page.text for page in plain) and differences(plain, plain) == []
    for name, attack in rounds():
        bring(HARMLESS)
        bring(attack)
        pages = read_everything(trap, ida)
        texts += [page.text for page in pages]
        if found := differences(plain, pages):
            wrong[name] = found
    assert wrong == {}
    reached = {name: sum(f"sesudah-{name[:3]}" in text for text in texts) for name in ATTACKS}
    assert {name: pages for name, pages in reached.items() if pages < FEWEST_PLACES} == {}


def write_everywhere(cast: Cast, text: str) -> None:
    """The same text in every field that somebody fills in, past whatever the forms would refuse."""
    omar, dua = cast.people["omar"], cast.cohorts["dua"]
    omar.name, dua.name = text, text
    for table, column in WRITTEN:
        for row in db.session.query(table):
            setattr(row, column, text)
    for answer in db.session.query(Answer).filter(Answer.question == "alasan"):
        answer.value = [text]
    db.session.commit()


def watch(trap: Trap, as_: As, text: str) -> list[Seen]:
    """Every page that shows what was written, and the preview of a table that has it in every cell."""
    seen = [trap.look(as_(who), path) for who, path in SHOWING]
    cell = '"' + " ".join(text.split()).replace('"', '""')[:190] + '"'
    table = f"nama_pengguna;nama;Kelompok {cell[1:40]}\nx.1;{cell};{cell}\n{cell};{cell};{cell}\n"
    trap.instead["/pratinjau"] = as_("ida").post("/angkatan/dua/impor", data={"tempelan": table})
    return [*seen, trap.look(as_("ida"), "/pratinjau")]


def test_nothing_that_people_fill_in_does_anything(trap: Trap, cast: Cast, as_: As) -> None:
    furnish(cast)
    put_into_a_group(cast)
    mark(as_("ida"), PLACE["attempt"], komentar="Baik.")
    change = {"way": "kunci", "key": ["dprd"]}
    version = activity("kuis-sister-city").current_version_id
    db.session.add(Rekey(version_id=version, question="penerbit", change=change, reason="-", at=NOW))
    write_everywhere(cast, HARMLESS)
    plain = watch(trap, as_, HARMLESS)
    assert [path for (_who, path), page in zip(SHOWING, plain, strict=False) if HARMLESS not in page.text] == []
    assert differences(plain, plain) == []
    wrong = {}
    for name, attack in rounds():
        write_everywhere(cast, attack)
        if found := differences(plain, watch(trap, as_, attack)):
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("html", "has_policy", "says"),
    [
        ("<script>alert(1)</script>", False, "ran alert"),
        ("<script>alert(1)</script>", True, "script-src-elem inline"),
        ("<img src=x onerror=alert(1)>", True, "script-src-attr inline"),
        ("<img src=https://jahat.example/a.png>", False, "left for https://jahat.example/a.png"),
        ("<img src=https://jahat.example/a.png>", True, "img-src https://jahat.example/a.png"),
        ("<b style=color:red>x</b>", True, "style-src-attr inline"),
        ("<a href=javascript:alert(1)>x</a>", True, "a[href=javascript:alert(1)]"),
        ("<img name=cookie>", True, "document clobbered"),
        ("<i id=a></i><i id=a></i>", True, "id a twice"),
        ("<iframe></iframe>", True, "iframe"),
    ],
)
def test_the_trap_notices(trap: Trap, app: Flask, cast: Cast, as_: As, html: str, has_policy: bool, says: str) -> None:
    """Before a page that does what none may: else all that is above would prove nothing."""
    with app.test_request_context():
        headers = HEADERS if has_policy else {}
        made = app.response_class(f"<!DOCTYPE html><title>x</title><body>{html}", headers=headers)
    trap.instead["/percobaan"] = made  # type: ignore[assignment]
    trap.look(as_("nobody"), "/masuk")
    seen = trap.look(as_("nobody"), "/percobaan")
    assert [fault for fault in seen.wrong if says in fault], seen.wrong


@pytest.mark.parametrize("tag", ["button", "input", "u tabindex=0", "mark contenteditable", "span data-controller=x"])
def test_the_trap_notices_what_takes_input(trap: Trap, app: Flask, as_: As, tag: str) -> None:
    with app.test_request_context():
        pages = [app.response_class(f"<!DOCTYPE html><title>x</title><body>{html}") for html in ("", f"<{tag}>")]
    seen = []
    for page in pages:
        trap.instead["/percobaan"] = page  # type: ignore[assignment]
        seen.append(trap.look(as_("nobody"), "/percobaan"))
    assert "more of" in str(differences(seen[:1], seen[1:]))
