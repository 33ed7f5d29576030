"""The page's text as HTML, every word from data escaped in one place: `Markup.format` escapes whatever is not Markup.

Streamlit reads nearly every string as markdown; only HTML made here shows a quote letter for letter.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup, escape

from extract.address import Address, Hedge, Unknown, View, format_query
from extract.collection import LedgerEntry, Source, Trace
from extract.compare import compare_panel, format_reason
from extract.formats import (
    SIGNS,
    format_day,
    format_joined,
    format_number,
    format_period,
    format_share,
    format_value_as_read,
)
from extract.index import SHARE_UNIT, Index, Panel, panel_unit
from extract.proof import Proof, pick_deciding
from extract.records import Article, Province
from extract.search import Filters
from extract.wording import Wording

# Okabe and Ito's colours, told apart by colour-blind readers: https://jfly.uni-koeln.de/color/
PROVINCE_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
GREY = "#8a8f98"
ROWS_OF_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """What a page is composed from: the data's look-ups, the words of its language, and its address."""

    index: Index
    words: Wording
    address: Address

    def link(self, **changes: object) -> str:
        """Return the link to this page with changes of its address."""
        return self.address.to(**changes)

    def colour(self, province: Province) -> str:
        """Return a province's colour, the same in every view; where provinces outnumber colours, only the chosen have one."""
        provinces = list(self.index.collection.provinces)
        if len(provinces) > len(PROVINCE_COLOURS):
            provinces = list(self.address.province)
        place = provinces.index(province.slug) if province.slug in provinces else len(PROVINCE_COLOURS)
        return PROVINCE_COLOURS[place] if place < len(PROVINCE_COLOURS) else GREY


def join(parts: Iterable[Markup | str], between: str = "") -> Markup:
    """Return parts as one piece of HTML, each escaped unless it is HTML already."""
    return Markup(between).join(parts)


def compose_link(href: str, text: str | Markup, *, css: str = "", current: bool = False) -> Markup:
    """Return a link; `current` marks where the reader is."""
    return Markup('<a href="{}"{}{}>{}</a>').format(
        href,
        Markup(' class="{}"').format(css) if css else "",
        Markup(' aria-current="page"') if current else "",
        text,
    )


def compose_dot(page: Page, province: Province) -> Markup:
    """Return the coloured dot that stands before a province's name."""
    return Markup('<i class="dot" style="background:{}"></i>').format(page.colour(province))


def format_article_name(article: Article, source: Source | None, words: Wording) -> str:
    """Return an article's title in the page's language; its opening words where it has none."""
    title = article.title if words.lang == "vi" else article.title_en or article.title
    if title:
        return title
    opening = " ".join(source.text.text.split()[:9]) if source else article.seed
    return words("article.untitled", words=f"{opening}…")


