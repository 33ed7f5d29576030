"""The account of every number of an article: the claim it is, or the reason why it is none."""

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.claims.catalogue import Catalogue
from extract.claims.changes import find_change_unit, find_direction, is_governed
from extract.claims.check.agreement import can_all_hold
from extract.claims.check.article_check import CheckResult
from extract.claims.collection import Certainty, Collection, LedgerEntry, Source
from extract.claims.messages import AROUND, format_list, format_plain_number
from extract.claims.records import Claim, Repeat, SetAside
from extract.claims.yaml.scalars import format_scalar
from extract.claims.yaml.strict import Location, find_line
from extract.text.hedges import parse_qualifier
from extract.text.mentions import Kind, Mention
from extract.text.problems import Problem
from extract.text.reading import Reading, find_word_end, skip_space
from extract.text.sentences import Span

_LINE_END = re.compile(r"\r\n?|\n")

# An article with more open numbers than this has not been curated yet: the rest is counted, not shown.
MOST_SHOWN = 100

_PROPOSED = "claim it, or set it aside: "

# Why a mention of each kind is never a claim; a figure needs a claim or a reason of its own.
REASONS = {
    Kind.DATE: "a date, or the length of the time it reports on",
    Kind.DOCUMENT: "the number of a document",
    Kind.CLAUSE: "the number of a clause, a criterion or a list",
    Kind.TIME: "a time of day",
    Kind.ORDINAL: "a place in an order",
    Kind.ANNIVERSARY: "the years of an anniversary or a review",
    Kind.OTHER: "part of a name, a code or an idiom",
}


class Note(NamedTuple):
    """What a curator notes of numbers that stand in no quote's claim: set aside, or a claim's fact once more."""

    entry: SetAside | Repeat
    location: Location
    claim: Claim | None = None
    """The claim that is repeated; None of what is set aside."""

    @property
    def says(self) -> str:
        """What its words are said to be."""
        return "is set aside" if self.claim is None else "is in `also_at`"


def _list_notes(source: Source) -> Iterator[Note]:
    for index, entry in enumerate(source.record.set_aside):
        yield Note(entry, ("set_aside", index))
    for above, sentence in enumerate(source.record.sentences):
        for index, claim in enumerate(sentence.claims):
            for place, repeat in enumerate(claim.also_at):
                yield Note(repeat, ("sentences", above, "claims", index, "also_at", place), claim)


def account_article(
    source: Source, reading: Reading, result: CheckResult, catalogue: Catalogue
) -> tuple[list[LedgerEntry], list[Problem]]:
    """Return the account of every mention of an article, in the order of its text, and what does not add up."""
    noted, problems = place_entries(source, reading, result.claimed)
    problems.extend(_check_repeats(source, reading, noted, catalogue))
    untold = (place for quote in result.untold for place in reading.places[quote])
    unplaced = reading.find_beginning([*result.unplaced, *untold])
    open_numbers = [
        index
        for index, mention in enumerate(reading.mentions)
        if mention.kind is Kind.FIGURE and index not in result.claimed and index not in noted and index not in unplaced
    ]
    problems.extend(_ask_for(source, reading, open_numbers, catalogue))
    entries = [
        _make_entry(source, mention, result.claimed.get(index), noted.get(index))
        for index, mention in enumerate(reading.mentions)
    ]
    return entries, problems


def _make_entry(source: Source, mention: Mention, claim: str | None, note: Note | None) -> LedgerEntry:
    start, end = source.text.raw_span(mention.start, mention.end)
    aside = note.entry if note is not None and isinstance(note.entry, SetAside) else None
    claim = note.claim.id if note is not None and note.claim is not None else claim
    if claim or aside:
        certainty = Certainty.CONFIRMED
    else:
        certainty = Certainty.CERTAIN if mention.is_certain and mention.kind in REASONS else Certainty.DOUBTFUL
    return LedgerEntry(
        seed=source.record.article.seed,
        start=start,
        end=end,
        text=mention.text,
        kind=mention.kind,
        claim=claim,
        reason=None if claim else aside.why if aside else REASONS.get(mention.kind),
        reason_vi=None if claim or aside is None else aside.why_vi,
        certainty=certainty,
    )


