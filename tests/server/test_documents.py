"""The answer at `/`: what stands in the HTML before any script, for readers, search engines and messengers."""

import asyncio
import json
from collections.abc import Mapping
from html import escape, unescape

import httpx
import pytest
from starlette.applications import Starlette

import dashboard
from extract.claims.collection import Collection
from extract.page.address import Address, View
from extract.server.documents import Asked, KeptDocuments, compose_tail, find_preferred
from extract.server.streamlit_internals import CHARTS, HTML
from tests.conftest import TODAY
from tests.page.composed import WORDING, make_page
from tests.site.test_publish import Reader

BASE = "http://figures.example/"
FIGURE = "ha-tinh-2021-drug-cases"


def get(path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """Return the answer of an address of the app's own."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=dashboard.ROUTES))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            dashboard.LIVE.current()
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


def test_every_figures_sentence_stands_in_the_html_of_its_address_with_the_figure_marked(
    collection: Collection,
) -> None:
    for checked in collection.claims:
        answer = get(f"/?figure={checked.claim.id}&lang=vi")
        assert answer.status_code == 200
        quote, start = checked.sentence.quote, checked.mark_start
        end = start + len(checked.claim.figure)
        marked = f"{escape(quote[:start])}<mark>{escape(quote[start:end])}</mark>{escape(quote[end:])}"
        assert unescape(marked) in unescape(answer.text)


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_view_is_told_as_what_it_is(view: View, lang: str) -> None:
    answer = get(f"/?view={view}&lang={lang}")
    reader, words = Reader(answer.text), WORDING["vi" if lang == "vi" else "en"]
    assert f'<html lang="{lang}">' in answer.text
    assert f"<title>{words(f'view.{view}')} – {words('title')}</title>" in answer.text
    assert words("head.scope") in reader.told["description"]
    own = Address(view=view, lang=lang).to()
    assert reader.told["canonical"] == reader.told["og:url"] == BASE + own
    assert reader.told["vi"] == BASE + Address(view=view, lang="vi").to()
    assert reader.told["x-default"] == BASE + Address(view=view).to().removesuffix("?")
    assert reader.told["og:title"] == f"{words(f'view.{view}')} – {words('title')}"
    assert "robots" not in reader.told


def test_a_figure_is_told_with_its_sentence_its_source_and_its_data() -> None:
    reader = Reader(get(f"/?view=figures&figure={FIGURE}&lang=en").text)
    assert reader.told["og:title"].startswith("6 cases, Hà Tĩnh (")
    assert "“They uncovered 72 cases" in reader.told["og:description"]
    assert reader.told["canonical"] == f"{BASE}?figure={FIGURE}&lang=en"
    dataset, claim = json.loads(reader.data)["@graph"]
    assert dataset["@type"] == "Dataset"
    assert [each["contentUrl"] for each in dataset["distribution"]] == [
        f"{BASE}figures.csv?figure={FIGURE}",
        f"{BASE}figures.json?figure={FIGURE}",
    ]
    assert dataset["isPartOf"] == {"@type": "Dataset", "@id": f"{BASE}#data"}
    assert (claim["@type"], claim["identifier"], claim["inLanguage"]) == ("Claim", FIGURE, "vi")
    assert claim["text"].startswith("Phát hiện, bắt giữ 72 vụ/144 đối tượng")
    assert claim["appearance"]["@type"] == "NewsArticle"
    assert "datePublished" not in claim["appearance"], "the article does not say when it was published"


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("/?lang=vi", "?lang=vi&chart=timeline"),
        ("/?topic=models&province=khanh-hoa&lang=en", "?province=khanh-hoa&topic=models&lang=en"),
        ("/?topic=models,cases&lang=en", "?topic=cases,models&lang=en&chart=timeline"),
        (f"/?view=figures&topic=models&figure={FIGURE}&lang=en", "?province=ha-tinh&topic=cases&lang=en"),
        ("/?view=about&topic=models&lang=en", "?lang=en&chart=timeline"),
    ],
)
def test_a_page_is_told_with_a_picture_of_what_it_shows(path: str, picture: str) -> None:
    told = Reader(get(path).text).told
    assert told["og:image"] == f"{BASE}chart.png{picture}"
    assert told["twitter:card"] == "summary_large_image"
    answer = get(f"/chart.svg{picture}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml; charset=utf-8")


def test_a_filtered_view_is_told_with_its_filters() -> None:
    reader = Reader(get("/?province=ha-tinh&topic=seizures&lang=en").text)
    assert reader.told["og:title"] == "Hà Tĩnh, Seizures – Compare – Reported figures"
    assert reader.told["description"].startswith("Filtered: 4 of 33 figures.")
    (dataset,) = json.loads(reader.data)["@graph"]
    assert dataset["distribution"][0]["contentUrl"] == f"{BASE}figures.csv?province=ha-tinh&topic=seizures"


def test_the_whole_is_told_with_its_years_provinces_and_licence() -> None:
    (dataset,) = json.loads(Reader(get("/?lang=en").text).data)["@graph"]
    assert (dataset["@id"], dataset["url"], dataset["name"]) == (f"{BASE}#data", BASE, "Reported figures")
    assert dataset["temporalCoverage"] == "2013/2022"
    assert [place["name"] for place in dataset["spatialCoverage"]] == ["Kon Tum", "Hà Tĩnh", "Khánh Hòa"]
    assert dataset["license"] == "https://opensource.org/license/mit"
    assert 50 <= len(dataset["description"]) <= 5000, "what engines take"


def test_marks_of_charts_are_links_of_the_page(collection: Collection) -> None:
    links = Reader(get("/?lang=en").text).links
    leading = {link.partition("figure=")[2] for link in links if link.startswith("?") and "figure=" in link}
    assert {link.partition("&")[0] for link in leading} == {checked.claim.id for checked in collection.claims}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/?figure=nobody&lang=en", "No figure has the id «nobody»."),
        ("/?view=articles&article=nothing&lang=en", "There is no «nothing» here (article)"),
    ],
)
def test_what_is_not_there_is_said_with_404_and_the_page_is_whole(path: str, sentence: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert sentence in answer.text
    assert '<div id="root"></div>' in answer.text
    assert Reader(answer.text).told["robots"] == "noindex"


def test_what_a_search_finds_is_not_listed_and_other_faults_are_said() -> None:
    assert Reader(get("/?q=heroin").text).told["robots"] == "noindex"
    answer = get("/?province=atlantis&lang=en")
    assert (answer.status_code, Reader(answer.text).told["robots"]) == (200, "noindex")
    assert "There is no «atlantis» here (province)" in answer.text


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"]
)
@pytest.mark.parametrize("key", ["figure", "q", "province", "article", "lang"])
def test_hostile_text_of_an_address_stays_text(hostile: str, key: str) -> None:
    answer = get(str(httpx.URL(BASE).copy_merge_params({key: hostile})).removeprefix(BASE[:-1]))
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    json.loads(Reader(answer.text).data)


def test_the_language_is_the_browsers_where_the_address_names_none() -> None:
    for accepted, lang in (("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("en;q=0.8, vi;q=0.9", "vi"), ("fr", "en"), ("", "en")):
        answer = get("/", {"accept-language": accepted})
        assert f'<html lang="{lang}">' in answer.text, accepted
        assert answer.headers["vary"] == "accept-encoding, accept-language"
    assert '<html lang="en">' in get("/?lang=en", {"accept-language": "vi"}).text


@pytest.mark.parametrize(
    ("accepted", "preferred"),
    [("vi", "vi"), ("en;q=0.1,vi;q=0.2", "vi"), ("vi;q=0,en", "en"), ("vi;q=x", ""), (";;,,", ""), ("*", "*")],
)
def test_the_preferred_language_is_that_of_the_greatest_weight(accepted: str, preferred: str) -> None:
    assert find_preferred(accepted) == preferred


def test_a_document_is_compressed_as_the_browser_can_read_and_asked_for_once() -> None:
    plain = get("/?lang=en", {"accept-encoding": "identity"})
    for encoding in ("br", "gzip"):
        answer = get("/?lang=en", {"accept-encoding": encoding})
        assert answer.headers["content-encoding"] == encoding
        assert int(answer.headers["content-length"]) < 25_000, "half a second at 400 kbit/s"
        assert answer.text == plain.text
        again = get("/?lang=en", {"accept-encoding": encoding, "if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_words_stand_before_anything_that_a_browser_must_fetch_to_paint_them() -> None:
    html = get("/?lang=en").text
    before, _, after = html.partition('<div id="root">')
    assert "<script src" not in before
    assert 'rel="stylesheet"' not in before
    assert 'rel="stylesheet"' in after
    assert '<script type="module"' in after
    assert after.count("modulepreload") > 10


def test_documents_that_are_kept_take_no_more_than_their_room(collection: Collection) -> None:
    page, kept = make_page(collection), KeptDocuments(largest=1000)
    asked = [Asked(page, (), str(place), BASE, TODAY, "br") for place in range(50)]
    for each in asked:
        kept.keep(each, bytes(100))
        kept.keep(each, bytes(100))
        assert kept.find(asked[0]) is not None, "what is asked for again stays"
    assert kept.size == 1000
    assert kept.find(asked[1]) is None
    assert kept.find(asked[-1]) == bytes(100)


def test_the_order_of_an_address_makes_no_other_document() -> None:
    etags = {get(path).headers["etag"] for path in ("/?topic=models&lang=en", "/?lang=en&topic=models")}
    assert len(etags) == 1


def test_a_run_of_the_script_reads_none_of_streamlits_files_again() -> None:
    """Streamlit runs dashboard.py anew for every answer, and with it the making of `Documents`."""
    scripts = (*HTML, *CHARTS)
    assert compose_tail(scripts) is compose_tail(scripts)
