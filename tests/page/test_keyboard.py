"""The page by keyboard, and as a screen reader hears it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import settle, show
from tests.servers import Server

pytestmark = pytest.mark.browser

VIEWS_WITH_MARKS = (
    "?",
    "?view=province&province=ha-tinh&",
    "?view=figures&",
    "?view=articles&article=003_b2aa1906d32ce349&",
)
LAST_MARK = """() => {
    const marks = [...document.querySelectorAll('svg path[aria-label], a[data-figure], [data-figure] a')];
    const last = marks.filter(mark => !mark.closest('.place') && mark.checkVisibility()).at(-1);
    last.setAttribute('x-last', '');
    last.focus();
    return new URLSearchParams(last.getAttribute('href') ?? last.__data__.href).get('figure');
}"""
"""Gives the focus to the last mark or row, and returns whose claim it is."""
SAID = {"vi": ("Đã mở: ", "Đã đóng: "), "en": ("Opened: ", "Closed: ")}
SAID_OF_PILL = {"vi": "đang chọn", "en": "chosen"}
SEARCH = "form.filters input[type=search]"


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def viewport(request: pytest.FixtureRequest) -> ViewportSize:
    width, height = request.param
    return {"width": width, "height": height}


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("query", VIEWS_WITH_MARKS)
def test_enter_opens_a_claim_that_has_the_focus_and_escape_gives_it_back(
    page: Page, server: Server, query: str, lang: str
) -> None:
    opened, closed = SAID[lang]
    show(page, server, f"{query}lang={lang}")
    figure = page.evaluate(LAST_MARK)
    page.keyboard.press("Enter")
    claim = page.locator(f'article.claim[data-claim="{figure}"]')
    expect(claim.locator("h2")).to_be_focused()
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    name = str(claim.get_attribute("aria-label"))
    assert name.startswith(str(claim.locator("h2").text_content()).partition(" · ")[0] + ", ")
    said = page.locator("[role=status].said")
    expect(said).to_have_text(opened + name)
    mark = page.locator("[x-last]")
    expect(mark).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator("article.claim")).to_have_count(0)
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()
    expect(said).to_have_text(closed + name)
    expect(page.locator("[aria-current=true]:not(.langs a, .pill)")).to_have_count(0)


def test_a_claim_is_a_landmark_and_its_heading_takes_no_step_of_tab(page: Page, server: Server) -> None:
    show(page, server, "?lang=en&figure=ha-tinh-2021-drug-cases")
    place = page.locator(".place")
    expect(place).to_have_attribute("aria-label", "The figure and its source")
    is_phone = page.viewport_size is not None and page.viewport_size["width"] == 390
    expect(place).to_have_attribute("role", "dialog" if is_phone else "complementary")
    expect(place.locator("h2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".card .close")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(place.locator("h2")).not_to_have_attribute("tabindex", "0")


@pytest.mark.parametrize("query", VIEWS_WITH_MARKS)
def test_a_deep_link_brings_its_mark_into_sight_beside_its_claim(page: Page, server: Server, query: str) -> None:
    show(page, server, f"{query}lang=en")
    figure = page.evaluate(LAST_MARK)
    show(page, server, f"{query}lang=en&figure={figure}")
    expect(page.locator(f'article.claim[data-claim="{figure}"] h2')).to_be_focused()
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    open_marks = page.locator("svg path[data-open]:visible, a[data-open]:visible, [data-open] a:visible")
    expect(open_marks).to_have_count(1)
    if page.get_by_role("dialog").count() == 0:
        # An outlined bar is a little larger than its frame.
        expect(open_marks).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("Escape")
    expect(page.locator("article.claim")).to_have_count(0)
    focused = page.locator(":focus")
    expect(focused).to_be_in_viewport()
    assert figure in str(focused.evaluate("mark => mark.getAttribute('href') ?? mark.__data__.href"))


def test_a_claim_opened_from_another_one_has_its_own_mark_in_sight(page: Page, server: Server) -> None:
    show(page, server, "?lang=en&figure=khanh-hoa-2016-self-managed-models-operating")
    other = page.locator(".claim .note a").last
    figure = parse_qs(str(other.get_attribute("href")).removeprefix("?"))["figure"][0]
    other.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f'article.claim[data-claim="{figure}"] h2')).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f'[data-figure="{figure}"]:focus')).to_be_in_viewport()


def test_a_slash_goes_to_the_search_and_is_a_letter_there(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&lang=en")
    page.keyboard.press("/")
    search = page.locator(SEARCH)
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    page.keyboard.type("1.962/1.969")
    expect(search).to_have_value("1.962/1.969")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    settle(page)
    expect(page.locator(SEARCH)).to_be_focused()


@pytest.mark.parametrize("view", ["compare", "province", "figures"])
def test_tab_walks_through_the_pills_and_enter_toggles_the_one_with_the_focus(
    page: Page, server: Server, view: str, lang: str
) -> None:
    show(page, server, f"?view={view}&lang={lang}")
    pills = page.locator(".bar a.pill")
    names = [name.strip() for name in pills.all_inner_texts()]
    assert names[0] == "Kon Tum"
    pills.first.focus()
    for name in names:
        expect(page.locator(":focus")).to_have_text(name)
        expect(page.locator(":focus")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Tab")
    place = names.index("Hà Tĩnh")
    pills.nth(place).focus()
    page.keyboard.press("Enter")
    chosen = page.locator(".bar a.pill[aria-current=true]")
    expect(chosen).to_have_text(f"Hà Tĩnh ({SAID_OF_PILL[lang]}) ✕")
    settle(page)
    expect(chosen).to_be_focused()
    assert query_of(page)["province"] == ["ha-tinh"]
    page.keyboard.press("Enter")
    expect(chosen).to_have_count(0)
    settle(page)
    expect(pills.nth(place)).to_be_focused()
    assert "province" not in query_of(page)


def test_a_pill_among_more_filters_hands_the_focus_to_its_like_in_the_bar(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&lang=en")
    page.locator("details.more summary").focus()
    page.keyboard.press("Enter")
    more = page.locator("details.more a.pill")
    name = more.first.inner_text()
    page.keyboard.press("Tab")
    expect(more.first).to_be_focused()
    page.keyboard.press("Enter")
    chosen = page.locator(".bar .state a.pill")
    expect(chosen).to_have_text(f"{name} (chosen) ✕")
    settle(page)
    expect(chosen).to_be_focused()


def test_a_table_sorted_by_the_keyboard_keeps_the_focus_on_the_head_of_its_column(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&lang=en")
    head = page.locator("thead th.value a")
    head.focus()
    for direction in ("ascending", "descending"):
        page.keyboard.press("Enter")
        expect(page.locator("th.value")).to_have_attribute("aria-sort", direction)
        settle(page)
        expect(head).to_be_focused()


def test_the_focus_stays_on_a_link_that_changes_the_page(page: Page, server: Server) -> None:
    show(page, server, "?lang=en")
    page.get_by_role("link", name="Provinces").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**view=province*")
    settle(page)
    expect(page.get_by_role("link", name="Provinces")).to_be_focused()


def test_a_row_of_the_table_is_a_target_all_over(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&lang=en")
    row = page.locator("table.figures tr[data-figure]").last
    row.evaluate("row => row.scrollIntoView({block: 'center'})")
    row.locator("td").nth(1).click()
    expect(page.locator(f'article.claim[data-claim="{row.get_attribute("data-figure")}"]')).to_have_count(1)
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(row.locator("td.value a")).to_be_focused()
