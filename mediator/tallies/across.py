"""Checks across tables (表间核对、上下期衔接): with the other tables of the period, and with the last period's."""

from collections.abc import Mapping
from datetime import timedelta

from mediator.tallies.checks import Between, Continues, Judgement, equals, judged, told
from mediator.tallies.tally import Tally


def across(tally: Tally, others: Mapping[str, Tally], before: Tally | None) -> list[Judgement]:
    """What the checks across say of a table.

    ``others`` are tables of the same period by their code, ``before`` the same table of the last period. A check for which
    there is nothing fit to compare with (another office, period or 口径, a column not there) is left out.
    """
    made = [
        _between(check, tally, others.get(check.table))
        if isinstance(check, Between)
        else _continues(check, tally, before)
        for check in tally.table.cross
    ]
    return [judgement for judgement in made if judgement is not None]


def _between(check: Between, tally: Tally, other: Tally | None) -> Judgement | None:
    if other is None or not _same_report(tally, other) or check.basis not in (None, tally.basis):
        return None
    return _compared(check, tally, check.own, other, check.column, f"《{other.table.title}》")


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


def _compared(
    check: Between | Continues, tally: Tally, own: str, other: Tally, theirs: str, whose: str
) -> Judgement | None:
    """Compare two columns, if both tables have them."""
    ours = {heading.name: heading for heading in tally.headings}.get(own)
    found = {heading.name: heading for heading in other.headings}.get(theirs)
    if ours is None or found is None:
        return None
    holds = tally.values[own] == other.values[theirs]
    words = f"{told(ours, tally.values)}{equals(holds)}{whose}{told(found, other.values)}"
    return judged(check, (own,), words, holds, check.hint)
