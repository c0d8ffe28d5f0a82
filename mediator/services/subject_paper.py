"""What is stored about one person as a paper and as a spreadsheet, to be handed over (个人信息复制件)."""

from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.exchange.roster_sheet import Sheet
from mediator.paper.blocks import (
    Block,
    Heading,
    Listing,
    Note,
    Paper,
    Para,
    Seal,
    Signature,
    Signatures,
    Title,
)
from mediator.services import offices
from mediator.services.subject_data import Request, Stored

TITLE = "个人信息复制件"
_NOTE = "依据《中华人民共和国个人信息保护法》第四十五条提供。笔录和文书里有他人的信息，这里只列日期，不列内容；他人的姓名只留首字。"
_RIGHTS = "发现记载不准确或者不完整的，可以请求更正、补充（第四十六条）。"
_HEADS = ("卷号", "项目", "内容")


def paper(session: Session, request: Request, stored: Stored, today: date) -> Paper:
    """A table a case, and places to sign for it."""
    office = offices.own(session)
    blocks: list[Block] = [
        Title(TITLE),
        *(Para(words, align="left", indent=False) for words in about(request, stored, office.name, today)),
    ]
    for number in stored.numbers or ():
        rows = tuple((line.what, line.words) for line in stored.lines if line.number == number)
        blocks += [Heading(number), Listing(_HEADS[1:], rows, (44, 100), ("left", "left"))]
    blocks += [Para(f"{line.what}：{line.words}。") for line in stored.lines if not line.number]
    if not stored.lines:
        blocks.append(Para("经查，本单位没有存储上述姓名和号码的个人信息。"))
    blocks += [
        Note(_NOTE + _RIGHTS),
        Signatures((Signature("领取人"), Signature("经办人"))),
        Seal(office.name, in_words(today)),
    ]
    return Paper("subject", TITLE, tuple(blocks), "", office.name)


def sheet(session: Session, request: Request, stored: Stored, today: date) -> Sheet:
    """The same in rows."""
    head = tuple(about(request, stored, offices.own(session).name, today))
    rows = tuple((line.number, line.what, line.words) for line in stored.lines)
    return Sheet("subject", TITLE, head, _HEADS, (26, 24, 60), rows, (_NOTE, _RIGHTS))


def about(request: Request, stored: Stored, office: str, today: date) -> list[str]:
    """Whose data it is, who asked, as of when."""
    return [
        f"提供单位：{office}",
        f"本人姓名：{request.name.strip()}　　申请人：{request.asker}",
        f"截至 {in_words(today)}，共涉及 {len(stored.numbers)} 件案件",
    ]
