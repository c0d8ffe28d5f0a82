"""Drafts: what was typed comes back just as it was typed, to nobody but the one who typed it, beside what stands now."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from audit_trail import colleague
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Kind, Level, Role
from mediator.domain.fields import Value, fields_of
from mediator.domain.people import Party, Staff
from mediator.domain.roles import Power
from mediator.domain.safety import Draft
from mediator.services import (
    access,
    agreements,
    cases,
    documents,
    draft_places,
    drafts,
    offices,
    parts,
    phrases,
    prices,
    staff,
)
from mediator.services.transaction import reading, transaction
from mediator.store import history

BY, OTHER = "陈志华", "䶮·阿不都"
NOW = datetime(2026, 11, 21, 14, 32, 59)
TODAY = date(2026, 11, 21)
LEAK = {
    "registered_on": "2026-03-01",
    "kind": "neighbour",
    "summary": "楼上水管爆裂。",
    "parties": [{"side": "applicant", "name": "周文谦"}, {"side": "respondent", "name": "王𬎆"}],
}
RAW = st.dictionaries(st.text(max_size=8), st.one_of(st.text(max_size=60), st.booleans()), max_size=6)
ODD = [
    "2026-13",
    "一万多",
    "",
    "  \n\t",
    "=cmd|'/C calc'!A0",
    "half a \ud842",
    "\x00",
    "😀王𬎆\u202e",
    '"}{\\',
]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with transaction(engine, BY) as opened:
        yield opened


def entered(engine: Engine) -> int:
    with transaction(engine, BY) as session:
        return documents.register(session, LEAK, by=BY, today=TODAY).id


def told(engine: Engine, place: str, by: str = BY) -> list[draft_places.Told]:
    with transaction(engine, by) as session:
        return draft_places.waiting(session, place, TODAY)


def keep(
    engine: Engine, place: str, typed: dict[str, object], shown: dict[str, object], by: str = BY
) -> None:
    with transaction(engine, by) as session:
        drafts.keep(session, place, typed, shown, NOW)


@given(typed=RAW, shown=RAW)
def test_what_is_typed_comes_back_just_as_it_was(
    typed: dict[str, object], shown: dict[str, object], shared: Engine
) -> None:
    with transaction(shared, BY) as session:
        drafts.keep(session, "case:1", typed, shown, NOW)
    with reading(shared, BY) as session:
        kept = drafts.of(session, "case:1")
        assert kept is not None
        assert (drafts.typed(kept), drafts.shown(kept)) == (typed, shown)


@pytest.fixture(scope="module")
def shared(furnished: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for many trials."""
    from mediator.store.engine import connect
    from mediator.store.schema import bring_up_to_date

    made = connect(tmp_path_factory.mktemp("drafts") / "kept.db", bytes(32))
    bring_up_to_date(made)
    yield made
    made.dispose()


@pytest.mark.parametrize("raw", ODD)
def test_what_no_field_would_take_is_kept_as_it_is(session: Session, raw: str) -> None:
    drafts.keep(session, "case:1", {"occurred_on": raw}, {"occurred_on": None}, NOW)
    kept = drafts.of(session, "case:1")
    assert kept is not None
    assert drafts.typed(kept) == {"occurred_on": raw}


def test_codes_days_and_lists_are_kept_as_files_hold_them(session: Session) -> None:
    typed = {
        "kind": Kind.MEDICAL,
        "listed": [{"id": 3, "birth_on": date(1962, 3, 15), "level": Level.GENERAL}],
    }
    kept = drafts.keep(session, "new-case", typed, {"held_at": datetime(2026, 3, 5, 14), "amount": None}, NOW)
    assert drafts.typed(kept) == {
        "kind": "medical",
        "listed": [{"id": 3, "birth_on": "1962-03-15", "level": "general"}],
    }
    assert drafts.shown(kept) == {"held_at": "2026-03-05T14:00", "amount": ""}


