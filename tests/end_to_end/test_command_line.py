"""The headless commands, as scripts use them: output, exit codes, and files that are whole."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from organizer import __version__, cli

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def db(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "a.organizer")
    made = ["--file", path, "new", "--owner", "Karen Holm", "--company", "Vita", "--plan", "teaching-unilevel"]
    assert cli.main([*made, "--lang", "en"]) == 0
    capsys.readouterr()
    return path


def run(db: str, *arguments: str) -> int:
    return cli.main(["--file", db, "--lang", "en", *arguments])


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_version_and_help_need_no_file_and_no_window() -> None:
    for flag, expected in (("--version", f"organizer {__version__}"), ("--help", "estimate")):
        answer = subprocess.run(
            [sys.executable, "-m", "organizer", flag], capture_output=True, text=True, check=True, timeout=60
        )
        assert expected in answer.stdout
        assert answer.stderr == ""


def test_the_main_job_from_import_to_pdf(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "import", "contacts", str(DATA / "contacts_google.csv")) == 0
    assert "80 new" in capsys.readouterr().out
    assert run(db, "import", "products", str(DATA / "products.csv")) == 0
    assert run(db, "import", "team", str(DATA / "team_sponsor_id.csv"), "--period", "2026-10") == 0
    out = capsys.readouterr().out
    assert "240 new" in out
    assert "Oskar Mortensen (100200) is taken as you." in out
    assert "Your name is Karen Holm; the file's row has Oskar Mortensen. Is that you?" in out
    assert "If not, say your number: --me NUMBER" in out
    assert run(db, "estimate", "--period", "2026-10") == 0
    told = capsys.readouterr().out
    assert "Estimate for October 2026" in told
    assert "Not a promise." in told
    for what, expected in (
        ("contacts", "Δικαία"), ("team", "Zofia Naser"), ("product", "Skål 2 l"), ("estimate", "Estimate"),
    ):  # fmt: skip
        pdf = tmp_path / f"{what}.pdf"
        assert run(db, "report", what, "--out", str(pdf), "--period", "2026-10") == 0
        assert expected in text_of(pdf)


def test_the_estimate_as_json_adds_up(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(db, "import", "team", str(DATA / "team_sponsor_id.csv"), "--period", "2026-10")
    capsys.readouterr()
    assert run(db, "estimate", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["estimate"] is True
    assert record["period"] == "2026-10"
    for component in record["components"]:
        lines = sum(Decimal(line["amount"]) for line in component["lines"]) + Decimal(component["rounding"])
        assert lines == Decimal(component["total"])
    assert sum(Decimal(c["total"]) for c in record["components"]) == Decimal(record["total"])
    assert Decimal(record["total"]) > 0
    assert all(line["reason"] for component in record["components"] for line in component["lines"])


@pytest.mark.parametrize(
    ("name", "count", "period"),
    [
        ("team_levels.csv", 180, "October 2026, as the file says"),
        ("team_two_trees.xlsx", 200, "October 2026, as the file says"),
        ("team_binary.tsv", 127, "{present}"),
    ],
)
def test_every_layout_comes_in_and_goes_out_again(
    name: str, count: int, period: str, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(db, "import", "team", str(DATA / name)) == 0
    told = capsys.readouterr().out
    assert f"{count} new" in told
    assert period == "{present}" or f"The volumes are those of {period}." in told
    for suffix in ("csv", "xlsx"):
        target = str(tmp_path / f"out.{suffix}")
        assert run(db, "export", "team", target) == 0
        assert f"with {count} members" in capsys.readouterr().out
        month = "2026-10" if "October" in period else ""
        assert run(db, "import", "team", target, "--dry-run", *(["--period", month] if month else [])) == 0
        assert f"{count} unchanged" in capsys.readouterr().out


def test_an_export_onto_her_own_file_is_refused(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "export", "team", db) == 3
    assert "is not a name for a table" in capsys.readouterr().err


def test_whoever_may_be_known_is_told(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, members = tmp_path / "people.csv", tmp_path / "team.csv"
    people.write_text("First Name,Last Name,Phone 1 - Value\nAnna,Lund,11223344\n", encoding="utf-8")
    members.write_text("ID,Name,Sponsor ID\n1,Karen Holm,\n2,Anna Lund,1\n", encoding="utf-8")
    assert run(db, "import", "contacts", str(people)) == 0
    capsys.readouterr()
    assert run(db, "import", "team", str(members), "--period", "2026-10") == 0
    told = capsys.readouterr().out
    assert "1 new, perhaps someone you have already" in told
    assert "row 3: Anna Lund (2) may be Anna Lund, 11223344; taken as a new person." in told


def test_a_dry_run_changes_nothing(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "import", "contacts", str(DATA / "contacts_google.csv"), "--dry-run") == 0
    assert "Nothing was changed." in capsys.readouterr().out
    assert run(db, "import", "contacts", str(DATA / "contacts_google.csv")) == 0
    assert "80 new" in capsys.readouterr().out


def test_rows_left_out_are_named_and_the_exit_code_says_so(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "team.csv"
    path.write_text("Name,ID,Sponsor ID,PV\nKaren,1,,100\nAnna,2,77,50\nBo,,1,5\nCarl,4,1,-3\n", encoding="utf-8")
    assert run(db, "import", "team", str(path), "--period", "2026-10") == cli.PARTLY
    out = capsys.readouterr().out
    assert "row 3 Anna (2): Left out: the sponsor 77 is neither in the file nor in your team." in out
    assert "row 4" in out
    assert "row 5" in out


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 100, "team.csv"),
        (b"Colour,Size\nred,3\n", "team.csv"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line_and_changes_nothing(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, expected: str
) -> None:
    path = tmp_path / "team.csv"
    path.write_bytes(content)
    before = Path(db).read_bytes()
    assert run(db, "import", "team", str(path)) == cli.REFUSED
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("organizer: ")
    assert expected in told.err
    assert Path(db).read_bytes() == before


def test_a_missing_file_a_missing_company_and_a_bad_period(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--lang", "en", "--file", str(tmp_path / "no.organizer"), "estimate"]) == cli.REFUSED
    assert "is not there" in capsys.readouterr().err
    assert run(db, "--company", "Duft", "estimate") == cli.REFUSED
    assert "no company called Duft" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        run(db, "estimate", "--period", "October")
    assert stopped.value.code == cli.USAGE
    assert "2026-W47, 2026-11-1, 2026-11, 2026-C05, 2026-Q4" in capsys.readouterr().err
    assert run(db, "estimate", "--period", "2026-W47") == cli.REFUSED
    assert "A period of Vita is written like 2026-11, not 2026-W47." in capsys.readouterr().err


def test_a_report_into_a_folder_that_is_none_is_refused(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").write_text("")
    assert run(db, "report", "contacts", "--out", str(tmp_path / "folder" / "a.pdf")) == cli.REFUSED
    assert capsys.readouterr().err.startswith("organizer: ")
    assert (tmp_path / "folder").read_text() == ""


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_tour_makes_everything_in_either_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert cli.main(["--lang", language, "tour", "--folder", str(tmp_path / "tour")]) == 0
    out = capsys.readouterr().out
    assert {"da": "Skøn", "en": "Estimate"}[language] in out
    made = sorted(path.suffix for path in (tmp_path / "tour").iterdir() if not path.name.startswith("."))
    assert made == [".organizer", ".pdf", ".pdf", ".pdf", ".pdf"]
    assert cli.main(["--lang", language, "tour", "--folder", str(tmp_path / "tour")]) == cli.REFUSED


def test_output_that_nobody_reads_to_its_end_is_no_error(tmp_path: Path) -> None:
    code = f"{sys.executable} -m organizer --lang en tour --folder {tmp_path / 'tour'} | head -n 1"
    answer = subprocess.run(["bash", "-o", "pipefail", "-c", code], capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0
    assert "Traceback" not in answer.stderr


def test_a_report_never_lands_on_her_own_file_or_on_another_kind(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "letters.csv"
    other.write_text("mine")
    before = Path(db).read_bytes()
    for out in (db, str(other)):
        assert run(db, "report", "contacts", "--out", out) == cli.REFUSED
        assert "is not a name for a PDF" in capsys.readouterr().err
    assert other.read_text() == "mine"
    assert Path(db).read_bytes() == before


def test_new_adds_a_company_to_a_file_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "a.organizer")
    assert run(path, "import", "contacts", str(DATA / "contacts_google.csv")) == 0
    assert run(path, "import", "products", str(DATA / "products.csv")) == cli.REFUSED
    assert "organizer new" in capsys.readouterr().err
    assert run(path, "--company", "Vita", "new", "--plan", "teaching-unilevel") == 0
    assert run(path, "--company", "Vita", "new") == cli.REFUSED
    assert run(path, "import", "products", str(DATA / "products.csv")) == 0
    assert run(path, "new") == cli.REFUSED


def test_what_is_not_known_is_said_beside_the_sum(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(db, "import", "team", str(DATA / "team_sponsor_id.csv"), "--period", "2026-10")
    assert "The volumes are those of October 2026." in capsys.readouterr().out
    run(db, "estimate")
    told = capsys.readouterr().out
    assert "Own retail sales isn't written for this period" in told
    assert "An invented plan to learn from" in told
    assert "Missing for" in told
    run(db, "estimate", "--json")
    record = json.loads(capsys.readouterr().out)
    assert len(record["notes"]) == 2
    assert record["plan"]["teaching"] is True


def test_without_a_screen_the_window_says_so_in_a_line() -> None:
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    environment.pop("QT_QPA_PLATFORM", None)
    answer = subprocess.run(
        [sys.executable, "-m", "organizer"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert answer.returncode == cli.REFUSED
    assert answer.stderr.count("\n") == 1


def test_an_import_is_done_even_when_nobody_reads_the_answer(db: str, tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    rows = [f"N{i},{i},{9000 + i},1" for i in range(2, 4000)]
    path.write_text(
        "\n".join(["Name,ID,Sponsor ID,PV", "Karen Holm,1,,100", "Anna,A2,1,5", *rows]), encoding="utf-8"
    )
    command = f"{sys.executable} -m organizer --file {db} --lang en import team {path} | head -n 1"
    subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=True)
    again = [
        sys.executable,
        "-m",
        "organizer",
        "--file",
        db,
        "--lang",
        "en",
        "import",
        "team",
        str(path),
        "--dry-run",
    ]
    answer = subprocess.run(again, capture_output=True, text=True, timeout=60, check=False)
    assert "2 unchanged" in answer.stdout


def test_names_that_the_terminal_cannot_write_stop_nothing(db: str, tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    path.write_text("Name,ID,Sponsor ID,PV\nŁukasz,1,,100\nЮлия,2,3,1\nZoe,3,2,1\n", encoding="utf-8")
    command = [sys.executable, "-m", "organizer", "--file", db, "--lang", "en", "import", "team", str(path)]
    answer = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "cp1252"}, timeout=60, check=False
    )
    assert answer.returncode == cli.PARTLY
    assert b"run in a circle" in answer.stdout
    assert b"Traceback" not in answer.stderr


def test_a_wrong_call_leaves_no_file_behind(tmp_path: Path) -> None:
    path = tmp_path / "new.organizer"
    source = str(DATA / "contacts_google.csv")
    for arguments in (["import", "contacts", str(tmp_path / "no.csv")], ["new", "--plan", "teaching-unilevel"]):
        assert run(str(path), *arguments) == cli.REFUSED
    assert run(str(path), "import", "contacts", source, "--dry-run") == 0
    assert not path.exists()
    assert run(str(path), "import", "contacts", source) == 0
    assert path.exists()


def test_a_month_before_the_plan_is_told(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(db, "estimate", "--period", "1999-01") == 0
    assert "holds from a later day" in capsys.readouterr().out


def test_a_team_file_whose_columns_are_guessed_is_shown_and_goes_in_only_as_shown(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "team.csv"
    rows = ("1,Karen Holm,", "2,Anna Berg,1", "3,Bo Dam,2", "4,Carl Eg,1", "5,Dora Fog,2", "6,Eva Gad,1")
    path.write_text("\n".join(["Kode,Hvem,Opad", *rows]) + "\n", encoding="utf-8")
    told = ("import", "team", str(path), "--period", "2026-10", "--me", "1")
    assert run(db, *told, "--dry-run") == 0
    assert "Opad is read as: sponsor number" in capsys.readouterr().out
    before = Path(db).read_bytes()
    assert run(db, *told) == cli.REFUSED
    shown = capsys.readouterr()
    assert "Opad is read as: sponsor number" in shown.out
    assert "--as-shown" in shown.err
    assert Path(db).read_bytes() == before
    assert run(db, *told, "--as-shown") == 0
    assert "Done. Everything is saved" in capsys.readouterr().out
    assert run(db, *told, "--as-shown") == 0
    again = capsys.readouterr().out
    assert "Nothing was changed." in again
    assert "saved" not in again


def test_a_file_that_has_nobody_of_the_team_is_doubted_first(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, other = tmp_path / "mine.csv", tmp_path / "other.csv"
    mine.write_text("ID,Name,Sponsor ID,PV,CV\n1,Karen Holm,,10,1\n2,Bo Dam,1,20,2\n", encoding="utf-8")
    other.write_text("ID,Name,Sponsor ID,PV,CV\n71,Oskar Friis,,10,1\n72,Else Gran,71,20,2\n", encoding="utf-8")
    assert run(db, "import", "team", str(mine), "--period", "2026-10") == 0
    assert "Is that you?" not in capsys.readouterr().out, "she has her name in the file"
    run(db, "import", "team", str(other), "--period", "2026-10")
    out = capsys.readouterr().out
    assert out.startswith(
        "Nobody in this file is in your team yet. Does it belong to another company?\nother.csv: "
    )
    assert "--me" not in out, "her number is known, and isn't in it"
    assert "Nothing was changed." in out
    run(db, "import", "team", str(mine), "--period", "2026-10")
    assert "Nobody in this file" not in capsys.readouterr().out


def test_what_is_about_the_whole_file_is_told_without_a_row(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ID,Name,Sponsor ID,PV,Active\n1,Karen Holm,,10,Yes\n2,Bo Dam,1,20,No\n", encoding="utf-8")
    run(db, "import", "team", str(path), "--period", "2026-10")
    out = capsys.readouterr().out
    assert "  File: Active: the program works out itself who is active, so this was not used." in out
    assert "row 1" not in out
