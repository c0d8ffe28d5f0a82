"""Passages worded by hand: which there are, left out, put back, and what fits nowhere any more."""

from mediator.forms import rewording
from mediator.paper.blocks import Cell, Grid, Heading, Note, Paper, Para, Run, Title

LONG = "滨江市滨江区滨江街道滨江路一千二百三十四号滨江花园小区西区三十二栋二单元一千二百零一室甲户王𬎆转交阿依古丽·买买提收"
PAPER = Paper(
    "rights", "告知书",
    (
        Title("告知书"), Heading("申请人"), Para((Run("已经", bold=True), Run("讲清楚。"))), Para("请签名"),
        Grid(
            (
                (Cell("姓名", label=True), Cell("王𬎆")),
                (Cell("号码", label=True), Cell("000000196203150013")),
                (Cell("经过。", label=True), Cell("三月一日夜里，水管爆了")),
                (Cell("地址", label=True), Cell(LONG)),
                (Cell("称呼", label=True), Cell("申请人")),
            ),
            (1, 2),
        ),
        Note("申请人"),
    ),
)  # fmt: skip


def words(paper: Paper) -> list[str]:
    return [passage for passage, _boxed in rewording._texts(paper)]


def test_paragraphs_are_offered_and_of_boxes_only_those_with_sentences() -> None:
    assert len(LONG) > rewording._SHORT
    offered = ["申请人", "已经讲清楚。", "请签名", "三月一日夜里，水管爆了", LONG]
    assert rewording.passages(PAPER) == offered
    assert "王𬎆" in rewording.passages(PAPER, known=["王𬎆"])


def test_how_often_a_passage_stands_there() -> None:
    assert [rewording.times(PAPER, passage) for passage in ("申请人", "请签名", "姓名")] == [3, 1, 0]


def test_a_paragraph_left_out_is_gone_and_a_box_stays_empty() -> None:
    made = rewording.reworded(PAPER, {"请签名": "", "王𬎆": "", "申请人": "申请一方"})
    assert len(made.blocks) == len(PAPER.blocks) - 1
    assert "请签名" not in words(made)
    grid = next(block for block in made.blocks if isinstance(block, Grid))
    assert grid.rows[0][1].text == ()
    assert words(made).count("申请一方") == 3


def test_the_programs_own_words_keep_their_type() -> None:
    assert rewording.reworded(PAPER, {"已经讲清楚。": "已经讲清楚。"}) == PAPER


def test_what_fits_nowhere_is_told_what_was_left_out_by_what_it_was() -> None:
    wording = {"没有的话": "新话", "旧话": "", "照旧": "照旧", "请签名": "签名", "王𬎆": "王𬎆芳"}
    assert rewording.lost(PAPER, wording) == ["没有的话", "旧话"]
    assert rewording.unplaced(PAPER, wording) == ["新话", "（删去）旧话"]
