"""What holds for every form in the list."""

from datetime import datetime
from itertools import pairwise

import pytest
from sample_cases import CASES, TODAY, bare, leak, new, office

from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal
from mediator.domain.records import Revisit, Session
from mediator.forms import register
from mediator.forms.form import Form, Sheet, gaps, lay, since, subjects
from mediator.forms.register import FORMS
from mediator.paper import text
from mediator.paper.blocks import Paper, Seal, Signatures, dumps, loads

every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)


def empty_subject(form: Form) -> object | None:
    if form.about is Session:
        return new(Session, held_at=datetime(2026, 5, 20))
    return new(Revisit, visited_on=TODAY) if form.about is Revisit else None


def bare_paper(form: Form) -> Paper:
    return lay(form, Sheet(bare(), office(), TODAY, empty_subject(form)))


def test_codes_and_titles_are_not_used_twice() -> None:
    assert len({form.code for form in FORMS}) == len({form.title for form in FORMS}) == len(FORMS)


def test_the_forms_stand_in_the_order_of_the_bound_file() -> None:
    assert [form.title for form in FORMS] == [
        "人民调解申请书",
        "人民调解受理登记表",
        "人民调解当事人权利义务告知书",
        "人民调解记录",
        "人民调解协议书",
        "人民调解口头协议登记表",
        "人民调解回访记录",
    ]


def test_a_form_is_found_by_its_code_and_an_unknown_code_is_refused_in_chinese() -> None:
    assert all(register.by_code(form.code) is form for form in FORMS)
    with pytest.raises(Refusal, match=r"没有代号为“人民”的文书.*agreement（人民调解协议书）.*。$"):
        register.by_code("人民")


@every_form
def test_a_paper_of_an_almost_empty_case_leaves_room_to_write(form: Form) -> None:
    words = text.write(bare_paper(form))
    assert words.startswith(form.title + "\n")
    assert "None" not in words
    assert "零元" not in words
    assert text.BLANK in words


@every_form
def test_an_almost_empty_case_is_told_what_is_missing(form: Form) -> None:
    found = gaps(form, Sheet(bare(), office(), TODAY, empty_subject(form)))
    assert "请填写申请人" in found
    assert all(sentence and sentence[-1] not in "。；" for sentence in found)


@every_form
def test_someone_signs_and_nothing_but_date_and_remark_comes_after(form: Form) -> None:
    blocks = bare_paper(form).blocks
    last = max(place for place, block in enumerate(blocks) if isinstance(block, Signatures | Seal))
    assert any(isinstance(block, Signatures) and block.places for block in blocks)
    assert last >= len(blocks) - 2


@every_form
def test_a_paper_survives_being_kept(form: Form) -> None:
    paper = bare_paper(form)
    assert loads(dumps(paper)) == paper


@every_form
def test_marks_between_chinese_characters_are_full_width(form: Form) -> None:
    case = leak()
    for subject in subjects(form, case):
        words = text.write(lay(form, Sheet(case, office(), TODAY, subject))).replace(case.number, "")
        han = [one + two for one, two in pairwise(words) if "\u4e00" <= one <= "\u9fff" or two in "“”"]
        assert not [pair for pair in han if pair[1] in ",;:?!()"]


@every_form
def test_a_form_can_be_issued_in_some_stage_and_says_when_it_cannot(form: Form) -> None:
    assert form.stages
    for stage in set(Stage) - form.stages:
        found = gaps(form, Sheet(bare(stage), office(), TODAY, empty_subject(form)))
        assert f"案件在“{stage.label}”阶段，不能出具《{form.title}》" in found


def test_what_the_law_says_of_when_a_paper_may_be_issued() -> None:
    assert Stage.REGISTERED in register.by_code("application").stages
    assert Stage.REGISTERED not in register.by_code("acceptance").stages
    assert Stage.MEDIATING in register.by_code("agreement").stages
    assert Stage.UNSETTLED not in register.by_code("agreement").stages
    assert since(Stage.CLOSED) == {Stage.CLOSED, Stage.ARCHIVED}


def test_there_is_a_paper_for_each_session_and_each_revisit() -> None:
    case = leak()
    assert subjects(register.by_code("record"), case) == case.sessions
    assert subjects(register.by_code("revisit"), case) == case.revisits
    assert subjects(register.by_code("agreement"), case) == [None]


def test_a_paper_about_the_wrong_thing_is_a_bug() -> None:
    with pytest.raises(TypeError):
        lay(register.by_code("record"), Sheet(leak(), office(), TODAY))


def test_an_unwritten_record_is_a_gap() -> None:
    case = leak()
    case.sessions[0].record = ""
    case.revisits[0].record = ""
    for code, subject in (("record", case.sessions[0]), ("revisit", case.revisits[0])):
        assert len(gaps(register.by_code(code), Sheet(case, office(), TODAY, subject))) == 1


def test_a_committee_acting_of_its_own_accord_needs_no_application() -> None:
    sheet = Sheet(CASES["noise"](), office(), TODAY)
    assert gaps(register.by_code("application"), sheet) == ["主动调解的案件没有申请书"]


def test_written_and_oral_agreements_exclude_each_other() -> None:
    written, oral = (Sheet(CASES[name](), office(), TODAY) for name in ("leak", "noise"))
    assert gaps(register.by_code("oral"), written) == ["本案没有达成口头协议"]
    assert gaps(register.by_code("agreement"), oral) == ["本案没有达成书面协议"]
