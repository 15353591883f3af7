"""Names that stand for one another: Kis and Kirsten, Bob and Robert. Lists of them come from outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from organizer.domain.duplicate_text import words

_Groups = Mapping[str, frozenset[str]]


class Nicknames:
    """Which names stand for one another, and which are so common that sharing one says little."""

    def __init__(self, groups: Iterable[str] = (), common: Iterable[str] = ()) -> None:
        """`groups`: lines of names with their short forms; `common`: lines of names that many have.

        Empty lines and those that begin with # are left out. A double name is joined by a hyphen.
        """
        by_name: dict[str, set[str]] = {}
        for line in _told(groups):
            names = [_joined(name) for name in line.split()]
            for name in names:
                by_name.setdefault(name, set()).update(names)
        self._by_name: _Groups = {name: frozenset(names) for name, names in by_name.items()}
        self._common = frozenset(_joined(name) for line in _told(common) for name in line.split())

    def of(self, name: str) -> frozenset[str]:
        """The names (as `duplicate_text.words` writes them) that stand for `name`, itself among them; or none."""
        return self._by_name.get(name, frozenset())

    def alike(self, one: str, other: str) -> bool:
        """Whether one name can stand for the other."""
        return other in self.of(one)

    def is_common(self, name: str) -> bool:
        """Whether many people have this name, so that sharing it says little."""
        return name in self._common or name in self._by_name


def _told(lines: Iterable[str]) -> Iterable[str]:
    return (line for line in lines if line.strip() and not line.startswith("#"))


def _joined(name: str) -> str:
    return "".join(words(name))
