"""Get the data: what the filters let through, for spreadsheets and programs, and how to read it there."""

from collections.abc import Mapping

from markupsafe import Markup

from extract.claims.records import LANGS, Lang
from extract.page import templates
from extract.page.page import Page
from extract.page.views.frame import format_filters

# A number as text keeps every digit; Parquet has them as decimals. Google Sheets separates arguments as its reader's
# country does, and the last one says that the file writes its decimals with a point. In an address that filters, polars
# would take the question mark for a pattern of file names.
READERS: Mapping[str, Mapping[Lang, str]] = {
    "pandas": dict.fromkeys(LANGS, 'pd.read_csv("{csv}", dtype={{"value": str, "of": str}})'),
    "polars": dict.fromkeys(LANGS, 'pl.scan_parquet("{parquet}", glob=False)'),
    "duckdb": dict.fromkeys(LANGS, "SELECT * FROM read_parquet('{parquet}');"),
    "r": dict.fromkeys(LANGS, 'read.csv("{csv}", colClasses = "character", encoding = "UTF-8")'),
    "sheets": {"vi": '=IMPORTDATA("{csv}"; ","; "en_US")', "en": '=IMPORTDATA("{csv}", ",", "en_US")'},
    "curl": dict.fromkeys(LANGS, 'curl -fOJ "{csv}"'),
}


def compose_data(page: Page, base: str) -> Markup:
    """Return the block that gives the data away, closed: rows that the filters let through, downloads, code to copy.

    `base` is the page's own address as its reader sees it, with a slash at its end.
    """
    query = format_filters(page)
    addresses = {form: f"{base}figures.{form}{query}" for form in ("csv", "parquet")}
    return templates.compose(
        "data",
        "data",
        page=page,
        found=page.table.count_found(page.address.filters),
        query=query,
        readers=[(name, each[page.words.lang].format(**addresses)) for name, each in READERS.items()],
    )
