"""The page as its readers meet it: a real server, a real Chromium, the real data."""

import csv
import io
import re
import time
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, Route, WebSocket, WebSocketRoute, expect

from extract.claims.collection import Collection
from extract.claims.load.root import load_root
from extract.figures.columns import FIGURES
from extract.figures.table import FigureTable, make_frame
from extract.server.page_files import REPLACED
from extract.server.streamlit_internals import read_style
from tests.browser import settle, show
from tests.page.quotes import QUOTE, list_quoted
from tests.servers import REPOSITORY, Server, fetch

pytestmark = pytest.mark.browser

KHANH_HOA = "?view=province&province=khanh-hoa&"


@pytest.fixture(scope="module")
def collection() -> Collection:
    loaded, problems = load_root(REPOSITORY)
    assert problems == []
    return loaded


def open_figure(page: Page) -> str:
    """Return the id of the figure that the address names."""
    query = str(page.evaluate("location.search.slice(1)"))
    return parse_qs(query).get("figure", [""])[0]


def test_a_claims_link_shows_its_quote_with_the_figure_marked(
    page: Page, server: Server, collection: Collection
) -> None:
    """A claim of each article by its link; every claim by its row is shown in the tests of the Figures view."""
    for checked in {checked.article.seed: checked for checked in collection.claims}.values():
        # The claim comes with the page itself, before its charts are drawn.
        page.goto(f"{server.url}/?figure={checked.claim.id}")
        expect(page.locator("blockquote")).to_have_count(1)
        # In one step, for Streamlit's page may come in between with a quote of its own.
        assert page.evaluate(f"({QUOTE})(document.querySelector('blockquote'))") == list_quoted(checked)


def test_while_the_words_stand_the_page_behind_them_has_the_only_quote_and_links(
    own_page: Page, server: Server, collection: Collection
) -> None:
    checked = collection.claims[-1]
    held: list[Route] = []
    is_over = False

    def hold(route: Route) -> None:
        if is_over:
            route.continue_()
        else:
            held.append(route)

    chart = re.compile("VegaLite")
    own_page.route(chart, hold)
    with own_page.expect_request(chart):
        own_page.goto(f"{server.url}/?figure={checked.claim.id}&lang=vi")
    own_page.wait_for_selector("#root blockquote", state="attached")
    expect(own_page.locator("#words .quote mark")).to_be_visible()
    quote = own_page.locator("blockquote")
    assert quote.evaluate(QUOTE) == list_quoted(checked)
    assert own_page.locator("#words [data-figure]").count() == 0
    assert held
    is_over = True
    for route in held:
        route.continue_()
    expect(own_page.locator("#words")).to_have_count(0)
    expect(quote).to_be_visible()


def test_every_bar_of_every_chart_leads_to_its_claim(page: Page, server: Server, collection: Collection) -> None:
    show(page, server)
    table = FigureTable(collection)
    # What shares an axis with others, and what has a whole to stand in.
    drawn = {
        checked.claim.id
        for group in table.groups(table.frame)
        for checked in group.claims
        if group.relation or checked.claim.of is not None
    }
    labels = page.locator("svg path[aria-label]").evaluate_all("paths => paths.map(p => p.getAttribute('aria-label'))")
    assert len(labels) == len(drawn) > 10
    reached = []
    for place, label in enumerate(labels):
        page.locator("svg path[aria-label]").nth(place).click()
        expect(page.locator("blockquote")).to_be_visible()
        page.wait_for_function(
            "label => label.includes(document.querySelector('.claim h2')?.textContent.split(' · ')[0])", arg=label
        )
        settle(page)
        reached.append(open_figure(page))
    assert sorted(reached) == sorted(drawn)


