"""送达回证: proof that a paper was handed over, to whom, when and how."""

from mediator.domain.codes import Side, Stage
from mediator.domain.wording import prose
from mediator.forms import asks
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.forms.case_file.rights import RIGHTS
from mediator.forms.facts import table
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.notices import known
from mediator.forms.notices.accepted import ACCEPTED
from mediator.forms.notices.declined import DECLINED
from mediator.forms.notices.litigation import LITIGATION
from mediator.forms.notices.recusal import RECUSAL
from mediator.forms.notices.summons import SUMMONS
from mediator.forms.notices.suspension import SUSPENSION
from mediator.forms.notices.termination import TERMINATION
from mediator.forms.words import moment
from mediator.paper.blocks import Block, Cell, Grid, Signature, Signatures

SERVED = (ACCEPTED, DECLINED, RIGHTS, SUMMONS, RECUSAL, SUSPENSION, TERMINATION, LITIGATION, AGREEMENT)
"""What is usually handed over."""

DOCUMENT = asks.line(
    "document", "送达的文书", sample="受理通知书", suggestions=tuple(form.title for form in SERVED),
    help="一次送几份文书的，都写上。",
)  # fmt: skip
NUMBER = asks.line("number", "文书编号", sample="人调受〔2026〕7号", most=100, needed=False)
RECEIVER = asks.line("receiver", "受送达人", sample="林淑芬", most=500, start=known.names(Side.RESPONDENT))


def _place(sheet: Sheet) -> str:
    """The address of the respondents, if they have one in common."""
    found = {party.address for party in sheet.case.side(Side.RESPONDENT)}
    return found.pop() if len(found) == 1 else ""


PLACE = asks.line("place", "送达地点", sample="滨江路12号3栋2-1", start=_place, needed=False)
WAY = asks.line(
    "way", "送达方式", sample="直接送达", most=50, needed=False,
    suggestions=("直接送达", "委托送达", "邮寄送达", "电子送达", "留置送达"),
)  # fmt: skip


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    return (
        table(
            ("纠纷名称", case.full_name if case.parties or case.name else ""),
            ("卷号", case.number),
            ("送达的文书", prose(sheet.said(DOCUMENT))),
            ("文书编号", sheet.said(NUMBER)),
            ("受送达人", prose(sheet.said(RECEIVER))),
            ("送达地点", prose(sheet.said(PLACE))),
            ("送达方式", prose(sheet.said(WAY))),
            ("收到时间", moment(None)),
        ),
        Grid(((Cell("不能送达或者拒绝签收的原因", label=True), Cell("", height=24)),), (1, 4)),
    )


SERVICE = Form(
    code="service",
    title="送达回证",
    group=Group.NOTICE,
    repeats=True,
    stages=frozenset(Stage),
    asks=(DOCUMENT, NUMBER, RECEIVER, PLACE, WAY),
    body=_body,
    signers=lambda sheet: (
        Signatures(
            (
                Signature("受送达人", fingerprint=True, optional=True),
                Signature("代收人", "注明与受送达人的关系和代收理由", optional=True),
                Signature("送达人"),
                Signature("送达人", optional=True),
                Signature("见证人", optional=True),
            )
        ),
    ),
    note="备注：受送达人签名、盖章或者按指印；由他人代收的，由代收人签名。拒绝签收的，由送达人写明情况，请见证人签名。",
)
