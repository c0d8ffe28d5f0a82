"""The parts of a report (研判报告) that the tables speak: overview, kinds, sources, outcomes, risks."""

from collections.abc import Iterator
from datetime import date

from mediator.domain.calendar import in_words
from mediator.domain.codes import Averted
from mediator.domain.periods import days
from mediator.paper.blocks import Block, Heading, Para
from mediator.services import analysis_charts as charts
from mediator.services.analysis_facts import Facts
from mediator.services.analysis_words import View, changes, listed, moved, number, told
from mediator.tallies.table import Heading as Kind

_MOST_KINDS = 5


def overview(facts: Facts, today: date) -> Iterator[Block]:
    """How many cases there were, what came in and what is left, and the trend."""
    view, stock, tally = facts.cases, facts.stock, facts.cases.figures.tally
    yield Heading("一、总体情况")
    begin = f"{facts.now}（{days(tally.since, tally.until)}），本单位"
    if view.value("total"):
        yield Para(
            f"{begin}共调解案件 {told(view, 'total')}；涉及当事人 {told(view, 'people')}。"
            f"调解成功 {told(view, 'settled')}。协议涉及金额 {told(view, 'amount')}。"
        )
    else:
        yield Para("，".join((f"{begin}没有调解案件", *changes(view, "total"))) + "。")
    if tally.until > today:
        yield Para(f"报告期还没有结束，数字只到{in_words(today)}为止，不宜与整期的数字直接比较。")
    absent = [view.called[label] for label in view.called if label not in {o.label for _, o in view.others}]
    if absent:
        yield Para(f"{'和'.join(absent)}没有数据，不作比较。")
    yield Para(
        f"上期接转案件 {number(stock, 'opening')}，{facts.now}受理 {told(stock, 'accepted')}；"
        f"办结 {told(stock, 'concluded')}；期末未结 {number(stock, 'closing')}。"
    )
    yield from _year(facts)
    yield from charts.trend(facts)


def _year(facts: Facts) -> Iterator[Para]:
    """The year so far, unless the period is a year or begins one."""
    year = facts.year
    if year.year and year.year < year.since:
        handled, settled = year.so_far["handled"], year.so_far["settled"]
        words = f"本年（从{in_words(year.year)}起）累计调解案件 {handled} 件，调解成功 {settled} 件。"
        yield Para(words)


def kinds(facts: Facts) -> Iterator[Block]:
    """Which kinds of disputes, and which rose and fell most."""
    view = facts.cases
    yield Heading("二、纠纷类型")
    kinds = [h for h in view.figures.tally.headings if h.name.startswith("kind_") and h.part_of == "total"]
    there = sorted((h for h in kinds if view.value(h.name)), key=lambda h: -view.value(h.name))
    if there:
        most = _leading(view, there)
        begin = "按件数多少依次是" if most == there else "件数较多的依次是"
        yield Para(f"{begin}：{listed(view, most, 'total')}。")
    else:
        yield Para(f"{facts.now}没有分类的案件。")
    if words := moved(view, kinds, "各类纠纷的件数"):
        yield Para(words)
    yield from charts.kinds(facts, kinds)


def _leading(view: View, there: list[Kind]) -> list[Kind]:
    """The kinds with the most cases; one is not told where others with as many are not, and all are where all are alike."""
    if len(there) <= _MOST_KINDS:
        return there
    next_one = view.value(there[_MOST_KINDS].name)
    return [kind for kind in there if view.value(kind.name) > next_one] or there


def sources(facts: Facts) -> Iterator[Block]:
    """Where the cases came from."""
    view = facts.cases
    yield Heading("三、案件来源")
    headings = view.figures.tally.headings
    sources = [h for h in headings if h.part_of == "total" and h.name.startswith("source_")]
    referrers = [h for h in headings if h.part_of == "source_referral" and view.value(h.name)]
    if not any(view.value(h.name) for h in sources):
        yield Para(f"{facts.now}没有案件，不分来源。")
        return
    words = listed(view, sources, "total")
    if referrers:
        words += f"。其中{listed(view, referrers, 'source_referral')}"
    yield Para(f"{words}。")
    if changed := moved(view, sources, "各类来源的件数"):
        yield Para(changed)
    yield from charts.shares(view, "案件来源", sources)


def outcomes(facts: Facts) -> Iterator[Block]:
    """What became of the cases to be worked on."""
    view, stock = facts.cases, facts.stock
    yield Heading("四、调解结果")
    ways = [h for h in stock.figures.tally.headings if h.part_of == "due" and h.group == "去向"]
    if stock.value("due"):
        yield Para(f"{facts.now}应办案件 {number(stock, 'due')}：{listed(stock, ways, 'due')}。")
    else:
        yield Para(f"{facts.now}没有应办的案件。")
    if stock.value("concluded"):
        yield Para(f"化解率（化解占办结）{told(stock, 'settled_rate')}。")
    if stock.value("concluded_police"):
        yield Para(f"公安机关移送案件化解率 {told(stock, 'settled_police_rate')}。")
    yield Para(
        f"口头协议 {number(view, 'oral')}，书面协议 {number(view, 'written')}；已经全部履行 {number(view, 'performed')}。"
        f"申请司法确认 {number(view, 'confirm_applied')}，裁定确认有效 {number(view, 'confirmed')}。"
    )
    yield from charts.shares(stock, "应办案件的去向", ways)


def risks(facts: Facts, today: date) -> Iterator[Block]:
    """What was hard, averted, found on rounds, and what is overdue on the day of the report."""
    view = facts.cases
    yield Heading("五、风险隐患")
    hard = f"疑难复杂案件 {told(view, 'hard')}。" if view.value("hard") else f"{facts.now}没有疑难复杂案件。"
    yield Para(hard + _averted(view))
    yield Para(f"开展排查 {told(view, 'screenings')}；预防纠纷 {told(view, 'prevented')}。")
    overdue = (
        f"超过调解期限还没有结果的案件 {facts.overdue} 件" if facts.overdue else "没有超过调解期限的案件"
    )
    late = f"到期没有履行的协议款项或事项 {facts.late} 期" if facts.late else "没有到期未履行的协议事项"
    yield Para(f"截至{in_words(today)}，{overdue}；{late}。")


def _averted(view: View) -> str:
    """What was averted (防止激化), in pairs of cases and people."""
    there = [
        f"{what.label} {number(view, f'averted_{what.value}')}、{number(view, f'averted_{what.value}_people')}"
        for what in Averted
        if view.value(f"averted_{what.value}")
    ]
    return f"{'；'.join(there)}。" if there else "没有记为防止激化的案件。"
