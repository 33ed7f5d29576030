import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import unquote, urlsplit

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.records import Lang, Period, Publisher
from extract.figures.cite import find_opening, format_citation, format_json, is_unique, make_article_url
from extract.figures.columns import FIGURES

LINK = "http://localhost:8501/?figure=kon-tum-administrative-fines"
TODAY = date(2026, 11, 21)
URL = "https://congan.kontum.gov.vn/"
QUOTE = (
    "Qua đó đã kịp thời phát hiện và xử lý 258 cơ sở vi phạm, xử phạt hành chính tổng số tiền gần 640.000.000 đồng nộp "
    "ngân sách nhà nước."
)


@pytest.fixture
def checked(collection: Collection) -> CheckedClaim:
    """A hedged figure with a title, a publisher and an address, without a date."""
    found = next(checked for checked in collection.claims if checked.claim.id == "kon-tum-administrative-fines")
    return change_article(found, url=URL)


def change_article(checked: CheckedClaim, **changes: object) -> CheckedClaim:
    return replace(checked, article=checked.article.model_copy(update=changes))


def change_quote(checked: CheckedClaim, quote: str) -> CheckedClaim:
    return replace(checked, sentence=checked.sentence.model_copy(update={"quote": quote}))


def test_a_citation_in_vietnamese_states_all_that_is_known(checked: CheckedClaim) -> None:
    assert format_citation(checked, "", lang="vi", link=LINK, retrieved=TODAY) == (
        "Cổng thông tin điện tử Công an tỉnh Kon Tum (không rõ ngày). “Lực lượng An ninh chính trị nội bộ vững vàng "
        "trên trận tuyến đấu tranh phòng chống tội phạm”. Số liệu: “gần 640.000.000 đồng”. "
        f"Nguyên văn: “{QUOTE}” {URL} Bản ghi: {LINK} (truy cập 21/11/2026)."
    )


def test_a_citation_in_english_translates_the_names_the_figure_and_its_sentence_and_keeps_the_figures_own_words(
    checked: CheckedClaim,
) -> None:
    assert format_citation(checked, "", lang="en", link=LINK, retrieved=TODAY) == (
        "Cổng thông tin điện tử Công an tỉnh Kon Tum [Kon Tum provincial police portal] (n.d.). “Lực lượng An ninh "
        "chính trị nội bộ vững vàng trên trận tuyến đấu tranh phòng chống tội phạm” [The internal political security "
        "force, steadfast on the front against crime]. Figure: nearly 640,000,000 đồng [gần 640.000.000 đồng]. "
        f"In translation: “{checked.sentence.translation}” {URL} "
        f"Record: {LINK} (retrieved 21 November 2026)."
    )


@pytest.mark.parametrize(
    ("lang", "begins"),
    [
        (
            "vi",
            "Không rõ nơi đăng (24/3/2016). Bài không có tít, mở đầu “Một hai ba bốn năm sáu bảy tám chín mười…” Số",
        ),
        (
            "en",
            "Publisher not stated (24 March 2016). Untitled article that begins “Một hai ba bốn năm sáu bảy tám chín ",
        ),
    ],
)
def test_a_citation_says_what_is_not_known(checked: CheckedClaim, lang: Lang, begins: str) -> None:
    published = Period(covers="2016-03-24", words="24/03/2016")
    bare = change_article(checked, title=None, title_en=None, publisher=None, published=published, url=None)
    text = "\n\n  Một hai ba bốn năm\u00a0sáu bảy tám chín mười mười một\nHai"
    citation = format_citation(bare, text, lang=lang, link=LINK, retrieved=TODAY)
    assert citation.startswith(begins)
    assert URL not in citation


