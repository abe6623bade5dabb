"""Account slips: one-time passwords that work once they are printed, end the ones before, and spare an own one."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from accounts import actions as account_actions
from accounts import reset
from accounts.actions import create_person, sign_in
from accounts.models import LogEntry, Person, SignIn
from accounts.queries import get_person
from accounts.roles import Role, cohort_scope
from cohorts import group_queries, roster, slips
from cohorts.actions import enrol
from cohorts.importing import import_roster
from cohorts.slips import Whose
from foundation.database import db
from foundation.errors import DomainError
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW

PAGE = "/angkatan/dua/kartu"
JSON = {"Accept": "application/json"}

Clients = Callable[[str], FlaskClient]


@pytest.fixture
def new(cast: Cast) -> Cast:
    """Two more in cohort dua without a password, one of them in a group; Omar has his own."""
    text = "npp;nama;kelompok\n1;Wayan <i>;\n2;Dewi;A\n"
    import_roster(cast.ida, cast.cohorts["dua"], roster.read(text), NOW)
    return cast


def make(client: FlaskClient, *usernames: str, headers: dict[str, str] | None = None, **fields: str) -> TestResponse:
    data = {"praja": " ".join(usernames), "untuk": "belum", **fields}
    return client.post(PAGE, data=data, headers=headers)


def passwords_on(page: str) -> dict[str, str]:
    """Username -> password, as they stand on slips."""
    codes = re.findall(r"<code>([^<]+)</code>", page)
    return dict(zip(codes[::2], codes[1::2], strict=True))


def names(cast: Cast, whose: Whose, who: str = "bayu", **more: object) -> list[str]:
    found = slips.holders(cast.people[who], cast.cohorts["dua"], whose, **more)  # type: ignore[arg-type]
    return [holder.username for holder in found]


def test_a_slip_lets_its_holder_in_to_choose_an_own_password(new: Cast, as_: Clients) -> None:
    answer = make(as_("bayu"), "1", "2")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Wayan &lt;i&gt;" in answer.text
    found = passwords_on(answer.text)
    assert set(found) == {"1", "2"}
    for username, password in found.items():
        assert sign_in(username, password, NOW).has_own_password is False


def test_a_slip_ends_codes_and_waiting(new: Cast, app: Flask, as_: Clients) -> None:
    code = reset.issue_code(new.bayu, get_person("1"), NOW)
    for _turn in range(5):
        app.test_client().post("/masuk", data={"username": "1", "password": "salah-sekali"})
    [password] = passwords_on(make(as_("bayu"), "1").text).values()
    assert sign_in("1", password, NOW)
    with pytest.raises(reset.WrongCode):
        reset.use_code("1", code, "bebek payung kereta", NOW)


def test_an_invented_learner_gets_none(new: Cast, as_: Clients) -> None:
    get_person("1").is_synthetic = True
    db.session.commit()
    assert names(new, Whose.NEVER) == ["2"]
    assert slips.passwords_of(new.ada, new.cohorts["dua"]).never == 1
    assert set(passwords_on(make(as_("bayu"), "1", "2").text)) == {"2"}


def test_no_list_of_names_is_too_long(new: Cast, as_: Clients) -> None:
    assert set(passwords_on(make(as_("bayu"), "1", *["x"] * 100, *map(str, range(9, 90_000))).text)) == {"1"}


def test_slips_stand_eight_on_a_sheet(new: Cast, as_: Clients) -> None:
    text = "npp;nama\n" + "".join(f"n{number};Praja {number}\n" for number in range(15))
    import_roster(new.ida, new.cohorts["dua"], roster.read(text), NOW)
    page = make(as_("bayu"), *names(new, Whose.NEVER)).text
    sheets = page.split('<ul class="slips">')[1:]
    assert [sheet.count("<li>") for sheet in sheets] == [8, 8, 1]


def test_making_slips_is_logged_with_their_number_and_no_password(new: Cast, as_: Clients) -> None:
    page = make(as_("bayu"), "1", "2").text
    entry = db.session.query(LogEntry).filter_by(deed="ISSUE_SLIPS").one()
    assert (entry.actor_id, entry.cohort, entry.subject_id) == (new.bayu.id, "dua", None)
    assert entry.details == {"count": 2, "people": ["2", "1"]}, "by whose name the log is searched"
    assert all(password not in repr(entry.details) for password in passwords_on(page).values())
    make(as_("bayu"), "1")
    newest = db.session.query(LogEntry).order_by(LogEntry.id.desc()).first()
    assert newest is not None
    assert newest.subject_id == get_person("1").id


def test_a_new_slip_ends_the_one_before_and_every_sign_in(new: Cast, as_: Clients) -> None:
    old = passwords_on(make(as_("bayu"), "1").text)["1"]
    phone = as_("1")
    make(as_("bayu"), "1")
    assert phone.get("/akun").status_code == 302
    with pytest.raises(DomainError):
        sign_in("1", old, NOW)


class TestForWhom:
    def test_only_who_never_had_one(self, new: Cast, as_: Clients) -> None:
        assert names(new, Whose.NEVER) == ["2", "1"]
        make(as_("bayu"), "1")
        assert names(new, Whose.NEVER) == ["2"]

    def test_all_who_have_not_chosen_an_own_one(self, new: Cast, as_: Clients) -> None:
        make(as_("bayu"), "1")
        assert names(new, Whose.WITHOUT_OWN) == ["2", "1"]

    def test_one_group(self, new: Cast) -> None:
        (group,) = group_queries.groups_in(new.cohorts["dua"])
        assert (group.set.name, group.name) == ("Kelompok", "A")
        assert names(new, Whose.GROUP, group=group.id) == ["2"]
        assert names(new, Whose.GROUP, group=group.id + 1) == []
        assert slips.holders(new.ida, new.cohorts["satu"], Whose.GROUP, group=group.id) == []

    @pytest.mark.parametrize(("asked", "found"), [(" OMAR ", ["omar"]), ("1", ["1"]), ("lena", []), ("\x01", [])])
    def test_a_single_person_of_the_cohort(self, new: Cast, asked: str, found: list[str]) -> None:
        assert names(new, Whose.ONE, username=asked) == found

    def test_who_was_taken_out_gets_none(self, new: Cast, as_: Clients) -> None:
        new.enrolments["omar"].ended_at = NOW
        db.session.commit()
        assert names(new, Whose.ONE, username="omar") == []
        assert passwords_on(make(as_("bayu"), "omar", untuk="seorang").text) == {}
        assert sign_in("omar", PASSWORD, NOW)

    def test_staff_who_study_get_one_from_an_admin_only(self, new: Cast, as_: Clients) -> None:
        helper = create_person("helper", "Helper", NOW)
        enrol(helper, new.cohorts["dua"], NOW)
        account_actions.grant(helper, Role.INSTRUCTOR, cohort_scope("satu"), NOW)
        db.session.commit()
        assert "helper" not in names(new, Whose.NEVER)
        assert "helper" in names(new, Whose.NEVER, who="ada")
        assert passwords_on(make(as_("bayu"), "helper").text) == {}
        assert passwords_on(make(as_("bayu"), "helper", untuk="seorang").text) == {}
        assert set(passwords_on(make(as_("ada"), "helper").text)) == {"helper"}


def test_an_own_password_is_spared_in_a_list_and_replaced_only_when_asked_for_alone(new: Cast, as_: Clients) -> None:
    assert set(passwords_on(make(as_("bayu"), "1", "omar").text)) == {"1"}
    assert passwords_on(make(as_("bayu"), "omar").text) == {}
    assert sign_in("omar", PASSWORD, NOW)
    assert set(passwords_on(make(as_("bayu"), "omar", "1", untuk="seorang").text)) == {"omar"}
    with pytest.raises(DomainError):
        sign_in("omar", PASSWORD, NOW)


def test_who_chose_an_own_password_while_slips_were_made_keeps_it(new: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from accounts import passwords

    hash_all = passwords.hash_passwords

    def slowly(made: list[str]) -> list[str]:
        account_actions.set_password(get_person("1"), "pinisi-berlayar-77")
        get_person("1").has_own_password = True
        db.session.commit()
        return hash_all(made)

    monkeypatch.setattr(passwords, "hash_passwords", slowly)
    made = slips.issue(new.bayu, new.cohorts["dua"], ["1", "2"], NOW)
    assert [slip.username for slip in made] == ["2"]
    assert sign_in("1", "pinisi-berlayar-77", NOW)


def test_people_of_another_cohort_get_no_slip_from_here(new: Cast, as_: Clients) -> None:
    for fields in ({}, {"untuk": "seorang"}):
        assert passwords_on(make(as_("bayu"), "lena", **fields).text) == {}
    assert sign_in("lena", PASSWORD, NOW)


@pytest.mark.parametrize(("who", "status"), [("ida", 200), ("ada", 200), ("lena", 404), ("omar", 403), ("kofi", 403)])
def test_only_who_runs_the_cohort_makes_slips(new: Cast, as_: Clients, who: str, status: int) -> None:
    for path in (PAGE, f"{PAGE}/siapkan"):
        assert as_(who).get(path).status_code == status
    assert make(as_(who), "1").status_code == status
    assert (get_person("1").password_hash is not None) is (status == 200)


def test_somebody_elses_cohort_is_not_there(new: Cast, as_: Clients) -> None:
    assert as_("bayu").get("/angkatan/satu/kartu").status_code == 404
    assert as_("bayu").post("/angkatan/satu/kartu", data={"praja": "lena"}).status_code == 404


def test_the_page_says_how_many_have_none_and_what_to_do_first(new: Cast, as_: Clients) -> None:
    page = as_("bayu").get(PAGE).text
    assert "2 praja yang belum pernah mendapat kata sandi" in page
    assert "2 praja yang belum punya kata sandi sendiri" not in page, "nobody holds a slip yet, so both are the same"
    db.session.query(Person).filter(Person.username.in_(["1", "2"])).delete()
    db.session.query(Person).filter_by(username="omar").delete()
    db.session.commit()
    assert "Impor dahulu daftarnya" in as_("bayu").get(PAGE).text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("untuk=belum", "Buat 2 kartu akun?"),
        ("", "Buat 2 kartu akun?"),
        ("untuk=entah", "Buat 2 kartu akun?"),
        ("untuk=sementara", "tidak berlaku lagi"),
        ("untuk=seorang&nama_pengguna=omar", "Omar Bakri sudah punya kata sandi sendiri"),
        ("untuk=seorang&nama_pengguna=lena", "Tidak ada anggota angkatan ini"),
        ("untuk=seorang&nama_pengguna=%01", "Tidak ada anggota angkatan ini"),
        ("untuk=kelompok&kelompok=999999999999999999999", "Tidak ada kartu yang perlu dibuat"),
        ("untuk=kelompok&kelompok=x", "Tidak ada kartu yang perlu dibuat"),
    ],
)
def test_before_slips_are_made_it_says_what_that_ends(new: Cast, as_: Clients, query: str, says: str) -> None:
    answer = as_("bayu").get(f"{PAGE}/siapkan?{query}")
    assert answer.status_code == 200
    assert says in " ".join(answer.text.split())
    assert get_person("1").password_hash is None


@pytest.mark.parametrize("praja", ["", "tidak-ada", "\x01", "a" * 1000])
def test_names_that_are_nobodys_make_no_slip(new: Cast, as_: Clients, praja: str) -> None:
    answer = make(as_("bayu"), praja)
    assert answer.status_code == 200
    assert "Tidak ada kartu yang perlu dibuat" in answer.text


def test_a_script_makes_them_in_portions(new: Cast, as_: Clients) -> None:
    client, none = as_("bayu"), ["-"] * 48
    first = make(client, "1", *none[1:], "2", headers=JSON).get_json()
    assert (first["done"], first["total"], first["counts"]) == (48, 49, {"slips": 1})
    last = make(client, "1", *none[1:], "2", headers=JSON, mulai="48").get_json()
    assert (last["done"], set(passwords_on(last["html"]))) == (49, {"2"})
    assert make(client, headers=JSON).get_json()["total"] == 0


def test_the_choice_takes_few_queries(new: Cast, as_: Clients, queries: list[str]) -> None:
    client = as_("bayu")
    queries.clear()
    client.get(PAGE)
    client.get(f"{PAGE}/siapkan")
    assert len(queries) < 12


def test_the_command_prints_a_password_for_all_who_have_no_own_one(new: Cast, app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["cohorts", "slips", "dua"])
    header, *lines = result.output.splitlines()
    assert (result.exit_code, header) == (0, "nama_pengguna;nama;kata_sandi")
    for line in lines:
        username, _name, password = line.split(";")
        assert sign_in(username, password, NOW)
    assert len(lines) == 2
    assert db.session.query(SignIn).count() == 2
    empty = app.test_cli_runner().invoke(args=["cohorts", "slips", "satu"])
    assert empty.output.splitlines() == ["nama_pengguna;nama;kata_sandi"]
