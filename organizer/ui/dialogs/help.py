"""The program's own help, in a window that stays beside the work. Only our own texts, so markup is fine here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from organizer.i18n import _, language
from organizer.resource_files import resource
from organizer.ui import theme
from organizer.ui.widgets.search_field import SearchField

_ORDER = (
    "start",
    "today",
    "contacts",
    "consents",
    "team",
    "products",
    "earnings",
    "plans",
    "import",
    "file",
    "safety",
    "settings",
    "keys",
)
_TOPIC = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Topic:
    """One help text: its key (the file's name), its heading, and the whole of it as Markdown."""

    key: str
    title: str
    text: str


def topics(spoken: str) -> list[Topic]:
    """The help in language `spoken` ("da" or "en"), in reading order."""
    found = [_topic(path) for path in resource("help", spoken).glob("*.md")]
    return sorted(found, key=lambda topic: (_place(topic.key), topic.title))


def _topic(path: Path) -> Topic:
    text = path.read_text(encoding="utf-8")
    return Topic(path.stem, text.partition("\n")[0].lstrip("# "), text)


def _place(key: str) -> int:
    return _ORDER.index(key) if key in _ORDER else len(_ORDER)


class HelpDialog(QDialog):
    """Topics on the left, the text on the right; the window behind stays usable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.resize(820, 560)
        self._topics = {topic.key: topic for topic in topics(language())}
        self.search = SearchField(_("Search the help"), _("Search the help"))
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Help topics"))
        self.list.currentItemChanged.connect(self._on_chosen)
        self.search.down_pressed.connect(self.list.setFocus)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help text"))
        self.text.document().setDocumentMargin(theme.M)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self._lay_out()
        self._filter("")

    def show_topic(self, key: str) -> None:
        """Open the text called `key`; the first one when there is none of that name."""
        self.search.clear()
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_TOPIC) == key]
        self.list.setCurrentRow(rows[0] if rows else 0)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        theme.margins(column)
        column.addWidget(self.search)
        column.addWidget(self.list)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.scaled(220), theme.scaled(600)])
        theme.margins(layout := QHBoxLayout(self), theme.M)
        layout.addWidget(split)

    def _filter(self, wanted: str) -> None:
        self.list.clear()
        words = wanted.casefold().split()
        for topic in self._topics.values():
            if all(word in topic.text.casefold() for word in words):
                item = QListWidgetItem(topic.title)
                item.setData(_TOPIC, topic.key)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _on_chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item:
            self.text.setMarkdown(self._topics[item.data(_TOPIC)].text)
        else:
            self.text.setPlainText(_("Nothing found. Try another word."))

    def _follow(self, link: QUrl) -> None:
        # only from topic to topic: nothing leads out of the program
        key = Path(link.path()).stem
        if not link.scheme() and key in self._topics:
            self.show_topic(key)


def show_help(parent: QWidget, key: str) -> HelpDialog:
    """Open the help at `key`, in the help window that is open already if there is one."""
    dialog = next((child for child in parent.findChildren(HelpDialog) if child.isVisible()), None)
    dialog = dialog or HelpDialog(parent)
    dialog.show_topic(key)
    dialog.show()
    dialog.activateWindow()
    return dialog
