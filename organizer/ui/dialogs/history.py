"""Everything that was done, newest first: when, by whom, and a way back to before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.contact import fold
from organizer.i18n import _, format_moment, format_number, ngettext
from organizer.services import files
from organizer.services.files import Deed
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets import messages
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.preview_table import PreviewTable
from organizer.ui.widgets.search_field import SearchField
from organizer.ui.widgets.waiting import waiting

_WHAT = 2


class HistoryDialog(QDialog):
    """The deeds that the file remembers, with those taken back. It follows while it is open."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, settle: Callable[[], object] = lambda: None
    ) -> None:
        """`settle` stores what is typed on the page behind, before anything is taken back."""
        super().__init__(parent)
        self._context = context
        self._settle = settle
        self._shown: list[Deed] = []
        self.setWindowTitle(_("History of what you did"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 560)
        self._build()
        self._refused = ""
        context.changed.connect(self._show)
        context.warned.connect(self._on_warned)
        self._show()
        if self._shown:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> Deed | None:
        """The deed that the button is about."""
        row = self.table.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def go(self) -> None:
        """Take back everything down to the chosen deed, or do everything again up to it, once she agrees."""
        self._settle()
        deed = self.chosen()
        if deed is None:
            return
        count = _steps(files.deeds(self._context.file), deed)
        if deed.undone:
            title, yes = _("Do again"), _("Do a&gain")
            text = ngettext("Do {count} deed again?", "Do {count} deeds again?", count)
        else:
            title, yes = _("Undo"), _("&Undo")
            text = ngettext("Undo {count} deed?", "Undo {count} deeds?", count)
        detail = _("The last of them is: {deed}.").format(deed=files.deed_name(deed).rstrip("."))
        if not deed.undone:
            detail += "\n" + _("They can be done again until you do something new.")
        messages.ask(
            self, title, text.format(count=format_number(count)), yes, lambda: self._go(deed, count), detail=detail
        )

    def _on_warned(self, text: str) -> None:
        self._refused = text

    def _build(self) -> None:
        self.search = SearchField(_("Search what was done"), _("Search what was done"))
        self.search.textChanged.connect(self._show)
        self.table = PreviewTable(_("What was done, newest first"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.search.down_pressed.connect(self.table.setFocus)
        self.back = button("", self.go)
        self.told = Label(tone="muted", wrap=True)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.L, spacing=theme.M)
        text = _("The newest is on top. Undo takes back one after the other, from the top.")
        layout.addWidget(Label(text, tone="muted", wrap=True))
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.told, 1)
        row.addWidget(close_button(self))
        layout.addLayout(row)

    def _show(self) -> None:
        before = self.chosen()
        place = self.table.verticalScrollBar().value()
        every = files.deeds(self._context.file)
        wanted = fold(self.search.text()).split()
        self._shown = [deed for deed in every if _holds(deed, wanted)]
        headers = (_("When"), _("Who"), _("What"), _("State"))
        self.table.set_rows(headers, [_row(deed) for deed in self._shown], wide=_WHAT)
        # a model of its own each time, so its selection is new too
        self.table.selectionModel().selectionChanged.connect(self._offer)
        kept = [row for row, deed in enumerate(self._shown) if before and deed.id == before.id]
        if kept:
            self.table.selectRow(kept[0])
            self.table.verticalScrollBar().setValue(place)
        self._offer()

    def _offer(self) -> None:
        deed = self.chosen()
        self.back.setEnabled(deed is not None)
        text = _("Do everything &again up to here") if deed and deed.undone else _("&Undo everything down to here")
        self.back.setText(text)

    def _go(self, deed: Deed, count: int) -> None:
        context = self._context
        self._refused = ""
        replay = files.redo if deed.undone else files.undo
        done = 0
        with waiting():
            step: Callable[[], Deed | None] = partial(replay, context.file)
            with context.gathered():
                while done < count and context.deed(step) is not None:
                    done += 1
        if deed.undone:
            text = ngettext("{count} deed is done again.", "{count} deeds are done again.", done)
        else:
            text = ngettext("{count} deed is undone.", "{count} deeds are undone.", done)
        text = text.format(count=format_number(done))
        self.told.setText(text if done == count else f"{text} {self._refused}")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _steps(every: list[Deed], chosen: Deed) -> int:
    """How many deeds lie between now and the chosen one, which counts too."""
    if chosen.undone:
        return sum(1 for deed in every if deed.undone and deed.id <= chosen.id)
    return sum(1 for deed in every if not deed.undone and deed.id >= chosen.id)


def _holds(deed: Deed, wanted: list[str]) -> bool:
    text = fold(" ".join(_row(deed)))
    return all(word in text for word in wanted)


def _row(deed: Deed) -> tuple[str, str, str, str]:
    at = datetime.fromisoformat(deed.at)
    when = format_moment(at)
    return when, deed.who, files.deed_name(deed), _("taken back") if deed.undone else ""


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """The row with Close at the foot of a dialog that only shows something."""
    box = QDialogButtonBox(dialog)  # only a button in the dialog can be its default
    close = box.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
    close.setDefault(True)
    box.rejected.connect(dialog.reject)
    return box
