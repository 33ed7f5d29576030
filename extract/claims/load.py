"""From a folder of `data/` and `seeds/` to a collection: all that fits, and every problem of what does not.

A file of data/claims/ with a problem is withheld whole: none of its claims enters the collection, the others do.
"""

import gc
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import BaseModel

from extract.claims.catalogue import Catalogue
from extract.claims.check import check_article
from extract.claims.collection import CheckedClaim, Collection, LedgerEntry, Source
from extract.claims.kept import LEAST_KEPT, keep, read_kept
from extract.claims.ledger import account_article
from extract.claims.messages import make_printable, suggest
from extract.claims.parsed import Parsed, ParsedText, parse_file, parse_text
from extract.claims.records import ArticleFile, IndicatorsFile, ProvincesFile, UnitsFile
from extract.claims.references import check_references
from extract.claims.salvage import salvage
from extract.claims.strict_yaml import Fault, Location, Node, Tree, find_line, parse_yaml
from extract.claims.validate import Misfit, validate_tree
from extract.claims.wording import read_wording
from extract.text.files import read_regular
from extract.text.problems import Problem, UnreadableError
from extract.text.reading import Reading
from extract.text.sentences import Span

R = TypeVar("R", bound=BaseModel)

REPOSITORY = Path(__file__).resolve().parents[2]


def find_root(argument: str | None = None) -> Path:
    """Return the folder that holds `data/` and `seeds/`: the argument, else FIGURES_ROOT, else the repository."""
    return Path(argument or os.environ.get("FIGURES_ROOT") or REPOSITORY)


def load_collection(root: Path, *, today: date | None = None) -> tuple[Collection, list[Problem]]:
    """Return all that is sound under a root, and every problem of the rest, in the order of files and lines.

    `today` is the day after which nothing can have been counted; the clock's where it is not given.
    """
    load = _Load(root, today or date.today())
    with _uncollected():
        catalogue = load.read_catalogue()
        drafts = load.read_articles(catalogue)
        load.check_seeds(drafts)
        collection = load.join(catalogue, drafts)
        load.keep_parsed()
    _Load.last_parsed = load.parsed
    problems = dict.fromkeys(Problem(path, line, *map(make_printable, rest)) for path, line, *rest in load.problems)
    return collection, sorted(problems, key=lambda problem: problem[:2])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for circles: a load makes many records that stay, and looking costs a quarter of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Together these call old what was made meanwhile: it is not looked through as if it were to go soon.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


@dataclass(kw_only=True)
class _Draft:
    """One file of data/claims/ on its way to a source: what could be read of it."""

    path: str
    lines: Mapping[Location, int]
    seed: str
    record: ArticleFile | None
    has_seed_name: bool = True
    """Whether the seed is named as seeds are."""
    is_pruned: bool = False
    """Whether parts that do not fit were left out, so that the rest could be checked."""
    broken_ids: set[str] = field(default_factory=set)
    source: Source | None = None
    text: ParsedText | None = None


