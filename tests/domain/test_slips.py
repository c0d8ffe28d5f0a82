"""Slips of the pen: sure mistakes are named, confusable words only where they are probably wrong."""

import re
from pathlib import Path

import pytest

from mediator.domain.slips import PAIRS, TYPOS, slips

GOLDEN = Path(__file__).resolve().parents[1] / "forms" / "golden"


def advice(text: str) -> list[str]:
    return [slip.advice for slip in slips(text)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("双方同意由长子瞻养老人。", "赡养"),
        ("被申请人当面赔礼道欠。", "道歉"),
        ("双方因漏水发生纠份。", "纠纷"),
        ("新砌的院墙影响彩光。", "采光"),
        ("雨棚遮住窗户，通风和彩光都变差。", "采光"),
        ("本协议做为履行的依据。", "作为"),
        ("转帐付清。", "转账"),
        ("付到申请人的银行帐户。", "账户"),
        ("滨江社区人民调节委员会", "调解"),
        ("一次性陪偿8000元。", "赔偿"),
        ("双方签定本协议后生效。", "签订"),
        ("任何一方不得返悔。", "反悔"),
        ("三日内反还押金。", "返还"),
        ("不得防碍通行。", "妨碍"),
        ("宅机地界线以老墙为准。", "宅基地"),
        ("卫生间渗露。", "渗漏"),
        ("座落在滨江路12号。", "坐落"),
        ("申请人放弃其他权力。", "权利"),
        ("截止2026年3月5日，尚欠工资3090元。", "截至"),
    ],
)
def test_a_mistake_is_named_with_what_is_right(text: str, right: str) -> None:
    found = slips(text)
    assert len(found) == 1
    assert found[0].found in text
    assert "应写作" in found[0].advice
    assert right in found[0].advice.split("应写作")[1]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("离婚后婚生子由女方扶养。", "抚养"),
        ("双方共同扶养未成年的子女。", "抚养"),
        ("三个儿子轮流抚养年迈的父母。", "赡养"),
        ("由长女扶养老人。", "赡养"),
        ("夫妻有相互抚养的义务。", "扶养"),
        ("男方应尽到赡养两个孩子的责任。", "抚养"),
        ("违约的，订金不予退还。", "定金"),
        ("出卖人应双倍返还订金。", "定金"),
    ],
)
def test_a_word_that_is_probably_wrong_is_to_be_looked_at(text: str, right: str) -> None:
    found = advice(text)
    assert len(found) == 1
    assert "请核对" in found[0]
    assert f"“{right}”" in found[0]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("乙方收取订金3000元，余款另付。定金于签约当日交清。", "订金"),
        ("被申请人赔偿医疗费，另补偿误工损失500元。", "补偿"),
        ("孩子由女方抚养，男方支付扶养费。", "扶养"),
    ],
)
def test_two_words_for_one_thing_are_remarked_on_once(text: str, pair: str) -> None:
    found = slips(text)
    assert [slip.found for slip in found] == [pair]
    assert "都出现了" in found[0].advice


@pytest.mark.parametrize(
    "text",
    [
        "",
        "孩子由父亲抚养，母亲每月支付抚养费800元；子女应当赡养父母。",
        "未直接抚养的父母一方有探望权，抚养费母亲承担一半。",
        "父母应当抚养教育未成年子女。",
        "双方签订遗赠扶养协议，孩子归女方抚养。",
        "夫妻有相互扶养的义务。",
        "赡养老人是子女的义务，赡养费由三个儿子分担。",
        "影响采光和通风，墙边装了一盏彩光灯。",
        "街道欠费三个月。",
        "搭建的帐篷和蚊帐由申请人收走。",
        "叫做为期三十天的整改，这样做为好。",
        "违反还款约定的，相反还要多付；两家俱乐部既使用了楼道，也按装卸次数付费。",
        "经调节阀门，水压恢复。",
        "工资按装修标准计算，按装修合同付款。",
        "定金3000元，违约双倍返还。",
        "收取订金3000元，可以退还。",
        "用人单位支付经济补偿，并赔偿医药费。",
        "村委会依照权力清单办理。",
        "报名截止日期是3月5日。",
        "声音调节到最小。",
        "租金每月2000元，按期支付到账户。",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert advice(text) == []


def test_the_same_mistake_twice_is_said_once_and_another_beside_it() -> None:
    text = "转帐支付。\n余款转帐支付，帐号另行告知。"
    assert [slip.found for slip in slips(text)] == ["转帐", "帐号"]


def test_what_a_phrase_left_to_fill_in_is_noticed() -> None:
    assert advice("××每月20日前支付抚养费××元。") == ["“××”请核对：这里还没有填上实际的内容。"]


def test_advice_is_a_whole_sentence_and_mends_the_word() -> None:
    for pair in PAIRS:
        assert pair.advice.endswith("。")
    for typo in TYPOS:
        assert typo.right not in typo.wrong
        assert re.compile(typo.pattern)


def test_what_the_program_itself_writes_is_clean() -> None:
    papers = sorted(GOLDEN.glob("*.txt"))
    assert papers
    wrong = {paper.name: found for paper in papers if (found := advice(paper.read_text("utf-8")))}
    assert wrong == {}
