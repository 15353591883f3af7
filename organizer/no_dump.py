"""Keeps what is in memory off the disk when the program crashes. A leaf."""

from __future__ import annotations

import sys

_NONE = 1
"""One byte: too little for a dump in a file, and Linux gives none to a crash reporter either where it is 1.

With 0 a reporter would still get one: https://docs.kernel.org/admin-guide/sysctl/kernel.html#core-pattern and
fs/coredump.c, which takes 1 for a process that must not be dumped.
"""


def forbid() -> None:
    """From now on a crash of this process leaves no image of its memory, which holds her data and keys.

    Does nothing on Windows, where only what the system itself reports would hold it.
    """
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    most = _NONE if hard == resource.RLIM_INFINITY else min(_NONE, hard)
    resource.setrlimit(resource.RLIMIT_CORE, (most, hard))
