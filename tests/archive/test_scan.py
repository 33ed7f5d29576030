import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from extract.archive.scan import (
    Record,
    find_mention_lines,
    find_mention_records,
    find_sentence_records,
    format_record,
    scan_files,
    scan_texts,
)
from extract.archive.sources import BLOCK, Block, find_files, read_texts
from extract.archive.workers import start_workers
from extract.claims.draft.article import draft_article
from extract.claims.files import read_root
from extract.claims.load.root import Loader
from extract.text.problems import FileProblem
from tests.conftest import REPOSITORY, Scratch

SEEDS = REPOSITORY / "seeds"
SENTENCE = "Phát hiện, bắt giữ 72 vụ/144 đối tượng, phạt gần 3,1 tỷ đồng theo Nghị định 168."


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def keep_records(outcomes: Iterable[Record | FileProblem]) -> Iterator[Record]:
    for outcome in outcomes:
        assert not isinstance(outcome, FileProblem)
        yield outcome


def test_a_record_has_the_promised_keys_and_plain_values(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Đạt 1.962/1.969 thôn; gần 0,9kg; hàng chục vụ.\n")
    keys = ("file", "start", "end", "text", "value", "unit", "qualifier", "kind")
    assert list(scan_files([path])) == [
        dict(zip(keys, (str(path), *row), strict=True))
        for row in [
            (4, 15, "1.962/1.969", [1962, 1969], "thôn", None, "figure"),
            (26, 29, "0,9", 0.9, "kg", "gần", "figure"),
            (33, 42, "hàng chục", None, "vụ", None, "figure"),
        ]
    ]


def test_a_line_of_json_keeps_vietnamese_letters_and_writes_numbers_exactly(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "phạt 640.000.000 đồng, 5.825,41 tấn")
    lines = [format_record(record) for record in keep_records(scan_files([path]))]
    assert ['"value": 640000000,' in lines[0], '"value": 5825.41,' in lines[1]] == [True, True]
    assert '"unit": "đồng"' in lines[0]
    assert json.loads(lines[0])["text"] == "640.000.000"


def test_offsets_are_those_of_the_file_with_its_line_ends_and_hidden_marks(tmp_path: Path) -> None:
    raw = "\ufeff" + unicodedata.normalize("NFD", "Tiêu đề\r\nxử lý 7") + "\u200b2 vụ\r\n"
    path = write(tmp_path, "a.txt", raw)
    start = raw.index("7")
    (record,) = keep_records(scan_files([path]))
    assert (record["text"], record["start"], record["end"]) == ("72", start, start + 3)


def test_sentences_have_a_file_and_a_span(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Tiêu đề\r\nBắt 5 đối tượng. Thu 2 xe.")
    assert list(scan_files([path], find=find_sentence_records)) == [
        {"file": str(path), "start": start, "end": end} for start, end in [(0, 7), (9, 25), (26, 35)]
    ]


def test_a_refused_file_says_why_and_the_others_go_on(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, "a.txt", "Bắt 5 đối tượng."),
        write(tmp_path, "b.txt", b"72 v\n\xe1"),
        tmp_path / "c.txt",
        write(tmp_path, "d.txt", ""),
        write(tmp_path, "e.txt", "Thu 2 xe."),
    ]
    os.mkfifo(tmp_path / "pipe")
    outcomes = list(scan_files([*paths, tmp_path / "pipe"]))
    assert [str(outcome) if isinstance(outcome, FileProblem) else outcome["text"] for outcome in outcomes] == [
        "5",
        f"{tmp_path}/b.txt:2: byte 6 (0xE1) is not UTF-8; save the file as UTF-8",
        f"{tmp_path}/c.txt:1: is missing",
        f"{tmp_path}/d.txt:1: empty; put the article's text in the file",
        "2",
        f"{tmp_path}/pipe:1: is no regular file: put a text file there",
    ]


def test_a_folder_is_searched_for_texts_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/a.txt", "a.txt", "note.md"):
        write(tmp_path, name, "5 vụ")
    assert list(find_files([tmp_path])) == [tmp_path / "a.txt", tmp_path / "b" / "a.txt", tmp_path / "c.txt"]


def test_processes_give_the_same_records_in_the_same_order(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{number:03}.txt", f"Bắt {number} đối tượng.\n" * 3) for number in range(80)]
    paths.insert(40, write(tmp_path, "bad.txt", b"\x00"))
    paths.insert(20, write(tmp_path, "large.txt", (SENTENCE + "\n") * 4000))
    assert list(scan_files(paths, jobs=2)) == list(scan_files(paths, jobs=1))


@pytest.mark.parametrize("between", ["\n", "\r\n", "\r", " ", " \u00a0"])
def test_a_file_of_many_blocks_reads_as_if_it_were_whole(tmp_path: Path, between: str) -> None:
    count = 2 * BLOCK // len(SENTENCE.encode()) + 100
    path = write(tmp_path, "large.txt", between.join([SENTENCE] * count))
    records = list(keep_records(scan_files([path], jobs=1)))
    step = len(SENTENCE) + len(between)
    texts = ["72", "144", "3,1 tỷ", "168"]
    starts = [SENTENCE.index(text) for text in texts]
    assert [record["text"] for record in records] == texts * count
    assert [record["start"] for record in records] == [n * step + start for n in range(count) for start in starts]


def test_a_fault_late_in_a_large_file_refuses_the_file_before_its_first_record(tmp_path: Path) -> None:
    lines = (SENTENCE + "\n") * 20_000
    path = write(tmp_path, "large.txt", lines.encode() + b"\xff")
    (problem,) = scan_files([path], jobs=1)
    assert isinstance(problem, FileProblem)
    assert (problem.line, problem.message) == (
        20_001,
        f"byte {len(lines.encode()) + 1} (0xFF) is not UTF-8; save the file as UTF-8",
    )


def test_one_endless_sentence_is_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path, "large.txt", "a/" * BLOCK + " 5 vụ")
    (record,) = keep_records(scan_files([path], jobs=1))
    assert (record["text"], record["start"]) == ("5", 2 * BLOCK + 1)


def test_every_text_ends_once_or_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{number}.txt", "5 vụ") for number in range(3)]
    paths += [write(tmp_path, "large.txt", (SENTENCE + "\n") * 20_000), write(tmp_path, "empty.txt", "")]
    for jobs in (1, 2):
        with start_workers(jobs) as workers:
            found = list(scan_texts(read_texts(paths), find=find_mention_records, workers=workers))
        assert [end.file for each in found for end in each.ends] == [str(path) for path in paths[:4]]
        assert [str(item) for each in found for item in each.records if isinstance(item, FileProblem)] == [
            f"{tmp_path}/empty.txt:1: empty; put the article's text in the file"
        ]


def scan_on_terminal(path: Path, *, is_terminal: bool) -> str:
    """Run the command with its records piped, and return what its standard error shows."""
    reading, writing = pty.openpty() if is_terminal else os.pipe()
    if is_terminal:
        termios.tcsetwinsize(writing, (24, 80))
    command = [sys.executable, "-m", "extract", "scan", str(path)]
    result = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=writing, timeout=60, check=True)
    assert result.stdout.decode().count("\n") == 2
    os.write(writing, b".")  # there may be nothing else to read
    shown = os.read(reading, 100_000).decode()
    os.close(writing)
    os.close(reading)
    return shown[:-1]


