"""Before somebody is erased for good: what goes, what stays and why, and which backups still know them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from organizer.i18n import _, format_number, ngettext
from organizer.services import erasing
from organizer.services.erasing import Before
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.erase import words
from organizer.ui.dialogs.erase.words import backups_told
from organizer.ui.dialogs.member.base import MemberDialog
from organizer.ui.widgets.label import Label

_WIDTH = 560


class EraseDialog(MemberDialog):
    """Erases the person that `before` tells of, once it is clear that this is wanted."""

    def __init__(self, context: Context, before: Before, parent: QWidget | None = None) -> None:
        title = _("Erase {name} for good").format(name=before.name)
        super().__init__(title, _("&Erase for good"), _WIDTH, parent)
        self._context, self._before = context, before
        self.go.setProperty("kind", "danger")
        self.go.setEnabled(False)
        self.sure = QCheckBox(_("&Yes: it can't be undone"))
        self.sure.toggled.connect(self.go.setEnabled)
        inside = QVBoxLayout()
        theme.margins(inside, spacing=theme.M)
        inside.addWidget(Label(title, bold=True, wrap=True))
        for heading, lines in self._parts():
            inside.addWidget(_part(heading, lines))
        inside.addWidget(self.sure)
        self.column.insertLayout(0, inside)
        self.form.hide()
        self.sure.setFocus()

    def _parts(self) -> Sequence[tuple[str, Sequence[str]]]:
        before = self._before
        told = [(_("This goes"), [" · ".join(before.goes)])]
        stays = list(before.stays)
        if before.stays:
            stays.append(_("The company's next team file may bring the name back: then erase again."))
        if before.mentions:
            text = ngettext(
                "{count} note about others holds the name. Change it by hand if it says something of them.",
                "{count} notes about others hold the name. Change them by hand if they say something of them.",
                len(before.mentions),
            )
            stays.append(text.format(count=format_number(len(before.mentions))))
        if before.said_no:
            stays.append(
                _(
                    "That they said no: only as a mark by which the phone and e-mail are known again. It holds no "
                    "name; who has the file can try numbers against it."
                )
            )
        if before.unknown_again:
            stays.append(
                _("They said no, but there is no phone, e-mail or street by which they would be known again.")
            )
        if stays:
            told.append((_("This stays, and why"), stays))
        told.append((_("Backups"), backups_told(before.holding)))
        return told

    def accept(self) -> None:
        """Erase, and say so; a refusal is said here."""
        if not self.sure.isChecked():
            return
        context, before = self._context, self._before
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = context.deed(lambda: erasing.erase(context.file, [before.person_id]))
        finally:
            QGuiApplication.restoreOverrideCursor()
        if done:
            text = _("{name} is erased for good.").format(name=before.name)
            context.answered.emit(" ".join((text, *words.later(context.file))), False)
            super().accept()


def _part(heading: str, lines: Sequence[str]) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    theme.margins(column, spacing=theme.XS)
    column.addWidget(Label(heading, bold=True))
    for line in lines:
        column.addWidget(Label(line, tone="muted", wrap=True, selectable=True))
    return part
