"""Text that would act anywhere else: in every field of every file it is shown letter for letter, and does nothing."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from extract.claims.collection import Collection
from extract.claims.load.root import load_root
from extract.figures.columns import FIGURES
from extract.figures.table import guard_cell
from tests.browser import settle, show
from tests.conftest import REPOSITORY, TODAY
from tests.servers import Server, fetch, serve

pytestmark = pytest.mark.browser

# Each part acts in some reader: a spreadsheet, markdown, LaTeX, emoji, HTML, a template, a format string, a sanitiser.
HOSTILE = (
    "5$ đến 10$ :x: :material/home: :red[red] -> --> ]]> <!-- ![a](http://127.0.0.1:9/x.png) "
    '<script>window.hit=true</script> <img src="http://127.0.0.1:9/y.png" onerror="window.hit=true" data-hostile> '
    "</style><style>*{color:red!important}</style> <b data-hostile>b</b> {{}} {0} {figure} %s %(a)s ${x} "
    "</blockquote></article></table></textarea></title> &amp; &lt;b&gt; `kbd` [link](javascript:window.hit=true) "
    "*bold* __bold__ ~~struck~~  two  spaces \" ' \\ \\n \\uabcd $\\frac{a}{b}$"
)
PROVINCES = ("north", "south")


# All that a reader can see, hear or copy, without the page's own styles and scripts; white space aside, for a chart
# breaks its lines.
SHOWN = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let text = '';
    while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest('style, script')) text += walker.currentNode.data + '\\n';
    }
    const marks = [...document.querySelectorAll('svg path[aria-label]')];
    text += marks.map(mark => mark.getAttribute('aria-label')).join('\\n');
    return text.replace(/\\s+/g, '');
}"""
ACTED = """() => ({
    hit: window.hit ?? null,
    elements: document.querySelectorAll('[data-hostile]').length,
    pictures: [...document.images].map(image => image.src).filter(src => !src.startsWith('data:')),
    scripts: [...document.querySelectorAll('a[href]')].map(a => a.href).filter(href => href.startsWith('javascript')),
    formulas: document.querySelectorAll('.katex, .MathJax, math').length,
    styles: [...document.querySelectorAll('style')].filter(style => style.textContent.includes('color:red')).length,
    red: [...document.querySelectorAll('*')].filter(e => getComputedStyle(e).color === 'rgb(255, 0, 0)').length,
})"""
NOTHING: dict[str, object] = {
    "hit": None,
    "elements": 0,
    "pictures": [],
    "scripts": [],
    "formulas": 0,
    "styles": 0,
    "red": 0,
}


def say(field: str) -> str:
    """Return hostile text that names the field it stands in; to a spreadsheet it begins as a formula."""
    return f"=1+1 «{field}» {HOSTILE}"


def name(field: str) -> dict[str, str]:
    return {"vi": say(f"{field} vi"), "en": say(f"{field} en")}