class _Load:
    """One pass over a root: what it reads, and the problems found so far."""

    last_parsed: ClassVar[Parsed] = Parsed()
    """What the last load parsed: a page that loads its data anew works only on what has changed since."""

    def __init__(self, root: Path, today: date) -> None:
        self.root = root
        self.today = today
        self.problems: list[Problem] = []
        self.parsed = Parsed()
        self.parsed_before = self.last_parsed

    def report(self, path: str, line: int, subject: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(path, line, subject, message))

    # Files

    def read_bytes(self, path: str, folder: str) -> bytes | None:
        """Return the bytes of a file, or None where it cannot be read, which is noted."""
        try:
            return read_regular(self.root / path, self.root / folder)
        except UnreadableError as error:
            self.report(path, 1, "-", str(error))
            return None

    def report_faults(self, path: str, faults: Sequence[Fault]) -> None:
        """Note what is wrong with a file as YAML."""
        for fault in faults:
            self.report(path, fault.line, "-", fault.message)

    def list_names(self, folder: str) -> list[str]:
        """Return the names in a folder, sorted; hidden files and an editor's backups are not looked at."""
        try:
            names = sorted(os.listdir(self.root / folder))  # noqa: PTH208
        except OSError as error:
            self.report(
                folder, 1, "-", f"cannot be read ({error.strerror}): the folder must stand in {self.root.name or '/'}"
            )
            return []
        return [name for name in names if not name.startswith(".") and not name.endswith("~")]

    # The catalogue

    def read_record(self, path: str, record: type[R]) -> tuple[R | None, Tree | None]:
        """Return the record of one of the three files that all claims refer to."""
        raw = self.read_bytes(path, "data")
        if raw is None:
            return None, None
        tree = parse_yaml(raw)
        self.report_faults(path, tree.faults)
        if tree.root is None:
            return None, None
        found, misfits = validate_tree(record, tree.root)
        for misfit in misfits:
            self.report_misfit(path, tree.lines, _find_key(tree.root, misfit.location), misfit)
        return (found if not tree.faults else None), tree

    def report_misfit(self, path: str, lines: Mapping[Location, int], subject: str, misfit: Misfit) -> None:
        """Note what does not fit a record."""
        self.report(path, find_line(lines, misfit.location), subject, misfit.message)

    def read_catalogue(self) -> Catalogue:
        """Return provinces, topics, indicators and units, empty where their file does not fit."""
        if not (self.root / "data").is_dir():
            self.report("data", 1, "-", f"is missing under {self.root}: give the folder that holds data/ and seeds/")
        provinces, provinces_tree = self.read_record("data/provinces.yaml", ProvincesFile)
        units, units_tree = self.read_record("data/units.yaml", UnitsFile)
        indicators, indicators_tree = self.read_record("data/indicators.yaml", IndicatorsFile)
        before = len(self.problems)
        if provinces is not None and provinces_tree is not None:
            slugs = [province.slug for province in provinces.provinces]
            self.check_repeated("data/provinces.yaml", provinces_tree, "provinces", "slug", slugs)
        if units is not None and units_tree is not None:
            self.check_repeated("data/units.yaml", units_tree, "units", "key", [unit.key for unit in units.units])
        if indicators is not None and indicators_tree is not None:
            self.check_indicators(indicators, indicators_tree, units)
        is_whole = None not in (provinces, units, indicators) and len(self.problems) == before
        self.check_wording()
        return Catalogue(
            provinces={province.slug: province for province in provinces.provinces} if provinces and is_whole else {},
            topics={topic.id: topic for topic in indicators.topics} if indicators and is_whole else {},
            indicators={indicator.id: indicator for indicator in indicators.indicators}
            if indicators and is_whole
            else {},
            units={unit.key: unit for unit in units.units} if units and is_whole else {},
            is_whole=is_whole,
        )

    def check_wording(self) -> None:
        """Note what is wrong with the page's words, where the root has words of its own."""
        path = "data/wording.yaml"
        if (self.root / path).exists() and (raw := self.read_bytes(path, "data")) is not None:
            for fault in read_wording(raw)[1]:
                self.report(path, fault.line, "-", fault.message)

    def check_repeated(self, path: str, tree: Tree, group: str, key: str, names: Sequence[str]) -> None:
        """Note every name that stands twice in a file of the catalogue."""
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            line = find_line(tree.lines, (group, index, key))
            if name in first:
                self.report(
                    path,
                    line,
                    name,
                    f"{key} «{name}» stands twice (first on line {first[name]}): every one has its own",
                )
            first.setdefault(name, line)

    def check_indicators(self, file: IndicatorsFile, tree: Tree, units: UnitsFile | None) -> None:
        """Note indicators of a topic or a unit that is unknown, and repeated ids."""
        path = "data/indicators.yaml"
        topics = [topic.id for topic in file.topics]
        self.check_repeated(path, tree, "topics", "id", topics)
        self.check_repeated(path, tree, "indicators", "id", [indicator.id for indicator in file.indicators])
        keys = [unit.key for unit in units.units] if units else None
        for index, indicator in enumerate(file.indicators):
            if indicator.topic not in topics:
                line = find_line(tree.lines, ("indicators", index, "topic"))
                self.report(
                    path, line, indicator.id, f"unknown topic «{indicator.topic}»: {suggest(indicator.topic, topics)}"
                )
            if keys is not None and indicator.unit not in keys:
                line = find_line(tree.lines, ("indicators", index, "unit"))
                self.report(
                    path, line, indicator.id, f"unknown unit «{indicator.unit}»: {suggest(indicator.unit, keys)}"
                )

    # The articles

    def read_articles(self, catalogue: Catalogue) -> list[_Draft]:
        """Return every file of data/claims/ as far as it can be read, in the order of their seeds."""
        drafts: list[_Draft] = []
        names = self.list_names("data/claims")
        if len(names) >= LEAST_KEPT and not self.parsed_before.files:
            self.parsed_before = read_kept()
        for name in names:
            path = f"data/claims/{name}"
            if not name.endswith(".yaml"):
                self.report(path, 1, "-", "is no file of an article: its name must end in .yaml")
                continue
            raw = self.read_bytes(path, "data/claims")
            drafts.append(
                self.read_draft(path, raw, catalogue)
                if raw is not None
                else _Draft(path=path, lines={}, seed="", record=None)
            )
        if not drafts:
            self.report("data/claims", 1, "-", "holds no article's file: nothing was checked")
        return sorted(drafts, key=lambda draft: (draft.seed, draft.path))

    def read_draft(self, path: str, raw: bytes, catalogue: Catalogue) -> _Draft:
        """Return what one file states, its faulty parts left out."""
        sha256 = hashlib.sha256(raw).hexdigest()
        parsed = self.parsed.files[sha256] = self.parsed_before.files.get(sha256) or parse_file(raw)
        lines, faults, record, root, misfits = parsed
        self.report_faults(path, faults)
        if record is not None:
            return _Draft(path=path, lines=lines, seed=record.article.seed, record=record)
        if root is None:
            return _Draft(path=path, lines=lines, seed="", record=None)
        seed = _find_seed(root)
        for misfit in misfits:
            subject = _find_claim_id(root, misfit.location) or seed or "-"
            self.report_misfit(path, lines, subject, _name_nearest(root, misfit, catalogue))
        has_seed_name = all(misfit.location != ("article", "seed") for misfit in misfits)
        rest = salvage(root, lines, misfits)
        draft = _Draft(path=path, lines=lines, seed=seed, record=None, has_seed_name=has_seed_name, is_pruned=True)
        if rest is not None:
            draft.record, draft.lines = rest
        draft.broken_ids = set(_find_ids(root))
        return draft

    def check_seeds(self, drafts: Sequence[_Draft]) -> None:
        """Read the text of each article; note seeds that are missing, unreadable, described twice or not at all."""
        listed = self.list_names("seeds")
        names = set(listed)
        first: dict[str, str] = {}
        for draft in drafts:
            if not draft.seed:
                continue
            line = find_line(draft.lines, ("article", "seed"))
            if draft.seed in first:
                self.report(
                    draft.path,
                    line,
                    draft.seed,
                    f"this seed is described already by {first[draft.seed]}: keep one file",
                )
            first.setdefault(draft.seed, draft.path)
            if draft.seed not in names and draft.has_seed_name:
                self.report(
                    draft.path, line, draft.seed, f"seed «{draft.seed}» is not in seeds/: {suggest(draft.seed, listed)}"
                )
            elif draft.record is not None:
                self.read_seed(draft, draft.record)
        if any(draft.seed not in names for draft in drafts):
            return  # one of these is what that file means to describe
        for name in listed:
            if not name.endswith(".txt"):
                self.report(f"seeds/{name}", 1, name, "is no article: its name must end in .txt")
            elif name not in first:
                advice = f"write one from `python -m extract draft seeds/{name}`"
                self.report(f"seeds/{name}", 1, name, f"no file of data/claims/ describes this article: {advice}")

    def read_seed(self, draft: _Draft, record: ArticleFile) -> None:
        """Give a draft the text it describes, and the reading of it."""
        path = f"seeds/{draft.seed}"
        try:
            raw = read_regular(self.root / path, self.root / "seeds")
            found = hashlib.sha256(raw).hexdigest()
            parsed = self.parsed.texts[found] = self.parsed_before.texts.get(found) or parse_text(raw)
        except UnreadableError as error:
            self.report(path, error.line, draft.seed, str(error))
            return
        if record.article.sha256 not in ("", found):
            self.report(
                draft.path,
                find_line(draft.lines, ("article", "sha256")),
                draft.seed,
                f"sha256 {record.article.sha256[:12]}… is not that of seeds/{draft.seed}, {found}:"
                " put the text back, or check every claim against the new one and write its sha256",
            )
        draft.source = Source(path=draft.path, record=record, lines=draft.lines, text=parsed.text)
        draft.text = parsed

    def keep_parsed(self) -> None:
        """Keep what was parsed for a later process, where that saves it much."""
        now, before = self.parsed, self.parsed_before
        anew = len(now.files.keys() - before.files.keys()) + len(now.texts.keys() - before.texts.keys())
        if len(now.files) >= LEAST_KEPT and anew >= LEAST_KEPT:
            keep(now)

    # All together

    def join(self, catalogue: Catalogue, drafts: Sequence[_Draft]) -> Collection:
        """Check every article against its text, and return the collection of those without a problem."""
        accounts: list[tuple[Source, list[CheckedClaim], tuple[LedgerEntry, ...]]] = []
        for draft in drafts:
            if draft.source is None or draft.text is None:
                continue
            text, sentences, mentions = draft.text
            reading = Reading(text=text.text, sentences=sentences, mentions=mentions)
            findings = check_article(draft.source, reading, catalogue, today=self.today)
            if draft.is_pruned:
                # The numbers of what was left out would all be asked for.
                findings.unplaced.append(Span(0, len(reading.text)))
            account = account_article(draft.source, reading, findings, catalogue)
            self.problems += [*findings.problems, *account.problems]
            accounts.append((draft.source, findings.claims, account.entries))
        sources = [draft.source for draft in drafts if draft.source is not None]
        known = set().union(*(draft.broken_ids for draft in drafts))
        self.problems += check_references(sources, catalogue, known)
        withheld = {problem.path for problem in self.problems}
        sound = [each for each in accounts if each[0].path not in withheld] if catalogue.is_whole else []
        claims = tuple(
            checked for _, claims, _ in sound for checked in sorted(claims, key=lambda checked: checked.figure_start)
        )
        if not claims and not self.problems:
            self.report("data/claims", 1, "-", "holds no claim: nothing was checked")
        return Collection(
            provinces=catalogue.provinces,
            topics=catalogue.topics,
            indicators=catalogue.indicators,
            units=catalogue.units,
            sources=tuple(source for source, _, _ in sound),
            claims=claims,
            ledger=tuple(entry for _, _, entries in sound for entry in entries),
        )


