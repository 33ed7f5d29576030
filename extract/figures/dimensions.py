"""The rules of comparing, dimension by dimension: what stands against setting figures side by side, or goes with it.

A rule is one function, named `find_` and the key of its words (`verdict.<key>`). It gets figures side by side and
returns what its words name, or nothing where there is nothing to say. Whether it blocks stands in `compare.RULES`.

Figures of one sentence stand at one time, whether the article states it or not.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TypeAlias, overload

from extract.claims.changes import RELATIVE_UNITS
from extract.claims.collection import CheckedClaim
from extract.claims.records import WHOLE_COUNTRY, Article, Coverage, CoverageKind, Days, Lang, Name, Nature, Period
from extract.figures.formats import format_figure, is_percent
from extract.figures.panel import See, find_firsts, find_lasts, group_by, is_alike, is_any, list_values, where
from extract.figures.reports import Agreement, group_reports, judge_reports
from extract.figures.search import fold_text
from extract.text.hedges import Qualifier

Claims: TypeAlias = Sequence[CheckedClaim]
"""Figures side by side, none of them twice."""
Slot: TypeAlias = Name | Period | Nature | Coverage | Decimal | str | None
"""What words name. None stands for a coverage that is not stated."""
Slots: TypeAlias = Mapping[str, Sequence[Slot]]
"""What the words of a reason name: lists without repetitions, in the order of the figures."""


# Reports of one fact


def find_disagree(claims: Claims) -> Slots:
    """Two reports of one fact are one figure, even where they contradict each other."""
    return _name_reports(claims, Agreement.NONE)


def find_differ_within_hedges(claims: Claims) -> Slots:
    """Two reports of one fact are one figure, and their hedges leave room for both."""
    return _name_reports(claims, Agreement.WITHIN_HEDGES)


def find_same_fact(claims: Claims) -> Slots:
    """Two reports of one fact that say the same are one figure."""
    return _name_reports(claims, Agreement.WHOLE)


def _name_reports(claims: Claims, agreement: Agreement) -> Slots:
    claims = _find_linked(claims)
    found = [reports for reports in group_reports(claims) if judge_reports(reports) is agreement]
    by_id = {checked.claim.id: checked for checked in claims}
    return _name(figures=(name_figure(by_id[claim.id]) for reports in found for claim in reports))


# Measure, criteria and category


def find_other_measure(claims: Claims) -> Slots:
    """Another measure counts other things, or at another stage."""
    return _name_others("measures", find_measure, lambda c: c.measure.name, claims)


def find_other_criteria(claims: Claims) -> Slots:
    """Meeting one set of criteria says nothing of meeting another."""
    named = where(claims, _has_criteria)
    return _name_others("criteria", _find_criteria, lambda c: c.criteria.name if c.criteria else None, named)


def _has_criteria(checked: CheckedClaim) -> bool:
    return checked.criteria is not None


def _find_criteria(checked: CheckedClaim) -> str | None:
    return checked.criteria.id if checked.criteria else None


def _find_linked(claims: Claims) -> Claims:
    """Return the figures that name another as the same, as their whole or as overlapping, and those named."""
    links = [checked.claim for checked in where(claims, _names_another)]
    named = {name for claim in links for name in (claim.same_as, claim.part_of, *claim.overlaps)}
    return [each for each in claims if _names_another(each) or each.claim.id in named] if links else []


def _names_another(checked: CheckedClaim) -> bool:
    claim = checked.claim
    return claim.same_as is not None or claim.part_of is not None or bool(claim.overlaps)


def find_total_and_category(claims: Claims) -> Slots:
    """A total holds the category that stands beside it."""
    divided = where(claims, _has_category)
    if not 0 < len(divided) < len(claims):
        return {}
    groups = [(group, where(group, _has_category)) for group in group_by(claims, find_measure).values()]
    return _name(categories=_list_categories(parts for group, parts in groups if len(parts) < len(group)))


def _has_category(checked: CheckedClaim) -> bool:
    return checked.category is not None


def _list_categories(groups: Iterable[Claims]) -> Iterator[Name]:
    return (each.category.name for group in groups for each in find_firsts(group, find_category_id) if each.category)


def find_other_category(claims: Claims) -> Slots:
    """Across articles only the same category compares; within one article the categories of a breakdown do."""
    mixed = [
        group
        for group in group_by(where(claims, _has_category), find_measure).values()
        if not is_alike(group, find_category_id) and is_across(group)
    ]
    breakdowns = (each.breakdown for group in mixed for each in find_firsts(group, find_category_id))
    return _name(categories=_list_categories(mixed), breakdowns=(each.name for each in breakdowns if each))


def find_category_id(checked: CheckedClaim) -> str | None:
    """Return the id of a figure's category, None for a total."""
    return checked.category.id if checked.category else None