def compose_head(page: Page, years: Sequence[str]) -> Markup:
    """Return the head: what is here in one line, the scope, the views and the languages."""
    words, collection = page.words, page.index.collection
    span = words("head.span", first=years[0], last=years[-1]) if years else ""
    line = words(
        "head.line",
        figures=words.count("count.figures", len(collection.traces)),
        articles=words.count("count.articles", len(collection.sources)),
        provinces=words.count("count.provinces", len({s.record.article.province for s in collection.sources})),
        span=span,
    )
    views = join(
        compose_link(Address(view=view, lang=page.address.lang).to(), words(f"view.{view}"), current=view is page.address.view)
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
        '<nav class="views" aria-label="{label}">{views}</nav></header>'
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


def compose_downloads(page: Page, query: str) -> Markup:
    """Return the links to the stable addresses of the data; `query` filters them as the page is filtered."""
    words = page.words
    return Markup('<p class="downloads"><a href="figures.csv{q}" download>{csv}</a> <a href="figures.zip{q}" download>{zip}</a></p>').format(
        q=f"?{query}" if query else "", csv=words("download.program"), zip=words("download.zip")
    )


def compose_unknown(page: Page, unknown: Sequence[Unknown]) -> Markup:
    """Return one plain sentence for each value of the address that names nothing."""
    return join(
        Markup('<p class="notice" role="status">{}</p>').format(
            page.words("state.unknown.figure", value=item.value)
            if item.key == "figure"
            else page.words("state.unknown", value=item.value, key=item.key)
        )
        for item in unknown
    )


def compose_coverage(page: Page) -> Markup:
    """Return the map of what is here: how many figures each province's articles report on each topic."""
    words, collection = page.words, page.index.collection
    heads = join(
        Markup('<th scope="col">{}</th>').format(
            compose_link(page.link(view=View.COMPARE, topic=(topic.id,), figure="", page=1), words.pick(topic.name))
        )
        for topic in collection.topics.values()
    )
    rows = join(
        Markup('<tr><th scope="row">{}{}</th>{}</tr>').format(
            compose_dot(page, province),
            compose_link(
                Address(view=View.PROVINCE, province=(province.slug,), lang=page.address.lang).to(), words.pick(province.name)
            ),
            join(_compose_cell(page, province.slug, topic) for topic in collection.topics),
        )
        for province in _shown_provinces(page)
    )
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table class="coverage"><caption>{title}</caption>'
        '<thead><tr><th scope="col"><span class="hidden">{province}</span></th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    ).format(title=words("coverage.title"), province=words("coverage.province"), heads=heads, rows=rows)


MOST_PROVINCES_OF_A_MAP = 12


def _shown_provinces(page: Page) -> list[Province]:
    """Return the provinces that a map or a panel names: the chosen ones, else all that there is room for."""
    provinces = page.index.collection.provinces
    chosen = page.address.province if len(provinces) > MOST_PROVINCES_OF_A_MAP else ()
    return [provinces[slug] for slug in (chosen or list(provinces)[:MOST_PROVINCES_OF_A_MAP])]


def _compose_cell(page: Page, province: str, topic: str) -> Markup:
    count = page.index.count(province, topic)
    if not count:
        return Markup('<td class="none"><span title="{0}">–<span class="hidden"> {0}</span></span></td>').format(
            page.words("coverage.none")
        )
    link = compose_link(page.link(view=View.COMPARE, province=(province,), topic=(topic,), figure="", page=1), str(count))
    return Markup('<td style="--n:{}">{}</td>').format(min(count, 8), link)


def compose_filters(page: Page, found: int) -> Markup:
    """Return the form that filters: it works by the address alone, so a filtered page can be linked to."""
    words, address, collection = page.words, page.address, page.index.collection
    every = ("", words("filter.all"))
    selects = [
        ("province", address.province, [every, *((p.slug, words.pick(p.name)) for p in collection.provinces.values())]),
        ("topic", address.topic, [every, *((t.id, words.pick(t.name)) for t in collection.topics.values())]),
        ("year", (address.year,), [every, *((y, y) for y in page.index.years), ("unstated", words("filter.unstated"))]),
        ("hedge", (address.hedge,), [every, *((h, words(f"filter.{h}")) for h in (Hedge.EXACT, Hedge.HEDGED))]),
    ]
    state = ""
    if address.is_filtered:
        on = words(
            "filter.on",
            figures=words.count("count.figures", found),
            all=words.count("count.figures", len(collection.traces)),
        )
        clear = page.link(province=(), topic=(), year="", hedge=Hedge.ALL, q="", page=1)
        state = Markup('<p class="state" role="status">{} {}</p>').format(on, compose_link(clear, words("filter.clear")))
    return Markup(
        '<form class="filters" method="get" role="search" aria-label="{title}"><input type="hidden" name="view" value="{view}">'
        '{lang}<label class="wide"><span>{search}</span><input type="search" name="q" value="{q}" maxlength="200"></label>'
        '{selects}<button type="submit">{apply}</button></form>{state}'
    ).format(
        title=words("filter.title"),
        view=address.view,
        lang=Markup('<input type="hidden" name="lang" value="{}">').format(address.lang) if address.lang else "",
        search=words("filter.search"),
        q=address.q,
        selects=join(_compose_select(words(f"filter.{key}"), key, chosen, options) for key, chosen, options in selects),
        apply=words("filter.apply"),
        state=state,
    )


def _compose_select(label: str, key: str, chosen: Sequence[str], options: Sequence[tuple[str, str]]) -> Markup:
    if len(chosen) > 1:
        # Two of three provinces can be linked to, though a select holds one: they stand as one choice of their own.
        options = [(",".join(chosen), " + ".join(text for value, text in options if value in chosen)), *options]
        chosen = (",".join(chosen),)
    return Markup('<label><span>{}</span><select name="{}">{}</select></label>').format(
        label,
        key,
        join(
            Markup('<option value="{}"{}>{}</option>').format(value, Markup(" selected") if value in chosen else "", text)
            for value, text in options
        ),
    )


def format_unit(page: Page, unit: str) -> str:
    """Return the name of a panel's axis."""
    if unit == SHARE_UNIT:
        return page.words("panel.share")
    record = page.index.collection.units[unit]
    return record.name.vi if page.words.lang == "vi" else record.plural_en


def compose_topic_head(page: Page, topic: str, panels: Sequence[Panel]) -> Markup:
    """Return a topic's title with who reports on it and who does not."""
    words = page.words
    present = {trace.province.slug: words.pick(trace.province.name) for panel in panels for trace in panel.traces}
    absent = _absent(page, present)
    line = words("topic.reported", provinces=format_joined(list(present.values()), words.lang))
    return Markup('<div class="topic" id="topic-{}"><h2>{}</h2><p class="verdict">{}{}</p></div>').format(
        topic,
        words.pick(page.index.collection.topics[topic].name),
        line,
        f" {words('panel.absent', provinces=absent)}." if absent else "",
    )


def _absent(page: Page, present: Container[str]) -> str:
    """Return the provinces that the page names and that report nothing here, in words."""
    chosen = page.address.province
    names = [
        page.words.pick(province.name)
        for province in _shown_provinces(page)
        if province.slug not in present and (not chosen or province.slug in chosen)
    ]
    return format_joined(names, page.words.lang) if names else ""


def compose_panel_head(page: Page, panel: Panel) -> Markup:
    """Return the line above a panel: what its axis counts, and whether its figures can be compared, with the reasons a click away."""
    verdict = compare_panel(panel.traces)
    conclusion = page.words(f"conclusion.{verdict.conclusion}")
    reasons = join(Markup("<li>{}</li>").format(format_reason(reason, page.words)) for reason in pick_deciding(verdict))
    return Markup(
        '<h3 class="unit">{}</h3><details class="why"><summary>{} <span class="more">{}</span></summary><ul>{}</ul></details>'
    ).format(format_unit(page, panel.unit), conclusion, page.words("panel.why"), reasons)


def compose_panel_foot(page: Page, panel: Panel) -> Markup:
    """Return the last row of a panel: the provinces that report nothing in its unit."""
    absent = _absent(page, {trace.province.slug for trace in panel.traces})
    if not absent:
        return Markup('<p class="absent"></p>')
    return Markup('<p class="absent"><i class="dot ring"></i>{}</p>').format(page.words("panel.absent", provinces=absent))


def compose_numbers(page: Page, panels: Sequence[Panel]) -> Markup:
    """Return the figures that stand alone in their unit as numbers, for a bar alone would mean nothing."""
    if not panels:
        return Markup()
    return Markup('<div class="numbers">{}</div>').format(join(compose_number(page, panel.traces[0]) for panel in panels))


def compose_number(page: Page, trace: Trace) -> Markup:
    """Return one figure as a number that links to its claim."""
    return Markup('<a class="number{open}" href="{href}"><span class="who">{dot}<b>{province}</b></span><strong>{figure}</strong><span class="what">{what}</span></a>').format(
        open=" open" if trace.claim.id == page.address.figure else "",
        href=page.link(figure=trace.claim.id),
        dot=compose_dot(page, trace.province),
        province=page.words.pick(trace.province.name),
        figure=format_hedged(trace),
        what=format_what(page, trace),
    )


def format_hedged(trace: Trace) -> str:
    """Return the figure's own words, after the sign of its hedge where it has one."""
    sign = SIGNS[trace.claim.qualifier]
    return f"{sign} {trace.claim.figure}" if sign else trace.claim.figure


def format_what(page: Page, trace: Trace) -> str:
    """Return what a figure measures, where it is not the whole province, and when: the small line beside it."""
    place = f" · {trace.claim.place.words}" if trace.claim.place else ""
    return f"{page.words.pick(trace.indicator.name)}{place} · {format_when(page, trace)}"


def format_when(page: Page, trace: Trace) -> str:
    """Return a figure's period, named as unstated where the article states none."""
    period = trace.sentence.period
    text = format_period(period, page.words.lang)
    return text if period.is_stated else f"{page.words('table.period').lower()}: {text}"


def compose_topic_foot(page: Page, topic: str, panels: Sequence[Panel], most: int) -> Markup:
    """Return what stands under a topic: its figures as a table, its sources, and its addresses; at most `most` rows a panel."""
    words = page.words
    traces = [trace for panel in panels for trace in panel.traces]
    shown = [trace for panel in panels for trace in panel.traces[:most]]
    more = ""
    if len(traces) > len(shown):
        text = words("panel.more", figures=words.count("count.figures", len(traces)))
        more = Markup("<p>{}</p>").format(compose_link(page.link(view=View.FIGURES, topic=(topic,), page=1), text))
    sources = {trace.article.seed: trace.article for trace in traces}
    query = format_query(replace(page.address, topic=(topic,), view=View.COMPARE, figure="", article="", sort="", page=1, lang=""))
    return Markup(
        '{more}<details class="rows"><summary>{table}</summary>{rows}</details>'
        '<p class="foot">{sources} · <a href="figures.csv?{query}" download>{csv}</a> · {link}</p>'
    ).format(
        more=more,
        table=words("panel.table"),
        rows=compose_rows(page, shown),
        sources=words("panel.sources", articles=words.count("count.articles", len(sources))),
        query=query,
        csv=words("panel.csv"),
        link=compose_link(page.link(topic=(topic,), figure=""), words("panel.link")),
    )


def compose_rows(page: Page, traces: Sequence[Trace], *, sortable: bool = False) -> Markup:
    """Return figures as a table; each row's figure is the link to its claim."""
    words = page.words
    columns = ["province", "indicator", "figure", "period"]
    heads = join(Markup('<th scope="col">{}</th>').format(_compose_column(page, column, sortable=sortable)) for column in columns)
    rows = join(
        Markup('<tr{}><td>{}{}</td><td>{}</td><td class="value">{}</td><td>{}</td></tr>').format(
            Markup(' class="open"') if trace.claim.id == page.address.figure else "",
            compose_dot(page, trace.province),
            words.pick(trace.province.name),
            words.pick(trace.indicator.name),
            compose_link(page.link(figure=trace.claim.id), format_hedged(trace)),
            format_period(trace.sentence.period, words.lang),
        )
        for trace in traces
    )
    return Markup('<div class="scroll"><table class="figures"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>').format(
        heads, rows
    )


SORTS = {"figure": "value", "period": "period", "indicator": "topic"}


def _compose_column(page: Page, column: str, *, sortable: bool) -> Markup:
    text = page.words(f"table.{column}")
    key = SORTS.get(column)
    if not sortable or key is None:
        return escape(text)
    ascending = page.address.sort == key
    arrow = {key: " ↑", f"-{key}": " ↓"}.get(page.address.sort, "")
    return Markup('<a href="{}" title="{}">{}{}</a>').format(
        page.link(sort=f"-{key}" if ascending else key, page=1), page.words("table.sort", column=text), text, arrow
    )


def compose_marked(quote: str, start: int, end: int) -> Markup:
    """Return a quote with the words from `start` to `end` in a `<mark>`, every other letter as it is."""
    return Markup("{}<mark>{}</mark>{}").format(quote[:start], quote[start:end], quote[end:])


def mark_span(trace: Trace) -> tuple[int, int]:
    """Return where the figure stands in its quote."""
    quote, figure = trace.sentence.quote, trace.claim.figure
    start = -1
    for _ in range(trace.claim.nth or 1):
        start = quote.index(figure, start + 1)
    return start, start + len(figure)


def compose_claim(page: Page, trace: Trace, proof: Proof) -> Markup:
    """Return a claim's card: the figure, its sentence with the figure marked, and all that says how to read it."""
    words, claim, article = page.words, trace.claim, trace.article
    start, end = mark_span(trace)
    return Markup(
        '<article class="claim" aria-label="{label}"><div class="claimhead"><h2>{figure}</h2><a class="close" href="{close}" aria-label="{closing}">✕</a></div>'
        '<p class="what">{dot}<b>{province}</b> · {what}</p>'
        '<blockquote lang="vi">{quote}</blockquote>'
        '<p class="translation" lang="en"><span class="key">{translated}</span> {translation}</p>'
        '<p class="cite">{by}</p><dl>{facts}</dl>{notes}'
        '<p class="verified">✓ {verified}</p>'
        '<p class="ways">{ways}</p>{peers}{context}{copies}</article>'
    ).format(
        label=words("claim.title"),
        figure=format_hedged(trace),
        close=page.link(figure=""),
        closing=words("claim.close"),
        dot=compose_dot(page, trace.province),
        province=words.pick(trace.province.name),
        what=format_what(page, trace),
        quote=compose_marked(trace.sentence.quote, start, end),
        translated=words("claim.translation"),
        translation=trace.sentence.translation,
        by=_format_by(page, article),
        facts=_compose_facts(page, trace),
        notes=_compose_notes(page, trace, proof),
        verified=words("claim.verified"),
        ways=_compose_ways(page, trace, proof),
        peers=_compose_peers(page, proof),
        context=_compose_context(page, trace, proof),
        copies=_compose_copies(page, trace, proof),
    )


def _format_by(page: Page, article: Article) -> str:
    words = page.words
    reporter = article.reported_by if words.lang == "vi" else article.reported_by_en or article.reported_by
    return f"{reporter or words('claim.unknown')} — {format_publisher(page, article)}, {format_published(page, article)}"


def format_publisher(page: Page, article: Article) -> str:
    """Return who published an article, or that it does not say."""
    publisher = article.publisher
    if publisher is None:
        return f"{page.words('claim.publisher').lower()}: {page.words('claim.unknown')}"
    return publisher.name if page.words.lang == "vi" else publisher.name_en or publisher.name


def format_published(page: Page, article: Article) -> str:
    """Return the day an article was published, or that it does not say."""
    if article.published is None or not article.published.is_stated:
        return f"{page.words('claim.published').lower()}: {page.words('claim.unknown')}"
    return format_period(article.published, page.words.lang)


def _compose_facts(page: Page, trace: Trace) -> Markup:
    words, claim = page.words, trace.claim
    period = format_period(trace.sentence.period, words.lang)
    if trace.sentence.period.words:
        period = f"{period}, {words('claim.period.words', words=trace.sentence.period.words)}"
    facts = [
        ("claim.read", format_value_as_read(claim, trace.unit, words.lang)),
        ("claim.share", format_share(claim.value, claim.of, words.lang) if claim.of is not None else ""),
        ("claim.qualifier", words(f"qualifier.{claim.qualifier}")),
        ("claim.nature", words(f"nature.{trace.indicator.nature}")),
        ("claim.period", period),
        ("claim.place", (claim.place.words if words.lang == "vi" else claim.place.name_en) if claim.place else ""),
        ("claim.province", words.pick(trace.province.borders)),
    ]
    return join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(words(key), text) for key, text in facts if text
    )


