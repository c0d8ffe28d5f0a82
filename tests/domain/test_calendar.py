"""Days and moments: every form people write, nothing the calendar does not have, months counted as the law counts."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mediator.domain.calendar import (
    EARLIEST,
    LATEST,
    age_on,
    in_words,
    months_later,
    parse_day,
    parse_moment,
)
from mediator.domain.errors import Refusal

DAYS = st.dates(EARLIEST, LATEST)
FORMS = ("{0}.{1}.{2}", "{0}/{1}/{2}", "{0}-{1:02}-{2:02}", "{0}年{1}月{2}日", "{0}年{1:02}月{2:02}号", "{0}{1:02}{2:02}",
         "{0} 年 {1} 月 {2} 日", "{0}年{1}.{2}", " {0}.{1:02}/{2} ", "{0}-{1}-{2} 06:29")  # fmt: skip
WIDE = str.maketrans("0123456789./-", "０１２３４５６７８９．／－")


@given(DAYS, st.sampled_from(FORMS), st.booleans())
def test_a_day_is_read_in_every_form(day: date, form: str, wide: bool) -> None:
    text = form.format(day.year, day.month, day.day)
    assert parse_day(text.translate(WIDE) if wide and ":" not in text else text) == day


@given(DAYS)
def test_a_day_in_words_reads_back(day: date) -> None:
    assert parse_day(in_words(day)) == day
    assert in_words(date(2026, 1, 4)) == "2026年1月4日"


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026.13.1", "2026-00-10", "2026-04-31", "2025-02-29", "1900.2.29", "20260231", "2026年2月29日"],
)  # fmt: skip
def test_a_day_the_calendar_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="在日历上没有") as refusal:
        parse_day(text)
    assert text in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    ["", "1月4日", "26.1.4", "2026", "2026-1", "20261", "2026-1-4-5", "去年三月", "1899-12-31", "2200-01-01",
     "2026-01-04T99", "46026", "2026—01—04", "0000-00-00", "2026-111-1", "2026.1.4至2026.1.9"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_day(text)


def test_the_29th_of_february_exists_in_leap_years_only() -> None:
    assert parse_day("2000.2.29") == date(2000, 2, 29)
    assert parse_day("2028/2/29") == date(2028, 2, 29)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))
def test_a_moment_reads_back_to_the_minute(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    day = in_words(minute.date())
    for text in (
        minute.isoformat(timespec="minutes"),
        moment.isoformat(),
        minute.strftime("%Y/%m/%d %H:%M").translate(WIDE).replace(":", "："),
        f"{day}{minute.hour}时{minute.minute:02}分",
        f"{day} {minute.hour}:{minute.minute:02}",
    ):
        assert parse_moment(text) == minute, text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-3-5 9:30", datetime(2026, 3, 5, 9, 30)),
        ("2026年3月5日 14:30", datetime(2026, 3, 5, 14, 30)),
        ("2026.3.5 9点", datetime(2026, 3, 5, 9)),
        ("20260305 09:30", datetime(2026, 3, 5, 9, 30)),
        ("2026年3月5日", datetime(2026, 3, 5)),
    ],
)
def test_a_time_that_was_typed_is_never_dropped(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    ["2026-03-05 24:00", "2026-03-05 9:60", "2026-03-05 14", "2026-03-05 14:3", "2026-03-05T14:30+08:00", "14:30",
     "2026-02-30 09:00", "2026-03-05 下午2:30", "2026-W10-4"],
)  # fmt: skip
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_moment(text)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@given(st.dates(EARLIEST, date(2100, 1, 1)), st.integers(0, 36))
def test_months_later_is_so_many_months_off(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(1990, 12, 31), date(2026, 12, 30), 35),
        (date(1990, 12, 31), date(2026, 12, 31), 36),
        (date(2026, 3, 1), date(2026, 3, 1), 0),
    ],
)
def test_age_is_in_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@given(st.dates(EARLIEST, date(2026, 1, 1)), st.integers(1, 130))
@example(date(2008, 2, 29), 18)
def test_a_year_is_full_on_the_birthday_and_not_before(birth: date, years: int) -> None:
    on = months_later(birth, 12 * years)
    if on.day == birth.day:
        assert (age_on(birth, on), age_on(birth, on - timedelta(1))) == (years, years - 1)


@given(st.text(max_size=25))
def test_any_text_is_a_day_and_moment_or_refused(text: str) -> None:
    for read in (parse_day, parse_moment):
        try:
            read(text)
        except Refusal as refusal:
            assert str(refusal).endswith("。")
