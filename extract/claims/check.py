"""Claims against their texts: every reading of a curator is held against the words that it stands beside.

Pure: records and texts in, claims and problems out. What matches, matches letter for letter on NFC text; what is only
alike words the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz, process

from extract.claims.catalogue import Catalogue
from extract.claims.collection import CheckedClaim, Source
from extract.claims.messages import (
    AROUND,
    LEAST_LIKENESS,
    describe_odd_letters,
    join,
    shorten,
    show,
    show_difference,
    suggest,
)
from extract.claims.periods import find_contradiction
from extract.claims.records import Article, Claim, Indicator, Nature, Period, Sentence
from extract.claims.strict_yaml import Location, find_line
from extract.text.hedges import parse_qualifier
from extract.text.mentions import Kind, Mention
from extract.text.problems import Problem
from extract.text.reading import Reading, skip_space
from extract.text.sentences import Span


@dataclass(kw_only=True)
class Findings:
    """What the check of one article found: claims, the mentions they claim, what has no place, problems."""

    claims: list[CheckedClaim] = field(default_factory=list)
    claimed: dict[int, str] = field(default_factory=dict)
    """The index of a mention -> the id of its claim."""
    unplaced: list[Span] = field(default_factory=list)
    """Where a claim belongs that could not be placed: the numbers in there are not asked for again."""
    problems: list[Problem] = field(default_factory=list)


def check_article(source: Source, reading: Reading, catalogue: Catalogue, *, today: date) -> Findings:
    """Hold one article's file against its text; return the place of every claim that fits and all that does not."""
    check = _ArticleCheck(source, reading, catalogue, today)
    check.check_header()
    quoted: dict[Span, int] = {}
    for index, sentence in enumerate(source.record.sentences):
        check.check_sentence(("sentences", index), sentence, quoted)
    return check.findings


