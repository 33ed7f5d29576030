"""A long article is read in pages, each of whole sentences; a figure's link leads to the page that holds it."""

import re
from collections.abc import Mapping
from itertools import pairwise

import pytest

from extract.figures.table import FigureTable
from extract.page.address import Address, View, parse_query
from extract.page.article_pages import LETTERS_OF_A_PAGE, NUMBERS_OF_A_PAGE, find_pages
from extract.page.page import Page
from extract.page.views import articles
from extract.site.paths import Links
from tests.claims.test_growth import claim_all_in_one_sentence, claim_each
from tests.conftest import Scratch
from tests.page.composed import WORDING

TEXT = re.compile(r'<div class="text" lang="vi">(?P<text>.*?)</div>', re.DOTALL)
TIMES = 2 * NUMBERS_OF_A_PAGE + 100


def load(scratch: Scratch, text: str, described: str) -> FigureTable:
    scratch.add_article(text, described)
    collection, problems = scratch.load()
    assert problems == []
    return FigureTable(collection)


def ask(table: FigureTable, **params: str) -> Address:
    asked: Mapping[str, str] = {"view": "articles", "article": "made-up", **params}
    address, unknown = parse_query(asked, table)
    assert unknown == ()
    return address


def show(table: FigureTable, address: Address) -> tuple[str, str]:
    """Return the text of an article's page, without its marks, and the whole of its HTML."""
    page = Page(table=table, words=WORDING["en"], address=address)
    content = articles.compose(page)
    html = str(content.blocks["article"][0]) + str(content.ledger)
    found = TEXT.search(html)
    assert found
    return re.sub(r"<[^>]+>", "", found["text"]), html


def test_a_long_article_is_shown_in_pages_that_make_up_the_whole(scratch: Scratch) -> None:
    text, described = claim_each(TIMES)
    table = load(scratch, text, described)
    pages = [show(table, ask(table, page=str(number))) for number in (1, 2, 3)]
    assert "".join(words for words, _ in pages) == text
    assert [words.count("vụ") for words, _ in pages] == [NUMBERS_OF_A_PAGE, NUMBERS_OF_A_PAGE, 100]
    assert all(words.startswith("Bắt giữ ") and words.endswith(" vụ ma túy.\n") for words, _ in pages)
    assert [html.count('<td class="value"') for _, html in pages] == [NUMBERS_OF_A_PAGE, NUMBERS_OF_A_PAGE, 100]
    assert all(f"{TIMES:,} numbers" in html for _, html in pages)
    assert "1,100 numbers: 1,100 shown as figures here; 0 set aside" in pages[1][1]
    # The way on stands above the text and below it.
    turn = (
        '<p class="pages">Page 2 of 3 · <a href="?view=articles&amp;article=made-up">Previous page</a>'
        ' · <a href="?view=articles&amp;article=made-up&amp;page=3">Next page</a></p>'
    )
    assert [part.count(turn) for part in pages[1][1].split('<div class="text"')] == [1, 1]
    assert show(table, ask(table, page="99"))[0] == pages[2][0]


def test_a_figures_link_leads_to_the_page_that_holds_it(scratch: Scratch) -> None:
    table = load(scratch, *claim_each(TIMES))
    for number in (2, NUMBERS_OF_A_PAGE + 1, NUMBERS_OF_A_PAGE + 2, TIMES + 1):
        address = ask(table, figure=f"m-{number}")
        assert address.page == 1 + (number - 2) // NUMBERS_OF_A_PAGE
        assert f'data-figure="m-{number}"' in show(table, address)[1]
    links = Links(table, "vi")
    assert links.tell(ask(table, figure="m-900")) == "vi/article/made-up/2.html#figure-m-900"
    assert links.tell(ask(table)) == "vi/article/made-up.html"
    assert [path for path, _ in links.take()] == ["vi/article/made-up.html", "vi/article/made-up/2.html"]


def test_one_endless_sentence_is_cut_before_a_figure(scratch: Scratch) -> None:
    text, described = claim_all_in_one_sentence(TIMES)
    table = load(scratch, text, described)
    pages = [show(table, ask(table, page=str(number)))[0] for number in (1, 2, 3)]
    assert "".join(pages) == text
    assert pages[1].startswith("502 vụ ma túy, ")
    assert pages[2].startswith("1002 vụ ma túy, ")


@pytest.mark.parametrize("words", ["x", "chữ ", "\n", "Xã kia không có gì. "])
def test_a_long_text_without_numbers_is_cut_by_its_letters(scratch: Scratch, words: str) -> None:
    text = "Tin.\n" + words * (3 * LETTERS_OF_A_PAGE // len(words))
    table = load(scratch, text, "sentences: []\n")
    starts = [*find_pages(table, "made-up"), len(text)]
    assert len(starts) <= 6
    assert all(end - start <= LETTERS_OF_A_PAGE for start, end in pairwise(starts))


def test_the_real_articles_have_one_page_each(scratch: Scratch) -> None:
    table = FigureTable(scratch.load()[0])
    assert {len(find_pages(table, article)) for article in table.sources} == {1}
    figure = next(iter(table.claims.values()))
    article = figure.article.seed.removesuffix(".txt")
    assert ask(table, article=article, figure=figure.claim.id) == Address(
        view=View.ARTICLES, article=article, figure=figure.claim.id
    )
