"""Which kind of number the words right before it make it: the table of words/leads.toml.

What follows the number, and what it looks like, is judged in rules.py.
"""

from dataclasses import dataclass
from typing import Final

from extract.text.kinds import Kind
from extract.text.words import read_words, word_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A rule by the words right before a number; where `unless_counted`, a counted noun after it overrules them.

    So do thousands that a full stop parts, ``sai làn 3.877``, if the kind is a name's and not `may_be_grouped`.
    """

    name: str
    kind: Kind
    words: frozenset[str]
    unless_counted: bool = True
    may_be_grouped: bool = False


_OPENING_MARKS: Final = "(“\"'"
_LISTS: Final = read_words("leads")
LEADS: Final = tuple(
    Lead(**row | {"kind": Kind(row["kind"]), "words": word_set(row["words"])}) for row in _LISTS["leads"]
)
"""The words right before a number that decide its kind; of two that fit, the longer."""

_TAILS: Final = word_set(_LISTS["tails"])
_RULE_OF: Final = {words: rule for rule in LEADS for words in rule.words}
_MOST_WORDS: Final[dict[str, int]] = {}
"""How many words the longest entry has, by its last word: most numbers cost one look."""
for _words in _RULE_OF:
    _last = _words.rpartition(" ")[2]
    _MOST_WORDS[_last] = max(_MOST_WORDS.get(_last, 0), _words.count(" ") + 1)


LAST_WORDS: Final = frozenset(_MOST_WORDS)
"""The words that an entry ends with: after any other word no rule decides."""


def may_lead(word: str) -> bool:
    """Tell whether a rule may be there for the words before a number, of which `word` is the last."""
    return word.lstrip(_OPENING_MARKS) in LAST_WORDS


def find_lead(words: list[str]) -> Lead | None:
    """Return the rule for the words before a number, in lower case, the nearest last: the longest that fits.

    >>> find_lead(["theo", "(nghị", "định", "số"]).name
    'document by số'
    """
    if not words:
        return None
    longest = _MOST_WORDS.get(words[-1].lstrip(_OPENING_MARKS), 0)
    for count in range(min(longest, len(words)), 0, -1):
        rule = _RULE_OF.get(" ".join(words[-count:]).lstrip(_OPENING_MARKS))
        if rule is not None:
            inside = count == 1 and " ".join(words[-2:]).lstrip(_OPENING_MARKS) in _TAILS
            return None if inside else rule
    return None
