"""排查记录 and 补贴标准: what the office enters besides its cases so that the tables are whole."""

from functools import partial

from mediator.domain.amounts import figures
from mediator.domain.codes import Level
from mediator.domain.figures import Price, Screening
from mediator.services import prices, screenings
from mediator.ui import screens
from mediator.ui.desk import Desk
from mediator.ui.records_dialog import Records
from mediator.ui.words_model import Heading, Line


def screening_records(desk: Desk) -> Records:
    """排查记录."""
    return Records(
        name="排查",
        title="排查记录",
        hint="每开展一次排查记一条，报表里的排查次数和预防件数从这里统计。“预防”是苗头当场化解、没有形成纠纷的件数；排查出来要调解的纠纷，另外登记案件。按统一部署集中开展的，勾选“集中排查”。",
        empty="还没有排查记录。在右边填好，点“保存排查”。",
        sections=screens.SCREENING,
        headings=(
            Heading("日期", 6), Heading("范围", 0), Heading("发现", 3, number=True), Heading("预防", 3, number=True),
        ),
        listed=screenings.listed,
        line=_screening,
        fresh=lambda: Screening(screened_on=desk.today, area="", people="", note=""),
        put=partial(screenings.put, today=desk.today),
        drop=screenings.drop,
        place="screenings/screening",
    )  # fmt: skip


def price_records(desk: Desk) -> Records:
    """补贴标准."""
    return Records(
        name="标准",
        title="补贴标准",
        hint="照上级的文件填，每个难易程度一条；没有规定的一栏不填。标准调整了就另加一条，写新的执行日期，以前的案件仍按以前的标准算。",
        empty="还没有补贴标准。在右边填好，点“保存标准”。",
        sections=screens.PRICE,
        headings=(
            Heading("执行日期", 6), Heading("难易程度", 0), Heading("成功每件", 4, number=True),
            Heading("未成每件", 4, number=True),
        ),
        listed=prices.listed,
        line=_price,
        fresh=lambda: Price(level=Level.GENERAL, valid_from=desk.today.replace(month=1, day=1)),
        put=prices.put,
        drop=prices.drop,
        place="prices/price",
        warning=prices.warning,
    )  # fmt: skip


def _screening(one: Screening) -> Line:
    counts = ("—" if number is None else str(number) for number in (one.found, one.prevented))
    return Line((one.screened_on.isoformat(), one.area, *counts), tip=one.note)


def _price(one: Price) -> Line:
    paid = ("—" if fen is None else figures(fen) for fen in (one.settled, one.unsettled))
    return Line((one.valid_from.isoformat(), one.level.label, *paid))
