"""A curator's decision as changed bytes of one file: items in the order of the text, keys in that of the records."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from extract.claims.amend import AmendError, add_items, remove_item, set_fields
from extract.claims.check.ledger import find_places
from extract.claims.records import Article, Claim, Sentence, SetAside
from extract.claims.yaml.nodes import format_field, format_flow, format_item
from extract.claims.yaml.strict import Location, Node
from extract.review.account import (
    ALSO_AT,
    Number,
    find_mapping,
    list_items,
    place_claims,
    place_entries,
    place_sentences,
)
from extract.review.desk import Work
from extract.review.proposals import INHERITED

ALWAYS: Final = ("title", "title_en", "province", "publisher", "published", "url", "reported_by", "reported_by_en")
"""Keys of an article that a file has even where they are empty: what is not known of it is to be seen."""
MOST_WORDS: Final = 6
SETTLED: Final = (
    *("id", "indicator", "figure", "value", "of", "to", "qualifier", "change", "before", "base", "read", "nth"),
)
"""Keys of a claim that a decision settles: one that it does not name is taken out; notes and the like stay."""


class Edit(NamedTuple):
    """The bytes of a file with a decision, and where that stands in them; None where nothing stands there now."""

    after: bytes
    place: Location | None


def begin_file(work: Work, fields: Mapping[str, Node]) -> Edit:
    """Return a new file for an article: its header, and nothing decided yet."""
    header: dict[str, Node] = {"seed": work.seed, "sha256": hashlib.sha256(work.source).hexdigest()}
    header |= {key: fields.get(key, "") for key in Article.model_fields if key in ALWAYS or fields.get(key)}
    first = "# yaml-language-server: $schema=../article.schema.json"
    lines = [first, *format_field("article", header), "sentences: []", "set_aside: []", ""]
    return Edit("\n".join(lines).encode("utf-8"), ("article",))


def set_header(work: Work, fields: Mapping[str, Node]) -> Edit:
    """Return the file with keys of its article set; what is empty and not there stays away."""
    known = find_mapping(work.root, ("article",))
    changes = {key: value for key, value in fields.items() if value or known.get(key)}
    return Edit(set_fields(_take_raw(work), ("article",), changes, list(Article.model_fields)), ("article",))


def write_claim(work: Work, number: Number, claim: Mapping[str, Node], sentence: Mapping[str, Node | None]) -> Edit:
    """Return the file with the claim of a number; `sentence` has what is said of inherited keys, and a translation.

    Of these keys, None takes over what stands above. Else a new sentence says it, or one that has left it open; in a
    sentence that says something else, the claim does.
    """
    _refuse_repeat(number)
    if number.location is None and (repeats := _list_repeats(work, number)):
        claim = {**claim, ALSO_AT: repeats}
    index = place_sentences(work.root, work.reading).get(number.sentence)
    if index is None:
        return _add_sentence(work, number, claim, sentence)
    place: Location = ("sentences", index)
    written = find_mapping(work.root, place)
    left_open = [key for key in INHERITED if written.get(key) == ""]
    shared: dict[str, Node | None] = {key: sentence.get(key) for key in left_open}
    translation = sentence.get("translation") or ""
    if translation != written.get("translation", ""):
        shared["translation"] = translation
    own: dict[str, Node | None] = dict(claim)
    for key in INHERITED:
        said = sentence.get(key)
        own[key] = None if key in left_open or said == written.get(key) else said
    raw, order = _take_raw(work), list(Claim.model_fields)
    if number.location is not None and number.location[0] == "sentences":
        gone = [key for key in SETTLED if key in find_mapping(work.root, number.location) and key not in own]
        raw = set_fields(raw, number.location, {**dict.fromkeys(gone), **own}, order)
    else:
        item: Node = {key: said for key in order if (said := own.get(key)) is not None}
        claims = place_claims(work.root, work.reading)
        later = [at[-1] for mention, at in claims.items() if at[:2] == place and mention > number.index]
        raw = add_items(raw, (*place, "claims"), _join(item), before=min(map(int, later), default=None))
    return Edit(set_fields(raw, place, shared, list(Sentence.model_fields)), place)


def _add_sentence(work: Work, number: Number, claim: Mapping[str, Node], said: Mapping[str, Node | None]) -> Edit:
    """Return the file with a sentence that it did not have, before the first that stands later in the text."""
    span, held = number.sentence, len(list_items(work.root, ("sentences",)))
    quote = work.reading.text[span.start : span.end]
    places = work.reading.places.get(quote, [span])
    nth = {"nth": str(list(places).index(span) + 1)} if len(places) > 1 else {}
    fields: dict[str, Node | None] = {**said, "quote": quote, **nth, "translation": said.get("translation") or ""}
    ordered: Node = {key: value for key in Claim.model_fields if (value := claim.get(key)) is not None}
    fields["claims"] = [ordered]
    item: Node = {key: value for key in Sentence.model_fields if (value := fields.get(key)) is not None}
    found = place_sentences(work.root, work.reading)
    before = min((index for place, index in found.items() if place.start > span.start), default=held)
    return Edit(add_items(_take_raw(work), ("sentences",), _join(item), before=before), ("sentences", before))


def _list_repeats(work: Work, number: Number) -> list[Node]:
    """Return where the draft finds the fact of a number once more, as `also_at` writes it: of places that are open.

    Its words hold those numbers and no other of the article, so that no later decision on another one touches them.
    """
    claims = place_claims(work.draft, work.reading)
    here = claims.get(number.index)
    if here is None:
        return []
    drafted = place_entries(work.draft, work.reading, claims)
    open_ones = {each.index: each for each in work.numbers if each.location is None}
    repeats: list[Node] = []
    for place, item in enumerate(list_items(work.draft, (*here, ALSO_AT))):
        held = sorted(mention for mention, at in drafted.items() if at == (*here, ALSO_AT, place))
        if not isinstance(item, dict) or str(len(held)) != item.get("times", "1"):
            continue
        if open_ones.keys() >= set(held) and _find_repeats(work, number, item) == held:
            repeats.append(item)
            continue
        for mention in sorted(open_ones.keys() & set(held)):
            wordings: Iterator[Node] = ({"figure": words} for words in _list_wordings(work, open_ones[mention]))
            sure = next((each for each in wordings if _find_repeats(work, number, each) == [mention]), None)
            repeats += [sure] if sure else []
    return repeats


def _find_repeats(work: Work, number: Number, item: Node) -> list[int]:
    """Return the numbers that an item of `also_at` of a number's claim holds, whatever else the file says."""
    root: Node = {"sentences": [{"claims": [{ALSO_AT: [item]}]}]}
    return sorted(place_entries(root, work.reading, [number.index]))


