"""Papers along a case: filled in, worded by hand, issued, numbered, signed, differing after a change, complete."""

import json
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session
from test_road import BY, TODAY, go, settle

from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage, Standing
from mediator.domain.errors import Missing, Refusal, Stale
from mediator.domain.papers import IssuedPaper
from mediator.forms import rewording
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.forms.register import FORMS, by_code
from mediator.paper import text
from mediator.services import (
    agreements,
    cases,
    completeness,
    form_settings,
    papers,
    particulars,
    parts,
    progress,
    signing,
)
from mediator.services.offices import own


def issue(session: Session, case: Case, code: str, subject: object | None = None) -> IssuedPaper:
    session.flush()
    return papers.issue(session, case, by_code(code), subject, by=BY, today=TODAY)


def words(issued: IssuedPaper) -> str:
    return text.write(papers.kept(issued))


def sign_all(session: Session, case: Case, issued: IssuedPaper, on: date) -> None:
    every = [place.number for place in signing.places(issued)]
    signing.sign(session, case, issued, every, on, by=BY, today=TODAY)


def test_a_written_agreement_takes_effect_when_all_have_signed_and_the_seal_is_on(session: Session) -> None:
    case = settle(session)
    issued = issue(session, case, "agreement")
    found = signing.places(issued)
    *hands, seal = [place for place in found if not place.optional]
    assert [place.role for place in found if place.optional] == ["委托代理人王𬎆", "记录人"]
    assert [place.role for place in hands][:2] == ["申请人周文谦", "被申请人阿依古丽·买买提"]
    assert (seal.seal, seal.role) == (True, "滨江社区人民调解委员会")
    for n, place in enumerate(hands):
        signing.sign(session, case, issued, [place.number], date(2026, 3, 5 + n), by=BY, today=TODAY)
    assert case.agreement.effective_on is None
    signing.sign(session, case, issued, [seal.number], date(2026, 3, 7), by=BY, today=TODAY)
    assert case.agreement.effective_on == date(2026, 3, 5 + len(hands) - 1)
    assert case.agreement.confirmable_until == date(2026, 4, 4 + len(hands) - 1)
    assert signing.state(issued) is signing.State.SIGNED
    assert case.events[-1].detail.endswith(f"共 {len(hands) + 1} 处已签 {len(hands) + 1} 处")
    signing.unsign(session, case, issued, [seal.number], by=BY)
    assert case.agreement.effective_on is None


def test_a_void_agreement_gives_no_effect(session: Session) -> None:
    case = settle(session)
    issued = issue(session, case, "agreement")
    sign_all(session, case, issued, date(2026, 3, 5))
    assert case.agreement.effective_on == date(2026, 3, 5)
    signing.void(session, case, issued, by=BY, reason="当事人重新商定")
    assert case.agreement.effective_on is None


def test_a_day_of_effect_is_typed_only_while_no_paper_says_otherwise(session: Session) -> None:
    case = settle(session)
    agreements.put(session, case, {"effective_on": "2026-03-06"}, by=BY)
    assert case.agreement.effective_on == date(2026, 3, 6)
    issue(session, case, "agreement")
    with pytest.raises(Refusal, match="签署登记"):
        agreements.put(session, case, {"effective_on": "2026-03-08"}, by=BY)


def test_signing_has_a_day_that_can_be_true(session: Session) -> None:
    case = settle(session)
    issued = issue(session, case, "agreement")
    for day, sentence in ((date(2026, 11, 22), "不能晚于今天"), (date(2026, 2, 28), "不能早于登记日期")):
        with pytest.raises(Refusal, match=sentence):
            signing.sign(session, case, issued, [0], day, by=BY, today=TODAY)
    with pytest.raises(Refusal, match="没有这一处"):
        signing.sign(session, case, issued, [99], TODAY, by=BY, today=TODAY)
    assert issued.signings == []


def test_a_change_of_the_case_is_told_and_the_earlier_issue_stays(session: Session) -> None:
    case = settle(session)
    first = issue(session, case, "agreement")
    before = words(first)
    assert papers.differing(session, case) == []
    cases.amend(session, case, {"summary": "楼上暖气管爆裂。"}, by=BY, reason="更正")
    assert papers.differing(session, case) == [first]
    second = issue(session, case, "agreement")
    assert second is not first and words(first) == before and "暖气管" in words(second)
    assert papers.differing(session, case) == []
    assert papers.newest(case) == [second]


