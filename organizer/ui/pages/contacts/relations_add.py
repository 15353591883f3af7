"""Note that somebody belongs with the person shown: how, who, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from organizer.domain.contact import fold
from organizer.domain.relation import RelationKind
from organizer.i18n import _
from organizer.ui import theme
from organizer.ui.dialogs.picker import Picker
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.plain_text import CommitLineEdit

Found = Sequence[tuple[int, str]]


class PersonField(Picker):
    """Finds one person of however many there are: `find` is asked at each key."""

    def __init__(self, find: Callable[[str], Found], name: str, placeholder: str) -> None:
        super().__init__((), name, placeholder)
        self._find = find

    def offered(self, text: str) -> list[int]:
        """All that was found: `find` has put the best first."""
        self._choices = self._find(text)
        self._folded = [fold(name) for _id, name in self._choices]
        return list(range(len(self._choices)))


class RelationAdder(QWidget):
    """`asked(other id, kind, forward, words)` asks to note it."""

    asked = Signal(int, str, bool, str)

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self.kind = ComboBox()
        self.kind.setAccessibleName(_("How they belong together"))
        for (kind, forward), name in relation_names().items():
            self.kind.addItem(name, (kind.value, forward))
        self.other = PersonField(find, _("Who"), _("Type a name"))
        self.words = CommitLineEdit(_("In words"))
        self.words.setPlaceholderText(_("Such as sister"))
        self.add = button(_("Add"), self._ask, icon="plus")
        self._error = Label(tone="danger", size="small", wrap=True)
        self._error.hide()
        grid = QGridLayout(self)
        theme.margins(grid, spacing=theme.S)
        grid.addWidget(self.kind, 0, 0)
        grid.addWidget(self.other, 0, 1)
        grid.addWidget(self.words, 1, 0)
        grid.addWidget(self.add, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._error, 2, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for line in (self.other, self.words):
            line.returnPressed.connect(self._ask)

    def start(self) -> None:
        """Put the cursor where the name is typed."""
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Room for the next one."""
        self.other.choose(0)
        self.words.set_value("")
        self._error.hide()

    def refuse(self, why: str) -> None:
        """Say why it can't be noted."""
        self._error.setText(why)
        self._error.show()

    def _ask(self) -> None:
        if not self.other.chosen():
            self.refuse(_("Choose somebody from the list that comes as you type."))
            self.start()
            return
        self._error.hide()
        kind, forward = self.kind.currentData()
        self.asked.emit(self.other.chosen(), kind, forward, self.words.value())


def relation_names() -> dict[tuple[RelationKind, bool], str]:
    """What each relation is called, seen from the person shown: kind and `Tie.forward`."""
    return {
        (RelationKind.INTRODUCED, False): _("Introduced by"),
        (RelationKind.INTRODUCED, True): _("Introduced"),
        (RelationKind.FAMILY, True): _("Family"),
        (RelationKind.FRIEND, True): _("Friend"),
        (RelationKind.HOST, True): _("Host of"),
        (RelationKind.HOST, False): _("Guest of"),
    }


def relation_name(kind: RelationKind, forward: bool) -> str:
    """What one relation is called; family and friends have no direction."""
    names = relation_names()
    return names.get((kind, forward)) or names[kind, True]
