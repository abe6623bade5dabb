"""What staff fill in about a cohort. What the fields may hold is checked by the actions."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_("Nama angkatan"))
