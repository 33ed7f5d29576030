"""The check of a claim's reading: its value, whole, hedge and unit are those of the number that its figure states."""

from dataclasses import dataclass
from decimal import Decimal

from extract.claims.catalogue import JoinedIndicator
from extract.claims.changes import RELATIVE_UNITS
from extract.claims.check.article_check import ArticleCheck
from extract.claims.messages import AROUND, format_excerpt, format_list, format_plain_number
from extract.claims.records import Claim, Direction, Nature, PersonReading
from extract.claims.yaml.strict import Location
from extract.text.hedges import Qualifier, parse_qualifier
from extract.text.mentions import Kind, Mention
from extract.text.reading import skip_space
from extract.text.sentences import Span


@dataclass(frozen=True, kw_only=True)
class ReadClaim:
    """A claim beside the number that its figure states."""

    claim: Claim
    location: Location
    mention: Mention
    figure: Span
    joined: JoinedIndicator | None
    """None where the catalogue has no such one."""
    factor: Decimal = Decimal(1)
    """How many of the indicator's unit one of what the number counts is: 0.001 of `500 gam`."""

    @property
    def stated(self) -> Decimal | tuple[Decimal, Decimal] | None:
        """The value of its number in the indicator's unit."""
        value = self.mention.value
        if isinstance(value, tuple):
            return value[0] * self.factor, value[1] * self.factor
        return None if value is None else value * self.factor

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The value that its number states, with its whole; none where it states no exact one."""
        if self.person is not None:
            return (self.person.value,) if self.person.of is None else (self.person.value, self.person.of)
        value = self.mention.value
        return (value,) if isinstance(value, Decimal) else value or ()

    @property
    def person(self) -> PersonReading | None:
        """How a person reads its number, where the grammar leaves that to one."""
        mention, person = self.mention, self.claim.read
        if person is None or not is_read_by_grammar(mention):
            return person
        # Of a bare number, such as one in brackets after a place, only a person can say what it counts.
        return person if is_bare(mention) and person.value == mention.value and person.of is None else None


def is_read_by_grammar(mention: Mention) -> bool:
    """Tell whether the grammar reads a number as a figure that is worth something: no person reads it otherwise."""
    return mention.kind is Kind.FIGURE and mention.value is not None


def is_bare(mention: Mention) -> bool:
    """Tell whether a weak rule takes a number that counts nothing by its words for a figure: `Kon Plông (12)`."""
    return not mention.is_certain and mention.unit is None


def is_ratio(mention: Mention) -> bool:
    """Tell whether a number of two values states "x of y", not a range: 1.962/1.969."""
    return "/" in mention.text


def check_value(check: ArticleCheck, read: ReadClaim) -> None:
    """Check all that a claim says of its number."""
    _check_number(check, read)
    _check_qualifier(check, read)
    if read.joined is not None:
        _check_share(check, read, read.joined)
        _check_unit(check, read, read.joined)
        _check_plausible(check, read, read.joined)


def _report(check: ArticleCheck, read: ReadClaim, field: str, message: str) -> None:
    check.report((*read.location, field), read.claim.id, message)


def _check_number(check: ArticleCheck, read: ReadClaim) -> None:
    """Check that value and whole are what the number reads as."""
    value, words = read.stated, f"«{read.claim.figure}»"
    if read.person is not None:
        return
    if read.claim.read is not None:
        _refuse_person(check, read, read.claim.read)
    elif value is None:
        message = f"{words} states no exact number («{read.mention.text}»): set it aside, with why"
        if any(map(str.isdigit, read.mention.text)):
            message += "; or, where a person can tell what it says, state that in `read`, with its value and why"
        _report(check, read, "figure", message)
    elif isinstance(value, Decimal):
        _check_plain(check, read, value)
    elif is_ratio(read.mention):
        _check_ratio(check, read, *value)
    else:
        _check_range(check, read, *value)
    if read.claim.before is not None and not (isinstance(value, tuple) and is_ratio(read.mention)):
        number = format_plain_number(read.claim.before)
        _report(check, read, "before", f"before {number}: {words} names no number before (now/before); leave it out")
    if read.claim.to is not None and (value is None or isinstance(value, Decimal) or is_ratio(read.mention)):
        _report(check, read, "to", f"to {format_plain_number(read.claim.to)}: {words} states no range; leave `to` out")


def _refuse_person(check: ArticleCheck, read: ReadClaim, person: PersonReading) -> None:
    """Refuse a person's reading of a number that the grammar reads: it is not needed, or says something else."""
    mention = read.mention
    said = tuple(value for value in (person.value, person.of) if value is not None)
    found = mention.value if isinstance(mention.value, tuple) else (mention.value,)
    reads = " to ".join(format_plain_number(value) for value in found if value is not None)
    if is_ratio(mention):
        reads = reads.replace(" to ", " of ")
    if said == found:
        message = f"the grammar reads «{mention.text}» as {reads} itself: take `read` out"
    else:
        message = (
            f"`read` says {' of '.join(map(format_plain_number, said))}, but the grammar reads «{mention.text}» as"
            f" {reads}, and no reading stands against that: take `read` out, or correct the figure"
        )
    _report(check, read, "read", message)