def write_json(path: Path, data: Any) -> None:
    """Write a file of the root: JSON is YAML, and quotes every text."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")


def write_article(root: Path, province: str) -> None:
    quote = f"{say(f'quote of {province}')} có 72 vụ {say(f'rest of {province}')}."
    covers = f"{say(f'when of {province}')} năm 2021"
    second = f"{say(f'second of {province}')} có 72 vụ {say(f'place of {province}')}."
    event = f"{say(f'event of {province}')} năm 2022"
    coverage = say(f"coverage words of {province}")
    lines = [say(f"title of {province}"), say(f"publisher of {province}"), covers, event, coverage, quote, second]
    raw = ("\n\n".join(lines) + "\n").encode("utf-8")
    (root / f"seeds/{province}.txt").write_bytes(raw)
    claim = {
        "id": f"{province}-cases",
        "indicator": "cases",
        "figure": "72 vụ",
        "value": "72",
        "note": say(f"note of {province}"),
        "note_vi": say(f"note_vi of {province}"),
        "corrections": [
            {
                "field": "note",
                "said": say(f"said of {province}"),
                "says": say(f"note of {province}"),
                "why": say(f"why of {province}"),
                "when": "2023-01-02",
            }
        ],
    }
    sentence = {
        "quote": quote,
        "translation": f"{say(f'translation of {province}')} 72",
        "period": {
            "covers": "2021",
            "words": covers,
            "note": say(f"period note of {province}"),
            "note_vi": say(f"period note_vi of {province}"),
        },
        "claims": [claim],
    }
    part = {
        "id": f"{province}-part",
        "indicator": "cases",
        "figure": "72 vụ",
        "value": "72",
        "place": {"words": say(f"place of {province}"), "name_en": say(f"place_en of {province}")},
        "overlaps": [f"{province}-cases"],
    }
    second_sentence = {**sentence, "quote": second, "claims": [part]}
    article = {
        "seed": f"{province}.txt",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "title": say(f"title of {province}"),
        "title_en": say(f"title_en of {province}"),
        "province": province,
        "publisher": {
            "name": say(f"publisher of {province}"),
            "name_en": say(f"publisher_en of {province}"),
            "words": say(f"publisher of {province}"),
        },
        "url": "https://news.example/a?b='\"><img>",
        "event": {
            "covers": "2022",
            "words": event,
            "note": say(f"event note of {province}"),
            "note_vi": say(f"event note_vi of {province}"),
        },
        "coverage": {
            "kind": "joint",
            "words": coverage,
            "name": name(f"coverage of {province}"),
            "note": say(f"coverage note of {province}"),
            "note_vi": say(f"coverage note_vi of {province}"),
        },
        "reported_by": say(f"by of {province}"),
        "reported_by_en": say(f"by_en of {province}"),
        "note": say(f"article note of {province}"),
        "note_vi": say(f"article note_vi of {province}"),
    }
    aside = [
        {"figure": figure, "times": "9", "why": say(f"aside of {province}"), "why_vi": say(f"aside_vi of {province}")}
        for figure in ("5$", "10$", "{0}")
    ]
    file = {"article": article, "sentences": [sentence, second_sentence], "set_aside": aside}
    write_json(root / f"data/claims/{province}.yaml", file)


def write_root(root: Path) -> None:
    """Write a sound root of two articles in which every text is hostile; the page's own words are the real ones."""
    (root / "data/claims").mkdir(parents=True)
    (root / "seeds").mkdir()
    shutil.copy(REPOSITORY / "data/wording.yaml", root / "data/wording.yaml")
    provinces = [
        {"slug": slug, "name": name(f"name of {slug}"), "iso_code": f"VN-{code}", "borders": name(f"borders of {slug}")}
        for code, slug in enumerate(PROVINCES, start=10)
    ]
    write_json(root / "data/provinces.yaml", {"provinces": provinces})
    unit = {"key": "case", "name": name("unit"), "plural_en": say("units en"), "spellings": ["vụ"]}
    write_json(root / "data/units.yaml", {"units": [unit]})
    measure = {
        "id": "cases",
        "topic": "cases",
        "name": name("measure"),
        "unit": "case",
        "nature": "flow",
        "breakdown": "kinds",
        "criteria": "criteria",
        "definition": name("definition"),
        "plausible": {"min": "0", "max": "1000"},
    }
    topics = [{"id": "cases", "name": name("topic")}]
    category = {"id": "kind", "name": name("category")}
    breakdowns = [{"id": "kinds", "name": name("breakdown"), "categories": [category]}]
    criteria = [
        {"id": "criteria", "name": name("criteria"), "note": say("criteria note"), "note_vi": say("criteria note_vi")}
    ]
    measures = {"topics": topics, "breakdowns": breakdowns, "criteria": criteria, "measures": [measure]}
    write_json(root / "data/measures.yaml", measures)
    indicator = {"id": "cases", "measure": "cases", "category": "kind", "name": name("indicator")}
    write_json(root / "data/indicators.yaml", {"indicators": [indicator]})
    for province in PROVINCES:
        write_article(root, province)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_root(folder)
    return folder