def test_a_bar_is_drawn_on_a_terminal_only(tmp_path: Path) -> None:
    for number in range(2):
        write(tmp_path, f"{number}.txt", "5 vụ")
    assert "2/2" in scan_on_terminal(tmp_path, is_terminal=True)
    assert scan_on_terminal(tmp_path, is_terminal=False) == ""


UNIT = """  - key: rocket-pack
    name: {vi: cụm pháo, en: rocket pack}
    plural_en: rocket packs
    spellings: [cụm pháo]
"""
ROCKETS = "Thu 15 cụm pháo hoa nổ, năm cụm pháo khác; tổ 3 cụm pháo."


def read_units(path: Path, root: Path) -> list[tuple[str, str | None]]:
    """Return the numbers of a text with their units, as the command gives them with a root."""
    command = [sys.executable, "-m", "extract", "scan", "--json", str(path), "--root", str(root)]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, timeout=60, check=True)
    assert result.stderr == b""
    return [(record["text"], record["unit"]) for record in map(json.loads, result.stdout.splitlines())]


def add_unit(scratch: Scratch) -> None:
    with (scratch / "data/units.yaml").open("a", encoding="utf-8") as units:
        units.write(UNIT)


def test_a_unit_of_the_root_is_known_to_the_scan(scratch: Scratch) -> None:
    path = write(scratch.root, "a.txt", ROCKETS)
    assert read_units(path, scratch.root) == [("15", "cụm"), ("3", None)]
    add_unit(scratch)
    assert read_units(path, scratch.root) == [("15", "cụm pháo"), ("năm", "cụm pháo"), ("3", "cụm pháo")]


