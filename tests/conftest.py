"""What tests share: a copy of the real data to break on purpose, and real records with one thing changed."""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from extract.claims.collection import Collection
from extract.claims.load.root import load_root
from extract.claims.records import Claim
from tests.browser import PLAIN_HOST
from tests.servers import Server, find_port, serve

REPOSITORY = Path(__file__).resolve().parent.parent
MADE = REPOSITORY / "tests/made"
"""Six made-up articles of five made-up provinces: one measure reported by several, some comparable, some not."""
MADE_UP = "data/claims/made-up.yaml"
EMBEDDER = f"http://127.0.0.1:{find_port()}"
"""Another site, which may show the shared server's charts."""
TODAY = date(2026, 11, 21)
"""The day that tests take for today, so that they say the same every day."""


# A property fails for what it says, not for a machine that is busy nor for the examples that one run happens to draw.
settings.register_profile("tests", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


class Scratch:
    """A copy of data/ and seeds/ in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __truediv__(self, path: str) -> Path:
        return self.root / path

    def edit(self, path: str, old: str, new: str, *, times: int = 1) -> None:
        """Replace words of a file; they must stand in it exactly so many times, or the test tests nothing."""
        file = self.root / path
        text = file.read_bytes().decode("utf-8")
        assert text.count(old) == times, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_bytes(text.replace(old, new).encode("utf-8"))

    def find_line(self, path: str, words: str) -> int:
        """Return the line of a file that holds words which stand in it once."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times in {path}"
        return text.count("\n", 0, text.index(words)) + 1

    def add_article(self, text: str, rest: str, *, seed: str = "made-up.txt") -> None:
        """Add an article of our own, with the file that describes it: `rest` is its sentences and what is set aside."""
        raw = text.encode("utf-8")
        (self.root / "seeds" / seed).write_bytes(raw)
        article = f"article: {{seed: {seed}, sha256: {hashlib.sha256(raw).hexdigest()}, province: ha-tinh}}\n"
        (self.root / MADE_UP).write_text(article + rest, encoding="utf-8")

    def load(self) -> tuple[Collection, list[str]]:
        """Return what loads, and every problem as the line that a curator reads."""
        collection, problems = load_root(self.root, today=TODAY)
        return collection, [str(problem) for problem in problems]

    def check(self) -> list[str]:
        """Return every problem as the line that a curator reads."""
        return self.load()[1]


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    """A copy of the real data and texts, to break on purpose."""
    root = tmp_path / "root"
    shutil.copytree(REPOSITORY / "data", root / "data")
    shutil.copytree(REPOSITORY / "seeds", root / "seeds")
    return Scratch(root)


@pytest.fixture(scope="session")
def collection() -> Collection:
    """The real collection."""
    return load_root(REPOSITORY, today=TODAY)[0]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server of the real data, one for all tests that change nothing of it and stop nothing."""
    with serve(REPOSITORY, env={"FIGURES_HOSTS": PLAIN_HOST, "FIGURES_EMBED": EMBEDDER}) as running:
        yield running


def build_made_root(root: Path, *, beside_real: bool = False) -> Path:
    """Build a root of the made-up articles on the real catalogue, with the real articles beside them or without."""
    shutil.copytree(REPOSITORY / "data", root / "data")
    shutil.copytree(REPOSITORY / "seeds", root / "seeds")
    if not beside_real:
        for file in [*(root / "data/claims").iterdir(), *(root / "seeds").iterdir()]:
            file.unlink()
    shutil.copytree(MADE / "claims", root / "data/claims", dirs_exist_ok=True)
    shutil.copytree(MADE / "seeds", root / "seeds", dirs_exist_ok=True)
    made_up = (MADE / "provinces.yaml").read_text("utf-8").partition("provinces:\n")[2]
    with (root / "data/provinces.yaml").open("a", encoding="utf-8") as provinces:
        provinces.write(made_up)
    return root


def _load_made(root: Path, *, beside_real: bool) -> Collection:
    collection, problems = load_root(build_made_root(root, beside_real=beside_real), today=TODAY)
    assert [str(problem) for problem in problems] == []
    return collection


@pytest.fixture(scope="session")
def made_collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """The made-up articles alone."""
    return _load_made(tmp_path_factory.mktemp("made") / "root", beside_real=False)


@pytest.fixture(scope="session")
def made_beside_real(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """The made-up articles beside the real ones."""
    return _load_made(tmp_path_factory.mktemp("made-beside-real") / "root", beside_real=True)


def make_claim(**changes: Any) -> Claim:
    """Return a claim as a curated file states it, with fields changed: `make_claim(value="73")`."""
    fields: dict[str, Any] = {
        "id": "ha-tinh-2021-smuggling-cases",
        "indicator": "smuggling-cases",
        "figure": "72 vụ",
        "value": "72",
    }
    return Claim.model_validate(fields | changes)
