"""Every declared field of every model, without naming one: what people see of it, and what it takes and refuses."""

from collections.abc import Container
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import inspect

import mediator.store.models  # noqa: F401 - every model must be known
from mediator.domain.amounts import MOST
from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import Code, IdKind, Level, Outcome, Source, Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import MOST_PEOPLE, Field, Shape, field_of, fields_of, read_all, written
from mediator.domain.office import Office
from mediator.domain.people import Party
from mediator.domain.records import Session

MODELS: list[type[Any]] = sorted((m.class_ for m in Base.registry.mappers), key=lambda model: model.__name__)
WITH_FIELDS = [model for model in MODELS if fields_of(model)]
FIELDS = {
    f"{model.__name__}.{key}": field for model in WITH_FIELDS for key, field in fields_of(model).items()
}
TEXTS = (Shape.LINE, Shape.NAME, Shape.TEXT)


def every(shapes: Container[Shape] = tuple(Shape)) -> pytest.MarkDecorator:
    """Run a test for every field of these shapes."""
    chosen = {name: field for name, field in FIELDS.items() if field.shape in shapes}
    return pytest.mark.parametrize("field", chosen.values(), ids=chosen)


BARE = {
    "Agreement": {"id", "case_id"},
    "Assignment": {"id", "case_id", "staff_id"},
    "Backup": {"id", "made_at", "place", "medium", "name", "cases", "size", "up_to", "verified_at", "drilled_at"},
    "Batch": {"id", "file_name", "digest", "taken_at", "taken_by", "rows"},
    "Case": {"id", "uid", "number", "version", "intake_key", "batch_id", "discard_reason"},
    "Change": {"id", "entry_id", "table", "row_id", "case_id", "before", "after"},
    "Claim": {"id", "case_id", "closing_id", "staff_id"},
    "Closing": {"id", "table", "edition", "serial", "body", "cases", "notes", "closed_by", "digest"},
    "CustomTable": {"id", "spec"},
    "Counter": {"id", "series", "year", "last"},
    "Draft": {"id", "by", "place", "shown", "typed", "saved_at"},
    "Entry": {"id", "at", "clock_suspect", "by", "case_id", "detail", "reason", "medium", "undoes", "salt", "changes_digest", "hash"},
    "Event": {"id", "case_id", "by", "detail", "reason"},
    "Instalment": {"id", "item_id"},
    "Investigation": {"id", "case_id"},
    "Content": {"id", "digest", "data"},
    "FormSetting": {"id", "form", "place", "wording"},
    "IssuedPaper": {"id", "case_id", "particulars_id", "form", "subject_id", "number", "issued_by", "blocks", "digest",
                    "facts", "void_reason"},
    "Material": {"id", "case_id", "paper_id", "file_name", "media", "size", "pages", "digest", "added_by"},
    "Particulars": {"id", "case_id", "form", "subject_id", "number", "answers", "wording", "changed_by"},
    "Phrase": {"id"},
    "Signing": {"id", "paper_id", "place", "by"},
    "Item": {"id", "agreement_id", "debtor_id", "creditor_id"},
    "Office": {"id", "uid"},
    "OwnKey": {"id", "public", "private", "made_at", "retired_at"},
    "Party": {"id", "case_id"},
    "Received": {"id", "office_uid", "office_name", "table", "since", "until", "serial", "body", "digest",
                 "received_at", "received_by"},
    "Representative": {"id", "party_id"},
    "Policy": {"id"},
    "Price": {"id"},
    "Revisit": {"id", "case_id"},
    "Screening": {"id"},
    "Sent": {"id", "office_uid", "office_name", "table", "since", "until", "serial", "body", "digest",
             "sent_at", "sent_by", "file_name"},
    "Session": {"id", "case_id"},
    "Staff": {"id", "login", "roles"},
}  # fmt: skip
"""Columns without a declaration: keys, and what only the program writes. Whatever people type is a field."""


def test_every_column_is_a_field_or_known_to_be_none() -> None:
    bare = {
        model.__name__: {column.key for column in inspect(model).column_attrs} - set(fields_of(model))
        for model in MODELS
    }
    assert bare == BARE


@pytest.mark.parametrize("model", WITH_FIELDS)
def test_labels_are_there_and_unique_within_a_model(model: type[Any]) -> None:
    labels = [field.label for field in fields_of(model).values()]
    assert all(label == label.strip() != "" for label in labels)
    assert len(set(labels)) == len(labels)
    assert model.title


@every()
def test_a_sample_is_read_and_comes_back_as_it_was_written(field: Field) -> None:
    value = field.read(field.sample)
    assert value != field.empty or field.shape is Shape.FLAG
    assert field.read(field.write(value)) == value
    assert field.read(value) == value
    if field.shape in TEXTS:
        assert len(str(value)) <= field.most
    assert not field.help or field.help.endswith("。")


