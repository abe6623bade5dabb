"""What people fill in about their account."""

from collections.abc import Mapping
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from accounts.passwords import LONGEST
from foundation.forms import Form

REQUIRED = InputRequired(_("Bagian ini perlu diisi."))


class SignInForm(Form):
    username = StringField(_("Nama pengguna"), [REQUIRED, Length(max=100)])
    password = PasswordField(_("Kata sandi"), [REQUIRED, Length(max=LONGEST)])
    is_remembered = BooleanField(_("Ingat saya"))


class NewPasswordForm(Form):
    new = PasswordField(_("Kata sandi baru"), [REQUIRED])
    again = PasswordField(
        _("Kata sandi baru, sekali lagi"), [REQUIRED, EqualTo("new", _("Kedua kata sandi baru belum sama."))]
    )


class PasswordForm(NewPasswordForm):
    old = PasswordField(_("Kata sandi lama"), [REQUIRED, Length(max=LONGEST)])


class CodeForm(NewPasswordForm):
    username = StringField(_("Nama pengguna"), [REQUIRED, Length(max=100)])
    code = StringField(_("Kode"), [REQUIRED, Length(max=100)])


class RoleForm(Form):
    """The choices are the caller's; whether they go together is checked by accounts.administration."""

    role = SelectField(_("Peran"), validate_choice=False)
    scope = SelectField(_("Untuk"), validate_choice=False)

    def offer(self, roles: Mapping[str, str], scopes: Mapping[str, str]) -> Self:
        self.role.choices, self.scope.choices = list(roles.items()), list(scopes.items())
        return self


class NewPersonForm(RoleForm):
    username = StringField(_("Nama pengguna"))
    name = StringField(_("Nama lengkap"))


class EraseForm(Form):
    username = StringField(_("Ketik nama penggunanya untuk memastikan"))


class PersonNameForm(Form):
    name = StringField(_("Nama lengkap"))
