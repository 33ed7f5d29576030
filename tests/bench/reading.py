"""Measure how well numbers and sentences of Vietnamese articles are read, side by side with peers from PyPI.

Run as ``python -m tests.bench.reading [folder ...] [--failures] [--json FILE]``. A folder holds articles with their
numbers marked, in the form that tests/bench/reading/README.md explains; without one, that folder's articles are read.
A peer that is not installed is reported as such.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

from extract.text.mentions import find_mentions
from extract.text.sentences import find_sentences
from extract.text.texts import normalise

CORPUS = Path(__file__).with_suffix("")
MARK = re.compile(r"⟦(?P<fields>[^⟦⟧]*)⟧|(?P<boundary>¶)")
PLAIN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
UNSCORED = "?"
FLAGS = ("@either", "@parts")
FIGURE = "figure"
BUDGET = 1.0  # seconds of processor time that one reader is timed for, at least

Value: TypeAlias = Decimal | tuple[Decimal, Decimal] | None
Function = TypeVar("Function")


@dataclass(frozen=True, kw_only=True)
class Gold:
    """A number as annotated; every field lists the readings that count as right, none where nothing is scored."""

    start: int
    end: int
    text: str
    values: tuple[Value, ...]
    units: tuple[str | None, ...]
    qualifiers: tuple[str | None, ...]
    kinds: tuple[str, ...]
    optional: bool
    divisible: bool


class Found(NamedTuple):
    """A number as a reader gives it; what the reader does not tell stays None."""

    start: int
    end: int
    text: str
    value: Value = None
    unit: str | None = None
    qualifier: str | None = None
    kind: str = FIGURE


@dataclass(frozen=True, kw_only=True)
class Document:
    """One annotated article: its plain text, its numbers, its sentences as half-open spans."""

    path: Path
    text: str
    golds: tuple[Gold, ...]
    sentences: tuple[tuple[int, int], ...]

    def find_line(self, offset: int) -> int:
        """Return the line, from 1, that an offset of the text stands in."""
        return self.text.count("\n", 0, offset) + 1


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One way of reading numbers: a name, a function, and which fields it claims to tell."""

    name: str
    find: Callable[[str], list[Found]] | None
    tells: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Splitter:
    """One way of finding sentences."""

    name: str
    find: Callable[[str], list[tuple[int, int]]] | None


