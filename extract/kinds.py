"""Which kind of number a mention is: rules by the words before it, then rules by what follows and how it looks.

A rule is a row of LEADS (the words right before the number decide) or one of the functions of RULES, which are tried in
order. A rule sees one `Site`: the number in its sentence, with the words around it. Nothing here looks further than the
sentence, nor further than LEAD_WIDTH characters to the left and TRAIL_WIDTH to the right.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from extract.nouns import ABSTRACT, TIMES, Unit, word_set


class Kind(StrEnum):
    """What a number is said for."""

    FIGURE = "figure"
    DATE = "date"
    DOCUMENT = "document"
    ORDINAL = "ordinal"
    CLAUSE = "clause"
    TIME = "time"
    ANNIVERSARY = "anniversary"
    OTHER = "other"


LEAD_WIDTH: Final = 48
TRAIL_WIDTH: Final = 48


@dataclass(slots=True, kw_only=True)
class Site:
    """A number where it stands: its text and shape, and the lower-case words around it."""

    sentence: str
    start: int
    end: int
    shape: str
    text: str
    before: str
    after: str
    words: list[str]  # of `before`, the last one the nearest
    unit: Unit | None

    @property
    def lead(self) -> str:
        """The word right before the number, in lower case, with its marks; empty at the start of a sentence."""
        return self.words[-1] if self.words else ""

    @property
    def counted(self) -> bool:
        """Whether a known noun follows: the number counts something."""
        return self.unit is not None and self.unit.known


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A rule by the words right before a number; where `unless_counted`, a counted noun after it overrules them."""

    name: str
    kind: Kind
    words: str  # separated by "|"
    unless_counted: bool = True


