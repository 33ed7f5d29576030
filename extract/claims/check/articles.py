"""Claims against their texts: every reading of a curator is held against the words that it stands beside.

Pure: records and texts in, claims and problems out. What matches, matches letter for letter on NFC text; likeness only
words the message.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extract.claims.catalogue import Catalogue, JoinedIndicator
from extract.claims.changes import complete_base, find_change_unit
from extract.claims.check.article_check import ArticleCheck, CheckResult
from extract.claims.check.change import check_change
from extract.claims.check.corrections import check_corrections
from extract.claims.check.figure import pick_mention, place_figure
from extract.claims.check.period import check_base, check_header, check_period
from extract.claims.check.quote import place_quote
from extract.claims.check.translation import check_translation
from extract.claims.check.value import ReadClaim, check_value
from extract.claims.collection import CheckedClaim, Source
from extract.claims.inherited import find_area, find_coverage, find_office, find_period, find_place, pick_local
from extract.claims.messages import describe_odd_letters, suggest
from extract.claims.records import WHOLE_COUNTRY, Claim, CoverageKind, Nature, Sentence
from extract.claims.yaml.strict import Location, find_line
from extract.text.reading import Reading
from extract.text.sentences import Span


def check_article(source: Source, reading: Reading, catalogue: Catalogue, *, today: date) -> CheckResult:
    """Hold one article's file against its text; return the place of every claim that fits and all that does not."""
    check = ArticleCheck(source=source, reading=reading, catalogue=catalogue, today=today)
    check_header(check)
    _check_article_period(check)
    quoted: dict[Span, int] = {}
    for index, sentence in enumerate(source.record.sentences):
        _check_sentence(check, ("sentences", index), sentence, quoted)
    return check.result


def _check_article_period(check: ArticleCheck) -> None:
    """Check the period that sentences and claims without one of their own take over."""
    period = check.article.period
    if period is not None:
        inheriting = (sentence for sentence in check.source.record.sentences if sentence.period is None)
        claims = (claim for sentence in inheriting for claim in sentence.claims if claim.period is None)
        check_period(check, ("article", "period"), check.article.seed, period, _find_natures(check, claims))


def _check_area(check: ArticleCheck, location: Location, subject: str, level: Sentence | Claim) -> None:
    """Check that a province of its own is known, and that the whole country is not said to be a whole province."""
    area, catalogue = level.province, check.catalogue
    if area is None or not catalogue.is_whole:
        return
    here = (*location, "province")
    if catalogue.find_area(area) is None:
        advice = "add it to data/provinces.yaml as `country`" if area == WHOLE_COUNTRY else ""
        advice = advice or f"{suggest(area, catalogue.provinces)}{describe_odd_letters(area)}"
        check.report(here, subject, f"unknown province «{area}»: {advice}")
    elif area == WHOLE_COUNTRY and level.coverage is not None and level.coverage.kind is CoverageKind.PROVINCE:
        message = "the whole country is no whole province: take the coverage out, or say whose work it is"
        check.report((*location, "coverage", "kind"), subject, message)


def _find_natures(check: ArticleCheck, claims: Iterable[Claim]) -> set[Nature]:
    indicators = (check.catalogue.joined.get(claim.indicator) for claim in claims)
    return {joined.measure.nature for joined in indicators if joined}


def _check_sentence(check: ArticleCheck, location: Location, sentence: Sentence, quoted: dict[Span, int]) -> None:
    """Check one quote with its claims; `quoted` holds the line of each sentence quoted so far."""
    subject = sentence.claims[0].id if sentence.claims else check.article.seed
    if sentence.period is not None:
        natures = _find_natures(check, (claim for claim in sentence.claims if claim.period is None))
        check_period(check, (*location, "period"), subject, sentence.period, natures)
    elif check.article.period is None and any(claim.period is None for claim in sentence.claims):
        message = "`period` is missing: give it here, or on the article for all sentences that state none"
        check.report(location, subject, message)
    _check_area(check, location, subject, sentence)
    check.check_place(location, subject, sentence.place)
    check.check_coverage(location, subject, sentence.coverage)
    quote = place_quote(check, location, subject, sentence)
    if quote is not None:
        line = find_line(check.source.lines, (*location, "quote"))
        if quote in quoted:
            message = f"this sentence is quoted already on line {quoted[quote]}: put its claims together"
            check.report((*location, "quote"), subject, message)
        quoted.setdefault(quote, line)
    reads = [
        _check_claim(check, (*location, "claims", index), claim, sentence, quote)
        for index, claim in enumerate(sentence.claims)
    ]
    if quote is not None and sentence.translation:
        check_translation(check, location, sentence.translation, quote, [read for read in reads if read])


