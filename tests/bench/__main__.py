"""``make bench``: what the program takes on 160,000 cases, beside the bare limits of the same machine and run.

``MEDIATOR_BENCH_CASES=1000000`` takes as many. ``python -m tests.bench years growth`` runs only those.
"""

import sys
from collections.abc import Callable, Iterator

from mediator.store.folder import Folder
from tests.bench import audit, bound, clock, data, papers, tables, verbs, window

ROOMS: tuple[Callable[[Folder], Iterator[clock.Line]], ...] = (
    window.window, verbs.everyday, verbs.saving, tables.years, tables.growth, tables.behind, tables.sheets,
    tables.ledger, papers.agreements, bound.files, bound.word_files, audit.chained,
)  # fmt: skip


def main() -> int:
    """Print one line each; nothing here fails for being slow."""
    folder, made = data.kept()
    print(clock.row(*clock.HEADINGS))
    print(made)
    wanted = sys.argv[1:]
    for room in ROOMS:
        if wanted and room.__name__ not in wanted:
            continue
        for line in room(folder):
            print(line, flush=True)
    return 0


sys.exit(main())
