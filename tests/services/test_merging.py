"""Two people, one row: whatever both changed is told whole, with who and when; nothing is overwritten, nothing else barred."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from audit_trail import colleague
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Kind
from mediator.domain.errors import Gone, Stale
from mediator.domain.fields import fields_of
from mediator.domain.people import Staff
from mediator.services import agreements, cases, documents, merging, parts
from mediator.services.transaction import reading, transaction

BY, OTHER = "陈志华", "䶮·阿不都"
TODAY = date(2026, 11, 21)
LEAK: dict[str, Any] = {
    "registered_on": "2026-03-01",
    "kind": "neighbour",
    "summary": "楼上水管爆裂。",
    "parties": [{"side": "applicant", "name": "周文谦"}, {"side": "respondent", "name": "王𬎆"}],
}
ITEM = {"kind": "money", "debtor": "respondent", "creditor": "applicant", "amount": "1.5万"}
Verb = Callable[[Session, Case], object]


@pytest.fixture
def case_id(engine: Engine) -> int:
    colleague(engine, OTHER)
    with transaction(engine, BY) as session:
        return documents.register(session, LEAK, by=BY, today=TODAY).id


def do(engine: Engine, by: str, case_id: int, verb: Verb) -> None:
    with transaction(engine, by) as session:
        verb(session, cases.load(session, case_id))


def look(engine: Engine, case_id: int) -> Case:
    with reading(engine, BY) as session:
        return cases.load(session, case_id)


def seen_of(row: object) -> dict[str, Any]:
    return {key: getattr(row, key) for key in fields_of(type(row))}


def test_all_that_both_changed_is_told_at_once_and_nothing_is_saved(engine: Engine, case_id: int) -> None:
    was = seen_of(look(engine, case_id))
    hers = {"summary": "她改的。", "claimed": "2万", "kind": "medical"}
    do(engine, OTHER, case_id, lambda s, c: cases.amend(s, c, hers, by=OTHER))
    mine = {"summary": "我改的。", "claimed": "30000", "remark": "备注", "kind": "medical"}
    with pytest.raises(Stale) as raised:
        do(engine, BY, case_id, lambda s, c: cases.amend(s, c, mine, by=BY, was=was))
    found = {one.key: one for one in raised.value.conflicts}
    assert set(found) == {"summary", "claimed"}, "both chose the same kind: no conflict"
    assert raised.value.table == "case"
    summary, claimed = found["summary"], found["claimed"]
    assert (summary.seen, summary.now, summary.typed, summary.long) == (
        "楼上水管爆裂。",
        "她改的。",
        "我改的。",
        True,
    )
    assert (claimed.seen, claimed.now, claimed.typed, claimed.stands) == (
        "（空）",
        "20000",
        "30000",
        2_000_000,
    )
    assert {one.by for one in found.values()} == {OTHER}
    assert all(one.at and abs((datetime.now() - one.at).total_seconds()) < 60 for one in found.values())
    stored = look(engine, case_id)
    assert (stored.summary, stored.remark, stored.kind) == ("她改的。", "", Kind.MEDICAL)


def test_what_does_not_meet_merges_by_itself(engine: Engine, case_id: int) -> None:
    was = seen_of(look(engine, case_id))
    do(engine, OTHER, case_id, lambda s, c: cases.amend(s, c, {"summary": "她改的。"}, by=OTHER))
    do(engine, BY, case_id, lambda s, c: cases.amend(s, c, {"remark": "我的"}, by=BY, was=was))
    stored = look(engine, case_id)
    assert (stored.summary, stored.remark) == ("她改的。", "我的")


def test_the_last_who_touched_that_very_field_is_named(engine: Engine, case_id: int) -> None:
    was = seen_of(look(engine, case_id))
    do(engine, OTHER, case_id, lambda s, c: cases.amend(s, c, {"summary": "她改的。"}, by=OTHER))
    third = colleague(engine, "马秀英")
    do(engine, third, case_id, lambda s, c: cases.amend(s, c, {"remark": "另一项"}, by=third))
    with pytest.raises(Stale) as raised:
        do(engine, BY, case_id, lambda s, c: cases.amend(s, c, {"summary": "我的"}, by=BY, was=was))
    assert [one.by for one in raised.value.conflicts] == [OTHER]


def test_who_acts_for_a_party_is_not_overwritten(engine: Engine, case_id: int) -> None:
    party = look(engine, case_id).parties[0]
    was = {**seen_of(party), "representatives": parts.others(party)}

    def put(name: str, by: str, was: dict[str, Any] | None) -> Verb:
        raw = {"representatives": [{"name": name, "proxy": "guardian", "relation": "母亲"}]}
        return lambda s, c: parts.put(s, c, "parties", raw, by=by, row=party.id, was=was)

    do(engine, OTHER, case_id, put("李𬎆", OTHER, was))
    with pytest.raises(Stale) as raised:
        do(engine, BY, case_id, put("赵丽娟", BY, was))
    (one,) = raised.value.conflicts
    assert (one.seen, "李𬎆" in one.now, "赵丽娟" in one.typed) == ("（空）", True, True)
    do(engine, BY, case_id, put("赵丽娟", BY, {**was, "representatives": one.stands}))
    assert [r.name for r in look(engine, case_id).parties[0].representatives] == ["赵丽娟"]


def test_who_mediates_is_not_overwritten(engine: Engine, case_id: int) -> None:
    def put(name: str, by: str, row: int | None, was: dict[str, Any] | None = None) -> Verb:
        return lambda s, c: parts.put(s, c, "assignments", {"staff": name}, by=by, row=row, was=was)

    with transaction(engine, BY) as session:
        session.add_all([Staff(name=name, mediates=True) for name in ("马秀英", "赵丽娟")])
    do(engine, BY, case_id, put("陈志华", BY, None))
    row = look(engine, case_id).assignments[0].id
    was = {"staff": "陈志华"}
    do(engine, OTHER, case_id, put("马秀英", OTHER, row, was))
    with pytest.raises(Stale) as raised:
        do(engine, BY, case_id, put("赵丽娟", BY, row, was))
    (one,) = raised.value.conflicts
    assert (one.label, one.seen, one.now, one.typed) == ("调解员姓名", "陈志华", "马秀英", "赵丽娟")


def test_an_item_of_the_agreement_is_not_overwritten(engine: Engine, case_id: int) -> None:
    do(engine, BY, case_id, lambda s, c: agreements.put(s, c, {"items": [ITEM]}, by=BY))
    agreement = look(engine, case_id).agreement
    assert agreement is not None
    item = agreement.items[0]
    was = {**seen_of(item), **agreements.whom(item), "instalments": agreements.instalments(item)}

    def put(by: str, raw: dict[str, Any]) -> Verb:
        def verb(session: Session, case: Case) -> None:
            items = agreements.items_with(session, case, item.id, raw, was)
            agreements.put(session, case, {"items": items}, by=by)

        return verb

    parts_of = [{"id": item.instalments[0].id, "due_on": "2026-12-01", "amount": "20000"}]
    do(engine, OTHER, case_id, put(OTHER, {"amount": "2万", "instalments": parts_of}))
    with pytest.raises(Stale) as raised:
        do(engine, BY, case_id, put(BY, {"amount": "3万", "instalments": [{"due_on": "", "amount": "3万"}]}))
    assert raised.value.table == "item"
    assert [(one.seen, one.now, one.typed) for one in raised.value.conflicts] == [("15000", "20000", "30000")]
    with pytest.raises(Stale) as raised:
        do(engine, BY, case_id, put(BY, {"instalments": [{"due_on": "", "amount": "20000"}]}))
    (one,) = raised.value.conflicts
    assert (one.label, one.now) == ("分期", "应履行日期 2026-12-01，20000 元")
    do(engine, BY, case_id, put(BY, {"place": "滨江社区"}))
    agreement = look(engine, case_id).agreement
    assert agreement is not None
    assert (agreement.items[0].amount, agreement.items[0].place) == (2_000_000, "滨江社区")


def test_of_a_row_that_was_deleted_it_is_told_who_did_it(engine: Engine, case_id: int) -> None:
    row = look(engine, case_id).parties[1].id
    do(engine, OTHER, case_id, lambda s, c: parts.drop(s, c, "parties", row, by=OTHER))
    with pytest.raises(Gone, match=rf"{OTHER}在.*把它删去了"):
        do(engine, BY, case_id, lambda s, c: parts.put(s, c, "parties", {"phone": "1"}, by=BY, row=row))
    do(engine, BY, case_id, lambda s, c: agreements.put(s, c, {"terms": "算了"}, by=BY))
    with pytest.raises(Gone, match="这一条协议事项已经不在了"):
        do(engine, BY, case_id, lambda s, c: agreements.items_with(s, c, 4711, ITEM))


def test_words_for_values() -> None:
    fields = fields_of(Case)
    assert merging.in_words(fields["claimed"], 1_234_567) == "12345.67"
    assert merging.in_words(fields["kind"], Kind.MEDICAL) == "医疗纠纷"
    assert merging.words_of(fields["occurred_on"], "二〇二六年") == "二〇二六年"
    assert merging.when(datetime(2026, 1, 2, 3, 4, 5)) == "1月2日 03:04"
