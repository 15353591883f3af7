"""`organizer estimate --plan --team` as a script runs it: its output read back, then the next period."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from organizer import cli

# the published example: Pruvit (USA), residual commission, "YOU Rank 6 Compression"
# https://support.justpruvit.com/hc/zh-tw/articles/4410463906061
PLAN = """
format = 1
id = "pruvit"
name = "Residual commission"
company = "Pruvit"
region = "USA"
currency = "USD"
period = "month"
valid_from = 2026-01-01
ranks_from = "reported"
confidence = "A"
sources = [{ title = "Residual commission", url = "https://support.justpruvit.com", grade = "A" }]
missing = []

[[volumes]]
id = "cv"
name = "BV"
unit = "points"
columns = ["BV", "Business Volume"]

[[volumes]]
id = "sales"
name = "Own sales"
unit = "money"
columns = []
source = "entered"

[[ranks]]
id = "rank-6"
name = "6"
all = [{ volume = "cv", min = 1000 }]

[[components]]
id = "residual"
name = "Residual"
kind = "unilevel"
tree = "sponsor"
volume = "cv"
point_value = 1
rates_by_rank = { rank-6 = [5, 5, 5, 5, 5, 5, 1, 1] }
compression = "skip_inactive"

[[components]]
id = "own"
name = "Own sales"
kind = "retail"
method = "percent"
volume = "sales"
percent = 10

[payout]
min = 50

