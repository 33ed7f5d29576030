"""Get the data: what the filters let through, for spreadsheets and programs, and how to read it there."""

from collections.abc import Mapping

from markupsafe import Markup

from extract.claims.records import Lang
from extract.page import templates
from extract.page.page import Page
from extract.page.views.frame import format_filters

# A number as text keeps every digit. Google Sheets separates arguments as its reader's country does, and the last one
# says that the file writes its decimals with a point.
READERS: Mapping[str, Mapping[Lang, str]] = {
    "pandas": dict.fromkeys(("vi", "en"), 'pd.read_csv("{address}", dtype={{"value": str, "of": str}})'),
    "r": dict.fromkeys(("vi", "en"), 'read.csv("{address}", colClasses = "character", encoding = "UTF-8")'),
    "sheets": {"vi": '=IMPORTDATA("{address}"; ","; "en_US")', "en": '=IMPORTDATA("{address}", ",", "en_US")'},
}


def compose_data(page: Page, base: str) -> Markup:
    """Return the block that gives the data away, closed: rows that the filters let through, downloads, code to copy.

    `base` is the page's own address as its reader sees it, with a slash at its end.
    """
    query = format_filters(page)
    address = f"{base}figures.csv{query}"
    return templates.compose(
        "data",
        "data",
        page=page,
        found=page.table.count_found(page.address.filters),
        query=query,
        readers=[(name, each[page.words.lang].format(address=address)) for name, each in READERS.items()],
    )
