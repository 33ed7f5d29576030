"""Numbers in the reader's language: both pages beside the CSV, number by number."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from extract.claims.collection import Collection
from extract.claims.records import LANGS, Lang, Unit
from extract.figures.export import make_files
from extract.figures.filters import Filters
from extract.figures.table import FigureTable
from tests.page.test_dashboard import get_claim, html_of, rows_of, run, specs_of

VIETNAMESE_NUMERAL = re.compile(r"\d\.\d{3}")
HEDGES: dict[Lang, dict[str, str]] = {
    "en": {"exact": "", "about": "about ", "nearly": "nearly "},
    "vi": {"exact": "", "about": "≈ ", "nearly": "< "},
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


@pytest.fixture(scope="module")
def units(collection: Collection) -> dict[str, Unit]:
    return {checked.claim.id: checked.unit for checked in collection.claims}


def find_marks(lang: Lang) -> dict[str, tuple[str, str]]:
    """Return the words beside each mark of the first view, and its text alternative."""
    return {
        row[f"{side}id"]: (row[f"{side}words"], row[f"{side}alt"])
        for chart in rows_of(run(lang=lang))
        for row in chart
        for side in ("", "of_", "per_")
        if f"{side}id" in row
    }


def find_cards(lang: Lang) -> dict[str, str]:
    """Return the numbers of the first view that stand without a chart."""
    return dict(
        re.findall(r'<a class="number" data-figure="([^"]+)".*?<strong>(.*?)</strong>', html_of(run(lang=lang)))
    )


def write_number(row: dict[str, str], lang: Lang) -> str:
    """Return a row's value and whole in a language, with the hedge before them as a word or a sign."""
    whole = (
        {"en": f" of {Decimal(row['of'] or 0):,f}", "vi": f"/{Decimal(row['of'] or 0):,f}"}[lang] if row["of"] else ""
    )
    number = f"{Decimal(row['value']):,f}{whole}"
    return HEDGES[lang][row["qualifier"]] + (number if lang == "en" else number.translate(str.maketrans(",.", ".,")))


def write_value(row: dict[str, str], unit: Unit, lang: Lang) -> str:
    """Return the same with its unit."""
    noun = unit.name.vi if lang == "vi" else unit.name.en if (row["of"] or row["value"]) == "1" else unit.plural_en
    return f"{write_number(row, lang)}{'' if noun == '%' else ' '}{noun}"


def state(row: dict[str, str], unit: Unit, lang: Lang) -> str:
    """Return how the page states a figure: in Vietnamese as its article does."""
    return row["figure"] if lang == "vi" else write_value(row, unit, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_every_mark_and_card_states_what_the_csv_holds(
    rows: list[dict[str, str]], units: dict[str, Unit], lang: Lang
) -> None:
    marks, cards = find_marks(lang), find_cards(lang)
    assert len(marks) + len(cards) == len({*marks, *cards}) == len(rows) == 33
    for row in rows:
        unit = units[row["id"]]
        if row["id"] in cards:
            assert cards[row["id"]] == state(row, unit, lang)
            continue
        words, alternative = marks[row["id"]]
        # Beside a mark the unit is left out where the chart's title or the head of the pairs says it.
        assert words in {write_number(row, lang), write_value(row, unit, lang)}
        assert f": {state(row, unit, lang)}, " in alternative


def test_a_claim_and_its_row_state_their_figure_as_its_card_does(
    rows: list[dict[str, str]], units: dict[str, Unit]
) -> None:
    for lang in LANGS:
        table = html_of(run(lang=lang, view="figures"))
        for row in rows:
            stated = state(row, units[row["id"]], lang)
            is_same = stated == row["figure"]
            original = "" if is_same else f' <span class="original">· <span lang="vi">{row["figure"]}</span></span>'
            card = get_claim(row["id"], lang).text
            assert re.findall('<h2 tabindex="-1">(.*?)</h2>', re.sub(r"\s*\n\s*", "", card)) == [f"{stated}{original}"]
            assert re.findall('data-title="([^,]*)', card)[0] in stated
            assert f'figure={row["id"]}&amp;lang={lang}">{stated}</a>' in table


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