def _compose_notes(page: Page, trace: Trace, proof: Proof) -> Markup:
    words, claim = page.words, trace.claim
    notes = [note for note in (claim.note, trace.sentence.period.note, trace.article.note) if note]
    parts = [
        Markup('<p class="note"><span class="key">{}</span> <span lang="en">{}</span></p>').format(words("claim.note"), note)
        for note in notes
    ]
    whole = page.index.traces.get(claim.part_of or "")
    if whole is not None:
        parts.append(Markup('<p class="note">{}</p>').format(words("claim.part", figure=whole.claim.figure)))
    parts += [
        Markup('<p class="note"><span class="key">{}</span> {}: {}</p>').format(
            words("claim.same"), compose_link(page.link(figure=peer.trace.claim.id), peer.trace.claim.figure), peer.why
        )
        for peer in proof.same
    ]
    for correction in claim.corrections:
        parts.append(
            Markup('<p class="note"><span class="key">{}</span> {}</p>').format(
                words("claim.corrections"),
                words(
                    "claim.correction",
                    when=format_day(correction.when, words.lang),
                    field=correction.field,
                    said=correction.said,
                    says=correction.says,
                    why=correction.why,
                ),
            )
        )
    return join(parts)


def _compose_ways(page: Page, trace: Trace, proof: Proof) -> Markup:
    words = page.words
    place = page.link(view=View.ARTICLES, article=trace.article.seed.removesuffix(".txt"), figure=trace.claim.id)
    ways = [compose_link(place, words("claim.article"))]
    if proof.web:
        ways.append(Markup('<a href="{}" target="_blank">{}</a>').format(proof.web, words("claim.web")))
    ways.append(Markup('<a href="figures.csv?figure={}" download>{}</a>').format(trace.claim.id, words("claim.csv")))
    ways.append(Markup('<a href="figures.json?figure={}" download>{}</a>').format(trace.claim.id, words("claim.json")))
    return join(ways, " · ")


