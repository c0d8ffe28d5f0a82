"""Reporting periods (报告期): months as the office closes them, and what is made of them.

An office whose ``cut_off`` (统计截止日) is 20 counts the 21st of last month to the 20th as one month; without one a month is
that of the calendar. Quarters, half-years and years are made of such months. No rule sets a cut-off; the office chooses.
"""

from datetime import date, timedelta
from enum import Enum

from mediator.domain.calendar import in_words, months_later
from mediator.domain.wording import numeral

Period = tuple[date, date]
"""The first and the last day, both included."""


class Span(Enum):
    """期别: how many months a period has."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12

    @property
    def label(self) -> str:
        """The word people see."""
        return {1: "月", 3: "季度", 6: "半年", 12: "年"}[self.value]


def containing(span: Span, day: date, cut_off: int | None = None) -> Period:
    """The month, quarter, half-year or year in which a day lies."""
    start = _month_of(day, cut_off) // span.value * span.value
    return _months(start, span.value, cut_off)


def before(span: Span, day: date, cut_off: int | None = None) -> Period:
    """The last one that was over when the day began: what is usually reported."""
    start = _month_of(day, cut_off) // span.value * span.value
    return _months(start - span.value, span.value, cut_off)


def previous(since: date, until: date, cut_off: int | None = None) -> Period:
    """上期 (环比): as many months before if it is made of whole months, else as many days."""
    for cut in (cut_off, None):
        if found := _whole(since, until, cut):
            start, count = found
            return _months(start - count, count, cut)
    return since - (until - since) - timedelta(1), since - timedelta(1)


def year_before(since: date, until: date, cut_off: int | None = None) -> Period:
    """上年同期 (同比): the same months of the year before, or the same days; of February 29 there is the 28th."""
    for cut in (cut_off, None):
        if found := _whole(since, until, cut):
            start, count = found
            return _months(start - 12, count, cut)
    return months_later(since, -12), months_later(until, -12)


def name(since: date, until: date, cut_off: int | None = None) -> str:
    """A period in words: 2026年3月, 2026年第一季度, 2026年3月1日至17日; the days too where a month is not the calendar's."""
    found = _whole(since, until, cut_off)
    if found is None:
        return days(since, until)
    words = _named(*found)
    return f"{words}（{days(since, until)}）" if cut_off else words


def days(since: date, until: date) -> str:
    """A period by its first and last day: 2026年3月1日至3月17日."""
    if since == until:
        return in_words(since)
    last = in_words(until)
    return f"{in_words(since)}至{last.removeprefix(f'{since.year}年') if since.year == until.year else last}"


def _named(start: int, count: int) -> str:
    year, month = divmod(start, 12)
    if count == 12 and month == 0:
        return f"{year}年"
    if count == 6 and month % 6 == 0:
        return f"{year}年{'下' if month else '上'}半年"
    if count == 3 and month % 3 == 0:
        return f"{year}年第{numeral(month // 3 + 1)}季度"
    if count == 1:
        return f"{year}年{month + 1}月"
    last_year, last = divmod(start + count - 1, 12)
    end = f"{last + 1}月" if last_year == year else f"{last_year}年{last + 1}月"
    return f"{year}年{month + 1}月至{end}"


def _whole(since: date, until: date, cut_off: int | None) -> tuple[int, int] | None:
    """The first month and how many, if the days are those of whole months."""
    first, last = _month_of(since, cut_off), _month_of(until, cut_off)
    count = last - first + 1
    return (first, count) if count > 0 and _months(first, count, cut_off) == (since, until) else None


def _month_of(day: date, cut_off: int | None) -> int:
    """The months since the year 0 of the one in which a day is counted."""
    return day.year * 12 + day.month - 1 + (1 if cut_off and day.day > cut_off else 0)


def _months(start: int, count: int, cut_off: int | None) -> Period:
    return _end(start - 1, cut_off) + timedelta(1), _end(start + count - 1, cut_off)


def _end(month: int, cut_off: int | None) -> date:
    """The last day of a month."""
    year, rest = divmod(month, 12)
    if cut_off:
        return date(year, rest + 1, cut_off)
    return date(year + rest // 11, (rest + 1) % 12 + 1, 1) - timedelta(1)
