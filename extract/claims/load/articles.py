"""From the files of data/claims/ and seeds/, to descriptions of articles, each beside the text it describes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from extract.claims.catalogue import Catalogue
from extract.claims.collection import Source
from extract.claims.load.parsed import ParsedFile, ParsedText
from extract.claims.load.sound_parts import find_sound_parts
from extract.claims.load.validate import FieldProblem
from extract.claims.messages import suggest
from extract.claims.records import LONGEST_NAME, ArticleFile
from extract.claims.verbatim import adopt_spaces, find_verbatim
from extract.claims.yaml.strict import Location, Node, find_line, find_text
from extract.text.problems import Problem, UnreadableError
from extract.text.reading import Reading


@dataclass(kw_only=True)
class Description:
    """What could be read of one file of data/claims/."""

    path: str
    seed: str = ""
    """The article that it describes; empty where that cannot be told."""
    lines: Mapping[Location, int] = field(default_factory=dict)
    record: ArticleFile | None = None
    has_seed_name: bool = True
    """Whether the seed is named as seeds are."""
    is_partial: bool = False
    """Whether parts that do not fit were left out, so that the rest could be checked."""
    faulty_ids: frozenset[str] = frozenset()
    """Of a file with parts left out: the ids of all its claims."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class DescribedArticle:
    """A description and the text it describes, ready to be held against each other."""

    source: Source
    reading: Reading
    is_partial: bool


def read_description(path: str, parsed: ParsedFile, catalogue: Catalogue) -> Description:
    """Return what one file states, its faulty parts left out, and what is wrong with these."""
    found = Description(path=path, lines=parsed.lines)
    found.problems = [Problem(path, problem.line, "-", problem.message) for problem in parsed.yaml_problems]
    letters = len(path.rpartition("/")[2].removesuffix(".yaml"))
    if letters > LONGEST_NAME:
        message = f"its name has {letters} letters, and {LONGEST_NAME} are the most: an address must hold it"
        found.problems.append(Problem(path, 1, "-", message))
    if parsed.record is not None:
        found.record, found.seed = parsed.record, parsed.record.article.seed
    elif parsed.root is not None:
        found.seed = find_text(parsed.root, ("article", "seed")) or ""
        found.has_seed_name = all(problem.location != ("article", "seed") for problem in parsed.field_problems)
        found.problems += _explain_field_problems(path, parsed, found.seed, catalogue)
        found.is_partial = True
        found.faulty_ids = frozenset(_find_ids(parsed.root))
        rest = find_sound_parts(parsed.root, parsed.lines, parsed.field_problems)
        if rest is not None:
            found.record, found.lines = rest
    return found


def _explain_field_problems(path: str, parsed: ParsedFile, seed: str, catalogue: Catalogue) -> Iterator[Problem]:
    root = parsed.root if parsed.root is not None else ""
    for problem in parsed.field_problems:
        subject = _find_claim_id(root, problem.location) or seed or "-"
        yield Problem(path, find_line(parsed.lines, problem.location), subject, _explain(root, problem, catalogue))


def _explain(root: Node, problem: FieldProblem, catalogue: Catalogue) -> str:
    """Return what does not fit, with the nearest right name where it is a province or an indicator."""
    field_name = problem.location[-1] if problem.location else ""
    known = {"province": catalogue.provinces, "indicator": catalogue.indicators}.get(str(field_name), {})
    given = find_text(root, problem.location)
    return f"{problem.message}; {suggest(given, known)}" if known and given else problem.message


def _find_claim_id(root: Node, location: Location) -> str | None:
    """Return the id of the claim that a place of a file belongs to, or of the first claim of its sentence."""
    if location[:1] != ("sentences",) or len(location) < 2:
        return None
    if location[2:3] == ("claims",) and len(location) > 3:
        return find_text(root, (*location[:4], "id"))
    return find_text(root, (*location[:2], "claims", 0, "id"))


def _find_ids(root: Node) -> Iterator[str]:
    """Yield the ids of all claims of a file, whatever else is wrong with them."""
    sentences = root.get("sentences") if isinstance(root, dict) else None
    for above, sentence in enumerate(sentences if isinstance(sentences, list) else []):
        claims = sentence.get("claims") if isinstance(sentence, dict) else None
        for index in range(len(claims) if isinstance(claims, list) else 0):
            if (name := find_text(root, ("sentences", above, "claims", index, "id"))) is not None:
                yield name


def check_seeds(
    descriptions: Sequence[Description], names: Sequence[str], misnamed: Mapping[str, Problem]
) -> Iterator[Problem]:
    """Yield a problem for every seed that is missing, described twice, or no article by its name.

    `names` are those of all that stands in seeds/, sorted; `misnamed` has the problem of each that is no article.
    """
    known = set(names)
    first: dict[str, str] = {}
    for each in descriptions:
        if not each.seed:
            continue
        line = find_line(each.lines, ("article", "seed"))
        if each.seed in first:
            message = f"this seed is described already by {first[each.seed]}: keep one file"
            yield Problem(each.path, line, each.seed, message)
        first.setdefault(each.seed, each.path)
        if each.seed not in known and each.has_seed_name:
            message = f"seed «{each.seed}» is not in seeds/: {suggest(each.seed, names)}"
            yield Problem(each.path, line, each.seed, message)
    if any(each.seed not in known for each in descriptions):
        return  # one of these is what that file means to describe
    for name in names:
        if name in misnamed:
            yield misnamed[name]
        elif len(name) > LONGEST_NAME:
            message = f"its name has {len(name)} letters, and {LONGEST_NAME} are the most: give it a shorter one"
            yield Problem(f"seeds/{name}", 1, name, message)


def find_pending(descriptions: Sequence[Description], paths: Iterable[str]) -> Iterator[str]:
    """Yield the names of the texts that no description is of, in order; `paths` are those of all texts, or of more."""
    names = {path.removeprefix("seeds/") for path in paths if path.startswith("seeds/") and path.endswith(".txt")}
    yield from sorted(names - {each.seed for each in descriptions})


def join_text(
    description: Description, text: ParsedText | UnreadableError | None
) -> tuple[DescribedArticle | None, list[Problem]]:
    """Return a description beside the text it describes, None where there is none to be read, and what is wrong."""
    record = description.record
    path = f"seeds/{description.seed}"
    if record is None or text is None:
        return None, []
    if isinstance(text, UnreadableError):
        return None, [Problem(path, text.line, description.seed, str(text))]
    problems: list[Problem] = []
    if record.article.sha256 not in ("", text.sha256):
        message = (
            f"sha256 {record.article.sha256[:12]}… is not that of {path}, {text.sha256}:"
            " put the text back, or check every claim against the new one and write its sha256"
        )
        line = find_line(description.lines, ("article", "sha256"))
        problems.append(Problem(description.path, line, description.seed, message))
    record = adopt_spaces(record, text.text.text)
    source = Source(path=description.path, record=record, lines=description.lines, text=text.text)
    reading = Reading(
        text=text.text.text,
        sentences=text.sentences,
        mentions=text.mentions,
        list_wanted=partial(find_verbatim, record),
    )
    return DescribedArticle(source=source, reading=reading, is_partial=description.is_partial), problems
