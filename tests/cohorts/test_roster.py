"""A roster is read from whatever a spreadsheet saved, names stay as they are, and every problem is told at once."""

import codecs
import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cohorts import roster
from cohorts.roster import Roster

pytestmark = pytest.mark.pure

SIMPLE = "nama_pengguna;nama;Provinsi\n32.0001;Wayan;Bali\n32.0002;Dewi;Papua\n"

ENCODINGS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16-le with mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be with mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
}


def read(text: str) -> Roster:
    return roster.from_bytes(text.encode())


def told(found: Roster) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.sentence % problem.values) for problem in found.problems]


def only_problem(text: str) -> tuple[int, str, str]:
    (problem,) = told(read(text))
    return problem


def test_a_roster_is_rows_of_people() -> None:
    found = read(SIMPLE)
    assert found.problems == ()
    assert [(row.number, row.username, row.name, row.details) for row in found.rows] == [
        (2, "32.0001", "Wayan", {"provinsi": "Bali"}),
        (3, "32.0002", "Dewi", {"provinsi": "Papua"}),
    ]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_a_spreadsheet_saves_is_understood(encoding: str, separator: str, ending: str) -> None:
    text = SIMPLE.replace("Dewi", "Désirée").replace(";", separator).replace("\n", ending)
    found = roster.from_bytes(ENCODINGS[encoding](text))
    assert [row.name for row in found.rows] == ["Wayan", "Désirée"]


def test_an_old_windows_file_keeps_its_accents() -> None:
    assert read(SIMPLE).rows[0] == roster.from_bytes(SIMPLE.encode("cp1252")).rows[0]
    found = roster.from_bytes("npp;nama\n32.1;Renée d’Arc\n".encode("cp1252"))
    assert found.rows[0].name == "Renée d’Arc"


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "sep=;;;\n"])
def test_excels_line_about_the_separator_is_not_a_row(line: str) -> None:
    found = read(line + SIMPLE)
    assert [row.number for row in found.rows] == [2, 3]


def test_the_separator_is_the_one_that_finds_the_headings_not_the_one_that_comes_most() -> None:
    found = read('npp;nama;"Kelompok, a, b, c"\n32.1;"Dr. H. M. Idris, S.H., M.H.";3\n')
    assert found.rows[0].name == "Dr. H. M. Idris, S.H., M.H."
    assert found.rows[0].groups == {"Kelompok, a, b, c": "3"}


def test_rows_count_as_in_excel_also_past_empty_lines() -> None:
    assert [row.number for row in read("\nnpp;nama\n\n32.1;A\n;\n32.2;B\n").rows] == [4, 6]


@pytest.mark.parametrize(
    "name",
    [
        "Suharto",
        "I Gusti Ngurah Rai",
        "Ma'ruf Amin",
        "Sa’diyah",
        "Dr. H. M. Idris, S.H., M.H.",
        "Maria d'Arc-Lôbo",
        'Andi "Opu" Baso',
        "‘Aisyah",
        "王小明",
    ],
)
def test_names_stay_as_they_are(name: str) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([["npp", "nama"], ["32.1", name]])
    found = read(file.getvalue())
    assert (found.rows[0].name, found.problems) == (name, ())


def test_spaces_and_composed_letters_are_made_one() -> None:
    row = read("npp;nama\n 32.0001A ;  Ni\u00a0 Luh\t Re\u0301ne\u200be \n").rows[0]
    assert (row.username, row.name) == ("32.0001a", "Ni Luh Réne" + "e")


@pytest.mark.parametrize("cell", ['="32.0010"', "'32.0010", "32.0010"])
def test_an_npp_that_was_guarded_against_excel_is_unpacked(cell: str) -> None:
    assert read(f"npp;nama\n{cell};A\n").rows[0].username == "32.0010"


