"""Make a folder of any number of claims to measure on: `python -m tests.bench.generate DIR CLAIMS`.

Its articles have the shapes of the real ones: dates and documents among their numbers, hedges, shares of a whole,
sentences without figures. Each has five claims, and all of them pass the check. Sentences and numbers are made up.
"""

import argparse
import hashlib
import random
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from extract.claims.yaml.scalars import format_scalar
from tests.servers import REPOSITORY

CLAIMS_OF_AN_ARTICLE = 5

# Besides the three of the real data, as they were before July 2025.
NAMES = (
    "An Giang", "Bà Rịa Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương", "Bình Định",
    "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên",
    "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Nội", "Hải Dương", "Hải Phòng", "Hậu Giang",
    "Hòa Bình", "Hưng Yên", "Kiên Giang", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An", "Nam Định",
    "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh",
    "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Tiền Giang", "Trà Vinh",
    "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc",
)  # fmt: skip
REAL_PROVINCES = (("Kon Tum", "kon-tum"), ("Hà Tĩnh", "ha-tinh"), ("Khánh Hòa", "khanh-hoa"))
HEDGES = (("", "exact"), ("", "exact"), ("", "exact"), ("gần ", "nearly"), ("khoảng ", "about"), ("hơn ", "over"))

FILLERS = (
    "Cán bộ, chiến sĩ bám sát cơ sở, lắng nghe ý kiến của người dân và kịp thời báo cáo với chính quyền địa phương.",
    "Nhiều cách làm hay được các địa phương trao đổi, học tập lẫn nhau và nhân ra diện rộng trong thời gian qua.",
    "Công tác phối hợp giữa công an với mặt trận, đoàn thể ở cơ sở ngày càng chặt chẽ và đi vào chiều sâu.",
    "Hội nghị cũng chỉ ra những khó khăn về kinh phí, phương tiện và biên chế mà các đơn vị đang gặp phải.",
    "Các đơn vị được giao tiếp tục rà soát địa bàn, quản lý chặt đối tượng và giữ vững trật tự ở khu dân cư.",
    "Người dân tích cực cung cấp tin, giúp lực lượng chức năng làm rõ nhiều vụ việc ngay từ khi mới phát sinh.",
    "Công tác tuyên truyền được đổi mới, đưa về tận thôn xóm qua loa truyền thanh và các buổi sinh hoạt cộng đồng.",
    "Lãnh đạo tỉnh biểu dương tinh thần trách nhiệm của các tập thể, cá nhân và yêu cầu không được chủ quan.",
)


