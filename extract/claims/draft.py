"""The draft of an article's file: all that a machine can propose, for a curator to finish.

A draft never passes the check as it is: every translation is empty, and so is everything that the words leave open.
"""

import hashlib
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection as CollectionOf
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from extract.claims.catalogue import Catalogue, JoinedIndicator
from extract.claims.check_value import is_ratio
from extract.claims.collection import Collection
from extract.claims.ledger import find_figure, find_places
from extract.claims.messages import format_plain_number
from extract.claims.periods import StatedPeriod, find_periods
from extract.claims.yaml_scalars import format_scalar
from extract.text.hedges import Qualifier, parse_qualifier
from extract.text.mentions import Kind, Mention, find_mentions
from extract.text.reading import Reading
from extract.text.sentences import Span, find_sentences
from extract.text.texts import parse_article

# An indicator is proposed where at least this much of its name stands around the number (0 to 1), and where it leads
# the next one by at least this much. What stands before the number in its clause weighs less than what follows it.
LIKE_ENOUGH = 0.6
LEAST_LEAD = 0.1
CLAUSE_WEIGHT = 0.7
MOST_NAMED = 3
_WHOLE_PROVINCE = re.compile(r"\b(?:trên phạm vi )?toàn tỉnh\b", re.IGNORECASE)
LONGEST_TITLE = 150


@dataclass(frozen=True, kw_only=True)
class _Proposal:
    """What the machine proposes for one number."""

    index: int
    mention: Mention
    figure: str
    nth: int | None
    indicator: str | None
    nearest: tuple[str, ...]
    unit: str | None
    """What it counts; the first by name where its words name several."""


def draft_article(raw: bytes, seed: str, collection: Collection) -> str:
    """Return the draft of the file of data/claims/ for an article's bytes, as YAML that `strict_yaml` reads.

    `seed` is the article's file name; the collection gives provinces, indicators and units, and the ids that are taken.
    Raises UnreadableError where the article itself is refused.
    """
    text = parse_article(raw).text
    mentions = find_mentions(text, nouns=collection.nouns)
    reading = Reading(text=text, sentences=find_sentences(text), mentions=mentions)
    province = find_province(text, collection)
    taken = {checked.claim.id for checked in collection.claims}
    lines = [
        "# yaml-language-server: $schema=../article.schema.json",
        "# A draft. Fill in what is empty; hold what is filled in against the article; take these comments out.",
        *_draft_header(raw, seed, reading, collection, province),
        *_draft_sentences(reading, collection, province or _slug_of(seed), taken),
        *_draft_set_aside(reading, collection),
    ]
    return "\n".join(lines) + "\n"


def find_province(text: str, catalogue: Catalogue) -> str | None:
    """Return the province that the text names, if it names exactly one."""
    named = [slug for slug, province in catalogue.provinces.items() if province.name.vi in text]
    return named[0] if len(named) == 1 else None


def _slug_of(seed: str) -> str:
    stem = PurePath(seed).stem
    letters = "".join(char if char.isascii() and char.isalnum() else "-" for char in stem.lower())
    return "-".join(part for part in letters.split("-") if part) or "article"


# The article


def _draft_header(raw: bytes, seed: str, reading: Reading, catalogue: Catalogue, province: str | None) -> Iterator[str]:
    title = find_title(reading)
    published = find_dateline(reading)
    yield "article:"
    yield f"  seed: {format_scalar(seed)}"
    yield f"  sha256: {hashlib.sha256(raw).hexdigest()}"
    yield (
        f"  title: {format_scalar(title)}"
        if title
        else "  title:  # as printed; leave it empty where the text has none"
    )
    yield "  title_en:"
    known = ", ".join(catalogue.provinces)
    yield f"  province: {province}" if province else f"  province:  # one of {known}"
    yield "  publisher:  # empty where nothing says who; else name, and words or a note"
    if published is None:
        yield "  published:  # empty where the text does not say; else covers and words"
    else:
        yield "  published:"
        yield f"    covers: {published.covers}"
        yield f"    words: {format_scalar(reading.text[published.start : published.end])}  # is this its own date?"
    yield "  event:  # the day of the event that it reports, where it reports one; never the day of publication"
    yield "  url:"
    yield "  reported_by:  # the offices whose figures these are, as the text names them"
    yield "  reported_by_en:"
    yield "  coverage:  # whose work or which area: kind and words; joint, division and place also have a name"


def find_title(reading: Reading) -> str | None:
    """Return the first line that reads like a title: one short sentence without a full stop, no menu of a web page."""
    text = reading.text
    for span in reading.sentences[:3]:
        words = text[span.start : span.end]
        line_end = text.find("\n", span.end)
        is_alone = not text[span.end : line_end if line_end >= 0 else len(text)].strip()
        if is_alone and len(words) <= LONGEST_TITLE and words[-1] not in ".…:;" and "|" not in words:
            return words
    return None


