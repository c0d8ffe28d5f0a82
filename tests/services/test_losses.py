"""A lost drive: what is said to be on it is what was written to it, and nothing else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from mediator.domain.audit import Entry
from mediator.domain.codes import Action, BackupKind
from mediator.domain.errors import Refusal
from mediator.domain.safety import Backup
from mediator.paper import text
from mediator.services import losses, outgoing
from mediator.services.losses import COUNTS, OPEN, SEALED
from mediator.services.transaction import reading, transaction
from mediator.store import history

BY = "陈志华"
STICK, OTHER = "龘调解（1A2B-3C4D）", "别的盘（FFFF-0000）"
LATER = datetime.now() + timedelta(hours=1)


@pytest.fixture
def used(engine: Engine) -> Engine:
    """Two sticks, the machine's own disk and a printer were written to."""
    for action, detail, medium in (
        (Action.EXPORTED, "人民调解协议书 2026-001", STICK),
        (Action.EXPORTED, "在办案件清单", OTHER),
        (Action.EXPORTED, "台账", outgoing.HERE),
        (Action.EXPORTED, "台账", outgoing.ELSEWHERE),
        (Action.PRINTED, "调解记录", "HP 1020"),
        (Action.SENT, "人民调解组织情况表，第 1 次报送", STICK),
        (Action.RECEIVED, "上报包", OTHER),
    ):
        with transaction(engine, BY) as session:
            history.note(session, action, detail, medium=medium)
    with transaction(engine, BY) as session:
        for medium, at in ((STICK, datetime(2026, 11, 3, 9)), ("", datetime(2026, 11, 4, 9))):
            session.add(
                Backup(
                    made_at=at, kind=BackupKind.BY_HAND, place="/x", medium=medium, name="b", cases=7, size=1
                )
            )
    return engine


def test_the_drives_are_known_by_what_was_written_to_them(used: Engine) -> None:
    with reading(used, BY) as session:
        assert {name for name, _ in losses.media(session)} == {STICK, OTHER}


def test_what_is_on_a_stick_and_who_can_read_it(used: Engine) -> None:
    with reading(used, BY) as session:
        loss = losses.of_medium(session, STICK, LATER)
        assert {(one.what, one.seen) for one in loss.written} == {
            ("报送：人民调解组织情况表，第 1 次报送", COUNTS),
            ("导出：人民调解协议书 2026-001", OPEN),
            ("备份：全部数据，7 件案件", SEALED),
        }
        assert [len(loss.of(seen)) for seen in (OPEN, SEALED, COUNTS)] == [1, 1, 1]
        assert "没有加密" in losses.danger(loss)[0]
        assert any("第五十七条" in words for words in losses.steps(loss))
        assert any("换数据密钥" in words for words in losses.steps(loss))


def test_what_was_written_after_the_loss_is_not_on_it(used: Engine) -> None:
    with reading(used, BY) as session:
        loss = losses.of_medium(session, STICK, datetime(2026, 11, 3, 10))
        assert [one.seen for one in loss.written] == [SEALED]
        assert losses.of_medium(session, STICK, datetime(2020, 1, 1)).written == ()


def test_of_an_unknown_stick_everything_carried_out_is_listed(used: Engine) -> None:
    with reading(used, BY) as session:
        loss = losses.of_medium(session, "", LATER)
        assert sorted(one.seen for one in loss.written) == sorted([OPEN, OPEN, SEALED, COUNTS])


def test_only_figures_ask_for_no_new_keys(used: Engine) -> None:
    with transaction(used, BY) as session:
        history.note(session, Action.SENT, "表", medium="空盘")
    with reading(used, BY) as session:
        loss = losses.of_medium(session, "空盘", LATER)
        words = "".join(losses.steps(loss))
        assert "换数据密钥" not in words
        assert "第五十七条" not in words


def test_the_loss_is_recorded_and_reported_on_paper(used: Engine) -> None:
    with reading(used, BY) as session:
        loss = losses.of_medium(session, STICK, LATER)
        words = text.write(losses.paper(session, loss, "在公交车上丢的", BY))
    for told in (STICK, "在公交车上丢的", "人民调解协议书 2026-001", "报告人", "负责人"):
        assert told in words
    with pytest.raises(Refusal, match="经过"), transaction(used, BY) as session:
        losses.report(session, loss, "　\n ")
    with transaction(used, BY) as session:
        losses.report(session, loss, "在公交车上丢的")
    with reading(used, BY) as session:
        entry = session.scalars(select(Entry).where(Entry.action == Action.LOST)).one()
        assert (entry.by, entry.medium, entry.reason) == (BY, STICK, "在公交车上丢的")
        assert "备份 1 个" in entry.detail
