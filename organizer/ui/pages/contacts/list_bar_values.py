"""The right-hand side of a condition: an editor for each kind of value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from organizer.domain.contact_filter import MOST, Kind, Span, Unit, Value
from organizer.i18n import _, format_date, parse_date
from organizer.ui import theme
from organizer.ui.pages.contacts import list_bar_words as named
from organizer.ui.pages.contacts.list_chooser import LongBox
from organizer.ui.widgets.boxes import ComboBox, SpinBox
from organizer.ui.widgets.tags_editor import TagsEditor

_MOST_AWAY = 365


@dataclass(frozen=True)
class Choices:
    """What the file offers to choose from: tags; products and companies with their ids."""

    tags: Sequence[str] = ()
    products: Sequence[tuple[int, str]] = ()
    companies: Sequence[tuple[int, str]] = ()


class ValueEditor(QWidget):
    """Shows and gives a condition's value; `changed` comes after each change by hand. This one has none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stops: list[QWidget] = []
        """Where Tab stops in it, in order."""
        self.line = QHBoxLayout(self)
        theme.margins(self.line, spacing=theme.XS)

    def value(self) -> Value:
        """The value as it is now, perhaps not a whole one."""
        return None

    def show_value(self, value: Value) -> None:
        """Show a value; nobody is told."""

    def _stop_at(self, *stops: QWidget) -> None:
        self.stops = list(stops)
        self.setFocusProxy(stops[0])


class TextValue(ValueEditor):
    """Words, postal codes, or a day."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._is_day = kind is Kind.DAY
        hints = {Kind.AREA: "8000-8299, 80*", Kind.DAY: "07.03.2026"}
        self.edit = QLineEdit()
        self.edit.setAccessibleName(_("Value"))
        self.edit.setPlaceholderText(hints.get(kind, ""))
        self.edit.textEdited.connect(lambda: self.changed.emit())
        self.line.addWidget(self.edit)
        self._stop_at(self.edit)

    def value(self) -> Value:
        """What is written; None for what is no day."""
        text = self.edit.text().strip()
        if not self._is_day:
            return text
        try:
            return parse_date(text)
        except ValueError:
            return None

    def show_value(self, value: Value) -> None:
        """Show words or a day."""
        self.edit.setText(format_date(value) if self._is_day else str(value))  # type: ignore[arg-type]


class TagsValue(ValueEditor):
    """Tags as chips; the known ones are offered."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__()
        self.edit = TagsEditor(_("Tags"), known)
        self.edit.changed.connect(lambda: self.changed.emit())
        self.line.addWidget(self.edit)
        self._stop_at(self.edit)

    def value(self) -> Value:
        """The tags."""
        return self.edit.tags()

    def show_value(self, value: Value) -> None:
        """Show tags."""
        self.edit.set_tags(value if isinstance(value, tuple) else ())


class ChoiceValue(ValueEditor):
    """One of several, or with two sets one of each."""

    def __init__(self, *sets: Sequence[tuple[str | int, str]]) -> None:
        super().__init__()
        self.boxes: list[ComboBox] = []
        for choices in sets:
            box = LongBox(_("Value"))
            for data, text in choices:
                box.addItem(text, data)
            box.currentIndexChanged.connect(lambda: self.changed.emit())
            self.line.addWidget(box, 1)
            self.boxes.append(box)
        self._stop_at(*self.boxes)

    def value(self) -> Value:
        """What is chosen."""
        chosen = tuple(box.currentData() for box in self.boxes)
        return chosen if len(chosen) > 1 else chosen[0]

    def show_value(self, value: Value) -> None:
        """Choose it; one that isn't offered any more stays what it is, without a name."""
        for box, one in zip(self.boxes, value if isinstance(value, tuple) else (value,), strict=True):
            with QSignalBlocker(box):
                if box.findData(one) < 0:
                    box.addItem(_("(gone)"), one)
                box.setCurrentIndex(box.findData(one))


class NumberValue(ValueEditor):
    """So many days or percent."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.box = SpinBox()
        self.box.setAccessibleName(_("Value"))
        percent = kind is Kind.PERCENT
        self.box.setRange(1 if percent else 0, 100 if percent else _MOST_AWAY)
        self.box.setSuffix(_(" percent") if percent else _(" days"))
        self.box.setValue(20 if percent else 14)
        self.box.valueChanged.connect(lambda: self.changed.emit())
        self.line.addWidget(self.box)
        self.line.addStretch(1)
        self._stop_at(self.box)

    def value(self) -> Value:
        """The number."""
        return self.box.value()

    def show_value(self, value: Value) -> None:
        """Show a number."""
        with QSignalBlocker(self.box):
            self.box.setValue(value if isinstance(value, int) else 0)


class SpanValue(ValueEditor):
    """So many days, weeks or months."""

    def __init__(self) -> None:
        super().__init__()
        self.count, self.unit = SpinBox(), ComboBox()
        self.count.setRange(1, MOST)
        self.count.setValue(3)
        self.count.setAccessibleName(_("How many"))
        self.unit.setAccessibleName(_("Days, weeks or months"))
        for data, text in named.units():
            self.unit.addItem(text, data)
        self.unit.setCurrentIndex(self.unit.findData(Unit.MONTHS.value))
        self.count.valueChanged.connect(lambda: self.changed.emit())
        self.unit.currentIndexChanged.connect(lambda: self.changed.emit())
        self.line.addWidget(self.count)
        self.line.addWidget(self.unit, 1)
        self._stop_at(self.count, self.unit)

    def value(self) -> Value:
        """The span."""
        return Span(self.count.value(), Unit(self.unit.currentData()))

    def show_value(self, value: Value) -> None:
        """Show a span."""
        assert isinstance(value, Span)  # noqa: S101 - as the kind of value says
        with QSignalBlocker(self.count), QSignalBlocker(self.unit):
            self.count.setValue(value.count)
            self.unit.setCurrentIndex(self.unit.findData(value.unit.value))


def editor_for(kind: Kind, choices: Choices) -> ValueEditor:
    """The editor for a kind of value."""
    match kind:
        case Kind.NOTHING:
            return ValueEditor()
        case Kind.WORDS | Kind.AREA | Kind.DAY:
            return TextValue(kind)
        case Kind.TAGS:
            return TagsValue(choices.tags)
        case Kind.SPAN:
            return SpanValue()
        case Kind.DAYS | Kind.PERCENT:
            return NumberValue(kind)
        case Kind.MAY:
            return ChoiceValue(named.selling(), named.channels())
        case Kind.PRODUCT:
            return ChoiceValue(choices.products)
        case Kind.COMPANY:
            return ChoiceValue([(0, _("Any of your teams")), *choices.companies])
    sets = {
        Kind.ROLE: named.roles,
        Kind.CHANNEL: named.channels,
        Kind.TOPIC: named.topics,
        Kind.HAS: named.known,
    }
    return ChoiceValue(sets[kind]())
