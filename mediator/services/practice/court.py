"""A practice agreement goes to court to be confirmed (司法确认), within thirty days of its effect (人民调解法 第三十三条)."""

from mediator.domain.agreement import CONFIRMABLE
from mediator.domain.codes import Confirmation
from mediator.services.practice.bargain import Bargain
from mediator.services.practice.road import Road

_LAST = CONFIRMABLE - 5


def confirm(road: Road, bargain: Bargain, end: Confirmation) -> None:
    """Ask for confirmation, where something is still to be kept, and hear what the court says, as far as the days reach."""
    chance, row = road.chance, bargain.row
    applied = chance.later(row["effective_on"], 1, _LAST)
    ruled = chance.later(applied, 4, 15)
    if not row["deadline"] or applied > road.until:
        return
    row.update(confirmation=Confirmation.APPLIED, confirm_applied_on=applied)
    if ruled <= road.until:
        ruling = f"（{ruled.year}）滨江民特{chance.number(1, 400)}号"
        row.update(confirmation=end, confirmed_on=ruled, ruling=ruling)
