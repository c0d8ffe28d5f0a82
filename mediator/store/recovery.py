"""The recovery key (恢复密钥): 160 random bits on paper, for the day on which nobody knows a password any more.

Eight groups of four characters and two to check by, of the alphabet of Crockford's base32 (no I, L, O, U): what is
easily read wrong counts as what it looks like. Any one wrong character and any two that changed places are found.
"""

import secrets
import unicodedata

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mediator.domain.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 160
LENGTH = 32
CHECK = 2
GROUP = 4
_PRIME = 1021
"""The largest prime below 32², so that the two characters tell any single slip."""
_LOOKS_LIKE = str.maketrans("OILU", "011V")
SAMPLE = "7K3M-Q9XD-2HVT-A04R-WN8C-5ZJE-G6PB-1SYF-4T"


def new() -> str:
    """A new recovery key, as it is printed."""
    return written(secrets.randbits(BITS))


def written(value: int) -> str:
    """A number of 160 bits as it stands on paper, its check characters last."""
    found = letters(value, LENGTH)
    groups = [found[start : start + GROUP] for start in range(0, LENGTH, GROUP)]
    return "-".join([*groups, letters(value % _PRIME, CHECK)])


def read(typed: str) -> int:
    """The number that was typed, with or without hyphens and blanks; Refusal says how it cannot be right."""
    found = plain(typed)
    if len(found) != LENGTH + CHECK or set(found) - set(ALPHABET):
        raise Refusal(
            f"恢复密钥应有 {LENGTH // GROUP} 组，每组 {GROUP} 个字符，最后还有 {CHECK} 个；"
            f"现在是 {len(found)} 个，请对照纸上逐组核对。"
        )
    value = number(found[:LENGTH])
    if number(found[LENGTH:]) != value % _PRIME:
        raise Refusal("恢复密钥里有字符输错了，请对照纸上逐组核对；0 是数字零，1 是数字一。")
    return value


def plain(typed: str) -> str:
    """The characters that were typed, as they count: without hyphens and blanks, what looks like a digit a digit."""
    whole = unicodedata.normalize("NFKC", typed).upper().translate(_LOOKS_LIKE)
    return "".join(char for char in whole if char.isalnum())


def private(typed: str) -> X25519PrivateKey:
    """The private key that a recovery key stands for."""
    secret = read(typed).to_bytes(BITS // 8, "big")
    return X25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, None, b"mediator recovery").derive(secret))


def letters(value: int, count: int) -> str:
    """A number in so many characters of the alphabet, five bits each."""
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(count)))


def number(letters: str) -> int:
    """The number that such characters stand for."""
    value = 0
    for char in letters:
        value = value << 5 | ALPHABET.index(char)
    return value
