"""The command line as tests run it: inside this process, with what it printed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

USER, PASSWORD = "chen", "滨江 practice 01"
PAGE = 4096
"""Bytes of a page of the database."""
FIRST = "(2026)滨江人调字第001号"

CASE: dict[str, Any] = {
    "registered_on": "2026-03-01",
    "kind": "neighbour",
    "summary": "楼上水管爆裂,\n楼下吊顶、地板被泡坏。",
    "occurred_place": "滨江路 12 号 3 栋",
    "claimed": "21000.05",
    "parties": [
        {"side": "applicant", "name": "周文谦", "id_number": "000000196203150013"},
        {
            "side": "respondent",
            "name": "阿依古丽•买买提",
            "id_kind": "none",
            "representatives": [{"name": "王𬎆", "proxy": "agent", "id_kind": "none"}],
        },
    ],
}
STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("accepted", {"on": "2026-03-01"}),
    ("告知", {"on": "2026-03-01"}),
    ("assigned", {"on": "2026-03-02", "assignments": [{"staff": "陈志华", "duty": "lead"}]}),
    ("mediating", {"on": "2026-03-03"}),
    (
        "settled",
        {
            "on": "2026-03-05",
            "outcome": "written",
            "sessions": [
                {"held_at": "2026-03-04T09:00", "record": "双方各执一词。"},
                {"held_at": "2026-03-05T14:00", "record": "谈妥。"},
            ],
            "agreement": {
                "items": [
                    {
                        "kind": "money",
                        "debtor": "阿依古丽·买买提",
                        "creditor": "周文谦",
                        "amount": "15000.05",
                    },
                    {"kind": "act", "debtor": "respondent", "act": "修好漏水的水管"},
                ]
            },
        },
    ),
)
"""The road of the case from its registration to its agreement."""


@dataclass(frozen=True)
class Ran:
    """What one command came to."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document printed."""
        return json.loads(self.out)


class Runs(Protocol):
    """Runs the command line with some words."""

    def __call__(self, *words: object) -> Ran: ...


def page_around(database: Path, place: int) -> bytes:
    """The page of a database in which a byte lies, as it is on the disk."""
    start = place // PAGE * PAGE
    return database.read_bytes()[start : start + PAGE]


def put(path: Path, document: object) -> Path:
    """A JSON file."""
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def refused(ran: Ran, *parts: str) -> None:
    """Assert that a command was refused as it should be: one Chinese sentence, no trace of the program."""
    assert ran.status == 1, ran
    sentence(ran, *parts)


def sentence(ran: Ran, *parts: str) -> None:
    """Assert that one whole Chinese sentence stands on standard error, with these parts."""
    assert ran.err.count("\n") == 1, ran.err
    assert ran.err.endswith("。\n")
    assert "Traceback" not in ran.err
    assert "程序出了差错" not in ran.err
    assert any("\u4e00" <= c <= "\u9fff" for c in ran.err)
    for part in parts:
        assert part in ran.err
