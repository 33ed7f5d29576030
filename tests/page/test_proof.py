"""What stands beside a claim: its sentence's neighbours, its peers, the other reports of its fact, its citations."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest

from extract.claims.collection import CheckedClaim, Collection
from extract.claims.wording import parse_wording
from extract.figures.cite import format_citation
from extract.figures.formats import format_figure
from extract.figures.table import FigureTable, panel_unit
from extract.page.proof import MOST_PEERS, Peer, Proof, find_around, find_peers, make_peer, make_proof
from extract.text.sentences import find_sentences
from tests.conftest import REPOSITORY

WORDING = parse_wording((REPOSITORY / "data/wording.yaml").read_bytes())
WORDS = WORDING["en"]
BASE = "https://figures.example/"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def index(collection: Collection) -> FigureTable:
    return FigureTable(collection)


def prove(index: FigureTable, id: str) -> Proof:  # noqa: A002
    return make_proof(index, index.claims[id], WORDS, base=BASE, today=TODAY)


def change(
    checked: CheckedClaim, *, province: str = "", collection: Collection | None = None, **claim: Any
) -> CheckedClaim:
    """Return a real figure with fields of its claim changed, or as another province's in an article of its own."""
    if collection is not None:
        article = checked.article.model_copy(update={"seed": f"{province}.txt"})
        checked = replace(checked, province=collection.provinces[province], article=article)
    return replace(checked, claim=checked.claim.model_copy(update=claim))


def arrange(collection: Collection, *claims: CheckedClaim) -> FigureTable:
    return FigureTable(replace(collection, claims=claims))


def names(peers: tuple[Peer, ...] | list[Peer]) -> list[str]:
    return [peer.checked.claim.id for peer in peers]


# The sentences around


@pytest.mark.parametrize(
    ("quote", "nth", "around"),
    [
        ("Một vụ.", 1, ("", "Hai vụ.")),
        ("Hai vụ.", 1, ("Một vụ.", "Ba vụ.")),
        ("Ba vụ.", 1, ("Hai vụ.", "Hai vụ.")),
        ("Hai vụ.", 2, ("Ba vụ.", "Bốn vụ.")),
        ("Bốn vụ.", 1, ("Hai vụ.", "")),
    ],
)
def test_a_quote_stands_between_its_own_neighbours(quote: str, nth: int, around: tuple[str, str]) -> None:
    assert find_around("Một vụ. Hai vụ. Ba vụ.\nHai vụ. Bốn vụ.", quote, nth) == around


def test_every_claims_neighbours_are_the_sentences_next_to_its_quote(index: FigureTable) -> None:
    for checked in index.claims.values():
        text = index.sources[checked.article.seed.removesuffix(".txt")].text.text
        proof = prove(index, checked.claim.id)
        sentences = [text[span.start : span.end] for span in find_sentences(text)]
        place = sentences.index(checked.sentence.quote)
        assert proof.before == (sentences[place - 1] if place else "")
        assert proof.after == "".join(sentences[place + 1 : place + 2])
        assert proof.before or proof.after


# Peers


def test_peers_stand_on_the_same_axis_and_are_no_more_than_fit(index: FigureTable) -> None:
    for checked in index.claims.values():
        peers = prove(index, checked.claim.id).peers
        same_axis = [
            other.claim.id
            for other in index.claims.values()
            if other is not checked and other.topic == checked.topic and panel_unit(other) == panel_unit(checked)
        ]
        assert len(peers) == min(len(same_axis), MOST_PEERS)
        assert set(names(peers)) <= set(same_axis)


def test_a_peer_says_why_the_two_cannot_be_compared(index: FigureTable) -> None:
    peers = prove(index, "khanh-hoa-2016-self-managed-models-operating").peers
    assert [(peer.checked.claim.id, peer.comparable) for peer in peers] == [
        ("ha-tinh-2021-models-built-or-scaled-up", False),
        ("ha-tinh-2021-provincial-models-built", False),
        ("khanh-hoa-2016-khanh-vinh-self-managed-models-built", False),
    ]
    assert peers[0].why == (
        "They count different things, or at different stages: "
        "self-managed models in existence and models built or replicated. "
        "Their coverage differs: "
        "the whole province; coordinated work of the province's police, military and border guard."
    )


def test_what_can_be_compared_stands_first_then_other_provinces(collection: Collection) -> None:
    cases, drugs = (
        next(checked for checked in collection.claims if checked.claim.id == name)
        for name in ("ha-tinh-2021-smuggling-cases", "ha-tinh-2021-drug-cases")
    )
    index = arrange(
        collection,
        cases,
        drugs,
        change(drugs, id="other-drugs", province="kon-tum", collection=collection),
        change(cases, id="other-cases", province="khanh-hoa", collection=collection),
    )
    peers = find_peers(index, cases, WORDS)
    assert [(peer.checked.claim.id, peer.comparable) for peer in peers] == [
        ("other-cases", True),
        ("ha-tinh-2021-drug-cases", True),
        ("other-drugs", False),
    ]
    # What became of Khánh Hòa's borders stands on its claims, and decides nothing here.
    assert "2025" not in peers[0].why
    assert peers[0].why.startswith("Not the work of the whole province: ")


