"""The published folder: every page, its links, its tables, and what stands in the way of writing it."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pandas as pd
import pytest

from extract.__main__ import CLEAN, PROBLEMS, USAGE, main
from extract.claims.collection import Collection
from extract.site.publish import BEFORE, MARKER
from tests.conftest import REPOSITORY, Scratch, build_made_root
from tests.page.composed import WORDING

BASE = "https://example.org/figures/"


class Reader(HTMLParser):
    """What a program reads of a page: its links, its anchors, its head."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.told: dict[str, str] = {}
        self.data = ""
        self._is_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.links += [held[name] for name in ("href", "xlink:href", "src") if name in held]
        self.anchors += [held["id"]] if "id" in held else []
        if tag == "meta" and "content" in held:
            self.told[held.get("name") or held.get("property", "")] = held["content"]
        if tag == "link" and held.get("rel") in {"canonical", "alternate"}:
            self.told[held.get("hreflang") or held["rel"]] = held["href"]
        self._is_data = held.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data += data

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False


@pytest.fixture(scope="module")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up articles, published for an address."""
    folder = tmp_path_factory.mktemp("made-site")
    root = build_made_root(folder / "root")
    assert main(["publish", str(folder / "out"), "--base", BASE, "--root", str(root)]) == CLEAN
    return folder / "out"


def keep_article(scratch: Scratch, name: str) -> str:
    """Return a root of one article, which is published in a moment."""
    for file in (scratch / "data/claims").iterdir():
        if file.name != f"{name}.yaml":
            file.unlink()
    return str(scratch.root)


@pytest.fixture
def small(scratch: Scratch) -> str:
    """A root of one article."""
    return keep_article(scratch, "kon-tum-internal-political-security")


def list_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def find_dead_links(site: Path) -> Iterator[str]:
    """Yield every link of a site that leads to no file of it, or to no place in one."""
    read = {page.relative_to(site).as_posix(): Reader(page.read_text("utf-8")) for page in list_pages(site)}
    for path, reader in read.items():
        for link in reader.links:
            if link.startswith(("https://", "http://")):
                continue
            file, _, place = unquote(link).partition("#")
            target = normpath(join(dirname(path), file)) if file else path
            if target.startswith("..") or not (site / target).is_file():
                yield f"{path}: {link}"
            elif place and place not in read[target].anchors:
                yield f"{path}: {link}: no such place"


@pytest.mark.parametrize("name", ["site", "made_site"])
def test_every_link_of_every_page_leads_to_a_file_and_a_place_in_it(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    assert len(list_pages(folder)) > 100
    assert list(find_dead_links(folder)) == []


def test_no_two_places_of_a_page_have_one_name(made_site: Path) -> None:
    for page in list_pages(made_site):
        anchors = Reader(page.read_text("utf-8")).anchors
        assert len(anchors) == len(set(anchors)), page


def test_every_figure_province_topic_and_article_has_a_page_in_both_languages(
    site: Path, collection: Collection
) -> None:
    wanted = {f"figure/{checked.claim.id}.html" for checked in collection.claims}
    wanted |= {f"province/{source.record.article.province}.html" for source in collection.sources}
    wanted |= {f"topic/{topic}.html" for topic in collection.topics}
    wanted |= {f"article/{source.record.article.seed.removesuffix('.txt')}.html" for source in collection.sources}
    wanted |= {"index.html", "provinces.html", "figures.html", "articles.html", "about.html"}
    for lang in ("vi", "en"):
        there = {page.relative_to(site / lang).as_posix() for page in (site / lang).rglob("*.html")}
        assert wanted <= there


def test_every_page_can_be_reached_from_the_first_one(made_site: Path) -> None:
    waiting, reached = ["index.html"], {"index.html"}
    while waiting:
        path = waiting.pop()
        for link in Reader((made_site / path).read_text("utf-8")).links:
            target = normpath(join(dirname(path), unquote(link).partition("#")[0]))
            if target.endswith(".html") and not link.startswith("http") and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert reached == {page.relative_to(made_site).as_posix() for page in list_pages(made_site)}


def test_a_page_is_of_its_language_and_leads_to_itself_in_the_other(site: Path) -> None:
    for page in list_pages(site / "vi"):
        html, own = page.read_text("utf-8"), page.relative_to(site / "vi").as_posix()
        assert '<html lang="vi">' in html
        assert WORDING["vi"]("head.scope") in html
        up = "../" * (own.count("/") + 1)
        assert f'<a href="{up}en/{own}" hreflang="en"' in html, own


def test_a_chart_stands_in_its_page_with_a_link_at_every_mark(site: Path) -> None:
    html = (site / "en/topic/cases.html").read_text("utf-8")
    linked = re.findall(r'<a xlink:href="../figure/([^"]+)\.html"[^>]*><path aria-label="([^"]+)"', html)
    assert {figure for figure, _ in linked} >= {"ha-tinh-2021-drug-cases", "ha-tinh-2021-smuggling-persons"}
    assert any("6 cases, drug cases" in label for _, label in linked)


def test_without_an_address_no_page_says_where_it_is(site: Path) -> None:
    for page in list_pages(site):
        reader = Reader(page.read_text("utf-8"))
        assert reader.told.keys() == {"viewport", "description"}, page
        assert reader.data == ""
    assert not (site / "sitemap.xml").exists()


def test_with_an_address_a_page_says_where_it_is_and_what_it_holds(made_site: Path) -> None:
    figure = "vi-du-dong-2021-drug-cases"
    reader = Reader((made_site / f"en/figure/{figure}.html").read_text("utf-8"))
    assert reader.told["canonical"] == reader.told["og:url"] == reader.told["en"] == f"{BASE}en/figure/{figure}.html"
    assert reader.told["vi"] == f"{BASE}vi/figure/{figure}.html"
    dataset, claim = json.loads(reader.data)["@graph"]
    assert dataset["distribution"][0]["contentUrl"] == f"{BASE}data/figure/{figure}.csv"
    assert claim["identifier"] == figure
    for page in list_pages(made_site):
        assert json.loads(Reader(page.read_text("utf-8")).data)["@context"] == "https://schema.org"


def test_the_sitemap_lists_every_page(made_site: Path) -> None:
    listed = set(re.findall("<loc>([^<]+)</loc>", (made_site / "sitemap.xml").read_text("utf-8")))
    pages = {unquote(f"{BASE}{page.relative_to(made_site).as_posix()}") for page in list_pages(made_site)}
    assert {unquote(address) for address in listed} == pages - {f"{BASE}index.html"} | {BASE}


def test_the_tables_are_those_of_the_export_and_the_parts_that_pages_lead_to(site: Path, tmp_path: Path) -> None:
    assert main(["export", str(tmp_path / "export"), "--root", str(REPOSITORY)]) == CLEAN
    for file in (tmp_path / "export").iterdir():
        assert (site / "data" / file.name).read_bytes() == file.read_bytes()
    whole = pd.read_csv(site / "data/figures.csv", dtype=str)
    cases = pd.read_csv(site / "data/figures-topic-cases.csv", dtype=str)
    assert cases["id"].tolist() == whole.loc[whole["topic"] == "cases", "id"].tolist()
    (row,) = pd.read_csv(site / "data/figure/ha-tinh-2021-drug-cases.csv", dtype=str)["id"]
    assert row == "ha-tinh-2021-drug-cases"


def test_the_same_data_gives_the_same_files(small: str, tmp_path: Path) -> None:
    for name in ("once", "again"):
        assert main(["publish", str(tmp_path / name), "--root", small]) == CLEAN
    once, again = (
        {file.relative_to(each).as_posix(): file.read_bytes() for file in each.rglob("*") if file.is_file()}
        for each in (tmp_path / "once", tmp_path / "again")
    )
    assert once == again


# What stands in the way


def test_problems_are_told_and_nothing_is_written(
    scratch: Scratch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scratch.edit("data/claims/ha-tinh-2021-three-forces.yaml", "figure: 72 vụ, value: 72", "figure: 72 vụ, value: 73")
    assert main(["publish", str(tmp_path / "out"), "--root", str(scratch.root)]) == PROBLEMS
    assert capsys.readouterr().out.endswith("nothing written: 1 problem\n")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_else_is_left_as_it_is(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = tmp_path / "out"
    directory.mkdir()
    (directory / "notes.txt").write_text("mine")
    assert main(["publish", str(directory), "--root", small]) == USAGE
    assert capsys.readouterr().err == (
        f"python -m extract: cannot write to {directory}: {directory} holds notes.txt that no publishing wrote: give"
        " another directory, or --force\n"
    )
    assert [path.name for path in directory.iterdir()] == ["notes.txt"]


def test_what_else_a_forced_folder_holds_stays(small: str, tmp_path: Path) -> None:
    directory = tmp_path / "out"
    (directory / ".git").mkdir(parents=True)
    (directory / ".git/HEAD").write_text("ref")
    (directory / "CNAME").write_text("figures.example.org")
    (directory / "index.html").write_text("another's")
    assert main(["publish", str(directory), "--force", "--root", small]) == CLEAN
    assert (directory / ".git/HEAD").read_text() == "ref"
    assert (directory / "CNAME").read_text() == "figures.example.org"
    assert "another's" not in (directory / "index.html").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "root"]


def test_no_folder_of_another_is_lost_to_one_of_the_sites(
    small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = tmp_path / "out"
    (directory / "data").mkdir(parents=True)
    assert main(["publish", str(directory), "--force", "--root", small]) == USAGE
    assert capsys.readouterr().err.endswith("holds data, in whose place the site would stand: move it away\n")


def test_a_published_folder_is_replaced_as_a_whole(small: str, tmp_path: Path) -> None:
    directory = tmp_path / "out"
    assert main(["publish", str(directory), "--base", BASE, "--root", small]) == CLEAN
    (directory / "en/topic/gone.html").write_text("of a topic that is gone")
    assert main(["publish", str(directory), "--root", small]) == CLEAN
    assert not (directory / "en/topic/gone.html").exists()
    assert not (directory / "sitemap.xml").exists()
    assert json.loads((directory / MARKER).read_text("utf-8"))["figures"] == 6
    assert not list(tmp_path.glob(f"{BEFORE}*"))


def test_a_disk_that_refuses_leaves_the_last_site_whole(
    small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "out"
    assert main(["publish", str(directory), "--root", small]) == CLEAN
    before = {path.relative_to(directory) for path in directory.rglob("*")}
    write_bytes, written = Path.write_bytes, []

    def refuse(path: Path, raw: bytes) -> int:
        written.append(path)
        if len(written) > 20:
            raise OSError(28, "No space left on device")
        return write_bytes(path, raw)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert main(["publish", str(directory), "--base", BASE, "--root", small]) == USAGE
    assert {path.relative_to(directory) for path in directory.rglob("*")} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "root"]


@pytest.mark.parametrize(
    ("directory", "message"),
    [
        (REPOSITORY / "data", "is the project's own"),
        (REPOSITORY, "is the project's own"),
        (REPOSITORY.parent, "holds the project itself"),
    ],
)
def test_the_project_is_never_written_over(directory: Path, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(directory), "--force", "--root", str(REPOSITORY)]) == USAGE
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "base", ["example.org/figures", "ftp://example.org/", "https:///figures", "https://e.org/?a=b"]
)
def test_what_is_no_address_of_a_folder_is_refused(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(tmp_path / "out"), "--base", base, "--root", str(REPOSITORY)]) == USAGE
    assert capsys.readouterr().err == (
        f"python -m extract: {base!r} is no address of a folder on the web: write such as https://example.org/figures/\n"
    )
