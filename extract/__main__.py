"""The command line: `python -m extract scan | sentences | draft | check | status | export | publish | schema`.

Exit code 0: done and clean; 1: problems, each on a line of its own; 2: the command itself was wrong.
"""

import argparse
import io
import os
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from multiprocessing import forkserver
from pathlib import Path

from extract.claims.amend import AmendError, add_items, replace_file, write_file
from extract.claims.cautions import find_cautions
from extract.claims.collection import Certainty, Collection
from extract.claims.draft import draft_article, slug_of
from extract.claims.draft_base import DraftBase, find_ids, read_draft_base
from extract.claims.files import WORDING, find_root, read_root
from extract.claims.ledger import find_doubts, find_proposed_entry
from extract.claims.load import load_collection, load_root
from extract.claims.schema import find_stale_schemas, write_schemas
from extract.claims.spellings import read_spellings
from extract.claims.status import format_status, list_status
from extract.claims.wording import parse_wording
from extract.text.files import read_regular
from extract.text.problems import FileProblem, Problem, UnreadableError, format_message, make_printable
from extract.text.scan import (
    Find,
    Record,
    find_files,
    find_mention_records,
    find_sentence_records,
    format_record,
    scan_files,
)

CLEAN, PROBLEMS, USAGE = 0, 1, 2


class UsageError(Exception):
    """A command that cannot be carried out as given; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = make_parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        _open_output()
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
        _complain(f"stopped half-way: {error.strerror or error}")
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
    if sys.stdout is None:
        raise UsageError("standard output is closed: give it a file, or /dev/null")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")


def _drop_output() -> None:
    """Let what is left to be written go nowhere, or Python tries again as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="python -m extract", description="From articles to checked figures.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    scan = _add_command(commands, "scan", run_scan, "list every number of articles, with its value, unit and kind")
    scan.add_argument("files", nargs="+", metavar="FILE", type=Path, help="an article, or a folder of articles")
    scan.add_argument("--json", action="store_true", help="one JSON object a line")

    sentences = _add_command(commands, "sentences", run_sentences, "list the sentences of articles")
    sentences.add_argument("files", nargs="+", metavar="FILE", type=Path, help="an article, or a folder of articles")
    sentences.add_argument("--json", action="store_true", help="one JSON object a line")

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

    export = _add_command(commands, "export", run_export, "write the tables as CSV, a Data Package")
    export.add_argument("directory", metavar="DIR", type=Path, help="where to write; made where it is missing")

    publish = _add_command(commands, "publish", run_publish, "write the whole page as files for any web host")
    publish.add_argument("directory", metavar="DIR", type=Path, help="where to write; made where it is missing")
    publish.add_argument("--base", metavar="URL", default="", help="the address that DIR will stand at, for engines")
    publish.add_argument("--force", action="store_true", help="write where other files stand, too; they stay")

    _add_command(commands, "schema", run_schema, "write the schemas of data/, for editors")
    return parser


def _add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    command: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
    parser.add_argument("--root", metavar="DIR", help="folder of data/ and seeds/ (FIGURES_ROOT, else the repository)")
    parser.set_defaults(command=command)
    return parser


def run_scan(options: argparse.Namespace) -> int:
    """Print every number of the articles."""
    nouns = read_spellings(find_root(options.root))
    return _print_records(options, partial(find_mention_records, nouns=nouns), _format_mention)


def run_sentences(options: argparse.Namespace) -> int:
    """Print where the sentences of the articles stand."""
    return _print_records(options, find_sentence_records, _format_sentence)


def _print_records(options: argparse.Namespace, find: Find, format_plain: Callable[[Record], str]) -> int:
    """Print what was found in each article, and on standard error which could not be read."""
    from tqdm import tqdm  # noqa: PLC0415 - slow to load, and `check` needs none of it

    files = list(find_files(options.files))
    if not files:
        raise UsageError("no *.txt in the folder: nothing to look at")
    format_line = format_record if options.json else format_plain
    code = CLEAN
    _spare_workers()
    # A bar between the records would make both unreadable.
    with tqdm(total=len(files), unit="file", disable=not sys.stderr.isatty() or sys.stdout.isatty()) as bar:
        for item in scan_files(files, find=find, progress=bar.update):
            if isinstance(item, FileProblem):
                bar.write(str(item), file=sys.stderr)
                code = PROBLEMS
            else:
                print(format_line(item))
    return code


def _spare_workers() -> None:
    """Let Ctrl-C end this process alone: its workers end with it, each without a traceback of its own."""
    if sys.platform != "linux":
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    forkserver.ensure_running()  # whoever it forks later inherits that the signal is ignored
    signal.signal(signal.SIGINT, handler)


def _format_mention(record: Record) -> str:
    parts = (record["value"], record["unit"], record["qualifier"])
    value, unit, qualifier = ("-" if part is None else str(part) for part in parts)
    place = f"{make_printable(str(record['file']))}:{record['start']}-{record['end']}"
    return f"{place}: {record['kind']}: {record['text']} = {value} {unit} {qualifier}"


