"""All official forms, in the order of the bound file (卷宗)."""

from mediator.domain.errors import Refusal
from mediator.forms.acceptance import ACCEPTANCE
from mediator.forms.agreement import AGREEMENT
from mediator.forms.application import APPLICATION
from mediator.forms.form import Form
from mediator.forms.oral import ORAL
from mediator.forms.record import RECORD
from mediator.forms.revisit import REVISIT
from mediator.forms.rights import RIGHTS

FORMS: tuple[Form, ...] = (APPLICATION, ACCEPTANCE, RIGHTS, RECORD, AGREEMENT, ORAL, REVISIT)


def by_code(code: str) -> Form:
    """The form of a code; Refusal if there is none."""
    for form in FORMS:
        if form.code == code:
            return form
    known = "、".join(f"{form.code}（{form.title}）" for form in FORMS)
    raise Refusal(f"没有代号为“{code[:40]}”的文书，可用的有：{known}。")
