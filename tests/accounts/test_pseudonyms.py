"""Names taken out of others' texts: all that mean the person, and no other word."""

from dataclasses import replace

import pytest

from accounts.names import checked_username
from accounts.pseudonyms import LEARNER, Naming, is_pseudonym, new_pseudonym
from foundation.errors import DomainError

pytestmark = pytest.mark.pure

NPP = Naming("36.0417", ("Cut Nyak Meutia", "Cut Nyak Dien"), "terhapus-7f3k", LEARNER)
SHARED = replace(NPP, shared=frozenset({"cut nyak meutia"}))
WORD = Naming("praja", ("Merdeka",), "terhapus-7f3k", LEARNER)


@pytest.mark.parametrize(
    ("naming", "text", "left"),
    [
        (NPP, "Cut Nyak Meutia", "Praja terhapus"),
        (NPP, "Selamat, CUT  NYAK\nMeutia!", "Selamat, Praja terhapus!"),
        (NPP, "dahulu Cut Nyak Dien", "dahulu Praja terhapus"),
        (NPP, "Cut Nyak Meutia (36.0417)", "Praja terhapus (terhapus-7f3k)"),
        (NPP, "36.0417, 36.04170, 136.0417", "terhapus-7f3k, 36.04170, 136.0417"),
        (NPP, "36x0417", "36x0417"),
        (NPP, "Cut Nyak Meutiah", "Cut Nyak Meutiah"),
        (NPP, "Cut dan Meutia", "Cut dan Meutia"),
        (NPP, "", ""),
        (WORD, "Praja yang merdeka", "Praja yang merdeka"),
        (WORD, "Merdeka (praja)", "Praja terhapus (terhapus-7f3k)"),
        (SHARED, "Cut Nyak Meutia, Cut Nyak Dien", "Cut Nyak Meutia, Praja terhapus"),
        (SHARED, "Cut Nyak Meutia (36.0417)", "Praja terhapus (terhapus-7f3k)"),
    ],
)
def test_a_text_keeps_all_but_who_is_meant(naming: Naming, text: str, left: str) -> None:
    assert naming.without(text) == left


def test_details_about_the_person_keep_no_name_and_no_reason() -> None:
    details = {"name": "Cut", "reason": "Opname.", "role": "dosen", "count": 3, "people": ["36.0417", "36.0418"]}
    assert NPP.without_in(details, is_subject=True) == {
        "name": LEARNER,
        "reason": "",
        "role": "dosen",
        "count": 3,
        "people": ["terhapus-7f3k", "36.0418"],
    }


def test_details_about_others_lose_only_the_name() -> None:
    details = {"name": "Angkatan Cut Nyak Dien", "reason": "Listrik padam.", "renamed": {"36.0417": "Cut", "b": "B"}}
    assert NPP.without_in(details, is_subject=False) == {
        "name": "Angkatan Praja terhapus",
        "reason": "Listrik padam.",
        "renamed": {"b": "B"},
    }


def test_details_may_be_of_any_shape() -> None:
    """A count is called as a list of another deed is."""
    details = {"people": 7, "renamed": None, "groups": [["36.0417", 1], {"a": "Cut Nyak Dien"}]}
    left = {"people": 7, "renamed": None, "groups": [["terhapus-7f3k", 1], {"a": "Praja terhapus"}]}
    assert NPP.without_in(details, is_subject=False) == left


def test_a_username_that_is_an_ordinary_word_is_no_value_of_another_detail() -> None:
    lecturer = Naming("dosen", ("Dosen",), "terhapus-7f3k", LEARNER)
    assert lecturer.without_in({"role": "dosen"}, is_subject=True) == {"role": "dosen"}


def test_pseudonyms_are_random_and_nobody_elses() -> None:
    made = {new_pseudonym() for _turn in range(50)}
    assert len(made) == 50
    for one in made:
        assert is_pseudonym(one)
        with pytest.raises(DomainError):
            checked_username(one)