LEADS: Final = (
    Lead(
        name="clause of a law",  # Điều 12, khoản 2, tiêu chí 19.2
        kind=Kind.CLAUSE,
        words="điều|khoản|điểm|mục|tiểu mục|chương|phần|tiêu chí|tiêu chí số|phụ lục|phụ lục số|bài|câu|trang|mẫu số|biểu số|điều số",
    ),
    Lead(
        name="document by its short number",  # Nghị định 168, Kế hoạch 747; but: kế hoạch 5 năm
        kind=Kind.DOCUMENT,
        words="""nghị định|nghị quyết|nghi quyết|quyết định|chỉ thị|thông tư|thông tư liên tịch|công văn|công điện|kế hoạch|đề án|dự án|chương trình|
            thông báo|kết luận|hướng dẫn|quy định|pháp lệnh|luật|bộ luật|sắc lệnh|tờ trình|hiến pháp|văn bản|lệnh|giấy phép|hợp đồng|
            biên bản|bản án|báo cáo|quy chế|thông báo kết luận|nghị định thư|thư|chương trình hành động|nđ|nq|qđ|ct""",
    ),
    Lead(
        name="document by số",  # Kế hoạch số 747
        kind=Kind.DOCUMENT,
        words="""nghị định số|nghị quyết số|nghi quyết số|quyết định số|chỉ thị số|thông tư số|công văn số|công điện số|kế hoạch số|đề án số|dự án số|chương trình số|
            thông báo số|kết luận số|hướng dẫn số|quy định số|pháp lệnh số|luật số|sắc lệnh số|tờ trình số|văn bản số|lệnh số|giấy phép số|
            hợp đồng số|biên bản số|bản án số|báo cáo số|quy chế số|chứng chỉ số|liên tịch số|hành động số|công hàm số|tin báo số""",
        unless_counted=False,
    ),
    Lead(
        name="how many, after số",  # tổng số 20%, trong số 6.449 người
        kind=Kind.FIGURE,
        words="""tổng số|trong số|con số|con số là|tổng số là|quân số|dân số|đa số|số là|số lượng|tổng cộng|trong tổng số|với số|thêm số|doanh số|chỉ số|ở tuổi|tuổi|
            tỷ số|tỉ số|tỷ lệ|hệ số""",
        unless_counted=False,
    ),
    Lead(
        name="name of a place",  # quận 2, thôn 5, quốc lộ 4D; but: các tổ 5 người
        kind=Kind.OTHER,
        words="""quận|phường|tổ|khu phố|khu|khu vực|thôn|bản|ấp|xóm|khối|buôn|làng|tổ dân phố|tdp|tổ liên gia|khóm|vùng|đảo|cảng|cầu|cống|
            quốc lộ|ql|tỉnh lộ|tl|đt|đh|hương lộ|đường tỉnh|đường huyện|đường|đường số|phố|ngõ|ngách|hẻm|kiệt|số nhà|nhà số|nhà|lô|lô số|tầng|phòng|phòng số|
            km|kilômét|lý trình|cột mốc|cột mốc số|mốc|mốc số|mốc giới|cột km|tiểu khu|khoảnh|thửa|thửa số|thửa đất số|tờ bản đồ số|bến|
            trại|hầm|cổng|ngã|cao tốc|tuyến|tuyến số|điểm số|chốt số|trạm số|bệnh viện|trường|cửa khẩu|cơ sở|p.|q.|tp.|chung cư|tòa|block""",
    ),
    Lead(
        name="name of a body",  # Ban Chỉ đạo 389, Tiểu đoàn 1
        kind=Kind.OTHER,
        words="""ban chỉ đạo|ban chỉ dạo|bcđ|ban|đội|đội số|tiểu đoàn|trung đoàn|sư đoàn|lữ đoàn|đại đội|trung đội|quân đoàn|quân khu|binh đoàn|hải đoàn|
            hải đội|đoàn|đoàn số|tổ công tác|tổ công tác số|tổ số|cụm|chi cục|cục|công ty|nhà máy|chi đội|phân đội|đồn|trạm|chốt|vùng cảnh sát biển|cảnh sát|
            lực lượng|kênh|đài|báo|học viện|kho|xưởng|chi nhánh|số lớp|khoa|bộ phận|nhóm|đoàn kinh tế|văn phòng|cảnh sát phản ứng nhanh""",
    ),
    Lead(
        name="grade or sort",  # vàng 9999, loại 1, hạng 3, công nghiệp 4.0
        kind=Kind.OTHER,
        words="""vàng|loại|cấp|cấp độ|mức|mức độ|bậc|hạng|lớp|khối lớp|cỡ|size|công nghiệp|công nghiệp lần thứ|công nghệ|phiên bản|mạng|covid|covid-|ncov|ncov-|sars-cov-|khổ|cân nặng loại|
            chuyên án|vụ án số|mật danh|bí số|mang bí số|danh nghĩa|thông điệp|chế độ|xăng|dầu|ron|tàu số|số hiệu tàu|diện""",
    ),
    Lead(
        name="code or telephone",  # biển số 37C - 062.02, số điện thoại 0912.345.678
        kind=Kind.OTHER,
        words="""biển số|bks|biển kiểm soát|biển|biển hiệu|số hiệu|mã số|mã|ký hiệu|số điện thoại|điện thoại|hotline|đường dây nóng|tổng đài|sđt|đt|đtdđ|fax|
            số máy|số khung|số tài khoản|cmnd|cccd|số cmnd|số cccd|chứng minh nhân dân|căn cước|căn cước công dân|hộ chiếu|hộ chiếu số|hòm thư|số thuê bao|
            thuê bao|gọi|mã vạch|mã số thuế|mst|số seri|sê-ri|seri|iso|trang bị số|hòm thư số|đường dây nóng số""",
    ),
    Lead(
        name="ordinal",  # lần thứ XIII, khóa XVI, lần 2, đợt 1
        kind=Kind.ORDINAL,
        words="thứ|lần thứ|khóa|khoá|lần|kỳ|đợt|vòng|giai đoạn|hiệp|phiên|kỳ họp|đại hội|đại hội lần|hội nghị lần|ca|bước|tập|quyển|số thứ tự|xếp hạng|chặng|trận",
    ),
    Lead(
        name="name of an event",  # Cách mạng Tháng Tám, đường Cách Mạng Tháng Tám
        kind=Kind.OTHER,
        words="cách mạng tháng",
        unless_counted=False,
    ),
    Lead(
        name="year",  # năm 2019, sinh 1991, Tết Tân Sửu 2021
        kind=Kind.DATE,
        words="năm|sinh|sinh năm|sn|s.n|năm học|niên khóa|niên vụ|nhiệm kỳ|những năm|các năm|thập niên|thế kỷ|thế kỉ|thập kỷ",
        unless_counted=False,
    ),
    Lead(
        name="day, month or quarter",  # ngày 7-2, tháng 5, quý I, mùng 5 Tết
        kind=Kind.DATE,
        words="ngày|tháng|quý|quí|mùng|mồng|rằm|tuần|tuần thứ",
        unless_counted=False,
    ),
    Lead(
        name="part of a day",  # sáng 15.6, đêm 20
        kind=Kind.DATE,
        words="sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|hôm|dịp|lễ|dịp lễ|quốc khánh|tết|thứ",
    ),
)
"""The words right before a number that decide its kind; of two that fit, the longer."""