def expect_claim(page: Page, label: str) -> None:
    """Wait until one mark is outlined, and its claim, the address, the languages' links and the title all say so."""
    expect(page.locator("svg path[data-open]")).to_have_attribute("aria-label", label)
    figure = open_figure(page)
    expect(page.locator(f'article.claim[data-claim="{figure}"]')).to_have_count(1)
    words = str(page.locator(".claim h2").text_content()).partition(" · ")[0]
    assert words in label
    expect(page).to_have_title(re.compile(f"^{re.escape(words)}, "))
    links = page.locator(".langs a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert [parse_qs(link.removeprefix("?")) for link in links] == [
        {"figure": [figure], "lang": [lang]} for lang in ("vi", "en")
    ]


def watch_socket(page: Page) -> list[int]:
    """Return a list that grows by the length of every message of a socket, either way."""
    frames: list[int] = []

    def note(frame: str | bytes) -> None:
        frames.append(len(frame))

    def watch(socket: WebSocket) -> None:
        socket.on("framereceived", note)
        socket.on("framesent", note)

    page.on("websocket", watch)
    return frames


def test_opening_and_closing_ask_nothing_of_the_session_and_the_way_back_leads_back(
    own_page: Page, server: Server
) -> None:
    page = own_page
    frames = watch_socket(page)
    show(page, server)
    title = page.title()
    # What Streamlit writes anew, it writes into new elements or takes the attribute away.
    page.evaluate("document.querySelectorAll('.topic, table.coverage, svg').forEach(e => e.setAttribute('x-kept', ''))")
    kept = page.locator("[x-kept]").count()
    marks = page.locator("svg path[aria-label]")
    frames.clear()
    labels = []
    for place in (0, 3, 1):
        labels.append(str(marks.nth(place).get_attribute("aria-label")))
        marks.nth(place).click()
        expect_claim(page, labels[-1])
    page.locator(".claim a.close").click()
    expect(page.locator(".hint")).to_be_visible()
    expect(page.locator("[data-open]")).to_have_count(0)
    expect(page).to_have_title(title)
    assert frames == []
    for label in reversed(labels):
        page.go_back()
        expect_claim(page, label)
    page.go_back()
    expect(page.locator("article.claim")).to_have_count(0)
    expect(page).to_have_title(title)
    assert urlsplit(page.url).query == ""
    page.go_forward()
    expect_claim(page, labels[0])
    settle(page)
    assert page.locator("[x-kept]").count() == kept


FIND_MARKS = """() => {
    const ids = [];
    document.querySelectorAll('svg path[aria-label], .stHtml a[href*="figure="]').forEach(element => {
        const link = element.getAttribute('href') ?? element.__data__.href;
        const id = new URLSearchParams(link).get('figure');
        if (!id || element.closest('header, .place') || !element.checkVisibility()) return;
        element.setAttribute('x-mark', ids.length);
        ids.push(id);
    });
    return ids;
}"""
"""Numbers every mark of a chart and every link that opens a claim, and returns whose claims they are."""


