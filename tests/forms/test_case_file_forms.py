"""What the papers of the bound file must not lack, name twice or ask of the wrong person."""

from datetime import date, datetime

import pytest
from sample_cases import CASES, CONTENTS, TODAY, bare, ended, leak, minors, new, noise, office, person, wages

from mediator.domain.agreement import Instalment
from mediator.domain.case import Case
from mediator.domain.codes import IdKind, MaterialKind, Proxy, Referrer, Side, Source, Stage
from mediator.domain.papers import Material
from mediator.domain.people import Representative
from mediator.domain.records import Investigation
from mediator.forms.case_file.back import BACK
from mediator.forms.case_file.closing import CLOSING
from mediator.forms.case_file.confirmation import CONFIRMATION
from mediator.forms.case_file.contents import CONTENTS as CONTENTS_LIST
from mediator.forms.case_file.contents import pages
from mediator.forms.case_file.cover import COVER, bound_on
from mediator.forms.case_file.evidence import EVIDENCE, name_of
from mediator.forms.case_file.identity import IDENTITY
from mediator.forms.case_file.investigation import INVESTIGATION
from mediator.forms.case_file.power import POWER, agents
from mediator.forms.case_file.receipt import RECEIPT
from mediator.forms.case_file.statement import STATEMENT
from mediator.forms.form import Entry, Form, Sheet, gaps, lay, subjects
from mediator.paper import text
from mediator.paper.blocks import Block, Listing, PageBreak, Para, Picture, Seal, Signatures, plain


def sheet(case: Case, subject: object | None = None) -> Sheet:
    return Sheet(case, office(), TODAY, subject, contents=CONTENTS)


def blocks(form: Form, case: Case, subject: object | None = None) -> tuple[Block, ...]:
    return lay(form, sheet(case, subject)).blocks


def words(form: Form, case: Case, subject: object | None = None) -> str:
    return text.write(lay(form, sheet(case, subject)))


def roles(form: Form, case: Case, subject: object | None = None) -> list[str]:
    """Who signs or seals, in order."""
    found: list[str] = []
    for block in blocks(form, case, subject):
        if isinstance(block, Signatures):
            found += [place.role for place in block.places]
        elif isinstance(block, Seal):
            found.append(f"{block.office}（印章）")
    return found


def column(form: Form, case: Case, number: int) -> list[str]:
    listing = next(block for block in blocks(form, case) if isinstance(block, Listing))
    return [plain(row[number]) for row in listing.rows]


def pictures(form: Form, case: Case) -> list[str]:
    return [block.digest[0] for block in blocks(form, case) if isinstance(block, Picture)]


def performed(case: Case, item: int, part: int, paid: int | None = None) -> Instalment:
    assert case.agreement is not None
    done = case.agreement.items[item].instalments[part]
    done.paid_on, done.paid = date(2026, 7, 3), paid
    return done


# --- 收条 --------------------------------------------------------------------------------------------------


def test_a_receipt_says_who_got_the_exact_amount_from_whom_and_for_what() -> None:
    case = leak()
    first, second, act = subjects(RECEIPT, case)
    assert "申请人周文谦今收到被申请人林淑芬于2026年3月5日支付的人民币伍仟元整（¥5,000元，用途：" in words(
        RECEIPT, case, first
    )
    assert "编号：(2026)滨江人调字第001号）约定的第二期款项。\n" in words(RECEIPT, case, second)
    assert roles(RECEIPT, case, second) == ["收款人周文谦", "在场人民调解员"]
    assert roles(RECEIPT, case, act) == ["确认人周文谦", "在场人民调解员"]
    assert "元" not in words(RECEIPT, case, act)


def test_there_is_a_receipt_only_for_what_was_paid_or_done() -> None:
    case = wages()
    assert subjects(RECEIPT, case) == subjects(RECEIPT, bare()) == []
    nothing_yet = performed(case, 0, 0, paid=0)
    assert subjects(RECEIPT, case) == []
    nothing_yet.paid = 1
    assert subjects(RECEIPT, case) == [nothing_yet]


