"""How far the curating of each article is: its numbers, claims, doubts, what waits for a translation."""

from collections import Counter
from collections.abc import Collection as CollectionOf
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.claims.collection import Certainty, Collection, Source
from extract.claims.draft.base import CLAIMS, find_seed
from extract.text.mentions import find_mentions
from extract.text.problems import Problem, UnreadableError
from extract.text.texts import parse_article


class ArticleStatus(NamedTuple):
    """One row of the table; what is not known of an article that is pending or withheld is None."""

    article: str
    """The name of its text."""
    numbers: int | None
    claims: int | None
    aside: int | None
    doubts: int | None
    untranslated: int | None
    state: str


HEADINGS = ArticleStatus._fields


def list_status(
    collection: Collection, problems: Sequence[Problem], files: Mapping[str, bytes], drafted: CollectionOf[str] = ()
) -> list[ArticleStatus]:
    """Return a row for each text of seeds/, in order; `drafted` are the texts that have a draft in data/drafts/."""
    sound = {source.record.article.seed: source for source in collection.sources}
    described = {find_seed(raw): path for path, raw in files.items() if path.startswith(CLAIMS)}
    faults = Counter(problem.path for problem in problems)
    rows = {row.article: row for row in _list_sound(collection, sound)}
    for path in sorted(path for path in files if path.startswith("seeds/")):
        name = path.removeprefix("seeds/")
        if name in rows:
            continue
        if name in described:
            count = faults[described[name]] + faults[path]
            state = f"withheld: {count} problem{'' if count == 1 else 's'}"
        else:
            state = "pending, drafted" if name in drafted else "pending"
        rows[name] = ArticleStatus(name, _count_numbers(files[path], collection), None, None, None, None, state)
    return [rows[name] for name in sorted(rows)]


def _list_sound(collection: Collection, sound: Mapping[str, Source]) -> Iterator[ArticleStatus]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in sound}
    for entry in collection.ledger:
        count = counts[entry.seed]
        count["numbers"] += 1
        count["claims"] += entry.claim is not None
        count["aside"] += entry.claim is None and entry.certainty is Certainty.CONFIRMED
        count["doubts"] += entry.certainty is Certainty.DOUBTFUL
    for name, source in sound.items():
        waiting = sum(sentence.translation is None for sentence in source.record.sentences)
        count = counts[name]
        yield ArticleStatus(
            article=name,
            numbers=count["numbers"],
            claims=count["claims"],
            aside=count["aside"],
            doubts=count["doubts"],
            untranslated=waiting,
            state="checked",
        )


def _count_numbers(raw: bytes, collection: Collection) -> int | None:
    try:
        return len(find_mentions(parse_article(raw).text, nouns=collection.nouns))
    except UnreadableError:
        return None


def format_status(rows: Sequence[ArticleStatus]) -> str:
    """Return the rows as a table of text, with a line of sums; a dash where nothing is known."""
    columns = list(zip(*(row[1:-1] for row in rows), strict=True)) or [()] * (len(HEADINGS) - 2)
    sums = [sum(cell or 0 for cell in column if isinstance(cell, int)) for column in columns]
    states = Counter(row.state.split(":")[0].split(",")[0] for row in rows)
    last = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    table = [HEADINGS, *rows, ("all", *sums, last)]
    cells = [["-" if cell is None else str(cell) for cell in row] for row in table]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    return "\n".join(_format_row(row, widths) for row in cells)


def _format_row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return a row with its numbers to the right."""
    last = len(cells) - 1
    padded = [
        cell.ljust(width) if column in {0, last} else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()
