"""The cases behind every column of a table (数字背后的案件), kept by their life-long identities in a compact form.

Every case stands once, among those that the same columns count: ``{"columns": [names], "groups": [[places of columns,
identities], …]}``. The columns that do not count cases (排查, 调解员) have none.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Basis
from mediator.tallies.count import drill
from mediator.tallies.table import Column, Table

Members = Mapping[str, frozenset[str]]
"""By the identity of a case: the names of the columns that count it."""
Moved = dict[str, list[str]]
"""By the name of a column: identities of cases."""

_BITS = 60
"""Columns to one whole number of the statement."""


def counted(session: Session, table: Table, basis: Basis, since: date, until: date) -> Members:
    """Which columns of a table count each case as it is now, by the expressions that open the list of a number."""
    columns = [column for column in table.columns if column.of.key.class_ is Case]
    members: dict[str, frozenset[str]] = {}
    for population in dict.fromkeys(column.of for column in columns):
        family = [column for column in columns if column.of is population]
        named: dict[Sequence[int], frozenset[str]] = {}
        for uid, *masks in session.execute(_statement(table, family, basis, since, until)):
            marks = tuple(masks)
            names = named.get(marks) or named.setdefault(marks, _names(family, marks))
            if names:
                members[uid] = members.get(uid, frozenset()) | names
    return members


def written(members: Members) -> str:
    """The lists as JSON; the same lists always give the same text."""
    columns = sorted(frozenset().union(*members.values()))
    places = {name: place for place, name in enumerate(columns)}
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    for uid, names in members.items():
        groups[names].append(uid)
    listed = sorted([sorted(places[name] for name in names), sorted(uids)] for names, uids in groups.items())
    return json.dumps({"columns": columns, "groups": listed}, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Members:
    """Read what ``written`` wrote."""
    document = json.loads(text)
    members: dict[str, frozenset[str]] = {}
    for places, uids in document["groups"]:
        members.update(dict.fromkeys(uids, frozenset(document["columns"][place] for place in places)))
    return members


def moved(was: Members, now: Members) -> tuple[Moved, Moved]:
    """The cases that are gone from each column and those that have come to it."""
    gone: Moved = defaultdict(list)
    come: Moved = defaultdict(list)
    nothing: frozenset[str] = frozenset()
    for uid in sorted(was.keys() | now.keys()):
        before, after = was.get(uid, nothing), now.get(uid, nothing)
        if before != after:
            for name in before - after:
                gone[name].append(uid)
            for name in after - before:
                come[name].append(uid)
    return gone, come


def _statement(
    table: Table, columns: Sequence[Column], basis: Basis, since: date, until: date
) -> Select[*tuple[Any, ...]]:
    """Every case of the period with a bit for each column that counts it."""
    population = columns[0].of
    counts = [drill(table, column.name, basis, since, until).whereclause for column in columns]
    masks = [_mask(counts[start : start + _BITS]) for start in range(0, len(counts), _BITS)]
    scopes = dict.fromkeys(column.scope for column in columns)
    within = or_(*(population.condition(scope, basis, since, until) for scope in scopes))
    return select(Case.uid, *masks).select_from(population.source).where(within)


def _mask(conditions: Sequence[ColumnElement[bool] | None]) -> ColumnElement[int]:
    bits = [case((where, 1 << n), else_=0) for n, where in enumerate(conditions) if where is not None]
    return reduce(add, bits)


def _names(columns: Sequence[Column], marks: Sequence[int]) -> frozenset[str]:
    mask = sum(mark << place * _BITS for place, mark in enumerate(marks))
    return frozenset(column.name for n, column in enumerate(columns) if mask >> n & 1)
