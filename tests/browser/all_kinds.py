"""A module with a quiz and a lesson of all ten kinds of questions, and answering each of them by keys alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.live import COURSE
from tests.browser.test_keyboard import tab_to

QUIZ = f"/kursus/{COURSE}/kuis-segala-jenis/"
ATTEMPT = f"{QUIZ}percobaan/1/"
LESSON = f"/kursus/{COURSE}/pelajaran-segala-jenis/"

STEPS = ("Prakarsa", "Pernyataan kehendak", "Surat konfirmasi", "Nota kesepahaman", "Rencana aksi")
"""In their right order."""
LONG = "Penandatanganan naskah kerja sama oleh kepala daerah sesudah mendapat surat konfirmasi dari Menteri Luar Negeri"

Answer = Callable[[Locator, bool], None]
"""Answers a question by keys; the second tells whether there is script."""


@dataclass(frozen=True)
class Asked:
    """A question of one kind. `verdict` is what becomes of its answer."""

    kind: str
    source: str
    answer: Answer
    verdict: str = "Benar"


def _tick(*names: str) -> Answer:
    """Boxes and radio buttons: Tab to the group, arrows among radio buttons, Space ticks."""

    def by_keys(question: Locator, has_script: bool) -> None:
        for name in names:
            wanted = question.get_by_label(name, exact=True)
            if wanted.get_attribute("type") == "checkbox":
                tab_to(wanted)
                wanted.press("Space")
            else:
                first = question.get_by_role("radio").first
                tab_to(first)
                first.press("Space")
                for _press in range(question.get_by_role("radio").count()):
                    if not wanted.is_checked():
                        question.page.keyboard.press("ArrowDown")
            expect(wanted).to_be_checked()

    return by_keys


def _write(*texts: str) -> Answer:
    """Fields of text, in their order."""

    def by_keys(question: Locator, has_script: bool) -> None:
        for place, text in enumerate(texts):
            tab_to(question.get_by_role("textbox").nth(place))
            question.page.keyboard.type(text)

    return by_keys


def _select(*choices: str) -> Answer:
    """Menus, in their order; a menu goes to the choice whose first letters are typed."""

    def by_keys(question: Locator, has_script: bool) -> None:
        for place, choice in enumerate(choices):
            menu = question.get_by_role("combobox").nth(place)
            tab_to(menu)
            question.page.keyboard.type(choice, delay=20)
            expect(menu.locator("option:checked")).to_have_text(choice)

    return by_keys


def _both(*ways: Answer) -> Answer:
    def by_keys(question: Locator, has_script: bool) -> None:
        for way in ways:
            way(question, has_script)

    return by_keys


def put_in_order(question: Locator, has_script: bool) -> None:
    """With script by lifting each item with Space and moving it by arrows, else by the menu of each."""
    keys = question.page.keyboard
    for place, step in enumerate(STEPS, start=1):
        row = row_of(question, step)
        if not has_script:
            menu = row.get_by_role("combobox")
            tab_to(menu, "Tab" if is_below(question, menu) else "Shift+Tab")
            keys.type(str(place))
            expect(menu).to_have_value(str(place))
            continue
        grip = row.get_by_role("button", name="Pindahkan")
        tab_to(grip)
        keys.press("Space")
        expect(grip).to_have_attribute("aria-pressed", "true")
        while place_of(question, step) > place:
            keys.press("ArrowUp")
            expect(grip).to_be_focused()
        keys.press("Space")
        expect(grip).to_have_attribute("aria-pressed", "false")


def is_below(question: Locator, target: Locator) -> bool:
    """Whether something comes after what has the focus, or has it."""
    follows = "target => !(target.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
    return bool(target.evaluate(follows))


def row_of(question: Locator, step: str) -> Locator:
    return question.get_by_role("listitem").filter(has_text=step)


def place_of(question: Locator, step: str) -> int:
    """Where an item stands on the screen, from 1."""
    return [step in row for row in question.locator("ol > li").all_inner_texts()].index(True) + 1


def order_of(question: Locator) -> list[str]:
    """What the menus say: each item's place, in the right order of the items."""
    return [row_of(question, step).locator("select").input_value() for step in STEPS]


