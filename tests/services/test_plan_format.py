"""What README.md says of plan files is what the program reads: every key is in it, and every example holds."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from organizer.domain import commission
from organizer.domain.commission.kinds.registry import KINDS
from organizer.domain.commission.parse import PlanError, parse_plan
from organizer.domain.commission.plan import Plan
from organizer.domain.commission.reader import Table
from organizer.resource_files import resource

README = resource("plans", "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
TABLES = {"table", "part", "top", "tier", "alternative", "element"}
"""What the readers call the tables that they read."""


def section(title: str) -> list[str]:
    """The examples under a heading."""
    text = re.split(rf"^#+ {re.escape(title)}$", README, maxsplit=1, flags=re.MULTILINE)[1]
    return re.findall(r"^```toml\n(.*?)^```", re.split(r"^#+ ", text, flags=re.MULTILINE)[0], re.M | re.S)


def frame(*, ranks: bool = True) -> str:
    """The plan that the examples of single bonuses belong into: what README itself shows of the rest."""
    parts = [
        *section("At the top"),
        *section("Volumes"),
        *section("Activity"),
        *(section("Ranks") if ranks else []),
    ]
    return "\n".join(parts)


def bonuses() -> list[str]:
    """Every example of bonuses, in their order."""
    return [example for example in EXAMPLES if example.startswith("[[components]]")]


def read(*parts: str) -> list[str]:
    """The mistakes that the program finds in a plan of these parts."""
    try:
        parse_plan("\n".join(parts), "README.md")
    except PlanError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_every_example_is_toml() -> None:
    assert len(EXAMPLES) > 25
    for example in EXAMPLES:
        tomllib.loads(example)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_section_and_its_example_is_a_plan(kind: str) -> None:
    examples = section(kind)
    assert any(f'kind = "{kind}"' in example for example in examples)
    before = "\n".join(bonuses()[: bonuses().index(examples[0])])
    assert read(frame(), before, *examples, *section("Rounding")) == []


def test_all_examples_together_are_a_plan() -> None:
    assert read(frame(), *bonuses(), *section("After the bonuses"), *section("Rounding")) == []
    assert read(frame(), *section("Conditions"), *section("structure"), *section("Rounding")) == []


def test_the_examples_of_periods_and_the_whole_plan_can_be_read() -> None:
    for example in section("Periods"):
        text = frame().replace('period = "month"\n', "", 1)
        assert read(text, *section("structure"), example, *section("Rounding")) == []
    assert read(*section("A whole plan")) == []


def read_all() -> list[Plan]:
    """Read README's examples and every plan that comes with the program; the latter."""
    read(frame(), *bonuses(), *section("After the bonuses"), *section("Rounding"))
    read(frame(), *section("Conditions"), *section("Rounding"))
    for example in section("Periods"):
        read(frame().replace('period = "month"\n', "", 1), example, *section("Rounding"))
    return [parse_plan(path.read_text(encoding="utf-8"), path.name) for path in resource("plans").glob("*.toml")]


def readers() -> Iterator[ast.Module]:
    for path in sorted(Path(next(iter(commission.__path__))).rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def keys_in_code() -> set[str]:
    """Every key that a reader asks a table for by its name."""
    calls = (node for module in readers() for node in ast.walk(module) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in TABLES
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def keys_asked_for(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every key that is asked for while all plan files and README's examples are read."""
    asked: set[str] = set()
    original = Table._get

    def spy(self: Table, key: str, *rest: Any, **named: Any) -> Any:
        asked.add(key)
        return original(self, key, *rest, **named)

    monkeypatch.setattr(Table, "_get", spy)
    plans = read_all()
    ranks = {rank.id for plan in plans for rank in plan.ranks}
    return asked - ranks - set(re.findall(r'^\[\[ranks\]\]\nid = "(.+)"', README, re.MULTILINE))


def named(key: str) -> bool:
    """Whether README names the key: as code, as an example's key, or inside one."""
    name = re.escape(key)
    return bool(
        re.search(rf"`{name}`|`{name} = |[\[{{(,`^ ]{name} = |\[\[?{name}\]|^{name} = ", README, re.MULTILINE)
    )


def test_every_key_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = keys_in_code()
    assert {"volume", "carry_cap", "when", "guarantee_volume"} <= keys
    assert sorted(key for key in keys | keys_asked_for(monkeypatch) if not named(key)) == []


def test_every_word_that_a_key_may_hold_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    found: set[tuple[str, str]] = set()
    original = Table.choice

    def spy(self: Table, key: str, options: Any, **named: Any) -> Any:
        found.update((key, str(option.value)) for option in options)
        return original(self, key, options, **named)

    monkeypatch.setattr(Table, "choice", spy)
    read_all()
    assert {("after", "net_off"), ("compression", "cancelled"), ("when", "order")} <= found
    assert sorted(key_and_word for key_and_word in found if f'"{key_and_word[1]}"' not in README) == []
