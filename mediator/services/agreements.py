"""Agreements (调解协议): their items, instalments and performance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.amounts import MOST, figures
from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.domain.codes import EventKind, ItemKind, Outcome, Performance, Side
from mediator.domain.errors import Conflict, Missing, Refusal, Stale
from mediator.domain.fields import fields_of
from mediator.domain.needs import TERMS
from mediator.domain.people import Party
from mediator.domain.wording import clean_name, unended
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.services import merging
from mediator.services.cases import event, fill, guard, touch, trace
from mediator.services.signing import take_effect

MOST_ITEMS = 200
"""条 of one agreement; more is a slip."""
PARTS = {"debtor": "由谁履行", "creditor": "向谁履行", "instalments": "分期"}
"""What hangs on an item beside its fields."""


def put(
    session: Session, case: Case, raw: Mapping[str, object], *, by: str, reason: str = "",
    was: Mapping[str, object] | None = None,
) -> Agreement:  # fmt: skip
    """Write the agreement of a case, replacing the items where ``items`` is given.

    ``was`` is what the person saw before typing; an item may have a ``was`` of its own.
    """
    guard(case, reason)
    agreement = case.agreement or Agreement()
    before_effect = agreement.effective_on
    changed = [field.label for field in fill(agreement, raw, was)]
    _check_effect(case, agreement, before_effect)
    case.agreement = agreement
    before = _told(agreement)
    items = raw.get("items")
    if isinstance(items, list):
        agreement.items[:] = [_item(case, agreement, entry) for entry in items]
        agreement.amount = agreement.money or (agreement.amount if not before else None)
    if agreement.money:
        agreement.amount = agreement.money
    _check_whole(case, agreement)
    _note_performance(agreement)
    session.flush()
    take_effect(session, case)
    if _told(agreement) != before:
        changed.append(f"协议事项由“{before or '无'}”改为“{_told(agreement) or '无'}”")
    if changed:
        trace(case, EventKind.CHANGED, f"{agreement.title}（{'、'.join(changed)}）", by=by, reason=reason)
    touch(session, case)
    return agreement


def pay(
    session: Session, case: Case, instalment_id: int, *, on: date, by: str, today: date,
    amount: int | None = None, voucher: str = "", was: Mapping[str, object] | None = None,
) -> Instalment:  # fmt: skip
    """Record money paid towards an instalment (分), the remainder unless given, or an act done; it adds up.

    ``was`` is what was ``paid`` when the person looked: Stale if somebody else has put down a payment since.
    """
    guard(case, "履行" if case.finished else "")
    part = instalment_of(case, instalment_id)
    _check_paid(part, was, "记下")
    if on > today:
        raise Refusal("履行日期不能晚于今天，请核对。")
    if part.settled:
        raise Refusal("这一期已经履行完毕，不用再记；记错了请先撤销。")
    left = (part.amount or 0) - (part.paid or 0)
    paying = left if amount is None else amount
    if part.item.kind is ItemKind.MONEY and not 0 < paying <= left:
        raise Refusal(f"这一期还差 {figures(left)} 元，这次填的是 {figures(paying)} 元，请核对。")
    part.paid_on = on
    part.paid = (part.paid or 0) + paying
    part.voucher = "；".join(word for word in (part.voucher, voucher.strip()) if word)
    _note_performance(part.item.agreement)
    words = f"{part.item.debtor_words}付 {figures(paying)} 元" if paying else part.item.act
    case.events.append(event(EventKind.PAID, by, on=on, detail=words))
    touch(session, case)
    return part


def paid(part: Instalment) -> dict[str, object]:
    """What was put down as paid or done for an instalment, as people see it."""
    return {"paid_on": part.paid_on, "paid": part.paid, "voucher": part.voucher, "amount": part.amount}


def _check_paid(part: Instalment, was: Mapping[str, object] | None, doing: str) -> None:
    """Refuse to go on from what was paid once, where somebody else has put something down since."""
    if was is None or was == paid(part):
        return
    hand = merging.last_hand(part)
    who = f"{hand.by}在{merging.when(hand.at)}" if hand else "别人刚刚"
    now = (
        f"已付 {figures(part.paid or 0)} 元" if part.amount else "已履行" if part.paid_on else "没有履行记录"
    )
    raise Stale(
        f"{who}改过这一期，现在是{now}；您这一次没有{doing}，请看过现在的情况再办。", table="instalment"
    )


def unpay(
    session: Session, case: Case, instalment_id: int, *, by: str, reason: str,
    was: Mapping[str, object] | None = None,
) -> Instalment:  # fmt: skip
    """Take back what was recorded as paid or done for an instalment, with a reason; the history keeps it. ``was`` as above."""
    guard(case, reason)
    if not reason.strip():
        raise Refusal("撤销履行记录要写明原因。")
    part = instalment_of(case, instalment_id)
    _check_paid(part, was, "撤销")
    if part.paid_on is None:
        raise Refusal("这一期还没有履行记录，不用撤销。")
    detail = f"撤销履行记录：{part.item.debtor_words}，{figures(part.paid or 0)} 元，{part.paid_on}"
    part.paid_on, part.paid, part.voucher = None, None, ""
    agreement = part.item.agreement
    agreement.performance, agreement.performed_on = None, None
    _note_performance(agreement)
    case.events.append(event(EventKind.CHANGED, by, detail=detail, reason=reason.strip()))
    touch(session, case)
    return part


def instalment_of(case: Case, instalment_id: int) -> Instalment:
    """The instalment of that id; Refusal if it is no more."""
    for item in case.agreement.items if case.agreement else []:
        for part in item.instalments:
            if part.id == instalment_id:
                return part
    raise Refusal("这一期已经不在协议里了，请刷新后再试。")


def _check_effect(case: Case, agreement: Agreement, before: date | None) -> None:
    """A day of effect is typed only for a written agreement of which no paper was issued here."""
    on = agreement.effective_on
    if on is None or on == before:
        return
    if case.outcome not in (Outcome.WRITTEN, Outcome.PARTIAL) or agreement.reached_on is None:
        raise Refusal("还没有达成书面协议，没有“生效日期”可填；达成以后再填。")
    if any(paper.form == AGREEMENT.code for paper in case.papers):
        raise Refusal(
            "协议书已经出具，生效日期由“签署登记”得出：各方都签了名、盖了章才生效，请到“文书”里登记签署。"
        )
    if not agreement.reached_on <= on <= date.today():
        raise Refusal(
            f"“生效日期”不能早于达成日期 {in_words(agreement.reached_on)}，也不能晚于今天，请核对。"
        )


def _check_whole(case: Case, agreement: Agreement) -> None:
    if len(agreement.items) > MOST_ITEMS:
        raise Refusal(f"协议事项最多 {MOST_ITEMS} 条，请合并后再填。")
    if max(agreement.money, agreement.amount or 0) > MOST:
        raise Refusal("协议金额加起来超出可记的范围，请核对。")
    if case.outcome is not None and case.outcome.settled and not (agreement.items or agreement.terms):
        raise Missing(f"{case.number} 已经达成协议，这样改就缺了内容", [TERMS.words])


def _told(agreement: Agreement) -> str:
    return "；".join(unended(item.in_words()) for item in agreement.items)


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
    was = raw.get("was")
    seen: Mapping[str, object] = was if isinstance(was, Mapping) else {}
    fill(item, raw, seen)
    merging.check(item, _parts_changed(case, item, raw, seen))
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


def whom(item: Item) -> dict[str, object]:
    """Who owes and who is owed, as it is put back: the id of a party, or the whole of a side."""
    return {
        "debtor": item.debtor_id or item.debtor_side,
        "creditor": item.creditor_id or item.creditor_side,
    }


def instalments(item: Item) -> list[dict[str, object]]:
    """The instalments of an item as they are put back."""
    return [{"id": one.id, "due_on": one.due_on, "amount": one.amount} for one in item.instalments]


def read_instalments(listed: object) -> list[dict[str, object]]:
    """Instalments read back from what was shown of them."""
    fields = fields_of(Instalment)
    return [
        {"id": one["id"], **{key: fields[key].read(one[key]) for key in ("due_on", "amount")}}
        for one in (listed if isinstance(listed, list) else [])
    ]


def items_with(
    session: Session, case: Case, item_id: int | None, raw: Mapping[str, object],
    was: Mapping[str, object] | None = None,
) -> list[dict[str, object]]:  # fmt: skip
    """The items as they stand, and one of them as it was typed, or a new one; Gone if somebody deleted it."""
    kept = _items(case)
    if item_id is None:
        return [*kept, dict(raw)]
    if all(one["id"] != item_id for one in kept):
        merging.gone(session, Item, item_id)
    return [{**one, **raw, "was": was or {}} if one["id"] == item_id else one for one in kept]


def seen(item: Item) -> dict[str, object]:
    """An item as people see it: its fields, who owes whom, its instalments."""
    whole = {key: getattr(item, key) for key in fields_of(Item)}
    return {**whole, **whom(item), "instalments": instalments(item)}


def items_without(
    case: Case, item_id: int, was: Mapping[str, object] | None = None
) -> list[dict[str, object]]:
    """The items as they stand but for one; Stale if that is not as it was ``seen`` any more."""
    for item in case.agreement.items if case.agreement else []:
        if item.id == item_id and was is not None and seen(item) != was:
            merging.stale(item, f"这一条{item.title}", "删除")
    return [one for one in _items(case) if one["id"] != item_id]


def _items(case: Case) -> list[dict[str, object]]:
    return [{"id": one.id, **whom(one)} for one in (case.agreement.items if case.agreement else [])]


def _parts_changed(
    case: Case, item: Item, raw: Mapping[str, object], was: Mapping[str, object]
) -> list[Conflict]:
    """Who owes whom, and the instalments, where somebody else changed them since they were seen."""
    stands = {**whom(item), "instalments": instalments(item)}
    found = []
    for key, label in PARTS.items():
        if key in raw and key in was and was[key] != stands[key] and raw[key] != stands[key]:
            seen, now, typed = (part_in_words(case, value) for value in (was[key], stands[key], raw[key]))
            found.append(Conflict(key, label, seen, now, typed, stands[key]))
    return found


def part_in_words(case: Case, value: object) -> str:
    """Who owes or is owed, or the instalments, in words; as values or as JSON holds them."""
    if isinstance(value, list):
        fields = fields_of(Instalment)
        told = [
            [merging.words_of(fields[key], one.get(key)) for key in ("due_on", "amount")] for one in value
        ]
        return "\n".join(f"应履行日期 {due}，{amount} 元" for due, amount in told)
    side = next((one for one in Side if one.value == value), None)
    if side is not None:
        return f"全体{side.label}"
    return next((party.name for party in case.parties if party.id == value), merging.NOTHING)


def _instalment(item: Item, raw: Mapping[str, object]) -> Instalment:
    known = next(
        (part for part in item.instalments if part.id is not None and part.id == raw.get("id")), None
    )
    part = known or Instalment()
    fill(part, raw)
    return part


def _check(item: Item) -> None:
    if item.debtor is not None and item.debtor is item.creditor:
        raise Refusal(f"协议事项里付款的和收款的都是“{item.debtor.name}”，请改正。")
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
    """A party by name or row id, or the whole of a side; Refusal if the name fits none or more than one."""
    if raw is None:
        return side, None
    by_side: Any = next((s for s in Side if raw in (s.value, s.label)), None)
    name = clean_name(raw) if isinstance(raw, str) else ""
    found = [party for party in case.parties if raw == party.id or (name and name == party.name)]
    if len(found) > 1:
        found = [party for party in found if party.side is side]
    if len(found) == 1:
        return found[0].side, found[0]
    if by_side:
        return by_side, None
    shown = str(raw)[:40]
    if found or [party for party in case.parties if party.name == name]:
        raise Refusal(f"本案有几个“{shown}”，分不清是哪一个，请在当事人姓名后加以区别。")
    raise Refusal(f"协议事项里的“{shown}”不是本案当事人，请从当事人中选择。")
