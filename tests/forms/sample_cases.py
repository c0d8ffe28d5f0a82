"""Four invented disputes as the database would give them back, lopsided on purpose; marks typed half-width."""

from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import inspect

from mediator.domain import numbering
from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import (
    CommitteeType,
    Duty,
    EventKind,
    IdKind,
    ItemKind,
    Kind,
    MaterialKind,
    Outcome,
    PartyType,
    Performance,
    Proxy,
    Referrer,
    Satisfaction,
    SessionResult,
    Side,
    Source,
    Stage,
    VisitWay,
)
from mediator.domain.fields import Value, fields_of
from mediator.domain.identity import check_digit
from mediator.domain.office import Office
from mediator.domain.papers import Material
from mediator.domain.people import Party, Representative, Staff
from mediator.domain.records import Assignment, Event, Investigation, Revisit, Session
from mediator.forms.facts import unknown
from mediator.forms.form import Entry, Form, Sheet, subjects

M = TypeVar("M", bound=Base)
TODAY = date(2026, 5, 20)
LONG_NAME = "阿卜杜热合曼江·买买提吐尔逊·努尔艾合买提江·依明尼亚孜·赛普丁艾孜孜·吐尔地库尔班·阿里木江·肉孜"


def new(model: type[M], **values: Any) -> M:
    """Make a row with every field that is not named as it is when nothing was typed."""
    start: dict[str, Any] = {}
    for attribute in inspect(model).column_attrs:
        default, field = attribute.columns[0].default, fields_of(model).get(attribute.key)
        if default is not None and default.is_scalar:
            start[attribute.key] = default.arg
        elif field is not None:
            start[attribute.key] = field.empty
    return model(**(start | values))


def identity(birth: str, serial: str) -> str:
    """A number that belongs to nobody: area 000000, a right check digit."""
    return "000000" + birth + serial + check_digit("000000" + birth + serial)


def person(side: Side, name: str, birth: str = "", serial: str = "", **values: Any) -> Party:
    """A natural person; sex and birthday come from the number."""
    party = new(Party, side=side, name=name, id_number=identity(birth, serial) if birth else "", **values)
    party.fill_from_id(TODAY)
    return party


def staffed(*names: str) -> list[Assignment]:
    """Who mediates, assists and records, in this order."""
    staff = [new(Staff, name=name) for name in names]
    return [
        new(Assignment, staff=who, duty=duty)
        for who, duty in zip(staff, (Duty.LEAD, Duty.ASSIST, Duty.RECORD), strict=False)
    ]


def office() -> Office:
    """The committee of all samples."""
    return new(
        Office,
        uid="office",
        name="滨江社区人民调解委员会",
        court="滨江区人民法院",
        type=CommitteeType.COMMUNITY,
    )


