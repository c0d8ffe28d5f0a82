"""What a command says: one JSON document or lines of words on standard output, warnings on standard error."""

import json
import sys
from collections.abc import Iterable
from datetime import date, datetime

from mediator.commands.command import Given
from mediator.domain.amounts import figures
from mediator.domain.codes import Code
from mediator.domain.fields import Field, Shape, Value, fields_of


def say(given: Given, document: object, lines: Iterable[str]) -> None:
    """Print the document where --json was asked for, else the lines."""
    if given.json:
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return
    for line in lines:
        print(line)


def warn(words: str) -> None:
    """Print a warning."""
    print(words, file=sys.stderr)


def told(row: object) -> list[str]:
    """A row's fields that hold anything, a line each: 纠纷类型：邻里纠纷."""
    values = [(field, getattr(row, key)) for key, field in fields_of(type(row)).items()]
    return [f"{field.label}：{shown(field, value)}" for field, value in values if value not in ("", None)]


def shown(field: Field, value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, Code):
        return value.label
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if field.shape is Shape.FEN and isinstance(value, int):
        return f"{figures(value)} 元"
    return str(value).replace("\n", "\n  ")
