"""A process that saves cases when told to, and says each time that it is done: python saver.py KEY < orders.

An order is a line of JSON: the database, how many cases and a word for their summary. Each is carried out by a child,
so that it can be killed without the next one having to load the program again.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

import mediator.store.models  # noqa: F401 - every model must be known
from mediator.services import documents
from mediator.store.engine import connect

TODAY = date(2026, 11, 21)


def say(**words: object) -> None:
    """One whole line at once, so that nothing is said by halves."""
    os.write(sys.stdout.fileno(), json.dumps(words).encode() + b"\n")


def save(database: str, cases: int, word: str, key: bytes) -> None:
    """Save one case after another, each in a transaction of its own, and say its number once it is kept."""
    engine = connect(Path(database), key)
    parties = [
        {"side": "applicant", "name": f"王𬎆{word}"},
        {"side": "respondent", "name": "阿依古丽·买买提"},
    ]
    for _ in range(cases):
        raw = {"registered_on": "2026-03-01", "summary": f"{word}漏水。" * 200, "parties": parties}
        with Session(engine) as session, session.begin():
            number = documents.register(session, raw, by="陈志华", today=TODAY).number
        say(kept=number)
    engine.dispose()


def main() -> None:
    """Carry out orders until there are no more."""
    key = bytes.fromhex(sys.argv[1])
    say(ready=True)
    children = 0
    for line in sys.stdin:
        order = json.loads(line)
        if order is None:
            for _ in range(children):
                os.wait()
            children = 0
            say(gone=True)
            continue
        child = os.fork()
        if not child:
            save(**order, key=key)
            os._exit(0)
        children += 1
        say(pid=child)


if __name__ == "__main__":
    main()