class _ArticleCheck:
    """The check of one article: what it looks at, and what it has found so far."""

    def __init__(self, source: Source, reading: Reading, catalogue: Catalogue, today: date) -> None:
        self.source = source
        self.article: Article = source.record.article
        self.reading = reading
        self.text = reading.text
        self.catalogue = catalogue
        self.today = today
        self.findings = Findings()

    def report(self, location: Location, subject: str, message: str) -> None:
        """Note a problem at a place of the file."""
        line = find_line(self.source.lines, location)
        self.findings.problems.append(Problem(self.source.path, line, subject, message))

    # The article

    def check_header(self) -> None:
        """Check the article's own fields."""
        article, seed = self.article, self.article.seed
        if article.province and article.province not in self.catalogue.provinces and self.catalogue.is_whole:
            advice = suggest(article.province, self.catalogue.provinces)
            odd = describe_odd_letters(article.province)
            self.report(("article", "province"), seed, f"unknown province «{article.province}»: {advice}{odd}")
        self.check_words(("article", "title"), seed, article.title)
        if article.publisher is not None:
            self.check_words(("article", "publisher", "words"), seed, article.publisher.words)
        if article.published is not None:
            fits = self.check_days(("article", "published"), seed, article.published)
            start = article.published.days.start
            if fits and start is not None and start > self.today:
                self.report(
                    ("article", "published", "covers"),
                    seed,
                    f"the article was published on {article.published.covers}, which is still to come",
                )

    def check_words(self, location: Location, subject: str, words: str | None) -> bool:
        """Check that words stand in the article, letter for letter; return whether they do."""
        if words is None:
            return True
        places = [Span(place, place + len(words)) for place in self.reading.find_words(words, 0, len(self.text))]
        if any(self.reading.is_whole(place.start, place.end) for place in places):
            return True
        self.report(location, subject, self.explain_words(str(location[-1]), words, places))
        return False

    def explain_words(self, name: str, words: str, cut: Sequence[Span]) -> str:
        """Return what is wrong with words that do not stand whole in the article."""
        if cut:
            start, end = widen(self.text, cut[0])
            said = shorten(self.text[start:end])
            return f"`{name}` «{shorten(words)}» cuts its words in two: the article says «{said}»"
        found = self.reading.find_nearest(words)
        if found is None:
            return f"`{name}` «{shorten(words)}» stands nowhere in the article, and no words there are like it"
        difference = show_difference(words, self.text[found.start : found.end])
        line = self.reading.line_of(found.start)
        return (
            f"`{name}` «{shorten(words)}» stands nowhere in the article: nearest is, on its line {line}, {difference}"
        )

    def check_days(self, location: Location, subject: str, period: Period) -> bool:
        """Check that a period's words stand in the article and state its days; return whether they do."""
        if not self.check_words((*location, "words"), subject, period.words):
            return False
        stated = find_contradiction(period)
        if stated is None:
            return True
        message = f"covers {period.covers} is not what its words say: «{shorten(str(period.words))}» states {stated}"
        self.report((*location, "covers"), subject, message)
        return False

    def check_period(self, location: Location, subject: str, period: Period, natures: set[Nature]) -> None:
        """Check a sentence's period: its words, what they say, and that it does not lie after its article."""
        start, end = period.days
        if not self.check_days(location, subject, period) or start is None:
            return
        published = self.article.published.days.end if self.article.published else None
        latest = published or self.today
        known = f"the day of the article, {published}" if published else f"today, {self.today}"
        if start > latest:
            self.report((*location, "covers"), subject, f"the period {period.covers} lies after {known}")
        elif end is not None and end > latest and Nature.FLOW in natures:
            self.report(
                (*location, "covers"),
                subject,
                f"the period {period.covers} ends on {end}, after {known}: what was counted cannot reach beyond;"
                f" write {start}/{latest}",
            )

    # Its sentences

    def check_sentence(self, location: Location, sentence: Sentence, quoted: dict[Span, int]) -> None:
        """Check one quote with its claims; `quoted` holds the line of each sentence quoted so far."""
        subject = sentence.claims[0].id if sentence.claims else self.article.seed
        indicators = (self.catalogue.indicators.get(claim.indicator) for claim in sentence.claims)
        self.check_period(
            (*location, "period"), subject, sentence.period, {indicator.nature for indicator in indicators if indicator}
        )
        place = self.place_quote((*location, "quote"), subject, sentence)
        if place is not None and place in quoted:
            self.report(
                (*location, "quote"),
                subject,
                f"this sentence is quoted already on line {quoted[place]}: put its claims together",
            )
        elif place is not None:
            quoted[place] = find_line(self.source.lines, (*location, "quote"))
        for index, claim in enumerate(sentence.claims):
            self.check_claim((*location, "claims", index), claim, sentence, place)

    def place_quote(self, location: Location, subject: str, sentence: Sentence) -> Span | None:
        """Return the sentence of the article that a quote is."""
        places = self.reading.places.get(sentence.quote, ())
        count = len(places)
        if count == 1 and sentence.nth is None:
            return places[0]
        nth_location = (*location[:-1], "nth")
        if count > 1 and sentence.nth is None:
            lines = join([str(self.reading.line_of(place.start)) for place in places])
            self.report(
                location,
                subject,
                f"the quote stands {count} times in the article (lines {lines}): add `nth`, 1 to {count}",
            )
        elif count > 1 and sentence.nth is not None and sentence.nth <= count:
            return places[sentence.nth - 1]
        elif count > 1:
            self.report(
                nth_location, subject, f"nth {sentence.nth}: the quote stands only {count} times in the article"
            )
        elif count == 1:
            self.report(nth_location, subject, "the quote stands once in the article: leave `nth` out")
            return places[0]
        else:
            message, span = self.explain_quote(sentence.quote)
            self.report(location, subject, message)
            self.findings.unplaced.append(span)
            return None
        self.findings.unplaced.extend(places)
        return None

    def explain_quote(self, quote: str) -> tuple[str, Span]:
        """Return what is wrong with a quote that is no sentence of the article, and where it belongs."""
        text = self.text
        place = text.find(quote)
        if place >= 0:
            return self.explain_part(quote, place)
        whole = Span(0, len(text))
        names = list(self.reading.places)
        found = process.extractOne(quote, names, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        if found is None:
            return (
                f"the quote «{shorten(quote)}» does not stand in {self.article.seed}, and no sentence there is like it",
                whole,
            )
        span = self.reading.places[found[0]][0]
        line = self.reading.line_of(span.start)
        return (
            "the quote does not stand in the article; the nearest sentence,"
            f" on line {line} of {self.article.seed}, differs: {show_difference(quote, found[0])}"
        ), span

    def explain_part(self, quote: str, place: int) -> tuple[str, Span]:
        """Return what is wrong with a quote that stands in the article, but is no whole sentence."""
        end = place + len(quote)
        touched = [span for span in self.reading.sentences if span.start < end and place < span.end]
        if not touched:
            return "the quote is no sentence of the article by the splitter", Span(place, end)
        around = Span(touched[0].start, touched[-1].end)
        if len(touched) > 1:
            return f"the quote runs over {len(touched)} sentences: quote each on its own", around
        sentence = self.text[around.start : around.end]
        missing = join(
            [f"«{shorten(part)}»" for part in (self.text[around.start : place], self.text[end : around.end]) if part]
        )
        return (
            f"the quote is only a part of its sentence, {missing} is left out: quote «{shorten(sentence)}» whole",
            around,
        )

    # Their claims

    def check_claim(self, location: Location, claim: Claim, sentence: Sentence, quote: Span | None) -> None:
        """Check one claim and keep it where it fits."""
        indicator = self.catalogue.indicators.get(claim.indicator)
        if indicator is None and self.catalogue.is_whole:
            advice = suggest(claim.indicator, self.catalogue.indicators)
            self.report((*location, "indicator"), claim.id, f"unknown indicator «{claim.indicator}»: {advice}")
        if claim.place is not None:
            self.check_words((*location, "place", "words"), claim.id, claim.place.words)
        self.check_corrections(location, claim, sentence)
        figure = self.place_figure(location, claim, quote) if quote is not None else None
        if quote is None or figure is None:
            if quote is not None:
                self.findings.unplaced.append(quote)
            return
        index = self.pick_mention(location, claim, figure)
        if index is None:
            self.findings.unplaced.append(quote)
            return
        mention = self.reading.mentions[index]
        holder = self.findings.claimed.setdefault(index, claim.id)
        if holder != claim.id:
            self.report(
                (*location, "figure"),
                claim.id,
                f"the number «{mention.text}» of «{claim.figure}» is claimed already by {holder}",
            )
        self.check_value(location, claim, mention)
        if indicator is not None and indicator.nature is Nature.SHARE and claim.of is None and not is_ratio(mention):
            self.check_share(location, claim, indicator)
        self.check_qualifier(location, claim, mention, figure)
        if indicator is None:
            return
        self.check_unit(location, claim, mention, figure, indicator)
        if claim.value in (mention.value, *(mention.value if isinstance(mention.value, tuple) else ())):
            self.check_plausible(location, claim, indicator)
        self.accept(location, claim, sentence, quote, figure)

    def place_figure(self, location: Location, claim: Claim, quote: Span) -> Span | None:
        """Return where a claim's figure stands in its quote."""
        reading, words = self.reading, claim.figure
        places = [Span(place, place + len(words)) for place in reading.find_words(words, quote.start, quote.end)]
        whole = [place for place in places if reading.is_whole(place.start, place.end)]
        count = len(whole)
        if count == 1 and claim.nth is None:
            return whole[0]
        if count == 0:
            self.report((*location, "figure"), claim.id, self.explain_figure(claim.figure, quote, places))
        elif claim.nth is None:
            message = (
                f"figure «{words}» stands {count} times in the quote: add `nth`, 1 to {count}, or more of its words"
            )
            self.report((*location, "figure"), claim.id, message)
        elif count == 1:
            self.report((*location, "nth"), claim.id, f"figure «{words}» stands once in the quote: leave `nth` out")
            return whole[0]
        elif claim.nth > count:
            self.report(
                (*location, "nth"),
                claim.id,
                f"nth {claim.nth}: figure «{words}» stands only {count} times in the quote",
            )
        else:
            return whole[claim.nth - 1]
        return None

    def explain_figure(self, figure: str, quote: Span, cut: Sequence[Span]) -> str:
        """Return what is wrong with a figure that does not stand whole in its quote."""
        text = self.text
        if cut:
            start, end = widen(text, cut[0])
            number = self.reading.find_cut(cut[0].start, cut[0].end)
            if number is not None:
                start, end = min(start, number.start), max(end, number.end)
            return f"figure «{figure}» cuts its words in two: the article says «{text[start:end]}»"
        if figure in text:
            line = self.reading.line_of(text.find(figure))
            return f"figure «{figure}» stands on line {line} of the article, but not in this quote"
        found = self.reading.find_nearest(figure, quote)
        if found is None:
            return f"figure «{figure}» does not stand in the quote: copy the words that state the number"
        difference = show_difference(figure, text[found.start : found.end])
        return f"figure «{figure}» does not stand in the quote; nearest is {difference}"

    def pick_mention(self, location: Location, claim: Claim, figure: Span) -> int | None:
        """Return the index of the one number that a figure states."""
        inside = self.reading.find_inside(figure.start, figure.end)
        mentions = self.reading.mentions
        figures = [index for index in inside if mentions[index].kind is Kind.FIGURE]
        if len(figures) == 1:
            return figures[0]
        if figures:
            numbers = join([f"«{mentions[index].text}»" for index in figures])
            message = f"figure «{claim.figure}» holds {len(figures)} numbers ({numbers}): one claim states one of them"
        elif inside:
            other = mentions[inside[0]]
            message = f"figure «{claim.figure}» states no figure: «{other.text}» reads as {other.kind}"
        else:
            message = f"figure «{claim.figure}» holds no number"
        self.report((*location, "figure"), claim.id, message)
        return None

    def check_value(self, location: Location, claim: Claim, mention: Mention) -> None:
        """Check that value and whole are what the number reads as."""
        read, words = mention.value, f"«{claim.figure}»"
        if read is None:
            message = f"{words} states no exact number («{mention.text}»): set it aside, with why"
            self.report((*location, "figure"), claim.id, message)
        elif not isinstance(read, Decimal) and not is_ratio(mention):
            message = (
                f"{words} states a range, {show(read[0])} to {show(read[1])}, not one value: set it aside, with why"
            )
            self.report((*location, "figure"), claim.id, message)
        elif not isinstance(read, Decimal):
            self.check_ratio(location, claim, read)
        else:
            self.check_number(location, claim, read)

    def check_number(self, location: Location, claim: Claim, read: Decimal) -> None:
        """Check a claim of a plain number."""
        if claim.value != read:
            self.report(
                (*location, "value"),
                claim.id,
                f"value {show(claim.value)} is not what the figure says: «{claim.figure}» reads {show(read)};"
                f" write {show(read)}, or correct the figure",
            )
        if claim.of is not None:
            self.report(
                (*location, "of"),
                claim.id,
                f"of {show(claim.of)}: «{claim.figure}» names no whole (x/y); leave `of` out",
            )

    def check_ratio(self, location: Location, claim: Claim, read: tuple[Decimal, Decimal]) -> None:
        """Check a claim of "x of y"."""
        part, whole = read
        reads = f"«{claim.figure}» reads {show(part)} of {show(whole)}"
        if claim.of is None:
            message = f"`of` is missing: {reads}; add of: {show(whole)}"
            self.report(location, claim.id, message)
        elif claim.of != whole:
            self.report(
                (*location, "of"),
                claim.id,
                f"of {show(claim.of)} is not what the figure says: {reads}; write {show(whole)}, or correct the figure",
            )
        if claim.value != part:
            self.report(
                (*location, "value"),
                claim.id,
                f"value {show(claim.value)} is not what the figure says: {reads};"
                f" write {show(part)}, or correct the figure",
            )

    def check_qualifier(self, location: Location, claim: Claim, mention: Mention, figure: Span) -> None:
        """Check that the claim hedges as the article does, and that its figure holds the hedge."""
        hedge = mention.qualifier.casefold() if mention.qualifier else None
        said = parse_qualifier(mention.qualifier)
        if claim.qualifier is not said:
            words = f"«{hedge} {mention.text}»" if hedge else f"«{mention.text}» without a hedge"
            self.report(
                (*location, "qualifier") if ("qualifier" in claim.model_fields_set) else location,
                claim.id,
                f"qualifier {claim.qualifier} is not what the article says: {words} is {said}",
            )
        around = f"{self.text[figure.start : mention.start]} {self.text[mention.end : figure.end]}".casefold()
        if hedge is not None and hedge not in around:
            message = f"figure «{claim.figure}» leaves out its hedge «{hedge}»: copy it too"
            self.report((*location, "figure"), claim.id, message)

    def check_unit(
        self, location: Location, claim: Claim, mention: Mention, figure: Span, indicator: Indicator
    ) -> None:
        """Check that the words after the number name the indicator's unit, and that the figure holds them."""
        unit = self.catalogue.units[indicator.unit]
        found = self.catalogue.find_counted(self.text, mention)
        if found is None or unit.key not in found[0]:
            start = skip_space(self.text, mention.end)
            after = shorten(self.text[start : start + AROUND].split("\n")[0])
            named = f"they name {join(sorted(found[0]))}" if found else "they name no unit of data/units.yaml"
            spellings = ", ".join(f"«{spelling}»" for spelling in unit.spellings)
            self.report(
                (*location, "indicator"),
                claim.id,
                f"after «{mention.text}» stands «{after}», but {indicator.id} counts {unit.key} ({spellings}): {named}",
            )
        elif found[1] > figure.end:
            words = self.text[mention.start : found[1]]
            self.report(
                (*location, "figure"), claim.id, f"figure «{claim.figure}» leaves out its counted words: «{words}»"
            )

    def check_share(self, location: Location, claim: Claim, indicator: Indicator) -> None:
        """Check that a share without a whole is one in per cent."""
        if indicator.unit != "percent":
            message = f"{indicator.id} is a share, but «{claim.figure}» names no whole (x/y): choose another indicator"
            self.report((*location, "indicator"), claim.id, message)

    def check_plausible(self, location: Location, claim: Claim, indicator: Indicator) -> None:
        """Check a value that its figure says against the range of its indicator."""
        least, most = indicator.plausible.min, indicator.plausible.max
        if indicator.unit == "percent" and claim.value > 100:
            self.report((*location, "value"), claim.id, f"value {show(claim.value)} is more than 100 per cent")
        elif not least <= claim.value <= most:
            self.report(
                (*location, "value"),
                claim.id,
                f"value {show(claim.value)} is not plausible for {indicator.id} ({show(least)} to {show(most)}):"
                " correct it, or widen the range in data/indicators.yaml",
            )

    def check_corrections(self, location: Location, claim: Claim, sentence: Sentence) -> None:
        """Check that the newest correction of each field says what stands there now, and that they follow on."""
        if not claim.corrections:
            return
        standing = find_standing(claim, sentence)
        newest: dict[str, str] = {}
        for index, correction in enumerate(claim.corrections):
            here = (*location, "corrections", index)
            if correction.field not in standing:
                advice = suggest(correction.field, standing)
                self.report((*here, "field"), claim.id, f"unknown field «{correction.field}» of a correction: {advice}")
                continue
            if index and correction.when < claim.corrections[index - 1].when:
                self.report(
                    (*here, "when"),
                    claim.id,
                    f"the correction of {correction.when} stands after a later one: oldest first",
                )
            if correction.when > self.today:
                self.report((*here, "when"), claim.id, f"the correction of {correction.when} lies in the future")
            before = newest.get(correction.field)
            if before is not None and before != correction.said:
                message = f"said «{shorten(correction.said)}», but the correction before says «{shorten(before)}»"
                self.report((*here, "said"), claim.id, message)
            newest[correction.field] = correction.says
        for name, says in newest.items():
            if name in standing and says != standing[name]:
                self.report(
                    (*location, "corrections"),
                    claim.id,
                    f"the newest correction of {name} says «{shorten(says)}»,"
                    f" but «{shorten(standing[name])}» stands there",
                )

    def accept(self, location: Location, claim: Claim, sentence: Sentence, quote: Span, figure: Span) -> None:
        """Keep the place of a claim whose article, indicator and text are known."""
        province = self.catalogue.provinces.get(self.article.province)
        if province is None:
            return
        indicator = self.catalogue.indicators[claim.indicator]
        quote_start, quote_end = self.source.text.raw_span(quote.start, quote.end)
        figure_start, figure_end = self.source.text.raw_span(figure.start, figure.end)
        self.findings.claims.append(
            CheckedClaim(
                claim=claim,
                sentence=sentence,
                article=self.article,
                path=self.source.path,
                line=find_line(self.source.lines, location),
                province=province,
                topic=self.catalogue.topics[indicator.topic],
                indicator=indicator,
                unit=self.catalogue.units[indicator.unit],
                quote_start=quote_start,
                quote_end=quote_end,
                figure_start=figure_start,
                figure_end=figure_end,
                mark_start=figure.start - quote.start,
            )
        )


def is_ratio(mention: Mention) -> bool:
    """Tell whether a number of two values states "x of y", not a range: 1.962/1.969."""
    return "/" in mention.text


def find_standing(claim: Claim, sentence: Sentence) -> dict[str, str]:
    """Return the fields that a correction may speak of, as they stand now."""
    values: dict[str, object] = {
        **{
            name: getattr(claim, name)
            for name in type(claim).model_fields
            if name not in ("id", "corrections", "place")
        },
        "place": claim.place.words if claim.place else None,
        "quote": sentence.quote,
        "translation": sentence.translation,
        "period": sentence.period.covers,
    }
    return {
        name: show(value) if isinstance(value, Decimal) else "" if value is None else str(value)
        for name, value in values.items()
    }


def widen(text: str, span: Span) -> tuple[int, int]:
    """Return a span with the words that its edges cut."""
    start, end = span.start, span.end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