def test_a_unit_of_the_root_is_known_to_check_and_draft_as_soon_as_it_is_added(scratch: Scratch) -> None:
    loader = Loader()
    scratch.add_article("Thu năm cụm pháo.", "sentences: []\nset_aside: []\n")
    assert loader.load(read_root(scratch.root)[0])[1] == []
    add_unit(scratch)
    collection, problems = loader.load(read_root(scratch.root)[0])
    (problem,) = problems
    assert "set it aside: - {figure: năm cụm pháo, why: }" in problem.message
    draft = draft_article("Thu năm cụm pháo.".encode(), "a.txt", collection)
    assert "figure: năm cụm pháo\n        value: 5\n" in draft


@pytest.mark.parametrize("units", [None, "", "units: [", "units: [{key: a}]", "\x00", "units: 5"])
def test_a_root_without_sound_units_is_scanned_without_them(tmp_path: Path, units: str | None) -> None:
    if units is not None:
        (tmp_path / "data").mkdir()
        write(tmp_path / "data", "units.yaml", units)
    assert read_units(write(tmp_path, "a.txt", ROCKETS), tmp_path) == [("15", "cụm"), ("3", None)]


def test_the_units_of_a_root_change_no_number_whose_noun_is_known(tmp_path: Path) -> None:
    nouns = frozenset({"vụ", "vụ trộm", "ban", "thôn, tổ dân phố", "đối tượng"})
    find = partial(find_mention_records, nouns=nouns)
    path = write(tmp_path, "a.txt", "5 vụ trộm, 12 ban hành, 3 Ban, 4 thôn, tổ dân phố, 6 Đối tượng, 7 Vụ Bản")
    assert list(scan_files([path], find=find)) == list(scan_files([path]))
    assert list(scan_files([path], find=find, jobs=2)) == list(scan_files([path]))


def list_workers() -> set[int]:
    """Return the processes that a scan starts and that are there now."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has just ended
            found |= {int(path.parent.name)} if b"multiprocessing.forkserver" in path.read_bytes() else set()
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_scan_that_is_ended_leaves_no_process_and_no_traceback(tmp_path: Path, sent: int, code: int) -> None:
    path = write(tmp_path, "a.txt", (SENTENCE + "\n") * 200_000)
    before = list_workers()
    command = [sys.executable, "-m", "extract", "scan", "--json", str(path)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        started = list_workers() - before
        process.send_signal(sent)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in complaints) == (code, False)
    assert sent == signal.SIGKILL or complaints == b""
    deadline = time.monotonic() + 60
    while left := list_workers() & started:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
    assert len(started) > 1


def test_lines_are_those_of_the_records(tmp_path: Path) -> None:
    hidden = (
        unicodedata.normalize("NFD", "Đạt 1.962/1.969 thôn") + "; 1.9\u200b62 \u201cvụ\u201d; gần 0,9kg; hàng chục vụ\n"
    )
    for block in (Block('a"\\\n.txt', hidden, 7), Block("b", SENTENCE, 0), Block("c", "Không có số.", 0)):
        lines = "".join(f"{format_record(record)}\n" for record in find_mention_records(block))
        assert find_mention_lines(block) == [lines.encode()]


def test_a_file_whose_name_is_no_utf8_is_refused_by_name(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text("5 vụ", encoding="utf-8")
    (problem,) = scan_files([tmp_path])
    assert str(problem) == f"{tmp_path}/\\udcff.txt:1: its name is not UTF-8, as that of a record must be: rename it"


def test_every_seed_is_scanned_without_a_refusal() -> None:
    files = {str(record["file"]) for record in keep_records(scan_files([SEEDS], find=find_sentence_records))}
    assert files == {str(path) for path in SEEDS.glob("*.txt")}