@pytest.mark.parametrize(
    ("query", "size", "every"),
    [
        ("?", (390, 844), 1),
        ("?", (1024, 768), 4),
        ("?", (1280, 800), 1),
        ("?", (1920, 1080), 4),
        ("?view=province&province=ha-tinh", (1280, 800), 1),
        ("?view=province&province=khanh-hoa", (1280, 800), 1),
    ],
    ids=str,
)
def test_the_quote_is_in_sight_beside_every_mark_that_a_mouse_clicks(
    page: Page, server: Server, query: str, size: tuple[int, int], every: int
) -> None:
    """Every mark on a phone and at a desk; in other windows, where nothing else is laid out, some; the last first."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show(page, server, query)
    ids = page.evaluate(FIND_MARKS)
    assert len(set(ids)) == {"?": 33}.get(query, len(set(ids))) > 10
    for place, figure in list(enumerate(ids))[::-every]:
        mark = page.locator(f"[x-mark='{place}']")
        mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
        # A link may take several lines: of its boxes, the first.
        box = mark.evaluate("mark => mark.getClientRects()[0].toJSON()")
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator(f'article.claim[data-claim="{figure}"]')).to_have_count(1)
        expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        expect(page.locator("article.claim")).to_have_count(0)


def test_of_quick_clicks_the_last_one_wins(own_page: Page, server: Server) -> None:
    page = own_page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)
        if len(held) == 3:
            # The last answer comes first.
            for each in reversed(held):
                each.continue_()

    page.route("**/claim?*", hold)
    show(page, server)
    marks = page.locator("svg path[aria-label]")
    for place in (0, 1, 2):
        # The next click takes the question back, which must be on its way by then.
        with page.expect_request("**/claim?*"):
            marks.nth(place).dispatch_event("click")
    label = str(marks.nth(2).get_attribute("aria-label"))
    expect_claim(page, label)
    page.wait_for_timeout(300)
    expect_claim(page, label)
    assert len(held) == 3


def test_the_claim_that_a_mouse_rests_on_is_asked_for_once_before_the_click_and_anew_after_a_while(
    own_page: Page, server: Server
) -> None:
    page = own_page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/claim?" in request.url else None)
    show(page, server, "?lang=en")
    marks = page.locator("svg path[aria-label]")
    for place, wait, questions in ((2, 0, 1), (1, 3500, 2)):
        mark = marks.nth(place)
        page.mouse.move(0, 0)  # nothing is to come under it as the page scrolls
        mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
        asked.clear()
        with page.expect_response("**/claim?*") as answer:
            mark.hover()
        assert answer.value.text().startswith('<article class="claim"')
        page.wait_for_timeout(wait)
        page.mouse.down()
        page.mouse.up()
        expect_claim(page, str(mark.get_attribute("aria-label")))
        assert asked == [answer.value.url] * questions
    # A link of the claim itself, which leads to it, is not asked for.
    page.locator(".claim blockquote").hover()
    page.wait_for_timeout(300)
    assert len(asked) == 2


def test_a_run_that_ends_after_a_click_does_not_take_its_claim_away(own_page: Page, server: Server) -> None:
    page = own_page

    def relay(socket: WebSocketRoute) -> None:
        beyond = socket.connect_to_server()

        def answer_late(message: str | bytes) -> None:
            time.sleep(0.02)
            socket.send(message)

        beyond.on_message(answer_late)

    page.route_web_socket("**/_stcore/stream*", relay)
    show(page, server, "?lang=en&figure=ha-tinh-2021-drug-cases")
    page.locator("table.coverage tbody tr").nth(1).locator("td a").last.evaluate("link => link.click()")
    page.locator("svg path[aria-label]").last.dispatch_event("click")
    expect(page.locator(".topic[id]")).to_have_count(1)
    settle(page)
    figure = open_figure(page)
    assert figure not in {"", "ha-tinh-2021-drug-cases"}
    expect(page.locator(f'article.claim[data-claim="{figure}"]')).to_have_count(1)


@pytest.mark.parametrize("query", ["?lang=en", "?view=figures&lang=en"])
def test_a_claim_opens_after_the_session_is_lost(own_page: Page, server: Server, query: str) -> None:
    page = own_page
    sockets: list[WebSocketRoute] = []

    def relay(socket: WebSocketRoute) -> None:
        # Once it is lost, there is no other.
        if sockets:
            socket.close()
        else:
            socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket("**/_stcore/stream*", relay)
    show(page, server, query)
    links = page.locator("svg path[aria-label][tabindex], tr[data-figure] td.value a")
    expect(links).not_to_have_count(0)
    sockets[0].close()
    for place in (0, 1):
        links.nth(place).dispatch_event("click")
        expect(page.locator(f'article.claim[data-claim="{open_figure(page)}"]')).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("article.claim")).to_have_count(0)


def test_offline_the_claim_says_so_and_closes_and_another_click_opens_it(own_page: Page, server: Server) -> None:
    page = own_page
    show(page, server, "?lang=en")
    mark = page.locator("svg path[aria-label]").first
    silent = page.locator("article.claim [role=alert]")
    page.context.set_offline(True)
    mark.dispatch_event("click")
    expect(silent).to_contain_text("The server does not answer")
    page.keyboard.press("Escape")
    expect(page.locator("article.claim")).to_have_count(0)
    assert open_figure(page) == ""
    mark.dispatch_event("click")
    expect(silent).to_contain_text("The server does not answer")
    page.context.set_offline(False)
    mark.dispatch_event("click")
    expect(page.locator("article.claim blockquote mark")).to_have_count(1)
    label = str(mark.get_attribute("aria-label"))
    assert str(page.locator(".claim h2").text_content()).partition(" · ")[0] in label


def test_the_links_of_a_claim_keep_the_rest_of_the_address(page: Page, server: Server, collection: Collection) -> None:
    show(page, server, "?topic=cases&year=2021&lang=vi")
    kept = {"topic": ["cases"], "year": ["2021"], "lang": ["vi"]}
    seeds = {checked.claim.id: checked.article.seed for checked in collection.claims}
    page.locator("svg path[aria-label]").first.click()
    expect(page.locator("article.claim")).to_have_count(1)
    first = open_figure(page)
    page.locator(".claim .compare a").first.click()
    expect(page.locator(f'article.claim:not([data-claim="{first}"])')).to_have_count(1)
    figure = open_figure(page)
    assert figure not in {"", first}
    assert parse_qs(urlsplit(page.url).query) == {**kept, "figure": [figure]}
    page.locator(".claim .ways a").first.click()
    expect(page.locator(".article .text")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query) == {
        **kept,
        "figure": [figure],
        "view": ["articles"],
        "article": [seeds[figure].removesuffix(".txt")],
    }
    expect(page.locator(f'article.claim[data-claim="{figure}"]')).to_have_count(1)
    page.locator(".claim a.close").click()
    expect(page.locator("article.claim")).to_have_count(0)
    assert "figure" not in parse_qs(urlsplit(page.url).query)
    assert parse_qs(urlsplit(page.url).query)["lang"] == ["vi"]


def test_the_way_from_a_claim_to_its_article_leaves_the_page_of_the_table_behind(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&sort=-value&page=2&lang=en")
    page.locator("tr[data-figure] td.value a").last.click()
    expect(page.locator("article.claim")).to_have_count(1)
    assert parse_qs(urlsplit(page.url).query)["page"] == ["2"]
    page.locator(".claim .ways a").first.click()
    expect(page.locator(".article .text")).to_be_visible()
    query = parse_qs(urlsplit(page.url).query)
    assert (query["view"], query.get("page")) == (["articles"], None)


def test_without_the_pages_script_links_load_the_page_with_the_claim(own_page: Page, server: Server) -> None:
    page = own_page
    page.route("**/page.*.js", lambda route: route.abort())
    page.goto(f"{server.url}/?topic=seizures&lang=en")
    # Behind its words Streamlit builds the page nevertheless, unseen.
    for link in (page.locator("#words a.number").first, page.locator("#words .claim .close")):
        expect(link).to_be_visible()
        with page.expect_navigation():
            link.click()
        assert parse_qs(urlsplit(page.url).query)["topic"] == ["seizures"]
        expect(page.locator("article.claim").filter(visible=True)).to_have_count(int("figure" in page.url))


def test_a_mark_says_in_words_what_it_is_where_a_mouse_rests_on_it(page: Page, server: Server) -> None:
    for query in ("?lang=en", "?view=province&province=ha-tinh&lang=en"):
        show(page, server, query)
        charts = page.locator("[data-testid=stVegaLiteChart]:has(path[aria-label])")
        assert charts.count() > 3
        for place in range(charts.count()):
            mark = charts.nth(place).locator("path[aria-label]").last
            mark.hover()
            expect(page.locator("#vg-tooltip-element.visible")).to_have_text(str(mark.get_attribute("aria-label")))
        # A period says how many figures it leads to.
        page.locator(".st-key-time, .st-key-province_ha-tinh").locator(
            "path[fill-opacity='0']:not([aria-label])"
        ).first.hover()
        expect(page.locator("#vg-tooltip-element.visible")).to_have_text(
            re.compile(r"^(Kon Tum|Hà Tĩnh)(, .*: \d+ figures)?$")
        )


# What may be compared


def list_verdicts(page: Page) -> list[str]:
    """Return for each chart of bars the verdict that stands last before it."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
                .filter(chart => chart.querySelector('path[aria-label]'))
                .map(chart => [...document.querySelectorAll('details.why > summary')].filter(
                    summary => chart.compareDocumentPosition(summary) & Node.DOCUMENT_POSITION_PRECEDING
                ).at(-1).textContent)"""
        )
    )


def test_what_is_not_the_whole_province_says_so_beside_every_number_and_no_chart_stands_under_a_verdict_against_it(
    page: Page, server: Server, collection: Collection
) -> None:
    partial = {
        checked.claim.id: checked.coverage.name
        for checked in collection.claims
        if checked.coverage is not None and checked.coverage.kind != "province" and checked.coverage.name is not None
    }
    assert len(partial) == 19
    for lang, not_whole, forbidden in (
        ("en", "not the whole province", "cannot be compared"),
        ("vi", "không phải toàn tỉnh", "Không so sánh được"),
    ):
        for query, least in (
            ("?", 33),
            ("?view=figures&", 33),
            ("?view=province&province=kon-tum&", 6),
            ("?view=province&province=ha-tinh&", 16),
            (KHANH_HOA, 11),
        ):
            show(page, server, f"{query}lang={lang}")
            said = page.evaluate(
                """() => {
                    const links = document.querySelectorAll('svg path[aria-label], .stHtml a[href*="figure="]');
                    return [...links].map(link => {
                        const query = link.getAttribute('href') ?? link.__data__.href;
                        const beside = link.closest('tr, li, a.number');
                        return [
                            new URLSearchParams(query).get('figure'),
                            beside ? beside.textContent : link.getAttribute('aria-label'),
                        ];
                    }).filter(([figure, text]) => figure && text);
                }"""
            )
            assert len({figure for figure, _ in said}) == least
            for figure, text in said:
                assert (not_whole in text) == (figure in partial), (query, lang, figure, text)
                if figure in partial:
                    assert getattr(partial[figure], lang) in text
            # What stands in sight above a chart: in its column, or under its title.
            drawn = page.locator("[data-testid=stVegaLiteChart]:has(path[aria-label])").evaluate_all(
                """charts => charts.map(chart => [
                    [...chart.querySelectorAll('path[aria-label]')].map(
                        mark => new URLSearchParams(mark.__data__.href).get('figure')
                    ),
                    [...chart.closest('[class*="st-key-cell_"]').querySelectorAll('.scope:not(.hidden), .by')]
                        .map(line => line.textContent).join(' '),
                ])"""
            )
            for figures, text in drawn:
                assert {figure in partial for figure in figures} == {not_whole in text}
            verdicts = list_verdicts(page)
            assert bool(verdicts) == (query in {"?", "?view=province&province=ha-tinh&", KHANH_HOA})
            assert [verdict for verdict in verdicts if forbidden in verdict] == []


# What page.js relies on that is not documented


@pytest.mark.parametrize("query", ["", "?view=province", "?view=figures", "?view=articles", "?view=about"])
def test_a_first_visit_loads_one_font_with_the_letters_that_are_used(
    own_page: Page, server: Server, query: str
) -> None:
    fonts: list[str] = []
    own_page.on("request", lambda asked: fonts.append(asked.url) if asked.resource_type == "font" else None)
    show(own_page, server, query)
    small = REPLACED[read_style().font]
    assert fonts == [f"{server.url}/{small}"]


def test_streamlit_runs_its_script_when_the_window_hears_popstate(page: Page, server: Server) -> None:
    show(page, server)
    page.evaluate("history.pushState(null, '', '?view=about'); window.dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.locator(".about")).to_be_visible()


def test_vega_keeps_the_link_of_a_mark_in_its_data(page: Page, server: Server, collection: Collection) -> None:
    show(page, server)
    marks = page.locator("svg path[aria-label]")
    links = marks.evaluate_all("marks => marks.map(mark => mark.__data__.href)")
    assert len(links) > 10
    assert set(links) <= {f"?figure={checked.claim.id}" for checked in collection.claims}


def test_a_filter_leaves_what_it_does_not_hide_as_it_is_drawn(page: Page, server: Server) -> None:
    show(page, server, "?lang=en")
    page.evaluate("document.querySelectorAll('svg.marks').forEach(e => e.setAttribute('x-kept', ''))")
    standards = page.locator(".st-key-topic_standards svg.marks")
    count = standards.count()
    assert 0 < count < page.locator("svg.marks").count() - 1
    page.locator(".bar a[href*='topic=standards']").click()
    expect(page.locator(".topic[id]")).to_have_count(1)
    expect(standards).to_have_count(count)
    expect(page.locator(".st-key-topic_standards svg.marks[x-kept]")).to_have_count(count)
    # The filter stays in the address as a mark is followed.
    label = str(page.locator("svg path[aria-label]").first.get_attribute("aria-label"))
    page.locator("svg path[aria-label]").first.dispatch_event("click")
    expect(page.locator("svg path[data-open]")).to_have_attribute("aria-label", label)
    assert parse_qs(urlsplit(page.url).query)["topic"] == ["standards"]


def test_a_row_of_the_table_leads_to_its_claim(page: Page, server: Server, collection: Collection) -> None:
    show(page, server, "?view=figures")
    words = {checked.claim.id: checked.claim.figure for checked in collection.claims}
    links = page.locator("table.figures tbody td.value a")
    expect(links).to_have_count(len(words))
    for place in (0, len(words) - 1):
        figure = links.nth(place).inner_text()
        original = words[parse_qs(str(links.nth(place).get_attribute("href")))["figure"][0]]
        links.nth(place).click()
        expect(page.locator(".claim h2")).to_have_text(figure if figure == original else f"{figure} · {original}")
        expect(page.locator("blockquote mark")).to_have_text(original)
        expect(page.locator("tr[data-open] td.value a")).to_contain_text(figure)
    page.locator(".claim a.close").click()
    expect(page.locator("article.claim")).to_have_count(0)
    expect(page.locator(".st-key-side")).to_be_hidden()


def take(page: Page, name: str, file: str) -> bytes:
    """Return the file of a name that a link of the block for the data gives."""
    page.locator("details.data summary").click()
    with page.expect_download() as caught:
        page.locator("details.data").get_by_role("link", name=name).click()
    assert caught.value.suggested_filename == file
    return caught.value.path().read_bytes()


def test_a_spreadsheet_gets_numbers_that_it_cannot_misread(page: Page, server: Server, collection: Collection) -> None:
    show(page, server)
    table = pd.read_excel(io.BytesIO(take(page, "Spreadsheet", "figures.xlsx")))
    assert list(table["ID"]) == [checked.claim.id for checked in collection.claims]
    assert [str(value).removesuffix(".0") for value in table["Value"]] == [
        str(checked.claim.value) for checked in collection.claims
    ]


def test_the_csv_of_a_filtered_page_holds_what_its_filters_let_through(page: Page, server: Server) -> None:
    show(page, server, "?province=ha-tinh&topic=seizures")
    rows = list(
        csv.DictReader(io.StringIO(take(page, "CSV for programs", "figures-ha-tinh-seizures.csv").decode("utf-8")))
    )
    assert [row["figure"] for row in rows] == [
        "13 bánh heroin",
        "28kg ma túy tổng hợp",
        "0,9kg ketamine",
        "238.000 viên ma túy tổng hợp",
    ]


def test_the_address_for_programs_gives_the_table_as_it_is(server: Server, collection: Collection) -> None:
    answer = fetch(f"{server.url}/figures.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="figures.csv"'
    assert not answer.content.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(answer.content), dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(table, make_frame(FIGURES, collection.claims).astype("str"))
    again = fetch(f"{server.url}/figures.csv", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_address_for_programs_filters_and_says_what_it_does_not_know(server: Server) -> None:
    rows = csv.DictReader(io.StringIO(fetch(f"{server.url}/figures.csv?province=kon-tum&hedge=hedged").text))
    assert [row["id"] for row in rows] == ["kon-tum-administrative-fines", "kon-tum-since-2013-movement-participations"]
    refused = fetch(f"{server.url}/figures.csv?province=hanoi")
    assert (refused.status_code, refused.text) == (
        400,
        "province 'hanoi' is unknown: use kon-tum, ha-tinh, khanh-hoa\n",
    )
    one = fetch(f"{server.url}/figures.json?figure=ha-tinh-2021-ketamine-seized-kg")
    assert one.headers["content-type"] == "application/json"
    assert {key: one.json()[key] for key in ("value", "unit", "figure")} == {
        "value": "0.9",
        "unit": "kg",
        "figure": "0,9kg ketamine",
    }
    none = fetch(f"{server.url}/figures.json?figure=nothing")
    assert (none.status_code, none.text) == (400, "figure 'nothing' is unknown: use an id of figures.csv\n")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?figure=no-such-figure&lang=en", "No figure has the id «no-such-figure»."),
        ("?figure=no-such-figure&lang=vi", "Không có số liệu nào mang mã «no-such-figure»."),
        ("?province=hanoi&lang=en", "There is no «hanoi» here (province); the page is shown without it."),
        ("?figure=<img src=x onerror=alert(1)>&lang=en", "No figure has the id «<img src=x onerror=alert(1)>»."),
        ("?page=-1&lang=en", "There is no «-1» here (page); the page is shown without it."),
    ],
)
def test_what_names_nothing_gets_a_plain_sentence(page: Page, server: Server, query: str, sentence: str) -> None:
    show(page, server, query)
    expect(page.locator(".notice")).to_have_text([sentence])
    assert page.locator("svg path[aria-label]").count() > 0


def test_every_column_is_there_where_its_province_reports_nothing(page: Page, server: Server) -> None:
    show(page, server, "?lang=en")
    columns = page.locator(".st-key-topic_cases div.who, .st-key-topic_models div.who, .st-key-topic_standards div.who")
    none = "not reported in these articles"
    assert columns.all_text_contents() == [
        *("Kon Tum", "Hà Tĩnh", f"Khánh Hòa{none}"),
        *(f"Kon Tum{none}", "Hà Tĩnh", "Khánh Hòa"),
        *(f"Kon Tum{none}", "Hà Tĩnh", "Khánh Hòa"),
    ]
    show(page, server, "?lang=en&topic=seizures")
    assert page.locator("div.who").all_text_contents() == [f"Kon Tum{none}", "Hà Tĩnh", f"Khánh Hòa{none}"]
    show(page, server, "?lang=en")
    cells = page.locator("table.coverage tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.querySelector('a')?.textContent ?? 'none'))"
    )
    assert cells == [
        ["Kon Tum", "2", "none", "2", "none", "none", "none", "2"],
        ["Hà Tĩnh", "5", "4", "none", "3", "none", "4", "none"],
        ["Khánh Hòa", "none", "none", "none", "2", "6", "3", "none"],
    ]


def test_a_hedged_figure_says_its_hedge_once_in_each_language(page: Page, server: Server) -> None:
    show(page, server, "?figure=kon-tum-administrative-fines&lang=en")
    card = page.locator(".claim")
    expect(card.locator("h2")).to_have_text("nearly 640,000,000 đồng · gần 640.000.000 đồng")
    facts = dict(zip(card.locator("dt").all_inner_texts(), card.locator("dd").all_inner_texts(), strict=True))
    assert facts == {
        "Unit": "đồng",
        "Precision as stated": "just under («gần»)",
        "Measure": "administrative fines. Total of administrative fines paid into the state budget during the period, "
        "in the field inspected.",
        "Category (field inspected)": "culture, sport, advertising, printing and publishing, health care, pharmacies",
        "Kind of figure": "over a period",
        "Period": "not stated",
        "Coverage": "the Internal Political Security Division with the competent agencies "
        "(one division with other agencies, not the whole province), as the article says: "
        "«phối hợp với các cơ quan chức năng kiểm tra các hoạt động văn hóa, thể thao, quảng cáo, in ấn – xuất bản, "
        "hành nghề khám bệnh, chữa bệnh và kinh doanh thuốc trên địa bàn tỉnh»",
        "Province": "Kon Tum became part of Quảng Ngãi on 1 July 2025; "
        "the figures here are of the province as it was before.",
    }


def test_a_part_of_a_whole_shows_both_numbers_and_how_its_share_is_computed(page: Page, server: Server) -> None:
    show(page, server, "?figure=ha-tinh-2022-hamlets-meeting-security-standard&lang=vi")
    card = page.locator(".claim")
    expect(card.locator("h2")).to_have_text("1.962/1.969 thôn, tổ dân phố")
    expect(card.locator("dl")).to_contain_text("≈ 99,6% (1.962 ÷ 1.969)")


def test_search_ignores_case_and_marks(page: Page, server: Server) -> None:
    show(page, server, "?view=figures&lang=en")
    page.get_by_label("Search names, numbers and quotes").fill("BANH HEROIN")
    page.keyboard.press("Enter")
    expect(page.locator("table.figures tbody tr")).to_have_count(8)
    assert parse_qs(urlsplit(page.url).query)["q"] == ["BANH HEROIN"]
    expect(page.locator(".bar .state")).to_have_text("Filtered: 8 of 33 figures. Clear all filters")


def test_an_article_stands_letter_for_letter_with_every_number_accounted_for(
    page: Page, server: Server, collection: Collection
) -> None:
    for source in collection.sources:
        seed = source.record.article.seed
        show(page, server, f"?view=articles&article={seed.removesuffix('.txt')}&lang=en")
        assert page.locator(".article .text").evaluate("n => n.textContent") == source.text.raw
        entries = [entry for entry in collection.ledger if entry.seed == seed]
        rows = page.locator(".ledger tbody tr").evaluate_all("rows => rows.map(r => r.cells[0].textContent)")
        assert rows == [entry.text for entry in entries]
        marks = page.locator(".article .text mark").evaluate_all("marks => marks.map(m => m.textContent)")
        assert marks == [checked.claim.figure for checked in collection.claims if checked.article.seed == seed]


def test_the_page_speaks_the_browsers_language_and_the_address_decides(browser: Browser, server: Server) -> None:
    said = {}
    for locale, queries in (("vi-VN", ("", "?lang=en")), ("en-GB", ("", "?lang=vi")), ("fr-FR", ("",))):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        for query in queries:
            show(page, server, query)
            page.wait_for_function(
                "document.documentElement.lang === document.querySelector('header.head').dataset.lang"
            )
            said[locale, query] = (page.locator("h1").inner_text(), page.evaluate("document.documentElement.lang"))
        context.close()
    vietnamese, english = ("Số liệu được báo cáo", "vi"), ("Reported figures", "en")
    assert said == {
        ("vi-VN", ""): vietnamese,
        ("en-GB", ""): english,
        ("fr-FR", ""): english,
        ("vi-VN", "?lang=en"): english,
        ("en-GB", "?lang=vi"): vietnamese,
    }
