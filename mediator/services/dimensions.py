"""What cases can be divided and counted by (统计维度, 统计量) in a table of one's own; each a typed expression with its words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import Code, Kind, Level, Outcome, Performance, Referrer, Source, Stage
from mediator.domain.errors import Refusal
from mediator.services.leading import lead_name
from mediator.tallies.shared import IS_SETTLED

EMPTY = "未填"
_BLANKS = " \u3000"
_DIGITS = f"0123456789０１２３４５６７８９{_BLANKS}"


@dataclass(frozen=True)
class Dimension:
    """维度: something that puts each case into one class and no more."""

    code: str
    label: str
    of: Callable[[int | None], SQLColumnExpression[Any]]
    """The expression; it is given the office's cut-off day."""
    codes: type[Code] | None = None
    """The list the classes come from; without one they are those that are found."""
    words: Callable[[str], str] = str
    """A class in words."""

    def called(self, key: str) -> str:
        """The name of a class; a case that has none is 未填."""
        if not key:
            return EMPTY
        if self.codes is None:
            return self.words(key)
        return next((entry.label for entry in self.codes if entry.value == key), key)

    def keys(self, found: Iterable[str]) -> list[str]:
        """The classes to show, never by their numbers: all of a code list in its order, others by name; 未填 last."""
        there = set(found)
        listed = [str(entry.value) for entry in self.codes] if self.codes else sorted(there - {""})
        offered = {str(entry.value) for entry in self.codes.offered()} if self.codes else there
        return [key for key in listed if key in offered | there] + ([""] if "" in there else [])

    def within(self, keys: Iterable[str], cut_off: int | None) -> ColumnElement[bool]:
        """That a case is in one of some classes."""
        expression, chosen = self.of(cut_off), set(keys)
        if self.codes is None:
            return func.coalesce(expression, "").in_(sorted(chosen))
        named = expression.in_([entry for entry in self.codes if entry.value in chosen])
        return or_(named, expression.is_(None)) if "" in chosen else named


class Measure(Enum):
    """统计量: what is counted."""

    CASES = "cases"
    PEOPLE = "people"
    AMOUNT = "amount"

    @property
    def label(self) -> str:
        """The words people see, with the unit."""
        return {"cases": "件数（件）", "people": "涉及当事人数（人）", "amount": "协议涉及金额（元）"}[
            self.value
        ]

    @property
    def expression(self) -> ColumnElement[int]:
        """What is added up; money in 分, of settled cases only."""
        if self is Measure.CASES:
            return func.count()
        if self is Measure.PEOPLE:
            return func.coalesce(func.sum(Case.headcount), 0)
        return func.coalesce(func.sum(case((IS_SETTLED, Agreement.amount))), 0)


def key_of(value: object) -> str:
    """A class as it is kept: the stored code, or the words."""
    return "" if value is None else str(value.value if isinstance(value, Code) else value)


def dimension(code: str) -> Dimension:
    """The dimension with that code; Refusal names those there are."""
    for one in DIMENSIONS:
        if one.code == code:
            return one
    known = "、".join(f"{one.code}（{one.label}）" for one in DIMENSIONS)
    raise Refusal(f"没有“{code[:40]}”这个统计维度，可选的有：{known}。")


def _by_code(code: str, label: str, attribute: InstrumentedAttribute[Any], codes: type[Code]) -> Dimension:
    return Dimension(code, label, lambda cut_off: attribute, codes)


def _month(day: InstrumentedAttribute[Any]) -> Callable[[int | None], SQLColumnExpression[Any]]:
    """The month that counts a day: with a cut-off, the days after it belong to the next one."""

    def month(cut_off: int | None) -> SQLColumnExpression[Any]:
        if not cut_off:
            return func.strftime("%Y-%m", day)
        return func.strftime("%Y-%m", day, f"-{cut_off} days", "start of month", "+1 month")

    return month


def _month_words(key: str) -> str:
    return f"{key[:4]}年{int(key[5:])}月"


def _place(cut_off: int | None) -> SQLColumnExpression[Any]:
    """The name of the place up to its first number or blank: 滨江路 12 号 3 栋 is 滨江路.

    A number it begins with is part of the name: 8 号楼 2 单元 is 8 号楼.
    """
    place = func.ltrim(Case.occurred_place, _BLANKS)
    name = func.ltrim(place, _DIGITS)
    first = func.min(*(func.instr(name + sign, sign) for sign in _DIGITS))
    return func.substr(place, 1, func.length(place) - func.length(name) + first - 1)


DIMENSIONS: tuple[Dimension, ...] = (
    _by_code("kind", "纠纷类型", Case.kind, Kind),
    _by_code("source", "案件来源", Case.source, Source),
    _by_code("referrer", "委托移送单位", Case.referrer, Referrer),
    _by_code("outcome", "调解结果", Case.outcome, Outcome),
    _by_code("level", "难易程度", Case.level, Level),
    _by_code("stage", "办理阶段", Case.stage, Stage),
    _by_code("performance", "协议履行情况", Agreement.performance, Performance),
    Dimension("concluded_month", "结果月份", _month(Case.concluded_on), words=_month_words),
    Dimension("accepted_month", "受理月份", _month(Case.accepted_on), words=_month_words),
    Dimension("mediator", "主持调解员", lambda cut_off: lead_name()),
    Dimension("place", "发生地点（到门牌号为止）", _place),
)