def set_aside(work: Work, number: Number, figure: str, why: str, why_vi: str) -> Edit:
    """Return the file with a number set aside, and with it every other open place of the same words."""
    _refuse_repeat(number)
    index, held = _place_entry(work, number, figure)
    if number.index not in held:
        raise AmendError(
            f"cannot set «{figure}» aside: these words mean another number, or several; take in more words"
        )
    times = str(len(held)) if len(held) > 1 else None
    fields: dict[str, Node | None] = {"figure": figure, "times": times, "why": why, "why_vi": why_vi or None}
    if index is not None:
        place: Location = ("set_aside", index)
        return Edit(set_fields(_take_raw(work), place, fields, list(SetAside.model_fields)), place)
    first: dict[int, int] = {}
    for each in work.numbers:
        if each.location is not None and each.location[0] == "set_aside":
            first.setdefault(int(each.location[1]), each.index)
    later = [entry for entry, mention in first.items() if mention > held[0]]
    before = min(later, default=len(list_items(work.root, ("set_aside",))))
    item: Node = {key: value for key, value in fields.items() if value is not None}
    after = add_items(_take_raw(work), ("set_aside",), [f"- {format_flow(item)}"], before=before)
    return Edit(after, ("set_aside", before))


def _place_entry(work: Work, number: Number, figure: str) -> tuple[int | None, list[int]]:
    """Return which entry a number has, or one of these words, and the numbers that it would set aside with them."""
    items = list_items(work.root, ("set_aside",))
    claimed = [each.index for each in work.numbers if each.location is not None and each.location[0] == "sentences"]
    here = number.location[1] if number.location is not None and number.location[0] == "set_aside" else None
    same = (at for at, item in enumerate(items) if isinstance(item, dict) and item.get("figure") == figure)
    index = next(same, None if here is None else int(here))
    free = [place for place in find_places(work.reading, figure) if len(place) == 1 and place[0] not in claimed]
    others = [item for at, item in enumerate(items) if at != index]
    root: Node = {"set_aside": [*others, {"figure": figure, "times": str(max(len(free), 1))}]}
    places = place_entries(root, work.reading, claimed)
    return index, sorted(mention for mention, place in places.items() if place[1] == len(others))


def find_aside_words(work: Work, number: Number) -> str:
    """Return the words that set a number aside: its figure, or with as many words around as tell it from others."""
    wordings = (words for words in _list_wordings(work, number) if number.index in _place_entry(work, number, words)[1])
    return next(wordings, work.reading.text[slice(*number.figure)])


def _list_wordings(work: Work, number: Number) -> Iterator[str]:
    """Yield a number's figure, then with more and more words around."""
    text, (first, last), sentence = work.reading.text, number.figure, number.sentence
    words = [match.span() for match in re.finditer(r"\w(?:\S*\w)?|\S", text[sentence.start : sentence.end])]
    words = [(start + sentence.start, end + sentence.start) for start, end in words]
    left = max((at for at, (start, _) in enumerate(words) if start <= first), default=0)
    right = min((at for at, (_, end) in enumerate(words) if end >= last), default=0)
    for more in range(MOST_WORDS):
        for start, end in ((left, right + more), (left - more, right), (left - more, right + more)):
            span = words[max(start, 0)][0], words[min(end, len(words) - 1)][1]
            yield text[slice(*span)] if more or not work.reading.is_whole(first, last) else text[first:last]


def take_back(work: Work, number: Number) -> Edit:
    """Return the file without the claim or the entry of a number; a sentence goes with its last claim.

    Of a number that repeats a claim, only that goes.
    """
    place = number.location
    if place is None:
        raise AmendError("has nothing of this number to take back")
    if number.is_repeat:
        repeats = [item for at, item in enumerate(list_items(work.root, place[:-1])) if at != place[-1]]
        return Edit(set_fields(_take_raw(work), place[:4], {ALSO_AT: repeats or None}, list(Claim.model_fields)), None)
    is_last = place[0] == "sentences" and len(list_items(work.root, place[:3])) == 1
    return Edit(remove_item(_take_raw(work), place[:2] if is_last else place), None)


def _refuse_repeat(number: Number) -> None:
    if number.is_repeat:
        raise AmendError(f"says that «{number.mention.text}» repeats {number.account}: take it back first")


def _join(item: Node) -> list[str]:
    return ["\n".join(format_item(item))]


def _take_raw(work: Work) -> bytes:
    if work.raw is None:
        raise AmendError("is not begun yet: say first what the article is")
    return work.raw
