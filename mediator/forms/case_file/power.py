"""授权委托书: a party gives an agent (委托代理人) a power, with its items and limits."""

from datetime import date

from mediator.domain.case import Case
from mediator.domain.codes import Proxy, Referrer, Source, Stage
from mediator.domain.people import Identified, Party, Representative
from mediator.domain.wording import prose
from mediator.forms import parties, places
from mediator.forms.case_file.cover import volume_name
from mediator.forms.facts import unknown
from mediator.forms.form import Each, Form, Sheet, since
from mediator.forms.words import room
from mediator.paper.blocks import Block, Cell, Grid, Note, Para, Run, Signature, Signatures, Text

Row = tuple[Cell, ...]

_ITEMS = """□申请调解，要求终止调解；　□收集、提供证据；
□选择或者接受人民调解员；　□承认、变更、放弃调解请求；
□参加调解，签署调查记录、调解记录、告知书和协议书；
□领取调解文书；　□其他："""

_POLICE = (
    "公安机关主持的治安调解另有规定：被侵害人委托他人参加的，应当提交写明委托权限的委托书；"
    "违法嫌疑人不得委托他人参加（《公安机关办理行政案件程序规定》第一百八十一条）。"
)


def agents(case: Case) -> list[Representative]:
    """Everyone appointed by a party as its agent; who is appointed by several has a power from each."""
    return [one for party in case.parties for one in party.representatives if one.proxy is Proxy.AGENT]


def _principal(agent: Representative) -> Party:
    return agent.party or unknown(Party)


def _body(sheet: Sheet) -> tuple[Block, ...]:
    agent = sheet.of(Representative)
    principal, case = _principal(agent), sheet.case
    name = volume_name(case)
    matter = Run(f"“{name}”") if name else room(10)
    rows = (
        *_rows("委托人", principal),
        *_head(principal),
        *_rows("受委托人", agent),
        _wide("关系或职务", agent.relation),
        _wide("委托事项", (Run(f"参加{sheet.office.name}对"), matter, Run("的调解。"))),
        _wide("代理权限\n（打√选择）", (Run(_ITEMS), room(12))),
        _wide("权限说明", prose(agent.powers)),
        _wide("委托期限", "自本委托书签署之日起，至本次调解结束之日止。"),
    )
    return (
        Para("委托人自愿委托下列受委托人作为代理人，参加人民调解。"),
        Grid(rows, (19, 41, 16, 24)),
        Note("备注：委托人是单位的，由法定代表人（负责人）签名并盖章；是未成年人的，由监护人签名。"),
        *((Note(_POLICE),) if _from_police(case) or sheet.blank else ()),
    )


def _rows(role: str, holder: Identified) -> tuple[Row, ...]:
    document = f"{holder.id_kind.label} {holder.id_number}" if holder.id_number else ""
    return (
        (
            Cell(role, label=True),
            Cell(holder.name, bold=True),
            Cell("联系方式", label=True),
            Cell(holder.phone),
        ),
        _wide("证件号码", document),
        _wide("住址或住所", holder.address),
    )


def _head(party: Party) -> tuple[Row, ...]:
    """Who speaks for a body; also where nothing is known of the party."""
    head = parties.head_of(party)
    post = f"（{head.relation}）" if head and head.relation else ""
    shown = parties.is_body(party) or not party.type
    return (_wide(prose(Proxy.HEAD.label), f"{head.name}{post}" if head else ""),) if shown else ()


def _wide(caption: str, value: Text) -> Row:
    return Cell(caption, label=True), Cell(value, span=3)


def _from_police(case: Case) -> bool:
    return case.source is Source.REFERRAL and case.referrer is Referrer.POLICE


def _day(sheet: Sheet) -> date:
    return sheet.case.registered_on or sheet.today


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    agent = sheet.of(Representative)
    own = places.of_themselves([_principal(agent)], _day(sheet), "委托人")
    return (*own, Signatures((Signature(f"受委托人{agent.name}"),)))


POWER = Form(
    code="power",
    title="授权委托书",
    stages=since(Stage.REGISTERED, Stage.REFUSED),
    each=Each(Representative, agents),
    filled=(Representative.name,),
    body=_body,
    signers=_signers,
    day=lambda sheet: None,
)
"""The day is written by the principal who signs."""
