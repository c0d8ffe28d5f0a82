"""What a statistical table (统计表) is made of: columns with their definitions, and the checks between them.

Only whole units are counted and added (件, 人, 分); 万元 is made afterwards, for showing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from sqlalchemy import ColumnElement, SQLColumnExpression

from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal

SCOPES = {
    Basis.CONCLUDED: "调解结果日期在报告期内的案件",
    Basis.ACCEPTED: "受理日期在报告期内的案件（调解结果以统计之时为准）",
}
"""Which cases a table is about, in words; every definition begins with these."""


class Unit(Enum):
    """计量单位: what one of the number is."""

    CASES = "件"
    PEOPLE = "人"
    FEN = "分"

    @property
    def shown(self) -> str:
        """The unit people see: money is shown in 万元."""
        return "万元" if self is Unit.FEN else self.value


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

    def shown(self, value: int) -> str:
        """A value as people see it: 28738000000 分 are "28738.00" 万元."""
        if self.unit is not Unit.FEN:
            return str(value)
        return str((Decimal(value) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP))


@dataclass(frozen=True, eq=False, kw_only=True)
class Column(Heading):
    """指标: a heading and the typed expressions, over a case and its agreement, that count it."""

    where: ColumnElement[bool]
    measure: SQLColumnExpression[int | None] | None = None
    """What is summed over the cases; without it the cases themselves are counted."""


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
class Judgement:
    """What one check says of one table: a sentence with both numbers, and the verdict."""

    words: str
    verdict: Verdict


@dataclass(frozen=True)
class Sum:
    """合计等于分项之和."""

    total: str
    parts: tuple[str, ...]

    def judge(self, headings: Mapping[str, Heading], values: Mapping[str, int]) -> Judgement:
        """Compare the total with the sum of its parts."""
        total, parts = headings[self.total], [headings[name] for name in self.parts]
        found = sum(values[name] for name in self.parts)
        shown = "、".join(f"“{part.label}”" for part in parts)
        if len(parts) > 3:
            shown = f"“{parts[0].label}”至“{parts[-1].label}”{len(parts)} 项"
        holds = found == values[self.total]
        words = f"{_told(total, values)}{'等于' if holds else '不等于'}{shown}之和 {found} {total.unit.value}"
        return Judgement(words, Verdict.PASSED if holds else Verdict.FAILED)


@dataclass(frozen=True)
class AtMost:
    """一项不大于另一项; with a hint it only asks for a look where it does not hold."""

    smaller: str
    larger: str
    hint: str = ""

    def judge(self, headings: Mapping[str, Heading], values: Mapping[str, int]) -> Judgement:
        """Compare the two columns by their bare numbers."""
        pair = _told(headings[self.smaller], values), _told(headings[self.larger], values)
        if values[self.smaller] <= values[self.larger]:
            return Judgement(f"{pair[0]}不大于{pair[1]}", Verdict.PASSED)
        words = f"{pair[0]}大于{pair[1]}"
        return (
            Judgement(f"{words},{self.hint}", Verdict.DOUBTFUL)
            if self.hint
            else Judgement(words, Verdict.FAILED)
        )


def _told(heading: Heading, values: Mapping[str, int]) -> str:
    return f"“{heading.label}”{values[heading.name]} {heading.unit.value}"


def sums(headings: Iterable[Heading]) -> list[Sum]:
    """The control sums (合计核对) that follow from the headings: each group's parts make up their total."""
    families: dict[tuple[str, str], list[str]] = {}
    for heading in headings:
        if heading.part_of:
            families.setdefault((heading.group, heading.part_of), []).append(heading.name)
    return [Sum(total, tuple(names)) for (_, total), names in families.items()]


@dataclass(frozen=True, eq=False)
class Table:
    """统计表: one table an authority asks for."""

    code: str
    title: str
    edition: int
    """表式版本: rises when columns are added or mean something else; figures of two editions are never added."""
    valid_from: date
    columns: tuple[Column, ...]
    limits: tuple[AtMost, ...] = field(default=())

    def column(self, name: str) -> Column:
        """The column of that name; Refusal if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise Refusal(f"《{self.title}》里没有“{name[:40]}”这一项，请从表中选一项。")

    def definition(self, heading: Heading, basis: Basis) -> str:
        """口径 of a column as one whole sentence."""
        return f"{SCOPES[basis]}中，{heading.definition}"