def _check_plain(check: ArticleCheck, read: ReadClaim, value: Decimal) -> None:
    """Check a claim of a plain number."""
    claim, number = read.claim, format_plain_number(value)
    if claim.value != value:
        message = (
            f"value {format_plain_number(claim.value)} is not what the figure says: «{claim.figure}» reads {number};"
            f" write {number}, or correct the figure"
        )
        _report(check, read, "value", message)
    if claim.of is not None:
        message = f"of {format_plain_number(claim.of)}: «{claim.figure}» names no whole (x/y); leave `of` out"
        _report(check, read, "of", message)


def _check_ratio(check: ArticleCheck, read: ReadClaim, part: Decimal, whole: Decimal) -> None:
    """Check a claim of "x of y"."""
    claim = read.claim
    reads = f"«{claim.figure}» reads {format_plain_number(part)} of {format_plain_number(whole)}"
    number = format_plain_number(whole)
    if claim.of is None and claim.before is None:
        wanted = "of" if part <= whole else "before"
        advice = f"add of: {number}" if part <= whole else f"more than a whole holds; add before: {number}, and base"
        check.report(read.location, claim.id, f"`{wanted}` is missing: {reads}; {advice}")
    for field, said, found in (("of", claim.of, whole), ("before", claim.before, whole), ("value", claim.value, part)):
        if said is not None and said != found:
            message = (
                f"{field} {format_plain_number(said)} is not what the figure says: {reads};"
                f" write {format_plain_number(found)}, or correct the figure"
            )
            _report(check, read, field, message)


def _check_range(check: ArticleCheck, read: ReadClaim, least: Decimal, most: Decimal) -> None:
    """Check a claim of a range."""
    claim = read.claim
    reads = f"«{claim.figure}» reads {format_plain_number(least)} to {format_plain_number(most)}"
    if claim.to is None:
        check.report(read.location, claim.id, f"`to` is missing: {reads}; add to: {format_plain_number(most)}")
    for field, said, found in (("value", claim.value, least), ("to", claim.to, most)):
        if said is not None and said != found:
            message = (
                f"{field} {format_plain_number(said)} is not what the figure says: {reads};"
                f" write {format_plain_number(found)}, or correct the figure"
            )
            _report(check, read, field, message)


def _check_share(check: ArticleCheck, read: ReadClaim, joined: JoinedIndicator) -> None:
    """Check that a share without a whole is one in per cent."""
    claim = read.claim
    if joined.measure.nature is not Nature.SHARE or claim.change is not None:
        return
    if claim.value < 0:
        number = format_plain_number(claim.value)
        message = f"value {number} is less than 0, but {claim.indicator} is a share: choose another indicator"
        _report(check, read, "value", message)
    if joined.unit.key == "percent":
        return
    if claim.of is None and (claim.before is not None or not is_ratio(read.mention)):
        message = f"{claim.indicator} is a share, but «{claim.figure}» names no whole (x/y): choose another indicator"
        _report(check, read, "indicator", message)


