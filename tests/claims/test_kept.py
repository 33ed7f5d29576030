"""What files were parsed to, kept on the disk: as if they were parsed anew, or not used at all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from extract.claims.collection import Collection
from extract.claims.kept import LEAST_KEPT, find_folder
from extract.claims.load import load_collection
from extract.text.problems import Problem
from tests.bench.generate import CLAIMS_OF_AN_ARTICLE, generate
from tests.conftest import REPOSITORY, TODAY

Loaded = tuple[Collection, list[Problem]]

LOAD = (
    "import sys; from pathlib import Path; from extract.claims.load import load_collection; "
    "load_collection(Path(sys.argv[1]))"
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root that is just large enough, with a broken file and a text that is none; nobody changes it."""
    root = tmp_path_factory.mktemp("large") / "root"
    root.mkdir()
    generate(root, LEAST_KEPT * CLAIMS_OF_AN_ARTICLE)
    files = sorted((root / "data/claims").iterdir())
    edit(files[3], "indicator: ", "indikator: ")
    files[5].write_text("article: [", encoding="utf-8")
    (root / f"seeds/{files[7].stem}.txt").write_bytes(b"C\xf4ng an")
    return root


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept, not there yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("FIGURES_CACHE", str(folder))
    return folder


@pytest.fixture(scope="module")
def expected(large: Path) -> Loaded:
    """What a load gives that finds nothing kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIGURES_CACHE", "off")
        return load_first(large)


@pytest.fixture(scope="module")
def kept_once(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what is kept after a load; nobody changes it."""
    folder = tmp_path_factory.mktemp("kept") / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIGURES_CACHE", str(folder))
        load_first(large)
    return folder


@pytest.fixture
def filled(cache: Path, kept_once: Path) -> Path:
    """The folder of what is kept, with what a load has kept in it."""
    return Path(shutil.copytree(kept_once, cache))


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first words of their kind in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def load_first(root: Path) -> Loaded:
    """Load as the first load of a process does."""
    load_collection(root / "nothing", today=TODAY)  # after which a process knows of no file
    return load_collection(root, today=TODAY)


def find_kept(cache: Path) -> Path:
    """Return the one file that is kept."""
    (file,) = cache.iterdir()
    return file


def run(code: str, root: Path, cache: Path, folder: Path = REPOSITORY) -> "subprocess.Popen[str]":
    """Start a process that runs code with the modules of a folder."""
    environment = {**os.environ, "FIGURES_CACHE": str(cache), "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", code, str(root)]
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def end(process: "subprocess.Popen[str]") -> str:
    """Wait for a process to end well, and return what it wrote to its log."""
    _, written = process.communicate(timeout=60)
    assert process.returncode == 0, written
    return written


# The same as without


