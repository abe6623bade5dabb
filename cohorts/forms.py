"""What staff fill in about a cohort, and who enters one about themselves. Actions check what the fields may hold."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo

from accounts.forms import REQUIRED
from accounts.passwords import SHORTEST


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_("Nama angkatan"))


class RegistrationForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_("Nama lengkap"), [REQUIRED])
    username = StringField(_("Nama pengguna, misalnya NPP Anda"), [REQUIRED])
    password = PasswordField(_("Kata sandi, paling sedikit %(n)d karakter", n=SHORTEST), [REQUIRED])
    again = PasswordField(
        _("Kata sandi, sekali lagi"), [REQUIRED, EqualTo("password", _("Kedua kata sandi belum sama."))]
    )
