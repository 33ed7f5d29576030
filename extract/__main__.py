"""The command line, `python -m extract COMMAND`: from texts to numbers, drafts, checked figures, tables and a site.

Exit code 0: done and clean; 1: problems, each on a line of its own; 2: the command itself was wrong.
"""

import argparse
import io
import os
import re
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from extract.claims.files import REPOSITORY, WORDING, find_root, read_root
from extract.text.files import read_regular
from extract.text.problems import (
    LONGEST_QUOTE,
    FileProblem,
    Problem,
    UnreadableError,
    format_message,
    make_printable,
    shorten,
)

if TYPE_CHECKING:
    from extract.archive.scan import Find, Found, Record, T
    from extract.archive.workers import Workers
    from extract.claims.collection import Collection
    from extract.claims.draft.base import DraftBase

# ruff: noqa: PLC0415 - each command loads what it needs itself, so that none waits for what the others need

CLEAN, PROBLEMS, USAGE = 0, 1, 2
LONGEST_COMPLAINT: Final = 400
"""Letters of what is said of a command that is typed wrongly."""


class UsageError(Exception):
    """A command that cannot be carried out as given; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        _open_output()
        options = make_parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.command
        code = command(options)
        sys.stdout.flush()
    except UsageError as error:
        _complain(format_message(str(error)))
        return USAGE
    except BrokenPipeError:
        # The reader has closed the output, as `| head` does: no error, and nobody is left to tell.
        _drop_output()
        return CLEAN
    except OSError as error:
        _drop_output()
        where = f"{shorten(str(error.filename))}: " if error.filename else ""
        _complain(f"stopped half-way: {where}{error.strerror or error}")
        return USAGE
    except BrokenExecutor:
        _complain("stopped half-way: a process of the scan was ended from outside, perhaps for want of memory")
        return USAGE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


def _complain(message: object) -> None:
    with suppress(OSError):  # nobody is left to tell
        print(f"python -m extract: {message}", file=sys.stderr)


def _open_output() -> None:
    """Let the output be UTF-8, as the articles are, whatever the terminal is set to."""
    # Python has none where the caller has closed it.
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it stays open to the end
    if sys.stdout is None:
        raise UsageError("standard output is closed: give it a file, or /dev/null")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")


def _drop_output() -> None:
    """Let what is left to be written go nowhere, or Python tries again as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one printable line, with each long word of what was typed cut."""

    def error(self, message: str) -> NoReturn:
        words = re.sub(rf"\S{{{LONGEST_QUOTE + 1},}}", lambda word: shorten(word[0]), make_printable(message))
        super().error(shorten(words, LONGEST_COMPLAINT))


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _Parser(prog="python -m extract", description="From articles to checked figures.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    scan = _add_command(commands, "scan", run_scan, "list every number of texts, with its value, unit and kind")
    _add_sources(scan)
    scan.add_argument("--parquet", metavar="DIR", type=Path, help="write Parquet files into a new folder")
    scan.add_argument("--skip-done", action="store_true", help="go on with the folder of a scan that broke off")

    sentences = _add_command(commands, "sentences", run_sentences, "list the sentences of texts")
    _add_sources(sentences)

    triage = _add_command(commands, "triage", run_triage, "list the texts that are worth curating, the best first")
    _add_sources(triage)
    triage.add_argument("--most", metavar="N", type=int, default=100, help="list so many texts (100)")
    for name in ("provinces", "measures", "years"):
        triage.add_argument(f"--{name}", metavar="A,B", default="", help=f"only texts with one of these {name}")

    draft = _add_command(commands, "draft", run_draft, "propose an article's file for data/claims/")
    help_file = "the article, in seeds/; or seeds/ itself, to draft into data/drafts/ all that is pending"
    draft.add_argument("file", metavar="FILE", type=Path, help=help_file)

    check = _add_command(commands, "check", run_check, "check all figures against their articles")
    check.add_argument("--doubts", action="store_true", help="list the numbers that a weak rule sets aside, too")
    check.add_argument("--strict", action="store_true", help="make problems of the warnings")
    check.add_argument(
        "--fix", action="store_true", help="add the entries of set_aside that it proposes, without their why"
    )

    _add_command(commands, "status", run_status, "show how far the curating of each article is")

    review = _add_command(
        commands, "review", run_review, "open a page on this machine, to claim numbers or set them aside"
    )
    help_article = "the article to begin with: its text, or its file of data/claims/; else the table of all"
    review.add_argument("article", metavar="ARTICLE", nargs="?", default="", help=help_article)
    review.add_argument("--port", metavar="N", type=int, default=8502, help="of 127.0.0.1, where the page is (8502)")

    export = _add_command(commands, "export", run_export, "write the tables as CSV, a Data Package")
    export.add_argument("directory", metavar="DIR", type=Path, help="where to write; made where it is missing")

    publish = _add_command(commands, "publish", run_publish, "write the whole page as files for any web host")
    publish.add_argument("directory", metavar="DIR", type=Path, help="where to write; made where it is missing")
    publish.add_argument("--base", metavar="URL", default="", help="the address that DIR will stand at, for engines")
    publish.add_argument("--force", action="store_true", help="write where other files stand, too; they stay")

    _add_command(commands, "schema", run_schema, "write the schemas of data/, for editors")
    return parser


def _add_command(
    commands: "argparse._SubParsersAction[_Parser]",
    name: str,
    command: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    parser.add_argument("--root", metavar="DIR", help="folder of data/ and seeds/ (FIGURES_ROOT, else the repository)")
    parser.set_defaults(command=command)
    return parser


def _add_sources(command: argparse.ArgumentParser) -> None:
    sources = (
        "a text (.txt, .gz), lines of JSON (.jsonl), a table (.parquet), a folder of them, or - for standard input"
    )
    command.add_argument("files", nargs="+", metavar="FILE", type=Path, help=sources)
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.add_argument("--text", metavar="NAME", default="text", help="where tables and JSON hold the text (text)")
    command.add_argument("--id", metavar="NAME", default="id", help="where they hold what names it (id)")
    command.add_argument("--jsonl", action="store_true", help="standard input is lines of JSON")
    command.add_argument("--cluster", metavar="ADDRESS", help="use the workers of a Dask scheduler, tcp://host:8786")


def run_scan(options: argparse.Namespace) -> int:
    """Print every number of the texts, or write them into a folder."""
    if options.skip_done and options.parquet is None:
        raise UsageError("--skip-done goes on with a folder: name it with --parquet")
    scan = _Scan(options)
    from extract.archive.scan import find_lines, find_mention_lines, find_mention_records, format_mention
    from extract.claims.spellings import read_spellings

    nouns = read_spellings(find_root(options.root))
    find = partial(find_mention_records, nouns=nouns)
    if options.parquet is not None:
        return _write_parts(scan, find, options.parquet, nouns)
    if options.json:
        return _print_lines(scan, partial(find_mention_lines, nouns=nouns))
    return _print_lines(scan, partial(find_lines, find=find, format_line=format_mention))


def _write_parts(scan: "_Scan", find: "Find[Record]", folder: Path, nouns: frozenset[str]) -> int:
    """Write what is found in each text into a folder."""
    from extract.archive.parts import PartsError, open_parts
    from extract.archive.scan import find_reader

    try:
        with open_parts(folder, find_reader(nouns), go_on=scan.options.skip_done) as parts:
            for found in scan.run(find, parts.done):
                parts.add(found)
    except PartsError as error:
        raise UsageError(str(error)) from None
    return scan.code


def run_sentences(options: argparse.Namespace) -> int:
    """Print where the sentences of the texts stand."""
    from extract.archive.scan import find_lines, find_sentence_records, format_record, format_span

    format_line = format_record if options.json else format_span
    return _print_lines(_Scan(options), partial(find_lines, find=find_sentence_records, format_line=format_line))


def _print_lines(scan: "_Scan", find: "Find[bytes]") -> int:
    """Print the lines of each text, and on standard error what could not be read."""
    for found in scan.run(find):
        sys.stdout.buffer.writelines(item for item in found.records if isinstance(item, bytes))
        sys.stdout.buffer.flush()
    return scan.code


def run_triage(options: argparse.Namespace) -> int:
    """Print a line for each text that is worth curating."""
    from extract.archive.scan import format_record
    from extract.archive.triage import SummaryFinder, Wanted, find_curated, format_summary, merge_blocks, rank_texts
    from extract.claims.draft.base import read_draft_base

    root = find_root(options.root)
    base = read_draft_base(root)
    if base.problems:
        _print_all(base.problems)
        return PROBLEMS
    catalogue = base.catalogue
    wanted = Wanted(*(frozenset(filter(None, getattr(options, name).split(","))) for name in Wanted._fields))
    scan = _Scan(options)
    find = SummaryFinder(catalogue)
    curated = find_curated(root, base.described, find)
    found = (item for each in scan.run(find) for item in each.records if not isinstance(item, FileProblem))
    names = {slug: province.name.vi for slug, province in catalogue.provinces.items()}
    for summary in rank_texts(merge_blocks(found), wanted, curated=curated, most=options.most):
        print(format_record(summary.make_record()) if options.json else format_summary(summary, names))
    return scan.code


class _Scan:
    """One pass over texts, with its progress and what could not be read on standard error."""

    def __init__(self, options: argparse.Namespace) -> None:
        from extract.archive.sources import STANDARD_INPUT, find_files
        from extract.archive.workers import count_jobs, prepare_workers

        self.options, self.code = options, CLEAN
        self.files = list(find_files(options.files))
        if not self.files:
            raise UsageError("no text in the folder: nothing to look at")
        if self.files.count(STANDARD_INPUT) > 1:
            raise UsageError("standard input stands twice: it can be read once")
        self.jobs = 1 if options.cluster else count_jobs(self.files)
        if self.jobs > 1:
            prepare_workers()

    def run(self, find: "Find[T]", done: dict[str, bytes] | None = None) -> "Iterator[Found[T]]":
        """Yield what is found, batch by batch; of texts in `done` only that they ended."""
        from tqdm import tqdm

        from extract.archive.scan import scan_texts
        from extract.archive.sources import Columns, holds_many, read_texts

        options = self.options
        columns = Columns(text=options.text, id=options.id)
        texts = read_texts(self.files, columns, lines_in=options.jsonl, done=done)
        # Nobody knows how many texts a table holds before it is read.
        total = None if options.jsonl or any(map(holds_many, self.files)) else len(self.files)
        # A bar between the records would make both unreadable.
        is_hidden = not sys.stderr.isatty() or (sys.stdout.isatty() and not getattr(options, "parquet", None))
        with self._start_workers() as workers, tqdm(total=total, unit="text", disable=is_hidden) as bar:
            for found in scan_texts(texts, find=find, workers=workers):
                problems = [item for item in found.records if isinstance(item, FileProblem)]
                for problem in problems:
                    bar.write(str(problem), file=sys.stderr)
                    self.code = PROBLEMS
                bar.update(len(found.ends) + len(problems))
                yield found

    @contextmanager
    def _start_workers(self) -> "Iterator[Workers]":
        from extract.archive.workers import start_workers

        if self.options.cluster is None:
            with start_workers(self.jobs) as workers:
                yield workers
            return
        from extract.archive.cluster import ClusterError, connect

        try:
            with connect(self.options.cluster) as workers:
                yield workers
        except ClusterError as error:
            raise UsageError(str(error)) from None


def run_check(options: argparse.Namespace) -> int:
    """Print every problem and every warning, and every doubt if asked for, then what was checked."""
    from extract.claims.check.cautions import find_cautions
    from extract.claims.check.ledger import find_doubts
    from extract.claims.load.root import load_collection

    root = find_root(options.root)
    if options.fix:
        _add_proposed(root)
    files, unreadable = read_root(root)
    collection, problems = load_collection(files, unreadable=unreadable)
    cautions = [*find_cautions(collection, files), *_find_stale_schema(root, collection)]
    _print_all(problems)
    _print_all(f"{path}:{line}: {name}: warning: {message}" for path, line, name, message in cautions)
    if options.doubts:
        _print_all(find_doubts(collection))
    warned = f"; {_count(len(cautions), 'warning')}" if cautions else ""
    print(f"{count_checked(collection, problems, by_certainty=options.doubts)}{warned}")
    return PROBLEMS if problems or (options.strict and cautions) else CLEAN


def _find_stale_schema(root: Path, collection: "Collection") -> Iterator[Problem]:
    """Yield a warning for each schema that no longer knows the ids of the catalogue, so that editors miss some."""
    from extract.claims.schema import find_stale_schemas

    if collection.is_whole:
        for path in find_stale_schemas(root, collection):
            message = "no longer knows the ids of the catalogue: `python -m extract schema` writes it anew"
            yield Problem(path.as_posix(), 1, "-", message)


def _add_proposed(root: Path) -> None:
    """Add to each file the entries that the check proposes; say on standard error what was added or could not be."""
    from extract.claims.amend import AmendError, add_items, replace_file
    from extract.claims.check.ledger import find_proposed_entry
    from extract.claims.load.root import load_root

    _, problems = load_root(root)
    proposed: defaultdict[str, list[str]] = defaultdict(list)
    for problem in problems:
        entry = find_proposed_entry(problem)
        if entry is not None and entry not in proposed[problem.path]:
            proposed[problem.path].append(entry)
    for path, entries in proposed.items():
        try:
            before = read_regular(root / path, (root / path).parent)
            replace_file(root / path, before, add_items(before, ("set_aside",), entries))
        except (AmendError, UnreadableError) as error:
            print(f"{path}: {error}", file=sys.stderr)
        else:
            print(f"{path}: added to `set_aside`: {len(entries)}", file=sys.stderr)


def run_status(options: argparse.Namespace) -> int:
    """Print a row for each article."""
    from extract.claims.load.root import load_collection
    from extract.claims.status import format_status, list_status

    root = find_root(options.root)
    files, unreadable = read_root(root)
    collection, problems = load_collection(files, unreadable=unreadable)
    drafted = [name for name in collection.pending if (root / find_draft_path(name)).exists()]
    print(format_status(list_status(collection, problems, files, drafted)))
    return CLEAN


def run_review(options: argparse.Namespace) -> int:
    """Become the server of the review page."""
    from extract.review.desk import find_article
    from extract.review.start import start_review

    root = find_root(options.root)
    article = find_article(root, options.article) if options.article else ""
    if article is None:
        raise UsageError(f"{options.article} is no text of seeds/, nor a file of data/claims/, under {root}")
    start_review(root, options.port, article)


def count_checked(collection: "Collection", problems: Sequence[Problem], *, by_certainty: bool = False) -> str:
    """Return the line that says what was checked, and with what result.

    How many numbers are certain, confirmed and doubtful is said where one is doubtful, and where `by_certainty` asks.
    """
    claims = collection.claims
    quotes = len({(checked.path, checked.quote_start) for checked in claims})
    provinces = len({source.record.article.province for source in collection.sources})
    checked = (
        f"checked {_count(len(claims), 'claim')} in {_count(quotes, 'quote')} of"
        f" {_count(len(collection.sources), 'article')}, {_count(provinces, 'province')};"
        f" every one of {_count(len(collection.ledger), 'number')} accounted for"
    )
    sure = _count_certainty(collection, always=by_certainty) + _count_untranslated(collection)
    if not problems:
        return f"{checked}: no problem{sure}"
    withheld = len({problem.path for problem in problems if problem.path.startswith("data/claims/")})
    return f"{checked}; {_count(withheld, 'file')} withheld: {_count(len(problems), 'problem')}{sure}"


def _count_certainty(collection: "Collection", *, always: bool) -> str:
    """Return how many numbers' accounts are certain, confirmed and doubtful; empty where none is and nobody asks."""
    from extract.claims.collection import Certainty

    counts = Counter(entry.certainty for entry in collection.ledger)
    if not (counts[Certainty.DOUBTFUL] or always):
        return ""
    hint = " (check --doubts)" if counts[Certainty.DOUBTFUL] else ""
    return f"; {', '.join(f'{counts[each]} {each}' for each in Certainty)}{hint}"


