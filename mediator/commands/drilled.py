"""mediator tally --drill: what is behind a number (数字背后的案件), as it was closed or, while the period is open, as it is now."""

from typing import TYPE_CHECKING

from mediator.commands.case import row_document, row_line
from mediator.commands.command import Given
from mediator.domain.errors import Refusal

if TYPE_CHECKING:
    from mediator.domain.figures import Screening


def run(given: Given) -> int:
    """List all cases behind a number by the day that counts them, or the screenings where it counts these."""
    from mediator.commands import data, say
    from mediator.domain.fields import written
    from mediator.services import figures, questioned
    from mediator.tallies import register
    from mediator.tallies.population import CASES, SCREENINGS

    table = register.of(given.table, given.until)
    with data.at_work(given) as session:
        tally = figures.shown(session, table, given.since, given.until)
        label = next((heading.label for heading in tally.headings if heading.name == given.drill), "")
        of = questioned.counts(tally, given.drill)
        document: dict[str, object] = {"table": table.code, "column": given.drill}
        if of is SCREENINGS:
            found = questioned.screenings_behind(session, tally, given.drill)
            document["screenings"] = [written(one) for one in found]
            lines = [_screening(one) for one in found]
        elif of is CASES:
            rows = list(questioned.all_behind(session, tally, given.drill))
            document["cases"] = [row_document(row) for row in rows]
            lines = [row_line(row) for row in rows]
        else:
            raise Refusal(f"“{label}”数的不是案件，没有案件可以列出。")
    say.say(given, document, lines)
    return 0


def _screening(one: "Screening") -> str:
    """A screening in a list: day, area, people, what was found and prevented, with tabs between."""
    counts = (("发现", one.found), ("预防", one.prevented))
    told = [f"{words} {number} 件" for words, number in counts if number is not None]
    return "\t".join((one.screened_on.isoformat(), one.area, one.people, *told))
