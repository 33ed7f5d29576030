"""Whether one number fits what several statements of it say, each with its hedge."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from extract.text.hedges import Qualifier


def can_all_hold(statements: Iterable[tuple[Qualifier, Decimal]]) -> bool:
    """Tell whether one number fits all statements: `gần 640` leaves all below 640, `khoảng` leaves all.

    >>> can_all_hold([(Qualifier.OVER, Decimal(70)), (Qualifier.EXACT, Decimal(72))])
    True
    >>> can_all_hold([(Qualifier.OVER, Decimal(72)), (Qualifier.EXACT, Decimal(72))])
    False
    """
    stated: defaultdict[Qualifier, list[Decimal]] = defaultdict(list)
    for qualifier, value in statements:
        stated[qualifier].append(value)
    exact, above, least = stated[Qualifier.EXACT], stated[Qualifier.OVER], stated[Qualifier.AT_LEAST]
    below, most = [*stated[Qualifier.UNDER], *stated[Qualifier.NEARLY]], stated[Qualifier.AT_MOST]
    return (
        len(set(exact)) < 2
        and all(value > limit for value in exact for limit in above)
        and all(value >= limit for value in exact for limit in least)
        and all(value < limit for value in (*exact, *above, *least) for limit in below)
        and all(value <= limit for value in (*exact, *least) for limit in most)
        and all(value < limit for value in above for limit in most)
    )
