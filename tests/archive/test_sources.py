"""Texts of every kind of source, and what is no text among them."""

import gzip
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from extract.archive import sources
from extract.archive.sources import Block, Columns, TextEnd, find_files, read_texts
from extract.text.problems import FileProblem
from tests.conftest import REPOSITORY

TEXTS = {"a": "Bắt 5 đối tượng.\r\nThu 2 xe.", "b/1": "\ufeffPhạt 7 vụ.\n", "3": "Không có số."}


def write_lines(path: Path, rows: Sequence[Any]) -> Path:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


def write_table(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(list(rows)), path)
    return path


def read(*paths: Path, **options: Any) -> dict[str, str]:
    """Return every text that was read whole, by its name."""
    found: dict[str, str] = {}
    ended: list[str] = []
    for item in read_texts(paths, **options):
        assert not isinstance(item, FileProblem)
        if isinstance(item, Block):
            found[item.file] = found.get(item.file, "") + item.raw
        else:
            ended.append(item.file)
    assert list(found) == ended
    return found


def list_problems(*paths: Path, **options: Any) -> list[str]:
    return [str(item) for item in read_texts(paths, **options) if isinstance(item, FileProblem)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.parquet"])
def test_a_source_of_many_texts_gives_each_by_its_id_letter_for_letter(tmp_path: Path, name: str) -> None:
    write = write_table if name.endswith(".parquet") else write_lines
    rows = [{"id": id_, "text": text, "date": "2021-05-03"} for id_, text in TEXTS.items()]
    assert read(write(tmp_path / name, rows)) == TEXTS


def test_columns_have_the_names_they_are_given_and_ids_may_be_numbers(tmp_path: Path) -> None:
    rows = [{"url": 12, "body": "5 vụ"}]
    for path in (write_lines(tmp_path / "a.jsonl", rows), write_table(tmp_path / "a.parquet", rows)):
        assert read(path, columns=Columns(text="body", id="url")) == {"12": "5 vụ"}
        assert list_problems(path) == [
            f"{path}:1: {'-: ' if path.suffix == '.jsonl' else ''}has no «text», «id», but url, body:"
            " name what it has with --text and --id"
        ]


def test_a_packed_text_is_one_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXTS["a"].encode()))
    assert read(path) == {str(path): TEXTS["a"]}


def test_a_folder_is_searched_for_every_kind_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/a.JSONL", "a.txt.gz", "b/b.parquet", "note.md"):
        (tmp_path / name).write_text("5 vụ", encoding="utf-8")
    assert [str(path.relative_to(tmp_path)) for path in find_files([tmp_path])] == [
        "a.txt.gz",
        "b/a.JSONL",
        "b/b.parquet",
        "c.txt",
    ]


def test_what_is_no_text_is_named_in_its_place_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        '{"id": 1, "text": "Bắt 5 đối tượng."}',
        "[1]",
        '{"id": 2}',
        "",
        "{bad",
        '{"id": true, "text": "x"}',
        '{"id": "c", "text": null}',
        r'{"id": "d", "text": "a \ud800 b"}',
        r'{"id": "e", "text": "Thu 2 xe.\n\u0000"}',
        '{"id": "f", "text": "  "}',
        "[" * 5000,
        '{"id": "g", "text": "Thu 3 xe."}',
        r'{"id": "\udc80", "text": "x"}',
    ]
    path.write_bytes("\n".join(lines).encode() + b"\n\xff\n")
    assert [str(item) if isinstance(item, FileProblem) else item.file for item in read_texts([path])] == [
        "1",
        "1",
        f"{path}:2: -: is no object: write one a line, with its text and its id",
        f"{path}:3: -: has no «text», but id: name what it has with --text and --id",
        f"{path}:5: -: is no line of JSON in UTF-8: write one object a line",
        f"{path}:6: -: its id is no text and no whole number: True",
        f"{path}:7: c: its text is none: None",
        f"{path}:8: d: U+D800 is half a character: take the text from its source again",
        f"{path}:9: e: line 2 of its text: U+0000 is a control character: binary, or UTF-16;"
        " save the file as plain UTF-8 text",
        f"{path}:10: f: only white space; put the article's text in the file",
        f"{path}:11: -: is no line of JSON in UTF-8: write one object a line",
        "g",
        "g",
        f"{path}:13: -: its id has half a character: '\\udc80'",
        f"{path}:14: -: is no line of JSON in UTF-8: write one object a line",
    ]


def test_a_damaged_source_is_named_after_what_could_be_read_of_it(tmp_path: Path) -> None:
    whole = write_lines(tmp_path / "a.jsonl.gz", [{"id": n, "text": f"{n} vụ {n * 7919}"} for n in range(20_000)])
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(whole.read_bytes()[:-5000])
    table = write_table(tmp_path / "a.parquet", [{"id": "a", "text": "5 vụ"}])
    broken = tmp_path / "cut.parquet"
    broken.write_bytes(table.read_bytes()[:-9])
    plain = tmp_path / "plain.txt.gz"
    plain.write_bytes(b"5 v")
    items = list(read_texts([cut, broken, plain]))
    whole_lines = sum(isinstance(item, TextEnd) for item in items)
    assert whole_lines > 10_000
    assert [str(item) for item in items[-3:]] == [
        f"{cut}:{whole_lines + 1}: is damaged, or not packed by gzip: take it from its source again",
        f"{broken}:1: is damaged, or no Parquet table: take it from its source again",
        f"{plain}:1: is damaged, or not packed by gzip: take it from its source again",
    ]


