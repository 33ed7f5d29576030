"""The whole collection as files: tables, annotations, a Data Package that describes and a README that explains them.

The same data gives the same bytes: nothing here asks for the time or the machine. The package follows Data Package v2
(datapackage.org) so that `frictionless validate` can hold each table against its schema and the tables against each
other.
"""

import fcntl
import hashlib
import io
import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from extract.claims.collection import Collection
from extract.claims.files import REPOSITORY
from extract.claims.records import Article
from extract.figures import annotations
from extract.figures.columns import FIGURES, TABLES, Column, ForeignKey, Table
from extract.figures.filters import NO_FILTERS, Filters, parse_filters
from extract.figures.publication import DESCRIPTION, KEYWORDS, LICENCE, MAINTAINERS, RIGHTS, SCOPE, TITLE
from extract.figures.table import FigureTable, format_csv

PACKAGE_NAME = "reported-figures"
DESCRIPTOR = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
# The earliest time that a zip can state. The time says nothing of the data, so it is the same in every zip.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
OWN_DIRECTORIES = ("data", "seeds", "extract", "tests", ".ci", ".git", ".github", ".streamlit", ".venv", ".vscode")
# Folders that exports write to: beside a new directory, or in one that holds files.
WHOLE, FILES = ".reported-figures-whole-", ".reported-figures-files-"

# What a README says stands in a file of its own, `package.md`.
ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # noqa: S701 - it is markdown, which would show the escapes of HTML as they are
)
Seal: TypeAlias = Mapping[str, Any]
"""The size and checksum of a file, as a descriptor states them."""
FILE_NAMES = (*(table.path for table in TABLES), annotations.NAME, "README.md", DESCRIPTOR)


def make_files(table: FigureTable, filters: Filters = NO_FILTERS, base: str = "") -> dict[str, bytes]:
    """Return every file of the export by name, the descriptor last; see `make_each_file`."""
    return dict(make_each_file(table, filters, base))


