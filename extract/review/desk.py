"""The desk: a root's files as they stand at every look, and the saving of what the check accepts."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.claims.amend import AmendError, replace_file, write_file
from extract.claims.check.cautions import find_cautions
from extract.claims.collection import Collection
from extract.claims.draft.article import draft_article, slug_of
from extract.claims.draft.base import CLAIMS, find_ids, find_seed
from extract.claims.files import read_root
from extract.claims.load.root import Loader
from extract.claims.status import ArticleStatus, list_status
from extract.claims.yaml.strict import Location, Node, parse_yaml
from extract.review.account import Number, find_numbers
from extract.text.files import read_regular
from extract.text.mentions import find_mentions
from extract.text.problems import Problem, UnreadableError
from extract.text.reading import Reading
from extract.text.sentences import find_sentences
from extract.text.texts import parse_article

DRAFTS = "data/drafts"
CATALOGUE = ("data/provinces.yaml", "data/measures.yaml", "data/units.yaml", "data/indicators.yaml")
"""The catalogue: nothing can be decided while it is broken."""


class SaveError(Exception):
    """A decision that was not written; each argument is a line that says why."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """A root as it stands at one moment."""

    files: Mapping[str, bytes]
    collection: Collection
    problems: Sequence[Problem]

    @property
    def described(self) -> Mapping[str, str]:
        """The file of data/claims/ of each text that has one, by the text's name."""
        return {name: path for path, raw in self.files.items() if path.startswith(CLAIMS) and (name := find_seed(raw))}

    @property
    def taken(self) -> frozenset[str]:
        """The ids of all claims."""
        return frozenset(name for path, raw in self.files.items() if path.startswith(CLAIMS) for name in find_ids(raw))


@dataclass(frozen=True, kw_only=True)
class Work:
    """One article with its file, as far as that goes."""

    seed: str
    path: str
    """Of its file of data/claims/; where it will stand, where it has none."""
    raw: bytes | None
    """Of that file; None of a pending text."""
    root: Node
    """The tree of that file; an empty mapping where it has none, or is no YAML."""
    lines: Mapping[Location, int]
    source: bytes
    """Of the text."""
    reading: Reading
    numbers: Sequence[Number]
    draft: Node
    """The tree of its draft: that of data/drafts/, where one stands there and is YAML, else one made now."""
    problems: Sequence[Problem]
    """What the check says of it."""
    warnings: Sequence[Problem]


