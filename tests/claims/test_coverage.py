"""Coverage, days of events, certain days and overlaps: what the article must bear out, and how the rest is refused."""

from datetime import date
from typing import NamedTuple

import pytest
from pydantic import ValidationError

from extract.claims.collection import Collection
from extract.claims.records import Days, Period
from tests.conftest import Scratch

HA_TINH = "data/claims/ha-tinh-2021-three-forces.yaml"
KHANH_HOA = "data/claims/khanh-hoa-2016-peoples-movement.yaml"
KON_TUM = "data/claims/kon-tum-internal-political-security.yaml"
JOINT = "coverage:\n    kind: joint\n    words: công tác phối hợp thực hiện Nghị định 03"
SEED = "003_b2aa1906d32ce349.txt"
LAUNCHES = "kon-tum-since-2013-movement-launch-rounds"


class Edit(NamedTuple):
    """An edit of a real file, the words that begin where the problem is, what it is about, and what it says."""

    path: str
    old: str
    new: str
    at: str
    subject: str
    message: str


EDITS = {
    "a kind of coverage that does not exist": Edit(
        HA_TINH,
        JOINT,
        JOINT.replace("joint", "jont"),
        "kind: jont",
        SEED,
        "`kind` «jont» is none of province, joint, division, place: did you mean «joint»?",
    ),
    "coverage without words": Edit(
        HA_TINH,
        "      kind: province\n      words: toàn tỉnh có\n",
        "      kind: province\n",
        "coverage:\n      kind: province\n",
        "ha-tinh-2022-hamlets-meeting-security-standard",
        "`words` is missing",
    ),
    "coverage whose words are another article's": Edit(
        HA_TINH,
        "words: toàn tỉnh có\n",
        "words: toàn tỉnh đã có\n",
        "words: toàn tỉnh đã có",
        "ha-tinh-2022-hamlets-meeting-security-standard",
        "`words` «toàn tỉnh đã có» stands nowhere in the article: nearest is, on its line 17, «toàn tỉnh có 1», where"
        " «c» U+0063 stands in place of «đ» U+0111 (character 11)",
    ),
    "coverage of the article whose words do not stand in it": Edit(
        HA_TINH,
        JOINT,
        JOINT.replace("Nghị định 03", "Nghị định 04"),
        "words: công tác phối hợp thực hiện Nghị định 04",
        SEED,
        "`words` «công tác phối hợp thực hiện Ng…an, quân sự và biên phòng tỉnh» stands nowhere in the article:"
        " nearest is, on its line 7, «…phối hợp thực hiện Nghị định 03 của lực lượng công an, quân …», where «3» U+0033"
        " stands in place of «4» U+0034 (character 40)",
    ),
    "joint operations without a name": Edit(
        HA_TINH,
        "      words: Lực lượng công an phối hợp biên phòng\n      name: {vi: công an phối hợp với biên phòng, en:"
        " police together with the border guard}\n",
        "      words: Lực lượng công an phối hợp biên phòng\n",
        "kind: joint\n      words: Lực lượng công an",
        "ha-tinh-2021-illegal-entry-cases-prosecuted",
        "`coverage`: `name` is missing: kind joint says whose work or which area it is, in vi and en",
    ),
    "an overlap that leads nowhere": Edit(
        HA_TINH,
        "        value: 0.9\n        overlaps: [ha-tinh-2021-synthetic-drugs-seized-kg]",
        "        value: 0.9\n        overlaps: [ha-tinh-2021-synthetic-drugs-seized]",
        "overlaps: [ha-tinh-2021-synthetic-drugs-seized]",
        "ha-tinh-2021-ketamine-seized-kg",
        "overlaps «ha-tinh-2021-synthetic-drugs-seized» is no claim's id:"
        " did you mean «ha-tinh-2021-synthetic-drugs-seized-kg»?",
    ),
    "an overlap with itself": Edit(
        HA_TINH,
        "        value: 0.9\n        overlaps: [ha-tinh-2021-synthetic-drugs-seized-kg]",
        "        value: 0.9\n        overlaps: [ha-tinh-2021-ketamine-seized-kg]",
        "overlaps: [ha-tinh-2021-ketamine-seized-kg]",
        "ha-tinh-2021-ketamine-seized-kg",
        "overlaps «ha-tinh-2021-ketamine-seized-kg» is this claim itself: name the other one",
    ),
    "neither yes nor no": Edit(
        HA_TINH,
        "    list_is_open: yes\n    claims:\n      - {id: ha-tinh-2021-models",
        "    list_is_open: maybe\n    claims:\n      - {id: ha-tinh-2021-models",
        "list_is_open: maybe",
        "ha-tinh-2021-models-built-or-scaled-up",
        "`list_is_open`: write yes or no",
    ),
    "certain days of a closed period": Edit(
        KON_TUM,
        "covers: 2013/..\n",
        "covers: 2013/2017\n",
        "certain_until: 2017",
        LAUNCHES,
        "`period`: `certain_until` goes with an open period (2013/..), but `covers` says 2013/2017",
    ),
    "certain days before the start": Edit(
        KON_TUM,
        "certain_until: 2017\n",
        "certain_until: 2012\n",
        "certain_until: 2012",
        LAUNCHES,
        "`period`: `certain_until` 2012 lies before the period's start, 2013-01-01",
    ),
    "certain days without words": Edit(
        KON_TUM,
        "      certain_words: từ năm 2015 đến 2017\n",
        "",
        "certain_until: 2017",
        LAUNCHES,
        "`period`: `certain_words` is missing: `certain_until` and the words that name it stand together",
    ),
    "certain days that the words do not name": Edit(
        KON_TUM,
        "certain_until: 2017\n",
        "certain_until: 2018\n",
        "certain_until: 2018",
        LAUNCHES,
        "certain_until 2018 is not what its words say: «từ năm 2015 đến 2017» states 2015/2017",
    ),
    "certain days by words that name none": Edit(
        KON_TUM,
        "certain_words: từ năm 2015 đến 2017\n",
        "certain_words: đơn vị đã phối hợp\n",
        "certain_until: 2017",
        LAUNCHES,
        "certain_until 2017 is not what its words say: «đơn vị đã phối hợp» names no such day",
    ),
    "certain days by words that do not stand there": Edit(
        KON_TUM,
        "certain_words: từ năm 2015 đến 2017\n",
        "certain_words: từ năm 2016 đến 2017\n",
        "certain_words: từ năm 2016",
        LAUNCHES,
        "`certain_words` «từ năm 2016 đến 2017» stands nowhere in the article: nearest is, on its line 20, «từ năm"
        " 2015 đến 2017», where «5» U+0035 stands in place of «6» U+0036 (character 11)",
    ),
    "certain days that are no days": Edit(
        KON_TUM,
        "certain_until: 2017\n",
        "certain_until: now\n",
        "certain_until: now",
        LAUNCHES,
        "`period`: 'now' is no year, month or day: write 2021, 2021-06 or 2021-06-30",
    ),
    "a review of no days": Edit(
        HA_TINH,
        "reports_on: 2021\n",
        "reports_on: last year\n",
        "reports_on: last year",
        "ha-tinh-2022-hamlets-meeting-security-standard",
        "`period`: 'last year' is no year, month or day: write 2021, 2021-06 or 2021-06-30",
    ),
    "a review without an end": Edit(
        HA_TINH,
        "reports_on: 2021\n",
        "reports_on: 2021/..\n",
        "reports_on: 2021/..",
        "ha-tinh-2022-hamlets-meeting-security-standard",
        "`period`: `reports_on` says 2021/..: give the days under review, as 2021 or 2015/2017",
    ),
    "a review of what comes after": Edit(
        HA_TINH,
        "reports_on: 2021\n",
        "reports_on: 2022\n",
        "reports_on: 2022",
        "ha-tinh-2022-hamlets-meeting-security-standard",
        "`period`: `reports_on` 2022 goes with a moment after it, but `covers` says 2022-01-15",
    ),
    "the day of an event by words of another": Edit(
        HA_TINH,
        "words: Sáng 15/1\n",
        "words: Sáng 16/1\n",
        "words: Sáng 16/1",
        SEED,
        "`words` «Sáng 16/1» stands nowhere in the article: nearest is, on its line 5, «Sáng 15/1», where «5» U+0035"
        " stands in place of «6» U+0036 (character 7)",
    ),
    "the day of an event that its words do not state": Edit(
        HA_TINH,
        "event:\n    covers: 2022-01-15",
        "event:\n    covers: 2022-01-16",
        "covers: 2022-01-16",
        SEED,
        "covers 2022-01-16 is not what its words say: «Sáng 15/1» states the day 15/1",
    ),
    "an event still to come": Edit(
        HA_TINH,
        "event:\n    covers: 2022-01-15",
        "event:\n    covers: 2027-01-15",
        "covers: 2027-01-15",
        SEED,
        "the event took place on 2027-01-15, which is still to come",
    ),
    "a moment after the event, where the day of publication is not known": Edit(
        HA_TINH,
        "covers: 2022-01-15\n      words: Đến nay",
        "covers: 2022-01-16\n      words: Đến nay",
        "covers: 2022-01-16",
        "ha-tinh-2022-hamlets-meeting-security-standard",
        "the period 2022-01-16 lies after the day of the event, 2022-01-15",
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_the_article_does_not_bear_out_is_refused(scratch: Scratch, edit: Edit) -> None:
    scratch.edit(edit.path, edit.old, edit.new)
    line = scratch.find_line(edit.path, edit.at)
    [problem] = scratch.check()
    assert problem == f"{edit.path}:{line}: {edit.subject}: {edit.message}"


def test_all_of_it_is_found_in_one_run(scratch: Scratch) -> None:
    scratch.edit(HA_TINH, "words: toàn tỉnh có\n", "words: toàn tỉnh đã có\n")
    scratch.edit(HA_TINH, *EDITS["neither yes nor no"][1:3])
    scratch.edit(KON_TUM, "certain_until: 2017\n", "certain_until: 2018\n")
    scratch.edit(KHANH_HOA, "words: Ở Khánh Hòa\n", "words: Ở Khánh Hoà\n")
    assert [problem.split(": ", 2)[1] for problem in scratch.check()] == [
        "ha-tinh-2021-models-built-or-scaled-up",
        "ha-tinh-2022-hamlets-meeting-security-standard",
        "004_fb92dfc9e6f54d8b.txt",
        LAUNCHES,
    ]


def test_the_nearest_coverage_counts(collection: Collection, scratch: Scratch) -> None:
    claims = {checked.claim.id: checked for checked in collection.claims}
    assert claims["ha-tinh-2022-hamlets-meeting-security-standard"].article.coverage is not None
    coverage = claims["ha-tinh-2022-hamlets-meeting-security-standard"].coverage
    assert coverage is not None
    assert (coverage.kind, coverage.words) == ("province", "toàn tỉnh có")
    own = "coverage: {kind: place, words: phường Nam Hà, name: {vi: phường Nam Hà, en: Nam Hà ward}}"
    scratch.edit(HA_TINH, "figure: 29 mô hình, value: 29}", f"figure: 29 mô hình, value: 29, {own}}}")
    changed, problems = scratch.load()
    assert problems == []
    [found] = [each.coverage for each in changed.claims if each.claim.id == "ha-tinh-2021-models-built-or-scaled-up"]
    assert found is not None
    assert (found.kind, found.words) == ("place", "phường Nam Hà")


def test_coverage_that_nothing_states_is_none(scratch: Scratch) -> None:
    quote = "Công an xã bắt 5 vụ trộm."
    scratch.add_article(
        quote + "\n",
        f"sentences:\n  - quote: {quote}\n    translation: The commune police stopped 5 thefts.\n    period: unstated\n"
        "    claims:\n      - {id: made-up-1, indicator: drug-cases, figure: 5 vụ, value: 5}\n",
    )
    collection, problems = scratch.load()
    assert problems == []
    assert [checked.coverage for checked in collection.claims if checked.claim.id == "made-up-1"] == [None]


@pytest.mark.parametrize(
    ("fields", "first", "last"),
    [
        ({"covers": "2015/2017"}, date(2015, 1, 1), date(2017, 12, 31)),
        ({"covers": "2013/.."}, date(2013, 1, 1), date(2013, 12, 31)),
        ({"covers": "2013-06/.."}, date(2013, 6, 1), date(2013, 6, 30)),
        ({"covers": "2013-06-15/.."}, date(2013, 6, 15), date(2013, 6, 15)),
        ({"covers": "2013/..", "certain_until": "2017", "certain_words": "x"}, date(2013, 1, 1), date(2017, 12, 31)),
        ({"covers": "2013/..", "certain_until": "2017-06", "certain_words": "x"}, date(2013, 1, 1), date(2017, 6, 30)),
    ],
)
def test_an_open_period_is_certain_as_far_as_the_text_makes_it(fields: dict[str, str], first: date, last: date) -> None:
    assert Period.model_validate({"words": "x", **fields}).certain_days == Days(first, last)


def test_an_unstated_period_is_certain_of_no_day() -> None:
    assert Period(covers="unstated").certain_days == Days(None, None)


@pytest.mark.parametrize("covers", ["unstated", "2021"])
def test_certain_days_go_with_an_open_period_only(covers: str) -> None:
    words = None if covers == "unstated" else "năm 2021"
    with pytest.raises(ValidationError, match="goes with an open period"):
        Period(covers=covers, words=words, certain_until="2021", certain_words="năm 2021")