# What one figure holds of another


def find_part_and_whole(claims: Claims) -> Slots:
    """A part beside its own whole: the greater contains the less."""
    claims = _find_linked(claims)
    by_id = {checked.claim.id: checked for checked in claims}
    pairs = [(checked, by_id[checked.claim.part_of]) for checked in claims if checked.claim.part_of in by_id]
    return _name(parts=(name_figure(part) for part, _ in pairs), wholes=(name_figure(whole) for _, whole in pairs))


def find_may_overlap(claims: Claims) -> Slots:
    """What overlaps holds for both sides, whichever of the two says it."""
    claims = _find_linked(claims)
    by_id = {checked.claim.id: checked.claim for checked in claims}
    pairs = [(claim.id, other) for claim in by_id.values() for other in claim.overlaps if other in by_id]
    named = {name for pair in pairs for name in pair}
    return _name(figures=(name_figure(checked) for checked in claims if checked.claim.id in named))


def find_list_open(claims: Claims) -> Slots:
    """Where an article's list is open, there may be more than it names."""
    return _name_figures(where(claims, _is_list_open))


def _is_list_open(checked: CheckedClaim) -> bool:
    return checked.sentence.list_is_open


# Change


def find_change_and_level(claims: Claims) -> Slots:
    """By how much something has changed says nothing of how much there is."""
    changes = where(claims, is_change)
    return _name_figures(changes) if len(changes) < len(claims) else {}


def is_change(checked: CheckedClaim) -> bool:
    """Tell whether a figure is a change."""
    return checked.is_change


def find_other_base(claims: Claims) -> Slots:
    """A change against one time says nothing of a change against another; nor does one against a time unknown."""
    changes = where(claims, is_change)
    is_known = not is_across(changes) or not is_any(changes, _is_base_unknown)
    if len(changes) < 2 or (is_known and is_alike(changes, find_base)):
        return {}
    return _name(bases=list_values(changes, _find_base_period))


def _is_base_unknown(checked: CheckedClaim) -> bool:
    return checked.claim.base is None or not checked.claim.base.is_dated


def _find_base_period(checked: CheckedClaim) -> Period | None:
    return checked.claim.base


def find_other_unit(claims: Claims) -> Slots:
    """Changes in per cent, in percentage points and in what is counted are three things."""
    return _name_others("units", find_unit, lambda c: c.unit.name, where(claims, is_change))


def find_base(checked: CheckedClaim) -> Hashable:
    """Return what two changes have in common if they are against one time; None of what is no change."""
    base = checked.claim.base
    return _find_time(base, checked) if base is not None and checked.is_change else None


# Coverage


def find_coverage_unstated(claims: Claims) -> Slots:
    """What is not said to be the whole province's may be less; figures of one sentence have the same coverage."""
    if is_one_sentence(claims):
        return {}
    return _name_figures(where(claims, _is_coverage_unstated))


def _is_coverage_unstated(checked: CheckedClaim) -> bool:
    return checked.coverage is None


def find_other_coverage(claims: Claims) -> Slots:
    """Other work or another area: across articles the kind of coverage counts, within one its name."""
    if is_alike(claims, _see_coverage):
        return {}
    stated = where(claims, _is_coverage_stated)
    differs_across = is_across(stated) and not is_alike(stated, find_coverage_kind)
    reports = list_values(claims, _see_coverage_of_article)
    if not differs_across and len(reports) == len({seed for seed, _ in reports}):
        return {}
    return {"coverages": tuple(checked.coverage for checked in find_lasts(claims, find_coverage))}


