"""Periods tile the calendar, whatever the cut-off day, and are called what people call them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.domain import periods
from mediator.domain.periods import Span

DAY = timedelta(1)
D = date
days = st.dates(D(1900, 1, 1), D(2199, 12, 31))
spans = st.sampled_from(Span)
cut_offs = st.none() | st.integers(0, 28)


@given(days, spans, cut_offs)
def test_periods_of_a_span_follow_one_another_without_gap_or_overlap(
    day: date, span: Span, cut: int | None
) -> None:
    since, until = periods.containing(span, day, cut)
    assert since <= day <= until
    assert periods.containing(span, since, cut) == periods.containing(span, until, cut) == (since, until)
    assert periods.containing(span, until + DAY, cut)[0] == until + DAY
    assert periods.before(span, day, cut) == periods.containing(span, since - DAY, cut)
    assert periods.before(span, day, cut)[1] == since - DAY


@given(days, spans, cut_offs)
def test_a_period_is_made_of_whole_months_and_a_year_of_all_the_others(
    day: date, span: Span, cut: int | None
) -> None:
    since, until = periods.containing(span, day, cut)
    months = []
    at = since
    while at <= until:
        months.append(periods.containing(Span.MONTH, at, cut))
        at = months[-1][1] + DAY
    assert len(months) == span.value
    assert months[-1][1] == until
    year = periods.containing(Span.YEAR, day, cut)
    assert year[0] <= since and until <= year[1]
    assert until.month % span.value == 0


@given(days, spans, cut_offs)
def test_the_period_before_and_the_one_a_year_ago(day: date, span: Span, cut: int | None) -> None:
    period = periods.containing(span, day, cut)
    assert periods.previous(*period, cut) == periods.before(span, day, cut)
    ago = periods.year_before(*period, cut)
    assert ago == periods.containing(span, ago[1], cut)
    assert (ago[1].year, ago[1].month) == (period[1].year - 1, period[1].month)


@given(days, st.integers(0, 500), cut_offs)
def test_any_days_have_a_period_of_the_same_kind_before_them(
    since: date, length: int, cut: int | None
) -> None:
    until = since + length * DAY
    first, last = periods.previous(since, until, cut)
    assert last == since - DAY
    assert first <= last
    ago = periods.year_before(since, until, cut)
    assert ago[0] <= ago[1] < until
    assert periods.name(since, until, cut).startswith(("19", "20", "21", "22"))


@given(days, spans, cut_offs)
def test_no_two_periods_of_a_span_have_the_same_name(day: date, span: Span, cut: int | None) -> None:
    period = periods.containing(span, day, cut)
    before = periods.before(span, day, cut)
    assert periods.name(*period, cut) != periods.name(*before, cut)


@pytest.mark.parametrize(
    ("cut", "day", "month"),
    [
        (None, D(2024, 2, 29), (D(2024, 2, 1), D(2024, 2, 29))),
        (0, D(2024, 2, 29), (D(2024, 2, 1), D(2024, 2, 29))),
        (None, D(2026, 12, 31), (D(2026, 12, 1), D(2026, 12, 31))),
        (20, D(2026, 3, 20), (D(2026, 2, 21), D(2026, 3, 20))),
        (20, D(2026, 3, 21), (D(2026, 3, 21), D(2026, 4, 20))),
        (20, D(2025, 12, 21), (D(2025, 12, 21), D(2026, 1, 20))),
        (28, D(2024, 2, 29), (D(2024, 2, 29), D(2024, 3, 28))),
        (28, D(2026, 3, 1), (D(2026, 3, 1), D(2026, 3, 28))),
        (1, D(2026, 3, 2), (D(2026, 3, 2), D(2026, 4, 1))),
    ],
)
def test_months_by_the_cut_off_day(cut: int | None, day: date, month: periods.Period) -> None:
    assert periods.containing(Span.MONTH, day, cut) == month


@pytest.mark.parametrize(
    ("since", "until", "cut", "words"),
    [
        (D(2026, 3, 1), D(2026, 3, 31), None, "2026年3月"),
        (D(2024, 2, 1), D(2024, 2, 29), None, "2024年2月"),
        (D(2024, 2, 1), D(2024, 2, 28), None, "2024年2月1日至2月28日"),
        (D(2026, 1, 1), D(2026, 3, 31), None, "2026年第一季度"),
        (D(2026, 10, 1), D(2026, 12, 31), None, "2026年第四季度"),
        (D(2026, 7, 1), D(2026, 12, 31), None, "2026年下半年"),
        (D(2026, 1, 1), D(2026, 12, 31), None, "2026年"),
        (D(2026, 1, 1), D(2026, 5, 31), None, "2026年1月至5月"),
        (D(2025, 11, 1), D(2026, 1, 31), None, "2025年11月至2026年1月"),
        (D(2026, 3, 1), D(2026, 3, 17), None, "2026年3月1日至3月17日"),
        (D(2025, 12, 30), D(2026, 1, 2), None, "2025年12月30日至2026年1月2日"),
        (D(2026, 3, 17), D(2026, 3, 17), None, "2026年3月17日"),
        (D(2026, 2, 21), D(2026, 3, 20), 20, "2026年3月（2026年2月21日至3月20日）"),
        (D(2025, 12, 21), D(2026, 3, 20), 20, "2026年第一季度（2025年12月21日至2026年3月20日）"),
        (D(2026, 3, 1), D(2026, 3, 31), 20, "2026年3月1日至3月31日"),
    ],
)
def test_names(since: date, until: date, cut: int | None, words: str) -> None:
    assert periods.name(since, until, cut) == words


def test_a_part_of_a_month_is_compared_with_as_many_days() -> None:
    assert periods.previous(D(2026, 3, 1), D(2026, 3, 17)) == (D(2026, 2, 12), D(2026, 2, 28))
    assert periods.year_before(D(2024, 2, 29), D(2024, 3, 4)) == (D(2023, 2, 28), D(2023, 3, 4))


def test_a_calendar_month_stays_one_in_an_office_that_closes_on_the_twentieth() -> None:
    assert periods.previous(D(2024, 3, 1), D(2024, 3, 31), 20) == (D(2024, 2, 1), D(2024, 2, 29))
    assert periods.year_before(D(2024, 2, 1), D(2024, 2, 29), 20) == (D(2023, 2, 1), D(2023, 2, 28))


def test_spans_have_words() -> None:
    assert [span.label for span in Span] == ["月", "季度", "半年", "年"]
