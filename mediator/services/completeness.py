"""Whether a bound file (卷宗) is whole: every paper there, signed and sealed, days in order, numbers and amounts agreeing."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from sqlalchemy.orm import Session

from mediator.domain.amounts import capital, parse_yuan
from mediator.domain.calendar import in_words
from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.papers import IssuedPaper
from mediator.domain.records import Revisit
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.forms.form import Form, subjects, wanted
from mediator.paper import text
from mediator.services import consents, form_settings, papers, signing

_MONEY = re.compile(r"人民币(?P<words>[^（\s]{1,60})（[¥￥](?P<digits>[\d,，.]+)元")
"""An amount in capital words with its figures behind it."""

_ROAD = (
    Case.registered_on,
    Case.accepted_on,
    Case.informed_on,
    Case.concluded_on,
    Case.closed_on,
    Case.archived_on,
)


def check(session: Session, case: Case) -> list[str]:
    """What the file still lacks or where its papers disagree, one whole sentence each; empty if it is complete."""
    forms = {form.code: form for form in form_settings.forms(session)}
    counted = [paper for paper in signing.standing(case) if form_settings.in_file(forms[paper.form])]
    return [
        *_not_there(case, list(forms.values()), counted),
        *_outdated(session, case, forms),
        *_unsigned(counted),
        *_without_effect(case, counted),
        *_days(case),
        *_numbers(case, counted, forms),
        *_amounts(counted),
        *consents.wanting(case, date.today()),
    ]


def _outdated(session: Session, case: Case, forms: dict[str, Form]) -> Iterator[str]:
    """Papers that no longer say what the case does, and those issued again but not signed yet."""
    inside = [paper for paper in papers.newest(case) if form_settings.in_file(forms[paper.form])]
    changed, counted = papers.differing(session, case), signing.standing(case)
    for paper in inside:
        if papers.gone(case, paper):
            yield f"《{_title(paper)}》所写的内容案件里已经没有了，请作废。"
        elif paper in changed:
            yield f"《{_title(paper)}》出具以后案件有改动，内容对不上了，请重新出具。"
        elif paper not in counted:
            yield f"《{_title(paper)}》重新出具后还没有签齐，卷内先用从前签好的一份。"


def _not_there(case: Case, forms: list[Form], issued: list[IssuedPaper]) -> Iterator[str]:
    there = {(paper.form, paper.subject_id) for paper in issued}
    for form in forms:
        if not wanted(form, case):
            continue
        about = [getattr(subject, "id", None) for subject in subjects(form, case)]
        lacking = [subject for subject in about if (form.code, subject) not in there]
        if lacking:
            several = f"{len(lacking)} 份" if len(about) > 1 else ""
            yield f"缺{several}《{form.title}》（{form.standing.label}），请出具。"
        elif not about and form.standing.value == "must":
            yield f"缺《{form.title}》（{form.standing.label}），案件里还没有{form.each.model.title if form.each else '内容'}。"


def _unsigned(issued: list[IssuedPaper]) -> Iterator[str]:
    for paper in issued:
        open_places = [p.role for p in signing.places(paper) if p.on is None and not p.optional]
        if open_places:
            shown = "、".join(open_places[:3]) + ("等" if len(open_places) > 3 else "")
            yield f"《{_title(paper)}》还有 {len(open_places)} 处没有登记签名盖章：{shown}。"


def _without_effect(case: Case, issued: list[IssuedPaper]) -> Iterator[str]:
    """A written agreement that everybody signed and that has no day of effect all the same."""
    agreed = [paper for paper in issued if paper.form == AGREEMENT.code]
    signed = any(signing.state(paper) is signing.State.SIGNED for paper in agreed)
    if signed and case.agreement and case.agreement.effective_on is None:
        yield "协议书已经签齐，但协议没有生效日期：签署的内容和现在的协议事项不同，请重新出具、签署。"


def _days(case: Case) -> Iterator[str]:
    """Every day on the road not before the one it follows; sessions and visits where they belong."""
    known = [(field_of(a).label, getattr(case, a.key)) for a in _ROAD if getattr(case, a.key)]
    for (before, first), (after, then) in pairwise(known):
        if then < first:
            yield f"{after} {in_words(then)} 早于{before} {in_words(first)}，请更正。"
    for held in case.sessions:
        on = held.held_at.date()
        if case.accepted_on and on < case.accepted_on:
            yield f"{in_words(on)}的调解早于受理日期 {in_words(case.accepted_on)}，请更正。"
        if case.concluded_on and on > case.concluded_on:
            yield f"{in_words(on)}的调解晚于调解结果日期 {in_words(case.concluded_on)}，请更正。"
    yield from _late(case, case.revisits)


def _late(case: Case, revisits: list[Revisit]) -> Iterator[str]:
    for revisit in revisits:
        if case.concluded_on and revisit.visited_on < case.concluded_on:
            yield f"{in_words(revisit.visited_on)}的回访早于调解结果日期 {in_words(case.concluded_on)}，请更正。"
    agreement = case.agreement
    if (
        agreement
        and agreement.effective_on
        and agreement.reached_on
        and agreement.effective_on < agreement.reached_on
    ):
        yield f"协议生效日期早于达成日期 {in_words(agreement.reached_on)}，请更正。"


def _numbers(case: Case, issued: list[IssuedPaper], forms: dict[str, Form]) -> Iterator[str]:
    for paper in issued:
        if not forms[paper.form].pattern and paper.number != case.number:
            yield f"《{_title(paper)}》上的编号是 {paper.number or '空的'}，与卷号 {case.number} 不同，请重新出具。"


def _amounts(issued: list[IssuedPaper]) -> Iterator[str]:
    """Amounts worded by hand too: the capital words have to say what the figures say."""
    for paper in issued:
        for words, digits in _MONEY.findall(text.write(papers.kept(paper))):
            try:
                right = capital(parse_yuan(digits)) == words
            except Refusal:
                right = False
            if not right:
                yield f"《{_title(paper)}》里“{words}”与“¥{digits}元”对不上，请改正后重新出具。"


def _title(paper: IssuedPaper) -> str:
    return papers.kept(paper).title


def last_day(case: Case, today: date) -> str:
    """How long judicial confirmation may still be asked for (人民调解法 第三十三条), empty if that does not arise."""
    until = case.agreement.confirmable_until if case.agreement else None
    if until is None:
        return ""
    left = (until - today).days
    if left < 0:
        return f"申请司法确认的三十日期限已于{in_words(until)}届满。"
    return f"可以在{in_words(until)}前（含当日）共同申请司法确认，还有 {left} 天。"
