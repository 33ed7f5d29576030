"""One state of the data, as the page shows it: all that is sound, and the rest as it was last good.

An article whose file breaks, cannot be read or vanishes stays as it was last read, beside the others as they are now.
Where a file that all articles share breaks, everything stays. `lost_articles` decides what stays.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Collection as Paths
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from markupsafe import Markup

from extract.claims.collection import Collection, Source
from extract.claims.files import REPOSITORY, WORDING
from extract.claims.records import Lang
from extract.claims.wording import Wording, parse_wording
from extract.figures.table import FigureTable
from extract.page.notices import Notice, NoticeKind
from extract.page.page import Page
from extract.page.views import Content, compose_view
from extract.page.views.data import compose_data
from extract.page.views.frame import compose_head
from extract.server.lost_articles import (
    Files,
    Good,
    Kept,
    Load,
    UnfitError,
    find_problem,
    get_seed_path,
    keep_articles,
)
from extract.text.files import read_regular
from extract.text.problems import Problem, shorten

LEAST_LEFT: Final = 0.75
"""An article that keeps less than this part of its figures has lost many."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Snapshot:
    """One state of the data, whole: what a page run shows, from its first line to its last."""

    collection: Collection
    table: FigureTable
    """The table of its figures, and what is looked up beside it."""
    files: Files
    """The bytes that the collection was read from, by path relative to the root; and the page's words, always sound."""
    wording: Mapping[Lang, Wording]
    """The page's words in each language."""
    compose: Callable[[Page], Content]
    """Returns the view that a page's address names; what it has returned lately is kept, and ends with this state."""
    compose_head: Callable[[Page, str], Markup]
    """Returns the head of a page whose address, without its query, is given; kept likewise."""
    version: str
    """Changes with `files`: 16 digits of their sha256."""
    problems: tuple[Problem, ...] = ()
    """All that is wrong with the files as they are on the disk."""
    notices: tuple[Notice, ...] = ()


def make_snapshot(files: Files, unreadable: Sequence[Problem], good: Snapshot | None, load: Load) -> Snapshot:
    """Return what to show of files as they are now.

    `unreadable` says which files are there and cannot be read; `good` is what was shown so far, None at a cold start.
    """
    collection, problems = load(files, unreadable)
    broken = next((problem for problem in problems if _is_shared(problem.path)), None)
    if broken is not None:
        return _freeze(good, broken, problems)
    there = {*files, *(problem.path for problem in unreadable)}
    shown = {**files, WORDING: _choose_wording(files, good)}
    kept = Kept(shown, collection, {})
    if good is not None:
        try:
            kept = keep_articles(shown, (collection, problems), Good(good.files, good.collection), load, there=there)
        except UnfitError as error:
            return _freeze(good, error.problem, problems)
    notices = [*_make_kept_notices(kept, good), *_make_withheld_notices(kept, there, problems)]
    if good is not None:
        notices += _make_loss_notices(good, kept)
    return replace(_arrange(kept.collection, kept.files, good), problems=tuple(problems), notices=tuple(notices))


def make_empty_snapshot() -> Snapshot:
    """Return a state without any data."""
    empty = Collection(sources=(), claims=(), ledger=())
    return _arrange(empty, {WORDING: _read_own_wording()})


def _arrange(collection: Collection, files: Files, good: Snapshot | None = None) -> Snapshot:
    """Return a state with all that is computed once for it, here rather than in the first reader's run.

    What has not changed since the last good state is taken from there.
    """
    return Snapshot(
        collection=collection,
        table=FigureTable(collection, good.table if good is not None else None),
        files=files,
        wording=parse_wording(files[WORDING]),
        compose=lru_cache(maxsize=32)(compose_view),
        compose_head=lru_cache(maxsize=32)(_compose_head),
        version=_digest(files),
    )


def _compose_head(page: Page, base: str) -> Markup:
    return compose_head(page, compose_data(page, base))


def _digest(files: Files) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()[:16]


def _is_shared(path: str) -> bool:
    """Tell whether a file is one that all articles share. Without sound words of its own, a page uses the program's."""
    folder, _, name = path.rpartition("/")
    return folder == "data" and name.endswith(".yaml") and path != WORDING


@cache
def _read_own_wording() -> bytes:
    return read_regular(REPOSITORY / WORDING, REPOSITORY / "data")


def _choose_wording(files: Files, good: Snapshot | None) -> bytes:
    """Return the page's words: as they are now where they are sound, else as last good, else the program's own."""
    last = good.files[WORDING] if good is not None else _read_own_wording()
    now = files.get(WORDING, last)
    try:
        parse_wording(now)
    except ValueError:
        return last
    return now


def _freeze(good: Snapshot | None, problem: Problem, problems: Sequence[Problem]) -> Snapshot:
    """Return the last good state as a whole, or nothing, with the reason."""
    snapshot = good or make_empty_snapshot()
    kind = NoticeKind.EMPTY if good is None else NoticeKind.FROZEN
    notice = Notice(kind=kind, problem=problem, figures=len(snapshot.collection.claims))
    return replace(snapshot, problems=tuple(problems), notices=(notice,))


def _get_title(source: Source) -> str:
    return source.record.article.title or source.record.article.seed


def _count_claims(source: Source) -> int:
    return sum(len(sentence.claims) for sentence in source.record.sentences)


def _make_kept_notices(kept: Kept, good: Snapshot | None) -> Iterator[Notice]:
    """Yield a notice for each file that is not shown as it is on the disk because of an article that was shown."""
    shown = {source.path: source for source in good.collection.sources} if good is not None else {}
    for path, reason in kept.reasons.items():
        source = shown.get(path)
        if source is None:
            yield Notice(kind=NoticeKind.WITHHELD, problem=reason, article=_name_file(path))
        else:
            article, figures = _get_title(source), _count_claims(source)
            yield Notice(kind=NoticeKind.HELD, problem=reason, article=article, figures=figures)


def _make_withheld_notices(kept: Kept, there: Paths[str], problems: Sequence[Problem]) -> Iterator[Notice]:
    told = {*kept.reasons, *(source.path for source in kept.collection.sources)}
    for path in sorted(there):
        if path.startswith("data/claims/") and path not in told:
            yield Notice(kind=NoticeKind.WITHHELD, problem=find_problem(problems, path), article=_name_file(path))


def _name_file(path: str) -> str:
    return shorten(path.rpartition("/")[2].removesuffix(".yaml"))


def _make_loss_notices(good: Snapshot, kept: Kept) -> Iterator[Notice]:
    """Yield the notices of articles that lost many figures, now or since an earlier change of the same file."""
    before = {get_seed_path(source): source for source in good.collection.sources}
    standing = {notice.problem.path: notice for notice in good.notices if notice.kind is NoticeKind.LOST}
    for source in kept.collection.sources:
        earlier = before.get(get_seed_path(source))
        if earlier is None:
            continue
        if earlier.path == source.path and good.files[source.path] == kept.files[source.path]:
            if source.path in standing:
                yield standing[source.path]
            continue
        had, has = _count_claims(earlier), _count_claims(source)
        if has < had * LEAST_LEFT:
            message = f"{had} claims → {has}: if this is not meant, put the others back"
            problem = Problem(source.path, 1, "-", message)
            yield Notice(kind=NoticeKind.LOST, problem=problem, article=_get_title(source), figures=has, before=had)
