"""What a draft makes of one number, and what there is to choose from where it makes nothing certain."""

from collections import Counter
from collections.abc import Collection as CollectionOf
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.claims.catalogue import Catalogue
from extract.claims.check.value import is_ratio
from extract.claims.collection import Collection
from extract.claims.draft.base_period import find_base
from extract.claims.draft.indicator import IndicatorRanking
from extract.claims.draft.numbers import UNREASONED, Fate
from extract.claims.draft.period import SentencePeriods, find_candidates
from extract.claims.draft.words import read_reason
from extract.claims.messages import format_plain_number
from extract.claims.periods import StatedPeriod, find_periods
from extract.claims.yaml.nodes import format_flow
from extract.claims.yaml.strict import Node, find_text
from extract.review.account import Number, State, find_mapping, list_items, place_claims, place_sentences
from extract.review.desk import Work
from extract.text.hedges import parse_qualifier

INHERITED = ("period", "province", "coverage")
"""The keys that a claim takes over from its sentence, and that from its article."""
MOST_PERIODS = 12
MOST_REASONS = 40
CLAIMED_WITH_A_UNIT = (Fate.CHANGE, Fate.COMPARED)
"""What a draft claims where a unit is counted: no reason then to set such a number aside."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What may be chosen for a key that is inherited; a value of None takes over what stands above."""

    label: str
    value: Node | None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One number's claim, as far as it is written or drafted."""

    claim: Mapping[str, Node]
    """The claim as it stands in the file, else as drafted; of a number that neither has, its words alone."""
    inherited: Mapping[str, Node | None]
    """What is said of each key of `INHERITED`, None where what stands above holds; an empty text asks for one."""
    periods: Sequence[Choice]
    bases: Sequence[Choice]
    """The earlier periods that it may be a change against."""
    nearest: Sequence[str]
    """Ids of indicators: the likeliest first, then all others that count the same unit."""
    new_line: str
    """The line of data/indicators.yaml for one that it lacks, as far as the words tell; empty where they do not."""
    list_is_open: bool


def propose(work: Work, number: Number, catalogue: Catalogue) -> Proposal:
    """Return what is proposed for a number of an article."""
    claims = place_claims(work.draft, work.reading)
    here, tree = number.location, work.root
    if here is None or here[0] != "sentences":
        here, tree = claims.get(number.index), work.draft
    claim = find_mapping(tree, here) if here else {}
    drafted_in = place_sentences(work.draft, work.reading).get(number.sentence)
    drafted = find_mapping(work.draft, ("sentences", drafted_in)) if drafted_in is not None else {}
    above = find_written(work, number)
    nearest, new_line = _list_nearest(work, number, catalogue)
    said = {key: _find_said(key, claim, drafted, above, work) for key in INHERITED}
    return Proposal(
        claim=claim or _read_number(work, number, catalogue),
        inherited=said,
        periods=_list_periods(work, number, above, said["period"]),
        bases=_list_bases(work, number, claim.get("base"), said["period"] or find_holding(work, above, "period")),
        nearest=nearest,
        new_line=new_line,
        list_is_open=drafted.get("list_is_open") == "yes",
    )


def find_written(work: Work, number: Number) -> Mapping[str, Node]:
    """Return the sentence of a number as the file has it, an empty mapping where it has none."""
    index = place_sentences(work.root, work.reading).get(number.sentence)
    return {} if index is None else find_mapping(work.root, ("sentences", index))


def find_holding(work: Work, above: Mapping[str, Node], key: str) -> Node | None:
    """Return what a claim that says nothing of a key takes over from its sentence, else from its article."""
    return above.get(key) if key in above else find_mapping(work.root, ("article",)).get(key) or None


def _find_said(
    key: str, claim: Mapping[str, Node], drafted: Mapping[str, Node], above: Mapping[str, Node], work: Work
) -> Node | None:
    """Return what a claim, or its sentence as drafted, says of a key; None where that holds without its saying so."""
    said = claim.get(key, above.get(key, drafted.get(key)))
    return None if said and said == find_holding(work, above, key) else said


