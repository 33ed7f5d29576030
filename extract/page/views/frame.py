"""What stands around every view: head, filters, downloads, notices, and what the page says of itself."""

from collections.abc import Sequence

from markupsafe import Markup

from extract.figures.filters import FILTERS, NO_FILTERS
from extract.page.address import Address, AddressProblem, View
from extract.page.markup import Page, compose_link, compose_notice, format_article_name, join
from extract.page.notices import Notice


def format_title(page: Page) -> str:
    """Return the title of the browser's window: the open figure or article, else the view, then the page's name."""
    words = page.words
    checked, source = page.index.claims.get(page.address.figure), page.index.sources.get(page.address.article)
    if checked is not None:
        part = f"{checked.claim.figure}, {words.pick(checked.province.name)}"
    elif source is not None:
        part = format_article_name(source.record.article, source, words)
    else:
        part = words(f"view.{page.address.view}")
    return f"{part} – {words('title')}"


def compose_head(page: Page, years: Sequence[str]) -> Markup:
    """Return the head: what is here in one line, the scope, the views and the languages."""
    words, collection = page.words, page.index.collection
    span = words("head.span", first=years[0], last=years[-1]) if years else ""
    line = words(
        "head.line",
        figures=words.count("count.figures", len(collection.claims)),
        articles=words.count("count.articles", len(collection.sources)),
        provinces=words.count("count.provinces", len(page.index.reporting)),
        span=span,
    )
    views = join(
        compose_link(
            Address(view=view, lang=page.address.lang).to(), words(f"view.{view}"), current=view is page.address.view
        )
        for view in View
    )
    languages = join(
        (
            Markup('<a href="{}" hreflang="{}" lang="{}"{}>{}</a>').format(
                page.link(lang=lang),
                lang,
                lang,
                Markup(' aria-current="true"') if lang == words.lang else "",
                {"vi": "Tiếng Việt", "en": "English"}[lang],
            )
            for lang in ("vi", "en")
        ),
    )
    return Markup(
        '<header class="head" data-lang="{lang}" data-title="{title}">'
        '<a class="skip" href="#content">{skip}</a>'
        '<div class="top"><h1>{home}</h1><nav class="langs" aria-label="{language}">{languages}</nav></div>'
        '<p class="lead">{line} <b>{scope}</b></p>'
        '<nav class="views" aria-label="{label}">{views}</nav></header><span id="content" tabindex="-1"></span>'
    ).format(
        lang=words.lang,
        title=words("title"),
        skip=words("nav.skip"),
        home=compose_link(Address(lang=page.address.lang).to(), words("title")),
        language=words("nav.language"),
        languages=languages,
        line=line,
        scope=words("head.scope"),
        label=words("nav.label"),
        views=views,
    )


def format_filters(page: Page, **changes: object) -> str:
    """Return the page's filters as the query of a download, with the `?` where there is any."""
    return Address(filters=page.address.filters).to(**changes).removesuffix("?")


def compose_downloads(page: Page) -> Markup:
    """Return the links to the stable addresses of the data, filtered as the page is."""
    words, query = page.words, format_filters(page)
    what = words("download.filtered") if query else words("download.all")
    return Markup(
        '<section class="downloads" aria-label="{title}"><h2>{title}</h2><p>{what} '
        '<a href="figures.csv{q}" download>{csv}</a> · <a href="figures.zip{q}" download>{zip}</a></p></section>'
    ).format(
        title=words("download.title"), what=what, q=query, csv=words("download.program"), zip=words("download.zip")
    )


def compose_notices(page: Page, notices: Sequence[Notice]) -> Markup:
    """Return what a reader must know about the data shown, a sentence each; files and lines are for the log."""
    texts = (
        page.words(f"notice.{notice.kind}", article=notice.article, figures=notice.figures, before=notice.before)
        for notice in notices
    )
    return join(compose_notice(text) for text in dict.fromkeys(texts))


def compose_unknown(page: Page, unknown: Sequence[AddressProblem]) -> Markup:
    """Return one plain sentence for each value of the address that names nothing."""
    return join(
        compose_notice(
            page.words("state.unknown.figure", value=item.value)
            if item.key == "figure"
            else page.words("state.unknown", value=item.value, key=item.key)
        )
        for item in unknown
    )


def compose_ask_anew() -> Markup:
    """Return what tells `page.js` that a part of the page can't be written alone: it asks for the whole page."""
    return Markup('<span class="anew"></span>')


def compose_filters(page: Page, found: int) -> Markup:
    """Return the form that filters: it works by the address alone, so a filtered page can be linked to."""
    words, address, collection = page.words, page.address, page.index.collection
    every = ("", words("filter.all"))
    selects = [
        (
            each.name,
            address.chosen(each.name),
            [every, *((value, words.pick(name) if name else words(f"filter.{value}")) for value, name in choices)],
        )
        for each in FILTERS
        if (choices := each.choices(page.index)) is not None
    ]
    state = ""
    if address.is_filtered:
        on = words(
            "filter.on",
            figures=words.count("count.figures", found),
            all=words.count("count.figures", len(collection.claims)),
        )
        clear = page.link(filters=NO_FILTERS, page=1)
        state = Markup('<p class="state" role="status">{} {}</p>').format(
            on, compose_link(clear, words("filter.clear"))
        )
    return Markup(
        '<form class="filters" method="get" role="search" aria-label="{title}">'
        '<input type="hidden" name="view" value="{view}">{kept}'
        '<label class="wide"><span>{search}</span><input type="search" name="q" value="{q}" maxlength="200"></label>'
        '{selects}<button type="submit">{apply}</button></form>{state}'
    ).format(
        title=words("filter.title"),
        view=address.view,
        # What has no control stays as it is when the form is sent.
        kept=join(
            Markup('<input type="hidden" name="{}" value="{}">').format(each.name, address.filters.text(each.name))
            for each in FILTERS
            if each.list_values and not each.has_control and address.chosen(each.name)
        ),
        search=words("filter.search"),
        q=address.filters.text("q"),
        selects=join(_compose_select(words(f"filter.{key}"), key, chosen, options) for key, chosen, options in selects),
        apply=words("filter.apply"),
        state=state,
    )


def _compose_select(label: str, key: str, chosen: Sequence[str], options: Sequence[tuple[str, str]]) -> Markup:
    texts = dict(options)
    if len(chosen) > 1 or not texts.keys() >= set(chosen):
        # An address may hold two provinces, or a month, where a select offers one province or year: they stand as a
        # choice of their own.
        options = [(",".join(chosen), " + ".join(texts.get(value, value) for value in chosen)), *options]
        chosen = (",".join(chosen),)
    return Markup('<label><span>{}</span><select name="{}">{}</select></label>').format(
        label,
        key,
        join(
            Markup('<option value="{}"{}>{}</option>').format(
                value, Markup(" selected") if value in chosen else "", text
            )
            for value, text in options
        ),
    )


def compose_about(page: Page) -> Markup:
    """Return what this is, how its figures are made, and what they can't say."""
    words = page.words
    parts = ("what", "how", "compare", "borders", "take", "verify")
    return Markup('<section class="about">{}</section>').format(
        join(
            Markup("<h2>{}</h2><p>{}</p>").format(words(f"about.{part}"), words(f"about.{part}.text")) for part in parts
        )
    )