class Stated(NamedTuple):
    """One number as an article states it, with the claim that it makes."""

    indicator: str
    words: str
    value: str
    of: str = ""
    qualifier: str = "exact"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of sentence: what it counts, in Vietnamese and in English; `{}` stand where its figures do."""

    text: str
    translation: str
    make: Callable[[random.Random], Sequence[Stated]]


def count(chance: random.Random, indicator: str, unit: str, most: int, least: int = 2) -> Stated:
    """Return a whole number of something, hedged now and then."""
    hedge, qualifier = chance.choice(HEDGES)
    value = chance.randint(least, most)
    return Stated(indicator, f"{hedge}{format_thousands(value)} {unit}", str(value), qualifier=qualifier)


def share(chance: random.Random, indicator: str, unit: str, most: int) -> Stated:
    """Return a part of a whole."""
    whole = chance.randint(20, most)
    part = chance.randint(whole // 2, whole)
    return Stated(indicator, f"{format_thousands(part)}/{format_thousands(whole)} {unit}", str(part), of=str(whole))


def format_thousands(value: int) -> str:
    """Return a number as Vietnamese articles print it: 1.962."""
    return f"{value:,}".replace(",", ".")


def format_english(stated: Stated) -> str:
    """Return a number as its translation has it: 1,962 of 1,969, with words for what it counts."""
    value = f"{Decimal(stated.value):,f}" + (f" of {int(stated.of):,}" if stated.of else "")
    return f"{value} ({re.sub('[^a-z]+', ' ', stated.indicator).strip()})"


def make_weight(chance: random.Random) -> Stated:
    """Return a weight with a decimal comma, glued to its unit."""
    tenths = chance.randrange(11, 990, 2)
    return Stated("synthetic-drugs-seized-kg", f"{tenths // 10},{tenths % 10}kg", f"{tenths / 10:g}")


def make_fine(chance: random.Random) -> Stated:
    """Return a sum of money in millions."""
    millions = chance.randint(20, 990)
    return Stated("administrative-fines", f"gần {millions} triệu đồng", f"{millions}000000", qualifier="nearly")


# Five claims in each of these rows, so that every article has five.
KINDS = (
    (
        Kind(
            text="Trong {year}, công an các địa phương làm rõ {} buôn lậu, gian lận thương mại với {} liên quan.",
            translation="In {y}, local police clarified {} of smuggling and trade fraud with {} involved.",
            make=lambda chance: (
                count(chance, "smuggling-cases", "vụ", 400),
                count(chance, "smuggling-persons", "đối tượng", 900),
            ),
        ),
        Kind(
            text="Cũng trong {year}, các đơn vị bắt {} mua bán ma túy, thu giữ {} ma túy tổng hợp và {} hồng phiến.",
            translation="Also in {y}, the units stopped {} of drug trading and seized {} of synthetic drugs and {}.",
            make=lambda chance: (
                count(chance, "drug-cases", "vụ", 300),
                make_weight(chance),
                count(chance, "synthetic-pills-seized", "viên", 300_000),
            ),
        ),
    ),
    (
        Kind(
            text="Trong {year}, qua kiểm tra, các đội xử lý {} vi phạm, xử phạt hành chính {} nộp ngân sách.",
            translation="In {y}, inspections dealt with {} in breach and fined them {}, paid into the budget.",
            make=lambda chance: (
                count(chance, "violating-establishments", "cơ sở", 600),
                make_fine(chance),
            ),
        ),
        Kind(
            text="Đến cuối {year}, toàn tỉnh có {} đạt chuẩn an toàn và {} đạt tiêu chí của chương trình.",
            translation="By the end of {y}, {} met the security standard and {} met the programme's criterion.",
            make=lambda chance: (
                share(chance, "hamlets-meeting-security-standard", "thôn, tổ dân phố", 2000),
                share(chance, "communes-meeting-criterion-19-2", "xã", 300),
            ),
        ),
        Kind(
            text="Phong trào trong {year} thu hút {} ở các trường học trên địa bàn hưởng ứng.",
            translation="The movement in {y} drew {} at schools of the province.",
            make=lambda chance: (count(chance, "movement-participations", "lượt học sinh", 60_000),),
        ),
    ),
    (
        Kind(
            text="Đến hết {year}, lực lượng tại chỗ gồm {} công an xã với {} đang làm nhiệm vụ.",
            translation="By the end of {y}, the local force had {} of commune police with {} on duty.",
            make=lambda chance: (
                count(chance, "commune-police-boards", "ban", 200),
                count(chance, "commune-police-members", "đồng chí", 2000),
            ),
        ),
        Kind(
            text="Trong {year}, các xã xây dựng {} tự quản, trong đó {} tiêu biểu được chọn làm điểm của tỉnh.",
            translation="In {y}, communes built or scaled up {}, of which {} were chosen as the province's examples.",
            make=lambda chance: (
                count(chance, "models-built-or-scaled-up", "mô hình", 300, least=10),
                count(chance, "provincial-models-built", "mô hình", 9),
            ),
        ),
        Kind(
            text="Cơ quan điều tra trong {year} tiếp nhận {} làm giả con dấu, tài liệu để xác minh.",
            translation="In {y} investigators received {} of forged seals and documents to verify.",
            make=lambda chance: (count(chance, "forgery-referrals", "trường hợp", 90),),
        ),
    ),
)  # fmt: skip


def fold(name: str) -> str:
    """Return a name as a slug."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z]+", "-", "".join(char for char in plain if not unicodedata.combining(char)))


