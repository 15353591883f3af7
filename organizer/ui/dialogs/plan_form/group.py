"""The keys of one table of a plan, as a form: label, help and mistake of each, and what may be added."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from organizer.domain.commission import labels
from organizer.domain.commission.asked import Asked, Holds, Path
from organizer.domain.result import Message
from organizer.i18n import _, format_number
from organizer.services.plan_form import MISSING, UNKNOWN
from organizer.services.plan_text import at
from organizer.ui import theme
from organizer.ui.dialogs.plan_form import shown
from organizer.ui.dialogs.plan_form.cards import Cards, Listed, Missing
from organizer.ui.dialogs.plan_form.conditions import ConditionsField
from organizer.ui.dialogs.plan_form.fields import (
    ChoiceField,
    Field,
    IdField,
    LineField,
    PeriodField,
    SomeField,
    TextField,
)
from organizer.ui.dialogs.plan_form.lists import ListField, RanksField, TierRows
from organizer.ui.dialogs.plan_form.work import Work
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

_KEPT = ("id", "name", "kind")
_FIRST = ("kind", "name", "id")
_NEVER: tuple[Path, ...] = (("format",), ("id",))
_ROW = 4
_CHOSEN = (Holds.CHOICE, Holds.FLAG, Holds.VOLUME, Holds.RANK, Holds.BONUS)


class Group(QWidget):
    """The keys of the table at `table`: all of them, or `keys`."""

    def __init__(self, work: Work, table: Path, keys: Sequence[str] | None = None) -> None:
        super().__init__()
        self._work, self.table, self._keys = work, table, keys
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.S)
        self.form = Form()
        self.fields: dict[Path, Field] = {}
        self.inner: list[Group] = []
        for asked in self._asked():
            self._add(asked)
        for path in work.draft.unused(table):
            if self._mine(path):
                self._unused(path)
        column.addWidget(self.form)
        self.more = button(_("Add more…"), icon="plus", kind="flat")
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self._offer)
        self.more.setMenu(self.menu)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.setVisible(any(self._mine(path) for path in work.draft.absent(table)))

    def _asked(self) -> list[Asked]:
        found = [one for one in self._work.draft.asked(self.table) if self._mine(one.path)]
        order = [*_FIRST, *(self._keys or ())]
        return sorted(found, key=lambda one: order.index(one.path[-1]) if one.path[-1] in order else len(order))

    def _mine(self, path: Path) -> bool:
        return path not in _NEVER and (self._keys is None or path[-1] in self._keys)

    # Building

    def _label(self, asked: Asked) -> str:
        return spoken(labels.label(asked.path, asked.holds, self._work.draft.kind(asked.path)))

    def _add(self, asked: Asked) -> None:
        name = self._label(asked)
        if asked.path[0] == "components" and asked.path[2:] == ("kind",) and asked.value in asked.options:
            told = Label(spoken(labels.word(asked, asked.value, asked.value)))
            told.setAccessibleName(name)
            self.form.add(_name(asked.path), name, told)
            return
        field = self.make(asked, name)
        self.fields[asked.path] = field
        help_ = spoken(labels.help_of(asked.path, asked.holds, self._work.draft.kind(asked.path)))
        self.form.add(_name(asked.path), name, self._removable(asked, field, name), help_)

    def _removable(self, asked: Asked, field: Field, name: str) -> QWidget:
        if asked.path[-1] in _KEPT or not self._may_go(asked):
            return field
        cell = QWidget()
        cell.setFocusProxy(field)
        row = QHBoxLayout(cell)
        theme.margins(row, spacing=theme.S)
        row.addWidget(field, 1)
        remover = icon_button("x", _("Remove {name}").format(name=name), lambda: self._remove(asked.path))
        row.addWidget(remover, 0, Qt.AlignmentFlag.AlignTop)
        return cell

    def _may_go(self, asked: Asked) -> bool:
        return asked.value is not None and self._work.draft.optional(asked.path)

    def _remove(self, path: Path) -> None:
        for typed in [one for one in self._work.typed if _lies_in(one, path)]:
            self._work.wrong(typed, "")
        self._work.do(lambda: self._work.draft.remove(path))

    def make(self, asked: Asked, name: str) -> Field:
        """The field for what a key holds."""
        work, path, holds = self._work, asked.path, asked.holds
        if path[-1] == "id":
            return IdField(work, path, name)
        if path == ("period",) and holds is Holds.CHOICE:
            return PeriodField(work, asked, name)
        if holds in shown.LINES:
            return LineField(work, path, name, holds, required=not self._may_go(asked))
        if holds is Holds.TEXT:
            return TextField(work, path, name)
        if holds in _CHOSEN:
            return ChoiceField(work, asked, name)
        if holds in (Holds.VOLUMES, Holds.BONUSES):
            return SomeField(work, asked, name)
        return self._several(asked, name)

    def _several(self, asked: Asked, name: str) -> Field:
        if asked.holds in shown.ONE_OF:
            return ListField(self._work, asked, name)
        if asked.holds in (Holds.BY_RANK, Holds.SOME_RANKS):
            return RanksField(self._work, asked, name)
        if asked.holds is Holds.TABLE:
            if asked.value is None:
                return Missing(self._work, asked, name)
            return Cards(self._work, asked.path, name, [self._group(asked.path)])
        if labels.is_condition((*asked.path, 0)):
            return ConditionsField(self._work, asked, name, self._group)
        return self._entries(asked, name)

    def _group(self, table: Path) -> Group:
        made = Group(self._work, table)
        self.inner.append(made)
        return made

    def _entries(self, asked: Asked, name: str) -> Field:
        work, count = self._work, len(asked.value) if isinstance(asked.value, list) else 0
        paths: list[Path] = [(*asked.path, place) for place in range(count)]
        if not paths or not all(self._is_row(path) for path in paths):
            groups = [self._group(path) for path in paths]
            return Listed(work, asked.path, name, Cards(work, asked.path, name, groups, numbered=True))
        heads = [self._label(one) for one in work.draft.asked(paths[0])]
        rows = TierRows(work, asked.path, name, heads, self._cells)
        for place in range(count):
            rows.add_row(place)
        return Listed(work, asked.path, name, rows)

    def _is_row(self, path: Path) -> bool:
        draft = self._work.draft
        asked = draft.asked(path)
        same = [one.path[-1] for one in asked] == [one.path[-1] for one in draft.asked((*path[:-1], 0))]
        plain = all(one.holds in (*shown.LINES, *_CHOSEN) and one.holds is not Holds.STRING for one in asked)
        return same and plain and 0 < len(asked) <= _ROW and not draft.unused(path) and not draft.more(path)

    def _cells(self, path: Path) -> list[Field]:
        found = []
        for asked in self._work.draft.asked(path):
            number = format_number(int(path[-1]) + 1)
            found.append(self.make(asked, _("{name}, {number}").format(name=self._label(asked), number=number)))
        return found

    def _unused(self, path: Path) -> None:
        asked = Asked(path, Holds.STRING, at(self._work.draft.data, path), False)
        try:
            name = self._label(asked)
        except KeyError:  # a key of her own invention, or of a newer program
            name = str(path[-1])
        row = QWidget()
        line = QHBoxLayout(row)
        theme.margins(line, spacing=theme.S)
        line.addWidget(Label(_("Not used any more"), tone="amber"))
        remover = button(_("Remove"), lambda: self._remove(path), icon="trash-2")
        remover.setAccessibleName(_("Remove {name}").format(name=name))
        line.addWidget(remover)
        line.addStretch(1)
        row.setFocusProxy(remover)
        self.form.add(_name(path), name, row)

    # More

    def _offer(self) -> None:
        self.menu.clear()
        more = self._work.draft.more(self.table)
        offered = [one for one in more if self._mine(one.path) and one.path not in self.fields]
        for asked in offered:
            action = self.menu.addAction(self._label(asked).replace("&", "&&"))
            action.triggered.connect(partial(self._add_key, asked))
        if not offered:
            self.menu.addAction(_("There is nothing more to add here.")).setEnabled(False)

    def _add_key(self, asked: Asked) -> None:
        self._work.do(lambda: self._work.draft.add(asked))
        self._work.went.emit(asked.path)

    # Showing

    def show_values(self) -> None:
        """Show what stands there now, in it and in all groups inside."""
        for asked in self._asked():
            if asked.path in self.fields:
                self.fields[asked.path].show_value(asked.value)
        for one in self.inner:
            one.show_values()
        self.show_mistakes()

    def show_mistakes(self) -> None:
        """Say at each field what is wrong with it."""
        for path in self.fields:
            self.form.set_error(_name(path), "\n".join(self._wrong(path)))
        for one in self.inner:
            one.show_mistakes()

    def _wrong(self, path: Path) -> list[str]:
        draft = self._work.draft
        deeper = [one for group in self.inner for one in group.known() if len(one) > len(path)]
        told = list(self._work.typed.items())
        found = zip(draft.problems.paths, draft.mistakes((), inside=True), strict=True)
        told += [(where, _said(message)) for where, message in found if message.text != UNKNOWN]
        here = [
            why for where, why in told if _lies_in(where, path) and not any(_lies_in(where, one) for one in deeper)
        ]
        return list(dict.fromkeys(here))

    def known(self) -> list[Path]:
        """Where mistakes are told in it: at its fields, and in the groups inside."""
        return [*self.fields, *(path for one in self.inner for path in one.known())]

    def field_of(self, path: Path) -> QWidget | None:
        """The field that shows what stands at `path`, the innermost."""
        for one in self.inner:
            if (found := one.field_of(path)) is not None:
                return found
        holding = [where for where in self.fields if _lies_in(path, where)]
        return self.fields[max(holding, key=len)].inside(path) if holding else None


def _name(path: Path) -> str:
    """What the form calls the field of a path."""
    return ".".join(map(str, path))


def _said(mistake: Message) -> str:
    """A mistake as it stands below its field, which says itself what belongs there."""
    if mistake.text == MISSING:
        return _("This is needed.")
    text = spoken(mistake)
    return text[:1].upper() + text[1:]


def _lies_in(where: Path, path: Path) -> bool:
    return where[: len(path)] == path