def _read_number(work: Work, number: Number, catalogue: Catalogue) -> dict[str, Node]:
    """Return a number that no draft claims as the grammar reads it."""
    text, mention = work.reading.text, number.mention
    counted = catalogue.find_counted_units(text, mention)
    factor = catalogue.find_factor(text, mention, min(counted[0])) if counted else Decimal(1)
    values = mention.value if isinstance(mention.value, tuple) else (mention.value,)
    is_falling = None not in values and len(values) == 2 and values[0] > values[1]
    keys = ("value", "to" if not is_ratio(mention) else "before" if is_falling else "of")
    claim: dict[str, Node] = {"figure": text[number.figure.start : number.figure.end]}
    claim |= {
        key: format_plain_number(each * factor) for key, each in zip(keys, values, strict=False) if each is not None
    }
    return claim | {"qualifier": str(parse_qualifier(mention.qualifier))}


def _list_nearest(work: Work, number: Number, catalogue: Catalogue) -> tuple[list[str], str]:
    """Return the ids of the nearest indicators, and the line of a new one, where none is certain."""
    ranking = IndicatorRanking(catalogue)
    found = ranking.rank(work.reading, number.mention, number.sentence)
    counted = catalogue.find_counted_units(work.reading.text, number.mention)
    units = counted[0] if counted else frozenset()
    same = [name for name, joined in catalogue.joined.items() if joined.unit.key in units]
    nearest = list(dict.fromkeys([*([found.certain] if found.certain else []), *found.nearest, *same]))
    measures = ranking.find_stage(found.around, units)
    if found.certain or len(measures) != 1 or not found.around.category:
        return nearest, ""
    category: Node = {"id": "", "name": {"vi": found.around.category, "en": ""}}
    return nearest, f"- {format_flow({'id': '', 'measure': measures[0], 'new_category': category})}"


def _list_periods(work: Work, number: Number, above: Mapping[str, Node], said: Node | None) -> list[Choice]:
    """Return the periods to choose from: what holds above, what is said, this sentence's, unstated, the article's."""
    sentences = [SentencePeriods(reading=work.reading, span=span) for span in work.reading.sentences]
    own = next((each for each in sentences if each.span == number.sentence), None)
    stated: list[StatedPeriod] = [*(own.candidates if own else ()), *find_candidates(sentences)]
    holding = find_holding(work, above, "period")
    holder = "sentence" if "period" in above else "article"
    choices = [Choice(label=f"the {holder}'s: {format_period(holding)}", value=None)] if holding else []
    return choices + _list_choices(said, [quote_period(work, each) for each in stated[:MOST_PERIODS]])


def _list_bases(work: Work, number: Number, said: Node | None, own: Node | None) -> list[Choice]:
    """Return the earlier periods that a number may be against: what is said, this sentence's but its own, unstated."""
    text, span = work.reading.text, number.sentence
    around = [number, *(each for each in work.numbers if each.sentence == span)]
    bases = [base for each in around if (base := find_base(text, span, each.mention, None))]
    stated = [quote_period(work, each) for each in SentencePeriods(reading=work.reading, span=span).stated]
    known = find_text(said or {}, ("words",))
    named = [write_period(base.covers, base.words) for base in bases if base.words != known]
    return _list_choices(said, [each for each in (*named, *stated) if each != own])


def _list_choices(said: Node | None, periods: Sequence[Node]) -> list[Choice]:
    """Return what is said, some periods and `unstated`, each once."""
    values: list[Node] = []
    for value in (*([said] if said else []), *periods, "unstated"):
        if value not in values:
            values.append(value)
    return [Choice(label=format_period(value), value=value) for value in values]


def quote_period(work: Work, period: StatedPeriod) -> Node:
    """Return a period that an article states, as a file writes it."""
    return write_period(period.covers, work.reading.text[period.start : period.end])


def write_period(covers: str, words: str) -> Node:
    """Return a period as a file writes it; where its days are not known, its words stand alone."""
    return {key: value for key, value in (("covers", covers), ("words", words)) if value}


