"""What instructors fill in to excuse somebody from a rule of a quiz."""

from collections.abc import Iterable
from typing import Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from cohorts.models import Cohort
from foundation.forms import Form, Rule
from foundation.local_time import read_moment
from quizzes import exemptions
from quizzes.exemptions import Exemption


class ExceptionForm(Form):
    """Each mistake stands at its own field; `exemption` is what a valid form asks for."""

    cohort = SelectField(_("Untuk"), validate_choice=False)
    username = StringField(_("Nama pengguna praja; kosongkan bila untuk seluruh angkatan"))
    minutes = StringField(_("Waktu, menit (0: tanpa batas)"), [Rule(exemptions.read_minutes)])
    attempts = StringField(_("Banyaknya percobaan (0: tanpa batas)"), [Rule(exemptions.read_attempts)])
    opens = StringField(_("Buka (WITA)"), [Rule(read_moment)])
    closes = StringField(_("Tutup (WITA)"), [Rule(read_moment)])
    reason = StringField(_("Alasan; dibaca praja"), [Rule(exemptions.read_reason)])

    def offer(self, cohorts: Iterable[Cohort]) -> Self:
        """Say for which cohorts an exception may be made."""
        # A lazy sentence says of itself that it is safe HTML, whatever was put into it: only a plain one is escaped.
        names = [SelectChoice(cohort.slug, gettext("seluruh %(cohort)s", cohort=cohort.name)) for cohort in cohorts]
        self.cohort.choices = [SelectChoice("", _("satu praja")), *names]
        return self

    def exemption(self) -> Exemption:
        """What a valid form says."""
        return Exemption(
            exemptions.read_minutes(self.minutes.data or ""),
            exemptions.read_attempts(self.attempts.data or ""),
            read_moment(self.opens.data or ""),
            read_moment(self.closes.data or ""),
            exemptions.read_reason(self.reason.data or ""),
        )