def _compose_peers(page: Page, proof: Proof) -> Markup:
    if not proof.peers:
        return Markup()
    words = page.words
    items = join(
        Markup("<li>{dot}{link} <b>{verdict}</b>{why}</li>").format(
            dot=compose_dot(page, peer.trace.province),
            link=compose_link(
                page.link(figure=peer.trace.claim.id),
                f"{words.pick(peer.trace.province.name)}: {peer.trace.claim.figure}",
            ),
            verdict=words("claim.compare.yes" if peer.comparable else "claim.compare.no"),
            why=f". {peer.why}" if peer.why else "",
        )
        for peer in proof.peers
    )
    return Markup('<div class="compare"><h3>{}</h3><ul>{}</ul></div>').format(words("claim.compare"), items)


def _compose_context(page: Page, trace: Trace, proof: Proof) -> Markup:
    return Markup(
        '<details><summary>{}</summary><p class="context" lang="vi">{} <em>{}</em> {}</p></details>'
    ).format(page.words("claim.context"), proof.before, trace.sentence.quote, proof.after)


def _compose_copies(page: Page, trace: Trace, proof: Proof) -> Markup:
    words = page.words
    copies = [(words(f"claim.cite.{lang}"), text) for lang, text in proof.citations]
    copies.append((words("claim.link"), proof.link))
    return Markup('<details class="copies"><summary>{}</summary>{}</details>').format(
        words("claim.cite"),
        join(
            Markup('<p><span class="copytext">{}</span><button type="button" data-copy="{}" data-copied="{}">{}</button></p>').format(
                text, text, words("claim.copied"), label
            )
            for label, text in copies
        ),
    )


