"""Drafts: complete but for judgement, valid YAML whatever the article holds, and never accepted as they are."""

import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.claims.collection import Collection
from extract.claims.draft.article import draft_article
from extract.claims.periods import find_periods
from extract.claims.yaml.strict import parse_yaml
from extract.text.problems import UnreadableError
from tests.conftest import REPOSITORY, Scratch

SEEDS = sorted((REPOSITORY / "seeds").glob("*.txt"))

ARTICLE = """Công an huyện ra quân

Thứ Hai, 05/07/2021, 08:30

Trong 6 tháng đầu năm 2021, Công an Hà Tĩnh bắt giữ 12 vụ ma túy/15 đối tượng, phạt hơn 1,2 tỷ đồng.
Đến nay toàn tỉnh đã có 9/10 xã đạt tiêu chí 19.2: "an toàn", theo Nghị định 168.
Đã bắt 256 vụ cờ bạc, tăng 5 vụ so với cùng kỳ năm 2020…
Ba mũi ra quân trên quốc lộ 4D sau 3 tháng theo dõi, hàng chục lượt.
"""

DRAFT = """\
# yaml-language-server: $schema=../article.schema.json
# A draft. Fill in what is empty; hold what is filled in against the article; take these comments out.
article:
  seed: made-up.txt
  sha256: SHA256
  title: Công an huyện ra quân
  title_en:
  province: ha-tinh
  publisher:  # empty where nothing says who; else name, and words or a note
  published:
    covers: 2021-07-05
    words: "Thứ Hai, 05/07/2021"  # is this its own date?
  event:  # the day of the event that it reports, where it reports one; never the day of publication
  url:
  reported_by:  # the offices whose figures these are, as the text names them
  reported_by_en:
  period:  # of all figures below that state none of their own; else unstated, in these sentences
  # {covers: 2021-01/2021-06, words: 6 tháng đầu năm 2021}  from line 5
  coverage:  # whose work or which area: kind and words; joint, division and place also have a name
sentences:
  - quote: "Trong 6 tháng đầu năm 2021, Công an Hà Tĩnh bắt giữ 12 vụ ma túy/15 đối tượng, phạt hơn 1,2 tỷ đồng."
    translation:
    period: {covers: 2021-01/2021-06, words: 6 tháng đầu năm 2021}
    claims:
      - id: ha-tinh-2021-drug-cases-2
        indicator: drug-cases
        figure: 12 vụ
        value: 12
      - id: ha-tinh-2021-drug-persons-2
        indicator: drug-persons
        figure: 15 đối tượng
        value: 15
      - id: ha-tinh-2021-vnd
        indicator:  # nearest: administrative-fines
        figure: "hơn 1,2 tỷ đồng"
        value: 1200000000
        qualifier: over
  - quote: 'Đến nay toàn tỉnh đã có 9/10 xã đạt tiêu chí 19.2: "an toàn", theo Nghị định 168.'
    translation:
    period:  # not certain: unstated, or take the line out where the article's holds
    coverage:  # does it hold for all figures of this sentence?
      kind: province
      words: toàn tỉnh
    claims:
      - id: ha-tinh-communes-meeting-criterion-19-2
        indicator: communes-meeting-criterion-19-2
        figure: 9/10 xã
        value: 9
        of: 10
  - quote: "Đã bắt 256 vụ cờ bạc, tăng 5 vụ so với cùng kỳ năm 2020…"
    translation:
    list_is_open: yes
    claims:
      - id: ha-tinh-case
        indicator:  # nearest: smuggling-cases, drug-cases, secret-document-leak-cases
        # or a new one there: - {id: , measure: cases-uncovered, new_category: {id: , name: {vi: cờ bạc, en: }}}
        figure: 256 vụ
        value: 256
      - id: ha-tinh-case-change
        indicator:  # nearest: smuggling-cases, drug-cases, secret-document-leak-cases
        figure: tăng 5 vụ
        value: 5
        change: increase
        base: {words: cùng kỳ năm 2020}
set_aside:
  - {figure: Ba mũi, why: }  # or a claim, once data/units.yaml names what it counts
  - {figure: 3 tháng, why: "a length of time, or an age", why_vi: "độ dài thời gian, hoặc tuổi"}
  - {figure: hàng chục lượt, why: states no exact number, why_vi: không nêu con số chính xác}
  # doubtful, reads as other by a weak rule; to confirm: - {figure: 4D, why: "part of a name, a code or an idiom"}
""".replace("SHA256", hashlib.sha256(ARTICLE.encode()).hexdigest())


