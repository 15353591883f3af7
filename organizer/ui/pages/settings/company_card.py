"""One company: its name, plan and currency, edited in place, and what the plan's file says of itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFrame, QVBoxLayout

from organizer.domain.company import Company
from organizer.domain.result import FieldRefusal
from organizer.i18n import _
from organizer.services import companies, plans
from organizer.ui import theme
from organizer.ui.context import Context
from organizer.ui.pages.settings.plan_details import PlanChooser, PlanDetails
from organizer.ui.widgets.form import Form
from organizer.ui.widgets.plain_text import CommitLineEdit


class CompanyCard(QFrame):
    """Every change is kept at once."""

    def __init__(self, context: Context, company: Company) -> None:
        super().__init__()
        self._context = context
        self._company = company
        self.setProperty("card", True)
        self.name = CommitLineEdit(_("The company's name"))
        self.name.committed.connect(lambda text: self._keep(replace(self._company, name=text)))
        self.plan = PlanChooser(company.plan_id)
        self.plan.plan_changed.connect(self._choose_plan)
        self.currency = CommitLineEdit(_("Currency"))
        self.currency.setMaximumWidth(theme.scaled(100))
        self.currency.committed.connect(lambda text: self._keep(replace(self._company, currency=text)))
        self.about = PlanDetails(company.plan_id)
        self.form = Form()
        self.form.add("name", _("Company"), self.name)
        self.form.add("plan", _("Compensation plan"), self.plan)
        self.form.wide(self.about)
        self.form.add("currency", _("Currency"), self.currency, _("Three letters, such as DKK."))
        layout = QVBoxLayout(self)
        theme.margins(layout, theme.M)
        layout.addWidget(self.form)
        self.show_company(company)

    def show_company(self, company: Company) -> None:
        """Show the company as it is stored now."""
        self._company = company
        self.name.set_value(company.name)
        self.currency.set_value(company.currency)
        with QSignalBlocker(self.plan):
            self.plan.choose(company.plan_id)
        self.about.show_plan(company.plan_id)
        self.form.clear_errors()
        self._say_currency(company)

    def leave(self) -> None:
        """Commit what is being typed."""
        self.name.commit()
        self.currency.commit()

    def _choose_plan(self, plan_id: str) -> None:
        self._keep(replace(self._company, plan_id=plan_id))

    def _say_currency(self, company: Company) -> None:
        plan = plans.by_id(company.plan_id)
        if plan and plan.currency != company.currency:
            text = _("The plan pays in {currency}, and estimates are in that.").format(currency=plan.currency)
            self.form.set_error("currency", text)

    def _keep(self, company: Company) -> None:
        try:
            self._context.deed(
                lambda: companies.save(self._context.file, company),
                _("{company} is changed.").format(company=company.name),
            )
        except FieldRefusal as refusal:
            self.show_company(self._company)
            if not self.form.show_refusal(refusal):
                self._context.warn(refusal)