def compose_claim_hint(page: Page) -> Markup:
    """Return what stands in the claim's place while none is open."""
    return Markup('<p class="hint">{}</p>').format(page.words("claim.empty"))


def compose_article_list(page: Page, sources: Sequence[Source]) -> Markup:
    """Return articles as a list: title, publisher, day, and how many figures each reports."""
    words = page.words
    return Markup('<ul class="articles">{}</ul>').format(
        join(Markup("<li>{}</li>").format(_compose_article_item(page, source)) for source in sources)
    ) if sources else Markup('<p class="absent">{}</p>').format(words("coverage.none"))


def _compose_article_item(page: Page, source: Source) -> Markup:
    words, article = page.words, source.record.article
    province = page.index.collection.provinces[article.province]
    figures = len(page.index.by_seed.get(article.seed, ()))
    numbers = len(page.index.ledger.get(article.seed, ()))
    line = words(
        "article.figures", figures=words.count("count.figures", figures), numbers=words.count("count.numbers", numbers)
    )
    return Markup('{}<p class="what">{}<b>{}</b> · {} · {} · {}</p>{}').format(
        compose_link(
            page.link(view=View.ARTICLES, article=article.seed.removesuffix(".txt"), figure="", province=(), topic=(), page=1),
            format_article_name(article, source, words),
            css="title",
        ),
        compose_dot(page, province),
        words.pick(province.name),
        format_publisher(page, article),
        format_published(page, article),
        line,
        Markup("") if figures else Markup('<p class="absent">{}</p>').format(words("article.none")),
    )


