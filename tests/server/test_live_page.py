"""Edits of data/ and seeds/ under a running server: what is sound is shown at the next visit, what is broken is not."""

import csv
import hashlib
import io
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import LONGEST_WAIT, open_browser, show
from tests.conftest import MADE_UP, REPOSITORY, Scratch
from tests.servers import Server, fetch, serve

pytestmark = pytest.mark.browser

HA_TINH = "data/claims/ha-tinh-2021-three-forces.yaml"
HA_TINH_SEED = "seeds/003_b2aa1906d32ce349.txt"
HA_TINH_TITLE = "Tập trung đấu tranh với các loại tội phạm, đảm bảo an ninh quốc gia, an toàn xã hội"
HELD = f"The article «{HA_TINH_TITLE}» is being edited; the page shows its last good state."
LONGEST_TAKING = 60.0
"""Seconds until an edit must have been taken in: files rest for half a second, busy cores take their time."""


def copy_root(root: Path) -> Scratch:
    for part in ("data", "seeds"):
        shutil.copytree(REPOSITORY / part, root / part)
    return Scratch(root)


def read_files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    return copy_root(tmp_path_factory.mktemp("live") / "root")


@pytest.fixture(scope="module")
def running(edited: Scratch) -> Iterator[Server]:
    with serve(edited.root) as server:
        yield server


@pytest.fixture
def server(running: Server, edited: Scratch) -> Iterator[Server]:
    """A server of sound data that has been read; after the test the files are as they were, and read again."""
    files = read_files(edited.root)
    before = fetch(f"{running.url}/figures.csv").content
    yield running
    for path in read_files(edited.root).keys() - files.keys():
        path.unlink()
    for path, raw in files.items():
        save(path, raw)
    wait(lambda: fetch(f"{running.url}/figures.csv").content == before, "the data are as they were")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """One tab for all tests: each begins with an address."""
    with open_browser() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(LONGEST_WAIT)
        yield context.new_page()


def save(path: Path, raw: bytes) -> None:
    """Save a file as editors do: written beside its place, then renamed."""
    path.with_suffix(".new").write_bytes(raw)
    path.with_suffix(".new").replace(path)


def wait(condition: Callable[[], bool], what: str) -> None:
    """Ask again and again until a condition holds; fail with `what` where it never does."""
    deadline = time.monotonic() + LONGEST_TAKING
    while not condition():
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.1)


def read_rows(server: Server) -> dict[str, dict[str, str]]:
    """Return the rows of figures.csv by id."""
    answer = fetch(f"{server.url}/figures.csv")
    assert answer.status_code == 200
    return {row["id"]: row for row in csv.DictReader(io.StringIO(answer.text, newline=""))}


def visit_until_noticed(page: Page, server: Server, notices: list[str]) -> None:
    """Visit the page until it says these notices, and no others."""

    def is_said() -> bool:
        show(page, server, "?lang=en")
        return page.locator(".notice").all_text_contents() == notices

    wait(is_said, f"the page says {notices}")


def change_number(edited: Scratch, old: str, new: str) -> None:
    """Change a number in the article's text, and all that the curator states of it."""
    save(
        edited / HA_TINH_SEED,
        (edited / HA_TINH_SEED).read_bytes().replace(f"{old} vụ/144".encode(), f"{new} vụ/144".encode()),
    )
    text = (edited / HA_TINH).read_text("utf-8")
    sha = hashlib.sha256((edited / HA_TINH_SEED).read_bytes()).hexdigest()
    known = next(line for line in text.splitlines() if line.strip().startswith("sha256:"))
    text = text.replace(known, f"  sha256: {sha}").replace(f"{old} vụ/144", f"{new} vụ/144")
    text = text.replace(f"{old} cases and caught 144", f"{new} cases and caught 144")
    text = text.replace(f"figure: {old} vụ, value: {old}}}", f"figure: {new} vụ, value: {new}}}")
    text = text.replace(f"uncovered {old} cases", f"uncovered {new} cases")
    save(edited / HA_TINH, text.encode("utf-8"))


