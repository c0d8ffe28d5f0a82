"""mediator papers: the papers (文书) of a case issued and written as files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mediator.commands.command import Command, Given, target
from mediator.commands.parser import Parser, Usage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.domain.case import Case
    from mediator.forms.form import Form
    from mediator.paper.blocks import Paper


@dataclass(frozen=True)
class Printed:
    """What became of one command: the papers, and in words what the forms wanted still lack."""

    papers: "list[Paper]"
    lacking: list[str]


def _options(parser: Parser) -> None:
    parser.add_argument("number", nargs="?", metavar="NUMBER", help="案件的卷号")
    target(parser, "写到哪个文件夹，没有就新建")
    parser.add_argument(
        "--form", nargs="+", action="extend", default=[], metavar="CODE",
        help="只出这几种文书；dossier 是按装订顺序合成一个 PDF 的整卷；不写则出全部能出的",
    )  # fmt: skip
    parser.add_argument(
        "--as", dest="kind", choices=("pdf", "docx", "both"), default="pdf", help="文件格式，不写则为 pdf"
    )
    parser.add_argument(
        "--list", action="store_true", help="列出全部文书：代号、名称、必须或按需、可用的阶段"
    )


def _run(given: Given) -> int:
    if given.list:
        return _list(given)
    if not given.number or not given.to:
        raise Usage("请写明卷号和 --to 文件夹，或用 --list 列出全部文书。")
    from mediator.services.papers import DOSSIER

    dossier = DOSSIER in given.form
    if dossier and (given.kind != "pdf" or len(given.form) > 1):
        raise Usage("整卷（dossier）只能单独出成一个 PDF；请去掉其他 --form 和 --as。")
    return _print(given, dossier)


def _print(given: Given, dossier: bool) -> int:
    """Issue and write inside one transaction: if a file cannot be written, nothing counts as issued."""
    from mediator.commands import data, files, say
    from mediator.services import cases, papers

    with data.at_work(given) as session:
        case = cases.get(session, given.number)
        forms = papers.chosen(given.form)
        printed = _issue(session, case, forms, given.form and not dossier, data.who(session, given))
        folder = files.make(given.to)
        contents = _contents(case, printed.papers, given.kind, dossier)
        paths = files.write_all((folder / name, [content]) for name, content in contents)
    written = [path.name for path in paths]
    for words in [*printed.lacking, *_by_hand(printed.papers)]:
        say.warn(words)
    document = {"files": written, "lacking": printed.lacking, "by_hand": _by_hand(printed.papers)}
    say.say(given, document, written)
    return 0


def _issue(session: "Session", case: "Case", forms: "list[Form]", asked: bool, by: str) -> Printed:
    """Issue what lacks nothing; Refusal if a form was asked for by name and cannot be issued at all."""
    from mediator.domain.errors import Missing
    from mediator.services import papers

    today = date.today()
    entries = [entry for entry in papers.possible(session, case, today) if entry[0] in forms]
    for form in forms if asked else []:
        gaps = [gaps for one, _subject, gaps in entries if one is form]
        if all(gaps):
            title = form.about.title if form.about else ""
            raise Missing(
                f"{case.number} 的《{form.title}》还不能出具", gaps[0] if gaps else [f"还没有{title}"]
            )
    issued = papers.issue_all(session, case, forms, by=by, today=today)
    lacking = [f"《{form.title}》没有出：{'；'.join(gaps)}。" for form, _subject, gaps in entries if gaps]
    return Printed([papers.kept(paper) for paper in issued], lacking)


def _by_hand(made: "list[Paper]") -> list[str]:
    """What has to be written in by hand because no font has it, a sentence for each paper."""
    from mediator.services import papers

    found = {paper.title: chars for paper in made if (chars := papers.unprintable(paper))}
    return [
        f"《{title}》里的“{'、'.join(chars)}”没有字体可印，纸上留了空位，请手写。"
        for title, chars in found.items()
    ]


def _contents(case: "Case", made: "list[Paper]", kind: str, dossier: bool) -> Iterator[tuple[str, bytes]]:
    from mediator.services import papers

    if dossier:
        yield papers.file_name(case, "卷宗", 0, "pdf"), papers.as_pdf(made)
        return
    titles = [paper.title for paper in made]
    for index, paper in enumerate(made):
        several = titles.count(paper.title) > 1
        number = titles[: index + 1].count(paper.title) if several else 0
        if kind != "docx":
            yield papers.file_name(case, paper.title, number, "pdf"), papers.as_pdf([paper])
        if kind != "pdf":
            yield papers.file_name(case, paper.title, number, "docx"), papers.as_docx(paper)


def _list(given: Given) -> int:
    from mediator.commands import say
    from mediator.domain.codes import Stage
    from mediator.forms.register import FORMS

    stages = {form.code: [stage for stage in Stage if stage in form.stages] for form in FORMS}
    document = [
        {"code": form.code, "title": form.title, "standing": form.standing,
         "stages": [stage.value for stage in stages[form.code]]}
        for form in FORMS
    ]  # fmt: skip
    lines = [
        "\t".join(
            (form.code, form.title, form.standing, "、".join(stage.label for stage in stages[form.code]))
        )
        for form in FORMS
    ]
    say.say(given, {"forms": document}, lines)
    return 0


PAPERS = Command("papers", "出具案件的文书，存成 PDF 或 DOCX 文件", _run, _options)
