"""终止调解告知书: mediation ends without an agreement; why, and which other ways there are (人民调解法 第二十六条)."""

from collections.abc import Iterator

from mediator.domain import needs
from mediator.domain.codes import UNSETTLED, Outcome, Stage
from mediator.domain.wording import prose
from mediator.forms import asks, letters, places
from mediator.forms.form import Form, Group, Sheet
from mediator.forms.notices import known
from mediator.paper.blocks import Block, Cell, Grid, Para, Run

OTHER = "其他"
GROUNDS: dict[str, tuple[str, ...]] = {
    "调解期限届满，未能达成协议": ("届满", "期满", "到期"),
    "一方当事人撤回申请，或者明确表示不接受调解": ("撤回", "不接受", "拒绝", "不愿", "不同意调解"),
    "各方分歧较大，难以达成协议": ("分歧", "争议大", "争议较大"),
    "可能恶意串通，损害社会公共利益或者第三人利益": ("串通",),
    "当事人隐瞒重要事实、提供虚假情况或者故意拖延": ("隐瞒", "虚假", "拖延"),
    "无法与当事人取得联系": ("联系不上", "无法联系", "下落不明"),
}
"""Why mediation ends (终止原因), and words by which a reason typed with the step is known to be one of them."""


def ground_of(reason: str) -> str:
    """The ground a reason speaks of: 双方分歧较大 → 各方分歧较大，难以达成协议; 其他 if of none, nothing for no reason."""
    for ground, telling in GROUNDS.items():
        if any(words in reason for words in telling):
            return ground
    return OTHER if reason else ""


def _ground(sheet: Sheet) -> str:
    withdrawn = sheet.case.outcome is Outcome.WITHDRAWN
    return ground_of("撤回" if withdrawn else known.reason(Stage.UNSETTLED)(sheet))


GROUND = asks.line(
    "ground", "终止调解的原因", sample="各方分歧较大，难以达成协议", start=_ground, suggestions=(*GROUNDS, OTHER),
    help="从列出的原因里选一项；都不合适就写“其他”，或者直接写明。",
)  # fmt: skip
REASON = asks.text(
    "reason", "具体情况", sample="双方对损失数额分歧很大，两次调解都没有谈拢。", most=500, needed=False,
    start=known.reason(Stage.UNSETTLED),
)  # fmt: skip


def _ticks(ground: str) -> Iterator[str]:
    """The grounds with a box each, the one that applies filled; words of one's own stand beside 其他."""
    for entry in GROUNDS:
        yield ("■" if entry == ground else "□") + entry
    own = ground not in ("", *GROUNDS)
    yield ("■" if own else "□") + OTHER + (f"：{ground}" if own and ground != OTHER else "")


def _body(sheet: Sheet) -> tuple[Block, ...]:
    reason = prose(sheet.said(REASON))
    ticks = "\n".join(_ticks(prose(sheet.said(GROUND))))
    return (
        letters.to(known.everyone(sheet.case)),
        Para((Run("本人民调解委员会受理的"), *letters.dispute(sheet.case), Run("，因下列原因终止调解。"))),
        Grid(
            (
                (Cell("终止的原因", label=True), Cell(ticks)),
                (Cell("具体情况", label=True), Cell(reason, height=0 if reason else 12)),
            ),
            (1, 6),
        ),
        Para(
            "根据《中华人民共和国人民调解法》第二十六条，当事人可以依法通过仲裁、行政、司法等途径维护自己的权利；"
            f"需要起诉的，向{known.court(sheet)}提起诉讼。"
        ),
    )


TERMINATION = Form(
    code="termination",
    title="终止调解告知书",
    group=Group.NOTICE,
    applies=lambda case: case.outcome is None or case.outcome in UNSETTLED,
    due=lambda case: case.outcome in (Outcome.NONE, Outcome.WITHDRAWN, Outcome.ENDED),
    stages=frozenset({Stage.UNSETTLED, Stage.CLOSED, Stage.ARCHIVED}),
    needs=(needs.ended_as("本案已经达成协议", *UNSETTLED),),
    asks=(GROUND, REASON),
    pattern="人调终〔{年}〕{号}号",
    body=_body,
    signers=lambda sheet: places.acknowledging(sheet.case, sheet.case.registered_on or sheet.today),
    day=lambda sheet: sheet.case.concluded_on,
    sealed=True,
    note="备注：当事人签名，表示已经收到本告知书。",
)