def test_a_receipt_of_a_whole_side_is_signed_by_each_and_says_what_is_still_owed() -> None:
    case = wages()
    part = performed(case, 0, 1, paid=200050)
    said = words(RECEIPT, case, part)
    assert "全体申请人今收到" in said
    assert "支付的人民币贰仟元伍角（¥2,000.50元，" in said
    assert "第二期款项。本期尚欠人民币叁仟玖佰玖拾玖元伍角（¥3,999.50元）。" in said
    assert roles(RECEIPT, case, part)[:12] == [f"收款人{party.name}" for party in case.side(Side.APPLICANT)]


def test_the_guardian_signs_for_a_minor_and_the_head_not_the_agent_for_a_body() -> None:
    case = minors()
    part = performed(case, 0, 0, paid=800000)
    assert roles(RECEIPT, case, part)[:2] == ["收款人王𬎆", "监护人马㛃"]
    part.item.creditor = case.side(Side.THIRD)[0]
    assert roles(RECEIPT, case, part) == [
        "法定代表人（负责人）",
        "收款人滨江实验中学（印章）",
        "在场人民调解员",
    ]


def test_what_was_done_of_an_oral_agreement_is_confirmed_by_all_it_was_promised_to() -> None:
    case = noise()
    assert case.agreement is not None
    case.agreement.items[0].instalments = [new(Instalment)]
    part = performed(case, 0, 0)
    assert subjects(RECEIPT, case) == [part]
    assert "履行完毕人民调解口头协议（" in words(RECEIPT, case, part)
    assert roles(RECEIPT, case, part)[:2] == ["确认人樊小满", "确认人樊大壮"]


# --- 授权委托书 ----------------------------------------------------------------------------------------------


def test_every_agent_has_a_power_and_nobody_else() -> None:
    names = {name: [agent.name for agent in agents(make())] for name, make in CASES.items()}
    assert names == {
        "leak": [],
        "wages": ["印小满"],
        "minors": ["𪚥某"],
        "noise": [],
        "ended": ["宓云开"],
        "refused": [],
    }


def test_the_head_of_a_body_gives_the_power_under_its_seal() -> None:
    case = wages()
    (agent,) = agents(case)
    assert roles(POWER, case, agent) == [
        "法定代表人（负责人）车万里",
        "委托人滨江绿野农业发展有限公司（印章）",
        "受委托人印小满",
    ]


def test_a_guardian_gives_the_power_with_a_minor_and_alone_for_a_small_child() -> None:
    case = minors()
    hurt = case.parties[0]
    hurt.representatives.append(new(Representative, proxy=Proxy.AGENT, name="宓云开"))
    agent = hurt.representatives[-1]
    assert roles(POWER, case, agent) == ["委托人王𬎆", "监护人马㛃", "受委托人宓云开"]
    hurt.birth_on = date(2019, 1, 1)
    assert roles(POWER, case, agent) == ["监护人马㛃", "受委托人宓云开"]


def test_what_holds_for_police_mediation_is_said_only_where_the_police_sent_the_case() -> None:
    case = ended()
    (agent,) = agents(case)
    assert "违法嫌疑人不得委托他人参加" in words(POWER, case, agent)
    case.referrer = Referrer.COURT
    assert "违法嫌疑人" not in words(POWER, case, agent)
    case.referrer, case.source = Referrer.POLICE, Source.APPLICATION
    assert "违法嫌疑人" not in words(POWER, case, agent)


# --- 身份证明、证据材料、调查记录 ---------------------------------------------------------------------------------


