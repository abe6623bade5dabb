"""What staff fill in about groups."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import Length, ValidationError

from accounts.models import Person
from accounts.names import checked_name, one_line
from cohorts.group_plans import LARGEST, MOST_GROUPS, USUAL, Way, Wish
from cohorts.groups import Range
from cohorts.models import Group
from foundation.forms import Form, Rule
from foundation.web import number_asked

LONGEST_SEED = 50


class WholeNumber:
    """An empty field passes: what it means is for the form to say."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: StringField) -> None:
        text = (field.data or "").strip()
        if text and not 1 <= number_asked(text) <= self.most:
            raise ValidationError(gettext("Isi dengan angka bulat dari 1 sampai %(most)s.", most=self.most))


class GroupSetForm(Form):
    """A set that may be made: shown in advance from the address, kept from a post."""

    name = StringField(_("Nama pembagian"), [Rule(checked_name)])
    way = SelectField(_("Cara membagi"), validate_choice=False)
    smallest = StringField(_("Anggota paling sedikit"), [WholeNumber(LARGEST)])
    largest = StringField(_("Anggota paling banyak"), [WholeNumber(LARGEST)])
    count = StringField(_("Atau jumlah kelompok"), [WholeNumber(MOST_GROUPS)])
    seed = StringField(_("Kata acak"), [Length(max=LONGEST_SEED, message=_("Kata ini terlalu panjang."))])

    def __init__(self, columns: Sequence[str], formdata: Any = None, **more: Any) -> None:
        super().__init__(formdata, **more)
        self.way.choices = [
            (Way.RANDOM.value, gettext("Acak")),
            *(
                (f"{Way.SPREAD}:{column}", gettext("Acak, merata menurut %(column)s", column=column))
                for column in columns
            ),
            (Way.BY_HAND.value, gettext("Dengan tangan: kelompok kosong")),
        ]

    def validate_way(self, field: SelectField) -> None:
        if field.data not in [value for value, _label in field.choices]:
            raise ValidationError(gettext("Pilih salah satu cara membagi."))

    def validate_largest(self, field: StringField) -> None:
        wanted = self._wanted
        if wanted.largest < wanted.smallest:
            raise ValidationError(
                gettext("Jumlah ini harus sama dengan atau lebih besar daripada anggota paling sedikit.")
            )

    @property
    def _wanted(self) -> Range:
        smallest, largest = ((field.data or "").strip() for field in (self.smallest, self.largest))
        return Range(number_asked(smallest) or USUAL.smallest, number_asked(largest) or USUAL.largest)

    @property
    def wish(self) -> Wish:
        way, _colon, column = self.way.data.partition(":")
        count = number_asked((self.count.data or "").strip()) or None
        return Wish(Way(way), one_line(self.seed.data or ""), column, self._wanted, count)

    @property
    def kept(self) -> Mapping[str, str]:
        """What was filled in, to be sent again by the button that makes the groups."""
        return {field.name: field.data or "" for field in self if field.name != "csrf_token"}


class SetNameForm(Form):
    name = StringField(_("Nama pembagian"))


class GroupForm(Form):
    name = StringField(_("Nama kelompok"), [Rule(checked_name)])
    facilitator = SelectField(_("Pendamping"), validate_choice=False)

    def __init__(self, group: Group, possible: Sequence[Person], formdata: Any = None) -> None:
        now = group.facilitator
        super().__init__(formdata, name=group.name, facilitator=now.username if now else "")
        people = {person.username: person for person in ([now] if now else []) + list(possible)}
        self.facilitator.choices = [
            ("", gettext("Belum ada")),
            *((person.username, f"{person.name} ({person.username})") for person in people.values()),
        ]

    def validate_facilitator(self, field: SelectField) -> None:
        if field.data and field.data not in [username for username, _name in field.choices]:
            raise ValidationError(gettext("Pilih pendamping dari daftar ini."))
