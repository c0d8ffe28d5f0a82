"""Which old backups may go (备份轮换): near days are kept whole, far ones thinly; what is in doubt is kept.

Days, weeks and months are counted by those that have a backup, not by the calendar: a clock that runs wild thins nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

DAYS, WEEKS, MONTHS = 14, 8, 24
LEAST = 3
"""So many are always kept."""


def expendable(moments: Sequence[datetime], now: datetime) -> set[datetime]:
    """The moments of the backups of one place that are not kept: of all, verified every one.

    Kept are all of today and yesterday, the newest of each of the last 14 days, 8 weeks and 24 months, and of every year.
    One dated in the future does not count and stays: the clock was wrong when it was made, or is now.
    """
    newest_first = sorted({at for at in moments if at <= now}, reverse=True)
    since = (now - timedelta(days=1)).date()
    kept = set(newest_first[:LEAST]) | {at for at in newest_first if at.date() >= since}
    kept |= _newest(newest_first, lambda at: at.date(), DAYS)
    kept |= _newest(newest_first, lambda at: at.isocalendar()[:2], WEEKS)
    kept |= _newest(newest_first, lambda at: (at.year, at.month), MONTHS)
    kept |= _newest(newest_first, lambda at: at.year, len(newest_first))
    return set(newest_first) - kept


def _newest(newest_first: Iterable[datetime], span: Callable[[datetime], object], most: int) -> set[datetime]:
    """The newest of each of the last so many spans that have any."""
    found: dict[object, datetime] = {}
    for at in newest_first:
        if len(found) < most:
            found.setdefault(span(at), at)
    return set(found.values())
