"""The PIN that guards the screen, not the file; kept in memory, so that the screen locks when the disk is gone."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import scrypt
from secrets import token_bytes

from organizer.storage import File, settings

_KEY, _MINUTES = "pin", "lock_minutes"
_DEFAULT_MINUTES = 10


@dataclass(frozen=True, slots=True)
class ScreenPin:
    """The salted digest of a PIN, falsy without one."""

    _kept: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self._kept)

    def fits(self, pin: str) -> bool:
        """True when `pin` is the one that was set."""
        known = self._kept.split()
        if len(known) != 2:
            return False
        salt, digest = map(bytes.fromhex, known)
        return hmac.compare_digest(_digest(pin, salt), digest)


def of(file: File) -> ScreenPin:
    """The PIN of the open file as it is now. Raises Refusal when it can't be read."""
    return ScreenPin(settings.read(file, _KEY))


def choose(file: File, pin: str) -> None:
    """Guard the screen with a PIN, or no longer (""). Only its salted digest is stored."""
    salt = token_bytes(16)
    file.remember(_KEY, f"{salt.hex()} {_digest(pin, salt).hex()}" if pin else "")


def _digest(pin: str, salt: bytes) -> bytes:
    # costs a tenth of a second and 16 MB for each guess: https://datatracker.ietf.org/doc/html/rfc7914
    return scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1)


def lock_minutes(file: File) -> int:
    """After how many minutes without a key or a click the program locks itself; 0 means never."""
    text = settings.read(file, _MINUTES)
    return int(text) if text.isdecimal() else _DEFAULT_MINUTES


def set_lock_minutes(file: File, minutes: int) -> None:
    """Lock after this many idle minutes, 0: never by itself."""
    file.remember(_MINUTES, str(minutes))