def _count_untranslated(collection: "Collection") -> str:
    """Return how many quotes wait for their translation; empty where none does."""
    quotes = [sentence for source in collection.sources for sentence in source.record.sentences]
    waiting = sum(sentence.translation is None for sentence in quotes)
    return f"; {_count(waiting, 'quote')} not translated yet" if waiting else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def run_export(options: argparse.Namespace) -> int:
    """Write the tables, or refuse with the problems."""
    from extract.claims.load.root import load_root
    from extract.figures.export import export_collection

    collection, problems = load_root(find_root(options.root))
    if problems:
        _print_all(problems)
        print(f"nothing written: {_count(len(problems), 'problem')}")
        return PROBLEMS
    directory: Path = options.directory
    try:
        names = export_collection(collection, directory, find_root(options.root))
    except OSError as error:
        raise UsageError(f"cannot write to {shorten(str(directory))}: {error.strerror or error}") from None
    _print_all(make_printable(str(directory / name)) for name in names)
    return CLEAN


def run_publish(options: argparse.Namespace) -> int:
    """Write the site, or refuse with the problems."""
    from extract.claims.load.root import load_collection
    from extract.claims.wording import parse_wording
    from extract.site.publish import publish_site

    root, directory = find_root(options.root), options.directory
    files, unreadable = read_root(root)
    collection, problems = load_collection(files, unreadable=unreadable)
    if problems:
        _print_all(problems)
        print(f"nothing written: {_count(len(problems), 'problem')}")
        return PROBLEMS
    try:
        published = publish_site(
            collection,
            parse_wording(files.get(WORDING) or (REPOSITORY / WORDING).read_bytes()),
            directory,
            base=options.base,
            today=datetime.now(tz=UTC).date(),
            is_forced=options.force,
            root=root,
        )
    except ValueError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"cannot write to {directory}: {error.strerror or error}") from None
    figures, files_written = _count(len(collection.claims), "figure"), _count(published.files, "file")
    print(f"{directory}: {figures} in {files_written}, {published.size / 1e6:.1f} MB")
    return CLEAN


