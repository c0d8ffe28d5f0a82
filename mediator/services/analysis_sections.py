"""The parts of a report (研判报告) that the tables speak: overview, kinds, sources, outcomes, risks."""

from collections.abc import Iterator
from datetime import date

from mediator.domain.calendar import in_words
from mediator.domain.codes import Averted
from mediator.domain.periods import days
from mediator.paper.blocks import Block, Heading, Para
from mediator.services import analysis_charts as charts
from mediator.services.analysis_facts import Facts
from mediator.services.analysis_words import View, changes, joined, listed, moved, number, part, sentence
from mediator.tallies.table import Heading as Kind

_MOST_KINDS = 5


def overview(facts: Facts, today: date) -> Iterator[Block]:
    """How many cases there were, what came in and what is left, and the trend."""
    view, stock, tally = facts.cases, facts.stock, facts.cases.figures.tally
    yield Heading("一、总体情况")
    begin = f"{facts.now}（{days(tally.since, tally.until)}），本单位"
    if view.none("total"):
        yield Para("，".join((f"{begin}没有调解案件", *changes(view, "total"))) + "。")
    else:
        all_cases = sentence(part(view, "共调解案件", "total"), part(view, "涉及当事人", "people"))
        settled = sentence(part(view, "调解成功", "settled"))
        if words := all_cases + settled + sentence(part(view, "协议涉及金额", "amount")):
            yield Para(begin + words)
    if tally.until > today:
        yield Para(f"报告期还没有结束，数字只到{in_words(today)}为止，不宜与整期的数字直接比较。")
    absent = [view.called[label] for label in view.called if label not in {o.label for _, o in view.others}]
    if absent:
        yield Para(f"{'和'.join(absent)}没有数据，不作比较。")
    opening, accepted = (
        part(stock, "上期接转案件", "opening", number), part(stock, f"{facts.now}受理", "accepted"),
    )  # fmt: skip
    yield from _said(
        joined(opening, accepted, between="，"),
        part(stock, "办结", "concluded"),
        part(stock, "期末未结", "closing", number),
    )
    yield from _year(facts)
    yield from charts.trend(facts)


def _said(*parts: str) -> Iterator[Para]:
    """A sentence as a paragraph, if there is anything to say."""
    if any(parts):
        yield Para(sentence(*parts))


def _year(facts: Facts) -> Iterator[Para]:
    """The year so far, unless the period is a year or begins one."""
    year = facts.year
    if year.year and year.year < year.since:
        named = (("累计调解案件", "handled"), ("调解成功", "settled"))
        counts = [f"{words} {year.so_far[name]} 件" for words, name in named if name in year.so_far]
        yield from _said(f"本年（从{in_words(year.year)}起）{'，'.join(counts)}" if counts else "")


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
    elif kinds:
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
        yield from _said(f"{facts.now}没有案件，不分来源" if sources else "")
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
    elif stock.none("due"):
        yield Para(f"{facts.now}没有应办的案件。")
    if stock.value("concluded"):
        yield from _said(part(stock, "化解率（化解占办结）", "settled_rate"))
    if stock.value("concluded_police"):
        yield from _said(part(stock, "公安机关移送案件化解率", "settled_police_rate"))
    yield from _agreements(view)
    yield from charts.shares(stock, "应办案件的去向", ways)


def _agreements(view: View) -> Iterator[Para]:
    """The forms of agreements, what became of them, and the court's confirmations."""

    def figures(*named: tuple[str, str]) -> str:
        return joined(*(part(view, words, name, number) for words, name in named), between="，")

    forms = figures(("口头协议", "oral"), ("书面协议", "written"))
    court = figures(("申请司法确认", "confirm_applied"), ("裁定确认有效", "confirmed"))
    if words := sentence(forms, figures(("已经全部履行", "performed"))) + sentence(court):
        yield Para(words)


def risks(facts: Facts, today: date) -> Iterator[Block]:
    """What was hard, averted, found on rounds, and what is overdue on the day of the report."""
    view = facts.cases
    yield Heading("五、风险隐患")
    none = f"{facts.now}没有疑难复杂案件。"
    hard = none if view.none("hard") else sentence(part(view, "疑难复杂案件", "hard"))
    if words := hard + _averted(view):
        yield Para(words)
    yield from _said(part(view, "开展排查", "screenings"), part(view, "预防纠纷", "prevented"))
    overdue = (
        f"超过调解期限还没有结果的案件 {facts.overdue} 件" if facts.overdue else "没有超过调解期限的案件"
    )
    late = f"到期没有履行的协议款项或事项 {facts.late} 期" if facts.late else "没有到期未履行的协议事项"
    yield Para(f"截至{in_words(today)}，{overdue}；{late}。")


def _averted(view: View) -> str:
    """What was averted (防止激化), in pairs of cases and people."""
    names = {what: (f"averted_{what.value}", f"averted_{what.value}_people") for what in Averted}
    pairs = {what: [name for name in pair if name in view.items] for what, pair in names.items()}
    there = [
        f"{what.label} {'、'.join(number(view, name) for name in pair)}"
        for what, pair in pairs.items()
        if any(view.value(name) for name in pair)
    ]
    return f"{'；'.join(there)}。" if there else "没有记为防止激化的案件。" if any(pairs.values()) else ""
