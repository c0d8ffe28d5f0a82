"""履行凭证（收条）: one for each part of the agreement that was paid or done (人民调解法 第三十一条)."""

from datetime import date

from mediator.domain.agreement import Instalment, Item, in_money
from mediator.domain.case import Case
from mediator.domain.codes import ItemKind, Outcome, Stage
from mediator.domain.people import Party
from mediator.domain.wording import numeral, prose, unended
from mediator.forms import places
from mediator.forms.facts import fact, unknown
from mediator.forms.form import Each, Form, Sheet, since
from mediator.forms.words import day, room
from mediator.paper.blocks import Block, Para, Run


def performed(case: Case) -> list[Instalment]:
    """The instalments of which something was paid, and the acts that were done."""
    items = case.agreement.items if case.agreement else []
    parts = [part for item in items for part in item.instalments]
    return [part for part in parts if part.paid_on and (part.paid or part.item.kind is ItemKind.ACT)]


def _body(sheet: Sheet) -> tuple[Block, ...]:
    part = sheet.of(Instalment)
    item, case = part.item, sheet.case
    if item is None:
        return _empty()
    if item.kind is ItemKind.ACT:
        return (
            Para(f"{item.debtor_words}已于{day(part.paid_on)}履行完毕{_agreement(case)}约定的下列事项："),
            Para(prose(item.act)),
            Para(f"{item.creditor_words}确认上述事项已经履行。"),
            *_voucher(part),
        )
    money = in_money(part.paid or 0, unended(prose(item.act)))
    return (
        Para(f"{item.creditor_words}今收到{item.debtor_words}于{day(part.paid_on)}支付的{money}。"),
        Para(f"此款系{_agreement(case)}约定的{_which(part)}款项。{_short(part)}"),
        *_voucher(part),
    )


def _heading(sheet: Sheet) -> str:
    item = sheet.of(Instalment).item
    return "履行凭证（确认书）" if item and item.kind is ItemKind.ACT else RECEIPT.title


def _empty() -> tuple[Block, ...]:
    """To be filled in by hand."""
    return (
        Para("今收到下列款项："),
        fact("收款人", ""),
        fact("付款人", ""),
        fact("付款日期", day(None)),
        Para((Run("金额：人民币"), room(10), Run("（¥"), room(5), Run("元）")), align="left"),
        fact("用途", ""),
        fact("协议编号", ""),
        fact("所附凭证", ""),
    )


def _agreement(case: Case) -> str:
    kind = "口头协议" if case.outcome is Outcome.ORAL else "协议"
    return f"人民调解{kind}（编号：{case.number}）"


def _which(part: Instalment) -> str:
    parts = part.item.instalments
    return f"第{numeral(parts.index(part) + 1)}期" if len(parts) > 1 else ""


def _short(part: Instalment) -> str:
    """What is still owed of this part, empty if nothing is."""
    owed = (part.amount or part.item.amount or 0) - (part.paid or 0)
    return f"本期尚欠{in_money(owed)}。" if owed > 0 else ""


def _voucher(part: Instalment) -> tuple[Block, ...]:
    return (fact("所附凭证", prose(part.voucher)),) if part.voucher else ()


def creditors(item: Item, case: Case) -> list[Party]:
    """Who is paid or served: one party, or the whole side."""
    return [item.creditor] if item.creditor else case.side(item.creditor_side)


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    part, case = sheet.of(Instalment), sheet.case
    item = part.item
    role = "确认人" if item and item.kind is ItemKind.ACT else "收款人"
    signing = creditors(item, case) if item else [unknown(Party)]
    return (
        *places.of_themselves(signing, _day(sheet) or sheet.today, role),
        places.of_staff("在场人民调解员", [], optional=True),
    )


def _day(sheet: Sheet) -> date | None:
    return sheet.of(Instalment).paid_on


RECEIPT = Form(
    code="receipt",
    title="履行凭证（收条）",
    heading=_heading,
    stages=since(Stage.SETTLED, Stage.UNSETTLED),
    each=Each(Instalment, performed),
    body=_body,
    signers=_signers,
    day=_day,
)