_LEAD_OF: Final = {
    " ".join(words.split()): rule for rule in LEADS for words in rule.words.split("|") if words.strip() != "thứ"
} | {"thứ": next(rule for rule in LEADS if rule.name == "ordinal")}

_EACH: Final = word_set("mỗi một hai ba bốn vài mấy nhiều hàng hằng từng trong/ số các mọi cả mười")
"""Before ``ngày``, ``tháng``, ``năm``: the unit of time is counted, or a rate; a number after it is a count: ``mỗi ngày 3 vụ``."""

_ADMINISTRATIVE: Final = word_set("xã phường huyện quận tỉnh thôn bản ấp xóm thị-trấn thị-xã thành-phố đường phố khu khu-phố tổ")

DECIDED_SHAPES: Final = {
    "document": Kind.DOCUMENT,
    "date_words": Kind.DATE,
    "years": Kind.DATE,
    "clock": Kind.TIME,
    "clock_round": Kind.TIME,
    "plate": Kind.OTHER,
    "post": Kind.OTHER,
    "phone": Kind.OTHER,
    "code": Kind.OTHER,
    "code_dash": Kind.OTHER,
    "slashes": Kind.OTHER,
}
"""Shapes that tell the kind by themselves."""

_WINDOW: Final = re.compile(
    r"""
    \s+ (?: đầu | cuối | qua (?! \s đời ) | vừa \s qua | gần \s đây | gần \s nhất | trở \s lại | tới (?! \s \d ) | nay (?! \s ) | nay \s | cao \s điểm
          | tết | nghỉ | cùng \s kỳ | năm \s (?: 19 | 20 )\d\d | của \s năm | (?: 19 | 20 )\d\d | giữa \s năm | tiếp \s theo | năm \s nay )
    | \s* \( (?: 19 | 20 )\d\d
    """,
    re.VERBOSE,
)
_STARTS_CLAUSE: Final = re.compile(r"(?:^|[,;:.(\-–\"“]\s*|\b(?:chỉ|tính|riêng)\s)(?P<word>trong|qua|sau)\s+(?:(?:gần|hơn|khoảng|trên)\s+)?\Z")
_CARRIED_OUT: Final = re.compile(r"\s+(?:triển khai|thực hiện|thi hành|đi vào hoạt động)\b")
_JUBILEE_BEFORE: Final = re.compile(r"\b(?:kỷ niệm|kỉ niệm|sơ kết|tổng kết|chào mừng|mừng)\s+(?:lần\s+thứ\s+|tròn\s+|nhân\s+|gần\s+|hơn\s+|công\s+tác\s+)*\Z")
_JUBILEE_AFTER: Final = re.compile(r"\s+(?:ngày\s+(?:thành lập|truyền thống|giải phóng|quốc khánh|sinh|thương binh|hội)|thành lập|truyền thống)\b")
_LIST_MARK: Final = re.compile(r"\s?[.)/\-–](?:\s+\S|\Z)|\s?[.)](?=[^\W\d])")
_ONLY_MARKS: Final = re.compile(r"[\W_]*\Z")
_HOUR_LEADS: Final = word_set("lúc hồi vào khoảng trước từ đến sau gần hơn tới đúng quá")
_HOUR_AFTER: Final = re.compile(
    r"\s+(?:cùng|ngày|sáng|chiều|tối|đêm|trưa|khuya|hôm|kém|rưỡi|rạng|hằng ngày|hàng ngày|\d{1,2}/\d)|\s*[-–]\s*\d|\s*,\s*ngày|\s+đến\s+\d+\s*(?:giờ|h)"
)
_RATIO_AFTER: Final = re.compile(r"\s+(?:số|tổng|diện tích|dân số|quân số|thành viên|trong|của|lượng|chiều|quãng|nhân)\b")
_DATE_LEADS: Final = word_set("ngày sáng trưa chiều tối đêm hôm từ đến trước sau hết tới kể tháng mùng dịp lễ khuya nay qua vào (")
_DAY_MONTH: Final = re.compile(r"(0?[1-9]|[12]\d|3[01])\s?[-–./]\s?(0?[1-9]|1[0-2])\Z")
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_ONE_IDIOM: Final = re.compile(
    r"""
    \s+ (?: số (?! \s \d ) | trong | cách | vài | ít | chút | lần \s nữa | lần \s và | mặt | khi | mình | mực | lòng | dạ | bộ \s phận | loạt
          | thời (?: \s gian | \s điểm )? | thứ | điều | lúc | cái | chiều | bên | thể | mai | phần | phía | hôm | ngày \s (?: nào | không ) | đằng | sớm
          | nắng | nhà | tay | vòng | trời | đi | hai | sớm | cõi | khối | nơi | chừng | mạch | mất | loáng | đôi | số )
    (?! \w )
    """,
    re.VERBOSE,
)
_PREDICATE: Final = word_set("là như thành coi mang trở cũng")


