"""A roster from a spreadsheet: the file, what it would change, and doing it, at once or in portions."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.access import person
from accounts.roles import Permission
from cohorts import importing, planning, roster
from cohorts.access import current_cohort, requires_in_cohort
from cohorts.forms import RosterForm
from cohorts.planning import Step
from foundation import clock
from foundation.downloads import csv_file
from foundation.web import number_asked, wants_json

bp = Blueprint("imports", __name__)

SHOWN_PROBLEMS = 500
SHOWN_ROWS = 20


@bp.get("/angkatan/<cohort>/impor")
@requires_in_cohort(Permission.RUN_COHORT)
def ask(cohort: str) -> ResponseReturnValue:
    return _page(RosterForm(formdata=None))


@bp.post("/angkatan/<cohort>/impor")
@requires_in_cohort(Permission.RUN_COHORT)
def preview(cohort: str) -> ResponseReturnValue:
    form = RosterForm()
    content = form.content
    if not content.strip():
        form.file.errors = [_("Pilih berkas CSV, atau tempelkan tabel dari Excel.")]
        return _page(form), 400
    found = roster.from_bytes(content)
    return render_template(
        "cohorts/import_preview.html",
        cohort=current_cohort(),
        roster=found,
        plan=planning.plan(person(), current_cohort(), found),
        form=RosterForm(formdata=None),
        shown_problems=SHOWN_PROBLEMS,
        shown_rows=SHOWN_ROWS,
    )


@bp.post("/angkatan/<cohort>/impor/jalankan")
@requires_in_cohort(Permission.RUN_COHORT)
def run(cohort: str) -> ResponseReturnValue:
    found = roster.read(request.form.get("isi", ""))
    start = number_asked(request.form.get("mulai"))
    end = start + importing.PORTION if wants_json() else None
    done = importing.import_roster(
        person(),
        current_cohort(),
        found,
        at=clock.now(),
        skip_problems="lewati" in request.form,
        rows=slice(start, end),
    )
    if wants_json():
        total = len(found.rows)
        return {"done": min(start + importing.PORTION, total), "total": total, "counts": done}
    flash(_told(done))
    return redirect(url_for("slips.choose", cohort=cohort), 303)


@bp.get("/angkatan/<cohort>/impor/contoh.csv")
@requires_in_cohort(Permission.RUN_COHORT)
def example(cohort: str) -> ResponseReturnValue:
    return csv_file(
        "contoh-daftar-praja",
        ("nama_pengguna", "nama", "kelompok FGD", "provinsi", "jenis kelamin"),
        [
            ("32.0001", "I Gusti Ngurah Contoh", "1", "Bali", "L"),
            ("32.0002", "Dr. Siti Contoh, S.IP., M.Si.", "2", "Sulawesi Utara", "P"),
        ],
    )


def _page(form: RosterForm) -> str:
    return render_template("cohorts/import.html", cohort=current_cohort(), form=form)


def _told(done: dict[Step, int]) -> str:
    return str(
        _(
            "Selesai. Akun baru: %(create)d, terdaftar: %(enrol)d, kembali: %(return)d, "
            "diperbarui: %(update)d, tetap: %(keep)d.",
            **{step.value: number for step, number in done.items()},
        )
    )