def leak() -> Case:
    """Upstairs, downstairs: paid in two instalments, closed, visited once."""
    above = person(
        Side.RESPONDENT, "林淑芬", "19880630", "244", ethnicity="畲族", occupation="会计", phone="13000000022",
        employer="滨江纺织厂", address="滨江路12号3栋2-1",
    )  # fmt: skip
    below = person(
        Side.APPLICANT, "周文谦", "19571109", "013", ethnicity="汉族", occupation="退休教师",
        phone="13000000011", address="滨江路12号3栋1-1",
    )  # fmt: skip
    money = new(
        Item, debtor=above, creditor=below, amount=1500000, act="赔偿吊顶、地板、衣柜损失", way="银行转账",
        instalments=[
            new(Instalment, due_on=date(2026, 3, 5), amount=500000, paid_on=date(2026, 3, 5), paid=500000,
                voucher="现金收条一张"),
            new(Instalment, due_on=date(2026, 4, 4), amount=1000000, paid_on=date(2026, 4, 1), paid=1000000,
                voucher="银行转账回单"),
        ],
    )  # fmt: skip
    repair = new(
        Item, kind=ItemKind.ACT, debtor=above, creditor=below, act="请人更换爆裂的水管,并保证不再渗漏。",
        instalments=[new(Instalment, due_on=date(2026, 3, 12), paid_on=date(2026, 3, 10))],
    )  # fmt: skip
    return new(
        Case, uid="leak", number="(2026)滨江人调字第001号", stage=Stage.CLOSED, outcome=Outcome.WRITTEN,
        kind=Kind.NEIGHBOUR, registered_on=date(2026, 3, 1), accepted_on=date(2026, 3, 1),
        informed_on=date(2026, 3, 2), concluded_on=date(2026, 3, 5), closed_on=date(2026, 4, 20),
        summary="2026年2月27日夜里,3栋2-1室水管爆裂,水渗到楼下1-1室,吊顶、地板和一只衣柜被泡坏。"
        "周文谦要求赔偿21,000元;林淑芬认为水管属老化,只肯赔3,000元。",
        request="1. 赔偿损失21,000元;\n2. 修好水管。", claimed=2100000,
        parties=[below, above], assignments=staffed("陈志华", "马秀英", "赵丽娟"),
        investigations=[
            new(Investigation, held_at=datetime(2026, 3, 2, 9, 30), place="滨江路12号3栋2-1", respondent="林淑芬",
                others="楼长老许", investigator="陈志华", recorder="赵丽娟",
                record="问:什么时候开始漏水?\n答:二月二十七日夜里,我不在家,楼长打电话才知道。")
        ],
        materials=[
            new(Material, kind=MaterialKind.EVIDENCE, caption="2026年2月28日拍摄的吊顶", provider="周文谦",
                file_name="IMG_0231.JPG", media="image/jpeg", digest="a" * 64),
            new(Material, kind=MaterialKind.EVIDENCE, file_name="衣柜发票.pdf", media="application/pdf", digest="b" * 64),
            new(Material, kind=MaterialKind.EVIDENCE, caption="泡坏的衣柜", provider="周文谦",
                file_name="IMG_0232.JPG", media="image/jpeg", digest="c" * 64),
            new(Material, kind=MaterialKind.IDENTITY, caption="周文谦的身份证", provider="周文谦", file_name="身份证.png",
                media="image/png", digest="d" * 64),
        ],
        sessions=[
            new(
                Session, held_at=datetime(2026, 3, 3, 9, 30), place="滨江派出所调解室", mediators="陈志华",
                recorder="赵丽娟", attendants="双方当事人,楼长老许", result=SessionResult.CONTINUED,
                record="调解员:请双方先说说经过。\n周文谦:夜里两点听到滴水声,吊顶已经塌了一块。\n"
                "林淑芬:水管老化爆裂,我不是故意的。\n双方对数额差距较大,约定3月5日再谈。",
            ),
            new(
                Session, held_at=datetime(2026, 3, 5, 14, 0), place="滨江派出所调解室", mediators="陈志华、马秀英",
                recorder="赵丽娟", attendants="双方当事人", result=SessionResult.SETTLED,
                record="经调解员算账、劝说,林淑芬同意赔偿15,000元,周文谦接受。",
            ),
        ],
        agreement=new(
            Agreement, reached_on=date(2026, 3, 5), effective_on=date(2026, 3, 5), items=[money, repair],
            facts="林淑芬家水管爆裂,周文谦家吊顶、地板、衣柜受损,双方对赔偿数额有争议(要求21,000元,只肯赔3,000元)。",
            terms="款项付清后,双方就此事再无争议", performance=Performance.FULL,
        ),
        revisits=[
            new(
                Revisit, visited_on=date(2026, 4, 20), way=VisitWay.HOME, place="周文谦家中", visited="周文谦、林淑芬",
                performance=Performance.FULL, satisfaction=Satisfaction.SATISFIED, visitor="陈志华",
                record="15,000元已经付清,水管已换,没有再渗漏;两家见面能打招呼,没有反复的苗头。",
            )
        ],
    )  # fmt: skip


WORKERS = ("牛建国", "白玉兰", "石大勇", "岳桂花", "冉启明", "阳春生", "苟永福", "母秀莲", "但家旺", "代小军", "卜学义", "仇和平")  # fmt: skip


