"""The catalogue of measures, breakdowns, criteria and ratios: what each file must say, and how a fault is refused."""

import re

import pytest

from extract.claims.records import Name
from tests.conftest import MADE_UP, Scratch

MEASURES = "data/measures.yaml"
INDICATORS = "data/indicators.yaml"

# What is wrong with a record as a whole is told at its first line.
WHOLE_RECORD = re.compile("`unit` is|`finding`")
# Each edit: the file, the words that stand there, the words put in their place (`>` begins those of the line that the
# problem is about), and what the problem says.
EDITS = {
    "a measure that does not exist": (
        INDICATORS,
        "{id: drug-cases, measure: cases-uncovered,",
        "{id: drug-cases, measure: cases-uncoverd,",
        "drug-cases: unknown measure «cases-uncoverd»: did you mean «cases-uncovered»?",
    ),
    "a category that does not exist": (
        INDICATORS,
        "measure: cases-uncovered, category: drugs,",
        "measure: cases-uncovered, category: drug,",
        "drug-cases: unknown category «drug»: did you mean «drugs»?",
    ),
    "a new category that is none": (
        INDICATORS,
        "measure: cases-uncovered, category: drugs,",
        "measure: cases-uncovered, new_category: {id: drugs, name: {vi: ma túy, en: drugs}},",
        "drug-cases: new_category «drugs» stands already in breakdown offence-group: write category: drugs",
    ),
    "a new category beside an old one": (
        INDICATORS,
        "measure: cases-uncovered, category: drugs,",
        "measure: cases-uncovered, category: drugs, new_category: {id: arms, name: {vi: vũ khí, en: arms}},",
        "drug-cases: has both category «drugs» and new_category «arms»: leave one of them out",
    ),
    "a new category of a measure that is not divided": (
        INDICATORS,
        "measure: models-built-or-replicated}",
        "measure: models-built-or-replicated, new_category: {id: arms, name: {vi: vũ khí, en: arms}}}",
        "models-built-or-scaled-up: new_category «arms»: measure models-built-or-replicated has no breakdown;"
        " give it one in data/measures.yaml",
    ),
    "a new category without the unit that its measure leaves open": (
        INDICATORS,
        "measure: units-meeting-security-standard, category: hamlets,",
        "measure: units-meeting-security-standard, new_category: {id: schools, name: {vi: trường, en: schools}},",
        "hamlets-meeting-security-standard: new_category «schools» lacks its `unit`:"
        " measure units-meeting-security-standard leaves it to the categories",
    ),
    "a category of another breakdown": (
        INDICATORS,
        "measure: cases-uncovered, category: drugs,",
        "measure: cases-uncovered, category: heroin,",
        "drug-cases: category «heroin» is one of breakdown substance, but measure cases-uncovered is divided by"
        " offence-group: known are drugs, forgery, illegal-entry-banned-goods, smuggling-gambling-crossing",
    ),
    "a category of a measure that is not divided": (
        INDICATORS,
        "measure: self-managed-models-built}",
        "measure: self-managed-models-built, category: schools}",
        "self-managed-models-built: category «schools»: measure self-managed-models-built has no breakdown;"
        " leave the category out, or give it one",
    ),
    "no category where only categories have a unit": (
        INDICATORS,
        "measure: units-meeting-security-standard, category: hamlets, name",
        ">measure: units-meeting-security-standard, name",
        "hamlets-meeting-security-standard: `category` is missing: measure units-meeting-security-standard has a unit"
        " only in each of its categories",
    ),
    "an indicator that stands twice": (
        INDICATORS,
        "{id: drug-persons, measure: people",
        ">{id: drug-cases, measure: people",
        "drug-cases: id «drug-cases» stands twice (first on line 11): every one has its own",
    ),
    "a breakdown that does not exist": (
        MEASURES,
        "    unit: instance\n    nature: flow\n    breakdown: offence-group\n",
        "    unit: instance\n    nature: flow\n>    breakdown: offence-grop\n",
        "instances-referred: unknown breakdown «offence-grop»: did you mean «offence-group»?",
    ),
    "criteria that do not exist": (
        MEASURES,
        "    criteria: new-style-rural-19-2\n",
        "    criteria: new-style-rural-19-3\n",
        "communes-meeting-criterion-19-2: unknown criteria «new-style-rural-19-3»:"
        " did you mean «new-style-rural-19-2»?",
    ),
    "a unit of a category that does not exist": (
        MEASURES,
        "unit: hamlet}",
        "unit: hamlets}",
        "hamlets: unknown unit «hamlets»: did you mean «hamlet»?",
    ),
    "a category without the unit that its measure leaves open": (
        MEASURES,
        "en: hamlets and residential groups}, unit: hamlet}",
        "en: hamlets and residential groups}}",
        "units-meeting-security-standard: `unit` is missing, and so it is in hamlets of breakdown assessed-unit:"
        " give it here, or in every category",
    ),
    "a measure without unit and breakdown": (
        MEASURES,
        "    unit: model\n    nature: flow\n    definition:\n      vi: Số mô hình tự quản",
        "    nature: flow\n    definition:\n      vi: Số mô hình tự quản",
        "self-managed-models-built: `unit` is missing: leave it out only where every category of a breakdown has its"
        " own",
    ),
    "a ratio of a measure that does not exist": (
        MEASURES,
        "of: people-caught,",
        "of: people-cought,",
        "people-per-case: unknown of «people-cought»: did you mean «people-caught»?",
    ),
    "a ratio of measures that are divided in different ways": (
        MEASURES,
        "of: people-caught, per: cases-uncovered,",
        ">of: people-caught, per: boards,",
        "people-per-case: people-caught (breakdown offence-group) and boards (breakdown force) do not pair:"
        " measures of a ratio have the same breakdown, or none",
    ),
    "a ratio of a divided measure and a whole one": (
        MEASURES,
        "per: cases-uncovered,",
        "per: secret-document-leaks-established,",
        "people-per-case: people-caught (breakdown offence-group) and secret-document-leaks-established"
        " (breakdown none) do not pair: measures of a ratio have the same breakdown, or none",
    ),
    "a ratio of a measure by itself": (
        MEASURES,
        "per: cases-uncovered,",
        "per: people-caught,",
        "people-per-case: divides people-caught by itself: name two measures",
    ),
    "a category that stands twice": (
        MEASURES,
        "      - {id: ketamine,",
        ">      - {id: heroin, name: {vi: again, en: again}}\n      - {id: ketamine,",
        "heroin: id «heroin» stands twice (first on line 29): every one has its own",
    ),
    "a nature that does not exist": (
        MEASURES,
        "    unit: brick\n    nature: flow\n",
        "    unit: brick\n>    nature: flows\n",
        "bricks-seized: `nature` «flows» is none of flow, stock, share: did you mean «flow»?",
    ),
    "a finding with a slot that nothing fills": (
        MEASURES,
        'en: "{who} built or replicated {figure}"',
        'en: "{who} built or replicated {number}"',
        "models-built-or-replicated: `finding` has the slot {number}, which nothing fills:"
        " use figure, rest, who, whole",
    ),
    "a finding with a category of a measure that is not divided": (
        MEASURES,
        'vi: "{who} xây dựng, nhân rộng {figure}"',
        'vi: "{who} xây dựng, nhân rộng {figure} {category}"',
        "models-built-or-replicated: `finding` has the slot {category}, which nothing fills:"
        " use figure, rest, who, whole",
    ),
    "a finding with a slot that has no name": (
        MEASURES,
        'en: "{who} built or replicated {figure}"',
        'en: "{} built or replicated {figure}"',
        "models-built-or-replicated: `finding` has the slot {}, which nothing fills: use figure, rest, who, whole",
    ),
    "a finding with a slot that has a form of its own": (
        MEASURES,
        'en: "{who} built or replicated {figure}"',
        'en: "{who} built or replicated {figure:d}"',
        "models-built-or-replicated: `finding` has the slot {figure:d}, which nothing fills:"
        " use figure, rest, who, whole",
    ),
    "a finding with a slot that is converted": (
        MEASURES,
        'en: "{who} built or replicated {figure}"',
        'en: "{who!r} built or replicated {figure}"',
        "models-built-or-replicated: `finding` has the slot {who!r}, which nothing fills: use figure, rest, who, whole",
    ),
    "a finding with a brace without its pair": (
        MEASURES,
        'en: "{who} built or replicated {figure}"',
        'en: "{who} built or replicated {figure"',
        "models-built-or-replicated: `finding` has a brace without its pair in «{who} built or replicated {figure»:"
        " write slots as {who}",
    ),
    "a finding of a divided measure that does not name the category": (
        MEASURES,
        'en: "{who} uncovered {figure} of {category}"',
        'en: "{who} uncovered {figure}"',
        "cases-uncovered: `finding` leaves out {category}: a figure is of one of the parts, so its title names it",
    ),
    "a look-alike letter in a measure": (
        INDICATORS,
        "{id: drug-cases, measure: cases-uncovered,",
        "{id: drug-cases, measure: cаses-uncovered,",
        "drug-cases: `measure`: is not a slug: lower-case ASCII letters, digits and single hyphens"
        " (ha-tinh-2021-drug-cases); its letter 2 is «а» U+0430 CYRILLIC SMALL LETTER A",
    ),
}


