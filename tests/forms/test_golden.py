"""Every form, set as text for every sample case it fits, says word for word what its golden file says.

A golden file is changed by hand only: read the text that a failing test leaves, then copy it if it is right.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_cases import CASES, listed, sheets_of

from mediator.forms.form import Form, Sheet, gaps, lay
from mediator.forms.register import FORMS
from mediator.paper import text

GOLDEN = Path(__file__).parent / "golden"


def sheets() -> Iterator[tuple[str, Form, Sheet]]:
    for form in FORMS:
        if form.of_office:
            yield f"{form.code}-office", form, listed(form)
    for case_name, make in CASES.items():
        for form in FORMS:
            for place, sheet in enumerate([] if form.of_office else sheets_of(form, make()), 1):
                if not gaps(form, sheet):
                    yield f"{form.code}-{case_name}" + (f"-{place}" if place > 1 else ""), form, sheet


SHEETS = [pytest.param(*sheet, id=sheet[0]) for sheet in sheets()]


@pytest.mark.parametrize(("name", "form", "sheet"), SHEETS)
def test_the_paper_says_what_its_golden_text_says(
    name: str, form: Form, sheet: Sheet, tmp_path: Path
) -> None:
    actual = text.write(lay(form, sheet))
    golden = GOLDEN / f"{name}.txt"
    expected = golden.read_text("utf-8") if golden.exists() else None
    if actual != expected:
        left = tmp_path / golden.name
        left.write_text(actual, "utf-8")
        pytest.fail(f"{golden.name} differs from what the form says now: {left}")


def test_every_form_has_a_golden_text_and_none_is_left_over() -> None:
    written = {name for name, _, _ in sheets()}
    assert {path.stem for path in GOLDEN.iterdir()} == written
    assert {name.split("-")[0] for name in written} == {form.code for form in FORMS}