def wages() -> Case:
    """Twelve workers, two of them elected, against a company; agreed but not yet signed."""
    workers = [
        person(Side.APPLICANT, name, f"{1962 + 3 * n}0{n % 9 + 1}1{n % 10}", f"{101 + n:03d}", ethnicity="汉族",
               occupation="农民", phone=f"130000001{n:02d}", address="白石镇石桥村")
        for n, name in enumerate(WORKERS)
    ]  # fmt: skip
    for worker in workers[2:]:
        delegate = workers[0] if worker is not workers[-1] else workers[1]
        worker.representatives = [
            new(Representative, proxy=Proxy.DELEGATE, name=delegate.name, id_number=delegate.id_number)
        ]
    company = new(
        Party, side=Side.RESPONDENT, type=PartyType.LEGAL, name="滨江绿野农业发展有限公司",
        id_kind=IdKind.CREDIT_CODE, id_number="91000000MA0000AA0R", phone="000-00000088", address="滨江大道88号",
        representatives=[
            new(Representative, proxy=Proxy.HEAD, name="车万里", relation="总经理"),
            new(Representative, proxy=Proxy.AGENT, name="印小满", relation="人事主管", phone="13000000089",
                powers="代为调解并签署协议"),
        ],
    )  # fmt: skip
    due = ((date(2026, 6, 30), 600000), (date(2026, 9, 30), 600000), (date(2026, 12, 31), 700000))
    item = new(
        Item, debtor=company, amount=1900000, act="2026年2月至4月的工资,每人每天80元", way="银行转账",
        instalments=[new(Instalment, due_on=day, amount=amount) for day, amount in due],
    )  # fmt: skip
    return new(
        Case, uid="wages", number="(2026)滨江人调字第014号", stage=Stage.MEDIATING, kind=Kind.MIGRANT_WAGE,
        source=Source.REFERRAL, referrer=Referrer.OTHER, referrer_name="滨江区劳动保障监察大队",
        registered_on=date(2026, 5, 6), accepted_on=date(2026, 5, 7), claimed=1900000,
        summary="牛建国等12人2026年2月至4月在公司的大棚干活,约定每人每天80元,工资一直没有发。公司认可欠款19,000元,"
        "称资金周转困难,要求分期支付。",
        parties=[*workers, company], assignments=staffed("马秀英"),
        sessions=[
            new(Session, held_at=datetime(2026, 5, 20), attendants="推选代表人牛建国、白玉兰;公司代理人印小满",
                record="双方核对了考勤表,对欠款数额没有争议。\n公司提出分三期付清,代表人征求其他工友意见后同意。")
        ],
        agreement=new(
            Agreement, items=[item], way="由公司转入每个人的工资卡",
            terms="各人应得的数额见双方核对的工资表。\n公司有一期没有按时付清的,其余各期立即到期。",
        ),
    )  # fmt: skip


