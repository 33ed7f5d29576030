"""The claim: the figure, its sentence with the figure marked, and all that says how to read it."""

from datetime import date

from markupsafe import Markup

from extract.claims.collection import CheckedClaim
from extract.figures.formats import format_period, format_share, format_value_as_read
from extract.page import templates
from extract.page.page import Page
from extract.page.proof import make_proof
from extract.page.views.frame import format_title


def compose_place(page: Page, asked: str, card: Markup) -> Markup:
    """Return the place where claims open, with the card that stands in it, if any.

    `asked` is the figure that the address names, known or not.
    """
    return templates.compose("claim", "place", page=page, asked=asked, card=card)


def compose_card(page: Page, *, base: str, today: date) -> Markup:
    """Return the card of the claim that the address names; empty where it names none.

    `base` is the page's address without its query, `today` the day on which it is read.
    """
    checked = page.table.claims.get(page.address.figure)
    if checked is None:
        return Markup()
    noted = (checked.claim, checked.sentence.period, checked.article)
    return templates.compose(
        "claim",
        "card",
        page=page,
        checked=checked,
        proof=make_proof(page.table, checked, page.words, base=base, today=today),
        title=format_title(page),
        facts=list_facts(page, checked),
        notes=[note for note in (page.words.choose(record.note_vi, record.note) for record in noted) if note],
        whole=page.table.claims.get(checked.claim.part_of or ""),
    )


def compose_missing(page: Page, figure: str) -> Markup:
    """Return what stands in the claim's place where no figure has the id."""
    return templates.compose("claim", "missing", page=page, figure=figure)


def list_facts(page: Page, checked: CheckedClaim) -> list[tuple[str, str]]:
    """Return how a figure is read, name by name; empty what its article leaves out."""
    words, claim = page.words, checked.claim
    period = format_period(checked.sentence.period, words.lang)
    if checked.sentence.period.words:
        period = f"{period}, {words('claim.period.words', words=checked.sentence.period.words)}"
    return [
        (words("claim.read"), format_value_as_read(claim, checked.unit, words.lang)),
        (words("claim.share"), format_share(claim.value, claim.of, words.lang) if claim.of is not None else ""),
        (words("claim.unit"), words.pick(checked.unit.name)),
        (words("claim.qualifier"), words(f"qualifier.{claim.qualifier}")),
        (words("claim.nature"), words(f"nature.{checked.measure.nature}")),
        (words("claim.period"), period),
        (words("claim.place"), words.choose(claim.place.words, claim.place.name_en) if claim.place else ""),
        (words("claim.province"), words.pick(checked.province.borders)),
    ]
