"""Checks (核对): what must hold within a table, between the tables of a period, and from one period to the next.

A check without a hint is 强制性: the table cannot be reported before it holds. One with a hint is 核实性: it may stand with a
written explanation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from mediator.domain.codes import Basis

if TYPE_CHECKING:
    from mediator.tallies.table import Heading


class Verdict(Enum):
    """审核结论 of one check."""

    PASSED = "passed"
    DOUBTFUL = "doubtful"
    """核实性: may stand, but wants a look."""
    FAILED = "failed"
    """强制性: the table cannot be reported."""

    @property
    def label(self) -> str:
        """The word people see."""
        return {"passed": "相符", "doubtful": "请核实", "failed": "不符"}[self.value]


@dataclass(frozen=True)
class Against:
    """What a check across compares with: a column of a table for a period, as it was closed or as it is while open."""

    table: str
    column: str
    since: date
    until: date


@dataclass(frozen=True)
class Judgement:
    """What one check says of one table: a sentence with both numbers, and the verdict."""

    words: str
    verdict: Verdict
    columns: tuple[str, ...] = ()
    """The columns of this table it speaks of, so that the cases in question can be opened."""
    check: "Check | Cross | Adds | None" = None
    so_far: bool = False
    """Whether it speaks of the year so far (年度累计) and not of the period."""
    against: tuple[Against, ...] = ()
    """Of a check across: what the first of these columns is compared with, the earliest first."""


Headings = Mapping[str, "Heading"]
Values = Mapping[str, int]
Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""The columns added up on either side of a comparison."""


@dataclass(frozen=True)
class Sum:
    """合计等于分项之和."""

    total: str
    parts: tuple[str, ...]

    @property
    def sides(self) -> Sides:
        """The total against its parts."""
        return (self.total,), self.parts

    def judge(self, headings: Headings, values: Values) -> Judgement:
        """Compare the total with the sum of its parts."""
        total, parts = headings[self.total], [headings[name] for name in self.parts]
        found = sum(values[name] for name in self.parts)
        shown = "、".join(f"“{part.label}”" for part in parts)
        if len(parts) > 3:
            shown = f"“{parts[0].label}”至“{parts[-1].label}”{len(parts)} 项"
        holds = found == values[self.total]
        words = f"{told(total, values)}{equals(holds)}{shown}之和 {total.told(found)}"
        return judged(self, (self.total, *self.parts), words, holds)


@dataclass(frozen=True)
class AtMost:
    """一项不大于另一项."""

    smaller: str
    larger: str
    hint: str = ""

    @property
    def sides(self) -> Sides:
        """The smaller against the larger."""
        return (self.smaller,), (self.larger,)

    def judge(self, headings: Headings, values: Values) -> Judgement:
        """Compare the two columns by their bare numbers."""
        smaller, larger = (told(headings[name], values) for name in (self.smaller, self.larger))
        holds = values[self.smaller] <= values[self.larger]
        words = f"{smaller}{at_most(holds)}{larger}"
        return judged(self, (self.smaller, self.larger), words, holds, self.hint)


@dataclass(frozen=True)
class StockFlow:
    """期初加本期增加等于本期减少加期末 (上期接转 + 本期受理 = 本期办结 + 期末未结)."""

    opening: str
    inflow: str
    outflow: str
    closing: str

    @property
    def sides(self) -> Sides:
        """What was there and came in against what went out and is left."""
        return (self.opening, self.inflow), (self.outflow, self.closing)

    def judge(self, headings: Headings, values: Values) -> Judgement:
        """Compare what was there and came in with what went out and is left."""
        had, went = ("加".join(told(headings[name], values) for name in side) for side in self.sides)
        holds = values[self.opening] + values[self.inflow] == values[self.outflow] + values[self.closing]
        columns = (self.opening, self.inflow, self.outflow, self.closing)
        return judged(self, columns, f"{had}{equals(holds)}{went}", holds)


@dataclass(frozen=True)
class Between:
    """表间核对: a column equals, or is at most, one of another table of the same office for the same period."""

    table: str
    column: str
    own: str
    hint: str = ""
    basis: Basis | None = None
    """The 统计口径 under which it holds; None: under either."""
    at_most: bool = False
    """Whether its own number may also be less."""


@dataclass(frozen=True)
class Continues:
    """上下期衔接: what was left at the end of the last period is what this one begins with."""

    closing: str
    opening: str
    hint: str = ""


@dataclass(frozen=True)
class Adds:
    """长短期衔接: a period is the sum of the closed ones it is made of, and the year so far of those before it and itself."""

    hint: str


Check = Sum | AtMost | StockFlow
"""表内核对: a check between columns of one table."""
Cross = Between | Continues
"""A check between two tables; ``across`` makes it."""


def judged(
    check: Check | Cross | Adds, columns: tuple[str, ...], words: str, holds: bool, hint: str = "", *,
    so_far: bool = False, against: tuple[Against, ...] = (),
) -> Judgement:  # fmt: skip
    """The judgement on a check: with a hint, one that does not hold is only doubtful."""
    if holds:
        verdict = Verdict.PASSED
    else:
        verdict, words = (Verdict.DOUBTFUL, f"{words}，{hint}") if hint else (Verdict.FAILED, words)
    return Judgement(words, verdict, columns, check, so_far, against)


def told(heading: "Heading", values: Values) -> str:
    """A column and its number in words."""
    return f"“{heading.label}”{heading.told(values[heading.name])}"


def at_most(holds: bool) -> str:
    """不大于 or 大于."""
    return "不大于" if holds else "大于"


def at_least(holds: bool) -> str:
    """不小于 or 小于."""
    return "不小于" if holds else "小于"


def equals(holds: bool) -> str:
    """等于 or 不等于."""
    return "等于" if holds else "不等于"
