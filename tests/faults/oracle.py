"""What must hold after any death or failure: nothing told is lost, nothing is half, and the audit tells every change."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, LargeBinary, inspect, select, text
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.base import Base
from mediator.domain.codes import Action, Turn
from mediator.domain.errors import Refusal
from mediator.domain.figures import Closing
from mediator.domain.office import Received, Sent
from mediator.domain.papers import Material
from mediator.domain.safety import Draft
from mediator.exchange import package as packing
from mediator.services import audit, cases, drafts, key_changes, materials
from mediator.services.transaction import transaction
from mediator.store import backup, history, keyfile, manifest, swap, wholeness
from mediator.store.engine import check_opens, connect, key_of
from mediator.store.folder import Folder, open_folder
from tests.faults.deeds import Told, sha, told_of
from tests.faults.practice import BY, PACKAGES, PASSWORDS, Ground, later

BESIDE = "key-file"
"""Counters of the key file are put down beside the history: the entries of accounts tell why it was written."""
RUNNING = {"version"}
"""The version is counted on by every flush, after the audit has seen the row."""
Rows = dict[tuple[str, int], dict[str, Any]]


@dataclass(frozen=True)
class Before:
    """The practice folder as it was furnished."""

    rows: Rows
    last: int
    """Number of its last audit entry."""
    generation: int
    """How often its key file was written."""


def before(ground: Ground) -> Before:
    """Remember the practice folder."""
    engine = ground.engine()
    try:
        with Session(engine) as session:
            last = session.scalars(select(Entry.id).order_by(Entry.id.desc())).first() or 0
            return Before(rows(session), last, keyfile.read(ground.folder.keys).generation)
    finally:
        engine.dispose()


def rows(session: Session) -> Rows:
    """Every row whose changes the audit keeps, as the audit writes it."""
    found: Rows = {}
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if not model.kept:
            continue
        keys = [a.key for a in inspect(model).column_attrs if not isinstance(a.columns[0].type, LargeBinary)]
        keys = [key for key in keys if key not in RUNNING]
        for row in session.execute(select(model.id, *(getattr(model, key) for key in keys))):
            plain = {key: history.plain(value) for key, value in zip(keys, row[1:], strict=True)}
            if not str(plain.get("series", "")).startswith(BESIDE):
                found[model.__tablename__, row[0]] = json.loads(json.dumps(plain))
    return found


def troubles(ground: Ground, was: Before, deed: str, told: Sequence[Told]) -> list[str]:
    """All that is wrong with a copy after a deed was cut off; none if all is well."""
    wrong: list[str] = []
    with later(ground) if deed == "upgrade" else nullcontext():
        try:
            with suppress(Refusal):  # cut off before the data were closed: said once, and nothing is replaced
                swap.finish(ground.folder.path)
            swap.finish(ground.folder.path)
            engine, number = _opened(ground)
        except Refusal as refusal:
            return [f"does not open: {refusal}"]
        try:
            with closing(wholeness.open_database(ground.folder.database, key_of(engine))) as connection:
                wrong += wholeness.troubles(connection)
            if not keyfile.whole(ground.folder.keys, key_of(engine)):
                wrong.append("the list of slots does not agree with its code")
            with Session(engine) as session:
                wrong += told_by_the_audit(session, was)
                wrong += CHECKS.get(deed, nothing)(session, ground, told)
            wrong += _drive(ground)
            if deed == "password" and number not in (len(told), len(told) + 1):
                wrong.append(f"password {number} opens, {len(told)} were told")
            wrong += _keys(engine, ground, was)
        finally:
            engine.dispose()
    return wrong


def nothing(_session: Session, _ground: Ground, _told: Sequence[Told]) -> Iterator[str]:
    """Where the general checks say it all."""
    return iter(())


def _opened(ground: Ground) -> tuple[Engine, int]:
    """The folder opened with the one password that is good, and which that is."""
    for number, password in enumerate(PASSWORDS):
        with suppress(keyfile.Wrong):
            return open_folder(ground.folder, BY, password), number
    raise Refusal("no password opens it")


def told_by_the_audit(session: Session, was: Before) -> Iterator[str]:
    """The chain, and that what it tells of changes makes of the rows before exactly the rows now."""
    broken = audit.look_through(session).wrong
    if broken:
        yield f"audit: {broken}"
    made = {key: dict(row) for key, row in was.rows.items()}
    asked = select(Change).where(Change.entry_id > was.last).order_by(Change.id)
    for change in session.scalars(asked):
        key = (change.table, change.row_id)
        if change.turn is Turn.REMOVED:
            made.pop(key, None)
        else:
            made[key] = {**made.get(key, {}), **_seen(change)}
    now = rows(session)
    for key in sorted(made.keys() | now.keys()):
        if made.get(key) != now.get(key):
            yield f"{key} is not as the audit tells: {_apart(made.get(key), now.get(key))}"
    for entry in session.scalars(select(Entry).where(Entry.id > was.last, Entry.action == Action.SAVED)):
        if not entry.changes:
            yield f"entry {entry.id} tells of a saving that changed nothing"


def _seen(change: Change) -> dict[str, Any]:
    return {key: value for key, value in json.loads(change.after).items() if key not in RUNNING}


def _apart(told: dict[str, Any] | None, now: dict[str, Any] | None) -> str:
    if told is None or now is None:
        return "not there" if now is None else "never told of"
    return ", ".join(
        f"{k}: {told.get(k)!r} / {now.get(k)!r}"
        for k in told.keys() | now.keys()
        if told.get(k) != now.get(k)
    )[:300]


def _drive(ground: Ground) -> Iterator[str]:
    """Nothing half bears a last name; every backup that is listed is whole."""
    for path in ground.drive.glob("*.tjb"):
        try:
            packing.open_package(path.read_bytes(), kept=True)
        except Refusal:
            yield f"torn package {path.name}"
    for copy in manifest.listed(ground.drive):
        try:
            key = (
                ground.key()
                if copy.manifest.made_at.year == 2025
                else keyfile.unlock(copy.keys, BY, PASSWORDS[0])
            )
            backup.check(copy.database, key, copy.manifest)
        except Refusal as refusal:
            yield f"backup {copy.path.name}: {refusal}"
    if not any(copy.manifest.made_at.year == 2025 for copy in manifest.listed(ground.drive)):
        yield "the older backup is gone"
    for old in [*ground.folder.path.glob("升级之前-*"), *ground.folder.path.glob("换密钥之前-*")]:
        kept = Folder(old)
        if kept.database.exists():
            try:
                key = keyfile.unlock(kept.keys, BY, PASSWORDS[0])
                check_opens(connect(kept.database, key), kept.database)
            except Refusal as refusal:
                yield f"{old.name}: {refusal}"


def _cases(session: Session, _ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    for one in told:
        try:
            found = told_of(cases.get(session, one["number"]))
        except Refusal:
            yield f"lost: {one['number']}"
        else:
            if found != one:
                yield f"{one['number']} is not what was told"
    numbers = list(session.scalars(text('select number from "case"')))
    if len(numbers) != len(set(numbers)) or session.scalar(text("select count(*) from case_words")) != len(
        numbers
    ):
        yield "numbers twice, or words missing"


def _draft(session: Session, _ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    rows = session.scalars(select(Draft)).all()
    at = int(str(drafts.typed(rows[0])["summary"]).removeprefix("写" * 50)) if rows else -1
    if len(rows) > 1 or at not in (len(told) - 1, len(told)):
        yield f"draft {at} of {len(told)}"


def _materials(session: Session, _ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    known = {made.digest: made for made in session.scalars(select(Material))}
    for digest in known:
        try:
            materials.content(session, digest)
        except Refusal as refusal:
            yield str(refusal)
    yield from (f"lost: {one['digest']}" for one in told if one["digest"] not in known)
    if session.scalar(text("select count(*) from content")) != len(known):
        yield "contents without a material"


def _numbers(session: Session, _ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    last = session.scalar(text("select last from counter where series = '故障'")) or 0
    if [one["taken"] for one in told] != list(range(1, len(told) + 1)) or last not in (
        len(told),
        len(told) + 1,
    ):
        yield f"{len(told)} numbers told, the counter is at {last}"


def _closings(session: Session, _ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    there = {(str(c.since), c.serial, c.digest) for c in session.scalars(select(Closing))}
    for one in told:
        if (one["since"], one["serial"], one["digest"]) not in there:
            yield f"lost: closing of {one['since']}"


def _sent(session: Session, ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    known = {row.file_name: row for row in session.scalars(select(Sent)) if row.file_name}
    for name, row in known.items():
        path = ground.drive / name
        if not path.exists() or sha(path.read_bytes()) != sha(row.body):
            yield f"noted as delivered and not there: {name}"
    yield from (f"not noted: {one['file']}" for one in told if one["file"] not in known)


def _received(session: Session, _ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    count = len(session.scalars(select(Received.digest)).all())
    least = sum(one["taken"] for one in told)
    if count not in (least, min(least + 3, PACKAGES)):
        yield f"{count} packages where {least} were told"


def _backups(session: Session, ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    there = {copy.path.name: copy for copy in manifest.listed(ground.drive)}
    for one in told[-1:]:
        copy = there.get(one["name"])
        if copy is None or (copy.manifest.cases, copy.manifest.entry_id) != (one["cases"], one["up_to"]):
            yield f"lost: backup {one['name']}"


def _restored(session: Session, ground: Ground, told: Sequence[Told]) -> Iterator[str]:
    fresh = [one["restored"] for one in told if "restored" in one]
    parent = ground.folder.path.parent
    for folder in parent.glob("数据 文件夹-*"):
        if folder.name.endswith(".part"):
            continue
        try:
            open_folder(Folder(folder), BY, PASSWORDS[0]).dispose()
        except Refusal as refusal:
            yield f"{folder.name}: {refusal}"
    used = [one["used"] for one in told if "used" in one]
    kept = swap.replaced(ground.folder.path)
    if len(kept) < len(used) or (
        fresh and fresh[-1] not in used and not (parent / fresh[-1]).exists() and len(kept) == len(used)
    ):
        yield "a folder is gone"


def _keys(engine: Engine, ground: Ground, was: Before) -> Iterator[str]:
    """No change of the key file that was not announced; and the next log-in says of each whether it was made."""
    made = keyfile.read(ground.folder.keys).generation - was.generation
    ahead, after = _told_of_keys(engine, was)
    if made > len(ahead):
        yield f"the key file was changed {made} times, {len(ahead)} were announced"
    if len(ahead) - len(after) not in (0, 1):
        yield f"{len(ahead)} changes of the key file were announced, {len(after)} told of"
    with transaction(engine, BY) as session:
        key_changes.settle(session, ground.folder.path)
    ahead, after = _told_of_keys(engine, was)
    done = [words for words in after if "没有做成" not in words]
    if (len(after), len(done)) != (len(ahead), made):
        yield f"{len(ahead)} announced, {made} made, and told of as done: {done}"


def _told_of_keys(engine: Engine, was: Before) -> tuple[list[str], list[str]]:
    with Session(engine) as session:
        asked = select(Entry.detail).where(Entry.id > was.last, Entry.action == Action.ACCOUNT)
        found = list(session.scalars(asked.order_by(Entry.id)))
    ahead = [words for words in found if words.startswith("先记")]
    return ahead, [words for words in found if words not in ahead]


CHECKS: dict[str, Callable[[Session, Ground, Sequence[Told]], Iterator[str]]] = {
    "save": _cases, "together": _cases, "advance": _cases, "told_early": _cases, "draft": _draft, "material": _materials,
    "number": _numbers, "close": _closings, "send": _sent, "receive": _received, "backup": _backups,
    "restore": _restored,
}  # fmt: skip
