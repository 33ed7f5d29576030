"""The rooms of `extract/`: imports run one way, and only those of the server and of the review page know Streamlit."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import REPOSITORY

ROOMS = ("text", "claims", "archive", "figures", "page", "site", "server", "review")
MODULES = sorted((REPOSITORY / "extract").rglob("*.py"))


def find_imports(path: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def find_room(path: Path) -> str:
    """Return the room that a module stands in; empty for `extract/__init__.py` and `extract/__main__.py`."""
    inside = path.relative_to(REPOSITORY / "extract").parts
    return inside[0] if len(inside) > 1 else ""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_itself_and_the_rooms_before_it(room: str) -> None:
    later = ROOMS[ROOMS.index(room) + 1 :]
    wrong = {
        (str(path.relative_to(REPOSITORY)), name)
        for path in MODULES
        if find_room(path) == room
        for name in find_imports(path)
        if name.startswith(tuple(f"extract.{each}" for each in (*later, "__main__"))) or name == "dashboard"
    }
    assert wrong == set()


def test_a_folder_of_the_claims_room_imports_only_from_those_before_it() -> None:
    folders = ("yaml", "check", "load", "draft")
    wrong = {
        (str(path.relative_to(REPOSITORY)), name)
        for place, folder in enumerate(folders)
        for path in (REPOSITORY / "extract/claims" / folder).glob("*.py")
        for name in find_imports(path)
        if name.startswith(tuple(f"extract.claims.{each}." for each in folders[place + 1 :]))
    }
    assert wrong == set()


def test_only_the_rooms_of_the_server_and_of_the_review_page_know_streamlit() -> None:
    knowing = {
        find_room(path) for path in MODULES for name in find_imports(path) if name.partition(".")[0] == "streamlit"
    }
    assert knowing == {"server", "review"}


def test_the_review_room_knows_only_texts_and_claims_and_what_it_decides_knows_no_streamlit() -> None:
    rooms, knowing = set(), set()
    for path in MODULES:
        if find_room(path) == "review":
            names = list(find_imports(path))
            rooms |= {name.split(".")[1] for name in names if name.startswith("extract.")}
            knowing |= {path.stem for name in names if name.partition(".")[0] == "streamlit"}
    assert (rooms, knowing) == ({"text", "claims", "review"}, {"page", "forms"})


def test_the_text_room_knows_no_yaml() -> None:
    knowing = {find_room(path) for path in MODULES for name in find_imports(path) if name.partition(".")[0] == "yaml"}
    assert knowing == {"claims"}


def test_every_module_stands_in_a_room_and_every_room_says_what_it_is() -> None:
    assert {find_room(path) for path in MODULES} == {"", *ROOMS}
    silent = [room for room in ROOMS if not ast.get_docstring(ast.parse(_read(f"extract/{room}/__init__.py")))]
    assert silent == []


def _read(path: str) -> str:
    return (REPOSITORY / path).read_text("utf-8")