def read_draft(raw: bytes, collection: Collection) -> Any:
    """Return the tree of a draft, which must have no fault."""
    tree = parse_yaml(draft_article(raw, "made-up.txt", collection).encode())
    assert tree.problems == ()
    return tree.root


def test_draft_proposes_all_that_the_words_say(collection: Collection) -> None:
    taken = [checked.claim.id for checked in collection.claims]
    assert draft_article(ARTICLE.encode(), "made-up.txt", collection, taken) == DRAFT


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: str(path.stem))
def test_draft_of_a_real_article_holds_every_curated_figure(seed: Path, collection: Collection) -> None:
    draft = read_draft(seed.read_bytes(), collection)
    proposed = {
        (sentence["quote"], claim["value"], claim.get("of"), claim.get("qualifier", "exact"))
        for sentence in draft["sentences"]
        for claim in sentence["claims"]
    }
    curated = {
        (
            checked.sentence.quote,
            str(checked.claim.value),
            None if checked.claim.of is None else str(checked.claim.of),
            checked.claim.qualifier.value,
        )
        for checked in collection.claims
        if checked.article.seed == seed.name
    }
    assert curated - proposed == set()


def test_what_a_draft_of_the_real_articles_fills_in_is_what_their_curator_wrote(collection: Collection) -> None:
    curated = {
        (checked.article.seed, checked.quote_start, checked.figure_start): checked for checked in collection.claims
    }
    filled: Counter[str] = Counter()
    for source in collection.sources:
        article, text = source.record.article, source.text.raw
        draft = read_draft((REPOSITORY / "seeds" / article.seed).read_bytes(), collection)
        assert draft["article"]["province"] in ("", article.province)
        filled["province"] += draft["article"]["province"] != ""
        assert draft["article"]["period"] == ""
        for sentence in draft["sentences"]:
            start = text.index(sentence["quote"])
            for claim in sentence["claims"]:
                checked = curated.get((article.seed, start, text.index(claim["figure"], start)))
                if checked is None:
                    continue
                period = claim.get("period") or sentence.get("period")
                assert not period or period["covers"] == checked.period.covers
                assert claim["indicator"] in ("", checked.indicator.id)
                filled["period"] += bool(period)
                filled["indicator"] += claim["indicator"] != ""
    assert filled == {"province": 3, "period": 3, "indicator": 23}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: str(path.stem))
def test_draft_is_the_same_every_time(seed: Path, collection: Collection) -> None:
    raw = seed.read_bytes()
    assert draft_article(raw, seed.name, collection) == draft_article(raw, seed.name, collection)


def test_draft_names_no_indicator_of_another_criterion(collection: Collection) -> None:
    draft = draft_article(ARTICLE.replace("19.2", "17.1").encode(), "made-up.txt", collection)
    assert "indicator:  # nearest: communes-meeting-criterion-19-2" in draft


def test_draft_does_not_pass_the_check(scratch: Scratch) -> None:
    put_draft(scratch, DRAFT)
    slug = "`indicator`: is empty: only a person can decide it"
    assert [re.sub("; (did|known).*", "", problem.split(": ", 2)[2]) for problem in scratch.check()] == [
        slug,
        "`period`: is empty: only a person can decide it;"
        " take the line out where the sentence's or the article's holds",
        slug,
        slug,
        "`why`: is empty: write its words, or leave the key out",
    ]