def find_kind(site: Site) -> Kind:
    """Return the kind of the number at `site`: the first rule that fits decides, else it is a figure."""
    for rule in RULES:
        kind = rule(site)
        if kind is not None:
            return kind
    return Kind.FIGURE


def find_lead(site: Site) -> Lead | None:
    """Return the rule of LEADS for the words before the number, the longest that fits."""
    words = site.words
    for count in range(min(4, len(words)), 0, -1):
        rule = _LEAD_OF.get(" ".join(words[-count:]).lstrip("(“\"'"))
        if rule is not None:
            return rule
    return None


def judge_list_mark(site: Site) -> Kind | None:
    """``1. Tăng cường``, ``(2) kiểm tra``, ``*Một là*``, ``; hai là``: a clause."""
    opening = _ONLY_MARKS.match(site.before) is not None and site.start <= len(site.before)
    if site.shape in ("words", "half"):
        listed = opening or site.lead[-1:] in (";", ",", ":", ".")
        return Kind.CLAUSE if listed and re.match(r"\s+là\b", site.after) else None
    if site.shape not in ("plain", "roman"):
        return None
    if opening and _LIST_MARK.match(site.after):
        return Kind.CLAUSE
    if site.lead == "(" and site.after.startswith(")") and len(site.text) < 3 and site.shape == "plain":
        return Kind.CLAUSE
    return None


def judge_lone_number(site: Site) -> Kind | None:
    """A line with nothing but a number is a page's, not a figure."""
    alone = _ONLY_MARKS.match(site.before) and _ONLY_MARKS.match(site.after) and site.shape == "plain"
    return Kind.OTHER if alone and site.start <= len(site.before) else None


def judge_jubilee(site: Site) -> Kind | None:
    """``kỷ niệm 76 năm``, ``sơ kết 5 năm``, ``70 năm Ngày truyền thống``: an anniversary."""
    if _JUBILEE_BEFORE.search(site.before):
        timed = site.unit is not None and site.unit.key in ("năm", "tháng", "ngày")
        return Kind.ANNIVERSARY if timed or site.lead == "thứ" else None
    if site.unit is not None and site.unit.key == "năm" and _JUBILEE_AFTER.match(_after_unit(site)):
        return Kind.ANNIVERSARY
    return None


def judge_ordinal_word(site: Site) -> Kind | None:
    """``kỳ họp thứ nhất``: an ordinal."""
    return Kind.ORDINAL if site.lead == "thứ" and site.shape in ("ordinal_word", "words") else None


def judge_ratio_or_day(site: Site) -> Kind | None:
    """``12/7/2022`` and ``ngày 5/10`` are dates, ``5/10 tiêu chí`` and ``2/3 số hộ`` figures."""
    if site.shape != "date":
        return None
    named = find_lead(site)
    if named is not None and named.kind is Kind.OTHER:
        return Kind.OTHER  # đường 30/4
    lead = site.lead.lstrip("(“\"'") or site.lead
    if lead in _DATE_LEADS or site.text.count("/") != 1:
        return Kind.DATE
    if site.counted and site.unit is not None and site.unit.key not in TIMES:
        return Kind.FIGURE
    return Kind.FIGURE if _RATIO_AFTER.match(site.after) else Kind.DATE


def judge_shape(site: Site) -> Kind | None:
    """What looks like a document, a date in full, a clock time or a code is one."""
    return DECIDED_SHAPES.get(site.shape)


