"""From one reporting period (报告期) to the next, whatever the period is."""

from datetime import date, timedelta

from mediator.domain.periods import Period, Span, before, containing


def last_whole(span: Span, today: date, cut_off: int | None) -> Period:
    """The last month, quarter, half-year or year that is over: what is usually reported."""
    return before(span, today, cut_off)


def following(since: date, until: date, cut_off: int | None) -> Period:
    """下期: as many months after if the period is made of whole months, else as many days."""
    start = until + timedelta(1)
    for cut in (cut_off, None):
        if count := _months(since, until, cut):
            end = until
            for _ in range(count):
                end = containing(Span.MONTH, end + timedelta(1), cut)[1]
            return start, end
    return start, start + (until - since)


def span_of(since: date, until: date, cut_off: int | None) -> Span | None:
    """The kind of period that some days are, if they are exactly one."""
    return next((span for span in Span if containing(span, until, cut_off) == (since, until)), None)


def _months(since: date, until: date, cut_off: int | None) -> int:
    """How many whole months a period is made of; 0 if it is not."""
    if containing(Span.MONTH, since, cut_off)[0] != since:
        return 0
    day, count = since, 0
    while day <= until:
        day = containing(Span.MONTH, day, cut_off)[1] + timedelta(1)
        count += 1
    return count if day == until + timedelta(1) else 0