@dataclass(kw_only=True)
class Tally:
    """Right answers out of answers looked at, per measure."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def count(self, measure: str, right: bool) -> None:
        """Add one answer to a measure."""
        self.asked[measure] = self.asked.get(measure, 0) + 1
        self.right[measure] = self.right.get(measure, 0) + right

    def share(self, measure: str) -> float | None:
        """Return a measure as a per cent, None where nothing was asked."""
        asked = self.asked.get(measure, 0)
        return 100 * self.right[measure] / asked if asked else None

    def harmonic(self, measure: str) -> float | None:
        """Return F1 of a measure counted as ``<measure> recall`` and ``<measure> precision``."""
        recall, precision = self.share(f"{measure} recall"), self.share(f"{measure} precision")
        if recall is None or precision is None or not recall + precision:
            return None
        return 2 * recall * precision / (recall + precision)


# The corpus


def parse_plain(words: str) -> Decimal | None:
    """Return the value of digits with Vietnamese separators, None for anything else.

    >>> parse_plain("6.006,7")
    Decimal('6006.7')
    >>> parse_plain("15.6") is None
    True
    """
    return Decimal(words.replace(".", "").replace(",", ".")) if PLAIN.fullmatch(words) else None


def parse_value(words: str) -> Value:
    """Return an annotated value: ``-`` for none, ``a..b`` for two, else one decimal."""
    if words == "-":
        return None
    low, dots, high = words.partition("..")
    return (Decimal(low), Decimal(high)) if dots else Decimal(low)


def parse_mark(fields: str, start: int) -> Gold:
    """Return the number of one mark, ``text|unit|qualifier|=value|@kind|@flag``; only the text is required."""
    text, *rest = fields.split("|")
    values = [words[1:] for words in rest if words.startswith("=")]
    kinds = [words[1:] for words in rest if words.startswith("@") and words not in FLAGS] or [FIGURE]
    unit, qualifier, *surplus = [*(words for words in rest if not words.startswith(("=", "@"))), "", ""]
    assert max(len(values), len(kinds)) <= 1, f"⟦{fields}⟧: a value or a kind stands twice"
    assert not any(surplus), f"⟦{fields}⟧: too many fields"
    if values:
        read = () if values[0] == UNSCORED else tuple(parse_value(words) for words in values[0].split("~"))
    else:
        assert PLAIN.fullmatch(text) or kinds[0] != FIGURE, f"⟦{fields}⟧: a figure in words needs its value"
        # The guide gives times no value, so none is asked for.
        read = () if kinds[0] == "time" else (parse_plain(text),)
    return Gold(
        start=start,
        end=start + len(text),
        text=text,
        values=read,
        units=() if unit == UNSCORED else tuple(words or None for words in unit.split("~")),
        qualifiers=() if qualifier == UNSCORED else (qualifier or None,),
        kinds=() if kinds[0] == UNSCORED else tuple(kinds[0].split("~")),
        optional="@either" in rest,
        divisible="@parts" in rest,
    )


def parse_document(path: Path, marked: str) -> Document:
    """Return an annotated article; a line break always ends a sentence, ``¶`` ends one inside a line."""
    pieces: list[str] = []
    golds: list[Gold] = []
    cuts = [0]
    length = position = 0
    for mark in MARK.finditer(marked):
        pieces.append(marked[position : mark.start()])
        length, position = length + len(pieces[-1]), mark.end()
        if mark["boundary"]:
            cuts.append(length)
            continue
        golds.append(parse_mark(mark["fields"], length))
        pieces.append(golds[-1].text)
        length += len(golds[-1].text)
    text = "".join([*pieces, marked[position:]])
    cuts.extend(found.end() for found in re.finditer(r"\n", text))
    edges = sorted({*cuts, len(text)})
    spans = (trim(text, start, end) for start, end in itertools.pairwise(edges))
    return Document(path=path, text=text, golds=tuple(golds), sentences=tuple(keep_worded(text, spans)))


def read_corpus(folders: Iterable[Path]) -> list[Document]:
    """Return the annotated articles of the folders, in the order of their names."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return [parse_document(path, path.read_bytes().decode("utf-8")) for path in paths]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the white space at its edges."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def keep_worded(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans that hold a letter or a digit: a line of a single dot is nobody's sentence."""
    return ((start, end) for start, end in spans if any(letter.isalnum() for letter in text[start:end]))


# The readers


def find_ours(text: str) -> list[Found]:
    """Return the numbers of a text as this project finds them: normalised first, with the spans of the text given."""
    article = normalise(text)
    return [
        Found(
            start=article.raw_offset(mention.start),
            end=article.raw_offset(mention.end),
            text=mention.text,
            value=mention.value,
            unit=mention.unit,
            qualifier=mention.qualifier,
            kind=str(mention.kind),
        )
        for mention in find_mentions(article.text)
    ]


def find_digits(text: str) -> list[Found]:
    """Return runs of digits with separators, each read as one plain number: the floor."""
    return [
        Found(start=found.start(), end=found.end(), text=found[0], value=parse_plain(found[0]))
        for found in re.finditer(r"\d+(?:[.,]\d+)*", text)
    ]


def find_tagged(text: str, tokens: Iterable[tuple[str, str]]) -> list[Found]:
    """Return the runs of tokens that a tagger calls numerals (M), placed in the text they came from."""
    spans: list[tuple[int, int]] = []
    position = 0
    for token, tag in tokens:
        words = r"\s+".join(re.escape(word) for word in re.split(r"[\s_]+", token) if word)
        placed = re.compile(words).search(text, position) if words else None
        if placed is None:
            continue
        position = placed.end()
        if tag != "M":
            continue
        if spans and not text[spans[-1][1] : placed.start()].strip():
            spans[-1] = (spans[-1][0], placed.end())
        else:
            spans.append(placed.span())
    return [Found(start=start, end=end, text=text[start:end]) for start, end in spans]


def load_pyvi() -> Callable[[str], list[Found]]:
    """Return pyvi's tagger as a reader of numbers."""
    tokenizer: Any = importlib.import_module("pyvi.ViTokenizer")
    tagger: Any = importlib.import_module("pyvi.ViPosTagger")
    return lambda text: find_tagged(text, zip(*tagger.postagging(tokenizer.tokenize(text)), strict=True))


def load_underthesea() -> Callable[[str], list[Found]]:
    """Return underthesea's tagger as a reader of numbers."""
    library: Any = importlib.import_module("underthesea")
    return lambda text: find_tagged(text, library.pos_tag(text))


def load_quantulum() -> Callable[[str], list[Found]]:
    """Return quantulum3 as a reader of numbers; it knows English, and its unit stands inside its surface."""
    parser: Any = importlib.import_module("quantulum3.parser")
    # Its trained classifier of units was pickled by an older scikit-learn and does not load; its own rules stand in.
    importlib.import_module("quantulum3.classifier").USE_CLF = False  # type: ignore[attr-defined]
    return lambda text: list(find_quantities(parser.parse(text)))


def find_quantities(quantities: Iterable[Any]) -> Iterator[Found]:
    """Yield quantulum3's quantities, the number cut from the unit that follows it."""
    for quantity in quantities:
        number = re.match(r"[-+]?\d(?:[\d.,/–-]*\d)?", quantity.surface)
        words = number[0] if number else quantity.surface
        start = quantity.span[0]
        unit = quantity.surface[len(words) :].strip() or None
        yield Found(start=start, end=start + len(words), text=words, value=Decimal(str(quantity.value)), unit=unit)


def find_our_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as this project finds them."""
    article = normalise(text)
    return [article.raw_span(span.start, span.end) for span in find_sentences(article.text)]


def split_lines(text: str, split: Callable[[str], Iterable[str]]) -> list[tuple[int, int]]:
    """Return the spans of the sentences that a function gives as words, line by line."""
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        position = line.start()
        for sentence in split(line[0]):
            start = text.find(sentence.strip(), position, line.end())
            if sentence.strip() and start >= 0:
                position = start + len(sentence.strip())
                spans.append((start, position))
    return spans


def find_stops(text: str) -> list[tuple[int, int]]:
    """Return the pieces of each line that end in a stop: the floor."""
    return split_lines(text, lambda line: re.split(r"(?<=[.!?…])\s+", line))


def load_underthesea_sentences() -> Callable[[str], list[tuple[int, int]]]:
    """Return underthesea's splitter, given one line at a time."""
    library: Any = importlib.import_module("underthesea")
    return lambda text: split_lines(text, library.sent_tokenize)


def load(load_peer: Callable[[], Function]) -> Function | None:
    """Return a peer's function, None where the peer is not installed."""
    try:
        return load_peer()
    except ImportError:
        return None


def load_readers() -> list[Reader]:
    """Return every reader of numbers, this project's first."""
    return [
        Reader(name="this project", find=find_ours, tells=frozenset({"value", "unit", "qualifier", "kind"})),
        Reader(name="digit pattern", find=find_digits, tells=frozenset({"value"})),
        Reader(name="quantulum3", find=load(load_quantulum), tells=frozenset({"value", "unit"})),
        Reader(name="pyvi", find=load(load_pyvi)),
        Reader(name="underthesea", find=load(load_underthesea)),
    ]


def load_splitters() -> list[Splitter]:
    """Return every splitter of sentences, this project's first."""
    return [
        Splitter(name="this project", find=find_our_sentences),
        Splitter(name="a stop, per line", find=find_stops),
        Splitter(name="underthesea", find=load(load_underthesea_sentences)),
    ]


# The measures


def pair(golds: Sequence[Gold], found: Sequence[Found]) -> list[tuple[Gold | None, Found | None]]:
    """Pair each number with the reading that overlaps it most, one to one; what has no partner stands alone."""
    overlaps = sorted(
        (
            (min(gold.end, mention.end) - max(gold.start, mention.start), -left, -right)
            for left, gold in enumerate(golds)
            for right, mention in enumerate(found)
            if gold.start < mention.end and mention.start < gold.end
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, left, right in overlaps:
        if -left not in partner and -right not in taken:
            partner[-left] = -right
            taken.add(-right)
    pairs: list[tuple[Gold | None, Found | None]] = [
        (gold, found[partner[left]] if left in partner else None)
        for left, gold in enumerate(golds)
        if left in partner or not gold.optional
    ]
    parts = [gold for gold in golds if gold.divisible]
    alone = [mention for right, mention in enumerate(found) if right not in taken]
    return [*pairs, *((None, mention) for mention in alone if not any(holds(gold, mention) for gold in parts))]


def holds(gold: Gold, mention: Found) -> bool:
    """Tell whether a reading lies whole inside a number."""
    return gold.start <= mention.start and mention.end <= gold.end


def is_same(left: str | None, right: str | None) -> bool:
    """Tell whether two words of a text are the same, whatever their case and spaces."""
    return (left or "").casefold().split() == (right or "").casefold().split()


def judge(gold: Gold, mention: Found) -> dict[str, bool]:
    """Return which fields of a reading are right; a field that the guide leaves open is not among them."""
    verdicts = {}
    if gold.values:
        verdicts["value"] = mention.value in gold.values
    if gold.units:
        verdicts["unit"] = any(is_same(unit, mention.unit) for unit in gold.units)
        verdicts["unit, first reading"] = is_same(gold.units[0], mention.unit)
    if gold.qualifiers:
        verdicts["qualifier"] = any(is_same(qualifier, mention.qualifier) for qualifier in gold.qualifiers)
    if gold.kinds:
        verdicts["kind"] = mention.kind in gold.kinds
    if is_figure(gold, mention):
        verdicts["span of figures"] = (gold.start, gold.end) == (mention.start, mention.end)
    return verdicts


def is_figure(gold: Gold, mention: Found | None) -> bool:
    """Tell whether a number is a figure; where the guide allows two kinds, the reading decides."""
    if mention is not None and mention.kind in gold.kinds:
        return mention.kind == FIGURE
    return gold.kinds[:1] == (FIGURE,)


def count_pair(tally: Tally, gold: Gold | None, mention: Found | None) -> None:
    """Add one pair to the measures."""
    if gold is not None and gold.optional:
        return
    if gold is not None:
        tally.count("found recall", mention is not None)
    if mention is not None:
        tally.count("found precision", gold is not None)
    exact = gold is not None and mention is not None and (gold.start, gold.end) == (mention.start, mention.end)
    figure = gold is not None and is_figure(gold, mention)
    claimed = mention is not None and mention.kind == FIGURE
    if figure:
        tally.count("figures recall", claimed and exact)
    if claimed:
        tally.count("figures precision", figure and exact)
    if gold is None or mention is None:
        return
    for measure, right in judge(gold, mention).items():
        tally.count(measure, right)
        if figure and measure in ("value", "unit", "qualifier", "kind"):
            tally.count(f"{measure} of figures", right)


MEASURES = {  # label: the field that a reader must tell for the measure to mean something
    "found recall": None,
    "found precision": None,
    "span of figures": None,
    "value": "value",
    "value of figures": "value",
    "unit": "unit",
    "unit of figures": "unit",
    "unit, first reading": "unit",
    "qualifier": "qualifier",
    "qualifier of figures": "qualifier",
    "kind": "kind",
    "kind of figures": "kind",
}


def measure_reader(reader: Reader, documents: Sequence[Document]) -> dict[str, float | None]:
    """Return a reader's measures: per cent, and KB of text per second of one core."""
    if reader.find is None:
        return {}
    tally = Tally()
    for document in documents:
        for gold, mention in pair(document.golds, reader.find(document.text)):
            count_pair(tally, gold, mention)
    shares = {
        measure: tally.share(measure) if needed is None or needed in reader.tells else None
        for measure, needed in MEASURES.items()
    }
    return {**shares, "figures F1": tally.harmonic("figures"), "KB/s": measure_speed(reader.find, documents)}


def measure_splitter(splitter: Splitter, documents: Sequence[Document]) -> dict[str, float | None]:
    """Return a splitter's measures; a sentence is found when both its edges are."""
    if splitter.find is None:
        return {}
    tally = Tally()
    for document in documents:
        found = set(
            keep_worded(document.text, (trim(document.text, start, end) for start, end in splitter.find(document.text)))
        )
        for span in document.sentences:
            tally.count("sentences recall", span in found)
        for span in found:
            tally.count("sentences precision", span in document.sentences)
    return {
        "sentences recall": tally.share("sentences recall"),
        "sentences precision": tally.share("sentences precision"),
        "sentences F1": tally.harmonic("sentences"),
        "KB/s": measure_speed(splitter.find, documents),
    }


def measure_speed(find: Callable[[str], object], documents: Sequence[Document]) -> float:
    """Return how many KB of text a function reads in a second of processor time, over whole rounds of the corpus."""
    size = sum(len(document.text.encode("utf-8")) for document in documents)
    rounds = 0
    started = time.process_time()
    while time.process_time() - started < BUDGET:
        rounds += 1
        for document in documents:
            find(document.text)
    return rounds * size / 1000 / (time.process_time() - started)


# The report


def format_cell(value: float | None, label: str) -> str:
    """Return a measure as it stands in the table."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if label == "KB/s" else f"{value:.1f}"


def format_table(results: dict[str, dict[str, float | None]]) -> str:
    """Return a table: a column a reader, a row a measure; a peer that is not installed says so."""
    rows = [["", *results]]
    for label in next(iter(results.values())):
        cells = [format_cell(shares.get(label), label) if shares else "not installed" for shares in results.values()]
        rows.append([label, *cells])
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    return "\n".join("  ".join([label.ljust(first), *map(str.rjust, cells, others)]) for label, *cells in rows)


def describe(mention: Gold | Found | None) -> str:
    """Return a number's reading in one phrase."""
    if mention is None:
        return "nothing"
    if isinstance(mention, Found):
        value, unit, qualifier, kind = show(mention.value), mention.unit, mention.qualifier, mention.kind
        return f"«{mention.text}» {value} unit={unit} qualifier={qualifier} {kind}"
    value = " or ".join(show(value) for value in mention.values) or UNSCORED
    unit = " or ".join(str(unit) for unit in mention.units) or UNSCORED
    qualifier = " or ".join(str(qualifier) for qualifier in mention.qualifiers) or UNSCORED
    return f"«{mention.text}» {value} unit={unit} qualifier={qualifier} {' or '.join(mention.kinds) or UNSCORED}"


def show(value: Value) -> str:
    """Return a value as plain digits."""
    if value is None:
        return "null"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return f"[{value[0].normalize():f}, {value[1].normalize():f}]"


def find_failures(document: Document) -> Iterator[str]:
    """Yield every number and sentence of an article that this project reads otherwise than annotated."""
    for gold, mention in pair(document.golds, find_ours(document.text)):
        verdicts = judge(gold, mention) if gold and mention else {"found": False}
        wrong = [measure for measure, right in verdicts.items() if not right and measure != "unit, first reading"]
        if not wrong or (gold is not None and gold.optional):
            continue
        offset = max(part.start for part in (gold, mention) if part is not None)
        around = document.text[max(0, offset - 25) : offset + 30].replace("\n", "⏎")
        where = f"{document.path.name}:{document.find_line(offset)}"
        yield f"{where}: {', '.join(wrong)}: gold {describe(gold)}; got {describe(mention)}; in «{around}»"
    found = set(keep_worded(document.text, find_our_sentences(document.text)))
    expected = set(document.sentences)
    for start, end in sorted(expected ^ found):
        side = "gold" if (start, end) in expected else "got"
        where = f"{document.path.name}:{document.find_line(start)}"
        yield f"{where}: sentence: {side} «{shorten(document.text[start:end])}»"


def shorten(words: str) -> str:
    """Return a long sentence's two ends."""
    return words if len(words) < 70 else f"{words[:30]} … {words[-30:]}"


def count_corpus(documents: Sequence[Document]) -> dict[str, int]:
    """Return how much there is to measure on."""
    return {
        "articles": len(documents),
        "bytes": sum(len(document.text.encode("utf-8")) for document in documents),
        "numbers": sum(not gold.optional for document in documents for gold in document.golds),
        "figures": sum(gold.kinds == (FIGURE,) for document in documents for gold in document.golds),
        "sentences": sum(len(document.sentences) for document in documents),
    }


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line's arguments."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[CORPUS], help="folders of annotated articles")
    parser.add_argument("--failures", action="store_true", help="list what this project reads otherwise than annotated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON too")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 2 where there is nothing to measure."""
    options = parse_arguments(arguments)
    documents = read_corpus(options.folders)
    if not documents:
        print("no annotated articles found: nothing was measured", file=sys.stderr)
        return 2
    if options.failures:
        print(*(line for document in documents for line in find_failures(document)), sep="\n")
        return 0
    counts = count_corpus(documents)
    numbers = {reader.name: measure_reader(reader, documents) for reader in load_readers()}
    boundaries = {splitter.name: measure_splitter(splitter, documents) for splitter in load_splitters()}
    print(", ".join(f"{count:,} {label}" for label, count in counts.items()))
    print("\nNumbers, per cent", format_table(numbers), "\nSentences, per cent", format_table(boundaries), sep="\n")
    if options.json:
        results = {"corpus": counts, "numbers": numbers, "sentences": boundaries}
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