@pytest.fixture(scope="module")
def hostile(root: Path) -> Collection:
    collection, problems = load_root(root, today=TODAY)
    assert [str(problem) for problem in problems] == []
    assert len(collection.claims) == 4
    return collection


@pytest.fixture(scope="module")
def server(root: Path, hostile: Collection) -> Iterator[Server]:
    with serve(root) as running:
        yield running


# The texts of one figure's card, and those of each view: by the names of their fields.
CARD_VI = (
    "name of north vi", "coverage of north vi", "coverage words of north", "measure vi", "definition vi",
    "breakdown vi", "category vi", "criteria vi", "criteria note_vi", "coverage note_vi of north",
    "event note_vi of north", "quote of north", "rest of north", "translation of north", "by of north",
    "publisher of north", "when of north", "borders of north vi", "note_vi of north", "period note_vi of north",
    "article note_vi of north", "said of north", "note of north", "why of north", "indicator vi", "name of south vi",
)  # fmt: skip
CARD_EN = (
    "name of north en", "coverage of north en", "coverage words of north", "measure en", "definition en",
    "breakdown en", "category en", "criteria en", "criteria note", "coverage note of north", "event note of north",
    "quote of north", "rest of north", "translation of north",
    "by_en of north", "publisher_en of north", "when of north", "borders of north en", "note of north",
    "period note of north", "article note of north", "said of north", "why of north", "indicator en",
    "name of south en", "title_en of north",
)  # fmt: skip
VIEWS: dict[str, tuple[str, ...]] = {
    "?lang=vi": ("name of north vi", "name of south vi", "topic vi", "unit vi", "indicator vi", "place of south",
                 "measure vi", "coverage of north vi", "by of south"),
    "?lang=en": ("name of north en", "name of south en", "topic en", "units en", "indicator en", "place_en of south",
                 "measure en", "coverage of south en", "by_en of north"),
    "?lang=vi&figure=north-cases": CARD_VI,
    "?lang=en&figure=north-cases": CARD_EN,
    "?lang=vi&view=province&province=north": ("name of north vi", "borders of north vi", "title of north", "topic vi",
                                              "indicator vi", "publisher of north"),
    "?lang=en&view=province&province=south": ("name of south en", "borders of south en", "title_en of south"),
    "?lang=en&view=figures": ("name of north en", "indicator en", "units en", "topic en"),
    "?lang=vi&view=articles": ("title of north", "title of south", "publisher of south", "name of south vi"),
    "?lang=vi&view=articles&article=north&figure=north-cases": (
        "title of north", "quote of north", "rest of north", "when of north", "aside_vi of north",
        "article note_vi of north", "indicator vi"),
    "?lang=en&view=articles&article=south": ("title of south", "aside of south", "article note of south"),
}  # fmt: skip


def test_every_text_of_every_file_is_shown_letter_for_letter_and_nothing_of_it_acts(
    own_page: Page, server: Server
) -> None:
    page = own_page
    asked: set[str] = set()
    said: list[str] = []
    page.on("request", lambda request: asked.add(request.url))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if "Content Security Policy" in line.text else None)
    for query, fields in VIEWS.items():
        show(page, server, query)
        shown = page.evaluate(SHOWN)
        assert [field for field in fields if "".join(say(field).split()) not in shown] == [], query
        assert page.evaluate(ACTED) == NOTHING, query
    assert said == []
    assert {urlsplit(url).netloc for url in asked if url.startswith(("http", "ws"))} == {urlsplit(server.url).netloc}