@pytest.mark.parametrize("heading", ["nama_pengguna", "Nama Pengguna", "USERNAME", "npp", "NIP", " Npp. "])
@pytest.mark.parametrize("name", ["nama", "Nama Lengkap", "NAME", "nama_lengkap:"])
def test_headings_are_known_by_many_names(heading: str, name: str) -> None:
    row = read(f"{heading};{name}\na1;A\n").rows[0]
    assert (row.username, row.name) == ("a1", "A")


def test_columns_fill_cohort_groups_and_details() -> None:
    found = read("npp,nama,Angkatan,kelompok,kelompok_FGD,Group tugas,Jenis_Kelamin,No\na,A,XXXV,1,II,3,P,9\n")
    row = found.rows[0]
    assert row.cohort == "XXXV"
    assert row.groups == {"Kelompok": "1", "Kelompok FGD": "II", "Group tugas": "3"}
    assert row.details == {"jenis kelamin": "P"}, "a running number says nothing about anybody"


def test_an_empty_or_absent_cell_says_nothing() -> None:
    rows = read("npp;nama;kelompok;provinsi\na;A;;\nb\n").rows
    assert [(row.name, row.groups, row.details) for row in rows] == [("A", {}, {}), ("", {}, {})]


@pytest.mark.parametrize(
    ("text", "row", "column", "says"),
    [
        ("", 0, "", "kosong"),
        ("\n\n", 0, "", "kosong"),
        ("npp;nama\n", 2, "", "belum ada praja"),
        ("npp;kelas\na;A\n", 1, "nama", "tidak ada"),
        ("nama;kelas\na;A\n", 1, "nama_pengguna", "tidak ada"),
        ("npp;nama;nip\na;A;a\n", 1, "nip", "“npp”"),
        ("npp;nama;kelas;Kelas\na;A;1;1\n", 1, "Kelas", "“kelas”"),
        ("npp;nama;Kata Sandi\na;A;rahasia\n", 1, "Kata Sandi", "tidak diimpor"),
        (f"npp;nama;{'x' * 61}\na;A;1\n", 1, "x" * 60, "terlalu panjang"),
        (f"npp;nama{';x' * 40}\na;A\n", 1, "", "terlalu banyak"),
        ("npp;nama\n;A\n", 2, "npp", "belum diisi"),
        ("npp;nama\na b;A\n", 2, "npp", "berspasi"),
        ("npp;nama\na/b;A\n", 2, "npp", "garis miring"),
        ("npp;nama\n..;A\n", 2, "npp", "memakai huruf"),
        ("npp;nama\na\ue000;A\n", 2, "npp", "memakai huruf"),
        (f"npp;nama\n{'x' * 101};A\n", 2, "npp", "paling banyak 100"),
        (f"npp;nama\na;{'x' * 101}\n", 2, "nama", "paling banyak 100"),
        ("npp;nama\na;A\ue000\n", 2, "nama", "tidak terlihat"),
        (f"npp;nama;kelompok\na;A;{'x' * 101}\n", 2, "kelompok", "paling banyak 100"),
        ('npp;nama\n"3,10E+01";A\n', 2, "npp", "Excel mengubah"),
        ("npp;nama\n3.1e10;A\n", 2, "npp", "Excel mengubah"),
        ("npp;nama\n31.0123.0;A\n", 2, "npp", "Excel mengubah"),
        ('npp;nama\n"31,0123";A\n', 2, "npp", "Excel mengubah"),
        ("npp;nama\na;A;B\n", 2, "", "lebih banyak sel"),
        ("npp;nama;\na;A;B\n", 2, "", "tidak berjudul"),
        (f"npp;nama\na;{'x' * 201}\n", 2, "nama", "terlalu panjang"),
        ('npp;nama\na;"A\nB"\n', 2, "nama", "ganti baris"),
        ("npp;nama\na;A\0B\n", 2, "nama", "tidak terbaca"),
        ("npp;nama\na;A\ufffd\n", 2, "nama", "tidak terbaca"),
        (f"npp;nama\na;{'x' * 200_000}\n", 2, "", "tidak terbaca sebagai CSV"),
        ("npp;nama\n" + "a;A\n" * 5_001, 0, "", "terlalu panjang"),
        ("npp;nama\n" + "\n" * 450_000, 0, "", "terlalu besar"),
    ],
)
def test_a_problem_is_told_with_its_place(text: str, row: int, column: str, says: str) -> None:
    where, which, sentence = only_problem(text)
    assert (where, which) == (row, column)
    assert says in sentence


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1", b"%PDF-1.7"])
def test_a_workbook_is_told_apart_from_a_table_of_text(start: bytes) -> None:
    assert "bukan berkas CSV" in str(roster.from_bytes(start + b"\0" * 99).problems[0])


