"""Headings (表头): what a ledger's columns may tell, and the words offices write above them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import QueryableAttribute

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import Side
from mediator.domain.fields import Field, field_of
from mediator.domain.people import Party


@dataclass(frozen=True)
class Heading:
    """台账栏目: one thing a ledger may tell, and the words its column goes by, the surest first."""

    code: str
    label: str
    words: tuple[str, ...]
    field: Field | None = None


def _own(attribute: QueryableAttribute[Any], *words: str) -> Heading:
    """A column that fills one attribute."""
    field = field_of(attribute)
    return Heading(attribute.key, field.label, (field.label, *words), field)


SERIAL = Heading("serial", "序号", ("序号", "顺序号", "次序"))
OLD_NUMBER = Heading(
    "old_number", "原编号", ("卷号", "案号", "案件编号", "编号", "档案号", "协议编号", "协议书编号")
)
REGISTERED_ON = _own(
    Case.registered_on, "登记时间", "立案日期", "立案时间", "接案日期", "来访日期", "日期", "时间"
)
ACCEPTED_ON = _own(Case.accepted_on, "受理时间", "登记受理日期", "申请日期", "申请时间")
OCCURRED_ON = _own(Case.occurred_on, "发生时间", "纠纷发生日期", "纠纷发生时间")
OCCURRED_PLACE = _own(Case.occurred_place, "纠纷发生地点", "纠纷发生地", "发生地", "地点")
KIND = _own(
    Case.kind, "纠纷类别", "纠纷种类", "矛盾纠纷类型", "矛盾类型", "案件类型", "纠纷性质", "类型", "类别"
)
LEVEL = _own(Case.level, "是否疑难复杂", "疑难复杂", "难易", "案件难易程度", "纠纷等级", "案件等级")
SOURCE = _own(Case.source, "纠纷来源", "来源", "受理方式", "受理来源", "调解来源")
REFERRER_NAME = _own(Case.referrer_name, "移送单位", "委托单位", "委托移送单位", "来件单位")
EXTERNAL_NUMBER = _own(Case.external_number, "接警编号", "警情编号", "接警单号", "诉前调编号", "信访编号")
PEOPLE = _own(Case.people, "涉及当事人数", "当事人数", "涉案人数", "人数")
CLAIMED = _own(Case.claimed, "标的额", "诉求金额", "请求金额", "争议标的")
SUMMARY = _own(
    Case.summary,
    "简要情况", "纠纷情况", "纠纷简介", "基本案情", "案情简介", "简要案情", "纠纷事由", "主要事由", "事由", "纠纷内容",
)  # fmt: skip
REQUEST = _own(Case.request, "申请人诉求", "诉求", "请求事项", "调解请求")
REMARK = _own(Case.remark, "备考", "说明")
MEDIATORS = Heading(
    "mediators",
    "调解员",
    ("调解员", "人民调解员", "主持调解员", "调解员姓名", "调解人", "调解人员", "承办人", "经办人"),
)
OUTCOME = _own(Case.outcome, "处理结果", "化解结果", "调处结果", "调解情况", "办理结果", "化解情况", "结果")
FORM = Heading("form", "协议形式", ("协议形式", "协议类型", "调解协议形式", "协议种类", "调解形式"))
REACHED_ON = _own(
    Agreement.reached_on, "协议日期", "协议时间", "达成协议日期", "达成协议时间", "签订日期", "协议签订日期"
)
CONCLUDED_ON = _own(
    Case.concluded_on,
    "结果日期", "办结日期", "办结时间", "化解日期", "化解时间", "调结日期", "调解日期", "调解时间", "结案日期", "结案时间",
)  # fmt: skip
TERMS = Heading(
    "terms", "协议内容", ("协议内容", "协议主要内容", "调解协议内容", "协议事项"), field_of(Agreement.terms)
)
AMOUNT = _own(
    Agreement.amount, "涉及金额", "协议金额", "涉案金额", "调解金额", "赔偿金额", "给付金额", "金额"
)
PERFORMANCE = _own(
    Agreement.performance, "是否履行", "履行情况", "协议是否履行", "是否已履行", "履行结果", "履行"
)
PERFORMED_ON = _own(Agreement.performed_on, "履行日期", "履行时间", "实际履行日期")

_SIDES = {
    Side.APPLICANT: ("申请人", "申请方", "甲方", "当事人甲", "甲方当事人", "当事人甲方", "原告"),
    Side.RESPONDENT: ("被申请人", "被申请方", "乙方", "当事人乙", "乙方当事人", "当事人乙方", "对方当事人", "被告"),
    Side.THIRD: ("第三人", "第三方"),
}  # fmt: skip
PARTICULARS: dict[str, tuple[str, ...]] = {
    Party.name.key: ("", "姓名", "姓名或名称", "名称", "姓名名称", "信息", "基本情况", "情况"),
    Party.id_number.key: (
        "身份证号", "身份证号码", "身份证", "证件号码", "证件号", "公民身份号码", "身份号码", "证件号码身份证号",
    ),
    Party.phone.key: ("联系电话", "电话", "电话号码", "手机号码", "手机号", "手机", "联系方式"),
    Party.address.key: ("住址", "地址", "家庭住址", "现住址", "住所", "住址或住所", "联系地址"),
}  # fmt: skip
"""What is told of a party, by attribute of Party. Without the side before it, a word belongs to the party on its left."""


def of_party(side: Side, attribute: str) -> Heading:
    """The heading of one particular of the parties of one side."""
    return _PARTIES[f"{side.value}_{attribute}"]


def _party(side: Side, attribute: str) -> Heading:
    words = [f"{who}{what}" for who in _SIDES[side] for what in PARTICULARS[attribute]]
    field = field_of(getattr(Party, attribute))
    label = side.label if attribute == Party.name.key else side.label + field.label
    return Heading(f"{side.value}_{attribute}", label, tuple(words), field)


_PARTIES = {
    heading.code: heading
    for heading in (_party(side, attribute) for side in _SIDES for attribute in PARTICULARS)
}

AS_THEY_STAND = (
    OCCURRED_ON, OCCURRED_PLACE, EXTERNAL_NUMBER, PEOPLE, CLAIMED, SUMMARY, REQUEST,
)  # fmt: skip
"""Headings of the case whose cells are read by their field and need no thought."""

ALL: dict[str, Heading] = {
    heading.code: heading
    for heading in (
        SERIAL, OLD_NUMBER, REGISTERED_ON, ACCEPTED_ON, OCCURRED_ON, OCCURRED_PLACE, *_PARTIES.values(), KIND, LEVEL,
        SOURCE, REFERRER_NAME, EXTERNAL_NUMBER, PEOPLE, CLAIMED, SUMMARY, REQUEST, MEDIATORS, OUTCOME, FORM,
        REACHED_ON, CONCLUDED_ON, TERMS, AMOUNT, PERFORMANCE, PERFORMED_ON, REMARK,
    )
}  # fmt: skip
"""Every heading known, in the order a ledger usually has them."""

NEEDED: tuple[tuple[Heading, ...], ...] = (
    (of_party(Side.APPLICANT, Party.name.key),), (ACCEPTED_ON, REGISTERED_ON), (KIND,), (OUTCOME,),
)  # fmt: skip
"""Without one of each group there is nothing to take in."""
