"""Which paragraphs `--rujukan` shows: a fact, and no source."""

import pytest

from courses.uncited import uncited

pytestmark = pytest.mark.pure

HEAD = "---\njudul: A\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        "Bandung dan Braunschweig bersaudara sejak 1960.",
        "Syaratnya ada di Pasal 33.",
        "Dasarnya UU Nomor 24 Tahun.",
        "Sebanyak 45 persen daerah punya mitra.",
        "Nilainya Rp 5 miliar.",
        "- Pada 1956 gagasan itu lahir.",
        "> Pada 1956 gagasan itu lahir.",
        "::: kasus Bandung\nBersaudara sejak 1960.\n:::",
    ],
)
def test_a_fact_without_a_source_is_shown(text: str) -> None:
    assert len(list(uncited(HEAD + text, "a.md"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Kota bersaudara lahir dari niat warga.",
        "Bersaudara sejak 1960 [@mukti2015].",
        "Bersaudara sejak 1960.[^a]\n\n[^a]: Mukti 2015.",
        "Bersaudara sejak 1960 ([Pemkot](https://bandung.go.id/1960)).",
        "## Tahun 1960",
        "```\n1960\n```",
        "::: cek\n### Kapan? {#kapan}\n\n- [x] 1960\n- [ ] 1970\n:::",
        "::: rangkuman\nSejak 1960.\n:::",
        "<!-- 1960? -->",
        "Langkah 3 dari 9.",
    ],
)
def test_these_need_none(text: str) -> None:
    assert list(uncited(HEAD + text, "a.md")) == []


def test_it_says_where_a_paragraph_begins_and_how() -> None:
    found = list(uncited(HEAD + "\nNiat.\n\nSejak **1960** kota itu bersaudara,\nkata orang. {#sejak}\n", "a.md"))
    assert [(one.line, one.beginning) for one in found] == [(7, "Sejak 1960 kota itu bersaudara, kata orang.")]
