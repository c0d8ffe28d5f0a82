"""The kinds of file (文件格式) that tables and lists are kept as, by the suffix of the file."""

import json
from collections.abc import Callable, Mapping

from mediator.domain.errors import Refusal
from mediator.paper.blocks import Paper

SUFFIXES = ("xlsx", "pdf", "docx", "json", "csv")


def write(
    suffix: str, sheets: Mapping[str, Callable[[], bytes]], document: Callable[[], object],
    paper: Callable[[], Paper],
) -> bytes:  # fmt: skip
    """A file of the kind named by its suffix: a spreadsheet, a JSON document, or a paper; only that one is made."""
    from mediator.services.printouts import Printout, as_docx, as_pdf

    if suffix in sheets:
        return sheets[suffix]()
    if suffix == "json":
        return json.dumps(document(), ensure_ascii=False, indent=1).encode()
    if suffix == "pdf":
        return as_pdf([Printout(paper())])
    if suffix == "docx":
        return as_docx(Printout(paper()))
    what = f"不能存成 .{suffix[:20]} 文件" if suffix else "文件名后面没有写格式"
    raise Refusal(f"{what}；请用 .{'、.'.join(SUFFIXES)} 之一。")
