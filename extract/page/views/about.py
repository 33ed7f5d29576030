"""What this is, how its figures are made, and what they can't say."""

from extract.page import templates
from extract.page.page import Page
from extract.page.views import Content


def compose(page: Page) -> Content:
    """Return what the page says of itself."""
    return Content(blocks={"about": (templates.compose("about", "about", page=page),)})