def test_what_was_kept_is_what_parsing_gives(
    large: Path, cache: Path, expected: Loaded, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(expected[0].sources) == LEAST_KEPT - 3
    assert load_first(large) == expected  # which keeps
    before = find_kept(cache).stat()
    assert load_first(large) == expected  # which finds
    assert find_kept(cache).stat().st_ino == before.st_ino, "nothing was parsed anew, so nothing was kept anew"
    assert find_kept(cache).stat().st_mtime_ns == before.st_mtime_ns
    assert caplog.messages == []


def test_what_one_process_keeps_another_finds(large: Path, cache: Path, expected: Loaded) -> None:
    assert end(run(LOAD, large, cache)) == ""
    before = find_kept(cache).stat()
    assert load_first(large) == expected
    assert find_kept(cache).stat().st_ino == before.st_ino


def test_a_file_is_found_by_what_it_says_wherever_it_stands(
    large: Path, filled: Path, expected: Loaded, tmp_path: Path
) -> None:
    inode = find_kept(filled).stat().st_ino
    assert load_first(shutil.copytree(large, tmp_path / "elsewhere")) == expected
    assert find_kept(filled).stat().st_ino == inode


def test_an_edited_file_is_parsed_anew_and_checked_with_the_others(large: Path, filled: Path, tmp_path: Path) -> None:
    root = shutil.copytree(large, tmp_path / "root")
    before, problems = load_first(root)
    inode = find_kept(filled).stat().st_ino
    checked = before.claims[0]
    figure, value = checked.claim.figure, str(checked.claim.value)
    edit(root / checked.path, f"        value: {value}\n", f"        value: {value}7\n")
    after, found = load_first(root)
    assert after.claims == tuple(each for each in before.claims if each.path != checked.path)
    (problem,) = set(found) - set(problems)
    assert problem.path == checked.path
    assert problem.message.startswith(f"value {value}7 is not what the figure says: «{figure}» reads {value};")
    assert find_kept(filled).stat().st_ino == inode, "one file is not worth keeping all anew"


@pytest.mark.usefixtures("filled")
def test_a_verdict_is_never_kept(large: Path, tmp_path: Path) -> None:
    root = shutil.copytree(large, tmp_path / "root")
    (root / "data/indicators.yaml").write_bytes(b"")
    collection, problems = load_first(root)
    assert collection.claims == ()
    assert "data/indicators.yaml:1: -: is empty" in map(str, problems)


# What is damaged, or others can have written


def cut_to(part: float, file: Path) -> None:
    os.truncate(file, int(file.stat().st_size * part))


def cut_by(count: int, file: Path) -> None:
    os.truncate(file, file.stat().st_size - count)


def flip_at(part: float, file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[int(len(raw) * part)] ^= 1
    file.write_bytes(raw)


def flip_length(file: Path) -> None:
    """Let the first frame say that it has more bytes than any machine."""
    raw = file.read_bytes()
    at = raw.index(b"\n") + 1
    file.write_bytes(raw[:at] + b"\x7f" + raw[at + 1 :])


def flip_last_length(file: Path) -> None:
    """Let the last frame, which has no bytes, say that it has one."""
    raw = bytearray(file.read_bytes())
    raw[-33] ^= 1
    file.write_bytes(raw)


def go_on(file: Path) -> None:
    with file.open("ab") as stream:
        stream.write(b"x")


def open_to_others(file: Path) -> None:
    file.chmod(0o620)


def link_away(file: Path) -> None:
    other = file.parent.parent / "other"
    file.rename(other)
    file.symlink_to(other)


def put_fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing left": (partial(cut_to, 0), "is of another form"),
    "cut in its form": (partial(cut_to, 1e-5), "is of another form"),
    "cut in a frame": (partial(cut_to, 0.4), "is damaged"),
    "cut before its last frame": (partial(cut_by, 40), "is damaged"),
    "cut in its last frame": (partial(cut_by, 3), "is damaged"),
    "another byte in its form": (partial(flip_at, 0), "is of another form"),
    "another byte in a frame": (partial(flip_at, 0.5), "is damaged"),
    "another byte at its end": (partial(flip_at, 0.999999), "is damaged"),
    "a length beyond all": (flip_length, "is damaged"),
    "another length at its end": (flip_last_length, "is damaged"),
    "more after its end": (go_on, "is damaged"),
    "open to others": (open_to_others, "others may write there"),
    "a link": (link_away, "Too many levels of symbolic links"),
    "a FIFO": (put_fifo, "others may write there"),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_a_file_that_is_not_as_written_is_not_used_but_replaced(
    large: Path, filled: Path, expected: Loaded, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    damage, reason = DAMAGES[case]
    kept = find_kept(filled)
    damage(kept)
    assert load_first(large) == expected
    assert caplog.messages == [f"{kept} cannot be used ({reason}): all files are parsed anew"]
    assert find_kept(filled).is_file()
    assert not kept.is_symlink()
    assert load_first(large) == expected
    assert len(caplog.messages) == 1


def put_link(cache: Path) -> None:
    (cache.parent / "other").mkdir(mode=0o700)
    cache.symlink_to(cache.parent / "other")


def put_open(cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o770)


def put_file(cache: Path) -> None:
    cache.write_bytes(b"")


NO_FOLDERS = {
    "a link": (put_link, "Not a directory"),
    "others may write": (put_open, "others may write there"),
    "a file": (put_file, "File exists"),
}


@pytest.mark.parametrize("case", NO_FOLDERS)
def test_a_folder_that_is_not_the_users_alone_is_neither_read_nor_written(
    large: Path, cache: Path, expected: Loaded, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    put, reason = NO_FOLDERS[case]
    put(cache)
    assert load_first(large) == expected
    assert caplog.messages == [f"{cache} cannot be used ({reason}): the next start parses all files anew"]
    assert not cache.is_dir() or list(cache.iterdir()) == []


def test_a_sound_file_in_a_folder_that_others_may_write_to_is_not_read(
    large: Path, filled: Path, expected: Loaded, caplog: pytest.LogCaptureFixture
) -> None:
    inode = find_kept(filled).stat().st_ino
    filled.chmod(0o777)
    assert load_first(large) == expected
    assert caplog.messages == [
        f"{filled} cannot be used (others may write there): the next start parses all files anew"
    ]
    assert find_kept(filled).stat().st_ino == inode


def test_a_folder_that_cannot_be_written_to_costs_only_time(
    large: Path, cache: Path, expected: Loaded, caplog: pytest.LogCaptureFixture
) -> None:
    cache.mkdir(mode=0o500)
    is_open = os.access(cache, os.W_OK)  # as it is to root
    assert load_first(large) == expected
    refusal = f"{cache} cannot be used (Permission denied): the next start parses all files anew"
    assert caplog.messages == ([] if is_open else [refusal])
    assert len(list(cache.iterdir())) == is_open


def test_a_disk_that_is_full_leaves_what_was_there(large: Path, filled: Path, tmp_path: Path, expected: Loaded) -> None:
    kept = find_kept(filled)
    kept.write_bytes(b"old")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); {LOAD}"
    assert end(run(limited, large, filled)).splitlines() == [
        f"{kept} cannot be used (is of another form): all files are parsed anew",
        f"{filled} cannot be used (File too large): the next start parses all files anew",
    ]
    assert find_kept(filled).read_bytes() == b"old"


# Which program wrote it


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with a copy of the program, to change on purpose."""
    shutil.copytree(REPOSITORY / "data", tmp_path / "program/data")
    shutil.copytree(REPOSITORY / "extract", tmp_path / "program/extract", ignore=shutil.ignore_patterns("*.pyc"))
    return tmp_path / "program"


def test_a_changed_program_finds_nothing_and_deletes_what_the_other_kept(
    large: Path, cache: Path, program: Path
) -> None:
    end(run(LOAD, large, cache, program))
    first = find_kept(cache)
    (cache / "parsed-notes.txt").write_text("not ours", encoding="utf-8")
    with (program / "extract/text/hedges.py").open("a", encoding="utf-8") as module:
        module.write("# changed\n")
    assert end(run(LOAD, large, cache, program)) == ""
    second, other = sorted(cache.iterdir())
    assert other.name == "parsed-notes.txt"
    assert second.name != first.name


def test_a_program_that_was_changed_under_a_running_process_keeps_nothing(
    large: Path, cache: Path, program: Path
) -> None:
    changed = program / "extract/text/hedges.py"
    # File systems count time more coarsely than the clock.
    change = f"""
import extract.claims.load, pathlib, time
begun, module = time.time(), pathlib.Path({str(changed)!r})
while module.stat().st_ctime <= begun:
    module.write_bytes(module.read_bytes() + b"#")
{LOAD}"""
    assert end(run(change, large, cache, program)).splitlines() == [
        f"{cache} cannot be used (hedges.py has changed since the start): the next start parses all files anew"
    ]
    assert not cache.exists()


def test_processes_that_keep_at_once_end_with_one_sound_file(large: Path, cache: Path, expected: Loaded) -> None:
    processes = [run(LOAD, large, cache) for _ in range(4)]
    assert [end(process) for process in processes] == [""] * 4
    inode = find_kept(cache).stat().st_ino
    assert load_first(large) == expected
    assert find_kept(cache).stat().st_ino == inode


# Where, and whether


def test_small_roots_never_touch_the_disk(filled: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept = find_kept(filled)
    kept.write_bytes(b"looked at")
    (tmp_path / "small").mkdir()
    generate(tmp_path / "small", (LEAST_KEPT - 1) * CLAIMS_OF_AN_ARTICLE)
    for root in (REPOSITORY, tmp_path / "small"):
        assert load_first(root)[1] == []
    assert caplog.messages == []
    assert kept.read_bytes() == b"looked at"


def test_only_the_first_load_of_a_process_looks_at_the_disk(
    large: Path, filled: Path, expected: Loaded, caplog: pytest.LogCaptureFixture
) -> None:
    load_first(large)
    find_kept(filled).write_bytes(b"looked at")
    assert load_collection(large, today=TODAY) == expected
    assert caplog.messages == []


@pytest.mark.parametrize("off", ["", "off"])
def test_it_can_be_turned_off(large: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, off: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("FIGURES_CACHE", off)
    load_first(large)
    assert find_folder() is None
    assert list(tmp_path.iterdir()) == []


def test_it_is_kept_for_this_user_alone(large: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FIGURES_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    load_first(large)
    folder = tmp_path / "caches/reported-figures"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert find_kept(folder).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("caches", [None, "", "relative"])
def test_without_a_folder_for_caches_it_is_the_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caches: str | None
) -> None:
    monkeypatch.delenv("FIGURES_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if caches is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", caches)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_folder() == tmp_path / ".cache/reported-figures"
