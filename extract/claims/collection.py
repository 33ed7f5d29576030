"""What has been loaded and checked: articles with their texts, claims traced to their place, the ledger of all numbers.

Plain frozen records. `load` makes them, and the table, the export, the comparisons and the page read them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from extract.claims.catalogue import Catalogue, JoinedIndicator
from extract.claims.inherited import Office
from extract.claims.records import Article, ArticleFile, Claim, Coverage, Period, Place, Province, Sentence
from extract.claims.yaml.strict import Location
from extract.text.mentions import Kind
from extract.text.texts import ArticleText


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of data/claims/ with the text it describes."""

    path: str
    """Relative to the root, with forward slashes: `data/claims/ha-tinh-2021.yaml`."""
    record: ArticleFile
    lines: Mapping[Location, int]
    """The line of every node of the file, counted from 1; `()` is the file."""
    text: ArticleText


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim(JoinedIndicator):
    """One claim joined to all it refers to, and its place in its text.

    Offsets are half-open and count the code points of the seed's text as UTF-8.
    """

    claim: Claim
    sentence: Sentence
    article: Article
    path: str
    line: int
    province: Province
    period: Period
    """The days it covers: its own, else the sentence's, else the article's."""
    place: Place | None
    """The part of the province it is about, by the nearest of the three; None where that is the whole."""
    coverage: Coverage | None
    """Whose work or which area it covers, by the nearest of the three; None where none of them states it."""
    office: Office
    """Who reports it, by the nearest of the three."""
    quote_start: int
    quote_end: int
    figure_start: int
    figure_end: int
    mark_start: int
    """Where the figure begins in `sentence.quote`; it has the length of `claim.figure`."""

    @property
    def is_change(self) -> bool:
        """Whether it says by how much its measure has changed, not how many there are."""
        return self.claim.change is not None


class Certainty(StrEnum):
    """How sure the account of a number is."""

    CERTAIN = "certain"
    """A rule of the grammar that is certain sets it aside."""
    CONFIRMED = "confirmed"
    """A curator claimed it or set it aside."""
    DOUBTFUL = "doubtful"
    """A weaker rule of the grammar sets it aside, and no curator has confirmed that."""


class Account(StrEnum):
    """What became of a number, as readers are told."""

    CLAIMED = "claimed"
    """It is a figure of the collection."""
    SETTLED = "settled"
    """A rule of the grammar that is certain sets it aside."""
    CONFIRMED = "confirmed"
    """A curator sets it aside."""
    DOUBTFUL = "doubtful"
    """A weaker rule sets it aside, and no curator has confirmed that."""


_ACCOUNTS = {
    Certainty.CERTAIN: Account.SETTLED,
    Certainty.CONFIRMED: Account.CONFIRMED,
    Certainty.DOUBTFUL: Account.DOUBTFUL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """The account of one mention: the claim it is, or why it is none."""

    seed: str
    start: int
    end: int
    text: str
    kind: Kind
    claim: str | None
    reason: str | None
    reason_vi: str | None = None
    """The same in Vietnamese, where a curator gave it."""
    certainty: Certainty

    @property
    def account(self) -> Account:
        """What became of it."""
        return Account.CLAIMED if self.claim else _ACCOUNTS[self.certainty]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(Catalogue):
    """All that is sound under one root. Mappings keep the order of their files, articles the order of their seeds."""

    sources: tuple[Source, ...]
    claims: tuple[CheckedClaim, ...]
    """In the order of the seeds, then of the text."""
    ledger: tuple[LedgerEntry, ...]
    """In the order of the seeds, then of the text."""
    pending: tuple[str, ...] = ()
    """The texts of seeds/ that no file of data/claims/ describes yet, by name."""