def test_while_the_clock_is_in_doubt_nothing_is_cleared(engine: Engine) -> None:
    with transaction(engine, BY) as session:
        history.note(session, Action.CHECKED, "好")
    keep(engine, "new-case", {"summary": "今天的"}, {})
    with transaction(engine, BY) as session:
        assert drafts.clear_old(session, datetime(2099, 1, 1)) == 0
        assert len(drafts.all_of(session)) == 1


def test_keeping_again_takes_the_place_of_what_was_kept(session: Session) -> None:
    for words in ("楼", "楼上", "楼上漏"):
        drafts.keep(session, "case:1", {"summary": words}, {}, NOW)
    (kept,) = drafts.all_of(session)
    assert drafts.typed(kept) == {"summary": "楼上漏"}
    assert kept.saved_at == NOW.replace(microsecond=0)


def test_what_was_left_for_later_makes_room_and_is_not_lost(session: Session) -> None:
    for words in ("第一次", "第二次", "第三次"):
        drafts.keep(session, "case:1", {"summary": words}, {}, NOW, fresh=True)
    found = {draft.place: drafts.typed(draft)["summary"] for draft in drafts.under(session, "case:1")}
    assert found == {"case:1/~1": "第一次", "case:1/~2": "第二次", "case:1": "第三次"}
    assert {drafts.bare(place) for place in found} == {"case:1"}


def test_nobody_sees_what_another_typed(engine: Engine) -> None:
    keep(engine, "case:1", {"summary": "我的"}, {})
    keep(engine, "case:1", {"summary": "她的"}, {}, OTHER)
    with transaction(engine, OTHER) as session:
        assert [drafts.typed(one)["summary"] for one in drafts.all_of(session)] == ["她的"]
        drafts.drop(session, "case:1")
        assert drafts.of(session, "case:1") is None
    with reading(engine, BY) as session:
        assert drafts.of(session, "case:1") is not None


def test_the_drafts_of_one_case_are_not_those_of_another(session: Session) -> None:
    for place in ("case:1", "case:12", "case:1/parties:new", "case:12/agreement", "new-case"):
        drafts.keep(session, place, {"summary": "x"}, {}, NOW)
    assert sorted(one.place for one in drafts.under(session, "case:1")) == ["case:1", "case:1/parties:new"]


def test_keeping_leaves_no_trace_in_the_audit(engine: Engine) -> None:
    keep(engine, "case:1", {"summary": "x"}, {})
    with reading(engine, BY) as session:
        assert session.scalars(select(Entry)).all() == []


def test_who_takes_over_gets_the_drafts_beside_their_own(engine: Engine) -> None:
    for by, places in ((BY, ("case:1", "case:2")), (OTHER, ("case:1",))):
        for place in places:
            keep(engine, place, {"summary": by}, {}, by)
    with transaction(engine, "所长") as session:
        drafts.hand_over(session, BY, OTHER)
    with reading(engine, OTHER) as session:
        found = {draft.place: drafts.typed(draft)["summary"] for draft in drafts.all_of(session)}
    assert found == {"case:1": OTHER, "case:1/~1": BY, "case:2": BY}


def test_old_ones_go_but_not_those_of_others_nor_the_one_gone_on_with(engine: Engine) -> None:
    old = NOW - timedelta(drafts.KEPT_DAYS, seconds=60)
    for by, place, at in (
        (BY, "case:1", old),
        (BY, "case:2", NOW),
        (BY, "case:3", old),
        (OTHER, "case:1", old),
    ):
        with transaction(engine, by) as session:
            drafts.keep(session, place, {"summary": "x"}, {}, at)
    with transaction(engine, BY) as session:
        assert drafts.clear_old(session, NOW, but="case:3") == 1
    with Session(engine) as session:
        left = {(one.by, one.place) for one in session.scalars(select(Draft))}
    assert left == {(BY, "case:2"), (BY, "case:3"), (OTHER, "case:1")}