def _is_coverage_stated(checked: CheckedClaim) -> bool:
    return checked.coverage is not None


def _see_coverage(checked: CheckedClaim) -> Hashable:
    return find_coverage(checked), find_coverage_kind(checked)


def _see_coverage_of_article(checked: CheckedClaim) -> tuple[str, Hashable]:
    return find_seed(checked), find_coverage(checked)


def find_country_and_province(claims: Claims) -> Slots:
    """A province is a part of the whole country."""
    if is_alike(claims, _is_country):
        return {}
    return _name(provinces=(checked.province.name for checked in find_firsts(claims, find_province)))


def _is_country(checked: CheckedClaim) -> bool:
    return checked.province.iso_code == WHOLE_COUNTRY


def find_range(claims: Claims) -> Slots:
    """A range has no one size that could be set against another."""
    return _name_figures(where(claims, _is_range))


def _is_range(checked: CheckedClaim) -> bool:
    return checked.claim.to is not None


def find_partial_coverage(claims: Claims) -> Slots:
    """What the figures share is not the whole province."""
    if find_other_coverage(claims):
        return {}
    coverages = (checked.coverage for checked in find_lasts(claims, find_coverage))
    return _name(coverages=(each for each in coverages if each and each.kind is not CoverageKind.PROVINCE))


def find_coverage(checked: CheckedClaim) -> tuple[str, ...] | None:
    """Return what two figures of one article have in common if they have the same coverage; None where unstated."""
    coverage = checked.coverage
    if coverage is None:
        return None
    return (coverage.kind, coverage.name.vi) if coverage.name else (coverage.kind,)


def find_coverage_kind(checked: CheckedClaim) -> tuple[str, ...] | None:
    """Return what figures of two articles have in common if their coverage is of one kind; None where unstated.

    Joint operations compare with joint operations and one division's work with another's, for the measure says what is
    counted; a caution names the forces. Two districts differ as two provinces' parts do, so only the same one compares.
    """
    coverage = checked.coverage
    if coverage is None:
        return None
    if coverage.kind is CoverageKind.PLACE and coverage.name:
        return coverage.kind, checked.province.slug, coverage.name.vi
    return (coverage.kind,)


# Period


def find_moment_unknown(claims: Claims) -> Slots:
    """A stock stood at its article's date at the latest; where the article has none, its moment is not known."""
    if is_one_sentence(claims):
        return {}
    return _name_figures(where(claims, _is_moment_unknown))


def _is_moment_unknown(checked: CheckedClaim) -> bool:
    return not is_moment_known(checked)


def is_moment_known(checked: CheckedClaim) -> bool:
    """Tell whether anything says when a figure stood: its sentence, or the date of its article or its event."""
    dates = (checked.period, *_find_dates(checked.article))
    return checked.measure.nature is Nature.FLOW or any(period.is_dated for period in dates)


def _find_dates(article: Article) -> list[Period]:
    return [period for period in (article.published, article.event) if period is not None]


def find_period_unstated(claims: Claims) -> Slots:
    """A flow without a period has no length; a stock without one stood at its article's date at the latest."""
    if is_one_sentence(claims):
        return {}
    return _name_figures(where(claims, _is_period_unstated))


def _is_period_unstated(checked: CheckedClaim) -> bool:
    return not checked.period.is_stated and is_moment_known(checked)


def find_period_not_dated(claims: Claims) -> Slots:
    """A time that is named without its days has no known length; of one article, the same words name the same days."""
    named = where(claims, _is_period_named)
    if not named or (not is_across(claims) and is_alike(claims, find_time)):
        return {}
    return _name(periods=list_values(named, _find_period))


def _is_period_named(checked: CheckedClaim) -> bool:
    return checked.period.is_stated and not checked.period.is_dated


def _find_period(checked: CheckedClaim) -> Period:
    return checked.period


def is_any_unstated_flow(claims: Claims) -> bool:
    """Tell whether a period that is not stated leaves the comparison open."""
    return is_any(claims, _is_undated_flow) or is_any_category_of_another_time(claims)


def _is_undated_flow(checked: CheckedClaim) -> bool:
    return checked.measure.nature is Nature.FLOW and not checked.period.is_dated


