"""派出所调解工作月报: the table of the police line (公安), for rooms stationed at a police station (警调对接).

Stock and flow of the office's cases, of which those the police handed over; and what became of them: the four ways out that
a city reports (化解、引导进入司法程序、移送其他部门、继续调解), and the rest, so that they add up.
"""

from datetime import date

from sqlalchemy import or_, true

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, Basis, Outcome, Referrer, Source
from mediator.tallies.checks import Between, Continues, StockFlow, Sum
from mediator.tallies.population import Scope
from mediator.tallies.shared import HEADCOUNT_WORDS, IS_SETTLED, SETTLED_WORDS
from mediator.tallies.table import Column, Rate, Table, Unit

_IN, _FROM, _DONE, _WAY, _ABOUT = "收案", "本期受理来源", "办结", "去向", "涉及"
_POLICE = (Case.source == Source.REFERRAL) & (Case.referrer == Referrer.POLICE)
_OTHERS = or_(Case.source != Source.REFERRAL, Case.referrer.is_(None), Case.referrer != Referrer.POLICE)
_ELSEWHERE = (Outcome.LITIGATION, Outcome.TRANSFERRED)
_ENDED = tuple(outcome for outcome in Outcome if outcome not in (*SETTLED, *_ELSEWHERE))
_ENDED_WORDS = "、".join(outcome.label for outcome in _ENDED)

_STOCK = (
    Column("due", "应办案件", _IN, Unit.CASES, "件数。", where=true(), scope=Scope.DUE),
    Column("opening", "上期接转", _IN, Unit.CASES, "件数。", part_of="due", where=true(), scope=Scope.OPENING),
    Column("accepted", "本期受理", _IN, Unit.CASES, "件数。", part_of="due", where=true(), scope=Scope.ACCEPTED),
    Column(
        "from_police", "公安机关移送", _FROM, Unit.CASES, "案件来源为接受委托移送调解、委托移送单位为公安机关的件数。",
        part_of="accepted", where=_POLICE, scope=Scope.ACCEPTED,
    ),
    Column(
        "from_others", "其他来源", _FROM, Unit.CASES, "不是公安机关移送的件数。",
        part_of="accepted", where=_OTHERS, scope=Scope.ACCEPTED,
    ),
    Column("concluded", "本期办结", _DONE, Unit.CASES, "件数。", where=true(), scope=Scope.CONCLUDED),
    Column(
        "concluded_police", "办结公安机关移送", _DONE, Unit.CASES, "公安机关移送的件数。",
        where=_POLICE, scope=Scope.CONCLUDED,
    ),
    Column(
        "settled_police", "化解公安机关移送", _DONE, Unit.CASES, "公安机关移送、达成协议的件数。",
        where=_POLICE & IS_SETTLED, scope=Scope.CONCLUDED,
    ),
)  # fmt: skip

_WAYS = (
    Column(
        "settled", "化解", _WAY, Unit.CASES, SETTLED_WORDS,
        part_of="due", where=IS_SETTLED, scope=Scope.CONCLUDED,
    ),
    Column(
        "litigation", "引导进入司法程序", _WAY, Unit.CASES, f"调解结果为{Outcome.LITIGATION.label}的件数。",
        part_of="due", where=Case.outcome == Outcome.LITIGATION, scope=Scope.CONCLUDED,
    ),
    Column(
        "transferred", "移送其他部门", _WAY, Unit.CASES, f"调解结果为{Outcome.TRANSFERRED.label}的件数。",
        part_of="due", where=Case.outcome == Outcome.TRANSFERRED, scope=Scope.CONCLUDED,
    ),
    Column(
        "ended", "其他终止", _WAY, Unit.CASES, f"调解结果为{_ENDED_WORDS}的件数。",
        part_of="due", where=Case.outcome.in_(_ENDED), scope=Scope.CONCLUDED,
    ),
    Column(
        "closing", "继续调解（期末未结）", _WAY, Unit.CASES, "件数，转入下期。",
        part_of="due", where=true(), scope=Scope.CLOSING,
    ),
)  # fmt: skip

_WHAT = (
    Column(
        "people", "涉及当事人数", _ABOUT, Unit.PEOPLE, HEADCOUNT_WORDS,
        where=true(), measure=Case.headcount, scope=Scope.ACCEPTED,
    ),
    Column(
        "amount", "协议涉及金额", _ABOUT, Unit.FEN, "化解案件的“协议涉及金额”之和；按分相加，只在显示时折成万元。",
        where=IS_SETTLED, measure=Agreement.amount, scope=Scope.CONCLUDED,
    ),
)  # fmt: skip

_LATE = "上期报出以后有案件补录或者改动的，请先出更正单，或者写明原因"

POLICE = Table(
    code="police",
    title="派出所调解工作月报",
    edition=1,
    valid_from=date(2018, 1, 1),
    columns=(*_STOCK, *_WAYS, *_WHAT),
    limits=(
        StockFlow("opening", "accepted", "concluded", "closing"),
        Sum("concluded", ("settled", "litigation", "transferred", "ended")),
    ),
    rates=(
        Rate("settled_rate", "化解率", "settled", "concluded", _DONE),
        Rate("settled_police_rate", "公安机关移送案件化解率", "settled_police", "concluded_police", _DONE),
    ),
    authority="公安机关",
    cross=(
        Between("justice", "total", "concluded", basis=Basis.CONCLUDED),
        Between("justice", "settled", "settled", basis=Basis.CONCLUDED),
        Between("justice", "amount", "amount", basis=Basis.CONCLUDED),
        Continues("closing", "opening", hint=_LATE),
    ),
)
