"""Who belongs with a person, where they stand in the teams, and which products they like."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.relation import RelationKind
from organizer.domain.team import Kind
from organizer.i18n import _, format_date
from organizer.services import relations
from organizer.services.contact_page import PersonPage, Place
from organizer.services.relations import Tie
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.contacts.relations_add import RelationAdder, relation_name
from organizer.ui.pages.contacts.story_deeds import StoryDeeds
from organizer.ui.pages.team.member.link import NameLink
from organizer.ui.widgets.buttons import button, icon_button
from organizer.ui.widgets.flow_layout import FlowLayout
from organizer.ui.widgets.label import Label, Line


class RelationsView(QScrollArea):
    """Names lead to the people who bear them."""

    def __init__(self, context: Context, deeds: StoryDeeds) -> None:
        super().__init__()
        self._context, self._deeds = context, deeds
        self._shown: PersonPage | None = None
        self.adder = RelationAdder(lambda text: relations.find(context.file, text, deeds.person()))
        self.adder.asked.connect(self._add)
        self._people, self._places, self._likes = (QVBoxLayout() for _i in range(3))
        text = _("Nobody is noted here yet. Who introduced them to you? Who is family?")
        self._nobody = Label(text, tone="muted", wrap=True)
        self._build()
        self.setFocusProxy(self.adder.other)

    def show_page(self, page: PersonPage, same: bool) -> None:
        """Show a person's relations, places and likes."""
        before = self._shown
        self._shown = page
        if not same:
            self.adder.clear()
        now = (page.contact.id, page.ties, page.places, page.liked)
        if before and now == (before.contact.id, before.ties, before.places, before.liked):
            return
        _fill(self._people, [self._tie_row(tie) for tie in page.ties])
        self._nobody.setVisible(not page.ties)
        _fill(self._places, _titled(_("In the team"), [self._place_row(place) for place in page.places]))
        likes = [self._like_row(id_, name) for id_, name in page.liked]
        _fill(self._likes, _titled(_("Likes"), likes))

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setProperty("page", True)
        column = QVBoxLayout(content)
        theme.margins(column, 0, theme.XS, spacing=theme.S)
        column.addWidget(self.adder)
        column.addWidget(self._nobody)
        for part in (self._people, self._places, self._likes):
            theme.margins(part, spacing=theme.XS)
            column.addLayout(part)
        column.addStretch(1)
        self.setWidget(content)

    def _tie_row(self, tie: Tie) -> QWidget:
        link = NameLink(tie.name)
        link.clicked.connect(lambda: self._context.goto.emit("contacts", tie.other_id))
        words = [Label(tie.body, tone="muted", wrap=True)] if tie.body else []
        name = _("Remove the relation with {name}").format(name=tie.name)
        away = icon_button("x", name, lambda: self._remove(tie))
        away.setToolTip(_("Remove this relation"))
        return _row(relation_name(tie.kind, tie.forward), [link, *words], away)

    def _place_row(self, place: Place) -> QWidget:
        told = [place.rank, _("Has left") if place.kind is Kind.CANCELLED else ""]
        if place.joined:
            told.append(_("since {day}").format(day=format_date(place.joined)))
        parts: list[QWidget] = [Label(" · ".join(filter(None, told)), wrap=True)]
        if place.sponsor_id:
            parts.append(Label(_("recruited by"), tone="muted"))
            link = NameLink(place.sponsor)
            link.clicked.connect(lambda: self._open(place, place.sponsor_id))
            parts.append(link)
        opens = button(_("Open in Team"), lambda: self._open(place, place.member_id), icon="network", kind="flat")
        return _row(place.company, parts, opens)

    def _like_row(self, product_id: int, name: str) -> QWidget:
        link = NameLink(name)
        link.clicked.connect(lambda: self._context.goto.emit("products", product_id))
        return link

    def _open(self, place: Place, member_id: int) -> None:
        self._context.choose_company(place.company_id)
        self._context.goto.emit("team", member_id)

    def _add(self, other: int, kind: str, forward: bool, words: str) -> None:
        file, person = self._context.file, self._deeds.person()

        def add() -> None:
            relations.add(file, person, other, RelationKind(kind), forward=forward, body=words)

        if self._deeds.run(add, _("Noted on both cards."), self.adder.refuse):
            self.adder.clear()
            self.adder.start()

    def _remove(self, tie: Tie) -> None:
        file = self._context.file
        self._deeds.run(lambda: relations.remove(file, tie.relation_id), _("The relation is removed."))


def _row(title: str, parts: list[QWidget], last: QWidget) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    theme.margins(across, spacing=theme.S)
    told = QWidget()
    flow = FlowLayout(told)
    theme.margins(flow, spacing=theme.S)
    flow.addWidget(Label(title, tone="muted"))
    for part in parts:
        flow.addWidget(part)
    across.addWidget(told, 1)
    across.addWidget(last, 0, Qt.AlignmentFlag.AlignTop)
    return row


def _titled(title: str, rows: list[QWidget]) -> list[QWidget]:
    return [Line(), Label(title, size="heading"), *rows] if rows else []


def _fill(column: QVBoxLayout, rows: list[QWidget]) -> None:
    while item := column.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
    for row in rows:
        column.addWidget(row)
