"""The office's own keys (本单位密钥): made when first needed; the private halves never leave the encrypted database."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.codes import KeyUse
from mediator.domain.safety import OwnKey
from mediator.exchange import ed25519
from mediator.store import history


def signing(session: Session) -> OwnKey:
    """The key the office signs with; made at first need, which only a transaction may do."""
    found = select(OwnKey).where(OwnKey.use == KeyUse.SIGN, OwnKey.retired_at.is_(None))
    known = session.scalars(found.order_by(OwnKey.id.desc())).first()
    if known is not None:
        return known
    if not history.watched(session):
        raise RuntimeError("a key made while only looking things up would be lost")
    public, private = ed25519.new_pair()
    made = OwnKey(
        use=KeyUse.SIGN, public=public, private=private, made_at=datetime.now().replace(microsecond=0)
    )
    session.add(made)
    session.flush()
    return made


def sign(session: Session, message: bytes) -> tuple[str, str]:
    """Sign a message; return the public key and the signature."""
    key = signing(session)
    return key.public, ed25519.sign(key.private, message)


def is_own(session: Session, public: str) -> bool:
    """Whether a public key is one of this office, also one it no longer signs with."""
    return session.scalars(select(OwnKey.id).where(OwnKey.public == public)).first() is not None