def test_the_one_that_can_be_compared_is_not_lost_among_many_that_cannot(collection: Collection) -> None:
    cases, drugs = (
        next(checked for checked in collection.claims if checked.claim.id == name)
        for name in ("ha-tinh-2021-smuggling-cases", "ha-tinh-2021-drug-cases")
    )
    many = [
        change(drugs, id=f"drugs-{place}", value=1000 + place, province="kon-tum", collection=collection)
        for place in range(40)
    ]
    only = change(cases, id="only", value=1, province="khanh-hoa", collection=collection)
    peers = find_peers(arrange(collection, cases, *many, only), cases, WORDS)
    assert [(peer.checked.claim.id, peer.comparable) for peer in peers[:2]] == [("only", True), ("drugs-39", False)]
    assert len(peers) == MOST_PEERS


def test_a_figure_alone_on_its_axis_has_no_peers(index: FigureTable) -> None:
    assert prove(index, "ha-tinh-2021-heroin-seized-bricks").peers == ()


def test_a_hedged_peer_that_can_be_compared_says_what_to_mind(collection: Collection) -> None:
    fines = next(checked for checked in collection.claims if checked.claim.id == "ha-tinh-2021-drug-cases")
    other = change(
        fines, id="other", province="kon-tum", collection=collection, qualifier="about", figure="khoảng 6 vụ"
    )
    peer = make_peer(fines, other, WORDS)
    assert peer.comparable
    assert "The article hedges its number: about 6 cases." in peer.why


# The same fact


@pytest.mark.parametrize("seen", ["first", "second", "third", "fourth"])
def test_all_reports_of_one_fact_name_each_other_however_they_are_joined(collection: Collection, seen: str) -> None:
    drugs = next(checked for checked in collection.claims if checked.claim.id == "ha-tinh-2021-drug-cases")
    reports = {"first": None, "second": "first", "third": "first", "fourth": "second"}
    index = arrange(collection, drugs, *(change(drugs, id=name, same_as=first) for name, first in reports.items()))
    assert names(prove(index, seen).same) == [name for name in reports if name != seen]
    assert prove(index, "ha-tinh-2021-drug-cases").same == ()


def test_two_reports_of_a_fact_that_is_not_here_name_each_other(collection: Collection) -> None:
    drugs = next(checked for checked in collection.claims if checked.claim.id == "ha-tinh-2021-drug-cases")
    index = arrange(collection, *(change(drugs, id=name, same_as="withheld") for name in ("one", "two")))
    assert names(prove(index, "one").same) == ["two"]


def test_reports_that_disagree_say_so(collection: Collection) -> None:
    drugs = next(checked for checked in collection.claims if checked.claim.id == "ha-tinh-2021-drug-cases")
    other = change(drugs, id="other", same_as=drugs.claim.id, value=7, figure="7 vụ")
    (peer,) = prove(arrange(collection, drugs, other), drugs.claim.id).same
    assert peer.checked.claim.id == "other"
    assert peer.why.startswith("Articles give different numbers for the same fact: 6 cases and 7 cases. ")


# Links and citations


def test_every_claim_is_cited_in_both_languages_with_its_permanent_link(index: FigureTable) -> None:
    for name, checked in index.claims.items():
        proof = prove(index, name)
        text = index.sources[checked.article.seed.removesuffix(".txt")].text.text
        assert proof.link == f"{BASE}?figure={name}"
        assert proof.citations == tuple(
            (lang, format_citation(checked, text, lang=lang, link=proof.link, retrieved=TODAY)) for lang in ("en", "vi")
        )
        for lang, citation in proof.citations:
            assert (checked.sentence.quote if lang == "vi" else str(checked.sentence.translation)) in citation
            assert checked.claim.figure in citation
            assert format_figure(checked, lang) in citation
            assert proof.link in citation


def test_the_page_on_the_web_opens_at_the_quote_and_is_left_out_where_it_is_unknown(index: FigureTable) -> None:
    for name, checked in index.claims.items():
        web = prove(index, name).web
        if checked.article.url is None:
            assert web == ""
            continue
        address, _, fragment = web.partition("#:~:text=")
        assert (address, unquote(fragment)) == (checked.article.url, checked.sentence.quote)
        assert web.isascii()
        assert not set(fragment) & set("-,&# ")
    assert {checked.article.seed for name, checked in index.claims.items() if prove(index, name).web} == {
        "002_0fb5629dc70b3542.txt"
    }


def test_the_verdicts_are_in_the_readers_language(index: FigureTable) -> None:
    checked = index.claims["khanh-hoa-2016-self-managed-models-operating"]
    proof = make_proof(index, checked, WORDING["vi"], base=BASE, today=TODAY)
    assert proof.peers[0].why.startswith("Nội dung hoặc giai đoạn được tính khác nhau: ")
