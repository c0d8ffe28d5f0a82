"""The recycle bin: whatever was removed is found again, checked as when it was entered; and bytes go by a destruction list alone."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.agreement import Item
from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, EventKind, MaterialKind, Outcome, Retention, Stage
from mediator.domain.errors import Refusal
from mediator.domain.figures import CustomTable, Price, Screening
from mediator.domain.papers import Content, Phrase
from mediator.services import (
    agreements,
    cases,
    custom_specs,
    destruction,
    discards,
    documents,
    materials,
    parts,
    phrases,
    policy,
    prices,
    recycle,
    screenings,
    steps,
)
from mediator.services.custom_tables import Spec
from mediator.services.recycle import Gone
from mediator.services.transaction import reading, transaction

BY = "陈志华"
TODAY = date(2026, 11, 21)
PHOTO = MaterialKind.EVIDENCE


@pytest.fixture
def case_id(engine: Engine) -> int:
    raw: dict[str, Any] = {
        "registered_on": "2026-03-01", "kind": "neighbour", "summary": "漏水",
        "parties": [
            {"name": "䶮·阿不都热合曼", "representatives": [{"name": "钱龘", "proxy": "agent"}]},
            {"name": "𪚥氏", "side": "respondent"}, {"name": "王𬎆", "side": "respondent"},
        ],
    }  # fmt: skip
    with transaction(engine, BY) as session:
        return documents.register(session, raw, by=BY, today=TODAY).id


def picture(colour: str = "red") -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


def bin_of(engine: Engine, case_id: int | None = None) -> list[Gone]:
    with reading(engine, BY) as session:
        return recycle.removed(session, date.today(), case_id)


def back(engine: Engine, gone: Gone, by: str = BY, reason: str = "") -> None:
    with transaction(engine, by) as session:
        recycle.put_back(session, gone.change_id, by=by, reason=reason)


def laid(engine: Engine, case_id: int, colour: str = "red", kind: MaterialKind = PHOTO) -> int:
    file = materials.admit(picture(colour), f"吊顶 {colour}.png")
    with transaction(engine, BY) as session:
        made = materials.add(session, cases.load(session, case_id), file, kind, by=BY, caption="东墙")
        session.flush()
        return made.id


def taken_off(engine: Engine, case_id: int, material_id: int) -> None:
    with transaction(engine, BY) as session:
        materials.drop(session, cases.load(session, case_id), material_id, by=BY)


def assigned(engine: Engine, case_id: int) -> int:
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        return parts.put(session, case, "assignments", {"staff": "马𬎆英", "duty": "lead"}, by=BY).id


def dropped(engine: Engine, case_id: int, part: str, row: int) -> None:
    with transaction(engine, BY) as session:
        parts.drop(session, cases.load(session, case_id), part, row, by=BY)


# Materials


def test_a_material_taken_off_is_found_again_with_its_bytes(engine: Engine, case_id: int) -> None:
    taken_off(engine, case_id, laid(engine, case_id))
    (gone,) = bin_of(engine)
    assert (gone.case_id, gone.title) == (case_id, "材料")
    assert gone.words.startswith("证据材料，吊顶 red.png，20") and "东墙" in gone.words
    back(engine, gone)
    with reading(engine, BY) as session:
        case = cases.load(session, case_id)
        (made,) = case.materials
        assert (made.file_name, made.caption) == ("吊顶 red.png", "东墙")
        assert materials.content(session, made.digest) == picture()
        assert (case.events[-1].kind, case.events[-1].detail) == (
            EventKind.ADDED,
            "找回证据材料：吊顶 red.png",
        )
    assert bin_of(engine) == []


def test_a_material_laid_again_meanwhile_is_not_there_twice(
    engine: Engine, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_off(engine, case_id, laid(engine, case_id))
    (gone,) = bin_of(engine)
    again = laid(engine, case_id)
    with pytest.raises(Refusal, match="另外加过一次"):
        back(engine, gone)
    taken_off(engine, case_id, again)
    laid(engine, case_id, "blue")
    monkeypatch.setattr(materials, "MOST_OF_CASE", len(picture("blue")) + 1)
    with pytest.raises(Refusal, match="200 MB"):
        back(engine, gone)


def test_bytes_go_with_the_last_case_that_could_still_want_them(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        policy.amend(session, {"short_years": "1"})
        other = documents.register(
            session, {"registered_on": "2026-03-01", "kind": "other"}, by=BY, today=TODAY
        ).id
    for each, colour in ((case_id, "red"), (case_id, "green"), (other, "red"), (other, "blue")):
        taken_off(engine, each, laid(engine, each, colour))
    laid(engine, other, "yellow")
    with transaction(engine, BY) as session:
        case = session.get_one(Case, case_id)
        case.stage, case.archived_on, case.retention = Stage.ARCHIVED, date(2020, 5, 6), Retention.SHORT
    with transaction(engine, BY) as session:
        destruction.destroy(session, [case_id], checked_by="赵丽娟", reason="县档案馆批复", today=TODAY)
    with reading(engine, BY) as session:
        there = set(session.scalars(select(Content.data)))
    assert there == {picture(colour) for colour in ("red", "blue", "yellow")}
    for gone in bin_of(engine):
        back(engine, gone)
    with reading(engine, BY) as session:
        assert len(cases.load(session, other).materials) == 3


# Rows that do not fit in any more


def test_a_mediator_is_named_in_the_bin_and_is_not_on_a_case_twice(engine: Engine, case_id: int) -> None:
    dropped(engine, case_id, "assignments", assigned(engine, case_id))
    (gone,) = bin_of(engine)
    assert gone.words == "马𬎆英，主持调解"
    again = assigned(engine, case_id)
    with pytest.raises(Refusal, match="已经是本案的主持"):
        back(engine, gone)
    dropped(engine, case_id, "assignments", again)
    back(engine, gone)
    with reading(engine, BY) as session:
        assert [one.staff.name for one in cases.load(session, case_id).assignments] == ["马𬎆英"]


def test_a_representative_comes_back_after_its_party_and_not_before(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        party = case.parties[0].id
        parts.put(session, case, "parties", {"representatives": []}, by=BY, row=party)
    with transaction(engine, BY) as session:
        parts.put(session, cases.load(session, case_id), "parties", {"name": "另一人"}, by=BY)
    dropped(engine, case_id, "parties", party)
    one, two = bin_of(engine)
    assert (one.title, two.title) == ("当事人", "代理人或监护人")
    with pytest.raises(Refusal, match="要用到的当事人已经没有了"):
        back(engine, two)
    back(engine, one)
    back(engine, two)
    with reading(engine, BY) as session:
        people = {p.name: [r.name for r in p.representatives] for p in cases.load(session, case_id).parties}
    assert people["䶮·阿不都热合曼"] == ["钱龘"]


def test_what_is_owed_comes_back_with_the_sum_of_the_agreement(engine: Engine, case_id: int) -> None:
    items = [{"amount": "1500", "act": "赔偿"}, {"amount": "200", "act": "检测"}]
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        case.stage, case.outcome, case.concluded_on = Stage.SETTLED, Outcome.WRITTEN, TODAY
        agreements.put(session, case, {"items": items}, by=BY)
    with transaction(engine, BY) as session:
        case = cases.load(session, case_id)
        assert case.agreement is not None
        left = agreements.items_without(case, case.agreement.items[0].id)
        agreements.put(session, case, {"items": left}, by=BY)
        assert case.agreement.amount == 200_00
    item = next(one for one in bin_of(engine) if one.title == Item.title)
    back(engine, item)
    with reading(engine, BY) as session:
        agreement = cases.load(session, case_id).agreement
        assert agreement is not None
        assert (agreement.amount, len(agreement.items[-1].instalments)) == (1700_00, 1)


def test_what_is_in_no_bin_is_refused_in_a_sentence(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        session.delete(cases.load(session, case_id).events[0])
    with reading(engine, BY) as session:
        (change,) = [c for c in steps.of_case(session, case_id)[0].changes if c.table == "event"]
    for change_id in (change.id, 99_999):
        with pytest.raises(Refusal, match=r"不能找回|不在回收站里"), transaction(engine, BY) as session:
            recycle.put_back(session, change_id, by=BY)


def test_a_closed_case_asks_for_the_reason_and_a_void_one_gives_nothing_back(
    engine: Engine, case_id: int
) -> None:
    taken_off(engine, case_id, laid(engine, case_id))
    (gone,) = bin_of(engine)
    with transaction(engine, BY) as session:
        cases.load(session, case_id).stage = Stage.CLOSED
    with pytest.raises(Refusal, match="写明原因"):
        back(engine, gone)
    back(engine, gone, reason="不该删的")
    with reading(engine, BY) as session:
        case = cases.load(session, case_id)
        assert case.events[-1].reason == "不该删的"
        taken = case.materials[0].id
    with transaction(engine, BY) as session:
        materials.drop(session, cases.load(session, case_id), taken, by=BY, reason="又删")
        discards.discard(session, cases.load(session, case_id), reason="登记重复了", today=TODAY)
    with pytest.raises(Refusal, match="已经作废"):
        back(engine, bin_of(engine)[0], reason="又要了")


# What the office keeps for itself

SPEC = Spec("kind", date(2026, 1, 1), date(2026, 12, 31))


def office_rows(engine: Engine) -> None:
    """One of each kind, and taken away again."""
    with transaction(engine, BY) as session:
        raw = {"screened_on": "2026-10-12", "area": "𪚥巷 1 号至 40 号", "found": "2"}
        screening = screenings.put(session, raw, today=TODAY).id
        level = {"level": "major", "valid_from": "2026-01-01", "settled": "300.00"}
        price, phrase = prices.put(session, level).id, phrases.put(session, {"words": "龘龘和好。"}).id
        custom_specs.save(session, "各社区䶮表", SPEC)
    with transaction(engine, BY) as session:
        screenings.drop(session, screening)
    with transaction(engine, BY) as session:
        prices.drop(session, price)
    with transaction(engine, BY) as session:
        phrases.drop(session, phrase)
    with transaction(engine, BY) as session:
        custom_specs.remove(session, "各社区䶮表")


def test_what_the_office_deleted_is_found_again_as_it_was(engine: Engine, case_id: int) -> None:
    office_rows(engine)
    found = bin_of(engine)
    assert [(one.title, one.case_id, one.number) for one in found] == [
        (title, None, "") for title in ("自定义统计", "常用语", "补贴标准", "排查")
    ]
    for one, words in zip(found, ("各社区䶮表", "龘龘和好。", "重大，2026-01-01，300 元", "𪚥巷 1 号至 40 号"), strict=True):  # fmt: skip
        assert words in one.words
    assert bin_of(engine, case_id) == []
    for one in found:
        back(engine, one)
    assert bin_of(engine) == []
    with reading(engine, BY) as session:
        assert [one.area for one in screenings.listed(session)] == ["𪚥巷 1 号至 40 号"]
        assert [one.settled for one in prices.listed(session)] == [300_00]
        assert "龘龘和好。" in [one.words for one in phrases.listed(session)]
        assert custom_specs.load(session, "各社区䶮表") == SPEC


def test_what_was_entered_anew_meanwhile_is_not_there_twice(engine: Engine) -> None:
    office_rows(engine)
    table, phrase, price, screening = bin_of(engine)
    with transaction(engine, BY) as session:
        prices.put(session, {"level": "major", "valid_from": "2026-01-01", "settled": "400.00"})
        phrases.put(session, {"words": "龘龘和好。"})
        custom_specs.save(session, "各社区䶮表", SPEC)
        screenings.put(session, {"screened_on": "2026-10-13", "area": "别处"}, today=TODAY)
    assert bin_of(engine) == [table, phrase, price, screening]
    for one in (table, phrase, price):
        with pytest.raises(Refusal, match="已经有"):
            back(engine, one)
    back(engine, screening)
    with Session(engine) as session:
        for model, count in ((Price, 1), (CustomTable, 1), (Screening, 2)):
            assert len(session.scalars(select(model)).all()) == count
        assert len(session.scalars(select(Phrase).where(Phrase.words == "龘龘和好。")).all()) == 1


def test_finding_again_is_kept_in_the_history(engine: Engine, case_id: int) -> None:
    office_rows(engine)
    back(engine, bin_of(engine)[2])
    with reading(engine, BY) as session:
        entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert entry is not None
        assert (entry.action, entry.detail, entry.case_id) == (Action.RESTORED_ROW, "找回补贴标准", None)
        assert [change.table for change in entry.changes] == ["price"]
