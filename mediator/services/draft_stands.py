"""What stands now where a draft was typed (暂存对照): a row of the database, something new, or a list beside a row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Value, fields_of
from mediator.services import drafts, merging

NEW = "new"
"""Stands for the id of a row that has none yet."""


class Step(NamedTuple):
    """One part of a place: what it is, and which."""

    what: str
    which: str = ""

    @property
    def row(self) -> int | None:
        """The id of the row; None for a new one."""
        return int(self.which) if self.which.isdecimal() else None


class Listed(NamedTuple):
    """Something typed that is no field: its label, how it is told, what stands there now."""

    label: str
    tell: Callable[[Any], str]
    now: object = None


@dataclass
class Stands:
    """What stands now where a draft was typed."""

    form: str
    """What the form is called."""
    values: Mapping[str, Value] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    lists: Mapping[str, Listed] = field(default_factory=dict)
    gone: bool = False
    new: bool = False
    """Whether nothing stands there yet."""
    barred: str = ""
    """Why one cannot go on there; what was typed is told all the same."""
    whole: bool = False
    """Of something new: whether all that was in the form is told, also what was only proposed."""


def steps(place: str) -> list[Step]:
    """The parts of a place."""
    return [Step(*part.partition(":")[::2]) for part in drafts.bare(place).split("/")]


def of_row(form: str, row: object | None, model: type[Any], **lists: Listed) -> Stands:
    """A row as it stands; its fields empty where there is none."""
    fields = fields_of(model)
    values = {key: getattr(row, key) for key in fields} if row is not None else {}
    return Stands(form, values, fields, lists)


def one_of(
    form: str, rows: Iterable[Any], step: Step, model: type[Any] | None = None, **lists: Listed
) -> Stands:
    """One row of several, or a new one; Refusal if it is gone and nobody can say what it was."""
    row = next((one for one in rows if one.id == step.row), None) if step.row is not None else None
    kind = model or (type(row) if row is not None else None)
    if kind is None:
        raise Refusal("这一条已经不在了，不能接着填。")
    told = form if row is not None or step.row is None else f"{form}（已被删去）"
    made = of_row(f"{form}（新增）" if step.row is None else told, row, kind, **lists)
    made.gone, made.new = step.row is not None and row is None, row is None
    return made


def typed_anew(form: str, fields: Mapping[str, Field], lists: Mapping[str, Listed] | None = None) -> Stands:
    """A dialog in which something new is written down (一笔履行、一步办理): all of it is told."""
    return Stands(form, fields=fields, lists=lists or {}, new=True, whole=True)


def teller(entry: Field) -> Callable[[object], str]:
    """How what was typed into a field is told."""
    return partial(merging.words_of, entry)
