"""From the files of a root to a collection: all that fits, and every problem of what does not.

A file of data/claims/ with a problem is withheld whole: none of its claims enters the collection, the others do.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from extract.claims.catalogue import Catalogue
from extract.claims.check import check_article
from extract.claims.collection import CheckedClaim, Collection, LedgerEntry, Source
from extract.claims.files import read_root
from extract.claims.ledger import account_article
from extract.claims.load_articles import (
    DescribedArticle,
    Description,
    check_seeds,
    find_pending,
    join_text,
    read_description,
)
from extract.claims.load_catalogue import load_catalogue
from extract.claims.messages import make_printable
from extract.claims.parsed import ParsedCache
from extract.claims.records import Province
from extract.claims.references import check_references
from extract.text.problems import Problem, UnreadableError
from extract.text.sentences import Span


def load_root(root: Path, *, today: date | None = None) -> tuple[Collection, list[Problem]]:
    """Return all that is sound under a root, and every problem of the rest, in the order of files and lines."""
    files, unreadable = read_root(root)
    return load_collection(files, today=today, unreadable=unreadable)


def load_collection(
    files: Mapping[str, bytes],
    *,
    today: date | None = None,
    parsed: ParsedCache | None = None,
    unreadable: Sequence[Problem] = (),
) -> tuple[Collection, list[Problem]]:
    """Return all that is sound in files, and every problem of the rest, in the order of files and lines.

    `files` are bytes by path, as `read_root` returns them; `unreadable` is what it could not read, and why. `today` is
    the day after which nothing can have been counted; the clock's where it is not given. `parsed` holds what the files
    of the last load parsed to, and after this one what these files did.
    """
    parsed = ParsedCache() if parsed is None else parsed
    with _without_collecting():
        refused = {problem.path: problem for problem in unreadable}
        catalogue, problems = load_catalogue(files, refused)
        parsed.parse_all(files, catalogue.nouns)
        descriptions = _read_descriptions(parsed, refused, catalogue)
        problems += [problem for each in descriptions for problem in each.problems]
        articles, text_problems = _join_texts(descriptions, parsed, refused)
        problems += text_problems
        checked, found = _check_articles(articles, catalogue, today or date.today())
        problems += found
        faulty_ids = {name for each in descriptions for name in each.faulty_ids}
        problems += check_references([article.source for article in articles], catalogue, faulty_ids)
        problems += [problem for problem in unreadable if not problem.path.startswith("seeds/")]
        pending = tuple(find_pending(descriptions, [*parsed.texts, *refused]))
        collection = replace(_collect(checked, catalogue, problems), pending=pending)
        if not descriptions:
            problems.append(Problem("data/claims", 1, "-", "holds no article's file: nothing was checked"))
        if not collection.claims and not problems:
            problems.append(Problem("data/claims", 1, "-", "holds no claim: nothing was checked"))
    unique = dict.fromkeys(Problem(path, line, *map(make_printable, rest)) for path, line, *rest in problems)
    return collection, sorted(unique, key=lambda problem: problem[:2])


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Turn the garbage collector off: a load makes many objects that stay, and walking them takes a sixth of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Objects made in between are treated as old, so the collector does not walk all of them right after.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _read_descriptions(parsed: ParsedCache, refused: Mapping[str, Problem], catalogue: Catalogue) -> list[Description]:
    """Return every file of data/claims/ as far as it can be read, in the order of their seeds."""
    descriptions = [read_description(path, file, catalogue) for path, file in parsed.articles.items()]
    descriptions += [
        Description(path=path) for path in refused if path.startswith("data/claims/") and path.endswith(".yaml")
    ]
    return sorted(descriptions, key=lambda each: (each.seed, each.path))


def _join_texts(
    descriptions: Sequence[Description], parsed: ParsedCache, refused: Mapping[str, Problem]
) -> tuple[list[DescribedArticle], list[Problem]]:
    """Return the articles whose description and text could both be read, and what is wrong between the two."""
    seeds = {path.removeprefix("seeds/"): problem for path, problem in refused.items() if path.startswith("seeds/")}
    misnamed = {name: problem for name, problem in seeds.items() if not name.endswith(".txt")}
    names = sorted({*seeds, *(path.removeprefix("seeds/") for path in parsed.texts)})
    problems = list(check_seeds(descriptions, names, misnamed))
    texts = {**parsed.texts, **{problem.path: UnreadableError(problem.message) for problem in seeds.values()}}
    articles: list[DescribedArticle] = []
    for description in descriptions:
        article, found = join_text(description, texts)
        problems += found
        if article is not None:
            articles.append(article)
    return articles, problems


class _Checked(NamedTuple):
    """What the check of one article found."""

    source: Source
    claims: Sequence[CheckedClaim]
    ledger: Sequence[LedgerEntry]


def _check_articles(
    articles: Sequence[DescribedArticle], catalogue: Catalogue, today: date
) -> tuple[list[_Checked], list[Problem]]:
    """Hold every article's description against its text; return claims and ledger of each, and all problems."""
    results: list[_Checked] = []
    problems: list[Problem] = []
    for article in articles:
        result = check_article(article.source, article.reading, catalogue, today=today)
        if article.is_partial:
            # The numbers of what was left out would all be asked for.
            result.unplaced.append(Span(0, len(article.reading.text)))
        ledger, found = account_article(article.source, article.reading, result, catalogue)
        problems += [*result.problems, *found]
        claims = sorted(result.claims, key=lambda checked: checked.figure_start)
        results.append(_Checked(article.source, claims, ledger))
    return results, problems


def find_areas(catalogue: Catalogue, checked: Sequence[_Checked]) -> Mapping[str, Province]:
    """Return the provinces, and behind them the whole country where a claim is of it."""
    country = catalogue.country
    if country is None or all(claim.province is not country for each in checked for claim in each.claims):
        return catalogue.provinces
    return {**catalogue.provinces, country.slug: country}


def _collect(results: Sequence[_Checked], catalogue: Catalogue, problems: Sequence[Problem]) -> Collection:
    """Return the collection of all articles without a problem; none where the catalogue has one."""
    withheld = {problem.path for problem in problems}
    sound = [each for each in results if each.source.path not in withheld] if catalogue.is_whole else []
    return Collection(
        provinces=find_areas(catalogue, sound),
        country=catalogue.country,
        topics=catalogue.topics,
        breakdowns=catalogue.breakdowns,
        criteria=catalogue.criteria,
        measures=catalogue.measures,
        ratios=catalogue.ratios,
        indicators=catalogue.indicators,
        units=catalogue.units,
        sources=tuple(each.source for each in sound),
        claims=tuple(checked for each in sound for checked in each.claims),
        ledger=tuple(entry for each in sound for entry in each.ledger),
    )