@pytest.mark.parametrize(("path", "old", "new", "message"), EDITS.values(), ids=EDITS)
def test_fault_of_the_catalogue_is_refused(scratch: Scratch, path: str, old: str, new: str, message: str) -> None:
    scratch.edit(path, old, new.replace(">", ""))
    subject = message.partition(":")[0]
    line = scratch.find_line(path, f"- id: {subject}\n" if WHOLE_RECORD.search(message) else new.rpartition(">")[2])
    collection, problems = scratch.load()
    assert problems == [f"{path}:{line}: {message}"]
    assert collection.claims == ()


def test_faults_of_both_files_are_found_in_one_run(scratch: Scratch) -> None:
    scratch.edit(MEASURES, "unit: brick\n", "unit: bricks\n")
    scratch.edit(MEASURES, "of: people-caught,", "of: people-cought,")
    scratch.edit(INDICATORS, "measure: cases-uncovered, category: drugs,", "measure: cases-uncovered, category: drug,")
    scratch.edit(INDICATORS, "{id: drug-persons, measure: people-caught,", "{id: drug-persons, measure: people,")
    assert [problem.split(": ", 2)[1] for problem in scratch.check()] == [
        "drug-cases",
        "drug-persons",
        "bricks-seized",
        "people-per-case",
    ]


