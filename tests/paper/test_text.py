from mediator.paper import text
from mediator.paper.blocks import Cell, Grid, Lines, Listing, Paper, Para, Seal, Signature, Signatures, Title


def test_a_paper_reads_like_a_letter() -> None:
    paper = Paper(
        "x",
        "申请书",
        (
            Title("人民调解申请书"),
            Grid(
                (
                    (Cell("姓名", label=True), Cell("王𬎆"), Cell("年\n龄", label=True), Cell("45岁")),
                    (Cell("联系\n方式", label=True), Cell("无", span=3)),
                    (Cell("合计", span=2), Cell("0.01"), Cell("元")),
                ),
                (1, 2, 1, 2),
            ),
            Para("申请如下：\n1. 赔偿。"),
            Listing(("序号", "金额"), (("1", "999.99"),), (1, 2), ("center", "right")),
            Lines(2),
            Signatures((Signature("申请人（签名）", "本人签", fingerprint=True), Signature("记录人"))),
            Seal("调委会", "2026年11月21日"),
        ),
    )

    assert text.write(paper) == (
        "人民调解申请书\n姓名：王𬎆\n年龄：45岁\n联系方式：无\n合计 | 0.01 | 元\n申请如下：\n1. 赔偿。\n序号 | 金额\n1 | 999.99\n"
        "________\n________\n申请人（签名）：________（指印）\n本人签\n记录人：________\n调委会\n（印章）\n2026年11月21日\n"
    )
