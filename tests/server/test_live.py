"""What the running page shows while the files under it change, break, vanish or fail to be read."""

import gc
import logging
import os
import threading
import weakref
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from extract.claims.collection import Collection
from extract.claims.load.root import load_root
from extract.claims.records import LANGS, Article
from extract.page.address import View, parse_query
from extract.page.notices import NoticeKind
from extract.page.page import Page, choose_words
from extract.server.live import LOOK_AGAIN, LOOK_EVERY, SETTLE_CUT_OFF, Live, find_signatures, get_live
from extract.server.lost_articles import Files
from extract.server.snapshot import Snapshot
from extract.text.files import read_regular
from extract.text.problems import Problem
from tests.conftest import TODAY, Scratch
from tests.server.asgi import Clock
from tests.server.live_data import (
    HA_TINH,
    HA_TINH_TITLE,
    KHANH_HOA,
    KON_TUM,
    count_figures,
    load_today,
    make_live,
    read_numbers,
    write_number,
)

# What is whole is shown


def test_sound_files_are_shown_whole(scratch: Scratch) -> None:
    snapshot = make_live(scratch).look()
    expected, problems = load_root(scratch.root, today=TODAY)
    assert problems == []
    assert snapshot.collection == expected
    assert snapshot.notices == ()
    assert snapshot.problems == ()


def test_what_is_read_first_is_prepared_once_before_anybody_has_it(scratch: Scratch) -> None:
    told: list[tuple[int, bool]] = []
    live = Live(scratch.root, prepare=lambda snapshot: told.append((len(snapshot.table.claims), live.has_read)))
    live.current()
    live.current()
    live.close()
    assert told == [(33, False)]


def test_data_that_cannot_be_prepared_are_shown_all_the_same(
    scratch: Scratch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Snapshot) -> None:
        raise ValueError("no view")

    live = Live(scratch.root, prepare=fail)
    assert len(live.current().table.claims) == 33
    live.close()
    assert live.has_read
    assert [(record.levelname, record.message) for record in caplog.records if record.exc_info] == [
        ("ERROR", "What most readers come for could not be made ahead; each makes it anew")
    ]


def test_looking_at_unchanged_files_changes_nothing(scratch: Scratch) -> None:
    live = make_live(scratch)
    assert live.look() is live.look()


