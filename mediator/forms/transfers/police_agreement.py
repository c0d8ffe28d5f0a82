"""治安调解协议书: the police's own form, for mediation done together with them (程序规定 第一百八十四条)."""

from mediator.domain import needs
from mediator.domain.codes import Outcome, Stage
from mediator.domain.wording import counted
from mediator.forms import asks, letters, parties, places, terms
from mediator.forms.case_file.agreement import known_on, reached_on
from mediator.forms.form import Form, Group, Sheet, since
from mediator.forms.letters import PAIRED, pair, wide
from mediator.forms.words import moment, room
from mediator.paper.blocks import Block, Grid, Para, Run

UNIT = asks.line(
    "unit", "主持调解的公安机关", sample="滨江派出所", start=lambda sheet: letters.police(sheet.case),
    help="公安机关另有式样的，用公安机关的式样。",
)  # fmt: skip
HOST = asks.name("host", "主持人（民警）", sample="方正")
TYPES = ("治安调解", "现场治安调解")
TYPE = asks.line("type", "调解类型", sample="治安调解", suggestions=TYPES, needed=False)
POST = asks.line("post", "主持人职务", sample="社区民警", needed=False)
OTHERS = asks.line(
    "others", "其他在场人", sample="滨江社区人民调解员陈志华", most=500, needed=False, help="不填则留空手写。"
)  # fmt: skip
WITNESS = asks.name("witness", "见证人", sample="老许", needed=False)
WITNESS_AT = asks.line(
    "witness_at", "见证人住址和电话", sample="滨江路12号3栋1-2，13000000071", needed=False
)  # fmt: skip


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    copies = Run(counted(len(case.parties) + 1)) if case.parties else room(2)
    return (
        Para("（公安机关治安调解用）", align="center", indent=False),
        _heads(sheet),
        *parties.tables(case, known_on(sheet), documents=True),
        *terms.blocks(case, "经公安机关主持调解，各方当事人自愿达成如下协议："),
        Para((Run("本协议一式"), copies, Run("份，各方当事人、公安机关各持一份。"))),
    )


def _heads(sheet: Sheet) -> Grid:
    last = sheet.case.sessions[-1] if sheet.case.sessions else None
    return Grid(
        (
            wide("调解类型", _types(sheet.said(TYPE))),
            wide("主持机关", sheet.said(UNIT)),
            pair("主持人", sheet.said(HOST), "职务", sheet.said(POST)),
            wide(
                "时间、地点",
                "，".join(filter(None, (moment(last.held_at), last.place))) if last else moment(None),
            ),
            wide("其他在场人", sheet.said(OTHERS)),
            pair("见证人", sheet.said(WITNESS), "住址和电话", sheet.said(WITNESS_AT)),
        ),
        PAIRED,
    )


def _types(chosen: str) -> str:
    """The two kinds with a box each; what was typed otherwise stands behind them."""
    boxes = "\u3000".join(("■" if kind == chosen else "□") + kind for kind in TYPES)
    return boxes if chosen in ("", *TYPES) else f"{boxes}\u3000{chosen}"


def _signers(sheet: Sheet) -> tuple[Block, ...]:
    return (
        *places.of_parties(sheet.case, known_on(sheet), seals=True),
        places.of_staff("见证人", [sheet.said(WITNESS)], optional=True),
        places.of_staff("主持人（民警）", [sheet.said(HOST)]),
    )


POLICE_AGREEMENT = Form(
    code="police_agreement",
    title="治安调解协议书",
    group=Group.TRANSFER,
    stages=since(Stage.MEDIATING, Stage.SUSPENDED, Stage.UNSETTLED),
    needs=(
        needs.ended_as("本案没有达成书面协议", Outcome.WRITTEN, Outcome.PARTIAL),
        *(need for need in needs.AGREEMENT if need is not needs.MEDIATOR),
    ),
    asks=(UNIT, TYPE, HOST, POST, OTHERS, WITNESS, WITNESS_AT),
    body=_body,
    signers=_signers,
    day=reached_on,
    sealed=True,
    seal_of=lambda sheet: sheet.said(UNIT),
    copies=lambda case: len(case.parties) + 1,
)