def test_differences_name_what_was_typed_what_stands_and_who_moved_it() -> None:
    draft = Draft(
        by=BY, place="case:1",
        typed=json.dumps({"claimed": "1.50万", "summary": "新的", "occurred_on": "2026年3月", "kind": "neighbour", "gone": "x"}),
        shown=json.dumps({"claimed": "", "summary": "旧的", "occurred_on": "", "kind": ""}),
    )  # fmt: skip
    now: dict[str, Value] = {
        "claimed": 1_500_000,
        "summary": "别人的",
        "occurred_on": None,
        "kind": Kind.MEDICAL,
    }
    found = drafts.differences(draft, fields_of(Case), now)
    assert [(one.label, one.typed, one.now, one.moved) for one in found] == [
        ("纠纷简要情况", "新的", "别人的", True),
        (fields_of(Case)["occurred_on"].label, "2026年3月", "（空）", False),
        ("纠纷类型", "邻里纠纷", "医疗纠纷", True),
    ]


def test_a_draft_is_told_with_its_case_and_form(engine: Engine) -> None:
    case_id = entered(engine)
    with reading(engine, BY) as session:
        case = cases.load(session, case_id)
        party, number = case.parties[0].id, case.number
    keep(engine, f"case:{case_id}", {"summary": "改"}, {"summary": "楼上水管爆裂。"})
    keep(engine, f"case:{case_id}/parties:{party}", {"phone": "000"}, {"phone": ""})
    keep(engine, f"case:{case_id}/parties:new", {"name": "䶮", "side": "respondent"}, {"name": ""})
    keep(engine, f"case:{case_id}/assignments:new", {"staff": "马秀英"}, {"staff": ""})
    keep(engine, f"case:{case_id}/agreement", {"terms": "一次付清"}, {"terms": ""})
    keep(
        engine,
        f"case:{case_id}/wording:agreement::",
        {"原话": ["改过的话", False]},
        {"原话": ["原话", False]},
    )
    found = {one.form: one for one in told(engine, "")}
    assert set(found) == {
        "登记内容", "当事人（申请人周文谦）", "当事人（新增）", "调解员（新增）", "协议", "改措辞：人民调解协议书",
    }  # fmt: skip
    assert found["当事人（申请人周文谦）"].title.startswith(number)
    assert {(one.label, one.typed) for one in found["当事人（新增）"].differences} == {
        ("姓名或名称", "䶮"), ("当事人地位", "被申请人"),
    }  # fmt: skip
    assert [(one.typed, one.now) for one in found["改措辞：人民调解协议书"].differences] == [
        ("改过的话", "原话")
    ]


def test_a_new_case_is_told_by_what_was_typed(engine: Engine) -> None:
    keep(engine, "new-case", {"summary": "新的纠纷", "kind": None, "registered_on": ""}, {"summary": ""})
    (one,) = told(engine, "")
    assert (one.case_id, one.title) == (None, "新案件，还没有卷号")
    assert [(d.label, d.typed, d.now) for d in one.differences] == [("纠纷简要情况", "新的纠纷", "")]


def test_what_is_saved_already_is_not_offered_and_forgotten(engine: Engine) -> None:
    case_id = entered(engine)
    keep(engine, f"case:{case_id}", {"summary": " 楼上水管爆裂。\n"}, {"summary": ""})
    assert told(engine, "") == []
    with reading(engine, BY) as session:
        assert drafts.all_of(session) == []


def test_a_row_deleted_meanwhile_can_be_gone_on_with_as_a_new_one(engine: Engine) -> None:
    case_id = entered(engine)
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        held = {"held_at": "2026-03-05T14:00"}
        row = parts.put(session, case, "sessions", held, by=BY).id
    keep(engine, f"case:{case_id}/sessions:{row}", {"record": "谈了两小时"}, {"record": ""})
    with transaction(engine, colleague(engine, OTHER)) as session:
        parts.drop(session, cases.load(session, case_id), "sessions", row, by=OTHER)
    (one,) = told(engine, "")
    assert (one.hint, one.barred) == (draft_places.GONE, "")
    assert [difference.typed for difference in one.differences] == ["谈了两小时"]


def test_what_cannot_be_gone_on_with_says_why_and_stays(engine: Engine) -> None:
    case_id = entered(engine)
    keep(engine, f"case:{case_id}/material:77", {"caption": "照片"}, {"caption": ""})
    keep(engine, f"case:{case_id}/paper:nosuchform::", {"x": "y"}, {"x": ""})
    keep(engine, "case:4711", {"summary": "x"}, {"summary": ""})
    found = told(engine, "")
    assert len(found) == 3
    assert all(one.barred for one in found)


