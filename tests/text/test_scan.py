import doctest
import io
import json
import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from extract.text import scan
from extract.text.scan import (
    BLOCK,
    Record,
    Refusal,
    find_files,
    find_sentence_records,
    format_record,
    scan_files,
    scan_sentences,
    show_progress,
)

SEEDS = Path(__file__).parents[2] / "seeds"
SENTENCE = "Phát hiện, bắt giữ 72 vụ/144 đối tượng, phạt gần 3,1 tỷ đồng theo Nghị định 168."


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def keep_records(outcomes: Iterable[Record | Refusal]) -> Iterator[Record]:
    for outcome in outcomes:
        assert not isinstance(outcome, Refusal)
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
    assert list(scan_sentences([path])) == [
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
    assert [str(outcome) if isinstance(outcome, Refusal) else outcome["text"] for outcome in outcomes] == [
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
    (refusal,) = scan_files([path], jobs=1)
    assert isinstance(refusal, Refusal)
    assert (refusal.line, refusal.message) == (
        20_001,
        f"byte {len(lines.encode()) + 1} (0xFF) is not UTF-8; save the file as UTF-8",
    )


def test_one_endless_sentence_is_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path, "large.txt", "a/" * BLOCK + " 5 vụ")
    (record,) = keep_records(scan_files([path], jobs=1))
    assert (record["text"], record["start"]) == ("5", 2 * BLOCK + 1)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal_only(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{number}.txt", "5 vụ") for number in range(2)]
    terminal = Terminal()
    list(scan_files(paths, jobs=1, progress=show_progress(terminal)))
    assert terminal.getvalue() == "\r[##############################] 2/2\n"
    assert show_progress(io.StringIO()) is None


def test_every_seed_is_scanned_without_a_refusal() -> None:
    files = {str(record["file"]) for record in keep_records(scan_files([SEEDS], find=find_sentence_records))}
    assert files == {str(path) for path in SEEDS.glob("*.txt")}


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(scan).failed == 0
