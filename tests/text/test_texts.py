import base64
import contextlib
import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text.files import LARGEST_FILE
from extract.text.problems import UnreadableError
from extract.text.texts import ZERO_WIDTH, normalise, parse_article, read_article

REPOSITORY = Path(__file__).parents[2]
SEEDS = REPOSITORY / "seeds"
TEXTS = sorted({f"tests/bench/{path.parent.name}" for path in (REPOSITORY / "tests/bench").glob("*/*.txt")})


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "empty; put the article's text in the file"),
        (b" \r\n\t\n", 1, "only white space; put the article's text in the file"),
        ("\ufeff\u00a0\n".encode(), 1, "only white space; put the article's text in the file"),
        (b"\xff\xfe7\x002\x00", 1, "UTF-16, not UTF-8; save the file as UTF-8"),
        (b"\xfe\xff\x007", 1, "UTF-16, not UTF-8; save the file as UTF-8"),
        ("72 vụ\n".encode() + b"28kg\r\nv\xe1 d\xf5", 3, "byte 16 (0xE1) is not UTF-8; save the file as UTF-8"),
        (
            "Bắt 72 vụ".encode("utf-16-le"),
            1,
            "UTF-16 without a byte-order mark, not UTF-8; save the file as UTF-8",
        ),
        (
            "Kon Tum: 72".encode("utf-16-be"),
            1,
            "UTF-16 without a byte-order mark, not UTF-8; save the file as UTF-8",
        ),
        (
            b"7\x002\x00",
            1,
            "U+0000 is a control character: binary, or UTF-16; save the file as plain UTF-8 text",
        ),
        (
            b"72\r\n28\r\x1b[0m",
            3,
            "U+001B is a control character: binary, or UTF-16; save the file as plain UTF-8 text",
        ),
        (
            "72 vụ\nphạt \u202e000.04 đồng".encode(),
            2,
            "U+202E changes the order in which digits are shown; delete it",
        ),
    ],
)
def test_what_is_no_article_is_refused_with_the_line_and_what_to_do(data: bytes, line: int, message: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse_article(data)
    assert (refusal.value.line, str(refusal.value)) == (line, message)


CONVERT = "convert it to Unicode (UTF-8)"
DOUBLE = "the text is UTF-8 read as another encoding and saved again (á»‡ for ệ): take it from its source again"
TYPED = "convert the text to Unicode (UTF-8)"
SENTENCE = "Công an tỉnh phát hiện, bắt giữ 72 vụ với 144 đối tượng."


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "Tin\nC«ng an tØnh ph¸t hiÖn, b¾t gi÷ 72 vô víi 144 ®èi t­îng.",
            2,
            f"the text is in a TCVN3 font (C«ng an for Công an): {CONVERT}",
        ),
        (
            "Tin\r\nCoâng an tænh phaùt hieän, baét giöõ 72 vuï vôùi 144 ñoái töôïng.",
            2,
            f"the text is in a VNI font (Coâng an for Công an): {CONVERT}",
        ),
        ("Tin\n" + SENTENCE.encode().decode("latin-1"), 2, DOUBLE),
        (f"{SENTENCE}\n" + "Bắt giữ 72 vụ".encode().decode("cp1252", "ignore"), 2, DOUBLE),
        (
            "Công an\nbắt 72 v\ufffd.",
            2,
            "U+FFFD stands for a letter that was lost: take the text from its source again",
        ),
        (
            "\n<!DOCTYPE html><html><body>Bắt 72 vụ</body></html>",
            2,
            "«<!DOCTYPE html>» is HTML: save the page's text alone, without its marks",
        ),
        (
            f"{SENTENCE}\n\n<p>Bắt 72&nbsp;vụ</p>",
            3,
            "«<p>» is HTML: save the page's text alone, without its marks",
        ),
        ("Bắt 72&nbsp;vụ", 1, "«&nbsp;» is HTML: save the page's text alone, without its marks"),
        ("B&#7855;t 5 v&#7909;", 1, "«&#7855;» is HTML: save the page's text alone, without its marks"),
        (
            "<article class='a'>Bắt 5 vụ",
            1,
            "«<article class='a'>» is HTML: save the page's text alone, without its marks",
        ),
        ("Bắt\n<a href='/x'>5 vụ</a>", 2, "«<a href='/x'>» is HTML: save the page's text alone, without its marks"),
        (r"{\rtf1\ansi B\u7855?t 5 v\u7909?}", 1, "RTF, not text: save the article's words as plain text, UTF-8"),
        ("\n%PDF-1.4\n1 0 obj", 1, "PDF, not text: save the article's words as plain text, UTF-8"),
        (
            'x\n{"text": "B\\u1eaft 5 v\\u1ee5"}',
            2,
            "«\\u1eaf» stands for a letter in JSON or in a mail: save the text as its reader sees it",
        ),
        (
            "B=E1=BA=AFt 5 v=E1=BB=A5",
            1,
            "«=E1=BA=AF» stands for a letter in JSON or in a mail: save the text as its reader sees it",
        ),
        (
            "C?ng an t?nh b?t gi? 72 v?, 144 ??i t??ng ph?m t?i",
            1,
            "the text has ? for the letters that were lost: take it from its source again",
        ),
        (
            "Tin\nCo^ng an ti?nh pha't hie^.n, ba('t giu+~ 72 vu. vo+'i 144 ddo^'i tu+o+.ng.",
            2,
            f"the text is in VIQR (Vie^.t for Việt): {CONVERT}",
        ),
        (
            "Tin\nCông an tïnh phát hi®n, b¡t giæ 72 vø v¾i 144 ð¯i tßþng.",
            2,
            f"the text is in VISCII (Vi®t for Việt): {CONVERT}",
        ),
        (
            "Tin\nCoong an tinhr phats hieenj, bawts giuwx 72 vuj vowis 144 ddoois tuwowngj.",
            2,
            f"«hieenj» is a word in the keys of Telex (Vieejt for Việt): {TYPED}",
        ),
        (
            "Coong an tirnh\nphast hieejn, bawst giuwx 72 vuj vowsi 144 ddoosi tuwowjng.",
            2,
            f"«hieejn» is a word in the keys of Telex (Vieejt for Việt): {TYPED}",
        ),
        (
            "Tin\nC+APQ-ng an t+Hsk-nh b+Hq8-t gi+Hu8 72 v+HuU v+Hts-i 144 +AREe0Q-i t+AbAe4w-ng.",
            2,
            "«+Hsk-» stands for a letter in UTF-7: save the text as UTF-8",
        ),
        (
            f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(SENTENCE.encode()).decode()}",
            3,
            "«Q8O0bmcgYW4gdOG7iW5oIHBow6F0IGhp4buHbiwgYuG6r3QgZ2nhu68gNzIg» is base64, as mails hold texts:"
            " save the text as its reader sees it",
        ),
        ("C¤NG AN TØNH Hµ TÜNH B¾T 72 Vô", 1, f"the text is in a TCVN3 font (C«ng an for Công an): {CONVERT}"),
        (
            "COÂNG AN TÆNH BAÉT 72 VUÏ, ÑOÁI TÖÔÏNG, HAØ",
            1,
            f"the text is in a VNI font (Coâng an for Công an): {CONVERT}",
        ),
        (
            "B¾t 5 vô\n®¸nh b¹c\nmua b¸n\nma tuý\nb¾t ®­îc",
            1,
            f"the text is in a TCVN3 font (C«ng an for Công an): {CONVERT}",
        ),
        ("Bắt 1\u034f2 vụ", 1, "U+034F has no shape that every reader sees; delete it, or write its letter"),
        ("Bắt\n5\ue123 vụ", 2, "U+E123 has no shape that every reader sees; delete it, or write its letter"),
        ("Bắt 1\U000e00352 vụ", 1, "U+E0035 has no shape that every reader sees; delete it, or write its letter"),
        (
            "Bắt 72 vụ\u009b2J",
            1,
            "U+009B is a control character: binary, or UTF-16; save the file as plain UTF-8 text",
        ),
    ],
)
def test_a_text_that_is_not_what_it_seems_is_refused_by_name(text: str, line: int, message: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse_article(text.encode())
    assert (refusal.value.line, str(refusal.value)) == (line, message)


@pytest.mark.parametrize(
    "text",
    [
        "ĐÃ\u00a0KHỞI TỐ 72 VỤ, ĐÃ\u00a0BẮT 144 ĐỐI TƯỢNG",
        "Ông Müller, bà Björk, ông Håkan Ødegård và cô Zoë Saldaña",
        "Björn, Jürgen, Göran",
        "«Công an» xã «bá» 5 m², 5 ½ kg, 37,5°, §2, © báo",
        "giá 5 < 6 và 7 > 3; A&B; R&D",
        "HOÁ, HOÀ, THOẠI; khoá và hoã, quý Ê, Ô",
        "Guðmundur Þórðarson và Sigríður Ægisdóttir á Seyðisfirði, Süß, Öß, Æß, þß",
        "The Raj: Taj Mahal, Kuwait, hajj; Suraj, Manoj and Neeraj of the Raj saw 12 books on zoos, reefs and laws.",
        "x^y + be^x + re^t = 5, C++, O+ blood; 2^10; why?what?",
        "Gọi +84-90-1234567 hay +1-800-HOTLINE; Wang+Huo-Lin, a+Huo-b; tăng +12%",
        f"Mã\n{'0123456789abcdef' * 8}\n{'7' * 200}\n{'x' * 200}\nQUANGTRUNG/{'A' * 70}\n",
    ],
)
def test_a_text_with_odd_letters_is_what_it_seems(text: str) -> None:
    assert parse_article(text.encode()).text == text


@pytest.mark.parametrize("folder", ["seeds", "tests/made/seeds", *TEXTS], ids=str)
def test_no_articles_are_taken_for_something_else(folder: str) -> None:
    paths = sorted((REPOSITORY / folder).glob("*.txt"))
    assert paths
    for path in paths:
        read_article(path)


@pytest.mark.parametrize(
    "text",
    [
        "<p " * 1000,
        "&a" * 1000,
        "á»" * 1000,
        "ö" * 999,
        "Ã\u00a0" * 999,
        "a\u0301" * 999,
        "Vie^" * 999,
        "+Hsk-" * 999,
        "+" * 999,
        f"\n{'a' * 60}" * 99,
        "hieenj " * 999,
        "uw" * 999,
    ],
    ids=repr,
)
def test_reading_takes_time_in_proportion_to_the_text(text: str) -> None:
    few, many = count_steps(text * 4), count_steps(text * 16)
    assert many <= 4 * few + 100


def count_steps(text: str) -> int:
    """Return how many functions and methods are called to read a text, or to refuse it."""
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        with contextlib.suppress(UnreadableError):
            parse_article(text.encode())
    finally:
        sys.setprofile(None)
    return steps


def test_line_ends_and_non_breaking_spaces_stay_as_they_are() -> None:
    text = "Tiêu đề\r\n28\u00a0kg\rhết\n"
    assert parse_article(text.encode()).text == text


def test_a_byte_order_mark_is_no_part_of_the_text_and_counts_in_the_file() -> None:
    article = parse_article(b"\xef\xbb\xbf72 v\xe1\xbb\xa5")
    assert (article.text, article.raw_offset(0), article.raw_span(0, 2)) == ("72 vụ", 1, (1, 3))


def test_zero_width_characters_inside_a_number_are_taken_out_and_mapped() -> None:
    article = parse_article("phạt 640\u200b.000\u2060.000\u200b đồng".encode())
    start = article.text.index("640")
    assert article.text == "phạt 640.000.000 đồng"
    assert article.raw_span(start, start + 11) == (5, 18)
    assert article.raw[5:18] == "640\u200b.000\u2060.000"


def test_decomposed_letters_are_composed_and_mapped() -> None:
    raw = unicodedata.normalize("NFD", "Thu giữ 28kg, xử lý 72 vụ")
    article = parse_article(raw.encode())
    start = article.text.index("72 vụ")
    assert article.text == "Thu giữ 28kg, xử lý 72 vụ"
    assert raw[slice(*article.raw_span(start, start + 2))] == "72"
    assert raw[slice(*article.raw_span(start + 3, start + 5))] == unicodedata.normalize("NFD", "vụ")
    assert article.raw_offset(len(article.text)) == len(raw)


def test_a_long_run_of_combining_marks_is_refused_with_its_line_and_a_short_one_is_read() -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse_article(("28 kg\nthu " + "a" + "\u0301\u200b" * 200_000).encode())
    message = "more than 30 combining marks in a row are no word's; delete them"
    assert (refusal.value.line, str(refusal.value)) == (2, message)
    assert parse_article(("a" + "\u0301" * 30).encode()).text == "\u00e1" + "\u0301" * 29


def test_clusters_that_grow_shrink_or_stay_map_back() -> None:
    article = normalise("\u2126\U0001f642 e\u0301\u200b\u0323 1\ufeff2")
    assert article.text == "\u03a9\U0001f642 \u1eb9\u0301 12"
    assert [article.raw_offset(at) for at in range(len(article.text) + 1)] == [0, 0, 2, 3, 3, 7, 8, 10, 11]


def test_an_offset_outside_the_text_is_refused() -> None:
    with pytest.raises(IndexError, match="offset 6 is outside a text of 5 code points"):
        parse_article("72 vụ".encode()).raw_offset(6)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_a_seed_maps_onto_itself(path: Path) -> None:
    article = read_article(path)
    assert article.raw == path.read_bytes().decode()
    assert all(article.text[at] == article.raw[article.raw_offset(at)] for at in range(len(article.text)))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "is missing"),
        (".", "is a directory: put a text file there"),
        ("pipe", "is no regular file: put a text file there"),
    ],
)
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, name: str, message: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError) as refusal:
        read_article(tmp_path / name)
    assert str(refusal.value) == message


def test_a_file_too_large_for_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.txt"
    path.write_bytes(b"7" * (LARGEST_FILE + 1))
    with pytest.raises(UnreadableError) as refusal:
        read_article(path)
    assert str(refusal.value) == "is larger than 5 MB: no file here needs that"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_normalised_whole_and_its_offsets_rise(raw: str) -> None:
    article = normalise(raw)
    kept = "".join(character for character in raw if character not in ZERO_WIDTH)
    offsets = [article.raw_offset(at) for at in range(len(article.text) + 1)]
    assert unicodedata.normalize("NFC", article.text) == unicodedata.normalize("NFC", kept)
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(raw)
