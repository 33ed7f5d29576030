"""The shipped articles with made-up ones beside them: provinces, articles and numbers are invented."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.claims.collection import Collection
from extract.claims.load import load_root
from tests.conftest import REPOSITORY, TODAY

MADE = Path("/tmp/issue11/made")


@cache
def load_made() -> Collection:
    """Return the shipped articles and the made-up ones, checked together."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(REPOSITORY / "data", root / "data")
        shutil.copytree(REPOSITORY / "seeds", root / "seeds")
        shutil.copytree(MADE / "claims", root / "data/claims", dirs_exist_ok=True)
        shutil.copytree(MADE / "seeds", root / "seeds", dirs_exist_ok=True)
        extra = (MADE / "provinces-extra.yaml").read_text(encoding="utf-8").partition("provinces:\n")[2]
        with (root / "data/provinces.yaml").open("a", encoding="utf-8") as file:
            file.write(extra)
        collection, problems = load_root(root, today=TODAY)
    assert [str(problem) for problem in problems] == []
    return collection
