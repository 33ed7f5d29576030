"""A whole HTML document: what the words stand in, and what engines and messengers are told of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup

from extract.claims.wording import Wording
from extract.page import templates
from extract.page.page import Page
from extract.page.progress import Progress, format_progress
from extract.page.views import NOTHING
from extract.site.preview import Preview

HERE: Final = Path(__file__).resolve().parent
STYLE: Final = Markup(  # noqa: S704 - our own files
    "".join(file.read_text("utf-8") for file in (HERE / "document.css", HERE.parent / "page/page.css"))
)
"""The look of a document: what Streamlit gives its own blocks, then the page's."""
ICON: Final = (HERE / "icon.svg").read_bytes()

ENVIRONMENT: Final = templates.ENVIRONMENT.overlay(
    loader=ChoiceLoader([FileSystemLoader(HERE / "templates"), templates.ENVIRONMENT.loader or FileSystemLoader([])])
)
ENVIRONMENT.globals |= {"format_progress": format_progress}
for _name in ENVIRONMENT.list_templates():
    ENVIRONMENT.get_template(_name)


def compose(template: str, macro: str, /, **values: object) -> Markup:
    """Return the HTML of a macro of a template of this room, named without its `.html`."""
    html: Markup = getattr(ENVIRONMENT.get_template(f"{template}.html").module, macro)(**values)
    return html.strip()


def compose_document(
    page: Page, preview: Preview, words: Markup, *, stylesheet: str = "", tail: Markup = NOTHING
) -> str:
    """Return a document, with its style in it unless `stylesheet` is its address; `tail` stands after all words."""
    html = compose(
        "document",
        "document",
        page=page,
        preview=preview,
        style=STYLE,
        stylesheet=stylesheet,
        words=words,
        tail=tail,
    )
    return str(html)


def compose_reading(languages: Sequence[Wording], progress: Progress, *, again: int) -> str:
    """Return what stands in place of a document while articles are being read; it is asked for `again` in seconds.

    It says how far the reading is in each of the languages, the reader's first.
    """
    return str(compose("reading", "reading", languages=languages, progress=progress, again=again))
