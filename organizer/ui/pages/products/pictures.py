"""The pictures of a product, in a strip: put in by button, drop or paste, named, put in order, seen large."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from organizer.domain.picture import Picture
from organizer.domain.result import FieldRefusal
from organizer.i18n import _, ngettext
from organizer.services import product_pictures
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.widgets import file_dialog
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label, as_title
from organizer.ui.widgets.plain_text import CommitLineEdit

_SIDE = 96
_LARGE = 0.8  # of the window


class Pictures(QWidget):
    """The strip with its deeds. `show_product` reads anew; nothing is shown for a product that isn't kept yet."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._product = 0
        self._pictures: list[Picture] = []
        self.strip = _Strip()
        self.strip.setAccessibleName(_("Pictures"))
        self.strip.dropped.connect(self._add)
        self.strip.pasted.connect(self._paste)
        self.strip.itemActivated.connect(lambda _item: self.show_large())
        self.strip.currentRowChanged.connect(lambda _row: self._show_caption())
        self.caption = CommitLineEdit(_("What the picture shows"))
        self.caption.setPlaceholderText(_("What the picture shows"))
        self.caption.committed.connect(self._name_it)
        self.add_button = button(_("Add a picture…"), self._ask, icon="image", kind="flat")
        self.earlier = button(_("Earlier"), lambda: self._move(-1), kind="flat")
        self.later = button(_("Later"), lambda: self._move(1), kind="flat")
        self.out = button(_("Remove"), self._remove, icon="x", kind="flat")
        self._row = QWidget()
        line = QHBoxLayout(self._row)
        theme.margins(line, spacing=theme.S)
        line.addWidget(self.caption, 1)
        for one in (self.earlier, self.later, self.out):
            line.addWidget(one)
        layout = QVBoxLayout(self)
        theme.margins(layout, spacing=theme.XS)
        layout.addWidget(self.strip)
        layout.addWidget(self._row)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_product(self, product_id: int) -> None:
        """Show a product's pictures, keeping the place in them."""
        place = self.strip.currentRow() if product_id == self._product else 0
        self._product = product_id
        found = product_pictures.of_product(self._context.file, product_id) if product_id else []
        if found != self._pictures or self.strip.count() != len(found):
            self._pictures = found
            self.strip.fill(found)
        self.strip.setCurrentRow(min(max(place, 0), len(found) - 1))
        self.strip.setVisible(bool(found))
        self._row.setVisible(bool(found))
        self._show_caption()

    def show_large(self) -> None:
        """Show the chosen picture as large as the window allows."""
        if picture := self._chosen():
            _Large(picture, self.window()).open()

    def _chosen(self) -> Picture | None:
        place = self.strip.currentRow()
        return self._pictures[place] if 0 <= place < len(self._pictures) else None

    def _show_caption(self) -> None:
        picture, place = self._chosen(), self.strip.currentRow()
        self.caption.set_value(picture.caption if picture else "")
        self.earlier.setEnabled(place > 0)
        self.later.setEnabled(place < len(self._pictures) - 1)

    def _ask(self) -> None:
        kinds = _("Pictures (*.jpg *.jpeg *.png *.webp *.gif *.bmp *.tif *.tiff);;All files (*)")
        if path := file_dialog.open_path(self.window(), _("Choose a picture"), kinds):
            self._add([path])

    def _add(self, paths: list[Path]) -> None:
        self._put_in(lambda: product_pictures.add(self._context.file, self._product, paths))

    def _paste(self, image: QImage) -> None:
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes for the format
        self._put_in(lambda: product_pictures.add_bytes(self._context.file, self._product, bytes(data.data())))

    def _put_in(self, deed: Callable[[], int]) -> None:
        if not self._product:
            return
        count = self._context.deed(deed)
        if count is not None:
            text = ngettext("{count} picture is added.", "{count} pictures are added.", count)
            self._context.answered.emit(text.format(count=count), bool(count))

    def _name_it(self, text: str) -> None:
        place = self.strip.currentRow()
        try:
            self._context.deed(lambda: product_pictures.caption(self._context.file, self._product, place, text))
        except FieldRefusal as refusal:
            self._context.warn(refusal)

    def _move(self, by: int) -> None:
        place = self.strip.currentRow()
        there = self._context.deed(lambda: product_pictures.move(self._context.file, self._product, place, by))
        if there is not None:
            self.strip.setCurrentRow(there)

    def _remove(self) -> None:
        place = self.strip.currentRow()
        self._context.deed(
            lambda: product_pictures.remove(self._context.file, self._product, place),
            _("The picture is removed."),
        )


class _Strip(QListWidget):
    """Thumbnails side by side. `dropped` tells of files (paths), `pasted` of an image from the clipboard."""

    dropped = Signal(object)
    pasted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        side = theme.scaled(_SIDE)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(QSize(side, side))
        self.setFixedHeight(side + theme.XXL)
        self.setAcceptDrops(True)

    def fill(self, pictures: list[Picture]) -> None:
        """Show these."""
        self.clear()
        side = theme.scaled(_SIDE)
        for number, picture in enumerate(pictures, 1):
            name = picture.caption or _("Picture {number}").format(number=number)
            item = QListWidgetItem(QIcon(drawn(picture, QSize(side, side))), "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V puts in what is on the clipboard."""
        if event.matches(QKeySequence.StandardKey.Paste):
            clipboard = QGuiApplication.clipboard()
            paths = _local(clipboard.mimeData().urls()) if clipboard.mimeData().hasUrls() else []
            if paths:
                self.dropped.emit(paths)
            elif not clipboard.image().isNull():
                self.pasted.emit(clipboard.image())
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may come in."""
        self._greet(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Files may come in."""
        self._greet(event)

    def _greet(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put in what was dropped."""
        if paths := _local(event.mimeData().urls()):
            event.acceptProposedAction()
            self.dropped.emit(paths)


def _local(urls: Iterable[QUrl]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


class _Large(QDialog):
    """One picture, as large as fits; Esc closes it."""

    def __init__(self, picture: Picture, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(as_title(picture.caption or _("Picture")))
        room = QSize(round(parent.width() * _LARGE), round(parent.height() * _LARGE))
        label = Label()
        label.setPixmap(drawn(picture, room))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setAccessibleName(picture.caption or _("Picture"))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M)
        layout.addWidget(label)
        if picture.caption:
            layout.addWidget(Label(picture.caption, wrap=True))


def drawn(picture: Picture, room: QSize) -> QPixmap:
    """The picture no larger than `room`; empty where it can't be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(picture.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.boundedTo(room) != size:
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
