"""What is done while it is killed: each deed tells what it was told is kept, and nothing sooner."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Action, MaterialKind, Stage
from mediator.services import (
    accounts,
    backups,
    carrying,
    cases,
    closings,
    documents,
    drafts,
    leaving,
    materials,
    numbers,
    packages,
    recovery,
    restores,
    setup,
)
from mediator.services.transaction import transaction
from mediator.store import history, keyfile, manifest, superior, swap
from mediator.store.folder import open_folder
from mediator.tallies.justice import JUSTICE
from tests.faults.practice import (
    BY,
    CASES,
    MONTHS,
    NOW,
    PACKAGES,
    PASSWORDS,
    TODAY,
    Ground,
    canonical,
    case_of,
    later,
    month,
    picture,
)

Told = dict[str, Any]
Deed = Callable[[Ground], Iterator[Told]]
OTHER = "马秀英·买买提"
KIND = next(kind for kind in MaterialKind if kind is not MaterialKind.SCAN)


def sha(data: bytes | str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def told_of(case: Case) -> Told:
    """A case as the oracle remembers it."""
    return {"number": case.number, "sha": sha(canonical(documents.as_document(case)))}


def save(ground: Ground) -> Iterator[Told]:
    """Register one case after another."""
    engine = ground.engine()
    for number in range(10_000):
        with transaction(engine, BY) as session:
            case = documents.register(session, case_of(f"新{number}"), by=BY, today=TODAY)
            told = told_of(case)
        yield told


def together(ground: Ground) -> Iterator[Told]:
    """The same, while somebody else looks at one thing after another on a connection of their own."""
    other, ended = ground.engine(), threading.Event()

    def look() -> None:
        while not ended.is_set():
            with transaction(other, BY) as session:
                history.note(session, Action.VIEWED, "看")

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield from save(ground)
    finally:
        ended.set()
        thread.join()


def draft(ground: Ground) -> Iterator[Told]:
    """Keep what is typed into one form, longer and longer."""
    engine = ground.engine()
    for number in range(10_000):
        with transaction(engine, BY) as session:
            drafts.keep(session, "case:1", {"summary": "写" * 50 + str(number)}, {"summary": ""}, NOW)
        yield {"typed": number}


def material(ground: Ground) -> Iterator[Told]:
    """Lay one picture after another to a case."""
    engine = ground.engine()
    for number in range(10_000):
        file = materials.admit(picture(number), f"收条 {number}.png")
        with transaction(engine, BY) as session:
            case = cases.load(session, 1 + number % 7)
            made = materials.add(session, case, file, KIND, by=BY)
            told = {"digest": made.digest}
        yield told


def number(ground: Ground) -> Iterator[Told]:
    """Take one number after another."""
    engine = ground.engine()
    for _ in range(10_000):
        with transaction(engine, BY) as session:
            taken = numbers.take(session, "故障", 2026)
        yield {"taken": taken}


def close(ground: Ground) -> Iterator[Told]:
    """Close one month after another."""
    engine = ground.engine()
    for at in range(6 * 12):
        since, until = month(at, 2015)
        with transaction(engine, BY) as session:
            made = closings.close(session, JUSTICE, since, until, by=BY, now=NOW)
            told = {"since": str(since), "serial": made.serial, "digest": made.digest}
        yield told


def send(ground: Ground) -> Iterator[Told]:
    """Carry one month after another out on a drive."""
    engine = ground.engine()

    def do(verb: Callable[[Session], Any]) -> Any:
        with transaction(engine, BY) as session:
            return verb(session)

    for at in range(MONTHS):
        made = carrying.send(do, JUSTICE, *month(at, 2021), ground.drive, by=BY, now=NOW)
        yield {"file": made.path.name, "serial": made.serial}


def receive(ground: Ground) -> Iterator[Told]:
    """Take in what offices below have sent, three at a time."""
    engine = ground.engine()
    post = sorted(ground.post.iterdir())
    for at in range(0, PACKAGES, 3):
        files = carrying.read_at(post[at : at + 3])
        with transaction(engine, BY) as session:
            taken = packages.take_in(session, packages.look(session, files), by=BY, now=NOW)
        yield {"taken": taken, "up_to": at + 3}


def advance(ground: Ground) -> Iterator[Told]:
    """Accept one case after another."""
    engine = ground.engine()
    for case_id in range(1, CASES + 1):
        with transaction(engine, BY) as session:
            case = cases.load(session, case_id)
            documents.advance(session, case, Stage.ACCEPTED, {}, by=BY, today=TODAY)
            told = told_of(case)
        yield told


def backup(ground: Ground) -> Iterator[Told]:
    """Make one backup after another while there is something new in each."""
    engine = ground.engine()
    for at in range(1000):
        with transaction(engine, BY) as session:
            documents.register(session, case_of(f"备{at}"), by=BY, today=TODAY)
        row = backups.back_up(
            engine, ground.folder.path, ground.drive, by=BY, now=NOW + timedelta(minutes=at)
        )
        yield {"name": row.name, "cases": row.cases, "up_to": row.up_to}


def restore(ground: Ground) -> Iterator[Told]:
    """Make a new folder of the backup and put it in the place of the one at work, and again."""
    (copy, *_) = manifest.listed(ground.drive)
    key = keyfile.unlock(copy.keys, BY, PASSWORDS[0])
    for at in range(1000):
        now = NOW + timedelta(minutes=at)
        fresh = restores.restore(copy, key, restores.new_name(ground.folder.path, now), login=BY, now=now)
        yield {"restored": fresh.name}
        engine = open_folder(ground.folder, BY, PASSWORDS[0])
        restores.use(engine, ground.folder.path, fresh, by=BY, now=now)
        engine.dispose()
        swap.closed(ground.folder.path)
        swap.finish(ground.folder.path)
        yield {"used": fresh.name}


def password(ground: Ground) -> Iterator[Told]:
    """Change one's password again and again."""
    engine = ground.engine()
    for at in range(len(PASSWORDS) - 1):
        with transaction(engine, BY) as session:
            accounts.change_own(session, ground.folder.path, PASSWORDS[at], PASSWORDS[at + 1])
        yield {"password": at + 1}


