"""The fields in which a curator decides, as Streamlit shows them, and what they hold when a key or a button decides.

Decisions read the fields from the session: the run that showed them may be older than what was typed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from extract.claims.amend import AmendError
from extract.claims.draft.period import SentencePeriods, find_candidates
from extract.claims.records import WHOLE_COUNTRY, CoverageKind, Direction
from extract.claims.yaml.strict import Node
from extract.review.account import ALSO_AT, Number, State, find_mapping, find_repeated, find_waiting
from extract.review.desk import Desk, Look, SaveError, Work
from extract.review.edits import Edit, begin_file, find_aside_words, set_aside, set_header, take_back, write_claim
from extract.review.proposals import (
    Choice,
    Proposal,
    compose_claim,
    find_holding,
    find_written,
    format_period,
    list_reasons,
    propose,
    propose_id,
    quote_period,
    write_period,
)
from extract.text.hedges import Qualifier

MEMORY: Final = st.session_state
OTHER: Final = Choice(label="other words of the article", value=None)
MOST_BUTTONS: Final = 9
DAYS: Final = "2021, 2021-06, 2021-01/2021-06, 2013/.."
HEADER: Final = {
    "title": "Title, as printed",
    "title_en": "Title in English",
    "reported_by": "Office that reports the figures",
    "reported_by_en": "The same in English",
    "url": "Address on the web",
}
CLAIM: Final = (
    *("id", "indicator", "figure", "value", "of", "to", "change", "before", "qualifier", "why", "translation"),
)
CHANGES: Final = {"": "no, it says how many", **{str(way): str(way) for way in Direction}}
REASONS: Final = ("reason", "why_vi", "aside")


def literal(words: str) -> str:
    """Return words that markdown shows letter for letter: Streamlit takes labels for markdown."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words.replace("\n", " "))


# What a key or a button does, before the page is shown again


def save(desk: Desk, edit: Callable[[Work], Edit], done: str) -> bool:
    """Write a decision into the file as it was shown; keep for the page what became of it."""
    work: Work = MEMORY.work
    try:
        change = edit(work)
        desk.save(work, change.after, place=change.place)
    except SaveError as error:
        MEMORY.said = ("wrong", [*error.args, "What you entered is still here."])
        return False
    except AmendError as error:
        MEMORY.said = ("wrong", [f"{work.path} {error}", "What you entered is still here."])
        return False
    MEMORY.said, MEMORY.seen = ("well", [done]), change.after
    return True


def go(at: int | None) -> None:
    """Look at the number that begins at a place of the text."""
    if at is not None:
        st.query_params["at"] = str(at)


def find_prefix(number: Number) -> str:
    """Return what the names of a number's fields begin with."""
    return f"{MEMORY.work.seed}/{number.mention.start}"


def enter(prefix: str, *names: str) -> dict[str, str]:
    """Return what fields hold; an empty text for one that is empty or not shown."""
    return {name: str(MEMORY.get(f"{prefix}/{name}") or "").strip() for name in names}


def decide(desk: Desk, number: Number, edit: Callable[[Work], Edit], done: str) -> None:
    """Write the decision on a number, forget what was entered, and go to the next one that is open."""
    work, prefix = MEMORY.work, f"{find_prefix(number)}/"
    if save(desk, edit, done):
        for key in [key for key in MEMORY if str(key).startswith(prefix)]:
            del MEMORY[key]
        waiting = find_waiting(work.numbers, number.index)
        go(waiting.mention.start if waiting else None)


# Fields


def fill(key: str, value: object, options: Sequence[object] | None = None) -> None:
    """Put what is known into a field, unless the curator has changed it; of a list, only what it has.

    So a field that nobody has touched follows the file when somebody else changes that.
    """
    value = value if options is None or value in options else None
    is_gone = options is not None and MEMORY.get(key) is not None and MEMORY[key] not in options
    if key not in MEMORY or is_gone or MEMORY[key] == MEMORY.get(f"{key}/was", value):
        MEMORY[key] = value
    MEMORY[f"{key}/was"] = value


def show_text(key: str, label: str, value: Node | None, hint: str = "") -> None:
    """Show a field for one line."""
    fill(key, value if isinstance(value, str) else "")
    st.text_input(label, key=key, placeholder=hint)


def show_choice(key: str, label: str, choices: Sequence[Choice], said: Node | None) -> None:
    """Show a list to choose from: what is said is chosen, nothing where that asks for a decision."""
    fill(key, next((each for each in choices if each.value == said and each != OTHER), None), choices)
    st.selectbox(label, choices, index=None, format_func=lambda each: each.label, key=key)