def generate(root: Path, claims: int) -> None:
    """Write `data/` and `seeds/` with so many claims into a folder; the same folder for the same number."""
    chance = random.Random(claims)
    articles = -(-claims // CLAIMS_OF_AN_ARTICLE)
    provinces = [*REAL_PROVINCES, *((name, fold(name)) for name in NAMES)][: max(3, min(60, articles // 2))]
    (root / "data/claims").mkdir(parents=True)
    (root / "seeds").mkdir()
    for name in ("measures.yaml", "indicators.yaml", "units.yaml", "wording.yaml"):
        shutil.copy(REPOSITORY / "data" / name, root / "data" / name)
    own = (REPOSITORY / "data/provinces.yaml").read_text(encoding="utf-8")
    others = (format_province(name, slug, place) for place, (name, slug) in enumerate(provinces[3:], 1))
    (root / "data/provinces.yaml").write_text(own + "".join(others), encoding="utf-8")
    left = claims
    for number in range(articles):
        name, slug = provinces[number % len(provinces)]
        key = f"{slug}-{number:05}"
        text, described = make_article(
            chance,
            name=name,
            slug=slug,
            key=key,
            # Shifted once a round, so that a province's articles are not all of one kind.
            number=number + number // len(provinces),
            claims=min(left, CLAIMS_OF_AN_ARTICLE),
        )
        left -= CLAIMS_OF_AN_ARTICLE
        (root / f"seeds/{key}.txt").write_text(text, encoding="utf-8")
        (root / f"data/claims/{key}.yaml").write_text(described, encoding="utf-8")


def format_province(name: str, slug: str, place: int) -> str:
    """Return a row of provinces.yaml; its code is a running number."""
    return (
        f"  - slug: {slug}\n    name: {{vi: {name}, en: {name}}}\n    iso_code: VN-{place:02}\n    borders:\n"
        f"      vi: Địa giới tỉnh {name} là địa giới trước khi sắp xếp.\n"
        f"      en: The figures are of {name} in its borders of then.\n"
    )


def make_article(chance: random.Random, *, name: str, slug: str, key: str, number: int, claims: int) -> tuple[str, str]:
    """Return an article's text and the file that describes it."""
    year, day = chance.randint(2013, 2023), chance.randint(1, 28)
    title = f"Công an tỉnh {name} tổng kết công tác bảo đảm an ninh, trật tự"
    lead = (
        f"Sáng {day}/1/{year + 1}, Công an tỉnh {name} tổ chức hội nghị tổng kết công tác năm {year} và triển khai"
        f" Kế hoạch số {100 + number % 800}/KH-CAT của giám đốc."
    )
    aside = "Tại hội nghị, 3 lực lượng công an, quân sự và biên phòng đã ký kết quy chế phối hợp cho giai đoạn tới."
    fillers = chance.sample(FILLERS, len(FILLERS))
    paragraphs = [title, lead, " ".join(fillers[:2]), aside]
    sentences = []
    for kind in KINDS[number % len(KINDS)]:
        stated = kind.make(chance)[:claims]
        if len(stated) < kind.text.count("{}"):
            stated = fill_up(chance, kind, stated) if claims > 0 else ()
        if not stated:
            continue
        claimed = stated[: max(claims, 0)]
        claims -= len(claimed)
        quote = kind.text.format(*(each.words for each in stated), year=f"năm {year}")
        translation = kind.translation.format(*map(format_english, stated), y=year)
        paragraphs.append(f"{fillers.pop()} {quote} {fillers.pop()}" if len(fillers) > 2 else quote)
        sentences.append((quote, translation, claimed, stated[len(claimed) :]))
    text = "\n\n".join(paragraphs) + "\n"
    asides = [each.words for *_, surplus in sentences for each in surplus]
    head = format_head(
        title=title,
        key=key,
        slug=slug,
        name=name,
        text=text,
        covers=f"{year + 1}-01-{day:02}",
        words=f"Sáng {day}/1/{year + 1}",
        coverage=f"Công an tỉnh {name} tổ chức hội nghị tổng kết công tác năm {year}",
    )
    body = "".join(format_sentence(key, year, *sentence[:3]) for sentence in sentences)
    rest = "".join(
        f"  - {{figure: {format_scalar(words)}, why: left out to reach the number of claims}}\n" for words in asides
    )
    return (
        text,
        f"{head}sentences:\n{body}set_aside:\n  - {{figure: 3 lực lượng, why: names three forces together}}\n{rest}",
    )


def fill_up(chance: random.Random, kind: Kind, stated: Sequence[Stated]) -> Sequence[Stated]:
    """Return as many figures as a sentence has places for, the first ones as they are."""
    return (*stated, *kind.make(chance)[len(stated) :])


def format_head(
    *, title: str, key: str, slug: str, name: str, text: str, covers: str, words: str, coverage: str
) -> str:
    """Return the description of an article."""
    return (
        f"article:\n  seed: {key}.txt\n  sha256: {hashlib.sha256(text.encode()).hexdigest()}\n"
        f"  title: {format_scalar(title)}\n  title_en: The police of {name} sum up their year\n  province: {slug}\n"
        f"  publisher:\n    name: Báo {name}\n    name_en: {name} newspaper\n    note: Made up.\n"
        f"  published:\n    covers: {covers}\n    words: {words}\n"
        f"  url: https://bao.example/{key}\n  reported_by: Công an tỉnh {name}\n"
        f"  reported_by_en: {name} provincial police\n"
        f"  coverage: {{kind: province, words: {format_scalar(coverage)}}}\n"
    )


def format_sentence(key: str, year: int, quote: str, translation: str, claims: Sequence[Stated]) -> str:
    """Return one quote with its claims."""
    lines = [
        f"  - quote: {format_scalar(quote)}",
        f"    translation: {format_scalar(translation)}",
        f"    period: {{covers: {year}, words: năm {year}}}",
        "    claims:",
    ]
    return "\n".join([*lines, *(line for claim in claims for line in format_claim(key, year, claim))]) + "\n"


def format_claim(key: str, year: int, claim: Stated) -> Iterator[str]:
    """Yield the lines of a claim."""
    yield f"      - id: {key}-{year}-{claim.indicator}"
    yield f"        indicator: {claim.indicator}"
    yield f"        figure: {format_scalar(claim.words)}"
    yield f"        value: {claim.value}"
    if claim.of:
        yield f"        of: {claim.of}"
    if claim.qualifier != "exact":
        yield f"        qualifier: {claim.qualifier}"


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.generate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="where to write; must not be there yet")
    parser.add_argument("claims", type=int, help="how many claims")
    options = parser.parse_args()
    options.folder.mkdir(parents=True)
    generate(options.folder, options.claims)
    return 0


if __name__ == "__main__":
    sys.exit(main())
