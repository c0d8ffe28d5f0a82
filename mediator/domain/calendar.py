"""Days (日期): read as people write them, written as papers show them, counted as the law counts them."""

import calendar
import re
from datetime import date, datetime, time

from mediator.domain.errors import Refusal
from mediator.domain.wording import half_width

_DAY = r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?"
_SHAPE = re.compile(rf"{_DAY}(?:\s+[\d:]+)?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = r"(?P<hour>\d{1,2})(?::|时|点)(?:(?P<minute>\d{2})分?)?(?::\d{2}(?:\.\d+)?)?"
_MOMENT = re.compile(rf"(?P<day>{_DAY}|\d{{8}})(?:(?:\s+|T|(?<=[日号])){_TIME})?")
EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


def parse_day(text: str) -> date:
    """Read a day such as 2026.1.4, 2026/1/4, 2026-01-04, 2026年1月4日 or 20260104; Refusal if there is none."""
    plain = half_width(text).strip()
    match = _SHAPE.fullmatch(plain) or _PLAIN.fullmatch(plain)
    if match:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            raise Refusal(f"日期“{plain[:30]}”在日历上没有，请核对。") from None
        if EARLIEST <= day <= LATEST:
            return day
    raise Refusal(f"日期“{plain[:30]}”看不懂，请写成 2026-01-31 这样。")


def parse_moment(text: str) -> datetime:
    """Read a day and time (2026-03-05 14:30, 2026年3月5日9时, ISO 8601), to the minute; midnight if there is no time."""
    plain = half_width(text).strip()
    match = _MOMENT.fullmatch(plain)
    if not match:
        raise Refusal(f"时间“{plain[:30]}”看不懂，请写成 2026-01-31 14:30 这样。")
    try:
        at = time(int(match["hour"] or 0), int(match["minute"] or 0))
    except ValueError:
        raise Refusal(f"时间“{plain[:30]}”在钟表上没有，请核对。") from None
    return datetime.combine(parse_day(match["day"]), at)


def in_words(day: date) -> str:
    """Write a day as papers do: 2026年1月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last day of the month where that day does not exist (民法典 第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def age_on(birth: date, day: date) -> int:
    """Full years of age (周岁) on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
