"""Which kind of number a mention is: rules tried in order. The first that is sure decides, else it is a figure.

To add a rule, write a function that returns a Kind or None, and put it into RULES. It sees a NumberContext, and nothing
beyond its WIDTH. Words right before the number that decide alone are entries of words/leads.toml instead.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from extract.text.context import MOST_DAYS, WIDTH, NumberContext, find_text_before
from extract.text.kinds import Kind
from extract.text.leads import Lead, find_lead, may_lead
from extract.text.nouns import ABSTRACT, KNOWN, MEASURES, MONEY, TIMES, VERBAL, counts_known_noun
from extract.text.numerals import parse_numeral
from extract.text.words import key_set, read_words, word_set

_LISTS: Final = read_words("rules")
_EACH: Final = word_set(_LISTS["each"])
_A_DAY: Final = word_set(_LISTS["a_day"])
_DATE_LEADS: Final = word_set(_LISTS["date_leads"])
_SHARE_LEADS: Final = word_set(_LISTS["share_leads"])
ADMINISTRATIVE: Final = key_set(_LISTS["administrative"])
_AGENTS: Final = word_set(_LISTS["agents"])
_PLAYED: Final = word_set(_LISTS["played"])
_ADVERBS: Final = word_set(_LISTS["adverbs"])
_WORDS_OF_TWO: Final = word_set(_LISTS["words_of_two"])

_WINDOWS: Final = word_set("tháng, năm, ngày, ngày-đêm, tuần, quý, giờ")
_LASTING: Final = word_set("trong, vòng, suốt, mất")
_WORD_SHAPES: Final = word_set("words, indefinite, half, fraction, scale")
_COUNTING_SHAPES: Final = word_set("plain, scaled, range, pair, spaced, misprint, spoken")
_EMERGENCY: Final = word_set("111, 113, 114, 115, 389, 1022")
_CURRENCIES: Final = word_set("USD, VND, VNĐ, EUR")

_DECIDED_SHAPES: Final = {
    **dict.fromkeys(word_set("document, standard"), Kind.DOCUMENT),
    **dict.fromkeys(word_set("date_words, short_year, years, season, date_clock, months"), Kind.DATE),
    "outline": Kind.CLAUSE,
    "times": Kind.FIGURE,
    **dict.fromkeys(word_set("clock, clock_half, clock_span, clock_round"), Kind.TIME),
    **dict.fromkeys(
        word_set(
            """
            plate, boat, container, account, post, phone, masked_phone, code, code_dash, slashes, dashes, coordinate,
            fuel, feeder
            """
        ),
        Kind.OTHER,
    ),
}
"""Shapes that have one kind only."""

_WINDOW: Final = re.compile(
    r"""
    \s+ (?: đầu (?= \s (?: năm | tháng | quý | tiên | của | ra | thực | triển | vận | áp | thí | cao | đợt | tuần
                        | nhiệm | kỳ ) \b
                        | \s* (?: [,.;:)(–-] | \Z ) | \s \d )
          | cuối | giữa \s năm | cao \s điểm | tết | nghỉ            # 6 tháng đầu năm, 7 ngày Tết
          | qua (?! \s (?: đời | những | các | mấy | nhiều | rừng | núi | đèo | suối | sông ) \b )
          | vừa \s qua | gần \s đây | gần \s nhất          # 5 năm qua
          | trở \s lại | còn \s lại (?= \s của \s (?: năm | quý | nhiệm ) )
          | tới (?! \s \d ) | tiếp \s theo | nay | năm \s (?: nay | ngoái | trước | này )  # 3 năm trở lại
          | đạt | ước | được (?= \s (?: (?: gần | hơn | trên | khoảng ) \s )? \S+ \s (?: t[ỷỉ] | triệu ) )
          | cùng \s kỳ | của \s năm | (?: năm \s )? (?: 19 | 20 )\d\d )       # 9 tháng năm 2023
      (?! \w )
    | \s* \( (?: 19 | 20 )\d\d                                          # 5 năm (2016-2020)
    """,
    re.VERBOSE,
)
"""After a length of time that is a reporting window."""
_STARTS_CLAUSE: Final = re.compile(
    r"""
    (?: (?: ^ | [,;:.(\-–"“]\s* | \b(?: chỉ | tính | riêng | cũng | và | nhưng | thì | vậy )\s )  # at a clause's start
        (?P<word> trong | qua | sau ) \s+
      | \b (?: cao \s điểm | ra \s quân ) \s+ trong \s+                       # cao điểm trong 62 ngày đêm
      | \b (?: l[ũu][yỹ]\skế | tính\schung | tính\sriêng | tổng\shợp ) \s+ (?: trong \s+ )? )      # lũy kế 10 tháng
    (?: (?: gần | hơn | khoảng | trên ) \s+ )? \Z
    """,
    re.VERBOSE,
)
"""Before a window that opens a clause: ``Trong 7 ngày``."""
_WINDOW_ALONE: Final = re.compile(
    r"\s*,|\s+(?:xảy ra|phát hiện|bắt|cả nước|toàn|công an|lực lượng|thu|xử|có|khởi tố|triệt|ghi nhận)\b"
)
"""After a window that opens a sentence, or follows a colon, without a word before it: ``9 tháng, gần 12.000 vụ``."""
_LONG_WINDOWS: Final = word_set("tháng, quý")
_OBLIGES: Final = re.compile(r"\s+(?:phải|kể từ|làm việc|tạm giam|tạm giữ)\b")
"""After a term, which is no window: ``trong 10 ngày kể từ``."""
_CARRIED_OUT: Final = re.compile(
    r"\s+(?:triển khai|thực hiện|thi hành|đi vào|ra quân|phát động|mở đợt|cao điểm|tấn công|"
    r"thí điểm|vận hành|áp dụng|không để xảy ra)\b"
)
"""After a window wherever it stands: ``sau 5 năm thực hiện``, ``kết quả 30 ngày ra quân``."""
_ACTED: Final = re.compile(r"\s+[^\W\d_]")
_ONE_CASE: Final = re.compile(
    r"""
    \s+ (?: theo \s dõi | điều \s trị | điều \s tra | truy | mật \s phục | bỏ \s trốn | lẩn \s trốn | trốn | mất \s tích
          | cấp \s cứu | nằm | tìm | xét \s xử | nghị \s án | xác \s minh | đấu \s tranh | vây | lần \s theo | kể \s từ
          | tính \s từ | kết \s hôn | chung \s sống | sinh | nhập \s viện | cưới | yêu | quen | ly \s hôn | nuôi
          | xảy \s ra | gây \s án | chạy | liên \s tục | liền | nữa
          | sau | trước | tù | và | hay | hoặc | không | chưa | mà | là )
    (?! \w )
    """,
    re.VERBOSE,
)
"""After a length of time in one case, which is no reporting window: ``sau 5 ngày điều trị``."""
_JUBILEE_BEFORE: Final = re.compile(
    r"\b(?:k[ỷỉ] niệm|sơ kết|tổng kết|mừng)\s+(?:(?:lần thứ|tròn|nhân|gần|hơn|công tác)\s+){0,2}\Z"
)
_JUBILEE_AFTER: Final = re.compile(
    r"\s+(?:ngày\s+(?:thành lập|truyền thống|giải phóng|quốc khánh|sinh|thương binh|hội)|thành lập|truyền thống)\b"
)
_LIST_MARK: Final = re.compile(r"\s?[.)\]/\-–](?:\s+\S|\Z)|\s?[.)](?=[^\W\d])")
_LISTED_NAME: Final = re.compile(r"\s?[.)]\s+[^\W\d_]")
_OLD_YEAR: Final = re.compile(r"1[0-8]\d\d\Z")
_IN_A_YEAR: Final = re.compile(r"\b(?:năm|đời|triều|vua|niên hiệu|thế kỷ)\b")
"""Before a year of long ago in brackets: ``năm Tự Đức thứ 27 (1874)``."""
_GOES_ON: Final = re.compile(r"\s?\)\s*[^\W\d_]")
_DATED: Final = re.compile(r" ngày \d{1,2}(?:[/.-]\d| tháng )")
"""After a document's number: ``số 98 ngày 24 tháng 9``."""
_OUTLINE: Final = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\Z")
_HOUR_LEADS: Final = word_set("lúc, hồi, vào, khoảng, trước, từ, đến, tới, đúng")
_CLAUSE_OF_HOUR: Final = re.compile(r"(?:\A|[,;.] )(?:gần|hơn|chừng|khoảng|tầm|độ) \Z")
_HOUR_ALONE: Final = re.compile(r"(?: rưỡi)?,")
_LATE_HOUR_LEADS: Final = word_set("sau, quá, gần, hơn")
"""After these an hour of the evening is a time of day, ``sau 22 giờ``, and an earlier one a length, ``sau 4 giờ``."""
_EVENING: Final = 17
_WHOLE_DAY: Final = 24
_LASTING_AFTER: Final = re.compile(
    r"\s+(?:sau|đồng hồ|liền|liên tục|truy|tìm|vây|chiến đấu|làm việc|xét xử|di chuyển)\b"
)
_PART_OF_DAY: Final = re.compile(r"\s(?:sáng|trưa|chiều|tối|đêm)\b")
_SCALES: Final = word_set("chục, trăm, nghìn, ngàn, vạn, triệu, tỷ, tỉ")
_SCHOOLING: Final = word_set("văn hóa, văn hoá, học vấn, học lực")
_HOURS: Final = re.compile(r"(?:[01]?\d|2[0-4])(?:\s?[-–—]\s?|\s+(?:đến|tới)\s+)(?:[01]?\d|2[0-4])\Z")
_HOURS_LEADS: Final = word_set("từ, lúc, hồi, giờ, cửa, sáng, trưa, chiều, tối, đêm")
_LASTING_BEFORE: Final = re.compile(
    r"\b(?:kéo\sdài|mất|trong|vòng|sau|suốt|cần|tốn|thêm|chừng|khoảng|lâu|cách\snhau|chậm|muộn|sớm|trễ)(?:\stừ)?\s\Z"
)
_HOUR_AFTER: Final = re.compile(
    r"""
    (?: \s rưỡi \b )?
    (?: \s* ,? \s* ngày
      | \s+ (?: cùng | sáng | chiều | tối | đêm | trưa | khuya | hôm | kém | rạng | h[àằ]ng \s ngày ) )
    | \s+ \d{1,2}/\d | \s* [-–] \s* \d | \s+ đến \s+ \d+ \s* (?: giờ | h )
    """,
    re.VERBOSE,
)
"""After ``20 giờ`` that is a time of day."""
_HOURS_AND_MINUTES: Final = re.compile(r"(?:\d|1[0-2])\sgiờ\s\d{1,2}\sphút\Z", re.IGNORECASE)
_LENGTH_LEADS: Final = word_set("trong, vòng, suốt, mất, dài, sau, hơn, gần, hết, tốn, thêm, lâu")
_TIMED: Final = re.compile(r"\s*,?\s*(?:sáng|trưa|chiều|tối|đêm|khuya|ngày|hôm|cùng|rạng|\d)")
_SHARE_BEFORE: Final = re.compile(r"%\s?\(\Z")
_FRACTION: Final = re.compile(r"([1-9])/([2-9]|10)\Z")
_FRACTIONS: Final = re.compile(r"(?<![\d/.,-])[1-9]/(?:[2-9]|10)(?![\d/.,-]\d|/)")
"""In a sentence about money, two that make a whole are shares: ``kinh phí huyện 2/3, xã hội hóa 1/3``."""
_PAID: Final = re.compile(r"\b(?:kinh phí|chi phí|ngân sách|vốn|đóng góp)\b", re.IGNORECASE)
_SCORE: Final = re.compile(r"\d[-–]\d\Z")
_BALANCE: Final = re.compile(r"(?:1[3-9]|[2-9]\d|1\d\d)[-–]\d{1,3}\Z|\d{1,3}[-–](?:1[3-9]|[2-9]\d|1\d\d)\Z")
_SET: Final = re.compile(r"\d{1,2}-\d{1,2}\Z")
_SET_BEFORE: Final = re.compile(r"\d-(?:1[3-9]|[2-9]\d)[,;]\s\Z")
_GAMES_BEFORE: Final = re.compile(r"\b(?:thắng|thua) (?:\d-\d[,;] )+\Z")
"""Before the next set of tennis: ``thắng 6-4, 7-5``."""
_FIRST_SET: Final = re.compile(r"\d{1,2}-(?:1[3-9]|[2-9]\d)\Z")
_SETS_GO_ON: Final = re.compile(r"[,;]\s\d{1,2}-\d{1,2}[,;)]")
_SCORE_BEFORE: Final = re.compile(r"\d-\d \(\Z")
_SETS_AFTER: Final = re.compile(r" \((?:\d{1,2}-\d{1,2}[,;)]|luân lưu|hiệp phụ)")
_SCORE_LEADS: Final = word_set("thắng, thua, hòa, hoà, dẫn, số, lên, trước, bại, đậm, sát, nút, ngược")
_DAYS_AFTER: Final = re.compile(r" \d{1,2}(?:, ?\d{1,2})*(?: và | đến |-| - )\d{1,2}\s?[-/.]\s?\d")
_TIMES_SIGNS: Final = ("*", "×", "=")
_IS: Final = re.compile(r"\s+là\b")
_RATIO_AFTER: Final = re.compile(
    r"\s+(?:số|tổng|dương tính|âm tính|diện tích|dân số|quân số|thành viên|trong|của|lượng|chiều|quãng|nhân|mức"
    r"|giá|giá trị)\b"
)
_AMONG: Final = re.compile(r" trong (?:tổng )?số\b")
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
_DAY_LEADS: Final = word_set("ngày, sáng, trưa, chiều, tối, đêm, khuya, hôm, mùng, mồng, rằm")
_DAY_BY_DOT: Final = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?:\.(?:0?[1-9]|1[0-2]))?(?:\s?[-–—]\s?|\s+(?:đến|tới)\s+))?"
    r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\Z"
)
"""``30.4 - 1.5``: no number has groups of one or two digits."""
_HOUR_BY_DOT: Final = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d(?:\s?(?:[-–—]|đến)\s?(?:[01]?\d|2[0-4])\.[0-5]\d)?\Z")
_ON_A_DAY: Final = re.compile(
    r"\s*,?\s*(?:ngày\s+\d|cùng ngày|hôm|sáng|trưa|chiều|tối|đêm|hằng ngày|hàng ngày|mỗi ngày)"
)
_AT: Final = word_set("lúc, hồi")
_COMMUNE: Final = r"(?:(?:xã|phường|huyện|quận|thị\sxã|thị\strấn|thành\sphố|(?:H|TX|TP|TT|P|X|Q)\.)\s?)?"
_COMMUNE_NAMED: Final = re.compile(r"\b(?:[xX]ã|[pP]hường|[hH]uyện|[qQ]uận|[tT]rấn|[pP]hố)\s[A-ZĐ]")
_NAMED_BEFORE: Final = re.compile(rf"(?:[A-ZĐ]\w*\s)+\d{{1,4}}(?:\s?[,;]|\s+và)\s+{_COMMUNE}(?:[A-ZĐ][\w’']*\s)+\Z")
_ITEM_BEFORE: Final = re.compile(r"\d; (?:[^\W\d_]+ ){1,6}\Z")
_NAMED_AFTER: Final = re.compile(rf"(?:\s?[,;]|\s+và)\s+{_COMMUNE}(?:[A-ZĐ][\w’']*\s)+\d{{1,4}}(?!\w)")
_NAMED: Final = re.compile(r"((?:[A-ZĐ][\w’']*\s+)+)(\d+)")
_FIRST_COMMUNES: Final = word_set("1, 2, 3")
_LAST_NAME: Final = re.compile(r"(?:[A-ZĐ][\w’']*\s+)+\Z")
"""A list of names, each with its count: ``Đăk Lâng 6, Măng Ri 5``."""
_CELL: Final = re.compile(r"\s\t|\s+\d[\d.,]*(?=\s|\Z)")
_CELL_BEFORE: Final = re.compile(r"(?:\t|\d\s+)\Z")
"""Around a number of a table's row."""
_PURE_COUNTS: Final = word_set(
    "vụ, lượt, ca, lần, trường-hợp, chuyến, suất, %, phần-trăm, cuộc, buổi, bài, tin, vụ-việc, vụ-án"
)
"""What is counted and never acts, so that the number before it is no month: ``trong tháng 5 vụ``."""
_SURE_DATES: Final = word_set("năm, sinh, tháng, ngày, mùng, mồng, rằm, quý")
_OFFICES: Final = word_set("tỉnh, huyện, xã, phường, quận, thị-xã, thành-phố, thị-trấn, cơ-sở, bộ-luật")
_COUNTED_PLACES: Final = word_set("tổ, thôn, xã, ấp, xóm, bản, khóm, phường, đội, chốt")
_FLOORS: Final = word_set("tầng, lầu")
_BUILDINGS: Final = key_set(_LISTS["buildings"])
_PAPERS: Final = word_set("đề, dự, kế, chương, nghị, quyết, chỉ, thông, công, luật, điều, nghi")
_POLICE_UNITS: Final = word_set("PA, PB, PC, PD, PH, PK, PT, PV, PX")
TELLING_LEADS: Final = word_set("thứ").union(map(str.lower, _POLICE_UNITS))
"""Words before a number that counts something which some rule here looks at, beside those of words/leads.toml."""
_DAY_MONTH: Final = re.compile(r"(0?[1-9]|[12]\d|3[01])\s?[-–./]\s?(0?[1-9]|1[0-2])\Z")
_YEARS: Final = range(1000, 2100)
_SHORT_YEARS: Final = range(30, 100)
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_ONE_IDIOM: Final = re.compile(
    r"""
    \s+ (?: số | trong | cách | vài | ít | chút | loạt | bộ \s phận | phần | lượng        # một số, một trong
          | lần \s (?: nữa | và ) | ngày \s (?: nào | không ) | hôm | khi | lúc | sớm | mai    # một lần nữa
          | thời (?: \s gian | \s điểm )? | thứ | điều | cái | thể | nơi | phía | bên | mặt | đằng | chiều
          | mình | mực | lòng | dạ | nắng | nhà | tay | vòng | trời | đi | hai | cõi | chừng | mạch | mất | đôi )
    (?! \w )
    """,
    re.VERBOSE,
)
_PORTION: Final = re.compile(r"\s+phần\s+(?:quà|thưởng|ăn|cơm|cháo)\b")
_PREDICATE: Final = word_set("là, như, thành, coi, mang, trở, cũng")


def find_kind(number: NumberContext) -> Kind:
    """Return the kind of a number: that of the first rule that is sure, else it is a figure.

    `number.certain` is set to False where a weaker rule decided.
    """
    if number.shape in _COUNTING_SHAPES and _counts_plainly(number):
        return judge_lead(number) or Kind.FIGURE
    if _is_year(number):
        return Kind.DATE
    counts = number.counts
    time = counts if counts in _TIMES_AND_HOURS else ""
    lead = number.lead if number.lead in _RULE_LEADS else ""
    for judge in _find_rules(number.shape, time, lead):
        kind = judge(number)
        if kind is not None:
            return kind
        number.certain = True
    return Kind.FIGURE


def _counts_plainly(number: NumberContext) -> bool:
    """Tell ``5 vụ``, for which only `judge_lead` can decide: most numbers cost no other rule."""
    noun = number.noun
    return (
        noun is not None
        and noun.known
        and noun.key not in TIMES
        and number.lead != "thứ"
        and not (number.spelt and number.spelt[-1] in _POLICE_UNITS)  # PC 08 tỉnh
        and not (noun.text.isupper() and noun.text.isalpha() and noun.key not in MEASURES)
    )


def _is_year(number: NumberContext) -> bool:
    """Tell ``năm 2021``: most dates cost no rule."""
    return (
        number.lead == "năm"
        and number.shape == "plain"
        and number.noun is None
        and _YEAR.match(number.text) is not None
    )


def judge_list_mark(number: NumberContext) -> Kind | None:
    """``1. Tăng cường``, ``(2) kiểm tra``, ``*Một là*``, ``; hai là``: a clause."""
    if number.shape == "words":
        first = number.opens or number.lead[-1:] in (";", ",", ":", ".")
        return Kind.CLAUSE if first and _IS.match(number.after) else None
    marked = number.opens and (_LIST_MARK.match(number.after) or (_OUTLINE.match(number.text) and not number.counted))
    inside = number.lead[-1:] in (":", ";") and len(number.text) < 3
    inside = inside or (number.lead[-1:] == "," and _follows_list_mark(number))
    listed = inside and _LISTED_NAME.match(number.sentence, number.end) is not None
    return Kind.CLAUSE if marked or listed else None


def _follows_list_mark(number: NumberContext) -> bool:
    """Tell ``1. Nam Định, 2. Hà Nội``, the marks of a list."""
    text = number.text
    return text.isdigit() and len(text) < 3 and f" {int(text) - 1}. " in f" {number.sentence[: number.start]}"


def judge_bracketed(number: NumberContext) -> Kind | None:
    """``kiểm tra: (1) cơ sở``, ``(2) địa bàn``: a list's mark; after a name, ``Đăk Glei (7)``, a count."""
    if number.after.lstrip()[:1] != ")" or number.counted:
        return None
    before = number.words[-2] if len(number.words) > 1 else ""
    goes_on = _GOES_ON.match(number.after) is not None
    if (
        goes_on
        and len(number.text) < 3
        and (not before or before[-1:] in (":", ";", ".", ",") or before in ("và", "gồm"))
    ):
        return Kind.CLAUSE
    if not before or _DAY_BY_DOT.match(number.text) or _YEAR.match(number.text):
        return None
    if _OLD_YEAR.match(number.text) and _IN_A_YEAR.search(number.before):
        number.certain = False
        return Kind.DATE
    number.certain = False
    return Kind.FIGURE


def judge_lone_number(number: NumberContext) -> Kind | None:
    """A number alone on its line is a page's."""
    alone = number.opens and not any(map(str.isalnum, number.after))
    return Kind.OTHER if alone else None


def judge_anniversary(number: NumberContext) -> Kind | None:
    """``kỷ niệm 76 năm``, ``sơ kết 5 năm``, ``70 năm Ngày truyền thống``: an anniversary."""
    if number.rest.startswith((" một lần", " đầu năm")):
        return None  # sơ kết 6 tháng một lần
    hailed = _JUBILEE_BEFORE.search(number.before) or (number.counts == "năm" and _JUBILEE_AFTER.match(number.rest))
    return Kind.ANNIVERSARY if hailed else None


def judge_ordinal_word(number: NumberContext) -> Kind | None:
    """``kỳ họp thứ nhất``: an ordinal; ``đêm thứ ba`` may be a Tuesday's."""
    number.certain = number.words[-2:-1] != ["đêm"]
    return Kind.ORDINAL


def judge_ratio_or_day(number: NumberContext) -> Kind | None:
    """``12/7/2022`` and ``ngày 5/10`` are dates, ``5/10 tiêu chí`` and ``2/3 số hộ`` figures."""
    named = find_lead(number.words)
    if named is not None and named.kind is not Kind.DATE and named.kind is not Kind.DOCUMENT:
        return named.kind  # đường 30/4, tỷ lệ 1/3, xếp thứ 5/6
    numbered = number.lead == "số" and not number.counted and number.text.count("/") == 1  # nhà trọ số 27/8
    if numbered or (
        number.text.endswith("/12") and not number.counted and " ".join(number.words[-2:]).lstrip("(“\"'") in _SCHOOLING
    ):
        return Kind.OTHER  # văn hóa 12/12
    if _is_share(number) or number.before[-1:] in _TIMES_SIGNS:
        return Kind.FIGURE
    if number.lead == "(" and number.text.count("/") == 1 and _counts_in_bracket(number):
        return Kind.FIGURE
    if number.text.count("/") != 1 or number.bare_lead in _DATE_LEADS or number.lead == "(":
        number.certain = not (number.lead == "(" and _follows_place(number))
        return Kind.DATE
    counts = (number.counted and number.counts not in TIMES) or _counts_all_police(number)
    part_of_whole = counts or _RATIO_AFTER.match(number.after) is not None
    number.certain = part_of_whole
    return Kind.FIGURE if part_of_whole else Kind.DATE


def _counts_in_bracket(number: NumberContext) -> bool:
    """Tell ``đạt (5/12 xã)`` and ``100% (12/12) xã``, parts of a whole, from ``(12/12)``, a day."""
    if number.counted:
        return number.counts not in TIMES
    part, _, whole = number.text.partition("/")
    shared = part == whole and _SHARE_BEFORE.search(number.before) is not None
    past = shared and number.sentence.startswith(")", number.end)
    return past and counts_known_noun(number.sentence, number.end + 1)


def _counts_all_police(number: NumberContext) -> bool:
    """Tell ``12/12 Công an xã, thị trấn``, those of all communes, from ``12/12 Công an xã Ea Tul``, a day."""
    part, _, whole = number.text.partition("/")
    if part != whole or not number.counts.startswith("công-an-"):
        return False
    return not number.sentence[number.noun_end : number.noun_end + 2].lstrip()[:1].isupper()


def _follows_place(number: NumberContext) -> bool:
    """Tell ``Kon Thụp (6/10)``, a day or a part of a whole, from ``thứ Ba (6/10)`` and ``tối nay (6/10)``, days."""
    words = number.spelt
    return len(words) > 2 and words[-2].istitle() and words[-3].lower() != "thứ" and number.text.count("/") == 1


def _is_share(number: NumberContext) -> bool:
    """Tell ``gần 1/4``, ``chiếm 2/3``, a part below the whole, from ``hết 1/4``."""
    fraction = _FRACTION.match(number.text)
    if fraction is None or int(fraction[1]) >= int(fraction[2]):
        return False
    if number.bare_lead in _SHARE_LEADS:
        return True
    if number.bare_lead in _DATE_LEADS or number.lead == "và" or not _PAID.search(number.sentence):
        return False
    others = _FRACTIONS.findall(number.sentence)
    rest = f"{int(fraction[2]) - int(fraction[1])}/{fraction[2]}"
    return others.count(number.text) > (rest == number.text) and rest in others


def judge_score(number: NumberContext) -> Kind | None:
    """``thắng 3-1``, ``Hải Đông 2-0``: a figure of two values, no day and month."""
    if " ".join(number.words[-2:]).strip("(:") in _PLAYED and not number.counted and number.text.count("/") == 0:
        number.shape = "score"
        return Kind.FIGURE
    if not number.counted and _BALANCE.match(number.text) and _is_in_cell(number):
        number.shape, number.certain = "score", False  # 37-34: goals for and against
        return Kind.FIGURE
    if number.counted or not _SCORE.match(number.text):
        return _judge_set(number)
    if _SETS_AFTER.match(number.after) or _GAMES_BEFORE.search(number.before):
        number.shape = "score"
        return Kind.FIGURE  # 3-1 (25-20, 23-25, …
    words = number.spelt
    named = len(words) > 1 and words[-1][:1].isupper() and words[-2].lower() != "thứ"
    named = named and find_lead(number.words) is None
    if number.lead not in _SCORE_LEADS and "0" not in number.text and not named:
        return None
    number.shape = "score"
    number.certain = number.lead in _SCORE_LEADS
    return Kind.FIGURE


def _is_in_cell(number: NumberContext) -> bool:
    """Tell whether a number stands alone in a cell of a table that is no day's."""
    before, after = number.sentence[: number.start][-2:], number.sentence[number.end : number.end + 2]
    return (before[-1:] == "\t" or before == "| ") and (after[:1] in ("\t", "") or after == " |")


def _judge_set(number: NumberContext) -> Kind | None:
    """``(25-20, 15-11)``: the last of the sets of a match, where one before it is no day."""
    if number.counted or not _SET.match(number.text):
        return None
    first = (
        _FIRST_SET.match(number.text)
        and number.lead == "("
        and (_SETS_GO_ON.match(number.after) or _SCORE_BEFORE.search(number.before))
    )
    if not first and not _SET_BEFORE.search(number.before):
        return None
    number.shape = "score"
    number.certain = False
    return Kind.FIGURE


def judge_shape(number: NumberContext) -> Kind | None:
    """What looks like a document, a date in full, a time or a code is one, but ``Quyết định 30a`` is a document."""
    if number.shape == "code":
        number.certain = len(number.text) > 2 and not (number.text[:-1].isdigit() and number.text[-1].isalpha())
        named = None if number.text[:2].isalpha() else find_lead(number.words)  # Quyết định 30a, but trang xxx88
        return named.kind if named is not None and named.kind in (Kind.DOCUMENT, Kind.CLAUSE) else Kind.OTHER
    if number.shape == "clock" and number.bare_lead == "lệ":
        return Kind.FIGURE  # tỷ lệ 1:10
    if number.shape == "clock" and _HOURS_AND_MINUTES.match(number.text) and number.bare_lead in _LENGTH_LEADS:
        return Kind.TIME if _TIMED.match(number.after) else Kind.FIGURE  # sau 2 giờ 15 phút truy đuổi
    return _DECIDED_SHAPES.get(number.shape)


def judge_one(number: NumberContext) -> Kind | None:
    """``một số``, ``một trong``, ``một cách``, ``là một kênh``: idiom and article; ``một đối tượng`` is a count."""
    if number.text.lower() != "một" or _PORTION.match(number.after):
        return None
    article = (
        not number.counted or number.rest.startswith(" nào") or number.lead in _PREDICATE or number.counts in ABSTRACT
    )
    return Kind.OTHER if article or is_idiom(number) else None


def is_idiom(number: NumberContext) -> bool:
    """Tell ``một số``, ``một lần nữa``, which count nothing, from the article ``một kênh``."""
    compound = number.counted and "-" in number.counts and number.counts not in ABSTRACT  # một nhà nghỉ
    return not compound and _ONE_IDIOM.match(number.after) is not None


def judge_lead(number: NumberContext) -> Kind | None:
    """The words before the number decide, as words/leads.toml has them."""
    if not may_lead(number.lead) or (number.words[-2:-1] == ["số"] and number.lead in _COUNTED_PLACES):
        return None  # số tổ 09
    rule = find_lead(number.words)
    if rule is None:
        return _judge_bare_so(number)
    if rule.kind is Kind.DATE or (number.lead == "tháng" and number.after.startswith(" năm ")):
        return _judge_date_lead(number, rule)  # Cách mạng Tháng Tám năm 1945 as well
    scaled = number.shape == "scaled" or (number.shape == "few" and number.text.split()[-1].lower() in _SCALES)
    if scaled and rule.kind is not Kind.FIGURE:
        return None  # mức 5 triệu, Trung ương 38.412 triệu, chợ hai, ba ngàn
    room = number.bare_lead == "phòng" and number.shape == "plain" and len(number.text) > 2  # phòng 402 nhà nghỉ
    if (room or number.bare_lead in _FLOORS) and number.counts in _BUILDINGS and number.words[-2:-1] != ["mỗi"]:
        number.noun = None  # tầng 2 căn nhà
    if number.bare_lead == "vòng" and number.counts == "giải":
        number.noun = None  # vòng 17 giải vô địch
    if number.shape in ("roman", "roman_range") or not rule.unless_counted:
        return rule.kind
    return None if _overrules(number, rule) else rule.kind


def _overrules(number: NumberContext, rule: Lead) -> bool:
    """Tell whether what the number looks like or counts is stronger than the words before it."""
    if _is_no_name(number, rule):
        return True
    if rule.kind is Kind.OTHER and number.shape == "pair" and _is_falling(number.text):
        return False  # hẻm 45/12 đường số 8
    if number.counts == "ngày" and number.shape == "plain" and _DAYS_AFTER.match(number.rest):
        return False  # đợt 2 ngày 10 và 11/5
    if rule.kind is Kind.DOCUMENT and _belongs_to_office(number):
        return False
    return number.counted and not (rule.kind is Kind.OTHER and lies_in_named_place(number))


def _is_falling(text: str) -> bool:
    """Tell ``45/12``, which is no part of a whole."""
    part, _, whole = text.partition("/")
    return part.isdigit() and whole.isdigit() and int(part[:16]) > int(whole[:16])


def _is_no_name(number: NumberContext, rule: Lead) -> bool:
    """Tell what looks like no name, document or clause: ``mức 5 triệu``, ``nhóm ba người``, ``sai làn 3.877``."""
    text, plain = number.text, number.shape == "plain"
    match rule.kind:
        case Kind.ORDINAL:
            return number.bare_lead in ("khóa", "khoá") and number.counts == "chiều"  # khóa hai chiều
        case Kind.CLAUSE:
            looks = number.shape == "sides" or not text.strip("0")  # ảnh 4x6, bị điểm 0
        case Kind.DOCUMENT:
            looks = plain and "," in text
        case Kind.OTHER:
            looks = (plain or number.shape == "pair") and "," in text  # mức 0,4 mg
            looks = looks or (plain and not rule.may_be_grouped and _GROUPED.match(text) is not None)
        case _:
            looks = False
    return looks or (number.shape in _WORD_SHAPES and (number.counted or " " in text))


def _belongs_to_office(number: NumberContext) -> bool:
    """Tell ``Đề án 06 tỉnh``, a programme's number before who carries it out, from ``kế hoạch 5 huyện``."""
    if number.shape != "plain" or number.counts not in _OFFICES or not number.words:
        return False
    return number.text[0] == "0" or any(word[:1].isupper() for word in number.spelt[-3:] if word.lower() in _PAPERS)


def _judge_date_lead(number: NumberContext, rule: Lead) -> Kind | None:
    """Tell a date from a count after a word of time: ``ngày 7-2`` against ``mỗi ngày 3 vụ``, ``12 năm 6 tháng``."""
    years = number.lead == "năm" and (_YEAR.match(number.text) or number.shape in ("years", "season"))
    if years or _is_day_by_dot(number):
        return Kind.DATE
    if number.shape == "plain" and ("," in number.text or (not number.counted and _exceeds_day(number))):
        return None
    if number.shape in _WORD_SHAPES or number.shape == "scaled":
        if number.lead == "năm" and " " in number.text and _names_year(number):
            return Kind.DATE  # năm hai nghìn không trăm hai mươi
        named = number.shape == "words" and number.bare_lead in ("tháng", "quý", "mùng", "mồng")
        return Kind.DATE if named and not number.counted else None
    if number.counted and (_exceeds_date(number) or _counts_by_time(number, rule)):
        return None
    if number.counted:
        number.certain = number.lead not in ("tháng", "ngày", "quý")
    else:
        number.certain = number.noun is None or number.text[0] == "0" or number.bare_lead in _SURE_DATES
    return Kind.DATE


def _names_year(number: NumberContext) -> bool:
    """Tell ``năm hai nghìn không trăm hai mươi``, ``năm bảy lăm``, years, from ``năm ba mươi vụ``."""
    value = parse_numeral(number.text)
    return value in _YEARS or (value in _SHORT_YEARS and number.noun is None)


def _counts_by_time(number: NumberContext, rule: Lead) -> bool:
    """Tell what is counted by the day, week, month or year: ``mỗi ngày 3 vụ``, ``ba năm 6 tháng``."""
    previous = number.words[-2] if len(number.words) > 1 else ""
    by_the_day = number.lead == "ngày" and (number.counts in _A_DAY or previous in ("trong", "cùng"))
    lasting = number.lead in ("năm", "tuần", "tháng") and number.counts in TIMES
    return rule.unless_counted or by_the_day or lasting or previous in _EACH or previous[-1:].isdigit()


def _exceeds_date(number: NumberContext) -> bool:
    """Tell a count from a day, a month or a year by its size or by what it counts: ``cả năm 12 vụ``, ``ngày 45 xe``."""
    if number.shape != "plain":
        return number.shape in ("spaced", "misprint", "spoken")
    size = int(number.text[:16]) if number.text.isdigit() else 0
    match number.lead:
        case "năm":
            return number.counts not in TIMES and len(number.text) != 4
        case "tháng" | "quý":
            return size > 12 or size == 0 or number.counts in _PURE_COUNTS
        case "ngày":
            return size > 31 or size == 0
        case _:
            return False


def _exceeds_day(number: NumberContext) -> bool:
    """Tell a count from a date by its size or its separators, though it counts nothing: ``đêm 450``."""
    text = number.text
    if number.lead == "năm" or _YEAR.match(text):
        return False
    if _GROUPED.match(text):
        return True
    return number.bare_lead in _DAY_LEADS and text.isdigit() and int(text[:16]) > MOST_DAYS


def _is_day_by_dot(number: NumberContext) -> bool:
    """Tell ``lễ 30.4 - 1.5`` from ``2.5 kg``, which breaks the rule of separators."""
    if number.shape not in ("plain", "range") or "." not in number.text or not _DAY_BY_DOT.match(number.text):
        return False
    return not (number.counts in MEASURES or number.counts in MONEY)


def _judge_bare_so(number: NumberContext) -> Kind | None:
    """``số 12 đường Lê Lợi`` is a name; ``số 1.200 người`` counts."""
    if number.bare_lead != "số":
        return None
    if number.counted and not lies_in_named_place(number) and "." in number.text:
        return None
    return Kind.DOCUMENT if _DATED.match(number.after) else Kind.OTHER


def judge_window(number: NumberContext) -> Kind | None:
    """``6 tháng đầu năm``, ``Trong 7 ngày Tết``, ``trong 5 năm qua``: the length of a reporting window, a date."""
    rest = number.rest
    windowed = _WINDOW.match(rest) is not None
    if number.counts == "giờ":
        return Kind.DATE if windowed and not rest.lstrip().startswith("cao") else None  # 2 giờ cao điểm
    if windowed or _CARRIED_OUT.match(rest):
        return Kind.DATE
    opening = _STARTS_CLAUSE.search(number.before)
    if opening is None:
        alone = number.counts in _LONG_WINDOWS and (number.opens or number.lead[-1:] == ":")
        return Kind.DATE if alone and _WINDOW_ALONE.match(rest) else None
    if opening["word"] != "sau":
        return None if _OBLIGES.match(rest) else Kind.DATE
    number.certain = False
    return Kind.DATE if _ACTED.match(rest) and not _ONE_CASE.match(rest) else None


def judge_hour_by_dot(number: NumberContext) -> Kind | None:
    """``lúc 19.30``, ``từ 8.00 - 10.00 ngày 9.6``: a time."""
    if "." not in number.text or not _HOUR_BY_DOT.match(number.text):
        return None
    return Kind.TIME if number.lead in _AT or _ON_A_DAY.match(number.after) else None


def judge_hour(number: NumberContext) -> Kind | None:
    """``lúc 20 giờ``, ``20 giờ cùng ngày``: a time; ``trong 20 giờ`` and ``chưa đến 20 giờ`` last."""
    bounded = number.lead in ("đến", "tới") and number.words[-2:-1] in (["chưa"], ["không"], ["gần"])
    lasts = number.shape == "range" and number.lead == "từ" and _LASTING_BEFORE.search(number.before)
    if bounded or lasts or number.lead in _LASTING:
        return None
    hour = int(number.text) if number.text.isdigit() and len(number.text) < 3 else 0
    if hour > 24 or (number.text.isdigit() and len(number.text) > 2):
        return None
    if _HOUR_AFTER.match(number.rest):
        return Kind.TIME
    if (number.opens or _CLAUSE_OF_HOUR.search(number.before)) and _HOUR_ALONE.match(number.rest):
        return Kind.TIME  # Gần 12 giờ, chiếc xe
    if number.bare_lead in _LATE_HOUR_LEADS:
        return Kind.TIME if _EVENING <= hour < _WHOLE_DAY and not _LASTING_AFTER.match(number.rest) else None
    hedged_length = number.lead == "khoảng" and (
        number.words[-2:-1] in (["sau"], ["trong"], ["mất"], ["hơn"], ["dài"])
        or _LASTING_AFTER.match(number.rest) is not None
    )
    return Kind.TIME if number.lead in _HOUR_LEADS and not hedged_length else None


def judge_half_hour(number: NumberContext) -> Kind | None:
    """``bảy rưỡi tối``, ``lúc bảy rưỡi``: a time."""
    words = number.text.lower().split()
    half = len(words) < 4 and words[-1] == "rưỡi" and words[-2] not in _SCALES
    return Kind.TIME if half and (number.lead in _AT or _PART_OF_DAY.match(number.after)) else None


def judge_hours(number: NumberContext) -> Kind | None:
    """``cấm từ 15 - 22h``: times; ``kéo dài từ 2 - 3h`` lasts."""
    if not _HOURS.match(number.text) or _LASTING_BEFORE.search(number.before):
        return None
    return Kind.TIME if number.lead in _HOURS_LEADS else None


def judge_tet(number: NumberContext) -> Kind | None:
    """``từ 29 Tết``: a date."""
    if number.shape == "words" and " " not in number.text:
        return None
    return Kind.DATE if number.sentence[number.end : number.end + 4].lower() == " tết" else None


def judge_year(number: NumberContext) -> Kind | None:
    """A bare 1900 to 2099 that counts nothing is a year: ``Tân Sửu 2021``."""
    if number.counted or not _YEAR.match(number.text):
        return None
    number.certain = number.noun is None
    return Kind.DATE


def judge_day_by_dash(number: NumberContext) -> Kind | None:
    """A falling range of a day and a month that counts nothing: ``7-2``."""
    if number.counted or not _DAY_MONTH.match(number.text):
        return None
    if "." in number.text:
        return None
    if number.words[-2:] == ["tính", "đến"]:
        return Kind.DATE  # tính đến 2 - 9
    day, month = re.split(r"\D+", number.text)
    return Kind.DATE if int(day) >= int(month) else None


def judge_day_by_dot(number: NumberContext) -> Kind | None:
    """``(2.5)``, ``30.4 - 1.5``: a date without a word before it."""
    if not _is_day_by_dot(number) or number.counted:
        return None
    if number.words[-2:] == ["chỉ", "tiêu"]:
        return Kind.CLAUSE
    number.certain = number.lead == "(" or number.shape == "range"
    return Kind.DATE


def judge_code(number: NumberContext) -> Kind | None:
    """The police's short numbers and runs of digits that begin with 0 are codes: ``gọi 113``."""
    if number.shape == "roman":
        return Kind.OTHER
    if number.counted:
        return None
    leading_zero = number.text[0] == "0" and number.text.isdigit() and len(number.text) > 3
    emergency = number.text in _EMERGENCY and not number.after.startswith((" |", "\t"))
    return Kind.OTHER if leading_zero or emergency else None


def judge_address(number: NumberContext) -> Kind | None:
    """A number before a name of two words is a house's: ``tại 12 Lý Thường Kiệt``."""
    if number.noun is not None or len(number.text) > 5:
        return None
    number.certain = False
    names = number.sentence[number.end : number.end + WIDTH].split()[:2]
    street = len(names) == 2 and all(name.rstrip(",.;)").istitle() for name in names)
    return Kind.OTHER if street and names[0].lower() not in _AGENTS else None


def judge_numbered_name(number: NumberContext) -> Kind | None:
    """A number right after a name, counting nothing, belongs to it: ``tàu CSB 8003``, ``bản Chu va 12``."""
    if not number.words or "," in number.text:
        return None  # pH 6,5
    if number.lead in _ADVERBS or _AMONG.match(number.after) or number.words[-2:-1] == ["loại"]:
        return None  # bản Ea Tul mới 3 trong số 19 hộ, loại Khá 118
    words = number.spelt
    placed = any(
        word.lower() in ADMINISTRATIVE and following.istitle()
        for word, following in zip(words[-4:], words[-3:], strict=False)
    )
    if words[-1] not in _POLICE_UNITS and _counts_after_name(number, placed=placed):
        return None
    name = words[-1] if words[-1].replace(".", "").isalpha() and words[-1] not in _CURRENCIES else ""
    if _has_inner_capital(name) and not number.sentence.isupper():
        return Kind.OTHER
    number.certain = False
    none = not number.text.strip("0") and len(words) > 1 and not placed  # ngoài Đảng 0
    if none or _is_listed_count(number) or _CELL.match(number.after) or _CELL_BEFORE.search(number.before):
        return Kind.FIGURE
    belongs = len(number.text) < 4 and (placed or (name.istitle() and len(words) > 1 and words[-2][-1].isalnum()))
    return Kind.OTHER if belongs else None


def _counts_after_name(number: NumberContext, *, placed: bool) -> bool:
    """Tell ``huyện Mường Lạ 31 vụ`` from ``xã Bảo Lâm 3 tổ chức``, where the noun is what the place does."""
    noun = number.noun
    if noun is None or (noun.text.isupper() and noun.key not in MEASURES) or (placed and noun.key in VERBAL):
        return False
    acronym = number.spelt[-1].isupper() and len(number.spelt[-1]) > 1 and not number.sentence.isupper()
    return noun.known or (len(number.text) < 4 and not acronym)  # but tàu SAR 412 lai dắt


def _is_listed_count(number: NumberContext) -> bool:
    """Tell ``Đăk Lâng 6, Măng Ri 5``, names and their counts, from ``Sông Tranh 2, Sông Tranh 3``, numbered names."""
    sentence = number.sentence
    before = find_text_before(sentence, number.start)
    name = _LAST_NAME.search(before)
    if name is None:
        return False
    beside = _NAMED_BEFORE.search(before) or _ITEM_BEFORE.search(before) or _NAMED_AFTER.match(sentence, number.end)
    if beside is None:
        return False
    around = sentence[max(0, number.start - WIDTH) : number.end + WIDTH]
    listed = _NAMED.findall(around)
    names = {" ".join(words.split()[-2:]) for words, _ in listed}
    if len(names) < len(listed):
        return False
    numbered = len(listed) < 3 or all(count in _FIRST_COMMUNES for _, count in listed)  # xã Sơn Kim 1, xã Sơn Hà 2
    return not (numbered and _COMMUNE_NAMED.search(around))


def _has_inner_capital(word: str) -> bool:
    """Tell an abbreviation or a maker's name, BĐ, QNg, iPhone, from a word."""
    return word.isupper() or any(map(str.isupper, word[1:]))


def judge_stray(number: NumberContext) -> Kind | None:
    """A page's number that fell inside a word of two syllables: ``hoạt 9 động``."""
    before_word = number.sentence[number.end + 1 : number.end + 2].islower()
    if not before_word or not number.words or len(number.text) > 3 or number.counted:
        return None
    second = number.after.split(maxsplit=1)[0].rstrip(",.;:")
    if f"{number.lead} {second}" in _WORDS_OF_TWO:
        inside = True
    else:
        inside = f"{number.lead}-{second}" in KNOWN and find_lead(number.words) is None
    number.certain = not inside
    return Kind.OTHER if inside else None


def lies_in_named_place(number: NumberContext) -> bool:
    """Tell whether the noun that follows is where this place lies: ``tổ 3 phường Nam Hà``, ``số 5 ngõ 20``."""
    following = number.sentence[number.noun_end : number.noun_end + 2].lstrip()[:1]
    return number.counts in ADMINISTRATIVE and (following.isupper() or following.isdigit())


class Rule(NamedTuple):
    """A rule and the numbers that it is for; the others are not shown to it."""

    judge: Callable[[NumberContext], Kind | None]
    shapes: frozenset[str] | None = None
    """The shapes of the numbers; None for all."""
    counts: frozenset[str] | None = None
    """The words of time that they count; None where they may count anything or nothing."""
    leads: frozenset[str] | None = None
    """The words right before them; None for all."""


RULES: Final = (
    Rule(judge_shape, word_set("code").union(_DECIDED_SHAPES)),
    Rule(judge_ratio_or_day, word_set("date")),
    Rule(judge_lone_number, word_set("plain")),
    Rule(judge_list_mark, word_set("plain, roman, words")),
    Rule(judge_bracketed, word_set("plain, spaced"), leads=frozenset("(")),
    Rule(judge_score, word_set("range")),
    Rule(judge_anniversary, counts=_WINDOWS),
    Rule(judge_anniversary, leads=word_set("thứ")),
    Rule(judge_ordinal_word, word_set("ordinal_word, words"), leads=word_set("thứ")),
    Rule(judge_one, word_set("words")),
    Rule(judge_window, counts=_WINDOWS),
    Rule(judge_hour, word_set("plain, words, range, misprint"), counts=word_set("giờ")),
    Rule(judge_half_hour, word_set("words")),
    Rule(judge_hours, word_set("range"), counts=word_set("giờ, h")),
    Rule(judge_hour_by_dot, word_set("plain, range")),
    Rule(judge_stray, word_set("plain")),
    Rule(judge_lead),
    Rule(judge_tet, word_set("plain, range, words")),
    Rule(judge_year, word_set("plain")),
    Rule(judge_day_by_dash, word_set("range")),
    Rule(judge_day_by_dot, word_set("plain, range")),
    Rule(judge_code, word_set("plain, roman")),
    Rule(judge_numbered_name, word_set("plain")),
    Rule(judge_address, word_set("plain, pair")),
)
"""The rules in the order in which they are tried."""

_TIMES_AND_HOURS: Final = TIMES | {"h"}
_RULE_LEADS: Final = frozenset[str]().union(*(rule.leads for rule in RULES if rule.leads is not None))


@cache
def _find_rules(shape: str, time: str, lead: str) -> tuple[Callable[[NumberContext], Kind | None], ...]:
    """Return the rules for a number of a shape, the word of time that it counts, and the word before it."""
    return tuple(
        rule.judge
        for rule in RULES
        if (rule.shapes is None or shape in rule.shapes)
        and (rule.counts is None or time in rule.counts)
        and (rule.leads is None or lead in rule.leads)
    )
