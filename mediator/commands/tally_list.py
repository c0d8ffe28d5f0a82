"""mediator tally --list: every table (统计表) there is, in every edition, and what each of its numbers means (口径)."""

from collections.abc import Iterator
from dataclasses import dataclass

from mediator.commands import lists, say
from mediator.commands.command import Given
from mediator.domain.codes import Basis
from mediator.tallies import register
from mediator.tallies.figures import share_of
from mediator.tallies.table import Table

BASIS = Basis.CONCLUDED
"""By which day the definitions are told; an office that chose another one (统计口径) reads that one in its tables."""


@dataclass(frozen=True)
class Told:
    """An item of a table in words."""

    code: str
    label: str
    group: str
    unit: str
    definition: str
    otherwise: str = ""
    """口径 for an office that counts by the other day, where it is another."""


def run(given: Given) -> int:
    """List the tables, and the lists by their codes."""
    tables = [*register.TABLES, *register.OLDER]
    document = [
        {
            "code": table.code, "title": table.title, "edition": table.edition, "validity": register.validity(table),
            "columns": [_document(told) for told in _columns(table)],
            "rates": [_document(told) for told in _rates(table)],
        }
        for table in tables
    ]  # fmt: skip
    words = [line for table in tables for line in _lines(table)]
    also = [{"code": code, "title": title} for code, title in lists.TITLES.items()]
    words += [f"{code}\t{title}" for code, title in lists.TITLES.items()]
    say.say(given, {"tables": document, "lists": also}, words)
    return 0


def _columns(table: Table) -> Iterator[Told]:
    for column in table.columns:
        told = [table.definition(column, basis) for basis in (BASIS, Basis.ACCEPTED)]
        otherwise = told[1] if told[1] != told[0] else ""
        yield Told(column.name, column.label, column.group, column.unit.shown, told[0], otherwise)


def _rates(table: Table) -> Iterator[Told]:
    for rate in table.rates:
        yield Told(rate.name, rate.label, rate.group, "%", share_of(rate, table.columns))


def _document(told: Told) -> dict[str, str]:
    found = {
        "code": told.code, "label": told.label, "group": told.group, "unit": told.unit, "definition": told.definition,
    }  # fmt: skip
    return found | ({"definition_accepted": told.otherwise} if told.otherwise else {})


def _lines(table: Table) -> Iterator[str]:
    told = [*_columns(table), *_rates(table)]
    head = f"{table.code}\t{table.title}\t表式版本 {table.edition}\t适用于 {register.validity(table)} 结束的报告期"
    by_day = any(one.otherwise for one in told)
    yield head + (f"\t口径写的是{BASIS.label}统计的，单位选了另一种的，以表上印的为准" if by_day else "")
    for one in told:
        yield "\t".join((one.code, one.label, one.unit, one.definition))
