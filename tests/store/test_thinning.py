"""Old backups go by rule, and never the last good ones."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediator.store.thinning import LEAST, expendable

NOW = datetime(2026, 11, 22, 9, 0)
MOMENTS = st.lists(st.datetimes(datetime(2019, 1, 1), NOW), max_size=60)


def test_a_year_of_backups_every_four_hours() -> None:
    moments = [NOW - timedelta(hours=4 * n) for n in range(3 * 365 * 6)]
    kept = sorted(set(moments) - expendable(moments, NOW), reverse=True)
    days = [at.date() for at in kept]
    assert days.count(date(2026, 11, 22)) == 3 and days.count(date(2026, 11, 21)) == 6
    for back in range(2, 14):
        assert days.count((NOW - timedelta(days=back)).date()) == 1
    assert {at.year for at in kept} == {2023, 2024, 2025, 2026}
    assert kept[-1].date() == date(2023, 12, 31)
    months = {(at.year, at.month) for at in kept}
    assert len(months) >= 24 and (2024, 12) in months
    assert 40 < len(kept) < 60


def test_a_clock_that_jumps_takes_nothing_near_away() -> None:
    moments = [NOW - timedelta(days=n) for n in range(10)]
    assert expendable([*moments, NOW + timedelta(days=1)], NOW) == set()
    far = NOW + timedelta(days=3650)
    assert expendable([*moments, far], far) == set()


@given(MOMENTS)
def test_the_newest_and_the_least_always_stay(moments: list[datetime]) -> None:
    gone = expendable(moments, NOW)
    left = set(moments) - gone
    assert len(left) >= min(LEAST, len(set(moments)))
    if moments:
        assert max(moments) in left
        assert {at.year for at in left} == {at.year for at in moments}


@given(MOMENTS)
def test_thinning_twice_is_thinning_once(moments: list[datetime]) -> None:
    left = set(moments) - expendable(moments, NOW)
    assert expendable(list(left), NOW) == set()
