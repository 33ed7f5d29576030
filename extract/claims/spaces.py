"""Curated words with the article's own spaces: a no-break space looks like any other to whoever copies words by hand.

The article is quoted letter for letter all the same: what is checked and shown are its words, with its spaces.
"""

from typing import Final, TypeVar

from extract.claims.records import ArticleFile, Record

R = TypeVar("R", bound=Record)

NO_BREAK: Final = "\u00a0\u2007\u202f"
_AS_SPACES: Final = str.maketrans(dict.fromkeys(NO_BREAK, " "))
_VERBATIM: Final = frozenset({"quote", "figure", "words", "certain_words", "title"})
"""The fields that hold words of the article."""


def adopt_spaces(record: ArticleFile, text: str) -> ArticleFile:
    """Return a record with its verbatim words as the text has them, where they differ in the kind of spaces only."""
    if not any(space in text for space in NO_BREAK):
        return record
    sentences = tuple(_adopt(each, _spell(each.quote, text), skip="also_at") for each in record.sentences)
    adopted = _adopt(record.model_copy(update={"sentences": ()}), text)
    # Words of a sentence that do not stand in its quote, such as those of its period, may stand elsewhere.
    return adopted.model_copy(update={"sentences": tuple(_adopt(sentence, text) for sentence in sentences)})


def _adopt(record: R, text: str, *, skip: str = "") -> R:
    """Return a record, and all that it holds, with their verbatim words as the text has them.

    The field `skip` stays as it is: what a claim repeats stands in another sentence.
    """
    changes: dict[str, object] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == skip:
            continue
        if isinstance(value, Record):
            changes[name] = _adopt(value, text, skip=skip)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changes[name] = tuple(_adopt(each, text, skip=skip) for each in value)
        elif isinstance(value, str) and name in _VERBATIM:
            changes[name] = _spell(value, text)
    return record.model_copy(update=changes)


def _spell(words: str, text: str) -> str:
    """Return words as the text spells them; as they are where they stand in it so, or in no kind of spaces."""
    if words in text:
        return words
    place = text.translate(_AS_SPACES).find(words.translate(_AS_SPACES))
    return text[place : place + len(words)] if place >= 0 else words