def make_each_file(table: FigureTable, filters: Filters = NO_FILTERS, base: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file of the export, made one by one, the descriptor last.

    Filters select figures and their annotations. The other tables stay whole, so that each figure's article, indicator
    and province are described. `base` is the page's address, where it is known.
    """
    collection, active = table.collection, filters.active
    figures = table.export(table.find(filters))
    seals: dict[str, Seal] = {}
    rows_of: dict[str, int] = {}

    def seal(name: str, content: bytes) -> tuple[str, bytes]:
        seals[name] = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        return name, content

    for each, frame in table.export_tables(figures):
        rows_of[each.name] = len(frame)
        yield seal(each.path, format_csv(frame, bom=False))
    chosen = [table.claims[each] for each in figures["id"]]
    yield seal(annotations.NAME, annotations.make_annotations(table, chosen, base))
    yield "README.md", make_readme(collection, figures, active, base).encode("utf-8")
    descriptor = make_descriptor(table, seals, rows_of, active, base)
    yield DESCRIPTOR, (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def export_collection(collection: Collection, directory: Path, root: Path = REPOSITORY) -> list[str]:
    """Write every file of the export into a directory, made if it is missing; return their names.

    A new or empty directory appears whole, by one rename. In one that holds files each file of the export replaces its
    earlier one, the descriptor with their checksums last, and the others stay. What a killed export left is cleared.
    Raises FileExistsError where the directory is one of the project's own, under `root` or the repository, or holds a
    file of one of these names that no export wrote; OSError where the disk refuses, which says so where the directory
    is then of two exports.
    """
    refuse_own_directory(directory, root)
    files = make_files(FigureTable(collection))
    has_files = directory.is_dir() and any(directory.iterdir())
    place, kind = (directory, FILES) if has_files else (directory.resolve().parent, WHOLE)
    place.mkdir(parents=True, exist_ok=True)
    cleared = clear_killed(place)
    # What a killed export has left tells that the files here are of exports, however few of them it came to.
    if has_files and not any(name.startswith(FILES) for name in cleared):
        _refuse_foreign_files(directory)
    with open_scratch(place, kind) as scratch:
        for name, content in files.items():
            _write_durably(scratch / name, content)
        if has_files:
            _replace_all(scratch, directory)
        else:
            scratch.rename(directory.resolve())
    return list(files)


def refuse_own_directory(directory: Path, root: Path) -> None:
    """Raise FileExistsError where a directory is one of the project's own."""
    target = directory.resolve()
    for project in (root.resolve(), REPOSITORY):
        if target == project or any(target.is_relative_to(project / name) for name in OWN_DIRECTORIES):
            raise FileExistsError(f"{directory} is the project's own: give another directory")


@contextmanager
def open_scratch(place: Path, kind: str) -> Iterator[Path]:
    """Make a folder to write to for the length of a `with` block; while it is open, no other export clears it."""
    scratch = place / f"{kind}{secrets.token_hex(8)}"
    scratch.mkdir()
    descriptor = os.open(scratch, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        os.close(descriptor)


def clear_killed(place: Path) -> list[str]:
    """Remove the folders that killed exports wrote to, and return their names."""
    return [path.name for kind in (FILES, WHOLE) for path in place.glob(f"{kind}*") if _clear(path)]


def _clear(scratch: Path) -> bool:
    """Remove a folder unless an export that runs has it open."""
    try:
        descriptor = os.open(scratch, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        shutil.rmtree(scratch, ignore_errors=True)
        return True
    finally:
        os.close(descriptor)


def _replace_all(scratch: Path, directory: Path) -> None:
    for done, name in enumerate(FILE_NAMES):
        try:
            (scratch / name).replace(directory / name)
        except OSError as error:
            if not done:
                raise
            raise OSError(
                f"{name}: {error.strerror}; {directory} is not whole: {done} of {len(FILE_NAMES)} files are of this"
                " export, the others of an earlier one or missing. Mend this and export again"
            ) from error


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


def make_zip(table: FigureTable, query: Mapping[str, str] | None = None, base: str = "") -> bytes:
    """Return the export as a zip, its figures as a query filters them: the same bytes for the same data and query.

    Raises ValueError for a filter or a value that is unknown (see `parse_filters`).
    """
    files = make_each_file(table, parse_filters(table, query or {}), base)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files:
            member = zipfile.ZipInfo(name, date_time=ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = READABLE
            # Else Python states the system it runs on.
            member.create_system = 3
            package.writestr(member, content)
    return buffer.getvalue()


def make_descriptor(
    table: FigureTable, seals: Mapping[str, Seal], rows_of: Mapping[str, int], active: Mapping[str, str], base: str
) -> dict[str, Any]:
    """Return the descriptor of the package: tables with schemas, sizes and checksums; articles as its sources.

    `seals` are the sizes and checksums of the files by their names.

    It has no `created`: no file of the data says when it was curated, and the same data give the same bytes.
    """
    resources = [_make_resource(each, seals[each.path], whole=not active) for each in TABLES]
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": PACKAGE_NAME,
        "title": TITLE,
        "description": _describe(rows_of, active),
        **({"homepage": base} if base else {}),
        "version": table.version,
        "keywords": list(KEYWORDS),
        "contributors": [{"title": MAINTAINERS, "roles": ["maintainer"]}],
        "licenses": [LICENCE],
        "rights": RIGHTS,
        "sources": [_make_source(source.record.article) for source in table.collection.sources],
        "resources": [*resources, _make_annotations_resource(seals[annotations.NAME])],
    }


def _describe(rows_of: Mapping[str, int], active: Mapping[str, str]) -> str:
    if not active:
        return DESCRIPTION
    return f"{DESCRIPTION} A selection of {rows_of['figures']} figures: {_list_filters(active)}."


def _list_filters(active: Mapping[str, str]) -> str:
    return "; ".join(f"{name} = {value}" for name, value in active.items())


def _make_source(article: Article) -> dict[str, str]:
    source = {"title": article.title or f"An article without a title ({article.seed})"}
    return source | ({"path": article.url} if article.url is not None else {})


def _make_resource(table: Table[Any], seal: Seal, *, whole: bool) -> dict[str, Any]:
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
        **seal,
        "schema": schema,
    }


def _make_annotations_resource(seal: Seal) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": "annotations",
        "title": "Annotations",
        "description": "Every figure of figures.csv as an annotation of its article's text (W3C Web Annotation).",
        "path": annotations.NAME,
        "format": "jsonld",
        "mediatype": "application/ld+json",
        "encoding": "utf-8",
        **seal,
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
    field: dict[str, Any] = {
        "name": column.name,
        "type": domain.type,
        "title": column.title,
        "description": column.says,
    }
    return field | ({"constraints": constraints} if constraints else {})


def _make_foreign_key(table: Table[Any], key: ForeignKey) -> dict[str, Any]:
    reference: dict[str, Any] = {"fields": [key.key]}
    # A key into the table itself names no resource (Table Schema v2).
    if key.table != table.name:
        reference = {"resource": key.table} | reference
    return {"fields": [key.column], "reference": reference}


def make_readme(collection: Collection, figures: pd.DataFrame, active: Mapping[str, str], base: str) -> str:
    """Return the README of the package: its scope, its filters, how to read, cite and verify it, and every column."""
    return ENVIRONMENT.get_template("package.md").render(
        title=TITLE,
        scope=SCOPE,
        rights=RIGHTS,
        base=base,
        figures=len(figures),
        reporting=figures["article"].nunique(),
        articles=len(collection.sources),
        filters=active,
        sources=[source.record.article for source in collection.sources],
        tables=TABLES,
    )