def test_draft_with_its_gaps_filled_passes_the_check(scratch: Scratch) -> None:
    draft = DRAFT
    for old, new in (
        (
            "indicator:  # nearest: smuggling-cases, drug-cases, secret-document-leak-cases\n        figure: tăng",
            "indicator: gambling-cases\n        figure: tăng",
        ),
        ("indicator:  # nearest: administrative-fines", "indicator: administrative-fines"),
        ("    period:  # not certain: ", "    period: unstated  # "),
        ("  period:  # of all", "  period: {covers: 2021-01/2021-06, words: 6 tháng đầu năm 2021}  # of all"),
        ("indicator:  # nearest: smuggling-cases", "indicator: gambling-cases  # "),
        ("figure: Ba mũi, why: }", "figure: Ba mũi, why: a way of speaking}"),
    ):
        assert draft.count(old) == 1
        draft = draft.replace(old, new)
    put_draft(scratch, draft)
    new = "new_category: {id: gambling, name: {vi: cờ bạc, en: gambling}}"
    with (scratch / "data/indicators.yaml").open("a", encoding="utf-8") as indicators:
        indicators.write(f"  - {{id: gambling-cases, measure: cases-uncovered, {new}}}\n")
    assert scratch.check() == []


def put_draft(scratch: Scratch, draft: str) -> None:
    """Put an article and its draft where they belong."""
    (scratch / "seeds/made-up.txt").write_text(ARTICLE, encoding="utf-8")
    (scratch / "data/claims/made-up.yaml").write_text(draft, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "covers"),
    [
        ("từ ngày 15/12/2020 đến 14/12/2021", ["2020-12-15/2021-12-14"]),
        ("Thứ Năm, 24/03/2016, 00:00", ["2016-03-24"]),
        ("ngày 20 tháng 5 năm 2021", ["2021-05-20"]),
        ("từ năm 2013 đến nay", ["2013/.."]),
        ("từ đầu năm 2023 đến nay", ["2023/.."]),
        ("từ đầu năm 2024 đến hết tháng 9, các đội", ["2024-01/2024-09"]),
        ("Từ tháng 1 đến tháng 6/2021", ["2021-01/2021-06"]),
        ("6 tháng cuối năm 2021", ["2021-07/2021-12"]),
        ("9 tháng đầu năm 2019", ["2019-01/2019-09"]),
        ("quý III/2020 và quý 4 năm 2020", ["2020-07/2020-09", "2020-10/2020-12"]),
        ("tháng 6/2021, tháng 7 năm 2021", ["2021-06", "2021-07"]),
        ("giai đoạn 2015 - 2020; từ năm 2015 đến 2017", ["2015/2020", "2015/2017"]),
        ("Năm 2021", ["2021"]),
        ("ngày 31/2/2021, tháng 13/2021, 14 tháng đầu năm 2021", []),
        ("Nghị định 168/2024/NĐ-CP, 2021 vụ", []),
        ("từ năm 2017 đến 2015", []),
    ],
)
def test_words_that_state_days_are_read(words: str, covers: list[str]) -> None:
    assert [period.covers for period in find_periods(words)] == covers


WORDS = ("72 vụ", "gần 3,1 tỷ đồng", "5 xã", "hàng chục", "năm 2021", "Công an", "\n", ". ")
MARKS = (": ", " #", "'", '"', "\\", "{", "}", "[", "- ", "? ", "&a", "*a", "!t", "|", ">", "%", "@", "`", "~", "null")
HIDDEN = ("\t", "\u00a0", "\u0085", "\u2028", "\u0301")
PIECES = st.sampled_from(WORDS + MARKS + HIDDEN)


@given(text=st.lists(PIECES | st.text(max_size=3), min_size=1, max_size=20).map(" ".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_draft_of_any_text_is_strict_yaml_and_quotes_it_letter_for_letter(collection: Collection, text: str) -> None:
    try:
        draft = read_draft(text.encode(), collection)
    except UnreadableError:
        return
    assert "sentences" in draft
    assert "set_aside" in draft
