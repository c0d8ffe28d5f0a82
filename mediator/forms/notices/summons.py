"""调解通知书（邀请函）: the parties are told when and where, others are invited to help (人民调解法 第二十条、第二十三条)."""

from mediator.domain.codes import Side, Stage
from mediator.domain.stages import OPEN
from mediator.domain.wording import prose, unended
from mediator.forms import asks, letters
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.notices import known
from mediator.forms.words import moment, room
from mediator.paper.blocks import Block, Para, Run

ADDRESSEE = asks.line(
    "addressee", "受通知人", sample="何秀梅", most=500, start=known.names(Side.RESPONDENT),
    help="通知谁、邀请谁，就写谁；每人一份。",
)  # fmt: skip
ROLE = asks.line(
    "role", "受邀身份", sample="社区干部", most=50, needed=False,
    suggestions=("当事人的亲属", "邻居", "同事", "专业人员", "社区干部", "社区民警", "网格员"),
    help="通知当事人时不填；邀请别人协助调解时，写明以什么身份参加。",
)  # fmt: skip
WHEN = asks.moment("when", "通知的调解时间", sample="2026-05-22T14:30")
PLACE = asks.line(
    "place", "通知的调解地点", sample="滨江社区调解室（滨江路1号）", start=lambda sheet: sheet.office.address
)  # fmt: skip
BRING = asks.line(
    "bring", "应当携带的材料", sample="身份证明、与纠纷有关的材料", needed=False,
    start=lambda sheet: "身份证明、与纠纷有关的材料；委托他人参加的，还要带授权委托书",
)  # fmt: skip


def _heading(sheet: Sheet) -> str:
    return "邀请函" if sheet.said(ROLE) else "调解通知书"


def _body(sheet: Sheet) -> tuple[Block, ...]:
    return (
        letters.to(sheet.said(ADDRESSEE)),
        *(_invited(sheet, sheet.said(ROLE)) if sheet.said(ROLE) else _called(sheet)),
        known.contact(sheet),
    )


def _appointment(sheet: Sheet) -> tuple[Run, ...]:
    """Which dispute, when and where."""
    at, place = sheet.said(WHEN), prose(sheet.said(PLACE))
    return (
        Run("关于"), *letters.dispute(sheet.case),
        Run(f"，本人民调解委员会定于{moment(at)}，在"),
        Run(place) if place else room(16), Run("进行调解。"),
    )  # fmt: skip


def _called(sheet: Sheet) -> tuple[Block, ...]:
    """The words to a party."""
    bring = unended(prose(sheet.said(BRING)))
    return (
        Para((*_appointment(sheet), Run("请按时参加。"))),
        Para((Run("请携带："), Run(bring) if bring else room(20), Run("。"))),
        Para("不能按时参加的，请提前告知，以便另行约定时间。"),
        Para(
            "根据《中华人民共和国人民调解法》的规定，当事人有权接受调解、拒绝调解或者要求终止调解（第二十三条）；"
            "人民调解不收取任何费用（第四条）。"
        ),
    )


def _invited(sheet: Sheet, role: str) -> tuple[Block, ...]:
    """The words to one who is asked to help."""
    return (
        Para(
            (
                *_appointment(sheet),
                Run(
                    "经当事人同意，根据《中华人民共和国人民调解法》第二十条的规定，"
                    f"邀请您以{prose(role)}的身份参加，协助做好调解工作。"
                ),
            )
        ),
        Para("请对调解中知悉的个人隐私、商业秘密予以保密。不能参加的，请提前告知。"),
    )


SUMMONS = Form(
    code="summons",
    title="调解通知书（邀请函）",
    heading=_heading,
    group=Group.NOTICE,
    repeats=True,
    applies=lambda case: case.stage is not Stage.REFUSED,
    stages=frozenset({Stage.REGISTERED, *OPEN, Stage.SUSPENDED}),
    asks=(ADDRESSEE, ROLE, WHEN, PLACE, BRING),
    pattern="人调通〔{年}〕{号}号",
    body=_body,
    day=lambda sheet: None if sheet.blank else sheet.today,
    sealed=True,
)
