"""mediator papers: the papers (文书) of a case or of the office issued and written as files; blank forms; whole files."""

from typing import TYPE_CHECKING

from mediator.commands.command import Command, Given, period, target
from mediator.commands.parser import Parser, Usage

if TYPE_CHECKING:
    from mediator.forms.form import Form


def _options(parser: Parser) -> None:
    parser.add_argument("number", nargs="?", metavar="NUMBER", help="案件的卷号；工作文书、空白文书不写")
    target(parser, "写到哪个文件夹，没有就新建")
    parser.add_argument(
        "--form", nargs="+", action="extend", default=[], metavar="CODE",
        help="只出这几种文书；dossier 是按装订顺序合成一个 PDF 的整卷；不写则出全部应出的",
    )  # fmt: skip
    parser.add_argument(
        "--as", dest="kind", choices=("pdf", "docx", "both"), default="pdf", help="文件格式，不写则为 pdf"
    )
    parser.add_argument(
        "--fill", metavar="FILE.json", help="文书里另外要填的内容，按文书代号和键写，键见 --list --json"
    )
    parser.add_argument("--blank", action="store_true", help="只要空白文书，供手写")
    parser.add_argument("--check", action="store_true", help="检查卷宗是否齐全，逐条列出还缺什么")
    parser.add_argument("--scans", action="store_true", help="整卷里用签署件的扫描件代替打印件")
    period(parser, required=False)
    parser.add_argument(
        "--list", action="store_true", help="列出全部文书：代号、名称、必须或按需、可用的阶段"
    )


def _run(given: Given) -> int:
    if given.list:
        return _list(given)
    from mediator.commands import dossiers, paper_files
    from mediator.services.dossier import DOSSIER

    whole = DOSSIER in given.form
    if given.check:
        if not given.number:
            raise Usage("请写明要检查哪个案件的卷宗（卷号）。")
        return dossiers.check(given)
    if not given.to:
        raise Usage("请写明卷号和 --to 文件夹，或用 --list 列出全部文书。")
    if whole and (given.kind != "pdf" or len(given.form) > 1 or given.blank):
        raise Usage("整卷（dossier）只能单独出成一个 PDF；请去掉其他 --form、--as 和 --blank。")
    if given.blank:
        return paper_files.blanks(given)
    if whole and not given.number and given.since and given.until:
        return dossiers.many(given)
    if given.number:
        return dossiers.one(given) if whole else paper_files.of_case(given)
    if given.form and not whole:
        return paper_files.of_office(given)
    raise Usage("请写明卷号和 --to 文件夹，或用 --list 列出全部文书。")


def _list(given: Given) -> int:
    from mediator.commands import say
    from mediator.domain.codes import Stage
    from mediator.forms.register import FORMS

    stages = {form.code: [stage for stage in Stage if stage in form.stages] for form in FORMS}
    document = [
        {
            "code": form.code, "title": form.title, "group": form.group.value, "standing": form.standing.label,
            "stages": [stage.value for stage in stages[form.code]], "asks": _asks(form),
        }
        for form in FORMS
    ]  # fmt: skip
    lines = [
        "\t".join(
            (form.code, form.title, form.group.value, form.standing.label,
             "、".join(stage.label for stage in stages[form.code]) if not form.of_office else "")
        )
        for form in FORMS
    ]  # fmt: skip
    say.say(given, {"forms": document}, lines)
    return 0


def _asks(form: "Form") -> list[dict[str, object]]:
    return [{"key": a.key, "label": a.field.label, "needed": a.needed} for a in form.asks]


PAPERS = Command("papers", "出具案件的文书，存成 PDF 或 DOCX 文件", _run, _options)
