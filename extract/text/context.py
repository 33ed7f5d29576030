"""A number where it stands: what the rules about its kind, its hedge and its value look at."""

from dataclasses import dataclass
from typing import Final

from extract.text.nouns import CountedNoun

WIDTH: Final = 48
"""Code points of its sentence that a rule may look at on either side of a number."""
MOST_DAYS: Final = 31
"""Days of the longest month. ``Hải Anh (9.655 - 15 xóm)`` are two counts, ``15 - 2`` may be a day."""

_MOST_WORDS: Final = 8
"""Words before a number that any rule looks at."""


@dataclass(slots=True)
class NumberContext:
    """A number in its sentence, its shape, and the words around it. What few rules look at is made when one asks."""

    sentence: str
    start: int
    end: int
    shape: str
    """A name of shapes.SHAPES or shapes.WORD_SHAPES, or ``roman``."""
    noun: CountedNoun | None
    """The counted words after the number."""
    spelt: list[str]
    """The words before the number as written, the last one the nearest."""
    lead: str
    """The word right before the number, in lower case, with its marks; empty at the start of a sentence."""
    certain: bool = True
    """Whether the rule that sets the kind leaves no other reading."""
    _words: list[str] | None = None

    @property
    def words(self) -> list[str]:
        """The words before the number in lower case, the last one the nearest."""
        if self._words is None:
            self._words = " ".join(self.spelt[-_MOST_WORDS:]).lower().split(" ") if self.spelt else []
        return self._words

    @property
    def before(self) -> str:
        """The text before the number, in lower case."""
        return find_text_before(self.sentence, self.start).lower()

    @property
    def after(self) -> str:
        """The text after the number, in lower case."""
        return self.sentence[self.end : self.end + WIDTH].lower()

    @property
    def text(self) -> str:
        """The number as written."""
        return self.sentence[self.start : self.end]

    @property
    def bare_lead(self) -> str:
        """The word right before the number without an opening bracket or quotation mark."""
        return self.lead.lstrip("(“\"'*")

    @property
    def counted(self) -> bool:
        """Whether a known noun follows: the number counts something."""
        return self.noun is not None and self.noun.known

    @property
    def counts(self) -> str:
        """The key of the counted words, empty where there are none."""
        return self.noun.key if self.noun is not None else ""

    @property
    def noun_end(self) -> int:
        """Where the counted words end; where the number ends if there are none."""
        return self.noun.end if self.noun is not None else self.end

    @property
    def rest(self) -> str:
        """The text after the counted words, in lower case."""
        return self.sentence[self.noun_end : self.noun_end + WIDTH].lower()

    @property
    def opens(self) -> bool:
        """Whether nothing but marks stands before the number in its sentence."""
        if self.start > WIDTH or (self.spelt and self.spelt[0][0].isalnum()):
            return False
        return not any(map(str.isalnum, self.sentence[: self.start]))


def find_text_before(sentence: str, at: int) -> str:
    """Return the text before `at` in `sentence` as written, of WIDTH code points at most."""
    return sentence[at - WIDTH if at > WIDTH else 0 : at]


def make_context(sentence: str, start: int, end: int, shape: str, noun: CountedNoun | None) -> NumberContext:
    """Return the number at `start` and `end` of `sentence` with the words around it, those of its cell in a table."""
    before = find_text_before(sentence, start)
    spelt = (before.rpartition("\t")[2] if "\t" in before else before).split()
    return NumberContext(sentence, start, end, shape, noun, spelt, spelt[-1].lower() if spelt else "")
