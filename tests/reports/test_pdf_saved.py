"""A PDF that is saved: whole or not at all, and what is said where it can't be."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from organizer.domain.result import Refusal
from organizer.reports.save import save

PDF = b"%PDF-1.4 " + bytes(5000)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "no room on the disk for old.pdf"),
        (errno.EACCES, "old.pdf can't be written in"),
        (errno.EROFS, "old.pdf can't be written in"),
        (errno.EIO, "old.pdf could not be saved"),
    ],
)
def test_a_failing_disk_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    out = tmp_path / "old.pdf"
    out.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refusal, match=said):
        save(out, PDF)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_disk_that_fills_while_writing_leaves_nothing(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        with pytest.raises(Refusal, match="no room on the disk"):
            save(tmp_path / "a.pdf", PDF)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Refusal, match="can't be written in"):
            save(tmp_path / "a.pdf", PDF)
    finally:
        tmp_path.chmod(0o700)


def test_places_that_cannot_hold_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="isn't there"):
        save(tmp_path / "gone" / "a.pdf", PDF)
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="isn't there"):
        save(tmp_path / "file" / "a.pdf", PDF)
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(Refusal, match="is a folder"):
        save(tmp_path / "folder.pdf", PDF)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.pdf"]
