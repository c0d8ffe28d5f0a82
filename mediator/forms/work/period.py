"""The period (起止日期) of a listing, and the cases whose day lies in it, its first and last day included."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false
from sqlalchemy.orm import QueryableAttribute

from mediator.forms import asks
from mediator.forms.asks import Ask
from mediator.forms.form import Sheet
from mediator.forms.words import day


def _last_month(sheet: Sheet) -> date:
    return (sheet.today.replace(day=1) - timedelta(days=1)).replace(day=1)


MONTH_SINCE = asks.day("since", "开始日期", sample="2026-04-01", start=_last_month)
MONTH_UNTIL = asks.day(
    "until", "截止日期", sample="2026-04-30", start=lambda sheet: sheet.today.replace(day=1) - timedelta(days=1)
)  # fmt: skip
"""Proposed: the month before."""
YEAR_SINCE = asks.day(
    "since", "开始日期", sample="2026-01-01", start=lambda sheet: sheet.today.replace(month=1, day=1)
)  # fmt: skip
YEAR_UNTIL = asks.day("until", "截止日期", sample="2026-05-20", start=lambda sheet: sheet.today)
"""Proposed: this year up to today."""


def within(
    when: ColumnElement[Any] | QueryableAttribute[Any],
    sheet: Sheet,
    since: Ask[date | None],
    until: Ask[date | None],
) -> ColumnElement[bool]:
    """That a day lies in the period asked for; no case fits a period that is not letters."""
    first, last = sheet.said(since), sheet.said(until)
    if first is None or last is None:
        return false()
    return and_(when >= first, when <= last)


def words(sheet: Sheet, since: Ask[date | None], until: Ask[date | None]) -> str:
    """2026年4月1日至2026年4月30日, with room to write."""
    return f"{day(sheet.said(since))}至{day(sheet.said(until))}"
