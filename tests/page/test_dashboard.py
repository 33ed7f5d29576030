"""The script as Streamlit runs it: every view without an exception, with what it must show; and the module as such."""

import gc
import json
import os
import re
import subprocess
import sys
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from markupsafe import escape
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

import dashboard
from extract.claims.collection import Collection
from extract.claims.load.root import load_collection
from extract.figures.table import FigureTable
from extract.page.address import Address, View
from extract.page.page import Page
from extract.page.views import compose_view
from extract.server.live import Live
from extract.server.snapshot import make_snapshot
from tests.conftest import Scratch
from tests.page.composed import charts_of, list_blocks, list_parts, make_page
from tests.servers import DASHBOARD, REPOSITORY

LONGEST_RUN = 60
"""Seconds."""


def run(**query: str) -> AppTest:
    """Return the page that an address asks for, run to its end without an exception."""
    at = AppTest.from_file(str(DASHBOARD), default_timeout=LONGEST_RUN)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert [error.message for error in at.exception] == []
    return at


def html_of(at: AppTest) -> str:
    """Return all HTML of a page, in its order."""
    return "\n".join(element.proto.body for element in at.get("html"))


def specs_of(at: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.spec) for element in at.get("vega_lite_chart")]


def rows_of(at: AppTest) -> list[list[dict[str, Any]]]:
    """Return the rows of each chart, as they are sent to the reader."""
    return [
        [
            {str(name): cell for name, cell in row.items()}
            for layer in json.loads(element.proto.spec)["layer"]
            for row in layer["data"]["values"]
        ]
        for element in at.get("vega_lite_chart")
    ]


@pytest.fixture(scope="module")
def index(collection: Collection) -> FigureTable:
    return FigureTable(collection)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ['<table class="coverage">', 'id="topic-models"', "Click a bar or a row"]),
        (
            {"figure": "ha-tinh-2021-drug-cases"},
            ["<mark>6 vụ</mark>", "<blockquote", "Phát hiện, bắt giữ 72 vụ/144 đối tượng", "✓ "],
        ),
        ({"view": "province"}, ["Kon Tum province", "ISO 3166-2: VN-28"]),
        ({"view": "province", "province": "khanh-hoa"}, ["Khánh Hòa province", "228 models"]),
        ({"view": "figures"}, ['<table class="figures">', "238.000 viên ma túy tổng hợp", "238,000 pills"]),
        ({"view": "articles"}, ['<ul class="articles">', "Khánh Hòa newspaper"]),
        (
            {"view": "articles", "article": "003_b2aa1906d32ce349"},
            ['<div class="text" lang="vi">', "<mark>0,9kg ketamine</mark>", 'class="ledger"'],
        ),
        ({"view": "about"}, ["What this is", "not official statistics"]),
        ({"view": "figures", "q": "không có chữ này"}, ["No figures match."]),
        ({"figure": "no-such-figure"}, ["No figure has the id «no-such-figure»."]),
        ({"province": "hanoi", "page": "x"}, ["«hanoi»", "«x»"]),
    ],
    ids=lambda value: "&".join(f"{key}={text}" for key, text in value.items()) if isinstance(value, dict) else "",
)
def test_every_view_is_drawn_with_what_it_is_for(query: dict[str, str], shown: list[str]) -> None:
    at = run(lang="en", **query)
    html = html_of(at)
    assert [text for text in shown if text not in html] == []
    assert '<h1><a href="?lang=en">Reported figures</a></h1>' in html
    assert re.search(r'<a href="figures\.xlsx(\?[^"]*)?" download>', html)
    assert '<details class="data"><summary>Get the data' in html


def test_every_view_speaks_vietnamese(index: FigureTable) -> None:
    for view, words in (
        ("compare", "Số liệu theo tỉnh và chủ đề"),
        ("province", "Tỉnh Kon Tum"),
        ("about", "Trang này là gì"),
    ):
        html = html_of(run(lang="vi", view=view))
        assert words in html
        assert "Reported figures" not in html


