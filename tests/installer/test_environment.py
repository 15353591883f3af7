import shutil
import sys
from pathlib import Path

import environment
import pytest
from console import Stop


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a .venv whose Python is this one, and no stamp yet."""
    (tmp_path / "installer").mkdir()
    (tmp_path / "installer" / "requirements.lock").write_text("one==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    python = environment.python_in(tmp_path)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return tmp_path


def finish(checkout: Path, version: str = "{}.{}".format(*sys.version_info)) -> None:
    stamp = environment.fingerprint(checkout, version)
    (checkout / ".venv" / "organizer-setup").write_text(stamp + "\n")


def never(*args: object) -> None:
    raise AssertionError("nothing should have been started")


def test_without_a_stamp_it_is_not_ready(checkout: Path) -> None:
    assert not environment.is_ready(checkout)


def test_a_finished_environment_is_left_alone(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(checkout)
    monkeypatch.setattr(environment, "_pip", never)
    monkeypatch.setattr(environment, "_make", never)
    assert environment.is_ready(checkout)
    assert environment.make_ready(checkout) is False


@pytest.mark.parametrize("changed", ["installer/requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_file_asks_for_a_new_set_up(checkout: Path, changed: str) -> None:
    finish(checkout)
    (checkout / changed).write_text("other\n")
    assert not environment.is_ready(checkout)


def test_another_python_asks_for_a_new_set_up(checkout: Path) -> None:
    finish(checkout, version="3.9")
    assert not environment.is_ready(checkout)


def test_a_python_that_is_gone_asks_for_a_new_set_up(checkout: Path) -> None:
    finish(checkout)
    environment.python_in(checkout).unlink()
    assert not environment.is_ready(checkout)


def test_a_moved_checkout_asks_for_a_new_set_up(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    finish(checkout)
    moved = tmp_path_factory.mktemp("elsewhere") / "checkout"
    shutil.copytree(checkout, moved, symlinks=True)
    assert environment.is_ready(checkout)
    assert not environment.is_ready(moved)


def test_setting_up_installs_the_lock_then_the_program_and_leaves_a_stamp(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(environment, "_make", lambda root: None)
    monkeypatch.setattr(environment, "_pip", lambda root, command: commands.append(list(command)))
    assert environment.make_ready(checkout) is True
    assert [command[4:] for command in commands] == [
        ["--require-hashes", "-r", str(checkout / "installer" / "requirements.lock")],
        ["--no-index", "--no-deps", "--no-build-isolation", "-e", str(checkout)],
    ]
    assert environment.is_ready(checkout)


def test_a_set_up_that_stops_half_way_is_not_taken_for_finished(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(checkout)
    (checkout / "pyproject.toml").write_text("changed\n")

    def broken(root: Path, command: object) -> None:
        raise Stop("no")

    monkeypatch.setattr(environment, "_make", lambda root: None)
    monkeypatch.setattr(environment, "_pip", broken)
    with pytest.raises(Stop):
        environment.make_ready(checkout)
    assert not (checkout / ".venv" / "organizer-setup").exists()


def test_pip_that_fails_stops_and_shows_its_last_lines(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = "print('Downloading a.whl'); print('ERROR: No space left on device'); raise SystemExit(1)"
    with pytest.raises(Stop, match="disk is full"):
        environment._pip(checkout, [sys.executable, "-c", code])
    assert "ERROR: No space left on device" in capfd.readouterr().out


def test_pip_that_succeeds_only_tells_what_it_fetches(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = "print('Looking in links: somewhere'); print('  Downloading a.whl (3 kB)')"
    environment._pip(checkout, [sys.executable, "-c", code])
    assert capfd.readouterr().out == "  Downloading a.whl (3 kB)\n"


def test_a_folder_that_cannot_be_written_to_is_said(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.os, "access", lambda path, mode: False)
    with pytest.raises(Stop, match="can't be written to"):
        environment.make_ready(checkout)


def test_too_little_room_is_said_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 5_000_000))
    monkeypatch.setattr(environment, "_make", never)
    with pytest.raises(Stop, match="5 MB free"):
        environment.make_ready(tmp_path)


def test_a_checkout_without_its_lock_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"requirements\.lock can't be read"):
        environment.fingerprint(tmp_path, "3.11")


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "no way to the internet"),
        ("ERROR: Could not find a version that satisfies x==1 (from versions: none)", "no way to the internet"),
        ("SSLError [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "proven genuine"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one"),
        ("(from versions: 1.2)\nERROR: No matching distribution found for x==1", "not made for this Python"),
        ("ERROR: something else", "last lines above"),
    ],
)
def test_each_failure_of_pip_has_its_own_words(output: str, said: str) -> None:
    assert said in environment.pip_failure(output.splitlines())
