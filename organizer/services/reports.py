"""PDFs: what they show is gathered here, on the main thread; the job lays it out, in memory only.

A PDF comes on the disk only by `save`, where she says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from organizer.domain import tree
from organizer.domain.company import Company
from organizer.domain.period import Period
from organizer.domain.result import Message, Refusal
from organizer.i18n import _, format_period, language
from organizer.services import contacts, files, products, team
from organizer.services.earnings import Estimate
from organizer.services.jobs import Job, Progress
from organizer.storage import File, pictures

if TYPE_CHECKING:
    from organizer.reports.base import Head


def contact_list(file: File) -> Job[bytes]:
    """All contacts. The job raises Cancelled, as all of them."""
    everyone, head = contacts.everyone(file), head_of(file, None)

    def work(progress: Progress) -> bytes:
        # ReportLab takes a moment to import: only when a report is made
        from organizer.reports.contact import contact_list as make

        return make(everyone, head(), progress.report, progress.cancelled)

    return Job(_title("contacts"), work)


def team_overview(file: File, company: Company, period: Period) -> Job[bytes]:
    """The company's team as an indented outline with the period's volumes."""
    view, head = team.view(file, company.id, period), head_of(file, company)
    own = _("PV")
    if view.plan and view.plan.active:
        own = view.plan.volume(view.plan.active.volume).name.in_language(language())
    team_ = view.team
    known = tree.subtree_sums(
        team_.sponsor, tree.top_down(team_.sponsor), [int(amount is not None) for amount in view.personal]
    )
    # a group of which nothing is known is not a group of nothing
    group = [amount if count else None for amount, count in zip(view.group, known, strict=True)]
    columns = [(own, view.personal), (_("Group"), group)]

    def work(progress: Progress) -> bytes:
        from organizer.reports.team import team_overview as make

        return make(
            view.team,
            columns,
            head(),
            format_period(period),
            active=view.active if view.plan and view.plan.active else None,
            progress=progress.report,
            cancelled=progress.cancelled,
        )

    return Job(_title("team"), work)


def product_sheet(file: File, company: Company, ids: Sequence[int] | None) -> Job[bytes]:
    """The products with these ids (None: all) with pictures and notes and without cost prices."""
    chosen = [product for product in products.everyone(file, company.id) if ids is None or product.id in ids]
    shown = {product.id: pictures.of_product(file, product.id) for product in chosen}
    head = head_of(file, company)

    def work(progress: Progress) -> bytes:
        from organizer.reports.product import product_sheet as make

        return make(
            chosen,
            head(),
            company.currency,
            pictures=shown,
            progress=progress.report,
            cancelled=progress.cancelled,
        )

    return Job(_title("product"), work)


def estimate(file: File, view: Estimate) -> Job[bytes]:
    """The statement that the screen shows."""
    head = head_of(file, view.company)

    return Job(_title("estimate"), lambda progress: statement_pdf(view, head(), progress))


def statement_pdf(view: Estimate, head: Head, progress: Progress) -> bytes:
    """An estimate laid out with everything that is told beside it. Raises Cancelled."""
    from organizer.reports.estimate import Beside, estimate_statement

    kept_on = datetime.fromisoformat(view.kept.made_at).date() if view.kept else None
    return estimate_statement(
        view.statement,
        view.plan,
        view.team,
        head,
        beside=Beside(view.notes, view.steps, view.unknown, kept_on),
        progress=progress.report,
        cancelled=progress.cancelled,
    )


def recovery_sheet(file: File, key_text: str) -> Job[bytes]:
    """The page that she prints and keeps: the recovery key as `protection.recovery_key` writes it."""
    head, name, at = head_of(file, None), file.path.name, file.clock()

    def work(progress: Progress) -> bytes:
        from organizer.reports.recovery_key import recovery_key as make

        return make(key_text, name, head(), at, progress=progress.report, cancelled=progress.cancelled)

    return Job(_title("recovery"), work)


def save(file: File, data: bytes, out: Path) -> Path:
    """Write a PDF at `out`, whole or not at all, and return `out`.

    Raises Refusal, with what was there as it was, for a name of another kind (her own file above all) and where
    it can't be written.
    """
    from organizer.reports.save import save as put

    if out.suffix.lower() != ".pdf" or out.resolve() == file.path:
        raise Refusal(Message("{file} is not a name for a PDF. Choose one that ends in .pdf.", {"file": out.name}))
    put(out, data)
    return out


def suggested_name(kind: str, period: Period | None = None) -> str:
    """A file name for a report of `kind`, without a person's name.

    The kinds are "contacts", "team", "product", "estimate" and "recovery".
    """
    names = {
        "contacts": _("Contacts"),
        "team": _("Team overview"),
        "product": _("Products"),
        "estimate": _("Estimate"),
        "recovery": _("Recovery key"),
    }
    return f"{names[kind]} {period.key}.pdf" if period else f"{names[kind]}.pdf"


def _title(kind: str) -> str:
    return _("Making {file}").format(file=suggested_name(kind))


def head_of(file: File, company: Company | None) -> Callable[[], Head]:
    """What makes the head of a report about the company, of what is known now; called in the job."""
    owner, name, day = files.owner(file).name, company.name if company else "", file.clock().date()

    def make() -> Head:
        from organizer.reports.base import Head

        return Head(owner, name, day)

    return make