def find_doubts(collection: Collection) -> Iterator[Problem]:
    """Yield each number that a weak rule sets aside and no curator has confirmed, in the order of the ledger.

    None of them is a fault: a check is clean all the same.
    """
    sources = {source.record.article.seed: source for source in collection.sources}
    line_starts = {seed: _find_line_starts(source.text.raw) for seed, source in sources.items()}
    for entry in collection.ledger:
        if entry.certainty is Certainty.DOUBTFUL:
            source = sources[entry.seed]
            line = find_line(source.lines, ("set_aside",))
            place = _format_raw_place(line_starts[entry.seed], entry.start)
            message = (
                f"the number «{entry.text}» {place} reads as {entry.kind} by a weak rule:"
                " claim it with read, or set it aside to confirm"
            )
            yield Problem(source.path, line, entry.seed, message)


def place_entries(
    source: Source, reading: Reading, claimed: Mapping[int, str]
) -> "tuple[dict[int, Note], list[Problem]]":
    """Return the note of each mention that is set aside or repeats a claim, by its index, and what is wrong with notes.

    Longer words go first, so that an entry for `3 lực lượng rất tốt` leaves `3 lực lượng` to the other places.
    """
    noted: dict[int, Note] = {}
    problems: list[Problem] = []
    first: dict[str, int] = {}
    taken = set(claimed)
    for note in sorted(_list_notes(source), key=lambda note: -len(note.entry.figure)):
        entry, subject = note.entry, note.claim.id if note.claim else source.record.article.seed
        line = find_line(source.lines, (*note.location, "figure"))
        if entry.figure in first:
            message = f"«{entry.figure}» {note.says} already on line {first[entry.figure]}: put the two together"
            problems.append(Problem(source.path, line, subject, message))
            continue
        first[entry.figure] = line
        places = _find_entry_places(reading, entry, taken)
        free = _find_free(places, taken)
        if len(free) != entry.times or any(len(place) > 1 for place in places):
            message = _explain_entry(note, reading, places, free, claimed)
            problems.append(Problem(source.path, line, subject, message))
        noted.update((place[0], note) for place in free)
        taken.update(place[0] for place in free)
    problems.sort(key=lambda problem: problem.line)
    return noted, problems


def _check_repeats(
    source: Source, reading: Reading, noted: Mapping[int, Note], catalogue: Catalogue
) -> Iterator[Problem]:
    """Yield each number that is said to state a claim's fact once more, but states another one."""
    for index, note in noted.items():
        if note.claim is None or note.claim.indicator not in catalogue.joined:
            continue
        fault = _explain_repeat(note.claim, reading, reading.mentions[index], catalogue)
        if fault is not None:
            line = find_line(source.lines, (*note.location, "figure"))
            message = f"«{note.entry.figure}» is no repetition of «{note.claim.figure}»: {fault}"
            yield Problem(source.path, line, note.claim.id, message)