def test_an_item_is_told_in_words(engine: Engine) -> None:
    case_id = entered(engine)
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        item = {"kind": "money", "debtor": "respondent", "creditor": "applicant", "amount": "1.5万"}
        made = agreements.put(session, case, {"items": [item]}, by=BY).items[0]
        item_id, whom = made.id, case.parties[0].id
    typed: dict[str, object] = {
        "amount": "2万", "debtor": whom, "instalments": [{"id": None, "due_on": "2026-1", "amount": "20000"}]
    }  # fmt: skip
    keep(engine, f"case:{case_id}/agreement/item:{item_id}", typed, {"amount": "15000.00"})
    (one,) = told(engine, "")
    assert one.form == "协议事项"
    assert {(d.label, d.typed) for d in one.differences} == {
        ("给付金额", "20000"), ("由谁履行", "周文谦"), ("分期", "应履行日期 2026-1，20000 元"),
    }  # fmt: skip


def test_who_acts_for_a_party_comes_back_from_a_draft(engine: Engine) -> None:
    case_id = entered(engine)
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        raw = {"representatives": [{"name": "李𬎆", "proxy": "guardian", "relation": "母亲"}]}
        party = parts.put(session, case, "parties", raw, by=BY, row=case.parties[0].id)
        assert isinstance(party, Party)
        kept = drafts.keep(session, "case:1", {"representatives": parts.others(party)}, {}, NOW)
        assert parts.read_others(drafts.typed(kept)["representatives"]) == parts.others(party)


def test_whoever_is_called_otherwise_keeps_what_they_typed(engine: Engine) -> None:
    with transaction(engine, BY) as session:
        person = session.scalars(select(Staff).where(Staff.name == BY)).one().id
    keep(engine, "case:1", {"summary": "我的"}, {})
    with transaction(engine, BY) as session:
        staff.put(session, {"name": "陈志骅"}, person)
    with reading(engine, "陈志骅") as session:
        assert [drafts.typed(one)["summary"] for one in drafts.all_of(session)] == ["我的"]


def test_a_setting_is_told_but_barred_to_whoever_may_not_change_it_any_more(engine: Engine) -> None:
    with transaction(engine, BY) as session:
        offices.person(session, OTHER).held = frozenset({Role.MEDIATOR})
    keep(engine, "settings/policy", {"short_years": "10"}, {"short_years": ""}, OTHER)
    (one,) = told(engine, "", OTHER)
    assert one.barred == access.why_not(Power.SETTINGS)
    assert [(d.label, d.typed, d.now) for d in one.differences] == [("短期保管年数", "10", "（空）")]


def test_rows_of_the_office_are_told_by_which_they_are(engine: Engine) -> None:
    with transaction(engine, BY) as session:
        price = prices.put(session, {"level": "general", "valid_from": "2026-01-01", "settled": "100"}).id
        phrase = phrases.put(session, {"words": "双方和好。"}).id
    keep(engine, f"prices/price:{price}", {"settled": "120"}, {"settled": "100.00"})
    keep(engine, f"phrases/phrase:{phrase}", {"words": "双方和好如初。"}, {"words": "双方和好。"})
    keep(engine, "forms/form:rights", {"name": "须知"}, {"name": ""})
    keep(engine, "loss", {"told": "丢在车上", "drive": "", "since": "2026-11-20 08:00"}, {})
    found = {one.form: one for one in told(engine, "")}
    assert set(found) == {
        "补贴标准（一般，2026-01-01 起）", "常用语（双方和好。）", "文书设置《人民调解当事人权利义务告知书》", "载体丢失",
    }  # fmt: skip
    assert [d.label for d in found["载体丢失"].differences] == ["丢失的经过", "丢失时间"]
    with transaction(engine, BY) as session:
        phrases.drop(session, phrase)
    (gone,) = told(engine, "phrases")
    assert (gone.hint, [d.typed for d in gone.differences]) == (draft_places.GONE, ["双方和好如初。"])
