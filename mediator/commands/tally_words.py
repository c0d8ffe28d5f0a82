"""A counted table as lines of words, with tabs between: what ``mediator tally`` and ``mediator rollup`` print."""

from collections.abc import Iterator

from mediator.tallies.checks import Verdict
from mediator.tallies.figures import Figures, Item, difference, grown, items, quantity, signed, unit, written
from mediator.tallies.sayings import said


def lines(figures: Figures) -> Iterator[str]:
    """Whose table it is, a line for every item and rate, what is to be said of it, and the checks that hold."""
    tally = figures.tally
    yield f"{tally.table.title} {tally.reporter.name} {tally.period}（{tally.counted_by}）"
    yield "\t".join(_heads(figures))
    for item in items(tally):
        yield "\t".join(_cells(item, figures))
    yield from said(figures)
    for check in figures.checks:
        if check.verdict is Verdict.PASSED:
            yield f"{check.verdict.label}：{check.words}。"


def _heads(figures: Figures) -> Iterator[str]:
    yield from ("分组", "指标", "本期", "计量单位", *(["年度累计"] if figures.tally.year else []))
    for other in figures.others:
        yield from (other.label, "增减", other.change)


def _cells(item: Item, figures: Figures) -> Iterator[str]:
    tally = figures.tally
    yield from (item.group, item.label, written(item, quantity(item, tally.values)), unit(item))
    if tally.year:
        yield written(item, quantity(item, tally.so_far))
    for other in figures.others:
        yield written(item, quantity(item, other.values))
        yield signed(written(item, difference(item, tally.values, other.values)))
        yield grown(item, tally.values, other.values)
