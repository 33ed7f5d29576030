"""Live data of a copy of the real files, for tests that edit it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from extract.claims.collection import Collection
from extract.claims.load.root import load_collection
from extract.server.live import Live
from extract.server.lost_articles import Files
from extract.server.snapshot import Snapshot
from extract.text.files import read_regular
from extract.text.problems import Problem
from tests.conftest import TODAY, Scratch

HA_TINH = "data/claims/ha-tinh-2021-three-forces.yaml"
HA_TINH_TITLE = "Tập trung đấu tranh với các loại tội phạm, đảm bảo an ninh quốc gia, an toàn xã hội"
KHANH_HOA = "data/claims/khanh-hoa-2016-peoples-movement.yaml"
KON_TUM = "data/claims/kon-tum-internal-political-security.yaml"


def load_today(files: Files, unreadable: Sequence[Problem]) -> tuple[Collection, list[Problem]]:
    return load_collection(files, today=TODAY, unreadable=unreadable)


def make_live(scratch: Scratch, read: Callable[[Path, Path], bytes] = read_regular) -> Live:
    """Return live data that need no time to settle: every look takes in what stands there."""
    return Live(scratch.root, load=load_today, read=read, settle=0)


def count_figures(snapshot: Snapshot) -> dict[str, int]:
    """Return how many figures are shown of each article's file."""
    return {
        source.path: sum(len(sentence.claims) for sentence in source.record.sentences)
        for source in snapshot.collection.sources
    }


def write_number(scratch: Scratch, number: str, *paths: str) -> None:
    """Write a version at the end of two files, which must be seen in the same version, or of those named."""
    for path in paths or (HA_TINH, KHANH_HOA):
        text = (scratch / path).read_text("utf-8").partition("\n# version ")[0].rstrip()
        (scratch / path).write_text(f"{text}\n# version {number}\n", "utf-8")


def read_numbers(snapshot: Snapshot) -> set[str]:
    return {snapshot.files[path].decode("utf-8").rpartition("# version ")[2].strip() for path in (HA_TINH, KHANH_HOA)}
