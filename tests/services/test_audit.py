"""The chain of audit entries: whatever is taken away, altered or slipped in is found, and named."""

import hashlib
import json
from datetime import date, datetime

import pytest
from audit_trail import BY, OTHER, TODAY, meddle, worked
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Retention, Role, Stage
from mediator.domain.errors import Refusal
from mediator.services import audit, checkups, destruction, offices, policy
from mediator.services.audit import Finding
from mediator.services.transaction import reading, transaction
from mediator.store import chain, history


@pytest.fixture
def case_id(engine: Engine) -> int:
    return worked(engine)


def found(engine: Engine, since: int | None = None) -> Finding:
    with reading(engine, BY) as session:
        return audit.verify(session, since)


def test_an_honest_chain_is_whole(engine: Engine, case_id: int) -> None:
    told: list[tuple[int, int]] = []
    with reading(engine, BY) as session:
        whole = audit.verify(session, None, lambda done, of: told.append((done, of)))
        assert audit.at_start(session) == ""
    assert (whole.since, whole.until, whole.broken, whole.destroyed) == (1, 4, None, 0)
    assert whole.words == "审计记录完好：第 1 条到第 4 条，共 4 条，一条不缺，都没有被改动。"
    assert told[-1] == (4, 4)
    assert found(engine, 3).words.startswith("审计记录完好：第 3 条到第 4 条，共 2 条")


@pytest.mark.parametrize(
    "words", ["", "\"'\\/\n\r\t\b\f", "".join(map(chr, range(32))), "\x7f\u2028\ufeff", "𪚥䶮，。"]
)
def test_what_is_hashed_is_a_json_array_whatever_is_in_it(engine: Engine, words: str) -> None:
    """As the program beside an export computes it; what the database makes of odd characters is what Python makes."""
    with transaction(engine, words) as session:
        history.note(session, Action.EXPORTED, words, reason=words, medium=words)
    with Session(engine) as session:
        ((number, told, *_rest, kept),) = chain.entries(session.connection(), 1, 9)
        entry = session.scalars(select(Entry)).one()
        at = f"{entry.at:%Y-%m-%d %H:%M:%S.%f}"
        row = [1, at, 0, words, "exported", None, words, words, words, None, ""]
        assert number == 1 and told == json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        assert kept == entry.hash == hashlib.sha256(f"entry 1\n\n{told}".encode()).hexdigest()


def test_what_was_changed_is_bound_with_a_salt(engine: Engine, case_id: int) -> None:
    with Session(engine) as session:
        entry = session.get_one(Entry, 1)
        made = hashlib.sha256(f"changes 1\n{entry.salt}".encode())
        for one in entry.changes:
            told = json.dumps([one.table, one.row_id, one.turn.value, one.before, one.after], ensure_ascii=False,
                              separators=(",", ":"))  # fmt: skip
            made.update(f"\n{told}".encode())
        assert len(entry.changes) > 2 and len(entry.salt) == 32
        assert entry.changes_digest == made.hexdigest()


