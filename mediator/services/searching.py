"""Looking for a person by a whole number (按号码查找), which the audit keeps: that it was done, never the number."""

from sqlalchemy.orm import Session

from mediator.domain.codes import Action
from mediator.domain.identity import whole_number
from mediator.services import listing
from mediator.services.listing import Wanted
from mediator.store import history


def is_told(wanted: Wanted) -> bool:
    """Whether a search is one that the audit keeps."""
    return bool(whole_number(wanted.words))


def tell(session: Session, wanted: Wanted) -> None:
    """Write into the audit that the person at work looks for a number, and how many cases there are; else nothing."""
    if is_told(wanted):
        words = f"按{whole_number(wanted.words)}查找案件，找到 {listing.number_of(session, wanted)} 件"
        history.note(session, Action.SEARCHED, words)
