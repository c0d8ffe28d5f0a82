"""Whether lists mask numbers (号码遮盖), and who had them shown all the same (显示号码), which the audit keeps."""

from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.services import policy
from mediator.store import history


def masks(session: Session) -> bool:
    """Whether the office has identity numbers and phones masked in lists."""
    return policy.own(session).mask


def reveal(session: Session, what: str, *, case_id: int | None = None) -> None:
    """Say that the person at work has the numbers of a list shown whole; ``what`` list it is, never whose numbers."""
    history.note(session, Action.REVEALED, what, case_id=case_id)
