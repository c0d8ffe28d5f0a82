"""会商会议记录: a meeting on disputes and risks, with what was decided, who does it and by when."""

from mediator.forms import asks, places
from mediator.forms.facts import section
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.letters import PAIRED, pair, wide
from mediator.forms.words import moment
from mediator.forms.work.lines import parts, typed
from mediator.forms.work.listing import Column, numbered
from mediator.paper.blocks import Block, Grid, Heading

KIND = asks.line(
    "kind", "会商类型", sample="街道周会商", suggestions=("每日沟通", "街道周会商", "月度研判", "专题会商")
)
AT = asks.moment("at", "会议时间", sample="2026-05-18T09:30")
PLACE = asks.line("place", "会议地点", sample="滨江社区三楼会议室")
HOST = asks.name("host", "主持人", sample="陈志华")
RECORDER = asks.name("recorder", "记录人", sample="赵丽娟")
ATTENDANTS = asks.text(
    "attendants", "参加人员", sample="马秀英、方正、楼长老许、街道司法所邱小满", most=2_000
)
AGENDA = asks.text("agenda", "会议议题", sample="一、绿野公司欠薪纠纷；\n二、滨江花园停车收费。", most=2_000)
DISCUSSION = asks.text(
    "discussion", "讨论情况", needed=False,
    sample="马秀英：公司已经认可欠款数额，只是要求分期。\n方正：先稳住工友情绪，派出所随时配合。",
)  # fmt: skip
DECISIONS = asks.text(
    "decisions", "议定事项", needed=False, most=4_000,
    sample="马秀英，5月25日前，到公司核对考勤表，拿出分期方案\n方正、楼长老许，5月20日，上门安抚业主\n下周一继续会商",
    help="一行写一项：谁，什么时候以前，做什么。例如：马秀英，5月25日前，到公司核对考勤表。",
)  # fmt: skip


def _body(sheet: Sheet) -> tuple[Block, ...]:
    decided = [parts(line, 3, main=2) for line in typed(sheet.said(DECISIONS))]
    return (
        Grid(
            (
                wide("会商类型", sheet.said(KIND)),
                wide("会议时间", moment(sheet.said(AT))),
                wide("会议地点", sheet.said(PLACE)),
                pair("主持人", sheet.said(HOST), "记录人", sheet.said(RECORDER)),
                wide("参加人员", sheet.said(ATTENDANTS)),
                wide("参加人员签名", "", 30),
            ),
            PAIRED,
        ),
        *section("会议议题", sheet.said(AGENDA), 2),
        *section("讨论情况", sheet.said(DISCUSSION), 11),
        Heading("议定事项"),
        numbered((Column("责任人", 90), Column("时限", 80), Column("事项", 244)), decided, empty=4),
    )


MEETING = Form(
    code="meeting",
    title="会商会议记录",
    group=Group.WORK,
    of_office=True,
    asks=(KIND, AT, PLACE, HOST, RECORDER, ATTENDANTS, AGENDA, DISCUSSION, DECISIONS),
    body=_body,
    signers=lambda sheet: (
        places.of_staff("主持人", [sheet.said(HOST)]),
        places.of_staff("记录人", [sheet.said(RECORDER)]),
    ),
)
