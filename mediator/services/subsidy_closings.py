"""Closing the account of pay per case (以案定补结账): the cases are claimed, so that none is paid in two periods.

A closing keeps every case with its price; the claims beside it say where a case is claimed now and follow a correction.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Basis, Level
from mediator.domain.errors import Refusal
from mediator.domain.figures import Claim, Closing
from mediator.domain.periods import days
from mediator.domain.roles import Power
from mediator.services import access, case_lists, closing_chain, subsidies
from mediator.services.case_lists import Members
from mediator.services.subsidies import CODE, TITLE, Account, Entry
from mediator.tallies.population import concluded

_EDITION = 1
_LEVELS = {level.value: level for level in Level}


@dataclass(frozen=True)
class Change:
    """One case that is not paid as it was closed; None where it was or is not in the account."""

    was: Entry | None
    now: Entry | None

    @property
    def entry(self) -> Entry:
        """The case, as it stands in the account now if it does."""
        found = self.now or self.was
        assert found is not None
        return found


def close(
    session: Session, since: date, until: date, *, by: str, now: datetime,
    notes: Mapping[str, str] | None = None,
) -> Closing:  # fmt: skip
    """Freeze the account of a period and claim its cases; Missing until every doubt is explained."""
    access.need(session, Power.CLOSE)
    closing_chain.check_over(TITLE, until, now.date())
    closing_chain.check_open(TITLE, closing_chain.standing(session, CODE, since, until))
    account = subsidies.count(session, since, until)
    return _enter(session, account, notes or {}, None, reason="", by=by, now=now)


def correct(
    session: Session, closing: Closing, *, reason: str, by: str, now: datetime,
    notes: Mapping[str, str] | None = None,
) -> Closing:  # fmt: skip
    """Freeze the account as it is now in place of a closing; the claims follow."""
    access.need(session, Power.CLOSE)
    words = closing_chain.check_reason(TITLE, reason)
    closing_chain.check_newest(session, TITLE, closing)
    account = subsidies.count(session, closing.since, closing.until)
    if not between(frozen(closing), account):
        raise Refusal(f"《{TITLE}》{days(closing.since, closing.until)}和结账时一样，不需要更正。")
    return _enter(session, account, notes or {}, closing, reason=words, by=by, now=now)


def shown(session: Session, since: date, until: date) -> Account:
    """The account as it was closed; counted now, with its doubts, while the period is open."""
    closing = closing_chain.standing(session, CODE, since, until)
    if closing is not None:
        return frozen(closing)
    return subsidies.checked(session, subsidies.count(session, since, until))


def frozen(closing: Closing) -> Account:
    """The account as it was closed."""
    body = json.loads(closing.body)
    entries = tuple(
        Entry(uid, number, staff, name, _LEVELS[level], settled, date.fromisoformat(on), price)
        for uid, number, staff, name, level, settled, on, price in body["entries"]
    )
    return Account(
        body["office"], closing.since, closing.until, entries, tuple(body["unled"]), doubts=tuple(body["doubts"]),
        notes=closing_chain.notes_of(closing), standing=closing_chain.told(closing),
        check_code=closing_chain.check_code(closing),
    )  # fmt: skip


def differences(session: Session, closing: Closing, was: Account | None = None) -> list[Change]:
    """Which cases would be paid otherwise today; ``was``: the account as it was closed, where it is at hand."""
    return between(was or frozen(closing), subsidies.count(session, closing.since, closing.until))


def between(before: Account, after: Account) -> list[Change]:
    """Which cases are paid otherwise in the later account, in its order and then those that are gone."""
    was = {entry.uid: entry for entry in before.entries}
    now = {entry.uid: entry for entry in after.entries}
    differing = [Change(was.get(uid), now.get(uid)) for uid in now | was if was.get(uid) != now.get(uid)]
    return [change for change in differing if _pay(change.was) != _pay(change.now)]


def _pay(entry: Entry | None) -> object:
    """What of a case decides on its pay."""
    return entry and (entry.staff_id, entry.level, entry.settled, entry.price)


def _enter(
    session: Session, account: Account, notes: Mapping[str, str], follows: Closing | None, *, reason: str,
    by: str, now: datetime,
) -> Closing:  # fmt: skip
    account = subsidies.checked(session, account)
    doubts = list(account.doubts)
    before = closing_chain.notes_of(follows) if follows else {}
    still = {words: note for words, note in before.items() if words in doubts}
    closing = closing_chain.enter(
        session, code=CODE, edition=_EDITION, basis=Basis.CONCLUDED, since=account.since, until=account.until,
        body=_body(account), cases=case_lists.written(_members(account)),
        notes=closing_chain.explained(TITLE, doubts, {**still, **notes}), reason=reason, by=by, now=now, follows=follows,
    )  # fmt: skip
    _claim(session, closing, account)
    return closing


def _members(account: Account) -> Members:
    return Members([e.uid for e in account.entries], {frozenset({"claimed"}): range(len(account.entries))})


def _body(account: Account) -> dict[str, object]:
    entries = [
        [
            e.uid,
            e.number,
            e.staff_id,
            e.mediator,
            e.level.value,
            e.settled,
            e.concluded_on.isoformat(),
            e.price,
        ]
        for e in account.entries
    ]
    return {
        "table": CODE, "title": TITLE, "office": account.office,
        "period": {"from": account.since.isoformat(), "until": account.until.isoformat()},
        "entries": entries, "unled": list(account.unled), "doubts": list(account.doubts),
    }  # fmt: skip


def _claim(session: Session, closing: Closing, account: Account) -> None:
    """Claim the cases that are paid; claims of the same period, closed before, give way."""
    same = select(Closing.id).where(
        Closing.table == CODE, Closing.since == closing.since, Closing.until == closing.until
    )
    of_same = session.scalars(select(Claim).where(Claim.closing_id.in_(same)))
    before = {claim.case_id: claim for claim in of_same}
    of_period = select(Case.uid, Case.id).where(concluded(account.since, account.until))
    ids = {row.uid: row.id for row in session.execute(of_period)}
    for entry in account.entries:
        if entry.amount:
            claim = before.pop(ids[entry.uid], None) or Claim(case_id=ids[entry.uid])
            claim.closing_id, claim.staff_id = closing.id, entry.staff_id
            claim.level, claim.amount = entry.level, entry.amount
            session.add(claim)
    for claim in before.values():
        session.delete(claim)
    session.flush()