def find_period_open(claims: Claims) -> Slots:
    """A flow's count grows with the length of its period, and an open one has none."""
    return _name_periods(where(claims, _is_open))


def _is_open(checked: CheckedClaim) -> bool:
    return checked.period.is_open


def is_any_open_flow(claims: Claims) -> bool:
    """Tell whether an open period leaves the comparison open: "to date" is the same day only within one article."""
    is_same_day = not is_across(claims) and is_alike(claims, find_days)
    return (is_any(claims, _is_open_flow) and not is_same_day) or is_any_category_of_another_time(claims)


def _is_open_flow(checked: CheckedClaim) -> bool:
    return checked.measure.nature is Nature.FLOW and checked.period.is_open


def find_days(checked: CheckedClaim) -> Days:
    """Return the first and last day that a figure covers."""
    return checked.period.days


def is_dated(checked: CheckedClaim) -> bool:
    """Tell whether the days that a figure covers are known, or at least the first."""
    return checked.period.is_dated


def find_other_length(claims: Claims) -> Slots:
    """A flow's count grows with the length of its period."""
    flows = where(claims, _is_closed_flow)
    return {} if is_alike(flows, _find_length) else _name_periods(find_firsts(flows, _find_length))


def _is_closed_flow(checked: CheckedClaim) -> bool:
    return checked.measure.nature is Nature.FLOW and _find_length(checked) is not None


def _find_length(checked: CheckedClaim) -> tuple[int, int] | None:
    return measure_period(checked.period.days)


def find_other_period(claims: Claims) -> Slots:
    """Other days of the same length: the difference may be one of time."""
    stated = where(claims, is_dated)
    if is_alike(where(stated, _is_closed), find_days) or find_other_length(claims):
        return {}
    return _name_periods(stated)


def _is_closed(checked: CheckedClaim) -> bool:
    return checked.period.days.end is not None


def is_any_category_of_another_time(claims: Claims) -> bool:
    """Tell whether one article gives two categories of a measure at two times: the difference may be of either."""
    # Charts across reports hold one category, and need not be taken apart.
    return not is_alike(claims, find_category_id) and any(
        not is_alike(group, find_category_id) and not is_alike(group, find_time)
        for group in group_by(claims, _see_measure_of_article).values()
    )


def _see_measure_of_article(checked: CheckedClaim) -> Hashable:
    return find_seed(checked), checked.measure.id


def find_time(checked: CheckedClaim) -> Hashable:
    """Return what two figures of one article have in common if they are of one time."""
    return _find_time(checked.period, checked)


def _find_time(period: Period, checked: CheckedClaim) -> Hashable:
    if period.is_dated:
        return period.days
    return (find_seed(checked), period.words) if period.is_stated else find_sentence(checked)


def measure_period(days: Days) -> tuple[int, int] | None:
    """Return the length of a closed period: whole months by the calendar, else days (one of the two is 0).

    By the calendar, so that 2020 and 2021 are as long as each other, and January and February are.

    >>> measure_period(Days(date(2020, 1, 1), date(2020, 12, 31)))
    (12, 0)
    >>> measure_period(Days(date(2021, 1, 26), date(2021, 2, 1)))
    (0, 7)
    """
    if days.start is None or days.end is None:
        return None
    if days.end < date.max:
        after = days.end + timedelta(days=1)
        if after.day == days.start.day:
            return (after.year - days.start.year) * 12 + after.month - days.start.month, 0
    return 0, (days.end - days.start).days + 1


def _name_periods(claims: Claims) -> Slots:
    return _name(periods=(checked.period for checked in find_lasts(claims, find_days)))


# Whole


def find_whole_unstated(claims: Claims) -> Slots:
    """A share that states its whole beside one that does not."""
    shares = where(claims, _is_share_of_a_count)
    return _name_figures(where(shares, _is_whole_unstated)) if is_any(shares, _is_whole_stated) else {}


def find_other_whole(claims: Claims) -> Slots:
    """Wholes of different sizes: the shares compare, the counts do not."""
    shares = where(claims, _is_share_of_a_count)
    return _name_others("wholes", _find_whole, _find_whole, where(shares, _is_whole_stated))


