"""No article that was shown is lost: where its file or its text is sound no more, both stay as they were last good.

An article is known by the name of its text, or by the text itself, whatever file of data/claims/ describes it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from extract.claims import collection as claims
from extract.claims.catalogue import Catalogue
from extract.claims.collection import Source
from extract.claims.load.articles import read_description
from extract.claims.load.parsed import parse_file
from extract.claims.records import ArticleFile
from extract.claims.yaml.strict import Location, find_line
from extract.text.problems import Problem

Files: TypeAlias = Mapping[str, bytes]
Load: TypeAlias = Callable[[Files, Sequence[Problem]], tuple[claims.Collection, list[Problem]]]
"""Returns the collection of files, and all problems, those of the files that could not be read among them."""

GONE: Final = "is gone: put it back, or start the server anew without it"


class Good(NamedTuple):
    """What was shown last: files, and the collection that they make."""

    files: Files
    collection: claims.Collection


class Kept(NamedTuple):
    """Files that leave no article out that was shown, and the collection that they make."""

    files: Files
    collection: claims.Collection
    reasons: Mapping[str, Problem]
    """Why a file of data/claims/ is not shown as it is on the disk, by its path."""


class UnfitError(Exception):
    """An article that was shown does not fit what all articles share any more: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep what is wrong with the article."""
        super().__init__(str(problem))
        self.problem = problem


def keep_articles(
    files: Files, loaded: tuple[claims.Collection, list[Problem]], good: Good, load: Load, *, there: Collection[str]
) -> Kept:
    """Return `files` with as few of them as possible put back to their last good state, so that no article is lost.

    `loaded` is what they were loaded to, and `there` the paths of all files on the disk. Raises UnfitError where
    putting back files of articles is not enough.
    """
    shown = dict(files)
    reasons: dict[str, Problem] = {}
    collection, problems = loaded
    while lost := _find_lost(good.collection, collection):
        broken = [source for source in lost if any(shown.get(path) != good.files[path] for path in _list_paths(source))]
        for source in broken:
            reasons[source.path] = _explain_loss(source, files, problems, there)
            shown.update((path, good.files[path]) for path in _list_paths(source))
        if not broken:
            rivals = _find_rivals(lost, shown, good, problems)
            if not rivals:
                raise UnfitError(find_problem(problems, lost[0].path))
            reasons.update(rivals)
            shown = {path: raw for path, raw in shown.items() if path not in rivals}
            shown.update((path, good.files[path]) for path in rivals if path in good.files)
        collection, problems = load(shown, ())
    return Kept(shown, collection, reasons)


def find_problem(problems: Sequence[Problem], *paths: str) -> Problem:
    """Return what is wrong with an article, at the first of its paths that has a problem."""
    own = (problem for path in paths for problem in problems if problem.path == path)
    return next(own, Problem(paths[0], 1, "-", "does not fit the other files: run the check"))


def get_seed_path(source: Source) -> str:
    """Return the path of an article's text."""
    return f"seeds/{source.record.article.seed}"


def _list_paths(source: Source) -> tuple[str, str]:
    return source.path, get_seed_path(source)


def _find_lost(good: claims.Collection, now: claims.Collection) -> list[Source]:
    """Return the articles that were shown and are sound no more."""
    seeds = {source.record.article.seed for source in now.sources}
    texts = {source.record.article.sha256 for source in now.sources}
    return [
        source
        for source in good.sources
        if source.record.article.seed not in seeds and source.record.article.sha256 not in texts
    ]


def _explain_loss(source: Source, files: Files, problems: Sequence[Problem], there: Collection[str]) -> Problem:
    """Return why an article cannot be shown as its file is now."""
    if source.path not in there:
        return Problem(source.path, 1, "-", GONE)
    seed = source.record.article.seed
    named = _find_names(source.path, files[source.path]) if source.path in files else {}
    other = next((name for name, place in named.items() if place.location == ("article", "seed")), seed)
    if other != seed:
        message = f"describes {other} now, not {seed}: put the file of {seed} back, and save this one beside it"
        return Problem(source.path, named[other].line, seed, message)
    return find_problem(problems, *_list_paths(source))


class _Place(NamedTuple):
    """Where a file names something."""

    location: Location
    line: int


def _find_rivals(lost: Sequence[Source], shown: Files, good: Good, problems: Sequence[Problem]) -> dict[str, Problem]:
    """Return the changed files that lost articles do not fit, with the reason; the lost ones are as they were.

    Such a file takes an id or a text of theirs, or lacks an id that they refer to.
    """
    before = {source.path: source for source in good.collection.sources}
    rivals: dict[str, Problem] = {}
    for path, raw in shown.items():
        if not path.startswith("data/claims/") or raw == good.files.get(path):
            continue
        now = _find_names(path, raw)
        earlier = _list_names(before[path].record) if path in before else {}
        for source in lost:
            shared = _list_names(source.record).keys() & {*now, *earlier}
            if shared and path not in rivals:
                line = min((now[name].line for name in shared if name in now), default=1)
                theirs = find_problem(problems, source.path)
                message = f"does not fit {theirs.path}:{theirs.line}: {theirs.id}: {theirs.message}"
                own = next((problem for problem in problems if problem.path == path), None)
                rivals[path] = own or Problem(path, line, "-", message)
    return rivals


def _find_names(path: str, raw: bytes) -> dict[str, _Place]:
    """Return what a file names that other files may name, too, and where: its text, its ids, the ids it refers to."""
    description = read_description(path, parse_file(raw), Catalogue(is_whole=False))
    if description.record is None:
        return {}
    names = _list_names(description.record).items()
    return {name: _Place(location, find_line(description.lines, location)) for name, location in names}


def _list_names(record: ArticleFile) -> dict[str, Location]:
    names: dict[str, Location] = {}
    for name, location in _iterate_names(record):
        names.setdefault(name, location)
    return names


def _iterate_names(record: ArticleFile) -> Iterator[tuple[str, Location]]:
    yield record.article.seed, ("article", "seed")
    for above, sentence in enumerate(record.sentences):
        for index, claim in enumerate(sentence.claims):
            here: Location = ("sentences", above, "claims", index)
            yield claim.id, (*here, "id")
            for field, name in (("part_of", claim.part_of), ("same_as", claim.same_as)):
                if name is not None:
                    yield name, (*here, field)
            for name in claim.overlaps:
                yield name, (*here, "overlaps")
