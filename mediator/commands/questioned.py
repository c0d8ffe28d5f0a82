"""mediator tally --questioned: the checks that do not hold (核对), each with the cases in question."""

from mediator.commands.case import row_document, row_line
from mediator.commands.command import Given
from mediator.tallies.sayings import told


def run(given: Given) -> int:
    """List what does not hold in a table for a period; a check that no case explains stands alone."""
    from mediator.commands import data, say
    from mediator.services import figures, judging, questioned
    from mediator.tallies import register

    table = register.of(given.table, given.until)
    with data.at_work(given) as session:
        tally = figures.shown(session, table, given.since, given.until)
        made = judging.judged(session, tally)
        found = [(check, questioned.behind_check(session, tally, check)) for check in made.troubles]
    document = [
        {"verdict": check.verdict.value, "words": check.words, "note": tally.notes.get(check.words, ""),
         "cases": [row_document(row) for row in rows]}
        for check, rows in found
    ]  # fmt: skip
    lines = [
        line
        for check, rows in found
        for line in (
            told(check.words, check.verdict, tally.notes.get(check.words, "")),
            *(f"\t{row_line(row)}" for row in rows),
        )
    ]
    say.say(given, {"table": table.code, "checks": document}, lines or ["各项核对全部相符。"])
    return 0