def test_the_same_username_twice_names_the_other_row_in_both() -> None:
    found = read("npp;nama\na;A\nb;B\nA;C\n")
    assert [row.username for row in found.rows] == ["b"]
    assert [(row, "baris 4" in says or "baris 2" in says) for row, _column, says in told(found)] == [
        (2, True),
        (4, True),
    ]


def test_an_npp_that_lost_its_last_zero_is_told() -> None:
    people = "".join(f"32.{number:04};Praja\n" for number in range(1, 10))
    row, column, says = only_problem(f"npp;nama\n{people}32.001;Praja\n")
    assert (row, column) == (11, "npp")
    assert "4 angka di belakang titik" in says


def test_all_problems_are_told_at_once_and_the_good_rows_stay() -> None:
    found = read("npp;nama\n;A\nb;B\nc c;C\nd;D;E\n")
    assert [row for row, _column, _says in told(found)] == [2, 4, 5]
    assert [row.username for row in found.rows] == ["b"]


def test_a_problem_reads_as_row_column_and_sentence() -> None:
    assert str(read("npp;nama\na b;A\n").problems[0]).startswith("2: npp: Nama pengguna tidak boleh")


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xfe\xff\xd8\x00")
@example(b'"')
@example(b"sep=")
@example(b"npp;nama\r\n\xff;\x00\r\n")
def test_no_bytes_ever_raise(data: bytes) -> None:
    found = roster.from_bytes(data)
    assert found.rows or found.problems
    assert all(str(problem) for problem in found.problems)


@given(st.binary(max_size=200))
def test_no_bytes_below_good_headings_ever_raise(data: bytes) -> None:
    found = roster.from_bytes(b"npp;nama;kelompok\n" + data)
    assert found.rows or found.problems


def _is_plain(text: str) -> bool:
    """What a cell of the file can hold and come back as: no formula for text, and letters of every encoding."""
    return unicodedata.is_normalized("NFC", text) and not text.startswith("=")


words = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufffd"), min_size=1, max_size=8)
cells = st.lists(words, min_size=1, max_size=4).map(" ".join).filter(_is_plain)
people = st.lists(st.tuples(cells, cells, st.one_of(st.just(""), cells)), min_size=1, max_size=8)


@given(people, st.sampled_from(";,\t|"), st.sampled_from(sorted(ENCODINGS)), st.booleans())
def test_rows_that_were_written_come_back(
    people: list[tuple[str, str, str]], separator: str, encoding: str, with_line: bool
) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["Nama pengguna", "Nama", "Kelompok", "Provinsi"])
    for number, (name, group, province) in enumerate(people):
        writer.writerow([f"u{number}", name, group, province])
    start = f"sep={separator}\r\n" if with_line else ""
    found = roster.from_bytes(ENCODINGS[encoding](start + file.getvalue()))
    assert found.problems == ()
    assert [(row.name, row.groups["Kelompok"], row.details.get("provinsi", "")) for row in found.rows] == people
    assert roster.read(found.text) == found, "the text that travels to the preview and back is the same roster"