def _check_claim(
    check: ArticleCheck, location: Location, claim: Claim, sentence: Sentence, quote: Span | None
) -> ReadClaim | None:
    """Check one claim and keep it where it has a place; return it beside its number, None where it states no one."""
    joined = check.catalogue.joined.get(claim.indicator)
    if joined is None and check.catalogue.is_whole:
        advice = suggest(claim.indicator, check.catalogue.indicators)
        check.report((*location, "indicator"), claim.id, f"unknown indicator «{claim.indicator}»: {advice}")
    if claim.period is not None:
        check_period(check, (*location, "period"), claim.id, claim.period, _find_natures(check, [claim]))
    check_base(check, location, claim, find_period(claim, sentence, check.article))
    _check_area(check, location, claim.id, claim)
    check.check_place(location, claim.id, claim.place)
    check.check_coverage(location, claim.id, claim.coverage)
    check_corrections(check, location, claim, sentence)
    if quote is None:
        return None
    figure = place_figure(check, location, claim, quote)
    index = pick_mention(check, location, claim, figure) if figure is not None else None
    if figure is None or index is None:
        check.result.unplaced.append(quote)
        return None
    mention = check.reading.mentions[index]
    holder = check.result.claimed.setdefault(index, claim.id)
    if holder != claim.id:
        message = f"the number «{mention.text}» of «{claim.figure}» is claimed already by {holder}"
        check.report((*location, "figure"), claim.id, message)
    if joined is not None and claim.change is not None:
        joined = replace(joined, unit=find_change_unit(check.catalogue, check.text, mention, joined))
    factor = check.catalogue.find_factor(check.text, mention, joined.unit.key) if joined else Decimal(1)
    read = ReadClaim(claim=claim, location=location, mention=mention, figure=figure, joined=joined, factor=factor)
    check_value(check, read)
    check_change(check, read, quote)
    if joined is not None:
        _accept(check, read, sentence, quote, joined)
    return read


def _accept(check: ArticleCheck, read: ReadClaim, sentence: Sentence, quote: Span, joined: JoinedIndicator) -> None:
    """Keep the place of a claim whose article, indicator and text are known."""
    levels = (read.claim, sentence, check.article)
    local = pick_local(*levels)
    province = check.catalogue.find_area(find_area(*levels))
    period = find_period(*levels)
    if province is None or period is None:
        return
    claim = read.claim
    if claim.base is not None:
        claim = claim.model_copy(update={"base": complete_base(claim.base, period)})
    quote_start, quote_end = check.source.text.raw_span(quote.start, quote.end)
    figure_start, figure_end = check.source.text.raw_span(read.figure.start, read.figure.end)
    check.result.claims.append(
        CheckedClaim(
            claim=claim,
            sentence=sentence,
            article=check.article,
            path=check.source.path,
            line=find_line(check.source.lines, read.location),
            province=province,
            period=period,
            place=find_place(*local),
            coverage=find_coverage(*local),
            office=find_office(*levels),
            indicator=joined.indicator,
            measure=joined.measure,
            breakdown=joined.breakdown,
            category=joined.category,
            criteria=joined.criteria,
            topic=joined.topic,
            unit=joined.unit,
            quote_start=quote_start,
            quote_end=quote_end,
            figure_start=figure_start,
            figure_end=figure_end,
            mark_start=read.figure.start - quote.start,
        )
    )
