"""Code lists: what was shipped stays, and a person can tell the entries apart."""

import json
from datetime import date
from pathlib import Path

import pytest

from mediator.domain import codes
from mediator.domain.codes import ALL, ETHNIC_GROUPS, SETTLED, UNSETTLED, Code, Kind, Outcome

SHIPPED: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "codes.json").read_text("utf-8"))
"""Every code that ever left the house, with its label. Lines are added by hand and never taken out or changed."""


def test_every_code_list_is_listed() -> None:
    assert set(ALL) == {entries for entries in Code.__subclasses__() if entries.__module__ == codes.__name__}
    assert {entries.__name__ for entries in ALL} == set(SHIPPED)


@pytest.mark.parametrize("entries", ALL)
def test_no_shipped_code_is_removed_renamed_or_forgotten(entries: type[Code]) -> None:
    assert {entry.value: entry.label for entry in entries} == SHIPPED[entries.__name__]


@pytest.mark.parametrize("entries", ALL)
def test_entries_can_be_told_apart(entries: type[Code]) -> None:
    words = [entry.label for entry in entries]
    assert len(set(words)) == len(words) == len(list(entries))
    assert not {entry.value for entry in entries} & set(words)
    for entry in entries:
        assert entry.label == entry.label.strip() != ""
        assert str(entry) == f"{entry}" == entry.label
        assert entry.value.isascii() and len(entry.value) <= 20
    assert entries.__doc__


def test_a_retired_code_is_known_but_no_longer_offered() -> None:
    class Colour(Code):
        RED = "red", "红", None
        GREEN = "green", "绿", date(2026, 1, 1)

    assert list(Colour) == [Colour.RED, Colour.GREEN]
    assert Colour.offered() == [Colour.RED]


def test_the_eighteen_kinds_of_the_case_table() -> None:
    assert len(Kind) == 18
    assert list(Kind)[-1] is Kind.OTHER


def test_an_outcome_is_either_an_agreement_or_not() -> None:
    assert set(SETTLED) | set(UNSETTLED) == set(Outcome)
    assert not set(SETTLED) & set(UNSETTLED)
    assert [outcome for outcome in Outcome if outcome.settled] == list(SETTLED)


def test_fifty_six_peoples() -> None:
    assert len(set(ETHNIC_GROUPS)) == 56
    assert all(name.endswith("族") for name in codes.ETHNIC_GROUPS)
