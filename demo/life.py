"""What an instructor has done with the demo's cohorts: small groups of the invented one, and a first announcement."""

from datetime import datetime

from accounts.models import Person
from cohorts import announcing, grouping, wording
from cohorts.group_plans import Way, Wish
from cohorts.models import Cohort
from cohorts.wording import Wording
from demo.responses import SEED

TITLE = "Selamat datang"
TEXT = """\
Mulailah dari modul **Orientasi**, lalu ikuti modulnya berurutan dengan kecepatan Anda sendiri.

- Cek pemahaman di dalam pelajaran langsung menjawab, dan tidak dinilai.
- Kuis boleh ditinggal dan dilanjutkan; setiap jawaban langsung tersimpan.
"""


def begin(instructor: Person, theirs: Cohort, invented: Cohort, at: datetime) -> None:
    """Each step commits, as it does when somebody takes it on the page."""
    announcing.announce(instructor, theirs, Wording(TITLE, TEXT, wording.drawn(TEXT), None, None), at)
    spread = Wish(Way.SPREAD, seed=str(SEED), column="provinsi")
    grouping.make_groups(instructor, invented, "Kelompok FGD", spread, at)
