"""Several people at one database in the same second: entries are chained in the order they are kept, and a check sees one moment."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from audit_trail import BY, worked
from sqlalchemy import Engine, func, select

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action
from mediator.paper import text
from mediator.services import audit, audit_export, checkpoints, entries_paper, numbers
from mediator.services.entries import Wanted
from mediator.services.transaction import reading, transaction
from mediator.store import history
from mediator.store.engine import connect, folder_of, key_of
from mediator.store.folder import Folder

SECONDS = 1.2


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """A desk at which something was done."""
    worked(engine)
    return engine


@contextmanager
def beside(engine: Engine) -> Iterator[Engine]:
    """The same database opened once more, as another program does."""
    other = connect(Folder(folder_of(engine)).database, key_of(engine))
    yield other
    other.dispose()


def look(engine: Engine, n: int) -> None:
    """A gesture that only tells."""
    with transaction(engine, BY) as session:
        history.note(session, Action.VIEWED, f"第 {n} 次")


def save(engine: Engine, n: int) -> None:
    with transaction(engine, BY) as session:
        session.scalars(select(Case)).first().remark = f"改 {n}"  # type: ignore[union-attr]


@contextmanager
def all_at_once(engine: Engine, *verbs: Callable[[Engine, int], None]) -> Iterator[list[BaseException]]:
    """Do each again and again, on threads of their own, until the end of the block."""
    ended, wrong = threading.Event(), []

    def again(verb: Callable[[Engine, int], None]) -> None:
        try:
            for n in range(100_000):
                if ended.is_set():
                    return
                verb(engine, n)
        except BaseException as error:
            wrong.append(error)

    with beside(engine) as other:
        threads = [threading.Thread(target=again, args=(verb,)) for verb in verbs]
        threads.append(threading.Thread(target=lambda: again(lambda _engine, n: look(other, n))))
        for thread in threads:
            thread.start()
        try:
            yield wrong
        finally:
            ended.set()
            for thread in threads:
                thread.join()


def test_what_is_noted_and_saved_at_once_is_one_chain_and_no_check_is_alarmed(at_work: Engine) -> None:
    checked, alarms = 0, set[str]()
    until = time.monotonic() + SECONDS
    with all_at_once(at_work, look, save) as wrong:
        while time.monotonic() < until:
            with reading(at_work, BY) as session:
                found = audit.look_through(session)
            checked += 1
            alarms |= {found.wrong} - {""}
    assert wrong == []
    assert alarms == set()
    with reading(at_work, BY) as session:
        assert audit.look_through(session).wrong == ""
        kinds = dict(session.execute(select(Entry.action, func.count()).group_by(Entry.action)).all())
    assert checked > 5
    assert min(kinds[Action.VIEWED], kinds[Action.SAVED]) > 5


def test_no_number_is_given_twice(at_work: Engine) -> None:
    taken: list[int] = []

    def number(engine: Engine, _n: int) -> None:
        with transaction(engine, BY) as session:
            taken.append(numbers.take(session, "龘", 2026))

    with all_at_once(at_work, number, number) as wrong:
        time.sleep(SECONDS / 2)
    assert wrong == []
    assert sorted(taken) == list(range(1, len(taken) + 1)) and len(taken) > 5


def test_an_export_ends_at_its_checkpoint_whoever_works_meanwhile(at_work: Engine, tmp_path: Path) -> None:
    """What was done between the two stands neither in the entries nor in the list beside them."""
    with transaction(at_work, BY) as session:
        point = checkpoints.checkpoint(session)
    look(at_work, 77)
    with transaction(at_work, BY) as session:
        folder = audit_export.export(session, point, tmp_path)
        words = text.write(entries_paper.paper(session, Wanted(), point=point))
    assert len((folder / audit_export.ENTRIES).read_text("utf-8").splitlines()) == point.size
    assert "第 77 次" not in words
    assert checkpoints.printed(point.size, point.head) in words