def find_dateline(reading: Reading) -> StatedPeriod | None:
    """Return the day that stands alone, with hardly another word, in one of the first lines."""
    for span in reading.sentences[:5]:
        for period in find_periods(reading.text[span.start : span.end]):
            is_day = len(period.covers) == len("2021-06-30")
            if is_day and len(reading.text[span.start : span.end]) <= period.end - period.start + 30:
                return StatedPeriod(span.start + period.start, span.start + period.end, period.covers)
    return None


# Its sentences


def _draft_sentences(reading: Reading, catalogue: Catalogue, place: str, taken: set[str]) -> Iterator[str]:
    ids = Counter(taken)
    stated: list[StatedPeriod] = []
    seen: Counter[str] = Counter()
    begun = False
    for span in reading.sentences:
        quote = reading.text[span.start : span.end]
        seen[quote] += 1
        here = [
            StatedPeriod(span.start + each.start, span.start + each.end, each.covers) for each in find_periods(quote)
        ]
        proposals = list(_propose_claims(reading, catalogue, span))
        if proposals:
            if not begun:
                yield "sentences:"
                begun = True
            period = choose_period(here, stated, proposals[0].mention.start)
            yield f"  - quote: {format_scalar(quote)}"
            if len(reading.places[quote]) > 1:
                yield f"    nth: {seen[quote]}"
            yield "    translation:"
            yield from _draft_period(reading, period, is_near=period in here)
            yield from _draft_coverage(quote)
            yield "    claims:"
            for proposal in proposals:
                yield from _draft_claim(proposal, _make_id(place, period, proposal, ids))
        stated += [period for period in here if _may_carry(quote, span, period)]
    if not begun:
        yield "sentences: []"


def choose_period(here: Sequence[StatedPeriod], before: Sequence[StatedPeriod], number: int) -> StatedPeriod | None:
    """Return the likeliest period of a number: the nearest before it in its sentence, else after it, else above."""
    preceding = [period for period in here if period.start < number]
    if preceding:
        return preceding[-1]
    if here:
        return here[0]
    return before[-1] if before else None


def _may_carry(quote: str, span: Span, period: StatedPeriod) -> bool:
    """Tell whether a period may hold for later sentences, too: not one day, not the years of an anniversary."""
    before = quote[: period.start - span.start].casefold()
    is_one_day = len(period.covers) == len("2021-06-30") and "/" not in period.covers
    return not is_one_day and "kỷ niệm" not in before and "truyền thống" not in before


def _draft_period(reading: Reading, period: StatedPeriod | None, *, is_near: bool) -> Iterator[str]:
    yield "    period:"
    if period is None:
        yield "      covers:  # no words before this sentence state any days: give them, or write unstated"
        yield "      words:"
        return
    hint = "" if is_near else f"  # from line {reading.line_of(period.start)}: does it hold here?"
    yield f"      covers: {period.covers}"
    yield f"      words: {format_scalar(reading.text[period.start : period.end])}{hint}"


def _draft_coverage(quote: str) -> Iterator[str]:
    """Yield what a quote says of its coverage in plain words: the whole province, and a list that is open."""
    whole = _WHOLE_PROVINCE.search(quote)
    if whole is not None:
        yield "    coverage:  # does it hold for all figures of this sentence?"
        yield "      kind: province"
        yield f"      words: {format_scalar(whole.group())}"
    if quote.endswith(("…", "...")):
        yield "    list_is_open: yes"


def _propose_claims(reading: Reading, catalogue: Catalogue, span: Span) -> Iterator[_Proposal]:
    for index in reading.find_inside(span.start, span.end):
        mention = reading.mentions[index]
        if not _is_claimable(mention, reading, catalogue):
            continue
        start, end = find_figure(reading.text, mention, catalogue)
        figure = reading.text[start:end]
        places = [
            place
            for place in reading.find_words(figure, span.start, span.end)
            if reading.is_whole(place, place + len(figure))
        ]
        counted = catalogue.find_counted_units(reading.text, mention)
        indicator, nearest = rank_indicators(reading, mention, span, catalogue)
        yield _Proposal(
            index=index,
            mention=mention,
            figure=figure,
            nth=places.index(start) + 1 if len(places) > 1 and start in places else None,
            indicator=indicator,
            nearest=nearest,
            unit=min(counted[0]) if counted else None,
        )


def _is_claimable(mention: Mention, reading: Reading, catalogue: Catalogue) -> bool:
    """Tell whether to propose a number as a claim: it is exact, and counts what is known or what stands there once.

    `3 lực lượng`, seven times in an article, is a way of speaking, not seven results.
    """
    if mention.kind is not Kind.FIGURE or not (isinstance(mention.value, Decimal) or is_ratio(mention)):
        return False
    start, end = find_figure(reading.text, mention, catalogue)
    return (
        catalogue.find_counted_units(reading.text, mention) is not None
        or len(find_places(reading, reading.text[start:end])) < 2
    )


