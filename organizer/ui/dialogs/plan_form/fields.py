"""Fields for what a plan holds in one place: a line, a text in two languages, a choice, some of several."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.commission import labels
from organizer.domain.commission.asked import Asked, Holds, Path
from organizer.domain.period import PeriodKind
from organizer.domain.result import Refusal
from organizer.i18n import LANGUAGES, _, language
from organizer.i18n import shown as clean
from organizer.services.plan_parts import names
from organizer.ui import theme
from organizer.ui.dialogs.plan_form import shown
from organizer.ui.dialogs.plan_form.work import Work
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import CommitLineEdit

_NARROW = 150


class Field(QWidget):
    """Shows what stands at `path` and puts what she chooses there."""

    def __init__(self, work: Work, path: Path, name: str) -> None:
        super().__init__()
        self.work, self.path, self.name = work, path, name
        self.setAccessibleName(name)

    def show_value(self, value: Any) -> None:
        """Show what stands there now."""
        raise NotImplementedError

    def inside(self, path: Path) -> QWidget:
        """Which widget in it shows what stands at `path`."""
        return self

    def put(self, value: Any) -> None:
        """Let `value` stand there; None takes the key away."""
        draft, path = self.work.draft, self.path
        self.work.wrong(path, "")
        if value is not None:
            self.work.do(lambda: draft.set(path, value))
        elif draft.has(path):
            self.work.do(lambda: draft.remove(path))

    def across(self, *widgets: QWidget, stretch: bool = True) -> None:
        """Put widgets side by side; the first takes the focus."""
        row = QHBoxLayout(self)
        theme.margins(row, spacing=theme.S)
        for widget in widgets:
            row.addWidget(widget)
        if stretch:
            row.addStretch(1)
        self.setFocusProxy(widgets[0])


class LineField(Field):
    """A line: a word, a number, a date. What can't be read stays on the screen with what to type instead."""

    def __init__(
        self, work: Work, path: Path, name: str, holds: Holds, *, required: bool = True, wide: bool = True
    ) -> None:
        super().__init__(work, path, name)
        self._holds, self._required = holds, required
        self.line = CommitLineEdit(name)
        self.line.committed.connect(self._commit)
        behind = shown.unit(holds, str(work.draft.data.get("currency", "")))
        if holds is Holds.STRING and wide:
            self.across(self.line, stretch=False)
        else:
            self.line.setFixedWidth(theme.scaled(_NARROW if holds in shown.NUMBERS else 2 * _NARROW))
            self.across(self.line, Label(behind, tone="muted"))

    def show_value(self, value: Any) -> None:
        """Show what stands there now."""
        if self.path not in self.work.typed:
            self.line.set_value(shown.written(self._holds, value))

    def _commit(self, text: str) -> None:
        try:
            value = shown.read(self._holds, text)
        except ValueError as error:
            self.work.wrong(self.path, str(error))
            return
        if value is None and self._holds is Holds.STRING and self._required:
            value = ""
        if value is None and self._required:
            self.work.wrong(self.path, _("This can't be empty."))
            return
        self.put(value)


class IdField(LineField):
    """The short name of a part: changed everywhere that the plan speaks of it."""

    def __init__(self, work: Work, path: Path, name: str) -> None:
        super().__init__(work, path, name, Holds.STRING, wide=False)

    def put(self, value: Any) -> None:
        """Rename it; what is refused stays typed, with the reason."""
        try:
            self.work.draft.rename(self.path, str(value))
        except Refusal as refusal:
            self.work.wrong(self.path, spoken(refusal))
            return
        self.work.wrong(self.path, "")
        self.work.changed.emit()


class TextField(Field):
    """A text in both languages; the same in both is written once."""

    def __init__(self, work: Work, path: Path, name: str) -> None:
        super().__init__(work, path, name)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        self.lines: dict[str, CommitLineEdit] = {}
        for code in sorted(LANGUAGES, key=lambda one: one != language()):
            line = CommitLineEdit(f"{name}, {LANGUAGES[code]}")
            line.committed.connect(self._commit)
            row = QHBoxLayout()
            row.addWidget(line, 1)
            tag = Label(LANGUAGES[code], size="small", tone="muted")
            tag.setFixedWidth(theme.scaled(50))
            row.addWidget(tag)
            column.addLayout(row)
            self.lines[code] = line
        self.setFocusProxy(next(iter(self.lines.values())))

    def show_value(self, value: Any) -> None:
        """Show what stands there now."""
        for code, line in self.lines.items():
            text = value.get(code, "") if isinstance(value, dict) else value
            line.set_value(text if isinstance(text, str) else "")

    def _commit(self) -> None:
        said = {code: line.value().strip() for code, line in self.lines.items()}
        texts = set(said.values())
        both = {code: said[code] for code in sorted(said, reverse=True) if said[code]}
        self.put(texts.pop() if len(texts) == 1 else both)


