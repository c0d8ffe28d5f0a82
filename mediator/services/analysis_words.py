"""The sentences of a report (研判报告): figures and how they changed, right for none, one, as many as before, and no figures before.

A table that was closed has the columns of its day: of one that came later nothing is said.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mediator.tallies.figures import Figures, Item, Other, difference, items, percent, quantity, unit, written
from mediator.tallies.table import Heading, Rate

_FEW = 3
"""Names that are told one by one where several come out the same."""


@dataclass(frozen=True)
class View:
    """A table as the report speaks of it: its figures, and how its periods are called."""

    figures: Figures
    called: dict[str, str]
    """上期 is 上月 of a month; what is not named here is not spoken of."""

    @cached_property
    def items(self) -> dict[str, Item]:
        """Columns and rates by name."""
        return {item.name: item for item in items(self.figures.tally)}

    @cached_property
    def others(self) -> list[tuple[str, Other]]:
        """The periods to compare with, by the words for them."""
        return [(self.called[o.label], o) for o in self.figures.others if o.label in self.called]

    def value(self, name: str) -> int:
        """A figure in whole units; 0 also where the table has no such column."""
        return self.figures.tally.values.get(name, 0)

    def none(self, name: str) -> bool:
        """Whether the table has the column, and there was nothing."""
        return self.figures.tally.values.get(name) == 0


def number(view: View, name: str) -> str:
    """A figure with its unit: 35 件, 96.9%; a rate of nothing is a dash."""
    item = view.items[name]
    words = written(item, quantity(item, view.figures.tally.values))
    return f"{words}%" if isinstance(item, Rate) else f"{words} {unit(item)}"


def told(view: View, name: str) -> str:
    """A figure and how it changed: 35 件，比上月增加 5 件、上升 16.7%，与上年同期持平."""
    return "，".join((number(view, name), *changes(view, name)))


def part(view: View, words: str, name: str, tell: Callable[[View, str], str] = told) -> str:
    """A figure with the words before it; empty where the table does not have it."""
    space = "" if words.endswith("）") else " "
    return f"{words}{space}{tell(view, name)}" if name in view.items else ""


def joined(*parts: str, between: str = "；") -> str:
    """The parts that there are, as one."""
    return between.join(filter(None, parts))


def sentence(*parts: str) -> str:
    """The parts that there are, as a sentence; empty if there are none."""
    return f"{joined(*parts)}。" if any(parts) else ""


def changes(view: View, name: str) -> list[str]:
    """How a figure changed against each period there is."""
    item = view.items[name]
    found = (_change(view, item, whose, other) for whose, other in view.others)
    return [words for words in found if words]


def share(view: View, part: str, whole: str) -> str:
    """A column as a share of another: （占 34.3%）; nothing where there is nothing to divide."""
    of = quantity(Rate("share", "", part, whole), view.figures.tally.values)
    return "" if of is None else f"（占 {of}%）"


def listed(view: View, headings: Iterable[Heading], whole: str) -> str:
    """Columns with their figures and shares: 邻里纠纷 12 件（占 34.3%）、…."""
    return "、".join(f"{h.label} {number(view, h.name)}{share(view, h.name, whole)}" for h in headings)


def moved(view: View, headings: Sequence[Heading], what: str) -> str:
    """Which columns rose and fell most against the first period there is, as a sentence; empty without one."""
    if not (view.others and headings):
        return ""
    whose, other = view.others[0]
    now = view.figures.tally.values
    by = {h: now[h.name] - other.values[h.name] for h in headings if h.name in other.values}
    most, least = max(by.values(), default=0), min(by.values(), default=0)
    if not most and not least:
        return f"{what}与{whose}持平。"
    parts = []
    if most > 0:
        parts.append(_extreme("增加", [h for h in by if by[h] == most], most))
    if least < 0:
        parts.append(_extreme("减少", [h for h in by if by[h] == least], -least))
    return f"与{whose}相比，{'；'.join(parts)}。"


def _extreme(word: str, alike: list[Heading], by: int) -> str:
    names = "、".join(heading.label for heading in alike[:_FEW]) + ("等" if len(alike) > _FEW else "")
    each = "各" if len(alike) > 1 else ""
    return f"{word}最多的是{names}（{each}{word} {by} {alike[0].unit.shown}）"


def _change(view: View, item: Item, whose: str, other: Other) -> str:
    now = view.figures.tally.values
    by = difference(item, now, other.values)
    if by is None:
        return ""
    shown = Decimal(written(item, by))
    if not shown:
        return f"与{whose}{'基本' if by else ''}持平"
    if isinstance(item, Rate):
        return f"比{whose}{'提高' if by > 0 else '下降'} {abs(shown)} 个百分点"
    words = f"比{whose}{'增加' if by > 0 else '减少'} {abs(shown)} {unit(item)}"
    grown = percent(item, now, other.values)
    if grown is None:
        return f"{words}（{whose}为 {written(item, quantity(item, other.values))} {unit(item)}）"
    return f"{words}、{'上升' if grown > 0 else '下降'} {abs(grown)}%" if grown else words
