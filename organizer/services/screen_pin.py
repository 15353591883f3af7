"""The PIN that guards the screen, kept in memory: it locks and unlocks also when the disk does not answer."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import scrypt

from organizer.services.protection import _PIN, _SCRYPT
from organizer.storage import File, settings


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
        return hmac.compare_digest(scrypt(pin.encode(), salt=salt, **_SCRYPT), digest)


def of(file: File) -> ScreenPin:
    """The PIN of the open file as it is now. Raises Refusal when it can't be read."""
    return ScreenPin(settings.read(file, _PIN))
