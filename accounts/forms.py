"""What people fill in about their account."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from accounts.passwords import LONGEST

REQUIRED = InputRequired(_("Bagian ini perlu diisi."))


class SignInForm(FlaskForm):  # type: ignore[misc]
    username = StringField(_("Nama pengguna"), [REQUIRED, Length(max=100)])
    password = PasswordField(_("Kata sandi"), [REQUIRED, Length(max=LONGEST)])
    is_remembered = BooleanField(_("Ingat saya"))


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    new = PasswordField(_("Kata sandi baru"), [REQUIRED])
    again = PasswordField(
        _("Kata sandi baru, sekali lagi"), [REQUIRED, EqualTo("new", _("Kedua kata sandi baru belum sama."))]
    )


class PasswordForm(NewPasswordForm):
    old = PasswordField(_("Kata sandi lama"), [REQUIRED, Length(max=LONGEST)])


class CodeForm(NewPasswordForm):
    username = StringField(_("Nama pengguna"), [REQUIRED, Length(max=100)])
    code = StringField(_("Kode"), [REQUIRED, Length(max=100)])
