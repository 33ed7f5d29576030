"""What a quote shows on the page, and what it must show of its claim."""

from extract.claims.collection import CheckedClaim

QUOTE = """quote => {
    const range = document.createRange();
    range.setStart(quote, 0);
    range.setEndBefore(quote.querySelector('mark'));
    const marked = [...quote.querySelectorAll('mark')].map(mark => mark.textContent);
    return [quote.textContent, marked, range.toString().length];
}"""
"""The words of a quote, those that are marked, and how many characters stand before them."""


def list_quoted(checked: CheckedClaim) -> list[object]:
    """Return what QUOTE gives where a claim's quote is shown with its figure marked."""
    return [checked.sentence.quote, [checked.claim.figure], checked.figure_start - checked.quote_start]
