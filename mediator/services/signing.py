"""Who has signed an issued paper and where it was sealed (签署); when an agreement takes effect (人民调解法 第二十九条)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Outcome
from mediator.domain.errors import Conflict, Refusal
from mediator.domain.papers import IssuedPaper, Signing
from mediator.domain.wording import clean_line
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.paper.blocks import Paper, Para, Seal, Signatures, plain
from mediator.services import merging, papers
from mediator.services.cases import event, guard, touch

NOT_SIGNED = "没有签"
_CLAUSE = re.compile("[一二三四五六七八九十]+、")


@dataclass(frozen=True)
class Place:
    """One place to sign or to seal on a paper."""

    number: int
    role: str
    """Whose it is: 申请人周文谦, 人民调解员陈志华, the committee's name."""
    seal: bool
    on: date | None
    """The day on which it was done; None while it is open."""
    optional: bool = False
    """Whether the paper is complete without it: a witness, a recorder, an agent beside the party itself."""


class State(Enum):
    """签署状态: how far a paper has come since it was printed."""

    PRINTED = "已打印，未签"
    SIGNING = "正在签署"
    SIGNED = "签署齐全"
    NOTHING = "不需签署"


def places(issued: IssuedPaper) -> list[Place]:
    """The places to sign of an issued paper, in its order."""
    done = {signing.place: signing.on for signing in issued.signings}
    found: list[tuple[str, bool, bool]] = []
    for block in papers.kept(issued).blocks:
        if isinstance(block, Signatures):
            found += [(place.role, False, place.optional) for place in block.places]
        elif isinstance(block, Seal):
            found.append((block.office, True, False))
    return [Place(n, role, seal, done.get(n), may) for n, (role, seal, may) in enumerate(found)]


def state(issued: IssuedPaper) -> State:
    """How far a paper has come."""
    return state_of(places(issued))


def state_of(found: Sequence[Place]) -> State:
    """How far a paper with these places to sign has come."""
    needed = [place for place in found if not place.optional]
    if not needed:
        return State.NOTHING
    if all(place.on for place in needed):
        return State.SIGNED
    return State.SIGNING if any(place.on for place in found) else State.PRINTED


def record(
    session: Session, case: Case, issued: IssuedPaper, wanted: Mapping[int, date | None],
    was: Mapping[int, date | None], *, by: str, today: date,
) -> None:  # fmt: skip
    """Have places of a paper signed on these days, or with None not signed.

    ``was`` is what the person saw of them: Stale carries those that somebody else has recorded otherwise since.
    """
    now = {place.number: place for place in places(issued)}
    if set(wanted) - set(now):
        raise Refusal("这份文书上没有这一处签名，请刷新后再试。")
    conflicts = [
        _conflict(issued, now[number], was.get(number), on)
        for number, on in wanted.items()
        if now[number].on not in (was.get(number), on)
    ]
    merging.check(issued, conflicts)
    changed = {number: on for number, on in wanted.items() if now[number].on != on}
    gone = [number for number in changed if now[number].on is not None]
    if gone:
        unsign(session, case, issued, gone, by=by)
    for on in sorted({day for day in changed.values() if day is not None}):
        numbers = [number for number, day in changed.items() if day == on]
        sign(session, case, issued, numbers, on, by=by, today=today)


def _conflict(issued: IssuedPaper, place: Place, seen: date | None, typed: date | None) -> Conflict:
    row = next((one for one in issued.signings if one.place == place.number), None)
    hand = merging.last_hand(row) if row is not None else None
    was, now, wanted = (in_words(day) if day else NOT_SIGNED for day in (seen, place.on, typed))
    by, at = hand or ("", None)
    return Conflict(str(place.number), place.role, was, now, wanted, place.on, False, by, at)


def sign(
    session: Session,
    case: Case,
    issued: IssuedPaper,
    numbers: Sequence[int],
    on: date,
    *,
    by: str,
    today: date,
) -> None:
    """Record that these places of a paper were signed or sealed on a day."""
    guard(case, "签署登记")
    if on > today:
        raise Refusal("签署日期不能晚于今天，请核对。")
    if on < case.registered_on:
        raise Refusal(f"签署日期不能早于登记日期 {in_words(case.registered_on)}，请核对。")
    if issued not in case.papers or issued.void_reason:
        raise Refusal("这份文书不在本案里，或者已经作废，请刷新后再试。")
    there = {place.number: place for place in places(issued)}
    for number in numbers:
        if number not in there:
            raise Refusal("这份文书上没有这一处签名，请刷新后再试。")
        if there[number].on is None:
            issued.signings.append(Signing(place=number, on=on, by=by))
    _note(session, case, issued, f"{in_words(on)}", by)