class Desk:
    """Reads a root again and again, and writes to it; several windows of one curator may share it."""

    def __init__(self, root: Path) -> None:
        """Sit down at a root."""
        self.root = root
        self._loader = Loader()
        self._drafts: dict[tuple[bytes, int], Node] = {}
        self._lock = threading.RLock()

    def look(self) -> Look:
        """Return the root as it stands now."""
        with self._lock:
            files, unreadable = read_root(self.root)
            collection, problems = self._loader.load(files, unreadable=unreadable)
            return Look(files=files, collection=collection, problems=problems)

    def list_status(self, look: Look) -> list[ArticleStatus]:
        """Return how far each article is."""
        drafted = [name for name in look.collection.pending if (self.root / self.find_draft_path(name)).exists()]
        return list_status(look.collection, look.problems, look.files, drafted)

    @staticmethod
    def find_draft_path(seed: str) -> str:
        """Return where the draft of a text stands, if it has one."""
        return f"{DRAFTS}/{slug_of(seed)}.yaml"

    def open_article(self, look: Look, seed: str) -> Work:
        """Return an article with its file; raise UnreadableError where its text is gone, or none."""
        source = look.files.get(f"seeds/{seed}")
        if source is None:
            raise UnreadableError("is gone from seeds/, or cannot be read: nothing can be decided of it")
        text = parse_article(source).text
        sentences = find_sentences(text)
        mentions = find_mentions(text, sentences, nouns=look.collection.nouns)
        reading = Reading(text=text, sentences=sentences, mentions=mentions)
        path = look.described.get(seed, f"{CLAIMS}/{slug_of(seed)}.yaml")
        raw = look.files.get(path) if seed in look.described else None
        tree = parse_yaml(raw) if raw is not None else None
        root: Node = (tree.root if tree else None) or {}
        problems = [each for each in look.problems if each.path in {path, f"seeds/{seed}"}]
        faulty = {each.id for each in problems}
        cautions = find_cautions(look.collection, look.files)
        return Work(
            seed=seed,
            path=path,
            raw=raw,
            root=root,
            lines=tree.lines if tree else {},
            source=source,
            reading=reading,
            numbers=find_numbers(reading, look.collection, root, faulty),
            draft=self._read_draft(look, seed, source),
            problems=problems,
            warnings=[each for each in cautions if each.path == path],
        )

    def _read_draft(self, look: Look, seed: str, source: bytes) -> Node:
        try:
            path = self.root / self.find_draft_path(seed)
            kept = parse_yaml(read_regular(path, path.parent)).root
        except UnreadableError:
            kept = None
        if kept is not None:
            return kept
        known = (source, id(look.collection.indicators))
        if known not in self._drafts:
            drafted = draft_article(source, seed, look.collection)
            self._drafts = {known: parse_yaml(drafted.encode()).root or {}}
        return self._drafts[known]

    def save(self, work: Work, after: bytes, *, place: Location | None = None) -> None:
        """Put new bytes in the place of an article's file, if the check finds nothing wrong with what they change.

        `place` is where the change stands in them. Raises SaveError, with nothing written, where the check does, where
        somebody else has changed or removed the file or the text, or where it cannot be written.
        """
        with self._lock:
            look = self.look()
            if look.files.get(f"seeds/{work.seed}") != work.source:
                raise SaveError(f"seeds/{work.seed} was changed or removed meanwhile: nothing was written")
            if work.raw is not None and look.files.get(work.path) != work.raw:
                raise SaveError(f"{work.path} was changed meanwhile: nothing was written, the newer one is shown")
            if place is not None and (wrong := self._find_new(look, work.path, after, place)):
                raise SaveError(*wrong)
            try:
                if work.raw is None:
                    write_file(self.root / work.path, after, is_new=True)
                else:
                    replace_file(self.root / work.path, work.raw, after)
            except FileExistsError:
                message = "is there already: somebody has begun it meanwhile, or it describes another text"
                raise SaveError(f"{work.path} {message}; nothing was written") from None
            except OSError as error:
                message = f"cannot be written ({error.strerror}): nothing was written"
                raise SaveError(f"{work.path} {message}") from None
            except AmendError as error:
                raise SaveError(f"{work.path} {error}") from None

    def _find_new(self, look: Look, path: str, after: bytes, place: Location) -> list[str]:
        """Return what is wrong with the part of a file at a place, and was not before."""
        known = Counter((each.id, each.message) for each in look.problems)
        _, problems = self._loader.load({**look.files, path: after})
        tree = parse_yaml(after)
        lines = {line for location, line in tree.lines.items() if location[: len(place)] == place}
        return [
            f"nothing was written: {each.message}"
            for each in problems
            if each.path == path and each.line in lines and not known[each.id, each.message]
        ]


@cache
def open_desk(root: Path) -> Desk:
    """Return the one desk of a root in this process."""
    return Desk(root)


def find_article(root: Path, name: str) -> str | None:
    """Return the text that a curator names by its file, by that of data/claims/ or by its slug; None where none is."""
    files, _ = read_root(root)
    described = {
        Path(path).stem: seed for path, raw in files.items() if path.startswith(CLAIMS) and (seed := find_seed(raw))
    }
    texts = {Path(path).name for path in files if path.startswith("seeds/")}
    slugs = {slug_of(seed): seed for seed in texts}
    stem = Path(name).stem
    return Path(name).name if Path(name).name in texts else described.get(stem) or slugs.get(slug_of(stem))
