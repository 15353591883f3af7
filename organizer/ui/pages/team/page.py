"""The team: the tree on the left, the chosen member on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.i18n import _, format_number, format_period, ngettext
from organizer.services import reports, team
from organizer.services.jobs import uncollected
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.dialogs.member import AddMemberDialog, MoveMemberDialog
from organizer.ui.dialogs.team_import import opening as team_files
from organizer.ui.models.team import TeamModel
from organizer.ui.pages.page import Page
from organizer.ui.pages.team.member_panel import MemberPanel
from organizer.ui.pages.team.outline import Outline
from organizer.ui.pages.team.views import Views
from organizer.ui.widgets import file_dialog
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.choosers import CompanyChooser, PeriodChooser
from organizer.ui.widgets.empty_state import EmptyState
from organizer.ui.widgets.label import Label


class TeamPage(Page):
    """One company's team in one period. Moves, edits and imports answer with Undo beside them."""

    key = "team"
    icon = "network"
    offers = frozenset({"new", "delete", "import", "report", "find"})
    tables = frozenset({"company", "member", "person", "person_phone", "person_email", "plan", "volume"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        # a team of 100,000 is read when it is first seen, not when the program starts
        self._stale = True
        self._company_id = 0
        self._chosen = 0
        self.model = TeamModel(self)
        self.outline = Outline(self.model)
        self.tree = self.outline.tree
        self.panel = MemberPanel(context, self.model)
        self.views = Views(self)
        self._offer_views()
        self._arrange()
        self._connect()

    def title(self) -> str:
        """The page's name."""
        return _("Team")

    def _offer_views(self) -> None:
        # in the order of the switch and of Ctrl+Shift+1, 2, 3, 4; each is built when it is first shown
        self.views.add("outline", _("Outline"), lambda: self.outline)

    # layout

    def _arrange(self) -> None:
        self._no_company = EmptyState(
            "network",
            _("No team yet"),
            _("Here you see your team as a tree, with each period's volumes. First add the company you sell for."),
        )
        self._no_company.add_button(
            _("Open Settings"), lambda: self.context.goto.emit("settings", 0), primary=True
        )
        content = QWidget()
        column = QVBoxLayout(content)
        theme.margins(column, theme.L, theme.M, spacing=theme.M)
        column.addLayout(self._head())
        column.addLayout(self._switches())
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        column.addWidget(splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._no_company)
        self._stack.addWidget(content)
        outer = QVBoxLayout(self)
        theme.margins(outer, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.tree)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        self._count = Label(tone="muted")
        head.addWidget(Label(self.title(), size="title", bold=True))
        head.addWidget(CompanyChooser(self.context))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(PeriodChooser(self.context))
        head.addWidget(button(_("&Import…"), self.import_file, icon="file-down"))
        head.addWidget(button(_("&PDF…"), self.make_report, icon="file-text"))
        head.addWidget(button(_("&Add member…"), self.new_item, icon="user-plus", kind="primary"))
        return head

    def _switches(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.views.switch)
        row.addStretch(1)
        return row

    def _left(self) -> QWidget:
        self._alone = EmptyState(
            "network",
            _("Your team starts with you"),
            _(
                "Bring your team in from the file that your company's back office gives you, or add members "
                "yourself. Then each period's volumes can be followed, and your earnings estimated."
            ),
        )
        self._alone.add_button(_("Import a team file…"), self.import_file, icon="file-down", primary=True)
        self._alone.add_button(_("Add a member…"), self.new_item, icon="user-plus")
        self._left_stack = QStackedWidget()
        self._left_stack.addWidget(self._alone)
        self._left_stack.addWidget(self.views)
        return self._left_stack

    def _connect(self) -> None:
        self.views.chosen.connect(self._on_chosen)
        self.views.dropped.connect(self.move_below)
        self.views.menu_asked.connect(self._show_menu)
        self.panel.move_asked.connect(self.move_item)
        self.panel.remove_asked.connect(self.delete_items)

    # showing

    def refresh(self) -> None:
        """Read the team anew, keeping open branches, selection and place."""
        self._stale = False
        with uncollected():
            self._read()

    def _read(self) -> None:
        company, before = self.context.company, self.model.view
        if before and (before.period != self.context.period or not company or company.id != self._company_id):
            # what is being typed belongs to the team and period shown until now
            self.panel.commit()
        if company is None:
            self._company_id = self._chosen = 0
            self._show(None, True)
        else:
            view = team.view(self.context.file, company.id, self.context.period)
            other, self._company_id = company.id != self._company_id, company.id
            self._show(view, other)
        self._show_state()

    def _show(self, view: team.TeamView | None, other: bool) -> None:
        # the panel and the dialogs ask the model too, so the outline is kept whichever view is seen
        with QSignalBlocker(self.outline):
            self.outline.show_view(view, other)
        self.views.show_view(view, other)
        if other and view and len(view.team):
            self._chosen = view.team.ids[max(view.team.me, 0)]
        if self._chosen and other:
            self.views.choose(self._chosen)

    def _catch_up(self) -> None:
        if self._stale:
            self.refresh()

    def _show_state(self) -> None:
        size = len(self.model.view.team) if self.model.view else 0
        self._stack.setCurrentIndex(1 if self._company_id else 0)
        self._left_stack.setCurrentIndex(1 if size > 1 else 0)
        self._count.setText(ngettext("{count} person", "{count} people", size).format(count=format_number(size)))
        if self.model.position_of(self._chosen) < 0:
            self._chosen = self.tree.current_id()
        self._on_chosen(self._chosen)

    def _on_chosen(self, member_id: int) -> None:
        self._chosen = member_id
        self.panel.show_member(member_id)
        self.outline.at(self.model.position_of(member_id))

    def shown_item(self) -> int:
        """The id of the chosen member, 0 for none."""
        return self._chosen

    def choose(self, member_id: int) -> None:
        """Show a member of the shown team as chosen, in whichever view is seen."""
        if self.views.choose(member_id):
            self._on_chosen(member_id)

    def show_item(self, id_: int) -> None:
        """Choose the member with that id, in whichever company's team she is."""
        found = team.details(self.context.file, id_, self.context.period)
        if found:
            self.context.choose_company(found.member.company_id)
            self._catch_up()
            self.choose(id_)

    def find(self) -> None:  # type: ignore[override]  # Page's deed, not Qt's static
        """Go to the search field."""
        self.outline.find_bar.field.start()

    def leave(self) -> bool:
        """Store what is typed; False when something can't be."""
        return self.panel.commit()

    # deeds

    def new_item(self) -> None:
        """Add a member, below the chosen one unless she says otherwise."""
        self._catch_up()
        view = self.model.view
        if view is None:
            self.context.goto.emit("settings", 0)
            return
        self.panel.commit()
        above = self._chosen or (view.team.ids[view.team.me] if view.team.me >= 0 else 0)
        dialog = AddMemberDialog(self.context, self.model, above, self)
        dialog.added.connect(self.show_item)
        dialog.open()

    def move_item(self) -> None:
        """Choose a new sponsor for the chosen member."""
        if member_id := self._chosen:
            self.panel.commit()
            dialog = MoveMemberDialog(self.context, self.model, member_id, self)
            dialog.accepted.connect(lambda: self.choose(member_id))
            dialog.open()

    def move_below(self, member_id: int, above_id: int) -> None:
        """Let a member stand under another; a refusal says why, an answer offers Undo."""
        member, above = (self.model.name(self.model.position_of(id_)) for id_ in (member_id, above_id))
        answer = _("{name} now stands under {above}.").format(name=member, above=above)
        self.context.deed(lambda: team.move_member(self.context.file, member_id, above_id), answer)
        self.choose(member_id)

    def delete_items(self) -> None:
        """Remove the chosen member, if nobody stands below her."""
        if member_id := self._chosen:
            name = self.model.name(self.model.position_of(member_id))
            answer = _("Removed {name} from your team.").format(name=name)
            self.context.deed(lambda: team.remove_member(self.context.file, member_id), answer)

    def ask_open_path(self, title: str) -> Path | None:
        """Ask for a team file; a spreadsheet will do."""
        return file_dialog.open_path(self, title, team_files.kinds())

    def import_file(self) -> None:
        """Ask for a team file, and bring it in."""
        if self.context.company is None:
            self.context.goto.emit("settings", 0)
        elif path := self.ask_open_path(_("Import the team")):
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Read the team file at `path` for the company shown, then show what it would change."""
        if company := self.context.company:
            team_files.read(self.context, company, path, self, self._show_imported)

    def _show_imported(self, company: Company, period: Period) -> None:
        self.context.choose_company(company.id)
        self.context.choose_period(period)

    def make_report(self) -> None:
        """Show the team overview as a PDF."""
        company, period = self.context.company, self.context.period
        if company is None:
            return
        self.panel.commit()
        self.report(
            reports.suggested_name("team", period),
            _("Team overview, {period}").format(period=format_period(period)),
            lambda: reports.team_overview(self.context.file, company, period),
        )

    def _show_menu(self, place: QPoint) -> None:
        # the keyboard asks in the middle of the tree; a click has chosen the member already
        index = self.model.index_of(self._chosen)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("&Add member below…"), self.new_item)
        menu.addAction(_("&Move…"), self.move_item).setEnabled(not self.model.is_me(index))
        menu.addAction(_("&Show in Contacts"), self.panel.show_in_contacts)
        menu.addSeparator()
        menu.addAction(_("&Expand everything below"), lambda: self.tree.open_below(index))
        menu.addSeparator()
        menu.addAction(_("&Remove"), self.delete_items)
        menu.popup(place)
