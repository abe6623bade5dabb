"""What a page of the staff log shows, asked for by its address: of the whole site or of one cohort."""

from dataclasses import dataclass

from flask import request

from accounts import log_lines, log_queries, scopes
from accounts.log_lines import Line
from foundation.web import Page, page_of, searched

ROWS = 50


@dataclass(frozen=True)
class LogPage:
    lines: list[Line]
    page: Page
    search: str
    deed: str
    deeds: dict[str, str]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.search or self.deed)


def asked(cohort: str = "") -> LogPage:
    deeds, labels = log_lines.deed_labels(), scopes.labels()
    deed = request.args.get("tindakan", "")
    search, deed = searched(), deed if deed in deeds else ""
    conditions = log_queries.matching(search, deed, labels, cohort)
    page = page_of(request.args.get("hal"), ROWS, log_queries.count_entries(conditions))
    entries = log_queries.entries(conditions, page.size, page.offset)
    return LogPage(log_lines.lines(entries, labels), page, search, deed, deeds)
