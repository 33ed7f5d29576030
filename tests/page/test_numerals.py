"""Numbers in the reader's language: both pages beside the CSV, number by number."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from extract.claims.collection import Collection
from extract.claims.records import Lang
from extract.figures.export import make_files
from extract.figures.filters import Filters
from extract.figures.table import FigureTable
from extract.page.charts import LETTER
from extract.page.comparisons import LETTERS_OF_WORDS
from tests.page.test_dashboard import get_claim, html_of, rows_of, run, specs_of

VIETNAMESE_NUMERAL = re.compile(r"\d\.\d{3}")
HEDGES = {
    "exact": "",
    "about": "about ",
    "nearly": "nearly ",
    "over": "over ",
    "under": "under ",
    "at_least": "at least ",
}
READ_ALOUD = ("title", "aria-label", "data-title")
VOID = {"br", "hr", "img", "input", "link", "meta"}


class English(HTMLParser):
    """The texts of a page in English that stand outside `lang="vi"`, with those that are only read aloud."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.langs: list[bool] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_vietnamese = said["lang"] == "vi" if "lang" in said else any(self.langs[-1:])
        if not is_vietnamese:
            self.texts += [text for name in READ_ALOUD if (text := said.get(name))]
        if tag not in VOID:
            self.langs.append(is_vietnamese)

    def handle_endtag(self, tag: str) -> None:
        self.langs.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.langs[-1:]):
            self.texts.append(data)


@pytest.fixture(scope="module")
def rows(collection: Collection) -> list[dict[str, str]]:
    """The rows of figures.csv, as a program reads them."""
    text = make_files(FigureTable(collection), Filters())["figures.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def find_stated(lang: Lang) -> dict[str, str]:
    """Return how the first view states each figure: on the mark of a chart or on a card."""
    at = run(lang=lang)
    marks = {row["id"]: row["words"].replace("\n", " ") for chart in rows_of(at) for row in chart}
    cards = re.findall(r'<a class="number" data-figure="([^"]+)".*?<strong>(.*?)</strong>', html_of(at))
    return marks | dict(cards)


def find_alternatives(lang: Lang) -> dict[str, str]:
    return {row["id"]: row["alt"] for chart in rows_of(run(lang=lang)) for row in chart}


def test_every_mark_and_card_states_in_english_what_the_csv_holds(
    rows: list[dict[str, str]], collection: Collection
) -> None:
    units = {checked.claim.id: checked.unit for checked in collection.claims}
    expected = {}
    for row in rows:
        number, unit = f"{HEDGES[row['qualifier']]}{Decimal(row['value']):,f}", units[row["id"]]
        whole = f" of {Decimal(row['of']):,f}" if row["of"] else ""
        noun = unit.name.en if (row["of"] or row["value"]) == "1" else unit.plural_en
        expected[row["id"]] = f"{number}%" if noun == "%" else f"{number}{whole} {noun}"
    assert len(expected) == 33
    assert find_stated("en") == expected


def test_every_mark_and_card_states_in_vietnamese_what_the_article_says(rows: list[dict[str, str]]) -> None:
    assert find_stated("vi") == {row["id"]: row["figure"] for row in rows}


def test_what_is_read_aloud_of_a_mark_is_what_stands_on_it() -> None:
    for lang in ("vi", "en"):
        stated = find_stated(lang)
        for figure, alternative in find_alternatives(lang).items():
            assert f": {stated[figure]}, " in alternative


def test_a_claim_and_its_row_state_their_figure_as_its_mark_does(rows: list[dict[str, str]]) -> None:
    for lang in ("vi", "en"):
        stated = find_stated(lang)
        table = html_of(run(lang=lang, view="figures"))
        for row in rows:
            is_same = stated[row["id"]] == row["figure"]
            original = "" if is_same else f' <span class="original">· <span lang="vi">{row["figure"]}</span></span>'
            card = get_claim(row["id"], lang).text
            assert re.findall("<h2>(.*?)</h2>", re.sub(r"\s*\n\s*", "", card)) == [f"{stated[row['id']]}{original}"]
            assert re.findall('data-title="([^,]*)', card)[0] in stated[row["id"]]
            assert f'figure={row["id"]}&amp;lang={lang}">{stated[row["id"]]}</a>' in table


def find_english(figures: list[str], seeds: list[str]) -> Iterator[str]:
    """Yield every text of the page in English that is not marked as Vietnamese."""
    views = [{"view": "figures"}, {"view": "articles"}, {"view": "about"}, {}]
    views += [{"view": "province", "province": province} for province in ("kon-tum", "ha-tinh", "khanh-hoa")]
    views += [{"view": "articles", "article": seed.removesuffix(".txt")} for seed in seeds]
    for query in views:
        at = run(lang="en", **query)
        yield from English(html_of(at)).texts
        yield from (str(spec["description"]) for spec in specs_of(at))
        yield from (text for chart in rows_of(at) for row in chart for text in row.values() if isinstance(text, str))
    for figure in figures:
        yield from English(get_claim(figure, "en").text).texts


def test_no_vietnamese_numeral_stands_on_the_page_in_english(
    rows: list[dict[str, str]], collection: Collection
) -> None:
    seeds = [source.record.article.seed for source in collection.sources]
    texts = list(find_english([row["id"] for row in rows], seeds))
    assert [text for text in texts if VIETNAMESE_NUMERAL.search(text)] == []
    assert any("1,962 of 1,969 hamlets and residential groups" in text for text in texts)
    # The articles' own words are there too, where the page says that they are Vietnamese.
    assert any(VIETNAMESE_NUMERAL.search(text) for text in re.findall('lang="vi">([^<]*)<', html_of(run(lang="en"))))


def test_the_words_of_a_mark_leave_a_phone_room_for_its_bar() -> None:
    for lang in ("vi", "en"):
        lines = [line for chart in rows_of(run(lang=lang)) for row in chart for line in row["words"].split("\n")]
        assert max(map(len, lines)) <= LETTERS_OF_WORDS
    assert LETTERS_OF_WORDS * LETTER < 358 - 100
