"""What notices have to get right: numbers, addressees, reasons, the words to each reader."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sample_cases import (
    TODAY,
    WORKERS,
    bare,
    ended,
    leak,
    minors,
    new,
    noise,
    office,
    person,
    refused,
    sheets_of,
    wages,
)

from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Kind, Outcome, Referrer, Side, Source, Stage
from mediator.domain.office import Office
from mediator.domain.records import Event
from mediator.domain.stages import extensions
from mediator.forms.form import Form, Sheet, blank, gaps, lay, renamed, subjects, wanted
from mediator.forms.notices import termination
from mediator.forms.notices.accepted import ACCEPTED
from mediator.forms.notices.declined import DECLINED
from mediator.forms.notices.extension import EXTENSION, first_limit
from mediator.forms.notices.litigation import LITIGATION
from mediator.forms.notices.recusal import RECUSAL
from mediator.forms.notices.service import PLACE, RECEIVER, SERVICE
from mediator.forms.notices.summons import SUMMONS
from mediator.forms.notices.suspension import SUSPENSION
from mediator.forms.notices.termination import GROUND, GROUNDS, TERMINATION
from mediator.paper import text
from mediator.paper.blocks import Cut, Number, Title, plain

with_stub = pytest.mark.parametrize(("form", "make"), [(ACCEPTED, leak), (DECLINED, refused)])


def proposed(form: Form, case: Case, **said: object) -> Sheet:
    """The paper as the form proposes it, but for what is said."""
    return Sheet(case, office(), TODAY, subjects(form, case)[0], said)  # type: ignore[arg-type]


def words(form: Form, case: Case, **said: object) -> str:
    return text.write(lay(form, proposed(form, case, **said)))


def every(form: Form, case: Case) -> list[str]:
    """The words of each paper of a form."""
    return [text.write(lay(form, Sheet(case, office(), TODAY, one))) for one in subjects(form, case)]


def moved(start: Stage, to: Stage, reason: str, kind: EventKind = EventKind.MOVED) -> Event:
    at = datetime(2026, 5, 12, 8, 30)
    return new(Event, kind=kind, stage_from=start, stage_to=to, on=date(2026, 5, 11), at=at, reason=reason)


@with_stub
def test_the_stub_bears_the_title_and_the_number_of_the_notice(form: Form, make: type[Case]) -> None:
    (sheet,) = sheets_of(form, make())
    blocks = lay(renamed(form, "答复书", None), sheet).blocks
    cut = next(place for place, block in enumerate(blocks) if isinstance(block, Cut))
    for part in (blocks[:cut], blocks[cut + 1 :]):
        assert [plain(b.text) for b in part if isinstance(b, Title)] == ["答复书"]
        assert [plain(b.text)[-len(sheet.number) :] for b in part if isinstance(b, Number)] == [sheet.number]
    assert blocks[cut] == Cut(f"骑缝　{sheet.number}")
    assert text.write(lay(form, sheet)).count("（存根）") == 1


@with_stub
def test_a_blank_stub_has_room_for_the_number_on_both_parts(form: Form, make: type[Case]) -> None:
    found = text.write(lay(form, blank(form, office(), TODAY)))
    assert found.count("编号：") == 2
    assert "----骑缝----" in found


def test_acceptance_is_told_to_the_applicants_one_by_one_and_names_the_other_side() -> None:
    found = words(ACCEPTED, wages())
    assert "、".join(WORKERS) + "：\n" in found
    assert "申请人牛建国等12人与被申请人滨江绿野农业发展有限公司之间的拖欠农民工工资纠纷" in found
    assert "由滨江区劳动保障监察大队委托移送调解" in found
    assert "由本人民调解委员会主动调解" in words(ACCEPTED, noise())


@pytest.mark.parametrize("referrer", Referrer)
def test_only_courts_and_police_may_tell_of_mediation_before_they_take_a_matter_up(
    referrer: Referrer,
) -> None:
    case = ended()
    case.referrer = referrer
    told = referrer in (Referrer.COURT, Referrer.POLICE)
    assert ("第十七条、第十八条的规定" in words(ACCEPTED, case)) is told
    case.source = Source.APPLICATION
    assert "第十七条的规定" in words(ACCEPTED, case)


def test_a_minor_is_written_to_through_the_guardian() -> None:
    assert "王𬎆（监护人马㛃）：\n" in words(ACCEPTED, minors())
    assert proposed(SERVICE, minors()).said(RECEIVER).endswith("·肉孜（监护人高䶮）")


def test_a_refusal_gives_the_reason_of_the_step_until_the_step_is_taken_back() -> None:
    case = refused()
    found = words(DECLINED, case)
    assert "理由：同一纠纷已由人民法院受理。\n" in found
    assert found.endswith("2026年4月9日\n")
    case.events.append(moved(Stage.REFUSED, Stage.REGISTERED, "补了材料", EventKind.STEPPED_BACK))
    case.stage = Stage.REGISTERED
    assert gaps(DECLINED, proposed(DECLINED, case)) == ["请填写不予受理的理由"]


def test_a_summons_speaks_otherwise_to_a_party_than_to_one_who_is_invited() -> None:
    case, at = wages(), datetime(2026, 5, 22, 9, 0)
    party = words(SUMMONS, case, when=at, place="石桥村委会")
    assert party.startswith("调解通知书\n")
    assert "滨江绿野农业发展有限公司：\n" in party
    assert "定于2026年5月22日9时，在石桥村委会进行调解。请按时参加" in party
    assert "拒绝调解" in party
    assert "邀请您" not in party
    invited = words(SUMMONS, case, when=at, place="石桥村委会", addressee="水清", role="社区干部")
    assert invited.startswith("邀请函\n")
    assert "水清：\n" in invited
    assert "第二十条的规定，邀请您以社区干部的身份参加" in invited
    assert "请携带" not in invited
    assert lay(SUMMONS, proposed(SUMMONS, case, role="邻居")).title == SUMMONS.title
    renamed_by_office = renamed(SUMMONS, "调解通知", None)
    assert text.write(lay(renamed_by_office, proposed(SUMMONS, case, role="邻居"))).startswith("调解通知\n")


def test_a_summons_proposes_the_address_of_the_office() -> None:
    case, at = wages(), datetime(2026, 5, 22, 9, 0)
    assert gaps(SUMMONS, proposed(SUMMONS, case, when=at)) == ["请填写通知的调解地点"]
    home = replace(proposed(SUMMONS, case, when=at), office=new(Office, name="调委会", address="后街9号"))
    assert gaps(SUMMONS, home) == []
    assert "在后街9号进行调解" in text.write(lay(SUMMONS, home))


def test_every_extension_has_a_paper_of_its_own_with_the_limits_before_and_after() -> None:
    case = ended()
    first = "原期限：2026年4月11日\n延长至：2026年4月25日\n延期的理由：等待防水检测，双方同意\n"
    assert first in words(EXTENSION, case)
    case.events.append(
        new(Event, kind=EventKind.EXTENDED, on=date(2026, 5, 9), at=datetime(2026, 4, 24, 9, 0),
            detail="2026年4月25日改为2026年5月9日", reason="鉴定人病了")
    )  # fmt: skip
    one, two = every(EXTENSION, case)
    assert first in one
    assert "原期限：2026年4月25日\n延长至：2026年5月9日\n延期的理由：鉴定人病了\n" in two
    assert subjects(EXTENSION, leak()) == []


def test_all_consent_to_an_extension_before_it_is_decided_on() -> None:
    after = words(EXTENSION, ended()).split("同意将调解期限延长至上列日期。\n")[1].splitlines()
    found = [line.split("：")[0] for line in after if "____" in line or "意见" in line]
    assert found == [
        "申请人逄小英",
        "被申请人覃苟旺",
        "委托代理人宓云开",
        "人民调解员意见",
        "人民调解委员会意见",
    ]


@pytest.mark.parametrize(
    ("kind", "referrer", "said"),
    [
        (Kind.NEIGHBOUR, Referrer.POLICE, True),
        (Kind.NEIGHBOUR, Referrer.COURT, False),
        (Kind.MEDICAL, Referrer.POLICE, False),
        (None, None, False),
    ],
)
def test_an_extension_speaks_of_a_month_only_where_that_is_the_limit(
    kind: Kind | None, referrer: Referrer | None, said: bool
) -> None:
    case = ended()
    case.kind, case.referrer = kind, referrer
    month = "一般在一个月内调结（《人民调解工作若干规定》第三十三条）"
    assert (month in words(EXTENSION, case)) is said
    assert "当事人愿意继续调解，同意将调解期限延长至上列日期。" in words(EXTENSION, case)


def test_the_first_limit_is_that_before_any_extension() -> None:
    case = ended()
    case.events.append(new(Event, kind=EventKind.EXTENDED, detail="2026年4月25日改为2026年5月9日"))
    assert first_limit(case) == date(2026, 4, 11)
    extensions(case)[0].detail = "改期"
    assert first_limit(case) is None
    case.events = []
    assert first_limit(case) == case.due_on == date(2026, 4, 25)


def test_every_halt_has_a_notice_with_its_day_and_reason() -> None:
    case = wages()
    case.events += [
        moved(Stage.MEDIATING, Stage.SUSPENDED, "车万里住院"),
        moved(Stage.SUSPENDED, Stage.MEDIATING, ""),
        moved(Stage.MEDIATING, Stage.SUSPENDED, "等待鉴定意见。"),
    ]
    case.stage = Stage.SUSPENDED
    first, second = every(SUSPENSION, case)
    assert "自2026年5月11日起中止调解" in second
    assert "中止的原因：车万里住院。\n" in first and "中止的原因：等待鉴定意见。\n" in second
    assert wanted(SUSPENSION, case)


@pytest.mark.parametrize("ground", [*GROUNDS, "其他", "当事人都搬走了"])
def test_exactly_one_reason_is_ticked(ground: str) -> None:
    found = words(TERMINATION, ended(), ground=ground)
    assert found.count("■") == 1
    assert found.count("□") == len(GROUNDS)
    assert f"■{ground}\n" in found or f"■其他：{ground}\n" in found


def test_nothing_is_ticked_on_a_blank() -> None:
    found = text.write(lay(TERMINATION, blank(TERMINATION, office(), TODAY)))
    assert "■" not in found
    assert found.count("□") == len(GROUNDS) + 1


@pytest.mark.parametrize(
    ("reason", "start"),
    [
        ("双方分歧较大,无法达成协议。", "各方分歧较大"),
        ("调解期限届满，双方仍不能达成协议。", "调解期限届满"),
        ("被申请人明确不接受调解。", "一方当事人撤回"),
        ("多次联系不上被申请人，无法继续调解。", "无法与当事人"),
        ("提供虚假的欠条", "当事人隐瞒"),
        ("当事人都搬走了", "其他"),
    ],
)
def test_a_reason_typed_with_the_step_is_found_in_the_list(reason: str, start: str) -> None:
    assert termination.ground_of(reason).startswith(start)


def test_the_ground_comes_from_the_step_and_from_a_withdrawal() -> None:
    case = ended()
    assert proposed(TERMINATION, case).said(GROUND) == "各方分歧较大，难以达成协议"
    case.outcome = Outcome.WITHDRAWN
    assert proposed(TERMINATION, case).said(GROUND).startswith("一方当事人撤回")
    assert proposed(TERMINATION, bare(Stage.UNSETTLED)).said(GROUND) == ""


@pytest.mark.parametrize("outcome", Outcome)
def test_which_paper_an_unsettled_case_should_have(outcome: Outcome) -> None:
    case = ended()
    case.outcome = outcome
    due = {form.code for form in (TERMINATION, LITIGATION) if wanted(form, case)}
    ways = {Outcome.NONE: "termination", Outcome.WITHDRAWN: "termination", Outcome.ENDED: "termination"}
    ways[Outcome.LITIGATION] = "litigation"
    assert due == ({ways[outcome]} if outcome in ways else set())


@pytest.mark.parametrize("form", [TERMINATION, LITIGATION])
def test_the_court_is_named_where_it_is_known(form: Form) -> None:
    sheet = proposed(form, ended())
    assert "有管辖权的人民法院（滨江区人民法院）" in text.write(lay(form, sheet))
    sheet.office.court = ""
    assert "（）" not in text.write(lay(form, sheet))


def test_one_who_stepped_aside_does_not_go_on() -> None:
    case = ended()
    case.assignments[0], case.assignments[1] = case.assignments[1], case.assignments[0]
    found = words(RECUSAL, case, asked_by="申请人逄小英")
    assert "一、人民调解员覃玉芳回避" in found
    assert "二、由人民调解员陈志华继续调解。" in found
    assert "理由：与被申请人是亲属\n" in found
    assert subjects(RECUSAL, leak()) == []


def test_a_proof_of_service_proposes_the_address_only_if_there_is_one_for_all() -> None:
    case = leak()
    assert proposed(SERVICE, case).said(RECEIVER) == "林淑芬"
    assert proposed(SERVICE, case).said(PLACE) == "滨江路12号3栋2-1"
    case.parties.append(person(Side.RESPONDENT, "柘荣", address="下街3号"))
    assert proposed(SERVICE, case).said(RECEIVER) == "林淑芬、柘荣"
    assert proposed(SERVICE, case).said(PLACE) == ""
