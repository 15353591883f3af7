"""What goes well with a product, and who likes it: names that lead there, each with a way to take it off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.result import FieldRefusal
from organizer.i18n import _
from organizer.services import product_ties, relations
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.contacts.relations_add import PersonField
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken

Found = Sequence[tuple[int, str]]


class Ties(QWidget):
    """Both lists. `show_product` reads anew."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._product = 0
        file = context.file
        self.linked = _Names(
            _("Goes well with"),
            _("Number or name"),
            lambda text: product_ties.find(file, self._product, text),
        )
        self.likers = _Names(_("Who likes it"), _("Type a name"), lambda text: relations.find(file, text))
        self.linked.asked.connect(lambda id_: self._do(self.linked, product_ties.tie, id_))
        self.linked.taken_off.connect(lambda id_: self._do(self.linked, product_ties.untie, id_))
        self.linked.chosen.connect(lambda id_: context.goto.emit("products", id_))
        self.likers.asked.connect(lambda id_: self._do(self.likers, product_ties.like, id_))
        self.likers.taken_off.connect(lambda id_: self._do(self.likers, product_ties.unlike, id_))
        self.likers.chosen.connect(lambda id_: context.goto.emit("contacts", id_))
        layout = QVBoxLayout(self)
        theme.margins(layout, spacing=theme.S)
        layout.addWidget(self.linked)
        layout.addWidget(self.likers)

    def show_product(self, product_id: int) -> None:
        """Show a product's ties."""
        if product_id != self._product:
            self.linked.clear()
            self.likers.clear()
        self._product = product_id
        file = self._context.file
        self.linked.show_names(product_ties.goes_with(file, product_id) if product_id else ())
        self.likers.show_names(product_ties.likers(file, product_id) if product_id else ())

    def _do(self, where: _Names, deed: Callable[..., None], id_: int) -> None:
        def do() -> bool:
            deed(self._context.file, self._product, id_)
            return True

        try:
            done = self._context.deed(do)
        except FieldRefusal as refusal:
            where.refuse(spoken(refusal))
        else:
            if done:
                where.clear()


class _Names(QWidget):
    """A heading, the names, and a field to add one."""

    asked = Signal(int)
    taken_off = Signal(int)
    chosen = Signal(int)

    def __init__(self, heading: str, placeholder: str, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._heading = heading
        self._names: Found = ()
        self._shown = QWidget()
        self._flow = FlowLayout(self._shown)
        theme.margins(self._flow, spacing=theme.XS)
        self.other = PersonField(find, heading, placeholder)
        self.add = button(_("Add"), self._ask, icon="plus", kind="flat")
        self.add.setAccessibleName(f"{heading}: {_('Add')}")
        self.other.returnPressed.connect(self._ask)
        self._error = Label(tone="danger", size="small", wrap=True)
        line = QHBoxLayout()
        theme.margins(line, spacing=theme.S)
        line.addWidget(self.other, 1)
        line.addWidget(self.add)
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.XS, spacing=theme.XS)
        layout.addWidget(Label(heading, size="heading"))
        layout.addWidget(self._shown)
        layout.addLayout(line)
        layout.addWidget(self._error, 0, Qt.AlignmentFlag.AlignLeft)
        self._error.hide()

    def show_names(self, names: Found) -> None:
        """Show these (id, name), each as a way there and a cross to take it off."""
        if list(names) == list(self._names):
            return
        self._names = names
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for id_, name in names:
            self._flow.addWidget(self._name(id_, name))
        self._shown.setVisible(bool(names))

    def clear(self) -> None:
        """Room for the next one."""
        self.other.choose(0)
        self._error.hide()

    def refuse(self, why: str) -> None:
        """Say why it can't be noted."""
        self._error.setText(why)
        self._error.show()

    def _name(self, id_: int, name: str) -> QWidget:
        one = QWidget()
        line = QHBoxLayout(one)
        theme.margins(line)
        there = button(name.replace("&", "&&"), lambda: self.chosen.emit(id_), kind="flat")
        there.setAccessibleName(name)
        off = icon_button("x", _("Take off {name}").format(name=name), lambda: self.taken_off.emit(id_))
        line.addWidget(there)
        line.addWidget(off)
        return one

    def _ask(self) -> None:
        if id_ := self.other.chosen():
            self.asked.emit(id_)
