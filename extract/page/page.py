"""What every part of the page is composed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.claims.records import Lang, Province
from extract.claims.wording import Wording
from extract.figures.table import FigureTable
from extract.page.address import Address

# Okabe and Ito's colours, told apart by colour-blind readers: https://jfly.uni-koeln.de/color/
PROVINCE_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
GREY = "#8a8f98"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The table of all figures, the words of the reader's language, and the address."""

    table: FigureTable
    words: Wording
    address: Address

    def link(self, **changes: object) -> str:
        """Return the link to this page with changes of its address."""
        return self.address.to(**changes)

    def picture(self, chart: str, **filters: str | Sequence[str]) -> str:
        """Return the query of a picture in the page's language: of a chart by its name, else of the topic, or the time.

        What the page filters, the picture does, too; `filters` are changed.
        """
        address = Address(filters=self.address.filters.change(**filters), lang=self.words.lang)
        return address.to() + (f"&chart={chart}" if chart else "")

    def shows(self, province: Province) -> bool:
        """Tell whether the address lets a province through."""
        chosen = self.address.chosen("province")
        return not chosen or province.slug in chosen

    def colour(self, province: Province) -> str:
        """Return a province's colour, the same in every view; where provinces outnumber colours, the chosen ones'."""
        provinces = list(self.table.collection.provinces)
        if len(provinces) > len(PROVINCE_COLOURS):
            provinces = list(self.address.chosen("province"))
        place = provinces.index(province.slug) if province.slug in provinces else len(PROVINCE_COLOURS)
        return PROVINCE_COLOURS[place] if place < len(PROVINCE_COLOURS) else GREY


def choose_words(wording: Mapping[Lang, Wording], wanted: str) -> Wording:
    """Return the words of a wanted language, by its tag; English where they are not there.

    `vi-VN` is Vietnamese too.
    """
    return wording["vi" if wanted.lower().startswith("vi") else "en"]
