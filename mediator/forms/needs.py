"""What papers ask for before they may be issued (出具前须有的内容)."""

from mediator.domain.agreement import Item
from mediator.domain.case import Case
from mediator.domain.codes import ItemKind, Outcome, Side
from mediator.domain.stages import Need

APPLICANT = Need("请填写申请人", lambda c: any(p.name for p in c.side(Side.APPLICANT)))
RESPONDENT = Need("请填写被申请人", lambda c: any(p.name for p in c.side(Side.RESPONDENT)))
SUMMARY = Need("请填写纠纷简要情况", lambda c: bool(c.summary))
KIND = Need("请选择纠纷类型", lambda c: c.kind is not None)
ACCEPTED = Need("本案还没有受理", lambda c: c.accepted_on is not None)
MEDIATOR = Need("请确定至少一名没有回避的调解员", lambda c: bool(c.mediators))
GUARDIAN = Need(
    "未成年当事人还没有填监护人", lambda c: not any(p.lacks_guardian(c.registered_on) for p in c.parties)
)
FACTS = Need(
    "请填写纠纷主要事实、争议事项，或纠纷简要情况",
    lambda c: bool(c.summary or (c.agreement and c.agreement.facts)),
)
TERMS = Need(
    "请填写协议事项或其他约定",
    lambda c: c.agreement is not None and bool(c.agreement.items or c.agreement.terms),
)
AMOUNTS = Need(
    "请填写每一项给付的金额", lambda c: all(i.amount for i in _items(c) if i.kind is ItemKind.MONEY)
)
ACTS = Need("请填写每一项履行行为的内容", lambda c: all(i.act for i in _items(c) if i.kind is ItemKind.ACT))
INSTALMENTS = Need(
    "分期给付的，每一期都要填日期和金额，各期相加要等于给付金额", lambda c: all(map(_divided, _items(c)))
)
AGREEMENT = (APPLICANT, RESPONDENT, GUARDIAN, MEDIATOR, FACTS, TERMS, AMOUNTS, ACTS, INSTALMENTS)
"""What any agreement asks for, written or oral."""


def ended_as(words: str, *outcomes: Outcome) -> Need:
    """That mediation ended in one of these ways, or has not ended yet."""
    return Need(words, lambda c: c.outcome is None or c.outcome in outcomes)


def _items(case: Case) -> list[Item]:
    return case.agreement.items if case.agreement else []


def _divided(item: Item) -> bool:
    """Whether the instalments of a payment are complete; a single one may leave the amount to the item."""
    parts = item.instalments
    if item.kind is ItemKind.ACT or not parts:
        return True
    if len(parts) == 1:
        return parts[0].amount in (None, item.amount)
    whole = sum(part.amount or 0 for part in parts) == item.amount
    return whole and all(part.due_on and part.amount for part in parts)
