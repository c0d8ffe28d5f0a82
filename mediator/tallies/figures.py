"""A table with what stands beside its figures: rates, the last period (上期) and the same period of last year (上年同期).

All of it is made after counting and adding, for showing: whole units in, 万元 and percent out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import groupby

from mediator.tallies.checks import Judgement, Verdict
from mediator.tallies.table import Heading, Rate, Unit
from mediator.tallies.tally import Tally

Item = Heading | Rate
"""What has a row or a column of its own: a column of the table, or a rate."""
Values = Mapping[str, int]

_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
NOTHING = "—"
"""Stands where there is no figure."""
STEADY = "持平"
"""Stands for a change where there was none."""
BEFORE, LAST_YEAR = "上期", "上年同期"
"""What the other periods are called, on screens and papers alike."""
CHANGES = {BEFORE: "环比", LAST_YEAR: "同比"}
"""What the change against each is called."""


@dataclass(frozen=True)
class Other:
    """对照: the figures of another period that may stand beside those of the table, and the words for them."""

    label: str
    change: str
    """环比 or 同比."""
    tally: Tally
    values: Values


@dataclass(frozen=True)
class Figures:
    """统计表连同核对和对照: a counted table, all that the checks say of it, and perhaps other periods beside it."""

    tally: Tally
    checks: tuple[Judgement, ...]
    """All that the checks say, those across tables too."""
    before: Tally | None = None
    """上期."""
    last_year: Tally | None = None
    """上年同期."""
    remarks: tuple[str, ...] = ()
    """What is to be said of the comparison: sentences."""

    @property
    def alone(self) -> "Figures":
        """The same with nothing beside it."""
        return Figures(self.tally, self.checks)

    @cached_property
    def others(self) -> list[Other]:
        """The periods beside it that there are."""
        named = ((BEFORE, self.before), (LAST_YEAR, self.last_year))
        return [
            Other(label, CHANGES[label], tally, comparable(self.tally, tally))
            for label, tally in named
            if tally is not None
        ]

    @property
    def troubles(self) -> list[Judgement]:
        """The checks that do not hold."""
        return [judgement for judgement in self.checks if judgement.verdict is not Verdict.PASSED]


def by_itself(total: Tally) -> Figures:
    """A table with only the checks within it, as a sum (汇总) has them: there are no other tables to hold it against."""
    return Figures(total, tuple(total.checks()))


def comparable(tally: Tally, other: Tally) -> dict[str, int]:
    """The figures of another period that may stand beside these: of another edition or 口径 only what is defined alike."""
    alike = (tally.table.edition, tally.basis) == (other.table.edition, other.basis)
    theirs = {heading.name: heading for heading in other.headings}
    found = {}
    for heading in tally.headings:
        match = theirs.get(heading.name)
        if match is None or match.unit is not heading.unit:
            continue
        if alike or other.definition(match) == tally.definition(heading):
            found[heading.name] = other.values[heading.name]
    return found


def items(tally: Tally) -> list[Item]:
    """The columns in the order of the form; a rate stands in its group behind what it is the rate of."""
    headings = tally.headings
    names = {heading.name for heading in headings}
    rates = [rate for rate in tally.table.rates if {rate.top, rate.bottom} <= names]
    found: list[Item] = []
    for group, members in groupby(headings, lambda heading: heading.group):
        mine = [rate for rate in rates if rate.group == group]
        for heading in members:
            found.append(heading)
            found += [rate for rate in mine if rate.top == heading.name]
        found += [rate for rate in mine if rate not in found]
    return found + [replace(rate, group="比率") for rate in rates if rate not in found]


def unit(item: Item) -> str:
    """The unit of what is shown."""
    return "%" if isinstance(item, Rate) else item.unit.shown


def meaning(tally: Tally, item: Item) -> str:
    """口径 of a column or a rate as one sentence."""
    return tally.definition(item) if isinstance(item, Heading) else share_of(item, tally.headings)


def share_of(rate: Rate, headings: Iterable[Heading]) -> str:
    """口径 of a rate as one sentence."""
    labels = {heading.name: heading.label for heading in headings}
    return f"“{labels[rate.top]}”占“{labels[rate.bottom]}”的百分比；相加以后再算，不能相加。"


def quantity(item: Item, values: Values) -> Decimal | None:
    """A figure in the unit it is shown in: 万元 not rounded yet, percent with one decimal; None where there is none."""
    if isinstance(item, Heading):
        value = values.get(item.name)
        money = 1_000_000 if item.unit is Unit.FEN else 1
        return None if value is None else Decimal(value) / money
    top, bottom = values.get(item.top), values.get(item.bottom)
    if top is None or not bottom:
        return None
    return (Decimal(top) * 100 / bottom).quantize(_TENTH, ROUND_HALF_UP)


def difference(item: Item, now: Values, was: Values) -> Decimal | None:
    """增减 in the unit shown; of a rate in percentage points (百分点), between the rates as they are printed."""
    new, old = quantity(item, now), quantity(item, was)
    return None if new is None or old is None else new - old


def percent(item: Item, now: Values, was: Values) -> Decimal | None:
    """增减 as a share of what it was, with one decimal; None for a rate, and where there was nothing."""
    new, old = quantity(item, now), quantity(item, was)
    if isinstance(item, Rate) or new is None or not old:
        return None
    return ((new - old) * 100 / old).quantize(_TENTH, ROUND_HALF_UP)


def grown(item: Item, now: Values, was: Values) -> str:
    """环比 or 同比 in words: +12.5%, 持平, or a dash where there is nothing to compare with."""
    if difference(item, now, was) == 0:
        return STEADY
    share = percent(item, now, was)
    return NOTHING if share is None else f"{signed(str(share))}%"


def written(item: Item, number: Decimal | None) -> str:
    """A figure in words, without its unit: 12, 28738.00 or 96.9."""
    if number is None:
        return NOTHING
    if isinstance(item, Rate):
        return str(number)
    return str(number.quantize(_HUNDREDTH, ROUND_HALF_UP) + 0 if item.unit is Unit.FEN else number)


def signed(words: str) -> str:
    """A difference with its sign: +5, -3, 0."""
    return words if words == NOTHING or Decimal(words) <= 0 else f"+{words}"
