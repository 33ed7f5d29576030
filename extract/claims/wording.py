"""The page's own words in Vietnamese and English, read from data/wording.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter

from babel.numbers import format_decimal

from extract.claims.files import REPOSITORY, WORDING
from extract.claims.load.validate import validate_tree
from extract.claims.records import LANGS, Lang, Name, Record
from extract.claims.yaml.strict import find_line, parse_yaml
from extract.claims.yaml.text import YamlProblem


class WordingFile(Record):
    """`data/wording.yaml`."""

    wording: dict[str, Name]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The page's words in one language: `words("view.compare")`, `words("head.line", figures="33 figures", …)`."""

    lang: Lang
    texts: Mapping[str, Name]

    def __call__(self, key: str, /, **slots: object) -> str:
        """Return the words at `key` with its `{slots}` filled; KeyError where there are none.

        Whole numbers are grouped as the language groups them (CLDR).
        """
        filled = {
            name: format_decimal(slot, locale=self.lang) if isinstance(slot, int) else slot
            for name, slot in slots.items()
        }
        return self.pick(self.texts[key]).format(**filled)

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
    """Return the page's words by language; for keys that the file leaves out, the program's own words.

    Raises ValueError with every problem, a line each.
    """
    file, problems = read_wording(raw)
    if file is None or problems:
        lines = [f"line {problem.line}: {problem.message}" for problem in problems]
        raise ValueError(f"{WORDING}: " + "\n".join(lines))
    texts = {**read_own_texts(), **file.wording}
    return {lang: Wording(lang=lang, texts=texts) for lang in LANGS}


@cache
def read_own_texts() -> Mapping[str, Name]:
    """Return the words that the program comes with."""
    file, _ = read_wording((REPOSITORY / WORDING).read_bytes(), own={})
    return file.wording if file else {}


def read_wording(raw: bytes, *, own: Mapping[str, Name] | None = None) -> tuple[WordingFile | None, list[YamlProblem]]:
    """Return the record of a file of words, and all that is wrong with it, by line.

    `own` are the words whose slots the page fills: by default the program's own.
    """
    tree = parse_yaml(raw)
    problems = list(tree.problems)
    if tree.root is None:
        return None, problems
    file, field_problems = validate_tree(WordingFile, tree.root)
    problems += [YamlProblem(find_line(tree.lines, problem.location), problem.message) for problem in field_problems]
    own = read_own_texts() if own is None else own
    for key, name in (file.wording if file else {}).items():
        slots = {lang: find_slots(text) for lang, text in (("vi", name.vi), ("en", name.en))}
        if slots["vi"] is None or slots["vi"] != slots["en"]:
            message = f"{key}: its {{slots}} are not the same in both languages: copy them from the other one"
            problems.append(YamlProblem(find_line(tree.lines, ("wording", key)), message))
        elif key in own and (foreign := sorted(slots["vi"] - (find_slots(own[key].vi) or frozenset()))):
            message = f"{key}: nothing fills its slot {{{foreign[0]}}}: take it out, or write it as the program does"
            problems.append(YamlProblem(find_line(tree.lines, ("wording", key)), message))
    return file, problems


def find_slots(text: str) -> frozenset[str] | None:
    """Return the names of a text's slots, or None where its braces do not pair.

    >>> sorted(find_slots("{n} of {all}"))
    ['all', 'n']
    """
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None