def test_an_edit_appears(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    scratch.edit(
        "data/measures.yaml",
        "unit: ",
        "unit:  ",
        times=(scratch / "data/measures.yaml").read_text().count("unit: "),
    )
    after = live.look()
    assert after.version != before.version
    assert after.collection.claims == before.collection.claims
    assert after.notices == ()


def test_an_edit_of_the_same_length_with_its_time_set_back_appears(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    status = (scratch / HA_TINH).stat()
    raw = (scratch / HA_TINH).read_bytes()
    at = raw.index(b"translation: ") + len(b"translation: ") + 3
    (scratch / HA_TINH).write_bytes(raw[:at] + (b"x" if raw[at : at + 1] != b"x" else b"y") + raw[at + 1 :])
    os.utime(scratch / HA_TINH, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (scratch / HA_TINH).stat().st_mtime_ns == status.st_mtime_ns
    assert live.look().version != before.version


def test_a_file_saved_by_rename_appears(scratch: Scratch) -> None:
    live = make_live(scratch)
    before = live.look()
    raw = (scratch / HA_TINH).read_bytes()
    (scratch / "data/claims/.saving").write_bytes(raw + b"# saved\n")
    (scratch / "data/claims/.saving").rename(scratch / HA_TINH)
    after = live.look()
    assert after.files[HA_TINH].endswith(b"# saved\n")
    assert after.collection.claims == before.collection.claims


def test_a_file_under_another_name_is_the_same_article(scratch: Scratch) -> None:
    live = make_live(scratch)
    live.look()
    (scratch / HA_TINH).rename(scratch / "data/claims/renamed.yaml")
    snapshot = live.look()
    assert snapshot.notices == ()
    assert HA_TINH not in count_figures(snapshot)
    assert count_figures(snapshot)["data/claims/renamed.yaml"] == 16


def test_a_new_article_appears(scratch: Scratch) -> None:
    kept = (scratch / HA_TINH).read_bytes()
    (scratch / HA_TINH).unlink()
    live = make_live(scratch)
    assert HA_TINH not in count_figures(live.look())
    (scratch / HA_TINH).write_bytes(kept)
    assert count_figures(live.look())[HA_TINH] == 16


# What changes is left to settle


def test_files_just_changed_are_not_read_yet(scratch: Scratch) -> None:
    clock = Clock()
    live = Live(scratch.root, load=load_today, clock=clock, settle=3600)
    assert live.look().collection.sources == ()
    clock.now += 3600
    first = live.look()
    assert len(first.collection.sources) == 5
    scratch.edit(HA_TINH, "72 vụ/144", "73 vụ/144")
    assert live.look() is first
    clock.now += 3599
    assert live.look() is first
    clock.now += 1
    assert [notice.kind for notice in live.look().notices] == [NoticeKind.HELD]


def test_every_further_change_begins_the_wait_anew(scratch: Scratch) -> None:
    clock = Clock()
    live = Live(scratch.root, load=load_today, clock=clock, settle=3600)
    for _ in range(5):
        (scratch / HA_TINH).touch()
        assert live.look().collection.sources == ()
        clock.now += 3599
    clock.now += 3600
    assert len(live.look().collection.sources) == 5


def test_a_file_that_ends_within_a_line_waits_longer(scratch: Scratch) -> None:
    clock = Clock()
    live = Live(scratch.root, load=load_today, clock=clock, settle=0)
    first = live.look()
    raw = (scratch / HA_TINH).read_bytes()
    (scratch / HA_TINH).write_bytes(raw + b"# no end")
    assert live.look() is first
    clock.now += SETTLE_CUT_OFF
    assert live.look().files[HA_TINH] == raw + b"# no end"


def test_a_folder_that_has_just_lost_a_file_has_changed(scratch: Scratch) -> None:
    before = find_signatures(scratch.root)
    (scratch / KON_TUM).unlink()
    after = find_signatures(scratch.root)
    assert {path for path in before if before[path] != after.get(path)} == {"data/claims", KON_TUM}


def test_no_cut_of_a_file_shows_fewer_figures(scratch: Scratch) -> None:
    live = Live(scratch.root, settle=0)
    whole = live.look()
    raw = (scratch / KON_TUM).read_bytes()
    lines = [at + 1 for at, byte in enumerate(raw) if byte == ord("\n")]
    for cut in lines[:-1]:
        (scratch / KON_TUM).write_bytes(raw[:cut])
        snapshot = live.look()
        assert count_figures(snapshot) == count_figures(whole), f"cut after byte {cut}"
        assert snapshot.collection.claims == whole.collection.claims
    (scratch / KON_TUM).write_bytes(raw)
    assert live.look().notices == ()


def test_a_half_saved_file_is_announced_within_three_seconds(scratch: Scratch) -> None:
    clock = Clock()
    live = Live(scratch.root, load=load_today, clock=clock)
    clock.now += 1
    live.look()
    clock.now += 1
    whole = live.look()
    assert len(whole.collection.sources) == 5
    raw = (scratch / HA_TINH).read_bytes()
    (scratch / HA_TINH).write_bytes(raw[: len(raw) // 2].rpartition(b"\n")[0] + b"\n  - quo")
    assert live.look() is whole
    clock.now += SETTLE_CUT_OFF + live.pause  # what is left of the three seconds is for the page to ask
    notice = live.look().notices[0]
    assert (notice.kind, notice.problem.path, notice.figures) == (NoticeKind.HELD, HA_TINH, 16)
    assert live.look().collection.claims == whole.collection.claims


def test_a_change_that_takes_long_to_load_does_not_put_off_the_next_look(scratch: Scratch) -> None:
    clock = Clock()

    def load_slowly(files: Files, unreadable: Sequence[Problem]) -> tuple[Collection, list[Problem]]:
        clock.now += 60
        return load_today(files, unreadable)

    live = Live(scratch.root, load=load_slowly, clock=clock, settle=0)
    assert len(live.look().collection.sources) == 5
    assert live.pause == LOOK_EVERY


def test_files_that_come_to_rest_are_looked_at_more_often_for_a_while(scratch: Scratch) -> None:
    clock = Clock()
    live = Live(scratch.root, load=load_today, clock=clock, settle=0)
    live.look()
    clock.now += 10
    assert live.pause == LOOK_EVERY
    (scratch / HA_TINH).write_bytes((scratch / HA_TINH).read_bytes()[:-9])
    live.look()
    assert live.pause == LOOK_AGAIN
    clock.now += SETTLE_CUT_OFF
    live.look()
    assert live.pause == LOOK_AGAIN
    clock.now += LOOK_EVERY
    assert live.pause == LOOK_EVERY


def test_a_change_that_cannot_be_loaded_is_tried_again_in_a_while(scratch: Scratch) -> None:
    clock = Clock()

    def fail_slowly(files: Files, unreadable: Sequence[Problem]) -> tuple[Collection, list[Problem]]:
        clock.now += 60
        raise MemoryError

    live = Live(scratch.root, load=fail_slowly, clock=clock, settle=0)
    live.look()
    assert live.pause == 20 * 60


# Reads that fail


class FailingRead:
    """Reads files, but the n-th read fails."""

    def __init__(self, fails_at: int) -> None:
        self.fails_at = fails_at
        self.reads = 0

    def __call__(self, path: Path, folder: Path) -> bytes:
        self.reads += 1
        if self.reads == self.fails_at:
            raise OSError(5, "Input/output error")
        return read_regular(path, folder)


def count_reads(scratch: Scratch) -> int:
    read = FailingRead(0)
    make_live(scratch, read).look()
    return read.reads


def test_whichever_read_fails_at_the_start_the_next_look_shows_everything(
    scratch: Scratch, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(1, count_reads(scratch) + 1):
        live = make_live(scratch, FailingRead(number))
        first, second = live.look(), live.look()
        assert len(first.collection.sources) < 5 or first.problems, number
        assert count_figures(second) == {**count_figures(second), HA_TINH: 16, KHANH_HOA: 11, KON_TUM: 6}
        assert second.notices == ()
    assert "Traceback" not in caplog.text


def test_whichever_read_fails_later_no_figure_is_lost_and_no_versions_are_mixed(
    scratch: Scratch, caplog: pytest.LogCaptureFixture
) -> None:
    write_number(scratch, "1")
    for number in range(1, 3):
        write_number(scratch, "1")
        read = FailingRead(0)
        live = make_live(scratch, read)
        before = live.look()
        write_number(scratch, "2")
        read.fails_at = read.reads + number
        during, after = live.look(), live.look()
        assert count_figures(during) == count_figures(before)
        assert [notice.kind for notice in during.notices] == [NoticeKind.HELD]
        assert [notice.problem.message for notice in during.notices] == [
            "cannot be read (Input/output error): try to save it again"
        ]
        assert read_numbers(after) == {"2"}
        assert after.notices == ()
    assert "Traceback" not in caplog.text


def test_a_file_that_changes_while_it_is_read_is_not_taken(scratch: Scratch) -> None:
    changes = [b"# once more\n", b""]

    def read_while_written(path: Path, folder: Path) -> bytes:
        raw = read_regular(path, folder)
        if path.name == Path(HA_TINH).name and changes:
            path.write_bytes(raw + changes.pop())
        return raw

    live = make_live(scratch, read_while_written)
    assert live.look().collection.sources == ()
    assert live.look().collection.sources == ()
    assert live.look().files[HA_TINH].endswith(b"# once more\n")


def test_loading_that_raises_leaves_the_last_good_data(scratch: Scratch, caplog: pytest.LogCaptureFixture) -> None:
    calls: list[Files] = []

    def load_then_fail(files: Files, unreadable: Sequence[Problem]) -> tuple[Collection, list[Problem]]:
        calls.append(files)
        if len(calls) == 2:
            raise MemoryError
        return load_today(files, unreadable)

    live = Live(scratch.root, load=load_then_fail, settle=0)
    before = live.look()
    (scratch / HA_TINH).write_bytes((scratch / HA_TINH).read_bytes() + b"# again\n")
    assert live.look() is before
    assert "the page stays as last read" in caplog.text
    assert live.look().files[HA_TINH].endswith(b"# again\n")


# What the operator reads


def test_the_log_names_file_and_line_once_a_change(scratch: Scratch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    live = make_live(scratch)
    version = live.look().version
    assert caplog.messages == [f"The page shows 33 figures of 5 articles, version {version}"]
    caplog.clear()
    scratch.edit(HA_TINH, "value: 72}", "value: 73}")
    problem = live.look().problems[0]
    live.look()
    live.look()
    assert caplog.messages == [
        f"{HA_TINH}:{problem.line}: ha-tinh-2021-smuggling-cases: {problem.message}"
        f" · The page says: The article «{HA_TINH_TITLE}» is being edited; the page shows its last good state.",
        f"The page shows 33 figures of 5 articles, version {version}",
    ]


# What is shown no more


def compose_all(snapshot: Snapshot) -> None:
    """Compose every view in both languages, and one filtered, as readers do."""
    for view, lang, topic in product(View, LANGS, ("", "seizures")):
        query = {"view": view.value, "lang": lang, "topic": topic}
        address, unknown = parse_query(query, snapshot.table)
        assert unknown == ()
        snapshot.compose(Page(table=snapshot.table, words=choose_words(snapshot.wording, lang), address=address))


def find_article(snapshot: Snapshot, path: str) -> Article:
    return next(source.record.article for source in snapshot.collection.sources if source.path == path)


def test_nothing_of_an_earlier_state_of_the_data_stays_in_memory(scratch: Scratch) -> None:
    live = Live(scratch.root, settle=0)
    states: list[weakref.ref[object]] = []
    for number in range(2):
        write_number(scratch, str(number))
        snapshot = live.look()
        compose_all(snapshot)
        states += [weakref.ref(each) for each in (snapshot, snapshot.table, find_article(snapshot, KON_TUM))]
        del snapshot
    gc.collect()
    last = live.look()
    # This article's file is the same in all of them, and so is what it says.
    article = find_article(last, KON_TUM)
    assert [each() for each in states] == [None, None, article, last, last.table, article]


def test_a_state_that_nobody_looked_at_is_gone_before_python_looks_for_circles(scratch: Scratch) -> None:
    live = Live(scratch.root, settle=0)
    gc.collect()
    gc.disable()
    try:
        tables: list[weakref.ref[object]] = []
        for number in range(3):
            write_number(scratch, str(number))
            tables.append(weakref.ref(live.look().table))
        assert [table() for table in tables] == [None, None, live.look().table]
    finally:
        gc.enable()


# Many readers


def test_readers_beside_a_slow_reload_get_the_last_good_data(scratch: Scratch) -> None:
    entered, leave = threading.Event(), threading.Event()

    def load_slowly(files: Files, unreadable: Sequence[Problem]) -> tuple[Collection, list[Problem]]:
        entered.set()
        assert leave.wait(30)
        return load_today(files, unreadable)

    live = Live(scratch.root, load=load_slowly, settle=0)
    leave.set()
    before = live.look()
    leave.clear()
    entered.clear()
    (scratch / HA_TINH).write_bytes((scratch / HA_TINH).read_bytes() + b"# slow\n")
    reloading = threading.Thread(target=live.look)
    reloading.start()
    assert entered.wait(30)
    assert live.look() is before
    leave.set()
    reloading.join()
    assert live.look().files[HA_TINH].endswith(b"# slow\n")


def test_the_first_readers_all_get_the_whole_data(scratch: Scratch) -> None:
    live = make_live(scratch)
    snapshots: list[Snapshot] = []
    readers = [threading.Thread(target=lambda: snapshots.append(live.current())) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    live.close()
    assert [len(snapshot.collection.sources) for snapshot in snapshots] == [5] * 8


def test_an_edit_of_two_files_is_seen_as_one(scratch: Scratch) -> None:
    write_number(scratch, "0")
    clock = Clock()
    live = Live(scratch.root, load=load_today, clock=clock, settle=3600)
    live.look()
    clock.now += 3600
    assert read_numbers(live.look()) == {"0"}
    for number in range(1, 5):
        before = live.look()
        for path in (HA_TINH, KHANH_HOA):
            write_number(scratch, str(number), path)
            clock.now += 3599
            assert live.look() is before
        clock.now += 3600
        assert read_numbers(live.look()) == {str(number)}


def test_a_root_has_one_live_for_the_whole_process(tmp_path: Path) -> None:
    assert get_live(tmp_path) is get_live(tmp_path)
