"""The files of a root: where it is, which of its files count, and their bytes."""

import os
import re
from pathlib import Path
from typing import Final

from extract.text.files import read_regular
from extract.text.problems import Problem, UnreadableError

REPOSITORY: Final = Path(__file__).resolve().parents[2]

PROVINCES: Final = "data/provinces.yaml"
MEASURES: Final = "data/measures.yaml"
UNITS: Final = "data/units.yaml"
INDICATORS: Final = "data/indicators.yaml"
WORDING: Final = "data/wording.yaml"
"""The page's own words; a root may do without them."""

_FOLDERS: Final = {
    "data/claims": (".yaml", "is no file of an article: its name must end in .yaml"),
    "seeds": (".txt", "is no article: its name must end in .txt"),
}

_LEFTOVER: Final = re.compile(
    r"""
      \. .*                                # .a.txt.swp of Vim, .#a.txt of Emacs, .DS_Store
    | .* ~                                 # a.txt~ of Emacs, Vim and Gedit
    | \# .* \#                             # #a.txt# of Emacs
    | ~\$ .*                               # ~$a.txt of Word
    | .* \. (?:bak|tmp|orig|save|rej|sw[a-z]|part|crdownload)  # a.txt.bak of Notepad++, a.txt.save of nano
    | .* ___jb_(?:tmp|old)___              # a.txt___jb_tmp___ of PyCharm
    | Thumbs\.db | desktop\.ini           # of Windows
    | [0-9]+                               # 4913, by which Vim tries whether it may write
    """,
    re.VERBOSE | re.DOTALL,
)


def find_root(argument: str | None = None) -> Path:
    """Return the folder that holds `data/` and `seeds/`: the argument, else FIGURES_ROOT, else the repository."""
    return Path(argument or os.environ.get("FIGURES_ROOT") or REPOSITORY)


def read_root(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of every file that counts, by its path relative to the root, and what cannot be read and why.

    Hidden files and what editors leave behind do not count. Paths have forward slashes: `data/claims/ha-tinh.yaml`.
    """
    paths = [PROVINCES, MEASURES, UNITS, INDICATORS]
    problems: list[Problem] = []
    if not (root / "data").is_dir():
        message = f"is missing under {root}: give the folder that holds data/ and seeds/"
        problems.append(Problem("data", 1, "-", message))
    if (root / WORDING).exists():
        paths.append(WORDING)
    for folder, (ending, advice) in _FOLDERS.items():
        try:
            names = _list_names(root / folder)
        except OSError as error:
            message = f"cannot be read ({error.strerror}): the folder must stand in {root.name or '/'}"
            problems.append(Problem(folder, 1, "-", message))
            continue
        for name in names:
            if name.endswith(ending):
                paths.append(f"{folder}/{name}")
            else:
                problems.append(_make_problem(f"{folder}/{name}", advice))
    files: dict[str, bytes] = {}
    for path in paths:
        try:
            files[path] = read_regular(root / path, (root / path).parent)
        except UnreadableError as error:
            problems.append(_make_problem(path, str(error)))
    return files, problems


def _list_names(folder: Path) -> list[str]:
    names = sorted(os.listdir(folder))  # noqa: PTH208 - half the time of `iterdir` for thousands of files
    return [name for name in names if not is_leftover(name)]


def is_leftover(name: str) -> bool:
    """Tell whether a file is hidden, or what an editor writes beside the file that it saves.

    >>> [is_leftover(name) for name in (".a.txt.swp", "a.txt~", "#a.txt#", "a.txt.bak", "4913", "Thumbs.db", "a.txt")]
    [True, True, True, True, True, True, False]
    """
    return _LEFTOVER.fullmatch(name) is not None


def _make_problem(path: str, message: str) -> Problem:
    folder, _, name = path.rpartition("/")
    return Problem(path, 1, name if folder == "seeds" else "-", message)