def run_schema(options: argparse.Namespace) -> int:
    """Write the JSON Schemas of the curated files."""
    from extract.claims.load.root import load_root
    from extract.claims.schema import write_schemas

    root = find_root(options.root)
    collection, problems = load_root(root)
    if not collection.is_whole:
        _print_all(problems)
        return PROBLEMS
    try:
        written = list(write_schemas(root, collection))
    except OSError as error:
        raise UsageError(f"cannot write the schema under {shorten(str(root))}: {error.strerror}") from None
    _print_all(written)
    return CLEAN


def run_draft(options: argparse.Namespace) -> int:
    """Print the draft of an article's file, or write those of all pending texts."""
    from extract.claims.draft.article import draft_article
    from extract.claims.draft.base import read_draft_base

    file: Path = options.file
    root = find_root(options.root)
    base = read_draft_base(root)
    if base.problems:
        _print_all(base.problems)
        return PROBLEMS
    if file.is_dir():
        return _draft_pending(root, file, base)
    try:
        raw = read_regular(file, file.parent)
    except UnreadableError as error:
        raise UsageError(f"{shorten(str(file))} {error}") from None
    try:
        print(draft_article(raw, file.name, base.catalogue, base.taken), end="")
    except UnreadableError as error:
        print(Problem(str(file), error.line, file.name, str(error)))
        return PROBLEMS
    return CLEAN


