"""The claim: the figure, its sentence with the figure marked, and all that says how to read it."""

from markupsafe import Markup

from extract.claims.collection import CheckedClaim
from extract.figures.formats import format_day, format_period, format_share, format_value_as_read
from extract.page.address import View
from extract.page.markup import Page, compose_dot, compose_link, format_by, format_hedged, format_what, join
from extract.page.proof import Proof
from extract.page.views.frame import format_title


def compose_marked(checked: CheckedClaim) -> Markup:
    """Return a claim's quote with the figure in a `<mark>`, every letter as it is."""
    quote, start, end = checked.sentence.quote, checked.mark_start, checked.mark_start + len(checked.claim.figure)
    return Markup("{}<mark>{}</mark>{}").format(quote[:start], quote[start:end], quote[end:])


def compose_claim(page: Page, checked: CheckedClaim, proof: Proof) -> Markup:
    """Return a claim's card: the figure, its sentence with the figure marked, and all that says how to read it."""
    words, article = page.words, checked.article
    return Markup(
        '<article class="claim" data-claim="{id}" data-title="{title}" aria-label="{label}">'
        '<div class="claimhead"><h2>{figure}</h2>'
        '<a class="close" href="{close}" aria-label="{closing}">✕</a></div>'
        '<p class="what">{dot}<b>{province}</b> · {what}</p>'
        '<blockquote lang="vi" aria-label="{sentence}">{quote}</blockquote>'
        '<p class="translation" lang="en"><span class="key">{translated}</span> {translation}</p>'
        '<p class="cite"><span class="key">{reported}</span> {by}</p><dl>{facts}</dl>{notes}'
        '<p class="verified">✓ {verified}</p>'
        '<p class="ways">{ways}</p>{peers}{context}{copies}</article>'
    ).format(
        id=checked.claim.id,
        title=format_title(page),
        label=words("claim.title"),
        figure=format_hedged(checked),
        close=page.link(figure=""),
        closing=words("claim.close"),
        dot=compose_dot(page, checked.province),
        province=words.pick(checked.province.name),
        what=format_what(page, checked),
        sentence=words("claim.quote"),
        quote=compose_marked(checked),
        translated=words("claim.translation"),
        translation=checked.sentence.translation,
        reported=words("claim.reporter"),
        by=format_by(page, article),
        facts=_compose_facts(page, checked),
        notes=_compose_notes(page, checked, proof),
        verified=words("claim.verified"),
        ways=_compose_ways(page, checked, proof),
        peers=_compose_peers(page, proof),
        context=_compose_context(page, checked, proof),
        copies=_compose_copies(page, proof),
    )


def _compose_facts(page: Page, checked: CheckedClaim) -> Markup:
    words, claim = page.words, checked.claim
    period = format_period(checked.sentence.period, words.lang)
    if checked.sentence.period.words:
        period = f"{period}, {words('claim.period.words', words=checked.sentence.period.words)}"
    facts = [
        ("claim.read", format_value_as_read(claim, checked.unit, words.lang)),
        ("claim.share", format_share(claim.value, claim.of, words.lang) if claim.of is not None else ""),
        ("claim.unit", words.pick(checked.unit.name)),
        ("claim.qualifier", words(f"qualifier.{claim.qualifier}")),
        ("claim.nature", words(f"nature.{checked.indicator.nature}")),
        ("claim.period", period),
        ("claim.place", words.choose(claim.place.words, claim.place.name_en) if claim.place else ""),
        ("claim.province", words.pick(checked.province.borders)),
    ]
    return join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(words(key), text) for key, text in facts if text)


