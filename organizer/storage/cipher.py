"""Passphrases and keys: SQLCipher 4's standard format, with the key derived here.

So one derivation serves every connection, the recovery key is the derived key itself, and any program that
knows SQLCipher opens the file with the passphrase alone.
Source of the format: https://www.zetetic.net/sqlcipher/design/ (PBKDF2-HMAC-SHA512 with 256,000 rounds, the salt
in the file's first 16 bytes; each page of 4096 bytes ends with a 16-byte vector and a 64-byte HMAC-SHA512).
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path
from typing import Any
from unicodedata import normalize

from organizer.domain import recovery
from organizer.domain.result import Message, Refusal

PLAIN = b"SQLite format 3\x00"
"""The first 16 bytes of a file that isn't encrypted."""

_ROUNDS = 256_000
_SALT, _SECRET, _PAGE = 16, 32, 4096
_HMAC, _HMAC_SALT_MASK, _HMAC_ROUNDS = 64, 0x3A, 2
_SAMPLE = 64  # pages tried when the question is whether a key belongs to a damaged file


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What opens an encrypted file: 32 secret bytes and the file's 16 bytes of salt. Never shown, never logged."""

    secret: bytes
    salt: bytes

    @property
    def literal(self) -> str:
        """The key as SQLCipher takes it in a PRAGMA or ATTACH: only ever given to the driver itself."""
        return f"\"x'{self.secret.hex()}{self.salt.hex()}'\""

    def fits(self, other: Key) -> bool:
        """True when both are the same key; takes as long either way."""
        return hmac.compare_digest(self.secret, other.secret)


Secret = str | Key
"""A passphrase or a recovery key as typed, or a key derived before."""


def new_key(passphrase: str) -> Key:
    """A key for a file that is yet to be written.

    Raises Refusal for what reads as a recovery key: typed later, it would be taken for one and not fit.
    """
    if recovery.read(passphrase):
        raise Refusal(Message("This is a recovery key, of this file or another. Choose a passphrase of your own."))
    return _derived(passphrase, secrets.token_bytes(_SALT))


def key_for(path: Path, secret: Secret) -> Key:
    """The key that `secret` stands for in the file at `path`, whether it fits or not. Reads the first 16 bytes.

    No connection to the file may be open in this process: closing any handle drops SQLite's locks on POSIX.
    """
    with path.open("rb") as opened:
        salt = opened.read(_SALT)
    return key_with(salt, secret)


def key_with(salt: bytes, secret: Secret) -> Key:
    """The key that `secret` stands for in a file with this salt."""
    if isinstance(secret, Key):
        return Key(secret.secret, salt)
    known = recovery.read(secret)
    return Key(known, salt) if known else _derived(secret, salt)


def _derived(passphrase: str, salt: bytes) -> Key:
    # keyboards write å as one sign or as two
    typed = normalize("NFC", passphrase).encode()
    return Key(pbkdf2_hmac("sha512", typed, salt, _ROUNDS, _SECRET), salt)


def looks_encrypted(path: Path) -> bool:
    """True for a file that could be encrypted: a page at least, neither plain SQLite nor blank.

    No connection to the file may be open in this process.
    """
    size = path.stat().st_size
    with path.open("rb") as opened:
        start = opened.read(_SALT)
    return size >= _PAGE and start != PLAIN and any(start)


def opens_first_page(path: Path, key: Key) -> bool:
    """True when the key opens the file at `path` and its first page is whole. No connection may be open."""
    return _opens(path, key, 1)


def opens_some_page(path: Path, key: Key) -> bool:
    """True when the key belongs to the file at `path`, though its beginning may be damaged.

    Each page carries its own proof: one that agrees is enough. No connection to the file may be open.
    """
    return _opens(path, key, _SAMPLE)


def _opens(path: Path, key: Key, pages: int) -> bool:
    mask = bytes(byte ^ _HMAC_SALT_MASK for byte in key.salt)
    proof_key = pbkdf2_hmac("sha512", key.secret, mask, _HMAC_ROUNDS, _SECRET)
    with path.open("rb") as opened:
        for number in range(1, pages + 1):
            page = opened.read(_PAGE)
            if len(page) < _PAGE:
                return False
            body = page[_SALT if number == 1 else 0 : _PAGE - _HMAC]
            proof = hmac.digest(proof_key, body + number.to_bytes(4, "little"), "sha512")
            if hmac.compare_digest(proof, page[-_HMAC:]):
                return True
    return False


def unlock(connection: Any, key: Key | None, schema: str = "") -> None:
    """Give a fresh driver connection (or its attached `schema`) the key, before anything else is asked of it."""
    # SQLCipher would write about every wrong key on the terminal
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key:
        prefix = f"{schema}." if schema else ""
        connection.execute(f"PRAGMA {prefix}key = {key.literal}")
