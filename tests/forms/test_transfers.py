"""Papers between the committee, the police and others (移送和对接)."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sample_cases import CASES, TODAY, leak, new, office, sheets_of

from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Outcome, Performance, Proxy, Referrer, Side, Source, Stage
from mediator.domain.people import Representative
from mediator.domain.records import Event
from mediator.forms import letters
from mediator.forms.form import Form, Sheet, blank, gaps, lay
from mediator.forms.transfers.entrustment import ENTRUSTMENT, UNTIL
from mediator.forms.transfers.handover import HANDOVER, OFFENCE, REASON, TO
from mediator.forms.transfers.leniency import LENIENCY, POLICE
from mediator.forms.transfers.police_agreement import POLICE_AGREEMENT, TYPE, UNIT
from mediator.forms.transfers.reply import REPLY
from mediator.forms.transfers.slip import SLIP
from mediator.paper import text
from mediator.paper.blocks import Seal


def from_police(make: Callable[[], Case] = leak, station: str = "白石桥派出所") -> Case:
    """A sample case as if a police station had handed it over."""
    case = make()
    case.source, case.referrer, case.referrer_name = Source.REFERRAL, Referrer.POLICE, station
    case.external_number = "110-20260228-0003"
    return case


def words(form: Form, case: Case) -> str:
    (sheet,) = sheets_of(form, case)
    return text.write(lay(form, sheet))


def gaps_of(form: Form, case: Case) -> list[str]:
    (sheet,) = sheets_of(form, case)
    return gaps(form, sheet)


@pytest.mark.parametrize("form", [ENTRUSTMENT, SLIP, REPLY], ids=lambda form: form.code)
def test_letters_of_a_referral_are_only_for_cases_that_were_handed_over(form: Form) -> None:
    assert gaps_of(form, leak()) == ["不是接受委托移送的案件，不用这份文书"]
    assert gaps_of(form, from_police()) == []


def test_the_entrustment_is_sealed_by_the_one_who_hands_over() -> None:
    paper = lay(ENTRUSTMENT, sheets_of(ENTRUSTMENT, from_police())[0])
    assert [block.office for block in paper.blocks if isinstance(block, Seal)] == ["白石桥派出所"]
    assert "（我单位编号：110-20260228-0003）" in text.write(paper)


def test_the_reply_tells_the_agreement_and_not_why_there_is_none() -> None:
    said = words(REPLY, from_police())
    assert said.startswith("委托移送人民调解复函\n人调复〔2026〕7号\n白石桥派出所：\n")
    assert "■达成书面协议" in said
    assert "协议编号：(2026)滨江人调字第001号" in said
    assert "一、被申请人林淑芬以银行转账方式向申请人周文谦支付人民币壹万伍仟元整（¥15,000元" in said
    assert "■全部履行" in said
    assert "没有达成协议的原因" not in said


def test_a_reply_is_due_once_a_referral_has_its_outcome() -> None:
    assert [name for name, make in CASES.items() if REPLY.due(make())] == ["ended"]
    assert [name for name, make in CASES.items() if ENTRUSTMENT.due(make())] == ["wages", "ended"]
    under_way = from_police()
    under_way.outcome = None
    assert gaps_of(REPLY, under_way) == ["本案还没有调解结果"]


def test_the_slip_says_why_a_referral_is_not_accepted() -> None:
    case = from_police(CASES["refused"])
    said = words(SLIP, case)
    assert "□同意受理　■不予受理" in said
    assert "不予受理的原因：同一纠纷已由人民法院受理\n" in said
    assert "受理日期" not in said
    assert said.endswith("（印章）\n2026年4月9日\n")
    case.stage = Stage.ARCHIVED
    assert "■不予受理" in words(SLIP, case)
    case.events = []
    assert gaps_of(SLIP, case) == ["本案还没有决定是否受理"]


@pytest.mark.parametrize(
    ("why", "cited"),
    [
        (OFFENCE, True),
        ("一方扬言报复，可能构成刑事犯罪", True),
        ("依照职责应当由贵单位处理", False),
        ("因不属于人民调解的范围。", False),
    ],
)
def test_only_a_possible_offence_is_reported_under_article_25(why: str, cited: bool) -> None:
    sheet = Sheet(leak(), office(), TODAY, answers={TO.key: "滨江派出所", REASON.key: why})
    said = text.write(lay(HANDOVER, sheet))
    assert ("第二十五条" in said) == cited
    assert f"，因{why.removeprefix('因').removesuffix('。')}，现" in said


def test_a_handover_proposes_the_reason_for_which_the_case_was_ended() -> None:
    case = CASES["ended"]()
    assert Sheet(case, office(), TODAY).said(REASON) == "分歧较大，难以达成协议"
    assert Sheet(case, office(), TODAY).said(TO) == "滨江派出所"
    step = new(
        Event,
        kind=EventKind.STEPPED_BACK,
        stage_from=Stage.UNSETTLED,
        stage_to=Stage.MEDIATING,
        at=datetime(2026, 4, 26),
    )
    case.events.append(step)
    assert Sheet(case, office(), TODAY).said(REASON) == ""


def test_those_who_act_for_a_party_are_named_in_a_handover() -> None:
    said = words(HANDOVER, CASES["minors"]())
    assert "申请人王𬎆，滨江路20号；监护人马㛃，13000000031" in said


def test_leniency_is_asked_for_only_after_full_performance_of_a_whole_agreement() -> None:
    case = from_police()
    assert gaps_of(LENIENCY, case) == []
    assert case.agreement is not None
    for performance in (None, Performance.NONE, Performance.PART):
        case.agreement.performance = performance
        assert gaps_of(LENIENCY, case) == ["调解协议全部履行以后才能申请"]
    case.agreement.performance, case.outcome = Performance.FULL, Outcome.PARTIAL
    assert gaps_of(LENIENCY, case) == ["本案没有就全部争议达成协议"]


def test_leniency_takes_station_day_and_vouchers_from_the_case() -> None:
    case = from_police()
    sheet = Sheet(case, office(), TODAY)
    assert sheet.said(POLICE) == "白石桥派出所"
    assert Sheet(leak(), office(), TODAY).said(POLICE) == ""
    said = text.write(lay(LENIENCY, sheet))
    assert "已于2026年4月1日全部履行完毕，履行凭证：现金收条一张、银行转账回单。" in said
    assert case.agreement is not None
    case.agreement.performed_on = date(2026, 4, 2)
    assert "已于2026年4月2日全部履行完毕" in words(LENIENCY, case)
    case.agreement.performed_on = None
    case.agreement.items[1].instalments[0].paid_on = None
    assert "已于　　　　年　　月　　日全部履行完毕" in words(LENIENCY, case)


def test_leniency_rests_on_the_article_that_is_known() -> None:
    said = text.write(lay(LENIENCY, blank(LENIENCY, office(), TODAY)))
    assert "《中华人民共和国治安管理处罚法》的有关规定" in said
    assert "《公安机关办理行政案件程序规定》第一百八十六条" in said


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", "□治安调解　□现场治安调解"),
        ("现场治安调解", "□治安调解　■现场治安调解"),
        ("联合调解", "□治安调解　□现场治安调解　联合调解"),
    ],
)
def test_the_kind_of_police_mediation_is_ticked(typed: str, printed: str) -> None:
    sheet = Sheet(leak(), office(), TODAY, answers={TYPE.key: typed})
    assert f"调解类型：{printed}\n" in text.write(lay(POLICE_AGREEMENT, sheet))


def test_who_was_at_the_session_is_not_taken_for_those_who_were_there_besides() -> None:
    assert "其他在场人：\n" in text.write(lay(POLICE_AGREEMENT, Sheet(leak(), office(), TODAY)))


def test_an_entrustment_proposes_the_limit_as_it_was_set_at_first() -> None:
    assert Sheet(CASES["ended"](), office(), TODAY).said(UNTIL) == date(2026, 4, 11)


def test_many_of_a_side_stand_together_with_whom_they_elected() -> None:
    case = CASES["wages"]()
    names = "、".join(party.name for party in case.side(Side.APPLICANT))
    assert letters.people(case).splitlines()[0] == (
        f"申请人{names}，共12人，推选代表人牛建国，13000000100，白石镇石桥村；白玉兰，13000000101，白石镇石桥村"
    )
    for party in case.side(Side.APPLICANT):
        party.representatives = [new(Representative, proxy=Proxy.AGENT, name="宓云开", phone="13000000052")]
    case.parties[1].phone = ""
    first = letters.people(case).splitlines()[0]
    assert first.startswith("申请人牛建国（13000000100）、白玉兰、石大勇（13000000102）、")
    assert first.endswith("仇和平（13000000111），共12人；委托代理人宓云开，13000000052")


def test_the_form_of_the_police_says_that_it_is_theirs_and_needs_no_mediator() -> None:
    case = from_police()
    case.assignments = []
    assert gaps_of(POLICE_AGREEMENT, case) == []
    said = words(POLICE_AGREEMENT, case)
    assert said.startswith("治安调解协议书\n（公安机关治安调解用）\n")
    assert "备注" not in said
    assert "公安机关另有式样的，用公安机关的式样" in UNIT.field.help
    assert "人民调解委员会" not in said
    assert POLICE_AGREEMENT.copies(case) == 3