def test_what_is_quoted_keeps_every_space_and_every_sign(page: Page, server: Server, hostile: Collection) -> None:
    checked, source = hostile.claims[0], hostile.sources[0]
    show(page, server, "?lang=en&figure=north-cases")
    assert page.locator("blockquote").evaluate("node => node.innerText") == checked.sentence.quote
    assert page.locator("blockquote mark").all_text_contents() == ["72 vụ"]
    assert (
        page.locator(".claim .translation").evaluate("node => node.lastChild.data.trim()")
        == checked.sentence.translation
    )
    show(page, server, "?lang=en&view=articles&article=north")
    assert page.locator(".article .text").evaluate("node => node.innerText.trimEnd()") == source.text.raw.rstrip()
    assert page.locator(".article h2").text_content() == checked.article.title


def test_a_mark_with_hostile_text_leads_to_its_claim_and_is_outlined(page: Page, server: Server) -> None:
    show(page, server, "?lang=en")
    marks = page.locator("svg path[aria-label]")
    expect(marks).to_have_count(2)
    marks.nth(1).click()
    expect(page.locator("blockquote")).to_contain_text("quote of south")
    settle(page)
    outlines = marks.evaluate_all(
        "marks => marks.map(getComputedStyle).map(style => style.stroke === 'none' ? '' : style.strokeWidth)"
    )
    assert outlines == ["", "2px"]


def test_a_citation_of_hostile_text_is_copied_letter_for_letter(page: Page, server: Server) -> None:
    show(page, server, "?lang=en&figure=north-cases")
    for place in range(3):
        text = page.locator(".copies .copytext").nth(place).text_content()
        button = page.locator(".copies button").nth(place)
        button.click()
        expect(button).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == text


def test_a_search_for_hostile_text_stays_in_its_box_and_finds(page: Page, server: Server) -> None:
    words = "<script>window.hit=true</script> --> ]]>"
    show(page, server, "")
    page.locator("input[name=q]").fill(words)
    page.locator("input[name=q]").press("Enter")
    expect(page.locator(".bar .state")).to_contain_text("Filtered: 4 of 4 figures")
    expect(page.locator("input[name=q]")).to_have_value(words)
    assert page.evaluate(ACTED) == NOTHING


def test_the_address_for_programs_gives_every_cell_as_it_is(server: Server, hostile: Collection) -> None:
    rows = list(csv.reader(io.StringIO(fetch(f"{server.url}/figures.csv").text, newline="")))
    assert rows == [FIGURES.names, *(list(FIGURES.format_row(checked).values()) for checked in hostile.claims)]
    answer = fetch(f"{server.url}/figures.json?figure=north-cases").json()
    assert answer["quote"] == hostile.claims[0].sentence.quote


def test_a_spreadsheet_gets_every_text_as_a_text(page: Page, server: Server, hostile: Collection) -> None:
    show(page, server, "?lang=en")
    page.locator("details.data summary").click()
    with page.expect_download() as caught:
        page.get_by_role("link", name="Spreadsheet").click()
    workbook = openpyxl.load_workbook(io.BytesIO(caught.value.path().read_bytes()))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    texts = [str(cell.value) for cell in cells]
    for checked in hostile.claims:
        row = FIGURES.format_row(checked)
        assert [row[name] for name in ("quote", "translation", "note") if row[name] and row[name] not in texts] == []
    assert len([text for text in texts if text.startswith("=1+1 «")]) >= 10


def test_the_csv_for_spreadsheets_guards_every_cell_that_a_spreadsheet_would_run(
    server: Server, hostile: Collection
) -> None:
    text = fetch(f"{server.url}/figures.csv?for=spreadsheet").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert rows == [[guard_cell(cell) for cell in FIGURES.format_row(checked).values()] for checked in hostile.claims]
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    guarded = [cell for cell in rows[0] if cell.startswith("'=1+1 «")]
    assert len(guarded) >= 10


def test_a_hostile_address_is_said_back_as_text(page: Page, server: Server) -> None:
    for key in ("figure", "province", "page"):
        page.goto(f"{server.url}/?lang=en&{key}={percent_encode(HOSTILE, safe='')}")
        page.wait_for_selector(".notice")
        assert page.evaluate(ACTED) == NOTHING
        assert "<script>window.hit=true</script>" in str(page.locator(".notice").first.text_content())
