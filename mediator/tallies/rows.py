"""A table laid out in rows (竖排): where two totals are divided in the same way, both stand in one row (排查数 and 调处数 by kind)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from mediator.tallies.figures import Item, items
from mediator.tallies.table import Heading, Rate
from mediator.tallies.tally import Tally


@dataclass(frozen=True)
class Row:
    """One line: what it is called, and its figure, or one of each total that is divided like this."""

    group: str
    label: str
    items: tuple[Item, ...]
    words: tuple[str, ...] = ()
    """What each of several figures is: the names of the totals."""


def of_which(label: str) -> str:
    """The label of a part below its whole."""
    return f"其中：{label}"


def rows(tally: Tally) -> list[Row]:
    """The rows of a table in the order of the form."""
    labels = {heading.name: heading.label for heading in tally.headings}
    pairs = _pairs(tally.headings)
    groups = {heading.name: heading.group for heading in tally.headings}
    found = []
    for item in items(tally):
        pair = pairs.get(item.name, (item,))
        if isinstance(item, Rate):
            found.append(Row(item.group, item.label, (item,)))
        elif len(pair) == 1:
            part = groups.get(item.part_of) == item.group
            found.append(Row(item.group, of_which(item.label) if part else item.label, (item,)))
        elif pair[0] is item:
            words = tuple(labels[one.part_of] for one in pair)
            found.append(Row(_shared(pair), item.label.rpartition("（")[0] or item.label, pair, words))
    return found


def _pairs(headings: list[Heading]) -> Mapping[str, tuple[Heading, ...]]:
    """By the name of a column: it and its fellows, which are the same part of other totals."""
    parts: dict[str, list[Heading]] = defaultdict(list)
    for heading in headings:
        begin = f"{heading.part_of}_"
        if heading.part_of and heading.name.startswith(begin):
            parts[heading.name.removeprefix(begin)].append(heading)
    return {heading.name: tuple(alike) for alike in parts.values() for heading in alike}


def _shared(pair: tuple[Heading, ...]) -> str:
    """The name of the groups together: 排查数（按类别） and 调处数（按类别） make 排查数、调处数（按类别）."""
    names, ends = zip(*(heading.group.partition("（")[::2] for heading in pair), strict=True)
    end = f"（{ends[0]}" if ends[0] and len(set(ends)) == 1 else ""
    return "、".join(dict.fromkeys(names)) + end
