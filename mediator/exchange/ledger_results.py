"""Reading how a row ended: result, stage, days, agreement, money, performance."""

from datetime import date

from mediator.domain.agreement import Agreement
from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Performance, Stage
from mediator.exchange import ledger_headings as known
from mediator.exchange import ledger_words as words
from mediator.exchange.ledger_reading import Reading
from mediator.exchange.ledger_words import Loose, Result

_SHORT = 30


def read_result(row: Reading, accepted: date) -> None:
    """Set what follows from the result of a row: outcome, stage and days of the case, and its agreement."""
    text = row.text(known.OUTCOME)
    chosen = row.choices.results.get(words.bare(text))
    result = chosen or words.result_of(text)
    if result is None:
        row.against(f"调解结果“{text[:_SHORT]}”不认识，请写达成书面协议、达成口头协议、未达成协议、正在调解等" if text
                    else "没有写调解结果")  # fmt: skip
        return
    form = _form(row)
    outcome = _settled(row, text, form) if result is Loose.SETTLED else result
    settled = isinstance(outcome, Outcome) and outcome.settled
    if form and settled and outcome is not form:
        row.against(f"调解结果是“{text[:_SHORT]}”，协议形式却是“{form.label}”，请核对")
    performance = _performance(row, settled)
    day = _day(row, text, settled, outcome is Loose.OPEN)
    if outcome is Loose.OPEN:
        row.put(Case.stage, Stage.MEDIATING)
    else:
        row.put(Case.outcome, outcome if isinstance(outcome, Outcome) else None)
        row.put(Case.concluded_on, day or accepted)
        row.put(Case.stage, _stage(settled, performance))
        if day is None:
            row.assume(words.DAY_MISSING, remark=True)
    _money(row, settled)
    if settled:
        _agreement(row, outcome, day, performance)


def _form(row: Reading) -> Outcome | None:
    text = row.text(known.FORM)
    if text and words.bare(text) not in words.FORMS:
        row.against(f"协议形式“{text[:_SHORT]}”不认识，请写书面或口头")
    return words.FORMS.get(words.bare(text))


def _settled(row: Reading, text: str, form: Outcome | None) -> Outcome:
    """Written or oral, where the result only says that all is well."""
    if form:
        return form
    if row.day(known.REACHED_ON):
        row.assume(f"结果写“{text}”并有协议日期的，按{words.SETTLED_WITH_DAY.label}记。")
        return words.SETTLED_WITH_DAY
    row.assume(f"结果写“{text}”而没有协议日期的，按{words.SETTLED_WITHOUT_DAY.label}记。", remark=True)
    return words.SETTLED_WITHOUT_DAY


def _day(row: Reading, text: str, settled: bool, open: bool) -> date | None:
    """The day of the result as the ledger has it."""
    reached, concluded = row.day(known.REACHED_ON), row.day(known.CONCLUDED_ON)
    if reached and not settled:
        row.against(f"结果是“{text[:_SHORT]}”，却填了协议日期，请核对")
    elif concluded and open:
        row.against(f"结果是“{text[:_SHORT]}”，却填了结果日期，请核对")
    if reached and concluded and reached != concluded:
        row.remarks.append(f"台账{row.layout.columns[known.CONCLUDED_ON.code].heading}：{concluded}。")
    return reached or concluded


def _performance(row: Reading, settled: bool) -> Performance | None:
    text = row.text(known.PERFORMANCE)
    performance = words.PERFORMANCES.get(words.bare(text))
    if text and performance is None:
        row.against(f"履行情况“{text[:_SHORT]}”不认识，请写是、否或部分履行")
    if not settled and performance in (Performance.FULL, Performance.PART):
        row.against(f"没有达成协议，履行一栏却写“{text}”，请核对")
    return performance


def _stage(settled: bool, performance: Performance | None) -> Stage:
    if not settled:
        return Stage.UNSETTLED
    return Stage.PERFORMED if performance is Performance.FULL else Stage.SETTLED


def _money(row: Reading, settled: bool) -> None:
    """涉及金额 belongs to the agreement; where there is none, it is what the parties dispute over."""
    amount = row.value(known.AMOUNT)
    column = row.layout.columns.get(known.AMOUNT.code)
    if not isinstance(amount, int):
        return
    if column and column.in_wan:
        row.assume(words.IN_WAN)
    if settled:
        row.put(Agreement.amount, amount)
    elif row.case[Case.claimed.key] is None:
        row.put(Case.claimed, amount)
        row.assume(words.AMOUNT_AS_CLAIMED)
    else:
        row.remarks.append(f"台账涉及金额：{figures(amount)} 元。")


def _agreement(row: Reading, outcome: Result, day: date | None, performance: Performance | None) -> None:
    """协议: an oral one takes effect when reached (法第三十条); when a written one was signed is not told."""
    row.put(Agreement.reached_on, day)
    row.put(Agreement.effective_on, day if outcome is Outcome.ORAL else None)
    row.put(Agreement.terms, row.value(known.TERMS))
    row.put(Agreement.performance, performance)
    row.put(Agreement.performed_on, row.day(known.PERFORMED_ON))
