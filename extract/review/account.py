"""The numbers of one article as its file stands, finished or not: where each is claimed or set aside, and what is open.

The check's ledger counts sound files only; here half of a file is the usual case.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extract.claims.catalogue import Catalogue
from extract.claims.check import ledger
from extract.claims.check.ledger import REASONS, find_figure
from extract.claims.collection import Source
from extract.claims.records import Article, ArticleFile, Claim, Repeat, Sentence, SetAside
from extract.claims.verbatim import NO_BREAK
from extract.claims.yaml.strict import Location, Node, find_text
from extract.text.mentions import Kind, Mention
from extract.text.reading import Reading
from extract.text.sentences import Span
from extract.text.texts import ArticleText

ALSO_AT = "also_at"
_AS_SPACES = str.maketrans(dict.fromkeys(NO_BREAK, " "))


class State(StrEnum):
    """What has been decided of a number; the page says it in this word."""

    CLAIMED = "claimed"
    ASIDE = "set aside"
    DOUBTFUL = "doubtful"
    """A weak rule sets it aside, and nobody has confirmed that."""
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of an article that wants a decision, or has one; spans are of its text."""

    index: int
    """Of its mention."""
    mention: Mention
    figure: Span
    """The number with its hedge and its counted word."""
    sentence: Span
    state: State
    account: str
    """The id of its claim, the reason why it is none, or what a weak rule takes it for."""
    location: Location | None
    """Of its claim or its entry in the file, which may be unfinished; the entry may be one of a claim's `also_at`."""

    @property
    def is_repeat(self) -> bool:
        """Whether it states a claim's fact once more."""
        return self.location is not None and ALSO_AT in self.location


def find_numbers(reading: Reading, catalogue: Catalogue, root: Node, faulty: Collection[str]) -> list[Number]:
    """Return the numbers of an article in order, all but those that a certain rule sets aside.

    `root` is its file's tree, empty where it has none; `faulty` are the ids that the check names: a claim of one of
    these is open.
    """
    claims = place_claims(root, reading)
    entries = place_entries(root, reading, claims)
    numbers: list[Number] = []
    for index, mention in enumerate(reading.mentions):
        location = claims.get(index) or entries.get(index)
        if location is None and mention.kind is not Kind.FIGURE and mention.is_certain:
            continue
        state, account = _judge(mention, root, location, faulty)
        numbers.append(
            Number(
                index=index,
                mention=mention,
                figure=find_figure(reading.text, mention, catalogue),
                sentence=find_sentence(reading, mention),
                state=state,
                account=account,
                location=location,
            )
        )
    return numbers


def _judge(mention: Mention, root: Node, location: Location | None, faulty: Collection[str]) -> tuple[State, str]:
    if location is None:
        is_open = mention.kind is Kind.FIGURE
        return (State.OPEN, "") if is_open else (State.DOUBTFUL, REASONS[mention.kind])
    if location[0] == "set_aside":
        why = find_text(root, (*location, "why"))
        return (State.ASIDE, why) if why else (State.OPEN, "")
    claim = location[:4]
    name = find_text(root, (*claim, "id")) or ""
    is_whole = find_text(root, (*claim, "indicator")) is not None and name not in faulty
    return (State.CLAIMED if name and is_whole else State.OPEN), name


def find_repeated(root: Node, reading: Reading, number: Number) -> int | None:
    """Return the index of the mention whose claim in a tree a number repeats; None where it repeats none."""
    claims = place_claims(root, reading)
    location = place_entries(root, reading, claims).get(number.index, ())
    claim = location[:4] if ALSO_AT in location else None
    return next((index for index, place in claims.items() if place == claim), None)


def find_waiting(numbers: Sequence[Number], behind: int = -1) -> Number | None:
    """Return the first open number behind a mention, in a circle; the first doubtful one where none is open."""
    around = [*(each for each in numbers if each.index > behind), *numbers]
    waiting = (each for state in (State.OPEN, State.DOUBTFUL) for each in around if each.state is state)
    return next((each for each in waiting if each.index != behind), None)


def find_sentence(reading: Reading, mention: Mention) -> Span:
    """Return the sentence of a number."""
    inside = (span for span in reading.sentences if span.start <= mention.start < span.end)
    return next(inside, Span(mention.start, mention.end))


def find_node(root: Node, location: Location) -> Node | None:
    """Return what stands at a place of a tree; None where nothing does."""
    node: Node | None = root
    for step in location:
        if isinstance(node, dict):
            node = node.get(str(step))
        else:
            node = node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None
    return node


