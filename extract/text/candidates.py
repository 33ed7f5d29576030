"""Where a number may begin: at a digit, a number word or a Roman numeral. The shapes decide whether one does."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from extract.text.shapes import A_FEW
from extract.text.words import word_set

_NUMBER_WORDS: Final = word_set(
    """
    một, mười, mươi, mấy, hai, hàng, ba, bốn, bảy, bẩy, năm, nửa, nghìn, ngàn, nhất, nhì, sáu, tám, trăm, triệu, tỷ, tỉ,
    tư, chín, chục, vài, vạn, dăm, hăm, đôi, rưỡi, không
    """
)
"""Every word that the alternatives below begin with."""
_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ʯḀ-ỿ_"


def _match_beginnings(words: Iterable[str]) -> str:
    """Return the pattern of the first three letters of words, in either case: most words of a text fail at these.

    >>> _match_beginnings(["hai", "hàng", "tư"])
    '[hH](?:[aA][iI]|[àÀ][nN])|[tT](?:[ưƯ]\\\\b)'
    """
    rests = defaultdict[str, set[str]](set)
    for word in words:
        rest = "".join(f"[{letter}{letter.upper()}]" for letter in word[1:3])
        rests[word[0]].add(rest if len(word) > 2 else rest + r"\b")
    return "|".join(f"[{first}{first.upper()}](?:{'|'.join(sorted(rests[first]))})" for first in sorted(rests))


def _match_letters(words: Iterable[str]) -> str:
    """Return three sets of letters that hold those of the words at their places: quicker to try than each beginning.

    >>> _match_letters(["hai", "hàng", "tư"])
    '[htHT][aàưAÀƯ](?:[inIN]|\\\\b)'
    """
    sets = [sorted({word[place] for word in words if len(word) > place}) for place in range(3)]
    firsts, seconds, thirds = ("".join(letters) + "".join(letters).upper() for letters in sets)
    return rf"[{firsts}][{seconds}](?:[{thirds}]|\b)"


CANDIDATE: Final = re.compile(
    rf"""
    [^{_LETTERS}] (?: (?<= [\d½¼¾⅓⅔] ) | (?= {_match_letters(_NUMBER_WORDS)} | [IVX] )
      (?= {_match_beginnings(_NUMBER_WORDS)} | [IVX] ) (?<! \w )
      (?: [mM](?: ột | ỘT | ười | ƯỜI ) | [hH](?: ai | AI ) | [bB](?: a | A | ốn | ỐN | ảy | ẢY | ẩy | ẨY )
        | [nN](?: ăm | ĂM | ửa | ỬA ) | [sS](?: áu | ÁU ) | [tT](?: ám | ÁM ) | [cC](?: hín | HÍN )
        | (?: [hH](?: àng | ÀNG ) | [vV](?: ài | ÀI ) | [mM](?: ấy | ẤY ) | [dD](?: ăm | ĂM ) )          # hàng chục
          (?= \s (?i: chục | trăm | nghìn | ngàn | vạn | triệu | t[ỷỉ] ) )
        | [hH]ăm (?= \s (?: mốt | hai | ba | tư | bốn | lăm | nhăm | sáu | bảy | tám | chín ) (?! \w ) )    # hăm ba
        | (?: vài | đôi | dăm ) (?= \s (?: ba | bảy | bốn ) (?! \w ) )                               # dăm ba
        | [dD]ăm (?= \s (?: {A_FEW} ) (?! \w ) )                                                      # dăm người
        | (?<! một \s ) [vV]ài (?= \s [a-zđ] )                                                     # vài người
        | (?<= [ngucảơ] \s ) (?: chục | trăm | nghìn | ngàn | vạn | triệu | t[ỷỉ] )                    # hơn chục
        | (?<= [NGUCẢƠ] \s ) (?: CHỤC | TRĂM | NGHÌN | NGÀN | VẠN | TRIỆU | T[ỶỈ] )
        | (?: chục | trăm | nghìn | ngàn | triệu | t[ỷỉ] | [CT](?: hục | răm ) )                       # triệu rưỡi
          (?= \s (?: rưỡi | triệu | t[ỷỉ] ) (?! \w | \s (?: lệ | trọng | tập ) ) )                    # trăm triệu
        | (?: [nN]ghìn | [nN]gàn | [tT]riệu | [tT][ỷỉ] ) (?= \s \w{{2,4}} \s trăm (?! \w ) )      # nghìn hai trăm
        | (?: [tT]riệu | [tT][ỷỉ] ) (?= \s (?: mốt | hai | ba | tư | bốn | lăm | sáu | b[ảẩ]y | tám | chín ) (?! \w ) )
        | (?<= [gG]ấp \s ) (?: đôi | rưỡi )                                                   # gấp đôi
        | [kK]hông (?= \s ph[ẩả]y \s ) | mươi (?= \s [a-zđ] )                                       # mươi phút
        | (?<! phần \s ) (?: chục | trăm | nghìn | ngàn ) (?= \s [a-zđ] )                            # như trăm quả
        | (?<= [gG]iải \s ) [nN]h(?: ất | ì )                                                       # giải Nhất
        | (?<= [tT]hứ \s ) (?: [nN]hất | [nN]hì | [tT]ư ) | (?<= [tT]háng \s ) [tT]ư                  # thứ nhất
        | [IVX]{{1,6}} (?= [^\w.'’] | \Z | \. (?! [^\W\d] ) )                                            # XIII
      ) (?! \w ) )
    """,
    re.VERBOSE,
)
"""A digit, or the mark or space before a word with the word."""


def find_candidate(spaced: str, place: int) -> tuple[int, int] | None:
    """Return where the next digit or word begins and ends that a number may begin with; None where there is none.

    `spaced` is a sentence with a space before it, `place` where to begin there; what is returned are places of the
    sentence.

    >>> find_candidate(" Thu 28 kg, một xe", 0), find_candidate(" Thu 28 kg, một xe", 7)
    ((4, 5), (11, 14))
    """
    found = CANDIDATE.search(spaced, place)
    if found is None:
        return None
    start, end = found.span()
    return (start, end - 1) if end - start > 1 else (start - 1, start)
