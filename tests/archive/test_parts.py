"""A scan into a folder: what the files hold, and going on where a scan broke off."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from extract.archive import parts
from extract.archive.parts import Parts, PartsError, open_parts
from extract.archive.scan import find_mention_records, format_record, scan_files, scan_texts
from extract.archive.sources import find_files, read_texts
from extract.archive.workers import count_jobs, start_workers
from extract.text.problems import FileProblem
from tests.conftest import REPOSITORY

SEEDS = REPOSITORY / "seeds"
READER = "grammar"


def scan_into(folder: Path, source: Path, *, go_on: bool = False, stop_after: int | None = None) -> list[str]:
    """Scan a source into a folder, and return the texts that were looked through, and the problems."""
    files, seen = list(find_files([source])), []
    with start_workers(count_jobs(files)) as workers, open_parts(folder, READER, go_on=go_on) as opened:
        before = dict(opened.done)
        for number, found in enumerate(
            scan_texts(read_texts(files, done=opened.done), find=find_mention_records, workers=workers)
        ):
            if number == stop_after:
                raise KeyboardInterrupt
            opened.add(found)
            seen += [end.file for end in found.ends if end.file not in before]
            seen += [str(item) for item in found.records if isinstance(item, FileProblem)]
    return seen


def write_archive(path: Path, texts: int) -> Path:
    lines = (
        json.dumps({"id": f"t{n}", "text": f"Bắt {n} đối tượng, đạt 1.962/1.969 thôn.\n" * 40}) for n in range(texts)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_files_hold_what_the_lines_of_json_say(tmp_path: Path) -> None:
    scan_into(tmp_path / "out", SEEDS)
    rows = pl.read_parquet(tmp_path / "out" / "*.parquet").to_dicts()
    records = [json.loads(format_record(record)) for record in scan_files([SEEDS]) if isinstance(record, dict)]
    assert len(rows) == len(records) > 100
    for row, record in zip(rows, records, strict=True):
        second = row.pop("second_value")
        assert {**row, "value": row["value"] if second is None else [row["value"], second]} == record


def test_a_folder_that_holds_anything_is_gone_on_with_or_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PartsError) as refused, open_parts(tmp_path, READER, go_on=False):
        pass
    assert str(refused.value) == f"{tmp_path} is not empty: go on with it by --skip-done, or name a new folder"


def test_a_broken_scan_goes_on_with_what_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "TEXTS", 100)
    archive, out = write_archive(tmp_path / "a.jsonl", 900), tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        scan_into(out, archive, stop_after=3)
    first = Parts(out, READER).done
    assert 100 <= len(first) < 900
    again = scan_into(out, archive, go_on=True)
    assert len(again) == 900 - len(first)
    assert not {*again} & {*first}
    scan_into(tmp_path / "whole", archive)
    columns = ["file", "start"]
    assert (
        pl.read_parquet(out / "*.parquet")
        .sort(columns)
        .equals(pl.read_parquet(tmp_path / "whole" / "*.parquet").sort(columns))
    )
    assert scan_into(out, archive, go_on=True) == []


def test_a_text_of_many_blocks_stays_in_one_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "RECORDS", 10)
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text("Bắt 5 đối tượng.\n" * 100_000, encoding="utf-8")
    scan_into(tmp_path / "out", folder)
    texts = [pl.read_parquet(path)["file"].unique().to_list() for path in sorted((tmp_path / "out").iterdir())]
    assert texts == [[str(folder / "a.txt")], [str(folder / "b.txt")]]


def test_a_part_of_another_grammar_and_a_file_that_is_no_part_are_refused(tmp_path: Path) -> None:
    scan_into(tmp_path, SEEDS)
    part = tmp_path / "part-000001.parquet"
    with pytest.raises(PartsError) as refused:
        Parts(tmp_path, "another")
    message = "was read by another grammar or with other units: scan into a new folder"
    assert str(refused.value) == f"{part} {message}"
    part.write_bytes(b"no table")
    with pytest.raises(PartsError) as refused:
        Parts(tmp_path, READER)
    assert str(refused.value) == f"{part} is no part of a scan: take it out of the folder"


def test_a_scan_that_is_killed_leaves_whole_parts_and_the_command_goes_on(tmp_path: Path) -> None:
    archive, out = tmp_path / "in", tmp_path / "out"
    archive.mkdir()
    for number in range(3):
        write_archive(archive / f"{number}.jsonl", 500)
    shutil.copytree(SEEDS, archive / "seeds")
    command = [sys.executable, "-m", "extract", "scan", str(archive), "--parquet", str(out)]
    with subprocess.Popen(command, cwd=REPOSITORY) as process:
        while not out.exists():
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    result = subprocess.run([*command, "--skip-done"], cwd=REPOSITORY, capture_output=True, timeout=120, check=False)
    # The three files have the same ids, and in a table an id names a text; the same text twice is one.
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    assert pl.read_parquet(out / "*.parquet")["file"].n_unique() == 500 + 5


def test_an_id_that_comes_twice_in_a_scan_is_one_text_or_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.jsonl"
    texts = ("Bắt 5 đối tượng.", "Bắt 5 đối tượng.", "Bắt 6 đối tượng.")
    archive.write_text("\n".join(json.dumps({"id": "a", "text": text}) for text in texts), encoding="utf-8")
    refusal = f"{archive}:3: a: was scanned before with other words, and was not scanned again"
    assert scan_into(tmp_path / "out", archive)[-1] == refusal
    assert pl.read_parquet(tmp_path / "out" / "*.parquet")["value"].to_list() == [5]
