"""What lies in a data folder, and something to put into it."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from mediator.services import documents

NAMES = ("王𬎆大宝", "阿依古丽·买买提江", "滨江路之九曲十八弯")
ID = "000000196203150013"


def contents(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def enter_a_case(engine: Engine) -> str:
    raw = {
        "registered_on": "2026-03-01",
        "occurred_place": NAMES[2],
        "summary": f"{NAMES[0]}说：漏水。" * 40,
        "parties": [
            {"side": "applicant", "name": NAMES[0], "id_number": ID},
            {"side": "respondent", "name": NAMES[1]},
        ],
    }
    with Session(engine) as session, session.begin():
        return documents.register(session, raw, by="陈志华", today=date(2026, 11, 21)).number


def numbers(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text('select number from "case" order by id')))