def unsign(session: Session, case: Case, issued: IssuedPaper, numbers: Sequence[int], *, by: str) -> None:
    """Take back what was recorded of these places; the history keeps that it was there."""
    guard(case, "签署登记")
    issued.signings[:] = [signing for signing in issued.signings if signing.place not in numbers]
    _note(session, case, issued, "撤销登记", by)


def void(session: Session, case: Case, issued: IssuedPaper, *, by: str, reason: str) -> None:
    """Declare an issued paper void (作废), with a reason; it is kept, but counts no longer, nor gives effect."""
    guard(case, reason)
    if not reason.strip():
        raise Refusal("作废文书要写明原因。")
    if issued.void_reason:
        raise Refusal("这份文书已经作废，不用再作废一次。")
    issued.void_reason = clean_line(reason)
    take_effect(session, case)
    title = papers.kept(issued).title
    case.events.append(event(EventKind.VOIDED, by, detail=f"{title} {issued.number}", reason=reason.strip()))
    touch(session, case)


def take_effect(session: Session, case: Case) -> None:
    """Date the effect of the agreement (人民调解法 第二十九条、第三十条).

    An oral one: the day it was reached. A written one of which a paper was issued: the day of the last signature or seal
    on a paper that has them all, never before it was reached; without such a paper it has no effect yet. A written one
    of which no paper was issued here keeps the day that was typed. No settled result, no effect.
    """
    agreement = case.agreement
    if agreement is None:
        return
    if case.outcome is Outcome.ORAL:
        agreement.effective_on = case.concluded_on
    elif case.outcome not in (Outcome.WRITTEN, Outcome.PARTIAL) or agreement.reached_on is None:
        agreement.effective_on = None
    elif any(paper.form == AGREEMENT.code for paper in case.papers):
        agreement.effective_on = _signed_on(session, case, agreement.reached_on)


def _signed_on(session: Session, case: Case, reached_on: date) -> date | None:
    """The day from which a complete paper of the present terms has stood; of several with the same terms the first."""
    issued = [p for p in case.papers if p.form == AGREEMENT.code and not p.void_reason]
    signed = [(day, paper) for paper in issued if (day := _complete_on(paper))]
    now = _terms(papers.one(session, case, AGREEMENT, None, today=reached_on).paper())
    signed = [(day, paper) for day, paper in signed if day >= reached_on or _terms(papers.kept(paper)) == now]
    if not signed:
        return None
    latest = _terms(papers.kept(signed[-1][1]))
    return max(reached_on, min(day for day, paper in signed if _terms(papers.kept(paper)) == latest))


def _terms(paper: Paper) -> tuple[str, ...]:
    """What was agreed, as a paper words it: the numbered clauses."""
    texts = [plain(block.text) for block in paper.blocks if isinstance(block, Para)]
    return tuple(text for text in texts if _CLAUSE.match(text))


def standing(case: Case) -> list[IssuedPaper]:
    """The papers that count in the file: of each the newest, but one fully signed until its successor is signed too."""
    signed = {papers.place(p): p for p in case.papers if not p.void_reason and state(p) is State.SIGNED}
    return [
        newest if state(newest) in (State.SIGNED, State.NOTHING) else signed.get(papers.place(newest), newest)
        for newest in papers.newest(case)
    ]


def _complete_on(issued: IssuedPaper) -> date | None:
    """The day of the last signature or seal of a paper that has them all, else None."""
    found = places(issued)
    needed = [place.on for place in found if place.on and not place.optional]
    return max(needed) if needed and state_of(found) is State.SIGNED else None


def _note(session: Session, case: Case, issued: IssuedPaper, words: str, by: str) -> None:
    session.flush()
    take_effect(session, case)
    found = [place for place in places(issued) if not place.optional]
    done = sum(place.on is not None for place in found)
    detail = f"{papers.kept(issued).title}：{words}，共 {len(found)} 处已签 {done} 处"
    case.events.append(event(EventKind.SIGNED, by, detail=detail))
    touch(session, case)
