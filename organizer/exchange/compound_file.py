"""The outer form of old office files (xls): a small file system of sectors, of which one stream is taken out.

After Microsoft's [MS-CFB]. Only what finding a stream needs; every chain is followed no longer than the file is.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FREE = 0xFFFFFFFA  # sector numbers from here on mean something else
_ENTRY = 128
_IN_HEADER = 109


class BadCompound(ValueError):  # noqa: N818 - it is the file that is bad
    """The file is cut or damaged."""


def stream(data: bytes, names: Sequence[str]) -> bytes | None:
    """The bytes of the first stream with one of these names; None where there is none. Raises BadCompound."""
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError, MemoryError) as error:
        raise BadCompound(str(error)) from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        if not data.startswith(SIGNATURE):
            raise BadCompound("no compound file")
        shift, mini = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini != 6:
            raise BadCompound("strange sectors")
        self.data, self.size = data, 1 << shift
        directory, _signature, self.cutoff, mini_table = struct.unpack_from("<IIII", data, 48)
        self.table = self._table()
        self.directory = self._chain(directory)
        self.mini_table = _numbers(self._chain(mini_table))

    def stream(self, names: Sequence[str]) -> bytes | None:
        """See `stream`."""
        entries = [self.directory[at : at + _ENTRY] for at in range(0, len(self.directory) - _ENTRY + 1, _ENTRY)]
        for entry in entries:
            length = struct.unpack_from("<H", entry, 64)[0]
            if 2 <= length <= 64 and entry[: length - 2].decode("utf-16-le", "replace") in names:
                start, size = struct.unpack_from("<II", entry, 116)
                if size >= self.cutoff:
                    return self._chain(start)[:size]
                return self._small(entries[0], start)[:size]
        return None

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if start >= len(self.data):
            raise BadCompound("a sector lies behind the end")
        return self.data[start : start + self.size]

    def _table(self) -> Sequence[int]:
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self.data, 76))
        further = struct.unpack_from("<I", self.data, 68)[0]
        most = len(self.data) // self.size + 1
        while further < _FREE and len(sectors) <= most + _IN_HEADER:
            *more, further = _numbers(self._sector(further))
            sectors += more
        return _numbers(b"".join(self._sector(number) for number in sectors if number < _FREE))

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < _FREE:
            if len(parts) > len(self.table):
                raise BadCompound("a chain runs in a circle")
            parts.append(self._sector(number))
            number = self.table[number]
        return b"".join(parts)

    def _small(self, root: bytes, number: int) -> bytes:
        """A stream so small that it lies in the root's own, in sectors of 64 bytes."""
        whole = self._chain(struct.unpack_from("<I", root, 116)[0])
        parts: list[bytes] = []
        while number < _FREE:
            if len(parts) > len(self.mini_table):
                raise BadCompound("a chain runs in a circle")
            parts.append(whole[number * 64 : number * 64 + 64])
            number = self.mini_table[number]
        return b"".join(parts)


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
