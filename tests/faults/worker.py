"""A process that does deeds when told to, each in a child that can be killed: python -m tests.faults.worker < orders.

It speaks over a socket and not by writing, so that faults of writing never strike its own words.
"""

import json
import os
import resource
import signal
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from mediator.domain.errors import Refusal
from tests.faults.deeds import CONTROLS, DEEDS
from tests.faults.practice import Ground, cheap


def say(to: socket.socket, **words: object) -> None:
    """One whole line."""
    to.sendall(json.dumps(words).encode() + b"\n")


def do(to: socket.socket, deed: str, root: str, most: int, wait: bool, file_size: int) -> None:
    """Do a deed as often as wanted and tell each time that it is kept, or what it failed of."""
    if wait:
        os.kill(os.getpid(), signal.SIGSTOP)
    if file_size:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    say(to, begun=True)
    try:
        for number, told in enumerate((DEEDS | CONTROLS)[deed](Ground(Path(root))), 1):
            say(to, kept=told)
            if number >= most:
                break
    except Refusal as refusal:
        say(to, refused=str(refusal))
    except BaseException:
        say(to, crashed=traceback.format_exc(limit=-6))


def main() -> None:
    """Carry out orders until there are no more."""
    cheap()
    to = socket.socket(fileno=int(sys.argv[1]))
    say(to, ready=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            with suppress(BrokenPipeError):
                do(to, **json.loads(line))
            os._exit(0)
        say(to, pid=child)
        os.waitpid(child, 0)
        say(to, gone=True)


if __name__ == "__main__":
    main()