ALL = [
    Asked(
        "tunggal",
        "## Siapa yang menerbitkannya? {#tunggal}\n\n- [ ] DPRD\n- [x] Menteri Luar Negeri\n- [ ] Gubernur\n",
        _tick("Menteri Luar Negeri"),
    ),
    Asked(
        "jamak",
        "## Mana yang mendahuluinya? {#jamak}\n\n- [x] Prakarsa\n- [ ] Laporan akhir\n- [x] Pernyataan kehendak\n",
        _tick("Prakarsa", "Pernyataan kehendak"),
    ),
    Asked(
        "teks",
        "## Siapa yang memperkenalkan istilah paradiplomasi? {#teks}\n\n= Panayotis Soldatos | Soldatos\n",
        _write("soldatos"),
    ),
    Asked("angka", "## Berapa luasnya? {#angka}\nsatuan: km²\n\n= 169\n", _write("169")),
    Asked(
        "isian",
        "## Lengkapi. {#isian}\n\nIbu kota NTB adalah [[Mataram]]; gunungnya [[*tinggi / rendah]].\n",
        _both(_write("Mataram"), _select("tinggi")),
    ),
    Asked(
        "jodoh",
        "## Jodohkan daerah dan negaranya. {#jodoh}\n\n- Flanders -> Belgia\n- Gyeongsangbuk -> Korea Selatan\n"
        "- Hokkaido -> Jepang\n- -> Kanada\n",
        _select("Belgia", "Korea Selatan", "Jepang"),
    ),
    Asked(
        "urutan",
        "## Urutkan tahapannya. {#urutan}\n\n" + "".join(f"{place}. {step}\n" for place, step in enumerate(STEPS, 1)),
        put_in_order,
    ),
    Asked(
        "esai",
        "## Jelaskan satu risikonya. {#esai}\njenis: esai\nkata: 50\n\n| Kriteria | Bobot | Baik | Cukup | Kurang |\n"
        "|---|---|---|---|---|\n| Isi | 60 | tepat | kurang tepat | keliru |\n| Bahasa | 40 | rapi | cukup | kacau |\n",
        _write("Janji tanpa anggaran."),
        "Menunggu penilaian",
    ),
    Asked(
        "skala",
        "## Ini membantu saya. {#skala}\njenis: skala\n\n0 Sangat tidak setuju sama sekali … 11 Sangat setuju sekali\n",
        _tick("7"),
        "Terjawab",
    ),
    Asked(
        "tanggapan",
        "## Apa kesan Anda? {#tanggapan}\njenis: tanggapan\nkata: 20\n",
        _write("Menarik."),
        "Terjawab",
    ),
]
"""One of each, in the order of the quiz."""


def _long(kind: str) -> str:
    """Questions whose parts are longer than a phone is wide."""
    parts = [f"{LONG} ({place}) {'W' * 40}" for place in (1, 2, 3)]
    if kind == "jodoh":
        return "### Jodohkan. {#jodoh-panjang}\n\n" + "".join(f"- {part} -> {part} !\n" for part in parts)
    return "### Urutkan. {#urutan-panjang}\n\n" + "".join(f"{place}. {part}\n" for place, part in enumerate(parts, 1))


def write_to(content: Path) -> None:
    """Put the module into a copy of the course."""
    folder = content / COURSE / "90-segala-jenis"
    folder.mkdir()
    quiz = "---\njenis: kuis\njudul: Kuis segala jenis\nperan: latihan\nacak: []\n---\n\n"
    check = "".join(re.sub(r"^## (.*)\{#", r"### \1{#cek-", one.source, flags=re.M) + "\n" for one in ALL)
    lesson = f"---\njudul: Pelajaran segala jenis\n---\n\n::: cek {{#segala}}\n{check}:::\n\n"
    lesson += f"::: cek {{#panjang}}\n{_long('jodoh')}\n{_long('urutan')}\n:::\n"
    for name, text in {
        "modul.md": "---\njudul: Segala jenis\n---\n\nSemua jenis soal.\n",
        "01-pelajaran-segala-jenis.md": lesson,
        "02-kuis-segala-jenis.md": quiz + "\n".join(one.source for one in ALL),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")


def number_of(kind: str) -> int:
    """The place of a question in the quiz, and in the lesson's first check."""
    return [one.kind for one in ALL].index(kind) + 1