def rank_indicators(
    reading: Reading, mention: Mention, span: Span, catalogue: Catalogue
) -> tuple[str | None, tuple[str, ...]]:
    """Return the indicator that a number is likeliest of, where one is clear, and the ids of the nearest.

    Candidates are the indicators whose unit is named right after the number, ranked by how much of their own name
    stands around it.
    """
    text = reading.text
    unit = catalogue.find_counted_units(text, mention)
    if unit is None:
        return None, ()
    following = (
        other.start
        for other in reading.mentions[bisect_right(reading.starts, mention.start) :]
        if other.kind is Kind.FIGURE and text[other.start - 1] != "/"  # 72 vụ/144 đối tượng buôn lậu
    )
    own = _read_syllables(text[mention.end : min(_find_stop(text, mention.end, span.end), next(following, span.end))])
    clause = _read_syllables(text[text.rfind(";", span.start, mention.start) + 1 or span.start : mention.start])
    candidates = {name: each for name, each in catalogue.joined.items() if each.unit.key in unit[0]}
    weights = _weigh_syllables(candidates.values())
    scores = sorted((-_score(joined, own, clause, weights), name) for name, joined in candidates.items())
    if not scores:
        return None, ()
    best = -scores[0][0]
    lead = best + scores[1][0] if len(scores) > 1 else best
    is_clear = best >= LIKE_ENOUGH and lead >= LEAST_LEAD
    return (scores[0][1] if is_clear else None), tuple(name for _, name in scores[:MOST_NAMED])


def _find_stop(text: str, start: int, end: int) -> int:
    place = text.find(";", start, end)
    return place if place >= 0 else end


def _read_syllables(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", words.casefold()))


def _weigh_syllables(indicators: CollectionOf[JoinedIndicator]) -> dict[str, float]:
    """Return the weight of each syllable of the indicators' names: the rarer it is, the more it tells."""
    counts = Counter(syllable for each in indicators for syllable in _read_syllables(each.name.vi))
    return {syllable: math.log((1 + len(indicators)) / count) for syllable, count in counts.items()}


def _score(joined: JoinedIndicator, own: frozenset[str], clause: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return how much of an indicator's name stands around a number, 0 to 1."""
    name = _read_syllables(joined.name.vi)
    if any(part.isdigit() and part not in own for part in name):
        return 0  # tiêu chí 17.1 is not tiêu chí 19.2
    whole = sum(weights[syllable] for syllable in name)
    said = sum(weights[each] * (1 if each in own else CLAUSE_WEIGHT) for each in name & (own | clause))
    return round(said / whole, 3) if whole else 0


def _make_id(place: str, period: StatedPeriod | None, proposal: _Proposal, ids: Counter[str]) -> str:
    year = period.covers[:4] if period else ""
    if period and len(period.covers) == len("2015/2017") and "/" in period.covers:
        year = period.covers.replace("/", "-")
    what = proposal.indicator or proposal.unit or "figure"
    name = "-".join(part for part in (place, year, what) if part)
    ids[name] += 1
    return name if ids[name] == 1 else f"{name}-{ids[name]}"


def _draft_claim(proposal: _Proposal, name: str) -> Iterator[str]:
    mention = proposal.mention
    yield f"      - id: {name}"
    if proposal.indicator:
        yield f"        indicator: {proposal.indicator}"
    elif proposal.nearest:
        yield f"        indicator:  # nearest: {', '.join(proposal.nearest)}"
    else:
        yield "        indicator:  # none counts this yet: add one to data/indicators.yaml, or set the number aside"
    yield f"        figure: {format_scalar(proposal.figure)}"
    if isinstance(mention.value, Decimal):
        yield f"        value: {format_plain_number(mention.value)}"
    elif mention.value is not None:
        yield f"        value: {format_plain_number(mention.value[0])}"
        yield f"        of: {format_plain_number(mention.value[1])}"
    qualifier = parse_qualifier(mention.qualifier)
    if qualifier is not Qualifier.EXACT:
        yield f"        qualifier: {qualifier}"
    if proposal.nth is not None:
        yield f"        nth: {proposal.nth}"


# What can be no claim


def _draft_set_aside(reading: Reading, catalogue: Catalogue) -> Iterator[str]:
    times: defaultdict[str, int] = defaultdict(int)
    for mention in reading.mentions:
        if mention.kind is Kind.FIGURE and not _is_claimable(mention, reading, catalogue):
            start, end = find_figure(reading.text, mention, catalogue)
            times[reading.text[start:end]] += 1
    if not times:
        yield "set_aside: []"
        return
    yield "set_aside:"
    yield from _draft_entries(times)


def _draft_entries(times: Mapping[str, int]) -> Iterator[str]:
    for words, count in times.items():
        repeated = f", times: {count}" if count > 1 else ""
        yield f"  - {{figure: {format_scalar(words)}{repeated}, why: }}  # or a claim, if it is a result"
