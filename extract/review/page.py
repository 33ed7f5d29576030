"""The review page, a Streamlit script: the table of all articles, or one article with one of its numbers."""

import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

import streamlit as st

from extract.claims.files import find_root
from extract.claims.status import HEADINGS, ArticleStatus
from extract.review.account import Number, State, find_waiting
from extract.review.desk import CATALOGUE, Look, Work, open_desk
from extract.review.forms import MEMORY, OTHER, find_prefix, go, show_header, show_number
from extract.review.proposals import read_covers
from extract.text.mentions import Kind
from extract.text.problems import UnreadableError

HERE = Path(__file__).resolve().parent
DESK = open_desk(find_root())
ARTICLE = st.components.v2.component(
    "article",
    html="<div class='article' lang='vi'></div>",
    css=(HERE / "article.css").read_text("utf-8"),
    js=(HERE / "article.js").read_text("utf-8"),
    isolate_styles=False,
)
MOST_LINES = 50


def main() -> None:
    """Show the page that the address asks for."""
    st.set_page_config(page_title="Review", layout="wide")
    st.html(f"<style>{(HERE / 'page.css').read_text('utf-8')}</style>")
    if "begun" not in MEMORY and "article" not in st.query_params and sys.argv[1:]:
        st.query_params["article"] = sys.argv[1]
    MEMORY.begun = True
    look, seed = DESK.look(), st.query_params.get("article", "")
    if broken := [each for each in look.problems if each.path in CATALOGUE]:
        say(["Nothing can be decided before the catalogue is mended:", *broken[:MOST_LINES]], "wrong")
    if not seed:
        show_table(look)
        return
    st.html('<a href="?article=">All articles</a>')
    try:
        work = DESK.open_article(look, seed)
    except UnreadableError as error:
        say([f"seeds/{seed} {error}"], "wrong")
    else:
        show_article(look, work, can_decide=not broken)


def say(lines: Iterable[object], kind: str = "") -> None:
    """Show lines letter for letter."""
    shown = "".join(f"<p>{escape(str(line))}</p>" for line in lines)
    st.html(f'<div class="said {kind}" role="status">{shown}</div>')


def show_table(look: Look) -> None:
    """Show how far each article is, and what is wrong with others than these."""
    st.html("<h1>Review</h1>")
    status = DESK.list_status(look)
    head = "".join(f"<th>{escape(name)}</th>" for name in HEADINGS)
    rows = "".join(map(compose_row, status))
    st.html(f'<div class="scroll"><table class="status"><tr>{head}</tr>{rows}</table></div>')
    known = {*CATALOGUE, *look.described.values(), *(f"seeds/{row.article}" for row in status)}
    if others := [each for each in look.problems if each.path not in known]:
        say(["The check says of other files:", *others[:MOST_LINES]], "wrong")


def compose_row(status: ArticleStatus) -> str:
    """Return a row of the table, its article a link."""
    article, *cells = status
    rest = "".join(f"<td>{'–' if cell is None else escape(str(cell))}</td>" for cell in cells)
    return f'<tr><td><a href="?article={quote(article)}">{escape(article)}</a></td>{rest}</tr>'


def show_article(look: Look, work: Work, *, can_decide: bool) -> None:
    """Show an article, what is to be decided of one of its numbers, and what the check says."""
    notice_changes(work)
    MEMORY.work = work
    for key in [key for key in MEMORY if str(key).startswith(f"{work.seed}/")]:
        MEMORY[key] = MEMORY[key]  # Streamlit forgets fields that are not shown, such as those of another number
    number = find_current(work)
    with st.container(key="desk"):
        left, right = st.columns([3, 2], gap="large")
        with right, st.container(key="panel"):
            if "said" in MEMORY:
                kind, lines = MEMORY.pop("said")
                say(lines, kind)
            if number is not None and work.raw is not None:
                show_sentence(work, number)
                if can_decide:
                    show_number(DESK, look, work, number)
            if can_decide:
                with st.expander("What the article is", expanded=work.raw is None):
                    show_header(DESK, look, work)
            show_check(work)
        with left:
            show_text(work, number)


def notice_changes(work: Work) -> None:
    """Say once that somebody else has changed the file since it was shown."""
    shown: Work | None = MEMORY.get("work")
    expected = MEMORY.pop("seen", shown.raw if shown else None)
    if shown is not None and shown.seed == work.seed and work.raw != expected and "said" not in MEMORY:
        MEMORY.said = ("wrong", [f"{work.path} was changed by somebody else: the newer one is shown"])