def show_period(key: str, label: str, choices: Sequence[Choice], said: Node | None, hint: str) -> None:
    """Show a list of periods to choose from, and two fields where it is none of them."""
    show_choice(key, label, [*choices, OTHER], said)
    if MEMORY[key] == OTHER:
        show_text(f"{key}/words", "Words of the period", "", hint)
        show_text(f"{key}/covers", "Days it covers; empty where they are not certain", "", DAYS)


def read_period(key: str) -> Node | None:
    """Return the period that the fields hold: None for what stands above, an empty text where none is chosen."""
    choice: Choice | None = MEMORY.get(key)
    if choice == OTHER:
        return write_period(*enter(key, "covers", "words").values()) or ""
    return choice.value if choice else ""


def show_coverage(prefix: str, said: Node | None, inherited: str) -> None:
    """Show the fields of a coverage."""
    kinds = [inherited, *map(str, CoverageKind)]
    fill(f"{prefix}/kind", find_mapping(said or {}, ()).get("kind", inherited), kinds)
    st.selectbox("Whose work, or which area", kinds, key=f"{prefix}/kind")
    if MEMORY[f"{prefix}/kind"] == inherited:
        return
    show_text(f"{prefix}/coverage", "Words of the article that say so", find_mapping(said or {}, ()).get("words"))
    if MEMORY[f"{prefix}/kind"] != CoverageKind.PROVINCE:
        for lang in ("vi", "en"):
            name = find_mapping(said or {}, ("name",)).get(lang)
            show_text(f"{prefix}/name_{lang}", f"The same in a few words ({lang})", name)


def read_coverage(prefix: str, said: Node | None) -> Node | None:
    """Return the coverage that the fields hold, None where what stands above holds."""
    entered = enter(prefix, "kind", "coverage", "name_vi", "name_en")
    if entered["kind"] not in map(str, CoverageKind):
        return None
    coverage = {**find_mapping(said or {}, ()), "kind": entered["kind"], "words": entered["coverage"]}
    if entered["kind"] != CoverageKind.PROVINCE:
        coverage["name"] = {"vi": entered["name_vi"], "en": entered["name_en"]}
    return coverage


# The article


def show_header(desk: Desk, look: Look, work: Work) -> None:
    """Show what an article is, as written or drafted."""
    known = find_mapping(work.draft if work.raw is None else work.root, ("article",))
    prefix = f"{work.seed}/article"
    provinces = {slug: province.name.vi for slug, province in look.collection.provinces.items()}
    fill(f"{prefix}/province", known.get("province"), list(provinces))
    slug = st.selectbox("Province it reports on", list(provinces), index=None, key=f"{prefix}/province")
    for name, label in HEADER.items():
        show_text(f"{prefix}/{name}", label, known.get(name))
    sentences = [SentencePeriods(reading=work.reading, span=span) for span in work.reading.sentences]
    stated: list[Node] = [known["period"]] if known.get("period") else []
    stated += [quote_period(work, each) for each in find_candidates(sentences)]
    choices = [Choice(label=format_period(value), value=value) for value in stated]
    none = Choice(label="none: each sentence says its own", value="")
    show_choice(f"{prefix}/period", "Period of all figures that state none", [none, *choices], known.get("period", ""))
    show_coverage(prefix, known.get("coverage"), "not the same for all")
    button = ("Begin", "B") if work.raw is None else ("Save", None)
    st.button(
        button[0], shortcut=button[1], type="primary", on_click=write_header, args=(desk, work), disabled=not slug
    )


def write_header(desk: Desk, work: Work) -> None:
    """Begin an article's file, or set the keys of its article."""
    known = find_mapping(work.draft if work.raw is None else work.root, ("article",))
    prefix = f"{work.seed}/article"
    period: Choice | None = MEMORY.get(f"{prefix}/period")
    fields: dict[str, Node] = {**enter(prefix, "province", *HEADER)}
    fields |= {"period": (period.value if period else "") or ""}
    fields |= {"coverage": read_coverage(prefix, known.get("coverage")) or ""}
    if work.raw is None:
        kept = {key: known.get(key, "") for key in ("publisher", "published", "event")}
        save(desk, lambda shown: begin_file(shown, kept | fields), f"{work.path} is begun")
    else:
        save(desk, lambda shown: set_header(shown, fields), f"{work.path} is saved")


# One number