def minors() -> Case:
    """Two pupils with guardians, a school as third party; rare characters and a name of fifty."""
    hurt = person(
        Side.APPLICANT, "王𬎆", "20090911", "031", ethnicity="汉族", occupation="学生",
        address="滨江路20号",
        representatives=[
            new(Representative, proxy=Proxy.GUARDIAN, name="马㛃", relation="母亲", phone="13000000031",
                id_number=identity("19831201", "322")),
        ],
    )  # fmt: skip
    other = person(
        Side.RESPONDENT,
        LONG_NAME,
        "20100105",
        "051",
        ethnicity="维吾尔族",
        representatives=[new(Representative, proxy=Proxy.GUARDIAN, name="高䶮", relation="父亲")],
    )
    school = new(
        Party, side=Side.THIRD, type=PartyType.ORGANISATION, name="滨江实验中学", address="滨江路30号",
        representatives=[new(Representative, proxy=Proxy.AGENT, name="𪚥某", relation="年级主任")],
    )  # fmt: skip
    item = new(
        Item, debtor=other, creditor=hurt, amount=1260005, act="医疗费、鉴定费、营养费",
        instalments=[
            new(Instalment, due_on=date(2026, 4, 10), amount=800000),
            new(Instalment, due_on=date(2026, 5, 10), amount=460005),
        ],
    )  # fmt: skip
    return new(
        Case, uid="minors", number="(2026)滨江人调字第009号", stage=Stage.SETTLED, outcome=Outcome.PARTIAL,
        kind=Kind.DAMAGE, registered_on=date(2026, 3, 30), accepted_on=date(2026, 3, 30),
        informed_on=date(2026, 3, 30), concluded_on=date(2026, 4, 2),
        summary="课间两人推搡,王𬎆左耳受伤,经鉴定为轻微伤。", request="赔偿医疗费、鉴定费、营养费。",
        parties=[hurt, other, school], assignments=staffed("陈志华", "赵丽娟"),
        sessions=[
            new(Session, held_at=datetime(2026, 4, 2, 16, 5), place="滨江实验中学会议室", result=SessionResult.SETTLED,
                attendants="当事人及其监护人、班主任", record="监护人在场。双方就医药费等达成一致,护理费另行商量。")
        ],
        agreement=new(Agreement, reached_on=date(2026, 4, 2), items=[item]),
        revisits=[new(Revisit, visited_on=date(2026, 5, 11), way=VisitWay.PHONE, performance=Performance.PART,
                      record="第二期款项晚付一天,已经到账。")],
    )  # fmt: skip


def noise() -> Case:
    """A quarrel over noise, settled by word of mouth; hardly more is known than names."""
    loud = person(Side.RESPONDENT, "陈䶮")
    promise = new(Item, kind=ItemKind.ACT, debtor=loud, act="当场向申请人道歉,晚上十点以后不再放音响")
    return new(
        Case, uid="noise", number="(2026)滨江人调字第017号", stage=Stage.SETTLED, outcome=Outcome.ORAL,
        kind=Kind.NEIGHBOUR, source=Source.INITIATIVE, registered_on=date(2026, 5, 16),
        accepted_on=date(2026, 5, 16), summary="陈䶮夜里放音响,邻居睡不着。",
        parties=[person(Side.APPLICANT, "樊小满"), person(Side.APPLICANT, "樊大壮"), loud],
        assignments=staffed("马秀英"),
        sessions=[new(Session, held_at=datetime(2026, 5, 16, 20, 0), record="双方和好。", result=SessionResult.SETTLED)],
        agreement=new(Agreement, reached_on=date(2026, 5, 16), items=[promise], way="当场履行", deadline="即时"),
    )  # fmt: skip


