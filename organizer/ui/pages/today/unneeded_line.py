"""One quiet line about people whom there is no reason to keep, with the way to look at them."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label

_AFTER = 500  # milliseconds: nobody waits for it, and many contacts take a moment


class UnneededLine(QWidget):
    """Hidden until there is somebody; `look` counts once, a moment later."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = Label(tone="muted", wrap=True)
        self.see = button(_("Look at them…"), self._open, kind="flat")
        row = QHBoxLayout(self)
        theme.margins(row, spacing=theme.S)
        row.addWidget(self._text, 1)
        row.addWidget(self.see)
        self._later = QTimer(self, singleShot=True, interval=_AFTER)
        self._later.timeout.connect(self.count)
        self._counted = False
        self.hide()
        context.changed.connect(self._on_changed)

    def look(self) -> None:
        """Count soon, unless that was done already."""
        if not self._counted:
            self._counted = True
            self._later.start()

    def count(self) -> None:
        """Count now, and say it where there is somebody."""
        from organizer.services import retention_of_people

        found = self._context.deed(lambda: retention_of_people.counts(self._context.file))
        total = found.total if found else 0
        text = ngettext(
            "There is no reason any more to keep {count} person.",
            "There is no reason any more to keep {count} people.",
            total,
        )
        self._text.setText(text.format(count=format_number(total)))
        self.setVisible(total > 0)

    def close_down(self) -> None:
        """Read nothing any more."""
        self._later.stop()

    def _on_changed(self, touched: frozenset[str]) -> None:
        # while it is seen it says what is true now
        if touched & {"person", "entry", "follow_up"} and not self.isHidden():
            self._later.start()

    def _open(self) -> None:
        from organizer.ui.dialogs.erase import open_unneeded

        open_unneeded(self._context, self.window())
