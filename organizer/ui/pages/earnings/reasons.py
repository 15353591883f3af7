"""Why a line is what it is: who, the way to her, the level, the volume, the rate, the sum."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from organizer.domain.commission import ending
from organizer.domain.commission.condition import Tree
from organizer.domain.commission.statement import ComponentResult, Line
from organizer.i18n import _, format_number, language
from organizer.services.earnings import Estimate
from organizer.ui import theme
from organizer.ui.models import statement_words as words
from organizer.ui.models.statement import Entry
from organizer.ui.widgets.label import Label
from organizer.ui.widgets.messages import spoken


class Reasons(QFrame):
    """The chosen line in words."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M, spacing=theme.XS)
        self._title = Label("", size="heading", bold=True)
        self.text = Label("", wrap=True, selectable=True)
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # by Tab too: it is there to be read and copied
        self._path = Label("", tone="muted", wrap=True)
        for label in (self._title, self.text, self._path):
            layout.addWidget(label)

    def show_entry(self, estimate: Estimate | None, entry: Entry) -> None:
        """Explain a line, a whole bonus or a part of the sum, or say how to ask."""
        if estimate is not None and entry.line and entry.component:
            line = entry.line
            path = _path(estimate, entry.component, line)
            self._say(estimate.name_of(line.source), _line_text(estimate, entry.component, line), path)
        elif estimate is not None and entry.part:
            self._say(words.named(entry.part.name), spoken(entry.part.reason), "")
        elif estimate is not None and entry.component:
            name = entry.component.name.in_language(language())
            self._say(name, _component_text(estimate, entry.component), "")
        else:
            self._say(_("Why?"), _("Choose a line to see its reason."), "")

    def _say(self, title: str, text: str, path: str) -> None:
        self._title.setText(title)
        self.text.setText(text)
        self._path.setText(path)
        self._path.setVisible(bool(path))


def _component_text(estimate: Estimate, component: ComponentResult) -> str:
    currency = estimate.statement.currency
    parts = [spoken(component.unknown)] if component.unknown else []
    parts.append(
        _("{paid} of {all} lines give something.").format(
            paid=format_number(component.paid_count), all=format_number(len(component.lines))
        )
    )
    parts += [spoken(note) for note in component.notes]
    for part in ending.within(component):
        parts.append(f"{words.named(part.name)}: {words.money(currency, part.minor)}")
    return "\n".join(parts)


def _line_text(estimate: Estimate, component: ComponentResult, line: Line) -> str:
    return "\n".join(part for part in (spoken(line.reason), words.sum_of(estimate, component, line)) if part)


def _path(estimate: Estimate, component: ComponentResult, line: Line) -> str:
    if line.source == estimate.team.me:
        return ""
    rules = estimate.plan.component(component.id).rules
    names = estimate.path_to(line.source, getattr(rules, "tree", Tree.SPONSOR))
    return " → ".join(names)
