"""The files that stand in place of Streamlit's: every letter of an article comes in the page's own font."""

from io import BytesIO

from fontTools.ttLib import TTFont

from extract.claims.collection import Collection
from extract.server.page_files import LETTERS, MADE, REPLACED, SCRIPT, parse_range
from extract.server.streamlit_internals import STATIC, read_style

STYLE = read_style()


def test_the_small_font_has_every_letter_of_the_articles_that_the_whole_one_has(collection: Collection) -> None:
    with TTFont(STATIC / STYLE.font) as whole, TTFont(BytesIO(MADE[f"/{REPLACED[STYLE.font]}"]())) as small:
        named = {code for part in LETTERS.split(",") for code in parse_range(part)}
        assert set(small.getBestCmap()) == named & set(whole.getBestCmap())
        written = {ord(letter) for source in collection.sources for letter in source.text.text if letter > " "}
        assert written & set(whole.getBestCmap()) <= named
        for code in (ord("ấ"), ord("7")):
            name, same = small.getBestCmap()[code], whole.getBestCmap()[code]
            assert small["hmtx"][name] == whole["hmtx"][same]
        axes = [[(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] for font in (small, whole)]
        assert axes[0] == axes[1]


def test_the_style_sheet_is_streamlits_but_for_the_ranges_of_three_fonts() -> None:
    light = MADE[f"/{REPLACED[STYLE.name]}"]().decode()
    text = STYLE.text_face.removesuffix("}") + ";font-display:swap;unicode-range:"
    small = text.replace(STYLE.font.rpartition("/")[2], REPLACED[STYLE.font].rpartition("/")[2])
    icons = STYLE.icon_face.removesuffix("}") + ";unicode-range:U+21-10FFFF}"
    faces = f"{text}U+0-2714,U+2716-10FFFF}}{small}{LETTERS}}}"
    assert light == STYLE.text.replace(STYLE.text_face, faces).replace(STYLE.icon_face, icons)


def test_the_pages_script_is_named_by_what_it_says() -> None:
    assert MADE[f"/{SCRIPT}"]().startswith(b"// Follows the page's own links")
