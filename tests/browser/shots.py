"""`make shots`: pictures of every page, each role, on a phone and at a desk, light and dark, into pictures/."""

import html
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser import chromium, scene
from tests.browser.chromium import DESK, PHONE, Device
from tests.browser.live import ROOT, Site
from tests.browser.pages import PAGES, Place

FOLDER = ROOT / "pictures"
DEVICES = [Device(one.width, one.height, scheme=scheme) for one in (PHONE, DESK) for scheme in ("light", "dark")]

PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><title>Gambar tiap halaman</title>
<style>body {{ font: 1rem/1.5 system-ui; margin: 2rem }}
a {{ display: inline-block; vertical-align: top; margin: .5rem }}
img {{ height: 24rem; border: 1px solid #999 }}</style><h1>Gambar tiap halaman</h1>
{sections}</html>
"""


def main() -> None:
    if chromium.executable() is None:
        sys.exit("Pictures need chromium. On Debian: apt-get install chromium fonts-noto-core")
    wanted = [place for place in PAGES if all(word in str(place) for word in sys.argv[1:])]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with TemporaryDirectory() as home, chromium.launched() as browser:
        site = Site(Path(home))
        try:
            filled = scene.set_up(browser, site.start())
            for place in wanted:
                for device in DEVICES:
                    visitor = filled.visitor(browser, place.who, device=device)
                    place.open(visitor, filled)
                    visitor.page.screenshot(path=FOLDER / _name(place, device), full_page=True)
                    visitor.leave()
        finally:
            site.stop()
    sections = "\n".join(f"<h2>{html.escape(str(place))}</h2>{_thumbnails(place)}" for place in wanted)
    (FOLDER / "index.html").write_text(PAGE.format(sections=sections), encoding="utf-8")
    print(f"{len(wanted) * len(DEVICES)} pictures: {FOLDER / 'index.html'}")


def _name(place: Place, device: Device) -> str:
    words = "".join(letter if letter.isalnum() else "-" for letter in str(place))
    return f"{'-'.join(word for word in words.split('-') if word)}-{device.width}-{device.scheme}.png"


def _thumbnails(place: Place) -> str:
    names = [html.escape(_name(place, device)) for device in DEVICES]
    return "".join(f'<a href="{name}"><img src="{name}" alt="{name}" loading="lazy"></a>' for name in names)


if __name__ == "__main__":
    main()
