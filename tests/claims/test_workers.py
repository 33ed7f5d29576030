"""Articles that are read on several processes come to what one process makes of them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.claims.catalogue import Catalogue
from extract.claims.files import read_root
from extract.claims.load import root as load
from extract.claims.load import workers
from extract.claims.load.article import ArticleBytes, KnownArticle
from extract.claims.load.catalogue import load_catalogue
from extract.claims.load.root import load_collection, load_root, pair_files
from extract.claims.load.workers import PARALLEL_FROM, count_processes, read_articles
from extract.text.cores import count_cores
from tests.bench.generate import generate
from tests.conftest import REPOSITORY, TODAY


@pytest.fixture(scope="module")
def articles() -> list[ArticleBytes]:
    files, _ = read_root(REPOSITORY)
    return list(pair_files(files))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    files, _ = read_root(REPOSITORY)
    return load_catalogue(files, set())[0]


def read(
    articles: Sequence[ArticleBytes], catalogue: Catalogue, processes: int
) -> tuple[dict[str, KnownArticle], list[int]]:
    """Return what articles come to, and what was told meanwhile."""
    told: list[int] = []
    found = read_articles(articles, catalogue, TODAY, processes=processes, note=told.append)
    return found, told


def test_what_other_processes_read_is_what_this_one_reads(
    articles: list[ArticleBytes], catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "BATCH", 1)  # an article each
    alone, told_alone = read(articles, catalogue, 0)
    together, told = read(articles, catalogue, 2)
    assert together == alone
    assert told == told_alone == [1, 2, 3, 4, 5]
    for known in together.values():
        for checked in known.checked.claims:
            assert checked.indicator is catalogue.indicators[checked.claim.indicator]
            assert checked.province is catalogue.provinces[checked.province.slug]
            assert checked.unit is catalogue.units[checked.unit.key]


def test_a_process_that_ends_leaves_its_part_to_this_one(
    articles: list[ArticleBytes], catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, _ = read(articles, catalogue, 0)
    monkeypatch.setattr(workers, "REPOSITORY", tmp_path)  # where it does not find what it is to run
    found, told = read(articles, catalogue, 2)
    assert found == alone
    assert told[-1] == len(articles)


def test_few_articles_are_read_by_this_process_alone(articles: list[ArticleBytes]) -> None:
    assert count_processes(articles) == 0
    many = articles * (1 + PARALLEL_FROM // sum(len(each.raw) + len(each.text_raw) for each in articles))
    assert count_processes(many) in (0, count_cores()), "none on a machine of one core"


@pytest.mark.parametrize("processes", [0, 2])
def test_what_is_wrong_with_a_root_is_the_same_however_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    """An altered quote, a text and ids that stand twice, a text that is none, bad YAML, no such text, a wrong value."""
    root = tmp_path / "root"
    root.mkdir()
    generate(root, 50)
    files = sorted((root / "data/claims").iterdir())
    files[0].write_text(files[0].read_text("utf-8").replace("quote: ", "quote: Xin chào, ", 1), "utf-8")
    (root / "data/claims/twice.yaml").write_bytes(files[1].read_bytes())
    (root / "seeds" / f"{files[2].stem}.txt").write_bytes(b"\xff\xfe")
    files[3].write_text("article: {", "utf-8")
    files[4].write_text(files[4].read_text("utf-8").replace("seed: ", "seed: no-", 1), "utf-8")
    files[5].write_text(files[5].read_text("utf-8").replace("value: ", "value: 1.", 1), "utf-8")
    given, unreadable = read_root(root)
    monkeypatch.setattr(load, "count_processes", lambda _: processes)
    collection, problems = load_collection(given, today=TODAY, unreadable=unreadable)
    monkeypatch.setattr(load, "pair_files", lambda _: ())  # nothing is read before all files are
    assert (collection, problems) == load_collection(given, today=TODAY, unreadable=unreadable)
    broken = {f"data/claims/{files[place].name}" for place in (0, 2, 3, 4, 5)}
    assert {source.path for source in collection.sources} == {f"data/claims/{file.name}" for file in files} - broken


def test_a_root_of_many_articles_is_read_on_every_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    root.mkdir()
    generate(root, 500)
    alone = load_root(root, today=TODAY)
    monkeypatch.setattr(workers, "PARALLEL_FROM", 1)
    monkeypatch.setattr(workers, "BATCH", 20_000)
    assert load_root(root, today=TODAY) == alone
