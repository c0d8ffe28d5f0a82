#!/usr/bin/env python3
"""核对导出的审计记录 / Check an exported audit chain. Needs nothing but Python 3.9 or newer.

    python verify_audit.py [导出的文件夹] [打印在纸上的校验码、以前的 checkpoint.json ……]

Every line of entries.jsonl is hashed with the hash of the line before; checkpoint.json says how many there were and what
the last hash was, signed with the office's key (Ed25519). A chain written anew from the beginning, with a new key, agrees
with itself: so compare the key and the codes with what is on paper or in an earlier export.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
KEYS = (
    "id", "at", "clock_suspect", "by", "action", "case_id", "detail", "reason", "medium", "undoes", "changes_digest",
)  # fmt: skip
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Wrong(Exception):
    """What does not hold, in words."""


def link(before: str, row: dict[str, Any]) -> str:
    """The hash of an entry: of the hash before it and of all it says, as a JSON array without blanks."""
    told = json.dumps([row[key] for key in KEYS], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"entry 1\n{before}\n{told}".encode()).hexdigest()


def hashes(path: Path) -> list[str]:
    """The hashes of all entries, in order; Wrong at the first that is missing, altered or out of order."""
    found = [""]
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                told, computed = row["id"], link(found[-1], row)
                if told != number:
                    raise Wrong(f"第 {number} 条的位置上是第 {told} 条：有记录被删去、插入或调换过")
                if computed != row["hash"]:
                    raise Wrong(f"第 {number} 条被改动过，或者和前一条接不上")
            except (ValueError, KeyError, TypeError):
                raise Wrong(f"第 {number} 行读不出来，文件被改动过或不完整") from None
            found.append(computed)
    return found


def add(p: Point, q: Point) -> Point:
    """The sum of two points of the curve, RFC 8032 section 5.1.4."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    """A multiple of a point."""
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(data: bytes) -> Point:
    """The point that 32 bytes stand for, RFC 8032 section 5.1.3; ValueError if none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or (x * x - square) % P or (not x and sign):
        raise ValueError
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a message was signed with the private half of a key, RFC 8032 section 5.1.7."""
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    left, right = times(s, base), add(r, times(k, a))
    return s < ORDER and not any((left[n] * right[2] - right[n] * left[2]) % P for n in (0, 1))


def check_point(path: Path, found: list[str]) -> str:
    """See that the chain passes through a signed checkpoint, and return its key; Wrong if not."""
    try:
        point = json.loads(path.read_text("utf-8"))
        message = "mediator checkpoint 1\n{log}\n{size}\n{head}\n{at}\n".format(**point).encode()
        size, head, key = int(point["size"]), point["head"], str(point["key"])
        genuine = signed(bytes.fromhex(key), message, bytes.fromhex(point["signature"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise Wrong(f"检查点“{path}”读不出来") from None
    if not genuine:
        raise Wrong(f"检查点“{path}”的签名不对，它被改动过")
    if size >= len(found):
        raise Wrong(f"检查点“{path}”说有 {size} 条，这里只有 {len(found) - 1} 条：后面的记录被删去了")
    if found[size] != head:
        raise Wrong(f"第 {size} 条和检查点“{path}”里的不一样：记录被换过")
    return key


def code_of(digest: str) -> str:
    """The first 80 bits of a hash as they are printed on paper."""
    number = int(digest[:20], 16)
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(16)))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def check(folder: Path, others: list[str]) -> list[str]:
    """Check an export, also against what is on paper or was exported before; return what to say. Wrong if it fails."""
    found = hashes(folder / "entries.jsonl")
    key = check_point(folder / "checkpoint.json", found)
    for other in others:
        if Path(other).is_file():
            if check_point(Path(other), found) != key:
                raise Wrong(f"检查点“{other}”是用另一把密钥签的")
        elif other.upper() not in map(code_of, found[1:]):
            raise Wrong(f"没有一条记录的校验码是 {other}")
    words = f"✓ 完好：共 {len(found) - 1} 条，前后相连，没有缺少，都没有被改动。"
    code = code_of(found[-1])
    return [words, f"校验码：{code}", f"签名公钥：{key}", "请和纸面或以前导出的核对，一样才算数。"]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        print("\n".join(check(Path(sys.argv[1] if sys.argv[1:] else "."), sys.argv[2:])))
    except (OSError, ValueError, Wrong) as trouble:
        print(f"✗ 不可信：{trouble}。")
        sys.exit(1)
