"""What a practice office keeps besides its cases: screenings (排查) and the price list (补贴标准)."""

from collections.abc import Sequence
from datetime import date, timedelta

from mediator.domain.figures import Price, Screening
from mediator.services.practice.chance import Chance
from mediator.services.practice.names import STREETS, VILLAGES
from mediator.services.practice.phrases import SCREENED, SCREENED_CALM, SCREENED_CALMED
from mediator.services.practice.rows import Row, Sheet
from mediator.services.practice.shares import CALMED, FOUND, PRICES, SCREENINGS

_FEWEST_A_YEAR = 12
_TOGETHER = 3
"""Every so many is one held together on orders from above (集中排查)."""


def screen(chance: Chance, sheet: Sheet, staff: Sequence[Row], cases: int, since: date, until: date) -> None:
    """Screenings over a span of days, as many as go with so many cases, one a month at the least."""
    span = (until - since).days + 1
    times = max(round(cases * SCREENINGS), span * _FEWEST_A_YEAR // 365, 1)
    days = sorted(since + timedelta(int(chance.random() * span)) for _ in range(times))
    for n, day in enumerate(days):
        here = [row["name"] for row in in_office(staff, day)]
        found = FOUND[int(chance.random() * len(FOUND))]
        calmed = sum(chance.odds(CALMED) for _ in range(found))
        sheet.add(
            Screening, screened_on=day, area=_area(chance), people=f"{chance.one(here)}、网格员",
            concentrated=n % _TOGETHER == 0, visited=None if chance.odds(0.1) else chance.number(8, 60), found=found, prevented=calmed,
            note=_told(found, calmed),
        )  # fmt: skip


def in_office(staff: Sequence[Row], day: date, days: int = 0) -> list[Row]:
    """Those of the staff who had been appointed by a day and stay for some days more."""
    gone = day + timedelta(days)
    came = [row for row in staff if row["started_on"] is None or row["started_on"] <= day]
    return [row for row in came if row["left_on"] is None or row["left_on"] > gone]


def price(sheet: Sheet, since: date) -> None:
    """The price list in force from the year of a day on."""
    for level, (settled, unsettled) in PRICES.items():
        sheet.add(
            Price, level=level, valid_from=since.replace(month=1, day=1), settled=settled * 100,
            unsettled=None if unsettled is None else unsettled * 100,
        )  # fmt: skip


def _told(found: int, calmed: int) -> str:
    if not found:
        return SCREENED_CALM
    return (SCREENED_CALMED if calmed == found else SCREENED).format(found=found, calmed=calmed)


def _area(chance: Chance) -> str:
    if chance.odds(0.3):
        return f"{chance.one(VILLAGES)}{chance.number(1, 12)}组"
    first = chance.number(1, 240)
    return f"{chance.one(STREETS)}{first}号至{first + chance.number(10, 60)}号"
