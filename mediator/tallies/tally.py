"""One counted table (统计表 of an office for a period): its numbers, their checks, and the sum of several."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mediator.domain.calendar import in_words
from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.tallies.checks import Check, Judgement, Verdict
from mediator.tallies.table import Heading, Table, sums


@dataclass(frozen=True)
class Reporter:
    """填报单位: the office whose figures they are."""

    uid: str
    name: str
    region: str
    """行政区划代码, may be empty."""


@dataclass(frozen=True)
class Tally:
    """A table's numbers in whole units, by column name."""

    table: Table
    basis: Basis
    reporter: Reporter
    since: date
    until: date
    values: Mapping[str, int]
    extras: tuple[Heading, ...] = ()
    """Columns that only the newer program of a subordinate office knows; kept, shown and added."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """核实说明: what was written of a soft check that does not hold, by its sentence; they travel with the table."""
    year: date | None = None
    """The day on which the year of the period began, where the table has a column of the year so far (年度累计)."""
    so_far: Mapping[str, int] = field(default_factory=dict)
    """The same columns from that day to the end of the period."""

    @property
    def headings(self) -> list[Heading]:
        """Every column, an extra one at the end of its group."""
        found: list[Heading] = [*self.table.columns, *self.extras]
        groups = list(dict.fromkeys(heading.group for heading in found))
        return sorted(found, key=lambda heading: groups.index(heading.group))

    def definition(self, heading: Heading) -> str:
        """口径 of a column as one whole sentence; that of an extra column came whole."""
        return heading.definition if heading in self.extras else self.table.definition(heading, self.basis)

    def checks(self) -> list[Judgement]:
        """What every check within the table says, of the period and then of the year so far."""
        by_name = {heading.name: heading for heading in self.headings}
        checks: list[Check] = [*sums(self.headings), *self.table.limits]
        made = [check.judge(by_name, self.values) for check in checks]
        if not self.so_far:
            return made
        yearly = [check.judge(by_name, self.so_far) for check in checks]
        return made + [replace(one, words=f"年度累计：{one.words}", so_far=True) for one in yearly]

    def failures(self) -> list[str]:
        """The sentences of the checks that must hold and do not."""
        return [judgement.words for judgement in self.checks() if judgement.verdict is Verdict.FAILED]

    @property
    def period(self) -> str:
        """The period in words."""
        return f"{in_words(self.since)}至{in_words(self.until)}"


def check_period(since: date, until: date) -> None:
    """Refuse a period that ends before it begins."""
    if since > until:
        raise Refusal(f"报告期的开始日期 {since} 晚于结束日期 {until}，请改正。")


def add(tallies: Sequence[Tally], reporter: Reporter) -> Tally:
    """Sum the tables of several offices (汇总) for the office that rolls them up.

    Refusal if there are none, if they differ in table, basis or period, or if an office comes twice.
    """
    if not tallies:
        raise Refusal("没有可以汇总的统计表，请先接收下级上报包。")
    first = tallies[0]
    for tally in tallies:
        _refuse_unlike(tally, first)
    _refuse_twice(tally.reporter for tally in tallies)
    extras = {heading.name: heading for tally in tallies for heading in tally.extras}
    names = [*(column.name for column in first.table.columns), *extras]
    return Tally(
        first.table, first.basis, reporter, first.since, first.until,
        values=_added([tally.values for tally in tallies], names), extras=tuple(extras.values()),
        year=first.year, so_far=_added([tally.so_far for tally in tallies], names) if first.year else {},
    )  # fmt: skip


def _added(values: Sequence[Mapping[str, int]], names: Iterable[str]) -> dict[str, int]:
    return {name: sum(each.get(name, 0) for each in values) for name in names}


def _refuse_unlike(tally: Tally, first: Tally) -> None:
    office = f"“{tally.reporter.name}”"
    if tally.table.code != first.table.code or (tally.since, tally.until) != (first.since, first.until):
        raise Refusal(f"{office}的表或报告期与其他单位不同，不能相加，请只选同一报告期的同一张表。")
    if tally.table is not first.table:
        raise Refusal(f"{office}用的表式版本与其他单位不同，不能相加，请统一表式后重新上报。")
    if tally.basis is not first.basis:
        raise Refusal(f"{office}是{tally.basis.label}统计的，与其他单位不同，请统一口径后重新上报。")
    if tally.year != first.year:
        raise Refusal(f"{office}的年度累计起算日与其他单位不同，请统一“统计截止日”后重新上报。")


def _refuse_twice(reporters: Iterable[Reporter]) -> None:
    seen = set()
    for reporter in reporters:
        if reporter.uid in seen:
            raise Refusal(f"“{reporter.name}”在汇总里出现了两次，请只留最新的一份。")
        seen.add(reporter.uid)