def _is_share_of_a_count(checked: CheckedClaim) -> bool:
    """Tell whether a figure is a share whose whole is a count: that of a per cent is always 100."""
    return checked.measure.nature is Nature.SHARE and not checked.is_change and not is_percent(checked.unit)


def _is_whole_stated(checked: CheckedClaim) -> bool:
    return checked.claim.of is not None


def _is_whole_unstated(checked: CheckedClaim) -> bool:
    return checked.claim.of is None


def _find_whole(checked: CheckedClaim) -> Decimal | None:
    return checked.claim.of


# Hedge, office, borders, size


def find_other_office(claims: Claims) -> Slots:
    """Offices of other kinds may count the work of other forces; a province's name makes no other kind."""
    firsts = find_firsts(where(claims, _has_office), _find_office_kind)
    names = [Name(vi=each.office.name or "", en=each.office.name_en or each.office.name or "") for each in firsts]
    return {"offices": tuple(names)} if len(names) > 1 else {}


def _has_office(checked: CheckedClaim) -> bool:
    return checked.office.name is not None


def _find_office_kind(checked: CheckedClaim) -> str:
    return _fold_office(checked.office.name or "", checked.province.name.vi)


@lru_cache(maxsize=4096)
def _fold_office(words: str, province: str) -> str:
    return " ".join(fold_text(words.replace(province, " ")).split())


def find_hedged(claims: Claims) -> Slots:
    """The article itself leaves a hedged number open."""
    return _name_figures(where(claims, _is_hedged))


def _is_hedged(checked: CheckedClaim) -> bool:
    return checked.claim.qualifier is not Qualifier.EXACT


def find_borders_changed(claims: Claims) -> Slots:
    """Where borders have changed since, the names of today mean other areas; within one province they are the same."""
    provinces = [checked.province for checked in find_lasts(claims, find_province)]
    changed = [province for province in provinces if province.valid_from or province.valid_until]
    if len(provinces) < 2 or not changed:
        return {}
    return {
        "provinces": tuple(province.name for province in changed),
        "borders": tuple(province.borders for province in changed),
    }


def find_provinces_differ_in_size(claims: Claims) -> Slots:
    """A larger province counts more of everything; only a share has a denominator."""
    return _name_others("provinces", find_province, lambda c: c.province.name, where(claims, _is_count))


def _is_count(checked: CheckedClaim) -> bool:
    return checked.measure.nature is not Nature.SHARE and checked.unit.key not in RELATIVE_UNITS


# What figures have in common


def find_same_measure(claims: Claims) -> Slots:
    """The same measure."""
    return _name_common("measures", find_measure, lambda c: c.measure.name, claims)


def find_same_category(claims: Claims) -> Slots:
    """The same category of one measure."""
    category = claims[0].category
    is_same = is_alike(claims, find_category_id) and is_alike(claims, find_measure)
    return {"categories": (category.name,)} if category and is_same else {}


def find_same_unit(claims: Claims) -> Slots:
    """The same unit."""
    return _name_common("units", find_unit, lambda c: c.unit.name, claims)


def find_same_nature(claims: Claims) -> Slots:
    """The same nature."""
    return {} if is_any(claims, is_change) else _name_common("natures", _find_nature, _find_nature, claims)


def _find_nature(checked: CheckedClaim) -> Nature:
    return checked.measure.nature


def find_same_base(claims: Claims) -> Slots:
    """Changes against the same time."""
    if len(where(claims, is_change)) < len(claims) or find_other_base(claims):
        return {}
    return _name(bases=(claims[0].claim.base,))


def find_same_coverage(claims: Claims) -> Slots:
    """The same coverage, where it is stated."""
    if is_any(claims, _is_coverage_unstated) or find_other_coverage(claims):
        return {}
    return _name_common("coverages", find_coverage, lambda c: c.coverage, claims)


def find_same_moment(claims: Claims) -> Slots:
    """One sentence, whose period is not stated."""
    return _name_figures(claims) if is_one_sentence(claims) and not claims[0].period.is_stated else {}


def find_same_period(claims: Claims) -> Slots:
    """The same days, if they are stated."""
    return _name_common("periods", find_time, lambda c: c.period, claims) if claims[0].period.is_stated else {}