def compose_article(page: Page, source: Source) -> Markup:
    """Return an article's whole text, every number of it marked: figures link to their claims, the rest says why it is none."""
    words, article = page.words, source.record.article
    entries = page.index.ledger.get(article.seed, ())
    return Markup(
        '<section class="article"><p class="back">{back}</p><h2 lang="vi">{name}</h2><p class="what">{by}</p>{note}'
        '<h3>{text}</h3><p class="absent">{letter}</p><div class="text" lang="vi">{body}</div></section>'
    ).format(
        back=compose_link(page.link(article="", figure=""), words("article.back")),
        name=article.title or format_article_name(article, source, words),
        by=_format_by(page, article),
        note=Markup('<p class="note" lang="en">{}</p>').format(article.note) if article.note else "",
        text=words("article.text"),
        letter=words("article.reading.note"),
        body=_compose_text(page, source, entries),
    )


def _compose_text(page: Page, source: Source, entries: Sequence[LedgerEntry]) -> Markup:
    raw = source.text.raw
    figures = {trace.claim.id: trace for trace in page.index.by_seed.get(source.record.article.seed, ())}
    parts: list[Markup | str] = []
    at = 0
    for entry in entries:
        trace = figures.get(entry.claim or "")
        start, end = (trace.figure_start, trace.figure_end) if trace else (entry.start, entry.end)
        if start < at:
            continue
        parts.append(raw[at:start])
        parts.append(_compose_number_in_text(page, trace, entry, raw[start:end]))
        at = end
    parts.append(raw[at:])
    return join(parts)


