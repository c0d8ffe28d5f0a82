"""The periods (报告期) that are asked for again and again, a press each."""

from collections.abc import Callable
from datetime import date

from mediator.services.figures import month_before

Period = tuple[date, date]


def _this_month(today: date) -> Period:
    return today.replace(day=1), today


def _this_quarter(today: date) -> Period:
    return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), today


def _this_year(today: date) -> Period:
    return today.replace(month=1, day=1), today


def _last_year(today: date) -> Period:
    return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


PERIODS: dict[str, Callable[[date], Period]] = {
    "上月": month_before, "本月": _this_month, "本季度": _this_quarter, "本年": _this_year, "去年": _last_year,
}  # fmt: skip
"""The periods usually asked for; those not yet over end today."""
