import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediator.paper.blocks import (
    Block,
    Cell,
    Grid,
    Listing,
    Paper,
    Para,
    Run,
    dumps,
    loads,
    plain,
    runs,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), words=st.text())
def test_a_kept_paper_comes_back_the_same(
    data: st.DataObject, words: str, blocks: st.SearchStrategy[Block]
) -> None:
    paper = Paper("x", words, tuple(data.draw(st.lists(blocks, max_size=6))), words, words)
    kept = dumps(paper)

    assert loads(kept) == paper
    assert dumps(loads(kept)) == kept
    kept.encode("utf-8")


def test_rare_characters_are_kept_readable() -> None:
    assert "王𬎆𪚥㛃䶮" in dumps(Paper("agreement", "协议书", (Para("王𬎆𪚥㛃䶮"),)))


def test_neighbouring_runs_of_one_style_are_one() -> None:
    parted = Para((Run("王"), Run(""), Run("𬎆"), Run("元", bold=True)))

    assert parted == Para((Run("王𬎆"), Run("元", bold=True)))


def test_what_cannot_be_seen_does_not_reach_the_paper() -> None:
    hostile = "张\u202e三\x00\u200b\ufeff\ue0100欠\u2066款\t5\u00a0元\r\n李\ud800四\U000e0100\ufe0f"

    assert plain(hostile) == "张三\ue0100欠款 5 元\n李\ufffd四"
    assert runs("\u200e\x07") == ()


def test_a_row_that_does_not_fill_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="姓名"):
        Grid(((Cell("姓名", label=True), Cell("王𬎆")),), (20, 30, 40))
    with pytest.raises(ValueError, match="listing"):
        Listing(("序号", "姓名"), (("1",),), (10, 30), ("center", "left"))


def test_rows_that_belong_together_are_kept_only_where_there_are_any() -> None:
    rows = (
        (Cell("姓名", label=True), Cell("王𬎆")),
        (Cell("住址", label=True), Cell("江畔路")),
        (Cell("注"), Cell("")),
    )
    loose, grouped = (Paper("x", "x", (Grid(rows, (1, 3), groups),)) for groups in ((), (2,)))

    assert "groups" not in dumps(loose) and '"groups":[2]' in dumps(grouped)
    assert loads(dumps(loose)) == loose and loads(dumps(grouped)) == grouped
    for wrong in ((4,), (2, 2), (0,), (-1, 2)):
        with pytest.raises(ValueError, match="groups"):
            Grid(rows, (1, 3), wrong)


def test_a_grid_kept_before_there_were_groups_is_read() -> None:
    kept = (
        '{"format":1,"paper":{"blocks":[{"is":"Grid","rows":[[{"align":"left","bold":false,"height":0.0,"is":"Cell",'
        '"label":true,"span":1,"text":"姓名"}]],"widths":[1]}],"form":"x","is":"Paper","number":"","office":"","title":"x"}}'
    )
    (block,) = loads(kept).blocks

    assert isinstance(block, Grid) and block.groups == ()
    assert dumps(loads(kept)) == kept


@pytest.mark.parametrize(
    "kept",
    [
        "[]",
        '{"format":1}',
        '{"format":2,"paper":{"is":"Paper","form":"x","title":"x","blocks":[]}}',
        '{"format":1,"paper":{"is":"os","form":"x"}}',
        '{"format":1,"paper":{"is":"Paper","form":"x"}}',
        '{"format":1,"paper":{"is":"Gap","mm":3}}',
        '{"format":1,"paper":{"is":"Title","text":5}}',
        "not json",
    ],
)
def test_what_is_no_paper_is_refused(kept: str) -> None:
    with pytest.raises(ValueError):
        loads(kept)


def test_the_format_is_named() -> None:
    assert json.loads(dumps(Paper("a", "b", ())))["format"] == 1