def _compose_number_in_text(page: Page, trace: Trace | None, entry: LedgerEntry, text: str) -> Markup:
    if trace is None:
        return Markup('<span class="aside" title="{}">{}</span>').format(entry.reason or "", text)
    is_open = trace.claim.id == page.address.figure
    topics = list(page.index.collection.topics)
    return Markup('<a class="inline{}" style="--topic:{}" href="{}" title="{}"{}><mark>{}</mark></a>').format(
        " open" if is_open else "",
        topics.index(trace.topic.id),
        page.link(figure=trace.claim.id),
        format_what(page, trace),
        Markup(' data-scroll="{}"').format(trace.claim.id) if is_open else "",
        text,
    )


def compose_ledger(page: Page, source: Source) -> Markup:
    """Return the account of every number of an article: the claim it is, or why it is none."""
    words = page.words
    entries = page.index.ledger.get(source.record.article.seed, ())
    claimed = sum(1 for entry in entries if entry.claim)
    line = words(
        "article.ledger.line",
        numbers=words.count("count.numbers", len(entries)),
        claimed=claimed,
        aside=len(entries) - claimed,
    )
    rows = join(
        Markup('<tr><td class="value">{}</td><td>{}</td><td>{}</td></tr>').format(
            entry.text,
            words(f"kind.{entry.kind}"),
            compose_link(page.link(figure=entry.claim), words.pick(page.index.traces[entry.claim].indicator.name))
            if entry.claim
            else entry.reason or "",
        )
        for entry in entries
    )
    return Markup(
        '<section class="ledger"><h3>{}</h3><p>{}</p><div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="figures"><thead><tr>'
        '<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></div></section>'
    ).format(
        words("article.ledger"),
        line,
        words("article.ledger"),
        words("article.number"),
        words("article.kind"),
        words("article.account"),
        rows,
    )