def _check_qualifier(check: ArticleCheck, read: ReadClaim) -> None:
    """Check that the claim hedges as the article does, and that its figure holds the hedge."""
    claim, mention, figure = read.claim, read.mention, read.figure
    hedge = mention.qualifier.casefold() if mention.qualifier else None
    said = parse_qualifier(mention.qualifier)
    if hedge is None and read.person is not None:
        said = read.person.qualifier or Qualifier.EXACT
    if claim.qualifier is not said:
        words = f"«{hedge} {mention.text}»" if hedge else f"«{mention.text}» without a hedge"
        location = (*read.location, "qualifier") if "qualifier" in claim.model_fields_set else read.location
        check.report(location, claim.id, f"qualifier {claim.qualifier} is not what the article says: {words} is {said}")
    around = f"{check.text[figure.start : mention.start]} {check.text[mention.end : figure.end]}".casefold()
    if hedge is not None and hedge not in around:
        _report(check, read, "figure", f"figure «{claim.figure}» leaves out its hedge «{hedge}»: copy it too")


def _check_unit(check: ArticleCheck, read: ReadClaim, joined: JoinedIndicator) -> None:
    """Check that the words after the number name the indicator's unit, and that the figure holds them."""
    mention, unit = read.mention, joined.unit
    found = check.catalogue.find_counted_units(check.text, mention)
    if found is None and read.person is not None and is_bare(mention):
        return
    if found is None or unit.key not in found[0]:
        start = skip_space(check.text, mention.end)
        after = format_excerpt(check.text[start : start + AROUND].split("\n")[0])
        named = f"they name {format_list(sorted(found[0]))}" if found else "they name no unit of data/units.yaml"
        spellings = ", ".join(f"«{spelling}»" for spelling in unit.spellings)
        message = (
            f"after «{mention.text}» stands «{after}»,"
            f" but {read.claim.indicator} counts {unit.key} ({spellings}): {named}"
        )
        _report(check, read, "indicator", message)
    elif found[1] > read.figure.end:
        words = check.text[mention.start : found[1]]
        _report(check, read, "figure", f"figure «{read.claim.figure}» leaves out its counted words: «{words}»")


def _check_plausible(check: ArticleCheck, read: ReadClaim, joined: JoinedIndicator) -> None:
    """Check a value that its figure says against the range of its measure."""
    for field, value in (("value", read.claim.value), ("to", read.claim.to)):
        if value is not None:
            _check_size(check, read, joined, field, value)


def _check_size(check: ArticleCheck, read: ReadClaim, joined: JoinedIndicator, field: str, value: Decimal) -> None:
    stated = read.stated
    is_stated = value == stated or (isinstance(stated, tuple) and value in stated)
    if not is_stated and read.person is None:
        return
    least, most = joined.measure.plausible.min, joined.measure.plausible.max
    if read.claim.change is not None:
        _check_size_of_change(check, read, joined, field, abs(value))
    elif joined.unit.key == "percent" and value > 100:
        _report(check, read, field, f"{field} {format_plain_number(value)} is more than 100 per cent")
    elif not least <= value <= most:
        message = (
            f"{field} {format_plain_number(value)} is not plausible for {joined.measure.id}"
            f" ({format_plain_number(least)} to {format_plain_number(most)}):"
            " correct it, or widen the range in data/measures.yaml"
        )
        _report(check, read, field, message)


def _check_size_of_change(
    check: ArticleCheck, read: ReadClaim, joined: JoinedIndicator, field: str, size: Decimal
) -> None:
    """Check a change: nothing decreases by more than all of it, nor by more of its unit than there can be."""
    number = format_plain_number(size)
    most = max(abs(joined.measure.plausible.min), abs(joined.measure.plausible.max))
    if joined.unit.key in RELATIVE_UNITS:
        if size > 100 and read.claim.change is Direction.DECREASE:
            _report(check, read, field, f"{field} {number}: nothing decreases by more than 100 per cent")
    elif size > most:
        message = (
            f"{field} {number} is no plausible change of {joined.measure.id}, which is {format_plain_number(most)} at"
            " most: correct it, or widen the range in data/measures.yaml"
        )
        _report(check, read, field, message)
