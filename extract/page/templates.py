"""HTML from the templates beside this module: every text of the data is escaped there, and a missing value is an error.

A template holds macros, and a macro is called with all that it says: `compose("figures", "table", page=page, …)`.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from extract.figures.filters import NO_FILTERS
from extract.figures.formats import format_day, format_figure, format_period, format_value_as_read
from extract.page import captions
from extract.page.address import Address
from extract.page.hits import Sought
from extract.page.sheet import Sheet

Spec: TypeAlias = dict[str, Any]
"""A Vega-Lite chart."""
Part: TypeAlias = Markup | Spec | Sheet

# No text of the data can hold it: there its brackets are escaped.
_CHART = Markup("<!-- chart -->")


class Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled last, kept beside what Python compiles: that takes half a second of every start.

    Jinja holds each against its source and its own version. Where nothing can be written, nothing is kept.
    """

    def __init__(self, directory: Path) -> None:
        """Keep them in a folder, which is made."""
        with suppress(OSError):
            directory.mkdir(exist_ok=True)
        super().__init__(str(directory))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that is kept."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
    bytecode_cache=Compiled(Path(__file__).resolve().parent / "__pycache__"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
ENVIRONMENT.globals |= {
    function.__name__: function
    for function in (
        Address,
        captions.explain_entry,
        captions.format_article_name,
        captions.format_by,
        captions.format_coverage,
        captions.format_partial_coverage,
        captions.format_detail,
        captions.format_name,
        captions.format_published,
        captions.format_publisher,
        captions.format_reader,
        captions.format_short_coverage,
        captions.format_what,
        format_day,
        format_figure,
        format_period,
        format_value_as_read,
    )
} | {"NO_FILTERS": NO_FILTERS, "NOT_SOUGHT": Sought()}


# All at once as the server starts, so that no reader waits for it and a broken template stops the start.
for _name in ENVIRONMENT.list_templates():
    ENVIRONMENT.get_template(_name)


def compose(template: str, macro: str, /, **values: object) -> Markup:
    """Return the HTML of a macro of a template, named without its `.html`."""
    html: Markup = getattr(ENVIRONMENT.get_template(f"{template}.html").module, macro)(**values)
    return html.strip()


def compose_parts(template: str, macro: str, /, **values: object) -> tuple[Part, ...]:
    """Return the HTML of a macro and the charts that it puts between by `place(chart)`, in their order."""
    charts: list[Spec] = []

    def place(chart: Spec) -> Markup:
        charts.append(chart)
        return _CHART

    first, *rest = compose(template, macro, place=place, **values).split(_CHART)
    parts: list[Part] = [first.strip()]
    for chart, html in zip(charts, rest, strict=True):
        parts += [chart, html.strip()]
    return tuple(part for part in parts if part)
