from pathlib import Path

import libraries
import pytest
from console import Stop

LDD = """\
/x/PySide6/QtGui.abi3.so:
\tlinux-vdso.so.1 (0x00007ffe)
\tlibEGL.so.1 => not found
\tlibz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f)
\tlibglib-2.0.so.0 => not found
/x/PySide6/Qt/plugins/platforms/libqxcb.so:
\tlibEGL.so.1 => not found
\tlibxcb-cursor.so.0 => not found
"""


class Machine:
    """A machine that lacks libraries, and what was tried on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, lacking: set[str], root: bool, apt: bool = True) -> None:
        self.lacking = lacking
        self.installed: list[str] = []
        self.works = True
        monkeypatch.setattr(libraries, "missing", self.missing)
        monkeypatch.setattr(libraries, "rights", lambda: [] if root else None)
        monkeypatch.setattr(libraries.shutil, "which", lambda name: f"/usr/bin/{name}" if apt else None)
        monkeypatch.setattr(libraries, "_known", lambda names: set(names) - {"libglib2.0-0t64"})
        monkeypatch.setattr(libraries, "_apt_install", self.install)

    def missing(self, python: Path, window: bool) -> set[str]:
        return {name for name in self.lacking if window or not name.startswith("libxcb")}

    def install(self, packages: list[str]) -> None:
        self.installed += packages
        if not self.works:
            raise Stop("apt-get failed")
        self.lacking = set()


def test_ldd_tells_what_is_missing_once() -> None:
    assert libraries.missing_in(LDD) == {"libEGL.so.1", "libglib-2.0.so.0", "libxcb-cursor.so.0"}


def test_packages_are_named_as_this_release_names_them() -> None:
    lacking = ["libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"]
    older = libraries.choose_packages(lacking, ["libglib2.0-0", "libegl1"])
    newer = libraries.choose_packages(lacking, ["libglib2.0-0t64", "libglib2.0-0", "libegl1"])
    assert older == (["libegl1", "libglib2.0-0"], [])
    assert newer == (["libegl1", "libglib2.0-0t64"], [])


def test_a_library_without_a_known_package_is_named_itself() -> None:
    assert libraries.choose_packages(["libnew.so.9", "libGL.so.1"], []) == (["libgl1"], ["libnew.so.9"])


def test_with_the_rights_all_that_is_missing_is_installed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, {"libEGL.so.1", "libxcb-cursor.so.0", "libglib-2.0.so.0"}, root=True)
    libraries.provide(Path("python"), window=False)
    assert machine.installed == ["libegl1", "libglib2.0-0", "libxcb-cursor0"]


def test_where_all_is_there_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, {"libxcb-cursor.so.0"}, root=True)
    libraries.provide(Path("python"), window=False)
    assert machine.installed == []


def test_without_the_rights_the_exact_command_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, {"libEGL.so.1", "libxcb-cursor.so.0"}, root=False)
    with pytest.raises(Stop, match=r"\n    sudo apt-get install libegl1 libxcb-cursor0$"):
        libraries.provide(Path("python"), window=True)


def test_without_apt_the_libraries_themselves_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, {"libEGL.so.1"}, root=True, apt=False)
    with pytest.raises(Stop, match=r"your system's own packages: libEGL\.so\.1\."):
        libraries.provide(Path("python"), window=True)


def test_what_is_not_required_is_named_and_does_not_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(monkeypatch, {"libEGL.so.1"}, root=True)
    machine.works = False
    libraries.provide(Path("python"), window=True, required=False)
    assert "sudo apt-get install libegl1" in capsys.readouterr().out


def test_a_failing_installation_stops_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, {"libEGL.so.1"}, root=True)
    machine.works = False
    with pytest.raises(Stop, match="apt-get failed"):
        libraries.provide(Path("python"), window=True)


def test_a_python_without_venv_is_helped_or_told_how(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, set(), root=True)
    libraries.install_venv_package()
    assert machine.installed == ["python{}.{}-venv".format(*libraries.sys.version_info)]
    Machine(monkeypatch, set(), root=False)
    with pytest.raises(Stop, match=r"sudo apt-get install python3\.\d+-venv"):
        libraries.install_venv_package()
    Machine(monkeypatch, set(), root=True, apt=False)
    with pytest.raises(Stop, match="complete Python"):
        libraries.install_venv_package()
