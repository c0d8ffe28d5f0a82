"""Every declared field stands on a screen once, and what is typed there is what is stored."""

from collections import Counter
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mediator.domain.base import Base
from mediator.domain.fields import Shape, fields_of
from mediator.store.models import metadata  # noqa: F401 - every model is known
from mediator.ui import screens
from mediator.ui.forms import Section

MODELS = [mapper.class_ for mapper in Base.registry.mappers]


def shown() -> list[tuple[type, str]]:
    return [
        (attribute.property.parent.class_, attribute.key)
        for screen in screens.ALL
        for section in screen
        for line in section.lines
        for attribute in line.attributes
    ]


def test_every_field_stands_on_a_screen_once() -> None:
    declared = {(m, key) for m in MODELS for key, field in fields_of(m).items() if not field.system}
    times = Counter(shown())
    assert {entry for entry, n in times.items() if n > 1} == set()
    assert set(times) == declared


@pytest.mark.parametrize("screen", screens.ALL, ids=lambda s: s[0].lines[0].attributes[0].class_.__name__)
def test_lines_fill_their_width(screen: tuple[Section, ...]) -> None:
    for section in screen:
        for line in section.lines:
            shares = line.shares or (12 // len(line.attributes),) * len(line.attributes)
            assert len(shares) == len(line.attributes)
            assert sum(shares) == 12


@pytest.mark.parametrize("screen", screens.ALL, ids=lambda s: s[0].lines[0].attributes[0].class_.__name__)
def test_what_is_typed_is_what_is_stored(qtbot: QtBot, screen: tuple[Section, ...]) -> None:
    from mediator.ui.forms import FormPane

    model: Any = screen[0].lines[0].attributes[0].property.parent.class_
    form = FormPane(screen)
    qtbot.addWidget(form)
    fields = {key: field for key, field in fields_of(model).items() if key in form.editors}
    row = model(**{key: field.read(field.sample) for key, field in fields.items()})
    form.show_row(row)
    typed = form.raw()
    for key, field in fields.items():
        assert field.read(typed[key]) == getattr(row, key), key
        assert form.editors[key].widget.accessibleName() == field.label
        if field.shape is not Shape.FLAG:
            assert getattr(row, key), f"{key} has no sample"
