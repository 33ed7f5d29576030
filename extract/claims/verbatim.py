"""The words that a record takes from its article: which they are, and with the article's own spaces.

A no-break space looks like any other to whoever copies words by hand. The article is quoted letter for letter all the
same: what is checked and shown are its words, with its spaces.
"""

from collections.abc import Iterator
from typing import Final, TypeVar

from extract.claims.records import ArticleFile, Record
from extract.text.reading import MANY_WORDS, WORD, find_all, find_each

R = TypeVar("R", bound=Record)

NO_BREAK: Final = "\u00a0\u2007\u202f"
_AS_SPACES: Final = str.maketrans(dict.fromkeys(NO_BREAK, " "))
_VERBATIM: Final = frozenset({"quote", "figure", "words", "certain_words", "title"})
"""The fields that hold words of the article."""


def find_verbatim(record: Record) -> set[str]:
    """Return the words of an article that a record holds."""
    return set(_list_verbatim(record))


def _list_verbatim(record: Record) -> Iterator[str]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, str) and name in _VERBATIM:
            yield value
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Record):
                yield from _list_verbatim(each)


class _Spelling:
    """How a text spells the words of a record."""

    def __init__(self, text: str, record: Record) -> None:
        self.text, self.plain = text, text.translate(_AS_SPACES)
        wanted = {words.translate(_AS_SPACES) for words in _list_verbatim(record)}
        self.places = find_all(self.plain, wanted, WORD) if len(wanted) > MANY_WORDS else {}
        self.known: dict[str, str] = {}

    def spell(self, words: str) -> str:
        """Return words as the text spells them; as they are where they stand in it so, or in no kind of spaces."""
        if words not in self.known:
            self.known[words] = self._find(words)
        return self.known[words]

    def _find(self, words: str) -> str:
        plain = words.translate(_AS_SPACES)
        places = self.places.get(plain)
        if places is None:
            places = find_each(self.plain, plain)
        if not places or any(self.text.startswith(words, place) for place in places):
            return words
        return self.text[places[0] : places[0] + len(words)]


def adopt_spaces(record: ArticleFile, text: str) -> ArticleFile:
    """Return a record with its verbatim words as the text has them, where they differ in the kind of spaces only."""
    if not any(space in text for space in NO_BREAK):
        return record
    spelling = _Spelling(text, record)
    sentences = tuple(
        _adopt(each, _Spelling(spelling.spell(each.quote), each), skip="also_at") for each in record.sentences
    )
    # Words of a sentence that do not stand in its quote, such as those of its period, may stand elsewhere.
    return _adopt(record.model_copy(update={"sentences": sentences}), spelling)


def _adopt(record: R, spelling: _Spelling, *, skip: str = "") -> R:
    """Return a record, and all that it holds, with their verbatim words as the text has them.

    The field `skip` stays as it is: what a claim repeats stands in another sentence.
    """
    changes: dict[str, object] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == skip:
            continue
        if isinstance(value, Record):
            changes[name] = _adopt(value, spelling, skip=skip)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changes[name] = tuple(_adopt(each, spelling, skip=skip) for each in value)
        elif isinstance(value, str) and name in _VERBATIM:
            changes[name] = spelling.spell(value)
    return record.model_copy(update=changes)
