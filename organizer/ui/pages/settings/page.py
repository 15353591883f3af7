"""Her name, her companies with their plans, language, looks, and where her file lies."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from organizer import i18n
from organizer.domain.result import FieldRefusal
from organizer.i18n import _
from organizer.services import companies, files
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.page import Page
from organizer.ui.pages.settings.backups_card import BackupsCard
from organizer.ui.pages.settings.company_card import CompanyCard
from organizer.ui.pages.settings.people_card import PeopleCard
from organizer.ui.pages.settings.protection_card import ProtectionCard
from organizer.ui.preferences import Preferences
from organizer.ui.widgets.boxes import ComboBox
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.plain_text import CommitLineEdit
from organizer.ui.widgets.tab_order import TabAnchor

_WIDTH = 720


class Shell(Protocol):
    """What the page asks of the window around it."""

    preferences: Preferences

    def set_language(self, language: str) -> None:
        """Speak another language at once."""

    def set_scheme(self, scheme: str) -> None:
        """Light, dark, or as the system."""

    def set_text_scale(self, scale: float) -> None:
        """Larger or smaller text."""


class SettingsPage(Page):
    """Everything is applied and kept at once; there is nothing to save."""

    key = "settings"
    icon = "settings"
    offers = frozenset({"new"})
    tables = frozenset({"company", "person", "plan", "setting"})

    def __init__(self, context: Context, shell: Shell) -> None:
        super().__init__(context)
        self._shell = shell
        self._cards: dict[int, CompanyCard] = {}
        self._build()
        self.refresh()

    def title(self) -> str:
        """The page's name."""
        return _("Settings")

    def refresh(self) -> None:
        """Read her name and the companies anew."""
        if not (self._about.error("owner") or self.owner.changed()):
            self.owner.set_value(files.owner(self.context.file).name)
        every = companies.everyone(self.context.file)
        for id_ in set(self._cards) - {company.id for company in every}:
            card = self._cards.pop(id_)
            card.hide()
            card.deleteLater()
        for company in every:
            if company.id in self._cards:
                self._cards[company.id].show_company(company)
            else:
                card = self._cards[company.id] = CompanyCard(self.context, company)
                self._list.addWidget(card)
        self._lead()
        self._none.setVisible(not every)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: Tab comes to the companies, though what follows them is older."""
        super().showEvent(event)
        self._lead()

    def _lead(self) -> None:
        self._order.lead(stop for card in self._cards.values() for stop in card.stops())

    def show_item(self, id_: int) -> None:
        """Go to the company with this id."""
        if id_ in self._cards:
            self._cards[id_].name.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_item(self) -> None:
        """Go where another company is written."""
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """Store what is typed; False when something can't be, or when a company was written but not added."""
        self.owner.commit(again=bool(self._about.error("owner")))
        kept = [card.leave() for card in self._cards.values()]
        return all(kept) and not self._about.error("owner") and not self.another.text().strip()

    # --- what it is made of

    def _build(self) -> None:
        column = QWidget()
        column.setProperty("page", True)
        column.setMaximumWidth(theme.scaled(_WIDTH))
        inner = QVBoxLayout(column)
        theme.margins(inner, theme.XL, spacing=theme.M)
        inner.addWidget(Label(self.title(), size="title"))
        inner.addWidget(self._about_her())
        inner.addWidget(Label(_("Companies"), size="heading"))
        self._none = Label(
            _("No company yet. A company has a team, products and a compensation plan."), tone="muted", wrap=True
        )
        inner.addWidget(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.M)
        inner.addLayout(self._list)
        self._order = TabAnchor(column)
        inner.addWidget(self._new_company())
        inner.addWidget(Label(_("People"), size="heading"))
        inner.addWidget(PeopleCard(self.context))
        inner.addWidget(Label(_("Your file"), size="heading"))
        inner.addLayout(self._file())
        inner.addWidget(Label(_("Protection"), size="heading"))
        inner.addWidget(ProtectionCard(self.context, self._shell))
        inner.addWidget(Label(_("Backups"), size="heading"))
        inner.addWidget(BackupsCard(self.context, self._shell))
        inner.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(column)
        theme.margins(layout := QVBoxLayout(self))
        layout.addWidget(scroll)

    def _about_her(self) -> Form:
        form = self._about = Form()
        self.owner = CommitLineEdit(_("Your name"))
        self.owner.committed.connect(self._rename)
        form.add("owner", _("Your &name"), self.owner, _("Stands on your reports and at the top of your team."))
        preferences = self._shell.preferences
        languages = list(i18n.LANGUAGES.items())
        self.language = _choice(languages, i18n.language())
        self.language.activated.connect(self._speak)
        form.add("language", _("&Language"), self.language)
        schemes = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        self.scheme = _choice(schemes, preferences.scheme)
        self.scheme.activated.connect(lambda: self._shell.set_scheme(str(self.scheme.currentData())))
        theme.events().changed.connect(self._show_scheme)
        form.add("scheme", _("&Colours"), self.scheme)
        return form

    def _show_scheme(self) -> None:
        # the menu may have chosen other colours
        self.scheme.setCurrentIndex(self.scheme.findData(self._shell.preferences.scheme))

    def _new_company(self) -> Form:
        form = self._adding = Form()
        line = QWidget()
        row = QHBoxLayout(line)
        theme.margins(row)
        self.another = QLineEdit()
        self.another.setAccessibleName(_("Name of another company"))
        self.another.returnPressed.connect(self._add_company)
        line.setFocusProxy(self.another)
        row.addWidget(self.another, 1)
        row.addWidget(button(_("&Add company"), self._add_company, icon="plus"))
        form.add("name", _("An&other company"), line)
        return form

    def _add_company(self) -> None:
        name = self.another.text()
        self._adding.clear_errors()
        try:
            id_ = self.context.deed(
                lambda: companies.add(self.context.file, name), _("Added {company}.").format(company=name.strip())
            )
        except FieldRefusal as refusal:
            self._adding.show_refusal(refusal)
            return
        if id_ is not None:
            self.another.clear()
            self._cards[id_].plan.setFocus(Qt.FocusReason.OtherFocusReason)

    def _file(self) -> QHBoxLayout:
        row = QHBoxLayout()
        path = self.context.file.path
        row.addWidget(Label(str(path), wrap=True, selectable=True), 1)
        row.addWidget(button(_("&Show in folder"), self._show_folder, icon="folder-open"))
        return row

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.file.path.parent)))

    def _speak(self) -> None:
        wanted = str(self.language.currentData())
        # she may be asked about her typing first: until then the language is what it was
        self.language.setCurrentIndex(self.language.findData(i18n.language()))
        self._shell.set_language(wanted)

    def _rename(self, name: str) -> None:
        self._about.set_error("owner", "")
        if not self.context.deed(lambda: self._store_name(name), _("Your name is changed.")):
            self._about.set_error("owner", _("Not saved. Change it again to try once more."))

    def _store_name(self, name: str) -> bool:
        files.rename_owner(self.context.file, name)
        return True


def _choice(items: list[tuple[str, str]], chosen: str) -> QComboBox:
    box = ComboBox()
    for value, text in items:
        box.addItem(text, value)
    box.setCurrentIndex(box.findData(chosen))
    return box