def test_a_paper_about_something_deleted_is_to_be_declared_void(session: Session) -> None:
    case = settle(session)
    issued = issue(session, case, "record", case.sessions[0])
    parts.put(session, case, "sessions", {"held_at": "2026-03-04T14:00", "record": "再谈。"}, by=BY)
    parts.drop(session, case, "sessions", issued.subject_id or 0, by=BY)
    assert papers.gone(case, issued) and papers.differing(session, case) == []
    assert any("请作废" in gap for gap in completeness.check(session, case))
    with pytest.raises(Refusal, match="写明原因"):
        signing.void(session, case, issued, by=BY, reason=" ")
    signing.void(session, case, issued, by=BY, reason="记错了日子，已重记")
    assert issued not in papers.newest(case) and not any(
        "请作废" in g for g in completeness.check(session, case)
    )
    parts.put(session, case, "sessions", {"held_at": "2026-03-03T14:00", "record": "又谈。"}, by=BY)
    assert issued.subject_id not in [entry.id for entry in case.sessions]


def test_words_by_hand_are_kept_and_never_used_where_they_no_longer_fit(session: Session) -> None:
    case = settle(session)
    form, passage = AGREEMENT, "楼上水管爆裂，楼下吊顶、地板被泡坏。"
    session.flush()
    particulars.reword(session, case, form, None, passage, "三月一日夜，楼上水管爆裂。", by=BY)
    issued = issue(session, case, "agreement")
    assert "三月一日夜，楼上水管爆裂。" in words(issued) and passage not in words(issued)
    cases.amend(session, case, {"summary": "楼上暖气管爆裂。"}, by=BY, reason="更正")
    now = papers.one(session, case, form, None, today=TODAY)
    assert now.loose == ["三月一日夜，楼上水管爆裂。"]
    with pytest.raises(Missing, match="改措辞"):
        issue(session, case, "agreement")
    particulars.reword(session, case, form, None, passage, None, by=BY)
    assert "暖气管" in words(issue(session, case, "agreement"))


def test_the_office_words_a_form_otherwise_for_every_case(session: Session) -> None:
    case = settle(session)
    passage = next(
        p
        for p in rewording.passages(papers.empty(session, by_code("rights"), today=TODAY))
        if "均已知悉" in p
    )
    form_settings.reword(session, "rights", passage, "以上内容已经逐条讲清。")
    assert "以上内容已经逐条讲清。" in words(issue(session, case, "rights"))
    form_settings.reset(session, "rights")
    assert "均已知悉" in words(issue(session, case, "rights"))


def test_a_form_under_the_offices_title_order_and_standing(session: Session) -> None:
    form_settings.choose(session, "rights", {"name": "当事人须知", "standing": "按需"})
    own = form_settings.of(session, "rights")
    assert (own.title, own.standing) == ("当事人须知", Standing.NEEDED)
    codes = [form.code for form in form_settings.forms(session)]
    form_settings.arrange(session, [codes[-1], *codes[:-1]])
    assert form_settings.forms(session)[0].code == codes[-1]
    with pytest.raises(Refusal, match="列一次"):
        form_settings.arrange(session, codes[1:])


def test_what_is_filled_in_is_read_field_by_field(session: Session) -> None:
    case = settle(session)
    asking = [form for form in FORMS if form.asks and not form.of_office]
    assert asking
    for form in asking:
        session.flush()
        typed = {ask.key: ask.field.sample for ask in form.asks}
        kept = particulars.fill(session, case, form, None, typed, by=BY)
        assert particulars.answers(form, kept) == {a.key: a.field.read(a.field.sample) for a in form.asks}
        assert json.loads(kept.answers).keys() == typed.keys()


def test_an_answer_that_cannot_be_read_is_refused_and_nothing_kept(session: Session) -> None:
    case = settle(session)
    form = by_code("summons")
    when = next(ask for ask in form.asks if isinstance(ask.field.read(ask.field.sample), datetime))
    with pytest.raises(Refusal, match=when.field.label):
        particulars.fill(session, case, form, None, {when.key: "下礼拜"}, by=BY)


def test_a_number_of_its_own_series_is_given_once_and_kept(session: Session) -> None:
    case = settle(session)
    form_settings.choose(session, "accepted", {"pattern": "滨江人调受〔{年}〕{号}号"})
    issued = issue(session, case, "accepted")
    assert issued.number == "滨江人调受〔2026〕1号"
    assert "滨江人调受〔2026〕1号" in words(issued)
    cases.amend(session, case, {"summary": "楼上暖气管爆裂。"}, by=BY, reason="更正")
    cases.amend(session, case, {"kind": "damage"}, by=BY, reason="更正")
    again = issue(session, case, "accepted")
    assert again.number == issued.number
    with pytest.raises(Refusal, match="编号样式"):
        form_settings.choose(session, "accepted", {"pattern": "第{号}号"})


