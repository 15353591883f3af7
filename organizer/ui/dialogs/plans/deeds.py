"""What can be done with the chosen plan, as the buttons below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from organizer.domain.company import Company
from organizer.domain.result import FieldRefusal
from organizer.i18n import _
from organizer.services import companies, plan_words, plans
from organizer.services.plan_words import Checked
from organizer.ui.context import Context
from organizer.ui.dialogs.plans.mistakes import MistakesDialog
from organizer.ui.dialogs.plans.plan_list import Entry
from organizer.ui.widgets import file_dialog, messages
from organizer.ui.widgets.answer_bar import AnswerBar
from organizer.ui.widgets.buttons import button


class Deeds(QObject):
    """Buttons and what they do. `company` and `entry` say for whom and with which plan."""

    made = Signal(str)
    """A plan is there that was not, under this id."""

    def __init__(
        self,
        window: QWidget,
        context: Context,
        company: Callable[[], Company | None],
        entry: Callable[[], Entry | None],
        answers: AnswerBar,
    ) -> None:
        super().__init__(window)
        self._window, self._context, self._answers = window, context, answers
        self._company, self._entry = company, entry
        self.use_it = button("", self.use, icon="circle-check", kind="primary")
        self.copy = button(_("Make a &copy…"), self.make_copy, icon="copy")
        self.edit = button(_("C&hange…"), self.change, icon="pencil")
        self.beside = button(_("C&ompare with…"), self.compare, icon="columns-2")
        self.print = button(_("&PDF…"), self.pdf, icon="file-text")
        self.export = button(_("&Save as file…"), self.save_file, icon="file-up")
        self.drop = button(_("&Remove"), self.remove, icon="trash-2", kind="danger")
        self.buttons = (self.use_it, self.copy, self.edit, self.beside, self.print, self.export, self.drop)

    def offer(self) -> None:
        """Grey what can't be done with the chosen plan, and say why."""
        entry, company = self._entry(), self._company()
        whole = entry is not None and entry.plan is not None
        name = company.name if company else _("your company")
        self.use_it.setText(_("&Use for {company}").format(company=name.replace("&", "&&")))
        in_use = bool(entry and company and company.plan_id == entry.id)
        self.use_it.setEnabled(whole and company is not None and not in_use)
        if company is None:
            self.use_it.setToolTip(_("Add a company in Settings first."))
        else:
            self.use_it.setToolTip(_("{company} goes by this plan.").format(company=name) if in_use else "")
        for made in (self.copy, self.beside, self.print):
            made.setEnabled(whole)
        self.edit.setEnabled(bool(whole and entry and entry.own))
        self.export.setEnabled(entry is not None)
        self.drop.setEnabled(bool(entry and entry.own))
        why = "" if entry is None or entry.own else _("It comes with the program. Make a copy, and change that.")
        self.edit.setToolTip(why)
        self.drop.setToolTip(_("Plans that come with the program stay.") if why else "")

    # --- deeds

    def use(self) -> None:
        """Let the company go by the chosen plan."""
        entry, company = self._entry(), self._company()
        if entry is None or company is None:
            return
        chosen = replace(company, plan_id=entry.id)
        text = _("{company} now goes by {plan}.").format(company=company.name, plan=entry.name)
        try:
            self._context.deed(lambda: companies.save(self._context.file, chosen), text)
        except FieldRefusal as refusal:
            self._context.warn(refusal)

    def make_copy(self) -> None:
        """Store a copy of the chosen plan as one of her own, and open the form to change it."""
        entry, file = self._entry(), self._context.file
        if entry is None:
            return
        text = _("{plan} is copied.").format(plan=entry.name)
        plan = self._context.deed(lambda: plans.save(file, plans.copy_of(entry.id, file)), text)
        if plan:
            self.made.emit(plan.id)
            self.change()

    def change(self) -> None:
        """Open the form for the chosen plan of her own."""
        entry = self._entry()
        if entry and entry.own and entry.plan:
            # imported when needed: most days no plan is changed
            from organizer.ui.dialogs.plan_form import edit_plan

            edit_plan(self._context, entry.id, self._window)

    def compare(self) -> None:
        """Hold the chosen plan beside another, first beside another version of the same company's."""
        from organizer.ui.dialogs.plans.compare import CompareDialog

        entry = self._entry()
        if entry and entry.plan:
            CompareDialog(self._context, entry.id, self._window).open()

    def pdf(self) -> None:
        """Show the plan in words as a PDF, to print or to save."""
        from organizer.services import plan_reports

        entry = self._entry()
        if entry and entry.plan:
            job = plan_reports.plan_in_words(self._context.file, entry.plan)
            made = self._context.deed(job.now)
            if made:
                self._show_pdf(made, plan_reports.suggested_name(entry.plan), entry.name)

    def _show_pdf(self, data: bytes, name: str, title: str) -> None:
        from organizer.services import reports
        from organizer.ui.widgets.pdf_dialog import PdfDialog

        dialog = PdfDialog(data, name, title, partial(reports.save, self._context.file), self._window)
        dialog.saved.connect(lambda path: self._answers.answer(_("Saved {file}").format(file=path)))
        dialog.open()

    def save_file(self) -> None:
        """Write the plan as a file of its own, for another program or another person."""
        entry = self._entry()
        if entry is None:
            return
        name = f"{entry.id}{plans.SUFFIX}"
        path = file_dialog.save_path(self._window, _("Save the plan as a file"), name, _kinds())
        if path:
            text = _("Saved {file}").format(file=path)
            if self._context.deed(lambda: plans.write_out(self._context.file, entry.id, path)):
                self._answers.answer(text)

    def remove(self) -> None:
        """Take away the chosen plan of her own; it can be undone."""
        entry = self._entry()
        if entry is None or not entry.own:
            return
        text = _("{plan} is removed.").format(plan=entry.name)
        self._context.deed(lambda: plans.remove(self._context.file, entry.id), text)

    # --- a file brought in

    def bring_in(self) -> None:
        """Ask for a plan file, and store it as one of her own."""
        path = file_dialog.open_path(self._window, _("Bring in a plan file"), _kinds())
        if path:
            self.bring_in_file(path)

    def bring_in_file(self, path: Path) -> None:
        """Store the plan at `path`, unless it has mistakes: then all of them are told, and nothing is stored."""
        text = self._context.deed(lambda: plans.read_text(path))
        if text is None:
            return
        found = plan_words.check(text, path.name, self._context.file.clock().date())
        if found.plan is None:
            MistakesDialog(path.name, found.mistakes, self._window).open()
        else:
            self._settle_id(text, found, path.name)

    def _settle_id(self, text: str, found: Checked, name: str) -> None:
        plan, file = found.plan, self._context.file
        if plan is None:
            return
        title = _("Bring in a plan file")
        if not plans.is_own(file, plan.id) and plans.by_id(plan.id) is not None:
            question = _("{id} is the id of a plan that comes with the program, and that one stays as it is.")
            messages.ask(
                self._window,
                title,
                question.format(id=plan.id),
                _("Bring it in as a &copy"),
                lambda: self._store(plans.renamed(text, file), found, name),
                detail=_("The copy gets an id of its own, and a number after its name."),
            )
        elif plans.is_own(file, plan.id) and plans.text_of(plan.id, file) != text:
            question = _("You have a plan called {plan} already. Replace it by what {file} says?")
            messages.ask(
                self._window,
                title,
                question.format(plan=plan_words.said(plan.name), file=name),
                _("&Replace it"),
                lambda: self._store(text, found, name),
                detail=_("That can be undone. Estimates that are kept stay as they are."),
            )
        else:
            self._store(text, found, name)

    def _store(self, text: str, found: Checked, name: str) -> None:
        told = _("{file} is brought in.").format(file=name)
        if found.doubts:
            told += " " + _("Some of it deserves a second look.")
        plan = self._context.deed(lambda: plans.save(self._context.file, text), told)
        if plan:
            self.made.emit(plan.id)


def _kinds() -> str:
    return _("Plan files (*.toml);;All files (*)")
