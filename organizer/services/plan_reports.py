"""A plan in plain words as a PDF, laid out in memory only."""

from __future__ import annotations

from organizer.domain.commission.plan import Plan
from organizer.i18n import _, language, shown
from organizer.services import files, plan_words, plans
from organizer.services.jobs import Job, Progress
from organizer.storage import File


def plan_in_words(file: File, plan: Plan) -> Job[bytes]:
    """The plan as the screen tells it, with what deserves a second look. The job raises Cancelled."""
    day, owner = file.clock().date(), files.owner(file).name
    doubts = plan_words.check(plans.text_of(plan.id, file), plan.id, day).doubts

    def work(progress: Progress) -> bytes:
        # ReportLab takes a moment to import: only when a report is made
        from organizer.reports.base import Head
        from organizer.reports.plan import plan_in_words as make

        head = Head(owner, plan.company, day)
        return make(plan, doubts, head, progress=progress.report, cancelled=progress.cancelled)

    return Job(_("Making {file}").format(file=suggested_name(plan)), work)


def suggested_name(plan: Plan) -> str:
    """A file name for the plan's PDF: its own name without what a file system forbids."""
    name = shown(plan.name.in_language(language()))
    return "".join(" " if sign in '\\/:*?"<>|' else sign for sign in name).strip(" .")[:80] + ".pdf"
