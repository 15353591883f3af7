"""One company: its name, plan and currency, edited in place, and what the plan's file says of itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from organizer.domain.company import Company
from organizer.domain.result import FieldRefusal
from organizer.i18n import _
from organizer.services import companies, plans
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.settings.plan_details import PlanChooser, PlanDetails
from organizer.ui.widgets.buttons import button
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.messages import spoken
from organizer.ui.widgets.plain_text import CommitLineEdit


class CompanyCard(QFrame):
    """Every change is kept at once."""

    def __init__(self, context: Context, company: Company) -> None:
        super().__init__()
        self._context = context
        self._company = company
        self._unkept: set[str] = set()
        self.setProperty("card", True)
        self.name = CommitLineEdit(_("The company's name"))
        self.name.committed.connect(lambda text: self._keep("name", replace(self._company, name=text)))
        self.plan = PlanChooser(company.plan_id, context.file)
        self.plan.plan_changed.connect(self._choose_plan)
        self.currency = CommitLineEdit(_("Currency"))
        self.currency.setMaximumWidth(theme.scaled(100))
        self.currency.committed.connect(lambda text: self._keep("currency", replace(self._company, currency=text)))
        self.about = PlanDetails(company.plan_id, context.file)
        self.form = Form()
        self.form.add("name", _("Company"), self.name)
        self.plans = button(_("Plans…"), self._show_plans, icon="scroll-text")
        line = QWidget()
        row = QHBoxLayout(line)
        theme.margins(row)
        row.addWidget(self.plan, 1)
        row.addWidget(self.plans)
        line.setFocusProxy(self.plan)
        self.form.add("plan", _("Compensation plan"), line)
        self.form.wide(self.about)
        self.form.add("currency", _("Currency"), self.currency, _("Three letters, such as DKK."))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M)
        layout.addWidget(self.form)
        self.show_company(company)

    def stops(self) -> tuple[QWidget, ...]:
        """The fields, in the order in which Tab goes through them."""
        return self.name, self.plan, self.plans, self.currency

    def show_company(self, company: Company) -> None:
        """Show the company as it is stored now; what couldn't be stored stays, with what is wrong."""
        self._company = company
        for key, field, text in (
            ("name", self.name, company.name),
            ("currency", self.currency, company.currency),
        ):
            if key not in self._unkept and not field.changed():
                field.set_value(text)
                self.form.set_error(key, "")
        self.plan.refresh(company.plan_id)
        self.about.show_plan(company.plan_id)
        self.form.set_error("plan", "")
        self._say_currency(company)

    def leave(self) -> bool:
        """Store what is typed; False when something can't be."""
        for key, field in (("name", self.name), ("currency", self.currency)):
            field.commit(again=key in self._unkept)
        return not self._unkept

    def _show_plans(self) -> None:
        from organizer.ui.dialogs.plans import show_plan

        show_plan(self._context, self.plan.plan_id(), self._company)

    def _choose_plan(self, plan_id: str) -> None:
        self._keep("plan", replace(self._company, plan_id=plan_id))

    def _say_currency(self, company: Company) -> None:
        plan = next((one for one in plans.available(self._context.file) if one.id == company.plan_id), None)
        if plan and plan.currency != company.currency and "currency" not in self._unkept:
            text = _("The plan pays in {currency}, and estimates are in that.").format(currency=plan.currency)
            self.form.set_error("currency", text)

    def _keep(self, key: str, company: Company) -> None:
        self._unkept.discard(key)
        try:
            done = self._context.deed(
                lambda: self._save(company), _("{company} is changed.").format(company=company.name)
            )
        except FieldRefusal as refusal:
            self._refuse(key, refusal.field, spoken(refusal))
        else:
            if done:
                self.show_company(done)
            else:
                self._refuse(key, key, _("Not saved. Change it again to try once more."))

    def _save(self, company: Company) -> Company:
        companies.save(self._context.file, company)
        return next(one for one in companies.everyone(self._context.file) if one.id == company.id)

    def _refuse(self, key: str, where: str, text: str) -> None:
        if key == "plan":  # chosen, not typed: what is stored is shown again
            self.show_company(self._company)
        else:
            self._unkept.add(key)
        self.form.set_error(where if where in ("name", "plan", "currency") else key, text)
