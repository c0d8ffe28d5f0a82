"""The superior's key pair (上级恢复密钥对) as files: the public half as PEM, the private one locked with a password.

The private half opens the data of every office below, so guessing its password costs as much as guessing a user's:
Argon2id as in a slot of the key file, then AES-256-GCM. No standard container of PEM lets that cost be chosen.
"""

import json
import secrets
from base64 import b64decode, b64encode
from typing import Any

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mediator.domain.errors import Refusal
from mediator.store import keyfile, passwords

_BEGIN, _END = b"-----BEGIN MEDIATOR PRIVATE KEY-----\n", b"-----END MEDIATOR PRIVATE KEY-----\n"
_MOST = {"memory_kib": 1_048_576, "rounds": 20, "lanes": 16}
"""What a file may ask for: one that was made to hang the program asks for more."""


def new_pair(password: str) -> tuple[bytes, bytes]:
    """A new key pair: the private half, which opens only with the password, and the public one."""
    passwords.check(password)
    private = X25519PrivateKey.generate()
    pem = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return _locked(private.private_bytes_raw(), password), pem


def read_public(pem: bytes) -> X25519PublicKey:
    """The public key in a file; Refusal if it holds none of ours."""
    try:
        public = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        public = None
    if not isinstance(public, X25519PublicKey):
        raise Refusal("这个文件不是上级恢复公钥，请向上级要“恢复公钥.pem”。")
    return public


def read_private(pem: bytes, password: str) -> X25519PrivateKey:
    """The private key in a file; Refusal if it holds none of ours or the password is wrong."""
    try:
        return X25519PrivateKey.from_private_bytes(_unlocked(pem, password))
    except (ValueError, TypeError, KeyError, RecursionError, InvalidTag):
        raise Refusal("恢复私钥打不开：文件不对，或私钥的密码不对；请核对。") from None


def _locked(private: bytes, password: str) -> bytes:
    cost: dict[str, Any] = {
        "format": 1, "salt": secrets.token_hex(16), "memory_kib": keyfile.MEMORY_KIB, "rounds": keyfile.ROUNDS,
        "lanes": keyfile.LANES,
    }  # fmt: skip
    nonce = secrets.token_bytes(12)
    sealed = nonce + AESGCM(_key(cost, password)).encrypt(nonce, private, _bound(cost))
    body = json.dumps(cost | {"sealed": sealed.hex()}).encode()
    return _BEGIN + b64encode(body) + b"\n" + _END


def _unlocked(pem: bytes, password: str) -> bytes:
    if not pem.startswith(_BEGIN) or not pem.rstrip().endswith(_END.rstrip()):
        raise ValueError("no private key of ours")
    cost = json.loads(b64decode(pem[len(_BEGIN) : pem.rindex(_END.rstrip())]))
    if not isinstance(cost, dict):
        raise ValueError("no private key of ours")
    sealed = bytes.fromhex(cost.pop("sealed"))
    return AESGCM(_key(cost, password)).decrypt(sealed[:12], sealed[12:], _bound(cost))


def _key(cost: dict[str, Any], password: str) -> bytes:
    asked = {name: cost[name] for name in _MOST}
    if not all(isinstance(n, int) and 0 < n <= _MOST[name] for name, n in asked.items()):
        raise ValueError("a cost that nobody has chosen")
    return keyfile.stretched(password, bytes.fromhex(cost["salt"]), **asked)


def _bound(cost: dict[str, Any]) -> bytes:
    """What the seal holds for: this cost and no other."""
    return json.dumps(cost, sort_keys=True).encode()
