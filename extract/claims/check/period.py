"""The check of an article's own fields, and of its periods: words that stand there, days that they state."""

import re
from datetime import date

from extract.claims.changes import complete_base, explain_base, names_same_days
from extract.claims.check.article_check import ArticleCheck
from extract.claims.messages import describe_odd_letters, format_excerpt, suggest
from extract.claims.periods import find_contradiction, find_periods
from extract.claims.records import Claim, Nature, Period, parse_days, parse_moment
from extract.claims.yaml.strict import Location


def check_header(check: ArticleCheck) -> None:
    """Check the article's own fields."""
    article, seed = check.article, check.article.seed
    provinces = check.catalogue.provinces
    if article.province and article.province not in provinces and check.catalogue.is_whole:
        advice = f"{suggest(article.province, provinces)}{describe_odd_letters(article.province)}"
        check.report(("article", "province"), seed, f"unknown province «{article.province}»: {advice}")
    check.check_words(("article", "title"), seed, article.title)
    if article.publisher is not None:
        check.check_words(("article", "publisher", "words"), seed, article.publisher.words)
    _check_own_day(check, "published", article.published, "the article was published on")
    _check_own_day(check, "event", article.event, "the event took place on")
    check.check_place(("article",), seed, article.place)
    check.check_coverage(("article",), seed, article.coverage)


def _check_own_day(check: ArticleCheck, field: str, day: Period | None, what: str) -> None:
    """Check a day of the article's own: its words state it, and it has come."""
    if day is None:
        return
    location, seed = ("article", field), check.article.seed
    start = day.days.start
    if _check_days(check, location, seed, day) and start is not None and start > check.today:
        check.report((*location, "covers"), seed, f"{what} {day.covers}, which is still to come")


def check_period(check: ArticleCheck, location: Location, subject: str, period: Period, natures: set[Nature]) -> None:
    """Check the period of an article, a sentence or a claim: its words, their days, not after the article's.

    `natures` are those of the indicators of all claims that it holds for.
    """
    start, end = period.days
    fits = _check_days(check, location, subject, period)
    if not fits or start is None:
        return
    latest, known = _find_latest_day(check)
    covers = (*location, "covers")
    if start > latest:
        check.report(covers, subject, f"the period {period.covers} lies after {known}")
    elif end is not None and end > latest and Nature.FLOW in natures:
        message = (
            f"the period {period.covers} ends on {end}, after {known}: what was counted cannot reach beyond;"
            f" write {start}/{latest}"
        )
        check.report(covers, subject, message)
    if period.certain_until is not None:
        _check_certain(check, location, subject, period.certain_until, str(period.certain_words))


def check_base(check: ArticleCheck, location: Location, claim: Claim, period: Period | None) -> None:
    """Check the earlier period of a change: its words and days, and that they lie before the figure's own `period`."""
    base = claim.base
    if base is None or not _check_days(check, (*location, "base"), claim.id, base) or period is None:
        return
    fault = explain_base(complete_base(base, period), period)
    if fault is not None:
        check.report((*location, "base", "covers"), claim.id, fault)


def _find_latest_day(check: ArticleCheck) -> tuple[date, str]:
    """Return the day after which nothing of the article can have been counted, and what it is."""
    published, event = check.article.published, check.article.event
    if published is not None and published.days.end is not None:
        return published.days.end, f"the day of the article, {published.days.end}"
    if event is not None and event.days.end is not None:
        return event.days.end, f"the day of the event, {event.days.end}"
    return check.today, f"today, {check.today}"


def _check_certain(check: ArticleCheck, location: Location, subject: str, until: str, words: str) -> None:
    """Check that the words which make an open period certain stand in the article and name its last certain day."""
    if not check.check_words((*location, "certain_words"), subject, words):
        return
    here = (*location, "certain_until")
    latest, known = _find_latest_day(check)
    first, last = parse_moment(until)
    stated = find_periods(words)
    if first is not None and first > latest:
        check.report(here, subject, f"certain_until {until} lies after {known}")
    elif last not in [parse_days(each.covers).end for each in stated] and not (
        not stated and re.search(rf"(?<!\d){until}(?!\d)", words)
    ):
        states = f"states {' and '.join(each.covers for each in stated)}" if stated else "names no such day"
        message = f"certain_until {until} is not what its words say: «{format_excerpt(words)}» {states}"
        check.report(here, subject, message)


def _check_days(check: ArticleCheck, location: Location, subject: str, period: Period) -> bool:
    """Check that a period's words stand in the article and state its days; return whether they do."""
    if not check.check_words((*location, "words"), subject, period.words):
        return False
    is_same_days = location[-1] == "base" and names_same_days(period.words or "")
    if not period.covers and not is_same_days and (certain := find_periods(period.words or "")):
        said = " and ".join(each.covers for each in certain)
        words = format_excerpt(str(period.words))
        check.report(location, subject, f"`covers` is missing: «{words}» states {said}; write covers: {said}")
        return False
    stated = find_contradiction(period)
    if stated is None:
        return True
    words = format_excerpt(str(period.words))
    message = f"covers {period.covers} is not what its words say: «{words}» states {stated}"
    check.report((*location, "covers"), subject, message)
    return False
