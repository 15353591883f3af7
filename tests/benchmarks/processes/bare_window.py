"""The floor of a start: a bare window with a tree. Prints when it was painted."""

import os
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTreeView


class Window(QMainWindow):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # runs as soon as the whole window, its children included, has been painted
        QTimer.singleShot(0, painted)


def painted() -> None:
    print(time.perf_counter_ns(), flush=True)
    os._exit(0)


app = QApplication([])
window = Window()
window.setCentralWidget(QTreeView())
window.resize(1180, 700)
window.show()
app.exec()
