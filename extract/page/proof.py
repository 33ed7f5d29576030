"""What stands beside a claim when it is opened: citations, links, the sentences around it, and its peers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from extract.claims.collection import CheckedClaim
from extract.claims.records import LANGS, Lang
from extract.claims.wording import Wording
from extract.figures.cite import format_citation, make_article_url
from extract.figures.compare import Reason, Verdict, compare_figures, format_finding
from extract.figures.table import FigureTable
from extract.text.sentences import find_sentences

MOST_PEERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another figure on the same axis, and whether the two can be compared."""

    checked: CheckedClaim
    comparable: bool
    why: str
    """Why not; or, where they can be compared, what to mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """All that a claim's card says besides the claim."""

    citations: tuple[tuple[Lang, str], ...]
    """The one in the reader's language first."""
    link: str
    """The permanent link."""
    web: str
    """The page on the web, at the quote where it stands there once; empty where no address is known."""
    before: str
    after: str
    """The sentences before and after the quote; empty at the ends of the text."""
    peers: tuple[Peer, ...]
    same: tuple[Peer, ...]
    """The other reports of the same fact; `why` says whether they agree."""


def make_proof(
    table: FigureTable, checked: CheckedClaim, words: Wording, *, base: str, today: date, link: str = ""
) -> Proof:
    """Return what stands beside a claim.

    `base` is the page's address without its query, `today` the day it is read, `link` the claim's permanent link where
    it is not the page's own.
    """
    link = link or f"{base}?figure={checked.claim.id}"
    text = table.sources[checked.article.seed.removesuffix(".txt")].text.text
    before, after = find_around(text, checked.sentence.quote, checked.sentence.nth or 1)
    return Proof(
        citations=tuple(
            (lang, format_citation(checked, text, lang=lang, link=link, retrieved=today))
            for lang in sorted(LANGS, key=lambda lang: lang != words.lang)
        ),
        link=link,
        web=make_article_url(checked, text) or "",
        before=before,
        after=after,
        peers=tuple(find_peers(table, checked, words)),
        same=tuple(make_peer(checked, other, words) for other in table.find_reports(checked)),
    )


def find_around(text: str, quote: str, nth: int) -> tuple[str, str]:
    """Return the sentence before and the sentence after the nth place of a quote in its text."""
    sentences = [text[span.start : span.end] for span in find_sentences(text)]
    places = [place for place, sentence in enumerate(sentences) if sentence == quote]
    place = places[nth - 1]
    before = sentences[place - 1] if place else ""
    return before, sentences[place + 1] if place + 1 < len(sentences) else ""


def find_peers(table: FigureTable, checked: CheckedClaim, words: Wording) -> list[Peer]:
    """Return the figures on the same axis: those that can be compared first, then other provinces'."""
    peers = [make_peer(checked, other, words) for other in islice(table.find_peers(checked), MOST_PEERS * 2)]
    return sorted(peers, key=lambda peer: (not peer.comparable, peer.checked.province is checked.province))[:MOST_PEERS]


def make_peer(checked: CheckedClaim, other: CheckedClaim, words: Wording) -> Peer:
    """Return the verdict on a pair in words."""
    verdict = compare_figures(checked, other)
    return Peer(checked=other, comparable=verdict.comparable, why=explain(verdict, words))


def explain(verdict: Verdict, words: Wording) -> str:
    """Return what decides a verdict, in words: the reasons that block, else the cautions."""
    return " ".join(format_finding(reason, words) for reason in pick_deciding(verdict))


def pick_deciding(verdict: Verdict) -> Sequence[Reason]:
    """Return the reasons that decide a verdict; what became of borders stands on every claim, and decides nothing."""
    blocking = [reason for reason in verdict.reasons if reason.blocks]
    return blocking or [reason for reason in verdict.reasons if reason.key != "borders_changed"]
