"""The groups of a cohort: its sets, a new one seen before it is kept, one set, one group, and a learner's own."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.access import person
from accounts.roles import Permission
from cohorts import group_queries as queries
from cohorts import grouping
from cohorts.access import current_cohort, current_standing, requires_in_cohort
from cohorts.group_forms import GroupForm, GroupSetForm, SetNameForm
from cohorts.group_plans import USUAL, Plan, columns, plan
from cohorts.models import Group, GroupSet
from foundation import clock, codes
from foundation.downloads import csv_file
from foundation.errors import N_, DomainError
from foundation.slugs import slug
from foundation.web import safe_next, say

bp = Blueprint("groups", __name__)

SETS = "/angkatan/<cohort>/kelompok/"
SET = f"{SETS}<int:group_set>/"
GROUP = f"{SET}<int:group>/"


@bp.get(SETS)
@requires_in_cohort(Permission.RUN_COHORT)
def sets(cohort: str) -> ResponseReturnValue:
    found = current_cohort()
    all_sets = queries.sets_of(found)
    return render_template(
        "cohorts/group_sets.html",
        cohort=found,
        sets=[one for one in all_sets if one.deleted_at is None],
        deleted=[one for one in all_sets if one.deleted_at is not None],
        groups=queries.group_counts(found),
        members=queries.member_counts(found),
    )


@bp.get(f"{SETS}baru")
@requires_in_cohort(Permission.RUN_COHORT)
def new(cohort: str) -> ResponseReturnValue:
    """An empty form, or with an address that says what is wanted, the groups that would come of it."""
    details = queries.details_of_members(current_cohort())
    known = columns(details.values())
    if not request.args:
        usual = {"smallest": str(USUAL.smallest), "largest": str(USUAL.largest), "seed": codes.new_code()}
        return _new_page(GroupSetForm(known, **usual), len(details))
    form = GroupSetForm(known, request.args, meta={"csrf": False})
    if not form.validate():
        return _new_page(form, len(details)), 400
    try:
        planned = plan(form.wish, details)
    except DomainError as refusal:
        form.way.errors = [say(refusal)]
        return _new_page(form, len(details)), refusal.status
    return _new_page(form, len(details), planned)


@bp.post(f"{SETS}baru")
@requires_in_cohort(Permission.RUN_COHORT)
def make(cohort: str) -> ResponseReturnValue:
    found = current_cohort()
    details = queries.details_of_members(found)
    form = GroupSetForm(columns(details.values()), request.form)
    if not form.validate():
        return _new_page(form, len(details)), 400
    try:
        made = grouping.make_groups(person(), found, form.name.data, form.wish, at=clock.now())
    except DomainError as refusal:
        form.way.errors = [say(refusal)]
        return _new_page(form, len(details)), refusal.status
    flash(_("Kelompok sudah dibuat. Anda masih dapat memindahkan praja dan mengganti nama."))
    return redirect(_to_set(made), 303)


def _new_page(form: GroupSetForm, people: int, planned: Plan | None = None) -> str:
    return render_template(
        "cohorts/group_set_new.html", cohort=current_cohort(), form=form, people=people, plan=planned
    )


def _set(group_set: int) -> GroupSet:
    return queries.get_set(current_cohort(), group_set)


def _group(group_set: int, group: int) -> Group:
    return queries.get_group(_set(group_set), group)


def _to_set(group_set: GroupSet) -> str:
    return url_for("groups.show", cohort=group_set.cohort.slug, group_set=group_set.id)


def _to_group(group: Group) -> str:
    return url_for("groups.group", cohort=group.set.cohort.slug, group_set=group.set.id, group=group.id)


@bp.get(SET)
@requires_in_cohort(Permission.RUN_COHORT)
def show(cohort: str, group_set: int) -> ResponseReturnValue:
    found = _set(group_set)
    return _set_page(found, SetNameForm(formdata=None, name=found.name))


@bp.post(SET)
@requires_in_cohort(Permission.RUN_COHORT)
def rename(cohort: str, group_set: int) -> ResponseReturnValue:
    found, form = _set(group_set), SetNameForm()
    try:
        grouping.rename_set(person(), found, form.name.data or "", at=clock.now())
    except DomainError as refusal:
        form.name.errors = [say(refusal)]
        return _set_page(found, form), refusal.status
    flash(_("Nama pembagian sudah diganti."))
    return redirect(_to_set(found), 303)


def _set_page(group_set: GroupSet, form: SetNameForm) -> str:
    roll = queries.roll_of(group_set)
    return render_template("cohorts/group_set.html", cohort=group_set.cohort, group_set=group_set, roll=roll, form=form)


@bp.get(f"{SET}kelompok.csv")
@requires_in_cohort(Permission.RUN_COHORT)
def export(cohort: str, group_set: int) -> ResponseReturnValue:
    """Everybody in the cohort, by group; who is in none comes last, with an empty cell."""
    found = _set(group_set)
    roll = queries.roll_of(found)
    lines = [
        [member.person.username, member.person.name, name]
        for name, members in [*((group.name, roll.members(group)) for group in found.groups), ("", roll.ungrouped)]
        for member in members
    ]
    return csv_file(f"{cohort}-{slug(found.name) or found.id}", ["nama_pengguna", "nama", found.name], lines)


@bp.post(f"{SET}isi")
@requires_in_cohort(Permission.RUN_COHORT)
def place_the_rest(cohort: str, group_set: int) -> ResponseReturnValue:
    found = _set(group_set)
    count = grouping.place_the_rest(person(), found, at=clock.now())
    flash(
        ngettext("%(num)s praja sudah masuk ke kelompok.", "%(num)s praja sudah masuk ke kelompok.", count)
        if count
        else _("Semua praja sudah punya kelompok.")
    )
    return redirect(_to_set(found), 303)


@bp.post(f"{SET}pindahkan")
@requires_in_cohort(Permission.RUN_COHORT)
def move(cohort: str, group_set: int) -> ResponseReturnValue:
    found = _set(group_set)
    target = _target(found)
    count = grouping.move(person(), target, request.form.getlist("praja"), at=clock.now())
    flash(
        ngettext(
            "%(num)s praja sekarang di %(group)s.", "%(num)s praja sekarang di %(group)s.", count, group=target.name
        )
        if count
        else _("Mereka sudah di %(group)s.", group=target.name)
    )
    return redirect(safe_next(request.form.get("lanjut", _to_set(found))), 303)


def _target(group_set: GroupSet) -> Group:
    wanted = request.form.get("ke", "")
    for group in group_set.groups:
        if str(group.id) == wanted:
            return group
    raise DomainError(N_("Kelompok tujuannya belum dipilih. Kembali, lalu pilih satu."))


@bp.post(f"{SET}tambah")
@requires_in_cohort(Permission.RUN_COHORT)
def add_group(cohort: str, group_set: int) -> ResponseReturnValue:
    made = grouping.add_group(person(), _set(group_set), at=clock.now())
    flash(_("%(group)s sudah ditambahkan, masih kosong. Beri nama bila perlu.", group=made.name))
    return redirect(_to_group(made), 303)


@bp.get(f"{SET}hapus")
@requires_in_cohort(Permission.RUN_COHORT)
def confirm_deletion(cohort: str, group_set: int) -> ResponseReturnValue:
    found = _set(group_set)
    return render_template(
        "confirm.html",
        title=_("Hapus pembagian %(set)s?", set=found.name),
        sentence=_("Praja tidak lagi melihat kelompok ini. Anda dapat mengembalikannya dari daftar pembagian."),
        action=url_for("groups.delete", cohort=cohort, group_set=group_set),
        label=_("Ya, hapus"),
        back=_to_set(found),
    )


@bp.post(f"{SET}hapus")
@requires_in_cohort(Permission.RUN_COHORT)
def delete(cohort: str, group_set: int) -> ResponseReturnValue:
    found = _set(group_set)
    grouping.delete_set(person(), found, at=clock.now())
    flash(_("%(set)s sudah dihapus. Di bawah, di “Sudah dihapus”, Anda dapat mengembalikannya.", set=found.name))
    return redirect(url_for("groups.sets", cohort=cohort), 303)


@bp.post(f"{SET}kembalikan")
@requires_in_cohort(Permission.RUN_COHORT)
def restore(cohort: str, group_set: int) -> ResponseReturnValue:
    found = _set(group_set)
    grouping.restore_set(person(), found, at=clock.now())
    flash(_("%(set)s kembali, dengan semua anggotanya.", set=found.name))
    return redirect(_to_set(found), 303)


@bp.get(GROUP)
@requires_in_cohort(Permission.RUN_COHORT)
def group(cohort: str, group_set: int, group: int) -> ResponseReturnValue:
    return _group_page(_group(group_set, group))


@bp.post(GROUP)
@requires_in_cohort(Permission.RUN_COHORT)
def change_group(cohort: str, group_set: int, group: int) -> ResponseReturnValue:
    found = _group(group_set, group)
    form = GroupForm(found, queries.possible_facilitators(current_cohort()), request.form)
    if not form.validate():
        return _group_page(found, form), 400
    try:
        grouping.change_group(person(), found, form.name.data or "", form.facilitator.data or "", at=clock.now())
    except DomainError as refusal:
        form.name.errors = [say(refusal)]
        return _group_page(found, form), refusal.status
    flash(_("%(group)s sudah disimpan.", group=found.name))
    return redirect(_to_set(found.set), 303)


def _group_page(group: Group, form: GroupForm | None = None) -> str:
    cohort = group.set.cohort
    return render_template(
        "cohorts/group.html",
        cohort=cohort,
        group_set=group.set,
        group=group,
        members=queries.roll_of(group.set).members(group),
        form=form or GroupForm(group, queries.possible_facilitators(cohort)),
    )


@bp.get(f"{GROUP}hapus")
@requires_in_cohort(Permission.RUN_COHORT)
def confirm_group_deletion(cohort: str, group_set: int, group: int) -> ResponseReturnValue:
    found = _group(group_set, group)
    return render_template(
        "confirm.html",
        title=_("Hapus %(group)s?", group=found.name),
        sentence=_("Hanya kelompok kosong yang dapat dihapus. Kelompok baru dapat ditambahkan kapan pun."),
        action=url_for("groups.delete_group", cohort=cohort, group_set=group_set, group=group),
        label=_("Ya, hapus"),
        back=_to_group(found),
    )


@bp.post(f"{GROUP}hapus")
@requires_in_cohort(Permission.RUN_COHORT)
def delete_group(cohort: str, group_set: int, group: int) -> ResponseReturnValue:
    found = _group(group_set, group)
    name, back = found.name, _to_set(found.set)
    grouping.delete_group(person(), found, at=clock.now())
    flash(_("%(group)s sudah dihapus.", group=name))
    return redirect(back, 303)


@bp.get("/angkatan/<cohort>/kelompok-saya")
@requires_in_cohort(Permission.BELONG)
def mine(cohort: str) -> ResponseReturnValue:
    enrolment = current_standing().enrolment
    return render_template(
        "cohorts/own_groups.html",
        cohort=current_cohort(),
        enrolment=enrolment,
        groups=queries.groups_of(enrolment) if enrolment else {},
    )
