"""The whole collection as files: five tables, a Data Package that describes them, a README that teaches them.

The same data gives the same bytes: nothing here asks for the time or the machine. The package follows Data Package v2
(datapackage.org) so that `frictionless validate` can hold each table against its schema and the tables against each
other.
"""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extract.claims.collection import Collection
from extract.claims.records import Article
from extract.figures.columns import FIGURES, TABLES, Column, ForeignKey, Table
from extract.figures.filters import ALL, Filters, parse_filters
from extract.figures.table import FigureTable, format_csv, make_frame

PACKAGE_NAME = "reported-figures"
TITLE = "Reported figures"
SCOPE = "Figures as these articles report them, not official statistics."
DESCRIPTOR = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
LICENCE = {"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"}
# The earliest time a zip can state: a member's time says nothing of the data, so it is the same in every zip.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16

VERIFY = """\
import hashlib, pathlib, re, sys, unicodedata
from decimal import Decimal
import pandas as pd

figures, by_eye = pd.read_csv("figures.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig"), []
for row in figures.itertuples():
    raw = pathlib.Path(sys.argv[1], row.seed).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == row.sha256, f"{row.seed}: not the text that was read"
    text = raw.decode("utf-8")
    for name, words in ("quote", row.quote), ("figure", row.figure):
        start, end = (int(getattr(row, f"{name}_{edge}")) for edge in ("start", "end"))
        visible = re.sub("[\\u00ad\\u200b-\\u200d\\u2060-\\u2064\\ufeff]", "", text[start:end])
        found = unicodedata.normalize("NFC", visible)
        assert words in (found, "'" + found), f"{row.id}: the article says {found!r}"
    digits = re.search(r"[0-9.]+(,[0-9]+)?", row.figure)
    if not digits or Decimal(digits[0].replace(".", "").replace(",", ".")) != Decimal(row.value):
        by_eye.append(row.id)
print(f"{len(figures)} figures stand in their articles, letter for letter; values to read by eye: {by_eye}")
"""


FILE_NAMES = (*(table.path for table in TABLES), "README.md", DESCRIPTOR)


def make_files(table: FigureTable, filters: Filters = ALL) -> dict[str, bytes]:
    """Return every file of the export by name, the descriptor last.

    Filters select figures. The other tables stay whole, so that each figure's article, indicator and province are
    described.
    """
    collection, active = table.collection, filters.active
    files, rows_of = {}, {}
    for each in TABLES:
        is_figures = each is FIGURES
        frame = table.export(table.find(filters)) if is_figures else make_frame(each, each.find_records(collection))
        rows_of[each.name] = len(frame)
        files[each.path] = format_csv(frame, bom=False)
    files["README.md"] = make_readme(collection, rows_of, active).encode("utf-8")
    descriptor = make_descriptor(collection, files, rows_of, active)
    files[DESCRIPTOR] = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return files


def export_collection(collection: Collection, directory: Path) -> list[str]:
    """Write every file of the export into a directory, made if it is missing; return their names.

    All files are written beside their places first, then put there by renaming, the descriptor with their checksums
    last: a reader never finds half a file, and sees by the checksums whether all are of one export. Other files of the
    directory stay. Raises FileExistsError where a file of one of these names is there that no earlier export wrote;
    OSError where the disk refuses.
    """
    files = make_files(FigureTable(collection))
    _refuse_foreign_files(directory)
    directory.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".export-", dir=directory) as scratch:
        for name, content in files.items():
            _write_durably(Path(scratch, name), content)
        for name in files:
            Path(scratch, name).replace(directory / name)
    return list(files)


def _refuse_foreign_files(directory: Path) -> None:
    there = [name for name in FILE_NAMES if (directory / name).exists()]
    # A directory of one of these names would stop the renaming half-way.
    foreign = [name for name in there if not (directory / name).is_file()]
    if foreign or (there and not _is_own_package(directory / DESCRIPTOR)):
        raise FileExistsError(
            f"{directory} holds {', '.join(foreign or there)} that no export wrote: give another directory"
        )


def _is_own_package(path: Path) -> bool:
    try:
        descriptor = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(descriptor, dict) and descriptor.get("name") == PACKAGE_NAME


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def make_zip(table: FigureTable, query: Mapping[str, str] | None = None) -> bytes:
    """Return the export as a zip, its figures as a query filters them: the same bytes for the same data and query.

    Raises ValueError for a filter or a value that is unknown (see `parse_filters`).
    """
    files = make_files(table, parse_filters(table, query or {}))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, date_time=ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = READABLE
            # Else Python states the system it runs on.
            member.create_system = 3
            package.writestr(member, content)
    return buffer.getvalue()


def make_descriptor(
    collection: Collection, files: Mapping[str, bytes], rows_of: Mapping[str, int], active: Mapping[str, str]
) -> dict[str, Any]:
    """Return the descriptor of the package: tables with schemas, sizes and checksums; articles as its sources."""
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": PACKAGE_NAME,
        "title": TITLE,
        "description": _describe(rows_of, active),
        "keywords": ["Vietnam", "provinces", "public security", "news articles"],
        "licenses": [LICENCE],
        "sources": [_make_source(source.record.article) for source in collection.sources],
        "resources": [_make_resource(table, files[table.path], whole=not active) for table in TABLES],
    }


