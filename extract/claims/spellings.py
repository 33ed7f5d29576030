"""The words that name a root's units, for a scan, which needs nothing else of a root."""

from pathlib import Path

from extract.claims.catalogue import list_spellings
from extract.claims.files import UNITS
from extract.claims.load.validate import validate_tree
from extract.claims.records import UnitsFile
from extract.claims.yaml.strict import parse_yaml
from extract.text.files import read_regular
from extract.text.problems import UnreadableError


def read_spellings(root: Path) -> frozenset[str]:
    """Return the spellings of all units under a root; none where its units cannot be read."""
    try:
        raw = read_regular(root / UNITS, root / "data")
    except UnreadableError:
        return frozenset()
    tree = parse_yaml(raw)
    units = validate_tree(UnitsFile, tree.root)[0] if tree.root is not None else None
    return frozenset(spelling for unit in units.units for spelling in list_spellings(unit)) if units else frozenset()
