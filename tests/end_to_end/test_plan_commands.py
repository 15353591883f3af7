"""`organizer plan` as a person or a script runs it: listed, checked, explained, compared, in both languages."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from organizer import cli, i18n
from organizer.resource_files import resource
from organizer.services import files, plans

PLANS = sorted(resource("plans").glob("*.toml"))


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "organizer", "plan", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "", "PYTHONIOENCODING": "utf-8", "LANG": "en_GB.UTF-8"},
        timeout=60,
        check=False,
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    text = plans.text_of("teaching-unilevel")
    path = tmp_path / "broken.toml"
    path.write_text(text.replace('compression = "', 'compression = "x').replace("min = 800", "min = -1"), "utf-8")
    return path


# the list


def test_every_plan_is_listed_with_its_id() -> None:
    done = run("list")
    assert (done.returncode, done.stderr) == (cli.OK, "")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [plan.id for plan in plans.built_in()]
    (amway,) = [line for line in lines if line.startswith("amway-india ")]
    assert amway.endswith("India, from 01/01/2010 to 31/08/2019, confidence A")


def test_the_list_speaks_danish() -> None:
    done = run("list", "--lang", "da")
    (matrix,) = [line for line in done.stdout.splitlines() if line.startswith("teaching-matrix ")]
    assert "Øveplan: matrix" in matrix
    assert "01.01.2026" in matrix


def test_the_list_as_json_has_dates_that_a_program_reads() -> None:
    record = json.loads(run("list", "--json").stdout)["plans"]
    one = next(plan for plan in record if plan["id"] == "doterra-us-2024")
    assert (one["valid_from"], one["valid_to"], one["confidence"]) == ("2014-09-01", "2024-12-31", "C")
    assert (one["own"], one["teaching"], one["company"]) == (False, False, "doTERRA")


def test_her_own_plans_are_listed_first_with_file(tmp_path: Path) -> None:
    path = tmp_path / "a.organizer"
    file = files.create(path, lambda: datetime(2026, 3, 7, 14, 5))
    plan = plans.save(file, plans.copy_of("amway-uk", file))
    file.close()
    assert plan.id not in run("list").stdout
    first = run("list", "--file", path).stdout.splitlines()[0]
    assert first.startswith(f"{plan.id} ")
    assert first.endswith("your own")
    assert json.loads(run("list", "--json", "--file", path).stdout)["plans"][0]["own"] is True
    assert run("explain", plan.id, "--file", path).returncode == cli.OK
    assert run("explain", plan.id).returncode == cli.REFUSED


# the check


def test_every_plan_that_comes_along_has_no_mistake() -> None:
    done = run("check", *PLANS)
    assert (done.returncode, done.stderr) == (cli.OK, "")
    assert "mistake" in done.stdout
    assert "No estimate can be made" not in done.stdout


def test_mistakes_are_all_told_with_their_place(broken: Path) -> None:
    done = run("check", broken)
    assert done.returncode == cli.PARTLY
    told = " ".join(done.stdout.split())
    assert f'{broken}, component "team", key "compression": ' in told
    assert f'{broken}, rank "team-leader", key "min": ' in told
    assert told.endswith(f"{broken}: 2 mistakes. No estimate can be made with it.")


def test_a_doubt_is_told_and_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(plans.text_of("teaching-matrix"), "utf-8")
    done = run("check", path)
    assert done.returncode == cli.OK
    assert "pyramid scheme" in done.stdout
    assert done.stdout.splitlines()[-1] == f"{path}: no mistake, 1 oddity to look at."


def test_several_files_are_all_read_though_one_is_missing(broken: Path, tmp_path: Path) -> None:
    done = run("check", tmp_path / "none.toml", broken, PLANS[0])
    assert done.returncode == cli.REFUSED
    assert done.stderr == "organizer: none.toml is not there. It may have been moved or renamed.\n"
    assert str(broken) in done.stdout
    assert str(PLANS[0]) in done.stdout


def test_the_check_as_json(broken: Path, tmp_path: Path) -> None:
    done = run("check", "--json", broken, PLANS[0], tmp_path / "none.toml")
    first, second, third = json.loads(done.stdout)["plans"]
    assert (first["ok"], first["id"], len(first["mistakes"])) == (False, None, 2)
    assert (second["ok"], second["id"], second["mistakes"]) == (True, PLANS[0].stem, [])
    assert (third["read"], third["ok"]) == (False, False)
    assert done.returncode == cli.REFUSED


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xfe\x00n", "isn't a plan file"),
        (b"", "key"),
        (b"format = 99", "Update the program"),
        (b"format = [", "isn't written in the plan format"),
    ],
)
def test_a_file_that_is_something_else_is_told_plainly(
    data: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.toml"
    path.write_bytes(data)
    assert cli.main(["plan", "check", str(path), "--lang", "en"]) in (cli.PARTLY, cli.REFUSED)
    said = capsys.readouterr()
    assert told in said.out + said.err


def test_a_folder_is_no_plan_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", "check", str(tmp_path), "--lang", "en"]) == cli.REFUSED
    assert "can't be read" in capsys.readouterr().err


# in plain words


@pytest.mark.parametrize("spoken", ["da", "en"])
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_plan_is_explained_within_80_columns(
    path: Path, spoken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["plan", "explain", str(path), "--lang", spoken]) == cli.OK
    i18n.set_language("en")
    lines = capsys.readouterr().out.splitlines()
    # only an address is longer: broken it couldn't be followed
    assert [line for line in lines if len(line) > 80 and "http" not in line] == []
    plan = plans.by_id(path.stem)
    assert plan is not None
    text = " ".join(" ".join(lines).split())
    names = [*(rank.name for rank in plan.ranks), *(one.name for one in plan.components)]
    for name in (plan.name, *names, *(volume.name for volume in plan.volumes)):
        assert " ".join(name.in_language(spoken).split()) in text
    for gap in plan.missing:
        assert " ".join(gap.in_language(spoken).split()) in text


def test_a_plan_is_explained_by_its_id_as_by_its_file() -> None:
    by_id, by_file = run("explain", "teaching-binary", "--lang", "da"), run("explain", PLANS[0], "--lang", "da")
    assert by_id.returncode == by_file.returncode == cli.OK
    assert by_id.stdout.startswith("Øveplan: binær\n==============\n")
    assert "01.01.2026" in by_id.stdout
    assert by_file.stdout.startswith("Amway")


def test_a_broken_plan_is_not_explained_and_its_mistakes_are_told(broken: Path) -> None:
    done = run("explain", broken)
    assert (done.returncode, done.stdout) == (cli.REFUSED, "")
    assert 'key "compression"' in done.stderr
    assert "Mistakes found: 2" in done.stderr


def test_a_plan_that_is_nowhere_is_refused() -> None:
    done = run("explain", "nonsense")
    assert (done.returncode, done.stdout) == (cli.REFUSED, "")
    assert "organizer plan list" in done.stderr


# side by side


def test_two_plans_differ_only_where_they_do(tmp_path: Path) -> None:
    text = plans.text_of("teaching-unilevel")
    path = tmp_path / "newer.toml"
    path.write_text(text.replace("min = 800", "min = 900").replace("2026-01-01", "2027-01-01"), "utf-8")
    done = run("compare", "teaching-unilevel", path)
    assert done.returncode == cli.OK
    lines = done.stdout.splitlines()
    assert lines[0].startswith("- Teaching plan: unilevel")
    assert lines[0].endswith("(from 01/01/2026)")
    assert lines[1].endswith("(from 01/01/2027)")
    changed = [line for line in lines[2:] if line.startswith(("- ", "+ "))]
    assert changed == [
        "- Valid from 01/01/2026.",
        "+ Valid from 01/01/2027.",
        *(f"{mark} PV in the whole group: at least {figure}" for mark, figure in (("-", 800), ("+", 900))),
    ]
    everything = run("compare", "--all", "teaching-unilevel", path).stdout
    assert "  Own PV: at least 100\n" in everything
    assert "  Own PV: at least 100\n" not in done.stdout


def test_a_plan_compared_with_itself_says_the_same_in_both_languages() -> None:
    done = run("compare", "amway-uk", "amway-uk")
    assert done.stdout.endswith("In plain words the two plans say the same.\n")
    danish = run("compare", "amway-india", "amway-india-core-2019", "--lang", "da").stdout
    assert "Amway (Indien, før september 2019)" in danish
    assert "31.08.2019" in danish
