"""Starts the program: ``python -m mediator`` and the installed command ``mediator``."""

import sys

from mediator.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