def judge_one(site: Site) -> Kind | None:
    """``một số``, ``một trong``, ``một cách``, ``là một kênh``: idiom and article; ``một đối tượng`` is a count."""
    if site.shape != "words" or site.text.lower() != "một":
        return None
    if _ONE_IDIOM.match(site.after):
        return Kind.OTHER
    if site.unit is None or site.lead in _PREDICATE or site.unit.key in ABSTRACT:
        return Kind.OTHER
    if not site.unit.known:
        return Kind.OTHER
    return None


def judge_lead(site: Site) -> Kind | None:
    """The words before the number decide: see LEADS."""
    rule = find_lead(site)
    if rule is None:
        return _judge_bare_so(site)
    if rule.kind is Kind.DATE:
        return _judge_date_lead(site, rule)
    if site.shape == "roman":
        return rule.kind
    if site.shape in ("words", "indefinite", "half", "fraction", "scale") and rule.unless_counted:
        return rule.kind if rule.name == "ordinal" and not site.counted else None
    if not rule.unless_counted or not site.counted:
        return rule.kind
    named_place = site.unit is not None and site.unit.key in _ADMINISTRATIVE and _stands_before_name(site)
    return rule.kind if named_place and rule.kind is Kind.OTHER else None


def _judge_date_lead(site: Site, rule: Lead) -> Kind | None:
    """Tell a date from a count after a word of time: ``ngày 7-2`` against ``mỗi ngày 3 vụ``, ``12 năm 6 tháng``."""
    previous = site.words[-2] if len(site.words) > 1 else ""
    if site.lead == "năm":
        if _YEAR.match(site.text) or site.shape == "years":
            return Kind.DATE
    elif site.lead == "tháng" and site.shape == "words" and site.counted:
        return None
    if site.counted and (rule.unless_counted or previous in _EACH or previous[-1:].isdigit()):
        return None
    if site.counted and site.lead in ("năm", "tuần", "tháng") and site.unit is not None and site.unit.key in TIMES:
        return None
    if site.shape in ("indefinite", "half", "scale", "scaled", "fraction"):
        return None
    if site.shape == "words" and (site.lead not in ("tháng", "quý", "mùng", "mồng") or site.counted):
        return None
    return Kind.DATE


def _judge_bare_so(site: Site) -> Kind | None:
    """``số 12 đường Lê Lợi`` is a name; ``số 1.200 người`` counts."""
    if site.lead.lstrip("(") != "số":
        return None
    return None if site.counted and "." in site.text else Kind.OTHER


def judge_window(site: Site) -> Kind | None:
    """``6 tháng đầu năm``, ``Trong 7 ngày Tết``, ``trong 5 năm qua``: the length of a reporting window, a date."""
    unit = site.unit
    if unit is None or unit.key not in ("tháng", "năm", "ngày", "tuần", "quý", "giờ"):
        return None
    rest = _after_unit(site)
    if _WINDOW.match(rest):
        return Kind.DATE
    opening = _STARTS_CLAUSE.search(site.before)
    if opening is None:
        return None
    if opening["word"] == "sau":
        return Kind.DATE if _CARRIED_OUT.match(rest) else None
    return Kind.DATE


def judge_hour(site: Site) -> Kind | None:
    """``lúc 20 giờ``, ``20 giờ cùng ngày``: a time; ``trong 20 giờ`` lasts."""
    if site.unit is None or site.unit.key != "giờ" or site.shape not in ("plain", "words", "range"):
        return None
    if site.text.isdigit() and int(site.text) > 24:
        return None
    if site.lead in ("trong", "vòng", "suốt", "mất"):
        return None
    return Kind.TIME if site.lead in _HOUR_LEADS or _HOUR_AFTER.match(_after_unit(site)) else None


def judge_year(site: Site) -> Kind | None:
    """A bare 1900 to 2099 that counts nothing is a year: ``Tân Sửu 2021``."""
    return Kind.DATE if site.shape == "plain" and _YEAR.match(site.text) and not site.counted else None


def judge_day_by_dash(site: Site) -> Kind | None:
    """A falling range of a day and a month that counts nothing: ``7-2``."""
    if site.shape != "range" or site.counted or not _DAY_MONTH.match(site.text):
        return None
    day, month = re.split(r"\D+", site.text)
    return Kind.DATE if int(day) >= int(month) else None


def judge_code(site: Site) -> Kind | None:
    """The police's short numbers and runs of digits that begin with 0 are codes: ``gọi 113``."""
    if site.shape == "plain" and not site.counted:
        emergency = site.text in ("111", "113", "114", "115", "389", "1022")
        return Kind.OTHER if emergency or (site.text[0] == "0" and site.text.isdigit() and len(site.text) > 3) else None
    if site.shape == "roman":
        return Kind.OTHER
    return None