def test_a_text_or_line_longer_than_any_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LONGEST", 2 * sources.MEGABYTE)
    text, lines = tmp_path / "a.txt.gz", tmp_path / "b.jsonl"
    text.write_bytes(gzip.compress(b"a/" * 4 * sources.MEGABYTE))
    lines.write_bytes(b'{"id": 1, "text": "' + b"a" * 5 * sources.MEGABYTE + b'"}\n{"id": 2, "text": "b"}\n')
    items = list(read_texts([text, lines]))
    assert [str(item) if isinstance(item, FileProblem) else item.file for item in items] == [
        f"{text}:1: a sentence of more than 2 MB is no text's",
        f"{lines}:1: -: a line of more than 2 MB is no text's",
        "2",
        "2",
    ]


def test_a_text_that_is_done_is_not_read_again_and_one_that_changed_is_named(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"id": "a", "text": "5 vụ"}, {"id": "b", "text": "6 vụ"}])
    done = {item.file: item.digest for item in read_texts([path]) if isinstance(item, TextEnd)}
    write_lines(path, [{"id": "a", "text": "5 vụ"}, {"id": "b", "text": "7 vụ"}])
    assert [str(item) if isinstance(item, FileProblem) else item for item in read_texts([path], done=done)] == [
        TextEnd("a", done["a"]),
        f"{path}:2: b: was scanned before with other words, and was not scanned again",
    ]


@pytest.mark.parametrize(
    ("arguments", "given", "names"),
    [((), "Thu 9 xe.\n" * 200_000, ["-"]), (("--jsonl",), '{"id": "x", "text": "Thu 9 xe."}\n' * 2, ["x"])],
)
def test_standard_input_is_read_as_a_file_is(arguments: Sequence[str], given: str, names: Sequence[str]) -> None:
    command = [sys.executable, "-m", "extract", "sentences", "--json", "-", *arguments]
    result = subprocess.run(command, cwd=REPOSITORY, input=given.encode(), capture_output=True, timeout=120, check=True)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert (sorted({record["file"] for record in records}), len(records)) == (names, given.count("Thu"))


def test_cells_that_are_no_text_are_refused_and_the_other_rows_go_on(tmp_path: Path) -> None:
    column = pa.array([b"5 v\xe1", "6 vụ".encode()], pa.binary()).view(pa.string())
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["a", "b"], "text": column}), path)
    assert [str(item) if isinstance(item, FileProblem) else item.file for item in read_texts([path])] == [
        f"{path}:1: a: its text is not UTF-8: take it from its source again",
        "b",
        "b",
    ]


def test_a_table_with_a_column_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table([["a"], ["5 vụ"], ["6 vụ"]], names=["id", "text", "text"]), path)
    assert list_problems(path) == [f"{path}:1: is damaged, or no Parquet table: take it from its source again"]


def test_a_file_that_cannot_be_read_to_its_end_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/proc/self/mem")
    (tmp_path / "b.txt").write_text("5 vụ", encoding="utf-8")
    items = [str(item) if isinstance(item, FileProblem) else item.file for item in read_texts(find_files([tmp_path]))]
    refusal = f"{tmp_path}/a.txt:1: cannot be read (Input/output error): take it from its source again"
    assert items == [refusal, str(tmp_path / "b.txt"), str(tmp_path / "b.txt")]


def test_links_to_folders_make_no_circle_and_none_goes_unread_without_a_word(tmp_path: Path) -> None:
    archive, other = tmp_path / "archive", tmp_path / "other"
    (archive / "inner").mkdir(parents=True)
    other.mkdir()
    for folder in (archive / "inner", other):
        (folder / "a.txt").write_text("5 vụ", encoding="utf-8")
    (archive / "inner" / "up").symlink_to(archive)
    (archive / "self.txt").symlink_to("self.txt")
    (archive / "out").symlink_to(other)
    found = [str(item) if isinstance(item, FileProblem) else item.file for item in read_texts(find_files([archive]))]
    assert found == [
        *[f"{archive}/inner/a.txt"] * 2,
        f"{archive}/out:1: is a folder that cannot be looked into from here: name it, or check its permissions",
        f"{archive}/self.txt:1: is a link that leads to itself: put the file itself there",
    ]


def test_a_text_that_changes_while_it_is_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Bắt 5 đối tượng.\n" * 100_000, encoding="utf-8")
    items = read_texts([path])
    assert isinstance(next(items), Block)
    path.write_text("Bắt 6 đối tượng.\n" * 100_000, encoding="utf-8")
    *_, last = items
    assert str(last) == (f"{path}:1: changed while it was read, so that its last records may be wrong: scan it again")


@pytest.mark.parametrize("arguments", [[], ["--jsonl"]])
def test_a_closed_standard_input_is_refused_in_a_sentence(arguments: Sequence[str]) -> None:
    command = ["sh", "-c", '"$0" -m extract scan - "$@" <&-', sys.executable, *arguments]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)
    wanted = "lines of JSON" if arguments else "a text"
    assert (result.returncode, result.stdout, result.stderr) == (1, "", f"-:1: is closed: give it {wanted}\n")
