"""What a statistical table (统计表) is made of: columns with their definitions, rates, and the checks that go with it.

Only whole units are counted and added (件, 人, 分); 万元 and rates are made afterwards, for showing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from sqlalchemy import ColumnElement, SQLColumnExpression

from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.tallies.checks import Check, Cross, Judgement, Sum, Verdict
from mediator.tallies.population import CASES, Population, Scope

__all__ = ["Column", "Heading", "Judgement", "Rate", "Table", "Unit", "Verdict", "sums"]


class Unit(Enum):
    """计量单位: what one of the number is."""

    CASES = "件"
    PEOPLE = "人"
    TIMES = "次"
    PLACES = "个"
    FEN = "分"

    @property
    def shown(self) -> str:
        """The unit people see: money is shown in 万元."""
        return "万元" if self is Unit.FEN else self.value


_HOW_MANY = tuple(f"{unit.value}数" for unit in Unit)
"""件数, 人数 …: so begins the definition of a column that counts all there are in its scope."""


@dataclass(frozen=True)
class Heading:
    """What is known of a column in words; all there is of a column that only a newer program can count."""

    name: str
    """Stays the same for ever; never shown."""
    label: str
    group: str
    unit: Unit
    definition: str
    """口径: which cases count, as the rest of a sentence that begins with the scope of the table."""
    part_of: str = ""
    """The column that this one and its fellows in the group add up to."""

    def told(self, value: int) -> str:
        """A value and its unit in a sentence, exact: 869 件; 150 分 are "1.50 元"."""
        if self.unit is not Unit.FEN:
            return f"{value} {self.unit.value}"
        return f"{value // 100}.{value % 100:02d} 元"

    def shown(self, value: int) -> str:
        """A value as people see it: 28738000000 分 are "28738.00" 万元."""
        if self.unit is not Unit.FEN:
            return str(value)
        return str((Decimal(value) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP))


@dataclass(frozen=True, eq=False, kw_only=True)
class Column(Heading):
    """指标: a heading and the typed expressions, over what is counted, that count it."""

    where: ColumnElement[bool]
    measure: SQLColumnExpression[int | None] | None = None
    """What is by_itself over them; without it they themselves are counted."""
    of: Population = CASES
    """What is counted: cases, unless it says otherwise."""
    scope: Scope = Scope.PERIOD
    """Which of them belong to a period."""

    @property
    def opens_cases(self) -> bool:
        """Whether what stands behind the number are cases, to be shown as a list of cases."""
        return self.of is CASES


@dataclass(frozen=True)
class Rate:
    """比率: one column as a share of another, made after counting and adding and never added itself."""

    name: str
    label: str
    top: str
    bottom: str
    group: str = ""

    def shown(self, values: Mapping[str, int]) -> str:
        """96.9%, or a dash where there is nothing to divide by."""
        if not values[self.bottom]:
            return "—"
        share = Decimal(values[self.top]) * 100 / values[self.bottom]
        return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def sums(headings: Iterable[Heading]) -> list[Sum]:
    """The control sums (合计核对) that follow from the headings: each group's parts make up their total."""
    families: dict[tuple[str, str], list[str]] = {}
    for heading in headings:
        if heading.part_of:
            families.setdefault((heading.group, heading.part_of), []).append(heading.name)
    return [Sum(total, tuple(names)) for (_, total), names in families.items()]


@dataclass(frozen=True, eq=False)
class Table:
    """统计表: one edition of a table an authority asks for."""

    code: str
    title: str
    edition: int
    """表式版本: rises when columns are added or mean something else; figures of two editions are never added."""
    valid_from: date
    """The first day on which a period of this edition may end; the edition after it says till when (``register.validity``)."""
    columns: tuple[Column, ...]
    limits: tuple[Check, ...] = field(default=())
    """The checks within the table that do not follow from its headings."""
    rates: tuple[Rate, ...] = field(default=())
    authority: str = "司法行政机关"
    """Who asks for it."""
    yearly: bool = False
    """Whether a column of the year so far (年度累计) stands beside the figures of the period."""
    cross: tuple[Cross, ...] = field(default=())
    """The checks with other tables and with the last period."""

    def column(self, name: str) -> Column:
        """The column of that name; Refusal if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise Refusal(f"《{self.title}》里没有“{name[:40]}”这一项，请从表中选一项。")

    def definition(self, heading: Heading, basis: Basis) -> str:
        """口径 of a column as one whole sentence."""
        if not isinstance(heading, Column):
            return heading.definition
        words = heading.of.words[heading.scope if heading.scope is not Scope.PERIOD else basis]
        if not heading.definition.startswith(_HOW_MANY):
            return f"{words}中，{heading.definition}"
        return f"{words}{'的' if words.endswith('）') else ''}{heading.definition}"

    @property
    def by_basis(self) -> bool:
        """Whether the day the office chose (统计口径) decides what is counted; also where the columns are not known any more."""
        mine = (column.of is CASES and column.scope is Scope.PERIOD for column in self.columns)
        return not self.columns or any(mine)