def test_the_file_names_each_thing_it_lacks(session: Session) -> None:
    case = settle(session)
    lacking = completeness.check(session, case)
    assert any("缺《人民调解协议书》（必须）" in gap for gap in lacking)
    assert not any("口头" in gap or "终止" in gap for gap in lacking)
    issued = issue(session, case, "agreement")
    assert any(
        "《人民调解协议书》还有" in gap and "申请人周文谦" in gap for gap in completeness.check(session, case)
    )
    sign_all(session, case, issued, date(2026, 3, 5))
    assert not any("人民调解协议书" in gap for gap in completeness.check(session, case))
    cases.amend(session, case, {"summary": "楼上暖气管爆裂。"}, by=BY, reason="更正")
    assert any("《人民调解协议书》出具以后案件有改动" in gap for gap in completeness.check(session, case))


def test_amounts_worded_by_hand_have_to_agree_with_their_figures(session: Session) -> None:
    case = settle(session)
    session.flush()
    clause = next(
        p
        for p in rewording.passages(papers.draft(session, case, AGREEMENT, None, today=TODAY))
        if "壹万伍仟" in p
    )
    particulars.reword(
        session, case, AGREEMENT, None, clause, clause.replace("壹万伍仟元整", "壹万伍佰元整", 1), by=BY
    )
    issue(session, case, "agreement")
    assert any("壹万伍佰元整" in gap and "对不上" in gap for gap in completeness.check(session, case))


def test_days_out_of_order_are_named(session: Session) -> None:
    case = settle(session)
    case.informed_on = date(2026, 2, 1)
    case.sessions[0].held_at = datetime(2026, 3, 9, 9, 0)
    found = completeness.check(session, case)
    assert any("告知日期" in gap and "早于受理日期" in gap for gap in found)
    assert any("2026年3月9日的调解晚于调解结果日期" in gap for gap in found)


def test_the_clock_of_judicial_confirmation(session: Session) -> None:
    case = settle(session)
    assert completeness.last_day(case, TODAY) == ""
    case.agreement.effective_on = date(2026, 3, 5)
    assert "2026年4月4日前（含当日）" in completeness.last_day(case, date(2026, 4, 4))
    assert "还有 0 天" in completeness.last_day(case, date(2026, 4, 4))
    assert "届满" in completeness.last_day(case, date(2026, 4, 5))


def test_an_unissued_paper_can_be_thrown_away_and_an_issued_one_not(session: Session) -> None:
    case = settle(session)
    kept = particulars.fill(session, case, by_code("service"), None, {}, by=BY)
    particulars.drop(session, case, kept.id)
    assert case.particulars == []
    issue(session, case, "accepted")
    with pytest.raises(Refusal, match="已经出具过"):
        particulars.drop(session, case, case.particulars[0].id)


def test_nothing_is_filled_in_for_an_archived_case(session: Session) -> None:
    case = settle(session)
    case.stage = Stage.ARCHIVED
    with pytest.raises(Refusal, match="已经归档"):
        particulars.fill(session, case, by_code("service"), None, {}, by=BY)


def settle_again(session: Session, case: Case, day: str, outcome: Outcome = Outcome.WRITTEN) -> None:
    progress.step_back(session, case, by=BY, reason="重谈")
    go(session, case, Stage.SETTLED, day, outcome=outcome)


def test_no_settled_result_no_effect_whatever_is_signed(session: Session) -> None:
    case = settle(session)
    sign_all(session, case, issue(session, case, "agreement"), date(2026, 3, 5))
    assert case.agreement.effective_on == date(2026, 3, 5)
    progress.step_back(session, case, by=BY, reason="重谈")
    assert case.agreement.effective_on is None
    sign_all(session, case, issue(session, case, "record", case.sessions[0]), date(2026, 3, 6))
    assert case.agreement.effective_on is None
    go(session, case, Stage.UNSETTLED, "2026-03-10", outcome=Outcome.NONE, reason="谈崩了")
    assert case.agreement.effective_on is None


def test_an_oral_agreement_keeps_its_effect_whatever_was_issued_before(session: Session) -> None:
    case = settle(session)
    issue(session, case, "agreement")
    settle_again(session, case, "2026-03-06", Outcome.ORAL)
    sign_all(session, case, issue(session, case, "oral"), date(2026, 3, 7))
    assert case.agreement.effective_on == date(2026, 3, 6)


def test_what_was_signed_before_the_result_counts_from_the_result_if_the_terms_are_the_same(
    session: Session,
) -> None:
    case = settle(session)
    sign_all(session, case, issue(session, case, "agreement"), date(2026, 3, 5))
    settle_again(session, case, "2026-03-08")
    assert case.agreement.effective_on == date(2026, 3, 8)