def test_an_edit_shows_at_the_next_visit_without_a_restart(page: Page, server: Server, edited: Scratch) -> None:
    show(page, server, "?figure=ha-tinh-2021-smuggling-cases&lang=en")
    expect(page.locator(".claim h2")).to_have_text("72 cases · 72 vụ")
    etag = fetch(f"{server.url}/figures.csv").headers["etag"]
    change_number(edited, "72", "73")
    wait(lambda: read_rows(server)["ha-tinh-2021-smuggling-cases"]["value"] == "73", "the value is 73")
    assert fetch(f"{server.url}/figures.csv", headers={"if-none-match": etag}).status_code == 200
    # The page that stood open says it after the next click, without being loaded anew.
    page.locator("table.coverage tbody tr").nth(1).locator("td a").first.click()
    expect(page.locator("svg path[aria-label*='73 cases']")).to_have_count(1)
    show(page, server, "?figure=ha-tinh-2021-smuggling-cases&lang=en")
    expect(page.locator(".claim h2")).to_have_text("73 cases · 73 vụ")
    expect(page.locator("blockquote mark")).to_have_text("73 vụ")
    expect(page.locator("blockquote")).to_contain_text("73 vụ/144 đối tượng buôn lậu")
    assert page.locator(".notice").count() == 0


def test_a_broken_edit_keeps_the_last_good_and_says_so_until_it_is_mended(
    page: Page, server: Server, edited: Scratch
) -> None:
    before = fetch(f"{server.url}/figures.csv")
    sound = (edited / HA_TINH).read_bytes()
    save(edited / HA_TINH, sound.replace(b", value: 72}", b", value: 27}"))
    visit_until_noticed(page, server, [HELD])
    kept = fetch(f"{server.url}/figures.csv")
    assert (kept.content, kept.headers["etag"]) == (before.content, before.headers["etag"])
    show(page, server, "?figure=ha-tinh-2021-smuggling-cases&lang=en")
    expect(page.locator(".claim h2")).to_have_text("72 cases · 72 vụ")
    # The notice is plain: neither the file, nor the line, nor the machine's path; those are in the log.
    shown = str(page.locator("body").text_content())
    assert "three-forces.yaml" not in shown
    assert str(edited.root) not in shown
    line = edited.find_line(HA_TINH, "value: 27}")
    assert (
        f"{HA_TINH}:{line}: ha-tinh-2021-smuggling-cases: value 27 is not what the figure says"
        in server.log.read_text("utf-8")
    )
    save(edited / HA_TINH, sound)
    visit_until_noticed(page, server, [])


def test_an_open_page_hears_of_a_half_saved_file_and_of_newer_data_and_nothing_moves(
    page: Page, server: Server, edited: Scratch
) -> None:
    show(page, server, "?figure=ha-tinh-2021-smuggling-cases&lang=en&view=figures")
    page.locator("input[name=q]").fill("half a word")
    page.evaluate("document.querySelector('header.head').dataset.stands = 'as it was drawn'")
    sound = (edited / HA_TINH).read_bytes()
    (edited / HA_TINH).write_bytes(sound[: len(sound) // 2])
    expect(page.locator(".notice")).to_have_text([HELD])
    save(edited / HA_TINH, sound)
    change_number(edited, "72", "73")
    newer = "The data have changed since this page was drawn. Show them"
    expect(page.locator(".notice")).to_have_text([newer])
    expect(page.locator(".claim h2")).to_have_text("72 cases · 72 vụ")
    expect(page.locator("input[name=q]")).to_have_value("half a word")
    expect(page.locator("input[name=q]")).to_be_focused()
    expect(page.locator("header.head")).to_have_attribute("data-stands", "as it was drawn")
    page.get_by_role("link", name="Show them").click()
    expect(page.locator(".claim h2")).to_have_text("73 cases · 73 vụ")
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator("h1 a")).to_be_focused()


def test_a_broken_edit_of_one_article_does_not_hold_back_another(page: Page, server: Server, edited: Scratch) -> None:
    khanh_hoa = edited / "data/claims/khanh-hoa-2016-peoples-movement.yaml"
    save(edited / HA_TINH, b"article: [\n")
    save(
        khanh_hoa,
        khanh_hoa.read_bytes().replace(b"translation: In particular,", b"translation: Above all,"),
    )
    figure = "khanh-hoa-2016-khanh-vinh-self-managed-models-built"
    wait(lambda: read_rows(server)[figure]["translation"].startswith("Above all,"), "the other article's edit")
    visit_until_noticed(page, server, [HELD])
    assert len(read_rows(server)) == 33


def test_an_article_that_is_added_appears_and_one_that_is_taken_away_stays_with_a_notice(
    page: Page, server: Server, edited: Scratch
) -> None:
    edited.add_article(
        "Bắt giữ 41 vụ ma túy.\n",
        "sentences:\n- quote: Bắt giữ 41 vụ ma túy.\n  translation: They found 41 drug cases.\n  period: unstated\n"
        "  claims: [{id: made-up, indicator: drug-cases, figure: 41 vụ, value: 41}]\n",
    )
    wait(lambda: "made-up" in read_rows(server), "the new article's figure")
    show(page, server, "?figure=made-up&lang=en")
    expect(page.locator("blockquote")).to_have_text("Bắt giữ 41 vụ ma túy.")
    expect(page.locator(".head .lead")).to_contain_text("34 figures from 4 of 6 articles")
    (edited / MADE_UP).unlink()
    visit_until_noticed(
        page, server, ["The article «made-up.txt» is being edited; the page shows its last good state."]
    )
    assert "made-up" in read_rows(server)
    # Only a server that starts anew forgets what was shown; here its file comes back, and the figure is edited away.
    edited.add_article("Không có số nào.\n", "sentences: []\nset_aside: []\n")
    wait(lambda: "made-up" not in read_rows(server), "the article without its figure")
    show(page, server, "?lang=en")
    expect(page.locator(".head .lead")).to_contain_text("33 figures from 3 of 6 articles")
    (edited / MADE_UP).unlink()
    (edited / "seeds/made-up.txt").unlink()


@pytest.mark.parametrize(
    ("old", "new", "query"),
    [
        ("  title: {", "  title: [", "?lang=en"),
        ("  title: {vi: Số liệu được báo cáo, en: Reported figures}\n", "", "?lang=vi"),
        ('{n} số liệu", en: "{n} figures"}', '{m} số liệu", en: "{m} figures"}', "?lang=en&view=figures"),
    ],
    ids=["no YAML", "a key left out", "a slot that nothing fills"],
)
def test_broken_words_of_the_page_keep_the_page(
    page: Page, server: Server, edited: Scratch, *, old: str, new: str, query: str
) -> None:
    """The words are kept or taken as one file, so each way to break it is seen in one language and view."""
    wording = edited / "data/wording.yaml"
    text = wording.read_text("utf-8")
    assert text.count(old) == 1
    # Files are read together: the edit of another that is saved after this one tells that this one has been read.
    save(wording, text.replace(old, new).encode("utf-8"))
    change_number(edited, "72", "74")
    wait(lambda: read_rows(server)["ha-tinh-2021-smuggling-cases"]["value"] == "74", "the edit beside it")
    show(page, server, query)
    title, count = ("Số liệu được báo cáo", "33 số liệu") if "=vi" in query else ("Reported figures", "33 figures")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".head .lead")).to_contain_text(count)
    expect(page.locator("table.coverage, .claims table").last).to_be_visible()


