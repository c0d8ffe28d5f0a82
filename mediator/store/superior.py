"""The superior's key pair (上级恢复密钥对) as files: PEM, the private half locked with a password."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from mediator.domain.errors import Refusal
from mediator.store import passwords


def new_pair(password: str) -> tuple[bytes, bytes]:
    """A new key pair: the private half, which opens only with the password, and the public one."""
    passwords.check(password)
    private = X25519PrivateKey.generate()
    lock = serialization.BestAvailableEncryption(password.encode())
    pem = serialization.Encoding.PEM
    return (
        private.private_bytes(pem, serialization.PrivateFormat.PKCS8, lock),
        private.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo),
    )


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
        private = serialization.load_pem_private_key(pem, password.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, X25519PrivateKey):
        raise Refusal("恢复私钥打不开：文件不对，或私钥的密码不对；请核对。")
    return private
