"""A disk that fails when asked to: SQLite's own door to the disk, with a hook before each call.

The library that the driver brings exports its functions, so a VFS of ours can be registered beside the real one.
It hands every call on to the real one unless the hook says otherwise.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from typing import Any, NamedTuple

import sqlcipher3._sqlite3 as library

FULL = 13
READ_ONLY = 8
READ_ONLY_FOLDER = 8 | 6 << 8
CANNOT_OPEN = 14
READ_ERROR = 10 | 1 << 8
WRITE_ERROR = 10 | 3 << 8
SYNC_ERROR = 10 | 4 << 8
TRUNCATE_ERROR = 10 | 6 << 8
DELETE_ERROR = 10 | 10 << 8
_IO_ERROR = 10

_OPEN_READ_ONLY, _OPEN_READ_WRITE, _OPEN_CREATE, _OPEN_EXCLUSIVE = 1, 2, 4, 16
_OPEN_MAIN = 0x100


class Call(NamedTuple):
    """One call to the disk: "open", "read", "write", "truncate", "sync" or "delete", of the file at `path`.

    For a write `address` is where its `size` bytes lie in memory; for a truncation `size` is the new one.
    """

    op: str
    path: str
    offset: int = 0
    size: int = 0
    address: int = 0

    @property
    def data(self) -> bytes:
        """What a write writes."""
        return ctypes.string_at(self.address, self.size)


Hook = Callable[[Call], int]
"""Answers 0 to let a call through, else the error code that SQLite gets instead."""


class _Vfs(ctypes.Structure):
    _fields_ = (
        *(("version", c_int), ("file_size", c_int), ("max_path", c_int), ("next", c_void_p), ("name", c_char_p)),
        *((name, c_void_p) for name in ("data", "open", "delete", "access", "full_path", "dl_open", "dl_error")),
        *((name, c_void_p) for name in ("dl_sym", "dl_close", "randomness", "sleep", "time", "last_error")),
        *((name, c_void_p) for name in ("time64", "set_call", "get_call", "next_call")),
    )


class _Methods(ctypes.Structure):
    _fields_ = (
        ("version", c_int),
        *((name, c_void_p) for name in ("close", "read", "write", "truncate", "sync", "size", "lock", "unlock")),
        *((name, c_void_p) for name in ("reserved", "control", "sector", "device")),
        *((name, c_void_p) for name in ("shm_map", "shm_lock", "shm_barrier", "shm_unmap", "fetch", "unfetch")),
    )


class _File(ctypes.Structure):
    _fields_ = (("methods", POINTER(_Methods)),)


_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_CLOSE = CFUNCTYPE(c_int, c_void_p)
_MOVE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


def _pointer(function: Any) -> Any:
    return ctypes.cast(function, c_void_p).value


class Disk:
    """The default VFS of this process while it is registered. `hook` may be changed at any time.

    `faults` holds what the hook itself raised, which SQLite can't be told: a test looks that it is empty.
    """

    def __init__(self) -> None:
        self.hook: Hook | None = None
        self.half_writes = False
        """Whether a write that fails leaves its first half on the disk."""
        self.syncs = False
        """Whether a sync is really done: it takes long, and no test here pulls the plug."""
        self.faults: list[BaseException] = []
        self._sqlite = ctypes.CDLL(library.__file__)
        self._sqlite.sqlite3_vfs_find.restype = c_void_p
        self._real = _Vfs.from_address(self._sqlite.sqlite3_vfs_find(None))
        self._real_open, self._real_delete = _OPEN(self._real.open), _DELETE(self._real.delete)
        self._vfs = _Vfs.from_buffer_copy(self._real)
        self._vfs.name = b"organizer-tests"
        # the callbacks must outlive every connection
        self._kept: list[Any] = [_OPEN(self._open), _DELETE(self._delete)]
        self._vfs.open, self._vfs.delete = map(_pointer, self._kept)
        self._wrapped: dict[int, _Methods] = {}
        self._paths: dict[int, str] = {}

    def register(self) -> None:
        """Every connection opened from now on goes through this disk."""
        self._sqlite.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)

    def unregister(self) -> None:
        """New connections go to the real disk again; those opened before still come through here."""
        self._sqlite.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
        self._sqlite.sqlite3_vfs_register(ctypes.byref(self._real), 1)

    def _ask(self, call: Call) -> int:
        if self.hook is None:
            return 0
        try:
            return self.hook(call)
        except BaseException as fault:  # it can't pass through C
            self.faults.append(fault)
            return _IO_ERROR

    def _open(self, _vfs: int, name: int, file: int, flags: int, out: Any) -> int:
        path = (ctypes.string_at(name) if name else b"").decode()
        _File.from_address(file).methods = POINTER(_Methods)()
        if flags & _OPEN_READ_WRITE:
            code = self._ask(Call("open", path))
            if code == READ_ONLY and flags & _OPEN_MAIN:
                # what the system does with a file that she may only read
                flags = flags & ~(_OPEN_READ_WRITE | _OPEN_CREATE | _OPEN_EXCLUSIVE) | _OPEN_READ_ONLY
            elif code:
                return code
        code = self._real_open(ctypes.addressof(self._real), name, file, flags, out)
        opened = _File.from_address(file)
        if opened.methods:
            self._paths[file] = path
            opened.methods = ctypes.pointer(self._methods(opened.methods.contents))
        return code

    def _methods(self, real: _Methods) -> _Methods:
        key = ctypes.addressof(real)
        if key not in self._wrapped:
            self._wrapped[key] = self._wrap(real)
        return self._wrapped[key]

    def _wrap(self, real: _Methods) -> _Methods:
        close, read, write = _CLOSE(real.close), _MOVE(real.read), _MOVE(real.write)
        truncate, sync = _TRUNCATE(real.truncate), _SYNC(real.sync)

        def on_close(file: int) -> int:
            self._paths.pop(file, None)
            return close(file)

        def on_read(file: int, address: int, size: int, offset: int) -> int:
            return self._ask(Call("read", self._paths[file], offset, size)) or read(file, address, size, offset)

        def on_write(file: int, address: int, size: int, offset: int) -> int:
            code = self._ask(Call("write", self._paths[file], offset, size, address))
            if code and self.half_writes and size > 1:
                write(file, address, size // 2, offset)
            return code or write(file, address, size, offset)

        def on_truncate(file: int, size: int) -> int:
            return self._ask(Call("truncate", self._paths[file], 0, size)) or truncate(file, size)

        def on_sync(file: int, flags: int) -> int:
            return self._ask(Call("sync", self._paths[file])) or (sync(file, flags) if self.syncs else 0)

        wrapped = _Methods.from_buffer_copy(real)
        made = (_CLOSE(on_close), _MOVE(on_read), _MOVE(on_write), _TRUNCATE(on_truncate), _SYNC(on_sync))
        self._kept.extend(made)
        wrapped.close, wrapped.read, wrapped.write, wrapped.truncate, wrapped.sync = map(_pointer, made)
        return wrapped

    def _delete(self, _vfs: int, name: bytes, sync: int) -> int:
        code = self._ask(Call("delete", name.decode(), 0, sync))
        return code or self._real_delete(ctypes.addressof(self._real), name, sync if self.syncs else 0)


_MADE: list[Disk] = []
"""Never let go: a connection that a failing test left open may still come through one."""


@contextmanager
def faulty_disk() -> Iterator[Disk]:
    """A disk registered for the block. A sync does nothing in it, for SQLite and for the program."""
    disk = Disk()
    _MADE.append(disk)
    disk.register()
    fsync = os.fsync
    os.fsync = lambda handle: None
    try:
        yield disk
    finally:
        disk.hook, os.fsync = None, fsync
        disk.unregister()
        assert not disk.faults, disk.faults


class Failing:
    """A hook that lets `after` calls of the kinds in `ops` through and answers the next with `code`.

    `for_ever`: and every one after that. `calls` counts those seen, `fired` those that failed.
    """

    def __init__(
        self, ops: frozenset[str], after: int = 1 << 60, code: int = FULL, for_ever: bool = False
    ) -> None:
        self.ops = ops
        self.after = after
        self.code = code
        self.for_ever = for_ever
        self.calls = 0
        self.fired = 0

    def __call__(self, call: Call) -> int:
        if call.op not in self.ops:
            return 0
        self.calls += 1
        if self.calls == self.after + 1 or (self.for_ever and self.calls > self.after):
            self.fired += 1
            return self.code
        return 0