def test_new_terms_take_effect_when_they_are_signed_and_not_before(session: Session) -> None:
    case = settle(session)
    sign_all(session, case, issue(session, case, "agreement"), date(2026, 3, 5))
    progress.step_back(session, case, by=BY, reason="重谈")
    agreements.put(
        session, case, {"items": [{"kind": "act", "debtor": "respondent", "act": "换新水管"}]}, by=BY
    )
    go(session, case, Stage.SETTLED, "2026-03-20", outcome=Outcome.WRITTEN)
    assert case.agreement.effective_on is None
    sign_all(session, case, issue(session, case, "agreement"), date(2026, 3, 21))
    assert case.agreement.effective_on == date(2026, 3, 21)


def test_issuing_an_agreement_ends_the_typed_day_of_effect(session: Session) -> None:
    case = settle(session)
    for bad in ("2099-01-01", "2026-03-04"):
        with pytest.raises(Refusal, match="生效日期"):
            agreements.put(session, case, {"effective_on": bad}, by=BY)
    case.agreement.effective_on = None
    agreements.put(session, case, {"effective_on": "2026-03-06"}, by=BY)
    issue(session, case, "agreement")
    assert case.agreement.effective_on is None


def test_a_signed_paper_stays_in_the_file_until_its_successor_is_signed(session: Session) -> None:
    case = settle(session)
    first = issue(session, case, "agreement")
    sign_all(session, case, first, date(2026, 3, 5))
    cases.amend(session, case, {"summary": "楼上暖气管爆裂。"}, by=BY, reason="更正")
    second = issue(session, case, "agreement")
    assert signing.standing(case) == [first]
    sign_all(session, case, second, date(2026, 3, 9))
    assert signing.standing(case) == [second]
    assert case.agreement.effective_on == date(2026, 3, 5)


def test_what_the_office_changes_does_not_make_old_papers_wrong(session: Session) -> None:
    case = settle(session)
    issue(session, case, "agreement")
    own(session).name = "滨江社区人民调解委员会（新）"
    form_settings.choose(session, "agreement", {"name": "调解协议书"})
    assert papers.differing(session, case) == []


def test_signed_papers_are_never_issued_anew_by_themselves(session: Session) -> None:
    case = settle(session)
    first = issue(session, case, "agreement")
    sign_all(session, case, first, date(2026, 3, 5))
    cases.amend(session, case, {"summary": "楼上暖气管爆裂。"}, by=BY, reason="更正")
    every = papers.issue_all(session, case, papers.chosen(session, []), by=BY, today=TODAY)
    assert first in every and [p for p in case.papers if p.form == "agreement"] == [first]


def test_two_payments_alike_are_two_receipts(session: Session) -> None:
    case = settle(session)
    agreements.put(session, case, {"items": [
        {"kind": "money", "debtor": "respondent", "creditor": "applicant", "amount": "5000",
         "instalments": [{"due_on": "2026-03-05", "amount": "5000"}]} for _ in range(2)
    ]}, by=BY)  # fmt: skip
    for part in case.agreement.open_instalments:
        agreements.pay(session, case, part.id, on=date(2026, 3, 6), by=BY, today=TODAY)
    session.flush()
    paid = [part for item in case.agreement.items for part in item.instalments]
    first, second = (issue(session, case, "receipt", part) for part in paid)
    assert first is not second


def test_what_was_only_confirmed_follows_the_case(session: Session) -> None:
    case = settle(session)
    session.flush()
    form = by_code("accepted")
    entry = papers.one(session, case, form, None, today=TODAY)
    proposed = papers.answers_of(entry)
    particulars.fill(session, case, form, None, proposed, by=BY, proposed=entry.proposals)
    case.parties[0].name = "周文千"
    assert "周文千" in text.write(papers.one(session, case, form, None, today=TODAY).paper())


def test_two_series_never_give_the_same_number(session: Session) -> None:
    form_settings.choose(session, "accepted", {"pattern": "滨江〔{年}〕{号}号"})
    with pytest.raises(Refusal, match="受理通知书"):
        form_settings.choose(session, "declined", {"pattern": "滨江〔{年}〕{号}号"})
    with pytest.raises(Refusal, match="卷号"):
        form_settings.choose(session, "declined", {"pattern": own(session).case_pattern})


def test_another_answer_typed_meanwhile_is_not_overwritten(session: Session) -> None:
    case = settle(session)
    form = by_code("statement")
    (ask,) = [ask for ask in form.asks if ask.needed]
    kept = particulars.fill(session, case, form, None, {ask.key: "甲写的"}, by=BY)
    with pytest.raises(Stale, match=ask.field.label):
        particulars.fill(session, case, form, None, {ask.key: "乙写的"}, by=BY, was={ask.key: ""})
    particulars.fill(session, case, form, None, {ask.key: "丙写的"}, by=BY, was={ask.key: "甲写的"})
    assert particulars.answers(form, kept)[ask.key] == "丙写的"
