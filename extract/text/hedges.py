"""How a number is hedged: gần, khoảng, hơn, trên, dưới before it, trở lên after it."""

import re
from typing import Final

from extract.text.nouns import MEASURES, MONEY, PLACES, TIMES, word_set
from extract.text.sites import Site

_HEDGES: Final = word_set("gần khoảng hơn trên dưới")
_COMPARED: Final = word_set(
    "cao thấp nhiều ít lớn nhỏ nhanh chậm sớm muộn dài ngắn rẻ đắt tốt kém nặng nhẹ già trẻ xa mạnh"
)
"""Before ``hơn`` these compare: ``cao hơn 20%``."""
_OR_MORE: Final = re.compile(r"[^,;:.()\d“”\"]{0,60}?\b(trở lên)\b", re.IGNORECASE)


def find_qualifier(site: Site) -> str | None:
    """Return the nearest hedge as written: before the number, else ``trở lên`` after it; None where it is exact."""
    words = site.spelt[:-1] if site.lead == "từ" else site.spelt  # khoảng từ 10 đến 15
    hedge = words[-1].lstrip("(“\"'*") if words else ""
    previous = words[-2].lower() if len(words) > 1 else ""
    if hedge.lower() in _HEDGES and _hedges(site, hedge.lower(), previous):
        return f"{words[-2]} {hedge}" if (previous, hedge.lower()) == ("trên", "dưới") else hedge
    end = site.end if site.unit is None else site.unit.end  # the 2 of m2 is no digit to stop at
    more = _OR_MORE.match(site.sentence, end) if "trở lên" in site.after else None
    return more[1] if more else None


def _hedges(site: Site, hedge: str, previous: str) -> bool:
    """Tell a hedge from a comparison (``cao hơn 20%``), its contrary (``không dưới 5``) and a preposition."""
    if hedge == "hơn":
        return previous not in _COMPARED
    if hedge == "dưới" and previous in ("không", "chẳng"):
        return False
    return hedge in ("gần", "khoảng") or not _is_preposition(site)


def _is_preposition(site: Site) -> bool:
    """Tell ``trên 2 xe máy``, ``trên 3 lĩnh vực``, a few places, from ``trên 1.000 ha``, ``trên 30 vụ``."""
    if site.unit is None or site.shape in ("scaled", "range"):
        return False
    if site.counts in MEASURES or site.counts in MONEY or site.counts in TIMES:
        return False
    text = site.text
    if site.counts not in PLACES and (site.unit.known or len(text) > 2):
        return False
    digits = text.replace(".", "")
    return not (digits.isdigit() and int(digits[:16]) >= 30 and digits.endswith("0"))