def _describe(rows_of: Mapping[str, int], active: Mapping[str, str]) -> str:
    says = f"Figures that Vietnamese articles report on provincial public security, each with its sentence. {SCOPE}"
    return f"{says} A selection of {rows_of['figures']} figures: {_list_filters(active)}." if active else says


def _list_filters(active: Mapping[str, str]) -> str:
    return "; ".join(f"{name} = {value}" for name, value in active.items())


def _make_source(article: Article) -> dict[str, str]:
    source = {"title": article.title or f"An article without a title ({article.seed})"}
    return source | ({"path": article.url} if article.url is not None else {})


def _make_resource(table: Table[Any], content: bytes, *, whole: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_make_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
    }
    # In a selection the figure that another row names may be left out: such keys hold only in the whole.
    keys = [key for key in table.foreign_keys if whole or key.table != FIGURES.name]
    if keys:
        schema["foreignKeys"] = [_make_foreign_key(table, key) for key in keys]
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "title": table.title,
        "description": table.says,
        "path": table.path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _make_field(column: Column[Any]) -> dict[str, Any]:
    domain = column.domain
    stated = {
        "required": domain.required or None,
        "unique": domain.unique or None,
        "minimum": domain.minimum,
        "pattern": domain.pattern,
        "enum": list(domain.among) or None,
    }
    constraints = {name: value for name, value in stated.items() if value is not None}
    field: dict[str, Any] = {"name": column.name, "type": domain.type, "description": column.says}
    return field | ({"constraints": constraints} if constraints else {})


def _make_foreign_key(table: Table[Any], key: ForeignKey) -> dict[str, Any]:
    reference: dict[str, Any] = {"fields": [key.key]}
    # A key into the table itself names no resource (Table Schema v2).
    if key.table != table.name:
        reference = {"resource": key.table} | reference
    return {"fields": [key.column], "reference": reference}


def make_readme(collection: Collection, rows_of: Mapping[str, int], active: Mapping[str, str]) -> str:
    """Return the README of the package: its scope, its filters, how to read, cite and verify it, and every column."""
    parts = [
        f"# {TITLE}",
        f"{rows_of['figures']} figures that {rows_of['articles']} Vietnamese articles report on provincial public "
        f"security, each with the sentence that states it. **{SCOPE}**",
        _say_filters(active),
        _READING,
        _CITING,
        f"{_VERIFYING}\n\n```python\n{VERIFY}```",
        _list_articles(collection),
        _LICENCE,
        "## Codebook",
        "Every file is CSV: UTF-8 without a byte-order mark, commas, lines end with CR LF; an empty cell means that "
        "the article does not say, or that there is nothing to say. `datapackage.json` states the same for programs.",
        *(_list_columns(table) for table in TABLES),
    ]
    return "\n\n".join(parts) + "\n"


_READING = """\
## Reading the figures

- A figure is what one article says of one province: nothing is corrected, annualised, summed or estimated here.
- What is not here was not reported in these articles; it is not zero.
- Compare only the same indicator, unit, nature and length of period: a flow counts during a period, a stock stands at
  a moment.
- Hedged numbers (`qualifier`) are not exact: `figure` holds the article's own words.
- Never add a figure to the one it is a part of (`part_of`), nor two reports of one fact (`same_as`).
- `share` is computed; all other numbers are stated by the articles.
- A figure belongs to the province in the borders of the article's date: see `provinces.csv`.

With pandas: `pd.read_csv("figures.csv", dtype={"value": str, "of": str, "share": str})` keeps every digit."""

_CITING = """\
## How to cite

Cite the article that reports the figure, and this collection for the reading of it:

> publisher (or "publisher not stated"), "article_title", published (or "n.d."), figure "figure"; in: Reported
> figures, figure `id`, the day you retrieved it."""

_VERIFYING = """\
## Verify it yourself

This needs pandas and the articles' texts, and nothing of the software that made the files. Save it as `verify.py`
beside `figures.csv` and run `python verify.py FOLDER-OF-THE-TEXTS`. It stops at the first row that its article does not
bear out, and names the values that a plain reading of the digits does not settle (numbers in words, multipliers)."""

_LICENCE = """\
## Licence

The readings, translations and tables are under the MIT License. The quotes are the words of their articles and stay
their publishers'; they are quoted as evidence."""


def _say_filters(active: Mapping[str, str]) -> str:
    if not active:
        return "This is the whole collection: no filter is active."
    # Indented, so that no word of a reader's search is taken for markdown.
    filters = "\n".join(f"    {name} = {value}" for name, value in active.items())
    return (
        f"Active filters:\n\n{filters}\n\nThey select the rows of figures.csv; the other tables are whole, so columns "
        "that name a figure may name one that is not here."
    )


def _list_articles(collection: Collection) -> str:
    lines = [f"{source.record.article.sha256}  {source.record.article.seed}" for source in collection.sources]
    head = "## The articles' texts\n\nChecksums of the texts that were read, as `sha256sum --check` takes them:"
    return "\n".join([head, "", "```", *lines, "```"])


def _list_columns(table: Table[Any]) -> str:
    lines = [f"### {table.path}", "", table.says, "", "| column | type | what it holds |", "| --- | --- | --- |"]
    lines += [
        f"| `{column.name}` | {column.domain.type} | {column.says.replace('|', chr(92) + '|')} |"
        for column in table.columns
    ]
    return "\n".join(lines)
