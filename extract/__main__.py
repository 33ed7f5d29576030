"""The command line: `python -m extract scan | sentences | draft | check | export | schema`.

Exit code 0: done and clean; 1: problems, each on a line of its own; 2: the command itself was wrong.
"""

import argparse
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from multiprocessing import forkserver
from pathlib import Path

from extract.claims.collection import Certainty, Collection
from extract.claims.draft import draft_article
from extract.claims.files import find_root
from extract.claims.ledger import find_doubts
from extract.claims.load import load_root
from extract.claims.schema import write_schema
from extract.claims.spellings import read_spellings
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
        code = command(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"python -m extract: {format_message(str(error))}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # The reader has closed the output, as `| head` does: no error, and nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


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
    draft.add_argument("file", metavar="FILE", type=Path, help="the article, in seeds/")

    check = _add_command(commands, "check", run_check, "check all figures against their articles")
    check.add_argument("--doubts", action="store_true", help="list the numbers that a weak rule sets aside, too")

    export = _add_command(commands, "export", run_export, "write the tables as CSV, a Data Package")
    export.add_argument("directory", metavar="DIR", type=Path, help="where to write; made where it is missing")

    _add_command(commands, "schema", run_schema, "write data/article.schema.json, for editors")
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
    """Print every problem, and every doubt if asked for, then what was checked."""
    collection, problems = load_root(find_root(options.root))
    _print_all(problems)
    if options.doubts:
        _print_all(find_doubts(collection))
    print(count_checked(collection, problems))
    return PROBLEMS if problems else CLEAN


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
    sure = _count_certainty(collection)
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
        names = export_collection(collection, directory)
    except OSError as error:
        raise UsageError(f"cannot write to {directory}: {error.strerror or error}") from None
    _print_all(str(directory / name) for name in names)
    return CLEAN


def run_schema(options: argparse.Namespace) -> int:
    """Write the JSON Schema of an article's file."""
    root = find_root(options.root)
    try:
        print(write_schema(root))
    except OSError as error:
        raise UsageError(f"cannot write the schema under {root}: {error.strerror}") from None
    return CLEAN


def run_draft(options: argparse.Namespace) -> int:
    """Print the draft of an article's file."""
    file: Path = options.file
    collection, _ = load_root(find_root(options.root))
    try:
        raw = read_regular(file, file.parent)
    except UnreadableError as error:
        raise UsageError(f"{file} {error}") from None
    try:
        print(draft_article(raw, file.name, collection), end="")
    except UnreadableError as error:
        print(Problem(str(file), error.line, file.name, str(error)))
        return PROBLEMS
    return CLEAN


def _print_all(items: Iterable[object]) -> None:
    for item in items:
        print(item)


if __name__ == "__main__":
    sys.exit(main())
