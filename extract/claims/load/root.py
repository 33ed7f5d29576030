"""From the files of a root to a collection: all that fits, and every problem of what does not.

A file of data/claims/ with a problem is withheld whole: none of its claims enters the collection, the others do.
"""

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from extract.claims.catalogue import Catalogue
from extract.claims.check.references import check_references
from extract.claims.collection import Collection
from extract.claims.files import read_root
from extract.claims.load.article import ArticleBytes, Checked, KnownArticle, check_description
from extract.claims.load.articles import Description, check_seeds, find_pending, read_description
from extract.claims.load.catalogue import CatalogueCache
from extract.claims.load.parsed import ParsedCache, ParsedText
from extract.claims.load.workers import count_processes, read_articles
from extract.claims.records import Province
from extract.text.problems import Problem, UnreadableError, format_message, shorten

_SEED: Final = re.compile(rb"""^ *seed: *["']?(?P<name>[^\s"'#]+)""", re.MULTILINE)


def load_root(root: Path, *, today: date | None = None) -> tuple[Collection, list[Problem]]:
    """Return all that is sound under a root, and every problem of the rest, in the order of files and lines."""
    files, unreadable = read_root(root)
    return load_collection(files, today=today, unreadable=unreadable)


def load_collection(
    files: Mapping[str, bytes], *, today: date | None = None, unreadable: Sequence[Problem] = ()
) -> tuple[Collection, list[Problem]]:
    """Return all that is sound in files, and every problem of the rest, in the order of files and lines.

    `files` are bytes by path, as `read_root` returns them; `unreadable` is what it could not read, and why. `today` is
    the day after which nothing can have been counted; the clock's where it is not given.
    """
    return Loader().load(files, today=today, unreadable=unreadable)


class Loader:
    """Loads files again and again: what has not changed since the last load is neither parsed nor checked again.

    The claims of an article that has not changed are the same objects as before.
    """

    def __init__(self, note: Callable[[int], None] = lambda _: None) -> None:
        """Begin with nothing known; the first load tells `note` now and then how many articles it has read."""
        self._parsed = ParsedCache()
        self._catalogue = CatalogueCache()
        self._checked_with: tuple[Catalogue, date] | None = None
        self._checked: dict[str, KnownArticle] = {}
        self._note = note

    def load(
        self, files: Mapping[str, bytes], *, today: date | None = None, unreadable: Sequence[Problem] = ()
    ) -> tuple[Collection, list[Problem]]:
        """Return what `load_collection` returns."""
        today = today or date.today()
        with without_collecting():
            refused = {problem.path: problem for problem in unreadable}
            catalogue, problems = self._catalogue.load(files, refused)
            if not self._checked:
                self._read_first(files, catalogue, today)
            self._parsed.parse_all(files, catalogue.nouns)
            descriptions = _read_descriptions(self._parsed, refused, catalogue)
            problems += [problem for each in descriptions for problem in each.problems]
            texts, text_problems = _check_texts(descriptions, self._parsed, refused)
            problems += text_problems
            checked = self._check_all(descriptions, texts, catalogue, today)
            problems += [problem for each in checked for problem in each.problems]
            faulty_ids = {name for each in descriptions for name in each.faulty_ids}
            sources = [each.source for each in checked if each.source is not None]
            problems += check_references(sources, catalogue, faulty_ids)
            problems += [problem for problem in unreadable if not problem.path.startswith("seeds/")]
            pending = tuple(find_pending(descriptions, [*self._parsed.texts, *refused]))
            collection = replace(_collect(checked, catalogue, problems), pending=pending)
            if not descriptions:
                problems.append(Problem("data/claims", 1, "-", "holds no article's file: nothing was checked"))
            if not collection.claims and not problems:
                problems.append(Problem("data/claims", 1, "-", "holds no claim: nothing was checked"))
        # Nor does what is only compared, logged or shown hold more than what is printed.
        shown = dict.fromkeys(
            Problem(path, line, shorten(name), format_message(words)) for path, line, name, words in problems
        )
        return collection, sorted(shown, key=lambda problem: problem[:2])

    def _read_first(self, files: Mapping[str, bytes], catalogue: Catalogue, today: date) -> None:
        """Read and check all articles, on several processes where they are many."""
        articles = list(pair_files(files))
        processes = count_processes(articles)
        known = read_articles(articles, catalogue, today, processes=processes, note=self._note)
        texts = {each.text_path: known[each.path].text for each in articles if each.path in known}
        self._parsed.nouns = catalogue.nouns
        self._parsed.articles = {path: each.file for path, each in known.items()}
        self._parsed.texts = {path: text for path, text in texts.items() if text is not None}
        self._checked_with, self._checked = (catalogue, today), known

    def _check_all(
        self,
        descriptions: Sequence[Description],
        texts: Mapping[str, ParsedText | UnreadableError],
        catalogue: Catalogue,
        today: date,
    ) -> list[Checked]:
        """Hold every description against its text, but for those that were held against it before."""
        if self._checked_with != (catalogue, today):
            self._checked_with, self._checked = (catalogue, today), {}
        now: dict[str, KnownArticle] = {}
        for description in descriptions:
            file = self._parsed.articles.get(description.path)
            if file is None:
                continue
            text = texts.get(f"seeds/{description.seed}")
            known = self._checked.get(description.path)
            if known is None or known.file is not file or known.text is not text:
                known = KnownArticle(file, text, check_description(description, text, catalogue, today))
            now[description.path] = known
        self._checked = now
        return [known.checked for known in now.values()]