def find_same_province(claims: Claims) -> Slots:
    """The same province."""
    return _name_common("provinces", find_province, lambda c: c.province.name, claims)


def find_same_article(claims: Claims) -> Slots:
    """The same article."""
    return _name_common("titles", find_seed, lambda c: c.article.title or "", claims)


# Which figures stand together


def find_seed(checked: CheckedClaim) -> str:
    """Return the name of a figure's article."""
    return checked.article.seed


def find_measure(checked: CheckedClaim) -> str:
    """Return the id of what a figure counts."""
    return checked.measure.id


def find_unit(checked: CheckedClaim) -> str:
    """Return the key of a figure's unit."""
    return checked.unit.key


def find_topic(checked: CheckedClaim) -> str:
    """Return the id of the topic that a figure stands in."""
    return checked.topic.id


def find_province(checked: CheckedClaim) -> str:
    """Return the slug of a figure's province."""
    return checked.province.slug


def find_sentence(checked: CheckedClaim) -> tuple[str, int]:
    """Return the place of a figure's sentence: the article and where the quote begins."""
    return checked.article.seed, checked.quote_start


def is_across(claims: Claims) -> bool:
    """Tell whether figures stand in more than one article, or are of more than one province."""
    return not is_alike(claims, _see_article_and_province)


def _see_article_and_province(checked: CheckedClaim) -> Hashable:
    return find_seed(checked), checked.province.slug


def is_one_sentence(claims: Claims) -> bool:
    """Tell whether figures stand in one sentence."""
    return len(claims) > 0 and is_alike(claims, find_sentence)


def name_figure(checked: CheckedClaim) -> Name:
    """Return what a figure is called in a sentence: its article's words in Vietnamese, its value in English."""
    return Name(vi=format_figure(checked, "vi"), en=format_figure(checked, "en"))


class FigureNames(Sequence[Name]):
    """What many figures are called, without repetitions, and put in words only as far as it is asked for."""

    def __init__(self, claims: Claims) -> None:
        """Hold the figures, in their order."""
        self._claims = claims

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        return tuple(name_figure(checked) for checked in find_firsts(self._claims, _see_names))

    def list_texts(self, lang: Lang) -> list[str]:
        """Return the names in one language, without repetitions."""
        return list_values(self._claims, _see_name_vi if lang == "vi" else _see_name_en)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)

    @overload
    def __getitem__(self, key: int) -> Name: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Name, ...]: ...
    def __getitem__(self, key: int | slice) -> Name | tuple[Name, ...]:
        """Return one of them, or a part."""
        return self._names[key]

    def __eq__(self, other: object) -> bool:
        """Tell whether they are the same names in the same order."""
        return isinstance(other, FigureNames | tuple) and self._names == tuple(other)

    def __hash__(self) -> int:
        """Return the hash of the same names as a tuple."""
        return hash(self._names)

    def __repr__(self) -> str:
        """Return the names as a tuple shows them."""
        return repr(self._names)


def _see_names(checked: CheckedClaim) -> Hashable:
    return _see_name_vi(checked), _see_name_en(checked)


def _see_name_vi(checked: CheckedClaim) -> str:
    return format_figure(checked, "vi")


def _see_name_en(checked: CheckedClaim) -> str:
    return format_figure(checked, "en")


def _name_figures(claims: Claims) -> Slots:
    return {"figures": FigureNames(claims)} if claims else {}


def _name(**slots: Iterable[Slot]) -> Slots:
    """Return slots without repetitions; none at all where there is nothing to name."""
    named = {name: tuple(dict.fromkeys(values)) for name, values in slots.items()}
    return named if any(named.values()) else {}


def _name_others(slot: str, see: See[Hashable], pick: Callable[[CheckedClaim], Slot], claims: Claims) -> Slots:
    """Return a slot of what is picked from figures that differ in what is looked at."""
    named = find_lasts(claims, see)
    return {slot: tuple(map(pick, named))} if len(named) > 1 else {}


def _name_common(slot: str, see: See[Hashable], pick: Callable[[CheckedClaim], Slot], claims: Claims) -> Slots:
    """Return a slot of what is picked from the first figure, where all are alike in what is looked at."""
    return {slot: (pick(claims[0]),)} if is_alike(claims, see) else {}
