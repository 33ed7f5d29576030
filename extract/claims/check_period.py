"""The check of an article's own fields and of its periods: words that stand there, days that they state."""

from extract.claims.article_check import ArticleCheck
from extract.claims.messages import describe_odd_letters, format_excerpt, suggest
from extract.claims.periods import find_contradiction
from extract.claims.records import Nature, Period
from extract.claims.strict_yaml import Location


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
    if article.published is not None:
        fits = _check_days(check, ("article", "published"), seed, article.published)
        start = article.published.days.start
        if fits and start is not None and start > check.today:
            message = f"the article was published on {article.published.covers}, which is still to come"
            check.report(("article", "published", "covers"), seed, message)


def check_period(check: ArticleCheck, location: Location, subject: str, period: Period, natures: set[Nature]) -> None:
    """Check a sentence's period: its words, what they say, and that it does not lie after its article.

    `natures` are those of the sentence's indicators.
    """
    start, end = period.days
    if not _check_days(check, location, subject, period) or start is None:
        return
    published = check.article.published.days.end if check.article.published else None
    latest = published or check.today
    known = f"the day of the article, {published}" if published else f"today, {check.today}"
    covers = (*location, "covers")
    if start > latest:
        check.report(covers, subject, f"the period {period.covers} lies after {known}")
    elif end is not None and end > latest and Nature.FLOW in natures:
        message = (
            f"the period {period.covers} ends on {end}, after {known}: what was counted cannot reach beyond;"
            f" write {start}/{latest}"
        )
        check.report(covers, subject, message)


def _check_days(check: ArticleCheck, location: Location, subject: str, period: Period) -> bool:
    """Check that a period's words stand in the article and state its days; return whether they do."""
    if not check.check_words((*location, "words"), subject, period.words):
        return False
    stated = find_contradiction(period)
    if stated is None:
        return True
    words = format_excerpt(str(period.words))
    message = f"covers {period.covers} is not what its words say: «{words}» states {stated}"
    check.report((*location, "covers"), subject, message)
    return False
