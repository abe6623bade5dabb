"""Rules that were broken, each with a sentence a person can read. Pure.

Sentences are Indonesian and are translated where they are shown (foundation.web); `N_` marks them for the catalogue.
"""


def N_(sentence: str) -> str:
    """Mark a sentence for translation and hand it back as it is."""
    return sentence


class DomainError(Exception):
    """A rule of the product says no. `status` is the HTTP answer it becomes."""

    status = 400

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = sentence
        self.values = values


class NotFound(DomainError):
    status = 404

    def __init__(self, sentence: str = N_("Halaman ini tidak ada, atau bukan untuk akun Anda.")) -> None:
        super().__init__(sentence)


class Forbidden(DomainError):
    status = 403

    def __init__(self, sentence: str = N_("Akun Anda tidak berhak melakukan ini.")) -> None:
        super().__init__(sentence)


class Conflict(DomainError):
    """What was asked does not fit the state things are in by now."""

    status = 409