[rounding]
at = "line"
mode = "half_up"
"""

INACTIVE = {"L1", "L3", "L7", "L11"}
CHAIN = ["YOU", *(f"L{depth}" for depth in range(1, 13))]


def team() -> str:
    rows = ["id;sponsor_id;rank;active;BV"]
    for place, id_ in enumerate(CHAIN):
        above = CHAIN[place - 1] if place else ""
        active = "no" if id_ in INACTIVE else "yes"
        bought = "0" if id_ in INACTIVE or not place else "100,00"
        rows.append(f"{id_};{above};{'' if place else '6'};{active};{bought}")
    return "\n".join(rows) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "team.csv").write_text(team(), encoding="utf-8-sig")
    return tmp_path


def organizer(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the real command in `folder`, whose home is empty too: it must not look for a file of hers."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "organizer", "--lang", "en", "estimate", *arguments],
        capture_output=True, encoding="utf-8", cwd=folder, timeout=120, check=False,
        env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "PYTHONIOENCODING": "utf-8",
             "PYTHONPATH": str(Path(cli.__file__).parents[2])},
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert list(home.iterdir()) == []
    return done


def estimated(folder: Path, *arguments: str) -> dict[str, Any]:
    files = ("--plan", "plan.toml", "--team", "team.csv", "--json")
    record: dict[str, Any] = json.loads(organizer(folder, *files, *arguments).stdout)
    return record


def test_a_published_example_line_by_line(folder: Path) -> None:
    record = estimated(folder, "--period", "2026-10")
    assert record["estimate"] is True
    assert (record["member"], record["me"], record["period"], record["currency"]) == (
        "YOU",
        "YOU",
        "2026-10",
        "USD",
    )
    assert record["plan"]["id"] == "pruvit"
    assert (record["total"], record["low"], record["rank"], record["active"]) == ("32.00", "32.00", "rank-6", True)
    residual = record["components"][0]
    assert (residual["id"], residual["total"], residual["exact"]) == ("residual", "32.00", "32")
    lines = residual["lines"]
    # L2 is the first to count, and so level 1; six levels at 5 %, then two at 1 %
    assert [(line["member"], line["level"], line["rate"], line["amount"]) for line in lines] == [
        ("L2", 1, "5", "5.00"), ("L4", 2, "5", "5.00"), ("L5", 3, "5", "5.00"), ("L6", 4, "5", "5.00"),
        ("L8", 5, "5", "5.00"), ("L9", 6, "5", "5.00"), ("L10", 7, "1", "1.00"), ("L12", 8, "1", "1.00"),
    ]  # fmt: skip
    assert lines[1]["path"] == ["YOU", "L1", "L2", "L3", "L4"]
    assert (lines[1]["depth"], lines[1]["volume"], lines[1]["base"], lines[1]["exact"]) == (4, "cv", "100", "5")
    assert all(line["reason"] for line in lines)
    assert (residual["paying_lines"], residual["silent_lines"]) == (8, 4)
    every = estimated(folder, "--period", "2026-10", "--all-lines")["components"][0]["lines"]
    assert len(every) == 12
    assert {line["member"] for line in every if line["amount"] == "0.00"} == INACTIVE
    assert all(line["reason"] for line in every)


def test_what_is_left_goes_into_the_next_period(folder: Path) -> None:
    october = estimated(folder, "--period", "2026-10", "--state-out", "october.json")
    # 32 is less than the 50 that are paid out
    assert october["payout"]["paid"] == "0.00"
    assert october["carried"]["balance"] == {"YOU": {"minor": 3200}}
    assert json.loads((folder / "october.json").read_text("utf-8"))["carried"] == october["carried"]
    november = estimated(folder, "--state", "october.json", "--state-out", "november.json")
    assert november["period"] == "2026-11"
    assert november["total"] == "64.00"
    assert [(entry["id"], entry["amount"]) for entry in november["adjustments"]] == [("balance", "32.00")]
    assert november["payout"]["paid"] == "64.00"
    assert "balance" not in november["carried"]
    # a whole estimate will do as a state, too
    (folder / "whole.json").write_text(json.dumps(october), encoding="utf-8")
    assert estimated(folder, "--state", "whole.json")["total"] == "64.00"


def test_everybodys_totals_are_those_of_each(folder: Path) -> None:
    record = estimated(folder, "--period", "2026-10", "--all", "--figure", "sales=99.95")
    by_id = {member["member"]: member for member in record["members"]}
    assert list(by_id) == CHAIN
    # 10 % of 99.95 is 9.995, which is 10.00
    assert by_id["YOU"]["components"] == {"residual": "32.00", "own": "10.00"}
    assert record["total"] == str(sum(Decimal(member["total"]) for member in record["members"]))
    for id_ in ("YOU", "L4"):
        one = estimated(folder, "--period", "2026-10", "--member", id_, "--me", "YOU", "--figure", "sales=99.95")
        assert one["total"] == by_id[id_]["total"]
    told = organizer(folder, "--plan", "plan.toml", "--team", "team.csv", "--all", "--period", "2026-10").stdout
    assert "Totals for October 2026: USD\xa032.00" in told
    assert "  YOU: Residual" in told
    assert "12 more get nothing." in told


def test_earlier_periods_orders_and_what_isnt_known(folder: Path) -> None:
    (folder / "volumes.csv").write_text("id,period,date,BV\nL2,,2026-10-03,60\nL2,,2026-10-30,40\nL4,2026-09,,7\n")
    text = team().replace("L12;L11;;yes;100,00", "L12;L11;;yes;")
    (folder / "team.csv").write_text(text.replace(";BV", ";BV;Town"), encoding="utf-8")
    done = organizer(
        folder, "--plan", "plan.toml", "--team", "team.csv", "--volumes", "volumes.csv", "--json", code=3
    )
    assert "team.csv, row 2" in done.stderr, "the heading has one more cell than the rows"
    assert done.stdout == ""
    widened = "\n".join(f"{row};Oslo" if row else "" for row in text.split("\n"))
    (folder / "team.csv").write_text(widened, encoding="utf-8")
    done = organizer(folder, "--plan", "plan.toml", "--team", "team.csv", "--volumes", "volumes.csv", "--json")
    assert done.stderr == "team.csv: the column “Oslo” means nothing to this plan and is ignored.\n"
    record = json.loads(done.stdout)
    assert record["period"] == "2026-10"
    assert record["unknown"] == [{"member": "L12", "volumes": ["cv"]}]
    # one more level-8 line of 1 % of 100, the highest that is known
    assert (record["total"], record["low"], record["high"]) == ("31.00", "31.00", "32.00")
    assert record["assumption"]


def test_what_is_wrong_is_told_with_file_and_row_and_nothing_else(folder: Path) -> None:
    (folder / "team.csv").write_text("id,sponsor_id,BV\nA,,1\nB,Q,2\nC,D,x\nD,C,1\nA,,1\n", encoding="utf-8")
    done = organizer(
        folder, "--plan", "plan.toml", "--team", "team.csv", "--state-out", "left.json", "--json", code=3
    )
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "team.csv, row 3: B: The sponsor Q is not in the file.",
        "team.csv, row 4: C: BV: “x” is not a number. It was not used.",
        "team.csv, row 4: C: The sponsors run in a circle: C → D → C.",
        "team.csv, row 6: A: The id A is in row 2 already.",
        "organizer: Faults in the files: 4. Nothing was estimated.",
    ]
    assert not (folder / "left.json").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["--plan", "plan.toml"], 2, "--plan needs --plan and --team."),
        (["--member", "A"], 2, "--member needs --plan and --team."),
        (["--plan", "plan.toml", "--team", "team.csv", "--company", "Vita"], 2, "not both"),
        (["--plan", "plan.toml", "--team", "team.csv", "--member", "A", "--all"], 2, "not allowed with"),
        (["--plan", "plan.toml", "--team", "team.csv", "--figure", "sales"], 2, "NAME=1234.50"),
        (["--plan", "plan.toml", "--team", "team.csv", "--member", "Z"], 3, "has the id Z"),
        (["--plan", "plan.toml", "--team", "none.csv"], 3, "none.csv"),
        (["--plan", "none.toml", "--team", "team.csv"], 3, "none.toml"),
        (["--plan", "plan.toml", "--team", "plan.toml"], 3, "id, sponsor_id"),
        (["--plan", "plan.toml", "--team", "team.csv", "--state", "team.csv"], 3, "team.csv"),
        (["--plan", "plan.toml", "--team", "team.csv", "--state-out", "team.csv"], 3, "team.csv"),
        (["--plan", "plan.toml", "--team", "team.csv", "--figure", "sales=-5"], 3, "from 0 and up"),
        (["--plan", "plan.toml", "--team", "team.csv", "--period", "2026-W41"], 3, "written like 2026-11"),
    ],
)
def test_wrong_use_and_refusals(
    folder: Path,
    arguments: list[str],
    code: int,
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    try:
        answered = cli.main(["--lang", "en", "estimate", *arguments])
    except SystemExit as stopped:
        answered = int(stopped.code or 0)
    told = capsys.readouterr()
    assert (answered, told.out) == (code, "")
    assert expected in told.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_text_reads_like_an_estimate_in_both_languages(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    asked = ["estimate", "--plan", "plan.toml", "--team", "team.csv", "--period", "2026-10"]
    assert cli.main(["--lang", "en", *asked]) == 0
    told = capsys.readouterr().out
    for part in ("YOU is taken as you", "Estimate for October 2026: USD\xa032.00", "L2: 100 × 5%",
                 "Not a promise.", "4 more give nothing; estimate --all-lines says why.",
                 "Paid out: USD\xa00.00"):  # fmt: skip
        assert part in told
    assert cli.main(["--lang", "da", *asked, "--member", "L4"]) == 0
    assert "oktober 2026" in capsys.readouterr().out