def judge_address(site: Site) -> Kind | None:
    """A number before a name of two words is a house's: ``tại 12 Lý Thường Kiệt``."""
    if site.shape not in ("plain", "pair") or site.counted or site.unit is not None or len(site.text) > 5:
        return None
    return Kind.OTHER if _ADDRESS.match(site.sentence, site.end) else None


def judge_numbered_name(site: Site) -> Kind | None:
    """A number right after a name, counting nothing, belongs to it: ``bản Chu Va 12``, ``thủy điện Sông Tranh 2``."""
    if site.shape not in ("plain", "roman") or site.unit is not None or not site.words or len(site.text) > 3:
        return None
    words = site.sentence[max(0, site.start - LEAD_WIDTH) : site.start].split()
    if words[-1].istitle() and len(words) > 1 and words[-1].isalpha():
        return Kind.OTHER
    placed = any(word.lower() in _ADMINISTRATIVE and name.istitle() for word, name in zip(words[-4:], words[-3:], strict=False))
    return Kind.OTHER if placed else None


_ADDRESS: Final = re.compile(r"\s+(?!Công an|Ủy ban|Cảnh sát|Bộ |Ban )[A-ZĐÀ-Ỵ][a-zà-ỹđ]*\s+[A-ZĐÀ-Ỵ][a-zà-ỹđ]+")


def judge_stray(site: Site) -> Kind | None:
    """A page's number that fell inside a word of two syllables: ``hoạt 9 động``."""
    if site.shape != "plain" or not site.words or len(site.text) > 3:
        return None
    following = site.after.split(maxsplit=1)
    if not following or (site.unit is not None and site.unit.known):
        return None
    return Kind.OTHER if f"{site.lead} {following[0].rstrip(',.;:')}" in _WORDS_OF_TWO else None


_WORDS_OF_TWO: Final = frozenset(
    " ".join(pair.split())
    for pair in """
    hoạt động|an ninh|an toàn|trật tự|tội phạm|công an|công tác|thực hiện|bảo vệ|bảo đảm|đảm bảo|xử lý|xử phạt|phát hiện|điều tra|
    đấu tranh|ngăn chặn|phòng ngừa|phối hợp|tăng cường|triển khai|tổ chức|kiểm tra|kiểm soát|tuyên truyền|vận chuyển|buôn lậu|
    vi phạm|pháp luật|nhân dân|chính quyền|địa phương|địa bàn|biên giới|quốc phòng|quốc gia|xã hội|kinh tế|chính trị|
    tình hình|lực lượng|đơn vị|đối tượng|phương tiện|giao thông|ma túy|ma tuý|tham gia|tham mưu|chỉ đạo|lãnh đạo|
    phong trào|toàn dân|quần chúng|thời gian|hiệu quả|chất lượng|kết quả|giải pháp|nhiệm vụ|kế hoạch|yêu cầu|
    khởi tố|bắt giữ|thu giữ|tạm giữ|tiếp tục|góp phần|nâng cao|đẩy mạnh|liên quan|chức năng|nghiệp vụ|khu vực|
    tài sản|thông tin|trách nhiệm|doanh nghiệp|cơ quan|cơ sở|hàng hóa|hàng hoá|gian lận|thương mại|khai thác|bảo hiểm
    """.split("|")
)


def _after_unit(site: Site) -> str:
    """Return the lower-case text after the counted words."""
    end = site.unit.end if site.unit is not None else site.end
    return site.sentence[end : end + TRAIL_WIDTH].lower()


def _stands_before_name(site: Site) -> bool:
    """Tell whether the counted words are followed by a capital: ``tổ 3 phường Nam Hà``."""
    end = site.unit.end if site.unit is not None else site.end
    return site.sentence[end : end + 2].lstrip()[:1].isupper()


RULES: Final[tuple[Callable[[Site], Kind | None], ...]] = (
    judge_shape,
    judge_ratio_or_day,
    judge_list_mark,
    judge_lone_number,
    judge_jubilee,
    judge_ordinal_word,
    judge_one,
    judge_window,
    judge_hour,
    judge_lead,
    judge_year,
    judge_day_by_dash,
    judge_code,
    judge_numbered_name,
    judge_address,
    judge_stray,
)
"""The rules in the order they are tried; each returns the kind it is sure of, or None."""
