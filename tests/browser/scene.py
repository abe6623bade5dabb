"""A course in the middle of its term: learners at several points of the way, and everybody's signed-in browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.browser import cohorts, running
from tests.browser.chromium import OWN_PASSWORD, PLAIN_DESK, Visitor
from tests.browser.live import COURSE, Account, Site
from tests.browser.taking import LESSON, LESSON_FILE, Item, check_answer, choose, items

Do = Callable[[Visitor], None]
Enter = Callable[[Visitor, Account], None]

NOBODY = "tamu"
FIRST_LESSON = f"/kursus/{COURSE}/mengapa-daerah-bertindak/"
SISTER_CITY = ("kuis-sister-city", f"{COURSE}/01-sister-city/03-kuis-sister-city.md")
PARADIPLOMACY = ("kuis-paradiplomasi", f"{COURSE}/03-paradiplomasi/03-kuis-paradiplomasi.md")


@dataclass(frozen=True)
class Scene:
    site: Site
    states: Mapping[str, Any]
    """Who -> cookies of a browser in which they are signed in."""
    values: Mapping[str, str]
    """What paths name in braces."""

    def visitor(self, browser: Browser, who: str, **device: Any) -> Visitor:
        return Visitor(browser, self.site, state=self.states[who], **device)


def set_up(browser: Browser, site: Site) -> Scene:
    """Fill the site by hand, as people would, without script because that is quicker."""
    states: dict[str, Any] = {NOBODY: None}
    values: dict[str, str] = {}

    def be(who: str, account: Account | None, *does: Do, enter: Enter = Visitor.sign_in) -> None:
        visitor = Visitor(browser, site, PLAIN_DESK)
        if account:
            enter(visitor, account)
        else:
            visitor.sign_in_as(who)
        for do in does:
            do(visitor)
        states[who] = visitor.context.storage_state()
        visitor.leave()

    learners: list[Account] = []
    outsider = site.new_account("belum-terdaftar", "Ni Luh Belum Terdaftar")
    be("belum terdaftar", outsider, enter=Visitor.sign_in_first)
    be("praja berkartu", site.new_account("berkartu", "Made Berkartu"), enter=_knock)
    be("praja baru", site.new_learner())
    be(
        "praja",
        None,
        _read_first_lesson,
        _answer_checks,
        _sit_sister_city,
        _sit_paradiplomacy,
        _begin_again,
        lambda visitor: values.update(_practise(visitor)),
    )
    be("praja tamat", site.new_learner(), _finish_everything)
    be("dosen", None)
    be(
        "instruktur",
        None,
        lambda visitor: values.update(kode=_open_registration(visitor)),
        lambda visitor: values.update(pengecualian=_excuse_the_cohort(visitor)),
        lambda visitor: learners.append(cohorts.set_up(visitor, values)),
    )
    be("praja angkatan", learners[0], enter=Visitor.sign_in_first)
    be("praja angkatan", Account(learners[0].username, OWN_PASSWORD))  # on another device, too
    be("admin", None, lambda visitor: values.update(praja=_one_with_an_attempt(visitor)))
    return Scene(site, states, values)


def _knock(visitor: Visitor, account: Account) -> None:
    """Sign in with a one-time password, and leave it at that."""
    visitor.go("/masuk")
    visitor.enter(account)


def _read_first_lesson(visitor: Visitor) -> None:
    visitor.go(FIRST_LESSON)
    visitor.press("Tandai selesai")


def _answer_checks(visitor: Visitor) -> None:
    """The first rightly, the second in part, the third wrongly; the others not at all."""
    visitor.go(LESSON)
    first, second, third, *_rest = items(LESSON_FILE)
    for place, chosen in enumerate((first.right, second.right[:1], third.wrong[:1])):
        check = visitor.page.locator("section.check").nth(place)
        choose(check, *chosen)
        check_answer(visitor, check)


def _sit_sister_city(visitor: Visitor) -> None:
    """Some right, some in part, some wrong, one left open: below the pass mark."""
    _sit(visitor, SISTER_CITY, _mixed, "Mulai")


def _sit_paradiplomacy(visitor: Visitor) -> None:
    _sit(visitor, PARADIPLOMACY, lambda _number, item: item.right, "Mulai")


def _begin_again(visitor: Visitor) -> None:
    _sit(visitor, SISTER_CITY, lambda number, item: item.right if number < 4 else [], "Mulai percobaan 2", send=False)


def _practise(visitor: Visitor) -> dict[str, str]:
    """Answer the first question of latihan ulang; where it is, and where the next one is."""
    visitor.go(f"/kursus/{COURSE}/latihan/")
    visitor.follow("Mulai latihan")
    answered = _last_two(visitor.page.url)
    visitor.page.locator("#soal-1 label").first.click()
    visitor.press("Periksa")
    visitor.follow("Soal berikutnya")
    asked = _last_two(visitor.page.url)
    return dict(zip(("terlatih", "soal_terlatih", "latihan", "soal_latihan"), (*answered, *asked), strict=True))


def _last_two(address: str) -> list[str]:
    """The activity and the question that an address names."""
    return urlsplit(address).path.rstrip("/").split("/")[-2:]


def _mixed(number: int, item: Item) -> list[str]:
    if number == 10:
        return []
    return (item.right, item.right[:1], item.wrong[:1])[number % 3]


def _finish_everything(visitor: Visitor) -> None:
    for quiz in (SISTER_CITY, PARADIPLOMACY):
        _sit(visitor, quiz, lambda _number, item: item.right, "Mulai")
    _send_practice_blank(visitor)
    visitor.go("/")
    while visitor.page.get_by_role("link", name="belajar").count():
        visitor.follow("belajar")
        visitor.press("Tandai selesai")
        visitor.go("/")


def _send_practice_blank(visitor: Visitor) -> None:
    visitor.go(f"/kursus/{COURSE}/latihan-sister-city/")
    visitor.press("Mulai")
    visitor.press("Kirim jawaban")
    visitor.press("Ya, kirim sekarang")


def _sit(
    visitor: Visitor,
    quiz: tuple[str, str],
    answer: Callable[[int, Item], list[str]],
    button: str,
    *,
    send: bool = True,
) -> None:
    key, file = quiz
    visitor.go(f"/kursus/{COURSE}/{key}/")
    visitor.press(button)
    for number, item in enumerate(items(file), start=1):
        choose(visitor.page.locator(f"#soal-{number}"), *answer(number, item))
    if send:
        visitor.press("Kirim jawaban")
        visitor.press("Ya, kirim sekarang")
    else:
        visitor.press("Simpan", visitor.page.locator("#soal-1"))


def _open_registration(visitor: Visitor) -> str:
    """The code by which the demo's cohort may be joined now."""
    visitor.go("/angkatan/demo/gabung")
    visitor.press("Buka pendaftaran")
    return running.code(visitor)


def _excuse_the_cohort(visitor: Visitor) -> str:
    """The id of an exception for the demo's cohort, which takes nothing from anybody: its quiz has no limit of time."""
    visitor.go(f"/rekap/{COURSE}/kuis/{PARADIPLOMACY[0]}/pengecualian/")
    visitor.page.get_by_label("Untuk", exact=True).select_option("demo")
    visitor.fill({"Waktu, menit (0: tanpa batas)": "0", "Alasan; dibaca praja": "Listrik padam saat kuliah."})
    visitor.press("Beri pengecualian")
    link = visitor.page.locator("main a[href$=cabut]").get_attribute("href") or ""
    return link.split("/")[-2]


def _one_with_an_attempt(visitor: Visitor) -> str:
    """The username of a synthetic learner in the middle of the table, who has sat the quiz."""
    visitor.go(f"/rekap/{COURSE}/?angkatan=contoh-sintetis&urut=kuis-paradiplomasi&arah=turun&hal=4")
    link = visitor.page.locator("tbody th a").nth(20).get_attribute("href") or ""
    return link.rstrip("/").rpartition("/")[2]
