"""The charts of a report (研判报告); none where there is nothing to draw."""

from collections.abc import Iterator, Sequence

from mediator.paper.blocks import Chart
from mediator.services.analysis_facts import Facts
from mediator.services.analysis_words import View
from mediator.tallies.table import Heading

_LINES = ("total", "settled")


def trend(facts: Facts) -> Iterator[Chart]:
    """Cases and settled cases of the last periods (趋势)."""
    called = {heading.name: heading.label for heading in facts.cases.figures.tally.headings}
    tallies = [tally for _, tally in facts.trend]
    lines = [name for name in _LINES if all(name in tally.values for tally in tallies)]
    if len(tallies) > 1 and lines:
        series = tuple((called[name], tuple(tally.values[name] for tally in tallies)) for name in lines)
        labels = _labels([name for name, _ in facts.trend])
        yield Chart("line", "各期调解案件数和调解成功数", labels, series, "件")


def _labels(names: list[str]) -> tuple[str, ...]:
    """The names of periods, the year only where it begins."""
    years = [name.partition("年")[0] for name in names]
    rest = [name.partition("年")[2] for name in names]
    same = [place > 0 and years[place - 1] == year for place, year in enumerate(years)]
    return tuple(rest[n] if same[n] and rest[n] else name for n, name in enumerate(names))


def kinds(facts: Facts, headings: Sequence[Heading]) -> Iterator[Chart]:
    """The kinds that there were, the most frequent first, beside the last period."""
    view = facts.cases
    periods = [(facts.now, view.figures.tally.values), *((whose, o.values) for whose, o in view.others[:1])]
    there = [h for h in headings if any(values.get(h.name) for _, values in periods)]
    there.sort(key=lambda heading: -view.value(heading.name))
    if there:
        labels = tuple(heading.label for heading in there)
        series = tuple((name, tuple(values.get(h.name, 0) for h in there)) for name, values in periods)
        yield Chart("bars", "各类纠纷件数", labels, series, "件")


def shares(view: View, title: str, headings: Sequence[Heading]) -> Iterator[Chart]:
    """What a whole is made of (构成)."""
    values = tuple(view.value(heading.name) for heading in headings)
    if any(values):
        yield Chart("share", title, tuple(heading.label for heading in headings), ((title, values),), "件")
