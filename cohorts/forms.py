"""What staff fill in about a cohort. What the fields may hold is checked by the actions."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_("Nama angkatan"))


class RosterForm(FlaskForm):  # type: ignore[misc]
    """A file, or what was copied from a spreadsheet; the file goes first."""

    file = FileField(_("Berkas CSV"), name="berkas")
    pasted = TextAreaField(_("Atau tempelkan tabel dari Excel"), name="tempelan")

    @property
    def content(self) -> bytes:
        return (self.file.data.read() if self.file.data else b"") or (self.pasted.data or "").encode("utf-8", "replace")
