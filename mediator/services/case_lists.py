"""What stands behind every column of a table (数字背后的案件), kept by life-long identities in a compact form.

Everything stands once: ``{"columns": [names], "things": [identities, the oldest first], "groups": [[places of columns, places
of things], …]}``, a group for those that the same columns count. A case has its own identity; a screening, mediator or office
is "screenings:12". The columns of the year so far (年度累计) are named with a plus.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import chain
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Basis
from mediator.tallies.count import adds_to, families
from mediator.tallies.population import CASES, Population
from mediator.tallies.table import Column, Table

SO_FAR = "+"
"""Ends the name of a column where it is that of the year so far."""
_BITS = 60
"""Columns to one whole number of the statement."""

Names = frozenset[str]
Moved = Mapping[str, Sequence[str]]
"""By the name of a column: identities."""


@dataclass(frozen=True)
class Members:
    """Which things each column counts."""

    things: Sequence[str]
    """Identities, the oldest first."""
    groups: Mapping[Names, Sequence[int]]
    """By the columns that count them: places of things, in order. A thing can stand in several groups."""

    def of(self, name: str, *, so_far: bool = False) -> list[str]:
        """The identities of what a column counts, the oldest first."""
        wanted = name + SO_FAR if so_far else name
        places = sorted(chain(*(places for names, places in self.groups.items() if wanted in names)))
        return [self.things[place] for place in places]

    @cached_property
    def called(self) -> Mapping[Names, list[str]]:
        """The groups by identities."""
        return {names: [self.things[place] for place in places] for names, places in self.groups.items()}


def counted(
    session: Session, table: Table, basis: Basis, since: date, until: date, year: date | None = None
) -> Members:
    """What each column counts now, by the expressions that open the list of a number; for the year from ``year`` too."""
    spans = (
        {since: ("",)} if year is None else {year: (SO_FAR,), since: ("", SO_FAR) if year == since else ("",)}
    )
    ids: dict[Population, dict[Names, list[int]]] = defaultdict(lambda: defaultdict(list))
    for start, suffixes in spans.items():
        for family in families(table):
            found = ids[family[0].of]
            for *marks, listed in session.execute(_statement(family, basis, start, until)):
                names = frozenset(name + suffix for name in _names(family, marks) for suffix in suffixes)
                if names:
                    found[names] += map(int, listed.split(","))
    return _laid_out(session, ids)


def written(members: Members) -> str:
    """The lists as JSON; the same lists always give the same text."""
    columns = sorted(frozenset().union(*members.groups))
    places = {name: place for place, name in enumerate(columns)}
    groups = sorted(
        [sorted(places[name] for name in names), list(things)] for names, things in members.groups.items()
    )
    document = {"columns": columns, "things": list(members.things), "groups": groups}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Members:
    """Read what ``written`` wrote."""
    document = json.loads(text)
    columns = document["columns"]
    groups = {frozenset(columns[place] for place in places): things for places, things in document["groups"]}
    return Members(document["things"], groups)


def moved(was: Members, now: Members) -> tuple[Moved, Moved]:
    """What is gone from each column and what has come to it."""
    left: dict[str, Names] = defaultdict(frozenset)
    entered: dict[str, Names] = defaultdict(frozenset)
    before, after = was.called, now.called
    for names in before.keys() | after.keys():
        old, new = before.get(names, []), after.get(names, [])
        if old != new:
            for thing in set(old).difference(new):
                left[thing] |= names
            for thing in set(new).difference(old):
                entered[thing] |= names
    return _by_column(left, entered), _by_column(entered, left)


def is_case(identity: str) -> bool:
    """Whether an identity is that of a case."""
    return ":" not in identity


def number_of(identity: str) -> int:
    """The id in the identity of what is no case: 12 in "screenings:12"."""
    return int(identity.partition(":")[2])


def _by_column(here: Mapping[str, Names], there: Mapping[str, Names]) -> Moved:
    """The things by the columns they have here and not there."""
    found: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(here):
        for name in here[thing] - there.get(thing, frozenset()):
            found[name].append(thing)
    return found


def _statement(columns: Sequence[Column], basis: Basis, since: date, until: date) -> Select[*tuple[Any, ...]]:
    """The ids of the things of a period, those together that the same columns count: a bit for each column."""
    of = columns[0].of
    parts = [columns[start : start + _BITS] for start in range(0, len(columns), _BITS)]
    masks = {f"mask_{place}": _mask(part) for place, part in enumerate(parts)}
    within = of.condition(columns[0].scope, basis, since, until)
    chosen = [*(mask.label(name) for name, mask in masks.items()), func.group_concat(of.key)]
    return select(*chosen).select_from(of.source).where(within).group_by(*masks)


def _mask(columns: Sequence[Column]) -> ColumnElement[int]:
    return reduce(add, (case((adds_to(column), 1 << n), else_=0) for n, column in enumerate(columns)))


def _names(columns: Sequence[Column], marks: Sequence[int]) -> Names:
    mask = sum(mark << place * _BITS for place, mark in enumerate(marks))
    return frozenset(column.name for n, column in enumerate(columns) if mask >> n & 1)


def _laid_out(session: Session, ids: Mapping[Population, Mapping[Names, list[int]]]) -> Members:
    """Give everything its place, by kind and then in the order in which it was entered."""
    things: list[str] = []
    groups: dict[Names, list[int]] = {}
    for of, found in ids.items():
        every = sorted(set(chain(*found.values())))
        places = {one: place for place, one in enumerate(every, len(things))}
        groups |= {names: sorted(places[one] for one in listed) for names, listed in found.items()}
        things += _identities(session, of, every)
    return Members(things, groups)


def _identities(session: Session, of: Population, ids: Sequence[int]) -> list[str]:
    """What the things of some ids are called for life."""
    if of is not CASES:
        return [f"{of.name}:{one}" for one in ids]
    uids = json.loads(session.scalars(select(func.json_group_object(Case.id, Case.uid))).one())
    return [uids[str(one)] for one in ids]
