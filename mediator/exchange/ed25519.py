"""Signatures (签名, Ed25519, RFC 8032): keys and signatures are hexadecimal text, as they stand in files and on paper."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_pair() -> tuple[str, bytes]:
    """A new key pair: the public half and the private one."""
    private = Ed25519PrivateKey.generate()
    return private.public_key().public_bytes_raw().hex(), private.private_bytes_raw()


def sign(private: bytes, message: bytes) -> str:
    """The signature of a message."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message).hex()


def holds(public: str, message: bytes, signature: str) -> bool:
    """Whether a message was signed with the private half of this key; False also for what is no key or no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