def _compose_notes(page: Page, checked: CheckedClaim, proof: Proof) -> Markup:
    words, claim = page.words, checked.claim
    noted = (claim, checked.sentence.period, checked.article)
    notes = [note for note in (words.choose(record.note_vi, record.note) for record in noted) if note]
    parts = [
        Markup('<p class="note"><span class="key">{}</span> {}</p>').format(words("claim.note"), note) for note in notes
    ]
    whole = page.index.claims.get(claim.part_of or "")
    if whole is not None:
        parts.append(Markup('<p class="note">{}</p>').format(words("claim.part", figure=whole.claim.figure)))
    parts += [
        Markup('<p class="note"><span class="key">{}</span> {}: {}</p>').format(
            words("claim.same"),
            compose_link(page.link(figure=peer.checked.claim.id), peer.checked.claim.figure),
            peer.why,
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


def _compose_ways(page: Page, checked: CheckedClaim, proof: Proof) -> Markup:
    words = page.words
    place = page.link(view=View.ARTICLES, article=checked.article.seed.removesuffix(".txt"), figure=checked.claim.id)
    ways = [compose_link(place, words("claim.article"))]
    if proof.web:
        ways.append(Markup('<a href="{}" target="_blank">{}</a>').format(proof.web, words("claim.web")))
    ways.append(Markup('<a href="figures.csv?figure={}" download>{}</a>').format(checked.claim.id, words("claim.csv")))
    ways.append(
        Markup('<a href="figures.json?figure={}" download>{}</a>').format(checked.claim.id, words("claim.json"))
    )
    return join(ways, " · ")


def _compose_peers(page: Page, proof: Proof) -> Markup:
    if not proof.peers:
        return Markup()
    words = page.words
    items = join(
        Markup("<li>{dot}{link} <b>{verdict}</b>{why}</li>").format(
            dot=compose_dot(page, peer.checked.province),
            link=compose_link(
                page.link(figure=peer.checked.claim.id),
                f"{words.pick(peer.checked.province.name)}: {peer.checked.claim.figure}",
            ),
            verdict=words("claim.compare.yes" if peer.comparable else "claim.compare.no"),
            why=f". {peer.why}" if peer.why else "",
        )
        for peer in proof.peers
    )
    return Markup('<div class="compare"><h3>{}</h3><ul>{}</ul></div>').format(words("claim.compare"), items)


def _compose_context(page: Page, checked: CheckedClaim, proof: Proof) -> Markup:
    return Markup('<details><summary>{}</summary><p class="context" lang="vi">{} <em>{}</em> {}</p></details>').format(
        page.words("claim.context"), proof.before, checked.sentence.quote, proof.after
    )


def _compose_copies(page: Page, proof: Proof) -> Markup:
    words = page.words
    copies = [(words(f"claim.cite.{lang}"), text) for lang, text in proof.citations]
    copies.append((words("claim.link"), proof.link))
    return Markup('<details class="copies"><summary>{}</summary>{}</details>').format(
        words("claim.cite"),
        join(
            Markup('<p><span class="copytext">{}</span><button type="button" data-copied="{}">{}</button></p>').format(
                text, words("claim.copied"), label
            )
            for label, text in copies
        ),
    )


def compose_place(page: Page, asked: str, card: Markup) -> Markup:
    """Return the place where a claim opens, with the card that stands in it, if any, and what is said without one.

    `asked` is the figure that the address names, whether it is known or not. `page.js` puts other cards there, and
    where the server does not answer what the hidden part says.
    """
    words = page.words
    hint = Markup('<p class="hint">{}</p>').format(words("claim.empty")) if page.address.view is View.COMPARE else ""
    return Markup('<div class="place" data-shows="{}">{}<div class="card">{}</div><div hidden>{}</div></div>').format(
        asked, hint, card, compose_sentence(page, words("claim.unreachable"))
    )


def compose_missing(page: Page, figure: str) -> Markup:
    """Return what stands in the claim's place where no figure has the id."""
    sentence = compose_sentence(page, page.words("state.unknown.figure", value=figure))
    return Markup('<article class="claim">{}</article>').format(sentence)


def compose_sentence(page: Page, text: str) -> Markup:
    """Return one plain sentence in place of a card's content, with the link that closes it."""
    return Markup(
        '<div class="claimhead"><p class="failure" role="alert">{}</p>'
        '<a class="close" href="{}" aria-label="{}">✕</a></div>'
    ).format(text, page.link(figure=""), page.words("claim.close"))