def ended() -> Case:
    """No agreement after an extension; one mediator stepped aside, a lawyer acts for a party."""
    above = person(
        Side.RESPONDENT, "覃苟旺", "19760229", "117", ethnicity="壮族", phone="13000000051", address="滨江路12号4栋3-2",
        representatives=[
            new(Representative, proxy=Proxy.AGENT, name="宓云开", relation="律师", phone="13000000052",
                powers="代为参加调解，不能代为承认、放弃请求")
        ],
    )  # fmt: skip
    below = person(
        Side.APPLICANT,
        "逄小英",
        "19900317",
        "326",
        ethnicity="汉族",
        phone="13000000053",
        address="滨江路12号4栋2-2",
    )
    kin = new(Staff, name="覃玉芳")
    return new(
        Case, uid="ended", number="(2026)滨江人调字第005号", stage=Stage.UNSETTLED, outcome=Outcome.ENDED,
        kind=Kind.NEIGHBOUR, source=Source.REFERRAL, referrer=Referrer.POLICE, referrer_name="滨江派出所",
        external_number="110-20260310-0021", registered_on=date(2026, 3, 10), accepted_on=date(2026, 3, 11),
        informed_on=date(2026, 3, 11), due_on=date(2026, 4, 25), concluded_on=date(2026, 4, 25), claimed=3000000,
        summary="楼上卫生间渗水，楼下客厅墙面发霉。逄小英要求赔偿30,000元，覃苟旺只愿出500元。",
        request="赔偿损失30,000元，重做防水。", parties=[below, above],
        assignments=[
            *staffed("陈志华"),
            new(Assignment, staff=kin, duty=Duty.ASSIST, recusal="与被申请人是亲属"),
        ],
        sessions=[
            new(Session, held_at=datetime(2026, 3, 20, 9, 0), place="滨江派出所调解室", result=SessionResult.FAILED,
                recorder="赵丽娟", attendants="双方当事人、民警方正", record="双方对损失数额分歧很大，没有谈拢。")
        ],
        events=[
            new(Event, kind=EventKind.MOVED, stage_from=Stage.MEDIATING, stage_to=Stage.SUSPENDED, on=date(2026, 3, 25),
                at=datetime(2026, 3, 25, 9, 0), by="陈志华", reason="逄小英住院"),
            new(Event, kind=EventKind.MOVED, stage_from=Stage.SUSPENDED, stage_to=Stage.MEDIATING, on=date(2026, 4, 7),
                at=datetime(2026, 4, 7, 9, 0), by="陈志华"),
            new(Event, kind=EventKind.EXTENDED, on=date(2026, 4, 25), at=datetime(2026, 4, 9, 10, 0), by="陈志华",
                detail="2026年4月11日改为2026年4月25日", reason="等待防水检测，双方同意"),
            new(Event, kind=EventKind.MOVED, stage_from=Stage.MEDIATING, stage_to=Stage.UNSETTLED, on=date(2026, 4, 25),
                at=datetime(2026, 4, 25, 17, 0), by="陈志华", reason="分歧较大，难以达成协议"),
        ],
    )  # fmt: skip


def refused() -> Case:
    """Not taken in: a court has it already."""
    return new(
        Case, uid="refused", number="(2026)滨江人调字第011号", stage=Stage.REFUSED, kind=Kind.CONTRACT,
        registered_on=date(2026, 4, 8), summary="缑文博要求岑老四归还借款2万元，法院已经立案。",
        parties=[person(Side.APPLICANT, "缑文博", phone="13000000061"), person(Side.RESPONDENT, "岑老四")],
        events=[
            new(Event, kind=EventKind.MOVED, stage_from=Stage.REGISTERED, stage_to=Stage.REFUSED, on=date(2026, 4, 9),
                at=datetime(2026, 4, 9, 9, 0), by="陈志华", reason="同一纠纷已由人民法院受理"),
        ],
    )  # fmt: skip


def bare(stage: Stage = Stage.REGISTERED) -> Case:
    """A case of which nothing is known."""
    return new(Case, uid="bare", number="", registered_on=TODAY, stage=stage)


CASES = {case.__name__: case for case in (leak, wages, minors, noise, ended, refused)}


def samples(form: Form) -> dict[str, Value]:
    """What may be filled in for a form: the sample of every question."""
    return {ask.key: ask.field.read(ask.field.sample) for ask in form.asks}


def sheets_of(form: Form, case: Case) -> list[Sheet]:
    """One sheet for each paper of a form in a case, its questions answered with their samples."""
    number = numbering.number(form.pattern, TODAY.year, 7) if form.pattern else ""
    around = CONTENTS if form.binds else ()
    return [
        Sheet(case, office(), TODAY, subject, samples(form), number, contents=around)
        for subject in subjects(form, case)
    ]


CONTENTS = (
    Entry("人民调解受理登记表", 1, 1),
    Entry("人民调解记录", 2, 3, "第一次"),
    Entry("人民调解协议书", 5, 2, "(2026)滨江人调字第001号"),
    Entry("证据材料", 7, 11),
)
"""What a bound file might hold."""


def listed(form: Form) -> Sheet:
    """A paper of the office over all sample cases."""
    cases = [make() for make in CASES.values()]
    number = numbering.number(form.pattern, TODAY.year, 7) if form.pattern else ""
    empty = unknown(Case, number="", stage=Stage.REGISTERED)
    return Sheet(empty, office(), TODAY, None, samples(form), number, cases=cases if form.among else ())