def _draft_pending(root: Path, folder: Path, base: "DraftBase") -> int:
    """Write a draft of every pending text; one that is there already is left as it is."""
    from extract.claims.amend import write_file
    from extract.claims.draft.article import draft_article
    from extract.claims.draft.base import find_ids

    if folder.resolve() != (root / "seeds").resolve():
        raise UsageError(
            f"{shorten(str(folder))} is not the seeds/ of {shorten(str(root))}: only what stands there can be pending"
        )
    names = sorted(path.name for path in folder.glob("*.txt") if not path.name.startswith("."))
    pending = [name for name in names if name not in base.described]
    if not pending:
        print("nothing is pending: every text of seeds/ has its file", file=sys.stderr)
    code, taken = CLEAN, base.taken
    for name in pending:
        path = find_draft_path(name)
        if (root / path).exists():
            print(f"{path}: is there already and was left as it is", file=sys.stderr)
            continue
        try:
            draft = draft_article(read_regular(folder / name, folder), name, base.catalogue, taken)
        except UnreadableError as error:
            print(Problem(f"seeds/{name}", error.line, name, str(error)))
            code = PROBLEMS
            continue
        taken |= find_ids(draft.encode())
        try:
            (root / path).parent.mkdir(exist_ok=True)
            write_file(root / path, draft.encode(), is_new=True)
        except OSError as error:
            raise UsageError(f"cannot write {path} under {root}: {error.strerror}") from None
        print(path)
    return code


def find_draft_path(name: str) -> str:
    """Return where the draft of a text stands, relative to its root."""
    from extract.claims.draft.article import slug_of

    return f"data/drafts/{slug_of(name)}.yaml"


def _print_all(items: Iterable[object]) -> None:
    for item in items:
        print(item)


if __name__ == "__main__":
    sys.exit(main())