def list_items(root: Node, location: Location) -> list[Node]:
    """Return the items of a list of a tree; none where there is no list."""
    node = find_node(root, location)
    return node if isinstance(node, list) else []


def find_mapping(root: Node, location: Location) -> dict[str, Node]:
    """Return a mapping of a tree; an empty one where there is none."""
    node = find_node(root, location)
    return node if isinstance(node, dict) else {}


def place_sentences(root: Node, reading: Reading) -> dict[Span, int]:
    """Return the index of each sentence of a file that stands in the text, by its span."""
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for span in reading.sentences:
        places[_plain(reading.text[span.start : span.end])].append(span)
    found: dict[Span, int] = {}
    for index in range(len(list_items(root, ("sentences",)))):
        here = ("sentences", index)
        quote = find_text(root, (*here, "quote")) or ""
        spans = reading.places.get(quote) or places.get(_plain(quote), [])
        nth = _read_count(find_text(root, (*here, "nth")))
        if nth <= len(spans):
            found.setdefault(spans[nth - 1], index)
    return found


def place_claims(root: Node, reading: Reading) -> dict[int, Location]:
    """Return where the claim of each number stands in a file, by the index of its mention, finished or not."""
    found: dict[int, Location] = {}
    plain = _plain(reading.text)
    for span, above in place_sentences(root, reading).items():
        for index, item in enumerate(list_items(root, ("sentences", above, "claims"))):
            mention = _find_claimed(item, reading, plain, span) if isinstance(item, dict) else None
            if mention is not None:
                found.setdefault(mention, ("sentences", above, "claims", index))
    return found


def _find_claimed(item: Mapping[str, Node], reading: Reading, plain: str, span: Span) -> int | None:
    """Return the index of the one number that a claim of a sentence states; None where it does not say which."""
    words, nth = _plain(str(item.get("figure", ""))), _read_count(str(item.get("nth", "")))
    places = list(_find_whole(words, reading, plain, span)) if words else []
    if nth > len(places):
        return None
    inside = reading.find_inside(places[nth - 1], places[nth - 1] + len(words))
    counted = [index for index in inside if reading.mentions[index].kind is Kind.FIGURE or item.get("read")]
    return counted[0] if len(counted) == 1 else None


def _find_whole(words: str, reading: Reading, plain: str, span: Span) -> Iterator[int]:
    place = plain.find(words, span.start, span.end)
    while place >= 0:
        if reading.is_whole(place, place + len(words)):
            yield place
        place = plain.find(words, place + 1, span.end)


def place_entries(root: Node, reading: Reading, claimed: Iterable[int]) -> dict[int, Location]:
    """Return where the entry of each number that is set aside, or repeats a claim, stands, by its mention's index."""
    sentences = []
    for above in range(len(list_items(root, ("sentences",)))):
        here: Location = ("sentences", above, "claims")
        claims = []
        for index in range(len(list_items(root, here))):
            noted = _read_entries(root, (*here, index, ALSO_AT), reading.text)
            repeats = tuple(Repeat.model_construct(figure=words, times=times) for words, times in noted)
            claims.append(Claim.model_construct(id="", indicator="", figure="", value=Decimal(0), also_at=repeats))
        sentences.append(Sentence.model_construct(quote="", claims=tuple(claims)))
    entries = _read_entries(root, ("set_aside",), reading.text)
    aside = tuple(SetAside.model_construct(figure=words, times=times, why="") for words, times in entries)
    record = ArticleFile.model_construct(
        article=Article.model_construct(seed="", sha256="", province=""),
        sentences=tuple(sentences),
        set_aside=aside,
    )
    source = Source(path="", record=record, lines={}, text=ArticleText(text=reading.text, raw=reading.text))
    notes, _ = ledger.place_entries(source, reading, dict.fromkeys(claimed, ""))
    return {index: note.location for index, note in notes.items()}


def _read_entries(root: Node, location: Location, text: str) -> list[tuple[str, int]]:
    """Return the words of each entry of a list, and in how many places they stand, as far as they are written."""
    return [
        (spell(find_text(item, ("figure",)) or "\n", text), _read_count(find_text(item, ("times",))))
        for item in list_items(root, location)
    ]


def spell(words: str, text: str) -> str:
    """Return words with the spaces that a text has between them."""
    place = -1 if words in text else _plain(text).find(_plain(words))
    return text[place : place + len(words)] if place >= 0 else words


def _plain(text: str) -> str:
    return text.translate(_AS_SPACES)


def _read_count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and int(text) else 1