@pytest.mark.parametrize("statement", [
    "update entry set at = '2026-11-20 08:00:00.000000' where id = 2",
    "update entry set clock_suspect = 1 where id = 2",
    "update entry set \"by\" = '陈志华' where id = 2",
    "update entry set action = 'printed' where id = 2",
    "update entry set case_id = 9 where id = 2",
    "update entry set case_id = null where id = 2",
    "update entry set detail = '别的' where id = 2",
    "update entry set reason = '别的' where id = 2",
    "update entry set medium = '别的' where id = 2",
    "update entry set undoes = 1 where id = 2",
    "update entry set changes_digest = '' where id = 2",
    "update entry set salt = '00' where id = 2",
    "update entry set clock_suspect = x'31' where id = 2",
    "update entry set hash = x'00' where id = 2",
    "update change set row_id = x'00' where entry_id = 2",
    "update entry set hash = (select hash from entry where id = 3) where id = 2",
    "update change set \"after\" = '{}' where entry_id = 2",
    "update change set \"before\" = '{\"claimed\":1}' where entry_id = 2",
    "update change set turn = 'added' where entry_id = 2",
    "update change set row_id = 9 where entry_id = 2",
    "update change set \"table\" = 'party' where entry_id = 2 and \"table\" = 'case'",
    "update change set entry_id = 3 where entry_id = 2",
    "delete from change where entry_id = 2",
    "insert into change (entry_id, \"table\", row_id, turn, \"before\", \"after\") values (2, 'case', 1, 'changed', '{}', '{}')",
])  # fmt: skip
def test_whatever_is_altered_is_found(engine: Engine, case_id: int, statement: str) -> None:
    meddle(engine, statement)
    wrong = found(engine)
    assert wrong.broken == 2, wrong
    assert "第 2 条" in wrong.words and "第 1 条到第 1 条是完好的" in wrong.words
    with reading(engine, "") as session:
        assert audit.at_start(session) == wrong.words


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["delete from entry where id = 3"], 3),
        (["delete from entry where id = 4"], 4),
        (["delete from entry where id >= 3"], 3),
        (["delete from change where entry_id = 1", "delete from entry where id = 1"], 1),
        (["delete from change", "delete from entry"], 1),
        (["update entry set id = 9 where id = 3", "update entry set id = 3 where id = 4",
          "update entry set id = 4 where id = 9"], 3),
    ],
)  # fmt: skip
def test_what_is_missing_or_out_of_order_is_found(
    engine: Engine, case_id: int, statements: list[str], broken: int
) -> None:
    meddle(engine, "pragma defer_foreign_keys = on", "delete from change where entry_id >= 3", *statements)
    assert found(engine).broken == broken


def test_the_part_looked_at_begins_with_the_entry_before(engine: Engine, case_id: int) -> None:
    meddle(engine, "update entry set reason = '别的' where id = 1")
    assert found(engine).broken == 1
    assert not found(engine, 3).wrong
    meddle(engine, "delete from change where entry_id = 2", "delete from entry where id = 2")
    assert found(engine, 3).broken == 2
    with pytest.raises(Refusal, match="只有 4 条"):
        found(engine, 5)


