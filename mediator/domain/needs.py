"""What a step or a paper asks for (须有的内容): one thing each, with the words that say what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass

from mediator.domain.agreement import Item
from mediator.domain.case import Case
from mediator.domain.codes import ItemKind, Outcome, Side, Source


@dataclass(frozen=True)
class Need:
    """One thing a move asks for; ``words`` say what to do when it is not met."""

    words: str
    met: Callable[[Case], bool]


APPLICANT = Need("请填写申请人", lambda c: any(p.name for p in c.side(Side.APPLICANT)))
RESPONDENT = Need("请填写被申请人", lambda c: any(p.name for p in c.side(Side.RESPONDENT)))
KIND = Need("请选择纠纷类型", lambda c: c.kind is not None)
SUMMARY = Need("请填写纠纷简要情况", lambda c: bool(c.summary))
REFERRER = Need("请选择委托移送单位类别", lambda c: c.source is not Source.REFERRAL or c.referrer is not None)
ACCEPTANCE = (APPLICANT, RESPONDENT, KIND, SUMMARY, REFERRER)
"""What a case is accepted on, and has to keep from then on."""
MEDIATOR = Need("请确定至少一名没有回避的调解员", lambda c: bool(c.mediators))
INVESTIGATION = Need("请先记一份调查记录", lambda c: bool(c.investigations))
GUARDIAN = Need(
    "未成年当事人还没有填监护人", lambda c: not any(p.lacks_guardian(c.registered_on) for p in c.parties)
)
SESSION = Need("请先记一份调解记录", lambda c: bool(c.sessions))
TERMS = Need(
    "请填写协议事项或其他约定",
    lambda c: c.agreement is not None and bool(c.agreement.items or c.agreement.terms),
)
PERFORMANCE = Need(
    "请在“协议与履行”里记下履行情况",
    lambda c: c.agreement is not None and c.agreement.performance is not None,
)
REVISIT = Need("请先记一份回访记录", lambda c: bool(c.revisits))
ACCEPTED = Need("本案还没有受理", lambda c: c.accepted_on is not None)
FACTS = Need(
    "请填写纠纷主要事实、争议事项，或纠纷简要情况",
    lambda c: bool(c.summary or (c.agreement and c.agreement.facts)),
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