def _explain_repeat(claim: Claim, reading: Reading, mention: Mention, catalogue: Catalogue) -> str | None:
    """Return why a number cannot state a claim's fact: another unit, value, whole or direction; None where it can."""
    joined = catalogue.joined[claim.indicator]
    if claim.change is not None:
        joined = replace(joined, unit=find_change_unit(catalogue, reading.text, mention, joined))
    counted = catalogue.find_counted_units(reading.text, mention)
    if counted is not None and joined.unit.key not in counted[0]:
        return f"it counts {format_list(sorted(counted[0]))}, and the claim {joined.unit.key}"
    sentence = reading.find_sentence(mention)
    stated = find_direction(reading.text, sentence.start, mention)
    is_change = stated is not None and is_governed(reading.text, sentence.start, mention)
    if (is_change and claim.change is None) or (
        claim.change is not None and (stated is None or stated.direction is not claim.change)
    ):
        return "one of the two is a change, and the other is none or goes the other way"
    factor = catalogue.find_factor(reading.text, mention, joined.unit.key)
    read = mention.value if isinstance(mention.value, tuple) else (mention.value,)
    values = tuple(value * factor for value in read if value is not None)
    said = tuple(value for value in (claim.value, claim.of, claim.before, claim.to) if value is not None)
    if not values:
        return f"«{mention.text}» states no exact number"
    if values == said or values == said[:1]:
        return None
    hedged = [(claim.qualifier, claim.value), (parse_qualifier(mention.qualifier), values[0])]
    if len(values) == 1 and claim.to is None and can_all_hold(hedged):
        return None
    return f"it reads {' and '.join(map(format_plain_number, values))}"


def _find_entry_places(reading: Reading, entry: SetAside | Repeat, taken: Container[int]) -> "list[list[int]]":
    """Return, for each place where an entry's words stand whole, the indexes of the numbers that it may set aside.

    Those are figures. Where the entry means more places than hold one, they are also numbers that a weak rule takes for
    something else. Where no place holds either, they are numbers of no kind at all (`hoạt 9 động`, a page number): they
    need no entry, but the reason of one says more than the general one.
    """
    figures = find_places(reading, entry.figure)
    if len(_find_free(figures, taken)) == entry.times:
        return figures
    weak = find_places(reading, entry.figure, _is_weak)
    both = [place or other for place, other in zip(figures, weak, strict=True)]
    return both if any(both) else find_places(reading, entry.figure, _is_other)


def _find_free(places: "Sequence[Sequence[int]]", taken: Container[int]) -> "list[Sequence[int]]":
    """Return the places that hold one number which nothing accounts for yet."""
    return [place for place in places if len(place) == 1 and place[0] not in taken]


def _is_figure(mention: Mention) -> bool:
    return mention.kind is Kind.FIGURE


def _is_weak(mention: Mention) -> bool:
    return not mention.is_certain


def _is_other(mention: Mention) -> bool:
    return mention.kind is Kind.OTHER


def find_places(reading: Reading, words: str, counts: Callable[[Mention], bool] = _is_figure) -> "list[list[int]]":
    """Return, for each place where words stand whole, the indexes of the numbers in them that count."""
    return [
        [index for index in reading.find_inside(place, place + len(words)) if counts(reading.mentions[index])]
        for place in reading.find_whole(words)
    ]


def _explain_entry(
    note: Note,
    reading: Reading,
    places: "Sequence[Sequence[int]]",
    free: "Sequence[Sequence[int]]",
    claimed: Mapping[int, str],
) -> str:
    entry, says = note.entry, note.says
    words = f"«{entry.figure}»"
    if not places:
        cut = reading.find_first(entry.figure)
        if cut is None:
            return f"{words} {says}, but does not stand in the article: copy its words, or take the entry out"
        around = _format_around(reading.text, cut, Span(0, len(reading.text)))
        return f"{words} {says}, but cuts its words in two: the article says {around}"
    crowded = next((place for place in places if len(place) > 1), None)
    if crowded is not None:
        numbers = format_list([f"«{reading.mentions[index].text}»" for index in crowded])
        return f"{words} holds {len(crowded)} numbers ({numbers}): set each aside on its own"
    if not any(places):
        return f"{words} {says}, but holds no figure{_other_kind(entry.figure, reading)}: take the entry out"
    if not free:
        holders = sorted({claimed[place[0]] for place in places if place and place[0] in claimed})
        by = f"claimed by {format_list(holders)}" if holders else "set aside by longer words"
        return f"{words} {says}, but is {by}: take one of the two out"
    return f"{words} stands in {len(free)} places without a claim, not {entry.times}: write times: {len(free)}" + (
        "" if len(free) > entry.times else ", or look for the words that changed"
    )