def test_everybody_is_listed_once_with_the_document() -> None:
    names = column(IDENTITY, wages(), 1)
    assert len(names) == len(set(names)) == 15
    assert column(IDENTITY, wages(), 0)[-2:] == [
        "被申请人的法定代表人（负责人）",
        "被申请人的委托代理人",
    ]
    case = minors()
    case.parties.append(person(Side.APPLICANT, "樊小满"))
    assert column(IDENTITY, case, 0)[:3] == ["申请人", "王𬎆的监护人", "申请人"]
    assert column(IDENTITY, minors(), 3)[:2] == ["000000200909110313", "00000019831201322X"]


def test_a_kind_of_document_is_named_only_where_one_is_known() -> None:
    case = noise()
    case.parties[0].id_kind = IdKind.NONE
    assert column(IDENTITY, case, 2) == ["无证件", "", ""]


def test_pictures_of_documents_are_shown_and_other_copies_named() -> None:
    case = leak()
    assert pictures(IDENTITY, case) == ["d"]
    assert "（粘贴证件复印件" in words(IDENTITY, case)
    case.materials.append(
        new(Material, kind=MaterialKind.IDENTITY, caption="林淑芬的身份证(两面)", media="application/pdf", digest="e" * 64)
    )  # fmt: skip
    said = words(IDENTITY, case)
    assert pictures(IDENTITY, case) == ["d"]
    assert "见附后：林淑芬的身份证（两面）。" in said
    assert "（粘贴证件复印件" not in said


def test_evidence_is_listed_and_its_photos_stand_two_on_a_page_under_the_same_numbers() -> None:
    case = leak()
    more = {"kind": MaterialKind.EVIDENCE, "media": "image/png", "caption": "天花板", "provider": "林淑芬"}
    case.materials.append(new(Material, digest="f" * 64, **more))
    assert column(EVIDENCE, case, 1) == ["2026年2月28日拍摄的吊顶", "衣柜发票", "泡坏的衣柜", "天花板"]
    assert column(EVIDENCE, case, 3) == ["照片", "见附后", "照片", "照片"]
    photos = [block for block in blocks(EVIDENCE, case) if isinstance(block, Picture | PageBreak)]
    assert [type(block) for block in photos] == [PageBreak, Picture, Picture, PageBreak, Picture]
    assert "证据3：泡坏的衣柜" in words(EVIDENCE, case)
    assert roles(EVIDENCE, case) == ["提供人周文谦", "提供人林淑芬", "收件人"]
    assert [type(block) for block in blocks(EVIDENCE, case)[-6:]] == [
        Para, PageBreak, Picture, Picture, PageBreak, Picture,
    ]  # fmt: skip
    assert EVIDENCE.due(case)
    assert not EVIDENCE.due(wages())


@pytest.mark.parametrize(
    ("file", "name"),
    [("IMG_0231.JPEG", "IMG_0231"), ("收条2026.3.1.pdf", "收条2026.3.1"), ("收条2026.3.1", "收条2026.3.1")],
)
def test_evidence_without_a_caption_is_called_by_its_file_without_the_suffix(file: str, name: str) -> None:
    assert name_of(new(Material, file_name=file)) == name
    assert name_of(new(Material, file_name=file, caption="收条.jpg那张")) == "收条.jpg那张"


def test_a_guardian_signs_what_a_minor_was_asked() -> None:
    case = minors()
    talk = new(Investigation, held_at=datetime(2026, 3, 31, 10, 0), respondent="王𬎆", investigator="陈志华")
    assert roles(INVESTIGATION, case, talk)[:3] == ["被调查人王𬎆", "监护人马㛃", "调查人陈志华"]
    talk.respondent = "滨江实验中学"
    assert roles(INVESTIGATION, case, talk)[:2] == ["被调查人滨江实验中学", "调查人陈志华"]


# --- 司法确认 ------------------------------------------------------------------------------------------------


def test_before_the_court_all_parties_are_applicants() -> None:
    case = leak()
    said = words(CONFIRMATION, case)
    assert "请求依法确认滨江社区人民调解委员会(2026)滨江人调字第001号人民调解协议书有效。" in said
    assert "协议于2026年3月5日生效。" in said
    assert "此致\n滨江区人民法院\n" in said
    assert "\n被申请人" not in said
    assert roles(CONFIRMATION, case) == ["申请人周文谦", "申请人林淑芬"]
    assert "各方就部分争议事项自愿达成" in words(CONFIRMATION, minors())