def _format_sentence(record: Record) -> str:
    return f"{make_printable(str(record['file']))}:{record['start']}-{record['end']}"


def run_check(options: argparse.Namespace) -> int:
    """Print every problem and every warning, and every doubt if asked for, then what was checked."""
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
    print(f"{count_checked(collection, problems)}{warned}")
    return PROBLEMS if problems or (options.strict and cautions) else CLEAN


def _find_stale_schema(root: Path, collection: Collection) -> Iterator[Problem]:
    """Yield a warning for each schema that no longer knows the ids of the catalogue, so that editors miss some."""
    if collection.is_whole:
        for path in find_stale_schemas(root, collection):
            message = "no longer knows the ids of the catalogue: `python -m extract schema` writes it anew"
            yield Problem(path.as_posix(), 1, "-", message)


def _add_proposed(root: Path) -> None:
    """Add to each file the entries that the check proposes; say on standard error what was added or could not be."""
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
    root = find_root(options.root)
    files, unreadable = read_root(root)
    collection, problems = load_collection(files, unreadable=unreadable)
    drafted = [name for name in collection.pending if (root / find_draft_path(name)).exists()]
    print(format_status(list_status(collection, problems, files, drafted)))
    return CLEAN


def count_checked(collection: Collection, problems: Sequence[Problem]) -> str:
    """Return the line that says what was checked, and with what result."""
    claims = collection.claims
    quotes = len({(checked.path, checked.quote_start) for checked in claims})
    provinces = len({source.record.article.province for source in collection.sources})
    checked = (
        f"checked {_count(len(claims), 'claim')} in {_count(quotes, 'quote')} of"
        f" {_count(len(collection.sources), 'article')}, {_count(provinces, 'province')};"
        f" every one of {_count(len(collection.ledger), 'number')} accounted for"
    )
    sure = _count_certainty(collection) + _count_untranslated(collection)
    if not problems:
        return f"{checked}: no problem{sure}"
    withheld = len({problem.path for problem in problems if problem.path.startswith("data/claims/")})
    return f"{checked}; {_count(withheld, 'file')} withheld: {_count(len(problems), 'problem')}{sure}"


def _count_certainty(collection: Collection) -> str:
    """Return how many numbers' accounts are certain, confirmed and doubtful; empty where none is doubtful."""
    counts = Counter(entry.certainty for entry in collection.ledger)
    if not counts[Certainty.DOUBTFUL]:
        return ""
    return f"; {', '.join(f'{counts[each]} {each}' for each in Certainty)} (check --doubts)"


def _count_untranslated(collection: Collection) -> str:
    """Return how many quotes wait for their translation; empty where none does."""
    quotes = [sentence for source in collection.sources for sentence in source.record.sentences]
    waiting = sum(sentence.translation is None for sentence in quotes)
    return f"; {_count(waiting, 'quote')} not translated yet" if waiting else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def run_export(options: argparse.Namespace) -> int:
    """Write the tables, or refuse with the problems."""
    from extract.figures.export import export_collection  # noqa: PLC0415 - pandas takes a second to load, `check` needs none of it

    collection, problems = load_root(find_root(options.root))
    if problems:
        _print_all(problems)
        print(f"nothing written: {_count(len(problems), 'problem')}")
        return PROBLEMS
    directory: Path = options.directory
    try:
        names = export_collection(collection, directory, find_root(options.root))
    except OSError as error:
        raise UsageError(f"cannot write to {directory}: {error.strerror or error}") from None
    _print_all(str(directory / name) for name in names)
    return CLEAN


def run_publish(options: argparse.Namespace) -> int:
    """Write the site, or refuse with the problems."""
    from extract.site.publish import publish_site  # noqa: PLC0415 - as for the export

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
            parse_wording(files[WORDING]),
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
    root = find_root(options.root)
    collection, problems = load_root(root)
    if not collection.is_whole:
        _print_all(problems)
        return PROBLEMS
    try:
        _print_all(write_schemas(root, collection))
    except OSError as error:
        raise UsageError(f"cannot write the schema under {root}: {error.strerror}") from None
    return CLEAN


def run_draft(options: argparse.Namespace) -> int:
    """Print the draft of an article's file, or write those of all pending texts."""
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
        raise UsageError(f"{file} {error}") from None
    try:
        print(draft_article(raw, file.name, base.catalogue, base.taken), end="")
    except UnreadableError as error:
        print(Problem(str(file), error.line, file.name, str(error)))
        return PROBLEMS
    return CLEAN


def _draft_pending(root: Path, folder: Path, base: DraftBase) -> int:
    """Write a draft of every pending text; one that is there already is left as it is."""
    if folder.resolve() != (root / "seeds").resolve():
        raise UsageError(f"{folder} is not the seeds/ of {root}: only what stands there can be pending")
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
    return f"data/drafts/{slug_of(name)}.yaml"


def _print_all(items: Iterable[object]) -> None:
    for item in items:
        print(item)


if __name__ == "__main__":
    sys.exit(main())