def show_number(desk: Desk, look: Look, work: Work, number: Number) -> None:
    """Show what is proposed for a number, to accept it or to set the number aside."""
    if number.is_repeat:
        st.markdown("It repeats that claim: take it back first to claim it on its own, or to set it aside.")
    repeated = find_repeated(work.draft, work.reading, number) if number.location is None else None
    for each in work.numbers:
        if each.index == repeated and each.location is None:
            line = work.reading.line_of(each.mention.start)
            words = f"The draft takes it for the «{each.mention.text}» of line {line} once more"
            st.markdown(literal(f"{words}: accept that, and this is claimed with it."))
    kind = ALSO_AT if number.is_repeat else number.location[0] if number.location else ""
    proposal = propose(work, number, look.collection) if kind in ("", "sentences") else None
    reasons, is_sure = list_reasons(look.collection, work, number) if kind in ("", "set_aside") else ({}, False)
    order = [each.mention.start for each in work.numbers]
    at = order.index(number.mention.start)
    with st.container(horizontal=True, key="keys"):
        if proposal is not None:
            done = "Change" if number.state is State.CLAIMED else "Accept"
            st.button(done, shortcut="A", type="primary", on_click=accept, args=(desk, look, number, proposal))
            st.button(
                "Period", shortcut="P", on_click=choose_next, args=(f"{find_prefix(number)}/period", proposal.periods)
            )
        if reasons:
            st.button("Set aside", shortcut="S", on_click=put_aside, args=(desk, number, reasons))
        if number.location is not None:
            st.button("Take back", shortcut="T", on_click=remove, args=(desk, number))
        st.button("Previous", shortcut="K", on_click=go, args=(order[at - 1] if at else None,))
        st.button("Next", shortcut="J", on_click=go, args=(order[at + 1] if at + 1 < len(order) else None,))
    if proposal is not None:
        show_claim(look, work, number, proposal)
    if reasons:
        show_aside(work, number, reasons, is_sure=is_sure)


def choose_next(key: str, choices: Sequence[Choice]) -> None:
    """Choose the next of some choices, behind the last the first."""
    at = choices.index(MEMORY[key]) + 1 if MEMORY.get(key) in choices else 0
    MEMORY[key] = choices[at % len(choices)]


def remove(desk: Desk, number: Number) -> None:
    """Take a claim or an entry out of the file; the number is open again."""
    save(desk, lambda shown: take_back(shown, number), "taken back: the number is open again")


def show_claim(look: Look, work: Work, number: Number, proposal: Proposal) -> None:
    """Show the fields of a claim."""
    prefix, claim = find_prefix(number), proposal.claim
    names = {name: joined.name.vi for name, joined in look.collection.joined.items()}
    options = list(dict.fromkeys([*proposal.nearest, *names]))
    fill(f"{prefix}/indicator", claim.get("indicator"), options)
    st.markdown("**A claim.** What does it count?")
    with st.container(key="nearest"):
        for place, name in enumerate(proposal.nearest[:MOST_BUTTONS], start=1):
            label = ("✓ " if MEMORY[f"{prefix}/indicator"] == name else "") + literal(names[name])
            chosen = (f"{prefix}/indicator", name)
            st.button(label, key=f"nearest {place}", shortcut=str(place), on_click=MEMORY.__setitem__, args=chosen)
    labels = {name: f"{words} ({name})" for name, words in names.items()}
    st.selectbox("Or another", options, index=None, format_func=labels.__getitem__, key=f"{prefix}/indicator")
    if proposal.new_line:
        st.html("<p>Or a new one, as a line of data/indicators.yaml:</p>")
        st.code(proposal.new_line, language=None, wrap_lines=True)
    hint = "select them in the text, or paste them"
    show_period(f"{prefix}/period", "Period", proposal.periods, proposal.inherited["period"], hint)
    is_change = "base" in claim or any(enter(prefix, "change", "before").values())
    if is_change:
        show_change(prefix, claim)
        label = "Base: the earlier period that it is against"
        show_period(f"{prefix}/base", label, proposal.bases, claim.get("base"), "paste them from the text")
    left, right = st.columns([1, 2])
    with left:
        show_text(f"{prefix}/value", "Value", claim.get("value"))
    with right:
        show_text(f"{prefix}/figure", "Words of the figure", claim.get("figure"))
    written = find_written(work, number).get("translation")
    fill(f"{prefix}/translation", written or "")
    st.text_area("Translation of the sentence; it may wait", key=f"{prefix}/translation", height=68)
    with st.expander(f"Hedge, whole, {'' if is_change else 'change, '}place, whose work, id"):
        if not is_change:
            show_change(prefix, claim)
        show_rest(look, number, proposal)


