"""The heart of an agreement (协议内容), the same in the written one and in the register of oral ones."""

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.wording import numeral, prose, unended
from mediator.forms.facts import fact, section, unknown
from mediator.paper.blocks import Block, Heading, Lines, Para


def blocks(case: Case, lead: str) -> tuple[Block, ...]:
    """Facts in dispute, the clauses under a leading sentence, way and time of performance (若干规定 第三十五条)."""
    agreement = case.agreement or unknown(Agreement)
    return (
        *section("纠纷主要事实、争议事项", agreement.facts or case.summary),
        Heading("协议内容"),
        Para(lead),
        *(clauses(agreement) or (Lines(12),)),
        Heading("履行方式、时限"),
        fact("履行方式", _way(agreement)),
        *_place(agreement),
        fact("履行时限", _deadline(agreement)),
    )


def clauses(agreement: Agreement) -> tuple[Para, ...]:
    """Every item a numbered clause, then the other terms: one line as one clause, several lines as they were typed."""
    sentences = [item.in_words() for item in agreement.items]
    terms = [line for line in agreement.terms.splitlines() if line.strip()]
    if len(terms) == 1:
        sentences.append(unended(terms[0]) + "。")
    elif terms:
        sentences.append("其他约定：")
    numbered = [Para(prose(f"{numeral(n)}、{words}")) for n, words in enumerate(sentences, 1)]
    return (*numbered, *(Para(prose(line)) for line in terms if len(terms) > 1))


def _way(agreement: Agreement) -> str:
    if agreement.way:
        return f"{unended(prose(agreement.way))}。"
    return "按上列各项约定的方式履行。" if any(item.way for item in agreement.items) else ""


def _place(agreement: Agreement) -> tuple[Block, ...]:
    """Where it is performed, if that was agreed on; room to write it where nothing is known of what was agreed."""
    places = list(dict.fromkeys(prose(item.place) for item in agreement.items if item.place))
    if not places and (agreement.items or agreement.terms):
        return ()
    words = f"{unended(places[0])}。" if len(places) == 1 else "按上列各项约定的地点履行。" if places else ""
    return (fact("履行地点", words),)


def _deadline(agreement: Agreement) -> str:
    dated = any(part.due_on for item in agreement.items for part in item.instalments)
    words = prose(agreement.deadline) or ("按上列各项约定的期限履行" if dated else "")
    if not words:
        return ""
    return unended(words) + "。"
