"""Papers issued and written as files, one file a paper."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mediator.commands import data, files, say
from mediator.commands.command import Given
from mediator.domain.errors import Missing, Refusal
from mediator.forms.register import by_code
from mediator.services import cases, outgoing, outline, papers, particulars, printouts
from mediator.services.printouts import Printout

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.domain.case import Case
    from mediator.domain.papers import IssuedPaper, Particulars
    from mediator.forms.form import Form
    from mediator.services.papers import Possible


def of_case(given: Given) -> int:
    """Issue and write: if a file cannot be written, nothing counts as issued; the files appear once it does."""
    said = files.read_json(Path(given.fill)) if given.fill else {}
    with files.staging() as aside, data.at_work(given) as session:
        case = cases.get(session, given.number)
        forms = papers.chosen(session, dict.fromkeys(given.form))
        _check_said(said, {form.code for form in forms if not form.of_office and not form.binds})
        by = data.who(session, given)
        filled = {code: _filled(session, case, code, said, by).id for code in said}
        issued, lacking = _issue(session, case, forms, bool(given.form), by, filled)
        made = [printouts.of_issued(session, paper) for paper in issued]
        _write(aside, given, made, case.number)
        _tell(session, given, made, case.number)
    return _say(given, list(aside), made, lacking)


def of_office(given: Given) -> int:
    """Issue papers of the office, each filled in from the file or with what the program proposes."""
    said = files.read_json(Path(given.fill)) if given.fill else {}
    with files.staging() as aside, data.at_work(given) as session:
        by, made = data.who(session, given), []
        _check_said(said, set(given.form))
        for code in dict.fromkeys(given.form):
            form = by_code(code)
            if not form.of_office:
                raise Refusal(f"《{form.title}》是案件的文书，请写明卷号。")
            kept = particulars.fill(session, None, form, None, _answers(form, said), by=by)
            issued = papers.issue_of_office(session, form, kept, by=by, today=date.today())
            made.append(printouts.of_issued(session, issued))
        _write(aside, given, made, "")
        _tell(session, given, made, "")
    return _say(given, list(aside), made, [])


def blanks(given: Given) -> int:
    """Write blank papers of the forms, of all forms if none is named."""
    with files.staging() as aside, data.at_work(given) as session:
        forms = papers.chosen(session, dict.fromkeys(given.form))
        made = [Printout(papers.empty(session, form, today=date.today())) for form in forms]
        _write(aside, given, made, "空白")
    return _say(given, list(aside), made, [])


def _check_said(said: dict[str, Any], wanted: set[str]) -> None:
    """Refuse answers for forms that are not being issued now."""
    for code in said:
        if code not in wanted:
            raise Refusal(f"填写文件里有“{code[:40]}”，这次没有要出这种文书；请删去，或写进 --form。")


def _answers(form: "Form", said: dict[str, Any]) -> dict[str, object]:
    """What the file says of a form; Refusal for a key the form does not ask for or a value of the wrong kind."""
    answers = said.get(form.code, {})
    if not isinstance(answers, dict):
        raise Refusal(f"填写文件里“{form.code}”后面应是一个 JSON 对象。")
    asked = {ask.key: ask.field.label for ask in form.asks}
    for key in answers:
        if key not in asked:
            raise Refusal(f"《{form.title}》没有“{key[:40]}”这一项，可填的有：{'、'.join(sorted(asked))}。")
        if isinstance(answers[key], bool):
            raise Refusal(f"“{asked[key]}”应是文字或数，不是 true、false；请改正。")
    outline.check_values({asked[key]: value for key, value in answers.items()})
    return answers


def _filled(session: "Session", case: "Case", code: str, said: dict[str, Any], by: str) -> "Particulars":
    """Keep what the file says of a form."""
    form = by_code(code)
    if form.each is not None:
        raise Refusal(f"《{form.title}》有几份，请在窗口里填写。")
    return particulars.fill(session, case, form, None, _answers(form, said), by=by)


def _issue(
    session: "Session", case: "Case", forms: "list[Form]", asked: bool, by: str, filled: dict[str, int]
) -> "tuple[list[IssuedPaper], list[str]]":
    """Issue what lacks nothing; Refusal if a form was asked for by name and cannot be issued at all."""
    today, codes = date.today(), {form.code for form in forms}
    entries = [e for e in papers.possible(session, case, today) if e.form.code in codes]
    if not asked:
        lacking = [words for e in entries if e.due and (words := _lacking(e))]
        return papers.issue_all(session, case, forms, by=by, today=today), lacking
    issued, lacking = [], []
    for form in forms:
        if form.of_office or form.binds:
            raise Refusal(f"《{form.title}》不是单份的案件文书，请看 papers --help。")
        mine = _wanted([e for e in entries if e.form.code == form.code], filled.get(form.code))
        if not mine or all(map(_lacking, mine)):
            what = form.each.model.title if form.each else ""
            gaps = [*mine[0].gaps, *mine[0].loose] if mine else [f"还没有{what}"]
            raise Missing(f"{case.number} 的《{form.title}》还不能出具", gaps)
        lacking += [words for e in mine if (words := _lacking(e))]
        issued += [
            papers.issue(session, case, e.form, e.subject, by=by, today=today, filled=e.particulars)
            for e in mine if not _lacking(e)
        ]  # fmt: skip
    return issued, lacking


def _wanted(mine: "list[Possible]", filled: int | None) -> "list[Possible]":
    """The papers of one form that are asked for: the one just filled in, else those begun, else a new one."""
    if filled is not None:
        return [e for e in mine if e.particulars is not None and e.particulars.id == filled]
    begun = [e for e in mine if e.particulars is not None]
    return begun if begun and mine[0].form.repeats else mine


def _lacking(entry: "Possible") -> str:
    """Why a paper is not issued, one sentence; empty if it can be."""
    gaps = [*entry.gaps, *(f"手工改写的“{words}”现在对不上" for words in entry.loose)]
    return f"《{entry.form.title}》没有出：{'；'.join(gaps)}。" if gaps else ""


def _tell(session: "Session", given: Given, made: list[Printout], number: str) -> None:
    """Say in the audit what is being written."""
    for one in made:
        outgoing.exported(session, one.paper.title, given.to, number=number)


def _write(aside: dict[Path, Path], given: Given, made: list[Printout], number: str) -> None:
    folder = files.make(given.to)
    for name, content in _contents(made, number, given.kind):
        files.write_aside(aside, folder / name, [content])


def _say(given: Given, paths: list[Path], made: list[Printout], lacking: list[str]) -> int:
    by_hand = _by_hand(made)
    for words in [*lacking, *by_hand]:
        say.warn(words)
    written = [path.name for path in paths]
    say.say(given, {"files": written, "lacking": lacking, "by_hand": by_hand}, written)
    return 0


def _by_hand(made: list[Printout]) -> list[str]:
    """What has to be written in by hand because no font has it, a sentence for each paper."""
    found = {one.paper.title: chars for one in made if (chars := printouts.unprintable(one.paper))}
    return [
        f"《{title}》里的“{'、'.join(chars)}”没有字体可印，纸上留了空位，请手写。"
        for title, chars in found.items()
    ]


def _contents(made: list[Printout], number: str, kind: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files; papers whose names would be the same are counted through."""
    names = [printouts.file_name(number, one.paper.title, 0, "") for one in made]
    for index, one in enumerate(made):
        several = names.count(names[index]) > 1
        place = names[: index + 1].count(names[index]) if several else 0
        if kind != "docx":
            yield printouts.file_name(number, one.paper.title, place, "pdf"), printouts.as_pdf([one])
        if kind != "pdf":
            yield printouts.file_name(number, one.paper.title, place, "docx"), printouts.as_docx(one)