def format_period(node: Node) -> str:
    """Return a period in one line.

    >>> format_period({"covers": "2021", "words": "năm 2021"}), format_period({"words": "7 ngày Tết"})
    ('2021 «năm 2021»', '«7 ngày Tết»')
    """
    if not isinstance(node, dict):
        return str(node)
    words = f"«{node['words']}»" if node.get("words") else ""
    return " ".join(part for part in (str(node.get("covers", "")), words) if part)


def read_covers(words: str) -> str:
    """Return the days that selected words state, as `covers` writes them; empty where they state no one period.

    >>> read_covers("trong 6 tháng đầu năm 2021"), read_covers("đến nay")
    ('2021-01/2021-06', '')
    """
    found = find_periods(words)
    return found[0].covers if len(found) == 1 else ""


def propose_id(province: str, covers: str, indicator: str, taken: CollectionOf[str]) -> str:
    """Return an id that is not taken: place, year and what is counted.

    >>> propose_id("kon-tum", "2021-01/2021-06", "drug-cases", {"kon-tum-2021-drug-cases"})
    'kon-tum-2021-drug-cases-2'
    """
    is_years = len(covers) == len("2015/2017") and "/" in covers
    year = covers.replace("/", "-") if is_years else covers[:4] if covers[:4].isdigit() else ""
    name = "-".join(part for part in (province, year, indicator) if part)
    unique, count = name, 1
    while unique in taken:
        count += 1
        unique = f"{name}-{count}"
    return unique


def compose_claim(entered: Mapping[str, str], drafted: Mapping[str, Node], base: Node) -> dict[str, Node]:
    """Return a claim's own keys from what was entered for each; with a `why`, a person reads the number.

    `base` is the earlier period: only a change has one, and a number with one before it.
    """
    claim: dict[str, Node] = {key: entered[key] for key in ("id", "indicator", "figure", "value")}
    claim |= {key: entered[key] for key in ("of", "to", "change", "before") if entered[key]}
    if entered["change"] or entered["before"]:
        claim["base"] = base
    hedge: dict[str, Node] = {"qualifier": entered["qualifier"]} if entered["qualifier"] != "exact" else {}
    if entered["why"]:
        whole: dict[str, Node] = {"of": entered["of"]} if entered["of"] else {}
        known = find_mapping(dict(drafted), ("read",)) or hedge
        claim["read"] = {**known, **whole, "value": entered["value"], "why": entered["why"]}
    if "nth" in drafted and drafted.get("figure") == entered["figure"]:
        claim["nth"] = drafted["nth"]
    return claim | hedge


def list_reasons(collection: Collection, work: Work, number: Number) -> tuple[dict[str, str], bool]:
    """Return the reasons to choose from, English to Vietnamese, and whether the first of them is this number's own.

    Its own is as written, drafted, or given by the weak rule. Then come those of this article, those of drafts, and
    those of all articles, the most used first.
    """
    words = work.reading.text[number.figure.start : number.figure.end]
    written = [find_mapping(work.root, number.location)] if number.location else []
    drafted = [each for each in list_items(work.draft, ("set_aside",)) if find_text(each, ("figure",)) == words]
    own = list(_read_reasons([*written, *drafted]))
    if number.state is State.DOUBTFUL:
        own.append((number.account, ""))
    here = reversed(list(_read_reasons(list_items(work.root, ("set_aside",)))))
    is_counted = collection.find_counted_units(work.reading.text, number.mention) is not None
    no_reasons = {*UNREASONED, *(CLAIMED_WITH_A_UNIT if is_counted else ())}
    stock = [read_reason(fate) for fate in Fate if fate not in no_reasons]
    entries = (entry for source in collection.sources for entry in source.record.set_aside)
    used = Counter((entry.why, entry.why_vi or "") for entry in entries)
    reasons: dict[str, str] = {}
    for why, why_vi in (*own, *here, *stock, *(reason for reason, _ in used.most_common(MOST_REASONS))):
        reasons.setdefault(why, why_vi)
    return reasons, bool(own)


def _read_reasons(entries: Iterable[Node]) -> Iterable[tuple[str, str]]:
    for entry in entries:
        why, why_vi = find_text(entry, ("why",)), find_text(entry, ("why_vi",))
        if why:
            yield why, why_vi or ""