def test_an_old_measure_in_a_new_category_is_one_line(scratch: Scratch) -> None:
    line = "  - {id: fraud-forgery-cases, measure: cases-uncovered, category: forgery}\n"
    with (scratch / INDICATORS).open("a", encoding="utf-8") as file:
        file.write(line)
    quote = "Năm 2021, công an tỉnh phát hiện 12 vụ làm giả con dấu."
    scratch.add_article(
        quote + "\n",
        f"sentences:\n  - quote: {quote}\n    translation: In 2021 the provincial police uncovered 12 cases.\n"
        "    period: {covers: 2021, words: Năm 2021}\n    claims:\n"
        "      - {id: made-up-1, indicator: fraud-forgery-cases, figure: 12 vụ, value: 12}\n",
    )
    collection, problems = scratch.load()
    assert problems == []
    [checked] = [checked for checked in collection.claims if checked.path == MADE_UP]
    assert (checked.measure.id, checked.category and checked.category.id) == ("cases-uncovered", "forgery")
    assert (checked.unit.key, checked.topic.id) == ("case", "cases")
    assert checked.name == Name(
        vi="vụ phát hiện, bắt giữ: làm giả con dấu, tài liệu", en="cases uncovered: forging seals and documents"
    )


def test_a_new_category_of_an_old_measure_is_one_line(scratch: Scratch) -> None:
    with (scratch / INDICATORS).open("a", encoding="utf-8") as file:
        file.write(
            "  - {id: gambling-cases, measure: cases-uncovered,"
            " new_category: {id: gambling, name: {vi: cờ bạc, en: gambling}}}\n"
            "  - {id: gambling-persons, measure: people-caught, category: gambling}\n"
        )
    collection, problems = scratch.load()
    assert problems == []
    names = [collection.joined[name].name.en for name in ("gambling-cases", "gambling-persons")]
    assert names == ["cases uncovered: gambling", "people caught: gambling"]
    assert collection.breakdowns["offence-group"].categories[-1].id == "gambling"


def test_a_category_gives_the_unit_that_its_measure_leaves_open(scratch: Scratch) -> None:
    collection, _ = scratch.load()
    units = {name: joined.unit.key for name, joined in collection.joined.items()}
    assert units["hamlets-meeting-security-standard"] == "hamlet"
    assert units["workplaces-meeting-security-standard"] == "workplace"
    assert collection.measures["units-meeting-security-standard"].unit is None
