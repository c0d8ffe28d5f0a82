"""Agreements (调解协议): their items, instalments and performance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.codes import EventKind, ItemKind, Performance, Side
from mediator.domain.errors import Refusal
from mediator.domain.people import Party
from mediator.services.cases import event, fill, guard, touch, trace


def put(session: Session, case: Case, raw: Mapping[str, object], *, by: str, reason: str = "") -> Agreement:
    """Write the agreement of a case, replacing the items where ``items`` is given."""
    guard(case, reason)
    agreement = case.agreement or Agreement()
    changed = fill(agreement, raw)
    case.agreement = agreement
    items = raw.get("items")
    if isinstance(items, list):
        agreement.items[:] = [_item(case, agreement, entry) for entry in items]
    if agreement.money:
        agreement.amount = agreement.money
    _note_performance(agreement)
    detail = f"{agreement.title}({'、'.join(field.label for field in changed)})"
    trace(case, EventKind.CHANGED, detail, by=by, reason=reason)
    touch(session, case)
    return agreement


def pay(
    session: Session,
    case: Case,
    instalment_id: int,
    *,
    on: date,
    by: str,
    amount: int | None = None,
    voucher: str = "",
) -> Instalment:
    """Record that an instalment was paid, or an act done; the amount (分) is the whole of it unless given."""
    guard(case, "履行" if case.finished else "")
    agreement = case.agreement or Agreement()
    parts = [part for item in agreement.items for part in item.instalments if part.id == instalment_id]
    if not parts:
        raise Refusal("这一期已经不在协议里了，请刷新后再试。")
    part = parts[0]
    part.paid_on = on
    part.paid = part.amount if amount is None else amount
    part.voucher = voucher or part.voucher
    _note_performance(agreement)
    words = f"{figures(part.paid)} 元" if part.paid else part.item.act
    case.events.append(event(EventKind.PAID, by, on=on, detail=words))
    touch(session, case)
    return part


def _note_performance(agreement: Agreement) -> None:
    parts = [part for item in agreement.items for part in item.instalments]
    if not parts or not any(part.paid_on for part in parts):
        return
    if agreement.open_instalments:
        agreement.performance, agreement.performed_on = Performance.PART, None
    else:
        agreement.performance = Performance.FULL
        agreement.performed_on = max(part.paid_on for part in parts if part.paid_on)


def _item(case: Case, agreement: Agreement, raw: Mapping[str, object]) -> Item:
    known = next((item for item in agreement.items if item.id is not None and item.id == raw.get("id")), None)
    item = known or Item()
    fill(item, raw)
    item.debtor_side, item.debtor = _who(case, raw.get("debtor"), item.debtor_side or Side.RESPONDENT)
    item.creditor_side, item.creditor = _who(case, raw.get("creditor"), item.creditor_side or Side.APPLICANT)
    item.kind = item.kind or ItemKind.MONEY
    listed = raw.get("instalments")
    if isinstance(listed, list):
        item.instalments[:] = [_instalment(item, entry) for entry in listed]
    if not item.instalments:
        item.instalments.append(Instalment(amount=item.amount))
    _check(item)
    return item


def _instalment(item: Item, raw: Mapping[str, object]) -> Instalment:
    known = next(
        (part for part in item.instalments if part.id is not None and part.id == raw.get("id")), None
    )
    part = known or Instalment()
    fill(part, raw)
    return part


def _check(item: Item) -> None:
    if item.kind is ItemKind.ACT:
        if not item.act:
            raise Refusal("协议事项里有一条履行行为没有写内容，请写明由谁做什么。")
        return
    if not item.amount:
        raise Refusal("协议事项里有一条给付没有写金额，请填写金额。")
    if len(item.instalments) == 1 and item.instalments[0].amount is None:
        item.instalments[0].amount = item.amount
    total = sum(part.amount or 0 for part in item.instalments)
    if total != item.amount:
        raise Refusal(
            f"各期金额相加是 {figures(total)} 元，与给付金额 {figures(item.amount)} 元不符，请核对。"
        )


def _who(case: Case, raw: object, side: Side) -> tuple[Side, Party | None]:
    """A party by name, by row id, or the whole of a side."""
    if raw is None:
        return side, None
    by_side: Any = next((s for s in Side if raw in (s.value, s.label)), None)
    if by_side:
        return by_side, None
    for party in case.parties:
        if raw in (party.name, party.id):
            return party.side, party
    raise Refusal(f"协议事项里的“{str(raw)[:40]}”不是本案当事人，请从当事人中选择。")
