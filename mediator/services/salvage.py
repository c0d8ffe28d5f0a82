"""Salvage (抢救): when the data file is damaged, keep it as it is and take out what can still be read.

Nothing is ever repaired in place. The newest verified backup is the first choice; this is for what came after it.
"""

import os
import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from mediator.domain.case import Case
from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.domain.people import Party
from mediator.domain.wording import clean_line
from mediator.services import offices, setup
from mediator.services.backups import Progress, nothing_told
from mediator.services.transaction import transaction
from mediator.store import durable, history, keyfile, place, search, wholeness
from mediator.store.engine import connect
from mediator.store.folder import Folder, copy_aside
from mediator.store.salvage import Wreck, salvage, settle_the_lost
from mediator.store.schema import HEAD, bring_up_to_date

put_aside = copy_aside
_AT_ONCE = 500


@dataclass(frozen=True)
class Salvaged:
    """What came of it."""

    folder: Path
    cases: int
    missing: list[str]
    """What is not there, a clause a table; none if everything could be read."""

    @property
    def words(self) -> str:
        """The same in words."""
        if not self.missing:
            return f"全部读出来了：{self.cases} 件案件，在“{self.folder}”。"
        return f"抢救出 {self.cases} 件案件，在“{self.folder}”；缺：{'；'.join(self.missing)}。"


def unlock(folder: Path, login: str, password: str) -> bytes:
    """The data key of a folder whose database need not open; Refusal if the password is wrong, which is counted."""
    login, keys = clean_line(login), Folder(folder).keys
    with setup.counted(folder, login, keys):
        return keyfile.unlock(keys, login, password)


def rescue(
    kept: Path, key: bytes, target: Path, *, login: str = "", tell: Progress = nothing_told
) -> Salvaged:
    """Make a new data folder of what can be read in a damaged one, which stays as it is; wholly or not at all.

    Refusal if nothing can be read or the new folder cannot be made.
    """
    check_target(target)
    part = None
    try:
        part = Path(tempfile.mkdtemp(".part", f"{target.name}.", target.parent))
        missing = _read_out(kept, key, Folder(part), tell)
        cases = _finish(Folder(part), key, login, missing)
        for copy in keyfile.copies(Folder(kept).keys):
            if copy.exists():
                durable.copy(copy, part, copy.name)
        for file in part.iterdir():
            durable.sync(file)
        os.rename(part, target)
        durable.sync_folder(target.parent)
    except OSError as error:
        raise durable.refusal(target, error) from None
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
    return Salvaged(target, cases, missing)


def check_target(target: Path) -> None:
    """Refuse a folder that nothing can be rescued into; to be asked before anything is copied."""
    place.check(target)
    if target.exists():
        raise Refusal(f"“{target}”已经有了，抢救要放在一个新的文件夹里；请换一个名字。")
    if not target.parent.is_dir():
        raise Refusal(f"“{target.parent}”不是文件夹，抢救出来的没有地方放；请换一个位置。")


def _read_out(kept: Path, key: bytes, fresh: Folder, tell: Progress) -> list[str]:
    """Read a copy of the damaged database, with the log beside it, into a new one; what is missing, in clauses."""
    bench = fresh.path / "bench"
    bench.mkdir()
    for file in kept.glob("mediator.db*"):
        durable.copy(file, bench, file.name)
    engine = connect(fresh.database, key)
    bring_up_to_date(engine)
    engine.dispose()
    wreck = Wreck(Folder(bench).database, key)
    try:
        if wreck.ask("select version_num from alembic_version") not in (None, [(HEAD,)]):
            raise Refusal("这份数据是另一个版本的程序写的，请用那个版本的程序来抢救。")
        with closing(wholeness.open_database(fresh.database, key)) as target:
            came = salvage(wreck, target, tell)
            gone = settle_the_lost(target)
    finally:
        wreck.close()
        shutil.rmtree(bench, ignore_errors=True)
    if not any(rows for rows, _ in came.values()):
        raise Refusal(f"“{kept}”里的数据文件一行也读不出来，请从备份恢复。")
    return [
        f"“{wholeness.title(table)}”最多 {missing + gone.get(table, 0)} 行"
        for table, (_, missing) in came.items()
        if missing or table in gone
    ]


def _finish(fresh: Folder, key: bytes, login: str, missing: list[str]) -> int:
    """Make the word index anew, and write into the audit what happened; return how many cases there are."""
    engine = connect(fresh.database, key)
    try:
        with Session(engine) as session:
            by = offices.name_of(session, login)
        with transaction(engine, by) as session:
            number = 0
            for some in session.scalars(_with_words()).partitions(_AT_ONCE):
                number += len(some)
                search.index_all(session.connection(), [(case.id, search.words_of(case)) for case in some])
            history.note(session, Action.RESTORED, "；".join(["从损坏的数据里抢救", *missing]))
        with closing(wholeness.open_database(fresh.database, key)) as connection:
            wrong = wholeness.troubles(connection)
    finally:
        engine.dispose()
    if wrong:
        raise Refusal(f"抢救出来的数据核对不符：{'；'.join(wrong)}。请从备份恢复。")
    return number


def _with_words() -> Select[Case]:
    """The cases with all that the word index holds of them."""
    people = selectinload(Case.parties).selectinload(Party.representatives)
    return select(Case).order_by(Case.id).options(people).execution_options(yield_per=_AT_ONCE)