def test_only_a_written_agreement_can_be_confirmed() -> None:
    assert gaps(CONFIRMATION, sheet(leak())) == []
    assert gaps(CONFIRMATION, sheet(noise())) == ["本案没有达成书面协议"]
    case = leak()
    case.agreement = None
    assert gaps(CONFIRMATION, sheet(case)) == ["请先填写调解协议"]


# --- 封面、目录、结案报告、封底 ------------------------------------------------------------------------------------


def test_cover_and_closing_report_agree() -> None:
    """卷号, 人民调解员, 受理 and 立卷日期 are the same on both."""
    cover, closing = words(COVER, leak()), words(CLOSING, leak())
    for one, other in (
        ("卷号：(2026)滨江人调字第001号\n", "卷号：(2026)滨江人调字第001号\n"),
        ("人民调解员：陈志华、马秀英\n", "承办人：陈志华、马秀英\n"),
        ("调解日期：2026年3月1日至2026年3月5日\n", "受案时间：2026年3月1日\n"),
        ("立卷日期：2026年5月20日\n", "填表时间：2026年5月20日\n"),
    ):
        assert one in cover
        assert other in closing


def test_the_day_of_binding_is_that_of_archiving_and_unknown_while_the_case_is_open() -> None:
    case = leak()
    assert bound_on(sheet(case)) == TODAY
    case.archived_on = date(2026, 4, 25)
    assert bound_on(sheet(case)) == date(2026, 4, 25)
    assert bound_on(sheet(minors())) is None


def test_a_closing_report_says_why_there_is_no_agreement() -> None:
    said = words(CLOSING, ended())
    assert "调解结果：2026年4月25日，终止调解。原因：分歧较大，难以达成协议。\n" in said
    assert "■" not in said.split("履行情况：")[1]


def test_a_closing_report_tells_all_that_was_agreed_on() -> None:
    case = leak()
    assert "二、被申请人林淑芬于2026年3月12日前（含当日）请人更换" in words(CLOSING, case)
    assert "三、款项付清后，双方就此事再无争议。\n" in words(CLOSING, case)
    assert case.agreement is not None
    case.agreement.items = []
    assert "：\n一、款项付清后，双方就此事再无争议。\n" in words(CLOSING, case)


def test_whoever_files_the_case_is_the_same_everywhere() -> None:
    said = [words(form, leak()) for form in (COVER, BACK, STATEMENT)]
    assert [text.count("立卷人：赵丽娟\n") for text in said[:2]] == [1, 1]
    assert roles(STATEMENT, leak()) == ["立卷人赵丽娟"]


@pytest.mark.parametrize(("page", "count", "said"), [(5, 1, "5"), (5, 2, "5-6"), (7, 11, "7-17")])
def test_pages_in_the_contents_list(page: int, count: int, said: str) -> None:
    assert pages(Entry("证据材料", page, count)) == said


def test_contents_and_back_agree_with_what_is_bound() -> None:
    assert column(CONTENTS_LIST, leak(), 0) == ["1", "2", "3", "4"]
    assert column(CONTENTS_LIST, leak(), 2) == ["1", "2-4", "5-6", "7-17"]
    assert "本卷共有文书材料4件，共17页。" in words(BACK, leak())


def test_a_statement_without_words_is_a_gap() -> None:
    assert gaps(STATEMENT, sheet(leak())) == ["请填写情况说明"]


def test_a_case_of_people_without_names_makes_no_name_of_a_file() -> None:
    case = bare(Stage.ACCEPTED)
    assert "卷名：\n" in words(COVER, case)
    case.parties = [person(Side.APPLICANT, "樊小满")]
    assert "卷名：樊小满纠纷\n" in words(COVER, case)
