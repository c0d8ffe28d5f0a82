"""What is done all day long: a page of the list, a search, opening a case, saving it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Kind, Stage
from mediator.domain.people import Party
from mediator.services import cases, listing
from mediator.services.demo import LOGIN, PASSWORD
from mediator.services.transaction import transaction
from mediator.store.folder import Folder, open_folder
from tests.bench.bare import Tape, opened, replay
from tests.bench.clock import Line, p95, timed
from tests.bench.data import CASES, copied

RUNS = 300
BY = "练习员"
Verb = Callable[[Session, Any], object]


def everyday(folder: Folder) -> Iterator[Line]:
    """Reading, at the 95th percentile of many runs."""
    random = Random(1)
    engine = open_folder(folder, LOGIN, PASSWORD)
    yield compared(engine, folder, "a page of the list", 100, _page, wanted_pages(random))
    yield compared(
        engine, folder, "a search by two characters of a name", 100, _search, names(engine, random)
    )
    yield compared(engine, folder, "opening a case", 100, cases.load, case_ids(random))
    engine.dispose()


def saving(folder: Folder) -> Iterator[Line]:
    """Loading, changing and committing one case, each on a copy of its own."""
    with copied(folder, "ours") as ours, copied(folder, "bare") as theirs:
        engine = open_folder(ours, LOGIN, PASSWORD)
        with Session(engine) as session:
            open_to_change = Case.stage.not_in((Stage.ARCHIVED, Stage.CLOSED))
            ids = session.scalars(select(Case.id).where(open_to_change)).all()
        picks = Random(2).sample(ids, RUNS)
        at_work = partial(transaction, by=BY)
        yield compared(
            engine, theirs, "saving a case, with history and audit", 50, _save, picks, at_work=at_work
        )
        engine.dispose()


def wanted_pages(random: Random) -> list[tuple[listing.Wanted, int | None]]:
    """Pages as people ask for them: mostly what is open, some by kind or stage, some far down."""
    wanted = [
        listing.Wanted(unfinished=True),
        listing.Wanted(),
        *(listing.Wanted(kind=kind) for kind in Kind),
    ]
    wanted += [listing.Wanted(stage=stage) for stage in Stage]
    return [(random.choice(wanted), random.choice((None, random.randint(1, CASES)))) for _ in range(RUNS)]


def names(engine: Engine, random: Random) -> list[str]:
    """Two characters that stand together in the names of people."""
    with Session(engine) as session:
        ids = [random.randint(1, 2 * CASES) for _ in range(RUNS)]
        found = session.scalars(select(Party.name).where(Party.id.in_(ids))).all()
    starts = [(name, random.randrange(max(1, len(name) - 1))) for name in found]
    return [name[start : start + 2] for name, start in starts]


def case_ids(random: Random) -> list[int]:
    """Cases picked anywhere."""
    return [random.randint(1, CASES) for _ in range(RUNS)]


def compared(
    engine: Engine, bare: Folder, what: str, limit: float, verb: Verb, picks: Sequence[object],
    at_work: Callable[[Engine], AbstractContextManager[Session]] = Session,
) -> Line:  # fmt: skip
    """The verb for every pick, each in a session of its own; then the same statements by the bare driver."""

    def once(pick: object) -> None:
        with at_work(engine) as session:
            verb(session, pick)

    tape = Tape(engine)
    times, sent = [], []
    for pick in picks:
        times.append(timed(partial(once, pick)))
        sent.append(tape.cut())
    with opened(bare) as connection:
        bare_times = [timed(partial(replay, connection, statements)) for statements in sent]
    return Line(f"{what} (p95 of {len(times)})", p95(times), p95(bare_times), limit)


def _page(session: Session, pick: tuple[listing.Wanted, int | None]) -> object:
    wanted, before = pick
    return listing.find(session, wanted, before=before)


def _search(session: Session, words: str) -> object:
    wanted = listing.Wanted(words=words)
    return listing.find(session, wanted), listing.number_of(session, wanted)


def _save(session: Session, case_id: int) -> None:
    case = cases.load(session, case_id)
    cases.amend(session, case, {"remark": f"改于第 {case_id} 次练习"}, by=BY, reason="练习")
