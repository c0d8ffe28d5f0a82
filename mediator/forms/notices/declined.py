"""不予受理通知书: the committee tells why it does not take the dispute in (若干规定 第二十二条; 人民调解法 第十七条)."""

from mediator.domain import needs
from mediator.domain.codes import Side, Stage
from mediator.domain.needs import Need
from mediator.domain.wording import prose, unended
from mediator.forms import asks, letters, places
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.notices import known
from mediator.forms.words import day, room
from mediator.paper.blocks import Block, Para, Run

ADDRESSEE = asks.line(
    "addressee", "受通知人", sample="缑文博", most=500, start=known.names(Side.APPLICANT),
    help="申请人，或者委托移送的单位。",
)  # fmt: skip
BASIS = asks.line(
    "basis", "不予受理的依据", sample="《人民调解工作若干规定》第二十二条",
    start=lambda sheet: "《人民调解工作若干规定》第二十二条",
    suggestions=("《人民调解工作若干规定》第二十二条", "《中华人民共和国人民调解法》第十七条"),
    help="第二十二条：不属于民间纠纷，或者已由其他机关受理、处理；第十七条：一方当事人明确拒绝调解。",
)  # fmt: skip
REASON = asks.text(
    "reason", "不予受理的理由", sample="同一纠纷已由人民法院受理", most=300, start=known.reason(Stage.REFUSED),
    help="写明不符合哪一项受理条件。",
)  # fmt: skip


def _stub(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    kind = case.kind.label if case.kind else ""
    return (
        known.pairs(known.sides(case), ("纠纷类型", kind, "决定日期", day(known.day(Stage.REFUSED)(sheet)))),
        places.of_staff("经办人", []),
    )


def _body(sheet: Sheet) -> tuple[Block, ...]:
    basis, reason = prose(sheet.said(BASIS)), unended(prose(sheet.said(REASON)))
    return (
        letters.to(sheet.said(ADDRESSEE)),
        Para(
            (
                Run("关于"),
                *letters.dispute(sheet.case),
                Run("，经审查，不符合受理条件。根据"),
                Run(basis) if basis else room(14),
                Run("的规定，本人民调解委员会决定不予受理。"),
            )
        ),
        Para((Run("理由："), Run(reason) if reason else room(48), Run("。"))),
        Para(
            "你方可以依法通过仲裁、行政、司法等途径维护自己的权利；"
            f"需要起诉的，向{known.court(sheet)}提起诉讼。"
        ),
    )


DECLINED = Form(
    code="declined",
    title="不予受理通知书",
    group=Group.NOTICE,
    applies=lambda case: case.accepted_on is None,
    due=lambda case: case.stage is Stage.REFUSED,
    stages=frozenset({Stage.REGISTERED, Stage.REFUSED}),
    needs=(needs.APPLICANT, Need("本案已经受理", lambda case: case.accepted_on is None)),
    asks=(ADDRESSEE, BASIS, REASON),
    pattern="人调不受〔{年}〕{号}号",
    stub=_stub,
    body=_body,
    day=known.day(Stage.REFUSED),
    sealed=True,
)