class ChoiceField(Field):
    """One of several: words of the format, or the plan's volumes, ranks or bonuses."""

    def __init__(self, work: Work, asked: Asked, name: str) -> None:
        super().__init__(work, asked.path, name)
        self.box = ComboBox()
        self.box.setAccessibleName(name)
        self.box.setMinimumContentsLength(16)
        self.box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self._options = choices(work, asked)
        self.box.activated.connect(self._commit)
        self.across(self.box)

    def show_value(self, value: Any) -> None:
        """Show what stands there now; what isn't to choose is there too, and marked."""
        self.box.clear()
        if value is None:
            self.box.addItem(_("Choose…"), None)
        for option, text in self._options.items():
            self.box.addItem(clean(text), option)
        if value is not None and value not in self._options:
            self.box.addItem(_("{name} (not in the plan)").format(name=clean(str(value))), value)
        self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def _commit(self) -> None:
        value = self.box.currentData()
        if value is not None:
            self.put(value)


class PeriodField(ChoiceField):
    """What the plan settles by; campaigns need their first day and length."""

    def __init__(self, work: Work, asked: Asked, name: str) -> None:
        super().__init__(work, asked, name)
        self.details = button(_("With details"), self._detail, kind="flat")
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(1, self.details)

    def show_value(self, value: Any) -> None:
        """Show what stands there now; details need to know of what."""
        super().show_value(value)
        self.details.setEnabled(value in self._options)

    def _detail(self) -> None:
        draft = self.work.draft
        self.work.do(lambda: draft.set(self.path, {"kind": self.box.currentData()}))

    def put(self, value: Any) -> None:
        """Let the word stand there, or a table where a word isn't enough."""
        if value == PeriodKind.CAMPAIGN:
            draft = self.work.draft
            first = draft.data.get("valid_from")
            self.work.do(lambda: draft.set(self.path, _campaigns(first)))
        else:
            super().put(value)


def _campaigns(first: Any) -> dict[str, Any]:
    return {"kind": "campaign", "campaign_anchor": first or date(2026, 1, 1), "campaign_days": 14}


def choices(work: Work, asked: Asked) -> dict[Any, str]:
    """What there is to choose at a key, and what each is called."""
    if asked.holds is Holds.FLAG:
        return {True: _("Yes"), False: _("No")}
    if asked.holds is Holds.CHOICE:
        kind = work.draft.kind(asked.path)
        return {option: spoken(labels.word(asked, option, kind)) for option in asked.options}
    known = names(work.draft, asked.holds)
    return {option: known.get(option, option) for option in asked.options}


class SomeField(Field):
    """Some of the plan's volumes or bonuses, each with a tick."""

    def __init__(self, work: Work, asked: Asked, name: str) -> None:
        super().__init__(work, asked.path, name)
        column = QVBoxLayout(self)
        theme.margins(column, spacing=theme.XS)
        known = choices(work, asked)
        others = [one for one in asked.value or [] if one not in known]
        self.boxes: dict[str, QCheckBox] = {}
        for option in [*known, *others]:
            text = known.get(option) or _("{name} (not in the plan)").format(name=option)
            box = QCheckBox(clean(text).replace("&", "&&"))
            box.clicked.connect(self._commit)
            column.addWidget(box)
            self.boxes[option] = box
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))
        else:
            column.addWidget(Label(_("There is nothing before it to choose from."), tone="muted", wrap=True))

    def show_value(self, value: Any) -> None:
        """Show what stands there now."""
        for option, box in self.boxes.items():
            box.setChecked(isinstance(value, list) and option in value)

    def _commit(self) -> None:
        self.put([option for option, box in self.boxes.items() if box.isChecked()])
