"""A plan of her own in a form: parts on the left, the chosen one's fields on the right; Save takes it whole."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from organizer.domain.commission.asked import Path
from organizer.domain.result import Refusal
from organizer.i18n import _, format_number, language, ngettext
from organizer.services.plan_form import Draft
from organizer.services.plan_parts import Part
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.plan_form.page import PartPage
from organizer.ui.dialogs.plan_form.tree import PartsTree
from organizer.ui.dialogs.plan_form.work import Work
from organizer.ui.widgets import messages
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label, as_title
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import (
    CommitLineEdit,
    CommitPlainText,
    redo_in_focus,
    undo_in_focus,
)

_SIZE = (1040, 660)
_LEFT = 260
_AGAIN = 30


class PlanForm(QDialog):
    """Changes a draft. Nothing is stored before Save, and Save only takes a plan without mistakes."""

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.draft = draft
        self.work = Work(draft, self)
        self._pending: Path | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._refresh)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self._build()
        self.work.changed.connect(self._on_changed)
        self.work.unread.connect(self._on_unread)
        self.work.refused.connect(self._tell)
        self.work.went.connect(self._go)
        self.parts.chosen.connect(self._show)
        self.parts.show_parts()
        self._show(self.parts.current())
        self._size()
        self.parts.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.parts, self.page = PartsTree(self.work), PartPage(self.work)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.parts)
        self.split.addWidget(self.page)
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([theme.scaled(_LEFT), theme.scaled(_SIZE[0] - _LEFT)])
        self.state = Label(tone="muted", wrap=True)
        self.undo_button = button(_("&Undo"), self.undo, icon="undo-2")
        self.redo_button = button(_("&Redo"), self.redo, icon="redo-2")
        self.save_button = button(_("&Save"), self.save, icon="save", kind="primary")
        self.close_button = button(_("&Close"), self.close)
        foot = QHBoxLayout()
        theme.margins(foot, spacing=theme.S)
        foot.addWidget(self.undo_button)
        foot.addWidget(self.redo_button)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        theme.margins(column, theme.L, spacing=theme.M)
        column.addWidget(self.split, 1)
        column.addLayout(foot)
        keys = QKeySequence.StandardKey
        for key, slot in ((keys.Undo, self.undo), (keys.Redo, self.redo), (keys.Save, self.save)):
            QShortcut(QKeySequence(key), self, slot)
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self, self.redo)

    def _size(self) -> None:
        room = (self.screen() or QGuiApplication.primaryScreen()).availableGeometry()
        self.resize(
            min(theme.scaled(_SIZE[0]), room.width() - theme.XXL), min(theme.scaled(_SIZE[1]), room.height() - 80)
        )

    # Showing

    def _on_changed(self) -> None:
        self._timer.start()

    def _refresh(self) -> None:
        """Show the draft as it is now; never under a mouse button that is down, or its click would be lost."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start(_AGAIN)
            return
        self._timer.setInterval(0)
        focus = self._focus()
        self.parts.show_parts(self._pending)
        self._show(self.parts.current())
        if self._pending is not None:
            self.page.go(self._pending)
        elif focus:
            self._focus_again(focus)
        self._pending = None

    def _show(self, part: Part) -> None:
        self.page.show_part(part)
        self._update()

    def _on_unread(self) -> None:
        self.page.show_mistakes()
        self.parts.count()
        self._update()

    def _update(self) -> None:
        name = self.draft.data.get("name", "")
        if isinstance(name, dict):
            name = name.get(language(), "")
        self.setWindowTitle(as_title(_("Change {plan}").format(plan=name)))
        count = len(self.draft.problems.found) + len(self.work.typed)
        self.undo_button.setEnabled(self.draft.can_undo)
        self.redo_button.setEnabled(self.draft.can_redo)
        self.save_button.setEnabled(not count and self.draft.unsaved)
        if count:
            one, many = "{count} mistake is left: {where}.", "{count} mistakes are left: {where}."
            text = ngettext(one, many, count).format(count=format_number(count), where=self._where())
        elif self.draft.unsaved:
            text = _("Not saved yet.")
        else:
            text = _("Everything is saved.")
        self.state.setText(text)
        theme.set_tone(self.state, "danger" if count else "muted")
        self.save_button.setToolTip(_("It can be saved once there are no mistakes.") if count else "")
        self.save_button.setAccessibleDescription(text)

    def _where(self) -> str:
        every = [part for one in self.parts.parts for part in one.all()]
        return ", ".join(part.title for part in every if self.parts.mistakes(part))

    def _tell(self, text: str) -> None:
        messages.warn(self, _("Nothing was changed"), text)

    def _go(self, path: Path) -> None:
        self._pending = path
        self._timer.start()

    def _focus(self) -> tuple[str, str] | None:
        """Who has the focus, by what it is and is called."""
        widget = QApplication.focusWidget()
        if widget is None or not self.page.isAncestorOf(widget):
            return None
        return type(widget).__name__, widget.accessibleName()

    def _focus_again(self, who: tuple[str, str]) -> None:
        """Give the focus back to who had it, where its fields were made anew."""
        now = QApplication.focusWidget()
        if now is not None and (type(now).__name__, now.accessibleName()) == who:
            return
        for widget in self.page.findChildren(QWidget):
            if widget.accessibleName() == who[1] and type(widget).__name__ == who[0]:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # Deeds

    def settle(self) -> None:
        """Take what is being typed as typed."""
        field = QApplication.focusWidget()
        if isinstance(field, CommitLineEdit | CommitPlainText) and self.isAncestorOf(field):
            field.commit()

    def undo(self) -> None:
        """Take back typing in the field, else the last step."""
        if not undo_in_focus() and self.draft.can_undo:
            self.work.typed.clear()
            self._go(self.draft.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        if not redo_in_focus() and self.draft.can_redo:
            self.work.typed.clear()
            self._go(self.draft.redo())

    def save(self) -> None:
        """Store the plan and close; with mistakes in it nothing happens but that they are named."""
        self.settle()
        self._refresh()
        if not self.save_button.isEnabled():
            return
        try:
            plan = self.draft.save(self._context.file)
        except Refusal as refusal:
            self._tell(spoken(refusal))
            return
        self.close()
        self._context.answered.emit(_("{plan} is saved.").format(plan=plan.name.in_language(language())), True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter in a field ends the field, and saves nothing."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Qt's: Esc closes as the button does."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's: ask before what isn't saved is lost."""
        self.settle()
        if not self.draft.unsaved and not self.work.typed:
            event.accept()
            return
        event.ignore()
        messages.ask(
            self,
            _("Close without saving"),
            _("What you changed isn't saved."),
            _("&Close without saving"),
            self._leave,
            detail=_("The plan stays as it was."),
            danger=True,
        )

    def _leave(self) -> None:
        self.draft.forget()
        self.work.typed.clear()
        self.close()
