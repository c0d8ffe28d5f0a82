"""One counted table (统计表 of an office for a period): its numbers, their checks, and the sum of several."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mediator.domain.calendar import in_words
from mediator.domain.codes import Basis
from mediator.domain.errors import Refusal
from mediator.tallies.checks import Check, Judgement, Verdict
from mediator.tallies.table import Heading, Table, sums

OPEN = "未结账，案件再有改动，数字还会变。"
"""结账情况 of what was counted just now."""


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
    gaps: tuple[str, ...] = ()
    """缺项: sentences on the offices in a sum whose tables came without some of its columns; these are never taken for 0."""
    standing: str = field(default=OPEN, compare=False)
    """结账情况: whether the figures are closed, when and by whom, one sentence; empty where nobody here knows it."""
    check_code: str = field(default="", compare=False)
    """审计记录校验码 of the moment it was closed, a line of its papers."""

    @property
    def headings(self) -> list[Heading]:
        """Every column it has, an extra one at the end of its group."""
        found: list[Heading] = [
            *(column for column in self.table.columns if column.name in self.values),
            *self.extras,
        ]
        groups = list(dict.fromkeys(heading.group for heading in found))
        return sorted(found, key=lambda heading: groups.index(heading.group))

    @property
    def lacking(self) -> list[Heading]:
        """The columns of the table that it came without: classes of a code list that have come since it was made."""
        return [column for column in self.table.columns if column.name not in self.values]

    def definition(self, heading: Heading) -> str:
        """口径 of a column as one whole sentence; that of an extra column came whole."""
        return heading.definition if heading in self.extras else self.table.definition(heading, self.basis)

    @property
    def is_zero(self) -> bool:
        """Whether nothing was counted at all (零报告); that too is a signed record."""
        return not any(self.values.values())

    def checks(self) -> list[Judgement]:
        """What every check of columns it has says, of the period and then of the year so far."""
        by_name = {heading.name: heading for heading in self.headings}
        every: list[Check] = [*sums(self.headings), *self.table.limits]
        checks = [check for check in every if {name for side in check.sides for name in side} <= set(by_name)]
        made = [check.judge(by_name, self.values) for check in checks]
        if not self.so_far:
            return made
        yearly = [check.judge(by_name, self.so_far) for check in checks]
        return made + [replace(one, words=f"年度累计：{one.words}", so_far=True) for one in yearly]

    def failures(self) -> list[str]:
        """The sentences of the checks that must hold and do not."""
        return [judgement.words for judgement in self.checks() if judgement.verdict is Verdict.FAILED]

    @property
    def counted_by(self) -> str:
        """By which day it counts (统计口径) in words; where that is not one for all, each column says it."""
        return f"{self.basis.label}统计" if self.table.by_basis else "口径见各项"

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
    headings: list[Heading] = [*first.table.columns, *extras.values()]
    return Tally(
        first.table, first.basis, reporter, first.since, first.until,
        values=_added([tally.values for tally in tallies], headings), extras=tuple(extras.values()),
        year=first.year, so_far=_added([tally.so_far for tally in tallies], headings) if first.year else {},
        gaps=tuple(_gaps(tallies, headings)), notes=dict(_noted(tallies)),
        standing=f"由 {len(tallies)} 个单位的统计表相加得出。",
    )  # fmt: skip


def told_apart(tallies: Sequence[Tally]) -> list[str]:
    """The names of the offices (填报单位); offices of one name each with its region code, or with the start of its identity."""
    reporters = [tally.reporter for tally in tallies]
    alike = Counter(reporter.name for reporter in reporters)
    regions = Counter((reporter.name, reporter.region) for reporter in reporters)
    return [
        reporter.name if alike[reporter.name] == 1
        else f"{reporter.name}（{reporter.region}）" if reporter.region and regions[reporter.name, reporter.region] == 1
        else f"{reporter.name}（标识 {reporter.uid[:8]}）"
        for reporter in reporters
    ]  # fmt: skip


def _added(values: Sequence[Mapping[str, int]], headings: Iterable[Heading]) -> dict[str, int]:
    """The sums of the columns that at least one of them has."""
    found = {
        heading.name: [each[heading.name] for each in values if heading.name in each] for heading in headings
    }
    return {name: sum(numbers) for name, numbers in found.items() if numbers}


def _noted(tallies: Sequence[Tally]) -> Iterator[tuple[str, str]]:
    """The explanations that came with the tables, each with the name of its office."""
    for name, tally in zip(told_apart(tallies), tallies, strict=True):
        yield from ((f"“{name}”的表：{words}", note) for words, note in tally.notes.items())


def _gaps(tallies: Sequence[Tally], headings: Iterable[Heading]) -> Iterator[str]:
    """Which offices came without which columns, those that lack the same told together."""
    alike: dict[tuple[str, ...], list[str]] = {}
    named = list(zip(told_apart(tallies), tallies, strict=True))
    for heading in headings:
        names = tuple(name for name, tally in named if heading.name not in tally.values)
        alike.setdefault(names, []).append(heading.label)
    for names, labels in alike.items():
        if names:
            yield f"“{'”、“'.join(names)}”的表里没有“{'”、“'.join(labels)}”，这些项的合计不含上述单位。"


def _refuse_unlike(tally: Tally, first: Tally) -> None:
    office = f"“{tally.reporter.name}”"
    if tally.table.code != first.table.code or (tally.since, tally.until) != (first.since, first.until):
        raise Refusal(f"{office}的表或报告期与其他单位不同，不能相加，请只选同一报告期的同一张表。")
    if tally.table is not first.table:
        raise Refusal(f"{office}用的表式版本与其他单位不同，不能相加，请统一表式后重新上报。")
    if tally.table.by_basis and tally.basis is not first.basis:
        raise Refusal(f"{office}是{tally.basis.label}统计的，与其他单位不同，请统一口径后重新上报。")
    if tally.year != first.year:
        raise Refusal(f"{office}的年度累计起算日与其他单位不同，请统一“统计截止日”后重新上报。")


def _refuse_twice(reporters: Iterable[Reporter]) -> None:
    seen = set()
    for reporter in reporters:
        if reporter.uid in seen:
            raise Refusal(f"“{reporter.name}”在汇总里出现了两次，请只留最新的一份。")
        seen.add(reporter.uid)
