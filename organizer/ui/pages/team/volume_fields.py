"""One member's volumes of the period: one field for each that the plan keeps per member."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.domain.commission.plan import VolumeSource
from organizer.domain.money import volume_amount
from organizer.domain.result import FieldRefusal
from organizer.i18n import _, format_number, language
from organizer.services.team import TeamView
from organizer.ui import theme
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.plain_text import CommitLineEdit

_WITHOUT_PLAN = {"pv": "PV", "cv": "CV"}


def volume_names(view: TeamView) -> dict[str, str]:
    """The volumes kept per member, with what the company calls them; what only the file has comes last."""
    names = {
        volume.id: volume.name.in_language(language())
        for volume in (view.plan.volumes if view.plan else ())
        if volume.source is VolumeSource.MEMBER
    }
    entered = {volume.id for volume in view.plan.volumes} if view.plan else set()
    found = {name: name.upper() for name in sorted(view.team.volumes) if name not in entered}
    return names | found if names or found else dict(_WITHOUT_PLAN)


class VolumeFields(QWidget):
    """`committed(volume, text)` tells what was typed. A blank field means that the volume isn't known."""

    committed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        theme.margins(self._layout, 0, spacing=0)
        self._names: dict[str, str] = {}
        self.form = Form()
        self.fields: dict[str, CommitLineEdit] = {}
        self._layout.addWidget(self.form)

    def show_volumes(self, names: dict[str, str], amounts: Mapping[str, int], same: bool) -> None:
        """Show `amounts` (thousandths). Of the `same` member and period, what isn't kept yet stays."""
        if names != self._names:
            self._build(names)
        for volume, field in self.fields.items():
            if same and (self.form.error(volume) or field.changed()):
                continue
            self.form.set_error(volume, "")
            amount = amounts.get(volume)
            field.set_value("" if amount is None else format_number(volume_amount(amount)))

    def _build(self, names: dict[str, str]) -> None:
        self._names = names
        self._layout.removeWidget(self.form)
        self.form.hide()
        self.form.deleteLater()
        self.form, self.fields = Form(), {}
        for volume, name in names.items():
            field = CommitLineEdit(name)
            field.setPlaceholderText(_("Not known"))
            field.committed.connect(lambda text, which=volume: self.committed.emit(which, text))
            self.form.add(volume, name.replace("&", "&&"), field)
            self.fields[volume] = field
        self._layout.addWidget(self.form)

    def commit(self) -> bool:
        """Tell of what is typed, and again of what couldn't be kept; False when some still can't."""
        for volume, field in list(self.fields.items()):
            field.commit(again=bool(self.form.error(volume)))
        return not any(self.form.error(volume) for volume in self.fields)

    def show_refusal(self, refusal: FieldRefusal) -> None:
        """Say at the field what is wrong."""
        self.form.show_refusal(refusal)

    def refuse_for_now(self, volume: str) -> None:
        """Say that it couldn't be stored, though nothing is wrong with it."""
        self.form.set_error(volume, _("Not saved. Change it again to try once more."))

    def clear_error(self, volume: str) -> None:
        """The field is being stored anew: forget what was wrong."""
        self.form.set_error(volume, "")
