import errno
import os
import subprocess
from pathlib import Path

import pytest

from organizer.domain.result import Refusal
from organizer.exchange.safe_write import write_safely


def refusal(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(Refusal) as caught:
        write_safely(path, data)
    assert path.name in str(caught.value)
    return str(caught.value)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced_whole(tmp_path):
    path = tmp_path / "out.csv"
    write_safely(path, b"old")
    write_safely(path, b"new" * 100_000)
    assert path.read_bytes() == b"new" * 100_000
    assert names(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("step", ["fsync", "replace", "mkstemp"])
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EROFS, "can't be saved in that folder"),
        (errno.EACCES, "open in another program"),
        (errno.EPERM, "open in another program"),
        (errno.EIO, "was not saved: broken"),
    ],
)
def test_a_failure_at_any_step_leaves_the_old_file_alone(tmp_path, monkeypatch, step, code, said):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def fail(*_args, **_kwargs):
        raise OSError(code, "broken")

    monkeypatch.setattr({"fsync": "os.fsync", "replace": "os.replace", "mkstemp": "tempfile.mkstemp"}[step], fail)
    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    assert said in refusal(path)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["out.csv"]


def test_a_disk_that_is_really_full(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("no right to make a small disk here")
    try:
        (disk / "out.csv").write_bytes(b"old")
        assert "disk is full" in refusal(disk / "out.csv", b"x" * 1_000_000)
        assert (disk / "out.csv").read_bytes() == b"old"
        assert names(disk) == ["out.csv"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_stop_in_the_middle_leaves_nothing_behind(tmp_path, monkeypatch):
    def stop(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_safely(tmp_path / "out.csv", b"new")
    assert names(tmp_path) == []


def test_places_that_can_not_be_written(tmp_path):
    (tmp_path / "plain").write_text("x")
    (tmp_path / "folder").mkdir()
    assert "folder for" in refusal(tmp_path / "gone" / "out.csv")
    assert "folder for" in refusal(tmp_path / "plain" / "out.csv")
    assert "is a folder" in refusal(tmp_path / "folder")
    assert "too long" in refusal(tmp_path / ("x" * 300))
    assert names(tmp_path) == ["folder", "plain"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder where nobody may write")
def test_a_read_only_folder():
    refusal(Path("/proc/self/out.csv"))
