"""Rows that are no data: blank ones, totals, the foot, headings repeated on every page."""

import re

from mediator.domain.wording import half_width
from mediator.exchange.ledger_headings import SERIAL
from mediator.exchange.ledger_layout import Layout
from mediator.exchange.ledger_sheets import Row

BLANK = "空行"
_TOTAL = re.compile(r"(?:本页|本月|本季|本季度|本年|全年|上年)?(?:合计|小计|总计|共计|累计)(?:[:\d].*)?")
_FOOT = re.compile(
    r"(?:填表|填报|制表|审核|审批|统计|登记|单位负责|负责)(?:人|日期|时间|单位)(?:签字|签名|签章)?(?:[:(].*)?|(?:注|备注|说明)[:].*"
)


def why_skipped(cells: Row, layout: Layout) -> str:
    """What sort of row this is if it is no data, else an empty word."""
    texts = ["".join(str(cell).split()) if cell is not None else "" for cell in cells]
    first = half_width(next((text for text in texts if text), ""))
    if _TOTAL.fullmatch(first):
        return "合计行"
    if _FOOT.fullmatch(first):
        return "表尾行"
    taken = {column.index: code for code, column in layout.columns.items()}
    told = {code for index, code in taken.items() if index < len(texts) and texts[index]}
    if not told - {SERIAL.code}:
        return BLANK
    repeated = sum(
        "".join(c.heading.split()) == texts[c.index] for c in layout.columns.values() if c.index < len(texts)
    )
    return "重复的表头" if repeated * 2 > len(told) else ""