def show_change(prefix: str, claim: Mapping[str, Node]) -> None:
    """Show the fields that say how a number stands to an earlier period."""
    left, right = st.columns(2)
    with left:
        fill(f"{prefix}/change", claim.get("change", ""), list(CHANGES))
        st.selectbox("A change?", list(CHANGES), format_func=CHANGES.__getitem__, key=f"{prefix}/change")
    with right:
        show_text(f"{prefix}/before", "The number before, of now/before", claim.get("before"))


def show_rest(look: Look, number: Number, proposal: Proposal) -> None:
    """Show the fields of a claim that are seldom changed."""
    prefix, claim, said = find_prefix(number), proposal.claim, proposal.inherited
    fill(f"{prefix}/qualifier", claim.get("qualifier", "exact"), list(map(str, Qualifier)))
    st.selectbox("Hedge", list(map(str, Qualifier)), key=f"{prefix}/qualifier")
    show_text(f"{prefix}/of", "The whole, of x of y", claim.get("of"))
    show_text(f"{prefix}/to", "The end of a range", claim.get("to"))
    areas = [Choice(label="as above", value=None), Choice(label="the whole country", value=WHOLE_COUNTRY)]
    areas += [Choice(label=f"{each.name.vi} ({slug})", value=slug) for slug, each in look.collection.provinces.items()]
    show_choice(f"{prefix}/province", "Province", areas, said["province"])
    show_coverage(prefix, said["coverage"], "as above")
    show_text(f"{prefix}/id", "Id", claim.get("id") if number.location else "", "made of province, year and indicator")
    why = find_mapping(dict(claim), ("read",)).get("why")
    show_text(f"{prefix}/why", "Why a person reads it so, where the machine cannot", why)


def accept(desk: Desk, look: Look, number: Number, proposal: Proposal) -> None:
    """Write the claim that the fields state."""
    prefix, work = find_prefix(number), MEMORY.work
    entered, province = enter(prefix, *CLAIM), MEMORY[f"{prefix}/province"]
    days, base = read_period(f"{prefix}/period"), read_period(f"{prefix}/base") or ""
    wanted = {"what it counts": entered["indicator"], "the period": days != "", "the province": province}
    if entered["change"] or entered["before"]:
        wanted["the base"] = base
    if missing := [name for name, there in wanted.items() if not there]:
        MEMORY.said = ("wrong", [f"Nothing was written: choose {' and '.join(missing)} first."])
        return
    above = find_written(work, number)
    covers = find_mapping(days or find_holding(work, above, "period") or {}, ()).get("covers", "")
    area = province.value or find_holding(work, above, "province")
    what = entered["indicator"] + ("-change" if entered["change"] else "")
    entered["id"] = entered["id"] or propose_id(str(area).lower(), str(covers), what, look.taken)
    coverage = read_coverage(prefix, proposal.inherited["coverage"])
    said: dict[str, Node | None] = {"period": days, "province": province.value, "coverage": coverage}
    said |= {
        "translation": " ".join(entered["translation"].split()),
        "list_is_open": "yes" if proposal.list_is_open else None,
    }
    claim = compose_claim(entered, proposal.claim, base)
    decide(desk, number, lambda shown: write_claim(shown, number, claim, said), f"claimed: {claim['id']}")


def show_aside(work: Work, number: Number, reasons: dict[str, str], *, is_sure: bool) -> None:
    """Show the reasons why a number may be no claim."""
    prefix, hint = find_prefix(number), "choose one, or type another"
    fill(f"{prefix}/reason", next(iter(reasons)) if is_sure else None)
    st.markdown("**No claim.** Why?")
    st.selectbox("Reason", list(reasons), index=None, key=f"{prefix}/reason", accept_new_options=True, placeholder=hint)
    show_text(f"{prefix}/why_vi", "The same in Vietnamese", "", reasons.get(MEMORY[f"{prefix}/reason"] or "", ""))
    entry = find_mapping(work.root, number.location or ("",))
    show_text(f"{prefix}/aside", "Words to set aside", entry.get("figure", find_aside_words(work, number)))


def put_aside(desk: Desk, number: Number, reasons: dict[str, str]) -> None:
    """Set a number aside with the reason that was chosen."""
    why, why_vi, words = enter(find_prefix(number), *REASONS).values()
    if not why:
        MEMORY.said = ("wrong", ["Nothing was written: choose a reason first."])
        return
    why_vi = why_vi or reasons.get(why, "")
    decide(desk, number, lambda shown: set_aside(shown, number, words, why, why_vi), f"set aside: {words}")