def account(ground: Ground) -> Iterator[Told]:
    """Let somebody in, and change again and again who and what opens the data."""
    engine, path, public = ground.engine(), ground.folder.path, superior.new_pair(PASSWORDS[0])[1]
    verbs: list[Callable[[Session], object]] = [
        lambda s: accounts.reset(s, path, OTHER, PASSWORDS[1]),
        lambda s: accounts.disable(s, path, OTHER),
        lambda s: recovery.adopt(s, path, recovery.new()),
        lambda s: recovery.set_superior(s, path, "滨江区司法局 𪚥", public),
        lambda s: recovery.drop_superior(s, path),
    ]
    for at in range(1000):
        with transaction(engine, BY) as session:
            verbs[at % 5](session) if at else accounts.add(session, path, OTHER, PASSWORDS[1])
        yield {"changed": at}


def new_key(ground: Ground) -> Iterator[Told]:
    """Write the whole database anew under a new key, again and again."""
    engine = ground.engine()
    for at in range(1000):
        engine = leaving.change_key(ground.folder.path, engine, BY)
        yield {"rekeyed": at}


def upgrade(ground: Ground) -> Iterator[Told]:
    """Open the folder with a newer program."""
    with later(ground), setup.usable(ground.folder.path):
        open_folder(ground.folder, BY, PASSWORDS[0]).dispose()
        yield {"upgraded": True}


def told_early(ground: Ground) -> Iterator[Told]:
    """Negative control: it says "kept" before it is."""
    engine = ground.engine()
    for at in range(10_000):
        with transaction(engine, BY) as session:
            case = documents.register(session, case_of(f"早{at}"), by=BY, today=TODAY)
            yield told_of(case)


def unwritten(ground: Ground) -> Iterator[Told]:
    """Negative control: cases are changed in a transaction, and the audit gets its entry in the next."""
    engine = ground.engine()
    for at in range(10_000):
        with Session(engine) as session, session.begin():
            session.scalars(select(Case).where(Case.id == 1)).one().summary = f"无痕 {at}"
        yield {}


def torn(ground: Ground) -> Iterator[Told]:
    """Negative control: a package written straight under its last name, piece by piece."""
    data = (ground.post / "000.tjb").read_bytes()
    for at in range(10_000):
        with (ground.drive / f"mediator-{at}.tjb").open("wb", buffering=0) as file:
            for since in range(0, len(data), 64):
                file.write(data[since : since + 64])
        yield {}


DEEDS: dict[str, Deed] = {
    "save": save, "together": together, "draft": draft, "material": material, "number": number, "close": close, "send": send,
    "receive": receive, "advance": advance, "backup": backup, "restore": restore, "password": password,
    "account": account, "rekey": new_key, "upgrade": upgrade,
}  # fmt: skip
CONTROLS: dict[str, Deed] = {"told_early": told_early, "unwritten": unwritten, "torn": torn}
