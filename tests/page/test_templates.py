"""Templates are kept as they were compiled, and nothing that is kept is believed."""

from pathlib import Path

from jinja2 import DictLoader, Environment

from extract.page.templates import Compiled


def render(folder: Path, source: str) -> str:
    """Return what a template says in a process of its own."""
    loader = DictLoader({"page.html": source})
    return Environment(loader=loader, bytecode_cache=Compiled(folder)).get_template("page.html").render()


def test_a_template_is_kept_and_compiled_anew_once_it_has_changed_or_what_is_kept_is_broken(tmp_path: Path) -> None:
    folder = tmp_path / "__pycache__"
    assert render(folder, "{{ 1 + 1 }}") == "2"
    (kept,) = folder.iterdir()
    stood = kept.read_bytes()
    assert render(folder, "{{ 1 + 1 }}") == "2"
    assert kept.read_bytes() == stood
    assert render(folder, "{{ 1 + 2 }}") == "3"
    assert kept.read_bytes() != stood
    kept.write_bytes(b"not what was compiled")
    assert render(folder, "{{ 1 + 2 }}") == "3"
    assert kept.read_bytes() != b"not what was compiled"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.write_text("a file stands here")
    assert render(folder, "{{ 1 + 1 }}") == "2"
    assert folder.read_text() == "a file stands here"
