"""The page's own words in Vietnamese and English, read from data/wording.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass

from extract.formats import LANGS, Lang
from extract.records import Name, Record
from extract.strict_yaml import parse_yaml
from extract.validate import validate_tree


class WordingFile(Record):
    """`data/wording.yaml`."""

    wording: dict[str, Name]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The page's words in one language: `words("view.compare")`, `words("head.line", figures="33 figures", …)`."""

    lang: Lang
    texts: Mapping[str, Name]

    def __call__(self, key: str, /, **slots: object) -> str:
        """Return the words at `key` with its `{slots}` filled; KeyError where there are none."""
        return self.pick(self.texts[key]).format(**slots)

    def pick(self, name: Name) -> str:
        """Return a name in this language."""
        return name.vi if self.lang == "vi" else name.en

    def choose(self, vi: str | None, en: str | None) -> str:
        """Return a text that stands in both languages, or in one of them; empty where it stands in none."""
        return (vi or en or "") if self.lang == "vi" else (en or vi or "")

    def count(self, key: str, number: int) -> str:
        """Return a counted noun: the words at `key`.one for 1, at `key`.many for the rest; `{n}` is the number."""
        return self(f"{key}.one" if number == 1 else f"{key}.many", n=number)


def parse_wording(raw: bytes) -> dict[Lang, Wording]:
    """Return the page's words by language; raise ValueError with every fault, a line each."""
    tree = parse_yaml(raw)
    faults = [f"line {fault.line}: {fault.message}" for fault in tree.faults]
    file, misfits = validate_tree(WordingFile, tree.root) if tree.root is not None else (None, [])
    faults += [f"line {tree.lines.get(misfit.location, 1)}: {misfit.message}" for misfit in misfits]
    if file is None or faults:
        raise ValueError("data/wording.yaml: " + "\n".join(faults))
    return {lang: Wording(lang=lang, texts=file.wording) for lang in LANGS}