def compose_pages(page: Page, total: int) -> Markup:
    """Return the way through a long table: fifty rows a page."""
    pages = max(1, -(-total // ROWS_OF_A_PAGE))
    if pages == 1:
        return Markup()
    words, at = page.words, min(page.address.page, pages)
    parts: list[Markup | str] = [words("table.pages", page=at, pages=pages)]
    if at > 1:
        parts.append(compose_link(page.link(page=at - 1), words("table.previous")))
    if at < pages:
        parts.append(compose_link(page.link(page=at + 1), words("table.next")))
    return Markup('<p class="pages">{}</p>').format(join(parts, " · "))


def compose_province(page: Page, province: Province) -> Markup:
    """Return the head of a province's page: its names, code and borders then and now."""
    words = page.words
    others = join(
        (
            Markup("<span>{}{}</span>").format(
                compose_dot(page, other), compose_link(page.link(province=(other.slug,)), words.pick(other.name), current=other is province)
            )
            for other in page.index.collection.provinces.values()
        ),
    )
    return Markup(
        '<section class="province"><nav class="choose" aria-label="{}">{}</nav><h2>{}</h2><p>{} · {}</p></section>'
    ).format(
        words("province.choose"),
        others,
        words("province.title", province=words.pick(province.name)),
        words.pick(province.borders),
        words("province.iso", code=province.iso_code),
    )


def compose_beside(page: Page, province: Province) -> Markup:
    """Return a province's figures by topic, beside those of the others in the same unit."""
    words, index = page.words, page.index
    parts = []
    for topic in index.collection.topics.values():
        own = index.find(Filters(province=province.slug, topic=topic.id))
        if not own:
            parts.append(Markup('<h3>{}</h3><p class="absent">{}</p>').format(words.pick(topic.name), words("coverage.none")))
            continue
        others = [t for t in index.find(Filters(topic=topic.id)) if t.province.slug != province.slug]
        rows = join(
            Markup('<tr><td>{}</td><td class="value">{}</td><td>{}</td><td>{}</td></tr>').format(
                words.pick(trace.indicator.name),
                compose_link(page.link(figure=trace.claim.id), format_hedged(trace)),
                format_period(trace.sentence.period, words.lang),
                _compose_others(page, [t for t in others if panel_unit(t) == panel_unit(trace)]),
            )
            for trace in own
        )
        parts.append(
            Markup(
                '<h3>{}</h3><div class="scroll"><table class="figures"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
                '<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></div>'
            ).format(
                words.pick(topic.name),
                words("table.indicator"),
                words("table.figure"),
                words("table.period"),
                words("province.beside"),
                rows,
            )
        )
    return Markup('<section class="beside">{}</section>').format(join(parts))


def _compose_others(page: Page, others: Sequence[Trace]) -> Markup:
    if not others:
        return Markup('<span class="absent">{}</span>').format(page.words("coverage.none"))
    return join(
        (
            Markup('<span class="other">{}{}</span>').format(
                compose_dot(page, other.province),
                compose_link(page.link(figure=other.claim.id), f"{other.claim.figure} ({page.words.pick(other.indicator.name)})"),
            )
            for other in others[:6]
        ),
        " ",
    )


def format_alt(page: Page, trace: Trace) -> str:
    """Return a mark's text alternative: province, figure, what it measures and when."""
    return f"{page.words.pick(trace.province.name)}: {format_hedged(trace)}, {format_what(page, trace)}"


def format_chart_alt(page: Page, panel: Panel, shown: Sequence[Trace]) -> str:
    """Return a chart's text alternative, made from the rows that it draws."""
    return page.words(
        "panel.chart.alt",
        topic=page.words.pick(page.index.collection.topics[panel.topic].name),
        unit=format_unit(page, panel.unit),
        rows="; ".join(format_alt(page, trace) for trace in shown),
    )


def share_of(trace: Trace) -> Decimal:
    """Return the part of the whole that a share figure states, from 0 to 1, unrounded."""
    return trace.claim.value / (trace.claim.of if trace.claim.of is not None else Decimal(100))


def format_axis_value(page: Page, trace: Trace) -> str:
    """Return the value as drawn, in the page's digits."""
    return format_number(trace.claim.value, page.words.lang)
