"""One published folder for all tests of this room."""

from pathlib import Path

import pytest

from extract.__main__ import CLEAN, main
from tests.conftest import REPOSITORY


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real collection, published without an address."""
    directory = tmp_path_factory.mktemp("site") / "out"
    assert main(["publish", str(directory), "--root", str(REPOSITORY)]) == CLEAN
    return directory