@every()
def test_nothing_typed_is_the_empty_value(field: Field) -> None:
    assert field.read(None) == field.read("") == field.read("  \n　") == field.empty


WRONG: dict[Shape, tuple[object, ...]] = {
    Shape.DAY: ("昨天", "2026-02-30", "9" * 5_000),
    Shape.MOMENT: ("昨天", "2026-02-30", "2026-03-05 25:00", "9" * 5_000),
    Shape.FEN: ("很多", "-1", "0.001", 1.5, -1, MOST + 1, True, "9" * 5_000),
    Shape.COUNT: ("几个", "-1", "1.5", 1.5, "1e3", str(MOST_PEOPLE + 1), "9" * 5_000, "²"),
    Shape.FLAG: ("也许", 2, "9" * 5_000),
    Shape.CODE: ("没有这一项", 7, "9" * 5_000),
}


@every()
def test_what_it_cannot_be_is_refused_in_one_sentence_that_names_the_field(field: Field) -> None:
    for raw in WRONG.get(field.shape, ("字" * (field.most + 1),)):
        with pytest.raises(Refusal) as refusal:
            field.read(raw)
        said = str(refusal.value)
        assert f"“{field.label}”" in said and said.endswith("。") and "\n" not in said
        assert field.shape is Shape.CODE or len(said) < 120


@every(TEXTS)
def test_a_text_is_taken_up_to_its_limit(field: Field) -> None:
    longest = "𪚥" * field.most
    assert field.read(longest) == longest
    assert field.read(f" \ufeff{longest}\x00 ") == longest


@every((Shape.CODE,))
def test_a_code_is_read_by_its_code_and_its_label(field: Field) -> None:
    assert field.codes is not None
    for entry in field.codes:
        assert field.read(entry.value) is field.read(entry.label) is field.read(f" {entry.label} ") is entry
    with pytest.raises(Refusal) as refusal:
        field.read("没有这一项")
    assert all(entry.label in str(refusal.value) for entry in field.codes.offered())


def filled(model: type[Any]) -> Any:
    """A row with every field at its sample."""
    return model(**{key: field.read(field.sample) for key, field in fields_of(model).items()})


@pytest.mark.parametrize("model", WITH_FIELDS)
def test_a_row_is_written_and_read_back_whole(model: type[Any]) -> None:
    row = filled(model)
    document = written(row)
    assert set(document) == set(fields_of(model))
    assert not any(isinstance(value, (Code, date, float)) for value in document.values())
    assert read_all(model, document) == {key: getattr(row, key) for key in fields_of(model)}


@pytest.mark.parametrize("model", WITH_FIELDS)
def test_an_empty_row_leaves_out_what_is_empty(model: type[Any]) -> None:
    defaults = {key: getattr(model(), key) for key in fields_of(model)}
    assert set(written(model())) == {key for key, value in defaults.items() if value not in ("", None)}


def test_a_new_row_has_its_defaults_before_it_is_stored() -> None:
    case = Case()
    assert (case.stage, case.source, case.level) == (Stage.REGISTERED, Source.APPLICATION, Level.GENERAL)
    assert (case.name, case.summary, case.outcome, case.claimed) == ("", "", None, None)
    assert Party(name="王𬎆").id_kind is IdKind.RESIDENT
    assert Party(id_kind=IdKind.NONE).id_kind is IdKind.NONE


def test_whole_numbers_are_fen_and_text_is_yuan() -> None:
    claimed = field_of(Case.claimed)
    assert claimed.read(1_500_000) == claimed.read("15000") == claimed.read("1.5万") == 1_500_000
    assert claimed.write(1_500_001) == "15000.01"
    with pytest.raises(Refusal, match="浮点数"):
        claimed.read(15000.0)


def test_a_moment_from_a_day_or_a_text_keeps_its_time() -> None:
    held = field_of(Session.held_at)
    assert held.read(date(2026, 3, 5)) == datetime(2026, 3, 5)
    assert held.read("2026年3月5日 14:30") == datetime(2026, 3, 5, 14, 30)
    assert held.write(datetime(2026, 3, 5, 14, 30)) == "2026-03-05T14:30"
    assert field_of(Case.registered_on).read(datetime(2026, 3, 5, 14, 30)) == date(2026, 3, 5)


def test_a_time_limit_is_some_months_and_no_more() -> None:
    limit = field_of(Office.month_limit)
    assert limit.read("１２") == 12
    with pytest.raises(Refusal, match="最多是 36"):
        limit.read("37")


def test_only_fields_of_the_model_are_read() -> None:
    read = read_all(Case, {"summary": " 漏水 ", "outcome": "oral", "colour": "红", "parties": []})
    assert read == {"summary": "漏水", "outcome": Outcome.ORAL}
    assert list(fields_of(Case))[:3] == ["changed_at", "registered_on", "source"]
