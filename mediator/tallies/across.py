"""Checks across tables (表间核对、上下期衔接): with other tables of the period, with the last one, and with those it is made of."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from mediator.tallies.checks import (
    Adds,
    Against,
    Between,
    Continues,
    Judgement,
    at_least,
    at_most,
    equals,
    judged,
    told,
)
from mediator.tallies.population import CASES, SCREENINGS, Scope
from mediator.tallies.table import Column
from mediator.tallies.tally import Tally

_STOCK = (Scope.OPENING, Scope.CLOSING, Scope.DUE)
_ADDS = Adds("已结账的各期后来有案件补录或者改动的，请先出更正单，或者写明原因")
_THEN = "那张表已经结账的，请接着更正它，或者写明原因"
"""Not a bar: of two closed tables one has to be corrected first."""


def across(tally: Tally, others: Mapping[str, Tally], before: Tally | None) -> list[Judgement]:
    """What the checks across say of a table: its own, and those of the other tables that point at it.

    ``others`` are tables of the same period by their code, ``before`` the same table for a period that ends where this one
    begins. A check for which there is nothing fit to compare with (another office, period or 口径, a column not there) is left
    out.
    """
    made = [
        _between(check, tally, others.get(check.table))
        if isinstance(check, Between)
        else _continues(check, tally, before)
        for check in tally.table.cross
    ]
    for other in others.values():
        pointing = [check for check in other.table.cross if isinstance(check, Between)]
        made += [_pointed(check, tally, other) for check in pointing if check.table == tally.table.code]
    return [judgement for judgement in made if judgement is not None]


def added(tally: Tally, parts: Sequence[Tally], *, so_far: bool = False) -> Judgement | None:
    """Whether the closed periods that make up this one add up to it; with ``so_far`` those before it in the year, and itself.

    One judgement speaks for all columns; None where the parts were counted otherwise or there are none.
    """
    values, rest = (tally.so_far, [tally.values]) if so_far else (tally.values, [])
    by_itself = [*(part.values for part in parts), *rest]
    columns = [
        c for c in tally.table.columns if adds_up(c) and all(c.name in each for each in (values, *by_itself))
    ]
    if not (parts and columns and all(_counted_alike(tally, part) for part in parts)):
        return None
    sums = {column.name: sum(each[column.name] for each in by_itself) for column in columns}
    wrong = [column for column in columns if values[column.name] != sums[column.name]]
    first = min(wrong or columns, key=lambda column: not column.opens_cases)
    what = f"本年以前已结账的 {len(parts)} 期和本期" if so_far else f"其中已结账的 {len(parts)} 期"
    words = f"{told(first, values)}{equals(not wrong)}{what}之和 {first.told(sums[first.name])}"
    if len(wrong) > 1:
        words += f"，另有 {len(wrong) - 1} 项也不相等"
    against = tuple(Against(tally.table.code, first.name, part.since, part.until) for part in parts)
    words = f"年度累计：{words}" if so_far else words
    return judged(_ADDS, (first.name,), words, not wrong, _ADDS.hint, so_far=so_far, against=against)


def adds_up(column: Column) -> bool:
    """Whether the figures of periods that follow one another make that of the whole: what happens does, what is there does not."""
    return column.of in (CASES, SCREENINGS) and column.scope not in _STOCK


def _between(check: Between, tally: Tally, other: Tally | None) -> Judgement | None:
    if other is None or not _same_report(tally, other) or check.basis not in (None, tally.basis):
        return None
    return _compared(check, tally, check.own, other, check.column, f"《{other.table.title}》")


def _pointed(check: Between, tally: Tally, other: Tally) -> Judgement | None:
    """A check of another table, told from this side."""
    if not _same_report(tally, other) or check.basis not in (None, tally.basis):
        return None
    mirror = Between(other.table.code, check.own, check.column, _THEN, check.basis)
    whose = f"《{other.table.title}》"
    return _compared(mirror, tally, mirror.own, other, mirror.column, whose, least=check.at_most)


def _continues(check: Continues, tally: Tally, before: Tally | None) -> Judgement | None:
    if before is None or not _follows(tally, before):
        return None
    return _compared(check, tally, check.opening, before, check.closing, "上期")


def _same_report(tally: Tally, other: Tally) -> bool:
    return (tally.reporter.uid, tally.since, tally.until, tally.basis) == (
        other.reporter.uid, other.since, other.until, other.basis,
    )  # fmt: skip


def _follows(tally: Tally, before: Tally) -> bool:
    same = (tally.table.code, tally.reporter.uid) == (before.table.code, before.reporter.uid)
    return same and before.until + timedelta(1) == tally.since


def _counted_alike(tally: Tally, part: Tally) -> bool:
    """Of the same office, by the same edition and, where it matters, the same day (口径)."""
    same = (tally.table.code, tally.table.edition, tally.reporter.uid) == (
        part.table.code, part.table.edition, part.reporter.uid,
    )  # fmt: skip
    return same and (part.basis is tally.basis or not tally.table.by_basis)


def _compared(
    check: Between | Continues, tally: Tally, own: str, other: Tally, theirs: str, whose: str, *,
    least: bool = False,
) -> Judgement | None:  # fmt: skip
    """Compare two columns, if both tables have them; ``least``: the own number may also be more."""
    ours = {heading.name: heading for heading in tally.headings}.get(own)
    found = {heading.name: heading for heading in other.headings}.get(theirs)
    if ours is None or found is None:
        return None
    value, limit = tally.values[own], other.values[theirs]
    if least:
        holds, relation = value >= limit, at_least(value >= limit)
    elif isinstance(check, Between) and check.at_most:
        holds, relation = value <= limit, at_most(value <= limit)
    else:
        holds, relation = value == limit, equals(value == limit)
    words = f"{told(ours, tally.values)}{relation}{whose}{told(found, other.values)}"
    against = (Against(other.table.code, theirs, other.since, other.until),)
    return judged(check, (own,), words, holds, check.hint, against=against)