def pair_files(files: Mapping[str, bytes]) -> Iterator[ArticleBytes]:
    """Yield each file of data/claims/ with the text that it seems to describe, where there is such a text."""
    for path, raw in files.items():
        named = _SEED.search(raw) if path.startswith("data/claims/") else None
        text_path = f"seeds/{named['name'].decode(errors='replace')}" if named else ""
        if text_path in files:
            yield ArticleBytes(path, raw, text_path, files[text_path])


@contextmanager
def without_collecting() -> Iterator[None]:
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


def _check_texts(
    descriptions: Sequence[Description], parsed: ParsedCache, refused: Mapping[str, Problem]
) -> tuple[Mapping[str, ParsedText | UnreadableError], list[Problem]]:
    """Return every text of seeds/ as far as it can be read, by its path, and what is wrong with the folder."""
    seeds = {path.removeprefix("seeds/"): problem for path, problem in refused.items() if path.startswith("seeds/")}
    misnamed = {name: problem for name, problem in seeds.items() if not name.endswith(".txt")}
    names = sorted({*seeds, *(path.removeprefix("seeds/") for path in parsed.texts)})
    problems = list(check_seeds(descriptions, names, misnamed))
    return {**parsed.texts, **{each.path: UnreadableError(each.message) for each in seeds.values()}}, problems


def find_areas(catalogue: Catalogue, checked: Sequence[Checked]) -> Mapping[str, Province]:
    """Return the provinces, and behind them the whole country where a claim is of it."""
    country = catalogue.country
    if country is None or all(claim.province is not country for each in checked for claim in each.claims):
        return catalogue.provinces
    return {**catalogue.provinces, country.slug: country}


def _collect(results: Sequence[Checked], catalogue: Catalogue, problems: Sequence[Problem]) -> Collection:
    """Return the collection of all articles without a problem; none where the catalogue has one."""
    withheld = {problem.path for problem in problems}
    found = [(each, each.source) for each in results if each.source is not None] if catalogue.is_whole else []
    sound = [(each, source) for each, source in found if source.path not in withheld]
    return Collection(
        provinces=find_areas(catalogue, [each for each, _ in sound]),
        country=catalogue.country,
        topics=catalogue.topics,
        breakdowns=catalogue.breakdowns,
        criteria=catalogue.criteria,
        measures=catalogue.measures,
        ratios=catalogue.ratios,
        indicators=catalogue.indicators,
        units=catalogue.units,
        sources=tuple(source for _, source in sound),
        claims=tuple(checked for each, _ in sound for checked in each.claims),
        ledger=tuple(entry for each, _ in sound for entry in each.ledger),
    )