def test_a_browser_that_asks_for_nothing_known_gets_english() -> None:
    assert "Reported figures</a>" in html_of(run())


@pytest.mark.parametrize("view", [View.COMPARE, View.PROVINCE])
def test_the_script_writes_the_charts_and_the_html_that_a_view_composes_in_their_order(
    collection: Collection, view: View
) -> None:
    at = run(lang="en", view=view)
    page = make_page(collection, view=view)
    blocks = list_blocks(replace(page, address=replace(page.address, lang="en")))
    # Streamlit adds how a chart fits into its place.
    fit = {"autosize": {"type": "fit", "contains": "padding"}}
    assert specs_of(at) == [spec | fit for spec in charts_of(*blocks)] != []
    parts = [str(part) for block in blocks for part in list_parts(block) if isinstance(part, str)]
    assert [body for element in at.get("html") if (body := element.proto.body) in parts] == parts != []


def test_a_chart_is_the_same_for_the_next_reader() -> None:
    first, second = (run(lang="en", topic="forces") for _ in range(2))
    assert specs_of(first) == specs_of(second) != []
    assert rows_of(first) == rows_of(second)
    assert [len(rows) for rows in rows_of(first)] == [3]


def test_a_filter_selects_what_is_drawn_and_listed(index: FigureTable) -> None:
    at = run(lang="en", province="ha-tinh", topic="seizures")
    timeline, rows = rows_of(at)
    assert [row["alt"] for row in timeline if row["alt"]] == ["Hà Tĩnh, 2021: 4 figures"]
    assert [row["id"] for row in rows] == [
        "ha-tinh-2021-synthetic-drugs-seized-kg",
        "ha-tinh-2021-ketamine-seized-kg",
    ]
    html = html_of(at)
    assert "Filtered: 4 of 33 figures." in html
    assert "figures.csv?province=ha-tinh&amp;topic=seizures" in html


def test_a_provinces_timeline_draws_its_stated_periods() -> None:
    *charts, timeline = specs_of(run(lang="en", view="province", province="ha-tinh"))
    assert len(charts) == 4
    assert timeline["description"] == "Hà Tĩnh; Hà Tĩnh, 2021: 12 figures; Hà Tĩnh, 15 January 2022: 4 figures"


def test_an_article_without_figures_is_shown_whole(collection: Collection) -> None:
    source = collection.sources[0]
    assert not [checked for checked in collection.claims if checked.article is source.record.article]
    html = html_of(run(lang="en", view="articles", article=source.record.article.seed.removesuffix(".txt")))
    assert source.text.raw.strip().split("\n")[0][:40] in html


@pytest.mark.parametrize("view", View)
def test_a_view_is_found_by_its_name_as_a_module_a_template_and_words(view: View) -> None:
    room = REPOSITORY / "extract/page"
    assert (room / f"views/{view}.py").is_file()
    assert (room / f"templates/{view}.html").is_file()
    html = html_of(run(lang="en", view=view))
    assert f'<a href="?{f"view={view}&amp;" if view != "compare" else ""}lang=en" aria-current="page">' in html


def test_what_is_composed_of_a_state_of_the_data_ends_with_it() -> None:
    current = dashboard.LIVE.current()
    snapshot = make_snapshot(current.files, (), None, lambda files, _: load_collection(files))
    page = Page(table=snapshot.table, words=snapshot.wording["en"], address=Address())
    assert snapshot.compose(page) is snapshot.compose(page)
    table = weakref.ref(snapshot.table)
    del snapshot, page
    gc.collect()
    assert table() is None


# The address of a claim


