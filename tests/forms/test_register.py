"""What holds for every form in the list."""

from dataclasses import replace
from itertools import pairwise

import pytest
from sample_cases import CASES, TODAY, bare, leak, listed, office, sheets_of

from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal
from mediator.forms import register
from mediator.forms.form import Form, Sheet, blank, gaps, lay, since, subjects
from mediator.forms.register import FORMS
from mediator.paper import text
from mediator.paper.blocks import (
    Lines,
    Number,
    PageBreak,
    Paper,
    Picture,
    Seal,
    Signatures,
    dumps,
    loads,
    runs,
)

every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)


def bare_sheet(form: Form) -> Sheet:
    """A paper of a case of which almost nothing is known."""
    return replace(blank(form, office(), TODAY), case=bare())


def bare_paper(form: Form) -> Paper:
    return lay(form, bare_sheet(form))


def test_codes_and_titles_are_not_used_twice() -> None:
    assert len({form.code for form in FORMS}) == len({form.title for form in FORMS}) == len(FORMS)


def test_the_papers_of_the_file_stand_in_the_order_of_its_contents_list() -> None:
    titles = [form.title for form in FORMS]
    places = [
        titles.index(title)
        for title in (
            "卷宗封面", "卷内目录", "人民调解申请书", "人民调解受理登记表", "人民调解当事人权利义务告知书", "当事人身份证明",
            "授权委托书", "人民调解调查记录", "人民调解证据材料", "人民调解记录", "人民调解协议书", "人民调解口头协议登记表",
            "履行凭证（收条）", "人民调解回访记录", "司法确认申请书", "卷宗情况说明", "封底（备考表）",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_a_form_is_found_by_its_code_and_an_unknown_code_is_refused_in_chinese() -> None:
    assert all(register.by_code(form.code) is form for form in FORMS)
    with pytest.raises(Refusal, match=r"没有代号为“人民”的文书.*papers --list.*。$"):
        register.by_code("人民")


def title_on(form: Form, sheet: Sheet) -> str:
    return form.heading(sheet) if form.heading else form.title


@every_form
def test_a_paper_of_an_almost_empty_case_leaves_room_to_write(form: Form) -> None:
    words = text.write(bare_paper(form))
    assert form.untitled or words.startswith(title_on(form, bare_sheet(form)) + "\n")
    assert "None" not in words
    assert "零元" not in words


@every_form
def test_an_almost_empty_case_is_told_what_is_missing(form: Form) -> None:
    found = gaps(form, bare_sheet(form))
    assert all(sentence and sentence[-1] not in "。；" for sentence in found)


@every_form
def test_a_blank_paper_has_room_to_write_and_says_nothing_of_any_case(form: Form) -> None:
    sheet = blank(form, office(), TODAY)
    words = text.write(lay(form, sheet))
    assert form.untitled or words.startswith(title_on(form, sheet) + "\n")
    assert "None" not in words
    assert "零元" not in words
    assert f"{TODAY.year}年" not in words


@pytest.mark.parametrize("form", [f for f in FORMS if not f.among and not f.binds], ids=lambda f: f.code)
def test_someone_signs_and_nothing_but_date_and_remark_comes_after(form: Form) -> None:
    """Photos of the evidence are no part of what is signed: they are laid behind it."""
    full = [listed(form)] if form.of_office else sheets_of(form, leak())
    for sheet in [bare_sheet(form), *full]:
        blocks, behind = lay(form, sheet).blocks, form.behind(sheet)
        assert all(isinstance(block, Picture | PageBreak) for block in behind)
        signed = blocks[: len(blocks) - len(behind)]
        last = max(place for place, block in enumerate(signed) if isinstance(block, Signatures | Seal))
        assert last >= len(signed) - 3


@every_form
def test_a_paper_calls_the_committee_by_its_whole_name(form: Form) -> None:
    full = [listed(form)] if form.of_office else sheets_of(form, leak())
    for sheet in [blank(form, office(), TODAY), bare_sheet(form), *full]:
        words = text.write(lay(form, sheet))
        assert not [short for short in ("调委会", "本会", "我会", "你会") if short in words]


def test_every_series_of_numbers_is_of_one_form() -> None:
    patterns = [form.pattern for form in FORMS if form.pattern]
    assert len(patterns) == len(set(patterns))
    assert not [form.code for form in FORMS if form.pattern and form.numbered]


@every_form
def test_a_number_to_be_written_has_a_line(form: Form) -> None:
    numbers = [block for block in lay(form, blank(form, office(), TODAY)).blocks if isinstance(block, Number)]
    assert bool(numbers) >= bool(form.pattern or form.numbered)
    assert all(runs(block.text)[-1].underline for block in numbers)


@pytest.mark.parametrize(
    ("code", "lines"), [("record", 24), ("agreement", 12), ("oral", 12), ("revisit", 12), ("application", 3)]
)
def test_a_blank_has_lines_enough(code: str, lines: int) -> None:
    form = register.by_code(code)
    blocks = lay(form, blank(form, office(), TODAY)).blocks
    assert max(block.count for block in blocks if isinstance(block, Lines)) == lines


@every_form
def test_a_paper_survives_being_kept(form: Form) -> None:
    paper = bare_paper(form)
    assert loads(dumps(paper)) == paper


@every_form
def test_marks_between_chinese_characters_are_full_width(form: Form) -> None:
    case = leak()
    for sheet in [listed(form)] if form.of_office else sheets_of(form, case):
        words = text.write(lay(form, sheet)).replace(case.number, "")
        han = [one + two for one, two in pairwise(words) if "\u4e00" <= one <= "\u9fff" or two in "“”"]
        assert not [pair for pair in han if pair[1] in ",;:?!()"]


@every_form
def test_a_form_can_be_issued_in_some_stage_and_says_when_it_cannot(form: Form) -> None:
    assert form.stages
    for stage in set(Stage) - form.stages:
        found = gaps(form, replace(bare_sheet(form), case=bare(stage)))
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
