"""Agreements: what an item says in words, what is paid and open, and how a case is called."""

from datetime import date
from typing import Any

import pytest

from mediator.domain.agreement import Agreement, Instalment, Item, in_money
from mediator.domain.case import Case
from mediator.domain.codes import Duty, ItemKind, Kind, Side, Stage
from mediator.domain.people import Party, Staff
from mediator.domain.records import Assignment


def item(*instalments: Instalment, more: Party | None = None, **values: Any) -> Item:
    """An item on the agreement of a case with one party on either side and perhaps one more."""
    zhou = Party(side=Side.APPLICANT, name="周文谦")
    guli = Party(side=Side.RESPONDENT, name="阿依古丽·买买提")
    made = Item(instalments=list(instalments), **values)
    Case(parties=[zhou, guli, *([more] if more else [])], agreement=Agreement(items=[made]))
    return made


def by(month: int, day: int, **values: Any) -> Instalment:
    return Instalment(due_on=date(2026, month, day), **values)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (item(amount=1_500_000), "被申请人阿依古丽·买买提向申请人周文谦支付人民币壹万伍仟元整（¥15,000元）。"),
        (item(by(4, 4), amount=50, way="现金", place="滨江社区调解室"),
         "被申请人阿依古丽·买买提在滨江社区调解室以现金方式向申请人周文谦支付人民币伍角（¥0.50元），于2026年4月4日前（含当日）付清。"),
        (item(by(3, 5, amount=500_000), by(4, 4, amount=1_000_001), amount=1_500_001, act="医疗费。"),
         "被申请人阿依古丽·买买提向申请人周文谦支付人民币壹万伍仟元零壹分（¥15,000.01元，用途：医疗费），分两期："
         "第一期于2026年3月5日前（含当日）支付人民币伍仟元整（¥5,000元）；"
         "第二期于2026年4月4日前（含当日）支付人民币壹万元零壹分（¥10,000.01元）。"),
        (item(by(4, 4), kind=ItemKind.ACT, act="修好漏水的水管。", place="3 栋"),
         "被申请人阿依古丽·买买提于2026年4月4日前（含当日）在3 栋修好漏水的水管。"),
        (item(kind=ItemKind.ACT, act="赔礼道歉", debtor_side=Side.APPLICANT), "申请人周文谦赔礼道歉。"),
        (item(kind=ItemKind.ACT, act="不再争执", more=Party(side=Side.RESPONDENT, name="𪚥某")), "全体被申请人不再争执。"),
        (item(kind=ItemKind.ACT, act="道歉", more=(su := Party(side=Side.RESPONDENT, name="𪚥某")), debtor=su),
         "被申请人𪚥某道歉。"),
        (item(amount=100, more=Party(side=Side.THIRD, name="王𬎆"), debtor_side=Side.THIRD, creditor_side=Side.RESPONDENT),
         "第三人王𬎆向被申请人阿依古丽·买买提支付人民币壹元整（¥1元）。"),
    ],
)  # fmt: skip
def test_an_item_in_words(made: Item, words: str) -> None:
    assert made.in_words() == words


def test_an_amount_is_written_from_one_number() -> None:
    assert in_money(1_050) == "人民币壹拾元伍角（¥10.50元）"


def test_what_is_paid_and_what_is_open() -> None:
    first, second = by(3, 5, amount=500_000), by(4, 4, amount=1_000_000)
    money, act = item(first, second, amount=1_500_000), item(Instalment(), kind=ItemKind.ACT, act="修")
    agreement = Agreement(items=[money, act])
    assert (agreement.money, money.paid, len(agreement.open_instalments)) == (1_500_000, 0, 3)
    first.paid, first.paid_on = 499_999, date(2026, 3, 5)
    assert money.paid == 499_999
    assert first in agreement.open_instalments, "one 分 is missing"
    first.paid = 500_000
    assert agreement.open_instalments == [second, *act.instalments]
    act.instalments[0].paid_on = date(2026, 3, 6)
    assert agreement.open_instalments == [second]
    second.paid = 1_000_000
    assert agreement.open_instalments == [second], "paid, but on what day?"


def test_acts_are_no_money() -> None:
    assert Agreement(items=[Item(kind=ItemKind.ACT, act="修", amount=5), Item(amount=7), Item()]).money == 7


@pytest.mark.parametrize(
    ("case", "name"),
    [
        (Case(), "纠纷"),
        (Case(kind=Kind.NEIGHBOUR, parties=[Party(name="周文谦")]), "周文谦邻里纠纷"),
        (Case(parties=[Party(name="甲"), Party(name="乙"), Party(side=Side.RESPONDENT, name="丙"),
                       Party(side=Side.THIRD, name="丁")]), "甲等2人与丙纠纷"),
        (Case(name="自拟卷名", kind=Kind.NEIGHBOUR, parties=[Party(name="甲")]), "自拟卷名"),
    ],
)  # fmt: skip
def test_a_case_is_called_by_its_parties_unless_it_has_a_name(case: Case, name: str) -> None:
    assert case.full_name == name


def test_who_mediates_and_who_records() -> None:
    chen, ma, zhao, sun = (Staff(name=name) for name in ("陈志华", "马秀英", "赵丽娟", "孙𬎆"))
    case = Case(
        assignments=[
            Assignment(staff=ma, duty=Duty.ASSIST),
            Assignment(staff=sun, duty=Duty.LEAD, recusal="与被申请人是亲属"),
            Assignment(staff=zhao, duty=Duty.RECORD),
            Assignment(staff=chen, duty=Duty.LEAD),
        ]
    )
    assert case.mediators == [chen, ma]
    assert case.recorder == "赵丽娟"
    assert Case().recorder == ""


def test_a_case_is_finished_once_closed() -> None:
    assert {stage for stage in Stage if Case(stage=stage).finished} == {
        Stage.CLOSED, Stage.ARCHIVED, Stage.REFUSED
    }  # fmt: skip


def test_sides_keep_the_order_entered() -> None:
    case = Case(parties=[Party(side=Side.RESPONDENT, name="丙"), Party(name="甲"), Party(name="乙")])
    assert case.names(Side.APPLICANT) == "甲、乙"
    assert case.side(Side.THIRD) == []
