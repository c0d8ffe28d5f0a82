"""The chain of closings (结账): each is entered after the others and covers the digest of the one before it.

There is no verb that changes or takes away a closing. A change made behind the program's back shows, and so does a closing
that is gone, also the last; it is no seal: who knows the program can make a chain that fits.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from mediator.domain.calendar import in_words
from mediator.domain.codes import Basis
from mediator.domain.errors import Missing, Refusal
from mediator.domain.figures import Closing
from mediator.domain.office import Counter
from mediator.domain.periods import days
from mediator.domain.wording import clean, clean_line, numeral
from mediator.services import checkpoints, numbers

_SERIES, _NO_YEAR = "closing", 0
"""Where it is counted how many were ever entered."""
MOST_NOTE = 1000
"""Characters of a reason, and of an explanation."""


def standing(session: Session, code: str, since: date, until: date) -> Closing | None:
    """The closing that counts for a table and a period: the newest, or None while the period is open; without its lists."""
    of_period = (Closing.table == code, Closing.since == since, Closing.until == until)
    newest = select(Closing).where(*of_period).order_by(Closing.serial.desc())
    return session.scalars(newest.options(defer(Closing.cases))).first()


def history(
    session: Session, code: str | None = None, since: date | None = None, until: date | None = None
) -> list[Closing]:
    """The closings, of a table or a period if one is named, the newest first; their lists of cases only when asked for."""
    wanted = ((Closing.table, code), (Closing.since, since), (Closing.until, until))
    named = [column == value for column, value in wanted if value is not None]
    rows = select(Closing).where(*named).order_by(Closing.id.desc()).options(defer(Closing.cases))
    return list(session.scalars(rows))


def enter(
    session: Session, *, code: str, edition: int, basis: Basis, since: date, until: date,
    body: Mapping[str, object], cases: str, notes: Mapping[str, str], reason: str, by: str, now: datetime,
    follows: Closing | None,
) -> Closing:  # fmt: skip
    """Add a closing to the end of the chain; Refusal if the one it ``follows`` is no longer the newest.

    The number is taken first: from then on nobody else writes, so that of two who close at once the second is refused.
    With it is kept how far the audit entries had come, so that the foot of its papers is the same at every reprint.
    """
    numbers.take(session, _SERIES, _NO_YEAR)
    last = standing(session, code, since, until)
    if (last and last.id) != (follows and follows.id):
        raise Refusal(f"{days(since, until)}的这张表刚刚被别人结账或更正过，这次没有存上；请刷新后再看。")
    size, head = checkpoints.reached(session)
    whole = {**body, "checkpoint": {"size": size, "head": head}}
    closing = Closing(
        table=code, edition=edition, basis=basis, since=since, until=until, serial=last.serial + 1 if last else 1,
        body=json.dumps(whole, ensure_ascii=False), cases=cases, notes=json.dumps(dict(notes), ensure_ascii=False),
        reason=reason, closed_at=now.replace(microsecond=0), closed_by=by,
    )  # fmt: skip
    closing.digest = _digest(closing, _last_digest(session))
    session.add(closing)
    session.flush()
    return closing


def broken(session: Session) -> list[Closing]:
    """The closings that are not what they were when they were entered, or before which one is gone."""
    found, before = [], ""
    for closing in session.scalars(select(Closing).order_by(Closing.id)):
        if closing.digest != _digest(closing, before):
            found.append(closing)
        before = closing.digest
    return found


def missing(session: Session) -> int:
    """How many closings were entered that are not there any more."""
    ever = select(Counter.last).where(Counter.series == _SERIES, Counter.year == _NO_YEAR)
    return (session.scalar(ever) or 0) - (session.scalar(select(func.count()).select_from(Closing)) or 0)


def called(closing: Closing) -> str:
    """What people call it: 结账, 第一次更正."""
    return "结账" if closing.serial == 1 else f"第{numeral(closing.serial - 1)}次更正"


def told(closing: Closing) -> str:
    """结账情况, one sentence: what it is, of which day, by whom, and the start of its check value (校验值)."""
    what = "已结账" if closing.serial == 1 else f"已结账，{called(closing)}"
    return (
        f"{what}：{in_words(closing.closed_at.date())}，{closing.closed_by}，校验值 {closing.digest[:16]}。"
    )


def check_code(closing: Closing) -> str:
    """审计记录校验码 of the moment it was entered, a line of its papers; empty where there were no audit entries."""
    point = json.loads(closing.body).get("checkpoint", {"size": 0, "head": ""})
    words = checkpoints.printed(point["size"], point["head"])
    return f"{words}。" if words else ""


def record(closing: Closing) -> dict[str, object]:
    """A closing in short, as JSON."""
    moment = closing.closed_at.isoformat(timespec="seconds")
    return {
        "serial": closing.serial,
        "closed_at": moment,
        "closed_by": closing.closed_by,
        "digest": closing.digest,
    }


def check_over(title: str, until: date, today: date) -> None:
    """Refuse a period that is not over yet."""
    if until > today:
        raise Refusal(f"报告期到 {until} 才结束，《{title}》现在还不能结账；请改报告期，或到期再结。")


def check_open(title: str, closing: Closing | None) -> None:
    """Refuse a period that is closed already."""
    if closing is not None:
        when = closing.closed_at.isoformat(" ", "minutes")
        raise Refusal(
            f"《{title}》{days(closing.since, closing.until)}已在 {when} 结过账；数字有出入的，请作更正。"
        )


def check_newest(session: Session, title: str, closing: Closing) -> None:
    """Refuse to correct what was corrected already."""
    newest = standing(session, closing.table, closing.since, closing.until)
    if newest is None or newest.id != closing.id:
        raise Refusal(f"《{title}》这次结账后来已经更正过，请从最近一次更正起更正。")


def check_reason(title: str, reason: str) -> str:
    """The reason of a correction, made fit to be kept; Refusal if there is none."""
    words = clean(reason)
    if not words:
        raise Refusal(f"更正《{title}》要写明原因。")
    return _short(words, "更正原因")


def explained(title: str, doubts: list[str], notes: Mapping[str, str]) -> dict[str, str]:
    """The explanation of every doubtful check; Missing names those that have none, Refusal one that nobody asked for."""
    for words in notes:
        if words not in doubts:
            raise Refusal(
                f"说明里的“{words[:60]}”不是《{title}》这次要核实的；请照核对的原话写，或删去这一条。"
            )
    found = {words: clean_line(notes.get(words, "")) for words in doubts}
    unexplained = [words for words, note in found.items() if not note]
    if unexplained:
        raise Missing(f"《{title}》还不能结账，请逐条核实并写明情况", unexplained)
    return {words: _short(note, "核实说明") for words, note in found.items()}


def notes_of(closing: Closing) -> dict[str, str]:
    """What was written of its doubtful checks, by their sentences."""
    notes: dict[str, str] = json.loads(closing.notes)
    return notes


def _short(words: str, name: str) -> str:
    if len(words) > MOST_NOTE:
        raise Refusal(f"{name}有 {len(words)} 个字，最多 {MOST_NOTE} 个，请缩短。")
    return words


def _last_digest(session: Session) -> str:
    return session.scalars(select(Closing.digest).order_by(Closing.id.desc())).first() or ""


def _digest(closing: Closing, before: str) -> str:
    """SHA-256 of all that is kept of a closing and of the digest before it."""
    covered = (
        before, closing.table, closing.edition, closing.basis.value, closing.since.isoformat(),
        closing.until.isoformat(), closing.serial, closing.body, closing.cases, closing.notes, closing.reason,
        closing.closed_at.isoformat(timespec="seconds"), closing.closed_by,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(covered, ensure_ascii=False).encode()).hexdigest()
