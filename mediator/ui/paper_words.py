"""Words for papers in lists (文书的说法): what one is about, how far it is signed, when an agreement takes effect."""

from collections.abc import Sequence
from datetime import date

from mediator.domain.agreement import Instalment
from mediator.domain.amounts import figures
from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.domain.codes import Outcome
from mediator.domain.papers import IssuedPaper
from mediator.services import completeness, papers, signing
from mediator.services.papers import Possible
from mediator.services.signing import State

_AGREED = {Outcome.WRITTEN: "协议书", Outcome.PARTIAL: "协议书", Outcome.ORAL: "口头协议"}
"""What takes effect, by the result of mediation; with any other result nothing does."""


def subject_words(subject: object) -> str:
    """What a paper is about: the day of a session, visit or event, whose it is, which instalment; within a session."""
    if isinstance(subject, Instalment):
        number = subject.item.instalments.index(subject) + 1
        return f"第 {number} 期，{figures(subject.amount)} 元" if subject.amount else f"第 {number} 期"
    days = (getattr(subject, key, None) for key in ("held_at", "visited_on", "at"))
    moment = next((day for day in days if day), None)
    staff = getattr(subject, "staff", None)
    name = getattr(staff or subject, "name", "") or getattr(subject, "respondent", "")
    return "，".join(word for word in (f"{moment:%Y-%m-%d}" if moment else "", name) if word)


def begun_words(entry: Possible, begun: Sequence[int]) -> str:
    """Which of several papers of a form one is: how many-th, and the first thing that was filled in."""
    assert entry.particulars is not None
    place = f"第 {begun.index(entry.particulars.id) + 1} 份"
    answers = papers.answers_of(entry).values()
    first = next((a for a in answers if isinstance(a, str) and a and len(a) <= 20 and "\n" not in a), "")
    return "，".join(word for word in (place, first) if word)


def signed_words(issued: IssuedPaper) -> str:
    """How far a paper is signed, so many of the places that must be; of one that is void, why it is."""
    if issued.void_reason:
        return f"已作废：{issued.void_reason}"
    found = signing.places(issued)
    state = signing.state_of(found)
    if state is not State.SIGNING:
        return str(state.value)
    needed = [place for place in found if not place.optional]
    return f"{sum(place.on is not None for place in needed)}/{len(needed)} 已签"


def effect_words(case: Case, today: date) -> str:
    """When the agreement takes effect and how long a court may be asked to confirm it; empty if none was reached or has effect."""
    on = case.agreement.effective_on if case.agreement else None
    if on is None or case.outcome not in _AGREED:
        return ""
    until = completeness.last_day(case, today)
    return f"{_AGREED[case.outcome]}自{in_words(on)}起生效" + (f"；{until}" if until else "。")