def get(path: str, query: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """Return the answer of one of the page's own addresses."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=dashboard.ROUTES))
        async with httpx.AsyncClient(transport=transport, base_url="http://figures.example") as client:
            return await client.get(path, params=query, headers=headers)

    # In a thread of its own, for the browser of other tests runs in this one's loop.
    with start_blocking_portal() as portal:
        return portal.call(ask)


def get_claim(figure: str, lang: str = "", headers: Mapping[str, str] | None = None) -> httpx.Response:
    """Return the answer of the address of a claim."""
    return get("/claim", {"figure": figure, "lang": lang}, headers)


def test_every_claim_has_its_card_at_its_own_address_in_both_languages(index: FigureTable) -> None:
    for figure, checked in index.claims.items():
        for lang, title in (("vi", "Số liệu được báo cáo"), ("en", "Reported figures")):
            answer = get_claim(figure, lang)
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert answer.headers["cache-control"] == "no-cache"
            assert f'data-claim="{figure}"' in answer.text
            assert f"<mark>{escape(checked.claim.figure)}</mark>" in answer.text
            assert f" – {title}" in answer.text


def test_the_card_of_an_address_is_the_card_of_the_page() -> None:
    figure = "khanh-hoa-2016-self-managed-models-operating"
    (place,) = [
        element.proto.body for element in run(figure=figure).get("html") if 'class="place"' in element.proto.body
    ]
    # The page's own address is not known to a test of the script.
    card = get_claim(figure).text.replace("http://figures.example/", "/")
    assert card in place


def test_a_claims_card_is_sent_once_for_each_language() -> None:
    figure = "ha-tinh-2021-drug-cases"
    first = {lang: get_claim(figure, lang) for lang in ("vi", "en")}
    assert first["vi"].headers["etag"] != first["en"].headers["etag"]
    for lang, answer in first.items():
        again = get_claim(figure, lang, {"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_an_unknown_claim_gets_the_pages_sentence() -> None:
    for lang, sentence in (
        ("vi", "Không có số liệu nào mang mã «&lt;b&gt;»."),
        ("en", "No figure has the id «&lt;b&gt;»."),
    ):
        answer = get_claim("<b>", lang)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert sentence in answer.text
        assert "<b>" not in answer.text


def test_the_link_to_a_claim_is_the_one_that_its_reader_sees() -> None:
    text = get_claim("ha-tinh-2021-drug-cases", headers={"x-forwarded-proto": "https"}).text
    assert '<span class="copytext" hidden>http://figures.example/?figure=ha-tinh-2021-drug-cases</span>' in text


# What open pages and operators ask again and again


def test_an_open_page_learns_that_nothing_has_changed_for_next_to_nothing() -> None:
    version = dashboard.LIVE.current().version
    answer = get("/notices", {"lang": "vi", "drawn": version})
    assert (answer.status_code, answer.text) == (200, f'<div class="notices" data-drawn="{version}">\n</div>')
    again = get("/notices", {"lang": "vi", "drawn": version}, {"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_open_page_learns_that_the_data_have_changed() -> None:
    sentences = {"vi": "Dữ liệu đã thay đổi từ khi trang này được mở.", "en": "The data have changed since this page"}
    for lang, sentence in sentences.items():
        text = get("/notices", {"lang": lang, "drawn": "<earlier>"}).text
        assert text.startswith('<div class="notices" data-drawn="&lt;earlier&gt;">')
        assert f'<p class="notice newer" role="status">{sentence}' in text


def test_an_operators_probe_learns_what_is_shown() -> None:
    version = dashboard.LIVE.current().version
    answer = get("/health")
    assert (answer.status_code, answer.text) == (200, f"33 figures of 5 articles, version {version}\n")


@pytest.mark.parametrize(
    ("has_read", "said"),
    [(False, "The data are being read.\n"), (True, "No data has passed the check yet. The log says why.\n")],
)
def test_an_operators_probe_hears_of_no_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_read: bool, said: str
) -> None:
    live = Live(tmp_path, settle=0)
    if has_read:
        live.current()
    monkeypatch.setattr(dashboard, "LIVE", live)
    answer = get("/health")
    assert (answer.status_code, answer.text) == (503, said)
    assert get("/notices").status_code == (200 if has_read else 503)
    live.close()


# The module


def run_python(code: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, in a folder that is not the repository's."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "FIGURES_"))}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(REPOSITORY), **env},
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
    )


def test_a_plain_import_reads_no_data_writes_nothing_and_gives_the_app(tmp_path: Path) -> None:
    done = run_python("import dashboard; print(type(dashboard.app).__name__, dashboard.LIVE.root)", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"App {REPOSITORY}\n", "")
    assert list(tmp_path.iterdir()) == []


def test_the_root_is_the_folder_that_figures_root_names(tmp_path: Path) -> None:
    done = run_python("import dashboard; print(dashboard.LIVE.root)", tmp_path, FIGURES_ROOT=str(tmp_path / "root"))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{tmp_path}/root\n", "")


@pytest.fixture
def at_root(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scratch]:
    """A copy of the data that the script of this process serves for the length of a test."""
    known = sys.modules.pop("dashboard", None)
    monkeypatch.setenv("FIGURES_ROOT", str(scratch.root))
    yield scratch
    module = sys.modules.pop("dashboard", None)
    if module is not None:
        module.LIVE.close()
    if known is not None:
        sys.modules["dashboard"] = known


def test_the_page_shows_the_data_of_its_root(at_root: Scratch) -> None:
    path = "data/claims/kon-tum-internal-political-security.yaml"
    at_root.edit(path, "imposing administrative fines of nearly", "imposing FINES of nearly")
    assert "imposing FINES of nearly 640,000,000" in html_of(run(lang="en", figure="kon-tum-administrative-fines"))


def test_the_list_of_articles_stands_on_pages(collection: Collection) -> None:
    many = replace(collection, sources=collection.sources * 30)
    listed = {}
    for at in (1, 3, 9):
        html = str(compose_view(make_page(many, view=View.ARTICLES, page=at)).blocks["articles"])
        listed[at] = (html.count("<li>"), re.findall(r"Page \d+ of \d+", html))
    assert listed == {1: (50, ["Page 1 of 3"]), 3: (50, ["Page 3 of 3"]), 9: (50, ["Page 3 of 3"])}


def test_texts_that_wait_are_counted_where_the_page_speaks_of_itself(at_root: Scratch) -> None:
    (at_root / "seeds/waiting.txt").write_text("Bắt 5 vụ trộm.\n", encoding="utf-8")
    assert "<p>1 more article waits to be described.</p>" in html_of(run(lang="en", view="about"))


def test_a_root_without_anything_gets_one_plain_sentence(at_root: Scratch) -> None:
    for path in (*at_root.root.glob("data/**/*.yaml"), *at_root.root.glob("seeds/*")):
        path.unlink()
    at = run(lang="en")
    html = html_of(at)
    assert "No data has passed the check yet." in html
    assert '<h1><a href="?lang=en">Reported figures</a></h1>' in html
    assert specs_of(at) == []


def test_a_root_without_one_stated_period_is_shown_too(at_root: Scratch) -> None:
    for path in at_root.root.glob("data/claims/*.yaml"):
        path.unlink()
    at_root.add_article(
        "Bắt giữ 41 vụ ma túy. Bắt giữ 7 vụ ma túy.\n",
        "sentences:\n"
        + "".join(
            f"- quote: Bắt giữ {number} vụ ma túy.\n"
            f"  translation: They found {number} drug cases.\n  period: unstated\n"
            f"  claims: [{{id: made-up-{number}, indicator: drug-cases, figure: {number} vụ, value: {number}}}]\n"
            for number in (41, 7)
        ),
    )
    at = run(lang="en")
    assert "2 figures from 1 of 1 article" in html_of(at)
    assert re.findall('<a class="number" data-figure="([^"]+)"', html_of(at)) == ["made-up-41", "made-up-7"]
    assert specs_of(run(lang="en", view="province", province="ha-tinh")) == []
