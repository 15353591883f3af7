"""Above the list of contacts: which list is shown, a filter put together and saved, and what to make of a list."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from organizer.domain.contact_filter import Filter
from organizer.domain.result import Refusal
from organizer.i18n import _, format_number, ngettext
from organizer.services import contact_lists
from organizer.services.contact_lists import NearRank
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.contacts.list_choice import ListChoice
from organizer.ui.pages.contacts.list_deeds import ListDeeds, Report
from organizer.ui.pages.contacts.list_name import ListName
from organizer.ui.widgets.buttons import ToolButton, icon_button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.tab_order import TabAnchor

if TYPE_CHECKING:
    # both are made when she asks for them: a start waits for this bar
    from organizer.ui.pages.contacts.list_bar_panel import FilterPanel
    from organizer.ui.pages.contacts.list_bar_values import Choices
    from organizer.ui.pages.list_pane import ListPane

_SETTLE = 150
"""Milliseconds after a change until the list follows."""

_TEAM = frozenset({"member", "member_past", "volume", "company", "plan", "estimate", "setting"})


class ListBar(QWidget):
    """`changed` carries the ids of those to show, None for everybody.

    A list is alive: after a deed that can change who is on it, it follows. `attach` ties it to the list's pane.
    """

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._filter = Filter()
        self._name = ""
        """Her saved list that is shown or was changed here; "" for none."""
        self._near = NearRank(context.file)
        self._pane: ListPane[Any] | None = None
        self._deeds = ListDeeds(context, self, lambda: self._filter, self._near)
        self._closed = self._stale = self._by_hand = False
        self.panel: FilterPanel | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._apply)
        self._build()
        self._fill()
        context.changed.connect(self._on_changed)

    def attach(self, pane: ListPane[Any], report: Report) -> None:
        """Stand in the pane below its search, and narrow it; `report` makes and shows a PDF (Page.report)."""
        pane.above.addWidget(self)
        stops = (self.chooser, self.toggle, self.more, *self.name.stops, self.clear_button, self._anchor)
        for one, other in pairwise((pane.search, *stops)):
            QWidget.setTabOrder(one, other)
        self.changed.connect(pane.set_only)
        pane.all_asked.connect(self._forget)
        self._pane = pane
        self._deeds.attach(pane, report)

    def deeds(self) -> list[tuple[str, Callable[[], None]]]:
        """What can be made of the selected rows, where fewer than two are of all that show: texts and slots."""
        return self._deeds.offered()

    def clear(self) -> None:
        """Show everybody again."""
        self.show_filter(Filter())

    def show_filter(self, filter_: Filter, name: str = "") -> None:
        """Show another filter; `name` is her saved list that it is."""
        self._filter, self._name = filter_, name
        if self.panel and not self.panel.isHidden():
            self.panel.show_filter(filter_)
        self._by_hand = True
        self._apply()

    def close_down(self) -> None:
        """Nothing may be read any more."""
        self._settle.stop()
        self._closed = True

    # how it stands

    def _build(self) -> None:
        self.chooser = ListChoice()
        self.chooser.activated.connect(self._on_chosen)
        self.toggle = ToolButton()
        self.toggle.setText(_("Filter"))
        self.toggle.setCheckable(True)
        theme.set_style(self.toggle, toggle=True)
        self.toggle.setAccessibleDescription(_("Put a list together from conditions"))
        self.toggle.toggled.connect(self._show_panel)
        self.more = ToolButton()
        self.more.setText(_("List"))
        self.more.setAccessibleName(_("What to do with the list"))
        theme.set_style(self.more, toggle=True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self.menu)
        self.name = ListName(self._context)
        self.name.kept.connect(self._on_kept)
        self.words = Label(size="small", tone="muted", wrap=True)
        self.clear_button = icon_button("x", _("Show everybody again"), self.clear)
        row, said = QHBoxLayout(), QHBoxLayout()
        for line in (row, said):
            line.setSpacing(theme.XS)
        row.addWidget(self.chooser, 1)
        row.addWidget(self.toggle)
        row.addWidget(self.more)
        said.addWidget(self.words, 1)
        said.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        theme.margins(self._column, spacing=theme.XS)
        self._column.addLayout(row)
        self._column.addWidget(self.name)
        self._column.addLayout(said)
        self._anchor = TabAnchor(self)
        self._say(0)

    def _fill(self) -> None:
        """The lists to choose from, and the one shown among them."""
        try:
            mine = contact_lists.saved(self._context.file)
        except Refusal:
            mine = []  # a damaged file: the page itself says so when it reads its contacts
        self.chooser.offer([*mine, *contact_lists.shipped()])
        if not self.chooser.mine(self._name):
            self._name = ""
        self._mark()

    def _mark(self) -> None:
        """Let the chooser name what is shown."""
        with QSignalBlocker(self.chooser):
            self.chooser.show_as(self._filter, self._name)

    def _fill_menu(self) -> None:
        self.menu.clear()
        self._add(_("Save as list…"), lambda: self.name.ask(self._filter), enabled=bool(self._filter.conditions))
        mine = self.chooser.mine(self._name)
        if mine:
            changed = mine.filter != self._filter
            text = _("Save the changes to {name}").format(name=mine.name.replace("&", "&&"))
            self._add(text, lambda: self.name.keep(mine.name, self._filter), enabled=changed)
            self._add(_("Rename the list…"), lambda: self.name.ask_new(mine.name))
            self._add(_("Remove the list"), lambda: self._remove(mine.name))
        self.menu.addSeparator()
        for text, slot in self.deeds():
            self._add(text, slot)

    def _add(self, text: str, slot: Callable[[], object], *, enabled: bool = True) -> None:
        action = QAction(text, self.menu)
        action.setEnabled(enabled)
        action.triggered.connect(lambda: slot())
        self.menu.addAction(action)

    def _remove(self, name: str) -> None:
        text = _("The list {name} is removed. Nobody on it was touched.").format(name=name)
        self._context.deed(lambda: contact_lists.remove(self._context.file, name), text)

    # what happens

    def _on_chosen(self, index: int) -> None:
        one = self.chooser.at(index)
        if self.chooser.is_everybody(index):
            self.clear()
        elif one and one.filter is not None:
            self.show_filter(one.filter, "" if one.shipped else one.name)
        elif one:
            self._refuse(spoken(one.problem) if one.problem else "")

    def _refuse(self, text: str) -> None:
        """Say why a list can't be shown; what was shown stays."""
        self._mark()
        self.words.setText(text)
        theme.set_tone(self.words, "danger")
        self.words.show()

    def _on_kept(self, name: str) -> None:
        self._name = name
        self._fill()

    def _on_changed(self, touched: frozenset[str]) -> None:
        if self._closed:
            return
        if touched & _TEAM:
            self._near.forget()
        if "saved_list" in touched:
            self._fill()
        if self._filter.conditions and touched & contact_lists.tables(self._filter):
            self._stale = not self.isVisible()
            if not self._stale:
                self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: catch up with what happened while another page was shown."""
        super().showEvent(event)
        if self._stale:
            self._settle.start()

    def _forget(self) -> None:
        """The pane shows everybody already."""
        if self._filter.conditions:
            self.clear()

    def _show_panel(self, shown: bool) -> None:
        if self.panel is None:
            self.panel = self._make_panel()
        self.panel.setVisible(shown)
        if shown:
            self.panel.choices = self._choices()
            self.panel.show_filter(self._filter)
            self.panel.start()

    def _make_panel(self) -> FilterPanel:
        from organizer.ui.pages.contacts.list_bar_panel import FilterPanel

        panel = FilterPanel(self._choices(), self._anchor)
        panel.changed.connect(self._on_edited)
        panel.left.connect(self._leave_panel)
        self._column.addWidget(panel)
        return panel

    def _choices(self) -> Choices:
        from organizer.ui.pages.contacts.list_bar_values import Choices

        return Choices(*contact_lists.choices(self._context.file))

    def _leave_panel(self) -> None:
        self.toggle.setChecked(False)
        self.toggle.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        if self.panel:
            self._filter = self.panel.filter()
            self._by_hand = True
            self._settle.start()

    def _apply(self) -> None:
        """Find who is on the list now, and show just them."""
        self._settle.stop()
        self._stale = False
        self._mark()
        if not self._filter.conditions:
            self._say(0)
            self.changed.emit(None)
            return
        today = self._context.file.clock().date()
        try:
            found = contact_lists.found(self._context.file, self._filter, today, self._near)
        except Refusal as refusal:
            self._refuse(spoken(refusal))
            self.changed.emit(frozenset())
            return
        self._say(len(found))
        self.changed.emit(found)
        if self._pane and self._by_hand:
            self._pane.choose_first()  # a list that follows by itself leaves in the form whoever is there
        self._by_hand = False

    def _shown_words(self) -> str:
        return contact_lists.words(self._filter, contact_lists.named(self._context.file))

    def _say(self, count: int) -> None:
        asked = bool(self._filter.conditions)
        theme.set_tone(self.words, "muted")
        if asked:
            text = ngettext("{words}: {count} contact", "{words}: {count} contacts", count)
            self.words.setText(text.format(words=self._shown_words(), count=format_number(count)))
        self.words.setVisible(asked)
        self.clear_button.setVisible(asked)
