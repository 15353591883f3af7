"""The floor of memory: the bare window with SQLAlchemy imported. Prints the most it ever held, in bytes."""

import os

import peak  # type: ignore[import-not-found, unused-ignore]
import sqlalchemy
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTreeView


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, painted)


def painted() -> None:
    print(peak.resident(), sqlalchemy.__version__, flush=True)
    os._exit(0)


app = QApplication([])
window = Window()
window.setCentralWidget(QTreeView())
window.resize(1180, 700)
window.show()
app.exec()
