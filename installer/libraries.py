"""System libraries that Qt needs and a machine without a desktop lacks. Standard library only.

Which are missing is asked of the machine itself: ldd names each library that a part of Qt can't find. Only the
way from a library to its package is written down here, for Debian, Ubuntu and their kin.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from console import Stop, quiet, say, shown

PACKAGES: dict[str, tuple[str, ...]] = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libGLX.so.0": ("libglx0",),
    "libOpenGL.so.0": ("libopengl0",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libX11.so.6": ("libx11-6",),
    "libbrotlicommon.so.1": ("libbrotli1",),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    # newer releases renamed it when time stamps grew to 64 bits
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgthread-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgobject-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgio-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libstdc++.so.6": ("libstdc++6",),
    "libwayland-client.so.0": ("libwayland-client0",),
    "libwayland-cursor.so.0": ("libwayland-cursor0",),
    "libwayland-egl.so.1": ("libwayland-egl1",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-glx.so.0": ("libxcb-glx0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xinerama.so.0": ("libxcb-xinerama0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxcb.so.1": ("libxcb1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libz.so.1": ("zlib1g",),
    "libzstd.so.1": ("libzstd1",),
}
"""Library to package; where a package has had several names, the newest first."""

_ALWAYS = (
    "QtCore.abi3.so", "QtGui.abi3.so", "QtWidgets.abi3.so", "QtSvg.abi3.so", "QtPrintSupport.abi3.so",
    "QtTest.abi3.so", "QtNetwork.abi3.so", "QtDBus.abi3.so", "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/iconengines/libqsvgicon.so", "Qt/plugins/imageformats/libqsvg.so",
)  # fmt: skip
_WINDOW = ("Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqwayland.so")

_MISSING = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)
_APT = ("-o", "DPkg::Lock::Timeout=120", "--yes", "--no-install-recommends")


def missing_in(ldd_output: str) -> set[str]:
    """The libraries that ldd says can't be found."""
    return set(_MISSING.findall(ldd_output))


def missing(python: Path, window: bool) -> set[str]:
    """The libraries that this machine lacks for the Qt installed beside `python`, with or without a window."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return set()
    where = "import importlib.util as u; print(u.find_spec('PySide6').submodule_search_locations[0])"
    folder = Path(quiet([str(python), "-I", "-c", where]).stdout.strip())
    parts = [folder / part for part in (*_ALWAYS, *(_WINDOW if window else ()))]
    return missing_in(quiet(["ldd", *(str(part) for part in parts if part.exists())]).stdout)


def choose_packages(libraries: Iterable[str], known: Iterable[str]) -> tuple[list[str], list[str]]:
    """The packages that hold `libraries`, of those that the machine's lists `known`; and libraries in none.

    Where the lists know none of a library's names, the oldest one is given, which every release understands.
    """
    known = set(known)
    packages, unknown = set(), []
    for library in sorted(libraries):
        names = PACKAGES.get(library)
        if names is None:
            unknown.append(library)
        else:
            packages.add(next((name for name in names if name in known), names[-1]))
    return sorted(packages), unknown


def provide(python: Path, window: bool, required: bool = True) -> None:
    """See to it that Qt finds its libraries: install them with the rights to, else say how.

    `required` False names what is missing and goes on. Raises Stop when they are required and can't be had.
    """
    if not missing(python, window):
        return
    lacking = missing(python, window=True)
    command = ""
    unknown: list[str] = sorted(lacking)
    if shutil.which("apt-get"):
        packages, unknown = _wanted(lacking)
        command = shown(["sudo", "apt-get", "install", *packages]) if packages else ""
        if packages and rights() is not None:
            _install(packages, required)
    if still := missing(python, window):
        text = advice(still, command, unknown)
        if required:
            raise Stop(text)
        say(text)


def advice(lacking: Iterable[str], command: str, unknown: Sequence[str]) -> str:
    """What to tell a person who must install `lacking` herself; `command` is the one that does it, or empty."""
    text = f"This machine lacks libraries that the program's window needs: {', '.join(sorted(lacking))}."
    if command:
        text += f"\nInstall them with this command, then start again:\n    {command}"
    if unknown:
        text += f"\nFind these in your system's own packages: {', '.join(unknown)}."
    return text


def install_venv_package() -> None:
    """Install the part of Python that makes virtual environments. Raises Stop when that can't be done here."""
    package = "python{}.{}-venv".format(*sys.version_info)
    if not shutil.which("apt-get"):
        raise Stop("This Python lacks its parts venv and ensurepip. Install a complete Python 3.11 or newer.")
    if rights() is None:
        raise Stop(
            "Python's part for making virtual environments is missing. Install it, then start again:\n"
            f"    sudo apt-get install {package}"
        )
    _apt_install([package])


def rights() -> list[str] | None:
    """What goes before a command that changes the system: nothing for root, sudo if it asks nothing, else None."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and quiet(["sudo", "-n", "true"]).returncode == 0:
        return ["sudo", "-n"]
    return None


def _known(names: Iterable[str]) -> set[str]:
    # only names with a version to install: purely virtual ones have none
    shown_lists = quiet(["apt-cache", "--no-all-versions", "show", *sorted(names)], env=_plain()).stdout
    return set(re.findall(r"^Package: (\S+)", shown_lists, re.MULTILINE))


def _wanted(lacking: Iterable[str]) -> tuple[list[str], list[str]]:
    names = {name for library in lacking for name in PACKAGES.get(library, ())}
    known = _known(names)
    if not known and rights() is not None:
        _update()
        known = _known(names)
    return choose_packages(lacking, known)


def _plain() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}


def _as_root(command: Sequence[str]) -> list[str]:
    return [*(rights() or []), "env", "DEBIAN_FRONTEND=noninteractive", *command]


def _update() -> None:
    say("Fetching the system's list of packages …")
    quiet(_as_root(["apt-get", "update"]), env=_plain())


def _install(packages: Sequence[str], required: bool) -> None:
    try:
        _apt_install(packages)
    except Stop:
        if required:
            raise


def _apt_install(packages: Sequence[str]) -> None:
    say(f"Installing system packages: {' '.join(packages)} …")
    command = _as_root(["apt-get", "install", *_APT, *packages])
    answer = quiet(command, env=_plain())
    if answer.returncode:
        # the lists may be old or absent: fetch them and try once more
        _update()
        answer = quiet(command, env=_plain())
    if answer.returncode:
        said = (answer.stderr or answer.stdout).strip().splitlines()
        raise Stop(
            "The system packages could not be installed:\n"
            + "\n".join(f"    {line}" for line in said[-8:])
            + f"\nTry it yourself, then start again:\n    {shown(['sudo', 'apt-get', 'install', *packages])}"
        )
