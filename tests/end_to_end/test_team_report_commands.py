"""`organizer report team…`: charts, legs and lists from the command line."""

from pathlib import Path

import pypdfium2
import pytest

from organizer import cli

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("team") / "a.organizer")
    made = ["--file", path, "new", "--owner", "Karen Holm", "--company", "Vita", "--plan", "teaching-unilevel"]
    assert cli.main([*made, "--lang", "en"]) == 0
    members = str(DATA / "team_sponsor_id.csv")
    told = ["import", "team", members, "--period", "2026-10", "--without-backup", "--me", "100200"]
    assert cli.main(["--file", path, "--lang", "en", *told]) == 0
    return path


def run(db: str, *arguments: str, lang: str = "en") -> int:
    return cli.main(["--file", db, "--lang", lang, "report", *arguments])


def texts_of(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize(
    ("what", "told", "heading"),
    [
        ("team-chart", "One sheet of A3, type", "Team chart"),
        ("team-leg", "On A4, with 240 members.", "Legs of the team"),
        ("team-lists", "On A4: who is new", "New and silent"),
        ("team", "On A4, with 240 members.", "Team overview"),
    ],
)
def test_each_report_says_what_it_takes_and_is_saved(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, told: str, heading: str
) -> None:
    out = tmp_path / "team.pdf"
    assert run(db, what, "--out", str(out)) == 0
    assert told in capsys.readouterr().out
    assert heading in texts_of(out)[0]


def test_a_chart_is_tiled_with_as_many_pages_as_said(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "team.pdf"
    assert run(db, "team-chart", "--paper", "A4", "--portrait", "--type", "7", "--out", str(out)) == 0
    told = capsys.readouterr().out
    assert f" · {len(texts_of(out))} pages with the plan of the sheets" in told


def test_a_leg_by_number_without_names(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "leg.pdf"
    told = ("team-leg", "--member", "100205", "--people", "numbers", "--figures", "own", "--out", str(out))
    assert run(db, *told) == 0
    found = " ".join(texts_of(out))
    assert "Leg report: 100205" in found
    assert "Kornak" not in found
    assert run(db, "team-leg", "--member", "nobody", "--out", str(out)) == 3
    assert "Nobody in the team has the number nobody." in capsys.readouterr().err


@pytest.mark.parametrize("options", [("--type", "0"), ("--levels", "100"), ("--back", "0")])
def test_a_figure_out_of_bounds_is_refused(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, str]
) -> None:
    out = tmp_path / "team.pdf"
    assert run(db, "team-chart", *options, "--out", str(out)) == 3
    assert "Nothing was made." in capsys.readouterr().err
    assert not out.exists()


def test_danish_and_unreadable_type_is_told_beside(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "team.pdf"
    assert run(db, "team-chart", "--paper", "A4", "--out", str(out), lang="da") == 0
    captured = capsys.readouterr()
    assert "A0" in captured.err
    assert "Side 1 af 1" in texts_of(out)[0]
    assert "Oktober 2026" in texts_of(out)[0]
