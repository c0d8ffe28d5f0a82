"""Sets the project up and does one verb: `python3 resources/setup run`; on Windows `py resources\\setup run`.

Needs a plain Python and nothing else. What is missing is fetched; what is there is not fetched again.
"""

from __future__ import annotations

import sys

import environment
import system
import verbs

OLDEST, NEWEST = (3, 11), (3, 13)


def main(words: list[str]) -> int:
    """Do the verb that the words begin with, passing it the rest; give the exit status (2: wrong usage)."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit("Python 3.11, 3.12 or 3.13 is needed (on Windows: py -3.11 resources\\setup run).")
    verb, *rest = words or [""]
    if verb in verbs.ALONE:
        verbs.ALONE[verb]()
        return 0
    if verb not in verbs.COMMANDS:
        print("usage: python3 resources/setup", "|".join([*verbs.COMMANDS, *verbs.ALONE]), file=sys.stderr)
        return 2
    system.provide()
    environment.provide()
    if verb != "lint":
        environment.provide_fonts()
    return verbs.do(verb, rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
