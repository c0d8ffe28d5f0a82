"""What can be closed by ``mediator period``: every counted table, and the account of pay per case, each by its own verbs."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from mediator.commands import period_words
from mediator.commands.command import Given
from mediator.services import (
    closing_chain,
    closings,
    correction_slips,
    figures,
    judging,
    subsidies,
    subsidy_closings,
    subsidy_slips,
)
from mediator.tallies import register

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.domain.figures import Closing
    from mediator.paper.blocks import Paper


def close(session: "Session", given: Given, by: str, notes: Mapping[str, str]) -> "Closing":
    """Close the period named."""
    if given.table == subsidies.CODE:
        return subsidy_closings.close(session, given.since, given.until, by=by, now=_now(), notes=notes)
    table = register.of(given.table, given.until)
    return closings.close(session, table, given.since, given.until, by=by, now=_now(), notes=notes)


def correct(
    session: "Session", closing: "Closing", reason: str, by: str, notes: Mapping[str, str]
) -> "Closing":
    """Correct what was closed."""
    verb = subsidy_closings.correct if closing.table == subsidies.CODE else closings.correct
    return verb(session, closing, reason=reason, by=by, now=_now(), notes=notes)


def kept(session: "Session", given: Given) -> "list[Closing]":
    """The closings of the table and period named, the newest first; Refusal if there is no such table."""
    if given.table != subsidies.CODE:
        register.editions(given.table)
    return closing_chain.history(session, given.table, given.since, given.until)


def changed(session: "Session", before: "Closing", after: "Closing | None") -> list[dict[str, object]]:
    """What a later closing says otherwise, or today's count if there is none."""
    if before.table != subsidies.CODE:
        found = closings.between(session, before, after) if after else closings.differences(session, before)
        return period_words.differences(session, found)
    if after is None:
        return period_words.changes(subsidy_closings.differences(session, before))
    was, now = subsidy_closings.frozen(before), subsidy_closings.frozen(after)
    return period_words.changes(subsidy_closings.between(was, now))


def checks(session: "Session", given: Given) -> list[dict[str, str]]:
    """What the checks say of an open period: what bars its closing, and what is to be explained."""
    if given.table == subsidies.CODE:
        account = subsidies.count(session, given.since, given.until)
        doubts = subsidies.checked(session, account).doubts
        return [{"words": words, "verdict": "doubtful", "label": "请核实"} for words in doubts]
    tally = figures.count(session, register.of(given.table, given.until), given.since, given.until)
    return [
        {"words": check.words, "verdict": check.verdict.value, "label": check.verdict.label}
        for check in judging.judgements(session, tally)
    ]


def slip(session: "Session", before: "Closing", after: "Closing") -> "Paper":
    """The slip of a correction."""
    if after.table == subsidies.CODE:
        return subsidy_slips.slip(before, after)
    return correction_slips.slip(session, before, after)


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
