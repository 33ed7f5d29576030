"""What readers come for: each question is answered from the first view in at most three clicks, with a real mouse."""

import csv
import io
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser import settle, show
from tests.servers import Server

pytestmark = pytest.mark.browser

MOST_CLICKS = 3


@dataclass
class Reader:
    """Someone with a mouse, whose clicks are counted."""

    page: Page
    clicks: int = field(default=0)

    def click(self, target: Locator) -> None:
        """Bring a target into sight as one scrolls, and click in its middle: it must be on top there."""
        self.clicks += 1
        target.evaluate("target => target.scrollIntoView({block: 'center', inline: 'center'})")
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x - 30, y - 4)
        self.page.mouse.move(x, y, steps=4)
        self.page.mouse.down()
        self.page.mouse.up()


@pytest.fixture
def viewport(lang: str) -> ViewportSize:
    """English at a desk and Vietnamese on a phone: what is said goes by the language, where it stands by the width."""
    return {"width": 1280, "height": 800} if lang == "en" else {"width": 390, "height": 844}


@pytest.fixture
def reader(page: Page, server: Server, lang: str) -> Reader:
    """A reader before the first view."""
    show(page, server, f"?lang={lang}")
    return Reader(page)


@pytest.mark.parametrize(
    ("lang", "topic", "numbers", "said"),
    [
        (
            "en",
            "Community security models",
            ["29 models", "228 models"],
            (
                "These figures cannot be compared between provinces; read each province by itself.",
                "They count different things, or at different stages: models built or replicated, ",
            ),
        ),
        (
            "vi",
            "Mô hình",
            ["29 mô hình", "228 mô hình tự quản"],
            (
                "Không so sánh được các số liệu này giữa các tỉnh; hãy đọc riêng từng tỉnh.",
                "Nội dung hoặc giai đoạn được tính khác nhau: mô hình được xây dựng, nhân rộng; ",
            ),
        ),
    ],
)
def test_which_province_has_most_models_is_answered_by_why_none_can_be_said_to(
    reader: Reader, topic: str, numbers: list[str], said: tuple[str, str]
) -> None:
    page = reader.page
    reader.click(page.locator(".bar a.pill", has_text=topic))
    expect(page.locator(".bar a.pill[aria-current=true]")).to_contain_text(topic)
    settle(page)
    shown = page.locator("a.number strong").all_inner_texts()
    assert [number for number in shown if number in numbers] == numbers
    verdict, reason = said
    why = page.locator(".topic .why")
    expect(why.locator("summary")).to_contain_text(verdict)
    reader.click(why.locator("summary"))
    expect(why.locator("li").filter(has_text=reason)).to_be_in_viewport(ratio=1)
    # Nothing sets them on one axis.
    expect(page.locator("svg path[aria-label]")).to_have_count(0)
    assert reader.clicks <= MOST_CLICKS


@pytest.mark.parametrize(
    ("lang", "number", "said"),
    [
        (
            "en",
            "13 bricks",
            (
                "Hà Tĩnh",
                "heroin seized",
                "coordinated work of the province's police, military and border guard, not the whole province",
                "2021",
            ),
        ),
        (
            "vi",
            "13 bánh heroin",
            (
                "Hà Tĩnh",
                "heroin thu giữ",
                "công tác phối hợp của công an, quân sự và biên phòng tỉnh, không phải toàn tỉnh",
                "năm 2021",
            ),
        ),
    ],
)
def test_how_much_heroin_is_answered_with_the_year_the_forces_and_the_words(
    reader: Reader, number: str, said: tuple[str, ...]
) -> None:
    page = reader.page
    reader.click(page.locator("form.filters input[type=search]"))
    page.keyboard.type("heroin")
    page.keyboard.press("Enter")
    expect(page.locator(".bar .state")).to_be_visible()
    settle(page)
    reader.click(page.locator("a.number", has_text=number))
    expect(page.locator("blockquote mark")).to_have_text("13 bánh heroin")
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    expect(page.locator(".claim h2")).to_contain_text(number)
    what = page.locator(".claim > .what")
    expect(what).to_have_text(" · ".join(said))
    expect(what).to_be_in_viewport(ratio=1)
    assert reader.clicks <= MOST_CLICKS


@pytest.mark.parametrize(
    ("lang", "title", "row", "remainder"),
    [
        (
            "en",
            "In Hà Tĩnh 7 of 1,969 hamlets and residential groups have yet to meet the security standard",
            "1,962 of 1,969 hamlets",
            "1,969 − 1,962 = 7",
        ),
        (
            "vi",
            "Ở Hà Tĩnh còn 7 trong 1.969 thôn, tổ dân phố chưa đạt tiêu chuẩn an toàn về an ninh trật tự",
            "1.962/1.969 thôn",
            "1.969 − 1.962 = 7",
        ),
    ],
)
def test_how_many_hamlets_miss_the_standard_is_a_title_and_its_bar_proves_it(
    reader: Reader, title: str, row: str, remainder: str
) -> None:
    page = reader.page
    expect(page.locator(".topic h2", has_text=title)).to_have_count(1)
    reader.click(page.locator(f'svg path[aria-label*="{row}"]'))
    expect(page.locator("blockquote mark")).to_have_text("1.962/1.969 thôn, tổ dân phố")
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    expect(page.locator(".claim dl")).to_contain_text(remainder)
    assert reader.clicks <= MOST_CLICKS


@pytest.mark.parametrize(
    ("lang", "members", "ratio", "cited"),
    [
        ("en", "1,945 people", "1,945 ÷ 40 ≈ 48.6", ("40 neighbourhood guard boards with 1,945 members", "Copied")),
        ("vi", "1.945 thành viên", "1.945 ÷ 40 ≈ 48,6", ("40 ban bảo vệ dân phố với 1.945 thành viên", "Đã sao chép")),
    ],
)
def test_members_per_guard_board_are_computed_and_taken_away_with_their_sentence(
    reader: Reader, members: str, ratio: str, cited: tuple[str, str]
) -> None:
    page, figure = reader.page, "khanh-hoa-2016-neighbourhood-guard-members"
    expect(page.locator(".st-key-alone svg text", has_text=ratio.rpartition(" ")[2])).to_have_count(1)
    reader.click(page.locator(f'svg path[aria-label*="{members}"]'))
    expect(page.locator("blockquote mark")).to_have_text("1.945 thành viên")
    expect(page.locator("blockquote mark")).to_be_in_viewport(ratio=1)
    expect(page.locator("blockquote")).to_contain_text("40 ban bảo vệ dân phố với 1.945 thành viên")
    expect(page.locator(".claim .computed")).to_contain_text(ratio)
    with page.expect_download() as caught:
        reader.click(page.locator(".claim .ways a", has_text="CSV"))
    rows = list(csv.DictReader(io.StringIO(caught.value.path().read_bytes().decode("utf-8"), newline="")))
    assert [(row["id"], row["value"]) for row in rows] == [(figure, "1945")]
    sentence, copied = cited
    button = page.locator(".copies button").first
    reader.click(button)
    expect(button).to_have_text(copied)
    clipboard = page.evaluate("navigator.clipboard.readText()")
    assert clipboard == page.locator(".copies .copytext").first.text_content()
    for part in (sentence, "1.945 thành viên", f"/?figure={figure}"):
        assert part in clipboard
    assert reader.clicks <= MOST_CLICKS