def find_current(work: Work) -> Number | None:
    """Return the number that the address names, else the first that waits."""
    at = st.query_params.get("at", "")
    named = next((each for each in work.numbers if str(each.mention.start) == at), None)
    return named or find_waiting(work.numbers)


def show_text(work: Work, number: Number | None) -> None:
    """Show the whole text, each number marked with its state and its reading."""
    counts = " · ".join(f"{sum(each.state is state for each in work.numbers)} {state}" for state in State)
    st.html(f"<p>{escape(work.seed)}: {counts}. Select words of the text to take them as the period.</p>")
    ARTICLE(
        key="article",
        data={"sentences": list(list_sentences(work, number))},
        on_chosen_change=lambda: go(MEMORY["article"].chosen),
        on_selected_change=lambda: take_selected(number),
    )


def take_selected(number: Number | None) -> None:
    """Take the words that were selected in the text for the period of a number."""
    words = MEMORY["article"].selected
    if words and number is not None:
        key = f"{find_prefix(number)}/period"
        MEMORY[key], MEMORY[f"{key}/words"], MEMORY[f"{key}/covers"] = OTHER, words, read_covers(words)


def list_sentences(work: Work, current: Number | None) -> Iterator[dict[str, object]]:
    """Yield the sentences of a text, and what stands between them, in parts: words, and numbers as dictionaries."""
    text, place = work.reading.text, 0
    for span in work.reading.sentences:
        yield {"parts": [text[place : span.start]]}
        parts: list[object] = []
        place = span.start
        for each in work.numbers:
            if span.start <= each.mention.start < span.end:
                parts += [text[place : each.figure.start], describe(text, each, place, current)]
                place = max(place, each.figure.end)
        yield {"parts": [*parts, text[place : span.end]], "current": current is not None and span == current.sentence}
        place = span.end
    yield {"parts": [text[place:]]}


def describe(text: str, number: Number, place: int, current: Number | None) -> dict[str, object]:
    """Return the mark of a number: its words from a place on, its state, and the reading of it or its account."""
    reading, is_open = format_reading(number), number.state is State.OPEN
    return {
        "at": number.mention.start,
        "text": text[max(place, number.figure.start) : number.figure.end],
        "state": str(number.state),
        "label": f"open: {reading}" if is_open else str(number.state),
        "says": f"{number.state}: {reading if is_open else number.account}",
        "current": number is current,
    }


def format_reading(number: Number) -> str:
    """Return how the grammar reads a number: its hedge, value and unit; of others than figures, what kind they are."""
    mention = number.mention
    if mention.kind is not Kind.FIGURE or mention.value is None:
        return str(mention.kind) if mention.kind is not Kind.FIGURE else "no value"
    values = mention.value if isinstance(mention.value, tuple) else (mention.value,)
    value = " and ".join(f"{each:f}" for each in values)
    return " ".join(part for part in (mention.qualifier, value, mention.unit) if part)


def show_sentence(work: Work, number: Number) -> None:
    """Show the sentence of a number, the number marked in it, and its state."""
    text, (first, last), (start, end) = work.reading.text, number.figure, number.sentence
    words = f"{escape(text[start:first])}<mark>{escape(text[first:last])}</mark>{escape(text[last:end])}"
    account = f" ({number.account})" if number.account else ""
    reading = escape(f"{account}; it reads as {format_reading(number)}")
    st.html(
        f'<blockquote class="quote" lang="vi">{words}</blockquote><p class="reading"><b>{number.state}</b>{reading}</p>'
    )


def show_check(work: Work) -> None:
    """Show what the check says of the article; numbers that are open are counted only."""
    asked = [each for each in work.problems if "is neither claimed nor set aside" in each.message]
    others = [each for each in work.problems if each not in asked]
    count = [f"{len(asked)} numbers are neither claimed nor set aside"] if asked else []
    if work.raw is None:
        say(["check: pending, no file describes this text yet"])
    elif not work.problems:
        say([f"check: no problem in {work.path}", *work.warnings], "well")
    else:
        say([f"check: {len(work.problems)} problems in {work.path}", *count, *others, *work.warnings], "wrong")


if __name__ == "__main__":
    main()
