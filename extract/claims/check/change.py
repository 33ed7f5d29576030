"""The check of a change: that the sentence says so of the number, and which way."""

from extract.claims.changes import find_direction, is_governed
from extract.claims.check.article_check import ArticleCheck
from extract.claims.check.value import ReadClaim
from extract.text.sentences import Span


def check_change(check: ArticleCheck, read: ReadClaim, quote: Span) -> None:
    """Check that a claim says of its number what the sentence's words do: a change, and which way; or none."""
    claim, mention, text = read.claim, read.mention, check.text
    stated = find_direction(text, quote.start, mention)
    if claim.change is None:
        if stated is not None and is_governed(text, quote.start, mention):
            words = text[stated.start : mention.end]
            message = (
                f"«{words}» says by how much, not how many: add change: {stated.direction}, and base,"
                " the period that it is against"
            )
            check.report((*read.location, "figure"), claim.id, message)
        return
    here = (*read.location, "change")
    if claim.value < 0:
        return  # -2,4%: the sign says which way, and the record holds it against `change`
    if stated is None:
        message = f"no word of the sentence says that «{mention.text}» is a change: take `change` out, or set it aside"
        check.report(here, claim.id, message)
    elif stated.direction is not claim.change:
        words = text[stated.start : stated.end]
        check.report(here, claim.id, f"change {claim.change} is not what the article says: «{words}»")
    elif is_governed(text, quote.start, mention) and stated.start < read.figure.start:
        words = text[stated.start : read.figure.end]
        message = f"figure «{claim.figure}» leaves out which way it goes: «{words}»"
        check.report((*read.location, "figure"), claim.id, message)
