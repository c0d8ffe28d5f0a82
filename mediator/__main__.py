"""Starts the program: ``python -m mediator`` and the installed command ``mediator``."""

import sys

__all__ = ["main"]


def main() -> int:
    """Run what was typed, or be the process apart in which files from elsewhere are read."""
    from mediator.exchange import sandbox

    if sys.argv[1:] == [sandbox.SWITCH]:
        return sandbox.serve()
    from mediator import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
