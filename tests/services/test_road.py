"""One case along the whole road, through the verbs that the window and the command line use."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mediator.domain.codes import Outcome, Performance, Stage
from mediator.domain.errors import Missing, Refusal, Stale
from mediator.forms.register import by_code
from mediator.services import agreements, cases, documents, listing, papers, parts, progress

TODAY = date(2026, 11, 21)
BY = "陈志华"

LEAK: dict[str, Any] = {
    "registered_on": "2026-03-01",
    "source": "application",
    "kind": "neighbour",
    "summary": "楼上水管爆裂，楼下吊顶、地板被泡坏。",
    "occurred_place": "滨江路 12 号 3 栋",
    "parties": [
        {"side": "applicant", "name": "周文谦", "id_number": "000000196203150013"},
        {
            "side": "respondent",
            "name": "阿依古丽•买买提",
            "representatives": [{"name": "王𬎆", "proxy": "agent"}],
        },
    ],
}
TERMS = {
    "items": [
        {
            "kind": "money",
            "debtor": "阿依古丽·买买提",
            "creditor": "周文谦",
            "amount": "15000",
            "instalments": [
                {"due_on": "2026-03-05", "amount": "5000"},
                {"due_on": "2026-04-04", "amount": "10000"},
            ],
        },
        {"kind": "act", "debtor": "respondent", "act": "修好漏水的水管"},
    ]
}


def go(session: Session, case: Any, to: Stage, day: str, **more: Any) -> None:
    progress.advance(session, case, to, by=BY, on=date.fromisoformat(day), today=TODAY, **more)


def settle(session: Session) -> Any:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    go(session, case, Stage.ACCEPTED, "2026-03-01")
    go(session, case, Stage.INFORMED, "2026-03-01")
    parts.put(session, case, "assignments", {"staff": "陈志华", "duty": "lead"}, by=BY)
    go(session, case, Stage.ASSIGNED, "2026-03-02")
    go(session, case, Stage.MEDIATING, "2026-03-03")
    parts.put(session, case, "sessions", {"held_at": "2026-03-05T14:00", "record": "谈妥。"}, by=BY)
    agreements.put(session, case, TERMS, by=BY)
    go(session, case, Stage.SETTLED, "2026-03-05", outcome=Outcome.WRITTEN)
    return case


def test_the_whole_road(session: Session) -> None:
    case = settle(session)
    assert case.number == "(2026)滨江人调字第001号"
    assert case.concluded_on == date(2026, 3, 5)
    assert case.due_on == date(2026, 4, 1)
    assert case.agreement.amount == 1_500_000
    for part in case.agreement.open_instalments:
        agreements.pay(session, case, part.id, on=date(2026, 4, 1), by=BY, today=TODAY)
    assert case.agreement.performance is Performance.FULL
    go(session, case, Stage.PERFORMED, "2026-04-01")
    parts.put(session, case, "revisits", {"visited_on": "2026-04-20"}, by=BY)
    go(session, case, Stage.REVISITED, "2026-04-20")
    go(session, case, Stage.CLOSED, "2026-04-21")
    go(session, case, Stage.ARCHIVED, "2026-04-22")
    session.commit()
    again = cases.get(session, case.number)
    assert [p.name for p in again.parties] == ["周文谦", "阿依古丽·买买提"]
    assert again.parties[0].birth_on == date(1962, 3, 15)
    with pytest.raises(Refusal, match="已经归档"):
        cases.amend(session, again, {"summary": "改"}, by=BY, reason="想改")


def test_an_illegal_move_says_what_is_open(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    with pytest.raises(Refusal, match="不能直接转到“结案”；现在可以转到“受理”、“不予受理”"):
        go(session, case, Stage.CLOSED, "2026-03-02")


def test_a_move_names_all_that_is_missing(session: Session) -> None:
    case = documents.register(session, {"registered_on": "2026-03-01"}, by=BY, today=TODAY)
    with pytest.raises(Missing) as missing:
        go(session, case, Stage.ACCEPTED, "2026-03-01")
    assert missing.value.gaps == [
        "请填写申请人",
        "请填写被申请人",
        "请选择纠纷类型",
        "请填写纠纷简要情况",
    ]


def test_steps_keep_the_order_of_days(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    with pytest.raises(Refusal, match="早于上一步"):
        go(session, case, Stage.ACCEPTED, "2026-02-28")
    with pytest.raises(Refusal, match="还没到"):
        go(session, case, Stage.ACCEPTED, "2026-11-22")


def test_closed_cases_change_only_with_a_reason_and_a_trace(session: Session) -> None:
    case = settle(session)
    agreements.put(session, case, {"performance": "full"}, by=BY)
    go(session, case, Stage.CLOSED, "2026-04-21")
    with pytest.raises(Refusal, match="写明原因"):
        parts.put(session, case, "sessions", {"held_at": "2026-03-04T09:00"}, by=BY)
    parts.put(session, case, "sessions", {"held_at": "2026-03-04T09:00"}, by=BY, reason="漏记一次")
    assert case.events[-1].reason == "漏记一次"
    assert "调解时间" in case.events[-1].detail


def test_stepping_back_undoes_the_step_and_keeps_the_history(session: Session) -> None:
    case = settle(session)
    progress.step_back(session, case, by=BY, reason="点错了")
    assert (case.stage, case.outcome, case.concluded_on) == (Stage.MEDIATING, None, None)
    progress.step_back(session, case, by=BY, reason="点错了")
    assert case.stage is Stage.ASSIGNED
    assert len([e for e in case.events if e.stage_from]) == 7


def test_suspension_returns_to_where_it_was(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    go(session, case, Stage.ACCEPTED, "2026-03-01")
    go(session, case, Stage.INFORMED, "2026-03-02")
    go(session, case, Stage.SUSPENDED, "2026-03-03", reason="当事人住院")
    with pytest.raises(Refusal, match="不是在“调解”阶段中止的"):
        go(session, case, Stage.MEDIATING, "2026-03-09")
    go(session, case, Stage.INFORMED, "2026-03-09")
    assert case.stage is Stage.INFORMED


def test_a_minor_needs_a_guardian_before_mediation(session: Session) -> None:
    young = {"side": "respondent", "name": "𪚥某", "birth_on": "2010-05-01"}
    case = documents.register(session, {**LEAK, "parties": [LEAK["parties"][0], young]}, by=BY, today=TODAY)
    parts.put(session, case, "assignments", {"staff": "陈志华", "duty": "lead"}, by=BY)
    go(session, case, Stage.ACCEPTED, "2026-03-01")
    go(session, case, Stage.INFORMED, "2026-03-01")
    go(session, case, Stage.ASSIGNED, "2026-03-01")
    with pytest.raises(Missing, match="监护人"):
        go(session, case, Stage.MEDIATING, "2026-03-01")


def test_numbers_run_by_year_and_are_never_used_twice(session: Session) -> None:
    days = ["2025-12-31", "2026-01-01", "2025-06-01"]
    numbers = [documents.register(session, {"registered_on": d}, by=BY, today=TODAY).number for d in days]
    assert numbers == ["(2025)滨江人调字第001号", "(2026)滨江人调字第001号", "(2025)滨江人调字第002号"]


def test_a_document_comes_back_as_it_went_in(session: Session) -> None:
    shown = documents.as_document(settle(session))
    other = documents.register(session, shown, by=BY, today=TODAY)
    again = documents.as_document(other)
    shown["agreement"].pop("reached_on")  # follows the result, which the copy does not have yet
    for part in ("parties", "sessions", "agreement", "assignments"):
        assert again[part] == shown[part]
    assert shown["agreement"]["items"][0]["amount"] == "15000.00"


def test_instalments_must_add_up(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    item = {"amount": "15000", "instalments": [{"amount": "5000"}, {"amount": "9999.99"}]}
    with pytest.raises(Refusal, match=r"14,999\.99 元，与给付金额 15,000 元不符"):
        agreements.put(session, case, {"items": [item]}, by=BY)


@pytest.mark.parametrize("words", ["文谦", "古丽", "王𬎆", "滨江路", "0013", "001号", "吊顶 文谦", "𬎆"])
def test_a_case_is_found_by_any_run_of_characters(session: Session, words: str) -> None:
    case = settle(session)
    documents.register(session, {"summary": "别的事"}, by=BY, today=TODAY)
    assert [row.id for row in listing.find(session, listing.Wanted(words=words))] == [case.id]


@pytest.mark.parametrize("words", ["谦文", '"', "* OR", "。", "文谦 吊灯", "NEAR("])
def test_what_is_not_there_is_not_found(session: Session, words: str) -> None:
    settle(session)
    assert listing.find(session, listing.Wanted(words=words)) == []


def test_a_renamed_party_is_found_by_the_new_name_only(session: Session) -> None:
    case = settle(session)
    parts.put(session, case, "parties", {"name": "周文彬"}, row=case.parties[0].id, by=BY)
    assert listing.find(session, listing.Wanted(words="周文谦")) == []
    assert listing.find(session, listing.Wanted(words="文彬"))


def test_a_day_can_be_put_right_with_a_reason(session: Session) -> None:
    case = settle(session)
    with pytest.raises(Refusal, match="应在 2026年3月1日 和 2026年3月5日 之间"):
        progress.redate(session, case, Stage.INFORMED, date(2026, 3, 6), by=BY, reason="记错", today=TODAY)
    progress.redate(session, case, Stage.SETTLED, date(2026, 3, 9), by=BY, reason="记错", today=TODAY)
    assert case.concluded_on == date(2026, 3, 9)
    assert case.events[-1].detail == "调解结果日期由2026年3月5日改为2026年3月9日"
    agreements.put(session, case, {"performance": "full"}, by=BY)
    go(session, case, Stage.CLOSED, "2026-04-21")
    progress.redate(session, case, Stage.CLOSED, date(2026, 4, 20), by=BY, reason="记错", today=TODAY)
    assert case.closed_on == date(2026, 4, 20)


def test_coming_back_from_a_suspension_keeps_the_first_days(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    go(session, case, Stage.ACCEPTED, "2026-03-02")
    go(session, case, Stage.SUSPENDED, "2026-03-03", reason="当事人住院")
    go(session, case, Stage.ACCEPTED, "2026-03-09")
    assert (case.accepted_on, case.due_on) == (date(2026, 3, 2), date(2026, 4, 2))
    progress.step_back(session, case, by=BY, reason="点错了")
    assert (case.stage, case.accepted_on, case.due_on) == (
        Stage.SUSPENDED, date(2026, 3, 2), date(2026, 4, 2)
    )  # fmt: skip


def test_payments_add_up_and_can_be_taken_back(session: Session) -> None:
    case = settle(session)
    first = case.agreement.items[0].instalments[0]
    for amount in (200_000, 300_000):
        agreements.pay(session, case, first.id, on=TODAY, by=BY, today=TODAY, amount=amount, voucher="收条")
    assert (first.paid, first.settled) == (500_000, True)
    second = case.agreement.items[0].instalments[1]
    with pytest.raises(Refusal, match=r"还差 10,000 元，这次填的是 10,000\.01 元"):
        agreements.pay(session, case, second.id, on=TODAY, by=BY, today=TODAY, amount=1_000_001)
    with pytest.raises(Refusal, match="已经履行完毕"):
        agreements.pay(session, case, first.id, on=TODAY, by=BY, today=TODAY)
    agreements.unpay(session, case, first.id, by=BY, reason="记错了")
    assert (first.paid, case.agreement.performance) == (None, None)
    assert "5,000 元" in case.events[-1].detail


def test_somebody_elses_change_to_the_same_field_is_not_overwritten(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    seen = {"summary": case.summary, "remark": case.remark}
    cases.amend(session, case, {"summary": "她改的"}, by="马秀英")
    cases.amend(session, case, {"remark": "我加的"}, by=BY, was=seen)
    assert (case.summary, case.remark) == ("她改的", "我加的")
    with pytest.raises(Stale, match="纠纷简要情况"):
        cases.amend(session, case, {"summary": "我改的"}, by=BY, was=seen)


def test_every_change_raises_the_version(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    versions = [case.version]
    for place in ("甲", "乙", "丙"):
        parts.put(session, case, "sessions", {"held_at": "2026-03-05T14:00", "place": place}, by=BY)
        versions.append(case.version)
    assert len(set(versions)) == 4


def test_a_party_who_owes_cannot_be_deleted(session: Session) -> None:
    case = settle(session)
    with pytest.raises(Refusal, match="“周文谦”写在协议事项里"):
        parts.drop(session, case, "parties", case.parties[0].id, by=BY)


def test_what_a_case_was_accepted_on_cannot_be_taken_away(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    cases.amend(session, case, {"kind": None}, by=BY)
    cases.amend(session, case, {"kind": "neighbour"}, by=BY)
    go(session, case, Stage.ACCEPTED, "2026-03-02")
    with pytest.raises(Missing, match="请选择纠纷类型"):
        cases.amend(session, case, {"kind": None}, by=BY)
    with pytest.raises(Missing, match="请选择委托移送单位类别"):
        cases.amend(session, case, {"kind": "neighbour", "source": "referral"}, by=BY)


def test_after_the_result_every_change_leaves_a_trace(session: Session) -> None:
    case = settle(session)
    item = {"amount": "1", "debtor": "respondent", "creditor": "applicant"}
    agreements.put(session, case, {"items": [item]}, by=BY)
    assert "壹万伍仟元整" in case.events[-1].detail
    assert "壹元整" in case.events[-1].detail
    parts.drop(session, case, "sessions", case.sessions[0].id, by=BY)
    assert case.events[-1].detail == "2026-03-05的调解"


def test_people_are_counted_from_the_parties_unless_more_are_named(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    assert case.headcount == 2
    parts.put(session, case, "parties", {"side": "third", "name": "𪚥某"}, by=BY)
    parts.drop(session, case, "parties", case.parties[-1].id, by=BY)
    assert case.headcount == 2
    cases.amend(session, case, {"people": "12"}, by=BY)
    assert case.headcount == 12


def test_an_emptied_field_that_must_be_filled_is_named(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    for key, words in (("registered_on", "登记日期"), ("level", "难易程度"), ("source", "案件来源")):
        with pytest.raises(Refusal, match=f"请填写“{words}”"):
            cases.amend(session, case, {key: None}, by=BY)


def test_an_archived_case_is_not_changed_by_printing(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    go(session, case, Stage.REFUSED, "2026-03-02", reason="不属于民间纠纷")
    go(session, case, Stage.ARCHIVED, "2026-03-03")
    with pytest.raises(Refusal, match="已经归档"):
        papers.issue(session, case, by_code("application"), None, by=BY, today=TODAY)


def test_a_number_is_found_with_brackets_of_either_width(session: Session) -> None:
    case = documents.register(session, LEAK, by=BY, today=TODAY)
    assert cases.get(session, "（2026）滨江人调字第001号") is case


def test_a_new_agreement_takes_the_day_of_its_own_result(session: Session) -> None:
    case = settle(session)
    progress.redate(session, case, Stage.SETTLED, date(2026, 3, 8), by=BY, reason="记错", today=TODAY)
    assert case.agreement.reached_on == date(2026, 3, 8)
    progress.step_back(session, case, by=BY, reason="重谈")
    assert case.agreement.reached_on is None
    go(session, case, Stage.SETTLED, "2026-03-20", outcome=Outcome.ORAL)
    agreed = case.agreement
    assert (agreed.reached_on, agreed.effective_on) == (date(2026, 3, 20), date(2026, 3, 20))
