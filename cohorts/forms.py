"""What staff and learners fill in about a cohort. Actions check what the fields may hold, unless a form says so."""

from collections.abc import Sequence
from typing import Self

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import Field, FileField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import EqualTo, ValidationError

from accounts.forms import REQUIRED
from accounts.passwords import SHORTEST
from cohorts import wording
from cohorts.durations import DEFAULT_MINUTES, MINUTES
from cohorts.wording import Wording
from foundation.forms import Form, Rule
from foundation.local_time import read_moment


class NameForm(Form):
    name = StringField(_("Nama angkatan"))


class RosterForm(Form):
    """A file, or what was copied from a spreadsheet; the file goes first."""

    file = FileField(_("Berkas CSV"), name="berkas")
    pasted = TextAreaField(_("Atau tempelkan tabel dari Excel"), name="tempelan")

    @property
    def content(self) -> bytes:
        file = request.files.get(self.file.name)
        return (file.read() if file else b"") or (self.pasted.data or "").encode("utf-8", "replace")


class RegistrationForm(Form):
    name = StringField(_("Nama lengkap"), [REQUIRED])
    username = StringField(_("Nama pengguna, misalnya NPP Anda"), [REQUIRED])
    password = PasswordField(_("Kata sandi, paling sedikit %(n)d karakter", n=SHORTEST), [REQUIRED])
    again = PasswordField(
        _("Kata sandi, sekali lagi"), [REQUIRED, EqualTo("password", _("Kedua kata sandi belum sama."))]
    )


class AnnouncementForm(Form):
    """What it holds is checked here, so that each mistake stands at its own field; the action takes `wording`."""

    title = StringField(_("Judul"), [Rule(wording.checked_title)])
    source = TextAreaField(_("Teks, ditulis dalam Markdown"), [Rule(wording.checked_source)])
    group = SelectField(_("Untuk"), validate_choice=False)
    appears = StringField(_("Tampil pada (WITA); kosongkan untuk sekarang"), [Rule(read_moment)])

    def offer(self, groups: Sequence[tuple[int, str]]) -> Self:
        """Say which groups may be told something: id and name."""
        named = [SelectChoice(str(id), name) for id, name in groups]
        self.group.choices = [SelectChoice("", _("Seluruh angkatan")), *named]
        return self

    def validate_group(self, field: Field) -> None:
        if (field.data or "") not in [choice.value for choice in self.group.choices]:
            raise ValidationError(_("Pilih salah satu dari daftar."))

    def wording(self) -> Wording:
        """What a valid form says."""
        source = wording.checked_source(self.source.data)
        return Wording(
            title=wording.checked_title(self.title.data),
            source=source,
            html=wording.drawn(source),
            group_id=int(self.group.data) if self.group.data else None,
            appears_at=read_moment(self.appears.data or ""),
        )


class MinutesForm(Form):
    """For how long a code is valid, from now."""

    minutes = SelectField(
        _("Kode berlaku"),
        choices=[SelectChoice(n, _("%(n)d menit", n=n)) for n in MINUTES],
        default=DEFAULT_MINUTES,
        coerce=int,
        validate_choice=False,
    )


class MeetingForm(MinutesForm):
    title = StringField(_("Judul pertemuan"))


class CodeForm(Form):
    code = StringField(_("Kode dari instruktur"))