def test_words_of_the_page_that_are_edited_show_at_the_next_visit(page: Page, server: Server, edited: Scratch) -> None:
    edited.edit("data/wording.yaml", "en: Reported figures}", "en: Figures as reported <b>}")

    def is_shown() -> bool:
        show(page, server, "?lang=en")
        return page.locator("h1").text_content() == "Figures as reported <b>"

    wait(is_shown, "the new title")


def test_a_cold_start_withholds_a_broken_article_names_it_and_serves_the_rest(page: Page, tmp_path: Path) -> None:
    scratch = copy_root(tmp_path / "root")
    scratch.edit(HA_TINH, ", value: 72}", ", value: 27}")
    with serve(scratch.root) as server:
        show(page, server, "?lang=en")
        withheld = "The article «ha-tinh-2021-three-forces» is withheld until it passes the check."
        expect(page.locator(".notice")).to_have_text([withheld])
        assert {row["province"] for row in read_rows(server).values()} == {"kon-tum", "khanh-hoa"}
        assert len(read_rows(server)) == 17
        show(page, server, "?figure=ha-tinh-2021-smuggling-cases&lang=en")
        expect(page.locator(".notice")).to_have_text([withheld, "No figure has the id «ha-tinh-2021-smuggling-cases»."])
        scratch.edit(HA_TINH, ", value: 27}", ", value: 72}")
        visit_until_noticed(page, server, [])
        assert len(read_rows(server)) == 33


def test_a_start_without_anything_sound_says_so_and_goes_on_when_there_is(page: Page, tmp_path: Path) -> None:
    scratch = copy_root(tmp_path / "root")
    units = (scratch / "data/units.yaml").read_bytes()
    save(scratch / "data/units.yaml", b"units: 1\n")
    with serve(scratch.root) as server:
        show(page, server, "?lang=en")
        expect(page.locator(".notice")).to_have_text(
            [
                "Data that all articles share has not passed the check, so there is nothing to show yet.",
                "No data has passed the check yet.",
            ]
        )
        assert read_rows(server) == {}
        save(scratch / "data/units.yaml", units)
        visit_until_noticed(page, server, [])
        assert len(read_rows(server)) == 33
