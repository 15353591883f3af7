"""A compensation plan in plain words on paper."""

from __future__ import annotations

import pytest
from pdf_support import HEAD, dense, pages, text

from organizer.domain.commission.plan import Plan
from organizer.domain.result import Cancelled, Message
from organizer.i18n import _, set_language
from organizer.reports.plan import plan_in_words
from organizer.services import plan_words, plans


def plan_of(key: str) -> Plan:
    plan = plans.by_id(key)
    assert plan is not None
    return plan


@pytest.mark.parametrize("spoken", ["en", "da"])
@pytest.mark.parametrize("key", ["doterra-us-2024", "teaching-binary", "amway-india-core-2019"])
def test_every_sentence_is_printed_and_every_page_is_no_promise(key: str, spoken: str) -> None:
    set_language(spoken)
    try:
        plan = plan_of(key)
        out = plan_in_words(plan, (), HEAD)
        packed = dense(out)
        for section in plan_words.told(plan):
            assert "".join(section.title.split()) in packed
            for sentence in section.sentences:
                # a sentence may run over a page's foot and head
                assert "".join(sentence.split())[:40] in packed
        foot = _("Not a promise: the company's own papers are what counts.")
        assert all(foot in page for page in pages(out))
    finally:
        set_language("en")


def test_what_is_missing_comes_first_then_what_is_odd() -> None:
    out = text(plan_in_words(plan_of("amway-uk"), [Message("Mind the <b>gap</b>.")], HEAD))
    places = [out.index(part) for part in ("Not certain", "Mind the <b>gap</b>.", "What this plan is")]
    assert places == sorted(places)


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        plan_in_words(plan_of("amway-uk"), (), HEAD, cancelled=lambda: True)