def _other_kind(words: str, reading: Reading) -> str:
    start = reading.find_whole(words)[0]
    inside = reading.find_inside(start, start + len(words))
    if not inside:
        return " and no other number"
    mention = reading.mentions[inside[0]]
    return f" («{mention.text}» reads as {mention.kind}, which needs no entry)"


def _ask_for(source: Source, reading: Reading, open_numbers: Sequence[int], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a problem for each number that nobody accounted for, with the line to paste."""
    line = find_line(source.lines, ("set_aside",))
    seed = source.record.article.seed
    asked = frozenset(open_numbers)
    times_of: dict[str, int] = {}
    for index in open_numbers[:MOST_SHOWN]:
        mention = reading.mentions[index]
        figure = find_figure(reading.text, mention, catalogue)
        words = reading.text[figure.start : figure.end]
        if words not in times_of:
            times_of[words] = sum(not asked.isdisjoint(place) for place in find_places(reading, words))
        times = times_of[words]
        entry = f"- {{figure: {format_scalar(words)}, {f'times: {times}, ' if times > 1 else ''}why: }}"
        around = _format_around(reading.text, mention, reading.find_sentence(mention))
        yield Problem(
            source.path,
            line,
            seed,
            f"the number «{mention.text}» {_format_place(source, reading, mention)} is neither claimed nor set aside:"
            f" {around}; {_PROPOSED}{entry}",
        )
    if len(open_numbers) > MOST_SHOWN:
        message = f"{len(open_numbers) - MOST_SHOWN} more numbers are neither claimed nor set aside"
        yield Problem(source.path, line, seed, message)


def find_proposed_entry(problem: Problem) -> str | None:
    """Return the entry of `set_aside` that a problem proposes: that of an open number; None of any other."""
    _, proposed, entry = problem.message.rpartition(_PROPOSED)
    return entry if proposed else None


def find_figure(text: str, mention: Mention, catalogue: Catalogue) -> Span:
    """Return where the words stand that state a number: its hedge, the number, and the word it counts."""
    start, end = mention.start, mention.end
    if mention.qualifier:
        before = text[max(start - 20, 0) : start].rstrip()
        if before.casefold().endswith(mention.qualifier.casefold()):
            start = max(start - 20, 0) + len(before) - len(mention.qualifier)
    unit = catalogue.find_counted_units(text, mention)
    if unit is not None:
        end = unit[1]
    elif mention.unit and text.startswith(mention.unit, skip_space(text, end)):
        end = find_word_end(text, skip_space(text, end) + len(mention.unit))
    if mention.qualifier and start == mention.start:
        behind = text[end : end + len(mention.qualifier) + 1]
        if behind.strip().casefold() == mention.qualifier.casefold():
            end += len(behind.rstrip())
    return Span(start, end)


def _format_place(source: Source, reading: Reading, mention: Mention) -> str:
    text, raw = reading.text, source.text.raw_offset
    line_start = text.rfind("\n", 0, mention.start) + 1
    return f"on line {reading.line_of(mention.start)}, column {raw(mention.start) - raw(line_start) + 1} of the text"


def _find_line_starts(raw: str) -> list[int]:
    return [0, *(line_end.end() for line_end in _LINE_END.finditer(raw))]


def _format_raw_place(line_starts: Sequence[int], start: int) -> str:
    """Return where a place of an article stands in its file, as the checks name it."""
    line = bisect_right(line_starts, start)
    return f"on line {line}, column {start - line_starts[line - 1] + 1} of the text"


def _format_around(text: str, place: Span | Mention, within: Span) -> str:
    first, last = max(place.start - AROUND, within.start), min(place.end + AROUND, within.end)
    words = text[first:last].replace("\n", " ").strip()
    return f"«{'…' if first > within.start else ''}{words}{'…' if last < within.end else ''}»"