def _name_nearest(root: Node, misfit: Misfit, catalogue: Catalogue) -> Misfit:
    """Add the nearest right name to what is wrong with the name of a province or an indicator."""
    known = {"province": catalogue.provinces, "indicator": catalogue.indicators}.get(
        str(misfit.location[-1]) if misfit.location else "", {}
    )
    given = _find_text(root, misfit.location)
    return Misfit(misfit.location, f"{misfit.message}; {suggest(given, known)}") if known and given else misfit


def _find_seed(root: Node) -> str:
    """Return the seed that a file names, whatever else is wrong with it; empty where it names none."""
    article = root.get("article") if isinstance(root, dict) else None
    seed = article.get("seed") if isinstance(article, dict) else None
    return seed if isinstance(seed, str) else ""


def _find_node(root: Node, location: Location) -> Node | None:
    node: Node | None = root
    for step in location:
        if isinstance(node, dict) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int):
            node = node[step]
        else:
            return None
    return node


def _find_text(root: Node, location: Location) -> str | None:
    node = _find_node(root, location)
    return node if isinstance(node, str) and node else None


def _find_claim_id(root: Node, location: Location) -> str | None:
    """Return the id of the claim that a place of a file belongs to, or of the first claim of its sentence."""
    if location[:1] != ("sentences",) or len(location) < 2:
        return None
    if location[2:3] == ("claims",) and len(location) > 3:
        return _find_text(root, (*location[:4], "id"))
    return _find_text(root, (*location[:2], "claims", 0, "id"))


def _find_key(root: Node, location: Location) -> str:
    """Return the key of the item that a place of a catalogue file belongs to."""
    names = (_find_text(root, (*location[:2], key)) for key in ("id", "key", "slug"))
    return next((name for name in names if name), "-")


def _find_ids(root: Node) -> Iterator[str]:
    """Yield the ids of all claims of a file, whatever else is wrong with them."""
    sentences = root.get("sentences") if isinstance(root, dict) else None
    for above, sentence in enumerate(sentences if isinstance(sentences, list) else []):
        claims = sentence.get("claims") if isinstance(sentence, dict) else None
        for index in range(len(claims) if isinstance(claims, list) else 0):
            if (name := _find_text(root, ("sentences", above, "claims", index, "id"))) is not None:
                yield name
