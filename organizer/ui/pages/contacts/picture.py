"""The picture of a person at the head of the card: put in, replaced, taken out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QImageReader, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton

from organizer.domain.picture import Picture
from organizer.i18n import _
from organizer.ui import icons, theme
from organizer.ui.widgets import file_dialog
from organizer.ui.widgets.buttons import ToolButton

_SIDE = 56


class PictureBox(ToolButton):
    """`chosen(Path)` asks to put a picture in, `removed` to take it out."""

    chosen = Signal(object)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.set_style(self, toggle=True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        side = theme.scaled(_SIDE)
        self.setFixedSize(side, side)
        self._shown: Picture | None = None
        menu = QMenu(self)
        self.put = QAction(menu)
        self.put.triggered.connect(lambda: self._ask())
        self.out = QAction(_("Remove the picture"), menu)
        self.out.triggered.connect(lambda: self.removed.emit())
        menu.addActions([self.put, self.out])
        self.setMenu(menu)
        theme.set_style(self, step=True)
        self.show_picture(None)

    def show_picture(self, picture: Picture | None) -> None:
        """Show a person's picture, or that there is none."""
        self._shown = picture
        side = theme.scaled(_SIDE) - 2 * theme.XS
        pixmap = _drawn(picture, side * self.devicePixelRatio()) if picture else QPixmap()
        if pixmap.isNull():
            icons.show_on(self, "image", "muted")
            self.setIconSize(QSize(theme.scaled(theme.ICON_LARGE), theme.scaled(theme.ICON_LARGE)))
        else:
            icons.show_on(self, "")
            self.setIcon(QIcon(pixmap))
            self.setIconSize(QSize(side, side))
        self.put.setText(_("Another picture…") if picture else _("Choose a picture…"))
        self.out.setEnabled(picture is not None)
        name = _("Picture") if picture else _("No picture yet")
        self.setToolTip(name)
        self.setAccessibleName(name)

    def _ask(self) -> None:
        kinds = _("Pictures (*.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff);;All files (*)")
        path: Path | None = file_dialog.open_path(self.window(), _("Choose a picture"), kinds)
        if path:
            self.chosen.emit(path)


def _drawn(picture: Picture, side: float) -> QPixmap:
    """The middle of the picture as a square; empty where it can't be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(picture.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    square = QSize(round(side), round(side))
    if reader.size().isValid():
        # read small at once: a JPEG unpacks no larger than it is shown
        reader.setScaledSize(reader.size().scaled(square, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return QPixmap()
    left, top = (image.width() - square.width()) // 2, (image.height() - square.height()) // 2
    return QPixmap.fromImage(image.copy(left, top, square.width(), square.height()))
