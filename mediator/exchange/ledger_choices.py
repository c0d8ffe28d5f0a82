"""What a person decides for one file (对照): which column is which, how a word is read, which sheet.

As a JSON file: ``{"申请人": "甲方", "remark": "", "sheet": "二月", "words": {"outcome": {"已化解": "达成书面协议"}}}``.
A heading is named by its code or its label; an empty one means that nothing is taken for it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from mediator.domain.codes import Code, Kind, Outcome, Referrer, Source
from mediator.domain.errors import Refusal
from mediator.exchange.ledger_headings import ALL, KIND, OUTCOME, SOURCE
from mediator.exchange.ledger_words import Loose, Origin, Result, bare

_CODES = {key: heading.code for heading in ALL.values() for key in (heading.label, heading.code)}
_MOST_BYTES = 2**20

T = TypeVar("T")


@dataclass(frozen=True)
class Choices:
    """What was decided for one file; words stand as ``ledger_words.bare`` leaves them."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    results: Mapping[str, Result] = field(default_factory=dict)


def read_choices(path: Path) -> Choices:
    """The choices of a JSON file; Refusal says what in it cannot be used."""
    try:
        with path.open("rb") as file:
            raw = json.loads(file.read(_MOST_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise Refusal(f"对照文件“{path.name}”读不出来；请核对它是否是 JSON 文件。") from None
    if not isinstance(raw, dict):
        raise Refusal(f'对照文件“{path.name}”应是 {{"申请人": "台账里的表头"}} 这样的一组对照。')
    return choose(raw)


def choose(raw: Mapping[str, object]) -> Choices:
    """Choices out of a mapping as the file holds it."""
    words = raw.get("words", {})
    columns = {key: value for key, value in raw.items() if key not in ("words", "sheet")}
    if not isinstance(words, Mapping) or not all(isinstance(value, Mapping) for value in words.values()):
        raise Refusal('对照里的“words”应写成 {"outcome": {"已化解": "达成书面协议"}} 这样。')
    tables = {_code(key): table for key, table in words.items()}
    if unknown := set(tables) - {KIND.code, SOURCE.code, OUTCOME.code}:
        raise Refusal(
            f"对照里“{ALL[unknown.pop()].label}”的用语不能另定，能另定的是纠纷类型、案件来源、调解结果。"
        )
    return Choices(
        {_code(key): str(heading or "") for key, heading in columns.items()},
        str(raw.get("sheet") or ""),
        _read(tables.get(KIND.code), _kind),
        _read(tables.get(SOURCE.code), _origin),
        _read(tables.get(OUTCOME.code), _result),
    )


def _read(table: Mapping[object, object] | None, reader: Callable[[str], T]) -> dict[str, T]:
    return {bare(str(word)): reader(str(meaning)) for word, meaning in (table or {}).items()}


def _code(key: str) -> str:
    if key not in _CODES:
        raise Refusal(f"对照里的“{key}”不是台账栏目；可用的有：{'、'.join(h.label for h in ALL.values())}。")
    return _CODES[key]


def _entry(codes: type[Code], meaning: str) -> Code | None:
    return next((entry for entry in codes if meaning in (entry.value, entry.label)), None)


def _kind(meaning: str) -> Kind:
    kind = _entry(Kind, meaning)
    if not isinstance(kind, Kind):
        raise _unknown(meaning, Kind)
    return kind


def _origin(meaning: str) -> Origin:
    referrer = _entry(Referrer, meaning)
    if isinstance(referrer, Referrer):
        return Source.REFERRAL, referrer
    source = _entry(Source, meaning)
    if not isinstance(source, Source):
        raise _unknown(meaning, Source, Referrer)
    return source, Referrer.OTHER if source is Source.REFERRAL else None


def _result(meaning: str) -> Result:
    if meaning == Loose.OPEN.value:
        return Loose.OPEN
    outcome = _entry(Outcome, meaning)
    if not isinstance(outcome, Outcome):
        raise _unknown(meaning, Outcome, Loose.OPEN.value)
    return outcome


def _unknown(meaning: str, *offered: type[Code] | str) -> Refusal:
    labels = [label for o in offered for label in ([o] if isinstance(o, str) else [e.label for e in o])]
    return Refusal(f"对照里的“{meaning[:30]}”不在可选之列；可选的有：{'、'.join(labels)}。")