@pytest.mark.parametrize(
    ("lang", "begins"),
    [
        (
            "vi",
            "Không rõ nơi đăng (không rõ ngày). “Tập trung đấu tranh với các loại tội phạm, đảm bảo an ninh quốc gia, "
            "an toàn xã hội”. Đưa tin về sự kiện: 15/1/2022. Số liệu: “6 vụ”.",
        ),
        (
            "en",
            "Publisher not stated (n.d.). “Tập trung đấu tranh với các loại tội phạm, đảm bảo an ninh quốc gia, an "
            "toàn xã hội” [Focusing on the fight against crime of every kind to ensure national security and social "
            "safety]. Reports on an event of 15 January 2022. Figure: 6 cases [6 vụ].",
        ),
    ],
)
def test_the_day_of_an_event_is_cited_as_such_and_not_as_the_day_of_publication(
    collection: Collection, lang: Lang, begins: str
) -> None:
    checked = next(each for each in collection.claims if each.claim.id == "ha-tinh-2021-drug-cases")
    assert format_citation(checked, "", lang=lang, link=LINK, retrieved=TODAY).startswith(begins)


def test_a_publisher_with_one_name_is_named_once(checked: CheckedClaim) -> None:
    named = change_article(checked, publisher=Publisher(name="Báo Mẫu", name_en="Báo Mẫu", note="known"))
    assert format_citation(named, "", lang="en", link=LINK, retrieved=TODAY).startswith("Báo Mẫu (n.d.). ")


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("", ""),
        ("\n \n", ""),
        ("Một câu.", "Một câu."),
        ("a b c d e f g h i j", "a b c d e f g h i j"),
        ("a b c d e f g h i j k", "a b c d e f g h i j…"),
    ],
)
def test_the_opening_of_a_text_is_its_first_words(text: str, opening: str) -> None:
    assert find_opening(text) == opening


def test_a_link_leads_to_the_quote_where_it_stands_once(checked: CheckedClaim) -> None:
    quote = "Xã A - B, C & D: 5% “x” #1? a_b~c.d/e+f'!"
    url = make_article_url(change_quote(checked, quote), f"Mở đầu. {quote} Kết.")
    assert url == (
        f"{URL}#:~:text=X%C3%A3%20A%20%2D%20B%2C%20C%20%26%20D%3A%205%25%20%E2%80%9Cx%E2%80%9D%20%231%3F%20"
        "a_b~c.d%2Fe%2Bf%27%21"
    )
    fragment = urlsplit(url).fragment.removeprefix(":~:text=")
    assert unquote(fragment) == quote
    assert re.search(r"[-,&]", fragment) is None


@pytest.mark.parametrize(
    "text",
    [
        "Không có ở đây.",
        f"{QUOTE} Rồi {QUOTE}",
        f"{QUOTE} Rồi {QUOTE.upper()}",
        f"{QUOTE} Rồi {QUOTE.replace(' ', chr(0xA0))}",
    ],
)
def test_a_link_leads_to_the_page_where_the_quote_is_not_unique(checked: CheckedClaim, text: str) -> None:
    assert make_article_url(checked, text) == URL


def test_a_link_keeps_the_fragment_that_an_address_has(checked: CheckedClaim) -> None:
    url = make_article_url(change_article(checked, url=f"{URL}#muc"), QUOTE)
    assert url is not None
    assert url.startswith(f"{URL}#muc:~:text=Qua%20")


def test_no_address_is_no_link(checked: CheckedClaim) -> None:
    assert make_article_url(change_article(checked, url=None), QUOTE) is None


def test_spaces_of_any_width_do_not_make_a_quote_another() -> None:
    assert is_unique("một  hai", "Một\u00a0hai.")
    assert not is_unique("một hai", "Một\thai, MỘT hai.")


def test_a_row_as_json_loses_nothing(checked: CheckedClaim) -> None:
    read = json.loads(format_json(checked))
    assert list(read) == FIGURES.names
    assert {name: "" if value is None else str(value) for name, value in read.items()} == FIGURES.format_row(checked)


def test_json_keeps_numbers_that_a_reader_would_round_as_texts(checked: CheckedClaim) -> None:
    claim = checked.claim.model_copy(update={"value": Decimal(123456789012345678), "of": None})
    read = json.loads(format_json(replace(checked, claim=claim)))
    assert (read["value"], read["of"], read["share"]) == ("123456789012345678", None, None)
    claim = checked.claim.model_copy(update={"value": Decimal(1), "of": Decimal(10)})
    assert json.loads(format_json(replace(checked, claim=claim)))["share"] == "0.1"
    assert (read["quote_start"], read["corrections"]) == (checked.quote_start, 0)
    assert "gần 640.000.000 đồng" in format_json(checked)
