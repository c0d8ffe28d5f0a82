"""``make bench``: what the program takes on 160,000 cases, beside the bare limits of the same machine and run."""

import sys
from collections.abc import Callable, Iterator

from mediator.store.folder import Folder
from tests.bench import bound, clock, data, papers, verbs, window

ROOMS: tuple[Callable[[Folder], Iterator[clock.Line]], ...] = (
    window.window, verbs.everyday, verbs.saving, verbs.year, papers.agreements, bound.files,
    bound.word_files,
)  # fmt: skip


def main() -> int:
    """Print one line each; nothing here fails for being slow."""
    folder, made = data.kept()
    print(clock.row(*clock.HEADINGS))
    print(made)
    for room in ROOMS:
        for line in room(folder):
            print(line, flush=True)
    return 0


sys.exit(main())
