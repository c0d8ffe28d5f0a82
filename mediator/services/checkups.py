"""Checking the data at work (核对数据): pages, structure, belonging, the chain of entries, and that nothing is older than a backup."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action
from mediator.services import audit, backups, offices, policy
from mediator.services.transaction import reading, stop, transaction
from mediator.store import damage, history, wholeness
from mediator.store.engine import key_of
from mediator.store.folder import Folder
from mediator.store.manifest import listed

EVERY_DAYS = 7
PARTS = 4


@dataclass(frozen=True)
class Checkup:
    """What a check came to."""

    troubles: list[str]
    """Clauses that say what is wrong; none if all is well."""
    damaged: bool
    """Whether the file itself is damaged, so that nothing may be written to it any more."""
    cases: int

    @property
    def words(self) -> str:
        """The same in a sentence."""
        if self.troubles:
            return f"核对发现问题：{'；'.join(self.troubles)}。"
        return f"数据完好：{self.cases} 件案件，每一页都读得出来，记录前后相连。"


def due(session: Session, now: datetime) -> bool:
    """Whether a week has passed since the data were last checked."""
    last = session.scalar(
        select(Entry.at)
        .where(Entry.action == Action.CHECKED, Entry.detail.not_like("审计记录%"))
        .order_by(Entry.id.desc())
        .limit(1)
    )
    return last is None or not timedelta() <= now - last < timedelta(days=EVERY_DAYS)


def check(
    engine: Engine, folder: Path, *, by: str = "", tell: Callable[[int, int], None] = lambda done, of: None
) -> Checkup:
    """Check everything there is to check, and note that it was done; where the file is damaged, writing stops."""
    done = 0

    def told() -> None:
        nonlocal done
        done += 1
        tell(done, PARTS)

    with closing(wholeness.open_database(Folder(folder).database, key_of(engine))) as connection:
        wrong = wholeness.damage(connection, told)
        lost = [] if wrong else wholeness.orphans(connection)
    if wrong:
        stop(engine)
        damage.keep(folder, wrong)
        return Checkup(wrong, True, 0)
    damage.forget(folder)
    told()
    with reading(engine, by) as session:
        broken = audit.look_through(session).wrong
        wrong = [*lost, *([f"审计记录{broken}"] if broken else []), *_older(session)]
        cases = session.scalar(select(func.count(Case.id))) or 0
    told()
    found = Checkup(wrong, False, cases)
    with transaction(engine, by) as session:
        history.note(session, Action.CHECKED, found.words)
    return found


def _older(session: Session) -> list[str]:
    """Whether a backup of these data holds more than they do: then what was saved last is gone.

    That happens when somebody takes away the log of a program that was cut off, or puts an old copy in place by hand.
    What was restored on purpose says so in an entry, and backups from before that do not count.
    """
    last = session.scalar(select(func.max(Entry.id))) or 0
    restored = (
        session.scalar(select(func.max(Entry.at)).where(Entry.action == Action.RESTORED)) or datetime.min
    )
    place, uid = Path(policy.own(session).backup_folder or os.devnull), offices.own(session).uid
    ahead = [
        copy
        for copy in [*listed(place), *listed(place / backups.SHELF)]
        if copy.manifest.office_uid == uid
        and copy.manifest.entry_id > last
        and copy.manifest.made_at > restored
    ]
    if not ahead:
        return []
    newest = max(ahead, key=lambda copy: copy.manifest.entry_id)
    return [f"备份“{newest.path.name}”比现在的数据还新，最后保存的内容可能丢失，请恢复这个备份来比较"]