def test_what_a_destruction_list_took_away_is_no_damage(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        policy.amend(session, {"short_years": "1"})
        case = session.get_one(Case, case_id)
        case.stage, case.archived_on, case.retention = Stage.ARCHIVED, date(2020, 5, 6), Retention.SHORT
    with transaction(engine, BY) as session:
        destruction.destroy(session, [case_id], checked_by=OTHER, reason="县档案馆批复", today=TODAY)
    with Session(engine) as session:
        assert not session.scalars(select(Change).where(Change.case_id == case_id)).all()
    whole = found(engine)
    assert not whole.wrong and whole.destroyed == 3
    assert "其中 3 条的改动内容已按销毁清册删去" in whole.words


def destroyed(engine: Engine, *case_ids: int) -> None:
    with transaction(engine, BY) as session:
        policy.amend(session, {"short_years": "1"})
        for case in session.scalars(select(Case).where(Case.id.in_(case_ids))):
            case.stage, case.archived_on, case.retention = Stage.ARCHIVED, date(2020, 5, 6), Retention.SHORT
    with transaction(engine, BY) as session:
        destruction.destroy(session, case_ids, checked_by=OTHER, reason="县档案馆批复", today=TODAY)


@pytest.mark.parametrize("statement", [
    "update change set \"after\" = '{\"mask\":false}' where \"table\" = 'policy'",
    "delete from change where \"table\" = 'policy'",
    "update change set \"before\" = '{}' where \"after\" like '%一起改的%'",
])  # fmt: skip
def test_a_destruction_bares_nothing_that_it_does_not_name(
    engine: Engine, case_id: int, statement: str
) -> None:
    """Settings, and what is left of gestures about several cases, stay as provable as before."""
    worked(engine)
    with transaction(engine, BY) as session:
        policy.amend(session, {"lock_after": "9", "short_years": "1"})
    with transaction(engine, BY) as session:
        for case in session.scalars(select(Case).order_by(Case.id)):
            case.remark = "一起改的"
    destroyed(engine, case_id)
    whole = found(engine)
    assert whole.wrong == "" and whole.destroyed > 1
    meddle(engine, statement)
    assert found(engine).wrong


def test_two_destroyed_one_after_the_other_leave_a_whole_chain(engine: Engine, case_id: int) -> None:
    """Also where both were changed in one gesture, and where a third was that stays."""
    second, third = worked(engine), worked(engine)
    for words in ("甲", "乙"):
        with transaction(engine, BY) as session:
            for case in session.scalars(select(Case)):
                case.remark = words
    destroyed(engine, case_id)
    assert found(engine).wrong == ""
    destroyed(engine, second)
    whole = found(engine)
    assert whole.wrong == ""
    with Session(engine) as session:
        left = session.scalars(select(Change.case_id).where(Change.case_id.is_not(None)).distinct()).all()
        assert left == [third]
    meddle(engine, f"delete from change where case_id = {third} and \"after\" like '%甲%'")
    assert found(engine).wrong


def test_what_was_destroyed_cannot_be_filled_in_again(engine: Engine, case_id: int) -> None:
    destroyed(engine, case_id)
    meddle(engine, "insert into change (entry_id, \"table\", row_id, turn, \"before\", \"after\") "
                   "values (2, 'case', 1, 'changed', '{}', '{\"claimed\":1}')")  # fmt: skip
    assert found(engine).broken == 2


def test_what_a_destruction_names_is_bound_as_well(engine: Engine, case_id: int) -> None:
    destroyed(engine, case_id)
    for after in ("{}", "[]", "x", '{"left":"0"}'):
        meddle(engine, f"update change set \"after\" = '{after}' where \"table\" = 'change'")
        assert found(engine).wrong


def test_changes_taken_away_without_a_list_are_damage(engine: Engine, case_id: int) -> None:
    """Also where another case was destroyed before."""
    with transaction(engine, BY) as session:
        history.note(session, Action.DESTROYED, "销毁 (2001)第9号", case_id=case_id + 1)
    meddle(engine, f"delete from change where case_id = {case_id}")
    assert found(engine).broken == 1


def test_who_may_not_see_the_audit_may_not_check_it(engine: Engine, case_id: int) -> None:
    with transaction(engine, BY) as session:
        offices.person(session, OTHER).held = frozenset({Role.STATISTICIAN})
    with reading(engine, OTHER) as session, pytest.raises(Refusal, match="查看审计记录"):
        audit.verify(session)


def test_that_it_was_checked_is_kept_and_does_not_stand_for_the_weekly_check(
    engine: Engine, case_id: int
) -> None:
    with transaction(engine, BY) as session:
        audit.checked(session, audit.verify(session))
    with reading(engine, BY) as session:
        entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert entry is not None and entry.action is Action.CHECKED and "完好" in entry.detail
        assert checkups.due(session, datetime(2026, 11, 21, 9))


def test_a_paper_issued_and_exported_at_once_are_two_entries(engine: Engine, case_id: int) -> None:
    """What only tells takes no changes along, so that taking back the last step still sees them."""
    with transaction(engine, BY) as session:
        session.get_one(Case, case_id).summary = "改过"
        history.note(session, Action.EXPORTED, "调解协议书", case_id=case_id)
    with Session(engine) as session:
        told = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(2)).all()
        assert [(one.action, bool(one.changes)) for one in told] == [
            (Action.EXPORTED, False),
            (Action.SAVED, True),
        ]
        assert (
            session.scalar(text("select count(*) from entry where salt <> '' and changes_digest = ''")) == 0
        )
