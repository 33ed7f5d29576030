"""What a draft is made against: the catalogue, the ids that are taken, the texts that are described; unchecked.

So that a draft takes no longer in a folder of ten thousand claims than in one of ten.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extract.claims.catalogue import Catalogue
from extract.claims.files import INDICATORS, MEASURES, PROVINCES, UNITS
from extract.claims.load.catalogue import load_catalogue
from extract.text.files import read_regular
from extract.text.problems import Problem, UnreadableError

CLAIMS: Final = "data/claims"
# Patterns that begin with their letters are found several times as fast.
_ID: Final = re.compile(rb"id:[ ]*[\"']?([a-z0-9][a-z0-9-]*)")
_SEED: Final = re.compile(rb"seed:[ ]*[\"']?([A-Za-z0-9][A-Za-z0-9._-]*\.txt)")


@dataclass(frozen=True, kw_only=True)
class DraftBase:
    """The catalogue of a root, and what its files of data/claims/ hold already."""

    catalogue: Catalogue
    taken: frozenset[str]
    """The ids of all claims, and perhaps others."""
    described: frozenset[str]
    """The names of the texts that have a file."""
    problems: tuple[Problem, ...]
    """What is wrong with the catalogue."""


def read_draft_base(root: Path) -> DraftBase:
    """Return what drafts of a root's texts are made against."""
    files: dict[str, bytes] = {}
    unreadable: list[str] = []
    for path in (PROVINCES, MEASURES, UNITS, INDICATORS):
        try:
            files[path] = read_regular(root / path, root / "data")
        except UnreadableError:
            unreadable.append(path)
    catalogue, problems = load_catalogue(files, unreadable)
    problems += [Problem(path, 1, "-", "is missing or cannot be read") for path in unreadable]
    claims = list(_read_claims(root / CLAIMS))
    return DraftBase(
        catalogue=catalogue,
        taken=frozenset(name for raw in claims for name in find_ids(raw)),
        described=frozenset(name for raw in claims if (name := find_seed(raw)) is not None),
        problems=tuple(problems),
    )


def _read_claims(folder: Path) -> Iterator[bytes]:
    for name in sorted(os.listdir(folder)) if folder.is_dir() else ():  # noqa: PTH208 - half the time of `iterdir`
        if name.endswith(".yaml") and not name.startswith("."):
            try:
                yield read_regular(folder / name, folder)
            except UnreadableError:
                continue  # it is the check's to say so


def find_ids(raw: bytes) -> frozenset[str]:
    """Return the ids of a file's claims, and perhaps others."""
    return frozenset(name.decode() for name in _ID.findall(raw))


def find_seed(raw: bytes) -> str | None:
    """Return the text that a file of data/claims/ describes, as far as its first words tell; None where they do not."""
    found = _SEED.search(raw)
    return found[1].decode() if found else None
