"""审计记录的导出: all entries in an open form that anybody can check without this program, in a folder of their own.

No values: what an entry changed is bound by a digest with a salt that stays here. Whoever disputes what was changed is
shown the salt and the changes, and can compute the digest.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.services import access, entries_paper, outgoing, printouts
from mediator.services.audit import Progress, nothing_told
from mediator.services.checkpoints import Checkpoint
from mediator.services.entries import Wanted
from mediator.services.printouts import Printout
from mediator.store import chain, durable

ENTRIES, CHECKPOINT, VERIFIER = "entries.jsonl", "checkpoint.json", "verify_audit.py"
LIST, README = "entries.pdf", "说明.txt"
SCRIPT = Path(__file__).parents[2] / "resources" / VERIFIER
KEYS = (
    "id", "at", "clock_suspect", "by", "action", "case_id", "detail", "reason", "medium", "undoes", "changes_digest",
)  # fmt: skip
"""What a line holds, besides its hash."""
_BYTES = 500
"""Of a line, so that there is room."""
_AT_ONCE = 1000
_WORDS = """审计记录的导出

entries.jsonl       全部审计记录，每行一条（JSON），从第一条起。不含改前改后的内容，changes_digest 是改动内容的校验值。
checkpoint.json     导出时共有多少条、最后一条的校验值，用本单位的密钥签名（Ed25519）。
verify_audit.py     核对程序，有 Python 3.9 以上就能用，不需要本软件：python verify_audit.py .
                    后面可以再写打印在表上的校验码，或以前导出的 checkpoint.json：python verify_audit.py . 7K3M-Q9XD-2HVT-A04R
entries.pdf         便于阅读的清单。

记录里有工作人员的姓名、卷号和写下的原因，没有加密，请妥善保管。
"""


def export(
    session: Session,
    point: Checkpoint,
    place: Path,
    wanted: Wanted | None = None,
    tell: Progress = nothing_told,
) -> Path:
    """Write the chain up to a point into a new folder in a place, and return the folder; the list shows what is wanted.

    The point is made in a transaction before this one, which then only notes, at its end, what left the house.
    Refusal if it cannot be written whole; then there is no folder. ``tell`` is told how many entries, of how many.
    """
    access.need(session, Power.AUDIT)
    outgoing.exported(session, f"审计记录（{point.size} 条）", place)
    listed = printouts.as_pdf([Printout(entries_paper.paper(session, wanted or Wanted(), point=point))])
    folder = place / f"mediator-audit-{point.log[:8]}-{datetime.fromisoformat(point.at):%Y%m%d-%H%M%S}"
    try:
        folder.mkdir()
    except OSError as error:
        raise durable.refusal(place, error) from None
    try:
        durable.pour(folder, ENTRIES, _lines(session, point.size, tell), point.size * _BYTES)
        durable.write(folder, CHECKPOINT, json.dumps(point.document, ensure_ascii=False, indent=1).encode())
        durable.write(folder, VERIFIER, SCRIPT.read_bytes())
        durable.write(folder, LIST, listed)
        with suppress(Refusal):  # on a drive that takes no Chinese names it goes without
            durable.write(folder, README, _WORDS.replace("\n", "\r\n").encode("utf-8-sig"))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _lines(session: Session, size: int, tell: Progress) -> Iterator[bytes]:
    lines: list[str] = []
    for row in chain.entries(session.connection(), 1, size):
        told = dict(zip(KEYS, json.loads(row[1]), strict=True)) | {"hash": row[4]}
        lines.append(json.dumps(told, ensure_ascii=False) + "\n")
        if len(lines) == _AT_ONCE:
            tell(row[0], size)
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()
