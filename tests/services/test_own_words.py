"""The office's own words for passages of its forms: kept, left out, undone, and never those of one case."""

import pytest
from sqlalchemy.orm import Session
from test_road import BY, TODAY, settle

from mediator.domain.errors import Refusal
from mediator.forms import rewording
from mediator.forms.register import by_code
from mediator.services import form_settings, papers, particulars

RIGHTS = by_code("rights")


def passage(session: Session) -> str:
    found = rewording.passages(papers.empty(session, RIGHTS, today=TODAY))
    return next(words for words in found if "均已知悉" in words)


def test_nothing_leaves_it_out_and_only_none_undoes_it(session: Session) -> None:
    known = passage(session)
    form_settings.reword(session, "rights", known, "")
    assert form_settings.wording(session, RIGHTS) == {known: ""}
    assert "均已知悉" not in str(papers.empty(session, RIGHTS, today=TODAY))
    form_settings.reword(session, "rights", known, None)
    assert form_settings.wording(session, RIGHTS) == {}


def test_one_paper_stands_as_the_program_words_it_whatever_the_office_says(session: Session) -> None:
    case, known = settle(session), passage(session)
    form_settings.reword(session, "rights", known, "都讲了。")
    session.flush()
    kept = particulars.reword(session, case, RIGHTS, None, known, known, by=BY)
    assert particulars.wording(kept) == {known: known}
    assert "均已知悉" in str(papers.draft(session, case, RIGHTS, None, today=TODAY))
    particulars.reword(session, case, RIGHTS, None, known, None, by=BY)
    assert "都讲了。" in str(papers.draft(session, case, RIGHTS, None, today=TODAY))


def test_words_that_tell_of_a_party_are_for_one_paper_only(session: Session) -> None:
    case, known = settle(session), passage(session)
    name = case.parties[0].name
    with pytest.raises(Refusal, match=f"姓名或名称“{name}”.*只改这一份"):
        form_settings.reword(session, "rights", known, f"已经告诉{name}。", case=case)
    assert form_settings.wording(session, RIGHTS) == {}
    case.parties[0].name = "均已知悉"  # a name that the form itself has among its words
    case.parties[1].name = "讲"
    form_settings.reword(session, "rights", known, "均已知悉，讲清楚了。", case=case)
    assert form_settings.wording(session, RIGHTS) == {known: "均已知悉，讲清楚了。"}


def test_words_for_a_passage_that_no_paper_has_any_more_are_known(session: Session) -> None:
    known = passage(session)
    form_settings.reword(session, "rights", known, "都讲了。")
    form_settings.reword(session, "rights", "从前有过的话", "别的话")
    assert form_settings.idle(session, RIGHTS, TODAY) == ["从前有过的话"]
